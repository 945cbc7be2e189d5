"""Standard items: what is printed, what follows from it, and what does not."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product
from operator import mul
from pathlib import Path

import pytest
from helpers.builders import duration, filing, instant, item, mapped, statement, with_mappings
from helpers.paths import ROOT
from msgspec.structs import replace

from converter.mapping import MappedStatement
from converter.normalised import Normalised, Rule, normalise
from converter.pipeline import read_data
from converter.report import Context, Report, build_report
from converter.statements import Origin, Qualifier, StatementKind, UnitKind
from converter.vocabulary import Period, Severity

YEAR, YEAR_BEFORE = duration("2003-01-01", "2003-12-31"), duration("2002-01-01", "2002-12-31")
DAY = instant("2003-12-31")
SOURCE = filing()

Rows = Mapping[str, str | Sequence[str | None]]
"""Values by concept, or by the caption of a row without one, which has blanks."""

NET_INCOME, SALES, COST, GROSS = "NetIncomeLoss", "SalesRevenueNet", "CostOfGoodsAndServicesSold", "GrossProfit"
PRETAX = "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest"
TAX, DISCONTINUED = "IncomeTaxExpenseBenefit", "IncomeLossFromDiscontinuedOperationsNetOfTax"
CLAIMS, EQUITY, LIABILITIES = "LiabilitiesAndStockholdersEquity", "StockholdersEquity", "Liabilities"
OPERATING, INVESTING = "NetCashProvidedByUsedInOperatingActivities", "NetCashProvidedByUsedInInvestingActivities"
FINANCING, CHANGE = "NetCashProvidedByUsedInFinancingActivities", "CashAndCashEquivalentsPeriodIncreaseDecrease"
INTEREST_INCOME, INTEREST_EXPENSE = "InterestAndDividendIncomeOperating", "InterestExpense"
TO_COMMON = "NetIncomeLossAvailableToCommonStockholdersBasic"
NONINTEREST_INCOME, DEPOSITS = "NoninterestIncome", "InterestExpenseDeposits"


def printed(
    kind: StatementKind, rows: Rows, periods: Sequence[Period], decimals: int = -3, origin: Origin = Origin.PRIMARY
) -> MappedStatement:
    """A statement with these rows, each of them mapped as its key says."""
    values = [(value,) if isinstance(value, str) else tuple(value) for value in rows.values()]
    items = [item(name, *value, decimals=decimals) for name, value in zip(rows, values, strict=True)]
    mappings = [mapped(None if " " in name else name, confidence=1 - number / 100) for number, name in enumerate(rows)]
    made = replace(statement(kind, periods, *items), origin=origin)
    return with_mappings(made, mappings)


def report_of(*statements: MappedStatement) -> Report:
    return build_report(SOURCE, statements)


def normalised(*statements: MappedStatement) -> Normalised:
    return normalise(SOURCE, report_of(*statements))


def income(rows: Rows, periods: Sequence[Period] = (YEAR,)) -> MappedStatement:
    return printed(StatementKind.INCOME, rows, periods)


def balance(rows: Rows) -> MappedStatement:
    return printed(StatementKind.BALANCE_SHEET, rows, (DAY,))


def cash_flow(rows: Rows) -> MappedStatement:
    return printed(StatementKind.CASH_FLOW, rows, (YEAR,))


def values(result: Normalised, period: Period = YEAR) -> dict[str, tuple[int, str]]:
    return {each.item: (int(each.value), each.rule.value) for each in result.values if each.period == period}


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (income({SALES: "9000", COST: "4000"}), {"revenue": (9000, "reported"), "gross_profit": (5000, "difference")}),
        (income({SALES: "9000", GROSS: "5000"}), {"cost_of_revenue": (4000, "difference")}),
        (income({"Revenues": "9500", SALES: "9000"}), {"revenue": (9500, "reported"), "sales": (9000, "reported")}),
        (income({"SalesRevenueGoodsNet": "9000"}), {"revenue": (9000, "reported")}),
        (income({"CostOfRevenue": "1000", "OperatingExpenses": "2000"}), {"costs_and_expenses": (3000, "sum")}),
        (
            income({NET_INCOME: "700"}),
            {"profit_loss": (700, "same"), "income_from_continuing_operations": (700, "same")},
        ),
        (
            income({NET_INCOME: "700", DISCONTINUED: "-300"}),
            {"income_from_continuing_operations": (1000, "difference"), "discontinued_operations": (-300, "reported")},
        ),
        (
            income({"ProfitLoss": "700", "NetIncomeLossAttributableToNoncontrollingInterest": "100"}),
            {"net_income": (600, "difference")},
        ),
        (income({"ProfitLoss": "700"}), {"net_income": (700, "same")}),
        (
            income({NET_INCOME: "700", "PreferredStockDividends": "50"}),
            {"net_income_to_common": (650, "difference"), "preferred_dividends": (50, "reported")},
        ),
        (balance({"Assets": "9000"}), {"assets": (9000, "reported"), "liabilities_and_equity": (9000, "same")}),
        (balance({CLAIMS: "9000", EQUITY: "4000"}), {"liabilities": (5000, "difference"), "assets": (9000, "same")}),
        (
            balance({CLAIMS: "9000", EQUITY: "4000", "MinorityInterest": "1000"}),
            {"liabilities": (4000, "difference"), "total_equity": (5000, "sum")},
        ),
        (balance({"Assets": "9000", "AssetsCurrent": "2000"}), {"noncurrent_assets": (7000, "difference")}),
        (
            balance({"Goodwill": "9000", "IntangibleAssetsNetExcludingGoodwill": "0"}),
            {"intangible_assets": (9000, "sum")},
        ),
        (
            cash_flow({OPERATING: "900", INVESTING: "-400", FINANCING: "-300"}),
            {"change_in_cash": (200, "sum")},
        ),
        (
            cash_flow({OPERATING: "900", INVESTING: "-400", CHANGE: "200"}),
            {"financing_cash_flow": (-300, "difference")},
        ),
        (
            income({INTEREST_INCOME: "900", DEPOSITS: "400", INTEREST_EXPENSE: "400", NONINTEREST_INCOME: "50"}),
            {"net_interest_income": (500, "difference"), "revenue": (950, "sum"), "net_revenue": (550, "difference")},
        ),
    ],
)
def test_what_follows_from_what_is_printed(made: MappedStatement, expected: dict[str, tuple[int, str]]) -> None:
    found = values(normalised(made), made.statement.columns[0].period)
    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("made", "absent"),
    [
        # a part is no total
        (income({"SalesRevenueGoodsNet": "9000", "SalesRevenueServicesNet": "1000"}), "revenue"),
        (income({"InterestExpenseDebt": "900", "Capital leases (Note 4)": "100"}), "interest_expense"),
        # no zero for what is not printed
        (balance({"LongTermDebtNoncurrent": "900"}), "debt"),
        (balance({"Assets": "9000"}), "liabilities"),
        (income({SALES: "9000"}), "gross_profit"),
        # a row that may be the item stands in the statement
        (balance({CLAIMS: "9000", EQUITY: "4000", "Minority interests in partnerships": "10"}), "liabilities"),
        (
            balance({CLAIMS: "9000", EQUITY: "4000", "Company-obligated mandatorily redeemable units": "1"}),
            "liabilities",
        ),
        (income({"ProfitLoss": "700", "Interest of noncontrolling owners": "20"}), "net_income"),
        (income({NET_INCOME: "700", "Loss from discontinued mines": "20"}), "income_from_continuing_operations"),
        (
            cash_flow({OPERATING: "9", INVESTING: "4", FINANCING: "3", "Effect of exchange rates": "1"}),
            "change_in_cash",
        ),
        # parts of an item are printed, and not the whole
        (
            income(
                {
                    NET_INCOME: "700",
                    "MinorityInterestInNetIncomeLossOperatingPartnerships": "1",
                    "DividendsOnPreferredStockOfSubsidiaries": "2",
                }
            ),
            "profit_loss",
        ),
    ],
)
def test_what_does_not_follow(made: MappedStatement, absent: str) -> None:
    assert absent not in values(normalised(made), made.statement.columns[0].period)


def test_a_summary_does_not_have_all_rows() -> None:
    """What a table of selected data does not print may have been there all the same."""
    statements = [
        income({NET_INCOME: "700"}),
        printed(StatementKind.INCOME, {NET_INCOME: "600"}, [YEAR_BEFORE], origin=Origin.SELECTED),
    ]
    result = normalised(*statements)
    assert values(result)["income_from_continuing_operations"] == (700, "same")
    assert values(result, YEAR_BEFORE) == {"net_income": (600, "reported")}


def test_a_zero_is_absent() -> None:
    made = statement(
        StatementKind.INCOME,
        (YEAR, YEAR_BEFORE),
        item("Loss of sold mines", "0", "-1"),
        item("Per share", "2", "3", unit=UnitKind.PER_SHARE, decimals=2),
    )
    result = normalised(with_mappings(made, [mapped(DISCONTINUED), mapped("EarningsPerShareBasic")]))
    assert values(result)["eps_basic_continuing"] == (2, "same")
    assert "eps_basic_continuing" not in values(result, YEAR_BEFORE)


def test_another_concept_of_the_filing_is_not_the_item() -> None:
    """Net sales beside total revenues are not the revenue of a year that prints net sales only."""
    result = normalised(income({"Revenues": ("9500", None), SALES: ("9000", "8000")}, (YEAR, YEAR_BEFORE)))
    assert values(result, YEAR_BEFORE) == {"sales": (8000, "reported")}


def test_inputs_are_of_one_scale_and_one_statement() -> None:
    rough = printed(StatementKind.INCOME, {COST: "4000"}, [YEAR], decimals=-6)
    assert "gross_profit" not in values(normalised(income({SALES: "9000"}), rough))
    elsewhere = printed(StatementKind.CASH_FLOW, {COST: "4000"}, [YEAR])
    assert "gross_profit" not in values(normalised(income({SALES: "9000"}), elsewhere))


def test_inputs_and_confidence() -> None:
    report = report_of(income({SALES: "9000", "Revenues": "9000", COST: "4000"}))
    (gross,) = (each for each in normalise(SOURCE, report).values if each.item == "gross_profit")
    facts = [report.facts[number] for number in gross.inputs]
    assert [fact.concept for fact in facts] == [SALES, COST]
    assert (gross.confidence, gross.decimals, gross.rule) == (0.98, -3, Rule.DIFFERENCE)
    assert (
        sum(
            Decimal(sign) * value
            for sign, value in zip((1, -1), (f.value for f in facts), strict=True)
            if isinstance(value, Decimal)
        )
        == gross.value
    )


def test_a_contradiction_gives_a_finding_and_no_value() -> None:
    """Two ways to net income, which differ: there is none."""
    rows: Rows = {"ProfitLoss": "700000", TO_COMMON: "600000", "PreferredStockDividends": "50000"}
    result = normalised(income(rows))
    found = values(result)
    assert "net_income" not in found
    assert found["profit_loss"] == (700000, "reported")
    assert {finding.severity for finding in result.findings} == {Severity.INFO}
    assert "net_income" in result.findings[0].message
    assert "2003-12-31" in result.findings[0].message
    assert result.findings[0].line == 1


def test_rounding_is_no_contradiction() -> None:
    rows: Rows = {"ProfitLoss": "700000", TO_COMMON: "649000", "PreferredStockDividends": "50000"}
    result = normalised(income(rows))
    assert not result.findings
    assert values(result)["net_income"] == (700000, "same")


def test_what_is_printed_stays_as_it_is_printed() -> None:
    """The sums of the source are its own, and have findings of their own."""
    result = normalised(income({SALES: "9000", COST: "4000", GROSS: "6000"}))
    assert values(result)["gross_profit"] == (6000, "reported")
    assert not result.findings


def test_sentences_count_where_no_statement_has_the_period() -> None:
    said = printed(StatementKind.INCOME, {"Revenues": "9100"}, [YEAR], origin=Origin.PROSE)
    assert values(normalised(said)) == {"revenue": (9100, "reported")}
    result = normalised(income({SALES: "9000"}), said)
    assert values(result)["revenue"] == (9000, "reported")
    before = printed(StatementKind.INCOME, {"Revenues": "8000"}, [YEAR_BEFORE], origin=Origin.PROSE)
    assert values(normalised(income({SALES: "9000"}), before), YEAR_BEFORE) == {"revenue": (8000, "reported")}


def test_parts_of_the_company_have_no_items() -> None:
    made = statement(StatementKind.INCOME, (YEAR,), item("Sales", "9000"), qualifiers=[Qualifier.RESTATED])
    result = normalised(income({COST: "4000"}), with_mappings(made, [mapped(SALES)]))
    assert "revenue" not in values(result)


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.txt")), ids=lambda path: str(path.stem))
def test_every_value_follows_from_its_inputs(path: Path) -> None:
    reading = read_data(path.read_bytes(), path.name)
    assert reading.normalised.values
    for each in reading.normalised.values:
        facts = [reading.report.facts[number] for number in each.inputs]
        assert {fact.context for fact in facts} == {Context(each.period)}
        assert {(fact.unit, fact.decimals) for fact in facts} == {(each.unit, each.decimals)}
        assert len({fact.statement for fact in facts}) == 1
        amounts = [fact.value for fact in facts if isinstance(fact.value, Decimal)]
        signs = product((1, -1), repeat=len(amounts)) if each.rule is Rule.DIFFERENCE else [(1,) * len(amounts)]
        assert each.value in {sum(map(mul, one, amounts), Decimal()) for one in signs}
        if each.rule is Rule.REPORTED:
            assert len(amounts) == 1
