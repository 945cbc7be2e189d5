"""Parse dates and period lengths in headings, and compute the durations that they mean."""

import calendar
import re
from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from converter.vocabulary.expressions import expression
from converter.vocabulary.keywords import has_any, keyword_pattern
from converter.vocabulary.months import MONTH_PREFIXES, month_of

PIVOT = 50
"""Two-digit years from this one on belong to the 1900s, smaller ones to the 2000s."""
NEAR = timedelta(days=8)
"""Greatest distance of two days that denote the same end of a period: a week and a day.

A 52/53-week fiscal year ends on a different day each year, and "June 30" may denote the Saturday before.
"""


class Instant(Struct, frozen=True, order=True, gc=False):
    """The end of a day."""

    day: date


class Duration(Struct, frozen=True, order=True, gc=False):
    """A span of days; `start` and `end` are both included."""

    start: date
    end: date


Period = Instant | Duration


class PartialDate(Struct, frozen=True, gc=False):
    """A date with the parts that are printed; `start` and `end` (exclusive) are its offsets in the text."""

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int


class Mention(Struct, frozen=True, gc=False):
    """The dates and period lengths mentioned in a heading; any of them may be missing.

    - `months`, `weeks`: the length, such as 1, 3, 6, 9, 12 months or 13, 26, 39, 52, 53 weeks; None also if the text
      names several lengths ("three and nine months ended");
    - `quarter`: 1 to 4, of a heading that names a quarter of the fiscal year ("Third Quarter", "Q3", "3rd Qtr");
    - `to_date`: the text says "year to date"; `inception`: it says "since inception";
    - `is_range`: the first two dates are the first and the last day of one period ("from January 1, 1998 through
      March 5, 1998").
    """

    months: int | None = None
    weeks: int | None = None
    quarter: int | None = None
    to_date: bool = False
    inception: bool = False
    dates: tuple[PartialDate, ...] = ()
    is_range: bool = False


_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_NUMBER_WORDS = {word: n for n, word in enumerate((*_UNITS, *_TEENS), 1)} | _TENS
_TEEN = "|".join(_TEENS)
_UNIT = "|".join(_UNITS)
_COUNT = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-]*(?:{_UNIT}))?|{_TEEN}|{_UNIT}|(?<![\d.,])\d{{1,2}})"
# For speed, some patterns are only tried if the text contains one of their keywords (*_WORDS, in lowercase), and most
# start with a lookahead for the first characters.
_UNIT_WORDS = ("mo", "week", "wk", "quarter", "qtr")
_COUNTED = re.compile(
    rf"(?=\d|[tefsno][nwhoiel][eoriuvfxgn])(?P<several>{_COUNT}\s*(?:,|and|&|or|/)\s*)?(?P<count>{_COUNT})[\s-]*"
    r"(?P<unit>month|mos?\b|week|wks?\b|quarter|qtr)",
    re.IGNORECASE,
)
_AND_ANOTHER = re.compile(r"s?(?:[\s-]+periods?)?(?:\s+end(?:ed|ing))?\s*(?:and|&|,)\s*(?:the\s+)?", re.IGNORECASE)
_LENGTH_WORDS = ("q", "half", "1h", "2h", "h1", "h2", "semi", "month", "year", "date", "ytd", "fiscal", "annual", "fy")
_QUARTER = expression(
    r"quarter|\bqtr|\bq[1-4](?![^\W_])|\bq[1-4]\s?'?\d\d|(?<![^\W_])[1-4]q", re.IGNORECASE, first="q1-4"
)
_ORDINAL = expression(
    r"\b(?:(first|1st)|(second|2nd)|(third|3rd)|(fourth|4th))[\s-]+(?:fiscal\s+)?(?:quarter|qtr)|"
    r"(?<![^\W_])(?:q([1-4])|([1-4])q)(?![^\W\d_])",
    re.IGNORECASE,
    first="fstq1-4",
)
_HALF = expression(
    r"\bhalf[\s-]*year|(?:first|second|1st|2nd)\s+half|\bsemi-?annual|\bhalf\s+ended|"
    r"(?<![^\W_])(?:h[12]|[12]h)(?![^\W\d_])",
    re.IGNORECASE,
    first="hfs12",
)
_MONTH_ENDED = re.compile(r"\bmonth\s*(?:ended|ending|of)\b", re.IGNORECASE)
_TO_DATE = keyword_pattern("date|ytd", r"\b(?:years?|inception|cumulative|period)[\s-]*to[\s-]*date|\bytd\b")
_YEAR = expression(
    r"(?<!prior )(?<!previous )(?<!last )(?<!preceding )(?<!per )\byears?(?=ende?d|ending|\b)"
    r"(?![\s-]*(?:to\b|end\b|ends\b))"
    r"|\bfiscal\b(?![\s-]*year)|\bannual|\bfy(?=\s?'?\d|\b)",
    re.IGNORECASE,
    first="yfa",
)
_INCEPTION = keyword_pattern(
    "inception|formation|commencement|development",
    r"inception|date\s+of\s+formation|commencement|development\s+stage",
)

