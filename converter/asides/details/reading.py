"""Tables in the notes that a primary statement proves: they break one of its rows down.

"Property, plant and equipment: land, buildings, machinery, less accumulated depreciation, net" is certain where its
rows add up to the figures that the balance sheet prints in a row of its own: then the columns are those of that row,
whatever stands over them, the scale is right, and so are the figures.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from converter.statements import (
    ONE,
    DocumentTables,
    Draft,
    LineItem,
    Origin,
    ReadColumn,
    Scale,
    Statement,
    StatementKind,
    UnitKind,
    columns_as,
    is_of_parts,
    read_items,
    scale_above,
)
from converter.sums import Sum, find_sums
from converter.tables import TableRow
from converter.vocabulary import NO_AMOUNTS, Amount, Duration, Instant, Period, near, wording

NAMED_BITS = 4
"""Significant bits that tied figures need together where the table bears the name of the row."""
OTHER_BITS = 20
"""The same where it does not."""
_MOST_COLUMNS = 6
_NAME_LINES = 8  # with headings of several lines between
_SMALL_WORDS = {"and", "the", "net", "total", "for", "less", "other"}


class _Printed(Struct, frozen=True):
    """A row of a primary statement."""

    statement: Statement
    item: LineItem


class _Tie(Struct, frozen=True):
    """A row of a table with the figures of a primary one: each column kept -> the column of the statement."""

    row: int
    printed: _Printed
    columns: Mapping[int, int]


def find_details(tables: DocumentTables) -> Iterator[Statement]:
    """The tables of a document that break rows of its statements down; each ends with the proven total."""
    finder = _Finder(tables.index, tables.statements)
    scales = list(dict.fromkeys(draft.scale for draft in tables.primary if draft.scale))
    for _, draft in tables.others():
        yield from finder.find(draft, dict.fromkeys([scale_above(draft) or Scale(ONE), *scales]))


class _Finder:
    """Finds the tables that break rows of these primary statements down; a document's statements are one finder's."""

    def __init__(self, document: int, statements: Sequence[Statement]) -> None:
        self.document = document
        self.rows: dict[Decimal, list[_Printed]] = {}
        for statement in statements:
            if statement.qualifier is None and statement.kind is not StatementKind.CASH_FLOW:
                for item in statement.items:
                    self._add(_Printed(statement, item))

    def _add(self, printed: _Printed) -> None:
        if printed.item.unit is UnitKind.MONETARY:
            for value in {abs(figure.value) for figure in printed.item.figures if figure and figure.value}:
                self.rows.setdefault(value, []).append(printed)

    def find(self, draft: Draft, scales: Iterable[Scale]) -> Sequence[Statement]:
        """The parts of a table that are proven in the first of the scales that proves any.

        Each is a statement whose last row is the proven total.
        """
        if is_of_parts(draft) or len(draft.block.columns) > _MOST_COLUMNS:
            return ()
        headings: dict[StatementKind, tuple[ReadColumn, ...]] = {}
        return next((found for scale in scales if (found := tuple(self._found(draft, scale, headings)))), ())

    def _found(
        self, draft: Draft, scale: Scale, headings: dict[StatementKind, tuple[ReadColumn, ...]]
    ) -> Iterator[Statement]:
        taken: set[int] = set()
        for index, row in reversed(list(enumerate(draft.rows))):
            for printed in self._candidates(row, scale) if index not in taken else ():
                if not _could_be(row, printed, scale, _names_above(draft)):
                    continue
                kind = printed.statement.kind
                if kind not in headings:
                    headings[kind] = columns_as(draft, kind)
                tie = _tie(index, row, printed, scale, headings[kind], _names_above(draft))
                proof = tie and self._proof(draft, tie, scale)
                if proof:
                    taken |= proof[1]
                    yield proof[0]
                    break

    def _candidates(self, row: TableRow, scale: Scale) -> Sequence[_Printed]:
        amounts = _amounts(row)
        value = next((abs(amount.value) * scale.money for amount in amounts.values() if amount.value), None)
        return () if value is None else self.rows.get(value, ())

    def _proof(self, draft: Draft, tie: _Tie, scale: Scale) -> tuple[Statement, set[int]] | None:
        """The rows that add up to the tied one, as a statement; and which rows of the table these are."""
        kept = sorted(tie.columns)
        statement = tie.printed.statement
        items = read_items(self.document, statement.kind, draft.rows, kept, scale)
        sums = {found.total: found for found in find_sums(items, statement.kind) if found.holds}
        if tie.row not in sums:
            return None
        rows = _rows_of(sums, tie.row)
        parts = tuple(items[index] for index in sorted(rows))
        table = replace(
            statement,
            title=f"{tie.printed.item.label} (details)",
            document=self.document,
            columns=tuple(statement.columns[tie.columns[column]] for column in kept),
            items=parts,
            printed=0,
            origin=Origin.DETAILS,
            breaks_down=tie.printed.item.source,
        )
        return table, rows


def _rows_of(sums: Mapping[int, Sum], total: int) -> set[int]:
    """A total with its parts, and theirs."""
    rows = {total}
    for part, _ in sums[total].parts if total in sums else ():
        rows |= _rows_of(sums, part)
    return rows


def _amounts(row: TableRow) -> dict[int, Amount]:
    """The figures of a row by column."""
    return {
        column: cell.token.amount
        for column, cell in enumerate(row.cells)
        if cell is not None and not cell.token.amount.absent
    }


def _could_be(row: TableRow, printed: _Printed, scale: Scale, names: Sequence[str]) -> bool:
    """Whether enough of a row's figures are those of a primary row, whatever its columns are: cheap to ask."""
    own = {abs(figure.value) for figure in printed.item.figures if figure}
    same = (amount for amount in _amounts(row).values() if abs(amount.value) * scale.money in own)
    return _bits(same) >= _bits_needed(row, printed, names)


