"""Lines -> passages: the running text of a document, paragraph by paragraph, with the place of every character."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

_WORD = re.compile(r"\S+")
_BEFORE_FIGURE = re.compile(r" {2,}[$(]{0,2}\d[\d,.]*\)?%?$")
_PAGE = re.compile(r"\s*(?:<[^<>]*>|[-\s]*\d{1,3}[-\s]*|[-=_*\s]+)$")
_FULL_LINE = 50  # a line this long is broken because the page ends,
_INDENT = 10  # unless it begins so far right that it is a title
_LEAD = 150  # the first paragraph of this length ends the titles
_HEADING = 75
_STOP = re.compile(r"[.!?:;][\"'\u201d\u2019)]*$")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'\u201d\u2019)]{0,2} (?=[\"'\u201c\u2018(]{0,2}[A-Z0-9$])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Za-z]|Inc|Corp|Cos?|Ltd|Nos?|Mr|Mrs|Ms|Dr|St|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\.[A-Z])\.$"
)
_ABBREVIATION = 5  # the longest, with its point


class Passage(Struct, frozen=True):
    """A paragraph with single blanks, made of these `lines` (index, text).

    `heading` is the last short line that stands free above it, "" for the first paragraphs.
    """

    text: str
    lines: tuple[tuple[int, str], ...]
    heading: str = ""

    def place(self, offset: int) -> tuple[int, int]:
        """The line (index) and column of the character at `offset`, or of the blank behind a word."""
        words = ((number, word) for number, text in self.lines for word in _WORD.finditer(text))
        start = 0
        for number, word in words:
            if offset <= start + len(word[0]):
                return number, word.start() + offset - start
            start += len(word[0]) + 1
        raise IndexError(offset)

    def sentences(self) -> Iterator[tuple[int, int]]:
        """The offsets [from, to) of each sentence."""
        start = 0
        for match in _SENTENCE_END.finditer(self.text):
            if not _ABBREVIATED.search(self.text, max(start, match.start() - _ABBREVIATION), match.start()):
                yield start, match.start()
                start = match.end()
        yield start, len(self.text)


def read_passages(texts: Sequence[str]) -> Iterator[Passage]:
    """The paragraphs of a document, given the texts of its lines, without tables, rules, tags and page numbers.

    A blank line ends a paragraph unless the line above it is full and ends within a sentence: double-spaced text and
    sentences that go on after a page break are joined.
    """
    heading, begun = "", False
    for group in _paragraphs(texts):
        lines = tuple((number, texts[number]) for number in group)
        text = " ".join(" ".join(line for _, line in lines).split())
        begun = begun or len(text) > _LEAD
        if begun and len(group) == 1 and len(text) < _HEADING and not _STOP.search(text):
            heading = text
        yield Passage(text, lines, heading)


def _paragraphs(texts: Sequence[str]) -> Iterator[list[int]]:
    """The indexes of the lines of each paragraph."""
    group: list[int] = []
    broken = False
    for number, line in enumerate(texts):
        text = line.strip()
        if not text or (not text[0].isalpha() and _PAGE.match(text)):
            broken = True
            continue
        if "    " in text or "...." in text or ("  " in text and _BEFORE_FIGURE.search(text)):
            if group:
                yield group
            group, broken = [], False
            continue
        if group and broken and not _goes_on(texts[group[-1]]):
            yield group
            group = []
        group.append(number)
        broken = False
    if group:
        yield group


def _goes_on(text: str) -> bool:
    bare = text.lstrip()
    return len(text) - len(bare) < _INDENT and len(bare) >= _FULL_LINE and not _STOP.search(bare)
