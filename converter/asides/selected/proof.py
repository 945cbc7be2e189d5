"""Which rows of a table of several years are rows of the statements: their figures agree in every year of both."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from math import log2
from typing import NamedTuple

from msgspec import Struct

from converter.asides.periods import AnnualMatch, AnnualRows, Layout, caption_key, rounding
from converter.statements import DocumentTables, Figure, LineItem, Scale, StatementKind, read_items
from converter.vocabulary import Duration, Instant, Period

_MIN_YEARS = 2
"""A row must agree in so many years."""
_ROW_BITS = 8
"""The least significant bits in which a row agrees, in all years."""
_TABLE_BITS = 30
"""The same of all rows of a table, of which there must be two."""
_KINDS = {
    StatementKind.INCOME: (StatementKind.INCOME, StatementKind.CASH_FLOW),
    StatementKind.BALANCE_SHEET: (StatementKind.BALANCE_SHEET,),
}
"""The statements whose rows a row may be, by the statement as whose row its unit is read."""


class RowTie(NamedTuple):
    """A row of the statements with the figures of a row of the table, and the bits in which they agree."""

    match: AnnualMatch
    bits: float


class TableProof(Struct, frozen=True):
    """A table of years in a scale: its rows as those of each statement, and the rows of the statements that they are.

    `contradictions` counts the rows that have the caption of a statement's row and other figures.
    """

    layout: Layout
    items: Mapping[StatementKind, tuple[LineItem, ...]]
    ties: Mapping[StatementKind, tuple[tuple[RowTie, ...], ...]]
    contradictions: int

    @property
    def bits(self) -> float:
        """The bits in which the rows of the table agree with the statements, 0 if the table is not proven."""
        found: dict[int, float] = {}
        for of_kind in self.ties.values():
            for i, of_row in enumerate(of_kind):
                found[i] = max([found.get(i, 0.0), *(tie.bits for tie in of_row)])
        tied = [bits for bits in found.values() if bits]
        proven = len(tied) > 1 and sum(tied) >= _TABLE_BITS and len(tied) > self.contradictions
        return sum(tied) if proven else 0.0


def prove_years(layout: Layout, scale: Scale, annual: AnnualRows, tables: DocumentTables) -> TableProof:
    """Compare the rows of a table of a document, read in a scale, with those of the statements."""
    items: dict[StatementKind, tuple[LineItem, ...]] = {}
    ties: dict[StatementKind, tuple[tuple[RowTie, ...], ...]] = {}
    for kind, kinds in _KINDS.items():
        usual = [row for draft in tables.primary if draft.kind is kind for row in draft.rows]
        items[kind] = tuple(read_items(tables.index, kind, layout.rows, range(len(layout.slots)), scale, usual))
        ties[kind] = tuple(tuple(_ties(layout, item, kinds, annual)) for item in items[kind])
    captions = {caption_key(row.item.label) for row in annual.rows if row.kind in _KINDS}
    contradictions = sum(
        caption_key(row.label) in captions and not any(of_kind[i] for of_kind in ties.values())
        for i, row in enumerate(layout.rows)
    )
    return TableProof(layout, items, ties, contradictions)


def period_for(kind: StatementKind, year: Duration) -> Period:
    """Return the period of a figure of a year in a statement: its last day in a balance sheet."""
    return Instant(year.end) if kind is StatementKind.BALANCE_SHEET else year


def _ties(layout: Layout, item: LineItem, kinds: Sequence[StatementKind], annual: AnnualRows) -> Iterator[RowTie]:
    figures = [(slot.year, f) for slot, f in zip(layout.slots, item.figures, strict=True) if f is not None]
    seen: set[int] = set()
    for year, figure in figures:
        if not figure.value:
            continue
        for kind in kinds:
            for match in annual.printing(item.unit, period_for(kind, year), figure.value, rounding(figure)):
                if match.row.kind is kind and id(match.row) not in seen:
                    seen.add(id(match.row))
                    bits = _agreement(figures, match)
                    if bits >= _ROW_BITS:
                        yield RowTie(match, bits)


def _agreement(figures: Sequence[tuple[Duration, Figure]], match: AnnualMatch) -> float:
    """The bits in which figures are those of a statement's row, 0 if one is not, or if there are too few."""
    row, sign = match
    years, bits = 0, 0.0
    for year, figure in figures:
        other = row.figures.get(period_for(row.kind, year))
        if other is None:
            continue
        tolerance = rounding(figure) + rounding(other) if figure.decimals != other.decimals else Decimal(0)
        if abs(figure.value * sign - other.value) > tolerance:
            return 0.0
        if figure.value:
            years += 1
            bits += log2(abs(figure.value) / (2 * rounding(figure)))
    return bits if years >= _MIN_YEARS else 0.0
