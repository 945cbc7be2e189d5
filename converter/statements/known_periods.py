"""The periods of the columns of statements, to which those of other tables are compared."""

from collections.abc import Iterable
from datetime import date

from converter.statements.model import Statement
from converter.vocabulary import Duration, Instant, Period, are_near, days_near


class KnownPeriods:
    """The periods of the columns of statements."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._periods = {column.period for statement in statements for column in statement.columns}
        self._ending: dict[date, list[Period]] = {}
        for period in self._periods:
            self._ending.setdefault(last_day(period), []).append(period)

    def nearest(self, period: Period) -> Period | None:
        """Return the equal or nearest known period within days; for an instant, ends of durations count too."""
        if period in self._periods:
            return period
        days = [day for day in days_near(last_day(period)) if day in self._ending]
        if isinstance(period, Instant):
            return Instant(min(days, key=lambda day: abs(day - period.day))) if days else None
        candidates = [
            candidate
            for day in days
            for candidate in self._ending[day]
            if isinstance(candidate, Duration) and are_near(candidate.start, period.start)
        ]
        return min(candidates, default=None)


def last_day(period: Period) -> date:
    """The last day of a period."""
    return period.day if isinstance(period, Instant) else period.end
