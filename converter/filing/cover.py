"""Read the cover page of a form or the first lines of a release: name, ticker, exchange and dates, as printed."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from converter.filing.cover_boxes import read_boxes
from converter.filing.cover_counts import CountOnCover, end_of_cover, read_public_float, read_shares_outstanding
from converter.filing.cover_identity import read_identity
from converter.filing.lines import TextSpan
from converter.filing.reader import Filing
from converter.vocabulary import MONTH_NAME, expression, is_periodic, read_dates, search_word

_LINES_READ = 150
_LINES_OF_FORM = 300
"""The cover page of a form has so many lines, at most."""
_MAX_AGE = timedelta(days=31)
"""A release without a year in its dateline is dated at most this long before it was filed."""


class CoverText(Struct, frozen=True):
    """A value of the cover and its place; `source` is None for a value from the submission's header."""

    value: str | date
    source: TextSpan | None = None


class CoverFigure(Struct, frozen=True):
    """A figure of the cover and its day: `value` in whole units, `decimals` as defined by XBRL.

    `stock_class` is the class of shares as printed, "" without one.
    """

    value: Decimal
    decimals: int
    day: date
    source: TextSpan
    stock_class: str = ""


class CoverAnswer(Struct, frozen=True):
    """What a box of the cover says: the element of the DEI taxonomy, and "Yes", "No" or a kind of filer."""

    name: str
    text: CoverText


class _PrintedDay(NamedTuple):
    year: int | None
    month: int
    day: int


class Cover(Struct, frozen=True):
    """The details of registrant and document that the cover states; None if not stated.

    `fiscal_year_end` is a gMonthDay (`--06-30`); `exchange` is spelled as printed, and so is `state`, the state of
    incorporation. Only the cover page of a form has what follows that.
    """

    name: CoverText | None = None
    ticker: CoverText | None = None
    exchange: CoverText | None = None
    form: CoverText | None = None
    released: CoverText | None = None
    period_end: CoverText | None = None
    fiscal_year_end: CoverText | None = None
    state: CoverText | None = None
    irs_number: CoverText | None = None
    shares_outstanding: tuple[CoverFigure, ...] = ()
    public_float: CoverFigure | None = None
    answers: tuple[CoverAnswer, ...] = ()


_EXCHANGES = r"(?:NASDAQ|NYSE|AMEX|OTC|NEW\s+YORK\s+STOCK|AMERICAN\s+STOCK|TSX|TSE|TORONTO\s+STOCK|CBOE|ARCA)"
_TICKER = expression(
    rf"\(\s*(?P<exchange>{_EXCHANGES}(?:\s*[A-Z./&-]){{0,40}}?)(?:\s*(?:[:;-]|\bsymbol:?)|\s)\s*"
    r"[\"'`]{0,2}(?P<ticker>(?-i:[A-Z][A-Z0-9]{0,4}(?:\.[A-Z]{1,2})?))[\"']{0,2}\s*(?:[;,][^()]{0,60})?\)",
    re.IGNORECASE,
)
_NAME_WORD = r"(?:[A-Z0-9][\w&.'’/-]*|&|of|and|the|for|de)"
_NAME_BEFORE = expression(rf"(?P<name>[A-Z0-9][\w&.'’/-]*(?:,?\s+{_NAME_WORD}){{0,9}}?,?\s*)\Z")
_CLAUSE_END = expression(r"--|–|—|\s-\s|/\s|\n[ \t]*\n|[:;)]")
_WORD = expression(r"\S+")
_DATE = rf"{MONTH_NAME}\.?\s+\d{{1,2}}(?:,?\s+(?:19|20)\d\d)?"
_PLACE_WORD = r"(?:[A-Z][\w.'’-]*+|[0-9]{1,2})"
_DASH = r"(?:-{1,2}|–|—)"
_SERVICE = r"(?:BUSINESS\s*WIRE|PR\s*NEWSWIRE|MARKET\s*WIRE|PRIMEZONE|GLOBE\s*NEWSWIRE)"
_WIRE = rf"(?:{_DASH}\s*)?\(\s*{_SERVICE}[^()\n]{{0,30}}\)\s*(?:{_DASH}\s*)?"
_DATELINE = expression(
    rf"\n[ \t]*(?P<place>(?=[A-Z]){_PLACE_WORD}(?:[ \t]+{_PLACE_WORD}){{0,3}}"
    rf"(?:,[ \t]*{_PLACE_WORD}(?:[ \t]+{_PLACE_WORD})?)?)"
    rf"(?:,?\s+|\s*{_WIRE})[(]?(?P<date>(?i:{_DATE}))\)?,?\s*"
    rf"(?:/[^/\n]{{3,60}}/\s*)?(?:{_DASH}|/|\.\.\.|\()"
)  # starts with the preceding line end: a pattern with a literal first character is searched many times as fast
_NOT_A_PLACE = expression(
    r"\b(?:ended|ending|months|weeks|quarters?|years?|period|fiscal|as|at|of|on|dated?|note)\b", re.IGNORECASE
)
_CHARTER = expression(r"\n[ \t(]*exact\s+name\s+of\s+(?:the\s+)?(?:registrant|company|issuer)", re.IGNORECASE)
_FORM = expression(
    r"\n[ \t]*form\s+(?P<form>(?:10-?[KQ](?:SB|405|T)?|20-?F)(?:/A)?)[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_PERIOD = expression(
    rf"\bfor\s+the\s+(?:fiscal\s+|quarterly\s+)?(?:year|quarter|period|transition\s+period)\s+ended:?\s+(?P<date>{_DATE})",
    re.IGNORECASE,
)
_COVER_PAGE_LENGTH = 2_000  # characters after the name of the form
_YEAR_END = expression(
    rf"\bfiscal\s+year\s+ends?\s+(?:on\s+)?(?P<date>{MONTH_NAME}\.?\s+\d{{1,2}})\b(?!\s*(?:,\s*)?(?:19|20)\d\d)",
    re.IGNORECASE,
)
_ANNOUNCED = expression(
    rf"\s*(?P<name>[A-Z0-9][\w&.'’/-]*(?:,?\s+{_NAME_WORD}){{0,9}}?),?\s+"
    r"(?:(?:today|has|also)\s+)*(?:today|announced|announces|reported|reports|released|said)\b"
)


