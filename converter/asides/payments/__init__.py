"""Payments by the year in which they are due, as tables of the notes list them: find, map and admit them."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from converter.asides.payments.admission import admit_payments
from converter.asides.payments.reading import Payment, find_payments
from converter.filing import TextSpan
from converter.mapping import MappedStatement, Mapping
from converter.report import Aside
from converter.statements import (
    ONE,
    Column,
    Figure,
    FilingStatements,
    LineItem,
    Origin,
    Statement,
    StatementKind,
    UnitKind,
)
from converter.sums import find_sums
from converter.vocabulary import Duration, Instant, are_near

__all__ = ["read_payments"]

_CONFIDENCE = 0.95
_FEWEST_DAYS = 350
"""A fiscal year has at least so many days."""


def read_payments(filing_statements: FilingStatements) -> Aside:
    """Read the tables of payments due in the years after the last balance sheet of an annual report."""
    mapped = []
    for tables in filing_statements.documents:
        balance_sheet = next(
            (s for s in tables.statements if s.kind is StatementKind.BALANCE_SHEET and s.qualifier is None), None
        )
        day = _last_day(balance_sheet) if balance_sheet else None
        if balance_sheet is None or day is None or not _ends_a_year(tables.statements, day):
            continue
        amounts = [
            (abs(figure.value), item.factor)
            for item in balance_sheet.items
            if item.unit is UnitKind.MONETARY
            for figure in item.figures
            if figure
        ]
        largest, factor = max(amounts, default=(Decimal(0), ONE))
        for payments in find_payments(tables, day, factor, largest):
            mapped.append(_mapped(balance_sheet, tables.index, day, payments))
    return Aside(tuple(mapped), admit_payments)


def _last_day(balance_sheet: Statement) -> date | None:
    days = [column.period.day for column in balance_sheet.columns if isinstance(column.period, Instant)]
    return max(days, default=None)


def _ends_a_year(statements: Sequence[Statement], day: date) -> bool:
    """Whether a year of the statements ends with the balance sheet; otherwise years are counted from another day."""
    return any(
        isinstance(period := column.period, Duration)
        and are_near(period.end, day)
        and period.end - period.start >= timedelta(_FEWEST_DAYS)
        for statement in statements
        for column in statement.columns
    )


def _mapped(balance_sheet: Statement, document: int, day: date, payments: Sequence[Payment]) -> MappedStatement:
    items = tuple(_items(document, payments))
    statement = Statement(
        StatementKind.BALANCE_SHEET,
        "Payments by year",
        document,
        balance_sheet.currency,
        (Column(Instant(day), ""),),
        items,
        origin=Origin.DETAILS,
    )
    evidence = ("the year in which it is due",)
    sums = find_sums(items, StatementKind.BALANCE_SHEET)
    return MappedStatement(statement, sums, tuple(Mapping(each.concept, _CONFIDENCE, 1, evidence) for each in payments))


def _items(document: int, payments: Sequence[Payment]) -> Iterator[LineItem]:
    for _, row, cell, factor in payments:
        amount = cell.token.amount
        source = TextSpan(document, cell.line, cell.token.start, cell.token.end)
        value = Decimal(0) if amount.absent else abs(amount.value) * factor
        figure = Figure(value, amount.places - factor.adjusted(), amount, source)
        label = row.label or str(row.cells[0].token.amount.value if row.cells[0] else "")
        span = TextSpan(document, row.anchor.line, row.anchor.start, row.anchor.end)
        yield LineItem(label, (), row.indent, row.ruled, UnitKind.MONETARY, (figure,), span, factor=factor)
