"""Tell whether an HTML table goes on with the one before it: headings in a table of their own, a table for each row."""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from converter.filing.html.grid import GridCell, HtmlTable, figure_end
from converter.filing.html.richtext import Flow, FlowKind
from converter.filing.html.table import is_layout

_PART_OF_FIGURE = re.compile(r"(?:[A-Z]{0,3}\$|[£€¥])? ?\(?|\)? ?%?|[-_=]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FEWEST_COLUMNS = 2
_MOST_BLANKS = 20  # lines between two tables of which one goes on with the other


class WaitingTable(Struct):
    """A table that is closed, and not laid out yet, as the next one may go on with it.

    It ends at the position `end` and belongs before the flow `at` of its container; `cells` counts its cells and rows.
    """

    table: HtmlTable
    end: int
    at: int
    cells: int

    def is_open(self, flows: Sequence[Flow]) -> bool:
        """Whether nothing but blank lines follows it in the flows of its container."""
        since = flows[self.at :] if len(flows) - self.at <= _MOST_BLANKS else flows
        return len(since) <= _MOST_BLANKS and all(flow.kind in (FlowKind.BLANK, FlowKind.GAP) for flow in since)


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


def _column_count(table: HtmlTable) -> int:
    return max((sum(cell.style.colspan for cell in row) for row in table.rows), default=0)


def _goes_on(table: HtmlTable) -> bool:
    """Whether the first row with more than a caption has figures only, or the only row is one caption."""
    texts = _texts(table)
    return all(map(_is_part_of_figure, texts)) if texts else len(table.rows) == 1 and bool(table.rows[0])


def _texts(table: HtmlTable) -> list[str]:
    """Return the texts behind the caption in the first row that has any."""
    rows = ([text for cell in row[1:] if (text := _text(cell))] for row in table.rows)
    return next((texts for texts in rows if texts), [])


def _has_figures(row: Sequence[GridCell]) -> bool:
    return any(_is_part_of_figure(text) for cell in row[1:] if (text := _text(cell)))


def _is_part_of_figure(text: str) -> bool:
    """Whether a text is a figure other than a year, or its currency, bracket, percent sign or rule."""
    return (figure_end(text) is not None and not _YEAR.fullmatch(text)) or _PART_OF_FIGURE.fullmatch(text) is not None


def _text(cell: GridCell) -> str:
    return " ".join(word for flow in cell.flows for word in flow.rich.text.split())


def _stretched(row: Sequence[GridCell], factor: int) -> list[GridCell]:
    """Return a row with `factor` columns for each, but for the first of the table."""
    cells = list[GridCell]()
    for cell in row:
        columns = (cell.style.colspan - (not cells)) * factor + (not cells)
        cells.append(GridCell(replace(cell.style, colspan=columns), cell.offset, cell.flows, cell.is_blank))
    return cells
