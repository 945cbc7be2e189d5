"""What sums say against concepts: a part of a total of costs is no revenue."""

import pytest
from helpers.builders import duration, instant, item, statement

from converter.mapping.roles import contradicted_rows
from converter.statements.model import StatementKind
from converter.sums.arithmetic import find_sums

IS, BS, CF = StatementKind.INCOME, StatementKind.BALANCE_SHEET, StatementKind.CASH_FLOW
ACCUMULATED = "AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment"
ALLOWANCE = "AllowanceForDoubtfulAccountsReceivableCurrent"

Row = tuple[str, str, str | None]
"""Caption, printed figure, concept."""


def against(kind: StatementKind, rows: list[Row]) -> list[str]:
    items = [item(caption, printed) for caption, printed, _ in rows]
    period = instant("1997-12-31") if kind is BS else duration("1997-01-01", "1997-12-31")
    found = contradicted_rows(statement(kind, [period], *items), find_sums(items, kind), [name for *_, name in rows])
    return [rows[i][0] for i in sorted(found)]


@pytest.mark.parametrize(
    ("kind", "rows", "wrong"),
    [
        (
            IS,
            [
                ("Debt", "9400", "InterestExpenseDebt"),
                ("Interest income", "-2300", "InvestmentIncomeInterest"),
                ("Interest, net", "7100", "InterestExpense"),
            ],
            ["Interest, net"],
        ),
        (
            IS,
            [
                ("Debt", "9400", "InterestExpenseDebt"),
                ("Interest income", "-2300", "InvestmentIncomeInterest"),
                ("Interest, net", "7100", "InterestIncomeExpenseNet"),
            ],
            [],
        ),
        (
            BS,
            [
                ("Plant", "9400", "PropertyPlantAndEquipmentNet"),
                ("Less accumulated depreciation", "2300", ACCUMULATED),
                ("", "7100", None),
            ],
            ["Plant"],
        ),
        (
            IS,
            [
                ("Total revenues", "9400", "Revenues"),
                ("Interest expense", "2300", "InterestExpense"),
                ("Net revenues", "7100", "SalesRevenueNet"),
            ],
            ["Net revenues"],
        ),
        (
            IS,
            [
                ("Interest", "7100", "InterestAndDividendIncomeOperating"),
                ("Rent", "2300", "LeaseAndRentalExpense"),
                ("Total costs", "9400", "CostsAndExpenses"),
            ],
            ["Interest"],
        ),
        (
            IS,
            [
                ("Interest", "7100", "InterestExpense"),
                ("Rent", "2300", "LeaseAndRentalExpense"),
                ("Total costs", "9400", "CostsAndExpenses"),
            ],
            [],
        ),
        (
            IS,
            [
                ("Sales", "9400", "Revenues"),
                ("Interest", "-2300", "InterestExpense"),
                ("Net income", "7100", "NetIncomeLoss"),
            ],
            [],
        ),
        (
            IS,
            [
                ("Sales", "9400", "Revenues"),
                ("Interest", "-2300", "InvestmentIncomeInterest"),
                ("Net income", "7100", "NetIncomeLoss"),
            ],
            ["Interest"],
        ),
        (
            IS,
            [
                ("Sales", "9400", "Revenues"),
                ("Other", "-2300", "NonoperatingIncomeExpense"),
                ("Net income", "7100", "NetIncomeLoss"),
            ],
            [],
        ),
        (
            IS,
            [
                ("Costs", "9400", "CostsAndExpenses"),
                ("Sales", "2300", "Revenues"),
                ("Net loss", "7100", "NetIncomeLoss"),
            ],
            [],
        ),
        (
            BS,
            [
                ("Receivables", "9400", "AccountsReceivableGrossCurrent"),
                ("Allowance", "-2300", ALLOWANCE),
                ("Total", "7100", "AssetsCurrent"),
            ],
            [],
        ),
        (
            BS,
            [
                ("Deferred taxes", "9400", "DeferredTaxLiabilitiesNoncurrent"),
                ("Other", "2300", "OtherAssetsNoncurrent"),
                ("Total assets", "11700", "Assets"),
            ],
            ["Deferred taxes"],
        ),
        (
            CF,
            [
                ("Sales", "9400", "PaymentsToAcquireInvestments"),
                ("Other", "2300", None),
                ("Net cash provided by investing activities", "11700", "NetCashProvidedByUsedInInvestingActivities"),
            ],
            [],
        ),
        (
            IS,
            [
                ("Interest", "7100", "InterestAndDividendIncomeOperating"),
                ("Rent", "2300", "LeaseAndRentalExpense"),
                ("Total costs", "9400", None),
            ],
            [],
        ),
        (
            IS,
            [
                ("Interest", "7100", "InterestAndDividendIncomeOperating"),
                ("Rent", "2300", "LeaseAndRentalExpense"),
                ("Total costs", "9999", "CostsAndExpenses"),
            ],
            [],
        ),
        (
            IS,
            [
                ("Wages", "9400", "LaborAndRelatedExpense"),
                ("Restructuring", "-2300", "RestructuringCharges"),
                ("Total costs", "7100", "CostsAndExpenses"),
            ],
            [],
        ),
        (
            IS,
            [
                ("Wages", "-9400", "LaborAndRelatedExpense"),
                ("Rent", "-2300", "LeaseAndRentalExpense"),
                ("Total costs", "-11700", "CostsAndExpenses"),
            ],
            [],
        ),
        (
            IS,
            [
                ("Wages", "-9400", "LaborAndRelatedExpense"),
                ("Interest", "-2300", "InvestmentIncomeInterest"),
                ("Total costs", "-11700", "CostsAndExpenses"),
            ],
            ["Interest"],
        ),
        (
            BS,
            [
                ("Cash", "9400", "CashAndCashEquivalentsAtCarryingValue"),
                ("Customers", "2300", "AccountsReceivableNetCurrent"),
                ("Other", "700", "OtherAssetsNoncurrent"),
                ("Total current assets", "12400", "AssetsCurrent"),
                ("Plant", "5100", "PropertyPlantAndEquipmentNet"),
                ("Sundry", "430", "OtherAssetsCurrent"),
                ("Total assets", "17930", "Assets"),
            ],
            ["Other", "Sundry"],
        ),
        (
            BS,
            [
                ("Cash", "9400", "CashAndCashEquivalentsAtCarryingValue"),
                ("Other", "700", "OtherAssetsCurrent"),
                ("Total assets", "10100", "Assets"),
            ],
            [],
        ),
        (
            CF,
            [
                ("Equity securities", "-9400", "ProceedsFromSaleOfAvailableForSaleSecuritiesEquity"),
                ("Equity securities (b)", "2300", "PaymentsToAcquireAvailableForSaleSecuritiesEquity"),
                ("Purchase of land, refunded", "120", "PaymentsToAcquireLand"),
                ("Net cash used in investing activities", "-6980", "NetCashProvidedByUsedInInvestingActivities"),
                ("Net cash provided by operating activities", "7000", "NetCashProvidedByUsedInOperatingActivities"),
                ("Net increase in cash", "20", "CashAndCashEquivalentsPeriodIncreaseDecrease"),
            ],
            ["Equity securities", "Equity securities (b)"],
        ),
        (
            IS,
            [
                ("Wages", "9400", "LaborAndRelatedExpense"),
                ("The company", "2300", "NetIncomeLoss"),
                ("Total costs", "11700", "CostsAndExpenses"),
            ],
            ["The company"],
        ),
        (
            IS,
            [
                ("Machines", "9400", "SalesRevenueNet"),
                ("Fees", "2300", "Revenues"),
                ("Service", "1100", "SalesRevenueServicesNet"),
                ("Total revenues", "12800", "Revenues"),
            ],
            ["Fees"],
        ),
        (
            IS,
            [
                ("Sales", "9400", "SalesRevenueGoodsNet"),
                ("Excise taxes", "-2300", "ExciseAndSalesTaxes"),
                ("Net sales", "7100", "SalesRevenueNet"),
            ],
            ["Sales"],
        ),
    ],
    ids=[
        "interest expense with income",
        "net interest",
        "net of depreciation to come",
        "revenues less interest",
        "revenue among costs",
        "costs",
        "a cost in brackets is taken off",
        "income in brackets",
        "what may be either",
        "a loss printed plain",
        "an allowance",
        "a liability among assets",
        "cash flows without the change in cash are not judged",
        "the total is not known",
        "the sum does not hold",
        "a cost given back",
        "all costs in brackets",
        "income among costs in brackets",
        "noncurrent among current assets, and the reverse",
        "nothing says what is current",
        "payments that bring cash and proceeds that take it",
        "a result among costs",
        "a small part of revenues is not all of them",
        "sales before excise taxes are not net",
    ],
)
def test_rows_that_the_arithmetic_speaks_against(kind: StatementKind, rows: list[Row], wrong: list[str]) -> None:
    assert against(kind, rows) == wrong


