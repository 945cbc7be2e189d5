"""Headline checks: what confirms or contradicts a figure, and what a contradiction weighs."""

from collections.abc import Sequence

import pytest
from helpers.builders import Row, duration, filing, instant, item, mapped, statement, with_mappings
from msgspec.structs import replace

from converter.filing.reader import Header
from converter.mapping import MappedStatement
from converter.report import Check, Measure, Status, build_report
from converter.report.model import Report
from converter.statements.model import Origin, Qualifier, Statement, StatementKind, UnitKind
from converter.sums.arithmetic import Sum, SumPart
from converter.vocabulary.findings import Code, Finding, Severity

END, BEFORE = instant("2003-12-31"), instant("2002-12-31")
YEAR, YEAR_BEFORE = duration("2003-01-01", "2003-12-31"), duration("2002-01-01", "2002-12-31")
BALANCE, INCOME, FLOWS = StatementKind.BALANCE_SHEET, StatementKind.INCOME, StatementKind.CASH_FLOW
NET_INCOME, CASH = "NetIncomeLoss", "CashAndCashEquivalentsAtCarryingValue"
EPS, SHARES = "EarningsPerShareBasic", "WeightedAverageNumberOfSharesOutstandingBasic"

Rows = Sequence[tuple[str, str, str | None]]
"""Concept, value of the latest period, value of the one before."""

_UNITS = {EPS: UnitKind.PER_SHARE, SHARES: UnitKind.SHARES}


def table(kind: StatementKind, rows: Rows, line: int = 0, origin: Origin = Origin.PRIMARY) -> MappedStatement:
    """A statement of two periods with a row for each concept, from this line on."""
    periods = (END, BEFORE) if kind is BALANCE else (YEAR, YEAR_BEFORE)
    items = [
        item(concept, *values, unit=_UNITS.get(concept, UnitKind.MONETARY), line=line + number)
        for number, (concept, *values) in enumerate(rows)
    ]
    qualifier = Qualifier.FINANCIAL_DATA_SCHEDULE if origin is Origin.SCHEDULE else None
    made = replace(statement(kind, periods, *items, qualifier=qualifier), origin=origin)
    return with_mappings(made, [mapped(concept) for concept, *_ in rows])


def schedule(kind: StatementKind, rows: Rows, line: int = 40) -> MappedStatement:
    return table(kind, rows, line, Origin.SCHEDULE)


def with_sum(mapped_statement: MappedStatement, total: int, *parts: int) -> MappedStatement:
    """The statement with a sum that holds in all columns."""
    nothing = tuple(0 for _ in mapped_statement.statement.columns)
    made = Sum(total, tuple(SumPart(part, 1) for part in parts), nothing, True)  # type: ignore[arg-type]
    return replace(mapped_statement, sums=(*mapped_statement.sums, made))


def report_of(*statements: MappedStatement, form: str = "") -> Report:
    return build_report(filing(header=Header(form=form)), statements)


def check_of(report: Report, measure: Measure, latest: bool = True) -> Check:
    return next(check for check in report.checks if check.measure is measure and check.latest is latest)


def found(check: Check) -> Row:
    return check.severity.value, check.confirmations, check.contradictions


FLOW_OF_10 = table(FLOWS, [(NET_INCOME, "10", "9")], line=20)
OTHER_FLOW = table(FLOWS, [(NET_INCOME, "13", "6")], line=20)
EARNED = [(NET_INCOME, "10", "9"), ("Revenues", "50", "40"), ("CostOfRevenue", "40", "31")]


