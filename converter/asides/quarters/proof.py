"""Which years of a table of quarters are proven: their four quarters add up to figures of the statements."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from math import log2
from typing import NamedTuple

from msgspec import Struct

from converter.asides.periods import AnnualMatch, AnnualRows, Layout, rounding, share_words
from converter.statements import DocumentTables, Figure, LineItem, Scale, StatementKind, UnitKind, read_items
from converter.vocabulary import Duration

_NAMED_BITS = 12
"""The least significant bits of the sums that are figures of a year, in all, if the table names the year."""
_OTHER_BITS = 20
"""The same if it does not."""
_ROW_BITS = 5
"""One of the rows must have so many, and a word of the caption of its statement's row."""


class Tie(NamedTuple):
    """A row of the statements that prints the sum of four quarters, and the significant bits in which it agrees."""

    match: AnnualMatch
    bits: float


class Proof(Struct, frozen=True):
    """A table of quarters in a scale, its line items, what each row ties to in each year, and the years proven."""

    layout: Layout
    items: tuple[LineItem, ...]
    ties: tuple[Mapping[Duration, tuple[Tie, ...]], ...]
    years: tuple[Duration, ...]
    bits: float


def prove(layout: Layout, scale: Scale, annual: AnnualRows, tables: DocumentTables) -> Proof:
    """Tie the rows of a table of a document, read in a scale, to the statements."""
    kept = range(len(layout.slots))
    usual = [row for draft in tables.primary if draft.kind is StatementKind.INCOME for row in draft.rows]
    items = tuple(read_items(tables.index, StatementKind.INCOME, layout.rows, kept, scale, usual))
    years = tuple(dict.fromkeys(slot.year for slot in layout.slots))
    ties = tuple({year: tuple(_ties(layout, item, year, annual)) for year in years} for item in items)
    proven: dict[Duration, float] = {}
    for year in years:
        of_year = list(_bits_of_year(year, items, ties))
        bits = sum(bits for bits, _ in of_year)
        enough = _NAMED_BITS if year in layout.named else _OTHER_BITS
        if bits >= enough and any(b >= _ROW_BITS and named for b, named in of_year):
            proven[year] = bits
    if not layout.named and proven:  # the figures are of one year
        best = max(proven, key=lambda year: proven[year])
        proven = {best: proven[best]}
    return Proof(layout, items, ties, tuple(proven), sum(proven.values()))


def quarters_of_item(layout: Layout, item: LineItem, year: Duration) -> dict[int, Figure]:
    """Return the figures of a row in a year by quarter, 0 for the whole year."""
    return {
        slot.quarter: figure
        for slot, figure in zip(layout.slots, item.figures, strict=True)
        if slot.year == year and figure is not None
    }


def sum_of_quarters(figures: Mapping[int, Figure]) -> tuple[Decimal, Decimal]:
    """Return the sum of the quarters of a row and the most by which rounding may change it."""
    quarters = [figure for quarter, figure in figures.items() if quarter]
    return sum((figure.value for figure in quarters), Decimal(0)), sum(map(rounding, quarters), Decimal(0))


def _ties(layout: Layout, item: LineItem, year: Duration, annual: AnnualRows) -> Iterator[Tie]:
    figures = quarters_of_item(layout, item, year)
    if item.unit is not UnitKind.MONETARY or not figures.keys() & {1, 2, 3, 4}:
        return
    total, tolerance = sum_of_quarters(figures)
    if not total or abs(total) <= 2 * tolerance:
        return
    complete = figures.keys() >= {1, 2, 3, 4}
    for match in annual.printing(UnitKind.MONETARY, year, total, tolerance):
        if match.row.kind is StatementKind.INCOME:
            error = 2 * tolerance + 2 * rounding(match.row.figures[year])
            yield Tie(match, log2(abs(total) / error) if complete else 0.0)


def _bits_of_year(
    year: Duration, items: Sequence[LineItem], ties: Sequence[Mapping[Duration, tuple[Tie, ...]]]
) -> Iterator[tuple[float, bool]]:
    """Yield the bits of each amount of the year that is a sum, and whether the captions have a word in common."""
    found: dict[Decimal, tuple[float, bool]] = {}
    for item, of_item in zip(items, ties, strict=True):
        for match, bits in of_item[year]:
            amount = abs(match.row.figures[year].value)
            most, named = found.get(amount, (0.0, False))
            found[amount] = max(bits, most), named or share_words(item.label, match.row)
    yield from found.values()
