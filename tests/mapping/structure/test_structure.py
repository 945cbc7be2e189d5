"""What the structure of whole statements says of their rows."""

import pytest
from helpers.builders import duration, instant, item, statement

from converter.mapping.structure import read_structure
from converter.statements.model import LineItem, StatementKind, UnitKind

EQUITY = "StockholdersEquity"
WHOLE_EQUITY = "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"
BEFORE_TREASURY = "StockholdersEquityBeforeTreasuryStock"
PRETAX = "IncomeLossFromContinuingOperationsBeforeIncomeTaxesMinorityInterestAndIncomeLossFromEquityMethodInvestments"
PRETAX_WITH_AFFILIATES = "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest"
CONTINUING = "IncomeLossFromContinuingOperations"
WHOLE_CONTINUING = "IncomeLossFromContinuingOperationsIncludingPortionAttributableToNoncontrollingInterest"
TAXES = "IncomeTaxExpenseBenefit"
BEFORE_EXTRAORDINARY = "IncomeLossBeforeExtraordinaryItemsAndCumulativeEffectOfChangeInAccountingPrinciple"
NET, WHOLE = "NetIncomeLoss", "ProfitLoss"
BS, IS, CF = StatementKind.BALANCE_SHEET, StatementKind.INCOME, StatementKind.CASH_FLOW
BASIC, DILUTED, BOTH = "EarningsPerShareBasic", "EarningsPerShareDiluted", "EarningsPerShareBasicAndDiluted"

Row = tuple[str, str, str | None]
"""Caption, figure, and the concept of the verdict; "" for no verdict."""


def verdicts(kind: StatementKind, rows: list[LineItem]) -> dict[str, str | None]:
    """Return the concepts of the verdicts by caption and figure."""
    period = instant("1998-12-31") if kind is StatementKind.BALANCE_SHEET else duration("1998-01-01", "1998-12-31")
    structure = read_structure(statement(kind, [period], *rows))
    return {
        f"{row.label} {row.figures[0].value if row.figures[0] else None}": structure.verdicts[i].concept
        for i, row in enumerate(rows)
        if i in structure.verdicts
    }


def money(*rows: Row) -> list[LineItem]:
    return [item(caption, figure) for caption, figure, _ in rows]