_MONTH = (
    r"(?:(?<![^\W\d_])|(?<=ended)|(?<=ending)|(?<=months)|(?<=weeks)|(?<=year))"
    r"(?P<{0}>jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![^\W\d_])\.?"
)
_CENTURY = r"(?:19|20)\d\d(?!\d)"
_DATE_WORD = re.compile(rf"\d|{'|'.join(MONTH_PREFIXES)}")
_DATE = re.compile(
    rf"(?=[\d'\u2019`]|[jfmasond][aepuco][nbrylgptvc]|fy|[qh]\d)(?:{_MONTH.format('m8')}-(?P<s2>9\d|0\d|1[0-2])(?![\d/-]|,?\s?(?:19|20)\d\d)"
    rf"|{_MONTH.format('m1')}[\s-]*(?P<d1>\d{{1,2}})(?![\d/]|,\d{{3}}(?!\d))(?:st|nd|rd|th)?"
    rf"(?:[\s,.-]*(?P<y1>{_CENTURY})|[\s,]+(?P<a1>['\u2019`]\d\d)(?!\d)|-(?P<s1>\d\d)(?!\d))?"
    rf"|(?<![\d.,/])(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]*{_MONTH.format('m2')}"
    rf"(?:[\s,.-]*(?P<y2>{_CENTURY})|[\s,-]+(?P<a2>['\u2019`]?\d\d)(?![\d,]))?"
    rf"|{_MONTH.format('m3')}[\s,]*(?P<y3>{_CENTURY})"
    rf"|(?<![\d/.-])(?P<m4>\d{{1,2}})(?P<sep>[/.-])(?P<d4>\d{{1,2}})(?P=sep)(?P<y4>{_CENTURY}|\d\d(?!\d))(?![/-])"
    rf"|(?<![\d/.-])(?P<y5>{_CENTURY})-(?P<m5>\d\d)-(?P<d5>\d\d)(?!\d)"
    rf"|(?<![\d/.])(?P<m6>1[0-2]|0?[1-9])/(?P<d6>\d\d)(?![\d/])"
    rf"|(?<![\d.,$/-])(?P<y7>{_CENTURY})(?!,\d|\.\d|%|/\d)"
    rf"|(?<!\w)(?P<y8>['\u2019`]\d\d)(?![\d,])"
    rf"|(?<![^\W_])(?:fy|[qh][1-4]|[1-4][qh])\s?(?P<y9>['\u2019`]?\d\d)(?!\d)"
    rf"|(?-i:(?=[A-Z])){_MONTH.format('m9')})",
    re.IGNORECASE,
)
_PARTS_OF_FORM = {
    **{year: (year, "m1", "d1") for year in ("y1", "a1", "s1")},
    **{year: (year, "m2", "d2") for year in ("y2", "a2")},
    **{year: (year, "", "") for year in ("y7", "y8", "y9")},
    "d1": ("", "m1", "d1"),
    "m2": ("", "m2", "d2"),
    "y3": ("y3", "m3", ""),
    "y4": ("y4", "m4", "d4"),
    "d5": ("y5", "m5", "d5"),
    "d6": ("", "m6", "d6"),
    "s2": ("s2", "m8", ""),
    "m9": ("", "m9", ""),
}
"""The groups of year, month and day in each form of a date, by the last of its groups."""
_LINK = re.compile(
    r"\W{0,9}(?:\([^()]{0,80}\)|inception)?\W{0,9}(?:through|thru|to|until|and\s+ending)\W{0,9}"
    r"|\)?\s{0,9}[-\u2013]{1,3}\s{0,9}",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def read_dates(text: str) -> tuple[PartialDate, ...]:
    """Parse the dates in `text`, a title or the heading of one column.

    Two-digit years are split at 50: '49 is 2049, '50 is 1950. The result is cached.
    """
    return tuple(_dates(text))


@lru_cache(maxsize=1024)
def read_mention(text: str) -> Mention:
    """Parse the dates and period lengths in `text`, as `read_dates` does the dates. The result is cached."""
    dates = read_dates(text)
    months, weeks = _lengths(text)
    inception = _INCEPTION.search(text) is not None
    return Mention(
        months=months,
        weeks=weeks,
        quarter=_quarter(text),
        to_date=not inception and _TO_DATE.search(text) is not None,
        inception=inception,
        dates=dates,
        is_range=_is_range(text, dates),
    )


def lists_lengths(text: str) -> bool:
    """Whether a text names several lengths of periods at once, as titles do: "Three months and nine months ended"."""
    found = [*_COUNTED.finditer(text)] if has_any(text.lower(), _UNIT_WORDS) else []
    return any(match["several"] for match in found) or any(
        _AND_ANOTHER.fullmatch(text, first.end(), second.start()) for first, second in pairwise(found)
    )


def _quarter(text: str) -> int | None:
    """The quarter of the fiscal year that a text names, if it is just one."""
    found = set()
    for match in _ORDINAL.finditer(text) if has_any(text.lower(), ("q",)) else ():
        digit, number = match[5] or match[6], match.lastindex
        found.add(int(digit) if digit else number)
    return found.pop() if len(found) == 1 else None


def duration_ending(
    end: date, *, months: int | None = None, weeks: int | None = None, known_ends: Collection[date] = ()
) -> Duration:
    """Return the duration of the given number of months or weeks whose last day is `end`.

    A period that ends on the last day of a month starts on the first day of one. A number of months that ends within
    a month belongs to a 52/53-week fiscal year, where three months are 13 weeks. If one of `known_ends` (ends of other
    periods of the same company) is near the expected end of the preceding period, the period starts on the day after
    it, which is exact for a year of 53 weeks too. Raises ValueError unless months or weeks are positive.
    """
    if weeks is not None and weeks > 0:
        start = end - timedelta(weeks=weeks) + timedelta(days=1)
    elif months is not None and months > 0:
        start = _first_day(end, months)
    else:
        raise ValueError("a duration needs a positive number of months or weeks")
    before = start - timedelta(days=1)
    preceding_ends = [day for day in known_ends if are_near(day, before) and day < end]
    if weeks is None and preceding_ends:
        start = min(preceding_ends, key=lambda day: (abs(day - before), day)) + timedelta(days=1)
    return Duration(start, end)


def days_near(day: date) -> list[date]:
    """Return the days near `day` (see `are_near`), in order."""
    return [day + timedelta(days) for days in range(-NEAR.days, NEAR.days + 1)]


def are_near(first: date, second: date) -> bool:
    """Whether two days are close enough to denote the same end of a period."""
    return abs(first - second) <= NEAR


def ends_month(day: date) -> bool:
    """Whether `day` is the last day of its month; 28 February counts in leap years too."""
    return day.day == calendar.monthrange(day.year, day.month)[1] or (day.month, day.day) == (2, 28)


def _first_day(end: date, months: int) -> date:
    if ends_month(end):
        index = end.year * 12 + end.month - months
        return date(index // 12, index % 12 + 1, 1)
    if months % 3 == 0:
        return end - timedelta(weeks=months // 3 * 13) + timedelta(days=1)
    index = end.year * 12 + end.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(end.day, calendar.monthrange(year, month)[1])) + timedelta(days=1)


def _lengths(text: str) -> tuple[int | None, int | None]:
    """Return the months and weeks that the text counts; a quarter, half or year counts only if no number is given."""
    months: set[int | None] = set()
    weeks: set[int | None] = set()
    lowered = text.lower()
    for match in _COUNTED.finditer(text) if has_any(lowered, _UNIT_WORDS) else ():
        unit = match["unit"].lower()
        lengths = weeks if unit.startswith("w") else months
        count = 0 if match["several"] else _count(match["count"]) * (3 if unit.startswith("q") else 1)
        lengths.add(count or None)  # "0 months" is no length
    if not months and not weeks and has_any(lowered, _LENGTH_WORDS):
        months = _named_lengths(text)
    return _only(months), _only(weeks)


def _named_lengths(text: str) -> set[int | None]:
    if _QUARTER.search(text):
        return {3}
    if _HALF.search(text):
        return {6}
    if not _TO_DATE.search(text) and _YEAR.search(text):
        return {12}
    return {1} if _MONTH_ENDED.search(text) else set()


def _only(lengths: set[int | None]) -> int | None:
    return lengths.pop() if len(lengths) == 1 else None


def _count(text: str) -> int:
    """Parse a number such as "13", "nine" or "Twenty-six"; 0 if letters only look like one (a dotless i)."""
    if text.isdigit():
        return int(text)
    lowered = text.casefold()
    for tens, value in _TENS.items():
        if lowered.startswith(tens):
            return value + _NUMBER_WORDS.get(lowered.removeprefix(tens).strip(" -\n\t"), 0)
    return _NUMBER_WORDS.get(lowered, 0)


def _dates(text: str) -> list[PartialDate]:
    dates: list[PartialDate] = []
    if not _DATE_WORD.search(text.lower()):
        return dates
    for match in _DATE.finditer(text):
        in_year, in_month, in_day = _PARTS_OF_FORM[match.lastgroup or ""]
        year = _year(match[in_year]) if in_year else None
        month = _month(match[in_month]) if in_month else None
        day = int(match[in_day]) if in_day else None
        if month is not None and day is not None and month > 12 >= day:
            month, day = day, month  # 30/6/98 can only be the 30th of June
        if _is_possible(year, month, day):
            dates.append(PartialDate(year, month, day, match.start(), match.end()))
    return dates


def _is_possible(year: int | None, month: int | None, day: int | None) -> bool:
    if month is None:
        return True
    return 1 <= month <= 12 and (day is None or 1 <= day <= calendar.monthrange(year or 2000, month)[1])


def _year(text: str) -> int:
    number = int(text.lstrip("'\u2019`"))
    return number if number >= 100 else number + (1900 if number >= PIVOT else 2000)


def _month(text: str) -> int:
    return int(text) if text.isdigit() else month_of(text)


def _is_range(text: str, dates: tuple[PartialDate, ...]) -> bool:
    """Whether the first two dates are complete and linked by "to", "through" or a dash."""
    if len(dates) < 2 or any(partial.day is None or partial.month is None for partial in dates[:2]):
        return False
    return _LINK.fullmatch(text, dates[0].end, dates[1].start) is not None
