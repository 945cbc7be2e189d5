"""Lay out an HTML table as lines of fixed width, with figures aligned at their last digit.

Grid columns are not usable as columns of the page, as a figure takes up to four of them and the rest are spacers.
Instead, columns are built from the cells: cells that overlap on the grid and are never side by side in a row share one.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from converter.filing.html.grid import CellLine, GridCell, GridItem, GridRow, HtmlTable, figure_end, read_grid
from converter.filing.html.richtext import Flow, FlowKind, RichText, indented, joined, squeezed, wrapped

_GAP = 2
_WIDEST_CAPTION = 120
_WIDEST_TEXT = 60
_WIDEST_LAST = 100  # of the lines of a table whose last column is text
_WIDEST_HEADING = 14
_WIDEST_SPANNING = 40  # columns are widened for headings over several columns up to this width
_NARROWEST_RULE = 3  # two dashes could be read as a figure
_INDENT_PER_GRID_COLUMN = 2
_MANY_LINES = 25
_MANY_CHARACTERS = 1500


@dataclass(slots=True)
class _Column:
    """A column of the page, made of the grid columns [start, end).

    `left` and `width` give its place on the page. `head` is the room for figures up to their last digit, `tail` the
    room for what follows the digits: figures end at `left + width - tail`.
    """

    start: int
    end: int
    holds_figures: bool
    left: int = 0
    width: int = 0
    head: int = 0
    tail: int = 0

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def edge(self) -> int:
        """The column of text at which the digits of its figures end."""
        return self.right - self.tail


@dataclass(slots=True)
class _PlacedItem:
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


def lay_out_table(table: HtmlTable, end: int, nested: bool) -> list[Flow]:
    """Lay out a table that closes at offset `end` as lines of text.

    A table that only positions text is returned as that text in reading order; so is a nested table with a single
    line of content, which becomes part of the cell around it.
    """
    if _is_layout(table):
        return _as_text(table)
    rows = read_grid(table)
    if nested and sum(bool(row.items) for row in rows) <= 1:
        return _as_one_line(rows)
    columns = _find_columns(rows)
    if len(columns) < 2:
        return _as_text(table)
    return list(_TableLayout(rows, columns).flows(table.offset, end))


def _is_layout(table: HtmlTable) -> bool:
    """Whether a table is used for page layout: it contains other tables or whole pages of text."""
    return any(_is_page(cell, row) for row in table.rows for cell in row)


def _is_page(cell: GridCell, row: Sequence[GridCell]) -> bool:
    """Whether a cell holds a laid-out table, or much text without as many lines in another cell of its row."""
    flows = cell.flows
    if len(flows) < 2:
        return False
    if sum(flow.kind is FlowKind.FIXED for flow in flows) > 1:
        return True
    lines = sum(flow.kind is FlowKind.TEXT for flow in flows)
    if lines > _MANY_LINES or (lines > 3 and sum(len(flow.rich) for flow in flows) > _MANY_CHARACTERS):
        return not any(other is not cell and len(other.flows) > lines // 2 for other in row)
    return False


def _as_text(table: HtmlTable) -> list[Flow]:
    flows = [flow for row in table.rows for cell in row for flow in cell.flows]
    return [Flow(FlowKind.GAP, RichText(), "", 0, table.offset), *flows] if flows else []


def _as_one_line(rows: Sequence[GridRow]) -> list[Flow]:
    items = [item for row in rows for item in row.items]
    if not items:
        return []
    rich = joined((squeezed(line.rich) for item in items for line in item.lines if line.rich.text), " ")
    return [Flow(FlowKind.TEXT, rich, items[0].align, items[0].lines[0].indent, items[0].offset)]


# Columns


def _find_columns(rows: Sequence[GridRow]) -> list[_Column]:
    """Build the columns of the page from the items, left to right.

    Figures merged from several cells come first, as they are the most reliable; then other figures, then text; in
    each group, narrow items before wide ones. An item that overlaps one column extends it; an item that overlaps
    several columns spans them.
    """
    items = [item for row in rows for item in row.items]
    columns: list[_Column] = []
    figures = [item for item in items if item.is_figure and not item.is_year]
    for holds_figures, spans in (
        (True, [(item.start, item.end) for item in figures if item.is_merged]),
        (True, [item.core for item in figures if not item.is_merged]),
        (False, [(item.start, item.end) for item in items if not item.is_figure or item.is_year]),
    ):
        for start, end in sorted(set(spans), key=lambda span: (span[1] - span[0], span)):
            _add_span(columns, start, end, holds_figures)
    _join_caption_columns(columns, rows)
    _classify_columns(columns, rows)
    _join_stray_columns(columns, rows)
    return columns


def _overlapped(columns: Sequence[_Column], start: int, end: int) -> tuple[int, int]:
    """Return the indexes [first, last) of the columns that overlap grid columns [start, end)."""
    first = bisect_right(columns, start, key=lambda column: column.end)
    last = first
    while last < len(columns) and columns[last].start < end:
        last += 1
    return first, last


def _add_span(columns: list[_Column], start: int, end: int, holds_figures: bool) -> None:
    """Add the grid columns of an item: as a new column, or to the one column that they overlap."""
    first, last = _overlapped(columns, start, end)
    if first == last:
        columns.insert(first, _Column(start, end, holds_figures))
    elif last - first == 1:
        column = columns[first]
        column.start, column.end = min(column.start, start), max(column.end, end)


def _join_caption_columns(columns: list[_Column], rows: Sequence[GridRow]) -> None:
    """Join text columns at the left that are never used in the same row: captions indented by empty cells."""
    while len(columns) > 1 and not columns[0].holds_figures and not columns[1].holds_figures:
        split = columns[1].start
        if any(_starts_in(row, columns[0]) and any(item.end > split for item in row.items[1:2]) for row in rows):
            return
        columns[0].end = columns[1].end
        del columns[1]


def _starts_in(row: GridRow, column: _Column) -> bool:
    return bool(row.items) and row.items[0].start < column.end


def _classify_columns(columns: list[_Column], rows: Sequence[GridRow]) -> None:
    """Decide which columns hold figures: not those with years only, or with few figures among text."""
    counts = [[0, 0] for _ in columns]
    for row in rows:
        for item in row.items:
            first, last = _overlapped(columns, *item.core)
            if last - first == 1:
                counts[first][item.is_figure] += 1
    for index, (column, (texts, figures)) in enumerate(zip(columns, counts, strict=True)):
        column.holds_figures = figures * 4 > texts and (index > 0 or not texts)
    if columns:
        columns[0].holds_figures = columns[0].holds_figures and any(column.holds_figures for column in columns[1:])


def _join_stray_columns(columns: list[_Column], rows: Sequence[GridRow]) -> None:
    """Join a column of figures without a heading to an adjacent one if no row has items in both.

    Its figures belong to rows that lack a cell, and are therefore shifted by one grid column.
    """
    headed, used_together = set[int](), set[tuple[int, int]]()
    for row in rows:
        used = []
        for item in row.items:
            first, last = _overlapped(columns, *item.core)
            if last - first == 1:
                used.append(first)
                if not item.is_figure or item.is_year:
                    headed.add(first)
        used_together.update(pairwise(sorted(set(used))))
    for index in range(len(columns) - 1, 0, -1):
        left, right = columns[index - 1], columns[index]
        adjacent = left.holds_figures and right.holds_figures and left.end == right.start
        if adjacent and (index - 1, index) not in used_together and not {index - 1, index} <= headed:
            left.end = right.end
            del columns[index]


# Lines


class _TableLayout:
    """Places the items of a table on lines of fixed width."""

    def __init__(self, rows: Sequence[GridRow], columns: list[_Column]) -> None:
        self._rows = rows
        self._columns = columns
        self._placed = [[self._place(item) for item in row.items] for row in rows]
        self._measure()
        self._widen()

    def flows(self, offset: int, end: int) -> Iterator[Flow]:
        """Yield the lines of the table between `<TABLE>` and `</TABLE>`; two columns of text have no markers."""
        marked = len(self._columns) > 2 or any(column.holds_figures for column in self._columns)
        yield _fixed("<TABLE>", offset) if marked else Flow(FlowKind.GAP, RichText(), "", 0, offset)
        yield from self._body()
        yield _fixed("</TABLE>", end) if marked else Flow(FlowKind.GAP, RichText(), "", 0, end)

    def _body(self) -> Iterator[Flow]:
        """Yield rows and rules. Empty rows give a blank line, except next to a rule, which stays with its figures."""
        pending: list[_RuleSegment] = []
        after_blank = started = False
        for row, placed in zip(self._rows, self._placed, strict=True):
            if row.page_break:
                yield Flow(FlowKind.PAGE, RichText(), "", 0, row.offset)
            pending += self._segments(row.rules, above=True)
            if placed and pending:
                yield _ruler(pending)
            elif placed and after_blank and started:
                yield Flow(FlowKind.GAP, RichText(), "", 0, row.offset)
            for flow in self._lines(placed):
                yield flow
                pending, after_blank, started = [], False, True
            after_blank = after_blank or not placed
            pending += self._segments(row.rules, above=False)
        if pending:
            yield _ruler(pending)

    def _place(self, item: GridItem) -> _PlacedItem:
        first, last = _overlapped(self._columns, *(item.core if item.is_figure else (item.start, item.end)))
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
                column.width = max([column.width, *(len(line) for line in lines)])
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
            column.left = left
            left += column.width + _GAP

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
        has_figures = any(placed.item.is_figure and not placed.item.is_year for placed in row)
        cells = [self._positioned(placed, has_figures) for placed in row]
        height = max(map(len, cells), default=0)
        are_text = [not self._columns[placed.last].holds_figures for placed in row]
        align_top = any(is_text and len(cell) == height for is_text, cell in zip(are_text, cells, strict=True))
        for number in range(height):
            line = RichText()
            for is_text, cell in zip(are_text, cells, strict=True):
                index = number if align_top and is_text else number - height + len(cell)
                if 0 <= index < len(cell) and cell[index][1].text:
                    left, rich = cell[index]
                    line.pad(max(left, len(line) + _GAP if line.text else 0))
                    line.extend(rich)
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

    def _figure_left(self, rich: RichText, column: _Column) -> int:
        end = figure_end(rich.text)
        return max(column.left, column.edge - (len(rich) if end is None else end))

    def _segments(self, items: Iterable[GridItem], above: bool) -> Iterator[_RuleSegment]:
        """Yield the rules above or below a row, except over captions."""
        for item in items:
            char = item.rule_above if above else item.rule_below
            if not char:
                continue
            first, last = _overlapped(self._columns, item.start, item.end)
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
    return Flow(FlowKind.FIXED, RichText(text, [offset] * len(text)), "", 0, offset)


def _ruler(segments: Sequence[_RuleSegment]) -> Flow:
    """Draw rules on one line; where two overlap, the double one is kept."""
    chars = [" "] * max(segment.right for segment in segments)
    for left, right, char, _ in segments:
        for index in range(left, right):
            chars[index] = "=" if "=" in (char, chars[index]) else char
    return _fixed("".join(chars), segments[0].offset)
