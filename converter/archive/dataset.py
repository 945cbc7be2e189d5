"""Packed rows of the manifest -> Parquet tables of the dataset and of its sources. Needs pyarrow.

A partition is always written from all of its filings, in a fixed order, so the same filings give the same bytes
regardless of how many runs converted them.
"""

import io
import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from converter.archive.database import ManifestError, damaged
from converter.archive.exports import make_exports
from converter.archive.layout import SOURCES, VIEWS, table_file
from converter.archive.manifest import Manifest, packed_rows, source_rows
from converter.archive.packing import unpack
from converter.archive.store import Store, draft_of
from converter.archive.tables import TABLES, Table
from converter.archive.views import render_views
from converter.outputs import arrow_schema

if TYPE_CHECKING:
    import pyarrow
    from pyarrow.parquet import ParquetWriter

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
        **dict.fromkeys(("facts", "printed", "read", "named", "figures", "mapped", "sums", "holding"), "int32"),
        **dict.fromkeys(("findings", "checks", "unmapped", "confidence", "rows"), "string"),
        **dict.fromkeys(("converter", "taxonomy", "settings", "files"), "string"),
    }
)
"""The columns of `sources.parquet` with their types: those of the manifest that are the same on every machine."""


def make_dataset(manifest: Manifest, path: Path, store: Store, threads: int) -> int:
    """Write the outdated partitions, the table of sources and the views; return the number of partitions written.

    `path` is the file of the manifest. Partitions whose files are missing are outdated, too. Raises ImportError if
    pyarrow is not installed, OSError if a file cannot be written, ManifestError if the manifest is damaged.
    """
    import pyarrow  # noqa: F401 - fail before anything is done if it is missing

    for name, tables in manifest.parts():
        if not all(store.exists(table_file(table, name)) for table in tables):
            manifest.outdate(name)
    manifest.commit()
    parts = manifest.outdated_parts()
    with ThreadPoolExecutor(max(1, threads)) as pool:
        for part, _ in zip(parts, pool.map(lambda part: _write_part(path, store, part), parts), strict=True):
            manifest.mark_written(part)
    _write_sources(path, store)
    make_exports(manifest.exports, path, store, threads)
    store.put(VIEWS, render_views().encode())
    return len(parts)


def _write_part(manifest: Path, store: Store, part: str) -> None:
    """Write the files of a partition, one for each table that has rows in it, and remove the others."""
    with _damage(manifest), ExitStack() as stack:
        files = {table.name: stack.enter_context(_table_file(store, table, part)) for table in TABLES}
        for filing in packed_rows(manifest, part):
            for name, rows in filing.items():
                files[name].add_csv(unpack(rows))


@contextmanager
def _damage(manifest: Path) -> Iterator[None]:
    """Turn the exceptions that rows raise which no manifest has into ManifestError."""
    try:
        yield
    except ManifestError:
        raise
    except (zlib.error, ValueError, LookupError, TypeError) as error:
        raise damaged(manifest, error) from error


@contextmanager
def _table_file(store: Store, table: Table, part: str) -> "Iterator[_File]":
    """Open the file of a table in a partition: it is written at the end, or removed if it has no rows."""
    with _File.replacing(store, table_file(table.name, part), arrow_schema(table.row)) as file:
        yield file
        file.flush()


class _File:
    """A Parquet file that is made in a draft, row group by row group."""

    def __init__(self, draft: Path, schema: "pyarrow.Schema") -> None:
        self._draft, self._schema = draft, schema
        self._writer: ParquetWriter | None = None
        self._csv = io.BytesIO()

    @classmethod
    @contextmanager
    def replacing(cls, store: Store, name: str, schema: "pyarrow.Schema") -> "Iterator[_File]":
        """Open a file that replaces the one of this name at the end; without a row group, that one is removed."""
        file = cls(draft_of(store, name), schema)
        try:
            yield file
        finally:
            if file._writer is not None:
                file._writer.close()
        if file._writer is None:
            store.remove([name])
        else:
            store.adopt(name, file._draft)

    def add_csv(self, csv: bytes) -> None:
        """Add rows as CSV without a header."""
        self._csv.write(csv)
        if self._csv.tell() >= _ROW_GROUP:
            self.flush()

    def flush(self) -> None:
        """Write the rows that were added as a row group."""
        if self._csv.tell():
            self.add(_table(self._csv.getvalue(), self._schema))
            self._csv = io.BytesIO()

    def add(self, table: "pyarrow.Table") -> None:
        """Write a row group."""
        from pyarrow.parquet import ParquetWriter

        self._writer = self._writer or ParquetWriter(self._draft, self._schema, compression="zstd")
        self._writer.write_table(table)


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


def _write_sources(manifest: Path, store: Store) -> None:
    import pyarrow

    schema = pyarrow.schema([(name, pyarrow.type_for_alias(alias)) for name, alias in SOURCE_COLUMNS.items()])
    rows = source_rows(manifest, schema.names)
    groups = iter(lambda: list(islice(rows, _SOURCES_PER_GROUP)), [])
    with _damage(manifest), _File.replacing(store, SOURCES, schema) as file:
        for group in groups:
            file.add(_source_table(group, schema))


def _source_table(rows: Iterable[tuple[object, ...]], schema: "pyarrow.Schema") -> "pyarrow.Table":
    import pyarrow

    columns = dict(zip(schema.names, map(list, zip(*rows, strict=True)), strict=True))
    columns["period_end"] = [day and date.fromisoformat(str(day)) for day in columns["period_end"]]
    return pyarrow.table(columns, schema=schema)
