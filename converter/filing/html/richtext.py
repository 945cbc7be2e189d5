"""Text whose characters know their place in an HTML source: decoding, cutting, joining, wrapping."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from html import unescape
from html.entities import html5

from converter.filing.lines import BLANKS, Line

# The digits of a numeric reference are bounded: no character needs more, and int() refuses thousands of them.
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?")
_TOKEN = re.compile(_ENTITY.pattern + r"|&|[^& \t\n\f]+(?:[ \n][^& \t\n\f]+)*+|[ \t\n\f]+")
_WHITE = " \t\n\f"
_NEEDS_WORK = re.compile(r"&|[ \t\n\f]{2}")
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD))
_LINE_ENDS = dict.fromkeys(map(ord, "\t\n\r\f"), " ")
_IS_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\xad]")
_LONGEST_NAME = 7  # of the entities that may stand without their semicolon


@dataclass(slots=True)
class Rich:
    """Visible text with the offset in the filing of each character; a blank that was inserted has its predecessor's."""

    text: str = ""
    at: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.text)

    def cut(self, start: int, end: int) -> "Rich":
        """The characters [start, end)."""
        return Rich(self.text[start:end], self.at[start:end])

    def stripped(self) -> "Rich":
        """Without the blanks at both ends."""
        text = self.text.strip()
        if len(text) == len(self.text):
            return self
        start = len(self.text) - len(self.text.lstrip())
        return Rich(text, self.at[start : start + len(text)])

    def extend(self, other: "Rich") -> None:
        """Append characters."""
        self.text += other.text
        self.at.extend(other.at)

    def pad(self, width: int) -> None:
        """Append blanks up to a width; they belong to the character before them."""
        missing = width - len(self.text)
        if missing > 0:
            self.text += " " * missing
            self.at.extend([self.at[-1] if self.at else -1] * missing)


def joined(pieces: Iterable[Rich], separator: str = "") -> Rich:
    """One text of several, with blanks in between."""
    result = Rich()
    for piece in pieces:
        if result.text and separator:
            result.pad(len(result.text) + len(separator))
        result.extend(piece)
    return result


def squeezed(rich: Rich) -> Rich:
    """Without blanks at the ends, and with just one wherever several stand inside."""
    rich = rich.stripped()
    if "  " not in rich.text:
        return rich
    return joined((rich.cut(*found.span()) for found in re.finditer(r"\S+", rich.text)), " ")


def indented(rich: Rich, indent: int) -> Rich:
    """The text with blanks before it, which belong to its first character."""
    if not indent or not rich.text:
        return rich
    return Rich(" " * indent + rich.text, [rich.at[0]] * indent + rich.at)