@pytest.mark.parametrize(
    ("measure", "statements", "outcome"),
    [
        (Measure.NET_INCOME, [table(INCOME, EARNED)], ("info", (), ())),
        (
            Measure.NET_INCOME,
            [table(INCOME, EARNED), FLOW_OF_10],
            ("info", ("the cash flow statement (line 21)",), ()),
        ),
        (
            Measure.NET_INCOME,
            [table(INCOME, EARNED), OTHER_FLOW],
            ("error", (), ("the cash flow statement: 13 (line 21)",)),
        ),
        (
            Measure.NET_INCOME,
            [with_sum(table(INCOME, EARNED), 1, 0, 2), OTHER_FLOW],
            ("error", ("a total it is part of",), ("the cash flow statement: 13 (line 21)",)),
        ),
        (
            Measure.NET_INCOME,
            [with_sum(table(INCOME, EARNED), 0, 1, 2), OTHER_FLOW],
            ("error", ("the sum of its parts",), ("the cash flow statement: 13 (line 21)",)),
        ),
        (
            Measure.NET_INCOME,
            [table(INCOME, EARNED), OTHER_FLOW, schedule(INCOME, [(NET_INCOME, "10", None)])],
            (
                "warning",
                ("the financial data schedule (line 41)",),
                ("the cash flow statement: 13 (line 21)",),
            ),
        ),
        (
            Measure.NET_INCOME,
            [table(INCOME, EARNED), schedule(INCOME, [(NET_INCOME, "-10", None)])],
            ("info", ("the financial data schedule (line 41)",), ()),
        ),
        (
            Measure.NET_INCOME,
            [table(INCOME, EARNED), schedule(INCOME, [(NET_INCOME, "10000", None)])],
            ("info", ("the digits of the financial data schedule (line 41)",), ()),
        ),
        (
            Measure.NET_INCOME,
            [table(INCOME, [(NET_INCOME, "10", "9"), ("ProfitLoss", "13", "6")]), FLOW_OF_10],
            ("info", ("the cash flow statement (line 21)",), ()),
        ),
        (
            Measure.NET_INCOME,
            [
                table(INCOME, [(NET_INCOME, "10", "9"), ("ProfitLoss", "13", "6")]),
                table(FLOWS, [("ProfitLoss", "13", "6")]),
            ],
            ("info", (), ()),
        ),
        (
            Measure.NET_INCOME,
            [table(INCOME, EARNED), table(FLOWS, [("ProfitLoss", "13", "6")])],
            ("error", (), ("the cash flow statement: 13 (line 1)",)),
        ),
        (
            Measure.REVENUE,
            [table(INCOME, EARNED), schedule(INCOME, [("SalesRevenueNet", "48", None)])],
            ("info", (), ()),
        ),
        (
            Measure.REVENUE,
            [table(INCOME, EARNED), schedule(INCOME, [("Revenues", "48", None)])],
            ("error", (), ("the financial data schedule: 48 (line 41)",)),
        ),
        (
            Measure.ASSETS,
            [table(BALANCE, [("Assets", "100", "90"), ("LiabilitiesAndStockholdersEquity", "100", "90")])],
            ("info", ("liabilities and equity (line 2)",), ()),
        ),
        (
            Measure.ASSETS,
            [table(BALANCE, [("Assets", "100", "90"), ("LiabilitiesAndStockholdersEquity", "170", "90")])],
            ("error", (), ("liabilities and equity: 170 (line 2)",)),
        ),
        (
            Measure.EQUITY,
            [
                table(
                    BALANCE, [("Assets", "100", "90"), ("Liabilities", "60", "60"), ("StockholdersEquity", "40", "30")]
                )
            ],
            ("info", ("total assets less liabilities",), ()),
        ),
        (
            Measure.CASH,
            [table(BALANCE, [(CASH, "30", "20"), ("ShortTermInvestments", "12", "7")])],
            ("info", (), ()),
        ),
        (
            Measure.EARNINGS_PER_SHARE,
            [table(INCOME, [(NET_INCOME, "1000", "9"), (SHARES, "500", "9"), (EPS, "2.01", "1")])],
            ("info", ("net income by shares",), ()),
        ),
        (
            Measure.EARNINGS_PER_SHARE,
            [table(INCOME, [(NET_INCOME, "1000", "9"), (SHARES, "700", "9"), (EPS, "2", "1")])],
            ("info", (), ()),
        ),
        (
            Measure.EARNINGS_PER_SHARE,
            [
                table(INCOME, [(NET_INCOME, "1000000", "9"), (SHARES, "500", "9"), (EPS, "2", "1")]),
                schedule(INCOME, [(EPS, "2", None)]),
            ],
            ("error", ("the financial data schedule (line 41)",), ("net income by shares: 2,000",)),
        ),
    ],
)
def test_evidence(measure: Measure, statements: Sequence[MappedStatement], outcome: Row) -> None:
    assert found(check_of(report_of(*statements), measure)) == outcome


