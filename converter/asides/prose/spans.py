"""Phrases of running text -> periods: "for the six months ended December 31, 2003", "the fourth quarter"."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from itertools import islice

from converter.vocabulary import (
    MONTH_NAME,
    Duration,
    Instant,
    Period,
    are_near,
    duration_ending,
    expression,
    read_dates,
    read_mention,
)

_FULL_DATE = rf"{MONTH_NAME}\.? \d{{1,2}}, (?:19|20)\d\d"
_DATE = rf"(?:{_FULL_DATE}|{MONTH_NAME}\.? \d{{1,2}}(?!,? ?\d))"
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
"""A regular expression for the phrase of one period, including its preposition."""

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_ORDINAL_QUARTER = expression(r"\b(first|second|third|fourth)[- ](?:fiscal[- ])?quarter", re.I)
_PERIOD_END = rf",? (?:(?:of )?(?:fiscal )?(?:19|20)\d\d,? )?(?:ended|ending) ({_FULL_DATE})"
_QUARTER_AND_YEAR_END = expression(
    r"quarter(?:(?: of)?(?: fiscal)? (?:19|20)\d\d)?,? and (?:the )?(?:full[- ])?(?:fiscal )?year,? "
    rf"(?:ended|ending) ({_FULL_DATE})",
    re.I,
)
_STATED_ENDS = {
    3: (expression(rf"\bquarter{_PERIOD_END}", re.I), _QUARTER_AND_YEAR_END),
    12: (expression(rf"\byear{_PERIOD_END}", re.I),),
}
"""Length in months -> patterns for the day on which the text says that such a period ends."""
_LAST_YEAR = expression(r"(?:19|20)\d\d(?!.*\d{4})")
_AFTER_ENDED = expression(r"\b(?:ended|ending|to)\b(.*)")
_FISCAL_YEAR = expression(r"\bfiscal (?:19|20)\d\d", re.I)
_MAX_PERIODS = 100
_MONTHS_OF_WEEKS = {13: 3, 14: 3, 26: 6, 27: 6, 39: 9, 40: 9, 52: 12, 53: 12}
_LAST_EARLY_MONTH = 2  # a fiscal year that ends by this month may be named after the previous year
_DAYS_OF_MONTHS = {3: (83, 99), 6: (174, 190), 9: (265, 282), 12: (357, 372)}


def read_day(text: str) -> date | None:
    """Return the day of a full date ("December 31, 2003"), None for any other text."""
    dates = read_dates(text)
    if not dates or not (dates[0].year and dates[0].month and dates[0].day):
        return None
    return date(dates[0].year, dates[0].month, dates[0].day)


class TextPeriods:
    """Resolves the period phrases of a document, given the periods of its statements' columns.

    `columns` are those periods, of which the first hundred count; `texts` is read only if it is needed.
    """

    def __init__(self, columns: Iterable[Period], texts: Iterable[str]) -> None:
        periods = list(islice(dict.fromkeys(columns), _MAX_PERIODS))
        self.durations = sorted(period for period in periods if isinstance(period, Duration))
        self.ends = sorted({p.day if isinstance(p, Instant) else p.end for p in periods})
        self.last_day = max((period.end for period in self.durations), default=None)
        self._texts = texts

    @cached_property
    def _text(self) -> str:
        return "\n".join(self._texts)

    @cached_property
    def ordinal(self) -> int | None:
        """The number of the first quarter that the text names, None if it names none."""
        match = _ORDINAL_QUARTER.search(self._text)
        return _ORDINALS[match[1].lower()] if match else None

    def nearest(self, day: date) -> date:
        """Return the end of a column within days of a stated day, else the day itself."""
        candidates = [end for end in self.ends if are_near(end, day)]
        return min(candidates, key=lambda end: abs(end - day), default=day)

    def resolve(self, phrase: str) -> Duration | None:
        """Return the duration of a period phrase, None if it is not certain."""
        ended = _AFTER_ENDED.search(phrase)
        name = phrase[: ended.start()] if ended else phrase
        mention = read_mention(name)
        months = mention.months or _MONTHS_OF_WEEKS.get(mention.weeks or 0) or (12 if _FISCAL_YEAR.search(name) else 0)
        if months not in _DAYS_OF_MONTHS or not self._has_current_ordinal(name):
            return None
        if ended is None:
            return self._current(name, months)
        day = read_day(ended[1])
        if day is not None:
            return self._ending(self.nearest(day), months, mention.weeks)
        dates = {(part.month, part.day) for part in read_dates(ended[1])}
        ends = [duration for duration in self._of_length(months) if (duration.end.month, duration.end.day) in dates]
        return max(ends, key=lambda duration: duration.end, default=None)

    @cached_property
    def stated_lengths(self) -> frozenset[int]:
        """The lengths in months (3, 12) of periods that, by the text, end with the last column."""
        return frozenset(
            months
            for months, patterns in _STATED_ENDS.items()
            for pattern in patterns
            for text in pattern.findall(self._text)
            if (day := read_day(text)) is not None and self.nearest(day) == self.last_day
        )

    def _of_length(self, months: int) -> list[Duration]:
        least, most = _DAYS_OF_MONTHS[months]
        return [d for d in self.durations if least <= (d.end - d.start).days + 1 <= most]

    def _ending(self, end: date, months: int, weeks: int | None = None) -> Duration:
        column = next((d for d in self._of_length(months) if d.end == end), None)
        known_ends = [day for day in self.ends if day < end]
        return column or duration_ending(end, months=None if weeks else months, weeks=weeks, known_ends=known_ends)

    def _current(self, phrase: str, months: int) -> Duration | None:
        """Return the period of this length that ends with the last column, if a column or the text confirms it."""
        if self.last_day is None:
            return None
        is_confirmed = any(d.end == self.last_day for d in self._of_length(months)) or months in self.stated_lengths
        if not is_confirmed or not self._has_current_year(phrase, months):
            return None
        return self._ending(self.last_day, months)

    def _has_current_ordinal(self, phrase: str) -> bool:
        """Whether the phrase names no quarter, or the first one that the document names."""
        match = _ORDINAL_QUARTER.search(phrase)
        return match is None or _ORDINALS[match[1].lower()] == self.ordinal

    def _has_current_year(self, phrase: str, months: int) -> bool:
        """Whether the phrase names no year, or the one of the last column."""
        year = _LAST_YEAR.search(phrase)
        if year is None or self.last_day is None:
            return True
        quarter = _ORDINAL_QUARTER.search(phrase)
        if months == 12:
            months_ahead = 0
        elif months == 3 and quarter:
            months_ahead = 3 * (4 - _ORDINALS[quarter[1].lower()])
        else:
            return False
        month_index = self.last_day.year * 12 + self.last_day.month - 1 + months_ahead
        return month_index % 12 + 1 > _LAST_EARLY_MONTH and month_index // 12 == int(year[0])