def expected(*rows: Row) -> dict[str, str | None]:
    return {f"{caption} {figure}": concept for caption, figure, concept in rows if concept != ""}


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            [
                ("Net sales", "100", ""),
                ("Income before income taxes", "30", PRETAX),
                ("Income taxes", "10", TAXES),
                ("Net income", "20", NET),
            ],
            id="plain",
        ),
        pytest.param(
            [
                ("Net sales", "100", ""),
                ("Cost of sales", "60", ""),
                ("", "40", "GrossProfit"),
                ("Net income", "20", NET),
            ],
            id="what the cost of sales leaves",
        ),
        pytest.param(
            [
                ("Income from continuing operations before income taxes", "30", PRETAX),
                ("Income taxes", "10", TAXES),
                ("Income from continuing operations", "20", CONTINUING),
                ("Income from discontinued operations before income taxes", "3", ""),
                ("Income tax expense", "1", ""),
                ("Income from discontinued operations", "2", ""),
                ("Net income", "22", NET),
            ],
            id="taxes of discontinued operations",
        ),
        pytest.param(
            [
                ("Sales", "95", ""),
                ("Income from affiliates", "5", ""),
                ("Total revenues and other income", "100", "Revenues"),
                ("Total costs and other deductions", "70", ""),
                ("Income before income taxes", "30", PRETAX),
                ("Income taxes", "10", TAXES),
                ("Net income", "20", NET),
            ],
            id="revenues and more",
        ),
        pytest.param(
            [
                ("Total interest and other income", "100", ""),
                ("Interest", "40", ""),
                ("Total other income", "25", ""),
                ("Income before income taxes", "30", PRETAX),
                ("Income taxes", "10", TAXES),
                ("Net income", "20", NET),
            ],
            id="no revenues",
        ),
        pytest.param(
            [
                ("Equity in earnings of affiliates", "5", ""),
                ("Income before income taxes", "30", PRETAX_WITH_AFFILIATES),
                ("Income taxes", "10", TAXES),
                ("Net income", "20", NET),
            ],
            id="affiliates above",
        ),
        pytest.param(
            [
                ("Income before income taxes and minority interest", "30", PRETAX),
                ("Current", "8", "CurrentIncomeTaxExpenseBenefit"),
                ("Deferred", "2", "DeferredIncomeTaxExpenseBenefit"),
                ("", "10", TAXES),
                ("Income before minority interest", "20", WHOLE_CONTINUING),
                ("Minority interest", "1", ""),
                ("Net income", "19", NET),
            ],
            id="a minority's share before net income",
        ),
        pytest.param(
            [
                ("Net income", "20", WHOLE),
                ("Less: net income attributable to noncontrolling interests", "1", ""),
                ("Net income attributable to Acme", "19", NET),
            ],
            id="a minority's share of net income",
        ),
        pytest.param(
            [
                ("Net income", "20", WHOLE),
                ("Less: noncontrolling interests", "1", ""),
                ("Acme net income", "19", NET),
            ],
            id="a minority's share that is not called income",
        ),
        pytest.param(
            [
                ("Net income", "20", WHOLE),
                ("Net income attributable to noncontrolling interests", "1", ""),
                ("Net income attributed to Acme", "19", NET),
                ("Net Income", "20", WHOLE),
            ],
            id="net income and how it is parted",
        ),
        pytest.param(
            [
                ("Income from continuing operations", "30", CONTINUING),
                ("Income from discontinued operations", "2", ""),
                ("Net income", "32", NET),
                ("Preferred dividends", "2", ""),
                ("Net income applicable to common stock", "30", "NetIncomeLossAvailableToCommonStockholdersBasic"),
            ],
            id="preferred dividends",
        ),
        pytest.param(
            [
                ("Income before income taxes - Machines", "20", ""),
                ("Income before income taxes - Finance", "10", ""),
                ("Income before income taxes", "30", PRETAX),
                ("Provision for income taxes", "10", TAXES),
                ("Net income", "20", NET),
            ],
            id="sectors",
        ),
        pytest.param(
            [
                ("Extraordinary charges", "1", ""),
                ("Income before income taxes", "30", PRETAX),
                ("Income taxes", "10", TAXES),
                ("Income before extraordinary item", "20", BEFORE_EXTRAORDINARY),
                ("Extraordinary loss on early retirement of debt, net of taxes", "-1", "ExtraordinaryItemNetOfTax"),
                ("Net income", "19", NET),
            ],
            id="an extraordinary item",
        ),
        pytest.param(
            [
                ("Revenues", "100", ""),
                ("Income before extraordinary item", "20", BEFORE_EXTRAORDINARY),
                ("Extraordinary gain on early extinguishment of debt", "2", "ExtraordinaryItemNetOfTax"),
                ("Net income", "22", NET),
            ],
            id="an extraordinary item of a partnership, which pays no taxes",
        ),
        pytest.param([("Net income", "19", None), ("Other", "1", ""), ("Net income", "20", NET)], id="a part"),
    ],
)
def test_results(rows: list[Row]) -> None:
    assert verdicts(StatementKind.INCOME, money(*rows)) == expected(*rows)


