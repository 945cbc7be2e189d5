"""Totals without a telling caption are known by the rows they add up, or by being equal."""

import pytest
from helpers.builders import duration, instant, item, statement

from converter.mapping import map_statement
from converter.mapping.totals import is_bare, name_totals
from converter.statements.model import StatementKind
from converter.sums.arithmetic import find_sums

BS, IS = StatementKind.BALANCE_SHEET, StatementKind.INCOME
CASH, RECEIVABLES, INVENTORY = "CashAndCashEquivalentsAtCarryingValue", "AccountsReceivableNetCurrent", "InventoryNet"
DEPRECIATION = "AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment"
CLAIMS = "LiabilitiesAndStockholdersEquity"

Row = tuple[str, str, str | None]
"""Caption, printed figure, concept known so far."""


def named(kind: StatementKind, rows: list[Row]) -> list[str | None]:
    items = [item(caption, printed) for caption, printed, _ in rows]
    period = instant("1997-12-31") if kind is BS else duration("1997-01-01", "1997-12-31")
    return name_totals(statement(kind, [period], *items), find_sums(items, kind), [name for *_, name in rows])


@pytest.mark.parametrize("label", ["", "Total", "TOTALS", "  total: ", "Net", "....", "Sub-total"])
def test_captions_that_say_nothing(label: str) -> None:
    assert is_bare(item(label, "1"))


@pytest.mark.parametrize("label", ["Total assets", "Net income", "Cash", "Total current"])
def test_captions_that_say_something(label: str) -> None:
    assert not is_bare(item(label, "1"))


CURRENT: list[Row] = [("Cash", "1840", CASH), ("Receivables", "3170", RECEIVABLES), ("Inventories", "2690", INVENTORY)]
EQUITY: list[Row] = [
    ("Common stock", "1130", "CommonStockValue"),
    ("Paid-in capital", "2470", "AdditionalPaidInCapital"),
    ("Retained earnings", "4100", "RetainedEarningsAccumulatedDeficit"),
]


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        ([*CURRENT, ("", "7700", None)], "AssetsCurrent"),
        ([*CURRENT, ("Total", "7700", None)], "AssetsCurrent"),
        ([*CURRENT, ("", "7799", None)], None),
        ([*CURRENT, ("Sundry total", "7700", None)], None),
        ([*CURRENT, ("", "7700", "OtherAssets")], "OtherAssets"),
        ([*EQUITY, ("", "7700", None)], "StockholdersEquity"),
        ([("One", "1840", None), ("Two", "3170", None), ("Three", "2690", None), ("", "7700", None)], None),
    ],
    ids=["no caption", "total", "no sum", "a caption of its own", "known already", "equity", "parts not known"],
)
def test_a_total_is_known_by_its_parts(rows: list[Row], last: str | None) -> None:
    assert named(BS, rows)[-1] == last


def test_a_gross_amount_is_one_that_depreciation_is_taken_from() -> None:
    rows: list[Row] = [
        ("Land", "1840", "Land"),
        ("Buildings", "3170", "BuildingsAndImprovementsGross"),
        ("Machinery", "2690", "MachineryAndEquipmentGross"),
        ("", "7700", None),
        ("Less accumulated depreciation", "-2210", DEPRECIATION),
        ("", "5490", None),
    ]
    assert named(BS, rows)[3] == "PropertyPlantAndEquipmentGross"
    assert named(BS, rows)[5] == "PropertyPlantAndEquipmentNet"


def test_equity_before_treasury_stock_is_one_that_it_is_taken_from() -> None:
    rows: list[Row] = [
        *EQUITY,
        ("", "7700", None),
        ("Less treasury stock", "-300", "TreasuryStockValue"),
        ("", "7400", None),
    ]
    assert named(BS, rows)[3] == "StockholdersEquityBeforeTreasuryStock"
    assert named(BS, rows)[5] == "StockholdersEquity"


def test_a_part_of_the_partners_capital_is_no_equity_of_stockholders() -> None:
    rows: list[Row] = [*EQUITY, ("", "7700", None), ("Total partners' capital", "7800", "PartnersCapital")]
    assert named(BS, rows)[3] is None


def test_a_small_part_does_not_tell_what_the_total_is() -> None:
    receivables: list[Row] = [("Customers", "3000", None), ("Other", "1000", None), ("", "4000", None)]
    rows: list[Row] = [("Cash", "1000", "Cash"), *receivables, ("", "5000", None)]
    assert named(BS, rows)[4] is None


@pytest.mark.parametrize("caption", ["", "Total"])
def test_assets_and_claims_are_equal(caption: str) -> None:
    rows: list[Row] = [
        *CURRENT,
        (caption, "7700", None),
        ("Accounts payable", "2200", "AccountsPayableCurrent"),
        ("Long-term debt", "1400", "LongTermDebtNoncurrent"),
        ("Shareholders' equity", "4100", "StockholdersEquity"),
        (caption, "7700", None),
    ]
    found = named(BS, rows)
    assert found[3] == "Assets"
    assert found[7] == CLAIMS


