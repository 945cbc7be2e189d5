"""The manifest's packed rows -> Parquet: a table of facts, one of findings, one of sources. Needs pyarrow.

A partition is made from all its filings each time, in one order, so the same filings give the same bytes however many
runs it took to convert them.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from converter.archive.layout import SOURCES
from converter.archive.manifest import Manifest, packed_rows, rows_of_sources
from converter.archive.packing import FINDING_COLUMNS, unpack
from converter.archive.store import Store
from converter.outputs import schema as fact_schema

if TYPE_CHECKING:
    import pyarrow

_ROW_GROUP = 16 << 20
"""Bytes of CSV that become one row group: what a thread has in memory at a time."""

_SOURCES_IN_GROUP = 50_000

SOURCE_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("path", "status", "reason", "hash", "identity"), "string"),
        "size": "int64",
        **dict.fromkeys(("entity", "cik", "accession", "form", "company"), "string"),
        "period_end": "date32",
        **dict.fromkeys(("facts", "printed", "read", "named", "figures", "mapped", "sums", "holding"), "int32"),
        **dict.fromkeys(("findings", "unmapped", "converter", "taxonomy"), "string"),
    }
)
"""The columns of `sources.parquet`, of the manifest's those that do not change from machine to machine."""


def make_dataset(manifest: Manifest, path: Path, store: Store, threads: int) -> int:
    """Make the partitions that changed, and the table of sources; how many partitions were made.

    `path` is the manifest's file. Raises ImportError when pyarrow is not installed, OSError when it cannot be written.
    """
    import pyarrow  # noqa: F401 - a missing library is to be known before anything is done

    manifest.commit()
    parts = manifest.outdated()
    with ThreadPoolExecutor(max(1, threads)) as pool:
        for part, _ in zip(parts, pool.map(lambda part: _make_part(path, store, part), parts), strict=True):
            manifest.made(part)
    _make_sources(path, store)
    return len(parts)


def _make_part(manifest: Path, store: Store, part: str) -> None:
    for table, index, columns in (("facts", 0, fact_schema()), ("findings", 1, _finding_schema())):
        name = f"{table}/{part}.parquet"
        pieces = (unpack(row[index]) for row in packed_rows(manifest, part))
        _write(store, name, columns, (_table(piece, columns) for piece in _gathered(pieces)))


def _write(store: Store, name: str, columns: "pyarrow.Schema", tables: Iterable["pyarrow.Table"]) -> None:
    """Write the tables as the row groups of one file; no table, no file."""
    from pyarrow.parquet import ParquetWriter

    draft = store.work / name.replace("/", "~")
    writer: ParquetWriter | None = None
    for table in tables:
        writer = writer or ParquetWriter(draft, columns, compression="zstd")
        writer.write_table(table)
    if writer is None:
        store.remove([name])
        return
    writer.close()
    store.adopt(name, draft)


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The CSV of several filings at a time."""
    buffer = io.BytesIO()
    for piece in pieces:
        buffer.write(piece)
        if buffer.tell() >= _ROW_GROUP:
            yield buffer.getvalue()
            buffer = io.BytesIO()
    if buffer.tell():
        yield buffer.getvalue()


def _table(csv: bytes, columns: "pyarrow.Schema") -> "pyarrow.Table":
    """CSV without a header as a table of these columns; an empty cell is no value."""
    from pyarrow import BufferReader
    from pyarrow.csv import ConvertOptions, ParseOptions, ReadOptions, read_csv

    return read_csv(
        BufferReader(csv),
        ReadOptions(column_names=columns.names, block_size=len(csv) + 1, use_threads=False),
        ParseOptions(newlines_in_values=True),
        ConvertOptions(column_types=columns, null_values=[""], strings_can_be_null=True),
    )


def _finding_schema() -> "pyarrow.Schema":
    import pyarrow

    numbers = ("line", "column_start", "column_end")
    types = {name: pyarrow.int32() if name in numbers else pyarrow.string() for name in FINDING_COLUMNS}
    return pyarrow.schema(list(types.items()))


def _make_sources(manifest: Path, store: Store) -> None:
    import pyarrow

    columns = pyarrow.schema([(name, pyarrow.type_for_alias(alias)) for name, alias in SOURCE_COLUMNS.items()])
    rows = rows_of_sources(manifest, columns.names)
    groups = iter(lambda: list(islice(rows, _SOURCES_IN_GROUP)), [])
    _write(store, SOURCES, columns, (_source_table(group, columns) for group in groups))


def _source_table(rows: Iterable[tuple[object, ...]], columns: "pyarrow.Schema") -> "pyarrow.Table":
    import pyarrow

    named = dict(zip(columns.names, map(list, zip(*rows, strict=True)), strict=True))
    named["period_end"] = [day and date.fromisoformat(str(day)) for day in named["period_end"]]
    return pyarrow.table(named, schema=columns)
