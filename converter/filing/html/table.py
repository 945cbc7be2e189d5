"""An HTML table -> lines of fixed width: columns found on the grid, figures aligned at their last digit.

Grid columns say little (a figure takes up to four of them, spacers the rest), so the columns of the page are found
anew: cells that overlap on the grid and do not stand side by side in a row share one.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from converter.filing.html.grid import CellLine, GridCell, GridItem, GridRow, HtmlTable, figure_end, read_grid
from converter.filing.html.richtext import Flow, FlowKind, Rich, indented, joined, squeezed, wrapped

_GAP = 2
_WIDEST_CAPTION = 120
_WIDEST_TEXT = 60
_WIDEST_LAST = 100
_WIDEST_HEADING = 14
_WIDENED_FOR = 40
_NARROWEST_RULE = 3  # two dashes could be a figure
_INDENT_PER_GRID_COLUMN = 2
_MANY_LINES = 25
_MANY_CHARACTERS = 1500


@dataclass(slots=True)
class _Column:
    """A column of the page: its grid columns [start, end), what it holds, where it stands.

    Figures end at `left + width - tail`; `tail` is room for what stands behind the digits.
    """

    start: int
    end: int
    figures: bool
    left: int = 0
    width: int = 0
    head: int = 0
    tail: int = 0

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def edge(self) -> int:
        """Where the digits of its figures end."""
        return self.right - self.tail


@dataclass(slots=True)
class _Placed:
    """An item with the columns [first, last] that it stands on."""

    item: GridItem
    first: int
    last: int


def lay_out_table(table: HtmlTable, end: int, nested: bool) -> list[Flow]:
    """The lines of a table that closes at offset `end`; of one that only places text, that text in reading order.

    A nested table with just one line of content is returned as text, to become part of the cell around it.
    """
    if _is_layout(table):
        return _as_text(table)
    rows = read_grid(table)
    if nested and sum(bool(row.items) for row in rows) <= 1:
        return _as_one_line(rows)
    columns = _find_columns(rows)
    if len(columns) < 2:
        return _as_text(table)
    return list(_Page(rows, columns).flows(table.position, end))


def _is_layout(table: HtmlTable) -> bool:
    """Whether a table holds other tables or whole pages of text."""
    return any(_is_giant(cell, row) for row in table.rows for cell in row)


def _is_giant(cell: GridCell, row: Sequence[GridCell]) -> bool:
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
    return [Flow(FlowKind.GAP, Rich(), "", 0, table.position), *flows] if flows else []


def _as_one_line(rows: Sequence[GridRow]) -> list[Flow]:
    items = [item for row in rows for item in row.items]
    if not items:
        return []
    rich = joined((squeezed(line.rich) for item in items for line in item.lines if line.rich.text), " ")
    return [Flow(FlowKind.TEXT, rich, items[0].align, items[0].lines[0].indent, items[0].position)]


# Columns


def _find_columns(rows: Sequence[GridRow]) -> list[_Column]:
    """The columns of the page, left to right.

    Figures of several cells come first, as they show best what belongs together; then the other figures, then text,
    narrow ones before wide ones. What overlaps one column becomes part of it, what overlaps several spans them.
    """
    items = [item for row in rows for item in row.items]
    columns: list[_Column] = []
    plain = [item for item in items if item.figures and not item.is_year]
    for figures, group in (
        (True, [(item.start, item.end) for item in plain if item.glued]),
        (True, [item.core for item in plain if not item.glued]),
        (False, [(item.start, item.end) for item in items if not item.figures or item.is_year]),
    ):
        for start, end in sorted(set(group), key=lambda span: (span[1] - span[0], span)):
            _take_in(columns, start, end, figures)
    _join_captions(columns, rows)
    _tell_figures(columns, rows)
    _join_strays(columns, rows)
    return columns


def _overlapped(columns: Sequence[_Column], start: int, end: int) -> tuple[int, int]:
    """Indexes [first, last) of the columns that overlap grid columns [start, end)."""
    first = bisect_right(columns, start, key=lambda column: column.end)
    last = first
    while last < len(columns) and columns[last].start < end:
        last += 1
    return first, last


def _take_in(columns: list[_Column], start: int, end: int, figures: bool) -> None:
    first, last = _overlapped(columns, start, end)
    if first == last:
        columns.insert(first, _Column(start, end, figures))
    elif last - first == 1:
        column = columns[first]
        column.start, column.end = min(column.start, start), max(column.end, end)


def _join_captions(columns: list[_Column], rows: Sequence[GridRow]) -> None:
    """Join the text columns at the left that never stand in one row: captions indented by cells."""
    while len(columns) > 1 and not columns[0].figures and not columns[1].figures:
        split = columns[1].start
        if any(_has(row, columns[0]) and any(item.end > split for item in row.items[1:2]) for row in rows):
            return
        columns[0].end = columns[1].end
        del columns[1]


def _has(row: GridRow, column: _Column) -> bool:
    return bool(row.items) and row.items[0].start < column.end


def _tell_figures(columns: list[_Column], rows: Sequence[GridRow]) -> None:
    """A column of years, or of a few figures among text, is a column of text."""
    counts = [[0, 0] for _ in columns]
    for row in rows:
        for item in row.items:
            first, last = _overlapped(columns, *item.core)
            if last - first == 1:
                counts[first][item.figures] += 1
    for index, (column, (texts, figures)) in enumerate(zip(columns, counts, strict=True)):
        column.figures = figures * 4 > texts and (index > 0 or not texts)
    if columns:
        columns[0].figures = columns[0].figures and any(column.figures for column in columns[1:])


def _join_strays(columns: list[_Column], rows: Sequence[GridRow]) -> None:
    """Join a column of figures that has no heading to the one that touches it, where no row has figures in both.

    These are the figures of rows that lack a cell, and so stand one grid column beside the others.
    """
    headed, together = set[int](), set[tuple[int, int]]()
    for row in rows:
        used = []
        for item in row.items:
            first, last = _overlapped(columns, *item.core)
            if last - first == 1:
                used.append(first)
                if not item.figures or item.is_year:
                    headed.add(first)
        together.update(pairwise(sorted(set(used))))
    for index in range(len(columns) - 1, 0, -1):
        left, right = columns[index - 1], columns[index]
        touching = left.figures and right.figures and left.end == right.start
        if touching and (index - 1, index) not in together and not {index - 1, index} <= headed:
            left.end = right.end
            del columns[index]


# Lines


class _Page:
    """Places the items of a table on lines of fixed width."""

    def __init__(self, rows: Sequence[GridRow], columns: list[_Column]) -> None:
        self._rows = rows
        self._columns = columns
        self._placed = [[self._place(item) for item in row.items] for row in rows]
        self._measure()
        self._widen()

    def flows(self, position: int, end: int) -> Iterator[Flow]:
        """The lines of the table between its markers."""
        marked = len(self._columns) > 2 or any(column.figures for column in self._columns)
        yield _fixed("<TABLE>", position) if marked else Flow(FlowKind.GAP, Rich(), "", 0, position)
        yield from self._body()
        yield _fixed("</TABLE>", end) if marked else Flow(FlowKind.GAP, Rich(), "", 0, end)

    def _body(self) -> Iterator[Flow]:
        """Rows and rules; empty rows give a blank line, but for those beside a rule, which stands on its figures."""
        pending: list[tuple[int, int, str, int]] = []
        blank = started = False
        for row, placed in zip(self._rows, self._placed, strict=True):
            if row.page:
                yield Flow(FlowKind.PAGE, Rich(), "", 0, row.position)
            pending += self._segments(row.rules, above=True)
            if placed and pending:
                yield _ruler(pending)
            elif placed and blank and started:
                yield Flow(FlowKind.GAP, Rich(), "", 0, row.position)
            for flow in self._lines(placed):
                yield flow
                pending, blank, started = [], False, True
            blank = blank or not placed
            pending += self._segments(row.rules, above=False)
        if pending:
            yield _ruler(pending)

    def _place(self, item: GridItem) -> _Placed:
        first, last = _overlapped(self._columns, *(item.core if item.figures else (item.start, item.end)))
        if item.figures and last - first > 1 and item.align != "center" and not item.is_year:
            first = last - 1
        last = max(min(last, len(self._columns)), 1) - 1
        return _Placed(item, min(first, last), last)

    def _measure(self) -> None:
        """Give every column the width of what stands in it alone."""
        singles = [(placed, len(row) == 1) for row in self._placed for placed in row if placed.first == placed.last]
        for placed, _ in singles:
            column = self._columns[placed.first]
            if column.figures and placed.item.figures:
                for line in placed.item.lines:
                    cut = figure_end(line.rich.text)
                    column.head = max(column.head, len(line.rich) if cut is None else cut)
                    column.tail = max(column.tail, 0 if cut is None else len(line.rich) - cut)
        for column in self._columns:
            column.width = max(column.head + column.tail, _NARROWEST_RULE if column.figures else 0)
        for placed, alone in singles:
            column = self._columns[placed.first]
            if not (column.figures and placed.item.figures) and not (alone and placed.first == 0):
                lines = self._wrapped(placed, self._limit(placed.first))
                column.width = max([column.width, *(len(line) for line in lines)])
        self._line_up()

    def _limit(self, index: int) -> int:
        """How wide the text of a column may be."""
        if self._columns[index].figures:
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
        """Make room for what spans several columns, narrow spans first; captions may run on."""
        spanning = [placed for row in self._placed for placed in row if 0 < placed.first < placed.last]
        for placed in sorted(spanning, key=lambda one: one.last - one.first):
            covered = self._columns[placed.first : placed.last + 1]
            room = sum(column.width + _GAP for column in covered) - _GAP
            longest = max(len(line.rich) for line in placed.item.lines)
            missing = min(longest, _WIDENED_FOR) - room
            for index, column in enumerate(covered):
                column.width += max(0, missing * (index + 1) // len(covered) - missing * index // len(covered))
        self._line_up()

    def _wrapped(self, placed: _Placed, limit: int) -> list[Rich]:
        """The lines of an item; captions carry their indentation, no word is cut for a heading."""
        lines = []
        for line in placed.item.lines:
            indent = self._indent(placed, line)
            if placed.first > 0:
                limit = max([limit, *map(len, line.rich.text.split())]) if limit < _WIDEST_TEXT else limit
            for index, rich in enumerate(wrapped(line.rich, max(limit - indent - 2, 20) if indent else limit)):
                lines.append(indented(rich, indent + 2 * (index > 0)) if placed.first == 0 else rich)
        return lines

    def _indent(self, placed: _Placed, line: CellLine) -> int:
        if placed.first != 0 or self._columns[0].figures or line.align in ("center", "right"):
            return 0
        return line.indent + _INDENT_PER_GRID_COLUMN * max(0, placed.item.start - self._columns[0].start)

    def _lines(self, row: Sequence[_Placed]) -> Iterator[Flow]:
        """The lines of a row: figures and headings at the bottom, beside a caption's last line; text at the top."""
        has_figures = any(placed.item.figures and not placed.item.is_year for placed in row)
        cells = [self._positioned(placed, has_figures) for placed in row]
        height = max(map(len, cells), default=0)
        texts = [not self._columns[placed.last].figures for placed in row]
        top = any(text and len(cell) == height for text, cell in zip(texts, cells, strict=True))
        for number in range(height):
            line = Rich()
            for text, cell in zip(texts, cells, strict=True):
                index = number if top and text else number - height + len(cell)
                if 0 <= index < len(cell) and cell[index][1].text:
                    left, rich = cell[index]
                    line.pad(max(left, len(line) + _GAP if line.text else 0))
                    line.extend(rich)
            if line.text.strip():
                yield Flow(FlowKind.FIXED, line, "", 0, row[0].item.position)

    def _positioned(self, placed: _Placed, has_figures: bool) -> list[tuple[int, Rich]]:
        """Where each line of an item starts."""
        first, last = self._columns[placed.first], self._columns[placed.last]
        item = placed.item
        if item.figures and last.figures and placed.first == placed.last:
            return [(self._figure_left(line.rich, last), line.rich) for line in item.lines]
        whole = self._columns[-1].right
        if placed.first == 0 and not first.figures:
            limit = max(whole, _WIDEST_TEXT) if placed.last > 0 else _WIDEST_CAPTION
            limit = min(limit, _WIDEST_CAPTION)
        else:
            limit = last.right - first.left
        align = item.align
        if placed.first > 0 and first.figures and align in ("", "left"):
            align = "right" if has_figures and placed.first == placed.last else "center"
        edge = last.edge if last.figures and align == "right" else last.right
        return [(_left(rich, align, first.left, edge), rich) for rich in self._wrapped(placed, limit)]

    def _figure_left(self, rich: Rich, column: _Column) -> int:
        end = figure_end(rich.text)
        return max(column.left, column.edge - (len(rich) if end is None else end))

    def _segments(self, items: Iterable[GridItem], above: bool) -> Iterator[tuple[int, int, str, int]]:
        """The rules of a row as (left, right, character, offset); captions are not ruled."""
        for item in items:
            char = item.above if above else item.below
            if not char:
                continue
            first, last = _overlapped(self._columns, item.start, item.end)
            whole = first == 0 and last > 1
            first = max(first, 0 if self._columns[0].figures else 1)
            if first < last and not whole:
                yield self._columns[first].left, self._columns[last - 1].right, char, item.position
            elif whole:
                for column in self._columns[first:last]:
                    yield column.left, column.right, char, item.position


def _left(rich: Rich, align: str, left: int, right: int) -> int:
    if align == "right":
        return max(left, right - len(rich))
    if align == "center":
        return max(left, left + (right - left - len(rich)) // 2)
    return left


def _fixed(text: str, position: int) -> Flow:
    return Flow(FlowKind.FIXED, Rich(text, [position] * len(text)), "", 0, position)


def _ruler(segments: Sequence[tuple[int, int, str, int]]) -> Flow:
    """One line of rules; where two meet, the double one stays."""
    chars = [" "] * max(right for _, right, _, _ in segments)
    for left, right, char, _ in segments:
        for index in range(left, right):
            chars[index] = "=" if "=" in (char, chars[index]) else char
    return _fixed("".join(chars), segments[0][3])
