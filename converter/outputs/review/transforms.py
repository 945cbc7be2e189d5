"""Printed text -> the Inline XBRL transformation that reads it: the format, scale and sign of a fact in its place.

The formats are those of Transformation Rules Registry 4 (http://www.xbrl.org/inlineXBRL/transformation/2020-02-12).
Every reading is checked against the fact's own value: what a transformation would read differently, or not at all,
is not tagged in its place.
"""

import re
from datetime import date
from decimal import Decimal

from msgspec import Struct

from converter.report import Fact

REGISTRY = "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"

_NUMBER = re.compile(r"\d+(?:(?:,,?| ,)\d{3})*(?:\.\d+)?|\.\d+")
_DASH = r"[-\u2012-\u2015\u2212]"
_ZERO = re.compile(rf"(?<![\d.])(?:-0-|nil|{_DASH}(?: ?{_DASH}){{0,3}})(?![\d.])", re.IGNORECASE)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = "|".join((*_MONTHS, *(month.upper() for month in _MONTHS)))
_DATE = re.compile(rf"(?P<month>{_MONTH})[^0-9]+(?P<day>[0-9]{{1,2}})[^0-9]+(?P<year>[0-9]{{4}})")
_MONTH_DAY = re.compile(rf"(?P<month>{_MONTH})[^0-9]+(?P<day>[0-9]{{1,2}})")


class Printed(Struct, frozen=True):
    """How a fact is tagged where it is printed: the characters [start, end) of the text are its content.

    `format` is a local name of the registry or "", `scale` a power of ten, `negative` says that the fact is the
    negative of what is displayed.
    """

    start: int
    end: int
    format: str = ""
    scale: int = 0
    negative: bool = False


def read_printed(text: str, fact: Fact) -> Printed | None:
    """How the printed text (a figure with its currency sign and brackets, a date, a name) says the fact's value.

    None where no transformation reads this value out of it: a fraction, a date without its year, a damaged figure.
    """
    if isinstance(fact.value, Decimal):
        return _number(text, fact.value, fact.decimals or 0)
    if isinstance(fact.value, date):
        return _date(text, fact.value)
    if fact.value.startswith("--"):
        return _month_day(text, fact.value)
    return Printed(0, len(text)) if text == fact.value else None


def _number(text: str, value: Decimal, decimals: int) -> Printed | None:
    """The first figure of the text, scaled as its last digit and the fact's `decimals` say; a dash for a zero."""
    if not value and (dash := _ZERO.search(text)):
        return Printed(*dash.span(), "fixed-zero")
    found = _NUMBER.search(text)
    if found is None:
        return None
    digits = found[0].replace(",", "").replace(" ", "")
    scale = len(digits.partition(".")[2]) - decimals
    if Decimal(digits).scaleb(scale) != value.copy_abs():
        return None
    return Printed(*found.span(), "num-dot-decimal", scale, value < 0)


def _date(text: str, value: date) -> Printed | None:
    found = _DATE.fullmatch(text)
    if found is None or (int(found["year"]), _month(found), int(found["day"])) != (value.year, value.month, value.day):
        return None
    return Printed(0, len(text), "date-monthname-day-year-en")


def _month_day(text: str, value: str) -> Printed | None:
    found = _MONTH_DAY.fullmatch(text)
    if found is None or f"--{_month(found):02d}-{int(found['day']):02d}" != value:
        return None
    return Printed(0, len(text), "date-monthname-day-en")


def _month(found: re.Match[str]) -> int:
    return _MONTHS.index(found["month"].capitalize()) + 1
