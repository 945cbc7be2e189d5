"""The first lines of a release, or the cover page of a form: name, ticker, exchange, dates, as they are printed."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

from msgspec import Struct

from converter.filing.lines import TextSpan
from converter.filing.reader import Filing
from converter.vocabulary import MONTH_NAME, read_mention, search_word

_LINES_READ = 150
_NEAR = timedelta(days=31)  # how long before its filing a release without a year in its dateline can be dated


class CoverText(Struct, frozen=True):
    """Something that the cover says; `source` is None where the submission's header says it."""

    value: str | date
    source: TextSpan | None = None


class Cover(Struct, frozen=True):
    """What the text of a document says of the registrant and of itself; None where it says nothing.

    `fiscal_year_end` is a gMonthDay (`--06-30`), `exchange` is spelled as printed.
    """

    name: CoverText | None = None
    ticker: CoverText | None = None
    exchange: CoverText | None = None
    form: CoverText | None = None
    released: CoverText | None = None
    period_end: CoverText | None = None
    fiscal_year_end: CoverText | None = None


_EXCHANGES = r"(?:NASDAQ|NYSE|AMEX|OTC|NEW\s+YORK\s+STOCK|AMERICAN\s+STOCK|TSX|TSE|TORONTO\s+STOCK|CBOE|ARCA)"
_TICKER = re.compile(
    rf"\(\s*(?P<exchange>{_EXCHANGES}[A-Z./&\s-]{{0,40}}?)\s*(?:[:;-]|\bsymbol:?|\s)\s*"
    r"[\"'`]{0,2}(?P<ticker>(?-i:[A-Z][A-Z0-9]{0,4}(?:\.[A-Z]{1,2})?))[\"']{0,2}\s*(?:[;,][^()]{0,60})?\)",
    re.IGNORECASE,
)
_NAME_WORD = r"(?:[A-Z0-9][\w&.'’/-]*|&|of|and|the|for|de)"
_NAME_BEFORE = re.compile(rf"(?P<name>[A-Z0-9][\w&.'’/-]*(?:,?\s+{_NAME_WORD}){{0,9}}?,?\s*)\Z")
_DATE = rf"{MONTH_NAME}\.?\s+\d{{1,2}}(?:,?\s+(?:19|20)\d\d)?"
_PLACE_WORD = r"(?:[A-Z][\w.'’-]*+|[0-9]{1,2})"
_DASH = r"(?:-{1,2}|–|—)"
_SERVICE = r"(?:BUSINESS\s*WIRE|PR\s*NEWSWIRE|MARKET\s*WIRE|PRIMEZONE|GLOBE\s*NEWSWIRE)"
_WIRE = rf"{_DASH}?\s*\(\s*{_SERVICE}[^()\n]{{0,30}}\)\s*{_DASH}?"
_DATELINE = re.compile(
    rf"\n[ \t]*(?P<place>(?=[A-Z]){_PLACE_WORD}(?:[ \t]+{_PLACE_WORD}){{0,3}}"
    rf"(?:,[ \t]*{_PLACE_WORD}(?:[ \t]+{_PLACE_WORD})?)?)"
    rf"(?:,?\s+|\s*{_WIRE}\s*)[(]?(?P<date>(?i:{_DATE}))\)?,?\s*"
    rf"(?:/[^/\n]{{3,60}}/\s*)?(?:{_DASH}|/|\.\.\.|\()"
)  # a line begins with its line end here, as an expression that begins with a letter is found many times as fast
_NOT_A_PLACE = re.compile(
    r"\b(?:ended|ending|months|weeks|quarters?|years?|period|fiscal|as|at|of|on|dated?|note)\b", re.IGNORECASE
)
_CHARTER = re.compile(r"\n[ \t(]*exact\s+name\s+of\s+(?:the\s+)?(?:registrant|company|issuer)", re.IGNORECASE)
_FORM = re.compile(
    r"\n[ \t]*form\s+(?P<form>(?:10-?[KQ](?:SB|405|T)?|20-?F)(?:/A)?)[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_PERIOD = re.compile(
    rf"\bfor\s+the\s+(?:fiscal\s+|quarterly\s+)?(?:year|quarter|period|transition\s+period)\s+ended:?\s+(?P<date>{_DATE})",
    re.IGNORECASE,
)
_COVER_PAGE = 2_000  # characters after the form's name
_YEAR_END = re.compile(
    rf"\bfiscal\s+year\s+ends?\s+(?:on\s+)?(?P<date>{MONTH_NAME}\.?\s+\d{{1,2}})\b(?!\s*,?\s*(?:19|20)\d\d)",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    rf"\s*(?P<name>[A-Z0-9][\w&.'’/-]*(?:,?\s+{_NAME_WORD}){{0,9}}?),?\s+"
    r"(?:(?:today|has|also)\s+)*(?:today|announced|announces|reported|reports|released|said)\b"
)


def read_cover(filing: Filing, document: int | None) -> Cover:
    """Read what the first lines of a document say (None: the filing's first document), then of the first document.

    Only what is spelled out counts: a ticker stands in brackets after its exchange; a release date opens the
    text after a place; a name stands before such a ticker, after such a date where it "announced" something, or
    above "(Exact name of registrant ...)".
    """
    cover = _read(filing, document or 0)
    main = _read(filing, 0) if document else Cover()
    return Cover(*(getattr(cover, name) or getattr(main, name) for name in Cover.__struct_fields__))


