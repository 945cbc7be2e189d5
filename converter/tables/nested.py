"""Inner and outer columns: the parts of a sum are typed left of the column that has the sum, beside the last part.

                                     1996                      1995
    Trade accounts            $ 2,210                   $ 1,980
    Less allowance                110      $ 2,100           98      $ 1,882

Arithmetic proves it: figures of the outer column are sums of those of the inner one since the last sum.
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


_PROOFS = 2  # sums of two parts or more that prove that columns are an inner and an outer one
_MOST_PARTS = 30


def without_nesting(rows: Sequence[TableRow], columns: Sequence[ColumnSpan]) -> SingleColumns | None:
    """Return the rows and columns of a table with each pair of an inner and an outer column as one.

    A sum beside the last of its parts becomes a row of its own, without a caption. Return None if the columns are no
    such pairs.
    """
    pairs = range(0, len(columns), 2)
    if not columns or len(columns) % 2:
        return None
    proofs = [_count_proofs(rows, inner) for inner in pairs]
    if any(count is None for count in proofs) or max(count or 0 for count in proofs) < _PROOFS:
        return None
    merged = tuple(ColumnSpan(columns[i].start, columns[i + 1].end, columns[i + 1].edge) for i in pairs)
    return SingleColumns(tuple([part for row in rows for part in _parts(row)]), merged)


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
            proofs += 1
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


def _parts(row: TableRow) -> tuple[TableRow, ...]:
    """Return a row with as many columns as there are pairs, and one of the sums that are printed beside parts."""
    inner, outer = row.cells[::2], row.cells[1::2]
    if not any(a and b for a, b in zip(inner, outer, strict=True)):
        return (replace(row, cells=tuple([a or b for a, b in zip(inner, outer, strict=True)])),)
    first = next(cell for cell in outer if cell is not None)
    sums = TableRow(
        label="",
        sections=row.sections,
        indent=first.token.start,
        ruled=True,
        cells=outer,
        stray=(),
        anchor=LineSpan(first.line, first.token.start, first.token.end),
        caption_lines=(),
    )
    return replace(row, cells=inner), sums
