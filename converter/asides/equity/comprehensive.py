"""A statement of comprehensive income: from net income, which the income statement has, to the sum of all its rows."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from converter.asides.equity.building import Entry
from converter.asides.equity.components import Role
from converter.asides.equity.layout import Placed, Strip, Track
from converter.asides.equity.mapping import RowMapper
from converter.asides.equity.proof import subtotals
from converter.asides.equity.reading import ReadTable, ReadTrack
from converter.asides.equity.tables import EquityTable
from converter.asides.equity.wording import concepts_of
from converter.statements import ONE, StatementKind, columns_for_kind, infer_durations
from converter.tables import TableRow
from converter.vocabulary import Duration

_THOUSAND, _MILLION = Decimal(1000), Decimal(1_000_000)
_MOST_ROWS = 60


class ComprehensiveIncome(Struct, frozen=True):
    """A statement of comprehensive income as a table whose tracks are its columns, and the figures read."""

    read: ReadTable
    entries: tuple[Entry, ...]


def read_comprehensive_income(table: EquityTable, mapper: RowMapper) -> ComprehensiveIncome | None:
    """Read a table whose columns add up from a net income of the income statement to comprehensive income."""
    ends = _ends(table.rows)
    if ends is None:
        return None
    tracks = dict(_columns(table, *ends))
    stated = table.document.scale_of(table.draft).money
    for factor in dict.fromkeys((stated, ONE, _THOUSAND, _MILLION)):
        tied = {period: track for period, track in tracks.items() if _has_result(track, period, factor, mapper)}
        proven = {period: track for period, track in tied.items() if subtotals(track.strips[0], table.rows) is not None}
        if proven:
            read = [ReadTrack(track, track.strips, None, "", factor) for track in proven.values()]
            left_out = [
                (track, "its rows do not add up" if period in tied else "its net income is not that of a statement")
                for period, track in tracks.items()
                if period not in proven
            ]
            entries = [
                Entry(placed, period, None, each)
                for period, each in zip(proven, read, strict=True)
                for placed in _figures(each.strips[0])
            ]
            return ComprehensiveIncome(ReadTable(table, True, tuple(read), tuple(left_out)), tuple(entries))
    return None


def _ends(rows: Sequence[TableRow]) -> tuple[int, int] | None:
    """Return the rows of net income and of comprehensive income; None without both, in this order."""
    if len(rows) > _MOST_ROWS:
        return None
    concepts = [concepts_of(row.label).money for row in rows]
    first = next((i for i, concept in enumerate(concepts) if concept == "NetIncomeLoss"), None)
    last = max((i for i, concept in enumerate(concepts) if concept == "ComprehensiveIncomeNetOfTax"), default=None)
    if first is None or last is None or last < first + 2:
        return None
    return (first, last) if any(rows[first].cells) and any(rows[last].cells) else None


def _columns(table: EquityTable, first: int, last: int) -> Iterator[tuple[Duration, Track]]:
    """Yield the period of each column and its figures from net income to comprehensive income."""
    draft = infer_durations(table.draft, table.document.durations)
    columns = columns_for_kind(draft, StatementKind.INCOME)
    seen: set[Duration] = set()
    for index, column in enumerate(columns):
        period = column.period
        if not isinstance(period, Duration) or period in seen or column.part:
            continue
        seen.add(period)
        cells = {row: cell for row in range(first, last + 1) if (cell := table.rows[row].cells[index]) is not None}
        if first in cells and last in cells:
            placed = {row: Placed(row, cell) for row, cell in cells.items()}
            events = tuple(placed[row] for row in placed if first < row < last)
            strip = Strip(period.start, period.end, placed[first], placed[last], events)
            yield period, Track(column.heading, Role.MONEY, (strip,))


def _has_result(track: Track, period: Duration, factor: Decimal, mapper: RowMapper) -> bool:
    opening = track.strips[0].opening
    return opening is not None and mapper.is_result(opening.cell.token.amount.value * factor, period)


def _figures(strip: Strip) -> Iterator[Placed]:
    for placed in (strip.opening, *strip.events, strip.closing):
        if placed is not None:
            yield placed
