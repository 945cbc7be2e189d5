"""What is printed in tables of quarters or years and becomes no fact."""

from collections.abc import Iterable, Iterator

from converter.asides.periods.grids import Grid
from converter.statements import DocumentTables, LineItem
from converter.vocabulary import Code, Finding, Severity


def figures_left_out(grid: Grid, tables: DocumentTables, items: Iterable[LineItem], said: str) -> Iterator[Finding]:
    """Yield a finding for each row with figures that are in none of the items; `said` is what to say of them."""
    read = {
        (figure.source.line, figure.source.start) for item in items for figure in item.figures if figure is not None
    }
    for row in grid.printed:
        others = [cell for cell in row.printed if (cell.line, cell.token.start) not in read]
        if others:
            message = f"{len(others)} figures of the row {row.label!r} of {said}"
            line = tables.document.lines[others[0].line].number
            yield Finding(Severity.INFO, Code.FIGURE_NOT_READ, message, line, figures=len(others))
