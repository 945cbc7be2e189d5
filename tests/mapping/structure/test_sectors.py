"""Sectors that a statement has one below the other."""

from helpers.builders import duration, instant, item, statement

from converter.mapping.structure import read_structure
from converter.statements.model import LineItem, StatementKind

CARS, LOANS = ("Automotive",), ("Financial Services",)
BALANCE_SHEET = (
    item("Cash", "1", sections=CARS),
    item("Inventories", "2", sections=()),
    item("Deferred taxes", "3", sections=()),
    item("Total current assets", "6", sections=()),
    item("Total Automotive assets", "6", sections=()),
    item("Cash", "1", sections=LOANS),
    item("Total Financial Services assets", "1", sections=LOANS),
    item("Total assets", "7"),
    item("Trade payables", "3", sections=CARS),
    item("Total Automotive liabilities", "3", sections=()),
    item("Deferred taxes", "1", sections=LOANS),
    item("Total Financial Services liabilities", "1", sections=LOANS),
    item("Total liabilities", "4"),
)
INCOME = (
    item("Sales", "9", sections=CARS),
    item("Depreciation", "1", sections=("Costs and expenses",)),
    item("Operating income", "8"),
    item("Income before income taxes - Automotive", "8"),
    item("Revenues", "5", sections=LOANS),
    item("Depreciation", "2", sections=("Costs and expenses",)),
    item("Income before income taxes Financial Services", "3", sections=()),
    item("Revenues", "5", sections=("Total company",)),
)


def denied(kind: StatementKind, rows: tuple[LineItem, ...], concept: str) -> list[int]:
    period = instant("1998-12-31") if kind is StatementKind.BALANCE_SHEET else duration("1998-01-01", "1998-12-31")
    bars = read_structure(statement(kind, [period], *rows)).bars
    return [row for row in range(len(rows)) if any(bar.excludes(concept) for bar in bars.get(row, ()))]


def test_what_several_sectors_have_is_no_amount_of_the_company() -> None:
    cash = "CashAndCashEquivalentsAtCarryingValue"
    assert denied(StatementKind.BALANCE_SHEET, BALANCE_SHEET, cash)[:6] == [0, 1, 2, 3, 4, 5]
    assert denied(StatementKind.BALANCE_SHEET, BALANCE_SHEET[:8], "Cash") == [0, 4, 5, 6]


def test_the_totals_of_a_sector_are_not_those_of_the_company() -> None:
    assert denied(StatementKind.BALANCE_SHEET, BALANCE_SHEET, "AssetsCurrent")[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert not {7, 12} & set(denied(StatementKind.BALANCE_SHEET, BALANCE_SHEET, "Liabilities")) - {7}
    assert denied(StatementKind.INCOME, INCOME, "Depreciation") == [0, 1, 2, 3, 4, 5, 6]
    assert denied(StatementKind.INCOME, INCOME, "OperatingExpenses") == [0, 1, 2, 3, 4, 5, 6]


def test_a_caption_with_the_words_of_another_sector_is_no_amount_of_the_company() -> None:
    debt = (
        item("Long-term debt (Note 9)", "3", sections=CARS),
        item("Warranties", "1", sections=CARS),
        item("Total Automotive liabilities", "4", sections=CARS),
        item("Debt (Note 9)", "7", sections=LOANS),
        item("Total Financial Services liabilities", "7", sections=LOANS),
    )
    assert denied(StatementKind.BALANCE_SHEET, debt, "LongTermDebtNoncurrent") == [0, 2, 3, 4]


def test_assets_and_liabilities_are_not_compared() -> None:
    assert 2 not in denied(StatementKind.BALANCE_SHEET, BALANCE_SHEET, "DeferredTaxAssetsNetCurrent")


def test_one_heading_is_no_sector() -> None:
    assert denied(StatementKind.BALANCE_SHEET, BALANCE_SHEET[:5], "Cash") == []


def test_depreciation_and_securities_of_one_sector_are_not_those_of_the_company() -> None:
    assert set(denied(StatementKind.INCOME, INCOME[:5] + INCOME[6:], "DepreciationNonproduction")) >= {1}
    rows = (*BALANCE_SHEET[:6], item("Investments in securities", "4", sections=LOANS), *BALANCE_SHEET[6:])
    assert 6 in denied(StatementKind.BALANCE_SHEET, rows, "MarketableSecurities")
