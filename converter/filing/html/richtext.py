"""Text with the source offset of each character: decoding from HTML, slicing, joining, wrapping."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from html import unescape
from html.entities import html5

from converter.filing.lines import TO_SPACES, Line

# The number of digits in a numeric reference is limited: no character needs more, and int() rejects thousands of them.
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?")
_TOKEN = re.compile(_ENTITY.pattern + r"|&|[^& \t\n\f]+(?>(?:[ \n][^& \t\n\f]+)*)|[ \t\n\f]+")
_WHITESPACE = " \t\n\f"
_NEEDS_WORK = re.compile(r"&|[ \t\n\f]{2}")
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD))
_LINE_ENDS = dict.fromkeys(map(ord, "\t\n\r\f"), " ")
_HAS_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\xad]")
_LONGEST_BARE_NAME = 7  # no entity name that is valid without a semicolon is longer


@dataclass(slots=True)
class RichText:
    """Visible text with the offset in the filing of each character.

    An inserted space has the offset of the character before it.
    """

    text: str = ""
    offsets: list[int] = field(default_factory=list)

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
            self.offsets.extend([self.offsets[-1] if self.offsets else -1] * missing)


def joined(pieces: Iterable[RichText], separator: str = "") -> RichText:
    """Concatenate texts, separated by as many spaces as `separator` is long."""
    result = RichText()
    for piece in pieces:
        if result.text and separator:
            result.pad(len(result.text) + len(separator))
        result.extend(piece)
    return result


def squeezed(rich: RichText) -> RichText:
    """Strip the text and collapse runs of spaces inside."""
    rich = rich.stripped()
    if "  " not in rich.text:
        return rich
    return joined((rich.cut(*match.span()) for match in re.finditer(r"\S+", rich.text)), " ")


def indented(rich: RichText, indent: int) -> RichText:
    """Prepend spaces, which get the offset of the first character."""
    if not indent or not rich.text:
        return rich
    return RichText(" " * indent + rich.text, [rich.offsets[0]] * indent + rich.offsets)


def wrapped(rich: RichText, width: int) -> list[RichText]:
    """Split the text into pieces of at most `width` characters, at spaces if possible."""
    pieces = []
    text, start = rich.text, 0
    while len(text) - start > width:
        end = text.rfind(" ", start + 1, start + width + 1)
        if end <= start or not text[start:end].strip():
            end = start + width
        pieces.append(rich.cut(start, end))
        start = end
        while start < len(text) and text[start] == " ":
            start += 1
    if start < len(text) or not pieces:
        pieces.append(rich.cut(start, len(text)))
    return pieces


class RichTextReader:
    """Reads the visible characters in ranges of an HTML text, and makes lines of them.

    `offset` is the offset in the filing at which the text starts, `number` its line. Ranges and positions refer to
    the text, all offsets to the filing.
    """

    def __init__(self, text: str, offset: int, number: int) -> None:
        self.text = text
        self.offset = offset
        self._number = number
        self._line_ends = [match.start() for match in re.finditer("\n", text)]
        self._entity_ends: dict[int, int] = {}
        self._entity_starts: list[int] = []

    def read(self, ranges: Sequence[tuple[int, int]], verbatim: bool = False) -> RichText:
        """Return the visible text of the ranges. An empty range is a space; whitespace collapses unless `verbatim`."""
        result = RichText()
        for start, end in ranges:
            if start == end:
                self._append_space(result, start)
            elif verbatim:
                self._append_verbatim(result, start, end)
            else:
                self._append_collapsed(result, start, end)
        return result

    def _append_space(self, result: RichText, position: int) -> None:
        if result.text and not result.text[-1].isspace():
            result.text += " "
            result.offsets.append(position + self.offset)

    def _append_collapsed(self, result: RichText, start: int, end: int) -> None:
        if end - start == 6 and self.text.startswith("&nbsp;", start):
            result.text += " "
            result.offsets.append(start + self.offset)
            self._note_entity(start + self.offset, end - start)
            return
        after_space = not result.text or result.text[-1] == " "
        if not _NEEDS_WORK.search(self.text, start, end):
            if after_space and self.text[start] in _WHITESPACE:
                start += 1
            plain = self._plain(self.text[start:end], start, result.offsets)
            result.text += plain.replace("\n", " ").replace("\t", " ").replace("\f", " ")
            return
        pieces, offsets = [], result.offsets
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
        result.text += "".join(pieces)

    def _append_verbatim(self, result: RichText, start: int, end: int) -> None:
        pieces, position = [], start
        for match in _ENTITY.finditer(self.text, start, end):
            pieces.append(self._plain(self.text[position : match.start()], position, result.offsets))
            pieces.append(self._entity(match[0], match.start(), result.offsets))
            position = match.end()
        pieces.append(self._plain(self.text[position:end], position, result.offsets))
        result.text += "".join(pieces)

    def _plain(self, token: str, position: int, offsets: list[int]) -> str:
        """Return text without entities, less its invisible characters, and append the offsets of the characters."""
        position += self.offset
        if token.isascii() or not _HAS_INVISIBLE.search(token):
            offsets.extend(range(position, position + len(token)))
            return token
        offsets.extend(position + index for index, char in enumerate(token) if ord(char) not in _INVISIBLE)
        return token.translate(_INVISIBLE)

    def _entity(self, token: str, position: int, offsets: list[int]) -> str:
        """Decode a token that starts with an entity, and append the offsets of its characters."""
        decoded, size = decode_entity(token)
        offsets.extend([position + self.offset] * len(decoded))
        if size > 1:
            self._note_entity(position + self.offset, size)
        return decoded + self._plain(token[size:], position + size, offsets)

    def _note_entity(self, start: int, size: int) -> None:
        self._entity_ends[start] = start + size
        self._entity_starts.append(start)

    def line(self, rich: RichText, offset: int) -> Line:
        """Make a line of the filing; `offset` is its offset if it has no characters of its own."""
        text = rich.text.rstrip()
        size = len(text)
        offsets = rich.offsets[:size]
        if offsets and offsets[0] < 0:
            first = next((char_offset for char_offset in offsets if char_offset >= 0), offset)
            offsets = [first if char_offset < 0 else char_offset for char_offset in offsets]
        first = offsets[0] if offsets else offset
        number = self._number + bisect_left(self._line_ends, first - self.offset)
        if self._has_entity(first, offsets[-1] if offsets else first):
            return Line(text, number, first, tuple(offsets), self._entity_ends)
        if not offsets or (offsets[-1] - first == size - 1 and offsets == list(range(first, first + size))):
            return Line(text, number, first)
        return Line(text, number, first, tuple(offsets))

    def _has_entity(self, first: int, last: int) -> bool:
        index = bisect_left(self._entity_starts, first)
        return index < len(self._entity_starts) and self._entity_starts[index] <= last


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
    BLANK = auto()  # a blank line
    GAP = auto()  # a blank line, unless there is one already
    RULE = auto()
    PAGE = auto()  # a page break


@dataclass(slots=True)
class Flow:
    """One item in the flow of a page or a cell; `offset` is that of the tag that ended it."""

    kind: FlowKind
    rich: RichText
    align: str
    indent: int
    offset: int
