"""The state of incorporation and the employer identification number on the cover page of a form."""

import re

from msgspec import Struct

from converter.vocabulary import expression

Span = tuple[int, int]
"""Offsets [start, end) in a text."""

_JURISDICTION = expression(r"state\s+(?:or\s+other\s+jurisdiction|of\s+incorporation)", re.I)
_STATE = expression(
    r"\b(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|"
    r"Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|"
    r"Missouri|Montana|Nebraska|Nevada|New\s(?:Hampshire|Jersey|Mexico|York)|(?:North|South)\s(?:Carolina|Dakota)|"
    r"Ohio|Oklahoma|Oregon|Pennsylvania|Rhode\sIsland|Tennessee|Texas|Utah|Vermont|(?:West\s)?Virginia|Washington|"
    r"Wisconsin|Wyoming|District\sof\sColumbia|Puerto\sRico|Bermuda|Canada|Cayman\sIslands|Liberia|Panama)\b",
    re.I,
)
_NUMBER = expression(r"(?<![\d-])\d{2}-\d{7}(?![\d-])")
_ABOVE = 400
"""What is stated stands so many characters above the words that say what it is, at most."""
_BELOW = 400


class Identity(Struct, frozen=True):
    """The places of the state of incorporation and of the employer identification number; None if not certain."""

    state: Span | None = None
    irs_number: Span | None = None


def read_identity(text: str, end: int) -> Identity:
    """Read what stands above "(State or other jurisdiction of incorporation)", and the only number of an employer."""
    match = _JURISDICTION.search(text, 0, end)
    if match is None:
        return Identity()
    start = max(text.rfind("\n\n\n", 0, match.start()), match.start() - _ABOVE, 0)
    states = list(_STATE.finditer(text, start, match.start()))
    names = {" ".join(state[0].split()).casefold() for state in states}
    numbers = list(_NUMBER.finditer(text, start, min(end, match.end() + _BELOW)))
    return Identity(
        states[-1].span() if len(names) == 1 else None,
        numbers[0].span() if len({number[0] for number in numbers}) == 1 else None,
    )
