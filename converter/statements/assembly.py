"""Draft -> Statement: select columns, convert rows to whole units and report every figure that is not read."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from converter.filing import Document
from converter.statements.classification import find_qualifier, is_actual, is_adjusted, is_of_parent
from converter.statements.columns import ColumnPeriod
from converter.statements.currencies import read_currency
from converter.statements.drafts import Draft
from converter.statements.known_periods import last_day
from converter.statements.line_items import read_items
from converter.statements.model import Column, Qualifier, Statement
from converter.statements.printed import figures_in_no_row, mark_torn_figures
from converter.statements.scale import Scale
from converter.statements.shares import counts_shares, rescale_share_counts
from converter.tables import Block, FigureCell, Shape, TableRow
from converter.vocabulary import NON_AMOUNT_REASONS, Code, Finding, Severity, UnreadReason, expression

_MANY_ALIKE = 2
"""So many further columns with the heading of one are those of other companies or parts."""
_COMBINED = expression(r"\bcombined\b", re.I)
_TITLE_LINES, _LONGEST_HEADING = 8, 70
_LONGEST_CAPTION = 500  # in a message


def finding_at(document: Document, block: Block, severity: Severity, code: Code, message: str) -> Finding:
    """Create a finding located at the first line of a table."""
    return Finding(severity, code, message, document.lines[block.lines[0].index].number)


def assemble(
    document: Document,
    index: int,
    draft: Draft,
    scale: Scale,
    currency: str = "",
    earlier_rows: Sequence[TableRow] = (),
) -> tuple[Statement | None, tuple[Finding, ...]]:
    """Make a statement of a draft from `document`, the filing's document number `index`.

    `currency` is an ISO 4217 code, that of the page before or one that overrides what the table names, `earlier_rows`
    are those of the page that the table continues. The statement is None if no column has a period. The findings tell
    which columns and figures were not read.
    """
    draft = replace(draft, rows=tuple(_without_counts_of_classes(draft, row) for row in mark_torn_figures(draft.rows)))
    columns = _qualified(draft.columns)
    kept = _drop_duplicate_columns(draft, columns)
    column_findings = tuple(_column_findings(document, draft, kept))
    if not kept or draft.kind is None:
        return None, column_findings
    items = read_items(index, draft.kind, draft.rows, kept, scale, earlier_rows)
    outside = tuple(figures_in_no_row(draft.block, draft.rows))
    figure_findings = (*_figure_findings(document, draft, kept), *_outside_findings(document, outside))
    statement = Statement(
        draft.kind,
        draft.title,
        index,
        currency or currency_of(draft) or "USD",
        tuple(columns[i] for i in kept),
        rescale_share_counts([item for item in items if any(item.figures)], draft.kind, assumed=scale.assumed),
        qualifier_of_title(draft),
        sum(len(row.printed) for row in draft.rows) + len(outside),
    )
    return _merge_same_period(statement), column_findings + figure_findings


def _without_counts_of_classes(draft: Draft, row: TableRow) -> TableRow:
    """A row that counts the shares of several classes side by side, with none of them in the column of a period.

    Not all of its figures are under such a column.
    """
    undated = any(cell and not column.period for cell, column in zip(row.cells, draft.columns, strict=False))
    if not (row.stray or undated) or not counts_shares(row.label):
        return row
    cells = tuple(cell for cell in row.cells if cell is not None)
    return replace(row, cells=(None,) * len(row.cells), stray=(*row.stray, *cells))


def currency_of(draft: Draft) -> str:
    """The ISO 4217 code of the currency that the headings of a table, else the lines above it, name; else ""."""
    return draft.head.currency or read_currency(draft.texts)


def _qualified(columns: Sequence[ColumnPeriod]) -> dict[int, Column]:
    """The columns with a period, by their index, with what qualifies them.

    A restated column is the primary one of its period; a column beside it says what was reported before. The heading
    of the predecessor need not reach over all its columns. What combines it with its successor is no accounting period
    of either.
    """
    qualifiers = [Qualifier.PART if column.part else find_qualifier(column.heading) for column in columns]
    restated = {
        column.period for column, qualifier in zip(columns, qualifiers, strict=True) if qualifier is Qualifier.RESTATED
    }
    ends = [None if column.period is None else last_day(column.period) for column in columns]
    before = max(
        (end for end, q in zip(ends, qualifiers, strict=True) if end and q is Qualifier.PREDECESSOR), default=None
    )
    result = {}
    for i, (column, qualifier, end) in enumerate(zip(columns, qualifiers, ends, strict=True)):
        if qualifier is Qualifier.RESTATED:
            qualifier = None
        elif qualifier is None and column.period in restated:
            qualifier = Qualifier.PREVIOUSLY_REPORTED
        elif qualifier is None and before is not None and end is not None and end <= before:
            qualifier = Qualifier.PREDECESSOR
        elif qualifier is None and before is not None and _COMBINED.search(column.heading):
            qualifier = Qualifier.PRO_FORMA
        if column.period is not None:
            result[i] = Column(column.period, column.heading, qualifier, column.part, column.nominal, column.counted)
    return result


def qualifier_of_title(draft: Draft) -> Qualifier | None:
    """What a title says of all columns, or the lines around it of a parent; restated is the registrant's own.

    A title that is pro forma says nothing of an actual column.
    """
    qualifier = find_qualifier(draft.title)
    if qualifier is None and any(map(is_adjusted, _title_lines(draft))):
        qualifier = Qualifier.PRO_FORMA
    if qualifier is Qualifier.PRO_FORMA and any(find_qualifier(c.heading) is None for c in draft.columns if c.period):
        headed = any(find_qualifier(column.heading) is qualifier for column in draft.columns)
        qualifier = None if headed else qualifier
    if any(map(is_adjusted, _lines_apart(draft))) and not any(is_actual(column.heading) for column in draft.columns):
        qualifier = Qualifier.PRO_FORMA
    beside_others = any(column.part for column in draft.columns)
    if qualifier is None and not beside_others and any(map(_is_of_parent, draft.texts[-_TITLE_LINES:])):
        return Qualifier.PARENT_ONLY
    return None if qualifier is Qualifier.RESTATED else qualifier


def _title_lines(draft: Draft) -> tuple[str, ...]:
    """The title of a table, the two lines above it and all below it."""
    texts, title = draft.texts[-_TITLE_LINES:], draft.title
    named = (i for i in reversed(range(len(texts))) if title and (texts[i] in title or title in texts[i]))
    return texts[max(0, next(named, len(texts)) - 2) :] if title else ()


def _lines_apart(draft: Draft) -> list[str]:
    """The title lines of a table that are no headings of columns: the start of the table, or a blank line, follows."""
    zone = draft.head.zone
    ends = [[i for i, line in enumerate(zone) if line.shape is shape] for shape in (Shape.TAG, Shape.BLANK)]
    last = next((found[-1] for found in ends if found), 0)
    apart = {line.text.strip() for line in zone[:last]}
    return [text for text in _title_lines(draft) if text in apart]


def _is_of_parent(text: str) -> bool:
    """Whether a line of a heading says that the figures are the parent's alone."""
    return len(text) < _LONGEST_HEADING and is_of_parent(text)


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
            amount = cell.token.amount
            if amount.absent:
                reason = UnreadReason.UNREADABLE if amount.damaged else UnreadReason.NO_FIGURE
                yield unread_figure(document, row.label, cell, reason.description)
            elif i not in kept:
                reason = draft.columns[i].reason or UnreadReason.SAME_PERIOD
                yield unread_figure(document, row.label, cell, f"its column was left out: {reason.description}")
        for cell in row.stray:
            yield unread_figure(document, row.label, cell, UnreadReason.NO_COLUMN.description)