def test_a_total_without_a_caption_is_of_its_heading() -> None:
    rows = [
        item("Payables", "9400", sections=["Current liabilities"]),
        item("Pensions", "2300", sections=["Current liabilities"]),
        item("Total", "11700"),
    ]
    names = ["AccountsPayableCurrent", "OtherLiabilitiesNoncurrent", None]
    one = statement(BS, [instant("1997-12-31")], *rows)
    assert contradicted_rows(one, find_sums(rows, BS), names) == {1}


def test_where_all_parts_contradict_a_total_it_is_the_total_that_is_wrong() -> None:
    rows: list[Row] = [
        ("Current liabilities", "50", "LiabilitiesCurrent"),
        ("Long-term debt", "30", "LongTermDebtNoncurrent"),
        ("Equity", "20", "StockholdersEquity"),
        ("", "100", "TreasuryStockValue"),
    ]
    assert against(BS, rows) == [""]


def test_costs_of_sales_do_not_include_those_of_selling() -> None:
    rows: list[Row] = [
        ("Cost of sales", "60", "CostOfGoodsSold"),
        ("Selling and administrative expenses", "30", "SellingGeneralAndAdministrativeExpense"),
        ("Total cost of sales and expenses", "90", "CostOfRevenue"),
    ]
    assert against(IS, rows) == ["Total cost of sales and expenses"]


