"""What is read of a table -> a statement whose columns are periods and days of components, and its mappings."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from converter.asides.equity.days import FiscalDays
from converter.asides.equity.layout import Placed, Strip
from converter.asides.equity.mapping import RowMapper
from converter.asides.equity.proof import amount_of
from converter.asides.equity.reading import ReadTable, ReadTrack
from converter.filing import TextSpan
from converter.mapping import MappedStatement
from converter.statements import Column, Component, Figure, LineItem, Origin, Statement, StatementKind, UnitKind
from converter.tables import LineSpan
from converter.vocabulary import Instant, Period


class Entry(Struct, frozen=True):
    """A figure that is read: its row, the period or day and the component that it is of, and its track."""

    placed: Placed
    period: Period
    component: Component | None
    track: ReadTrack


class _Key(NamedTuple):
    """What the figures of one line item have in common."""

    unit: UnitKind
    concept: str | None
    sign: int
    factor: Decimal


def entries_of(read: ReadTable, days: FiscalDays) -> Iterator[Entry]:
    """Yield the figures that are read. Of two balances of one day that differ, the one that opens a period counts."""
    for track in read.tracks:
        openings = {strip.opening_day: amount_of(strip.opening) for strip in track.strips if strip.opening}
        seen: set[Placed] = set()
        for strip in track.strips:
            period = days.between(strip.opening_day, strip.closing_day)
            for placed in _balances(strip, openings):
                day = strip.closing_day if placed == strip.closing else strip.opening_day
                if placed not in seen:
                    seen.add(placed)
                    yield Entry(placed, Instant(day), track.component, track)
            for placed in strip.events:
                yield Entry(placed, period, track.component, track)


def _balances(strip: Strip, openings: Mapping[date, Decimal]) -> Iterator[Placed]:
    closing = amount_of(strip.closing)
    if strip.closing is not None and openings.get(strip.closing_day, closing) == closing:
        yield strip.closing
    if strip.opening is not None and strip.opening != strip.closing:
        yield strip.opening


def build(
    kind: StatementKind, read: ReadTable, entries: Sequence[Entry], mapper: RowMapper, currency: str, printed: int
) -> MappedStatement:
    """Make a statement of the figures that are read; the whole equity stands before its components."""
    places = _columns(entries)
    rows: dict[int, dict[_Key, dict[int, Entry]]] = {}
    concepts = _concepts(read, entries, mapper)
    for entry in entries:
        concept = concepts[entry.placed]
        unit = UnitKind.SHARES if entry.track.shares else UnitKind.MONETARY
        key = _Key(unit, concept, mapper.sign(concept, entry.track), entry.track.factor)
        cells = rows.setdefault(entry.placed.row, {}).setdefault(key, {})
        cells[places[entry.period, entry.component]] = entry
    items, mappings = [], []
    for row in sorted(rows):
        for key, cells in rows[row].items():
            items.append(_item(read, row, key, cells, len(places)))
            mappings.append(mapper.mapping(key.concept, key.sign))
    columns = tuple(Column(period, _heading(component), component=component) for period, component in places)
    statement = Statement(
        kind,
        read.table.draft.title or kind.words,
        read.table.document.index,
        currency,
        columns,
        tuple(items),
        printed=printed,
        origin=Origin.EQUITY,
    )
    return MappedStatement(statement, (), tuple(mappings))


def _columns(entries: Sequence[Entry]) -> dict[tuple[Period, Component | None], int]:
    """Number the columns: the whole first, then component by component, each in the order of time."""
    components = list(dict.fromkeys(entry.component for entry in entries))
    components.sort(key=lambda component: component is not None)
    columns: list[tuple[Period, Component | None]] = []
    for component in components:
        periods = {entry.period for entry in entries if entry.component == component}
        columns += [(period, component) for period in sorted(periods, key=_order)]
    return {column: number for number, column in enumerate(columns)}


def _order(period: Period) -> tuple[object, object]:
    return (period.day, period.day) if isinstance(period, Instant) else (period.end, period.start)


def _heading(component: Component | None) -> str:
    return "" if component is None else component.name or component.member.removesuffix("Member")


def _concepts(read: ReadTable, entries: Sequence[Entry], mapper: RowMapper) -> dict[Placed, str | None]:
    """Return the concept of each figure; none where two rows would report the same of one period and component."""
    concepts = {
        entry.placed: (
            mapper.balance(entry.track)
            if isinstance(entry.period, Instant)
            else mapper.event(read, entry.placed, entry.period, entry.track)
        )
        for entry in entries
    }
    events = [entry for entry in entries if not isinstance(entry.period, Instant)]
    rows: dict[tuple[object, ...], set[int]] = {}
    for entry in events:
        rows.setdefault(_reported(concepts[entry.placed], entry), set()).add(entry.placed.row)
    repeated = {
        (row, concepts[entry.placed])
        for entry in events
        if len(of_rows := rows[_reported(concepts[entry.placed], entry)]) > 1
        for row in of_rows
    }
    return concepts | {e.placed: None for e in events if (e.placed.row, concepts[e.placed]) in repeated}


def _reported(concept: str | None, entry: Entry) -> tuple[object, ...]:
    """What two figures must not have in common."""
    return concept, entry.period, entry.component, entry.track.shares


def _item(read: ReadTable, row: int, key: _Key, cells: Mapping[int, Entry], columns: int) -> LineItem:
    table_row = read.table.rows[row]
    document = read.table.document.index
    figures: list[Figure | None] = [None] * columns
    for column, entry in cells.items():
        cell = entry.placed.cell
        amount = cell.token.amount
        source = TextSpan(document, cell.line, cell.token.start, cell.token.end)
        decimals = amount.places - abs(key.factor).adjusted()
        figures[column] = Figure(amount.value * key.factor, decimals, amount, source)
    return LineItem(
        table_row.label,
        table_row.sections,
        table_row.indent,
        table_row.ruled,
        key.unit,
        tuple(figures),
        _span(document, table_row.anchor),
        tuple(_span(document, span) for span in table_row.caption_lines),
        abs(key.factor),
    )


def _span(document: int, span: LineSpan) -> TextSpan:
    return TextSpan(document, span.line, span.start, span.end)