@pytest.mark.parametrize(
    "rows",
    [
        [("Retained earnings", "20", ""), ("Total shareholders' equity", "30", EQUITY)],
        [("Retained earnings", "20", ""), ("Total Acme shareowners' equity", "30", EQUITY)],
        [
            ("Retained earnings", "20", ""),
            ("", "40", BEFORE_TREASURY),
            ("Less treasury stock", "10", ""),
            ("Total stockholders' equity", "30", EQUITY),
        ],
        [
            ("Total Acme shareholders' equity", "30", EQUITY),
            ("Noncontrolling interests", "2", ""),
            ("Total equity", "32", WHOLE_EQUITY),
        ],
        [("Minority interest", "2", ""), ("Total stockholders' equity (deficit)", "30", EQUITY)],
        [
            ("Retained earnings", "30", ""),
            ("Equity attributable to Acme", "300", EQUITY),
            ("Noncontrolling interests in subsidiaries", "20", ""),
            ("Total equity", "320", WHOLE_EQUITY),
        ],
        [
            ("Retained earnings", "300", ""),
            ("Treasury stock", "-90", ""),
            ("Minority interests", "20", ""),
            ("Total equity", "230", EQUITY),
        ],
        [
            ("Total common stockholders' equity", "20", None),
            ("Preferred stock", "10", ""),
            ("Total stockholders' equity", "30", EQUITY),
        ],
        [
            ("Accounts payable", "4", ""),
            ("", "4", ""),
            ("Long-term debt", "36", ""),
            ("", "40", "Liabilities"),
            ("Total shareholders' equity", "50", EQUITY),
        ],
        [("General partners", "1", ""), ("Total partners' capital", "30", "PartnersCapital")],
        [("General partners' equity", "1", ""), ("Partners' equity", "30", "PartnersCapital")],
        [("Allocated patronage", "1", ""), ("Total members' investments", "30", "MembersEquity")],
        [("Total partners' capital", "30", ""), ("Minority interest", "2", "")],
    ],
)
def test_equity(rows: list[Row]) -> None:
    rows = [*rows, ("Total liabilities and stockholders' equity", "90", "")]
    assert verdicts(StatementKind.BALANCE_SHEET, money(*rows)) == expected(*rows)


@pytest.mark.parametrize(
    ("rows", "concepts"),
    [
        ([("Net income per share",)], [BOTH]),
        ([("Per share",)], [BOTH]),
        ([("Net income per share, basic and diluted",)], [BOTH]),
        ([("Earnings per share of common stock",)], [BOTH]),
        ([("Primary",), ("Fully diluted",)], [BASIC, DILUTED]),
        ([("Net income per share",), ("Net income per share - assuming dilution",)], [BASIC, DILUTED]),
        (
            [("Basic", "Income per share before accounting change"), ("Basic", "Net income per share")],
            ["IncomeLossBeforeExtraordinaryItemsAndCumulativeEffectOfChangeInAccountingPrinciplePerBasicShare", BASIC],
        ),
        ([("Basic", "Earnings per share after accounting change")], [BASIC]),
        ([("Continuing operations", "Basic earnings per share")], ["IncomeLossFromContinuingOperationsPerBasicShare"]),
        ([("Dividends per share",)], [""]),
        ([("Pro forma net income per share",)], [""]),
        ([("Net income per Class A share",)], [""]),
        ([("Cash flow per share",)], [""]),
    ],
)
def test_earnings_per_share(rows: list[tuple[str, ...]], concepts: list[str]) -> None:
    items = [
        item(caption, f"1.{number}", unit=UnitKind.PER_SHARE, sections=("Per share:", *reversed(sections)))
        for number, (caption, *sections) in enumerate(rows)
    ]
    page = statement(StatementKind.INCOME, [duration("1998-01-01", "1998-12-31")], *items)
    found = read_structure(page).verdicts
    assert [found[i].concept if i in found else "" for i in range(len(items))] == concepts


