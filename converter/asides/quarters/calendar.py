"""A fiscal year of the statements -> the first and last days of its quarters.

A wrong day is worse than no fact: the days are those that are printed, or follow from a year of whole months. In a year
of weeks, the table or the document must tell how it is divided.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate

from msgspec import Struct

from converter.asides.quarters.marks import Mark
from converter.asides.quarters.weeks import WeeksOfQuarters, weeks_of
from converter.vocabulary import Duration, are_near, duration_ending, ends_month

_DAY = timedelta(days=1)
_QUARTER_DAYS = range(12 * 7, 17 * 7 + 1)
_NEAREST = 0.35
"""The most that the end of a quarter may be from a quarter of the year, in quarters."""


class Place(Struct, frozen=True):
    """A place in a fiscal year: its quarter, 0 for the whole year, and the printed last day, if there is one."""

    quarter: int
    end: date | None = None


def place_in(year: Duration, mark: Mark, offset: int) -> Place | None:
    """Return what a mark means in a fiscal year that is called after the year `offset` years before its end.

    None if it is of another year. A mark without a year may be of any.
    """
    named = mark.year is None or mark.year == year.end.year - offset
    if mark.end is not None and mark.end.month is not None and mark.quarter is None:
        return _place_of_day(year, mark, named)
    if not named:
        return None
    if mark.quarter is not None:
        end = None
        if mark.end is not None and mark.end.day is not None:
            of_day = _place_of_day(year, mark, named)
            end = of_day.end if of_day is not None and of_day.quarter == mark.quarter else None
        return Place(mark.quarter, end)
    return Place(0) if mark.total or mark.year is not None else None


def _place_of_day(year: Duration, mark: Mark, named: bool) -> Place | None:
    """The place of a last day; one without a year is taken in the fiscal year that the mark names."""
    printed = mark.end
    if printed is None or printed.month is None:
        return None
    years = (printed.year,) if printed.year is not None else (year.start.year, year.end.year)
    if printed.year is None and not named:
        return None
    for number in dict.fromkeys(years):
        try:
            day = date(number, printed.month, printed.day) if printed.day else _last_of_month(number, printed.month)
        except ValueError:
            continue
        quarters = 4 * ((day - year.start).days + 1) / ((year.end - year.start).days + 1)
        nearest = round(quarters)
        if 1 <= nearest <= 4 and abs(quarters - nearest) <= _NEAREST:
            return Place(nearest, day if printed.day else None)
    return None


def _last_of_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - _DAY


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