@pytest.mark.parametrize(
    ("at_end", "outcome"),
    [
        ("30", ("info", ("the cash flow statement (line 11)",), ())),
        ("42", ("info", ("the cash flow statement, together with 'ShortTermInvestments' (line 11)",), ())),
        ("18", ("info", ("the cash flow statement, together with 'ShortTermInvestments' (line 11)",), ())),
        ("45", ("error", (), ("the cash flow statement: 45 (line 11)",))),
    ],
)
def test_cash_at_the_end_of_the_cash_flow_statement(at_end: str, outcome: Row) -> None:
    """It may have short-term investments in it, or an overdraft taken from it."""
    balance = table(BALANCE, [(CASH, "30", "20"), ("ShortTermInvestments", "12", "7")])
    row = item("Cash at end of year", at_end, "20", line=10)
    flows = with_mappings(statement(FLOWS, [YEAR, YEAR_BEFORE], row), [mapped(CASH)])
    assert found(check_of(report_of(balance, flows), Measure.CASH)) == outcome


def test_an_earlier_period_that_is_contradicted_is_a_warning() -> None:
    flows = table(FLOWS, [(NET_INCOME, "10", "6")], line=20)
    report = report_of(table(INCOME, EARNED), flows)
    assert found(check_of(report, Measure.NET_INCOME)) == ("info", ("the cash flow statement (line 21)",), ())
    earlier = check_of(report, Measure.NET_INCOME, latest=False)
    assert found(earlier) == ("warning", (), ("the cash flow statement: 6 (line 21)",))


def test_the_latest_period_is_that_of_the_filing() -> None:
    """An income statement that ends before the balance sheet, as in a filing with older statements of another."""
    balance = with_mappings(statement(BALANCE, [instant("2004-03-31")], item("Total assets", "7")), [mapped("Assets")])
    check = check_of(report_of(balance, table(INCOME, EARNED), OTHER_FLOW), Measure.NET_INCOME)
    assert (check.latest, check.severity) == (True, Severity.WARNING)


def told(report: Report, *codes: Code) -> list[Finding]:
    return [finding for finding in report.findings if finding.code in codes]


def test_findings_about_the_latest_period_and_what_is_contradicted() -> None:
    report = report_of(table(INCOME, EARNED), table(FLOWS, [(NET_INCOME, "10", "6")], line=20))
    codes = (Code.HEADLINE_CONFIRMED, Code.HEADLINE_UNCONFIRMED, Code.HEADLINE_CONTRADICTED)
    assert [(one.severity.value, one.message, one.line) for one in told(report, *codes)] == [
        ("info", "revenue of 50 (D20030101-20031231) stands nowhere else", 2),
        ("info", "net income of 10 (D20030101-20031231) is confirmed by the cash flow statement (line 21)", 1),
        (
            "warning",
            "net income of 9 (D20020101-20021231) is contradicted by the cash flow statement: 6 (line 21)",
            1,
        ),
    ]
    assert [check.status for check in report.checks].count(Status.UNCONFIRMED) == 2


