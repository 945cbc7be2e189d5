"""The cash of the three activities, proved by the change in cash."""

import pytest
from helpers.builders import duration, item, statement

from converter.mapping.structure import read_structure
from converter.statements.model import StatementKind

FLOWS = [f"NetCashProvidedByUsedIn{kind}Activities" for kind in ("Operating", "Investing", "Financing")]


@pytest.mark.parametrize(
    "headings",
    [
        ("Operations", "Investing", "Financing"),
        ("Cash flows from operating activities:", "Investing activities", "Cash provided by (used in) financing"),
    ],
)
@pytest.mark.parametrize(("change", "proved"), [("-1", True), ("-9", False)])
def test_rows_without_a_caption_are_the_cash_of_their_activity(
    headings: tuple[str, str, str], change: str, proved: bool
) -> None:
    operations, investing, financing = headings
    rows = [
        item("Net earnings", "9", sections=(operations,)),
        item("Amortization", "4", sections=(operations, "Items not involving cash")),
        item("", "13", sections=(operations,)),
        item("Additions to plant", "-20", sections=(investing,)),
        item("", "-20", sections=(investing,)),
        item("Bank loans", "7", sections=(financing,)),
        item("Dividends", "-1", sections=(financing,)),
        item("", "6", sections=(financing,)),
        item("Decrease in cash", change),
    ]
    one = statement(StatementKind.CASH_FLOW, [duration("2009-01-01", "2009-12-31")], *rows)
    verdicts = read_structure(one).verdicts
    found = [verdict.concept if (verdict := verdicts.get(row)) else None for row in (2, 4, 7)]
    assert found == (FLOWS if proved else [None] * 3)


@pytest.mark.parametrize(("below", "proved"), [("Cash at beginning of year", True), ("Other", False)])
def test_a_row_without_a_caption_above_the_cash_at_the_beginning_is_the_change_in_cash(
    below: str, proved: bool
) -> None:
    rows = [
        item("Net cash provided by operating activities", "13"),
        item("Net cash used in investing activities", "-20"),
        item("Net cash provided by financing activities", "6"),
        item("", "-1"),
        item(below, "30"),
    ]
    one = statement(StatementKind.CASH_FLOW, [duration("2009-01-01", "2009-12-31")], *rows)
    verdicts = read_structure(one).verdicts
    assert (3 in verdicts) == proved
    if proved:
        assert verdicts[3].concept == "CashAndCashEquivalentsPeriodIncreaseDecrease"
