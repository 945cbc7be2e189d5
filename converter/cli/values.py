"""Parsers of option values. All raise OptionError, which says what is wrong, and what would be right."""

import re
from datetime import date

from converter.cli.currencies import CURRENCIES

_EARLIEST = date(1980, 1, 1)  # the SEC has filings of 1993 and later; their figures may be older


class OptionError(ValueError):
    """A value that an option cannot have: `what` is wrong with it, and what to do instead (`remedy`)."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}: {remedy}")
        self.what = what
        self.remedy = remedy


def read_cik(text: str) -> str:
    """Check a Central Index Key of up to ten digits; return it as typed."""
    return _matching(
        text, text, r"0*[1-9][0-9]*", "is not a Central Index Key", "give up to ten digits, such as 320193"
    )


def read_currency(text: str) -> str:
    """Return an ISO 4217 code in capitals."""
    code = text.upper()
    if code not in CURRENCIES:
        raise OptionError(f"{text!r} is not a currency of ISO 4217", "give a code such as USD")
    return code


def read_month_day(text: str) -> str:
    """Return a month and a day as four digits: `0630`. 29 February, which most years do not have, is refused."""
    what, remedy = "is not a month and a day", "give them as in 06-30"
    digits = _matching(text, text, r"[0-9]{2}-?[0-9]{2}", what, remedy).replace("-", "")
    if digits == "0229":
        raise OptionError(f"{text!r} is not a day of every year", "give 02-28 for a year that ends with February")
    _date(text, f"2001-{digits[:2]}-{digits[2:]}", what, remedy)
    return digits


def read_day(text: str) -> date:
    """Parse a date in ISO 8601 format, between 1980 and the end of next year."""
    day = _date(text, text, "is not a date", "give one such as 2003-09-30")
    if not _EARLIEST <= day <= date(date.today().year + 1, 12, 31):
        raise OptionError(f"{text!r} is no day that a filing can report on", "give one such as 2003-09-30")
    return day


def _matching(typed: str, text: str, pattern: str, what: str, remedy: str) -> str:
    if len(text) > 10 or not re.fullmatch(pattern, text):
        raise OptionError(f"{typed!r} {what}", remedy)
    return text


def _date(typed: str, text: str, what: str, remedy: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise OptionError(f"{typed!r} {what}", remedy) from None
