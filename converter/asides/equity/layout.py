"""A table -> its tracks: the figures of each component, by period from an opening to a closing balance.

Usually a column is a component and the rows are its balances and what happened between them. Turned by 90 degrees, a
column is a period, and the rows of a component stand below each other, from its opening to its closing balance.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from converter.asides.equity.components import Role, names_group, role_of
from converter.asides.equity.days import FiscalDays
from converter.asides.equity.tables import EquityTable
from converter.statements import StatementKind, columns_for_kind, infer_durations
from converter.tables import FigureCell, TableRow
from converter.vocabulary import Duration, expression, read_dates

_OPENS = expression(r"\b(?:beginning|begin|start|opening)\b", re.I)
_CLOSES = expression(r"\b(?:end|ending|closing|close)\b", re.I)
_BALANCE = expression(r"(?:(?:adjusted|beginning|ending|opening|closing|total|restated|and)\W+){0,3}balances?\b", re.I)
_BALANCE_OF = expression(r"\bbalances?\W+(?:at\s+)?(?:the\s+)?(?:beginning|end)\b", re.I)
_EQUITY_AT = expression(
    r"(?:total\s+)?(?:common\s+)?(?:(?:share|stock)[\s-]?(?:holders?|owners?)|partners?|members?|owners?)\W{0,3}\s*"
    r"(?:equity|investment|capital|deficit|deficiency|interests?)\b|(?:total\s+)?(?:equity|capital)\b|(?:as\s+of\s+|at\s+)?(?:the\s+)?(?:beginning|end)\s+of\b",
    re.I,
)
_BARE_DATE = expression(r"(?:balances?\W+)?(?:as\s+of\s+|at\s+)?", re.I)
_BEFORE_BALANCE = expression(r"\b(?:(?:adjusted|beginning|ending|opening|closing|and)\W{1,3}){0,3}balances?\b", re.I)
_LONGEST_DATE = 30


class Placed(NamedTuple):
    """A figure and the index of its row."""

    row: int
    cell: FigureCell


class Strip(Struct, frozen=True):
    """The figures of a component from its opening to its closing balance, and the days of these."""

    opening_day: date
    closing_day: date
    opening: Placed | None
    closing: Placed | None
    events: tuple[Placed, ...]


class Track(Struct, frozen=True):
    """The figures of a component in all periods; `heading` is what the table calls it."""

    heading: str
    role: Role
    strips: tuple[Strip, ...]


class Layout(NamedTuple):
    """The tracks of a table, and whether its columns are periods."""

    tracks: tuple[Track, ...]
    turned: bool


def read_layouts(table: EquityTable, days: FiscalDays) -> tuple[Layout, ...]:
    """Read a table as columns of components, and as columns of periods, as far as it can be either."""
    layouts = (Layout(tuple(_columns(table, days)), False), Layout(tuple(_blocks(table)), True))
    return tuple(layout for layout in layouts if layout.tracks)


def is_balance(row: TableRow) -> bool:
    """Whether a row is a balance: it says so, or names the whole or nothing but a day."""
    label = row.label.strip()
    if _BALANCE.match(label) or _BALANCE_OF.search(label):
        return True
    if _EQUITY_AT.match(label) and (read_dates(label) or _OPENS.search(label) or _CLOSES.search(label)):
        return True
    dates = read_dates(label)
    return bool(dates) and len(label) <= _LONGEST_DATE and dates[0].month is not None and _is_bare_date(label)


def _is_bare_date(label: str) -> bool:
    first = read_dates(label)[0]
    return not re.search(r"[a-z]", _BARE_DATE.sub("", label[: first.start], count=1) + label[first.end :], re.I)


def _columns(table: EquityTable, days: FiscalDays) -> Iterator[Track]:
    """Yield a track for each column of a table whose rows are balances of several days and events between them."""
    balances = _dated_balances(table, days)
    stretches = [(a, b) for a, b in pairwise(balances) if a[1] < b[1]]
    if not stretches:
        return
    for column, heading in enumerate(table.headings):
        strips = []
        for (first, opening_day), (last, closing_day) in stretches:
            cells = [(row, table.rows[row].cells[column]) for row in range(first, last + 1)]
            placed = [Placed(row, cell) for row, cell in cells if cell is not None]
            events = tuple(each for each in placed if first < each.row < last)
            ends = {each.row: each for each in placed}
            strips.append(Strip(opening_day, closing_day, ends.get(first), ends.get(last), events))
        yield Track(heading, role_of(heading), tuple(strips))


def _dated_balances(table: EquityTable, days: FiscalDays) -> list[tuple[int, date]]:
    """Return the rows of balances and their days; nothing if a day is not known or they are not in order."""
    rows = table.rows
    found = [index for index, row in enumerate(rows) if is_balance(row) and any(row.cells)]
    if len(found) < 2:
        return []
    dated = _own_days(rows, found, days)
    if not any(dated):
        chain = days.chain()
        dated = list(chain[-len(found) :]) if len(chain) >= len(found) else dated
    dated = _completed(rows, found, dated, days)
    pairs = [(index, day) for index, day in zip(found, dated, strict=True) if day is not None]
    return pairs if len(pairs) == len(found) and all(a[1] <= b[1] for a, b in pairwise(pairs)) else []


def _own_days(rows: Sequence[TableRow], found: Sequence[int], days: FiscalDays) -> list[date | None]:
    """Return the days of balances: those of their captions, else of the last heading above with a date."""
    dated: list[date | None] = []
    heading: date | None = None
    balances = set(found)
    for index, row in enumerate(rows):
        heading = days.day_of(row.sections[::-1]) or heading
        if index not in balances:
            continue
        own = days.day_of([row.label])
        if own is None and heading is not None:
            own = days.start_of_year(heading) if _OPENS.search(row.label) else heading
        dated.append(own)
    return dated


def _completed(
    rows: Sequence[TableRow], found: Sequence[int], dated: Sequence[date | None], days: FiscalDays
) -> list[date | None]:
    """Add the days of balances that are those of another one, or open the year that the next one closes."""
    known = {_values(rows[index]): day for index, day in zip(found, dated, strict=True) if day is not None}
    result = [day or known.get(_values(rows[index])) for index, day in zip(found, dated, strict=True)]
    for position in range(len(found) - 2, -1, -1):
        following = result[position + 1]
        if result[position] is None and following is not None and _OPENS.search(rows[found[position]].label):
            result[position] = days.start_of_year(following)
    return result


def _values(row: TableRow) -> tuple[object, ...]:
    return tuple(cell and cell.token.amount.value for cell in row.cells)


def _blocks(table: EquityTable) -> Iterator[Track]:
    """Yield a track for each component of a table whose columns are periods."""
    draft = infer_durations(table.draft, table.document.durations)
    columns = columns_for_kind(draft, StatementKind.CASH_FLOW)
    periods = [column.period for column in columns]
    if not any(isinstance(period, Duration) for period in periods):
        return
    shares = [role_of(_without_dates(column.heading)) is Role.SHARES for column in columns]
    for heading, first, last in _spans_of_blocks(table.rows):
        for role in (Role.MONEY, Role.SHARES):
            chosen = [
                i
                for i, period in enumerate(periods)
                if isinstance(period, Duration) and shares[i] is (role is Role.SHARES)
            ]
            strips = [
                _strip_of_block(table, first, last, i, period)
                for i in chosen
                if isinstance(period := periods[i], Duration)
            ]
            strips = [strip for strip in strips if strip.opening or strip.closing or strip.events]
            if strips:
                whole = role is Role.MONEY and first == last and not _is_unchanged(table.rows[first])
                yield Track(heading, Role.TOTAL if whole else role, tuple(strips))


def _is_unchanged(row: TableRow) -> bool:
    """Whether a single row is a component to which nothing happened, and not the whole."""
    return _BALANCE.match(row.label) is not None or names_group(row.label)


def _strip_of_block(table: EquityTable, first: int, last: int, column: int, period: Duration) -> Strip:
    placed = {
        row: Placed(row, cell) for row in range(first, last + 1) if (cell := table.rows[row].cells[column]) is not None
    }
    unchanged = first == last and _is_unchanged(table.rows[first])
    opening = placed.get(first) if first != last or unchanged else None
    events = tuple(each for row, each in placed.items() if first < row < last)
    return Strip(period.start - timedelta(days=1), period.end, opening, placed.get(last), events)


def _spans_of_blocks(rows: Sequence[TableRow]) -> Iterator[tuple[str, int, int]]:
    """Yield the heading of each component and the first and last of its rows: a single one for a total."""
    opening: int | None = None
    for index, row in enumerate(rows):
        if is_balance(row) and _OPENS.search(row.label) and not _CLOSES.search(row.label):
            opening = index if opening is None else opening
        elif opening is not None and is_balance(row):
            yield _block_heading(rows[opening]), opening, index
            opening = None
        elif opening is None and (is_balance(row) or _EQUITY_AT.match(row.label) or names_group(row.label)):
            yield _block_heading(row), index, index


def _block_heading(row: TableRow) -> str:
    """What stands over the rows of a component: the heading, or the words before "balance"."""
    if names_group(row.label):
        return row.label
    before = _BEFORE_BALANCE.split(row.label, maxsplit=1)[0].strip(" ,-–—:")
    return " ".join([*row.sections[-1:], before]).strip()


def _without_dates(heading: str) -> str:
    for partial in reversed(read_dates(heading)):
        heading = heading[: partial.start] + heading[partial.end :]
    return heading
