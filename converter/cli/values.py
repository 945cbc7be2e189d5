"""Values that users give on the command line: checked and normalised before the work begins."""

import re
from datetime import date

_MONTH_DAY = "a month and a day such as 06-30"


def read_cik(text: str) -> str:
    """A Central Index Key as typed. Raises ValueError, with a message for people, as all functions here do."""
    return _matching(text, text, r"[0-9]{1,10}", "a number of up to ten digits, such as 320193")


def read_currency(text: str) -> str:
    """An ISO 4217 code in capitals."""
    return _matching(text, text.upper(), r"[A-Z]{3}", "an ISO 4217 code such as USD")


def read_month_day(text: str) -> str:
    """A month and a day as four digits: `0630`. 29 February is one."""
    digits = _matching(text, text, r"[0-9]{2}-?[0-9]{2}", _MONTH_DAY).replace("-", "")
    _date(text, f"2000-{digits[:2]}-{digits[2:]}", _MONTH_DAY)
    return digits


def read_day(text: str) -> date:
    """A date in the form of ISO 8601."""
    return _date(text, text, "a date such as 2003-09-30")


def _matching(given: str, text: str, expression: str, wanted: str) -> str:
    if not re.fullmatch(expression, text):
        raise ValueError(f"{given!r} is not {wanted}")
    return text


def _date(given: str, text: str, wanted: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{given!r} is not {wanted}") from None
