"""Findings about the figures of a statement of equity that are not read."""

from collections.abc import Collection, Iterator

from converter.asides.equity.components import clean
from converter.asides.equity.reading import ReadTable
from converter.statements import figures_in_no_row, unread_figure
from converter.tables import FigureCell
from converter.vocabulary import Code, Finding, Severity

_NO_PERIOD = "it is not between two balances that its column adds up to"
_NO_COLUMN = "it stands under no column"
_NO_FIGURE = "it is no figure"
_NO_ROW = "no row was made of its line"


def printed_count(read: ReadTable) -> int:
    """Count the figures printed in the lines of a table."""
    rows = sum(len(row.printed) for row in read.table.rows)
    return rows + sum(len(_outside(read, index)) for index in range(len(read.table.drafts)))


def unread_findings(read: ReadTable, used: Collection[tuple[int, int]]) -> Iterator[Finding]:
    """Yield a finding for each column, and for each further figure, that is not read.

    `used` are line and first character of the figures that are.
    """
    document = read.table.document.document
    named: set[tuple[int, int]] = set()
    for track, reason in read.left_out:
        cells = {
            (p.cell.line, p.cell.token.start) for s in track.strips for p in (*s.events, s.opening, s.closing) if p
        }
        cells -= set(used)
        if cells:
            named |= cells
            line, _ = min(cells)
            message = f"{clean(track.heading) or 'a column'!r} of the {read.table.draft.title!r} was left out: {reason}"
            yield Finding(Severity.INFO, Code.COLUMN_NOT_READ, message, document.lines[line].number, figures=len(cells))
    for row in read.table.rows:
        for cell in row.cells:
            if cell is not None and (place := (cell.line, cell.token.start)) not in used and place not in named:
                yield unread_figure(document, row.label, cell, _NO_FIGURE if cell.token.amount.absent else _NO_PERIOD)
        for cell in row.stray:
            yield unread_figure(document, row.label, cell, _NO_COLUMN)
    for index in range(len(read.table.drafts)):
        for cell in _outside(read, index):
            yield unread_figure(document, "", cell, _NO_ROW)


def _outside(read: ReadTable, index: int) -> tuple[FigureCell, ...]:
    draft = read.table.drafts[index][1]
    return tuple(figures_in_no_row(draft.block, draft.rows))
