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
"""The first three letters of each month, shared by its name and all abbreviations, in lowercase."""

MONTH_NAME = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)"
)
"""A regular expression for a month's name, in full or abbreviated, without the period after an abbreviation."""


def month_of(name: str) -> int:
    """Return the number (1 to 12) of a month given by name or abbreviation. Raises ValueError for any other text."""
    return MONTH_PREFIXES.index(name[:3].casefold()) + 1  # "\u017fept" matches "sept" too