@pytest.mark.parametrize(
    ("kind", "section", "caption", "concept", "excluded"),
    [
        (StatementKind.BALANCE_SHEET, "Inventories", "Purchased parts", "DueFromRelatedPartiesCurrent", True),
        (StatementKind.BALANCE_SHEET, "Inventories", "Purchased parts", "InventoryRawMaterials", False),
        (StatementKind.INCOME, "Interest costs", "Debt", "GainsLossesOnExtinguishmentOfDebt", True),
        (StatementKind.INCOME, "Interest:", "Debt", "GainsLossesOnExtinguishmentOfDebt", True),
        (StatementKind.INCOME, "Interest:", "Debt", "InterestExpenseDebt", False),
        (StatementKind.INCOME, "Interest:", "Interest income", "InvestmentIncomeInterest", False),
        (StatementKind.INCOME, "Operating expenses:", "Maintenance", "MaintenanceRevenue", True),
        (StatementKind.INCOME, "Operating expenses:", "Maintenance", "MaintenanceCosts", False),
        (StatementKind.INCOME, "Operating revenues:", "Finance", "OtherCostAndExpenseOperating", True),
        (StatementKind.INCOME, "Provision for income taxes", "Other", "OtherNonoperatingIncomeExpense", True),
        (StatementKind.INCOME, "Includes stock-based compensation:", "Cost of sales", "CostOfGoodsSold", True),
        (StatementKind.INCOME, "Costs", "Total costs", PRETAX, True),
        (StatementKind.INCOME, "Grants", "Grant", NET, True),
        (
            StatementKind.CASH_FLOW,
            "Noncash investing activities",
            "Equipment",
            "PaymentsToAcquireMachineryAndEquipment",
            True,
        ),
        (CF, "Adjustments for noncash transactions", "Depreciation", "Depreciation", False),
        (
            CF,
            "",
            "Sales of subsidiaries, investments and equipment",
            "ProceedsFromSaleOfPropertyPlantAndEquipment",
            True,
        ),
        (CF, "", "Sales of subsidiaries and investments", "ProceedsFromSaleMaturityAndCollectionsOfInvestments", True),
        (
            CF,
            "",
            "Sales of businesses and affiliates",
            "ProceedsFromDivestitureOfBusinessesAndInterestsInAffiliates",
            False,
        ),
        (CF, "", "Investments in property and equipment", "PaymentsToAcquirePropertyPlantAndEquipment", False),
        (CF, "", "Taxes receivable, payable and deferred", "IncreaseDecreaseInIncomeTaxesReceivable", True),
        (CF, "", "Income taxes receivable (payable)", "IncreaseDecreaseInIncomeTaxesReceivable", False),
        (CF, "", "Current and deferred income taxes", "IncreaseDecreaseInDeferredIncomeTaxes", True),
        (CF, "", "Short-term borrowings and long-term issuances", "ProceedsFromRepaymentsOfShortTermDebt", True),
        (BS, "", "Short-term debt and current portion of long-term debt", "DebtCurrent", False),
        (BS, "", "Accounts receivable, net and other current assets", "OtherAssetsCurrent", True),
        (BS, "", "Prepaid expenses and other", "PrepaidExpenseCurrent", True),
        (BS, "", "Prepaid expenses", "PrepaidExpenseCurrent", False),
        (BS, "", "Accounts receivable, net", "AccountsReceivableNetCurrent", False),
        (IS, "Costs and other deductions", "Excise taxes", "ExciseAndSalesTaxes", False),
        (IS, "Costs and other deductions", "Sales", "SalesRevenueNet", True),
    ],
)
def test_bars(kind: StatementKind, section: str, caption: str, concept: str, excluded: bool) -> None:
    page = statement(
        kind, [duration("1998-01-01", "1998-12-31")], item(caption, "1", sections=(section,) if section else ())
    )
    bars = read_structure(page).bars.get(0, ())
    assert any(bar.excludes(concept) for bar in bars) is excluded


def test_activities() -> None:
    captions = ["Income taxes", "Net cash provided by operating activities", "Loans", "Net cash used for investing"]
    rows = [item(caption, "1") for caption in captions]
    page = statement(StatementKind.CASH_FLOW, [duration("1998-01-01", "1998-12-31")], *rows)
    bars = read_structure(page).bars
    assert any(bar.excludes("IncomeTaxesPaidNet") for bar in bars[0])
    assert not any(bar.excludes("IncreaseDecreaseInAccruedIncomeTaxesPayable") for bar in bars[0])
    assert any(bar.excludes("ProceedsFromIssuanceOfLongTermDebt") for bar in bars[2])


CHANGES, NONCASH_OTHER = (
    "IncreaseDecreaseInOtherOperatingCapitalNet",
    "AdjustmentsNoncashItemsToReconcileNetIncomeLossToCashProvidedByUsedInOperatingActivitiesOther",
)


def test_what_is_other_among_noncash_costs_and_among_changes() -> None:
    rows = [
        item("Net income", "9"),
        item("Other", "1"),
        item("Noncash portion of restructuring charges", "2"),
        item("Decrease in other assets", "1"),
        item("Other", "3", sections=("Changes in assets and liabilities:",)),
        item("Net cash provided by operating activities", "16"),
    ]
    bars = read_structure(statement(StatementKind.CASH_FLOW, [duration("1998-01-01", "1998-12-31")], *rows)).bars
    denied = [
        {name for name in (CHANGES, NONCASH_OTHER) if any(bar.excludes(name) for bar in bars[i])} for i in range(5)
    ]
    assert denied == [{CHANGES}, {CHANGES}, {CHANGES}, set(), {NONCASH_OTHER}]
    assert any(bar.excludes("RestructuringCharges") for bar in bars[2])


