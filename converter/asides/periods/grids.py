"""Tables of quarters in any orientation -> rows of cells, each with the mark of its quarter.

The quarters may be the columns, the rows, or headings above the rows; so may the years. What is left of caption and
headings without these is what the row is about.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from converter.asides.periods.marks import Mark, dates_in, read_mark
from converter.asides.periods.rows import caption_key
from converter.statements import ONE, DocumentTables, Draft, Scale
from converter.tables import FigureCell, ScannedLine, Shape, TableRow
from converter.vocabulary import MONTH_PREFIXES, PartialDate, expression

_LEAST_QUARTERS = 3
"""So many of the four quarters must be named, in a table or in those beside it."""
_QUARTER, _YEAR = 3, 12
_TITLE_LINES = 6
_LONGEST_TITLE = 110
_LONGEST_YEAR = 40  # a line that names the year of the rows below it
_YEAR_BEFORE = expression(r"((?:19|20)\d\d)\s?(?::|[-\u2013\u2014]{1,2}\s)\s{0,9}(?=\D)")
_IN_DATE = expression(rf"{'|'.join(MONTH_PREFIXES)}|\d(?=[/.-]\d)", re.I, first="jfmasond\\d")
"""What every date with a month has; most lines of figures have none."""
_READ = (Shape.TEXT, Shape.YEARS)
_NOTHING = Mark()
_LONGEST_REST = 60  # of a title besides its period


class Cell(NamedTuple):
    """A printed figure with the mark of its quarter or year."""

    mark: Mark
    figure: FigureCell


class GridRow(Struct, frozen=True):
    """What is printed of one item: caption, headings and cells in printed order; `row` is the first row of them."""

    label: str
    sections: tuple[str, ...]
    row: TableRow
    cells: tuple[Cell, ...]


class Grid(Struct, frozen=True):
    """The rows of a table of quarters, or of several that go on with each other.

    `printed` are the rows of the tables without years that are printed as figures.
    """

    drafts: tuple[Draft, ...]
    rows: tuple[GridRow, ...]
    printed: tuple[TableRow, ...]

    @property
    def quarters(self) -> frozenset[object]:
        """The quarters that are named: their numbers, else the months in which they end."""
        marks = (cell.mark for row in self.rows for cell in row.cells)
        return frozenset(
            (mark.quarter, None if mark.quarter is not None or mark.end is None else mark.end.month)
            for mark in marks
            if mark.names_quarter
        )


def read_grid(draft: Draft, *, of_years: bool = False) -> Grid | None:
    """Read a table of quarters, or one of years; None if neither columns nor rows nor headings name one.

    A caption with a figure of its quarter already is of a year that cannot be told, and is left out.
    """
    columns = _column_marks(draft)
    over = _marks_above(draft)
    found: dict[tuple[str, ...], tuple[_About, TableRow, list[Cell]]] = {}
    seen: set[tuple[tuple[str, ...], Mark]] = set()
    captioned = tuple(_captioned(draft))
    for row in captioned:
        for about, cell in _cells(row, columns, draft, over):
            key = _key(about.label, about.sections)
            if of_years and not _is_of_year(cell.mark):
                continue
            if (key, cell.mark) not in seen:
                seen.add((key, cell.mark))
                found.setdefault(key, (about, row.row, []))[2].append(cell)
    rows = (GridRow(*about, row, tuple(cells)) for about, row, cells in found.values())
    kept = tuple(row for row in rows if any(of_years or cell.mark.names_quarter for cell in row.cells))
    grid = Grid((draft,), kept, tuple(row.row for row in captioned))
    return grid if grid.rows else None


def _is_of_year(mark: Mark) -> bool:
    return mark.quarter is None and mark.months != _QUARTER and mark.weeks is None


def _key(label: str, sections: Sequence[str]) -> tuple[str, ...]:
    """What captions of one item in several years have in common: their words outside of brackets."""
    return tuple(map(caption_key, (label, *sections)))


class _About(NamedTuple):
    """What a figure is of, without quarter and year: its caption and the headings above it."""

    label: str
    sections: tuple[str, ...]


class _CaptionedRow(NamedTuple):
    """A row with its caption, the year that stands above it by itself, and that which it prints as a figure.

    A heading above such a year does not apply below it, unless it is printed again. A year that stands before the first
    quarter in its caption is that of the quarters below, too. `days` are the last days of the columns of quarters that
    a heading within the table gives, as where another year begins.
    """

    row: TableRow
    label: str
    above: Mark
    beside: Mark
    days: tuple[PartialDate, ...] = ()


class _InnerHeadings(Struct):
    """What lines within a table say of the rows below them: their year, the last days of the columns.

    `closed` are the headings above such a line, which do not apply below it.
    """

    year: Mark = Mark()
    days: tuple[PartialDate, ...] = ()
    closed: set[str] = set()

    def read(self, line: ScannedLine, sections: Sequence[str]) -> bool:
        """Read a line below a row with these headings; return whether it names the columns."""
        text = line.text.strip(" :")
        days = dates_in(text) if len(_IN_DATE.findall(text)) >= _LEAST_QUARTERS else ()
        if len(days) >= _LEAST_QUARTERS:
            self.year, self.days, self.closed = Mark(year=read_mark(text).year), days, set(sections)
            return True
        is_year = line.shape is Shape.YEARS and len(line.tail) == 1
        if is_year or (line.shape is Shape.TEXT and len(text) <= _LONGEST_YEAR and _names_year_only(text)):
            self.year, self.closed = Mark(year=read_mark(text).year), set(sections)
        elif line.shape is Shape.TEXT:
            self.closed = {section for section in self.closed if not section.startswith(text)}
        return False


def _names_year_only(text: str) -> bool:
    mark = read_mark(text)
    return mark.is_pure and mark.year is not None and not mark.names_quarter


def _captioned(draft: Draft) -> Iterator[_CaptionedRow]:
    """Yield the rows of a table; years may stand alone in a line above them, or in a column, below one caption."""
    years = [column for column in range(len(draft.block.columns)) if _holds_years(draft.rows, column)]
    lines = iter(draft.block.lines)
    line = next(lines, None)
    headings = _InnerHeadings()
    sections: tuple[str, ...] = ()
    label = ""
    for row in draft.rows:
        last = max((cell.line for cell in row.cells if cell is not None), default=row.anchor.line)
        is_heading = False
        while line is not None and line.index <= last:
            is_heading = headings.read(line, sections) if line.shape in _READ or line.index == last else is_heading
            line = next(lines, None)
        if is_heading:
            continue
        sections = tuple(section for section in row.sections if section not in headings.closed)
        beside = next((cell for column in years if (cell := row.cells[column]) is not None), None)
        label = row.label if row.label or beside is None else label
        if (led := _YEAR_BEFORE.match(label)) is not None:
            headings.year, label = Mark(year=int(led[1])), label[led.end() :]
        caption = read_mark(label)
        if caption.is_pure and caption.names_quarter and (caption.end is None or caption.end.year is None):
            headings.year = Mark(year=caption.year) if caption.year is not None else headings.year
        year = Mark() if beside is None else Mark(year=int(beside.token.amount.value))
        cells = tuple(None if column in years else cell for column, cell in enumerate(row.cells))
        yield _CaptionedRow(
            replace(row, cells=cells, sections=sections, label=label), label, headings.year, year, headings.days
        )


def _holds_years(rows: Sequence[TableRow], column: int) -> bool:
    cells = [cell for row in rows if (cell := row.cells[column]) is not None]
    return len(cells) > 1 and all(cell.token.amount.is_yearlike for cell in cells)


def join_grids(first: Grid, second: Grid) -> Grid | None:
    """Put two tables with the same captions together if they are of different quarters; None if they are not."""
    others = {_key(row.label, row.sections): row for row in second.rows}
    keys = [_key(row.label, row.sections) for row in first.rows]
    marks = {cell.mark for row in first.rows for cell in row.cells}
    shared = sum(key in others for key in keys)
    if 2 * shared < min(len(keys), len(others)) or any(c.mark in marks for row in second.rows for c in row.cells):
        return None
    joined = []
    for key, row in zip(keys, first.rows, strict=True):
        other = others.pop(key, None)
        joined.append(row if other is None else replace(row, cells=(*row.cells, *other.cells)))
    rows = (*joined, *others.values())
    return Grid((*first.drafts, *second.drafts), rows, (*first.printed, *second.printed))


def _cells(
    captioned: _CaptionedRow, columns: Sequence[Mark], draft: Draft, over: Sequence[Mark]
) -> Iterator[tuple[_About, Cell]]:
    """Yield the cells of a row with what they are about."""
    row, caption = captioned.row, read_mark(captioned.label)
    section_marks = [read_mark(section) for section in row.sections]
    plain = tuple(s for s, mark in zip(row.sections, section_marks, strict=True) if not mark.is_pure and caption_key(s))
    outer = [captioned.beside, *(mark for mark in reversed(section_marks) if mark.is_pure), captioned.above, *over]
    outer = [mark for mark in outer if mark != _NOTHING]
    by_columns = any(mark.names_quarter for mark in columns)
    of_several_years = len({mark.year for mark in columns}) > 1
    days = _days_of_columns(columns, captioned.days, row.sections)
    headings = draft.head.headings.columns
    for i, cell in enumerate(row.cells):
        if cell is None:
            continue
        mark, about = columns[i], _About(captioned.label, plain)
        if i in days:
            mark = replace(mark, end=days[i], year=None)
        if caption.is_pure and (by_columns or mark.is_pure):
            about, mark = _About(plain[-1] if plain else "", plain[:-1]), mark.within(caption)
        elif caption.is_pure or (captioned.beside.is_pure and not captioned.label):
            about = _About(mark.rest if mark.year is not None else headings[i], plain)
            mark = caption.within(Mark(year=mark.year)) if of_several_years else caption
        for outside in outer:
            mark = mark.within(outside)
        if about.label and not mark.other and mark.months in (None, _QUARTER, _YEAR):
            yield about, Cell(replace(mark, rest=""), cell)


def _days_of_columns(
    columns: Sequence[Mark], days: Sequence[PartialDate], sections: Sequence[str]
) -> dict[int, PartialDate]:
    """The last days of the columns of quarters, by a heading within the table that has one for each."""
    quarters = [i for i, mark in enumerate(columns) if mark.end is not None]
    for found in (days, *map(dates_in, reversed(sections))):
        if len(found) == len(quarters) >= _LEAST_QUARTERS:
            return dict(zip(quarters, found, strict=True))
    return {}


def _column_marks(draft: Draft) -> list[Mark]:
    """The marks of the columns. Columns that count to four belong to one year, whatever stands over single ones."""
    marks = [read_mark(heading) for heading in draft.head.headings.columns]
    start, seen = 0, set[int]()
    for i, mark in enumerate([*marks, Mark(quarter=0)]):
        if mark.quarter is not None and (mark.quarter in seen or not mark.quarter):
            marks[start:i] = _of_one_year(marks[start:i])
            start, seen = i, set()
        if mark.quarter:
            seen.add(mark.quarter)
    return marks


def _of_one_year(marks: Sequence[Mark]) -> list[Mark]:
    years = [mark.year for mark in marks if mark.quarter is not None and mark.year is not None]
    if len(set(years)) < 2 or any(mark.end is not None for mark in marks):
        return list(marks)
    usual = max(set(years), key=years.count)
    return [replace(mark, year=usual) if mark.quarter is not None else mark for mark in marks]


def _marks_above(draft: Draft) -> list[Mark]:
    """What the texts over the captions and the title lines say of the quarter and the year, the nearest first."""
    texts = [*reversed(draft.head.headings.labels), *reversed(draft.texts[-_TITLE_LINES:])]
    marks = (read_mark(text) for text in texts if len(text) <= _LONGEST_TITLE)
    return [replace(mark, end=None, total=False, other=False) for mark in marks if _is_title(mark)]


def _is_title(mark: Mark) -> bool:
    return (mark.year is not None or mark.quarter is not None) and len(mark.rest) <= _LONGEST_REST


def join_all(grids: Iterable[Grid]) -> list[Grid]:
    """Put tables together that follow each other and name less than three quarters each."""
    joined: list[Grid] = []
    for grid in grids:
        before = joined[-1] if joined else None
        if before is not None and len(grid.quarters) < _LEAST_QUARTERS:
            both = join_grids(before, grid)
            if both is not None:
                joined[-1] = both
                continue
        joined.append(grid)
    return [grid for grid in joined if len(grid.quarters) >= _LEAST_QUARTERS]


def possible_scales(grid: Grid, tables: DocumentTables) -> Iterable[Scale]:
    """Return the scale that is stated over a table; without one, those of the document's statements, and none."""
    stated = [scale for draft in grid.drafts if (scale := draft.scale or draft.head.scale(draft.texts)) is not None]
    others = [scale for draft in tables.primary if (scale := draft.scale) is not None]
    return dict.fromkeys(stated[:1] or [*others, tables.assumed, Scale(ONE)])
