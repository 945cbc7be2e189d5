"""Signs: fact value = sign * printed value. Each case is a small statement, and the values its facts must have."""

import pytest
from helpers.builders import duration, instant, item, statement

from converter.mapping.signs import is_loss_caption, is_two_signed, signs_of
from converter.mapping.weights import load_model
from converter.statements.model import LineItem, StatementKind, UnitKind
from converter.sums.arithmetic import find_sums

IS, CF, BS = StatementKind.INCOME, StatementKind.CASH_FLOW, StatementKind.BALANCE_SHEET
PRETAX = "IncomeLossFromContinuingOperationsBeforeIncomeTaxesMinorityInterestAndIncomeLossFromEquityMethodInvestments"
TAX, NET, COST = "IncomeTaxExpenseBenefit", "NetIncomeLoss", "CostOfGoodsAndServicesSold"
OPERATING, INVESTING = "NetCashProvidedByUsedInOperatingActivities", "NetCashProvidedByUsedInInvestingActivities"
EQUIPMENT, DEFICIT = "PaymentsToAcquirePropertyPlantAndEquipment", "RetainedEarningsAccumulatedDeficit"
RECEIVABLES, EPS = "IncreaseDecreaseInReceivables", "EarningsPerShareBasic"
DISCONTINUED_MINORITY = "IncomeLossFromDiscontinuedOperationsNetOfTaxAttributableToNoncontrollingInterest"
CLAIMS = "LiabilitiesAndStockholdersEquity"

Row = tuple[str, str, str | None, str]
"""Caption, printed figure, concept, value of the fact."""


def values(kind: StatementKind, rows: list[Row]) -> list[str]:
    items = [_item(caption, printed, concept) for caption, printed, concept, _ in rows]
    period = instant("1997-12-31") if kind is BS else duration("1997-01-01", "1997-12-31")
    one = statement(kind, [period], *items)
    signs = signs_of(one, find_sums(items, kind), [concept for _, _, concept, _ in rows], load_model())
    return [
        str(sign * figure.value) for sign, row in zip(signs, items, strict=True) for figure in row.figures if figure
    ]


