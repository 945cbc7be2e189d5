"""The rows of one filing as compressed CSV: small to store, and quick to concatenate with those of other filings."""

import csv
import io
import zlib
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from converter.outputs import AMOUNT, BOOLEAN, amount_text, column_types

Packed = Mapping[str, bytes]
"""The rows of a filing by table; a table without rows is missing."""


class PackedTable(NamedTuple):
    """The compressed CSV of a filing's rows in one table, and their number."""

    data: bytes
    rows: int


class _Columns(NamedTuple):
    """The columns of a table: where those are that CSV writes in another way, and the cells of a row."""

    amounts: tuple[int, ...]
    booleans: tuple[int, ...]
    cells: Callable[[Any], tuple[object, ...]]


@cache
def _columns(row: type[Struct]) -> _Columns:
    types = column_types(row)
    amounts, booleans = (
        tuple(index for index, alias in enumerate(types.values()) if alias == wanted) for wanted in (AMOUNT, BOOLEAN)
    )
    return _Columns(amounts, booleans, attrgetter(*types))


def pack(row: type[Struct], rows: Iterable[Struct]) -> PackedTable:
    """Pack rows without a header; an amount that is too long for its column becomes an empty cell."""
    columns = _columns(row)
    return _packed(columns, map(columns.cells, rows))


def repack(row: type[Struct], rows: Iterable[Mapping[str, object]]) -> PackedTable:
    """Pack rows that were read back from a table of the dataset: with the bytes that `pack` gave them."""
    names = column_types(row)
    return _packed(_columns(row), ([cells[name] for name in names] for cells in rows))


def _packed(columns: _Columns, rows: Iterable[Iterable[object]]) -> PackedTable:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    number = 0
    for row in rows:
        cells = list(row)
        for column in columns.amounts:
            amount = cells[column]
            cells[column] = amount_text(amount) if isinstance(amount, Decimal) else None
        for column in columns.booleans:
            cells[column] = "true" if cells[column] else "false"
        writer.writerow(cells)
        number += 1
    return PackedTable(zlib.compress(stream.getvalue().encode(), 1), number)


def unpack(data: bytes) -> bytes:
    """Return the CSV of packed rows."""
    return zlib.decompress(data)


def joined(tables: Packed) -> bytes:
    """Return the packed rows of all tables of a filing as one value, for the manifest."""
    return msgspec.msgpack.encode(tables)


def parted(data: bytes) -> dict[str, bytes]:
    """Return the packed rows of a filing by table. Raises ValueError if the data is damaged."""
    return msgspec.msgpack.decode(data, type=dict[str, bytes])
