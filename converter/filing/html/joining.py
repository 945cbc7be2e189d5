"""Tell whether an HTML table goes on with the one before it: headings in a table of their own, a table for each row."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from converter.filing.html.grid import figure_end
from converter.filing.html.parsed import CellAt, GridCell, HtmlTable, WaitingTable
from converter.filing.html.table import is_layout

_PART_OF_FIGURE = re.compile(r"(?:[A-Z]{0,3}\$|[£€¥])? ?\(?|\)? ?%?|[-_=]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FEWEST_COLUMNS = 2


def join(first: HtmlTable, second: HtmlTable) -> bool:
    """Add the rows of `second` to `first` if it goes on with it: as many columns, and no headings of its own.

    Headings may have a column for each period where the figures have one for their currency, too.
    """
    columns, more = _column_count(first), _column_count(second)
    if columns < _FEWEST_COLUMNS or more < columns or (more - 1) % (columns - 1) or not _goes_on(second):
        return False
    is_heading = not any(_has_figures(row) for row in first.rows)
    if is_layout(first) or is_layout(second) or not (more == columns or is_heading) or not _texts(first):
        return False
    if more > columns:
        first.rows = [_stretched(row, (more - 1) // (columns - 1)) for row in first.rows]
    first.rows.extend(second.rows)
    return True


def join_rows(table: HtmlTable, most_cells: int) -> Iterator[tuple[GridCell, WaitingTable]]:
    """Join tables that are all there is in rows of `table` below each other: at most as many cells as given.

    Yield the cells that have more rows than they were laid out with.
    """
    first: GridCell | None = None
    grown: dict[int, tuple[GridCell, WaitingTable]] = {}
    for row in table.rows:
        filled = [cell for cell, _ in row if not cell.is_blank]
        cell = filled[0] if len(filled) == 1 else None
        if not filled or cell is None or cell.only is None:
            first = first if not filled else None
        elif first is not None and first.only is not None and _add(first.only, cell.only, most_cells):
            grown[id(first)] = first, first.only
            cell.only = None
            cell.close(())
        else:
            first = cell
    yield from grown.values()


def _add(first: WaitingTable, second: WaitingTable, most_cells: int) -> bool:
    if first.cells + second.cells >= most_cells or not join(first.table, second.table):
        return False
    first.end, first.cells = second.end, first.cells + second.cells
    return True


def _column_count(table: HtmlTable) -> int:
    return max((sum([cell.style.colspan for cell, _ in row]) for row in table.rows), default=0)


def _goes_on(table: HtmlTable) -> bool:
    """Whether the first row with more than a caption has figures only, or the only row is one caption."""
    texts = _texts(table)
    return all(map(_is_part_of_figure, texts)) if texts else len(table.rows) == 1 and bool(table.rows[0])


def _texts(table: HtmlTable) -> list[str]:
    """Return the texts behind the caption in the first row that has any."""
    rows = ([text for cell, _ in row[1:] if (text := _text(cell))] for row in table.rows)
    return next((texts for texts in rows if texts), [])


def _has_figures(row: Sequence[CellAt]) -> bool:
    return any(_is_part_of_figure(text) for cell, _ in row[1:] if (text := _text(cell)))


def _is_part_of_figure(text: str) -> bool:
    """Whether a text is a figure other than a year, or its currency, bracket, percent sign or rule."""
    return (figure_end(text) is not None and not _YEAR.fullmatch(text)) or _PART_OF_FIGURE.fullmatch(text) is not None


def _text(cell: GridCell) -> str:
    return " ".join(word for flow in cell.flows for word in flow.rich.text.split())


def _stretched(row: Sequence[CellAt], factor: int) -> list[CellAt]:
    """Return a row with `factor` columns for each, but for the first of the table."""
    cells = list[CellAt]()
    for cell, by in row:
        columns = (cell.style.colspan - (not cells)) * factor + (not cells)
        cells.append((GridCell(replace(cell.style, colspan=columns), cell.offset, ()).close(cell.flows), by))
    return cells
