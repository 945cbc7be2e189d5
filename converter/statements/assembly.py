"""Draft -> Statement: select columns, convert rows to whole units and report every figure that is not read."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from converter.filing import Document
from converter.statements.classification import find_qualifier
from converter.statements.drafts import Draft
from converter.statements.line_items import read_items
from converter.statements.model import Column, Statement
from converter.statements.scale import Scale, read_currency
from converter.statements.shares import rescale_share_counts
from converter.tables import Block, FigureCell, TableRow
from converter.vocabulary import NON_AMOUNT_REASONS, Code, Finding, Severity, UnreadReason


def finding_at(document: Document, block: Block, severity: Severity, code: Code, message: str) -> Finding:
    """Create a finding located at the first line of a table."""
    return Finding(severity, code, message, document.lines[block.lines[0].index].number)


def assemble(
    document: Document, index: int, draft: Draft, scale: Scale, currency: str = ""
) -> tuple[Statement | None, tuple[Finding, ...]]:
    """Make a statement of a draft from `document`, the filing's document number `index`.

    `currency` is an ISO 4217 code that overrides the one the table names. The statement is None if no column has a
    period. The findings tell which columns and figures were not read.
    """
    dated_columns = [i for i, column in enumerate(draft.columns) if column.period is not None]
    kept = _drop_duplicate_columns(draft, dated_columns)
    column_findings = tuple(_column_findings(document, draft, kept))
    if not kept or draft.kind is None:
        return None, column_findings
    items = read_items(index, draft.kind, draft.rows, kept, scale)
    columns = [draft.columns[i] for i in kept]
    figure_findings = tuple(_figure_findings(document, draft, kept))
    statement = Statement(
        draft.kind,
        draft.title,
        index,
        currency or read_currency(draft.texts) or "USD",
        tuple(Column(c.period, c.heading, find_qualifier(c.heading)) for c in columns if c.period is not None),
        rescale_share_counts(tuple(item for item in items if any(item.figures)), draft.kind),
        find_qualifier(draft.title),
        sum(len(row.stray) + sum(cell is not None for cell in row.cells) for row in draft.rows),
    )
    return _merge_same_period(statement), column_findings + figure_findings


def _column_findings(document: Document, draft: Draft, kept: Sequence[int]) -> Iterator[Finding]:
    for i, column in enumerate(draft.columns):
        if i not in kept:
            reason = column.reason or UnreadReason.SAME_PERIOD
            message = f"column {i + 1} ({column.heading!r}) of the {draft.title!r} was left out: {reason.description}"
            severity = Severity.INFO if reason in NON_AMOUNT_REASONS else Severity.WARNING
            yield finding_at(document, draft.block, severity, Code.COLUMN_NOT_READ, message)


def _figure_findings(document: Document, draft: Draft, kept: Sequence[int]) -> Iterator[Finding]:
    """Yield a finding for each printed figure that does not become a figure of a line item."""
    for row in draft.rows:
        for i, cell in enumerate(row.cells):
            if cell is None:
                continue
            if cell.token.amount.absent:
                yield _unread_figure(document, row, cell, UnreadReason.NO_FIGURE.description)
            elif i not in kept:
                reason = draft.columns[i].reason or UnreadReason.SAME_PERIOD
                yield _unread_figure(document, row, cell, f"its column was left out: {reason.description}")
        for cell in row.stray:
            yield _unread_figure(document, row, cell, UnreadReason.NO_COLUMN.description)


def _unread_figure(document: Document, row: TableRow, cell: FigureCell, reason: str) -> Finding:
    line = document.lines[cell.line]
    text = line.text[cell.token.start : cell.token.end]
    message = f"{text!r} of {row.label or 'a row without caption'!r} is no fact: {reason}"
    return Finding(Severity.INFO, Code.FIGURE_NOT_READ, message, line.number, cell.token.start, cell.token.end)


def _drop_duplicate_columns(draft: Draft, dated_columns: Sequence[int]) -> list[int]:
    """Drop each column whose period an earlier column has, if both have figures in some row.

    Only the first of them can be the registrant's.
    """
    kept: list[int] = []
    keys = [(column.period, find_qualifier(column.heading)) for column in draft.columns]
    for i in dated_columns:
        earlier = next((j for j in kept if keys[j] == keys[i]), None)
        if earlier is None or not any(row.cells[i] and row.cells[earlier] for row in draft.rows):
            kept.append(i)
    return kept


def _merge_same_period(statement: Statement) -> Statement:
    """Merge the inner and outer columns of one period into one column."""
    keys = [(c.period, c.qualifier) for c in statement.columns]
    order = sorted({key: keys.index(key) for key in keys}.values())
    if len(order) == len(keys):
        return statement
    groups = [[j for j in range(len(keys)) if keys[j] == keys[i]] for i in order]
    items = [
        replace(
            item,
            figures=tuple(next((f for j in group if (f := item.figures[j]) is not None), None) for group in groups),
        )
        for item in statement.items
    ]
    return replace(statement, columns=tuple(statement.columns[i] for i in order), items=tuple(items))
