"""Lines of text whose columns map to offsets in the source file. All later steps refer to these lines."""

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Protocol, overload

from msgspec import Struct

from converter.filing.traced import RichText, expand_tabs, inserted
from converter.vocabulary import expression

PAGE_BREAK = "<PAGE>"

# Characters that print as a space, or that XML does not allow (XML 1.0, section 2.2). Each is replaced by one space,
# so that offsets do not change. Line ends, tabs and form feeds have a meaning of their own.
_CONTROLS = [code for code in range(0x20) if chr(code) not in "\t\n\r\f"] + list(range(0x7F, 0xA0))
_SPACES = [0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
_NOT_XML = [0xFFFE, 0xFFFF, *range(0xD800, 0xE000)]
_HYPHENS = [0x2010, 0x2011]  # some producers write minus signs so, as lines do not break behind them
TO_PLAIN = dict.fromkeys(_CONTROLS + _SPACES + _NOT_XML, " ") | dict.fromkeys(_HYPHENS, "-")
_HAS_SPECIAL = expression("[" + re.escape("".join(map(chr, TO_PLAIN))) + "]")
_PLAIN = bytes(code for code in range(0x80) if code not in TO_PLAIN)
_CARRIAGE_RETURNS = re.compile(r"(?<!\r)\r+(?=\n)")


class CharEnds(Protocol):
    """The ends of characters by their starts, such as a dictionary."""

    def get(self, start: int, default: int, /) -> int:
        """Return the offset after the character at `start`, or `default` if it is a single one in the source."""


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
    char_ends: CharEnds | None = None

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


class TextSpan(Struct, frozen=True, gc=False):
    """A range of characters: indexes into Filing.documents and Document.lines, columns of Line.text (end exclusive)."""

    document: int
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lines(Sequence[Line]):
    """The lines of a document. Line objects are created on access, as few of them are needed.

    `texts`, `offsets` and `numbers` have one entry per line, and so has `traced_from` unless it is empty. The
    characters of most lines are those of the source from `offsets` on. The others have their runs (see `RichText`) in
    `runs` from `traced_from` on (-1 for a line without): how many there are, their starts, their places. `char_ends`
    are those of the document.
    """

    texts: tuple[str, ...]
    offsets: "array[int]" = field(hash=False)
    numbers: "array[int]" = field(hash=False)
    traced_from: "array[int]" = field(hash=False, default_factory=lambda: array("q"))
    runs: "array[int]" = field(hash=False, default_factory=lambda: array("q"))
    char_ends: CharEnds | None = field(hash=False, default=None)

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Line, ...]: ...
    def __getitem__(self, index: int | slice) -> Line | tuple[Line, ...]:
        if isinstance(index, slice):
            return tuple(self[position] for position in range(*index.indices(len(self))))
        rich, number = self.rich(index), self.numbers[index]
        if not rich.starts:
            return Line(rich.text, number, rich.offset)
        return Line(rich.text, number, rich.offset, rich.offsets(), self.char_ends)

    def rich(self, index: int) -> RichText:
        """Return the text of a line with the offsets of its characters."""
        text, offset = self.texts[index], self.offsets[index]
        first = self.traced_from[index] + 1 if self.traced_from else 0
        if not first:
            return RichText(text, offset)
        middle = first + self.runs[first - 1]
        return RichText(text, offset, tuple(self.runs[first:middle]), tuple(self.runs[middle : 2 * middle - first]))


class LinesBuilder:
    """Collects the lines of a document."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._offsets = array("q")
        self._numbers = array("q")
        self._traced_from = array("q")
        self._runs = array("q")

    def add(self, rich: RichText, number: int) -> None:
        """Add a line that is on line `number` of the source."""
        traced_from = -1
        if rich.starts:
            traced_from = len(self._runs)
            self._runs.extend((len(rich.starts), *rich.starts, *rich.places))
        self.texts.append(rich.text)
        self._offsets.append(rich.offset)
        self._numbers.append(number)
        self._traced_from.append(traced_from)

    def add_plain(self, raw_lines: Sequence[str], offset: int, number: int) -> int:
        """Add lines that are displayed as they are from `offset` and line `number` of the source on.

        Return the offset behind them.
        """
        *offsets, end = accumulate([len(raw) + 1 for raw in raw_lines], initial=offset)
        self.texts += [raw.rstrip() for raw in raw_lines]
        self._offsets.extend(offsets)
        self._numbers.extend(range(number, number + len(raw_lines)))
        self._traced_from.extend(array("q", [-1]) * len(raw_lines))
        return end

    def lines(self, char_ends: CharEnds | None = None) -> Lines:
        """Return the lines so far."""
        if not self._runs:
            return Lines(tuple(self.texts), self._offsets, self._numbers)
        return Lines(tuple(self.texts), self._offsets, self._numbers, self._traced_from, self._runs, char_ends)


def normalise(text: str) -> str:
    """Normalise line ends to "\\n", spaces of all kinds to " ", hyphens to "-". The length of the text does not change.

    "\\r\\n", "\\r\\r\\n" (from an old mail gateway) and a lone "\\r" are one line end each.
    """
    if "\r" in text:
        text = _CARRIAGE_RETURNS.sub(lambda match: " " * len(match[0]), text).replace("\r", "\n")
    plain = not text.encode("ascii").translate(None, _PLAIN) if text.isascii() else not _HAS_SPECIAL.search(text)
    return text if plain else text.translate(TO_PLAIN)


def split_lines(text: str, offset: int = 0, number: int = 1) -> Lines:
    """Split a normalised text that starts at `offset` of the source, on its line `number`, into lines.

    A form feed becomes a separate line `<PAGE>`, unless such a line follows. A line that starts with "- -" was
    escaped by Privacy-Enhanced Mail (RFC 1421, section 4.3.2.2); its first two characters are removed.
    """
    raw_lines = text.removesuffix("\n").split("\n")
    unusual: Iterable[int] = ()
    if "\t" in text or "\f" in text or text.startswith("- -") or "\n- -" in text:
        unusual = [i for i, raw in enumerate(raw_lines) if "\t" in raw or "\f" in raw or raw.startswith("- -")]
    builder = LinesBuilder()
    start = 0
    for index in unusual:
        offset = builder.add_plain(raw_lines[start:index], offset, number + start)
        _add_unusual_lines(builder, raw_lines[index], offset, number + index)
        offset += len(raw_lines[index]) + 1
        start = index + 1
    builder.add_plain(raw_lines[start:], offset, number + start)
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
            builder.add(inserted(PAGE_BREAK, offset - 1), number)


def _add_expanded_line(builder: LinesBuilder, text: str, offset: int, number: int) -> None:
    if text.startswith("- -"):
        text, offset = text[2:], offset + 2
    rich = RichText(text, offset)
    builder.add(expand_tabs(rich) if "\t" in text else rich, number)
