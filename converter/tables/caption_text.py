"""The text of captions: joining the lines of a caption, locating it in them, recognising headings."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from msgspec import Struct

from converter.tables.scanning import strip_leaders
from converter.vocabulary import expression


class LineSpan(Struct, frozen=True, gc=False):
    """A range of characters: the index of a line, and columns of its text (`end` exclusive)."""

    line: int
    start: int
    end: int


# Both are for texts whose words are one space apart. The first are whole headings, the second are how headings begin.
_HEADING = re.compile(
    r"(?:(?:total )?(?:(?:current|non-?current|long-term|other|fixed|intangible|capital) ?)?(?:assets|liabilities)|"
    r"(?:stock|share) ?-? ?(?:holders?|owners?)['’]?s?['’]? (?:equity|investment|deficit)(?: ?\(deficit\))?|"
    r"capitalization and liabilities|liabilities (?:and|&).*(?:equity|deficit|investment|capital)|"
    r"(?:net )?(?:sales|revenues?|income|costs?|expenses?|interest income|interest expense|"
    r"(?:operating|other) (?:revenues?|expenses?|income))|"
    r"(?:costs? and (?:operating )?|operating (?:costs? and )?|other (?:income and )?|other costs and |"
    r"non-?interest )expenses|"
    r"other (?:income|expenses?) ?\((?:income|expenses?|deductions?)\)(?:,? ?net)?|"
    r"(?:non-?interest|other) income|"
    r"(?:cash flows? (?:provided by |from |used (?:in|for) )?(?:\(used \w+\) ?)?)?"
    r"(?:operating|investing|financing)(?: activities)?|"
    r"cash flows .*activities(?: of (?:continuing|discontinued) operations)?|"
    r"basic|diluted|primary|fully diluted|assuming (?:full )?dilution|inventor(?:y|ies)|"
    r"supplementa\w.*(?:information|activities)|other)\W*",
    re.I,
)
_BEGINS_HEADING = re.compile(
    r"adjustments? to reconcile|changes? in (?:operating |certain |current )?(?:assets|working capital|operating)|"
    r"(?:earnings|income|loss|net income|net loss|\(loss\)|net earnings)(?: ?\(loss\))? per .*(?:share|unit)|"
    r"per (?:common )?share|weighted[ -]+average (?:number of )?(?:common )?shares|"
    r"property(?:, plant)?,? (?:and|&) equipment|supplementa\w.*disclosure|commitments and contingen",
    re.I,
)
_AFTER_WORD = re.compile(r"\W.*")
_HYPHENATED = re.compile(r"[a-z]-\|[a-z]|[A-Z]-\|[A-Z]{2}")
_CONNECTED = expression(
    r"(?:[,;&/-]|\b(?:and|or|of|for|to|in|on|the|from|by|with|at|before|after|less|net of|than|per|a|"
    r"an|as|its|due|other than))$",
    re.I,
    first=",;&/\\-abdfilnoptw",
)
_LONGEST_LINK = 10  # "other than"
CONTINUES = re.compile(
    r"[a-z$%&]|[-–—]? ?\d[\d,]{3,15} shares\b|\((?:[a-z$\d]|Note|Unaudited|Including|Excl|Net |See |"
    r"(?:Loss|Benefit|Expense|Deficit|Gain|Income)\)\s*(?:$|[a-z]))",
    re.ASCII,
)
"""How the rest of a caption begins."""
_DASHES = " -–—"
_NOTE = re.compile(r" ?\((?:notes? [^)]{0,99}|unaudited)\) ?", re.I)


@lru_cache(maxsize=1024)
def is_heading(text: str) -> bool:
    """Whether the text is one of the usual headings of sections in financial statements."""
    text = " ".join(strip_leaders(text).split())
    if "(" in text:
        text = _NOTE.sub("", text)
    text = text.rstrip(_DASHES).strip(" :")
    if text[:1].islower():
        return False
    return _HEADING.fullmatch(text) is not None or _BEGINS_HEADING.match(text) is not None


def join_lines(parts: Sequence[str], words: Collection[str] = ()) -> str:
    """Join the lines of a caption.

    The hyphen of a word split at the end of a line is kept, unless the word without it is in `words` (lowercase).
    """
    text = ""
    for part in parts:
        part = part.strip()
        joined = f"{text}|{part}"
        if not text or "-|" not in joined or not _HYPHENATED.search(joined):
            text += (" " if text else "") + part
            continue
        joined_word = _AFTER_WORD.sub("", text.rsplit(maxsplit=1)[-1][:-1] + part).lower()
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


def is_connected(text: str) -> bool:
    """Whether a text must continue because it ends with a comma, "and", "of" or the like."""
    return _CONNECTED.search(text, max(0, len(text) - _LONGEST_LINK)) is not None
