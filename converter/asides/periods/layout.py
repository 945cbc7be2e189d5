"""The cells of a table of quarters or years in the order of the fiscal years of the statements."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from converter.asides.periods.grids import Cell, Grid, GridRow
from converter.asides.periods.marks import Mark
from converter.statements import LineItem, StatementKind
from converter.sums import Sum, find_sums
from converter.tables import FigureCell, TableRow
from converter.vocabulary import Duration

_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_NEAREST = 0.35
"""The most that the end of a quarter may be from a quarter of the year, in quarters."""
_LAST = 4  # quarter
_LAST_EARLY_MONTH = 6  # a fiscal year that ends by this month may be named after the previous year


class Place(Struct, frozen=True):
    """A place in a fiscal year: its quarter, 0 for the whole year, and the printed last day, if there is one."""

    quarter: int
    end: date | None = None


def place_in(year: Duration, mark: Mark, offset: int) -> Place | None:
    """Return what a mark means in a fiscal year that is called after the year `offset` years before its end.

    None if it is of another year. A mark without a year may be of any.
    """
    named = mark.year is None or mark.year == name_of(year) - offset
    if mark.end is not None and mark.end.month is not None and mark.quarter is None:
        return _place_of_day(year, mark, named)
    if not named:
        return None
    if mark.quarter is not None:
        end = None
        if mark.end is not None and mark.end.day is not None:
            of_day = _place_of_day(year, mark, named)
            end = of_day.end if of_day is not None and of_day.quarter == mark.quarter else None
        return Place(mark.quarter, end)
    return Place(0) if mark.total or mark.year is not None else None


def _place_of_day(year: Duration, mark: Mark, named: bool) -> Place | None:
    """The place of a last day; one without a year is taken in the fiscal year that the mark names."""
    printed = mark.end
    if printed is None or printed.month is None:
        return None
    years = (printed.year,) if printed.year is not None else (year.start.year, year.end.year)
    if printed.year is None and not named:
        return None
    for number in dict.fromkeys(years):
        try:
            day = date(number, printed.month, printed.day) if printed.day else _last_of_month(number, printed.month)
        except ValueError:
            continue
        quarters = 4 * ((day - year.start).days + 1) / ((year.end - year.start).days + 1)
        nearest = round(quarters)
        if 1 <= nearest <= 4 and abs(quarters - nearest) <= _NEAREST:
            return Place(nearest, day if printed.day else None)
    return None


def _last_of_month(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - _DAY


class Slot(NamedTuple):
    """A column of the quarters: a fiscal year and its quarter, 0 for the whole year."""

    year: Duration
    quarter: int


class Layout(Struct, frozen=True):
    """The rows of a table of quarters with their cells in order of the slots.

    `places` are those that texts give each slot; `named` are the years that the table names.
    """

    slots: tuple[Slot, ...]
    rows: tuple[TableRow, ...]
    places: Mapping[Slot, tuple[tuple[Place, Cell], ...]]
    named: frozenset[Duration]


def name_of(year: Duration) -> int:
    """Return the calendar year in which a fiscal year ends; one that ends in its first week still has the old name."""
    return (year.end - _WEEK).year


def offsets(years: Iterable[Duration]) -> Sequence[int]:
    """Return how many years before its end a fiscal year may be called after."""
    ends = [year.end for year in years]
    found = [0]
    if any(end.month <= _LAST_EARLY_MONTH for end in ends):
        found.append(1)
    if any((end - _WEEK).year < end.year for end in ends):
        found.append(-1)
    return found


def lay_out(grid: Grid, years: Sequence[Duration], offset: int, *, of_years: bool = False) -> Layout:
    """Bring the cells of a table into the order of fiscal years, each called after the year `offset` before its end.

    `of_years`: the last day of a year stands for the year, not for its last quarter. Of two cells for one place, none
    counts, unless they are equal.
    """
    cells: list[dict[Slot, FigureCell]] = []
    places: dict[Slot, list[tuple[Place, Cell]]] = {}
    named: set[Duration] = set()
    of_marks: dict[Mark, list[tuple[Duration, Place]]] = {}
    names_years = any(_names_year(cell) for row in grid.rows for cell in row.cells)
    for row in grid.rows:
        found: dict[Slot, FigureCell] = {}
        twice: set[Slot] = set()
        for cell in row.cells if not names_years else filter(_names_year, row.cells):
            if cell.mark not in of_marks:
                of_marks[cell.mark] = list(_places(cell.mark, years, offset))
            for year, place in of_marks[cell.mark]:
                slot = Slot(year, 0 if of_years and place.quarter == _LAST else place.quarter)
                if slot in found and _amount(found[slot]) != _amount(cell.figure):
                    twice.add(slot)
                found.setdefault(slot, cell.figure)
                places.setdefault(slot, []).append((place, cell))
                if names_years:
                    named.add(year)
        cells.append({slot: figure for slot, figure in found.items() if slot not in twice})
    slots = tuple(
        sorted({slot for found in cells for slot in found}, key=lambda slot: (slot.year.end, slot.quarter or 5))
    )
    rows = tuple(
        _table_row(row, [found.get(slot) for slot in slots]) for row, found in zip(grid.rows, cells, strict=True)
    )
    return Layout(slots, rows, {slot: tuple(entries) for slot, entries in places.items()}, frozenset(named))


def _amount(cell: FigureCell) -> Decimal:
    return cell.token.amount.value


def _names_year(cell: Cell) -> bool:
    return cell.mark.year is not None or (cell.mark.end is not None and cell.mark.end.year is not None)


def _places(mark: Mark, years: Iterable[Duration], offset: int) -> Iterator[tuple[Duration, Place]]:
    for year in years:
        place = place_in(year, mark, offset)
        if place is not None:
            yield year, place


def _table_row(row: GridRow, cells: Sequence[FigureCell | None]) -> TableRow:
    lines = row.row.caption_lines if row.label == row.row.label else ()
    return replace(row.row, label=row.label, sections=row.sections, cells=tuple(cells), stray=(), caption_lines=lines)


def holding_sums(items: Sequence[LineItem], kind: StatementKind) -> tuple[Sum, ...]:
    """Find the sums of rows that are a selection of a table's; one that fails may lack a part."""
    return tuple(sum_ for sum_ in find_sums(items, kind) if sum_.holds)