def _outside_findings(document: Document, cells: Iterable[FigureCell]) -> Iterator[Finding]:
    for cell in cells:
        start = cell.token.start
        text = document.lines[cell.line].text[max(0, start - _LONGEST_CAPTION) : start].strip()
        yield unread_figure(document, text, cell, UnreadReason.NO_ROW.description)


def unread_figure(document: Document, label: str, cell: FigureCell, reason: str) -> Finding:
    """Create a finding about a printed figure that becomes no fact, with the caption of its row and the reason."""
    line = document.lines[cell.line]
    text = line.text[cell.token.start : cell.token.end]
    message = f"{text!r} of {label[:_LONGEST_CAPTION] or 'a row without caption'!r} is no fact: {reason}"
    severity = Severity.WARNING if cell.token.amount.damaged else Severity.INFO
    return Finding(severity, Code.FIGURE_NOT_READ, message, line.number, cell.token.start, cell.token.end, 1)


def _drop_duplicate_columns(draft: Draft, columns: Mapping[int, Column]) -> list[int]:
    """Drop each column that has a figure in a row where earlier columns of its period, together, have one, too.

    Only the first of them can be the registrant's; of three or more with the same heading, none is. Inner and outer
    columns of one period share no row.
    """
    kept: list[int] = []
    dropped: list[int] = []
    for i, column in columns.items():
        earlier = [j for j in kept if columns[j].key == column.key]
        clash = any(row.cells[i] and any(row.cells[j] for j in earlier) for row in draft.rows)
        (dropped if clash else kept).append(i)
    headings = Counter((columns[i].key, columns[i].heading) for i in dropped)
    return [i for i in kept if headings[columns[i].key, columns[i].heading] < _MANY_ALIKE]


def _merge_same_period(statement: Statement) -> Statement:
    """Merge the inner and outer columns of one period into one column."""
    keys = [column.key for column in statement.columns]
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
