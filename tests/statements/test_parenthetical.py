"""Amounts that captions state beside their own: read only where it is certain which column each belongs to."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from helpers.builders import duration, instant, item, statement

from converter.statements.model import Origin, StatementKind
from converter.statements.parenthetical import read_parenthetical
from converter.vocabulary.periods import Instant

PERIODS = (instant("1998-12-31"), instant("1997-12-31"))


def stated(caption: str, *values: str, periods: Sequence[Instant] = PERIODS) -> list[tuple[str, list[int]]]:
    """Captions and values that the caption of a row with these values states."""
    row = item(caption, *values, factor=1000)
    found = read_parenthetical(statement(StatementKind.BALANCE_SHEET, periods, row), [caption])
    if found is None:
        return []
    assert found.origin is Origin.PARENTHETICAL
    assert found.printed == 0
    for line in found.items:
        for figure in line.figures:
            assert figure is not None
            assert figure.decimals == -3
            assert Decimal(caption[figure.source.start : figure.source.end].strip("$( ").replace(",", "")) * 1000 == (
                figure.value
            )
    return [(line.label, [int(f.value) if f else 0 for f in line.figures]) for line in found.items]


LOSSES = "Allowance for loan losses"
ALLOWANCE, DEPRECIATION = "Allowance for doubtful accounts", "Accumulated depreciation and amortization"


@pytest.mark.parametrize(
    ("caption", "label", "values"),
    [
        ("Accounts receivable, less allowance of $66 and $68", ALLOWANCE, [66_000, 68_000]),
        ("Accounts receivable, less allowances of $66 and $68, respectively", ALLOWANCE, [66_000, 68_000]),
        ("Trade receivables, net of reserve for doubtful accounts of 66 and 68", ALLOWANCE, [66_000, 68_000]),
        ("Loans receivable, net of allowance for loan losses of $66 and $68", LOSSES, [66_000, 68_000]),
        ("Receivables (less allowance of $68 in 1997 and $66 in 1998)", ALLOWANCE, [66_000, 68_000]),
        ("Receivables, less allowance: 1998 - $66; 1997 - $68", ALLOWANCE, [66_000, 68_000]),
        ("Property and equipment, less accumulated depreciation of $66 and $68", DEPRECIATION, [66_000, 68_000]),
        ("Plant, net of accumulated depreciation and amortization of $66 and $68", DEPRECIATION, [66_000, 68_000]),
        ("Equipment, less accumulated depreciation of $66 ($68 in 1997)", DEPRECIATION, [66_000, 68_000]),
        (
            "Plant, less accumulated depreciation, depletion, and amortization: $66 and $68",
            DEPRECIATION,
            [66_000, 68_000],
        ),
        ("Plant, accumulated depreciation and and and and and and of $66 and $68", DEPRECIATION, [66_000, 68_000]),
        ("Receivables, reserve for  returns, and discounts  of $66 and $68", ALLOWANCE, [66_000, 68_000]),
        ("Receivables, less allowance of $66 ($68 at December 31, 1997)", ALLOWANCE, [66_000, 68_000]),
        ("Receivables, less allowance of $66($68 in 1997)", ALLOWANCE, [66_000, 68_000]),
        ("Receivables, less allowance of $66 (1998) and $68 (1997)", ALLOWANCE, [66_000, 68_000]),
        ("Receivables, less allowance of $68 and $66 in 1997 and 1998", ALLOWANCE, [66_000, 68_000]),
        ("Receivables, less allowance of $68 and $66 at Dec. 31, 1997 and Dec. 31, 1998", ALLOWANCE, [66_000, 68_000]),
    ],
)
def test_stated(caption: str, label: str, values: list[int]) -> None:
    assert stated(caption, "1200000", "1100000") == [(label, values)]


@pytest.mark.parametrize(
    ("caption", "values"),
    [
        ("Receivables, net of allowance for doubtful accounts of $66 ($68 at September 30, 1998)", [66_000, 68_000]),
        ("Receivables, net of allowance for doubtful accounts of $66 ($68 at  December 31, 1998)", [68_000, 66_000]),
        ("Receivables, net of allowance for doubtful accounts of $66 ($68 at June 30, 1998)", None),
        ("Receivables, net of allowance for doubtful accounts of $66 ($68 at September 31, 1998)", None),
        ("Receivables, net of allowance for doubtful accounts of $66 ($68 in 1998)", None),
    ],
)
def test_two_days_of_one_year(caption: str, values: list[int] | None) -> None:
    periods = (instant("1998-12-31"), instant("1998-09-30"))
    expected = [] if values is None else [(ALLOWANCE, values)]
    assert stated(caption, "1200000", "1100000", periods=periods) == expected


@pytest.mark.parametrize(
    "caption",
    [
        "Accounts receivable, net",
        "Accounts receivable, less allowance of $66",
        "Accounts receivable, less allowance of $66, $67 and $68",
        "Accounts receivable, less allowance of $66 in 1998 and $68 in 1996",
        "Accounts receivable, less allowance of $66 ($68 at June 30, 1997)",
        "Accounts receivable, less allowance of $66 at December 31, 1998 and $68 at December 31, 1998",
        "Inventories, less reserves of $66 and $68",
        "Common stock, 1,000 and 900 shares issued",
        "Accounts receivable, less allowance of $99,000 and $98,000",
    ],
)
def test_what_is_not_certain_is_not_read(caption: str) -> None:
    assert stated(caption, "1200000", "1100000") == []


def test_only_balance_sheets() -> None:
    row = item("Accounts receivable, less allowance of $66 and $68", "1200000", "1100000")
    periods = (duration("1998-01-01", "1998-12-31"), duration("1997-01-01", "1997-12-31"))
    assert read_parenthetical(statement(StatementKind.CASH_FLOW, periods, row), [row.label]) is None


@pytest.mark.parametrize(
    ("caption", "values"),
    [
        ("Receivables, less allowance of $93 ($91 at September 30, 1998)", [93_000, 91_000]),
        ("Receivables, less allowance of $91 at September 30, 1998 and $93 at December 31, 1998", [93_000, 91_000]),
        ("Receivables, less allowance of $93 ($91 in 1998)", []),  # both columns are of 1998
    ],
)
def test_two_columns_of_one_year(caption: str, values: list[int]) -> None:
    row = item(caption, "1200000", "1100000", factor=1000)
    found = read_parenthetical(
        statement(StatementKind.BALANCE_SHEET, (instant("1998-12-31"), instant("1998-09-25")), row), [caption]
    )
    assert values == ([] if found is None else [int(f.value) for f in found.items[0].figures if f])


def test_the_place_is_that_of_the_whole_number() -> None:
    caption = "Receivables, less allowance of $66 and $68"
    row = item(caption, "1200000", "1100000", factor=1000)
    lines = [f"{caption}      1,266      1,168"]
    found = read_parenthetical(statement(StatementKind.BALANCE_SHEET, PERIODS, row), lines)
    assert found is not None
    places = [(f.source.start, f.source.end) for f in found.items[0].figures if f]
    assert places == [(caption.index("$66"), caption.index("$66") + 3), (len(caption) - 3, len(caption))]
