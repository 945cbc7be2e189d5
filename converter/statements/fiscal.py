"""The first and last day of each period, settled over all statements of a filing.

The end of a period is printed, its first day hardly ever is: a length in months says it to about a week where fiscal
years end on a weekday. The balance sheets, the ends of other periods, the opening cash of the cash flow statement and
what sentences say of fiscal years tell which day it was.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from converter.filing import Filing
from converter.statements.calendar import safe_date
from converter.statements.model import Column, Statement, StatementKind
from converter.statements.year_ends import FiscalYears
from converter.vocabulary import (
    Code,
    Duration,
    Finding,
    Instant,
    Period,
    Severity,
    are_near,
    days_near,
    ends_month,
    wording,
)

_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_YEAR_DAYS = 350
"""A longer period is a fiscal year."""
_EARLIEST, _LATEST = -6, 3
"""The days around the end of its month on which a fiscal year of weeks ends: the last or the nearest of a weekday."""


class Settled(Struct, frozen=True):
    """Statements whose periods are settled, and the durations whose first day stays uncertain by a week."""

    statements: tuple[Statement, ...]
    uncertain: frozenset[Duration] = frozenset()


def settle_periods(
    statements: Sequence[Statement], years: FiscalYears, fiscal_year_end: tuple[int, int] | None
) -> Settled:
    """Return the statements with durations that begin the day after the period before them ended.

    A period is known to have ended on a day of a balance sheet, or with another duration. Of several such days about
    where the period before must have ended, one with the opening cash of the cash flow statement goes first. Where
    fiscal years end on a weekday, this holds for last days that are not printed, too, and the rule that the filing
    states, its years of 53 weeks and the other ends tell days that are not known. `fiscal_year_end` is the header's
    month and day.
    """
    calendar = _Weeks(statements, years, fiscal_year_end)
    moved: dict[Period, Period] = {}
    uncertain: set[Duration] = set()
    for period in sorted(calendar.durations, key=lambda period: (period.end, period.start), reverse=True):
        end = calendar.last_day(period.end)
        expected = Duration(period.start + (end - period.end), end)
        start, certain = calendar.first_day(period, expected)
        moved[period] = settled = Duration(start, end)
        if certain:
            calendar.know(start - _DAY)
        else:
            uncertain.add(settled)
    for instant in calendar.instants:
        moved[instant] = Instant(calendar.last_day(instant.day))
    return Settled(tuple(_moved(statement, moved) for statement in statements), frozenset(uncertain))


def uncertain_periods(filing: Filing, settled: Settled) -> Iterator[Finding]:
    """Yield a finding for each duration whose first day stays uncertain, at the first statement that has it."""
    seen: set[Duration] = set()
    for statement in settled.statements:
        for column in statement.columns if statement.qualifier is None else ():
            period = column.period
            if isinstance(period, Duration) and period in settled.uncertain and period not in seen:
                seen.add(period)
                message = (
                    f"the period that ended on {period.end} began on {period.start}, or a week earlier: "
                    "the fiscal years have 52 or 53 weeks, and no balance sheet or sentence tells"
                )
                line = filing.documents[statement.document].lines[statement.items[0].source.line].number
                yield Finding(Severity.WARNING, Code.PERIOD_UNCERTAIN, message, line)


class _Weeks:
    """What is known of the days on which periods end; periods that are settled add to it.

    A sentence that says on what day a year ended counts unless it may only name the month that years end with.

    `weekday` is the one on which all of them end, None if fiscal years end with a month.
    """

    def __init__(
        self, statements: Sequence[Statement], years: FiscalYears, fiscal_year_end: tuple[int, int] | None
    ) -> None:
        plain = [statement for statement in statements if statement.qualifier is None]
        columns = [column for statement in plain for column in statement.columns if column.qualifier is None]
        self.durations = {c.period for s in plain for c in s.columns if isinstance(c.period, Duration)}
        self.instants = {c.period for s in plain for c in s.columns if isinstance(c.period, Instant)}
        self._printed = {_end_of(column) for column in columns if not column.nominal}
        self._counted = {c.period for c in columns if c.counted}
        self._opening = _opening_cash(plain)
        self._balances = _balances(plain)
        self._long_years = years.long_years
        self._long_first_quarters = years.long_first_quarters
        weekdays = {day.weekday() for day in self._printed}
        self._rule = years.rule if years.rule is not None and years.rule.weekday in weekdays else None
        of_weeks = len(weekdays) == 1 and len(self._printed) > 1 and not all(map(ends_month, self._printed))
        self._weekday = self._rule.weekday if self._rule is not None else weekdays.pop() if of_weeks else None
        self._ends = {end for end in map(_end_of, columns) if end in self._printed or self._is_possible(end)}
        self._month_end = _month_end(fiscal_year_end)
        self._stated = {end for end in years.ends if end.weekday() == self._weekday or not ends_month(end)}
        if self._weekday is not None:
            self._ends |= self._stated

    def _is_possible(self, end: date) -> bool:
        """Whether a period may have ended on a day that is not printed."""
        if self._rule is not None:
            return self._rule.near(end) == end
        return self._weekday in (None, end.weekday())

    def know(self, end: date) -> None:
        """Remember that a period ended on a day."""
        if self._weekday is not None:
            self._ends.add(end)

    def last_day(self, nominal: date) -> date:
        """Return the day on which a period ended; `nominal` is as its heading says, maybe without a day."""
        if self._weekday is None or nominal in self._printed:
            return nominal
        near = [day for day in days_near(nominal) if day in self._stated]
        near = near or [day for day in days_near(nominal) if day in self._ends]
        if not near and self._rule is not None and are_near(rule := self._rule.near(nominal), nominal):
            near = [rule]
        return min(near, key=lambda day: abs(day - nominal), default=nominal)

    def first_day(self, period: Duration, expected: Duration) -> tuple[date, bool]:
        """Return the first day of a period of a column, `expected` by its length, and whether it is certain."""
        before = expected.start - _DAY
        near = [day for day in days_near(before) if day in self._ends and day < expected.end]
        near.sort(key=lambda day: abs(day - before))
        opening = self._opening.get(period, frozenset())
        with_cash = [day for day in near if opening & self._balances.get(day, frozenset())]
        if with_cash:
            return with_cash[0] + _DAY, True
        if self._weekday is None:
            keep = before in near or not near or expected.start.day == 1
            return (expected.start if keep else near[0] + _DAY), True
        if near:
            return (before if before in near else near[0]) + _DAY, True
        if self._rule is not None:
            rule = replace(self._rule, weekday=expected.end.weekday()).near(
                before
            )  # the weekday may have changed since
            if are_near(rule, before):
                return rule + _DAY, True
        return self._by_weeks(period, expected)

    def _by_weeks(self, period: Duration, expected: Duration) -> tuple[date, bool]:
        """The first day by the length in weeks: certain unless the year may have had a week more."""
        before = expected.start - _DAY
        short = (
            before + timedelta((self._weekday - before.weekday() + 3) % 7 - 3) if self._weekday is not None else before
        )
        is_year = (expected.end - expected.start).days >= _YEAR_DAYS
        begins_year = is_year or (self._month_end is not None and self._from_month_end(before) is not None)
        if period in self._counted or not begins_year:
            return short + _DAY, True
        long = short - _WEEK
        if is_year and self._long_years:
            return (long if expected.end.year in self._long_years else short) + _DAY, True
        if not is_year and self._fiscal_year(expected.end) in self._long_first_quarters:
            return long + _DAY, True
        possible = [day for day in (short, long) if self._can_end_year(day)]
        return (possible[0] if possible else short) + _DAY, len(possible) == 1

    def _fiscal_year(self, day: date) -> int:
        """The calendar year in which the fiscal year of a day ends, give or take some days."""
        month, last = self._month_end or (12, 31)
        return day.year + (day > safe_date(day.year, month, last) + timedelta(_LATEST))

    def _from_month_end(self, day: date) -> int | None:
        """How many days after the end of the fiscal year's month a day is, if that is possible; before, it is less."""
        month, last = self._month_end or (12, 31)
        distances = [(day - safe_date(day.year + i, month, last)).days for i in (-1, 0, 1)]
        return next((distance for distance in distances if _EARLIEST <= distance <= _LATEST), None)

    def _can_end_year(self, day: date) -> bool:
        """Whether the ends of years that are known, together with a day, lie within seven days of the year."""
        if self._month_end is None:
            return True
        distances = [d for end in {*self._printed, day} if (d := self._from_month_end(end)) is not None]
        return self._from_month_end(day) is not None and max(distances) - min(distances) < 7


