"""Lay out an HTML table as lines of fixed width, with figures aligned at their last digit."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from converter.filing.html.columns import Column, Overlaps, find_columns
from converter.filing.html.grid import CellLine, GridItem, GridRow, figure_end, read_grid
from converter.filing.html.parsed import CellAt, GridCell, HtmlTable
from converter.filing.html.richtext import Flow, FlowKind
from converter.filing.traced import BLANK, RichText, in_columns, indented, inserted, joined, squeezed, wrapped

_GAP = 2
_WIDEST_CAPTION = 120
_WIDEST_TEXT = 60
_WIDEST_LAST = 100  # of the lines of a table whose last column is text
_WIDEST_HEADING = 14
_WIDEST_SPANNING = 40  # columns are widened for headings over several columns up to this width
_NARROWEST_RULE = 3  # two dashes could be read as a figure
_INDENT_PER_GRID_COLUMN = 2
_MAX_COLUMNS = 100
_MANY_LINES = 25
_MANY_CHARACTERS = 1500


class _PlacedItem(Struct, gc=False):
    """An item with the range of columns [first, last] that it covers."""

    item: GridItem
    first: int
    last: int


class _RuleSegment(NamedTuple):
    """A rule over the columns of text [left, right); `offset` is that of its cell."""

    left: int
    right: int
    char: str
    offset: int


def lay_out_table(table: HtmlTable, end: int, nested: bool, room: int) -> list[Flow] | None:
    """Lay out a table that closes at offset `end` as lines of text, of at most `room` characters.

    A table that only positions text is returned as that text in reading order; so is a nested table with a single
    line of content, which becomes part of the cell around it. Return None if there are too many columns or lines.
    """
    if is_layout(table):
        return as_text(table)
    rows = read_grid(table)
    if nested and sum(bool(row.items) for row in rows) <= 1:
        return _as_one_line(rows)
    columns = find_columns(rows)
    if len(columns) < 2:
        return as_text(table)
    if len(columns) > _MAX_COLUMNS:
        return None
    flows: list[Flow] = []
    for flow in _TableLayout(rows, columns).flows(table.offset, end):
        room -= len(flow.rich.text)
        if room < 0:
            return None
        flows.append(flow)
    return flows


def is_layout(table: HtmlTable) -> bool:
    """Whether a table is used for page layout: it contains other tables or whole pages of text."""
    return any(_has_page(row) for row in table.rows if True in [cell.is_tall for cell, _ in row])


def _has_page(row: Sequence[CellAt]) -> bool:
    sizes = sorted([len(cell.flows) for cell, _ in row])
    return any(_is_page(cell, sizes[-2] if len(sizes) > 1 else 0) for cell, _ in row if cell.is_tall)


def _is_page(cell: GridCell, second: int) -> bool:
    """Whether a cell holds a laid-out table, or much text without as many lines in another cell of its row.

    `second` is the second largest number of lines in the cells of the row.
    """
    flows = cell.flows
    if sum(flow.kind is FlowKind.FIXED for flow in flows) > 1:
        return True
    lines = sum(flow.kind is FlowKind.TEXT for flow in flows)
    if lines > _MANY_LINES or (lines > 3 and sum(len(flow.rich) for flow in flows) > _MANY_CHARACTERS):
        return second <= lines // 2
    return False


def as_text(table: HtmlTable) -> list[Flow]:
    """Return the text of a table's cells, one below the other."""
    flows = [flow.moved(by) if by else flow for row in table.rows for cell, by in row for flow in cell.flows]
    return [Flow(FlowKind.GAP, BLANK, "", 0, table.offset), *flows] if flows else []


def _as_one_line(rows: Sequence[GridRow]) -> list[Flow]:
    items = [item for row in rows for item in row.items]
    if not items:
        return []
    rich = joined((squeezed(line.rich) for item in items for line in item.lines), " ")
    return [Flow(FlowKind.TEXT, rich, items[0].align, items[0].lines[0].indent, items[0].offset)]