def test_below_net_income_is_neither_revenue_nor_cost() -> None:
    rows = [item("Dividend income", "1"), item("Net income", "9"), item("Dividends on stock", "4")]
    bars = read_structure(statement(StatementKind.INCOME, [duration("1998-01-01", "1998-12-31")], *rows)).bars
    denied = [any(bar.excludes("DividendIncomeOperating") for bar in bars.get(i, ())) for i in (0, 2)]
    assert denied == [False, True]
    assert not any(bar.excludes("DividendsCash") for bar in bars[2])


BASIC_SHARES, DILUTED_SHARES, BOTH_SHARES = (
    "WeightedAverageNumberOfSharesOutstandingBasic",
    "WeightedAverageNumberOfDilutedSharesOutstanding",
    "WeightedAverageNumberOfShareOutstandingBasicAndDiluted",
)


@pytest.mark.parametrize(
    ("earnings", "shares", "concepts"),
    [
        (["Net income per share"], [("Average shares outstanding",)], [BOTH_SHARES]),
        (["Basic earnings per share", "Diluted earnings per share"], [("Average shares outstanding",)], [BASIC_SHARES]),
        (["Basic earnings per share", "Diluted earnings per share"], [("Average shares and equivalents",)], [""]),
        (
            [],
            [("Average shares", "Per share - basic"), ("Average shares", "Assuming dilution")],
            [BASIC_SHARES, DILUTED_SHARES],
        ),
        ([], [("Average shares",), ("Average shares, diluted",)], [BASIC_SHARES, DILUTED_SHARES]),
        ([], [("Average shares",), ("Average shares",)], ["", ""]),
        ([], [("Average effect of dilutive options",)], [""]),
        ([], [("Shares authorized",)], [""]),
    ],
)
def test_average_shares(earnings: list[str], shares: list[tuple[str, ...]], concepts: list[str]) -> None:
    rows = [item(caption, f"1.{i}", unit=UnitKind.PER_SHARE) for i, caption in enumerate(earnings)]
    rows += [
        item(caption, f"{i}00", unit=UnitKind.SHARES, sections=headings)
        for i, (caption, *headings) in enumerate(shares, 1)
    ]
    found = read_structure(statement(StatementKind.INCOME, [duration("1998-01-01", "1998-12-31")], *rows)).verdicts
    assert [found[i].concept if i in found else "" for i in range(len(earnings), len(rows))] == concepts


def test_assets_and_claims_without_captions_are_known_by_being_equal() -> None:
    rows: list[Row] = [
        ("Cash", "60", ""),
        ("Land", "40", ""),
        ("", "100", "LiabilitiesAndStockholdersEquity"),
        ("Long-term debt", "70", ""),
        ("Retained earnings", "30", ""),
        ("", "100", "LiabilitiesAndStockholdersEquity"),
    ]
    structure = read_structure(statement(StatementKind.BALANCE_SHEET, [instant("1998-12-31")], *money(*rows)))
    assert {row: verdict.concept for row, verdict in structure.verdicts.items()} == {
        2: "Assets",
        5: "LiabilitiesAndStockholdersEquity",
    }


