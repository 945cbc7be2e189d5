"""Lines -> Passage: the paragraphs of a document's running text, with the position of every character."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from converter.vocabulary import expression

_WORD = expression(r"\S+")
_BEFORE_FIGURE = expression(r"(?<=  )[$(]{0,2}\d[\d,.]*\)?%?$")
_NO_TEXT = expression(r"(?:<[^<>]*>|[-\s]*\d{1,3}[-\s]*|[-=_*\s]+)\Z")
_FULL_LINE_LENGTH = 50  # a line this long is broken at the margin
_TITLE_INDENT = 10  # a line indented this far is a title
_OPENING_LENGTH = 150  # a paragraph longer than this ends the titles at the beginning
_MAX_HEADING_LENGTH = 75
_END_OF_SENTENCE = expression(r"[.!?:;][\"'\u201d\u2019)]*$")
_SENTENCE_END = expression(r"(?<=[.!?])[\"'\u201d\u2019)]{0,2} (?=[\"'\u201c\u2018(]{0,2}[A-Z0-9$])")
_ABBREVIATED = expression(
    r"(?:\b(?:[A-Za-z]|Inc|Corp|Cos?|Ltd|Nos?|Mr|Mrs|Ms|Dr|St|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\.[A-Z])\.$"
)
_MAX_ABBREVIATION = 5  # with its point


class Position(NamedTuple):
    """A position in a document: index of the line, and column."""

    line: int
    column: int


class _PlacedWord(NamedTuple):
    """A word of a passage: its offset in the text, and its place in the document."""

    offset: int
    position: Position


class Passage(Struct, frozen=True, dict=True):
    """A paragraph, single-spaced.

    It was made of the lines with the indexes `lines` of a document with the texts `texts`. `heading` is the last short
    paragraph of one line above it, "" for the first paragraphs.
    """

    text: str
    lines: "array[int]"
    texts: Sequence[str]
    heading: str = ""

    def place(self, offset: int) -> Position:
        """Return the position of the character at `offset` of the text, or of the space after a word.

        Raise IndexError if the text is shorter.
        """
        if offset > len(self.text):
            raise IndexError(offset)
        index = bisect_right(self._words, offset, key=lambda word: word.offset) - 1
        start, position = self._words[index]
        return Position(position.line, position.column + offset - start)

    @cached_property
    def _words(self) -> "list[_PlacedWord]":
        words = []
        start = 0
        for number in self.lines:
            for word in _WORD.finditer(self.texts[number]):
                words.append(_PlacedWord(start, Position(number, word.start())))
                start += len(word[0]) + 1
        return words

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield the offsets [start, end) of each sentence."""
        start = 0
        for match in _SENTENCE_END.finditer(self.text):
            if not _ABBREVIATED.search(self.text, max(start, match.start() - _MAX_ABBREVIATION), match.start()):
                yield start, match.start()
                start = match.end()
        yield start, len(self.text)


def read_passages(texts: Sequence[str]) -> Iterator[Passage]:
    """Yield the paragraphs of a document from the texts of its lines, without tables, rules, tags and page numbers.

    A blank line ends a paragraph unless the line above is full and does not end a sentence: double-spaced text and
    sentences that continue after a page break are joined.
    """
    heading, is_past_opening = "", False
    for paragraph in _paragraphs(texts):
        text = " ".join(" ".join([texts[number] for number in paragraph]).split())
        is_past_opening = is_past_opening or len(text) > _OPENING_LENGTH
        if (
            is_past_opening
            and len(paragraph) == 1
            and len(text) < _MAX_HEADING_LENGTH
            and not _END_OF_SENTENCE.search(text)
        ):
            heading = text
        yield Passage(text, paragraph, texts, heading)


def _paragraphs(texts: Sequence[str]) -> "Iterator[array[int]]":
    """Yield the indexes of the lines of each paragraph."""
    paragraph = array("q")
    is_interrupted = False
    for number, line in enumerate(texts):
        text = line.strip()
        if not text or (not text[0].isalpha() and _NO_TEXT.match(text)):
            is_interrupted = True
            continue
        if "    " in text or "...." in text or ("  " in text and _BEFORE_FIGURE.search(text)):
            if paragraph:
                yield paragraph
            paragraph, is_interrupted = array("q"), False
            continue
        if paragraph and is_interrupted and not _continues(texts[paragraph[-1]]):
            yield paragraph
            paragraph = array("q")
        paragraph.append(number)
        is_interrupted = False
    if paragraph:
        yield paragraph


def _continues(text: str) -> bool:
    """Whether a line is full and does not end a sentence, so that the next one continues it."""
    stripped = text.lstrip()
    return (
        len(text) - len(stripped) < _TITLE_INDENT
        and len(stripped) >= _FULL_LINE_LENGTH
        and not _END_OF_SENTENCE.search(stripped)
    )
