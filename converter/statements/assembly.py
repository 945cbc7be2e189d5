"""Draft -> Statement: the columns that are kept, the rows in whole units, and an account of every printed figure."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from converter.filing import Document
from converter.statements.classification import find_qualifier
from converter.statements.drafts import Draft
from converter.statements.line_items import read_items
from converter.statements.model import Column, Statement
from converter.statements.scale import Scale, read_currency
from converter.statements.shares import settle_shares
from converter.tables import Block, FigureCell, TableRow
from converter.vocabulary import NO_AMOUNTS, Code, Finding, Severity, Unread


def finding_at(document: Document, block: Block, severity: Severity, code: Code, message: str) -> Finding:
    """A finding about a table: its place is the first line of the table."""
    return Finding(severity, code, message, document.lines[block.lines[0].index].number)


def assemble(
    document: Document, index: int, draft: Draft, scale: Scale, currency: str = ""
) -> tuple[Statement | None, tuple[Finding, ...]]:
    """The statement that a draft of `document` (number `index` of the filing) is, and what could not be read of it.

    `currency` is an ISO 4217 code that goes before the one that the table names. None when no column has a period.
    """
    dated = [i for i, column in enumerate(draft.columns) if column.period is not None]
    kept = _without_twins(draft, dated)
    findings = tuple(_columns_left_out(document, draft, kept))
    if not kept or draft.kind is None:
        return None, findings
    items = read_items(index, draft.kind, draft.rows, kept, scale)
    columns = [draft.columns[i] for i in kept]
    unread = tuple(_figures_left_out(document, draft, kept))
    statement = Statement(
        draft.kind,
        draft.title,
        index,
        currency or read_currency(draft.texts) or "USD",
        tuple(Column(c.period, c.heading, find_qualifier(c.heading)) for c in columns if c.period is not None),
        settle_shares(tuple(item for item in items if any(item.figures)), draft.kind),
        find_qualifier(draft.title),
        sum(len(row.stray) + sum(cell is not None for cell in row.cells) for row in draft.rows),
    )
    return _merge_columns(statement), findings + unread


def _columns_left_out(document: Document, draft: Draft, kept: Sequence[int]) -> Iterator[Finding]:
    for i, column in enumerate(draft.columns):
        if i not in kept:
            reason = column.reason or Unread.SAME_PERIOD
            what = f"column {i + 1} ({column.heading!r}) of the {draft.title!r} was left out: {reason.words}"
            severity = Severity.INFO if reason in NO_AMOUNTS else Severity.WARNING
            yield finding_at(document, draft.block, severity, Code.COLUMN_NOT_READ, what)


def _figures_left_out(document: Document, draft: Draft, kept: Sequence[int]) -> Iterator[Finding]:
    """A finding for each printed figure that becomes no figure of an item."""
    for row in draft.rows:
        for i, cell in enumerate(row.cells):
            if cell is None:
                continue
            if cell.token.amount.absent:
                yield _figure_left_out(document, row, cell, Unread.NO_FIGURE.words)
            elif i not in kept:
                reason = draft.columns[i].reason or Unread.SAME_PERIOD
                yield _figure_left_out(document, row, cell, f"its column was left out: {reason.words}")
        for cell in row.stray:
            yield _figure_left_out(document, row, cell, Unread.NO_COLUMN.words)


def _figure_left_out(document: Document, row: TableRow, cell: FigureCell, reason: str) -> Finding:
    line = document.lines[cell.line]
    text = line.text[cell.token.start : cell.token.end]
    what = f"{text!r} of {row.label or 'a row without caption'!r} is no fact: {reason}"
    return Finding(Severity.INFO, Code.FIGURE_NOT_READ, what, line.number, cell.token.start, cell.token.end)


def _without_twins(draft: Draft, kept: Sequence[int]) -> list[int]:
    """Of two columns of one period that share rows only the first can be the registrant's."""
    chosen: list[int] = []
    keys = [(column.period, find_qualifier(column.heading)) for column in draft.columns]
    for i in kept:
        twin = next((j for j in chosen if keys[j] == keys[i]), None)
        if twin is None or not any(row.cells[i] and row.cells[twin] for row in draft.rows):
            chosen.append(i)
    return chosen


def _merge_columns(statement: Statement) -> Statement:
    """Inner and outer columns of one period become one column."""
    keys = [(c.period, c.qualifier) for c in statement.columns]
    order = sorted({key: keys.index(key) for key in keys}.values())
    if len(order) == len(keys):
        return statement
    items = []
    for item in statement.items:
        same = [[item.figures[j] for j in range(len(keys)) if keys[j] == keys[i]] for i in order]
        items.append(replace(item, figures=tuple(next((f for f in group if f is not None), None) for group in same)))
    return replace(statement, columns=tuple(statement.columns[i] for i in order), items=tuple(items))
