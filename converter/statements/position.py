"""Where in a document a table stands: among the financial statements, or in the discussion and the notes."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from enum import StrEnum

from converter.vocabulary import expression, has_any, occurrences

_MAX_HEADING = 100
_WIDE_GAP = expression(r"\s{3}\S")
_STATEMENTS = expression(
    r"item\s*8\b|item\s*1[\s.:–—-]*(?:condensed\s+|unaudited\s+|consolidated\s+|interim\s+)*financial\s+statements|"
    r"reports?\s+of\s+(?:the\s+)?(?:independent|registered)\b|independent\s+(?:registered\s+)?(?:public\s+)?"
    r"(?:accountants?|auditors?)['’]?s?['’]?\s+report|auditors?['’]?s?\s+report|"
    r"index\s+to\s+(?:the\s+)?(?:consolidated\s+)?financial\s+statements|part\s+i\W+financial\s+information",
    re.I,
)
_ELSEWHERE = expression(
    r"item\s*(?:[2-7]|9|1[0-5])a?\s*[.:–—-]|selected\s+(?:consolidated\s+)?(?:historical\s+)?financial|"
    r"management['’]?s\s+discussion|notes\s+to\s+(?:the\s+)?(?:condensed\s+|unaudited\s+|consolidated\s+|interim\s+)*"
    r"financial\s+statements|schedule\s+[iv]+\b|supplementa(?:l|ry)\s+(?:financial\s+)?(?:data|information)|"
    r"(?:note\s+)\(?[a-z\d]{1,2}\)?(?:$|\W*[.:–—-]|\s)",
    re.I,
)
_PARENT = expression(
    r"(?:(?:note |schedule )?\(?[a-z\divx]{0,4}\)?\W*)?(?:condensed |summarized )*"
    r"(?:(?:(?:financial (?:information|statements|data)|balance sheets?|statements? of [\w\s]{4,30})"
    r"\W+(?:of )?)?(?:the )?\(?parent (?:company|corporation|only|bank)|"
    r"financial (?:information|statements|data) of (?:the )?registrant)\b",
    re.I,
)
"""What begins a part about the parent alone: "NOTE 17. PARENT COMPANY", "FINANCIAL INFORMATION OF REGISTRANT"."""

_NO_END = frozenset(",;0123456789")
"""A heading does not end so; a line of a table of contents ends with a page number."""
_INITIALS = frozenset("AIMNPRS")
"""What headings of parts begin with, other than those of the parent."""
_FIRST_LETTERS = expression(
    r"\n[ \t]*+[AIMNPRS](?i:(?<=a)ud|(?<=i)(?:tem|nde)|(?<=m)an|(?<=n)ote|(?<=p)art|(?<=r)ep|(?<=s)(?:el|ch|up))"
)
"""How `_STATEMENTS` and `_ELSEWHERE` begin; a search for it is fast, as it starts with a character."""
_WORDS_OF_PARENT = ("arent", "ARENT", "egistrant", "EGISTRANT")


class Place(StrEnum):
    """What the nearest heading of a part of the document above a table says."""

    STATEMENTS = "statements"
    PARENT = "parent"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


class Places:
    """The parts of a document, by the lines on which they start."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._starts: list[int] = []
        self._places: list[Place] = []
        for index in _possible_headings(texts):
            text = texts[index]
            place = _heading_of(text)
            if place is Place.ELSEWHERE and self._goes_on(text):
                continue
            if place is not None:
                self._starts.append(index)
                self._places.append(place)

    def _goes_on(self, text: str) -> bool:
        """Whether a heading on a further page is that of a part about the parent: "SCHEDULE I (CONTINUED)"."""
        return self._places[-1:] == [Place.PARENT] and "continued" in text.lower()

    def of(self, line: int) -> Place:
        """Return the part in which a line (an index) stands."""
        position = bisect_right(self._starts, line)
        return self._places[position - 1] if position else Place.UNKNOWN


def _possible_headings(texts: Sequence[str]) -> list[int]:
    """The lines that begin as a heading does, or name the parent, in order."""
    text = "\n".join(("", *texts))
    places = [match.end() for match in _FIRST_LETTERS.finditer(text)]
    places += (place for word in _WORDS_OF_PARENT for place in occurrences(text, word))
    indexes: dict[int, None] = {}
    index, before = -1, 0
    for place in sorted(places):
        index += text.count("\n", before, place)
        before = place
        indexes[index] = None
    return list(indexes)


def _heading_of(text: str) -> Place | None:
    """The part of a document that a line begins, if it is a heading that begins one."""
    bare = text.strip()
    if not 5 < len(bare) < _MAX_HEADING or not bare[0].isupper() or bare[-1] in _NO_END:
        return None
    if (
        has_any(bare, _WORDS_OF_PARENT)
        and _PARENT.match(" ".join(bare.split()))
        and not _is_prose(bare)
        and not _WIDE_GAP.search(bare)
    ):
        return Place.PARENT
    if bare[0] not in _INITIALS:
        return None
    if _STATEMENTS.match(bare):
        return Place.STATEMENTS
    return Place.ELSEWHERE if _ELSEWHERE.match(bare) else None


def _is_prose(text: str) -> bool:
    """Whether a line is part of a sentence: most of its words begin with a small letter."""
    if text.lower().startswith(("note", "schedule")):
        return False
    words = [word for word in text.split() if word[:1].isalpha()]
    return sum(word[0].islower() for word in words) * 2 > len(words)
