"""Find the columns of the page in an HTML table: groups of grid columns that cells share.

Grid columns are not usable as columns of the page, as a figure takes up to four of them and the rest are spacers.
Instead, columns are built from the cells: cells that overlap on the grid and are never side by side in a row share one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from converter.filing.html.grid import GridRow


class Column(Struct, gc=False):
    """A column of the page, made of the grid columns [start, end).

    `left`, `width` and `right` give its place on the page, `edge` where the digits of its figures end. `head` is the
    room for figures up to their last digit, `tail` that for what follows the digits.
    """

    start: int
    end: int
    holds_figures: bool
    left: int = 0
    width: int = 0
    head: int = 0
    tail: int = 0
    right: int = 0
    edge: int = 0


def find_columns(rows: Sequence[GridRow]) -> list[Column]:
    """Build the columns of the page from the items, left to right.

    Figures merged from several cells come first, as they are the most reliable; then other figures, then text; in
    each group, narrow items before wide ones. An item that overlaps one column extends it; an item that overlaps
    several columns spans them.
    """
    items = [item for row in rows for item in row.items]
    columns: list[Column] = []
    figures = [item for item in items if item.is_figure and not item.is_year]
    for holds_figures, spans in (
        (True, [(item.start, item.end) for item in figures if item.is_merged]),
        (True, [item.core for item in figures if not item.is_merged]),
        (False, [(item.start, item.end) for item in items if not item.is_figure or item.is_year]),
    ):
        for start, end in sorted(set(spans), key=lambda span: (span[1] - span[0], span)):
            _add_span(columns, start, end, holds_figures)
    _join_caption_columns(columns, rows)
    overlaps = Overlaps(columns)
    _classify_columns(columns, rows, overlaps)
    _join_stray_columns(columns, rows, overlaps)
    return columns


class Overlaps(dict[tuple[int, int], tuple[int, int]]):
    """The indexes [first, last) of the columns that overlap grid columns [start, end), which are asked for often."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self._columns = columns

    def __missing__(self, grid_columns: tuple[int, int]) -> tuple[int, int]:
        found = self[grid_columns] = _overlapped(self._columns, *grid_columns)
        return found


def _overlapped(columns: Sequence[Column], start: int, end: int) -> tuple[int, int]:
    """Return the indexes [first, last) of the columns that overlap grid columns [start, end)."""
    first = bisect_right(columns, start, key=lambda column: column.end)
    last = bisect_left(columns, end, lo=first, key=lambda column: column.start)
    return first, last


def _add_span(columns: list[Column], start: int, end: int, holds_figures: bool) -> None:
    """Add the grid columns of an item: as a new column, or to the one column that they overlap."""
    first, last = _overlapped(columns, start, end)
    if first == last:
        columns.insert(first, Column(start, end, holds_figures))
    elif last - first == 1:
        column = columns[first]
        column.start, column.end = min(column.start, start), max(column.end, end)


def _join_caption_columns(columns: list[Column], rows: Sequence[GridRow]) -> None:
    """Join text columns at the left that are never used in the same row: captions indented by empty cells."""
    pairs = sorted((row.items[0].start, row.items[1].end) for row in rows if len(row.items) > 1)
    seen = joined_count = farthest = 0
    for column in columns[1:]:
        if columns[0].holds_figures or column.holds_figures:
            break
        while seen < len(pairs) and pairs[seen][0] < columns[0].end:
            farthest = max(farthest, pairs[seen][1])
            seen += 1
        if farthest > column.start:
            break
        columns[0].end = column.end
        joined_count += 1
    del columns[1 : 1 + joined_count]


def _classify_columns(columns: list[Column], rows: Sequence[GridRow], overlaps: Overlaps) -> None:
    """Decide which columns hold figures: not those with years only, or with few figures among text."""
    counts = [[0, 0] for _ in columns]
    for row in rows:
        for item in row.items:
            first, last = overlaps[item.core]
            if last - first == 1:
                counts[first][item.is_figure] += 1
    for index, (column, (texts, figures)) in enumerate(zip(columns, counts, strict=True)):
        column.holds_figures = figures * 4 > texts and (index > 0 or not texts)
    if columns:
        columns[0].holds_figures = columns[0].holds_figures and any(column.holds_figures for column in columns[1:])


def _join_stray_columns(columns: list[Column], rows: Sequence[GridRow], overlaps: Overlaps) -> None:
    """Join a column of figures without a heading to an adjacent one if no row has items in both.

    Its figures belong to rows that lack a cell, and are therefore shifted by one grid column.
    """
    if not any(_are_adjacent(left, right) for left, right in pairwise(columns)):
        return
    headed, used_together = set[int](), set[tuple[int, int]]()
    for row in rows:
        used = []
        for item in row.items:
            first, last = overlaps[item.core]
            if last - first == 1:
                used.append(first)
                if not item.is_figure or item.is_year:
                    headed.add(first)
        used_together.update(pairwise(sorted(set(used))))
    last = len(columns) - 1  # of the columns that are joined to `right`
    for index in range(len(columns) - 1, 0, -1):
        left, right = columns[index - 1], columns[index]
        together = any((index - 1, other) in used_together for other in range(index, last + 1))
        if _are_adjacent(left, right) and not together and not {index - 1, index} <= headed:
            left.end = right.end
            del columns[index]
        else:
            last = index - 1


def _are_adjacent(left: Column, right: Column) -> bool:
    """Whether two columns of figures have no grid column between them."""
    return left.holds_figures and right.holds_figures and left.end == right.start
