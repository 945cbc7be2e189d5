"""Rows of a table -> LineItem: units, figures in whole units and their places in the text."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from converter.filing import TextSpan
from converter.statements.model import ONE, Figure, LineItem, StatementKind, UnitKind
from converter.statements.scale import Scale, money_factor, per_share_factor, row_unit, share_factor, stated_factor
from converter.tables import FigureCell, LineSpan, TableRow

_WHOLE_COUNT = 1_000_000


def read_items(
    document: int,
    kind: StatementKind,
    rows: Sequence[TableRow],
    kept: Sequence[int],
    scale: Scale,
    earlier_rows: Sequence[TableRow] = (),
) -> list[LineItem]:
    """Convert the rows of a table to line items of a statement of this kind.

    `document` is the document's index, `kept` are the indexes of the columns to read, `earlier_rows` those of the page
    that the table continues.
    """
    usual_places = _usual_places([*earlier_rows, *rows])
    return [_item(document, kind, row, kept, scale, usual_places) for row in rows]


def printed_figures(rows: Iterable[TableRow]) -> Iterable[FigureCell]:
    """Iterate over the figures in the columns of a table, without printed dashes."""
    return (cell for row in rows for cell in row.cells if cell is not None and not cell.token.amount.dash)


def _item(
    document: int, kind: StatementKind, row: TableRow, kept: Sequence[int], scale: Scale, usual_places: int
) -> LineItem:
    cells = [row.cells[i] for i in kept]
    amounts = [cell.token.amount for cell in cells if cell is not None and not cell.token.amount.absent]
    unit = row_unit(kind, row.label, row.sections, amounts, usual_places)
    factor = money_factor(scale, row.label) if unit is UnitKind.MONETARY else ONE
    if unit is UnitKind.SHARES:
        counts = [amount.value for amount in amounts]
        factor = share_factor(scale, row.label, row.sections, counts)
        if kind is StatementKind.BALANCE_SHEET and scale.shares is None and max(counts, default=ONE) >= _WHOLE_COUNT:
            factor = ONE  # a billion shares, if they were in thousands
    elif unit is UnitKind.PER_SHARE:
        factor = per_share_factor((row.label, *row.sections), [amount.value for amount in amounts])
    elif unit is UnitKind.PURE:
        factor = stated_factor(row.label) or ONE
    return LineItem(
        row.label,
        row.sections,
        row.indent,
        row.ruled,
        unit,
        tuple([_figure(document, cell, factor, unit) for cell in cells]),
        _text_span(document, row.anchor),
        tuple([_text_span(document, span) for span in row.caption_lines]),
        factor,
    )


def _text_span(document: int, span: LineSpan) -> TextSpan:
    return TextSpan(document, span.line, span.start, span.end)


def _figure(document: int, cell: FigureCell | None, factor: Decimal, unit: UnitKind) -> Figure | None:
    if cell is None or cell.token.amount.absent:
        return None
    amount = cell.token.amount
    value, decimals = amount.value * factor, amount.places - factor.adjusted()
    if unit is UnitKind.PURE and amount.percent:
        value, decimals = value / 100, decimals + 2
    return Figure(value, decimals, amount, TextSpan(document, cell.line, cell.token.start, cell.token.end))


def _usual_places(rows: Iterable[TableRow]) -> int:
    """Return the most frequent number of decimal places in a table, 0 if it has no figures."""
    counts = Counter(cell.token.amount.places for cell in printed_figures(rows))
    return counts.most_common(1)[0][0] if counts else 0
