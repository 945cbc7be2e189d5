"""The periods of a filing's columns by the words for them."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date

from converter.asides.notes.tokens import Token
from converter.vocabulary import Duration, Instant, Period

_DAYS_OF_MONTHS = {3: (80, 100), 6: (170, 192), 9: (260, 285), 12: (350, 380)}
_MOST_DAYS_OFF = 10
_LAST_EARLY_MONTH = 2
"""A fiscal year that ends by this month may be called after the year before."""


class Periods:
    """The periods of a filing's columns by the words for them."""

    def __init__(self, periods: Iterable[Period]) -> None:
        distinct = set(periods)
        self._durations = sorted(period for period in distinct if isinstance(period, Duration))
        self._instants = sorted(period for period in distinct if isinstance(period, Instant))

    def resolve(self, years: Sequence[Token], instants: bool) -> list[Period | None]:
        """Return the period of each year, None where no column has it or it is not certain which is meant."""
        candidates: list[Period] = list(self._instants) if instants else []
        if not instants:
            least, most = _DAYS_OF_MONTHS[years[0].months]
            candidates = [d for d in self._durations if least <= (d.end - d.start).days + 1 <= most]
        found = [[p for p in candidates if _is_of(p, year, 0)] for year in years]
        if any(_end(p).month <= _LAST_EARLY_MONTH for p in candidates) and all(year.month is None for year in years):
            earlier = [[p for p in candidates if _is_of(p, year, 1)] for year in years]
            if sum(map(bool, earlier)) == sum(map(bool, found)):
                return [None] * len(years)
            found = max(found, earlier, key=lambda each: sum(map(bool, each)))
        return [each[0] if len(each) == 1 else None for each in found]


def _is_of(period: Period, year: Token, later: int) -> bool:
    """Whether a period ends in a year, or `later`, and near the day that is printed, if one is."""
    end = _end(period)
    if year.month is None:
        return end.year == year.year + later
    last = monthrange(year.year, year.month)[1]
    return abs((end - date(year.year, year.month, min(year.day or last, last))).days) <= _MOST_DAYS_OFF


def _end(period: Period) -> date:
    return period.day if isinstance(period, Instant) else period.end