def wrapped(rich: Rich, width: int) -> list[Rich]:
    """The text in pieces of at most `width` characters, cut at blanks where there are any."""
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
    """An HTML text: reads visible characters out of its ranges and makes lines of them.

    `offset` and `number` say where the text starts in the filing, and on which of its lines. Ranges are of the text,
    all other offsets of the filing.
    """

    def __init__(self, text: str, offset: int, number: int) -> None:
        self.text = text
        self.offset = offset
        self._number = number
        self._line_ends = [found.start() for found in re.finditer("\n", text)]
        self._entity_ends: dict[int, int] = {}
        self._entity_starts: list[int] = []

    def read(self, ranges: Sequence[tuple[int, int]], verbatim: bool = False) -> Rich:
        """The visible text of the ranges. White space collapses unless `verbatim`; an empty range is a blank."""
        result = Rich()
        for start, end in ranges:
            if start == end:
                self._space(result, start)
            elif verbatim:
                self._decode(result, start, end)
            else:
                self._collapse(result, start, end)
        return result

    def _space(self, result: Rich, position: int) -> None:
        if result.text and not result.text[-1].isspace():
            result.text += " "
            result.at.append(position + self.offset)

    def _collapse(self, result: Rich, start: int, end: int) -> None:
        if end - start == 6 and self.text.startswith("&nbsp;", start):
            result.text += " "
            result.at.append(start + self.offset)
            self._note_entity(start + self.offset, end - start)
            return
        blank = not result.text or result.text[-1] == " "
        if not _NEEDS_WORK.search(self.text, start, end):
            if blank and self.text[start] in _WHITE:
                start += 1
            plain = self._plain(self.text[start:end], start, result.at)
            result.text += plain.replace("\n", " ").replace("\t", " ").replace("\f", " ")
            return
        pieces, at = [], result.at
        for found in _TOKEN.finditer(self.text, start, end):
            token, position = found[0], found.start()
            if token[0] in _WHITE:
                if not blank:
                    pieces.append(" ")
                    at.append(position + self.offset)
                    blank = True
            elif token[0] == "&":
                pieces.append(self._entity(token, position, at))
                blank = False
            else:
                pieces.append(self._plain(token, position, at).replace("\n", " "))
                blank = False
        result.text += "".join(pieces)

    def _decode(self, result: Rich, start: int, end: int) -> None:
        pieces, position = [], start
        for found in _ENTITY.finditer(self.text, start, end):
            pieces.append(self._plain(self.text[position : found.start()], position, result.at))
            pieces.append(self._entity(found[0], found.start(), result.at))
            position = found.end()
        pieces.append(self._plain(self.text[position:end], position, result.at))
        result.text += "".join(pieces)

    def _plain(self, token: str, position: int, at: list[int]) -> str:
        position += self.offset
        if token.isascii() or not _IS_INVISIBLE.search(token):
            at.extend(range(position, position + len(token)))
            return token
        at.extend(position + index for index, char in enumerate(token) if ord(char) not in _INVISIBLE)
        return token.translate(_INVISIBLE)

    def _entity(self, token: str, position: int, at: list[int]) -> str:
        decoded, size = decode_entity(token)
        at.extend([position + self.offset] * len(decoded))
        if size > 1:
            self._note_entity(position + self.offset, size)
        return decoded + self._plain(token[size:], position + size, at)

    def _note_entity(self, start: int, size: int) -> None:
        self._entity_ends[start] = start + size
        self._entity_starts.append(start)

    def line(self, rich: Rich, position: int) -> Line:
        """A line of the filing; `position` is where it stands when it has no character of its own."""
        text = rich.text.rstrip()
        size = len(text)
        at = rich.at[:size]
        if at and at[0] < 0:
            first = next((place for place in at if place >= 0), position)
            at = [first if place < 0 else place for place in at]
        first = at[0] if at else position
        number = self._number + bisect_left(self._line_ends, first - self.offset)
        if self._has_entity(first, at[-1] if at else first):
            return Line(text, number, first, tuple(at), self._entity_ends)
        if not at or (at[-1] - first == size - 1 and at == list(range(first, first + size))):
            return Line(text, number, first)
        return Line(text, number, first, tuple(at))

    def _has_entity(self, first: int, last: int) -> bool:
        index = bisect_left(self._entity_starts, first)
        return index < len(self._entity_starts) and self._entity_starts[index] <= last


@lru_cache(maxsize=4096)
def decode_entity(token: str) -> tuple[str, int]:
    """What an entity reference shows, and how many of its characters belong to it.

    Numbers 128-159 mean Windows-1252 characters, as HTML 5 has it (section 13.2.5.80). A name that may stand without
    a semicolon may be the beginning of the token ("&nbspTotal"); an unknown name is text.
    """
    if token == "&":
        return token, 1
    if token[1] == "#" or token[1:] in html5:
        decoded = unescape(token)
        size = len(token)
    else:
        ends = range(min(len(token), _LONGEST_NAME + 1), 2, -1)
        size = next((end for end in ends if token[1:end] in html5), 0)
        if not size:
            return "&", 1
        decoded = html5[token[1:size]]
    return decoded.translate(_INVISIBLE).translate(BLANKS).translate(_LINE_ENDS), size


class FlowKind(Enum):
    """What a piece of the flow is."""

    TEXT = auto()  # a line or paragraph of text, to be placed and wrapped
    FIXED = auto()  # a line that is laid out already
    BLANK = auto()
    GAP = auto()  # at most one blank line
    RULE = auto()
    PAGE = auto()


@dataclass(slots=True)
class Flow:
    """One piece of the flow of a page or a cell; `position` is the offset of the tag that ended it."""

    kind: FlowKind
    rich: Rich
    align: str
    indent: int
    position: int
