"""The rows of one filing as compressed CSV: small to store, and quick to concatenate with those of other filings."""

import csv
import io
import zlib
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import NamedTuple

from converter.outputs import CheckRow, FactRow, StandardRow, fits_arrow, legal_xml
from converter.vocabulary import Finding

FINDING_COLUMNS = ("source_file", "entity", "severity", "code", "message", "line", "column_start", "column_end")

_Row = FactRow | CheckRow | StandardRow
_BOOLEANS = ("instant", "latest", "again", "negated")


class _Table(NamedTuple):
    """The columns of a table of values: their names, and where those are that CSV writes in another way."""

    names: tuple[str, ...]
    cells: Callable[[_Row], tuple[object, ...]]
    booleans: tuple[int, ...]
    value: int


def _table(row: type[_Row]) -> _Table:
    names = row.__struct_fields__
    booleans = tuple(names.index(name) for name in _BOOLEANS if name in names)
    return _Table(names, attrgetter(*names), booleans, names.index("value"))


_FACTS, _CHECKS, _ITEMS = _table(FactRow), _table(CheckRow), _table(StandardRow)


def pack_facts(rows: Iterable[FactRow]) -> bytes:
    """Pack the table of facts, without a header; a number too long for the column `value` is in `value_text` only."""
    return _pack(_cells(_FACTS, row) for row in rows)


def pack_items(rows: Iterable[StandardRow]) -> bytes:
    """Pack the table of standard items, as `pack_facts` does."""
    return _pack(_cells(_ITEMS, row) for row in rows)


def pack_checks(rows: Iterable[CheckRow]) -> bytes:
    """Pack the table of headline checks, as `pack_facts` does."""
    return _pack(_cells(_CHECKS, row) for row in rows)


def _cells(table: _Table, row: _Row) -> list[object]:
    is_kept = row.value is not None and fits_arrow(row.value)
    return _written(table, list(table.cells(row)), row.value_text if is_kept else None)


def _written(table: _Table, cells: list[object], value: object) -> list[object]:
    cells[table.value] = value
    for column in table.booleans:
        cells[column] = "true" if cells[column] else "false"
    return cells


def pack_findings(source: str, entity: str, findings: Iterable[Finding]) -> bytes:
    """Pack the findings of a filing, without a header."""
    return _pack(
        (
            source,
            entity,
            str(finding.severity),
            finding.code,
            legal_xml(finding.message),
            finding.line,
            finding.start,
            finding.end,
        )
        for finding in findings
    )


def repack_facts(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Pack rows that were read back from the dataset's table of facts: with the bytes that `pack_facts` gave them."""
    return _pack(_read_cells(_FACTS, row) for row in rows)


def repack_items(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Pack rows that were read back from the dataset's table of standard items, as `pack_items` did."""
    return _pack(_read_cells(_ITEMS, row) for row in rows)


def repack_checks(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Pack rows that were read back from the dataset's table of checks, as `pack_checks` did."""
    return _pack(_read_cells(_CHECKS, row) for row in rows)


def _read_cells(table: _Table, row: Mapping[str, object]) -> list[object]:
    value = None if row["value"] is None else row["value_text"]
    return _written(table, [row[name] for name in table.names], value)


def repack_findings(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Pack rows that were read back from the dataset's table of findings, as `pack_findings` did."""
    return _pack([row[name] for name in FINDING_COLUMNS] for row in rows)


def unpack(packed: bytes) -> bytes:
    """Return the CSV of packed rows."""
    return zlib.decompress(packed)


def _pack(rows: Iterable[Iterable[object]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return zlib.compress(stream.getvalue().encode(), 1)
