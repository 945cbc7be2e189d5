"""Tables of several years -> statements of the rows that the statements have, with what is not read of them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from converter.asides.periods import (
    AnnualRows,
    Grid,
    figures_left_out,
    holding_sums,
    join_grids,
    lay_out,
    name_of,
    offsets,
    possible_scales,
    read_grid,
)
from converter.asides.selected.mapping import SelectedRow, map_years
from converter.asides.selected.proof import TableProof, period_for, prove_years
from converter.asides.selected.years import EarlierYears
from converter.mapping import MappedStatement, map_statement
from converter.statements import (
    Column,
    DocumentTables,
    Draft,
    Origin,
    Statement,
    StatementKind,
    is_partial_or_pro_forma,
)
from converter.sums import find_sums
from converter.vocabulary import Duration, Finding, expression

_YEAR = expression(r"(?<![\d,.])(?:19|20)\d\d(?![\d,])|(?<!\w)['\u2019`]\d\d(?!\d)", first="12'\u2019`")
_MIN_YEARS = 4
"""A table of so many years is more than a comparison with the year before."""
_MAX_YEARS = 15
_TITLE_LINES = 8
_LONGEST_YEAR = 20
_TITLE = expression(r"selected\b|summary\b|\b(?:five|six|ten|eleven)\b|highlights|\breview\b|ratio\b", re.I)
_LONGEST_TITLE = 80


class SelectedData(Struct, frozen=True):
    """The statements made of a table, and the indexes of the tables of the document that they were read from."""

    mapped: tuple[MappedStatement, ...]
    drafts: frozenset[int]
    findings: tuple[Finding, ...]


def read_selected_data(
    tables: DocumentTables, annual: AnnualRows, earlier: EarlierYears, *, plausible: bool
) -> Iterator[SelectedData]:
    """Yield the data of several years in the tables of a document that agree with the statements.

    With `plausible`, also those of rows that no statement has.
    """
    known = {name_of(year) for year in annual.years}
    candidates = {id(draft): i for i, draft in tables.other_tables() if _names_earlier_years(draft, min(known))}
    for grid in _grids([tables.drafts[index] for index in candidates.values()]):
        proof = _best_proof(grid, tables, annual, earlier)
        if proof is None:
            continue
        read = _read(grid, proof, tables, annual, plausible=plausible)
        if read.mapped:
            yield replace(read, drafts=frozenset(candidates[id(draft)] for draft in grid.drafts))


def _names_earlier_years(draft: Draft, first: int) -> bool:
    """Whether columns or rows of a table are called after years, one before the first that the statements have."""
    if len(draft.rows) < 2 or is_partial_or_pro_forma(draft):
        return False
    texts = [segment.text for line in draft.head.headings.lines for segment in line]
    texts += [row.label for row in draft.rows if len(row.label) < _LONGEST_YEAR]
    years = set(map(_year, _YEAR.findall("\n".join(texts))))
    firsts = (next(filter(None, row.cells), None) for row in draft.rows)
    years |= {int(cell.token.amount.value) for cell in firsts if cell is not None and cell.token.amount.is_yearlike}
    return len(years) >= _MIN_YEARS and min(years) < first


def _year(text: str) -> int:
    number = int(text[-2:])
    return int(text) if text.isdigit() else number + (1900 if number >= 50 else 2000)


def _grids(drafts: Iterable[Draft]) -> list[Grid]:
    """Read tables of years; one that goes on with the rows of the table before, for other years, is put to it."""
    grids: list[Grid] = []
    for draft in drafts:
        grid = read_grid(draft, of_years=True)
        both = join_grids(grids[-1], grid) if grids and grid is not None else None
        if both is not None:
            grids[-1] = both
        elif grid is not None:
            grids.append(grid)
    return grids


def _best_proof(grid: Grid, tables: DocumentTables, annual: AnnualRows, earlier: EarlierYears) -> TableProof | None:
    """The proof with the most bits, over the ways to name fiscal years and over scales; None without any."""
    marks = {cell.mark for row in grid.rows for cell in row.cells}
    names = {mark.year or (mark.end.year if mark.end else None) for mark in marks}
    proofs = []
    for offset in offsets(annual.years):
        years = {name_of(year): year for year in annual.years}
        first = min(years)
        for name in sorted(name + offset for name in names if name is not None)[:_MAX_YEARS]:
            if name < first and (year := earlier.year(name)) is not None:
                years[name] = year
        layout = lay_out(grid, sorted(years.values(), key=lambda year: year.end), offset, of_years=True)
        for scale in possible_scales(grid, tables) if layout.slots else ():
            proof = prove_years(layout, scale, annual, tables)
            if proof.bits:
                proofs.append(proof)
                break
    return max(proofs, key=lambda proof: proof.bits, default=None)


def _read(
    grid: Grid, proof: TableProof, tables: DocumentTables, annual: AnnualRows, *, plausible: bool
) -> SelectedData:
    """Make statements of the rows of a table that the statements have."""
    kept = [i for i, slot in enumerate(proof.layout.slots) if not slot.quarter]
    title = _title(grid.drafts[0])
    whole = {
        kind: _statement(kind, title, tables.index, annual.currency, [proof.layout.slots[i].year for i in kept])
        for kind in StatementKind
    }
    own = {}
    for kind, items in proof.items.items():
        of_kind = tuple(replace(item, figures=tuple(item.figures[i] for i in kept)) for item in items)
        own[kind] = map_statement(replace(whole[kind], items=of_kind), find_sums(of_kind, kind))
    rows = [
        row._replace(item=replace(row.item, figures=tuple(row.item.figures[i] for i in kept)))
        for row in map_years(proof, own, plausible=plausible)
    ]
    mapped = [_mapped(whole[kind], [row for row in rows if row.kind is kind]) for kind in StatementKind]
    mapped = [each for each in mapped if each.statement.items]
    if mapped:
        printed = sum(len(row.printed) for row in grid.printed)
        mapped[0] = replace(mapped[0], statement=replace(mapped[0].statement, printed=printed))
    reason = "the row is in none of the statements, or the days of the years are not certain"
    read = [row.item for row in rows]
    findings = tuple(figures_left_out(grid, tables, read, f"selected data were left out: {reason}"))
    return SelectedData(tuple(mapped), frozenset(), findings)


def _statement(kind: StatementKind, title: str, document: int, currency: str, years: Sequence[Duration]) -> Statement:
    columns = tuple(Column(period_for(kind, year), "") for year in years)
    return Statement(kind, title, document, currency, columns, (), origin=Origin.SELECTED)


def _mapped(statement: Statement, rows: Sequence[SelectedRow]) -> MappedStatement:
    rows = [row for row in rows if any(row.item.figures)]
    items = tuple(row.item for row in rows)
    sums = holding_sums(items, statement.kind)
    return MappedStatement(replace(statement, items=items), sums, tuple(row.mapping for row in rows))


def _title(draft: Draft) -> str:
    """The line over a table that says what it is, the nearest to it."""
    texts = [text for text in reversed(draft.texts[-_TITLE_LINES:]) if len(text) < _LONGEST_TITLE]
    titles = [text for text in texts if _TITLE.search(text) and not (text[0].islower() or text.endswith((".", ",")))]
    return next(iter(titles), "Selected data")
