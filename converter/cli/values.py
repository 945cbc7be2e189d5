"""Parsers of option values. All raise ValueError with a message for the user."""

import re
from datetime import date

_MONTH_DAY = "a month and a day such as 06-30"


def read_cik(text: str) -> str:
    """Check a Central Index Key of up to ten digits; return it as typed."""
    return _matching(text, text, r"[0-9]{1,10}", "a number of up to ten digits, such as 320193")


def read_currency(text: str) -> str:
    """Return an ISO 4217 code in capitals."""
    return _matching(text, text.upper(), r"[A-Z]{3}", "an ISO 4217 code such as USD")


def read_month_day(text: str) -> str:
    """Return a month and a day as four digits: `0630`. 29 February is valid."""
    digits = _matching(text, text, r"[0-9]{2}-?[0-9]{2}", _MONTH_DAY).replace("-", "")
    _date(text, f"2000-{digits[:2]}-{digits[2:]}", _MONTH_DAY)
    return digits


def read_day(text: str) -> date:
    """Parse a date in ISO 8601 format."""
    return _date(text, text, "a date such as 2003-09-30")


def _matching(typed: str, text: str, pattern: str, expected: str) -> str:
    if not re.fullmatch(pattern, text):
        raise ValueError(f"{typed!r} is not {expected}")
    return text


def _date(typed: str, text: str, expected: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{typed!r} is not {expected}") from None
