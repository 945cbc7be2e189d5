"""Lines of text whose columns map to offsets in the source file. All later steps refer to these lines."""

import re
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import overload

from msgspec import Struct

PAGE_BREAK = "<PAGE>"
TAB_WIDTH = 8

# Characters that print as a space, or that XML does not allow (XML 1.0, section 2.2). Each is replaced by one space,
# so that offsets do not change. Line ends, tabs and form feeds have a meaning of their own.
_CONTROLS = [code for code in range(0x20) if chr(code) not in "\t\n\r\f"] + list(range(0x7F, 0xA0))
_SPACES = [0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
_NOT_XML = [0xFFFE, 0xFFFF, *range(0xD800, 0xE000)]
TO_SPACES = dict.fromkeys(_CONTROLS + _SPACES + _NOT_XML, " ")
_HAS_SPECIAL = re.compile("[" + re.escape("".join(map(chr, TO_SPACES))) + "]")
_PLAIN = bytes(code for code in range(0x80) if code not in TO_SPACES)
_CARRIAGE_RETURNS = re.compile(r"(?<!\r)\r+(?=\n)")


class Line(Struct, frozen=True):
    """One line of a document, as displayed on a fixed-width page. All offsets are offsets in `Filing.text`.

    - `text`: the line with tabs expanded, without line end and trailing whitespace;
    - `number`: the 1-based line number in the decoded source;
    - `offset`: offset of the first character;
    - `char_offsets`: offset of every character, unless it is simply offset + index. An inserted space has the offset
      of the character before it;
    - `char_ends`: end offsets (exclusive) of those characters that take several characters in the source, such as
      HTML entities, by their offset.
    """

    text: str
    number: int
    offset: int
    char_offsets: tuple[int, ...] | None = None
    char_ends: Mapping[int, int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets [first, last) in `Filing.text` of the columns [start, end), clamped to the line."""
        size = len(self.text)
        start = min(max(start, 0), size)
        end = min(max(end, start), size)
        if self.char_offsets is None:
            return self.offset + start, self.offset + end
        first = self._start_of(start)
        if start == end:
            return first, first
        return first, self._end_of(end - 1)

    def _start_of(self, column: int) -> int:
        assert self.char_offsets is not None
        if column < len(self.char_offsets):
            return self.char_offsets[column]
        return self._end_of(column - 1) if column else self.offset

    def _end_of(self, column: int) -> int:
        assert self.char_offsets is not None
        start = self.char_offsets[column]
        return self.char_ends.get(start, start + 1) if self.char_ends is not None else start + 1


class TextSpan(Struct, frozen=True):
    """A range of characters: indexes into Filing.documents and Document.lines, columns of Line.text (end exclusive)."""

    document: int
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lines(Sequence[Line]):
    """The lines of a document. Line objects are created on access, as few of them are needed.

    `texts`, `offsets` and `numbers` have one entry per line, and so have `indents` and `traced_from` unless they are
    empty. The characters of most lines are those of the source from `offsets` on, after `indents` spaces that have the
    offset of the first of them. The others have their offsets in `traces`, one line after the other, from `traced_from`
    on (-1 for a line without); `char_ends` are those of the document.
    """

    texts: tuple[str, ...]
    offsets: "array[int]" = field(hash=False)
    numbers: "array[int]" = field(hash=False)
    indents: "array[int]" = field(hash=False, default_factory=lambda: array("I"))
    traced_from: "array[int]" = field(hash=False, default_factory=lambda: array("q"))
    traces: "array[int]" = field(hash=False, default_factory=lambda: array("q"))
    char_ends: Mapping[int, int] | None = field(hash=False, default=None)

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Line, ...]: ...
    def __getitem__(self, index: int | slice) -> Line | tuple[Line, ...]:
        if isinstance(index, slice):
            return tuple(self[position] for position in range(*index.indices(len(self))))
        text, offset, number = self.texts[index], self.offsets[index], self.numbers[index]
        if not self.indents:
            return Line(text, number, offset)
        if indent := self.indents[index]:
            return Line(text, number, offset, (*(offset,) * indent, *range(offset, offset + len(text) - indent)))
        start = self.traced_from[index]
        if start < 0:
            return Line(text, number, offset)
        return Line(text, number, offset, tuple(self.traces[start : start + len(text)]), self.char_ends)


class LinesBuilder:
    """Collects the lines of a document."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._offsets = array("q")
        self._numbers = array("q")
        self._indents = array("I")
        self._traced_from = array("q")
        self._traces = array("q")

    def add(
        self, text: str, number: int, offset: int, char_offsets: "array[int] | None" = None, *, has_ends: bool = False
    ) -> None:
        """Add a line; `char_offsets` are as in Line, and `has_ends` tells whether one of them is in its `char_ends`."""
        indent, traced_from = 0, -1
        if char_offsets and (has_ends or not _is_run(char_offsets)):
            indent = len(text) - len(text.lstrip(" "))
            if has_ends or not indent or not _is_indented_run(char_offsets, indent):
                indent, traced_from = 0, len(self._traces)
                self._traces.extend(char_offsets)
        self.texts.append(text)
        self._offsets.append(offset)
        self._numbers.append(number)
        self._indents.append(indent)
        self._traced_from.append(traced_from)

    def lines(self, char_ends: Mapping[int, int] | None = None) -> Lines:
        """Return the lines so far."""
        if not self._traces and not any(self._indents):
            return Lines(tuple(self.texts), self._offsets, self._numbers)
        unusual = self._indents, self._traced_from, self._traces
        return Lines(tuple(self.texts), self._offsets, self._numbers, *unusual, char_ends)


def _is_run(offsets: "array[int]") -> bool:
    """Whether each offset follows the one before."""
    first, size = offsets[0], len(offsets)
    return offsets[-1] - first == size - 1 and offsets == array("q", range(first, first + size))


def _is_indented_run(offsets: "array[int]", indent: int) -> bool:
    """Whether the first `indent` offsets are that of the character after them, and the others follow each other."""
    return offsets[: indent + 1] == array("q", [offsets[0]]) * (indent + 1) and _is_run(offsets[indent:])


def normalise(text: str) -> str:
    """Normalise line ends to "\\n" and all kinds of spaces to " ". The length of the text does not change.

    "\\r\\n", "\\r\\r\\n" (from an old mail gateway) and a lone "\\r" are one line end each.
    """
    if "\r" in text:
        text = _CARRIAGE_RETURNS.sub(lambda match: " " * len(match[0]), text).replace("\r", "\n")
    plain = not text.encode("ascii").translate(None, _PLAIN) if text.isascii() else not _HAS_SPECIAL.search(text)
    return text if plain else text.translate(TO_SPACES)


def split_lines(text: str, offset: int = 0, number: int = 1) -> Lines:
    """Split a normalised text that starts at `offset` of the source, on its line `number`, into lines.

    A form feed becomes a separate line `<PAGE>`, unless such a line follows. A line that starts with "- -" was
    escaped by Privacy-Enhanced Mail (RFC 1421, section 4.3.2.2); its first two characters are removed.
    """
    raw_lines = text.removesuffix("\n").split("\n")
    if not ("\t" in text or "\f" in text or text.startswith("- -") or "\n- -" in text):
        offsets = array("q", accumulate((len(raw) + 1 for raw in raw_lines[:-1]), initial=offset))
        numbers = array("q", range(number, number + len(raw_lines)))
        return Lines(tuple([raw.rstrip() for raw in raw_lines]), offsets, numbers)
    builder = LinesBuilder()
    for line_number, raw in enumerate(raw_lines, number):
        stripped = raw.rstrip()
        if not ("\t" in stripped or "\f" in raw or stripped.startswith("- -")):
            builder.add(stripped, line_number, offset)
        else:
            _add_unusual_lines(builder, raw, offset, line_number)
        offset += len(raw) + 1
    return builder.lines()


def _add_unusual_lines(builder: LinesBuilder, raw: str, offset: int, number: int) -> None:
    """Add a raw line with form feeds, tabs or a dash escape."""
    pieces = raw.split("\f")
    for index, piece in enumerate(pieces):
        stripped = piece.rstrip()
        if stripped or len(pieces) == 1:
            _add_expanded_line(builder, stripped, offset, number)
        offset += len(piece) + 1
        if index + 1 < len(pieces) and not pieces[index + 1].startswith(PAGE_BREAK):
            builder.add(PAGE_BREAK, number, offset - 1, array("q", [offset - 1]) * len(PAGE_BREAK))


def _add_expanded_line(builder: LinesBuilder, text: str, offset: int, number: int) -> None:
    if text.startswith("- -"):
        text, offset = text[2:], offset + 2
    if "\t" in text:
        expanded, offsets = expand_tabs(text, offset)
        builder.add(expanded, number, offset, offsets)
    else:
        builder.add(text, number, offset)


def expand_tabs(text: str, offset: int) -> "tuple[str, array[int]]":
    """Expand tabs to tab stops every 8 columns. `offset` is the offset of the first character.

    Return the expanded text and the offset of each of its characters; the spaces of a tab have the tab's offset.
    """
    expanded, offsets = list[str](), array("q")
    for position, piece in enumerate(text.split("\t")):
        if position:
            width = TAB_WIDTH - len(offsets) % TAB_WIDTH
            expanded.append(" " * width)
            offsets.extend(array("q", [offset - 1]) * width)
        expanded.append(piece)
        offsets.extend(range(offset, offset + len(piece)))
        offset += len(piece) + 1
    return "".join(expanded), offsets
