"""Ranges of dates in the texts around a table: "from May 3, 1994 (inception) to December 31, 1998"."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from converter.statements.calendar import safe_date
from converter.vocabulary import Duration, PartialDate, expression, read_dates

_INCEPTION = expression(r"inception|formation|commencement", re.I)
_RANGE_BEFORE = expression(
    r"\b(?:from|since|between|inception|formation|organization|commencement(?:\s+of\s+(?:\w+\s+)?operations)?)\W*\Z",
    re.I,
    first="fsbioc",
)
_WINDOW = 50
_LINK = expression(r"\b(?:to|through|thru|until)\b", re.I)
_YEAR = 350
"""So many days are about a year."""
_RANGE_AFTER = expression(r"\W{0,3}(?:date\s+of\s+|\w+\s+of\s+)?(?:inception|formation|commencement)", re.I)


def last_days(text: str) -> list[PartialDate]:
    """The dates that a text mentions, except those on which a range begins ("from May 3, 1994 (inception)")."""
    dates = read_dates(text)
    return [d for i, d in enumerate(dates) if i == len(dates) - 1 or not _begins_range(text, d)]


def _begins_range(text: str, day: PartialDate) -> bool:
    return bool(_RANGE_BEFORE.search(text, max(0, day.start - _WINDOW), day.start) or _RANGE_AFTER.match(text, day.end))


def since_inception(context_texts: Sequence[str]) -> Duration | None:
    """The range from inception to a last day that the texts around a table state, lines joined."""
    text = " ".join(reversed(context_texts))
    dates = [d for d in read_dates(text) if is_full(d)]
    for first, last in pairwise(dates):
        if _begins_range(text, first) and _INCEPTION.search(text, max(0, first.start - _WINDOW), last.start + 40):
            start, end = full_date(first), full_date(last)
            return Duration(start, end) if start < end else None
    return None


def since_day_of_others(headings: Sequence[str], end: date) -> Duration | None:
    """The time since the inception that the heading of another column dates, until a last day."""
    first = {range_.start for heading in headings if (range_ := since_inception([heading])) is not None}
    return Duration(first.pop(), end) if len(first) == 1 and min(first) < end else None


def parts_of_years(context_texts: Sequence[str]) -> dict[date, Duration]:
    """The ranges shorter than a year that the texts around a table state, lines joined, by their last day."""
    text = " ".join(reversed(context_texts))
    if not _LINK.search(text):
        return {}
    dates = [d for d in read_dates(text) if is_full(d)]
    found = {}
    for first, last in pairwise(dates):
        start, end = full_date(first), full_date(last)
        linked = _LINK.search(text, first.end, last.start) and last.start - first.end <= _WINDOW
        if linked and _begins_range(text, first) and 0 < (end - start).days < _YEAR:
            found[end] = Duration(start, end)
    return found


def is_full(day: PartialDate) -> bool:
    """Whether year, month and day are all printed."""
    return bool(day.year and day.month and day.day)


def full_date(day: PartialDate) -> date:
    """The date with its missing parts taken as 1."""
    return safe_date(day.year or 1, day.month or 1, day.day or 1)
