"""The Inline XBRL transformation that reads a fact's value from printed text: its format, scale and sign.

The formats are those of Transformation Rules Registry 4 (http://www.xbrl.org/inlineXBRL/transformation/2020-02-12).
Every transformation is checked against the value of the fact: a fact is not tagged where it is printed if no
transformation gives its value.
"""

import re
from datetime import date
from decimal import Decimal

from msgspec import Struct

from converter.report import Fact

REGISTRY = "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"

_NUMBERS = (
    ("num-dot-decimal", re.compile(r"\d+(?:(?:,,?| ,| )\d{3})*(?:\.\d+)?|\.\d+"), str.maketrans("", "", ", ")),
    ("num-comma-decimal", re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?"), str.maketrans(",", ".", ".")),
)
"""Formats of numbers, how they are printed, and what makes digits with a decimal point of that."""
_DASH = r"[-\u2012-\u2015\u2212]"
_ZERO = re.compile(rf"(?<![\w.])(?:-0-|nil|none|no|zero|{_DASH}(?: ?{_DASH}){{0,3}})(?![\w.])", re.IGNORECASE)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = "|".join((*_MONTHS, *(month.upper() for month in _MONTHS)))
_DATE = re.compile(rf"(?P<month>{_MONTH})[^0-9]+(?P<day>[0-9]{{1,2}})[^0-9]+(?P<year>[0-9]{{4}})")
_MONTH_DAY = re.compile(rf"(?P<month>{_MONTH})[^0-9]+(?P<day>[0-9]{{1,2}})")


class Printed(Struct, frozen=True):
    """How a fact is tagged where it is printed: the content of its element are the characters [start, end) of a text.

    `format` is a local name of the registry or "", `scale` a power of ten; `negative` is true if the value is the
    negative of the displayed number.
    """

    start: int
    end: int
    format: str = ""
    scale: int = 0
    negative: bool = False


def read_printed(text: str, fact: Fact) -> Printed | None:
    """Return how to tag a fact in printed text: a figure with its currency sign and brackets, a date, a name.

    None if no transformation gives the fact's value: for a fraction, a date without its year, a damaged figure.
    """
    if isinstance(fact.value, Decimal):
        return _number(text, fact.value, fact.decimals or 0)
    if isinstance(fact.value, date):
        return _date(text, fact.value)
    if fact.value.startswith("--"):
        return _month_day(text, fact.value)
    return Printed(0, len(text)) if text == fact.value else None


def _number(text: str, value: Decimal, decimals: int) -> Printed | None:
    """Tag the first figure of the text, scaled so that its last digit agrees with the fact's `decimals`.

    A dash or "nil" is tagged for a zero.
    """
    if not value and (zero := _ZERO.search(text)):
        return Printed(*zero.span(), "fixed-zero")
    for name, number, plain in _NUMBERS:
        if match := number.search(text):
            digits = match[0].translate(plain)
            scale = len(digits.partition(".")[2]) - decimals
            if Decimal(digits).scaleb(scale) == value.copy_abs():
                return Printed(*match.span(), name, scale, value < 0)
    return None


def _date(text: str, value: date) -> Printed | None:
    match = _DATE.fullmatch(text)
    if match is None or (int(match["year"]), _month(match), int(match["day"])) != (value.year, value.month, value.day):
        return None
    return Printed(0, len(text), "date-monthname-day-year-en")


def _month_day(text: str, value: str) -> Printed | None:
    match = _MONTH_DAY.fullmatch(text)
    if match is None or f"--{_month(match):02d}-{int(match['day']):02d}" != value:
        return None
    return Printed(0, len(text), "date-monthname-day-en")


def _month(match: re.Match[str]) -> int:
    return _MONTHS.index(match["month"].capitalize()) + 1
