"""Headline checks: what confirms or contradicts the figures that a reader looks at first.

A headline figure stands in several places, each read by itself: in two statements, in a total and its parts, in the
filer's own financial data schedule, in the text of a release. Where two of them say the same, both were read right.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from converter.filing import Filing, TextSpan
from converter.mapping import MappedStatement
from converter.report.accounting import FigureIndex
from converter.report.duplicates import rounding_error
from converter.report.model import Check, Fact, Measure, Status, format_value, line_number
from converter.statements import Origin, Qualifier, Statement, StatementKind
from converter.vocabulary import Code, Finding, Instant, Period, Severity, is_periodic

_NET_INCOME = ("NetIncomeLoss", "ProfitLoss", "NetIncomeLossAvailableToCommonStockholdersBasic")
_CONCEPTS: Mapping[Measure, tuple[str, ...]] = {
    Measure.REVENUE: (
        *("Revenues", "SalesRevenueNet", "SalesRevenueGoodsNet", "SalesRevenueServicesNet"),
        *("RevenuesNetOfInterestExpense", "RegulatedAndUnregulatedOperatingRevenue", "ElectricUtilityRevenue"),
        *("InterestAndDividendIncomeOperating", "HealthCareOrganizationRevenue", "OilAndGasRevenue"),
    ),
    Measure.NET_INCOME: _NET_INCOME,
    Measure.EARNINGS_PER_SHARE: ("EarningsPerShareBasic", "EarningsPerShareBasicAndDiluted", "EarningsPerShareDiluted"),
    Measure.ASSETS: ("Assets",),
    Measure.EQUITY: (
        "StockholdersEquity",
        "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
        "PartnersCapital",
        "MembersEquity",
    ),
    Measure.CASH: (
        *("CashAndCashEquivalentsAtCarryingValue", "Cash", "CashAndDueFromBanks"),
        "CashCashEquivalentsAndShortTermInvestments",
    ),
    Measure.OPERATING_CASH_FLOW: (
        "NetCashProvidedByUsedInOperatingActivities",
        "NetCashProvidedByUsedInOperatingActivitiesContinuingOperations",
    ),
}
"""The concepts of each measure; the first that a statement has is the measure's figure."""

_STATEMENT_OF: Mapping[Measure, StatementKind] = {
    Measure.REVENUE: StatementKind.INCOME,
    Measure.NET_INCOME: StatementKind.INCOME,
    Measure.EARNINGS_PER_SHARE: StatementKind.INCOME,
    Measure.ASSETS: StatementKind.BALANCE_SHEET,
    Measure.EQUITY: StatementKind.BALANCE_SHEET,
    Measure.CASH: StatementKind.BALANCE_SHEET,
    Measure.OPERATING_CASH_FLOW: StatementKind.CASH_FLOW,
}
_CLAIMS, _LIABILITIES = "LiabilitiesAndStockholdersEquity", "Liabilities"
_SHARES = (
    *("WeightedAverageNumberOfSharesOutstandingBasic", "WeightedAverageNumberOfShareOutstandingBasicAndDiluted"),
    "WeightedAverageNumberOfDilutedSharesOutstanding",
)
_USED = frozenset({*(name for names in _CONCEPTS.values() for name in names), _CLAIMS, _LIABILITIES, *_SHARES})

_NEAR, _FAR = Decimal("0.03"), Decimal("0.5")
"""Earnings per share within 3 % of net income by shares confirm it; less than half of it and twice it contradict it."""
_CENT = Decimal("0.015")


class _Entry(NamedTuple):
    """A printed figure of a concept: the fact as mapped, whether or not the report kept it, and where it stands."""

    place: FigureIndex
    concept: str
    fact: Fact
    value: Decimal
    source: TextSpan
    origin: Origin
    kind: StatementKind


class _Evidence(NamedTuple):
    """One thing that confirms a figure, or contradicts it."""

    confirms: bool
    text: str


def check_headlines(
    filing: Filing, statements: Sequence[MappedStatement], facts_by_figure: Mapping[FigureIndex, Fact]
) -> tuple[Check, ...]:
    """Check the headline figures of every period that the primary statements have, by measure, the latest first."""
    books = _Books(filing, statements, facts_by_figure)
    return tuple(check for measure in Measure for check in books.checks(measure))


