"""What a token of a sentence is."""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """What a token is; a letter, so that the kinds of a sentence are a text that regular expressions read."""

    SUBJECT = "S"
    AMOUNT = "A"
    YEAR = "Y"
    LEAD = "L"
    """A word that may stand before a subject: "total", "the Company's"."""
    RESPECTIVELY = "R"
    OTHER = "X"


class Token(Struct, frozen=True):
    """The characters [start, end) of a sentence.

    An amount has a `value` as printed and `places`, the number of its decimals; `power` is 6 for "million", None if no
    such word is printed. A year has the `month` and `day` printed before it, None without, and the `months` of the
    periods that end in it: 12, or 3 in "three months ended June 30, 2004". A subject has a `concept`.
    """

    kind: Kind
    start: int
    end: int
    value: Decimal = Decimal(0)
    places: int = 0
    power: int | None = None
    year: int = 0
    month: int | None = None
    day: int | None = None
    months: int = 12
    concept: str = ""
