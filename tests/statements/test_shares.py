"""Shares: earnings over earnings per share tell the scale of the share counts."""

from decimal import Decimal

import pytest
from helpers.builders import item

from converter.statements.model import LineItem, StatementKind, UnitKind
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
