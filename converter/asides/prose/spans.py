"""Words of running text -> periods: "for the six months ended December 31, 2003", "the fourth quarter"."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cached_property

from converter.vocabulary import MONTH_NAME, Duration, Instant, Period, duration_ending, near, read_mention

_FULL = rf"{MONTH_NAME}\.? \d{{1,2}}, (?:19|20)\d\d"
_DATE = rf"(?:{_FULL}|{MONTH_NAME}\.? \d{{1,2}}(?!,? ?\d))"
_COUNT = (
    r"(?:three|six|nine|twelve|thirteen|fourteen|twenty-six|twenty-seven|thirty-nine|forty|fifty-two|fifty-three|"
    r"3|6|9|12|13|14|26|27|39|40|52|53)"
)
PERIOD_PHRASE = (
    r"\b(?i:(?:(?:for|in|during|of) )?(?:(?:the|its|our) )?(?:company's )?"
    r"(?:(?:(?:fiscal|first|second|third|fourth|full)[- ]){0,3}"
    rf"(?:quarter|(?:{_COUNT}[- ](?:months?|weeks?)(?:[- ]period)?)|year)(?![-\w]|'s)(?! (?:ago|earlier|before|over)\b)"
    r"|fiscal(?= (?:19|20)\d\d))"
    r"(?:(?: of)?(?: fiscal)?(?: year)? (?:19|20)\d\d)?)"
    rf"(?:,? (?:ended|ending|to|that ended(?: on)?) {_DATE})?"
)
"""A regular expression for the words of one period, its preposition included."""

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_ORDINAL = re.compile(r"\b(first|second|third|fourth)[- ](?:fiscal[- ])?quarter", re.I)
_END = rf",? (?:(?:of )?(?:fiscal )?(?:19|20)\d\d,? )?(?:ended|ending) ({_FULL})"
_BOTH = re.compile(
    r"quarter(?:(?: of)?(?: fiscal)? (?:19|20)\d\d)?,? and (?:the )?(?:full[- ])?(?:fiscal )?year,? "
    rf"(?:ended|ending) ({_FULL})",
    re.I,
)
_ENDS = {
    3: (re.compile(rf"\bquarter{_END}", re.I), _BOTH),
    12: (re.compile(rf"\byear{_END}", re.I),),
}
"""Length in months -> what a text says of the day on which such a period ends."""
_YEAR = re.compile(r"(?:19|20)\d\d(?!.*\d{4})")
_ENDED = re.compile(r"\b(?:ended|ending|to)\b(.*)")
_FISCAL_YEAR = re.compile(r"\bfiscal (?:19|20)\d\d", re.I)
_MONTHS_OF_WEEKS = {13: 3, 14: 3, 26: 6, 27: 6, 39: 9, 40: 9, 52: 12, 53: 12}
_EARLY = 2  # a fiscal year that ends by this month may bear the name of the year before
_LENGTHS = {3: (83, 99), 6: (174, 190), 9: (265, 282), 12: (357, 372)}


def read_day(text: str) -> date | None:
    """The day of a date with its year ("December 31, 2003"); None for any other text."""
    dates = read_mention(text).dates
    if not dates or not (dates[0].year and dates[0].month and dates[0].day):
        return None
    return date(dates[0].year, dates[0].month, dates[0].day)


class TextPeriods:
    """What the words of a document's text mean, given the periods of its statements' columns."""

    def __init__(self, columns: Sequence[Period], texts: Sequence[str]) -> None:
        self.durations = sorted({period for period in columns if isinstance(period, Duration)})
        self.days = {p.day if isinstance(p, Instant) else p.end for p in columns}
        self.last = max((period.end for period in self.durations), default=None)
        self._text = "\n".join(texts)

    @cached_property
    def ordinal(self) -> int | None:
        """The number of the quarter that the text speaks of first."""
        ordinal = _ORDINAL.search(self._text)
        return _ORDINALS[ordinal[1].lower()] if ordinal else None

    def nearest(self, day: date) -> date:
        """The end of a column that a stated day is shorthand for, else the day itself."""
        close = [known for known in self.days if near(known, day)]
        return min(close, key=lambda known: abs(known - day), default=day)

    def resolve(self, words: str) -> Duration | None:
        """The duration that a period phrase means; None where that is not certain."""
        ended = _ENDED.search(words)
        name = words[: ended.start()] if ended else words
        mention = read_mention(name)
        months = mention.months or _MONTHS_OF_WEEKS.get(mention.weeks or 0) or (12 if _FISCAL_YEAR.search(name) else 0)
        if months not in _LENGTHS or not self._numbered(name):
            return None
        if ended is None:
            return self._current(name, months)
        day = read_day(ended[1])
        if day is not None:
            return self._ending(self.nearest(day), months, mention.weeks)
        dates = {(part.month, part.day) for part in read_mention(ended[1]).dates}
        ends = [d for d in self._of_length(months) if (d.end.month, d.end.day) in dates]
        return max(ends, key=lambda d: d.end, default=None)

    @cached_property
    def said(self) -> frozenset[int]:
        """The lengths in months of which the text says that one ends with the last column: 3, 12."""
        return frozenset(
            months
            for months, expressions in _ENDS.items()
            for expression in expressions
            for found in expression.findall(self._text)
            if (day := read_day(found)) is not None and self.nearest(day) == self.last
        )

    def _of_length(self, months: int) -> list[Duration]:
        least, most = _LENGTHS[months]
        return [d for d in self.durations if least <= (d.end - d.start).days + 1 <= most]

    def _ending(self, end: date, months: int, weeks: int | None = None) -> Duration:
        column = next((d for d in self._of_length(months) if d.end == end), None)
        known = [day for day in self.days if day < end]
        return column or duration_ending(end, months=None if weeks else months, weeks=weeks, known_ends=known)

    def _current(self, words: str, months: int) -> Duration | None:
        """The period of this length that ends with the last column, if a column or the text says that there is one."""
        if self.last is None:
            return None
        exists = any(d.end == self.last for d in self._of_length(months)) or months in self.said
        if not exists or not self._of_this_year(words, months):
            return None
        return self._ending(self.last, months)

    def _numbered(self, words: str) -> bool:
        """Whether a quarter's number is the one that the document speaks of first."""
        found = _ORDINAL.search(words)
        return found is None or _ORDINALS[found[1].lower()] == self.ordinal

    def _of_this_year(self, words: str, months: int) -> bool:
        """Whether a year that the words name is that of the last column."""
        named = _YEAR.search(words)
        if named is None or self.last is None:
            return True
        found = _ORDINAL.search(words)
        if months == 12:
            ahead = 0
        elif months == 3 and found:
            ahead = 3 * (4 - _ORDINALS[found[1].lower()])
        else:
            return False
        index = self.last.year * 12 + self.last.month - 1 + ahead
        return index % 12 + 1 > _EARLY and index // 12 == int(named[0])
