"""Find consolidating tables: the columns of one period are parts of the company and, as their figures prove, their sum.

"Parent, guarantor subsidiaries, other subsidiaries, eliminations, consolidated" is such a table if, row by row, the
parts add up to one of the columns, and if figures of that column are the registrant's. Components of equity add up as
well, and so do restated figures: a heading or the title must speak of parts of a company, and none of a restatement.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from converter.filing import Document
from converter.statements import (
    LIKELY_SCORE,
    ColumnPeriod,
    DocumentTables,
    Draft,
    KnownPeriods,
    Origin,
    Qualifier,
    Scale,
    Statement,
    StatementKind,
    UnitKind,
    assemble,
    columns_for_kind,
    find_qualifier,
    infer_durations,
    without_periods,
)
from converter.tables import TableRow
from converter.vocabulary import (
    NON_AMOUNT_REASONS,
    Amount,
    Code,
    Duration,
    Finding,
    Instant,
    Period,
    Severity,
    expression,
)

_PARTS = expression(
    r"\b(?:eliminations?|eliminating|inter-?company|consolidat(?:ed|ing)|combining|(?:non-?)?guarantors?|parent|issuers?|"
    r"subsidiar(?:y|ies))\b",
    re.I,
    first="eicngps",
)
_TITLE = expression(r"\b(?:consolidating|combining|(?:non-?)?guarantors?)\b", re.I)
_FEWEST_COLUMNS = 3
"""Two parts and their sum."""
_MOST_COLUMNS = 40
_LONGEST_NAME = 80
"""A longer heading of a column is prose that stands over it."""
_FEWEST_SUMS = 3
"""So many rows with figures must add up, at least, and four of five rows."""
_FEWEST_KNOWN = 2
"""So many figures of the sum must be the registrant's, at least."""

PeriodFigures = Mapping[Period, Set[Decimal]]
"""The figures of the registrant's statements by period, without their signs."""


class ConsolidatingTable(NamedTuple):
    """A consolidating table as a statement, the index of its draft, and findings about what could not be read of it."""

    statement: Statement
    draft: int
    findings: tuple[Finding, ...]


def find_consolidating(
    tables: DocumentTables, known: PeriodFigures, currency: str = ""
) -> Iterator[ConsolidatingTable]:
    """Yield the consolidating tables of a document that are none of its primary statements.

    `known` are the figures of the registrant; `currency` (ISO 4217) overrides that of the tables.
    """
    periods = KnownPeriods(tables.statements) if tables.statements else None
    for index, draft in tables.other_tables():
        likely = _with_columns(draft, tables)
        columns = likely and _parts_and_sums(likely, tables.scale_of(likely), known, periods)
        if likely is None or columns is None:
            continue
        likely = replace(likely, columns=columns)
        statement, findings = assemble(tables.document, tables.index, likely, tables.scale_of(likely), currency)
        if statement is not None and statement.qualifier is None and _is_registrants(statement, known):
            findings += tuple(_wrong_sums(tables.document, statement))
            yield ConsolidatingTable(replace(statement, origin=Origin.CONSOLIDATING), index, findings)


def figures_by_period(statements: Iterable[Statement]) -> dict[Period, set[Decimal]]:
    """The figures of statements without signs and zeros, of the columns without a qualifier."""
    figures: dict[Period, set[Decimal]] = {}
    for statement in statements:
        for item in statement.items if statement.qualifier is None else ():
            for column, figure in zip(statement.columns, item.figures, strict=True):
                if figure is not None and figure.value and column.qualifier is None:
                    figures.setdefault(column.period, set()).add(abs(figure.value))
    return figures


def _with_columns(draft: Draft, tables: DocumentTables) -> Draft | None:
    """Read the columns of a table that speaks of parts of a company as those of a statement, if it is like one."""
    if not _FEWEST_COLUMNS <= len(draft.block.columns) <= _MOST_COLUMNS:
        return None
    inherited = [column.heading for column in draft.columns]
    above = (segment.text for line in draft.head.headings.lines for segment in line)
    if not _names_parts(draft.title, (*above, *inherited)):  # told before the headings are matched to the columns
        return None
    headings = draft.head.headings.columns
    if not headings or not _names_parts(draft.title, (*headings, *inherited)):
        return None
    kind = draft.kind or (draft.best_kind if draft.likeness >= LIKELY_SCORE else None)
    if kind is None or any(find_qualifier(text) in _RESTATEMENTS for text in (*headings, draft.title)):
        return None
    columns = draft.columns or columns_for_kind(draft, kind)
    title = draft.title or kind.words
    return infer_durations(replace(draft, kind=kind, title=title, columns=columns), tables.durations)


