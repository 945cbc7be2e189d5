"""Lines of text whose columns map to offsets in the source file. All later steps refer to these lines."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
_CARRIAGE_RETURNS = re.compile(r"\r+(?=\n)")


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
    """The lines of a plain text document. Line objects are created on access, as few of them are needed.

    `texts`, `offsets` and `numbers` have one entry per line. `unusual` holds the lines that are not simply a line of
    the source (expanded tabs, inserted page breaks), by index.
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
    plain = not ("\t" in text or "\f" in text or text.startswith("- -") or "\n- -" in text)
    texts, offsets, numbers = list[str](), list[int](), list[int]()
    unusual: dict[int, Line] = {}
    for line_number, raw in enumerate(raw_lines, number):
        stripped = raw.rstrip()
        if plain or not ("\t" in stripped or "\f" in raw or stripped.startswith("- -")):
            texts.append(stripped)
            offsets.append(offset)
            numbers.append(line_number)
        else:
            for line in _unusual_lines(raw, offset, line_number):
                unusual[len(texts)] = line
                texts.append(line.text)
                offsets.append(line.offset)
                numbers.append(line.number)
        offset += len(raw) + 1
    return Lines(tuple(texts), tuple(offsets), tuple(numbers), unusual)


def _unusual_lines(raw: str, offset: int, number: int) -> Iterator[Line]:
    """Yield the lines of a raw line with form feeds, tabs or a dash escape."""
    pieces = raw.split("\f")
    for index, piece in enumerate(pieces):
        stripped = piece.rstrip()
        if stripped or len(pieces) == 1:
            yield _expanded_line(stripped, offset, number)
        offset += len(piece) + 1
        if index + 1 < len(pieces) and not pieces[index + 1].startswith(PAGE_BREAK):
            yield Line(PAGE_BREAK, number, offset - 1, (offset - 1,) * len(PAGE_BREAK))


def _expanded_line(text: str, offset: int, number: int) -> Line:
    if text.startswith("- -"):
        text, offset = text[2:], offset + 2
    if "\t" not in text:
        return Line(text, number, offset)
    expanded, offsets = expand_tabs(text, offset)
    return Line(expanded, number, offset, tuple(offsets))


def expand_tabs(text: str, offset: int) -> tuple[str, list[int]]:
    """Expand tabs to tab stops every 8 columns. `offset` is the offset of the first character.

    Return the expanded text and the offset of each of its characters; the spaces of a tab have the tab's offset.
    """
    expanded, offsets = "", list[int]()
    for position, piece in enumerate(text.split("\t")):
        if position:
            width = TAB_WIDTH - len(expanded) % TAB_WIDTH
            expanded += " " * width
            offsets.extend([offset - 1] * width)
        expanded += piece
        offsets.extend(range(offset, offset + len(piece)))
        offset += len(piece) + 1
    return expanded, offsets