def read_cover(filing: Filing, document: int | None) -> Cover:
    """Read the cover of a document, given by its index; values it lacks are taken from the filing's first document.

    Without an index, only the first document is read. Only explicit statements count: a ticker is in brackets after
    its exchange; a release date follows a place in a dateline; a name comes before such a ticker, after such a date
    if it "announced" something, or above "(Exact name of registrant ...)".
    """
    cover = _read(filing, document or 0)
    main = _read(filing, 0) if document else Cover()
    return Cover(*(getattr(cover, name) or getattr(main, name) for name in Cover.__struct_fields__))


def _read(filing: Filing, number: int) -> Cover:
    if number >= len(filing.documents):
        return Cover()
    lines = filing.documents[number].texts[:_LINES_OF_FORM]
    cover = _read_page("\n".join(("", *lines[:_LINES_READ])), number, filing.header.filed)
    if cover.form is None and (number or not is_periodic(filing.header.form)):
        return cover
    return replace(cover, **_read_form("\n".join(("", *lines)), number))


@lru_cache(maxsize=4)  # several steps read the cover of the current document
def _read_page(text: str, number: int, filed: date | None) -> Cover:
    """Read the cover from its lines, each of which is preceded by its line end."""
    page = _Page(text, number)
    symbol, form = _TICKER.search(page.text), _FORM.search(page.text)
    dateline = _dateline(page)
    period = _PERIOD.search(page.text, form.end(), form.end() + _COVER_PAGE_LENGTH) if form else None
    return Cover(
        name=_charter_name(page) or _name_before(page, symbol) or page.value(_announcement(page, dateline), "name"),
        ticker=page.value(symbol, "ticker"),
        exchange=page.value(symbol, "exchange"),
        form=page.value(form, "form"),
        released=_release_date(page, dateline, filed),
        period_end=_full_date(page, period),
        fiscal_year_end=_month_day(page, search_word(_YEAR_END, page.text, "fiscal")),
    )


@lru_cache(maxsize=4)
def _read_form(text: str, number: int) -> Mapping[str, Any]:
    """Read what only the cover page of a form has; return fields of Cover."""
    page = _Page(text, number)
    form = _FORM.search(text)
    end = end_of_cover(text, form.end() if form else 0)
    market_value = read_public_float(text, end)
    identity = read_identity(text, end)
    return {
        "state": page.value_at(identity.state),
        "irs_number": page.value_at(identity.irs_number),
        "shares_outstanding": tuple(page.figure(count) for count in read_shares_outstanding(text, end)),
        "public_float": None if market_value is None else page.figure(market_value),
        "answers": tuple(
            CoverAnswer(name, CoverText(value, page.source(first, last)))
            for name, (value, first, last) in read_boxes(text, end).items()
        ),
    }