def _item(caption: str, printed: str, concept: str | None) -> LineItem:
    return item(caption, printed, unit=UnitKind.PER_SHARE if concept == EPS else UnitKind.MONETARY)


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        (IS, ("Cost of sales", "1234", COST, "1234")),
        (IS, ("Cost of sales", "-1234", COST, "1234")),
        (IS, ("Selling expenses", "-12", "SellingExpense", "12")),
        (IS, ("Net loss", "1234", NET, "-1234")),
        (IS, ("Net loss", "-1234", NET, "-1234")),
        (IS, ("Net (loss)", "-1234", NET, "-1234")),
        (IS, ("Net income", "1234", NET, "1234")),
        (IS, ("Net income", "-1234", NET, "-1234")),
        (IS, ("Net income (loss)", "-1234", NET, "-1234")),
        (IS, ("Net earnings (loss)", "1234", NET, "1234")),
        (IS, ("Loss from operations", "-70", "OperatingIncomeLoss", "-70")),
        (IS, ("Loss from operations", "70", "OperatingIncomeLoss", "-70")),
        (IS, ("Net loss per share", "-.25", EPS, "-0.25")),
        (IS, ("Net loss per share", ".25", EPS, "-0.25")),
        (IS, ("Earnings per share", ".25", EPS, "0.25")),
        (IS, ("Provision for income taxes", "250", TAX, "250")),
        (IS, ("Provision (benefit) for income taxes", "-250", TAX, "-250")),
        (IS, ("Benefit (provision) for income taxes", "-250", TAX, "250")),
        (IS, ("Benefit (provision) for income taxes", "150", TAX, "-150")),
        (IS, ("Interest (expense) income, net", "-100", "InterestIncomeExpenseNet", "-100")),
        (IS, ("Interest income (expense), net", "30", "InterestIncomeExpenseNet", "30")),
        (IS, ("Interest expense (income), net", "100", "InterestIncomeExpenseNet", "-100")),
        (IS, ("Other income (expense), net", "-12", "OtherNonoperatingIncomeExpense", "-12")),
        (IS, ("Other (income) expense, net", "12", "OtherNonoperatingIncomeExpense", "-12")),
        (IS, ("Gain (loss) on sale of assets", "-9", "GainLossOnDispositionOfAssets", "-9")),
        (BS, ("Less: treasury stock", "80", "TreasuryStockValue", "80")),
        (BS, ("Treasury stock, at cost", "-80", "TreasuryStockValue", "80")),
        (
            BS,
            (
                "Less accumulated depreciation",
                "-200",
                "AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment",
                "200",
            ),
        ),
        (BS, ("Allowance for doubtful accounts", "-20", "AllowanceForDoubtfulAccountsReceivableCurrent", "20")),
        (BS, ("Accumulated deficit", "12345", DEFICIT, "-12345")),
        (BS, ("Accumulated deficit", "-12345", DEFICIT, "-12345")),
        (BS, ("Retained earnings", "12345", DEFICIT, "12345")),
        (BS, ("Retained earnings (deficit)", "-12345", DEFICIT, "-12345")),
        (CF, ("Purchases of equipment", "-500", EQUIPMENT, "500")),
        (CF, ("Purchases of equipment", "500", EQUIPMENT, "500")),
        (CF, ("Dividends paid", "-100", "PaymentsOfDividends", "100")),
        (CF, ("Proceeds from sale of equipment", "40", "ProceedsFromSaleOfPropertyPlantAndEquipment", "40")),
        (CF, ("(Increase) decrease in receivables", "-120", RECEIVABLES, "120")),
        (CF, ("(Increase) decrease in receivables", "120", RECEIVABLES, "-120")),
        (CF, ("Increase (decrease) in accounts payable", "60", "IncreaseDecreaseInAccountsPayable", "60")),
        (CF, ("Increase (decrease) in accounts payable", "-60", "IncreaseDecreaseInAccountsPayable", "-60")),
        (CF, ("Net cash used in investing activities", "-460", INVESTING, "-460")),
        (CF, ("Net loss", "-90", NET, "-90")),
        (CF, ("Accounts and other receivables", "-90", "IncreaseDecreaseInAccountsAndOtherReceivables", "90")),
        (CF, ("Loss reserves", "-90", "IncreaseDecreaseInLossAndLossAdjustmentExpenseReserve", "-90")),
        (CF, ("Gain on sale of equipment", "-10", "GainLossOnSaleOfPropertyPlantEquipment", "10")),
    ],
    ids=lambda value: f"{value[0]} {value[1]}" if isinstance(value, tuple) else value.value,
)
def test_a_row_by_itself(kind: StatementKind, row: Row) -> None:
    assert values(kind, [row]) == [row[3]]