class _Books:
    """The figures of a report that headline figures are, or are compared with."""

    def __init__(
        self, filing: Filing, statements: Sequence[MappedStatement], facts_by_figure: Mapping[FigureIndex, Fact]
    ) -> None:
        self._filing = filing
        self._statements = statements
        self._entries: dict[tuple[str, Period], list[_Entry]] = {}
        for entry in _entries(statements, facts_by_figure):
            self._entries.setdefault((entry.concept, entry.fact.context.period), []).append(entry)
        self._holding = _rows_in_sums(statements)

    def checks(self, measure: Measure) -> Iterator[Check]:
        """Yield the checks of a measure."""
        periods = {
            period
            for (concept, period), entries in self._entries.items()
            if concept in _CONCEPTS[measure] and any(_is_headline(entry, measure) for entry in entries)
        }
        for period in sorted(periods, key=_newest_first):
            entry = next(entry for entry in self._of(measure, period) if _is_headline(entry, measure))
            evidence = [item for source in _SOURCES for item in source(self, measure, entry)]
            yield Check(
                measure,
                entry.fact,
                tuple(dict.fromkeys(item.text for item in evidence if item.confirms)),
                tuple(dict.fromkeys(item.text for item in evidence if not item.confirms)),
            )

    def _of(self, measure: Measure, period: Period) -> list[_Entry]:
        return [entry for concept in _CONCEPTS[measure] for entry in self._entries.get((concept, period), ())]

    def _primary(self, concepts: Sequence[str], period: Period) -> _Entry | None:
        found = (entry for concept in concepts for entry in self._entries.get((concept, period), ()))
        return next((entry for entry in found if entry.origin is Origin.PRIMARY), None)

    def other_statements(self, measure: Measure, entry: _Entry) -> Iterator[_Evidence]:
        """What other statements, schedules and sentences say of the same measure and period."""
        elsewhere = [
            other
            for other in self._of(measure, entry.fact.context.period)
            if other.origin is not Origin.PRIMARY or other.kind is not entry.kind
        ]
        for origin in _PLACES:
            others = [other for other in elsewhere if other.origin is origin]
            others = [other for other in others if other.concept == entry.concept] or others
            if not others:
                continue
            same = next((other for other in others if _agree(entry, other)), None)
            name = _NAMES.get(origin, f"the {others[0].kind.words}")
            line = line_number(self._filing, (same or others[0]).source)
            if same is not None:
                yield _Evidence(True, f"{name} says the same (line {line})")
            elif origin is not Origin.PROSE:
                yield _Evidence(False, f"{name} says {format_value(others[0].value)} (line {line})")

    def sums(self, measure: Measure, entry: _Entry) -> Iterator[_Evidence]:
        """Whether the row is a total of its parts, or a part of a total."""
        del measure
        role = self._holding.get((entry.place.statement, entry.place.item, entry.place.column))
        if role is not None:
            yield _Evidence(True, role)

    def balance(self, measure: Measure, entry: _Entry) -> Iterator[_Evidence]:
        """Assets are liabilities and equity."""
        period = entry.fact.context.period
        if measure is Measure.ASSETS:
            claims = self._primary((_CLAIMS,), period)
            if claims is not None:
                same = _agree(entry, claims)
                text = "liabilities and equity are" + (" the same" if same else f" {format_value(claims.value)}")
                yield _Evidence(same, f"{text} (line {line_number(self._filing, claims.source)})")
        if measure is Measure.EQUITY:
            assets, liabilities = self._primary(("Assets",), period), self._primary((_LIABILITIES,), period)
            if assets is not None and liabilities is not None and assets.value - liabilities.value == entry.value:
                yield _Evidence(True, "total assets less total liabilities")

    def per_share(self, measure: Measure, entry: _Entry) -> Iterator[_Evidence]:
        """Earnings per share are net income by shares; preferred dividends may be between them."""
        if measure is not Measure.EARNINGS_PER_SHARE:
            return
        period = entry.fact.context.period
        shares = self._primary(_SHARES, period)
        incomes = [found for name in _NET_INCOME if (found := self._primary((name,), period)) is not None]
        if shares is None or not shares.value or not incomes:
            return
        quotients = [income.value / shares.value for income in incomes]
        if any(abs(quotient - entry.value) <= max(_CENT, abs(entry.value) * _NEAR) for quotient in quotients):
            yield _Evidence(True, "net income divided by the shares")
        elif entry.value and all(not _FAR < abs(quotient / entry.value) < 1 / _FAR for quotient in quotients):
            yield _Evidence(False, f"net income divided by the shares is {quotients[0]:.3g}")


_SOURCES: tuple[Callable[[_Books, Measure, _Entry], Iterator[_Evidence]], ...] = (
    _Books.other_statements,
    _Books.sums,
    _Books.balance,
    _Books.per_share,
)
_PLACES = (Origin.PRIMARY, Origin.SCHEDULE, Origin.PROSE)
_NAMES = {Origin.SCHEDULE: "the financial data schedule", Origin.PROSE: "the text"}


def _entries(statements: Sequence[MappedStatement], facts_by_figure: Mapping[FigureIndex, Fact]) -> Iterator[_Entry]:
    for index, fact in facts_by_figure.items():
        mapped = statements[index.statement]
        statement, mapping = mapped.statement, mapped.mappings[index.item]
        if mapping.concept not in _USED or statement.origin not in (Origin.PRIMARY, Origin.SCHEDULE, Origin.PROSE):
            continue
        qualifier = statement.columns[index.column].qualifier or statement.qualifier
        expected = Qualifier.FINANCIAL_DATA_SCHEDULE if statement.origin is Origin.SCHEDULE else None
        figure = statement.items[index.item].figures[index.column]
        if qualifier is expected and figure is not None:
            value = figure.value * mapping.sign
            yield _Entry(index, mapping.concept, fact, value, figure.source, statement.origin, statement.kind)


