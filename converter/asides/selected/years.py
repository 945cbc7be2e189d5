"""The fiscal years before those of the statements, by the way in which these follow each other."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cached_property

from converter.asides.periods import name_of
from converter.statements import YearEnd
from converter.vocabulary import Duration, ends_month

_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)


class EarlierYears:
    """Fiscal years that go on backwards from known ones: with the same month, on the same day, or on a weekday.

    `read_rule` gives what the filing says of the weekday; it is called only if that matters. Without it, a day counts
    only if no other day of the weekday lies as well within the seven days of the calendar on which such years end.
    """

    def __init__(self, years: Sequence[Duration], read_rule: Callable[[], YearEnd | None]) -> None:
        self._latest = max(years, key=lambda year: year.end)
        self._ends = {year.end for year in years} | {year.start - _DAY for year in years}
        self._read_rule = read_rule

    def year(self, name: int) -> Duration | None:
        """Return the fiscal year that ends in, or a week after, a calendar year; None if its days are not certain."""
        end, before = self._end(name), self._end(name - 1)
        if end is None or before is None or not 350 <= (end - before).days <= 380:
            return None
        return Duration(before + _DAY, end)

    @cached_property
    def _rule(self) -> YearEnd | None:
        rule = self._read_rule()
        return rule if rule is not None and all(rule.near(end) == end for end in self._ends) else None

    def _end(self, name: int) -> date | None:
        latest = self._latest.end
        nominal = _in_year(latest, latest.year - name_of(self._latest) + name)
        if all(map(ends_month, self._ends)) and len({end.month for end in self._ends}) == 1:
            return _last_of_month(nominal)
        if len({(end.month, end.day) for end in self._ends}) == 1:
            return nominal
        if len({end.weekday() for end in self._ends}) != 1:
            return None
        if self._rule is not None:
            return self._rule.near(nominal)
        possible = [day for day in _days_around(nominal) if day.weekday() == latest.weekday() and self._fits(day)]
        return possible[0] if len(possible) == 1 else None

    def _fits(self, day: date) -> bool:
        """Whether a day, with the known ones, lies within seven days of the year."""
        distances = [(end - _nearest(self._latest.end, end)).days for end in (*self._ends, day)]
        return max(distances) - min(distances) < 7


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)


def _nearest(anchor: date, day: date) -> date:
    """The anniversary of a day that is nearest to another day."""
    return min((_in_year(anchor, day.year + i) for i in (-1, 0, 1)), key=lambda anniversary: abs(anniversary - day))


def _last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - _DAY


def _days_around(day: date) -> Sequence[date]:
    return [day + timedelta(days) for days in range(-7, 8)]
