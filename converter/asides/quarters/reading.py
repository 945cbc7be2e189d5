"""Tables of quarters -> statements of the years that are proven, with what is not read of them."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from converter.asides.periods import (
    AnnualRows,
    Grid,
    Layout,
    Slot,
    figures_left_out,
    holding_sums,
    join_all,
    lay_out,
    offsets,
    possible_scales,
    read_grid,
)
from converter.asides.quarters.calendar import quarters_of
from converter.asides.quarters.mapping import map_quarters
from converter.asides.quarters.proof import Proof, prove
from converter.asides.quarters.weeks import WeeksOfQuarters
from converter.mapping import MappedStatement, map_statement
from converter.statements import Column, DocumentTables, Draft, Origin, Statement, StatementKind
from converter.sums import find_sums
from converter.vocabulary import Code, Duration, Finding, Severity, expression

_QUARTER = expression(r"q(?:(?<=\bq)(?:tr|[1-4]\b)|(?<=\b[1-4]q)\b)")
_TITLE = expression(r"quarterly|by\s+quarters?\b|selected", re.I)
_TITLE_LINES = 8
_MAX_ZONE = 15
_LONGEST_TITLE = 100


class QuarterlyData(Struct, frozen=True):
    """Proven quarters, None if their days are not certain, and the indexes of the tables that they were read from."""

    mapped: MappedStatement | None
    drafts: frozenset[int]
    findings: tuple[Finding, ...]


def read_quarterly_data(tables: DocumentTables, annual: AnnualRows) -> Iterator[QuarterlyData]:
    """Yield the quarters in the tables of a document that add up to fiscal years of the statements."""
    if not annual.years:
        return
    candidates = {id(draft): index for index, draft in tables.other_tables() if _may_have_quarters(draft)}
    drafts = [tables.drafts[index] for index in candidates.values()]
    for grid in join_all(grid for draft in drafts if (grid := read_grid(draft)) is not None):
        proof = _best_proof(grid, tables, annual)
        if proof is not None:
            read = _read(grid, proof, tables, annual)
            yield replace(read, drafts=frozenset(candidates[id(draft)] for draft in grid.drafts))


def _may_have_quarters(draft: Draft) -> bool:
    """Whether a text in or over a table speaks of quarters."""
    if len(draft.rows) < 2:
        return False
    lines = (*draft.block.zone[-_MAX_ZONE:], *draft.block.lines)
    text = "\n".join([line.text for line in lines]).lower()
    return "quarter" in text or _QUARTER.search(text) is not None


def _best_proof(grid: Grid, tables: DocumentTables, annual: AnnualRows) -> Proof | None:
    """The proof with the most bits, over the ways to name fiscal years and over scales; None without any."""
    proofs = []
    for offset in offsets(annual.years):
        layout = lay_out(grid, annual.years, offset)
        for scale in possible_scales(grid, tables) if layout.slots else ():
            proof = prove(layout, scale, annual, tables)
            if proof.years:
                proofs.append(proof)
                break
    return max(proofs, key=lambda proof: proof.bits, default=None)


def _read(grid: Grid, proof: Proof, tables: DocumentTables, annual: AnnualRows) -> QuarterlyData:
    """Make a statement of the proven years of a table whose days are certain."""
    periods: dict[Slot, Duration] = {}
    findings = []
    by_weeks = cache(lambda: WeeksOfQuarters(tables.document.texts, annual.years))
    for year in proof.years:
        quarters = _quarters(proof.layout, year, by_weeks)
        if quarters is None:
            findings.append(_days_unknown(grid, tables, year))
            continue
        periods[Slot(year, 0)] = year
        periods.update((Slot(year, n), quarter) for n, quarter in enumerate(quarters, 1))
    kept = [i for i, slot in enumerate(proof.layout.slots) if slot in periods]
    if not kept:
        return QuarterlyData(None, frozenset(), tuple(findings))
    columns = tuple(Column(periods[proof.layout.slots[i]], "") for i in kept)
    items = tuple(replace(item, figures=tuple(item.figures[i] for i in kept)) for item in proof.items)
    table = Statement(
        StatementKind.INCOME,
        _title(grid.drafts[0]),
        tables.index,
        annual.currency,
        columns,
        items,
        printed=sum(len(row.printed) for row in grid.printed),
        origin=Origin.QUARTERLY,
    )
    proof = replace(proof, years=tuple(year for year in proof.years if Slot(year, 0) in periods))
    mapped = map_quarters(proof, map_statement(table, find_sums(items, table.kind)), annual)
    years = [proof.layout.slots[i].year for i in kept]
    rows = []
    for item, (mapping, of_years) in zip(items, mapped, strict=True):
        figures = tuple(f if year in of_years else None for f, year in zip(item.figures, years, strict=True))
        if any(figures):
            rows.append((replace(item, figures=figures), mapping))
    table = replace(table, items=tuple(item for item, _ in rows))
    reason = "they are not of quarters that add up to a year of the statements"
    findings += figures_left_out(grid, tables, table.items, f"quarterly data were left out: {reason}")
    return QuarterlyData(
        MappedStatement(table, holding_sums(table.items, table.kind), tuple(mapping for _, mapping in rows)),
        frozenset(),
        tuple(findings),
    )


def _quarters(layout: Layout, year: Duration, by_weeks: Callable[[], WeeksOfQuarters]) -> tuple[Duration, ...] | None:
    """The quarters of a year by the days and lengths that the table prints, of which no two may differ."""
    printed: dict[int, date] = {}
    weeks: dict[int, int] = {}
    for quarter in range(1, 5):
        entries = layout.places.get(Slot(year, quarter), ())
        ends = {place.end for place, _ in entries if place.end is not None}
        counts = {cell.mark.weeks for _, cell in entries if cell.mark.weeks is not None}
        if len(ends) > 1 or len(counts) > 1:
            return None
        printed.update((quarter, end) for end in ends)
        weeks.update((quarter, count) for count in counts)
    return quarters_of(year, printed, weeks, by_weeks)


def _title(draft: Draft) -> str:
    """The line over a table that speaks of quarters, the nearest to it."""
    texts = (text for text in reversed(draft.texts[-_TITLE_LINES:]) if len(text) < _LONGEST_TITLE)
    return next((text for text in texts if _TITLE.search(text)), "Quarterly data")


def _days_unknown(grid: Grid, tables: DocumentTables, year: Duration) -> Finding:
    message = (
        f"the quarters of the year that ended on {year.end} were left out: "
        "the days on which they ended are neither printed nor certain"
    )
    return Finding(Severity.INFO, Code.COLUMN_NOT_READ, message, _line(tables, grid.drafts[0].rows[0].anchor.line))


def _line(tables: DocumentTables, line: int) -> int:
    return tables.document.lines[line].number