def _read(filing: Filing, number: int) -> Cover:
    if number >= len(filing.documents):
        return Cover()
    return _read_page("\n".join(("", *filing.documents[number].texts[:_LINES_READ])), number, filing.header.filed)


@lru_cache(maxsize=4)  # several steps ask for the cover of the document at hand
def _read_page(text: str, number: int, filed: date | None) -> Cover:
    """What lines say that each have their line end before them."""
    page = _Page(text, number)
    symbol, form = _TICKER.search(page.text), _FORM.search(page.text)
    dateline = _dateline(page)
    period = _PERIOD.search(page.text, form.end(), form.end() + _COVER_PAGE) if form else None
    return Cover(
        name=_charter_name(page) or _name_before(page, symbol) or page.said(_announcing(page, dateline), "name"),
        ticker=page.said(symbol, "ticker"),
        exchange=page.said(symbol, "exchange"),
        form=page.said(form, "form"),
        released=_released(page, dateline, filed),
        period_end=_dated(page, period),
        fiscal_year_end=_month_day(page, search_word(_YEAR_END, page.text, "fiscal")),
    )


class _Page:
    """The first lines of a document as one text, with the way back to lines and columns."""

    def __init__(self, text: str, number: int) -> None:
        self.text = text
        self._number = number
        self._starts = list(accumulate((len(line) + 1 for line in text.split("\n")[1:]), initial=1))

    def source(self, start: int, end: int) -> TextSpan:
        """The place of some characters; what runs over several lines is placed on the first of them."""
        line = bisect_right(self._starts, start) - 1
        begin = self._starts[line]
        return TextSpan(self._number, line, start - begin, min(end, self._starts[line + 1] - 1) - begin)

    def said(self, match: re.Match[str] | None, group: str) -> CoverText | None:
        """A group of a match, single-spaced."""
        if match is None:
            return None
        return CoverText(" ".join(match[group].split()), self.source(*match.span(group)))


def _charter_name(page: _Page) -> CoverText | None:
    """The registrant's name as the cover page of a form has it, on the line above its explanation."""
    match = _CHARTER.search(page.text)
    if match is None:
        return None
    end = match.start()
    for line in reversed(page.text[:end].splitlines(keepends=True)):
        end -= len(line)
        name = line.strip()
        if any(letter.isalpha() for letter in name):
            start = end + line.index(name)
            return CoverText(" ".join(name.split()), page.source(start, start + len(name)))
    return None


def _name_before(page: _Page, symbol: re.Match[str] | None) -> CoverText | None:
    """The run of capitalised words that ends where the ticker's bracket opens."""
    if symbol is None:
        return None
    end = symbol.start()
    window = page.text[max(0, end - 200) : end]
    sentence = re.split(r"--|–|—|\s-\s|/\s|\n\s*\n|[:;)]", window)[-1]
    start = end - len(sentence)
    for word in re.finditer(r"\S+", sentence):
        match = _NAME_BEFORE.match(sentence, word.start())
        if match is not None:
            name = match["name"].strip().rstrip(",")
            begin = start + word.start()
            return CoverText(" ".join(name.split()), page.source(begin, begin + len(name)))
    return None


def _dateline(page: _Page) -> re.Match[str] | None:
    matches = _DATELINE.finditer(page.text)
    return next((match for match in matches if not _NOT_A_PLACE.search(match["place"])), None)


def _announcing(page: _Page, dateline: re.Match[str] | None) -> re.Match[str] | None:
    """Who announces something in the first words after the dateline."""
    return None if dateline is None else _ANNOUNCED.match(page.text, dateline.end())


def _released(page: _Page, dateline: re.Match[str] | None, filed: date | None) -> CoverText | None:
    """The date of the dateline; one without a year only where the filing's date leaves no choice."""
    if dateline is not None:
        for year, month, day in _dates(dateline["date"]):
            released = _day(year, month, day) if year else _latest(month, day, filed)
            if released is not None:
                return CoverText(released, page.source(*dateline.span("date")))
    return None


def _latest(month: int, day: int, filed: date | None) -> date | None:
    if filed is None:
        return None
    days = (_day(year, month, day) for year in (filed.year, filed.year - 1))
    return next((day for day in days if day is not None and timedelta(0) <= filed - day <= _NEAR), None)


def _dated(page: _Page, match: re.Match[str] | None) -> CoverText | None:
    if match is not None:
        for year, month, day in _dates(match["date"]):
            if year and (said := _day(year, month, day)) is not None:
                return CoverText(said, page.source(*match.span("date")))
    return None


def _month_day(page: _Page, match: re.Match[str] | None) -> CoverText | None:
    if match is not None:
        for _, month, day in _dates(match["date"]):
            if _day(2000, month, day) is not None:
                return CoverText(f"--{month:02d}-{day:02d}", page.source(*match.span("date")))
    return None


def _dates(text: str) -> Iterator[tuple[int | None, int, int]]:
    for found in read_mention(text).dates:
        if found.month is not None and found.day is not None:
            yield found.year, found.month, found.day


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
