"""Headline checks: what confirms or contradicts the figures that a reader looks at first.

A headline figure stands in several places, each read by itself: in two statements, in a total and its parts, in the
filer's own financial data schedule, in the text of a release. Where two of them say the same, both were read right.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import IntEnum

from msgspec import Struct

from converter.filing import Filing, TextSpan
from converter.mapping import MappedStatement
from converter.report.accounting import FigureIndex
from converter.report.duplicates import rounding_error, same_digits
from converter.report.model import Check, Fact, Measure, format_value, line_number
from converter.statements import Origin, Qualifier, StatementKind
from converter.vocabulary import Instant, Period, Severity

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


class _Entry(Struct, frozen=True):
    """A printed figure of a concept: the fact as mapped, whether or not the report kept it, and where it stands."""

    place: FigureIndex
    concept: str
    fact: Fact
    value: Decimal
    source: TextSpan
    origin: Origin
    kind: StatementKind


class _Weight(IntEnum):
    """How much a piece of evidence says."""

    DIGITS = 0
    """A sum that holds: its figures were read right, but may be those of other rows."""
    FIGURE = 1
    """Another place that prints the figure, or another one for it."""
    SCALE = 2
    """Net income and shares of one statement that make quite other earnings per share."""


class _Evidence(Struct, frozen=True):
    """One thing that confirms a figure, or contradicts it."""

    confirms: bool
    text: str
    weight: _Weight = _Weight.FIGURE


def check_headlines(
    filing: Filing, statements: Sequence[MappedStatement], facts_by_figure: Mapping[FigureIndex, Fact]
) -> tuple[Check, ...]:
    """Check the headline figures of every period that the primary statements have, by measure, the latest first.

    A figure of the filing's last day that something contradicts and nothing as weighty confirms cannot be relied on:
    that is an error. Any other contradiction is a warning.
    """
    books = _Books(filing, statements, facts_by_figure)
    figures = {measure: books.figures(measure) for measure in Measure}
    days = {measure: last_day(entries[0].fact.context.period) for measure, entries in figures.items() if entries}
    last = max(days.values(), default=date.min)
    return tuple(
        _check(measure, entry.fact, books.evidence(measure, entry), days[measure], last)
        for measure, entries in figures.items()
        for entry in entries
    )


def _check(measure: Measure, fact: Fact, evidence: Sequence[_Evidence], latest: date, last: date) -> Check:
    """Return the check of a figure; `latest` is the last day of its measure, `last` that of the whole filing."""
    confirming = [item for item in evidence if item.confirms]
    against = [item for item in evidence if not item.confirms]
    day = last_day(fact.context.period)
    severity = Severity.WARNING if against else Severity.INFO
    if (
        against
        and day == last
        and max(item.weight for item in against) > max((item.weight for item in confirming), default=_Weight.DIGITS)
    ):
        severity = Severity.ERROR
    return Check(
        measure,
        fact,
        tuple(dict.fromkeys(item.text for item in confirming)),
        tuple(dict.fromkeys(item.text for item in against)),
        day == latest,
        severity,
    )


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

    def figures(self, measure: Measure) -> list[_Entry]:
        """The headline figures of a measure, one for each period, the latest first."""
        periods = {
            period
            for (concept, period), entries in self._entries.items()
            if concept in _CONCEPTS[measure] and any(_is_headline(entry, measure) for entry in entries)
        }
        ordered = sorted(periods, key=_newest_first)
        return [next(e for e in self._of(measure, period) if _is_headline(e, measure)) for period in ordered]

    def evidence(self, measure: Measure, entry: _Entry) -> list[_Evidence]:
        """All that confirms or contradicts a headline figure."""
        return [item for source in _SOURCES for item in source(self, measure, entry)]

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
            said = [item for other in others if (item := self._said(measure, entry, other)) is not None]
            yield from sorted(said, key=lambda item: not item.confirms)[:1]

    def _said(self, measure: Measure, entry: _Entry, other: _Entry) -> _Evidence | None:
        """What another place says of a figure; None if it speaks of another one, such as sales without other income."""
        name = _NAMES.get(other.origin, f"the {other.kind.words}")
        line = line_number(self._filing, other.source)
        if _agree(entry, other):
            return _Evidence(True, f"{name} (line {line})")
        if other.origin is Origin.SCHEDULE and same_digits(entry.fact, other.fact):
            return _Evidence(True, f"the digits of {name} (line {line})")
        if other.origin is Origin.PROSE or (other.concept != entry.concept and self._speaks_of_another(measure, other)):
            return None
        if entry.kind is StatementKind.BALANCE_SHEET and other.kind is StatementKind.CASH_FLOW:
            row = self._row_between(entry, other)
            if row is not None:
                return _Evidence(True, f"{name}, together with {row} (line {line})")
        return _Evidence(False, f"{name}: {format_value(other.value)} (line {line})")

    def _speaks_of_another(self, measure: Measure, other: _Entry) -> bool:
        """Whether a figure of another concept is one that the measure's statement has as well, or need not have."""
        own = (one for one in self._of(measure, other.fact.context.period) if one.kind is _STATEMENT_OF[measure])
        return other.origin is Origin.SCHEDULE or any(_agree(one, other) for one in own)

    def _row_between(self, entry: _Entry, other: _Entry) -> str | None:
        """The caption of the row whose figure is the difference: short-term investments, or an overdraft."""
        difference = abs(other.value - entry.value)
        for item in self._statements[entry.place.statement].statement.items:
            figure = item.figures[entry.place.column]
            if figure is not None and abs(figure.value) == difference and item.label.strip():
                return repr(" ".join(item.label.split()))
        return None

    def sums(self, measure: Measure, entry: _Entry) -> Iterator[_Evidence]:
        """Whether the row is a total of its parts, or a part of a total."""
        del measure
        role = self._holding.get((entry.place.statement, entry.place.item, entry.place.column))
        if role is not None:
            yield _Evidence(True, role, _Weight.DIGITS)

    def balance(self, measure: Measure, entry: _Entry) -> Iterator[_Evidence]:
        """Assets are liabilities and equity."""
        period = entry.fact.context.period
        if measure is Measure.ASSETS:
            claims = self._primary((_CLAIMS,), period)
            if claims is not None:
                same = _agree(entry, claims)
                text = "liabilities and equity" + ("" if same else f": {format_value(claims.value)}")
                yield _Evidence(same, f"{text} (line {line_number(self._filing, claims.source)})")
        if measure is Measure.EQUITY:
            assets, liabilities = self._primary(("Assets",), period), self._primary((_LIABILITIES,), period)
            if assets is not None and liabilities is not None and assets.value - liabilities.value == entry.value:
                yield _Evidence(True, "total assets less liabilities")

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
            yield _Evidence(True, "net income by shares")
        elif entry.value and all(not _FAR < abs(quotient / entry.value) < 1 / _FAR for quotient in quotients):
            text = f"net income by shares: {format_value(round(quotients[0], 2))}"
            yield _Evidence(False, text, _Weight.SCALE)


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
                        roles[number, sum_.total, column] = "the sum of its parts"
                        for part in sum_.parts:
                            roles.setdefault((number, part.item, column), "a total it is part of")
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
    end = last_day(period)
    start = end if isinstance(period, Instant) else period.start
    return -end.toordinal(), -start.toordinal()


def last_day(period: Period) -> date:
    """Return the last day of a period."""
    return period.day if isinstance(period, Instant) else period.end
