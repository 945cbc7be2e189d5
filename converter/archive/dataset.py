"""Packed rows of the manifest -> Parquet tables of facts, standard items, findings, checks and sources. Needs pyarrow.

A partition is always written from all of its filings, in a fixed order, so the same filings give the same bytes
regardless of how many runs converted them.
"""

import io
import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from converter.archive.database import ManifestError, damaged
from converter.archive.layout import SOURCES, VIEWS, checks_file, facts_file, findings_file, normalised_file
from converter.archive.manifest import Manifest, packed_rows, source_rows
from converter.archive.packing import FINDING_COLUMNS, unpack
from converter.archive.store import Store, draft_of
from converter.archive.views import render_views
from converter.outputs import CheckRow, StandardRow, arrow_schema

if TYPE_CHECKING:
    import pyarrow

_ROW_GROUP = 16 << 20
"""Bytes of CSV per row group: what a thread keeps in memory at a time."""

_SOURCES_PER_GROUP = 50_000

SOURCE_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("path", "status", "reason", "hash", "identity"), "string"),
        "size": "int64",
        **dict.fromkeys(("entity", "cik", "accession", "form", "company"), "string"),
        **dict.fromkeys(("sic", "state", "irs_number", "co_registrants"), "string"),
        "period_end": "date32",
        **dict.fromkeys(("facts", "items", "printed", "read", "named"), "int32"),
        **dict.fromkeys(("figures", "mapped", "sums", "holding"), "int32"),
        **dict.fromkeys(("findings", "checks", "unmapped", "converter", "taxonomy", "settings", "files"), "string"),
    }
)
"""The columns of `sources.parquet` with their types: those of the manifest that are the same on every machine."""


def make_dataset(manifest: Manifest, path: Path, store: Store, threads: int) -> int:
    """Write the outdated partitions, the table of sources and the views; return the number of partitions written.

    `path` is the file of the manifest. Partitions whose files are missing are outdated, too. Raises ImportError if
    pyarrow is not installed, OSError if a file cannot be written, ManifestError if the manifest is damaged.
    """
    import pyarrow  # noqa: F401 - fail before anything is done if it is missing

    for part in manifest.parts():
        files = [facts_file(part.name)]
        files += [normalised_file(part.name)] if part.has_items else []
        files += [findings_file(part.name)] if part.has_findings else []
        files += [checks_file(part.name)] if part.has_checks else []
        if not all(map(store.exists, files)):
            manifest.outdate(part.name)
    manifest.commit()
    outdated = manifest.outdated_parts()
    with ThreadPoolExecutor(max(1, threads)) as pool:
        for name, _ in zip(outdated, pool.map(lambda name: _write_part(path, store, name), outdated), strict=True):
            manifest.mark_written(name)
    _write_sources(path, store)
    store.put(VIEWS, render_views().encode())
    return len(outdated)


def _write_part(manifest: Path, store: Store, part: str) -> None:
    with _damage(manifest):
        facts = (unpack(rows.facts) for rows in packed_rows(manifest, part))
        _write_csv(store, facts_file(part), arrow_schema(), facts)
        items = (unpack(rows.items) for rows in packed_rows(manifest, part))
        _write_csv(store, normalised_file(part), arrow_schema(StandardRow), items)
        findings = (unpack(rows.findings) for rows in packed_rows(manifest, part))
        _write_csv(store, findings_file(part), _finding_schema(), findings)
        checks = (unpack(rows.checks) for rows in packed_rows(manifest, part))
        _write_csv(store, checks_file(part), arrow_schema(CheckRow), checks)


@contextmanager
def _damage(manifest: Path) -> Iterator[None]:
    """Turn the exceptions that rows raise which no manifest has into ManifestError."""
    try:
        yield
    except ManifestError:
        raise
    except (zlib.error, ValueError, TypeError) as error:
        raise damaged(manifest, error) from error


def _write_csv(store: Store, name: str, schema: "pyarrow.Schema", filings: Iterable[bytes]) -> None:
    _write(store, name, schema, (_table(csv, schema) for csv in _row_groups(filings)))


def _write(store: Store, name: str, schema: "pyarrow.Schema", tables: Iterable["pyarrow.Table"]) -> None:
    """Write the tables as the row groups of one file; without tables, remove the file."""
    from pyarrow.parquet import ParquetWriter

    draft = draft_of(store, name)
    writer: ParquetWriter | None = None
    try:
        for table in tables:
            writer = writer or ParquetWriter(draft, schema, compression="zstd")
            writer.write_table(table)
    finally:
        if writer is not None:
            writer.close()
    if writer is None:
        store.remove([name])
    else:
        store.adopt(name, draft)


def _row_groups(filings: Iterable[bytes]) -> Iterator[bytes]:
    """Concatenate the CSV of filings into chunks of at least `_ROW_GROUP` bytes, except the last."""
    buffer = io.BytesIO()
    for csv in filings:
        buffer.write(csv)
        if buffer.tell() >= _ROW_GROUP:
            yield buffer.getvalue()
            buffer = io.BytesIO()
    if buffer.tell():
        yield buffer.getvalue()


def _table(csv: bytes, schema: "pyarrow.Schema") -> "pyarrow.Table":
    """Parse CSV without a header; an empty cell is null."""
    from pyarrow import BufferReader
    from pyarrow.csv import ConvertOptions, ParseOptions, ReadOptions, read_csv

    return read_csv(
        BufferReader(csv),
        ReadOptions(column_names=schema.names, block_size=len(csv) + 1, use_threads=False),
        ParseOptions(newlines_in_values=True),
        ConvertOptions(column_types=schema, null_values=[""], strings_can_be_null=True),
    )


def _finding_schema() -> "pyarrow.Schema":
    import pyarrow

    numeric = ("line", "column_start", "column_end")
    types = {name: pyarrow.int32() if name in numeric else pyarrow.string() for name in FINDING_COLUMNS}
    return pyarrow.schema(list(types.items()))


def _write_sources(manifest: Path, store: Store) -> None:
    import pyarrow

    schema = pyarrow.schema([(name, pyarrow.type_for_alias(alias)) for name, alias in SOURCE_COLUMNS.items()])
    rows = source_rows(manifest, schema.names)
    groups = iter(lambda: list(islice(rows, _SOURCES_PER_GROUP)), [])
    with _damage(manifest):
        _write(store, SOURCES, schema, (_source_table(group, schema) for group in groups))


def _source_table(rows: Iterable[tuple[object, ...]], schema: "pyarrow.Schema") -> "pyarrow.Table":
    import pyarrow

    columns = dict(zip(schema.names, map(list, zip(*rows, strict=True)), strict=True))
    columns["period_end"] = [day and date.fromisoformat(str(day)) for day in columns["period_end"]]
    return pyarrow.table(columns, schema=schema)
