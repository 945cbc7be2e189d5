"""Find tables in the notes that break down a row of a primary statement, as proven by their figures.

"Property, plant and equipment: land, buildings, machinery, less accumulated depreciation, net" is certain if its
rows add up to the figures of one row of the balance sheet. Then the columns are those of that row, whatever their
headings, and scale and figures are right.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from converter.statements import (
    ONE,
    Column,
    ColumnPeriod,
    DocumentTables,
    Draft,
    LineItem,
    Origin,
    Scale,
    Statement,
    StatementKind,
    UnitKind,
    columns_for_kind,
    is_partial_or_pro_forma,
    read_items,
    scale_above,
)
from converter.sums import Sum, find_sums
from converter.tables import TableRow
from converter.vocabulary import NON_AMOUNT_REASONS, Amount, Duration, Instant, Period, are_near, read_mention, wording

DETAILS = " (details)"
"""What the title of a table has behind the caption of the row that it breaks down."""
NAMED_BITS = 4
"""The least significant bits of the matching figures, in all, if the table names the row."""
OTHER_BITS = 20
"""The same if it does not."""
_MAX_COLUMNS = 6
_MAX_CANDIDATES = 20  # rows of statements with the same figure
_MAX_NAME_LINES = 8  # with headings of several lines between
_INSIGNIFICANT_WORDS = {"and", "the", "net", "total", "for", "less", "other"}


class _StatementRow(Struct, frozen=True):
    """A row of a primary statement."""

    statement: Statement
    item: LineItem


class _RowMatch(Struct, frozen=True):
    """A row of a table with the figures of a statement's row; `columns` maps its columns to those of the statement.

    `others` are columns of further periods, that other statements have.
    """

    row: int
    statement_row: _StatementRow
    columns: Mapping[int, int]
    others: Mapping[int, Period]


class _CheckedRows(NamedTuple):
    """The rows of a table as line items, and their sums that hold, by the total."""

    items: list[LineItem]
    sums: Mapping[int, Sum]


class _Proof(NamedTuple):
    """A proven statement and the indexes of its rows in the table."""

    table: Statement
    rows: set[int]


def find_details(tables: DocumentTables) -> Iterator[Statement]:
    """Yield the tables of a document that break down rows of its statements; each ends with the proven total."""
    finder = _Finder(tables.index, tables.statements)
    scales = list(dict.fromkeys(draft.scale for draft in tables.primary if draft.scale))
    for _, draft in tables.other_tables():
        yield from finder.find(draft, scales)


class _Finder:
    """Finds the tables that break down rows of a document's primary statements."""

    def __init__(self, document: int, statements: Sequence[Statement]) -> None:
        self.document = document
        self.known = _known_periods(statements)
        self.rows_by_value: dict[Decimal, list[_StatementRow]] = {}
        self.digits: set[str] = set()
        for statement in statements:
            if statement.qualifier is None and statement.kind is not StatementKind.CASH_FLOW:
                for item in statement.items:
                    self._add(_StatementRow(statement, item))

    def _add(self, statement_row: _StatementRow) -> None:
        if statement_row.item.unit is UnitKind.MONETARY:
            for value in {abs(figure.value) for figure in statement_row.item.figures if figure and figure.value}:
                self.rows_by_value.setdefault(value, []).append(statement_row)
                self.digits.add(_digits(value))

    def find(self, draft: Draft, scales: Iterable[Scale]) -> Sequence[Statement]:
        """Return the parts of a table that are proven in the first scale in which any is: its own, or one of these.

        Each is a statement whose last row is the proven total.
        """
        if len(draft.block.columns) > _MAX_COLUMNS or not any(map(self._has_digits, draft.rows)):
            return ()
        if is_partial_or_pro_forma(draft):
            return ()
        columns_by_kind: dict[StatementKind, tuple[ColumnPeriod, ...]] = {}
        for scale in dict.fromkeys([scale_above(draft) or Scale(ONE), *scales]):
            statements = tuple(self._find_in_scale(draft, scale, columns_by_kind))
            if statements:
                return statements
        return ()

    def _find_in_scale(
        self, draft: Draft, scale: Scale, columns_by_kind: dict[StatementKind, tuple[ColumnPeriod, ...]]
    ) -> Iterator[Statement]:
        used_rows: set[int] = set()
        checked: dict[tuple[StatementKind, tuple[int, ...]], _CheckedRows] = {}
        for index, row in reversed(list(enumerate(draft.rows))):
            for statement_row in self._candidate_rows(row, scale) if index not in used_rows else ():
                if not _may_match(row, statement_row, scale, _lines_above(draft)):
                    continue
                kind = statement_row.statement.kind
                if kind not in columns_by_kind:
                    columns_by_kind[kind] = columns_for_kind(draft, kind)
                columns = columns_by_kind[kind]
                row_match = _match_row(index, row, statement_row, scale, columns, _lines_above(draft), self.known)
                proof = row_match and self._prove(draft, row_match, scale, checked)
                if proof:
                    used_rows |= proof.rows
                    yield proof.table
                    break

    def _has_digits(self, row: TableRow) -> bool:
        """Whether the first figure of a row is one of the statements in some scale."""
        value = _first_value(row)
        return value is not None and _digits(value) in self.digits

    def _candidate_rows(self, row: TableRow, scale: Scale) -> Sequence[_StatementRow]:
        value = _first_value(row)
        return () if value is None else self.rows_by_value.get(value * scale.money, ())[:_MAX_CANDIDATES]

    def _prove(
        self,
        draft: Draft,
        row_match: _RowMatch,
        scale: Scale,
        checked: dict[tuple[StatementKind, tuple[int, ...]], _CheckedRows],
    ) -> _Proof | None:
        """Make a statement of the rows that add up to the matching one, None if there are none.

        `checked` keeps the rows of the table, by the kind and columns that they are read with.
        """
        kept = sorted({*row_match.columns, *row_match.others})
        statement = row_match.statement_row.statement
        key = statement.kind, tuple(kept)
        if key not in checked:
            items = read_items(self.document, statement.kind, draft.rows, kept, scale)
            holding = [sum_ for sum_ in find_sums(items, statement.kind) if sum_.holds]
            checked[key] = _CheckedRows(items, {sum_.total: sum_ for sum_ in holding})
        items, sums = checked[key]
        if row_match.row not in sums:
            return None
        rows = _rows_with_parts(sums, row_match.row)
        parts = tuple(items[index] for index in sorted(rows))
        table = replace(
            statement,
            title=f"{row_match.statement_row.item.label}{DETAILS}",
            document=self.document,
            columns=tuple(
                Column(row_match.others[column], "")
                if column in row_match.others
                else statement.columns[row_match.columns[column]]
                for column in kept
            ),
            items=parts,
            printed=0,
            origin=Origin.DETAILS,
            breaks_down=row_match.statement_row.item.source,
        )
        return _Proof(table, rows)


