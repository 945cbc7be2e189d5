"""The figures of a cover page: the shares outstanding of each class and the market value held by others, with days."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from converter.vocabulary import MONTH_NAME, expression, read_dates

_DAY = expression(rf"\b{MONTH_NAME}\.?\s+\d{{1,2}}\s?,?\s+(?:19|20)\d\d\b", re.I)
_NUMBER = (
    r"\d{1,3}(?:,\d{3}){1,4}(?!\d|,\d|\.\d)(?:\s+(?:million|billion)\b)?|\d{1,4}(?:\.\d{1,4})?\s+(?:million|billion)\b"
)
_COUNT = expression(rf"(?<![\d$.,])(?<!\$\s)(?P<number>{_NUMBER})", re.I)
_MAY_BE_COUNT = expression(r"\d(?:,\d{3}|\s+[mb]illion)", re.I)
_MONEY = expression(rf"\$\s?(?P<number>{_NUMBER})", re.I)
_POWERS = {"million": 6, "billion": 9}
_OUTSTANDING = expression(r"outstanding|latest\s+practicable", re.I)
_OUTSTANDING_ON = expression(rf"outstanding,?\s+(?:as\s+of|as\s+at|at|on)\s+(?P<day>{_DAY.pattern})", re.I)
_RESPECTIVELY = expression(r"\brespectively\b", re.I)
_SMALLEST_FLOAT = 100_000
_SHARES = expression(r"\bshares?\b|\bstock\b|\bunits?\b", re.I)
_OF_OTHERS = expression(r"affiliates?\b|market\s+value|authorized|weighted|\boptions?\b|\bheld\s+by\b|\bprice\b", re.I)
_MARKET_VALUE = expression(r"market\s+value", re.I)
_CLASS = expression(r"\b(?:class|series)\s+[A-D]\b", re.I)
_ABBREVIATION = expression(r"(?:\b(?:Inc|Co|Corp|Ltd|No|Nos|St|Mr|U\.S|N\.A|approx|L\.P)|\b[A-Z])\Z", re.I)
_SENTENCE_END = expression(
    r"(?P<stop>\.[)\"”]?\s+(?=[A-Z(\"“]|(?<=\n)\d))|(?P<blank>\n[ \t]*(?=\n))"
    r"|(?P<row>\n[ \t]*(?=number\s+of\s+shares|\d[\d,.]{0,20}\s+(?:million\s+|billion\s+)?shares))",
    re.I,
)
_END = expression(r"\n[ \t]*(?:documents?\s+incorporated|part\s+i\b|table\s+of\s+contents|index\b)", re.I)
_SECOND_QUARTER = expression(r"second\s+(?:fiscal\s+)?quarter", re.I)
_CHECK_MARK = expression(r"check\s*mark", re.I)
_LONGEST = 1_500
"""Characters of a sentence of a cover page, at most."""
_LOOK_BACK = 3
"""A table of classes stands so many paragraphs below the words that introduce it, at most."""
_MOST_CLASSES = 4


class CountOnCover(Struct, frozen=True):
    """A figure of the cover: its value in whole units, XBRL decimals, day, and the place [start, end) in the text.

    `stock_class` is the class as printed, "" without one.
    """

    value: Decimal
    decimals: int
    day: date
    start: int
    end: int
    stock_class: str = ""


class _Sentence(Struct, frozen=True):
    start: int
    end: int
    text: str
    begins_with: str


def end_of_cover(text: str, start: int) -> int:
    """Return the offset at which the cover page ends: after `start` and the last of its boxes."""
    boxes = [match.end() for match in _CHECK_MARK.finditer(text)]
    match = _END.search(text, max([start, *boxes]))
    return match.start() if match else len(text)


def read_shares_outstanding(text: str, end: int) -> tuple[CountOnCover, ...]:
    """Read the shares outstanding from the first `end` characters of a document.

    Return none if it is not certain which count is of which class, or of which day.
    """
    sentences = _sentences(text, end)
    found: list[CountOnCover] = []
    for number, sentence in enumerate(sentences):
        matches = list(_COUNT.finditer(sentence.text)) if _MAY_BE_COUNT.search(sentence.text) else []
        if not matches or _OF_OTHERS.search(sentence.text):
            continue
        if number and _goes_on(sentences[number - 1], sentence):
            continue
        context = _context(sentences, number)
        if not _OUTSTANDING.search(context) or not _SHARES.search(context):
            continue
        day = _day_outstanding(sentence.text) or _only_day(sentence.text) or _only_day(context)
        if day is None or _RESPECTIVELY.search(sentence.text):
            return ()
        spans = [match.span() for match in matches]
        names = _classes(sentence.text, spans)
        if names is None:
            return ()
        found += [_count(match, sentence.start, day, name) for match, name in zip(matches, names, strict=True)]
    names = [count.stock_class.casefold() for count in found]
    is_certain = len(set(names)) == len(names) <= _MOST_CLASSES
    return tuple(found) if is_certain else ()


def read_public_float(text: str, end: int) -> CountOnCover | None:
    """Read the market value of the shares that others than affiliates hold; None if value or day are not certain."""
    if not _MARKET_VALUE.search(text, 0, end):
        return None
    sentences = _sentences(text, end)
    for number, sentence in enumerate(sentences):
        values = [match for match in _MONEY.finditer(sentence.text) if _value(match["number"])[0] >= _SMALLEST_FLOAT]
        introduction = sentence.text if _MARKET_VALUE.search(sentence.text) else _introduction(sentences, number)
        if not introduction or len(values) != 1:
            continue
        day = _only_day(sentence.text) or _day_of_price(sentence.text)
        if day is None and not _DAY.search(sentence.text) and number:
            day = _only_day(introduction) or _only_day(sentences[number - 1].text)
        if day is not None:
            return _count(values[0], sentence.start, day, "")
    return None


def _introduction(sentences: Sequence[_Sentence], number: int) -> str:
    """Return the sentence close above that asks for the market value without giving one, "" without one."""
    for sentence in reversed(sentences[max(0, number - _LOOK_BACK) : number]):
        if _MONEY.search(sentence.text):
            return ""
        if _MARKET_VALUE.search(sentence.text):
            return sentence.text
    return ""


def _goes_on(previous: _Sentence, sentence: _Sentence) -> bool:
    """Whether a line that begins with shares goes on with a sentence about those that others hold."""
    is_open = sentence.begins_with == "row" and not _MONEY.search(previous.text)
    return is_open and _OF_OTHERS.search(previous.text) is not None


def _day_outstanding(text: str) -> date | None:
    """Return the day in "outstanding as of March 31, 1999"."""
    match = _OUTSTANDING_ON.search(text)
    return _date(match["day"]) if match else None


@lru_cache(maxsize=1)  # the page is searched for more than one figure
def _sentences(text: str, end: int) -> tuple[_Sentence, ...]:
    """Return the sentences of a text: a blank line ends one, too, and behind money a line that begins with shares."""
    cuts, beginnings = [0], ["blank"]
    for match in _SENTENCE_END.finditer(text, 0, end):
        if match["stop"] and _ABBREVIATION.search(text, max(0, match.start() - 10), match.start()):
            continue
        if match["row"] and not _MONEY.search(text, cuts[-1], match.start()):
            continue
        cuts.append(match.end())
        beginnings.append(match.lastgroup or "")
    return tuple(
        _Sentence(first, last, text[first:last], beginning)
        for (first, last), beginning in zip(pairwise([*cuts, end]), beginnings, strict=True)
        if last - first <= _LONGEST and not text[first:last].isspace()
    )


def _context(sentences: Sequence[_Sentence], number: int) -> str:
    """Return a sentence with those before it up to one that says "outstanding": a table has its words above."""
    first = number
    while first > max(0, number - _LOOK_BACK) and not _OUTSTANDING.search(sentences[first].text):
        first -= 1
    return " ".join(sentence.text for sentence in sentences[first : number + 1])


def _classes(text: str, spans: Sequence[tuple[int, int]]) -> list[str] | None:
    """Return the class of each count: the one named before it if the first count has one before, else after it.

    None if the first count has several before it.
    """
    named = [(match.start(), " ".join(match[0].split())) for match in _CLASS.finditer(text)]
    is_before = bool(named) and named[0][0] < spans[0][0]
    if sum(place < spans[0][0] for place, _ in named) > 1:
        return None
    limits = [
        (0, spans[0][0]),
        *((first[1], second[0]) for first, second in pairwise(spans)),
        (spans[-1][1], len(text)),
    ]
    names = []
    for number in range(len(spans)):
        start, end = limits[number if is_before else number + 1]
        within = [name for place, name in named if start <= place < end]
        names.append(within[-1 if is_before else 0] if within else "")
    return names


def _only_day(text: str) -> date | None:
    days = {day for match in _DAY.finditer(text) if (day := _date(match[0])) is not None}
    return days.pop() if len(days) == 1 else None


def _day_of_price(text: str) -> date | None:
    """Return the day of the price with which shares were valued, among several days."""
    matches = list(_DAY.finditer(text))
    ends = [*(match.start() for match in matches[1:]), len(text)]
    for match, end in zip(matches, ends, strict=False):
        if _SECOND_QUARTER.search(text, match.end(), end):
            return _date(match[0])
    return None


def _date(text: str) -> date | None:
    dates = read_dates(" ".join(text.split()))
    if len(dates) != 1 or dates[0].year is None or dates[0].month is None or dates[0].day is None:
        return None
    return date(dates[0].year, dates[0].month, dates[0].day)


def _value(number: str) -> tuple[Decimal, int]:
    """Return the value of a printed number, and its XBRL decimals."""
    digits, *power = number.replace(",", "").split()
    shift = _POWERS[power[0].lower()] if power else 0
    return Decimal(digits).scaleb(shift), len(digits.partition(".")[2]) - shift


def _count(match: re.Match[str], offset: int, day: date, stock_class: str) -> CountOnCover:
    value, decimals = _value(match["number"])
    start, end = match.span()
    return CountOnCover(value, decimals, day, offset + start, offset + end, stock_class)