def test_depreciation_of_a_part_of_property_is_not_that_of_all() -> None:
    depreciation = "AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment"
    rows: list[Row] = [
        ("Aircraft", "9400", None),
        ("Depreciation", "-2300", None),
        ("Aircraft, net", "7100", None),
        ("Buildings", "1500", "PropertyPlantAndEquipmentGross"),
        ("Accumulated depreciation", "-600", depreciation),
        ("Buildings, net", "900", None),
        ("Total property and equipment, net", "8000", "PropertyPlantAndEquipmentNet"),
    ]
    assert against(BS, rows) == ["Buildings", "Accumulated depreciation"]
    assert against(BS, [*rows[3:5], ("Property, net", "900", "PropertyPlantAndEquipmentNet")]) == []
    rows[0] = ("Aircraft", "9400", "PropertyPlantAndEquipmentGross")
    rows[3:5] = [("Buildings", "1500", None), ("Accumulated depreciation", "-600", None)]
    assert against(BS, rows) == ["Aircraft"]


def test_a_total_with_interest_is_more_than_other_income() -> None:
    rows: list[Row] = [
        ("Interest expense", "-2300", "InterestExpense"),
        ("Interest income", "75", "InvestmentIncomeInterest"),
        ("Other, net", "460", None),
        ("Total other expense", "-1765", "OtherNonoperatingExpense"),
    ]
    assert against(IS, rows) == ["Total other expense"]
