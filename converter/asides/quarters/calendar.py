"""A fiscal year of the statements -> the first and last days of its quarters.

A wrong day is worse than no fact: the days are those that are printed, or follow from a year of whole months. In a year
of weeks, the table or the document must tell how it is divided.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate

from converter.asides.quarters.weeks import WeeksOfQuarters, weeks_of
from converter.vocabulary import Duration, are_near, duration_ending, ends_month

_DAY = timedelta(days=1)
_QUARTER_DAYS = range(12 * 7, 17 * 7 + 1)


def quarters_of(
    year: Duration, printed: Mapping[int, date], weeks: Mapping[int, int], by_weeks: Callable[[], WeeksOfQuarters]
) -> tuple[Duration, ...] | None:
    """Return the four quarters of a fiscal year, None if their days are not certain.

    `printed` are the last days and `weeks` the lengths that the table prints, by quarter; `by_weeks` gives what the
    document says of the weeks of quarters.
    """
    if 4 in printed and not are_near(printed[4], year.end):
        return None
    first_three = [printed[n] for n in (1, 2, 3) if n in printed]
    if year.start.day == 1 and ends_month(year.end):
        nominal = [duration_ending(year.end, months=3 * n).start - _DAY for n in (3, 2, 1)]
        return _quarters_between(year, [printed.get(n, day) for n, day in enumerate(nominal, 1)], {})
    if len(first_three) == 3 and (not weeks_of(year) or all(d.weekday() == year.end.weekday() for d in first_three)):
        return _quarters_between(year, first_three, printed)
    if not weeks_of(year):
        return None
    if all(n in weeks for n in (1, 2, 3)) and weeks.get(4, 0) in (0, weeks_of(year) - weeks[1] - weeks[2] - weeks[3]):
        counts = accumulate(weeks[n] for n in (1, 2, 3))
        return _quarters_between(year, [year.start + timedelta(weeks=count) - _DAY for count in counts], printed)
    ends = by_weeks().ends(year, printed)
    return _quarters_between(year, ends, printed) if ends is not None else None


def _quarters_between(year: Duration, ends: Sequence[date], printed: Mapping[int, date]) -> tuple[Duration, ...] | None:
    """The quarters that end on these days, None if one is too short or too long, or ends on another printed day."""
    if len(ends) != 3 or any(not are_near(ends[n - 1], day) for n, day in printed.items() if n < 4):
        return None
    starts = [year.start, *(end + _DAY for end in ends)]
    quarters = tuple(Duration(start, end) for start, end in zip(starts, [*ends, year.end], strict=True))
    return quarters if all((q.end - q.start).days + 1 in _QUARTER_DAYS for q in quarters) else None
