"""The names of the months, as filings print them."""

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
"""In full, in lowercase."""

MONTH_PREFIXES = tuple(name[:3] for name in MONTHS)
"""What a month's name and all its abbreviations begin with, in lowercase."""

MONTH_NAME = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)"
)
"""A regular expression for a month's name, in full or as the usual abbreviation, without the point behind it."""


def month_of(name: str) -> int:
    """The number (1 to 12) of the month that a name or an abbreviation means. Raises ValueError for any other text."""
    return MONTH_PREFIXES.index(name[:3].lower()) + 1