def test_a_schedule_in_another_scale_is_one_warning() -> None:
    rows = [("Assets", "5000000", "4"), (CASH, "3000000", "2"), ("Liabilities", "1000000", "2")]
    balance = table(BALANCE, rows)
    filed = schedule(BALANCE, [("Assets", "5000", None), (CASH, "3000", None), ("Liabilities", "1001", None)])
    report = report_of(balance, filed)
    differing, scale = told(report, Code.SCHEDULE_DISAGREES)
    assert "has 1,001 for Liabilities, the statement 1,000,000" in differing.message
    assert scale.message == (
        "the financial data schedule has 2 values 1,000 times smaller than the statements, with the same digits: "
        "5,000 for Assets, the statement 5,000,000 (line 1)"
    )
    assert (scale.severity, scale.line) == (Severity.WARNING, 41)
    assert told(report, Code.HEADLINE_CONTRADICTED) == []


OPERATING = ("NetCashProvidedByUsedInOperatingActivities", "1", "1")
WHOLE = [
    table(BALANCE, [("Assets", "5", "4"), ("LiabilitiesAndStockholdersEquity", "5", "4")]),
    table(INCOME, [(NET_INCOME, "1", "1")], line=10),
    table(FLOWS, [OPERATING, ("Increase in cash", "1", "1")], line=20),
]


def of_parts(mapped_statement: MappedStatement) -> MappedStatement:
    """The statement with columns of parts of the company only."""
    own: Statement = mapped_statement.statement
    columns = tuple(replace(column, qualifier=Qualifier.PART, part=column.heading) for column in own.columns)
    return replace(mapped_statement, statement=replace(own, columns=columns))


@pytest.mark.parametrize(
    ("form", "statements", "findings"),
    [
        ("10-K", WHOLE, []),
        (
            "10-K",
            WHOLE[:2],
            [("error", "statement-missing", "this 10-K has no cash flow statement that could be read")],
        ),
        ("10-Q/A", WHOLE[:2], []),
        ("", [table(BALANCE, [("Assets", "5", "4"), ("StockholdersEquity", "3", "4")])], []),
        (
            "",
            [table(BALANCE, [("Assets", "5", "4"), ("AccountsPayableCurrent", "3", "2")])],
            [
                (
                    "error",
                    "statement-incomplete",
                    "the file ends inside the balance sheet: no row has the same figures as total assets",
                )
            ],
        ),
        ("", [table(FLOWS, [OPERATING, ("Cash at end of year", "1", "1")])], []),
        (
            "",
            [table(FLOWS, [OPERATING, ("Purchases of plant", "-1", "1")])],
            [
                (
                    "error",
                    "statement-incomplete",
                    "the file ends inside the cash flow statement: no row is the change in cash",
                )
            ],
        ),
        ("8-K", WHOLE[:1], []),
        (
            "10-K405",
            [*WHOLE[:2], of_parts(WHOLE[2])],
            [
                (
                    "warning",
                    "statement-missing",
                    "this 10-K405 has no cash flow statement of the whole company, "
                    "only one of parts or on another basis",
                )
            ],
        ),
        (
            "",
            [WHOLE[0], table(INCOME, [("Revenues", "5", "4")], line=10)],
            [("error", "statement-incomplete", "the file ends inside the income statement: no row is net income")],
        ),
        (
            "",
            [WHOLE[0], table(INCOME, [("Distributable income", "5", "4"), ("Net interest income", "5", "4")])],
            [("warning", "statement-incomplete", "no row of the income statement has the concept of net income")],
        ),
        (
            "",
            [WHOLE[0], table(INCOME, [("Net interest income", "5", "4"), ("Net income before taxes", "5", "4")])],
            [("error", "statement-incomplete", "the file ends inside the income statement: no row is net income")],
        ),
    ],
)
def test_what_is_missing(form: str, statements: Sequence[MappedStatement], findings: list[Row]) -> None:
    report = report_of(*statements, form=form)
    missing = told(report, Code.STATEMENT_MISSING, Code.STATEMENT_INCOMPLETE)
    assert [(one.severity.value, one.code.value, one.message) for one in missing] == findings
