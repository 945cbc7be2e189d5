"""The days on which fiscal years of 52 or 53 weeks end, as sentences of a filing state the rule."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from converter.vocabulary import MONTHS, expression, find_word, lowercase, month_of

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = rf"({'|'.join(MONTHS)})\b"
_WEEKDAY = expression(rf"\b(?:{'|'.join(_WEEKDAYS)})", re.I)
_LAST = expression(r"\blast\s{1,9}\Z", re.I)
_OF_MONTH = expression(
    rf"\s{{1,9}}(?:in|of)\s{{1,9}}(?:each\s{{1,9}}|every\s{{1,9}}|the\s+month\s+of\s+)?{_MONTH}", re.I
)
_NEAREST = expression(
    r"\s{1,9}(?:that\s+(?:is|falls)\s+|which\s+is\s+|falling\s+)?(?:nearest|closest)\s{1,9}(?:to\s{1,9})?"
    rf"(?:the\s{{1,9}})?(?:(?:last\s+day|end)\s+(?:of|in)\s+)?{_MONTH}(?:\s{{1,9}}(\d{{1,2}})\b)?",
    re.I,
)
_OF_YEARS = expression(r"fiscal|\b5[23]\b|accounting\s+year|\byear[\s-]+ends?\b", re.I)
_OTHER_MATTER = expression(r"meeting|election", re.I)
_BEFORE, _AFTER = 160, 90

_ENDED = "ended"
_YEAR = expression(r"\byears?\s{1,9}ended\Z", re.I)
_FULL_DATE = expression(rf"\s{{1,9}}{_MONTH}\s{{1,9}}(\d{{1,2}}),?\s{{1,9}}((?:19|20)\d\d)\b", re.I)

_LONG_BEFORE = expression(r"(?:53(?:\s?rd)?|fifty[\s-]{1,9}(?:three|third)|extra|additional)[\s-]{1,9}\Z", re.I)
_YEAR_AFTER = expression(
    r"[^.;]{0,40}?\b(?:in|during|for|of|fiscal)\s{1,9}(?:(?:the|fiscal|year)\s{1,9}){0,3}((?:19|20)\d\d)\b", re.I
)
_FOURTEENTH = expression(r"(?:14th|fourteenth)\s{1,9}\Z", re.I)
_FIRST_QUARTER = expression(
    r"[^.;]{0,40}?\bfirst\s{1,9}(?:fiscal\s{1,9})?quarter\s{1,9}(?:of\s{1,9})?"
    r"(?:(?:its|our|the|fiscal|year)\s{1,9}){0,4}((?:19|20)\d\d)\b",
    re.I,
)
_YEAR_BEFORE = expression(r"\b(?:fiscal|year|our|the|in)\s{1,9}(?:year\s{1,9})?((?:19|20)\d\d)\b([^.;]{0,45})\Z", re.I)


class YearEnd(Struct, frozen=True):
    """A rule: the weekday (Monday is 0) nearest a day of the year, or the last one of a month."""

    weekday: int
    month: int
    day: int | None = None  # None: the last such weekday of the month

    def in_year(self, year: int) -> date:
        """Return the day on which the fiscal year ends in, or about, the given calendar year."""
        last = monthrange(year, self.month)[1]
        anchor = date(year, self.month, min(self.day or last, last)) + timedelta(3 if self.day else 0)
        return anchor - timedelta((anchor.weekday() - self.weekday) % 7)

    def near(self, day: date) -> date:
        """Return the end of a fiscal year that is nearest to a day."""
        return min((self.in_year(day.year + i) for i in (-1, 0, 1)), key=lambda end: abs(end - day))


class FiscalYears(Struct, frozen=True):
    """What a filing's sentences say of its fiscal years: the rule by which they end, and those of 53 weeks.

    Of the latter, `long_first_quarters` are those whose additional week is in the first quarter. `ends` are the days on
    which, in so many words, a year ended.
    """

    rule: YearEnd | None = None
    long_years: frozenset[int] = frozenset()
    long_first_quarters: frozenset[int] = frozenset()
    ends: frozenset[date] = frozenset()


def read_fiscal_years(texts: Iterable[str]) -> FiscalYears:
    """Read the rule and the long years that the lines of a document state; of several rules the first counts."""
    text = "\n".join(texts)
    lowered = lowercase(text)
    ends_of_day = (day + len("day") for day in find_word(text, "day", lowered))
    rules = (_rule_at(text, end) for end in ends_of_day if lowered.endswith(_WEEKDAYS, 0, end))
    rule = next((rule for rule in rules if rule is not None), None)
    weeks = list(find_word(text, "week", lowered))
    years = {year for week in weeks if (year := _long_year_at(text, week)) is not None}
    quarters = {year for week in weeks if (year := _long_first_quarter_at(text, week)) is not None}
    endings = (_day_at(text, position + len(_ENDED)) for position in find_word(text, _ENDED, lowered))
    ends = frozenset(day for day in endings if day is not None)
    return FiscalYears(rule, frozenset(years | quarters), frozenset(quarters), ends)


def _rule_at(text: str, end: int) -> YearEnd | None:
    """The rule that a sentence states whose weekday ends at an offset."""
    weekday = _WEEKDAY.search(text, end - 9, end)
    if weekday is None or weekday.end() != end:
        return None
    before = text[max(0, weekday.start() - _BEFORE) : weekday.start()]
    number = _WEEKDAYS.index(weekday[0].lower())
    last = _OF_MONTH.match(text, end, end + _AFTER) if _LAST.search(before) else None
    nearest = None if last else _NEAREST.match(text, end, end + _AFTER)
    if not (last or nearest) or not _OF_YEARS.search(before) or _OTHER_MATTER.search(before):
        return None
    if last:
        return YearEnd(number, month_of(last[1]))
    assert nearest is not None
    month = month_of(nearest[1])
    day = int(nearest[2] or monthrange(2001, month)[1])
    return YearEnd(number, month, day) if 1 <= day <= monthrange(2000, month)[1] else None


def _day_at(text: str, ended: int) -> date | None:
    """The full date at an offset, behind "ended", if a year ended then."""
    found = _FULL_DATE.match(text, ended, ended + _AFTER) if _YEAR.search(text, max(0, ended - 16), ended) else None
    if found is None:
        return None
    year, month, day = int(found[3]), month_of(found[1]), int(found[2])
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def _long_first_quarter_at(text: str, week: int) -> int | None:
    """The year to whose first quarter a sentence with the word "week" at an offset adds one."""
    count = _LONG_BEFORE.search(text, max(0, week - 24), week) or _FOURTEENTH.search(text, max(0, week - 24), week)
    found = _FIRST_QUARTER.match(text, week, week + _AFTER) if count else None
    return int(found[1]) if found else None


def _long_year_at(text: str, week: int) -> int | None:
    """The year that a sentence with the word "week" at an offset says to have 53 weeks."""
    count = _LONG_BEFORE.search(text, max(0, week - 24), week)
    if count is None:
        return None
    after = _YEAR_AFTER.match(text, week, week + _AFTER)
    if after:
        return int(after[1])
    before = _YEAR_BEFORE.search(text, max(0, count.start() - _AFTER), count.start())
    return int(before[1]) if before and "52" not in before[2] else None
