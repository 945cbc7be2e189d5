"""The rows of one filing as compressed CSV: small enough to keep, and quick to join to those of many filings."""

import csv
import io
import zlib
from collections.abc import Iterable
from operator import attrgetter

from converter.outputs import FactRow, fits, legal
from converter.vocabulary import Finding

FINDING_COLUMNS = ("source_file", "entity", "severity", "code", "message", "line", "column_start", "column_end")

_FACT_COLUMNS = FactRow.__struct_fields__
_INSTANT, _VALUE = _FACT_COLUMNS.index("instant"), _FACT_COLUMNS.index("value")
_cells = attrgetter(*_FACT_COLUMNS)


def pack_facts(rows: Iterable[FactRow]) -> bytes:
    """The table of facts, without a header; a number too long for a table's column is left to `value_text`."""
    return _packed(map(_fact, rows))


def _fact(row: FactRow) -> list[object]:
    cells = list(_cells(row))
    cells[_INSTANT] = "true" if row.instant else "false"
    cells[_VALUE] = row.value_text if row.value is not None and fits(row.value) else None
    return cells


def pack_findings(source: str, entity: str, findings: Iterable[Finding]) -> bytes:
    """The findings of a filing, without a header."""
    return _packed(
        (source, entity, str(told.severity), told.code, legal(told.message), told.line, told.start, told.end)
        for told in findings
    )


def unpack(packed: bytes) -> bytes:
    """The CSV again."""
    return zlib.decompress(packed)


def _packed(rows: Iterable[Iterable[object]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return zlib.compress(stream.getvalue().encode(), 1)