@pytest.mark.parametrize(
    ("caption", "concept", "ruled_out"),
    [
        ("Proceeds from securities", "PaymentsForProceedsFromInvestments", True),
        ("Proceeds from securities, less purchases and payments", "PaymentsForProceedsFromInvestments", False),
        ("Proceeds (payments), net", "PaymentsForProceedsFromInvestments", False),
        ("Purchases of securities", "ProceedsFromSaleOfAvailableForSaleSecurities", True),
        ("Payments of notes, net", "ProceedsFromNotesPayable", True),
        ("Payments of notes, net", "ProceedsFromRepaymentsOfNotesPayable", False),
        ("Payments of notes", "ProceedsFromRepaymentsOfNotesPayable", True),
        ("Reductions in short-term debt", "ProceedsFromShortTermDebt", True),
        ("Reductions in receivables", "ProceedsFromCollectionOfNotesReceivable", False),
        ("Additions to long-term debt", "ProceedsFromIssuanceOfLongTermDebt", False),
        ("Income before taxes", "IncreaseDecreaseInAccruedIncomeTaxesPayable", True),
        ("Income taxes payable", "IncreaseDecreaseInAccruedIncomeTaxesPayable", False),
    ],
)
def test_words_of_a_caption_rule_out_flows(caption: str, concept: str, ruled_out: bool) -> None:
    structure = read_structure(
        statement(StatementKind.CASH_FLOW, [duration("1998-01-01", "1998-12-31")], item(caption, "10"))
    )
    assert any(bar.excludes(concept) for bar in structure.bars.get(0, ())) == ruled_out


@pytest.mark.parametrize(
    ("row", "concept", "ruled_out"),
    [
        (0, "DeferredTaxAssetsNet", False),
        (0, "DeferredTaxLiabilitiesNoncurrent", True),
        (2, "CapitalLeasedAssetsGross", True),
        (2, "CapitalLeaseObligations", False),
        (3, "TreasuryStockValue", False),
    ],
)
def test_a_balance_sheet_has_two_sides(row: int, concept: str, ruled_out: bool) -> None:
    rows = money(
        ("Deferred income taxes", "100", ""),
        ("Total assets", "100", ""),
        ("Capital leases", "120", ""),
        ("Treasury stock", "-20", ""),
        ("Total liabilities and equity", "100", ""),
    )
    structure = read_structure(statement(StatementKind.BALANCE_SHEET, [instant("1998-12-31")], *rows))
    assert any(bar.excludes(concept) for bar in structure.bars.get(row, ())) == ruled_out


def test_adjustments_for_what_is_not_cash_are_flows() -> None:
    years = [duration("1998-01-01", "1998-12-31")]
    for heading, ruled_out in (
        ("Adjustments for non-cash transactions", False),
        ("Noncash investing and financing activities", True),
    ):
        row = item("Depreciation and depletion", "10", sections=(heading,))
        structure = read_structure(statement(StatementKind.CASH_FLOW, years, row))
        bars = structure.bars.get(0, ())
        assert any(bar.excludes("DepreciationDepletionAndAmortization") for bar in bars) == ruled_out


FLOWS = ("OperatingActivities", "InvestingActivities", "FinancingActivities")
OPERATING, INVESTING, FINANCING = (f"NetCashProvidedByUsedIn{activity}" for activity in FLOWS)
CHANGE = "CashAndCashEquivalentsPeriodIncreaseDecrease"


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("Cash provided by operating activities before taxes", "130", ""),
            ("Cash provided by operating activities", "100", OPERATING),
            ("Cash used for investing activities", "-60", INVESTING),
            ("Cash used for financing activities", "-30", FINANCING),
            ("Increase in cash", "10", CHANGE),
        ],
        [
            ("Net cash flows from operations", "100", OPERATING),
            ("Net cash (used in) investing activities", "-60", INVESTING),
            ("Net cash provided by (used in) financing activities", "-30", FINANCING),
            ("Effect of exchange rates on cash", "-3", ""),
            ("Net increase (decrease) in cash and cash equivalents", "7", CHANGE),
        ],
        [
            ("Cash provided by operating activities", "100", ""),
            ("Cash used for investing activities", "-60", ""),
            ("Cash used for financing activities", "-30", ""),
            ("Increase in cash", "15", ""),
        ],
        [
            ("Cash provided by continuing operations", "70", f"{OPERATING}ContinuingOperations"),
            ("Discontinued operations", "20", "CashProvidedByUsedInOperatingActivitiesDiscontinuedOperations"),
            ("Cash provided by operating activities", "90", OPERATING),
            ("Cash used for investing activities", "-60", ""),
        ],
        [
            ("Cash provided by continuing operations", "70", ""),
            ("Discontinued operations", "20", ""),
            ("Cash provided by operating activities", "100", ""),
        ],
        [
            ("Cash provided by operating activities", "90", ""),
            ("Cash provided by operating activities", "100", OPERATING),
            ("Cash used for investing activities", "-60", INVESTING),
            ("Cash used for financing activities", "-30", FINANCING),
            ("Decrease in restricted deposits", "20", ""),
            ("Increase in cash", "10", CHANGE),
        ],
    ],
    ids=["plain", "exchange rates", "another change", "discontinued", "not their sum", "two rows of one activity"],
)
def test_the_cash_of_the_activities_makes_the_change_in_cash(rows: list[Row]) -> None:
    assert verdicts(StatementKind.CASH_FLOW, money(*rows)) == expected(*rows)


