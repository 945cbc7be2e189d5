"""Map the rows of consolidating tables: as the row of the registrant's statements that has the figures of the sum."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from converter.mapping import MappedStatement
from converter.mapping import Mapping as RowMapping
from converter.statements import Column, LineItem, StatementKind, UnitKind
from converter.vocabulary import Period, wording

_FEWEST_BITS = 12
"""So many significant bits a figure that rows with other captions have in common must have, at least."""
_MIN_CONFIDENCE = 0.4
"""The least confidence of the mapper in a row that no statement has."""
_EVIDENCE = "the parts add up to the row {!r} of a statement"


class _KnownRow(NamedTuple):
    """A row of the registrant's statements; `values` are its figures with the printed sign."""

    number: int
    kind: StatementKind
    item: LineItem
    mapping: RowMapping
    values: Mapping[Period, Decimal]


class StatementRows:
    """The rows of the registrant's statements, by their figures and by their concepts."""

    def __init__(self, statements: Iterable[MappedStatement]) -> None:
        self._by_figure: dict[tuple[Period, Decimal], list[_KnownRow]] = {}
        self._reported: set[tuple[Period, str]] = set()
        number = 0
        for statement, mappings in ((mapped.statement, mapped.mappings) for mapped in statements):
            for item, mapping in zip(statement.items, mappings, strict=True) if statement.qualifier is None else ():
                number += 1
                self._add(_KnownRow(number, statement.kind, item, mapping, _values(statement.columns, item)))

    def _add(self, row: _KnownRow) -> None:
        for period, value in row.values.items():
            if row.mapping.concept is not None:
                self._reported.add((period, row.mapping.concept))
            if value and row.item.unit is UnitKind.MONETARY:
                self._by_figure.setdefault((period, abs(value)), []).append(row)

    def map_table(self, table: MappedStatement) -> MappedStatement:
        """Map the rows of a consolidating table.

        A row whose sums are the figures of a statement's row is mapped like that. Another row keeps its own mapping
        only if that is likely, and if no statement reports that concept in one of the table's periods.
        """
        columns = table.statement.columns
        mappings: list[RowMapping] = []
        used: set[int] = set()
        for item, own in zip(table.statement.items, table.mappings, strict=True):
            values = {period: value for period, value in _values(columns, item).items() if value}
            row = self._row_of(table.statement.kind, item, own, values, used)
            if row is not None:
                used.add(row.number)
                mappings.append(_as_row(row, values))
            elif own.confidence < _MIN_CONFIDENCE or self._is_reported(columns, own.concept):
                mappings.append(replace(own, concept=None))
            else:
                mappings.append(own)
        return replace(table, mappings=tuple(mappings))

    def _is_reported(self, columns: Iterable[Column], concept: str | None) -> bool:
        return any((column.period, concept) in self._reported for column in columns)

    def _row_of(
        self,
        kind: StatementKind,
        item: LineItem,
        own: RowMapping,
        values: Mapping[Period, Decimal],
        used: Collection[int],
    ) -> _KnownRow | None:
        """Return the row of a statement of this kind with all of the values, if it is certain to be the same."""
        if item.unit is not UnitKind.MONETARY or not values:
            return None
        period, value = next(iter(values.items()))
        rows = [
            row
            for row in self._by_figure.get((period, abs(value)), ())
            if row.kind is kind and row.number not in used and _has_values(row, values)
        ]
        caption = wording(item.label)
        same = [row for row in rows if wording(row.item.label).bare == caption.bare]
        same = same or [row for row in rows if own.concept is not None and row.mapping.concept == own.concept]
        if not same and len(rows) == 1 and wording(rows[0].item.label).words & caption.words:
            same = rows if _significant_bits(item) >= _FEWEST_BITS else []
        return next(iter(same), None)


def _values(columns: Sequence[Column], item: LineItem) -> dict[Period, Decimal]:
    """The figures of a row in the columns that are not of a part, by period."""
    pairs = zip(columns, item.figures, strict=True)
    return {column.period: figure.value for column, figure in pairs if figure and column.qualifier is None}


def _has_values(row: _KnownRow, values: Mapping[Period, Decimal]) -> bool:
    """Whether a row has all of the values, with the same signs or with opposite ones."""
    return any(all(row.values.get(period) == sign * value for period, value in values.items()) for sign in (1, -1))


def _significant_bits(item: LineItem) -> int:
    """The significant bits of the largest figure of a row."""
    amounts = [figure.amount for figure in item.figures if figure is not None]
    return max(int(abs(amount.value).scaleb(amount.places)).bit_length() for amount in amounts)


def _as_row(row: _KnownRow, values: Mapping[Period, Decimal]) -> RowMapping:
    """The mapping of a row for one with the same figures, which may print them with the opposite sign."""
    period, value = next(iter(values.items()))
    sign = row.mapping.sign if row.values[period] == value else -row.mapping.sign
    return replace(row.mapping, sign=sign, evidence=(*row.mapping.evidence, _EVIDENCE.format(row.item.label)))