def _rows_with_parts(sums: Mapping[int, Sum], total: int) -> set[int]:
    """Return the indexes of a total, of its parts and of theirs."""
    rows: set[int] = set()
    open_rows = [total]
    while open_rows:
        row = open_rows.pop()
        rows.add(row)
        open_rows += [part for part, _ in (sums[row].parts if row in sums else ())]
    return rows


def _amounts(row: TableRow) -> dict[int, Amount]:
    """Map the columns of a row to its figures."""
    return {
        column: cell.token.amount
        for column, cell in enumerate(row.cells)
        if cell is not None and not cell.token.amount.absent
    }


def _first_value(row: TableRow) -> Decimal | None:
    """The first amount of a row that is not zero, without its sign."""
    amounts = (cell.token.amount for cell in row.cells if cell is not None)
    return next((abs(amount.value) for amount in amounts if amount.value and not amount.absent), None)


def _digits(value: Decimal) -> str:
    """The digits of an amount, which are the same in all scales."""
    return f"{value:f}".replace(".", "").strip("0")


def _may_match(row: TableRow, statement_row: _StatementRow, scale: Scale, lines_above: Sequence[str]) -> bool:
    """Whether enough figures of two rows are equal in any order of columns: a cheap test before `_match_row`."""
    values = {abs(figure.value) for figure in statement_row.item.figures if figure}
    amounts = (amount for amount in _amounts(row).values() if abs(amount.value) * scale.money in values)
    return _significant_bits(amounts) >= _bits_needed(row, statement_row, lines_above)


def _significant_bits(amounts: Iterable[Amount]) -> int:
    """Count the significant bits of figures: the more, the less likely they are equal by chance."""
    return sum(int(abs(amount.value).scaleb(amount.places)).bit_length() for amount in amounts)


def _bits_needed(row: TableRow, statement_row: _StatementRow, lines_above: Sequence[str]) -> int:
    return NAMED_BITS if _is_named(statement_row.item.label, [row.label, *row.sections, *lines_above]) else OTHER_BITS