@pytest.mark.parametrize(
    ("heading", "caption", "concept", "ruled_out"),
    [
        ("Current assets", "Cash equivalents", "CashAndCashEquivalentsAtCarryingValue", True),
        ("Current assets", "Cash and cash equivalents", "CashAndCashEquivalentsAtCarryingValue", False),
    ],
)
def test_words_of_captions_rule_out_assets(heading: str, caption: str, concept: str, ruled_out: bool) -> None:
    rows = [item("Inventories", "10"), item(caption, "10", sections=(heading,))]
    structure = read_structure(statement(StatementKind.BALANCE_SHEET, [instant("1998-12-31")], *rows))
    assert any(bar.excludes(concept) for bar in structure.bars.get(1, ())) == ruled_out


@pytest.mark.parametrize(
    ("captions", "ruled_out"),
    [
        (("Sales of receivables", "Collections of receivables"), True),
        (("Sales of receivables", "Purchases of receivables"), False),
        (("Sales and collections of receivables", "Collections of loans"), False),
    ],
)
def test_sales_beside_collections_are_sales_alone(captions: tuple[str, str], ruled_out: bool) -> None:
    rows = [item(caption, "10") for caption in captions]
    structure = read_structure(statement(StatementKind.CASH_FLOW, [duration("1998-01-01", "1998-12-31")], *rows))
    name = "ProceedsFromSaleAndCollectionOfFinanceReceivables"
    assert any(bar.excludes(name) for bar in structure.bars.get(0, ())) == ruled_out


@pytest.mark.parametrize(
    ("rows", "row", "concept", "excluded"),
    [
        (("Credit and financial products revenues",), 0, "SalesRevenueGoodsNet", True),
        (("Products revenues",), 0, "SalesRevenueGoodsNet", False),
        (("Total revenues", "Maintenance"), 1, "MaintenanceRevenue", True),
        (("Total revenues", "Maintenance"), 1, "UtilitiesOperatingExpenseMaintenance", False),
        (("Total revenues", "Other income"), 1, "OtherIncome", False),
        (("Total revenues", "Maintenance", "Total revenues"), 1, "MaintenanceRevenue", False),
        (("Loss on sale of assets",), 0, "GainLossOnSaleOfInvestments", True),
        (
            ("(Gain) loss on disposal of property and equipment, net",),
            0,
            "GainLossOnSaleOfPropertyPlantEquipment",
            False,
        ),
        (("Gain on sale of assets of the mill",), 0, "GainLossOnSaleOfInvestments", False),
        (("Earnings per share", "Pension assets"), 1, BASIC, True),
        (("Earnings per share", "Diluted"), 1, BASIC, False),
    ],
)
def test_what_rows_of_an_income_statement_cannot_be(
    rows: tuple[str, ...], row: int, concept: str, excluded: bool
) -> None:
    unit = UnitKind.PER_SHARE if rows[0].endswith("share") else UnitKind.MONETARY
    items = [item(caption, str(number), unit=unit) for number, caption in enumerate(rows, 1)]
    bars = read_structure(statement(StatementKind.INCOME, [duration("1998-01-01", "1998-12-31")], *items)).bars
    assert any(bar.excludes(concept) for bar in bars.get(row, ())) is excluded


def test_dividends_below_net_income_are_those_of_the_retained_earnings() -> None:
    rows = [item(caption, "1") for caption in ("Dividends", "Net income", "Less: Dividends declared", "Balance")]
    found = read_structure(statement(StatementKind.INCOME, [duration("1998-01-01", "1998-12-31")], *rows)).verdicts
    assert 0 not in found
    assert found[2].concept == "DividendsCash"


