"""Inner and outer columns: the parts of a sum are typed left of the column that has the sum, beside the last part.

                                     1996                      1995
    Trade accounts            $ 2,210                   $ 1,980
    Less allowance                110      $ 2,100           98      $ 1,882

Arithmetic proves it: figures of the outer column are sums of those of the inner one since the last sum. Another year
may have a single column, of the sums alone or of parts and sums below each other.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from converter.tables.alignment import ColumnSpan
from converter.tables.caption_text import LineSpan
from converter.tables.captions import FigureCell, TableRow


class SingleColumns(NamedTuple):
    """A table whose inner and outer columns have become one each."""

    rows: tuple[TableRow, ...]
    columns: tuple[ColumnSpan, ...]


_PROOFS = 2
"""Sums of two parts or more that prove that columns are an inner and an outer one, unless one is a large figure."""
_LARGE = 10_000
_MOST_PARTS = 30


def without_nesting(rows: Sequence[TableRow], columns: Sequence[ColumnSpan]) -> SingleColumns | None:
    """Return the rows and columns of a table with each pair of an inner and an outer column as one.

    A sum beside the last of its parts becomes a row of its own, without a caption. Return None if there are no such
    pairs.
    """
    groups = _groups(rows, len(columns))
    if groups is None:
        return None
    merged = tuple(ColumnSpan(columns[g[0]].start, columns[g[-1]].end, columns[g[-1]].edge) for g in groups)
    return SingleColumns(tuple(_single_rows(rows, groups)), merged)


def _groups(rows: Sequence[TableRow], columns: int) -> list[range] | None:
    """The columns as pairs of an inner and an outer one and, between and behind them, single ones."""
    counts = [_count_proofs(rows, inner) for inner in range(columns - 1)]
    if columns and columns % 2 == 0:
        even = counts[::2]
        if None not in even and max(count or 0 for count in even) >= _PROOFS:
            return [range(inner, inner + 2) for inner in range(0, columns, 2)]
    groups: list[range] = []
    while (start := groups[-1].stop if groups else 0) < columns:
        paired = start < columns - 1 and (counts[start] or 0) >= _PROOFS
        groups.append(range(start, start + 1 + paired))
    return groups if len(groups) < columns else None


def _count_proofs(rows: Sequence[TableRow], inner: int) -> int | None:
    """How many figures right of the `inner` column are sums of its figures; None if one beside a figure is not."""
    proofs = 0
    parts: list[Decimal] = []
    for row in rows:
        part, whole = _value(row.cells[inner]), _value(row.cells[inner + 1])
        if part is not None:
            parts.append(part)
        if whole is None:
            continue
        if _is_sum(parts, whole):
            proofs += _PROOFS if abs(whole) >= _LARGE else 1
        elif part is not None and part != whole:
            return None
        parts.clear()
    return proofs


def _value(cell: FigureCell | None) -> Decimal | None:
    return None if cell is None or cell.token.amount.absent else cell.token.amount.value


def _is_sum(parts: Sequence[Decimal], whole: Decimal) -> bool:
    """Whether a figure is the sum of the last two or more parts; the last may be deducted, or all but the first."""
    if not whole:
        return False
    rest = Decimal(0)
    for count, part in enumerate(reversed(parts[-_MOST_PARTS:])):
        last = parts[-1]
        if count and whole in (part + rest, part + rest - 2 * last, part - rest):
            return True
        rest += part
    return False


def _single_rows(rows: Sequence[TableRow], groups: Sequence[range]) -> list[TableRow]:
    """The rows with a column for each group, and rows of the sums that are printed beside parts.

    A figure in a single column beside both belongs to the part if the parts above have figures there, too: then its
    sum may stand on the next line, alone. Else it belongs to the sum.
    """
    single: list[TableRow] = []
    stacked: set[int] = set()  # single columns that have figures beside the parts since the last sum
    of_sums: set[int] = set()  # those of the sum in the row above, whose figures may stand on the next line
    for row in rows:
        inner = tuple([row.cells[group[0]] for group in groups])
        outer = tuple([row.cells[group[-1]] if len(group) > 1 else None for group in groups])
        either = tuple([a or b for a, b in zip(inner, outer, strict=True)])
        alone = {i for i, group in enumerate(groups) if len(group) == 1 and inner[i] is not None}
        if any(a and b for a, b in zip(inner, outer, strict=True)):
            at_sum = alone - stacked
            single.append(replace(row, cells=tuple([None if i in at_sum else cell for i, cell in enumerate(inner)])))
            single.append(_row_of_sums(row, tuple([inner[i] if i in at_sum else cell for i, cell in enumerate(outer)])))
            of_sums, stacked = stacked, set()
        elif of_sums and not row.label and {i for i, cell in enumerate(either) if cell} <= of_sums:
            cells = tuple([a or b for a, b in zip(single[-1].cells, either, strict=True)])
            single[-1] = replace(single[-1], cells=cells, stray=row.stray)
            of_sums = set()
        else:
            single.append(replace(row, cells=either))
            stacked = set() if any(outer) else stacked | alone
            of_sums = set()
    return single


def _row_of_sums(row: TableRow, cells: tuple[FigureCell | None, ...]) -> TableRow:
    first = next(cell for cell in cells if cell is not None)
    return TableRow(
        label="",
        sections=row.sections,
        indent=first.token.start,
        ruled=True,
        cells=cells,
        stray=(),
        anchor=LineSpan(first.line, first.token.start, first.token.end),
        caption_lines=(),
    )
