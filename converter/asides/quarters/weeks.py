"""How a document divides its fiscal years of weeks into quarters: 13 weeks each, or 12 and 16.

The days on which quarters ended tell, where sentences name them, and what sentences say of the weeks of quarters.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from converter.vocabulary import MONTHS, Duration, expression, find_word, lowercase, month_of

_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_DATE = expression(rf"\b({'|'.join(MONTHS)})\s{{1,40}}(\d{{1,2}}),\s{{1,40}}((?:19|20)\d\d)\b", re.I, first="jfmasond")
_OF_QUARTER = ("quarter", "weeks", "affiliates")
"""Words before a day on which a quarter ended; the public float is that of the end of the second quarter."""
_BEFORE, _LONGEST_DATE = 100, 100

Ends = tuple[int, int, int]
"""The weeks after which the first three quarters end."""
_USUAL: Mapping[int, Sequence[Ends]] = {
    52: ((13, 26, 39), (12, 24, 36), (16, 28, 40)),
    53: ((13, 26, 39), (13, 26, 40), (13, 27, 40), (14, 27, 40), (12, 24, 36), (16, 28, 40)),
}
_THIRTEEN = expression(r"\b(?:13|thirteen)[\s-]{1,40}weeks?\b", re.I)
_TWELVE = expression(r"\b(?:12|twelve)[\s-]{1,40}weeks?\b", re.I)
_FIRST_OR_LAST = ("first", "fourth", "last", "final")
_LONG_QUARTER = expression(
    r"\b(?:(fourth|last|final)|first)\s{1,40}(?:fiscal\s{1,40})?quarters?\b[^.;]{0,60}?\b(?:16|17|sixteen|seventeen)\b",
    re.I,
)


class WeeksOfQuarters:
    """What the lines of a document say of the quarters of these fiscal years."""

    def __init__(self, texts: Iterable[str], years: Sequence[Duration]) -> None:
        self._text = "\n".join(texts)
        self._lowered = lowercase(self._text)
        self._years = [year for year in years if weeks_of(year)]
        days = frozenset(self._days())
        self._ends = {year: frozenset(self._ends_in(year, days)) for year in self._years}

    @cached_property
    def _kinds(self) -> set[int]:
        """The kinds of quarters, as the document says or shows."""
        return self._kinds_by_ends() or self._kinds_by_words()

    def ends(self, year: Duration, known: Mapping[int, date]) -> tuple[date, date, date] | None:
        """Return the last days of the first three quarters of a fiscal year, None if they are not certain.

        `known` are those that are printed, by quarter.
        """
        exact = {
            n: ((day - year.start).days + 1) // 7 for n, day in known.items() if day.weekday() == year.end.weekday()
        }
        mentioned = self._ends.get(year, frozenset())
        possible = [
            ends
            for ends in _USUAL.get(weeks_of(year), ())
            if all(ends[n - 1] == weeks for n, weeks in exact.items() if n < 4)
            and mentioned <= set(ends)
            and (mentioned or len(exact.keys() & {1, 2, 3}) or self._kinds == {_kind(ends)})
        ]
        if len(possible) > 1:
            possible = [ends for ends in possible if self._kinds == {_kind(ends)}]
        if len(possible) != 1:
            return None
        first, second, third = (year.start + count * _WEEK - _DAY for count in possible[0])
        return first, second, third

    def _days(self) -> Iterator[date]:
        """Yield the days of sentences about quarters."""
        for match in self._dates():
            try:
                yield date(int(match[3]), month_of(match[1]), int(match[2]))
            except ValueError:
                continue

    def _dates(self) -> Iterator[re.Match[str]]:
        """Yield the dates behind words about quarters; nothing else of the text is searched for them."""
        position = 0
        for start in self._places(_OF_QUARTER):
            last = start + _BEFORE
            for match in _DATE.finditer(self._text, max(position, start), last + _LONGEST_DATE):
                if match.start() <= last:
                    yield match
            position = last + 1

    def _places(self, words: Iterable[str]) -> list[int]:
        """The offsets of all places of some words, in order."""
        return sorted(place for word in words for place in find_word(self._text, word, self._lowered))

    def _ends_in(self, year: Duration, days: Iterable[date]) -> Iterator[int]:
        """Yield the weeks of a year after which a quarter of a usual length ended, on the weekday of its end."""
        usual = {weeks for ends in _USUAL.get(weeks_of(year), ()) for weeks in ends}
        for day in days:
            weeks, rest = divmod((day - year.start).days + 1, 7)
            if not rest and weeks in usual:
                yield weeks

    def _kinds_by_ends(self) -> set[int]:
        found = [
            {_kind(possible) for possible in _USUAL[weeks_of(year)] if ends <= set(possible)}
            for year, ends in self._ends.items()
            if ends
        ]
        return set.intersection(*found) if found else set()

    def _kinds_by_words(self) -> set[int]:
        long, end = set(), 0
        for start in self._places(_FIRST_OR_LAST):
            if start >= end and (match := _LONG_QUARTER.match(self._text, start)):
                long.add(12 if match[1] else 16)
                end = match.end()
        if long or _TWELVE.search(self._text):
            return long
        return {13} if _THIRTEEN.search(self._text) else set()


def weeks_of(year: Duration) -> int:
    """Return the number of weeks of a fiscal year, 0 if it does not consist of weeks."""
    weeks, rest = divmod((year.end - year.start).days + 1, 7)
    return 0 if rest else weeks


def _kind(ends: Ends) -> int:
    return 13 if ends[0] in (13, 14) else ends[0]