def _match_row(
    index: int,
    row: TableRow,
    statement_row: _StatementRow,
    scale: Scale,
    columns: Sequence[ColumnPeriod],
    lines_above: Sequence[str],
    known: Collection[Period],
) -> _RowMatch | None:
    """Match the columns of a row with those of a statement's row, if there is exactly one way to do so.

    A column of a `known` period that the statement does not have need not match.
    """
    amounts = {i: amount for i, amount in _amounts(row).items() if columns[i].reason not in NON_AMOUNT_REASONS}
    amounts = amounts or _amounts(row)  # what all headings say is of the text above the table
    if _has_periods_of_its_own(row):
        columns = [replace(column, period=None) for column in columns]
    others = {i: period for i in amounts if (period := _other_period(columns[i], statement_row, known)) is not None}
    amounts = {i: amount for i, amount in amounts.items() if i not in others}
    if _significant_bits(amounts.values()) < _bits_needed(row, statement_row, lines_above):
        return None
    assignments: list[tuple[int, ...]] = []
    for sign in (1, -1):
        options = [
            _matching_columns(amount.value * scale.money * sign, columns[i], statement_row)
            for i, amount in amounts.items()
        ]
        assignments += _ascending(options)
        if len(options) > 1:
            assignments += [choice[::-1] for choice in _ascending(options[::-1])]
    if len(assignments) != 1:
        return None
    return _RowMatch(index, statement_row, dict(zip(amounts, assignments[0], strict=True)), others)


def _known_periods(statements: Iterable[Statement]) -> frozenset[Period]:
    """Return the periods of the columns of statements, and the days on which they begin and end."""
    periods = {c.period for statement in statements for c in statement.columns if c.qualifier is None}
    ends = {Instant(period.end) for period in periods if isinstance(period, Duration)}
    starts = {Instant(period.start - timedelta(1)) for period in periods if isinstance(period, Duration)}
    return frozenset(periods | ends | starts)


def _other_period(column: ColumnPeriod, statement_row: _StatementRow, known: Collection[Period]) -> Period | None:
    """Return the known period of a column if the statement of a row does not have it, else None."""
    period = column.period
    if period is None or any(_are_same_period(period, own.period) for own in statement_row.statement.columns):
        return None
    near = [each for each in known if _are_same_period(period, each)]
    return near[0] if len(near) == 1 else None


def _has_periods_of_its_own(row: TableRow) -> bool:
    """Whether a heading among the rows names a period, as "Three months ended" does: those over the table end there."""
    mentions = [read_mention(section) for section in row.sections]
    return any(mention.months or mention.weeks or mention.dates for mention in mentions)


def _ascending(options: Sequence[Sequence[int]]) -> Sequence[tuple[int, ...]]:
    """Return the ways to choose ascending numbers, one of each of the options; only two if there are more.

    Of the ways that end with the same number, two are followed.
    """
    ways: list[tuple[int, ...]] = [()]
    for numbers in options:
        ways = [
            (*way, number)
            for number in numbers
            for way in islice((way for way in ways if not way or way[-1] < number), 2)
        ]
    return ways[:2]


def _matching_columns(value: Decimal, column: ColumnPeriod, statement_row: _StatementRow) -> list[int]:
    """Return the columns of a statement's row with this value whose period does not contradict the heading."""
    return [
        index
        for index, (statement_column, figure) in enumerate(
            zip(statement_row.statement.columns, statement_row.item.figures, strict=True)
        )
        if statement_column.qualifier is None
        and (figure.value if figure else 0) == value
        and (column.period is None or _are_same_period(column.period, statement_column.period))
    ]


def _are_same_period(first: Period, second: Period) -> bool:
    """Whether two periods are equal up to a few days."""
    if isinstance(first, Duration) and isinstance(second, Duration):
        return are_near(first.start, second.start) and are_near(first.end, second.end)
    return isinstance(first, Instant) and isinstance(second, Instant) and are_near(first.day, second.day)


def _lines_above(draft: Draft) -> Sequence[str]:
    return draft.texts[-_MAX_NAME_LINES:]


def _is_named(label: str, texts: Sequence[str]) -> bool:
    """Whether one of the texts has all significant words of a caption."""
    words = _significant_words(label)
    return bool(words) and any(words <= _significant_words(text) for text in texts)


def _significant_words(text: str) -> frozenset[str]:
    return wording(text).words - _INSIGNIFICANT_WORDS