def test_the_result_with_which_a_cash_flow_statement_begins() -> None:
    captions = ["Income before accounting changes", "Adjustments to income before accounting changes:"]
    rows = [item(caption, "1") for caption in captions]
    found = read_structure(statement(StatementKind.CASH_FLOW, [duration("1998-01-01", "1998-12-31")], *rows)).verdicts
    assert {row: verdict.concept for row, verdict in found.items()} == {0: BEFORE_EXTRAORDINARY}


@pytest.mark.parametrize(
    ("first", "second", "claims_first"),
    [
        ("Total assets", "Total liabilities and equity", False),
        ("Total capitalization and liabilities", "Total assets", True),
    ],
)
def test_the_claims_may_stand_above_the_assets(first: str, second: str, claims_first: bool) -> None:
    rows = money(
        ("Deferred income taxes", "9", ""), (first, "9", ""), ("Deferred income taxes", "9", ""), (second, "9", "")
    )
    structure = read_structure(statement(StatementKind.BALANCE_SHEET, [instant("1998-12-31")], *rows))
    names = ("DeferredTaxAssetsNet", "DeferredIncomeTaxLiabilities")
    above, below = (tuple(any(bar.excludes(n) for bar in structure.bars[i]) for n in names) for i in (0, 2))
    assert (above, below) == (((True, False), (False, True)) if claims_first else ((False, True), (True, False)))


@pytest.mark.parametrize(
    ("captions", "denied"),
    [
        (["Net income per Class A common share", "Net income per Class B common share"], True),
        (["Class A", "Class B"], True),
        (["Net income per Class A common share", "Dividends per share"], False),
        (["Class A and Class B, basic", "Class A and Class B, diluted"], False),
    ],
)
def test_earnings_of_classes_of_stock_are_not_basic_and_diluted(captions: list[str], denied: bool) -> None:
    rows = [item(caption, "1.36", unit=UnitKind.PER_SHARE, decimals=2) for caption in captions]
    bars = read_structure(statement(IS, [duration("1998-01-01", "1998-12-31")], *rows)).bars
    assert any(bar.excludes(BASIC) and bar.excludes(DILUTED) for bar in bars.get(0, ())) == denied


def test_a_subtotal_without_a_caption_is_not_the_total_of_all_claims() -> None:
    figures = ("4000", "1000", "5000", "900", "1100", "2000", "3000", "5000")
    captions = ("Land", "Cash", "", "Mortgage notes payable", "Minority interest", "", "Total partners' capital", "")
    rows = [item(caption, figure) for caption, figure in zip(captions, figures, strict=True)]
    structure = read_structure(statement(BS, [instant("1998-12-31")], *rows))
    assert {row: verdict.concept for row, verdict in structure.verdicts.items() if captions[row] == ""} == {
        2: "Assets",
        7: "LiabilitiesAndStockholdersEquity",
    }
    assert any(bar.excludes("LiabilitiesAndPartnersCapital") for bar in structure.bars[5])


@pytest.mark.parametrize(
    ("heading", "not_meant"),
    [
        ("Cash dividends paid per share:", "CommonStockDividendsPerShareDeclared"),
        ("Dividends declared per share:", "CommonStockDividendsPerShareCashPaid"),
        ("Dividends per share:", None),
    ],
)
def test_dividends_paid_are_not_declared(heading: str, not_meant: str | None) -> None:
    rows = [item("Class B common stock", "0.76", unit=UnitKind.PER_SHARE, sections=(heading,))]
    bars = read_structure(statement(IS, [duration("1997-01-01", "1997-12-31")], *rows)).bars.get(0, ())
    dividends = ("CommonStockDividendsPerShareDeclared", "CommonStockDividendsPerShareCashPaid")
    assert [name for name in dividends if any(bar.excludes(name) for bar in bars)] == [*filter(None, [not_meant])]


def test_fuel_and_supplies_are_two_kinds_of_inventories() -> None:
    rows = [item("Fuel, at average cost", "14"), item("Materials and supplies, at average cost", "16")]
    bars = read_structure(statement(BS, [instant("1998-12-31")], *rows)).bars
    assert any(bar.excludes("InventoryNet") for bar in bars[1])
