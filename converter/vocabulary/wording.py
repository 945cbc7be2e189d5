"""Normalised forms of a caption or heading, computed once per text and cached."""

import re
from functools import lru_cache

from msgspec import Struct

_BRACKETED = re.compile(r"\([^()]*\)")
_REFERENCE = re.compile(r"(?<!\s)\s*\((?:\d{1,2}|[a-z]|notes?[^)]{0,99})\)")
_WORD = re.compile(r"[a-z]{3,}")
_TOTALS = frozenset({"", "total", "totals"})


class Wording(Struct, frozen=True):
    """The normalised forms of a text, all in lowercase.

    - `lowered`: the whole text;
    - `outside`: the text with each bracketed part replaced by a space;
    - `inside`: the bracketed parts only, including their brackets;
    - `bare`: the text without note references and footnote marks, for comparing captions;
    - `words`: the set of its words of three or more letters;
    - `is_total`: whether the text is just "Total" or "Totals", or empty.
    """

    lowered: str
    outside: str
    inside: str
    bare: str
    words: frozenset[str]
    is_total: bool


@lru_cache(maxsize=16384)
def wording(text: str) -> Wording:
    """Return the forms of a caption or heading. The result is cached."""
    lowered = text.lower()
    bracketed = "(" in lowered
    return Wording(
        lowered=lowered,
        outside=_BRACKETED.sub(" ", lowered) if bracketed else lowered,
        inside=" ".join(_BRACKETED.findall(lowered)) if bracketed else "",
        bare=(_REFERENCE.sub("", lowered) if bracketed else lowered).strip(" *"),
        words=frozenset(_WORD.findall(lowered)),
        is_total=lowered.strip(" .:") in _TOTALS,
    )