def _bits(amounts: Iterable[Amount]) -> int:
    """How much it says that figures are the same: their significant bits."""
    return sum(int(abs(amount.value).scaleb(amount.places)).bit_length() for amount in amounts)


def _bits_needed(row: TableRow, printed: _Printed, names: Sequence[str]) -> int:
    return NAMED_BITS if _is_named(printed.item.label, [row.label, *row.sections, *names]) else OTHER_BITS


def _tie(
    index: int, row: TableRow, printed: _Printed, scale: Scale, columns: Sequence[ReadColumn], names: Sequence[str]
) -> _Tie | None:
    """The columns of a primary row that print the figures of this row, if there is only one way to see it."""
    amounts = {i: amount for i, amount in _amounts(row).items() if columns[i].reason not in NO_AMOUNTS}
    if _bits(amounts.values()) < _bits_needed(row, printed, names):
        return None
    ways = [
        dict(zip(amounts, way, strict=True))
        for sign in (1, -1)
        for way in product(
            *(_places(amount.value * scale.money * sign, columns[i], printed) for i, amount in amounts.items())
        )
        if list(way) in (sorted(set(way)), sorted(set(way), reverse=True))
    ]
    return _Tie(index, printed, ways[0]) if len(ways) == 1 else None


def _places(value: Decimal, column: ReadColumn, printed: _Printed) -> list[int]:
    """The columns of a primary row with this value whose period the heading does not deny."""
    return [
        place
        for place, (own, figure) in enumerate(zip(printed.statement.columns, printed.item.figures, strict=True))
        if own.qualifier is None
        and (figure.value if figure else 0) == value
        and (column.period is None or _near(column.period, own.period))
    ]


def _near(one: Period, other: Period) -> bool:
    if isinstance(one, Instant) or isinstance(other, Instant):
        return isinstance(one, Instant) and isinstance(other, Instant) and near(one.day, other.day)
    return _close(one, other)


def _close(one: Duration, other: Duration) -> bool:
    return near(one.start, other.start) and near(one.end, other.end)


def _names_above(draft: Draft) -> Sequence[str]:
    return draft.texts[-_NAME_LINES:]


def _is_named(label: str, texts: Sequence[str]) -> bool:
    """Whether one of the texts has all the words of a caption that mean something."""
    words = _words(label)
    return bool(words) and any(words <= _words(text) for text in texts)


def _words(text: str) -> frozenset[str]:
    return wording(text).words - _SMALL_WORDS
