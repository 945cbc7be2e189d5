"""The text of captions: joining the lines of a caption, locating it in them, recognising headings."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from msgspec import Struct

from converter.tables.scanning import strip_leaders


class LineSpan(Struct, frozen=True):
    """A range of characters: the index of a line, and columns of its text (`end` exclusive)."""

    line: int
    start: int
    end: int


_HEADING = re.compile(
    r"(?:(?:total\s+)?(?:current|non-?current|long-term|other|fixed|intangible|capital)?\s*(?:assets|liabilities)|"
    r"(?:stock|share)\s*-?\s*(?:holders?|owners?)['’]?s?['’]?\s+(?:equity|investment|deficit)(?:\s*\(deficit\))?|"
    r"capitalization\s+and\s+liabilities|liabilities\s+(?:and|&).*(?:equity|deficit|investment|capital)\W*(?:deficit\W*)?|"
    r"(?:net\s+)?(?:sales|revenues?|income|costs?|expenses?|interest\s+income|interest\s+expense|"
    r"(?:operating|other)\s+(?:revenues?|expenses?|income))|"
    r"(?:costs?\s+and\s+(?:operating\s+)?|operating\s+(?:costs?\s+and\s+)?|"
    r"other\s+(?:income\s+and\s+)?|other\s+costs\s+and\s+|non-?interest\s+)expenses|"
    r"other\s+(?:income|expenses?)\s*\((?:income|expenses?|deductions?)\)(?:,?\s*net)?|"
    r"(?:non-?interest|other)\s+income|"
    r"(?:cash\s+flows?\s+(?:provided\s+by\s+|from\s+|used\s+(?:in|"
    r"for)\s+)?(?:\(used\s+\w+\)\s*)?)?(?:operating|investing|financing)(?:\s+activities)?|"
    r"cash\s+flows\s+.*activities|adjustments?\s+to\s+reconcile.*|changes?\s+in\s+(?:operating\s+|"
    r"certain\s+|current\s+)?(?:assets|working\s+capital|operating).*|"
    r"(?:earnings|income|loss|net\s+income|net\s+loss|\(loss\)|"
    r"net\s+earnings)(?:\s*\(loss\))?\s+per\s+.*(?:share|unit)s?.*|per\s+(?:common\s+)?share.*|"
    r"basic|diluted|primary|fully\s+diluted|assuming\s+(?:full\s+)?dilution|"
    r"weighted[\s-]+average\s+(?:number\s+of\s+)?(?:common\s+)?shares.*|inventor(?:y|ies)|"
    r"property(?:,\s+plant)?,?\s+(?:and|&)\s+equipment.*|"
    r"supplementa\w+.*(?:information|activities|disclosures?.*)|commitments\s+and\s+contingen.*|other)\W*",
    re.I,
)
_HYPHENATED = re.compile(r"[a-z]-\|[a-z]|[A-Z]-\|[A-Z]{2}")
_DASHES = ("-", "–", "—")
_NOTE = re.compile(r"\s*\((?:notes?\s.*?|unaudited)\)\s*|[\s–—-]+$", re.I)


@lru_cache(maxsize=1024)
def is_heading(text: str) -> bool:
    """Whether the text is one of the usual headings of sections in financial statements."""
    text = strip_leaders(text)
    if "(" in text or text[-1:] in _DASHES:
        text = _NOTE.sub("", text)
    text = text.strip(" :")
    return not text[:1].islower() and _HEADING.fullmatch(text) is not None


def join_lines(parts: Sequence[str], words: Collection[str] = ()) -> str:
    """Join the lines of a caption.

    The hyphen of a word split at the end of a line is kept, unless the word without it is in `words` (lowercase).
    """
    text = ""
    for part in parts:
        part = part.strip()
        if not text or not _HYPHENATED.search(f"{text}|{part}"):
            text += (" " if text else "") + part
            continue
        joined_word = re.sub(r"\W.*", "", text.rsplit(maxsplit=1)[-1][:-1] + part).lower()
        text = (text[:-1] if joined_word in words else text) + part
    return text


def locate(label: str, lines: Sequence[str], start: int, end: int) -> LineSpan | None:
    """Locate the characters [start, end) of a caption in its `lines`, of which `label` is the joined text.

    Return the index in `lines` and the columns of the line. None if the characters are on two lines or not found.
    Spaces, leaders and hyphens at the ends of lines are ignored in the comparison.
    """
    places = ((number, column) for number, line in enumerate(lines) for column in range(len(line)))
    located: list[tuple[int, int]] = []
    for position, char in enumerate(label[:end]):
        if char.isspace():
            continue
        place = next((place for place in places if lines[place[0]][place[1]] == char), None)
        if place is None:
            return None
        if position >= start:
            located.append(place)
    if not located or located[0][0] != located[-1][0]:
        return None
    return LineSpan(located[0][0], located[0][1], located[-1][1] + 1)
