"""Column headings -> what they say beside a period: a company's or sector's name, pro forma, an adjustment."""

import re
from collections.abc import Sequence

from converter.statements.classification import find_qualifier
from converter.statements.model import Qualifier
from converter.vocabulary import expression, read_dates, wording

_REMARK = expression(
    r"\((?=[^()]*\bnotes?\b)[^()]*\)|\b(?:see\s+)?notes?\s+(?:\d{1,2}|[A-Z])\b(?:\s+and\s+\d{1,2}\b)?",
    re.I,
    first="(ns",
)
"""What refers a heading to a note, as in "December 31, 1997 (See Note 1)"; it says nothing of the figures."""
_PERIOD_WORDS = expression(
    r"\b(?:for|the|as|of|at|and|fiscal|years?|quarters?|months?|weeks?|periods?|ended|ending|end|three|six|nine|twelve|"
    r"thirteen|twenty-six|thirty-nine|fifty-two|fifty-three|\d{1,2}|unaudited|audited|in|millions?|thousands?|dollars?)\b|"
    r"\(\w{1,2}\)|[()$*†‡]",
    re.I,
)
_HYPHEN_AT_END = expression(r"(?<=\w)- (?=\w)")
"""Of a line: "Non-" over "Guarantors"."""
_SCALE_REMARK = expression(
    r"\((?=[^()]*\b(?:thousands|millions|dollars|except\s+per)\b)[^()]*(?:\)|$)|\bexcept\s+per\s+share\s+(?:amounts|data)\)?",
    re.I,
)
_ADJUSTMENT = expression(r"\beliminations?\b|\badjustments?\b", re.I)


def is_adjustment(heading: str) -> bool:
    """Whether a column holds what leads from other columns to a total beside them, and is no company's."""
    return _ADJUSTMENT.search(heading) is not None


def is_pro_forma(heading: str) -> bool:
    """Whether a column is pro forma: what would have been."""
    return find_qualifier(heading) is Qualifier.PRO_FORMA


def own_names(headings: Sequence[str]) -> list[str]:
    """What each heading has that the headings beside it do not all have, without dates and words for lengths of time.

    All are "" if two of them have the same name.
    """
    names = [without_periods(heading) for heading in headings]
    shared = set.intersection(*(set(wording(name).lowered.split()) for name in names))
    names = [" ".join(word for word in name.split() if word.lower() not in shared) for name in names]
    return names if len(set(map(str.lower, names))) == len(names) else [""] * len(names)


def without_remarks(heading: str) -> str:
    """A heading without what refers it to a note."""
    return _REMARK.sub(" ", heading)


def without_periods(heading: str) -> str:
    """A heading without dates, words for lengths of time, scales and footnote marks."""
    heading = _SCALE_REMARK.sub(" ", without_remarks(heading))
    pieces, position = [], 0
    for mentioned in read_dates(heading):
        pieces.append(heading[position : mentioned.start])
        position = mentioned.end
    text = _PERIOD_WORDS.sub(" ", " ".join([*pieces, heading[position:]]))
    return _HYPHEN_AT_END.sub("-", " ".join(text.split()).strip(" ,.:;-–—*"))