def _names_parts(title: str, headings: Iterable[str]) -> bool:
    return _TITLE.search(title) is not None or any(map(_PARTS.search, headings))


_RESTATEMENTS = frozenset({Qualifier.RESTATED, Qualifier.PREVIOUSLY_REPORTED, Qualifier.PRO_FORMA})


def _parts_and_sums(
    draft: Draft, scale: Scale, figures: PeriodFigures, periods: KnownPeriods | None
) -> tuple[ColumnPeriod, ...] | None:
    """The columns with the name of each part; None if those of any period do not add up to one, or have no names.

    The figures of the sum tell the period of columns that nothing dates.
    """
    columns = list(draft.columns)
    groups: dict[Period | None, list[int]] = {}
    for i, column in enumerate(columns):
        if column.reason not in NON_AMOUNT_REASONS:
            groups.setdefault(column.period, []).append(i)
    for period, group in groups.items():
        whole = next((i for i in reversed(group) if _adds_up(draft.rows, i, [j for j in group if j != i])), None)
        names = {i: columns[i].part or without_periods(columns[i].heading) for i in group}
        if whole is None or len({name.lower() for name in names.values() if name}) < len(group):
            return None
        if any(len(name) > _LONGEST_NAME for name in names.values()):
            return None
        if period is None:
            exact = _period_of(draft, whole, scale, figures)
        else:
            exact = (periods and periods.nearest(period)) or period
        for i, name in names.items():
            columns[i] = replace(columns[i], period=exact, reason=None, part="" if i == whole else name)
    return tuple(columns) if groups and all(columns[i].period for group in groups.values() for i in group) else None


def _period_of(draft: Draft, whole: int, scale: Scale, known: PeriodFigures) -> Period | None:
    """The one period in which most figures of a column are the registrant's, in three rows at least."""
    amounts = [amount for row in draft.rows if (amount := _amount(row, whole)) is not None and amount.value]
    values = {abs(amount.value) * scale.money for amount in amounts}
    kind = Instant if draft.kind is StatementKind.BALANCE_SHEET else Duration
    found = [
        period
        for period, figures in known.items()
        if isinstance(period, kind) and len(values.intersection(figures)) >= max(_FEWEST_SUMS, len(values) / 2)
    ]
    return found[0] if len(found) == 1 else None


def _adds_up(rows: Iterable[TableRow], whole: int, parts: Sequence[int]) -> bool:
    """Whether a column is the sum of others in at least four of five rows, and in three with figures."""
    differing = holding = 0
    for row in rows:
        total, amounts = _amount(row, whole), [amount for i in parts if (amount := _amount(row, i)) is not None]
        if total is None or not amounts:
            continue
        last_digit = Decimal(1).scaleb(-max(amount.places for amount in (total, *amounts)))
        if abs(total.value - sum(amount.value for amount in amounts)) > last_digit * len(amounts):
            differing += 1
        else:
            holding += bool(total.value)
    return len(parts) > 1 and holding >= _FEWEST_SUMS and holding >= 4 * differing


def _amount(row: TableRow, column: int) -> Amount | None:
    cell = row.cells[column]
    return None if cell is None or cell.token.amount.absent else cell.token.amount


def _is_registrants(statement: Statement, known: PeriodFigures) -> bool:
    """Whether figures of the sums are among those of the registrant in the same period."""
    own = figures_by_period([statement])
    return sum(value in known.get(period, ()) for period, values in own.items() for value in values) >= _FEWEST_KNOWN


def _wrong_sums(document: Document, statement: Statement) -> Iterator[Finding]:
    """Yield a warning for each amount that is not the sum of those of the parts."""
    parts: dict[Period, list[int]] = {}
    for i, column in enumerate(statement.columns):
        if column.qualifier is Qualifier.PART:
            parts.setdefault(column.period, []).append(i)
    for item in statement.items:
        for column, total in zip(statement.columns, item.figures, strict=True):
            figures = [figure for i in parts.get(column.period, ()) if (figure := item.figures[i]) is not None]
            if total is None or not figures or column.qualifier is not None or item.unit is not UnitKind.MONETARY:
                continue
            made = sum(figure.value for figure in figures)
            if abs(total.value - made) > Decimal(1).scaleb(-total.decimals) * len(figures):
                message = f"{item.label!r} says {total.value:,f}; the parts of the company make {made:,f}"
                line, place = document.lines[total.source.line].number, total.source
                yield Finding(Severity.WARNING, Code.SUM_DOES_NOT_HOLD, message, line, place.start, place.end)
