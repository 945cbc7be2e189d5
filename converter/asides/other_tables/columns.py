"""The columns of a table beside the statements: those whose period and basis are certainly those of the statements."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from converter.filing import Filing
from converter.statements import Statement
from converter.vocabulary import Code, Duration, Finding, Instant, Period, Severity, near


def settle_columns(
    filing: Filing, table: Statement, statements: Sequence[Statement]
) -> tuple[Statement, list[Finding]]:
    """The table with the plain columns whose periods are certain, and a finding for each column left out.

    A period within days of one of the primary `statements` is that one. A table in which that happens does not give
    its days exactly: its other columns are left out, and so are restated, pro forma and other qualified ones.
    """
    known = {column.period for statement in statements for column in statement.columns}
    ends = {_end(period) for period in known}
    snapped = [_nearest(column.period, known, ends) for column in table.columns]
    exact = all(period in (None, column.period) for period, column in zip(snapped, table.columns, strict=True))
    columns = list(table.columns)
    kept: list[int] = []
    findings: list[Finding] = []
    for number, (column, period) in enumerate(zip(table.columns, snapped, strict=True)):
        columns[number] = replace(column, period=period or column.period)
        again = columns[number].period in [columns[other].period for other in kept]
        if column.qualifier or table.qualifier or again or not (exact or period):
            line = filing.documents[table.document].lines[table.items[0].source.line].number
            what = f"column {number + 1} ({column.heading!r}) of the table {table.title!r} was left out"
            message = f"{what}: it is not certain that its period and basis are those of the statements"
            findings.append(Finding(Severity.INFO, Code.COLUMN_NOT_READ, message, line))
        else:
            kept.append(number)
    items = tuple(replace(item, figures=tuple(item.figures[i] for i in kept)) for item in table.items)
    return replace(table, columns=tuple(columns[i] for i in kept), items=items), findings


def _end(period: Period) -> date:
    return period.day if isinstance(period, Instant) else period.end


def _nearest(period: Period, known: set[Period], ends: set[date]) -> Period | None:
    """The period of the statements that this one is within days of; for a day also the end of a duration."""
    if period in known:
        return period
    if isinstance(period, Duration):
        close = [
            p for p in known if isinstance(p, Duration) and near(p.start, period.start) and near(p.end, period.end)
        ]
        return min(close, default=None)
    days = [day for day in ends if near(day, period.day)]
    return Instant(min(days, key=lambda day: abs(day - period.day))) if days else None
