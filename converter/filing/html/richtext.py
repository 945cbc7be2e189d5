"""Text with the source offset of each character: decoding from HTML, slicing, joining, wrapping."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum, auto
from functools import lru_cache
from html import unescape
from html.entities import html5

from msgspec import Struct, field

from converter.filing.lines import TO_SPACES, LinesBuilder
from converter.vocabulary import occurrences

# The number of digits in a numeric reference is limited: no character needs more, and int() rejects thousands of them.
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?")
_TOKEN = re.compile(_ENTITY.pattern + r"|&|[^& \t\n\f]+(?>(?:[ \n][^& \t\n\f]+)*)|[ \t\n\f]+")
_WORD = re.compile(r"\S+")
_WHITESPACE = " \t\n\f"
_NEEDS_WORK = re.compile(r"&|[ \t\n\f]{2}")
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD))
_LINE_ENDS = dict.fromkeys(map(ord, "\t\n\r\f"), " ")
_HAS_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\xad]")
_LONGEST_BARE_NAME = 7  # no entity name that is valid without a semicolon is longer


class RichText(Struct):
    """Visible text with the offset in the filing of each character.

    An inserted space has the offset of the character before it.
    """

    text: str = ""
    offsets: "array[int]" = field(default_factory=lambda: array("q"))

    def __len__(self) -> int:
        return len(self.text)

    def cut(self, start: int, end: int) -> "RichText":
        """Return the characters [start, end)."""
        return RichText(self.text[start:end], self.offsets[start:end])

    def stripped(self) -> "RichText":
        """Return the text without leading and trailing whitespace."""
        text = self.text.strip()
        if len(text) == len(self.text):
            return self
        start = len(self.text) - len(self.text.lstrip())
        return RichText(text, self.offsets[start : start + len(text)])

    def extend(self, other: "RichText") -> None:
        """Append the characters of another text."""
        self.text += other.text
        self.offsets.extend(other.offsets)

    def pad(self, width: int) -> None:
        """Append spaces up to a width."""
        missing = width - len(self.text)
        if missing > 0:
            self.text += " " * missing
            self.offsets.extend(_repeated(self.offsets[-1] if self.offsets else -1, missing))


BLANK = RichText()
"""No text; it is shared, and so never changed."""


def _repeated(offset: int, times: int) -> "array[int]":
    return array("q", [offset]) * times


def inserted(text: str, offset: int) -> RichText:
    """Return a text that stands for the tag at `offset`."""
    return RichText(text, _repeated(offset, len(text)))


def joined(pieces: Iterable[RichText], separator: str = "") -> RichText:
    """Concatenate texts, separated by as many spaces as `separator` is long."""
    texts, offsets = list[str](), array("q")
    for piece in pieces:
        if offsets and separator:
            texts.append(" " * len(separator))
            offsets.extend(_repeated(offsets[-1], len(separator)))
        texts.append(piece.text)
        offsets.extend(piece.offsets)
    return RichText("".join(texts), offsets)


def squeezed(rich: RichText) -> RichText:
    """Strip the text and collapse runs of spaces inside."""
    rich = rich.stripped()
    if "  " not in rich.text:
        return rich
    return joined((rich.cut(*match.span()) for match in _WORD.finditer(rich.text)), " ")


def indented(rich: RichText, indent: int) -> RichText:
    """Prepend spaces, which get the offset of the first character."""
    if not indent or not rich.text:
        return rich
    return RichText(" " * indent + rich.text, _repeated(rich.offsets[0], indent) + rich.offsets)


def wrapped(rich: RichText, width: int) -> Iterator[RichText]:
    """Split the text into pieces of at most `width` characters, at spaces if possible; at least one."""
    text, start = rich.text, 0
    while len(text) - start > width:
        end = text.rfind(" ", start + 1, start + width + 1)
        if end <= start or not text[start:end].strip():
            end = start + width
        yield rich.cut(start, end)
        start = end
        while start < len(text) and text[start] == " ":
            start += 1
    if start < len(text) or not text:
        yield rich.cut(start, len(text))


class _Entities(Mapping[int, int]):
    """The ends of entities by their starts, as offsets in the filing, in ascending order."""

    def __init__(self) -> None:
        self._starts = array("q")
        self._sizes = array("B")

    def add(self, start: int, size: int) -> None:
        """Add the next entity."""
        self._starts.append(start)
        self._sizes.append(size)

    def __getitem__(self, start: int) -> int:
        index = bisect_left(self._starts, start)
        if index == len(self._starts) or self._starts[index] != start:
            raise KeyError(start)
        return start + self._sizes[index]

    def __iter__(self) -> Iterator[int]:
        return iter(self._starts)

    def __len__(self) -> int:
        return len(self._starts)

    def is_any_in(self, first: int, last: int) -> bool:
        """Whether an entity starts in the range [first, last]."""
        index = bisect_left(self._starts, first)
        return index < len(self._starts) and self._starts[index] <= last


class RichTextReader:
    """Reads the visible characters in ranges of an HTML text, and makes lines of them.

    `offset` is the offset in the filing at which the text starts, `number` its line. Ranges and positions refer to
    the text, all offsets to the filing.
    """

    def __init__(self, text: str, offset: int, number: int) -> None:
        self.text = text
        self.offset = offset
        self._number = number
        self._line_ends = array("q", occurrences(text, "\n"))
        self.entities = _Entities()

    def read(self, ranges: Iterable[tuple[int, int]], verbatim: bool = False) -> RichText:
        """Return the visible text of the ranges. An empty range is a space; whitespace collapses unless `verbatim`."""
        pieces, offsets = list[str](), array("q")
        for start, end in ranges:
            while pieces and not pieces[-1]:
                pieces.pop()
            last = pieces[-1][-1] if pieces else ""
            if verbatim and start < end:
                self._append_verbatim(pieces, offsets, start, end)
            elif start < end:
                self._append_collapsed(pieces, offsets, start, end, last in ("", " "))
            elif last and not last.isspace():
                pieces.append(" ")
                offsets.append(start + self.offset)
        return RichText("".join(pieces), offsets)

    def _append_collapsed(
        self, pieces: list[str], offsets: "array[int]", start: int, end: int, after_space: bool
    ) -> None:
        """Append a range with its whitespace collapsed; a first space is left out `after_space`."""
        if end - start == 6 and self.text.startswith("&nbsp;", start):
            pieces.append(" ")
            offsets.append(start + self.offset)
            self.entities.add(start + self.offset, end - start)
            return
        if not _NEEDS_WORK.search(self.text, start, end):
            if after_space and self.text[start] in _WHITESPACE:
                start += 1
            plain = self._plain(self.text[start:end], start, offsets)
            pieces.append(plain.replace("\n", " ").replace("\t", " ").replace("\f", " "))
            return
        for match in _TOKEN.finditer(self.text, start, end):
            token, position = match[0], match.start()
            if token[0] in _WHITESPACE:
                if not after_space:
                    pieces.append(" ")
                    offsets.append(position + self.offset)
                    after_space = True
            elif token[0] == "&":
                pieces.append(self._entity(token, position, offsets))
                after_space = False
            else:
                pieces.append(self._plain(token, position, offsets).replace("\n", " "))
                after_space = False

    def _append_verbatim(self, pieces: list[str], offsets: "array[int]", start: int, end: int) -> None:
        position = start
        for match in _ENTITY.finditer(self.text, start, end):
            pieces.append(self._plain(self.text[position : match.start()], position, offsets))
            pieces.append(self._entity(match[0], match.start(), offsets))
            position = match.end()
        pieces.append(self._plain(self.text[position:end], position, offsets))

    def _plain(self, token: str, position: int, offsets: "array[int]") -> str:
        """Return text without entities, less its invisible characters, and append the offsets of the characters."""
        position += self.offset
        if token.isascii() or not _HAS_INVISIBLE.search(token):
            offsets.extend(range(position, position + len(token)))
            return token
        offsets.extend(position + index for index, char in enumerate(token) if ord(char) not in _INVISIBLE)
        return token.translate(_INVISIBLE)

    def _entity(self, token: str, position: int, offsets: "array[int]") -> str:
        """Decode a token that starts with an entity, and append the offsets of its characters."""
        decoded, size = decode_entity(token)
        offsets.extend(_repeated(position + self.offset, len(decoded)))
        if size > 1:
            self.entities.add(position + self.offset, size)
        return decoded + self._plain(token[size:], position + size, offsets)

    def number_of(self, offset: int) -> int:
        """Return the number of the line that a character of the filing is in."""
        return self._number + bisect_left(self._line_ends, offset - self.offset)

    def add_line(self, lines: LinesBuilder, rich: RichText, offset: int) -> None:
        """Add a line of the filing; `offset` is its offset if it has no characters of its own."""
        text = rich.text.rstrip()
        offsets = rich.offsets[: len(text)]
        if offsets and offsets[0] < 0:
            first = next((char_offset for char_offset in offsets if char_offset >= 0), offset)
            offsets = array("q", [first if char_offset < 0 else char_offset for char_offset in offsets])
        first = offsets[0] if offsets else offset
        has_ends = self.entities.is_any_in(first, offsets[-1] if offsets else first)
        lines.add(text, self.number_of(first), first, offsets, has_ends=has_ends)


@lru_cache(maxsize=4096)
def decode_entity(token: str) -> tuple[str, int]:
    """Decode the entity reference at the start of a token. Return its text and its length in the token.

    Numbers 128-159 are Windows-1252 characters (HTML 5, section 13.2.5.80). A name that is valid without a
    semicolon may be directly followed by text ("&nbspTotal"). An unknown name is text.
    """
    if token == "&":
        return token, 1
    if token[1] == "#" or token[1:] in html5:
        decoded = unescape(token)
        size = len(token)
    else:
        ends = range(min(len(token), _LONGEST_BARE_NAME + 1), 2, -1)
        size = next((end for end in ends if token[1:end] in html5), 0)
        if not size:
            return "&", 1
        decoded = html5[token[1:size]]
    return decoded.translate(_INVISIBLE).translate(TO_SPACES).translate(_LINE_ENDS), size


class FlowKind(Enum):
    """The kinds of items in a flow."""

    TEXT = auto()  # a line or paragraph of text, to be aligned and wrapped
    FIXED = auto()  # a line that is already laid out
    VERBATIM = auto()  # lines of <PRE>
    BLANK = auto()  # a blank line
    GAP = auto()  # a blank line, unless there is one already
    RULE = auto()
    PAGE = auto()  # a page break


class Flow(Struct):
    """One item in the flow of a page or a cell; `offset` is that of the tag that ended it."""

    kind: FlowKind
    rich: RichText
    align: str
    indent: int
    offset: int