def _rows_in_sums(statements: Sequence[MappedStatement]) -> dict[tuple[int, int, int], str]:
    """Map figures (statement, item, column) to what they are of a sum that holds."""
    roles: dict[tuple[int, int, int], str] = {}
    for number, mapped in enumerate(statements):
        for sum_ in mapped.sums:
            if sum_.holds and len(sum_.parts) > 1:
                for column, difference in enumerate(sum_.differences):
                    if difference is not None:
                        roles[number, sum_.total, column] = "its parts add up to it"
                        for part in sum_.parts:
                            roles.setdefault((number, part.item, column), "it is part of a total that adds up")
    return roles


def _is_headline(entry: _Entry, measure: Measure) -> bool:
    return entry.origin is Origin.PRIMARY and entry.kind is _STATEMENT_OF[measure] and entry.fact.concept in _USED


def _agree(first: _Entry, second: _Entry) -> bool:
    """Whether two figures are one, rounded differently; signs of a schedule do not count."""
    a, b = first.value, second.value
    if Origin.SCHEDULE in (first.origin, second.origin):
        a, b = abs(a), abs(b)
    return abs(a - b) <= rounding_error(first.fact.decimals) + rounding_error(second.fact.decimals)


def _newest_first(period: Period) -> tuple[int, int]:
    end = period.day if isinstance(period, Instant) else period.end
    start = end if isinstance(period, Instant) else period.start
    return -end.toordinal(), -start.toordinal()


def check_findings(filing: Filing, checks: Sequence[Check], statements: Sequence[MappedStatement]) -> Iterator[Finding]:
    """Yield a finding for each headline figure that is contradicted or missing, and for those of the latest period.

    A figure that something contradicts and nothing confirms cannot be relied on.
    """
    latest: dict[Measure, date] = {}
    for check in checks:
        end = _last_day(check.fact.context.period)
        is_latest = latest.setdefault(check.measure, end) == end
        if is_latest or check.status is Status.CONTRADICTED:
            yield _finding(filing, check)
    yield from _missing(filing, checks, statements)


def _last_day(period: Period) -> date:
    return period.day if isinstance(period, Instant) else period.end


def _finding(filing: Filing, check: Check) -> Finding:
    fact, status = check.fact, check.status
    figure = f"{check.measure} of {format_value(fact.value)} ({fact.context.name})"
    line = line_number(filing, fact.source)
    if status is Status.CONTRADICTED:
        severity = Severity.WARNING if check.confirmations else Severity.ERROR
        text = "; ".join([f"{figure} is contradicted: {', '.join(check.contradictions)}", *check.confirmations[:1]])
        return Finding(severity, Code.HEADLINE_CONTRADICTED, text, line)
    if status is Status.CONFIRMED:
        return Finding(
            Severity.INFO, Code.HEADLINE_CONFIRMED, f"{figure} is confirmed: {', '.join(check.confirmations)}", line
        )
    return Finding(Severity.INFO, Code.HEADLINE_UNCONFIRMED, f"{figure}: nothing confirms it", line)


_NECESSARY: Mapping[StatementKind, tuple[Measure, str]] = {
    StatementKind.BALANCE_SHEET: (Measure.ASSETS, "no row is total assets"),
    StatementKind.INCOME: (Measure.NET_INCOME, "no row is net income"),
    StatementKind.CASH_FLOW: (Measure.OPERATING_CASH_FLOW, "no row is cash from operations"),
}


def _missing(filing: Filing, checks: Sequence[Check], statements: Sequence[MappedStatement]) -> Iterator[Finding]:
    """Yield an error for each statement that a periodic report should have, or whose most important row is missing."""
    found = {check.measure for check in checks}
    primary = [mapped.statement for mapped in statements if mapped.statement.origin is Origin.PRIMARY]
    form = filing.header.form
    for kind, (measure, words) in _NECESSARY.items():
        own = [statement for statement in primary if statement.kind is kind and statement.qualifier is None]
        if not own and is_periodic(form) and not form.endswith("/A"):
            yield Finding(Severity.ERROR, Code.STATEMENT_MISSING, f"this {form} has no {kind.words} that could be read")
        elif own and measure not in found:
            message = f"the {kind.words} is not complete: {words}"
            yield Finding(Severity.ERROR, Code.STATEMENT_INCOMPLETE, message, line_number(filing, _last_line(own)))


def _last_line(statements: Sequence[Statement]) -> TextSpan | None:
    return next((item.source for statement in statements[-1:] for item in statement.items[-1:]), None)
