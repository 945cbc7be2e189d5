"""Read the cells of HTML tables at once where they can be: empty ones, those of one line, those read before."""

import re
from collections.abc import Sequence

from converter.filing.html.containers import Container
from converter.filing.html.parsed import GridCell
from converter.filing.html.richtext import Flow, RichTextReader, add_ranges, line_of
from converter.filing.html.styles import Style, read_style

INLINE = frozenset({"font", "b", "i", "u", "a", "span", "em", "strong", "small", "big", "sub", "tt", "nobr"})
"""Tags that change nothing of the layout."""

_INLINE_TAG = rf"<(?:/?(?:{'|'.join(sorted(INLINE))})(?=[\s/>])(?![^<>]*page-break)[^<>]*>)"
_PLAIN_BLOCK_TAG = r"</?(?:p|div|hr|br|center)(?=[\s/>])(?![^<>]*page-break)[^<>]*>"
_WHOLE_CELL = re.compile(
    r"(<t([dh])(?![A-Za-z0-9:])([^<>]*+)>([^<]*+(?>(?:<(?!/?t(?!t[\s>]))[^<]*+)*))</t[dh]\s*+>)\s*+", re.I
)
whole_cell = _WHOLE_CELL.match
"""Match a cell up to its first end, if no cell, row or table begins or ends before it; then blanks.

The groups are its source, "d" or "h", its attributes, its content.
"""
_ONE_LINE = re.compile(rf"(?>(?:[^<]+|{_INLINE_TAG})*)", re.I)
_LINE_OF_BLOCK = re.compile(rf"((?>(?:[^<]+|{_INLINE_TAG})*))</(p|div)(?![A-Za-z0-9:])[^<>]*>\s*", re.I)
line_of_block = _LINE_OF_BLOCK.match
"""Match what is in a block of one line of text, and the end of the block, with the name of its tag; then blanks."""
_BLOCK = re.compile(r"\s*(<(p|div)(?=[\s/>])(?![^<>]*page-break)([^<>]*)>)", re.I)
_REPEATABLE = re.compile(rf"(?>(?:[^<]+|{_INLINE_TAG}|{_PLAIN_BLOCK_TAG})*)", re.I)


class CellReader:
    """Reads cells of a document that are whole, and remembers them.

    A cell says the same wherever its source stands, in rows of the same alignment; most cells of a filing are there
    more than once, such as the empty ones between its columns.
    """

    def __init__(self, reader: RichTextReader) -> None:
        self._reader = reader
        self._text = reader.text
        self._known: dict[str, dict[str, GridCell]] = {}

    def known(self, row_align: str) -> dict[str, GridCell]:
        """Return the cells that were read before in rows aligned like this, by their source."""
        return self._known.setdefault(row_align, {})

    def read(self, whole: re.Match[str], row_align: str) -> GridCell | None:
        """Return a cell that has at most one line or block of text, and remember it; None for another one."""
        style = read_style(whole[3])
        flows = self._flows(cell_align(whole[2], style, row_align), cell_margin(style), *whole.span(4))
        if flows is None:
            return None
        cell = GridCell(style, whole.start() + self._reader.offset, ()).close(flows)
        self.remember(cell, whole[1], row_align)
        return cell

    def _flows(self, align: str, margin: float, start: int, end: int) -> Sequence[Flow] | None:
        """Return the flow of a cell with one line or block of text in [start, end), else None."""
        text, reader = self._text, self._reader
        if _ONE_LINE.fullmatch(text, start, end):
            ranges = list[int]()
            add_ranges(ranges, text, start, end)
            flow = line_of(reader.read(ranges), align, margin, end + reader.offset)
            return (flow,) if flow else ()
        block = _BLOCK.match(text, start, end)
        line = _LINE_OF_BLOCK.fullmatch(text, block.end(), end) if block else None
        if not block or not line or block[2].lower() != line[2].lower() or (style := read_style(block[3])).place:
            return None
        container = Container(reader, align, margin)
        container.add_block(line[2].lower(), style, block.start(1), *line.span(1))
        return container.flows

    def remember(self, cell: GridCell, source: str, row_align: str) -> None:
        """Remember a cell for those with the same source that follow."""
        self.known(row_align)[source] = cell

    def is_repeatable(self, whole: re.Match[str]) -> bool:
        """Whether a cell says the same wherever it stands: nothing in it looks at what is around it."""
        return _REPEATABLE.fullmatch(self._text, *whole.span(4)) is not None


def cell_align(kind: str, style: Style, row_align: str) -> str:
    """Return how the text of a cell is aligned; `kind` is "d" or "h"."""
    return style.align or row_align or ("center" if kind in "Hh" else "")


def cell_margin(style: Style) -> float:
    """Return the columns that the text of a cell is indented by."""
    return max(0, style.margin + style.text_indent)