class _Page:
    """The first lines of a document as one text whose offsets can be mapped back to lines and columns."""

    def __init__(self, text: str, number: int) -> None:
        self.text = text
        self._number = number
        self._starts = list(accumulate((len(line) + 1 for line in text.split("\n")[1:]), initial=1))

    def source(self, start: int, end: int) -> TextSpan:
        """Return the place of the characters [start, end); a range over several lines is cut to the first one."""
        line = bisect_right(self._starts, start) - 1
        line_start = self._starts[line]
        return TextSpan(self._number, line, start - line_start, min(end, self._starts[line + 1] - 1) - line_start)

    def value_at(self, span: tuple[int, int] | None) -> CoverText | None:
        """Return the text of a range, with whitespace collapsed; None without a range."""
        return None if span is None else CoverText(" ".join(self.text[slice(*span)].split()), self.source(*span))

    def figure(self, count: CountOnCover) -> CoverFigure:
        """Return a figure with its place."""
        source = self.source(count.start, count.end)
        return CoverFigure(count.value, count.decimals, count.day, source, count.stock_class)

    def value(self, match: re.Match[str] | None, group: str) -> CoverText | None:
        """Return a group of a match, with whitespace collapsed; None without a match."""
        if match is None:
            return None
        return CoverText(" ".join(match[group].split()), self.source(*match.span(group)))


def _charter_name(page: _Page) -> CoverText | None:
    """Return the registrant's name on the cover page of a form: the line above "(Exact name of registrant ...)"."""
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
    """Return the capitalised words directly before the bracket of a ticker symbol."""
    if symbol is None:
        return None
    end = symbol.start()
    window = page.text[max(0, end - 200) : end]
    sentence = _CLAUSE_END.split(window)[-1]
    start = end - len(sentence)
    for word in _WORD.finditer(sentence):
        match = _NAME_BEFORE.match(sentence, word.start())
        if match is not None:
            name = match["name"].strip().rstrip(",")
            name_start = start + word.start()
            return CoverText(" ".join(name.split()), page.source(name_start, name_start + len(name)))
    return None


def _dateline(page: _Page) -> re.Match[str] | None:
    matches = _DATELINE.finditer(page.text)
    return next((match for match in matches if not _NOT_A_PLACE.search(match["place"])), None)


def _announcement(page: _Page, dateline: re.Match[str] | None) -> re.Match[str] | None:
    """Match "<name> announced" in the first words after the dateline."""
    return None if dateline is None else _ANNOUNCED.match(page.text, dateline.end())


def _release_date(page: _Page, dateline: re.Match[str] | None, filed: date | None) -> CoverText | None:
    """Return the date of the dateline; the year of a date without one is inferred from the filing date."""
    if dateline is not None:
        for year, month, day in _printed_days(dateline["date"]):
            released = _day(year, month, day) if year else _latest_day(month, day, filed)
            if released is not None:
                return CoverText(released, page.source(*dateline.span("date")))
    return None


def _latest_day(month: int, day: int, filed: date | None) -> date | None:
    """Return the latest such date up to `filed`, or None if it is more than a month before."""
    if filed is None:
        return None
    days = (_day(year, month, day) for year in (filed.year, filed.year - 1))
    return next((day for day in days if day is not None and timedelta(0) <= filed - day <= _MAX_AGE), None)


def _full_date(page: _Page, match: re.Match[str] | None) -> CoverText | None:
    if match is not None:
        for year, month, day in _printed_days(match["date"]):
            if year and (full_date := _day(year, month, day)) is not None:
                return CoverText(full_date, page.source(*match.span("date")))
    return None


def _month_day(page: _Page, match: re.Match[str] | None) -> CoverText | None:
    if match is not None:
        for _, month, day in _printed_days(match["date"]):
            if _day(2000, month, day) is not None:
                return CoverText(f"--{month:02d}-{day:02d}", page.source(*match.span("date")))
    return None


def _printed_days(text: str) -> Iterator[_PrintedDay]:
    for partial in read_dates(text):
        if partial.month is not None and partial.day is not None:
            yield _PrintedDay(partial.year, partial.month, partial.day)


def _day(year: int, month: int, day: int) -> date | None:
    """Return the date, or None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
