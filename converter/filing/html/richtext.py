"""Text decoded from HTML, traced to the source, and the items of a flow that are made of it."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from enum import Enum, auto
from functools import lru_cache
from html import unescape
from html.entities import html5

from msgspec import Struct

from converter.filing.lines import TO_PLAIN, LinesBuilder
from converter.filing.traced import BLANK, RichText, RichTextBuilder

# The number of digits in a numeric reference is limited: no character needs more, and int() rejects thousands of them.
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?")
_TOKEN = re.compile(_ENTITY.pattern + r"|&|[^& \t\n\f]+(?>(?:[ \n][^& \t\n\f]+)*)|[ \t\n\f]+")
_LINE_END = re.compile("\n")
_ANY_TAG = re.compile(r"</?[A-Za-z][^<>]*>?")
_WHITESPACE = " \t\n\f"
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD))
_LINE_ENDS = dict.fromkeys(map(ord, "\t\n\r\f"), " ")
_INVISIBLE_CHARACTERS = re.compile("[\u200b\u200c\u200d\u2060\ufeff\xad]+")
_LONGEST_BARE_NAME = 7  # no entity name that is valid without a semicolon is longer


class Entities:
    """The ends of entities by their starts, as offsets in the filing, for a text that starts at `offset` of it."""

    def __init__(self, text: str, offset: int) -> None:
        self._text = text
        self._offset = offset

    def get(self, start: int, default: int, /) -> int:
        """Return the offset after the entity at `start`, or `default` if there is none."""
        match = _ENTITY.match(self._text, start - self._offset)
        size = decode_entity(match[0])[1] if match else 1
        return start + size if size > 1 else default


def add_ranges(ranges: "array[int] | list[int]", text: str, start: int, end: int, from_blank: bool = False) -> None:
    """Add the ranges of a text without its tags, each a start and an end.

    Those of blanks before the first other one of a line are left out, unless `from_blank`.
    """
    if text.find("<", start, end) < 0:
        if ranges or from_blank or not text[start:end].isspace():
            ranges.extend((start, end))
        return
    for tag in _ANY_TAG.finditer(text, start, end):
        first, last = tag.span()
        if first > start and (ranges or from_blank or not text[start:first].isspace()):
            ranges.extend((start, first))
        start = last
    if end > start and (ranges or from_blank or not text[start:end].isspace()):
        ranges.extend((start, end))


class RichTextReader:
    """Reads the visible characters in ranges of an HTML text, and makes lines of them.

    `offset` is the offset in the filing at which the text starts, `number` its line. Ranges and positions refer to
    the text, all offsets to the filing.
    """

    def __init__(self, text: str, offset: int, number: int) -> None:
        self.text = text
        self.offset = offset
        self.entities = Entities(text, offset)
        self._number = number
        self._line_ends = array("q", [end.start() for end in _LINE_END.finditer(text)])

    def read(self, ranges: Sequence[int], verbatim: bool = False) -> RichText:
        """Return the visible text of ranges, each a start and an end.

        An empty range is a space; whitespace collapses unless `verbatim`.
        """
        if len(ranges) == 2 and not verbatim and (plain := self._read_plain(*ranges)):
            return plain
        builder = RichTextBuilder()
        numbers = iter(ranges)
        for start, end in zip(numbers, numbers, strict=True):
            if verbatim and start < end:
                self._append_verbatim(builder, start, end)
            elif start < end:
                self._append_collapsed(builder, start, end, builder.end in ("", " "))
            elif builder.size and not builder.end.isspace():
                builder.add(" ", start + self.offset)
        return builder.rich()

    def _read_plain(self, start: int, end: int) -> RichText | None:
        """Return the visible text of a range in which nothing is to be decoded or left out, else None."""
        piece = _with_spaces(self.text[start:end])
        if "&" in piece or "  " in piece or not piece.isascii():
            return None
        if piece[:1] == " ":
            piece = piece[1:]
            start += 1
        return RichText(piece, start + self.offset)

    def _append_collapsed(self, builder: RichTextBuilder, start: int, end: int, after_space: bool) -> None:
        """Append a range with its whitespace collapsed; a first space is left out `after_space`."""
        text, offset = self.text, self.offset
        piece = _with_spaces(text[start:end])
        if not ("&" in piece or "  " in piece):
            is_space = after_space and piece[0] == " "
            self._append_plain(builder, piece[1:] if is_space else piece, start + is_space)
            return
        for match in _TOKEN.finditer(text, start, end):
            token, position = match[0], match.start()
            if token[0] in _WHITESPACE:
                if not after_space:
                    builder.add(" ", position + offset)
                after_space = True
                continue
            after_space = False
            if token[0] == "&":
                self._append_entity(builder, token, position)
            elif token.isascii():
                builder.add(token.replace("\n", " "), position + offset)
            else:
                self._append_plain(builder, token.replace("\n", " "), position)

    def _append_verbatim(self, builder: RichTextBuilder, start: int, end: int) -> None:
        position = start
        for match in _ENTITY.finditer(self.text, start, end):
            self._append_plain(builder, self.text[position : match.start()], position)
            self._append_entity(builder, match[0], match.start())
            position = match.end()
        self._append_plain(builder, self.text[position:end], position)

    def _append_plain(self, builder: RichTextBuilder, token: str, position: int) -> None:
        """Append text without entities, less its invisible characters."""
        position, done = position + self.offset, 0
        if not token.isascii():
            for invisible in _INVISIBLE_CHARACTERS.finditer(token):
                start, end = invisible.span()
                builder.add(token[done:start], position + done)
                done = end
        builder.add(token[done:] if done else token, position + done)

    def _append_entity(self, builder: RichTextBuilder, token: str, position: int) -> None:
        """Append a token that starts with an entity, decoded."""
        decoded, size = decode_entity(token)
        builder.add(decoded, position + self.offset, int(size > 1))
        if size < len(token):
            self._append_plain(builder, token[size:], position + size)

    def number_of(self, offset: int) -> int:
        """Return the number of the line that a character of the filing is in."""
        return self._number + bisect_left(self._line_ends, offset - self.offset)

    def add_line(self, lines: LinesBuilder, rich: RichText, offset: int) -> None:
        """Add a line of the filing; `offset` is its offset if it has no characters of its own."""
        text = rich.text
        if not text or text[-1].isspace():
            text = text.rstrip()
            rich = rich.cut(0, len(text)) if text else RichText("", offset)
        if rich.starts and len(text) == 1 and self.entities.get(rich.offset, -1) < 0:
            rich = RichText(text, rich.offset)
        lines.add(rich, self.number_of(rich.offset))


def _with_spaces(text: str) -> str:
    """Return a text with spaces for its line ends and tabs."""
    return text.replace("\n", " ").replace("\t", " ").replace("\f", " ")


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
    return decoded.translate(_INVISIBLE).translate(TO_PLAIN).translate(_LINE_ENDS), size


class FlowKind(Enum):
    """The kinds of items in a flow."""

    TEXT = auto()  # a line or paragraph of text, to be aligned and wrapped
    FIXED = auto()  # a line that is already laid out
    VERBATIM = auto()  # lines of <PRE>
    BLANK = auto()  # a blank line
    GAP = auto()  # a blank line, unless there is one already
    RULE = auto()
    PAGE = auto()  # a page break


class Flow(Struct, gc=False):
    """One item in the flow of a page or a cell; `offset` is that of the tag that ended it.

    `place` is how far down and to the right a line stands that is placed by itself.
    """

    kind: FlowKind
    rich: RichText
    align: str
    indent: int
    offset: int
    place: tuple[float, float] | None = None

    def moved(self, by: int) -> "Flow":
        """Return the item as it is if it stands so many characters later."""
        return Flow(self.kind, self.rich.moved(by), self.align, self.indent, self.offset + by, self.place)


def line_of(rich: RichText, align: str, margin: float, offset: int) -> Flow | None:
    """Return a line of text; a blank one if it is of spaces, None if it is empty."""
    text = rich.text
    if not text:
        return None
    indent = max(0, round(margin)) if margin else 0
    if text[0].isspace() or text[-1].isspace():
        if text.isspace():
            return Flow(FlowKind.BLANK, BLANK, "", 0, offset)
        indent += len(text) - len(text.lstrip())
        rich = rich.stripped()
    return Flow(FlowKind.TEXT, rich, align, indent, offset)