class _TableLayout:
    """Places the items of a table on lines of fixed width."""

    def __init__(self, rows: Sequence[GridRow], columns: list[Column]) -> None:
        self._rows = rows
        self._columns = columns
        self._overlaps = Overlaps(columns)
        self._placed = [[self._place(item) for item in row.items] for row in rows]
        self._measure()
        self._widen()

    def flows(self, offset: int, end: int) -> Iterator[Flow]:
        """Yield the lines of the table between `<TABLE>` and `</TABLE>`; two columns of text have no markers."""
        marked = len(self._columns) > 2 or any(column.holds_figures for column in self._columns)
        yield _fixed("<TABLE>", offset) if marked else Flow(FlowKind.GAP, BLANK, "", 0, offset)
        yield from self._body()
        yield _fixed("</TABLE>", end) if marked else Flow(FlowKind.GAP, BLANK, "", 0, end)

    def _body(self) -> Iterator[Flow]:
        """Yield rows and rules. Empty rows give a blank line, except next to a rule, which stays with its figures."""
        pending: list[_RuleSegment] = []
        after_blank = started = False
        for row, placed in zip(self._rows, self._placed, strict=True):
            if row.page_break:
                yield Flow(FlowKind.PAGE, BLANK, "", 0, row.offset)
            if row.rules:
                pending += self._segments(row.rules, above=True)
            if placed and pending:
                yield _ruler(pending)
            elif placed and after_blank and started:
                yield Flow(FlowKind.GAP, BLANK, "", 0, row.offset)
            for flow in self._lines(placed) if placed else ():
                yield flow
                pending, after_blank, started = [], False, True
            after_blank = after_blank or not placed
            if row.rules:
                pending += self._segments(row.rules, above=False)
        if pending:
            yield _ruler(pending)

    def _place(self, item: GridItem) -> _PlacedItem:
        first, last = self._overlaps[item.core if item.is_figure else (item.start, item.end)]
        if item.is_figure and last - first > 1 and item.align != "center" and not item.is_year:
            first = last - 1
        last = max(min(last, len(self._columns)), 1) - 1
        return _PlacedItem(item, min(first, last), last)

    def _measure(self) -> None:
        """Set the width of every column by the items that cover only this column."""
        singles = [(placed, len(row) == 1) for row in self._placed for placed in row if placed.first == placed.last]
        for placed, _ in singles:
            column = self._columns[placed.first]
            if column.holds_figures and placed.item.is_figure:
                for line in placed.item.lines:
                    digits_end = figure_end(line.rich.text)
                    column.head = max(column.head, len(line.rich) if digits_end is None else digits_end)
                    column.tail = max(column.tail, 0 if digits_end is None else len(line.rich) - digits_end)
        for column in self._columns:
            column.width = max(column.head + column.tail, _NARROWEST_RULE if column.holds_figures else 0)
        for placed, alone in singles:
            column = self._columns[placed.first]
            if not (column.holds_figures and placed.item.is_figure) and not (alone and placed.first == 0):
                lines = self._wrapped(placed, self._max_width(placed.first))
                column.width = max([column.width, *[len(line.text) for line in lines]])
        self._line_up()

    def _max_width(self, index: int) -> int:
        """Return the greatest width for the text in a column."""
        if self._columns[index].holds_figures:
            return max(self._columns[index].head + self._columns[index].tail, _WIDEST_HEADING)
        if index == len(self._columns) - 1:
            return max(_WIDEST_TEXT, _WIDEST_LAST - sum(column.width + _GAP for column in self._columns[:index]))
        return _WIDEST_CAPTION if index == 0 else _WIDEST_TEXT

    def _line_up(self) -> None:
        left = 0
        for column in self._columns:
            column.left, column.right = left, left + column.width
            column.edge = column.right - column.tail
            left = column.right + _GAP

    def _widen(self) -> None:
        """Widen columns for the items that span several of them, narrow spans first; captions may overflow."""
        spanning = [placed for row in self._placed for placed in row if 0 < placed.first < placed.last]
        for placed in sorted(spanning, key=lambda placed: placed.last - placed.first):
            covered = self._columns[placed.first : placed.last + 1]
            room = sum(column.width + _GAP for column in covered) - _GAP
            longest = max(len(line.rich) for line in placed.item.lines)
            missing = min(longest, _WIDEST_SPANNING) - room
            for index, column in enumerate(covered):
                column.width += max(0, missing * (index + 1) // len(covered) - missing * index // len(covered))
        self._line_up()

    def _wrapped(self, placed: _PlacedItem, limit: int) -> list[RichText]:
        """Wrap the lines of an item. Captions keep their indentation; headings are not broken within words."""
        lines = []
        for line in placed.item.lines:
            indent = self._indent(placed, line)
            if len(line.rich.text) + indent + 2 <= limit:
                lines.append(indented(line.rich, indent) if placed.first == 0 else line.rich)
                continue
            if placed.first > 0:
                limit = max([limit, *map(len, line.rich.text.split())]) if limit < _WIDEST_TEXT else limit
            for index, rich in enumerate(wrapped(line.rich, max(limit - indent - 2, 20) if indent else limit)):
                lines.append(indented(rich, indent + 2 * (index > 0)) if placed.first == 0 else rich)
        return lines

    def _indent(self, placed: _PlacedItem, line: CellLine) -> int:
        if placed.first != 0 or self._columns[0].holds_figures or line.align in ("center", "right"):
            return 0
        return line.indent + _INDENT_PER_GRID_COLUMN * max(0, placed.item.start - self._columns[0].start)

    def _lines(self, row: Sequence[_PlacedItem]) -> Iterator[Flow]:
        """Yield the lines of a row, with figures and headings next to the last line of the caption, text at the top."""
        has_figures = True in [placed.item.is_figure and not placed.item.is_year for placed in row]
        cells = [self._positioned(placed, has_figures) for placed in row]
        height = max(map(len, cells))
        if height == 1:
            yield Flow(FlowKind.FIXED, in_columns([cell[0] for cell in cells if cell], _GAP), "", 0, row[0].item.offset)
            return
        are_text = [not self._columns[placed.last].holds_figures for placed in row]
        align_top = any(is_text and len(cell) == height for is_text, cell in zip(are_text, cells, strict=True))
        for number in range(height):
            pieces = list[tuple[int, RichText]]()
            for is_text, cell in zip(are_text, cells, strict=True):
                index = number if align_top and is_text else number - height + len(cell)
                if 0 <= index < len(cell):
                    pieces.append(cell[index])
            line = in_columns(pieces, _GAP)
            if line.text.strip():
                yield Flow(FlowKind.FIXED, line, "", 0, row[0].item.offset)

    def _positioned(self, placed: _PlacedItem, has_figures: bool) -> list[tuple[int, RichText]]:
        """Return the lines of an item, each with the column of text at which it starts."""
        first, last = self._columns[placed.first], self._columns[placed.last]
        item = placed.item
        if item.is_figure and last.holds_figures and placed.first == placed.last:
            return [(self._figure_left(line.rich, last), line.rich) for line in item.lines]
        table_width = self._columns[-1].right
        if placed.first == 0 and not first.holds_figures:
            limit = max(table_width, _WIDEST_TEXT) if placed.last > 0 else _WIDEST_CAPTION
            limit = min(limit, _WIDEST_CAPTION)
        else:
            limit = last.right - first.left
        align = item.align
        if placed.first > 0 and first.holds_figures and align in ("", "left"):
            align = "right" if has_figures and placed.first == placed.last else "center"
        edge = last.edge if last.holds_figures and align == "right" else last.right
        return [(_left(rich, align, first.left, edge), rich) for rich in self._wrapped(placed, limit)]

    def _figure_left(self, rich: RichText, column: Column) -> int:
        end = figure_end(rich.text)
        return max(column.left, column.edge - (len(rich) if end is None else end))

    def _segments(self, items: Iterable[GridItem], above: bool) -> Iterator[_RuleSegment]:
        """Yield the rules above or below a row, except over captions."""
        for item in items:
            char = item.rule_above if above else item.rule_below
            if not char:
                continue
            first, last = self._overlaps[item.start, item.end]
            from_caption = first == 0 and last > 1
            first = max(first, 0 if self._columns[0].holds_figures else 1)
            if first < last and not from_caption:
                yield _RuleSegment(self._columns[first].left, self._columns[last - 1].right, char, item.offset)
            elif from_caption:
                for column in self._columns[first:last]:
                    yield _RuleSegment(column.left, column.right, char, item.offset)


def _left(rich: RichText, align: str, left: int, right: int) -> int:
    """Return the column at which a text aligned between `left` and `right` starts."""
    if align == "right":
        return max(left, right - len(rich))
    if align == "center":
        return max(left, left + (right - left - len(rich)) // 2)
    return left


def _fixed(text: str, offset: int) -> Flow:
    return Flow(FlowKind.FIXED, inserted(text, offset), "", 0, offset)


def _ruler(segments: Sequence[_RuleSegment]) -> Flow:
    """Draw rules on one line; where two overlap, the double one is kept."""
    chars = [" "] * max(segment.right for segment in segments)
    for left, right, char in dict.fromkeys((segment.left, segment.right, segment.char) for segment in segments):
        for index in range(left, right):
            chars[index] = "=" if "=" in (char, chars[index]) else char
    return _fixed("".join(chars), segments[0].offset)
