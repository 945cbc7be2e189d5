"""Shares: earnings over earnings per share tell the scale of the share counts."""

from decimal import Decimal

import pytest
from helpers.builders import item

from converter.filing.reader import read_filing
from converter.statements.model import LineItem, StatementKind, UnitKind
from converter.statements.reader import read_statements
from converter.statements.shares import rescale_share_counts

SHARES, PER_SHARE = UnitKind.SHARES, UnitKind.PER_SHARE


def settled(count: str, decimals: int, income: str = "1500000", per_share: str = "0.30") -> tuple[Decimal, int]:
    rows = [
        item("Net income", income, decimals=-3),
        item("Net income per share", per_share, unit=PER_SHARE, decimals=2),
        item("Average shares", count, unit=SHARES, decimals=decimals),
    ]
    figure = rescale_share_counts(rows, StatementKind.INCOME)[2].figures[0]
    assert figure is not None
    return figure.value, figure.decimals


@pytest.mark.parametrize(
    ("count", "decimals", "value", "becomes"),
    [
        ("5000000", -3, "5000000", -3),
        ("5012345000", -3, "5012345", 0),
        ("5000", 0, "5000000", -3),
        ("5", 0, "5000000", -6),
        ("5000000000000", -6, "5000000", 0),
        ("71000", 0, "71000", 0),  # nothing near: as printed
    ],
)
def test_scale_of_counts(count: str, decimals: int, value: str, becomes: int) -> None:
    assert settled(count, decimals) == (Decimal(value), becomes)


def test_earnings_of_pennies_tell_nothing() -> None:
    assert settled("5000", 0, income="50000", per_share="0.01") == (Decimal(5000), 0)


def test_other_statements_stay() -> None:
    rows = (item("Shares outstanding", "5000", unit=SHARES),)
    assert rescale_share_counts(rows, StatementKind.BALANCE_SHEET) == rows


def units(*rows: LineItem) -> list[UnitKind]:
    return [row.unit for row in rescale_share_counts(rows, StatementKind.INCOME)]


def test_a_row_of_zeros_among_amounts_per_share_is_one() -> None:
    rows = [
        item("Income from continuing operations", "0.30", unit=PER_SHARE, decimals=2),
        item("Discontinued operations", "0"),
        item("Net income", "0.30", unit=PER_SHARE, decimals=2),
    ]
    assert units(*rows) == [PER_SHARE] * 3


def test_a_row_of_zeros_above_money_is_money() -> None:
    rows = [
        item("Dividends per share", "0.30", unit=PER_SHARE, decimals=2),
        item("Other", "0"),
        item("Retained earnings", "1500000"),
    ]
    assert units(*rows)[1] is UnitKind.MONETARY


def test_diluted_under_a_count_is_another_count() -> None:
    rows = [
        item("Net income", "1500000", decimals=-3),
        item("Basic shares outstanding", "5000000", unit=SHARES, decimals=-3),
        item("Effect of dilution", "120000", decimals=-3),
    ]
    assert units(*rows) == [UnitKind.MONETARY, SHARES, SHARES]


def test_only_the_first_of_very_many_earnings_count() -> None:
    net_income = item("Net income", "5000000", decimals=-3)
    per_share = item("Net income per share", "1.00", unit=PER_SHARE, decimals=2)
    shares = item("Average shares", "5000", unit=SHARES)
    others = [item(f"Loss of part {n}", "71", decimals=0) for n in range(50)]
    first = rescale_share_counts([net_income, per_share, shares, *others], StatementKind.INCOME)
    last = rescale_share_counts([*others, net_income, per_share, shares], StatementKind.INCOME)
    assert first[2].figures[0] != shares.figures[0]
    assert last[-1].figures == shares.figures


SHEET = """<SEC-HEADER>
CONFORMED PERIOD OF REPORT: 19971231
</SEC-HEADER>
                     BALANCE SHEETS
                     (In thousands)

                                    December 31,   December 31,
                                        1997           1996
Cash                                     5,210          4,380
Inventories                             16,320         15,510
    Total assets                        21,530         19,890
Accounts payable                         8,730          8,410
{}
Retained earnings                       12,750         11,430
    Total stockholders' equity          12,800         11,480
    Total liabilities and equity        21,530         19,890
"""


@pytest.mark.parametrize(
    ("rows", "counts"),
    [
        (
            """Common stock                                50             50
  Authorized                        10,000,000     10,000,000
  Issued and outstanding             5,010,000      5,004,000""",
            {"Authorized": (10_000_000, 10_000_000), "Issued and outstanding": (5_010_000, 5_004_000)},
        ),
        (
            """Shares authorized                       10,000         10,000
Shares issued                            5,010          5,004
Common stock                                50             50""",
            {"Shares authorized": (10_000_000, 10_000_000), "Shares issued": (5_010_000, 5_004_000)},
        ),
        (
            """Common stock               Class A      Class B
  Authorized            10,000,000    5,000,000
  Issued                 3,200,000    1,800,000
                                            50             50""",
            {},
        ),
        (
            """Common stock, 10,000,000 shares authorized
  Issued                                    50             50""",
            {},
        ),
    ],
)
def test_shares_in_rows_of_a_balance_sheet(rows: str, counts: dict[str, tuple[int, int]]) -> None:
    (sheet,) = read_statements(read_filing(SHEET.format(rows).encode(), "a.txt")).statements
    found = [item for item in sheet.items if item.unit is UnitKind.SHARES]
    assert {item.label: tuple(int(f.value) for f in item.figures if f) for item in found} == counts
    assert max(f.value for item in sheet.items for f in item.figures if f and item not in found) == 21_530_000