def test_a_row_that_was_taken_for_the_assets_gives_way() -> None:
    rows: list[Row] = [
        *CURRENT,
        ("", "7700", None),
        ("Accounts payable", "2200", "AccountsPayableCurrent"),
        ("Other", "5500", "Assets"),
        ("", "7700", None),
    ]
    found = named(BS, rows)
    assert (found[3], found[5], found[6]) == ("Assets", None, CLAIMS)


def test_no_concept_is_given_twice() -> None:
    rows: list[Row] = [("Total current assets", "9", "AssetsCurrent"), *CURRENT, ("", "7700", None)]
    assert named(BS, rows)[-1] != "AssetsCurrent"


def test_the_whole_way() -> None:
    items = [item(caption, printed) for caption, printed, _ in [*CURRENT, ("", "7700", None)]]
    one = statement(BS, [instant("1997-12-31")], *items)
    last = map_statement(one, find_sums(items, BS))[-1]
    assert last.concept is not None
    assert last.confidence > 0.5
    assert last.sign == 1


@pytest.mark.parametrize(
    ("printed", "total"),
    [(("40", "30", "20", "90"), "CostsAndExpenses"), (("-40", "-30", "-20", "-90"), "CostsAndExpenses")],
    ids=["plain", "in brackets"],
)
def test_a_total_of_costs_alone_is_no_result(printed: tuple[str, ...], total: str) -> None:
    concepts = ("CostOfGoodsSold", "SellingGeneralAndAdministrativeExpense", "RestructuringCharges", None)
    captions = ("Materials and production", "Marketing and administrative", "Restructuring", "")
    assert named(IS, list(zip(captions, printed, concepts, strict=True)))[-1] == total


COSTS: list[Row] = [
    ("Materials", "4100", "CostOfGoodsSold"),
    ("Marketing", "2400", "SellingGeneralAndAdministrativeExpense"),
    ("Research", "1400", "ResearchAndDevelopmentExpense"),
    ("Equity income from affiliates", "-120", "IncomeLossFromEquityMethodInvestments"),
    ("Other (income) expense, net", "-80", "OtherNonoperatingIncomeExpense"),
    ("", "7700", None),
]


def test_costs_that_are_added_up_are_no_income() -> None:
    rows: list[Row] = [("Sales", "9900", "SalesRevenueNet"), *COSTS, ("Income before taxes", "2200", None)]
    assert named(IS, rows)[6] in (None, "CostsAndExpenses", "OperatingExpenses")


def test_a_part_of_the_cash_from_operations_is_not_that_cash() -> None:
    of_continuing = "NetCashProvidedByUsedInOperatingActivitiesContinuingOperations"
    rows: list[Row] = [
        ("Net income", "4100", "NetIncomeLoss"),
        ("Depreciation", "2400", "Depreciation"),
        ("Deferred taxes", "1200", "DeferredIncomeTaxExpenseBenefit"),
        ("", "7700", None),
        ("Inventories", "-300", "IncreaseDecreaseInInventories"),
        ("Cash from continuing operations", "7400", of_continuing),
    ]
    assert named(StatementKind.CASH_FLOW, rows)[3] is None


def test_the_total_without_a_caption_at_the_end_does_not_rule_out_its_parts() -> None:
    items = [
        item("Cash", "1840"),
        item("Plant", "5860"),
        item("", "7700"),
        item("Total current liabilities", "3170", sections=("Liabilities and Stockholders' Equity",)),
        item("Long-term debt", "2690", sections=("Liabilities and Stockholders' Equity",)),
        item("Minority interests", "440", sections=("Liabilities and Stockholders' Equity",)),
        item("Retained earnings", "1400", sections=("Stockholders' Equity",)),
        item("", "7700", sections=("Stockholders' Equity", "Less treasury stock, at cost")),
    ]
    read = statement(BS, [instant("1997-12-31")], *items)
    concepts = [mapping.concept for mapping in map_statement(read, find_sums(items, BS))]
    assert concepts[2:6] == ["Assets", "LiabilitiesCurrent", "LongTermDebtNoncurrent", "MinorityInterest"]
    assert concepts[7] == CLAIMS


def test_the_plant_of_a_utility_is_all_its_property() -> None:
    rows: list[Row] = [
        ("Plant in service", "1600", "PropertyPlantAndEquipmentGross"),
        ("Less accumulated depreciation", "-570", DEPRECIATION),
        ("Net", "1030", None),
        ("Construction work in progress", "400", None),
    ]
    assert named(BS, rows)[2] == "PropertyPlantAndEquipmentNet"
    utility: list[Row] = [*rows, ("Net utility plant", "1430", "PublicUtilitiesPropertyPlantAndEquipmentNet")]
    assert named(BS, utility)[2] is None
