"""A caption or heading in the forms that rules look at, each made once."""

import re
from functools import lru_cache

from msgspec import Struct

_BRACKETED = re.compile(r"\([^()]*\)")
_REFERENCE = re.compile(r"\s*\((?:\d{1,2}|[a-z]|notes?[^)]*)\)")
_WORD = re.compile(r"[a-z]{3,}")
_NOTHING = frozenset({"", "total", "totals"})


class Wording(Struct, frozen=True):
    """The forms of a text.

    `lowered` is all of it in lowercase; `outside` the same with a blank for whatever stands in brackets, and
    `inside` just that, brackets included; `bare` is `lowered` without references to notes and footnote marks, to
    compare captions by; `words` are its words of three letters and more. `is_total` says that it is no more than
    "Total", or nothing.
    """

    lowered: str
    outside: str
    inside: str
    bare: str
    words: frozenset[str]
    is_total: bool


@lru_cache(maxsize=16384)
def wording(text: str) -> Wording:
    """The forms of a caption or heading; of the same text, the same object."""
    lowered = text.lower()
    bracketed = "(" in lowered
    return Wording(
        lowered=lowered,
        outside=_BRACKETED.sub(" ", lowered) if bracketed else lowered,
        inside=" ".join(_BRACKETED.findall(lowered)) if bracketed else "",
        bare=(_REFERENCE.sub("", lowered) if bracketed else lowered).strip(" *"),
        words=frozenset(_WORD.findall(lowered)),
        is_total=lowered.strip(" .:") in _NOTHING,
    )
