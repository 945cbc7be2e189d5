"""Lines of text that know which characters of the source they show: what every later step refers to."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from msgspec import Struct

PAGE_BREAK = "<PAGE>"
TAB_WIDTH = 8

# Characters that print as a blank, or that no XML document may hold (XML 1.0, section 2.2): one blank each, so that
# offsets stay what they are. Line ends, tabs and form feeds have a meaning of their own.
_CONTROLS = [code for code in range(0x20) if chr(code) not in "\t\n\r\f"] + list(range(0x7F, 0xA0))
_SPACES = [0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
_NOT_XML = [0xFFFE, 0xFFFF, *range(0xD800, 0xE000)]
BLANKS = dict.fromkeys(_CONTROLS + _SPACES + _NOT_XML, " ")
_NEEDS_BLANKS = re.compile("[" + re.escape("".join(map(chr, BLANKS))) + "]")
_PLAIN = bytes(code for code in range(0x80) if code not in BLANKS)
_CARRIAGE_RETURNS = re.compile(r"\r+(?=\n)")


class Line(Struct, frozen=True):
    """One line as a person sees it on a fixed-width page.

    `text` has its tabs expanded, no line end, no trailing blanks; `number` is the 1-based line of the decoded source;
    `offset` is the offset in `Filing.text` of the first character. `columns` gives the offset of every character where
    that is not simply offset + index (a blank that was inserted has the offset of the character before it); `ends` has
    the offset behind those characters that are longer than one in the source (HTML entities), by their offset.
    """

    text: str
    number: int
    offset: int
    columns: tuple[int, ...] | None = None
    ends: Mapping[int, int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets [from, to) in `Filing.text` of the columns [start, end); columns outside the line are clamped."""
        size = len(self.text)
        start = min(max(start, 0), size)
        end = min(max(end, start), size)
        if self.columns is None:
            return self.offset + start, self.offset + end
        first = self._start_of(start)
        if start == end:
            return first, first
        return first, self._end_of(end - 1)

    def _start_of(self, column: int) -> int:
        assert self.columns is not None
        if column < len(self.columns):
            return self.columns[column]
        return self._end_of(column - 1) if column else self.offset

    def _end_of(self, column: int) -> int:
        assert self.columns is not None
        start = self.columns[column]
        return self.ends.get(start, start + 1) if self.ends is not None else start + 1


class TextSpan(Struct, frozen=True):
    """Characters of a filing: indexes into Filing.documents and Document.lines, columns of Line.text (end excluded)."""

    document: int
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lines(Sequence[Line]):
    """The lines of a document of plain text, as their `texts`; a Line is only made when it is asked for, as few are.

    `offsets` and `numbers` are those of the lines; `unusual` has the lines that are not just a line of the source.
    """

    texts: tuple[str, ...]
    offsets: tuple[int, ...]
    numbers: tuple[int, ...]
    unusual: Mapping[int, Line] = field(hash=False)

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Line, ...]: ...
    def __getitem__(self, index: int | slice) -> Line | tuple[Line, ...]:
        if isinstance(index, slice):
            return tuple(self[position] for position in range(*index.indices(len(self))))
        index = range(len(self))[index]
        return self.unusual.get(index) or Line(self.texts[index], self.numbers[index], self.offsets[index])


def normalise(text: str) -> str:
    """The text with "\\n" as its only line end and plain blanks for all that prints as one; as long as `text`.

    "\\r\\n" and "\\r\\r\\n" (an old mail gateway's line end) are one line end each; a lone "\\r" is one too.
    """
    if "\r" in text:
        text = _CARRIAGE_RETURNS.sub(lambda found: " " * len(found[0]), text).replace("\r", "\n")
    plain = not text.encode("ascii").translate(None, _PLAIN) if text.isascii() else not _NEEDS_BLANKS.search(text)
    return text if plain else text.translate(BLANKS)


def split_lines(text: str, offset: int = 0, number: int = 1) -> Lines:
    """The lines of a normalised text that starts at `offset` of the source, on its line `number`.

    A form feed becomes a line `<PAGE>` of its own, unless such a line follows. A line that starts with "- -" was
    escaped by Privacy-Enhanced Mail (RFC 1421, section 4.3.2.2): its first two characters are not the filer's.
    """
    raws = text.removesuffix("\n").split("\n")
    plain = not ("\t" in text or "\f" in text or text.startswith("- -") or "\n- -" in text)
    texts, offsets, numbers = list[str](), list[int](), list[int]()
    unusual: dict[int, Line] = {}
    for count, raw in enumerate(raws, number):
        shown = raw.rstrip()
        if plain or not ("\t" in shown or "\f" in raw or shown.startswith("- -")):
            texts.append(shown)
            offsets.append(offset)
            numbers.append(count)
        else:
            for line in _unusual(raw, offset, count):
                unusual[len(texts)] = line
                texts.append(line.text)
                offsets.append(line.offset)
                numbers.append(line.number)
        offset += len(raw) + 1
    return Lines(tuple(texts), tuple(offsets), tuple(numbers), unusual)


def _unusual(raw: str, offset: int, number: int) -> Iterator[Line]:
    """The lines that a raw line with form feeds, tabs or a dash escape gives."""
    pieces = raw.split("\f")
    for index, piece in enumerate(pieces):
        shown = piece.rstrip()
        if shown or len(pieces) == 1:
            yield _expanded(shown, offset, number)
        offset += len(piece) + 1
        if index + 1 < len(pieces) and not pieces[index + 1].startswith(PAGE_BREAK):
            yield Line(PAGE_BREAK, number, offset - 1, (offset - 1,) * len(PAGE_BREAK))


def _expanded(shown: str, offset: int, number: int) -> Line:
    if shown.startswith("- -"):
        shown, offset = shown[2:], offset + 2
    if "\t" not in shown:
        return Line(shown, number, offset)
    text, columns = expand_tabs(shown, offset)
    return Line(text, number, offset, tuple(columns))


def expand_tabs(shown: str, offset: int) -> tuple[str, list[int]]:
    """The text with tab stops every 8 columns, and the offset of each of its characters (a tab's for its blanks)."""
    text, columns = "", list[int]()
    for position, piece in enumerate(shown.split("\t")):
        if position:
            filled = TAB_WIDTH - len(text) % TAB_WIDTH
            text += " " * filled
            columns.extend([offset - 1] * filled)
        text += piece
        columns.extend(range(offset, offset + len(piece)))
        offset += len(piece) + 1
    return text, columns
