"""The texts of a balance sheet that may state share data: captions, and the lines between rows that have no figures."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from converter.filing import TextSpan
from converter.statements import LineItem, Statement
from converter.vocabulary import expression

_SHARE_WORDS = expression(
    r"authori[sz]ed|\bissued\b|outstanding|\bpar\b|\bno-par|stated\s+value|treasury|nominal", re.I, first="aiopstn"
)
_STOCK = expression(
    r"\b(?:common|preferred|preference|ordinary|capital\s+(?:stock|shares)|treasury|class\s+[a-z]\b)", re.I
)
_BEGINS_WITH_SHARES = expression(
    r"\W*(?:shares?|authori[sz]ed|issued|outstanding|par|none|no\s+shares|less\s+shares|number\s+of|\d|\$)", re.I
)
_NO_CAPTION = expression(
    r"total|retained|additional|accumulated|capital\s+in\s+excess|see\s+(?:accompanying\s+)?notes", re.I
)
_WORD = expression(r"\S+")
_RULE = expression(r"[\s.=_*<>-]*\Z")
_MOST_LINES = 12
"""A text of more lines is no caption."""


class Word(Struct, frozen=True):
    """A word of a text: its offset there, and its place in the document."""

    offset: int
    line: int
    column: int


class Passage(Struct, frozen=True):
    """A text whose words are one space apart, with the place of each word, and the rows whose captions it has."""

    text: str
    words: tuple[Word, ...]
    rows: tuple[LineItem, ...]
    document: int

    def locate(self, start: int, end: int) -> TextSpan | None:
        """Return the place of the characters [start, end) of the text, None if they stand on two lines."""
        offsets = [word.offset for word in self.words]
        first, last = bisect_right(offsets, start) - 1, bisect_right(offsets, end - 1) - 1
        if first < 0 or self.words[first].line != self.words[last].line:
            return None
        begin, finish = self.words[first], self.words[last]
        return TextSpan(
            self.document, begin.line, begin.column + start - begin.offset, finish.column + end - finish.offset
        )

    @property
    def source(self) -> TextSpan:
        """The place of the first word."""
        first = self.words[0]
        return TextSpan(self.document, first.line, first.column, first.column + 1)


class _Part(Struct, frozen=True):
    """Consecutive lines of a caption (`row`), or of a text without figures."""

    spans: tuple[TextSpan, ...]
    row: LineItem | None


def find_passages(statement: Statement, lines: Sequence[str]) -> Iterator[Passage]:
    """Yield the texts of a balance sheet that may state share data, from top to bottom.

    `lines` are the texts of the document's lines. What a header says and the lines below it ("Common stock, $.01 par
    value" above "Authorized 2,000 shares") is one text.
    """
    waiting: list[_Part] = []
    for part in _parts(statement, lines):
        text = " ".join(lines[span.line][span.start : span.end] for span in part.spans)
        if waiting and _STOCK.search(text) is None and _BEGINS_WITH_SHARES.match(text) and _is_near(waiting[-1], part):
            waiting.append(part)
            continue
        yield from _passage(waiting, statement.document, lines)
        waiting = [part] if _STOCK.search(text) or _SHARE_WORDS.search(text) else []
        if _NO_CAPTION.match(text.strip()):
            waiting = []
    yield from _passage(waiting, statement.document, lines)


def _is_near(first: _Part, second: _Part) -> bool:
    return second.spans[0].line - first.spans[-1].line <= 2


def _passage(parts: Sequence[_Part], document: int, lines: Sequence[str]) -> Iterator[Passage]:
    """Yield the text of some parts if it may state share data; a semicolon parts it where a row ends."""
    words: list[Word] = []
    text = ""
    for part in parts:
        for span in part.spans:
            for match in _WORD.finditer(lines[span.line], span.start, span.end):
                text += " " if text else ""
                words.append(Word(len(text), span.line, match.start()))
                text += match[0]
        text += " ;"
    text = text.removesuffix(" ;")
    if words and _SHARE_WORDS.search(text):
        yield Passage(text, tuple(words), tuple(part.row for part in parts if part.row), document)


def _parts(statement: Statement, lines: Sequence[str]) -> Iterator[_Part]:
    """Yield the captions of the rows and the texts between them, from top to bottom."""
    previous = None
    for row in statement.items:
        spans = tuple(span for span in row.caption_lines if span.end > span.start)
        first, last = (spans[0].line, max(spans[-1].line, row.source.line)) if spans else (row.source.line,) * 2
        if previous is not None and 1 < first - previous <= 4 * _MOST_LINES:
            yield from _texts_between(statement.document, lines, previous + 1, first)
        if spans:
            yield _Part(spans, row)
        previous = max(last, previous or 0, *(figure.source.line for figure in row.figures if figure))


def _texts_between(document: int, lines: Sequence[str], first: int, last: int) -> Iterator[_Part]:
    """Yield the runs of lines with words in [first, last)."""
    run: list[TextSpan] = []
    for index in range(first, last):
        text = lines[index]
        if _RULE.match(text):
            if run:
                yield _Part(tuple(run), None)
            run = []
        else:
            run.append(TextSpan(document, index, 0, len(text)))
    if run:
        yield _Part(tuple(run), None)
