"""Rows of tables in the notes that say what was paid, in the periods of the statements' columns.

"Interest paid" and "Cash paid during the year for: Interest, Income taxes" have just one meaning, and no total.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from converter.asides.notes.claims import Claim
from converter.asides.notes.periods import Periods
from converter.asides.notes.scale import Scales
from converter.asides.notes.subjects import CONCEPTS, SUBJECT_CAPTION
from converter.asides.notes.tokens import Kind, Token
from converter.filing import TextSpan
from converter.statements import (
    ColumnPeriod,
    DocumentTables,
    Draft,
    Figure,
    Statement,
    StatementKind,
    columns_for_kind,
    is_partial_or_pro_forma,
    scale_above,
)
from converter.tables import TableRow
from converter.vocabulary import Duration, Period, are_near, expression, has_any

_WORDS = ("paid", "payment", "rent", "advertising")
_READ = frozenset(
    {
        "AdvertisingExpense",
        "OperatingLeasesRentExpenseNet",
        "InterestPaid",
        "InterestPaidNet",
        "IncomeTaxesPaid",
        "IncomeTaxesPaidNet",
    }
)
"""Concepts of captions that no part of the company is likely to have a row for."""
_PAID_FOR = expression(r"\b(?:paid|payments?)\b.{0,40}\b(?:for|of)\W*\Z", re.I)
_LEADS = expression(r"\W*(?:(?:total|cash|net)\s+)?", re.I)
_REMARK = expression(r"\([\w\s]{0,20}\)\Z")
_YEAR = expression(r"\b((?:19|20)\d\d)\W*\Z")
_MAX_COLUMNS = 6


def claims_of_tables(tables: DocumentTables, statements: Sequence[Statement], scales: Scales) -> Iterator[Claim]:
    """Yield the rows that say what was paid in periods of the columns of `statements`."""
    periods = [column.period for s in statements for column in s.columns if column.qualifier is None]
    for _, draft in tables.other_tables():
        named = [(row, concept) for row in draft.rows if (concept := _concept(row)) is not None]
        if named and len(draft.block.columns) <= _MAX_COLUMNS and not is_partial_or_pro_forma(draft):
            yield from _claims(tables.index, draft, named, periods, scales)


def _concept(row: TableRow) -> str | None:
    """Return the concept that a caption has, with the heading above it."""
    lowered = " ".join([*row.sections[-1:], row.label]).lower()
    if not has_any(lowered, _WORDS):
        return None
    label = _REMARK.sub("", " ".join(row.label.split()).rstrip(" .:")).rstrip()
    if row.sections and _PAID_FOR.search(row.sections[-1]):
        label = f"paid for {label}"
    lead = _LEADS.match(label)
    match = SUBJECT_CAPTION.fullmatch(label, lead.end() if lead else 0)
    concept = next((CONCEPTS[group] for group in CONCEPTS if match[group] is not None), None) if match else None
    return concept if concept in _READ else None


def _claims(
    document: int, draft: Draft, named: Sequence[tuple[TableRow, str]], known: Sequence[Period], scales: Scales
) -> Iterator[Claim]:
    scale = scale_above(draft)
    factor = scale.money if scale else scales.factor
    columns = _periods(columns_for_kind(draft, StatementKind.INCOME), known)
    for row, concept in named:
        for period, cell in zip(columns, row.cells, strict=True):
            if period is None or cell is None or cell.token.amount.absent:
                continue
            amount = cell.token.amount
            value = abs(amount.value) * factor
            if not amount.percent and value <= scales.largest:
                source = TextSpan(document, cell.line, cell.token.start, cell.token.end)
                figure = Figure(value, amount.places - factor.adjusted(), amount, source)
                yield Claim(concept, row.label or concept, period, figure)


def _periods(columns: Sequence[ColumnPeriod], known: Sequence[Period]) -> list[Period | None]:
    """Return the period of the statements that each column is of, None if it is of none of them.

    Columns headed with just a year each are of the years of the statements.
    """
    years = [_YEAR.search(column.heading) for column in columns]
    if all(column.period is None for column in columns) and all(years):
        tokens = [Token(Kind.YEAR, 0, 0, year=int(year[1])) for year in years if year]
        return Periods(known).resolve(tokens, instants=False)
    durations = {period for period in known if isinstance(period, Duration)}
    return [_nearest(column.period, durations) for column in columns]


def _nearest(period: Period | None, durations: Collection[Duration]) -> Period | None:
    if not isinstance(period, Duration):
        return None
    near = [each for each in durations if are_near(each.start, period.start) and are_near(each.end, period.end)]
    return near[0] if len(near) == 1 else None
