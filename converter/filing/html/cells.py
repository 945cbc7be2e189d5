"""Read the cells of HTML tables at once where they can be: empty ones, those of one line, those read before."""

import re

from converter.filing.html.parsed import GridCell
from converter.filing.html.richtext import Flow, FlowKind, RichTextReader, line_of
from converter.filing.html.styles import Style, read_style
from converter.filing.traced import BLANK

INLINE = frozenset({"font", "b", "i", "u", "a", "span", "em", "strong", "small", "big", "sub", "tt", "nobr"})
"""Tags that change nothing of the layout."""

_INLINE_TAG = rf"<(?:/?(?:{'|'.join(sorted(INLINE))})(?=[\s/>])(?![^<>]*page-break)[^<>]*>)"
_PLAIN_BLOCK_TAG = r"</?(?:p|div|hr|br|center)(?=[\s/>])(?![^<>]*page-break)[^<>]*>"
# Up to the first end of a cell, if no cell, row or table begins or ends before it.
_WHOLE_CELL = re.compile(r"(<t([dh])(?![A-Za-z0-9:])([^<>]*)>([^<]*(?:<(?!/?t(?!t[\s>]))[^<]*)*)</t[dh]\s*>)\s*", re.I)
_BLANK = re.compile(rf"(?>(?:\s+|{_INLINE_TAG}|(&nbsp;|&#160;))*)", re.I)
_ONE_LINE = re.compile(rf"(?>(?:[^<]+|{_INLINE_TAG})*)", re.I)
_REPEATABLE = re.compile(rf"(?>(?:[^<]+|{_INLINE_TAG}|{_PLAIN_BLOCK_TAG})*)", re.I)
_ANY_TAG = re.compile(r"<[^<>]*>")


class CellReader:
    """Reads cells of a document that are whole, and remembers them.

    A cell says the same wherever its source stands, in rows of the same alignment; most cells of a filing are there
    more than once, such as the empty ones between its columns.
    """

    def __init__(self, reader: RichTextReader) -> None:
        self._reader = reader
        self._text = reader.text
        self._known: dict[str, dict[str, GridCell]] = {}

    def whole(self, position: int) -> re.Match[str] | None:
        """Match a cell at `position`: its source, "d" or "h", its attributes, its content; then blanks."""
        return _WHOLE_CELL.match(self._text, position)

    def read(self, whole: re.Match[str], row_align: str) -> GridCell | None:
        """Return a cell that was read before, or has at most one line of text; None for another one."""
        position = whole.start() + self._reader.offset
        known = self._known.get(row_align)
        if known is None:
            known = self._known[row_align] = {}
        source = whole[1]
        if like := known.get(source):
            return like.moved_to(position)
        style, (start, end) = read_style(whole[3]), whole.span(4)
        if blank := _BLANK.fullmatch(self._text, start, end):
            flow = Flow(FlowKind.BLANK, BLANK, "", 0, end + self._reader.offset) if blank[1] else None
        elif _ONE_LINE.fullmatch(self._text, start, end):
            rich = self._reader.read(self._ranges(start, end))
            flow = line_of(rich, cell_align(whole[2], style, row_align), cell_margin(style), end + self._reader.offset)
        else:
            return None
        cell = known[source] = GridCell(style, position, ()).close((flow,) if flow else ())
        return cell

    def remember(self, cell: GridCell, source: str, row_align: str) -> None:
        """Remember a cell with several lines."""
        self._known.setdefault(row_align, {})[source] = cell

    def is_repeatable(self, whole: re.Match[str]) -> bool:
        """Whether a cell says the same wherever it stands: nothing in it looks at what is around it."""
        return _REPEATABLE.fullmatch(self._text, *whole.span(4)) is not None

    def _ranges(self, start: int, end: int) -> list[int]:
        """Return the ranges of the text between the tags of a line, from the first that is not blank."""
        ranges = list[int]()
        text, position = self._text, start
        for first, last in (*[tag.span() for tag in _ANY_TAG.finditer(text, start, end)], (end, end)):
            if first > position and (ranges or not text[position:first].isspace()):
                ranges += (position, first)
            position = last
        return ranges


def cell_align(kind: str, style: Style, row_align: str) -> str:
    """Return how the text of a cell is aligned; `kind` is "d" or "h"."""
    return style.align or row_align or ("center" if kind in "Hh" else "")


def cell_margin(style: Style) -> float:
    """Return the columns that the text of a cell is indented by."""
    return max(0, style.margin + style.text_indent)
