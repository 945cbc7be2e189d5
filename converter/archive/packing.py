"""The rows of one filing as compressed CSV: small to store, and quick to concatenate with those of other filings."""

import csv
import io
import zlib
from collections.abc import Iterable, Mapping
from operator import attrgetter

from converter.outputs import FactRow, fits_arrow, legal_xml
from converter.vocabulary import Finding

FINDING_COLUMNS = ("source_file", "entity", "severity", "code", "message", "line", "column_start", "column_end")

_FACT_COLUMNS = FactRow.__struct_fields__
_INSTANT, _VALUE = _FACT_COLUMNS.index("instant"), _FACT_COLUMNS.index("value")
_cells = attrgetter(*_FACT_COLUMNS)


def pack_facts(rows: Iterable[FactRow]) -> bytes:
    """Pack the table of facts, without a header; a number too long for the column `value` is in `value_text` only."""
    return _pack(map(_fact_cells, rows))


def _fact_cells(row: FactRow) -> list[object]:
    cells = list(_cells(row))
    cells[_INSTANT] = "true" if row.instant else "false"
    cells[_VALUE] = row.value_text if row.value is not None and fits_arrow(row.value) else None
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
    return _pack(map(_read_fact_cells, rows))


def _read_fact_cells(row: Mapping[str, object]) -> list[object]:
    cells = [row[name] for name in _FACT_COLUMNS]
    cells[_INSTANT] = "true" if row["instant"] else "false"
    cells[_VALUE] = None if row["value"] is None else row["value_text"]
    return cells


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