WHOLE: dict[str, tuple[StatementKind, list[Row]]] = {
    "costs plain": (
        IS,
        [
            ("Net sales", "5000", "Revenues", "5000"),
            ("Cost of sales", "3000", COST, "3000"),
            ("Gross profit", "2000", "GrossProfit", "2000"),
            ("Interest expense", "100", "InterestExpense", "100"),
            ("Income before income taxes", "1900", PRETAX, "1900"),
            ("Income taxes", "700", TAX, "700"),
            ("Net income", "1200", NET, "1200"),
        ],
    ),
    "costs in brackets": (
        IS,
        [
            ("Net sales", "5000", "Revenues", "5000"),
            ("Cost of sales", "-3000", COST, "3000"),
            ("Gross profit", "2000", "GrossProfit", "2000"),
            ("Interest expense", "-100", "InterestExpense", "100"),
            ("Income before income taxes", "1900", PRETAX, "1900"),
            ("Income taxes", "-700", TAX, "700"),
            ("Net income", "1200", NET, "1200"),
        ],
    ),
    "a loss, costs and taxes plain": (
        IS,
        [
            ("Revenues", "5000", "Revenues", "5000"),
            ("Costs and expenses", "5400", "CostsAndExpenses", "5400"),
            ("Loss before income taxes", "-400", PRETAX, "-400"),
            ("Income tax benefit", "150", TAX, "-150"),
            ("Net loss", "-250", NET, "-250"),
        ],
    ),
    "a loss printed without brackets": (
        IS,
        [
            ("Revenues", "5000", "Revenues", "5000"),
            ("Costs and expenses", "5400", "CostsAndExpenses", "5400"),
            ("Loss before income taxes", "400", PRETAX, "-400"),
            ("Income tax benefit", "150", TAX, "-150"),
            ("Net loss", "250", NET, "-250"),
        ],
    ),
    "taxes in brackets that are paid, not received": (
        IS,
        [
            ("Income before income taxes", "700", PRETAX, "700"),
            ("Provision for income taxes", "-250", TAX, "250"),
            ("Net income", "450", NET, "450"),
        ],
    ),
    "taxes in brackets that are received": (
        IS,
        [
            ("Loss before income taxes", "-700", PRETAX, "-700"),
            ("Provision for income taxes", "-250", TAX, "-250"),
            ("Net loss", "-450", NET, "-450"),
        ],
    ),
    "minority interest taken off": (
        IS,
        [
            ("Income before minority interest", "500", "ProfitLoss", "500"),
            ("Minority interest", "-60", "NetIncomeLossAttributableToNoncontrollingInterest", "60"),
            ("Net income", "440", NET, "440"),
        ],
    ),
    "a total of costs in brackets": (
        IS,
        [
            ("Selling expenses", "-30", "SellingExpense", "30"),
            ("Research", "-20", "ResearchAndDevelopmentExpense", "20"),
            ("Total operating expenses", "-50", "OperatingExpenses", "50"),
        ],
    ),
    "a cost given back": (
        IS,
        [
            ("Wages", "9400", "LaborAndRelatedExpense", "9400"),
            ("Restructuring", "-2300", "RestructuringCharges", "-2300"),
            ("Total costs", "7100", "CostsAndExpenses", "7100"),
        ],
    ),
    "cash flow": (
        CF,
        [
            ("Net income", "450", NET, "450"),
            ("Depreciation", "300", "Depreciation", "300"),
            ("Receivables", "-120", RECEIVABLES, "120"),
            ("Gain on sale of equipment", "-30", "GainLossOnSaleOfPropertyPlantEquipment", "30"),
            ("Net cash provided by operating activities", "600", OPERATING, "600"),
            ("Purchases of equipment", "-500", EQUIPMENT, "500"),
            ("Sales of equipment", "40", "ProceedsFromSaleOfPropertyPlantAndEquipment", "40"),
            ("Net cash used in investing activities", "-460", INVESTING, "-460"),
        ],
    ),
    "minority interest in a discontinued loss": (
        IS,
        [
            ("Net loss", "-500", "ProfitLoss", "-500"),
            ("Minority interest in discontinued operations", "60", DISCONTINUED_MINORITY, "-60"),
            ("Net loss to the owners", "-440", NET, "-440"),
        ],
    ),
    "a result that names both": (
        IS,
        [
            ("(Loss) income from continuing operations", "-513", "IncomeLossFromContinuingOperations", "-513"),
            ("Income from discontinued operations", "108", "IncomeLossFromDiscontinuedOperationsNetOfTax", "108"),
            ("Gain", "405", "ExtraordinaryItemNetOfTax", "405"),
        ],
    ),
    "changes added up below the change in cash": (
        CF,
        [
            ("Net cash provided by operating activities", "600", OPERATING, "600"),
            ("Net cash used in investing activities", "-460", INVESTING, "-460"),
            ("Increase in cash", "140", "CashAndCashEquivalentsPeriodIncreaseDecrease", "140"),
            ("Unrealized gains on securities", "12", "UnrealizedGainLossOnSecurities", "12"),
            ("Inventories", "6963412", "IncreaseDecreaseInInventories", "-6963412"),
            ("(Decrease) in accounts payable", "-3590188", "IncreaseDecreaseInAccountsPayable", "-3590188"),
            ("(Increase) decrease in working capital", "3373224", "IncreaseDecreaseInOperatingCapital", "-3373224"),
        ],
    ),
    "cash used, printed plain": (
        CF,
        [
            ("Cash used for:", "0", None, "0"),
            ("Purchases of equipment", "500", EQUIPMENT, "500"),
            ("Acquisitions", "90", "PaymentsToAcquireBusinessesNetOfCashAcquired", "90"),
            ("Net cash used in investing activities", "-590", INVESTING, "-590"),
        ],
    ),
    "claims with a deficit and treasury stock": (
        BS,
        [
            ("Total assets", "580", "Assets", "580"),
            ("Total liabilities", "300", "Liabilities", "300"),
            ("Common stock", "450", "CommonStockValue", "450"),
            ("Accumulated deficit", "-90", DEFICIT, "-90"),
            ("Treasury stock", "-80", "TreasuryStockValue", "80"),
            ("Total stockholders' equity", "280", "StockholdersEquity", "280"),
            ("Total liabilities and stockholders' equity", "580", CLAIMS, "580"),
        ],
    ),
    "a deficit taken off without brackets": (
        BS,
        [
            ("Total assets", "310", "Assets", "310"),
            ("Total liabilities", "30", "Liabilities", "30"),
            ("Common stock", "450", "CommonStockValue", "450"),
            ("Less: accumulated deficit", "90", DEFICIT, "-90"),
            ("Less: treasury stock", "80", "TreasuryStockValue", "80"),
            ("Total stockholders' equity", "280", "StockholdersEquity", "280"),
            ("Total liabilities and stockholders' equity", "310", CLAIMS, "310"),
        ],
    ),
    "a loss and its two shares": (
        StatementKind.INCOME,
        [
            ("Total revenues", "900", "Revenues", "900"),
            ("Total expenses", "1000", "CostsAndExpenses", "1000"),
            ("Net loss", "-100", "NetIncomeLoss", "-100"),
            ("Net loss allocated to general partners", "-1", "NetIncomeLossAllocatedToGeneralPartners", "-1"),
            ("Net loss allocated to limited partners", "-99", "NetIncomeLossAllocatedToLimitedPartners", "-99"),
        ],
    ),
    "more liabilities than assets": (
        BS,
        [
            ("Total assets", "310", "Assets", "310"),
            ("Total liabilities", "430", "Liabilities", "430"),
            ("Common stock", "450", "CommonStockValue", "450"),
            ("Accumulated deficit", "-570", DEFICIT, "-570"),
            ("Total stockholders' deficit", "-120", "StockholdersEquity", "-120"),
            ("Total liabilities and stockholders' deficit", "310", CLAIMS, "310"),
        ],
    ),
}


