"""Tables that lead from basic to diluted shares: the rows between them add up to the difference.

Both counts are those of the income statement, so that columns, scale and figures are proven.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from converter.filing import TextSpan
from converter.mapping import MappedStatement
from converter.mapping import Mapping as RowMapping
from converter.statements import DocumentTables, Figure, LineItem, Origin, Statement, StatementKind, UnitKind
from converter.tables import TableRow
from converter.vocabulary import expression

BASIC = "WeightedAverageNumberOfSharesOutstandingBasic"
DILUTED = "WeightedAverageNumberOfDilutedSharesOutstanding"
_ALL = "WeightedAverageNumberDilutedSharesOutstandingAdjustment"
_AWARDS = "IncrementalCommonSharesAttributableToShareBasedPaymentArrangements"
_OF_AWARDS = expression(r"option|award|restricted|employee|stock[- ]based|stock\s+plan|compensation", re.I)
_OTHERS = expression(r"convert|debenture|preferred|notes|warrant", re.I)
_FACTORS = (Decimal(1), Decimal(1000), Decimal(1_000_000))
_MOST_BETWEEN = 8
_CONFIDENCE = 0.95
_EVIDENCE = ("leads from basic to diluted shares",)


class _Counts(NamedTuple):
    """The rows of an income statement with its basic and diluted shares."""

    statement: Statement
    basic: LineItem
    diluted: LineItem
    mapping: RowMapping


def find_dilution(tables: DocumentTables, statements: Sequence[MappedStatement]) -> Iterator[MappedStatement]:
    """Yield the tables of a document that lead from basic to diluted shares, mapped; each ends with the latter."""
    own = (mapped for mapped in statements if mapped.statement.document == tables.index)
    counts = [found for mapped in own if (found := _counts(mapped)) is not None]
    for _, draft in tables.other_tables() if counts else ():
        if any("ilut" in row.label or "DILUT" in row.label for row in draft.rows):
            tried = (_find(tables.index, draft.rows, each) for each in counts)
            table = next((found for found in tried if found is not None), None)
            if table is not None:
                yield table


def _counts(mapped: MappedStatement) -> _Counts | None:
    statement = mapped.statement
    if statement.kind is not StatementKind.INCOME or statement.qualifier is not None:
        return None
    rows = {mapping.concept: (item, mapping) for item, mapping in zip(statement.items, mapped.mappings, strict=True)}
    if BASIC not in rows or DILUTED not in rows:
        return None
    return _Counts(statement, rows[BASIC][0], *rows[DILUTED])


def _find(document: int, rows: Sequence[TableRow], counts: _Counts) -> MappedStatement | None:
    """Return the rows from basic to diluted shares as a statement, None if they do not add up."""
    for start, row in enumerate(rows):
        for factor in _FACTORS:
            columns = _columns_of(row, counts.basic, factor)
            if not columns:
                continue
            for end in range(start + 2, min(start + 2 + _MOST_BETWEEN, len(rows))):
                if _columns_of(rows[end], counts.diluted, factor) == columns:
                    parts = rows[start + 1 : end]
                    return (
                        _mapped(document, [*parts, rows[end]], columns, factor, counts)
                        if _adds_up(row, parts, rows[end], columns)
                        else None
                    )
    return None


def _columns_of(row: TableRow, item: LineItem, factor: Decimal) -> Mapping[int, int]:
    """Map the columns of a row to those of a statement's row with the same counts, if each count is in just one."""
    values = [figure.value if figure else None for figure in item.figures]
    columns: dict[int, int] = {}
    for column, cell in enumerate(row.cells):
        if cell is None or cell.token.amount.absent:
            continue
        value = cell.token.amount.value * factor
        if values.count(value) != 1 or not value:
            return {}
        columns[column] = values.index(value)
    return columns


def _adds_up(basic: TableRow, parts: Sequence[TableRow], diluted: TableRow, columns: Mapping[int, int]) -> bool:
    """Whether parts make the difference between two rows, or their last one does, being their total."""
    differences = [_value(diluted, column) - _value(basic, column) for column in columns]
    sums = [sum(_value(row, column) for row in parts) for column in columns]
    last = [_value(parts[-1], column) for column in columns]
    return sums == differences or (
        last == differences and [each - total for each, total in zip(sums, last, strict=True)] == differences
    )


def _value(row: TableRow, column: int) -> Decimal:
    cell = row.cells[column]
    return Decimal(0) if cell is None or cell.token.amount.absent else cell.token.amount.value


def _mapped(
    document: int, rows: Sequence[TableRow], columns: Mapping[int, int], factor: Decimal, counts: _Counts
) -> MappedStatement:
    items = tuple(_item(document, row, columns, factor) for row in rows)
    concepts = _concepts(rows[:-1], sorted(columns))
    mappings = [RowMapping(concept, _CONFIDENCE if concept else 0.0, 1, _EVIDENCE) for concept in concepts]
    table = replace(
        counts.statement,
        title=f"{counts.diluted.label} (details)",
        document=document,
        columns=tuple(counts.statement.columns[columns[column]] for column in sorted(columns)),
        items=items,
        printed=0,
        origin=Origin.DETAILS,
        breaks_down=counts.diluted.source,
    )
    return MappedStatement(table, (), (*mappings, counts.mapping))


def _concepts(parts: Sequence[TableRow], columns: Sequence[int]) -> list[str | None]:
    """Return the concept of each row between: that of all dilution for the only one, or for the total of the others."""
    last = [_value(parts[-1], column) for column in columns]
    above = [sum(_value(row, column) for row in parts[:-1]) for column in columns]
    has_total = len(parts) > 1 and last == above
    leaves = parts[:-1] if has_total else parts
    if len(leaves) == 1:
        return [_ALL] * len(parts)
    awards = [bool(_OF_AWARDS.search(row.label)) and not _OTHERS.search(row.label) for row in leaves]
    concepts = [_AWARDS if is_award and awards.count(True) == 1 else None for is_award in awards]
    return [*concepts, _ALL] if has_total else concepts


def _item(document: int, row: TableRow, columns: Mapping[int, int], factor: Decimal) -> LineItem:
    figures: list[Figure | None] = []
    for column in sorted(columns):
        cell = row.cells[column]
        if cell is None or cell.token.amount.absent:
            figures.append(None)
            continue
        amount = cell.token.amount
        source = TextSpan(document, cell.line, cell.token.start, cell.token.end)
        figures.append(Figure(amount.value * factor, amount.places - factor.adjusted(), amount, source))
    span = TextSpan(document, row.anchor.line, row.anchor.start, row.anchor.end)
    return LineItem(row.label, (), row.indent, row.ruled, UnitKind.SHARES, tuple(figures), span, factor=factor)