def _end_of(column: Column) -> date:
    return column.period.day if isinstance(column.period, Instant) else column.period.end


def _month_end(fiscal_year_end: tuple[int, int] | None) -> tuple[int, int] | None:
    """The end of the month that a fiscal year ends with, by the day of one year ("0128", "0202"); None in mid-month."""
    if fiscal_year_end is None:
        return None
    nominal = safe_date(2001, *fiscal_year_end)
    near = (nominal + timedelta(days) for days in range(-_LATEST, 1 - _EARLIEST))
    last = next((day for day in near if ends_month(day)), None)
    return (last.month, last.day) if last is not None else None


def _opening_cash(statements: Iterable[Statement]) -> dict[Period, frozenset[Decimal]]:
    """The figures of rows of cash flow statements that say they are of the beginning of the period."""
    found: dict[Period, set[Decimal]] = {}
    for statement in statements:
        for item in statement.items if statement.kind is StatementKind.CASH_FLOW else ():
            if "beginning" in wording(item.label).words or any("beginning" in s.lower() for s in item.sections[-1:]):
                for column, figure in zip(statement.columns, item.figures, strict=True):
                    if figure is not None and figure.value:
                        found.setdefault(column.period, set()).add(figure.value)
    return {period: frozenset(values) for period, values in found.items()}


def _balances(statements: Iterable[Statement]) -> dict[date, frozenset[Decimal]]:
    """The figures of balance sheets in rows of cash, by their day."""
    found: dict[date, set[Decimal]] = {}
    for statement in statements:
        for item in statement.items if statement.kind is StatementKind.BALANCE_SHEET else ():
            if "cash" in wording(item.label).words:
                for column, figure in zip(statement.columns, item.figures, strict=True):
                    if figure is not None and figure.value and isinstance(column.period, Instant):
                        found.setdefault(column.period.day, set()).add(figure.value)
    return {day: frozenset(values) for day, values in found.items()}


def _moved(statement: Statement, moved: Mapping[Period, Period]) -> Statement:
    columns = tuple(replace(column, period=moved.get(column.period, column.period)) for column in statement.columns)
    return replace(statement, columns=columns)