@pytest.mark.parametrize(("kind", "rows"), WHOLE.values(), ids=WHOLE)
def test_rows_together(kind: StatementKind, rows: list[Row]) -> None:
    assert values(kind, rows) == [value for *_, value in rows]


def test_a_row_without_concept_keeps_its_print() -> None:
    assert values(IS, [("Sundry", "-5", None, "-5")]) == ["-5"]


@pytest.mark.parametrize(
    ("caption", "loss"),
    [
        ("Net loss", True),
        ("Net (loss)", True),
        ("Net income (loss)", False),
        ("(Loss) income before taxes", False),
        ("Accumulated deficit", True),
        ("Retained earnings (deficit)", False),
        ("Loss from operations", True),
        ("Loss before income taxes", True),
        ("Net income", False),
    ],
)
def test_a_caption_that_names_nothing_but_a_loss(caption: str, loss: bool) -> None:
    assert is_loss_caption(caption) is loss


@pytest.mark.parametrize(
    ("concept", "either"),
    [
        (NET, True),
        (TAX, True),
        (DEFICIT, True),
        (RECEIVABLES, True),
        ("StockholdersEquity", True),
        (COST, False),
        ("TreasuryStockValue", False),
        (EQUIPMENT, False),
        ("Assets", False),
    ],
)
def test_concepts_whose_value_may_be_negative(concept: str, either: bool) -> None:
    assert is_two_signed(concept) is either


@pytest.mark.parametrize(
    ("interest", "taxes", "paid"),
    [("-70", "-20", ["70", "20"]), ("70", "-20", ["70", "-20"]), ("70", "20", ["70", "20"])],
    ids=["all in brackets", "a refund", "plain"],
)
def test_interest_and_taxes_paid_in_brackets_are_payments(interest: str, taxes: str, paid: list[str]) -> None:
    rows: list[Row] = [
        ("Operating activities", "90", OPERATING, ""),
        ("Investing activities", "-60", INVESTING, ""),
        ("Increase in cash", "30", "CashAndCashEquivalentsPeriodIncreaseDecrease", ""),
        ("Cash paid for interest", interest, "InterestPaidNet", ""),
        ("Cash paid for income taxes", taxes, "IncomeTaxesPaidNet", ""),
    ]
    assert values(CF, rows)[-2:] == paid


def test_taxes_paid_among_the_flows_are_payments() -> None:
    rows: list[Row] = [
        ("Income before taxes", "100", None, ""),
        ("Income taxes paid", "-30", "IncomeTaxesPaid", ""),
        ("Operating activities", "70", OPERATING, ""),
        ("Increase in cash", "70", "CashAndCashEquivalentsPeriodIncreaseDecrease", ""),
    ]
    assert values(CF, rows)[1] == "30"


def test_capital_leases_have_one_sign() -> None:
    assert not is_two_signed("CapitalLeasedAssetsGross")
    assert is_two_signed("PartnersCapital")
