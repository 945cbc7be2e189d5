"""Rows of income statements that are known by their sums: revenues, the minority's share, and the owners' shares."""

import pytest
from helpers.builders import duration, item, statement

from converter.mapping.structure import BEFORE_ALL, BEFORE_TAX_ONLY, read_structure
from converter.statements.model import LineItem, StatementKind

SHARE = "NetIncomeLossAttributableToNoncontrollingInterest"
Row = tuple[str, str, str]
"""Caption, figure and heading."""


def concepts_of(rows: list[Row]) -> dict[str, str | None]:
    """Return the concepts of the verdicts by caption."""
    items = _items(rows)
    found = read_structure(statement(StatementKind.INCOME, [duration("1998-01-01", "1998-12-31")], *items)).verdicts
    return {rows[i][0]: verdict.concept for i, verdict in found.items()}


def _items(rows: list[Row]) -> list[LineItem]:
    return [item(caption, figure, sections=(heading,) if heading else ()) for caption, figure, heading in rows]


LENDER = [
    ("Interest expense", "40", "Expenses"),
    ("Total expenses", "70", "Expenses"),
    ("Income before income taxes", "30", ""),
    ("Income taxes", "10", ""),
    ("Net income", "20", ""),
]


@pytest.mark.parametrize(
    ("above", "caption"),
    [
        ([("Finance income", "100", "Revenues")], "Finance income"),
        ([("Net patient fees", "90", ""), ("Net operating revenues", "100", "")], "Net operating revenues"),
    ],
)
def test_what_less_all_costs_is_income_before_taxes_is_revenues(above: list[Row], caption: str) -> None:
    assert concepts_of(above + LENDER)[caption] == "Revenues"


@pytest.mark.parametrize(
    "above",
    [
        [("Finance income", "95", "Revenues")],
        [("Finance income", "100", "")],
        [("Finance income", "100", "Revenues"), ("Other income", "0.5", "Revenues")],
        [("Interest income", "100", "Revenues")],
    ],
)
def test_a_row_of_revenues_is_not_all_of_them(above: list[Row]) -> None:
    assert above[0][0] not in concepts_of(above + LENDER)


@pytest.mark.parametrize(("taken", "proved"), [("5", True), ("-5", True), ("9", False)])
def test_the_minoritys_share_stands_between_two_incomes_before_taxes(taken: str, proved: bool) -> None:
    rows = [
        ("Income before minority interests and income taxes", "35", ""),
        ("Minority interests in earnings of consolidated entities", taken, ""),
        *LENDER[2:],
    ]
    found = concepts_of(rows)
    assert found["Income before income taxes"] == (BEFORE_TAX_ONLY if proved else BEFORE_ALL)
    assert found.get(rows[0][0]) == (BEFORE_ALL if proved else None)
    assert found.get(rows[1][0]) == (SHARE if proved else None)


@pytest.mark.parametrize("owners", ["Equity holders of the parent", "Shareholders of the Company"])
@pytest.mark.parametrize(("theirs", "proved"), [("18", True), ("12", False)])
def test_net_income_is_parted_between_its_owners(owners: str, theirs: str, proved: bool) -> None:
    rows = [
        ("Profit for the year", "20", ""),
        (owners, theirs, "Attributable to"),
        ("Minority interests", "2", "Attributable to"),
    ]
    found = concepts_of(rows)
    assert found["Profit for the year"] == ("ProfitLoss" if proved else "NetIncomeLoss")
    assert found.get(owners) == ("NetIncomeLoss" if proved else None)
    assert found.get("Minority interests") == (SHARE if proved else None)


@pytest.mark.parametrize("gross", ["", "Gross revenues"])
@pytest.mark.parametrize(("left", "proved"), [("Net revenues", True), ("Net sales", False)])
def test_net_revenues_are_what_allowances_leave(gross: str, left: str, proved: bool) -> None:
    rows = [("Casino", "80", ""), (gross, "100", ""), ("Less promotional allowances", "-9", ""), (left, "91", "")]
    found = concepts_of(rows)
    assert found.get(left) == ("Revenues" if proved else None)
    assert found.get(gross, "") == (None if proved else "")


@pytest.mark.parametrize(("taken", "proved"), [("20", True), ("30", False)])
def test_sales_from_which_excise_taxes_are_taken_are_gross(taken: str, proved: bool) -> None:
    rows = [("Sales", "100", ""), ("Less excise taxes", taken, ""), ("Net sales", "80", "")]
    assert concepts_of(rows) == ({"Sales": "SalesRevenueGoodsGross"} if proved else {})


@pytest.mark.parametrize(("caption", "barred"), [("Sales", True), ("Net sales", True), ("Mineral sales", False)])
def test_sales_alone_are_not_of_minerals(caption: str, barred: bool) -> None:
    one = statement(StatementKind.INCOME, [duration("1998-01-01", "1998-12-31")], *_items([(caption, "7", "")]))
    bars = read_structure(one).bars.get(0, ())
    assert any(bar.excludes("RevenueMineralSales") for bar in bars) == barred


@pytest.mark.parametrize("caption", ["Total operating profit", "Operating income (loss)", "(Loss) before other income"])
@pytest.mark.parametrize(
    ("left", "below", "proved"), [("30", [], True), ("35", [], False), ("30", [("Revenues", "8", "Leasing")], False)]
)
def test_operating_income_is_sales_less_all_costs(caption: str, left: str, below: list[Row], proved: bool) -> None:
    """And that of a sector, if sales of another one stand below it, is not the company's."""
    rows = [("Total net sales", "100", ""), ("Cost of sales", "60", ""), ("Total costs and expenses", "70", "")]
    found = concepts_of([*rows, (caption, left, ""), *below, ("Interest expense", "5", "")])
    assert (found.get(caption) == "OperatingIncomeLoss") is proved
