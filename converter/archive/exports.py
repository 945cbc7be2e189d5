"""Files with the facts of many filings, one for each quarter or company, made of a piece of each filing.

The manifest keeps the pieces, which workers make, so a file is always written from all of its filings, in the order of
their sources: the same filings give the same bytes, regardless of how many runs and workers converted them.
"""

import importlib.util
import io
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from converter.archive.database import Database, damaged, opened
from converter.archive.store import Store, draft_of
from converter.archive.task import Piece
from converter.outputs import COMPANY_FACTS, FSDS, WORKBOOK, companyfacts, fsds, panels

SCHEMA = """
CREATE TABLE pieces (path TEXT NOT NULL, format TEXT NOT NULL, key TEXT NOT NULL, data BLOB NOT NULL,
  PRIMARY KEY (path, format));
CREATE INDEX pieces_of ON pieces (format, key, path);
CREATE TABLE outdated_exports (format TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (format, key)) WITHOUT ROWID;
"""

_ROW_GROUP = 16 << 20
"""Bytes of text in a row group of a Parquet file: what is kept in memory at a time."""


class Export(Struct, frozen=True, order=True):
    """A file, or several that belong together, of a format: its key is a quarter such as 2003q3, or a CIK."""

    format: str
    key: str


class Exports:
    """The pieces in an open manifest, and the exports that must be written again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def has(self, path: str, formats: Iterable[str]) -> bool:
        """Whether a source has a piece for each of these formats."""
        rows = self._database.rows("SELECT format FROM pieces WHERE path = ?", (path,))
        return set(formats) <= {name for (name,) in rows}

    def replace(self, path: str, pieces: Iterable[Piece]) -> None:
        """Store the pieces of a source in place of those that it had."""
        self._outdate(path)
        self._database.execute("DELETE FROM pieces WHERE path = ?", (path,))
        for piece in pieces:
            values = (path, piece.format, piece.key, piece.data)
            self._database.execute("INSERT INTO pieces VALUES (?, ?, ?, ?)", values)
        self._outdate(path)

    def _outdate(self, path: str) -> None:
        query = "INSERT OR IGNORE INTO outdated_exports SELECT format, key FROM pieces WHERE path = ? AND key <> ''"
        self._database.execute(query, (path,))

    def all(self) -> tuple[Export, ...]:
        """Return all exports, sorted."""
        rows = self._database.rows("SELECT DISTINCT format, key FROM pieces WHERE key <> '' ORDER BY format, key")
        return tuple(Export(*row) for row in rows)

    def outdate(self, export: Export) -> None:
        """Mark an export as one to be written again."""
        self._database.execute("INSERT OR IGNORE INTO outdated_exports VALUES (?, ?)", (export.format, export.key))

    def outdated(self) -> tuple[Export, ...]:
        """Return the exports that must be written again, sorted."""
        rows = self._database.rows("SELECT format, key FROM outdated_exports ORDER BY format, key")
        return tuple(Export(*row) for row in rows)

    def mark_written(self, export: Export) -> None:
        """Mark an export as up to date, and commit."""
        query = "DELETE FROM outdated_exports WHERE format = ? AND key = ?"
        self._database.execute(query, (export.format, export.key))
        self._database.commit()


def make_exports(exports: Exports, manifest: Path, store: Store, threads: int) -> int:
    """Write the outdated exports, and those whose files are missing; return their number.

    `manifest` is the file of the manifest. Raises OSError if a file cannot be written, ManifestError if the manifest is
    damaged.
    """
    for export in exports.all():
        if not all(map(store.exists, _FORMATS[export.format].names(export.key))):
            exports.outdate(export)
    todo = exports.outdated()
    with ThreadPoolExecutor(max(1, threads)) as pool:
        for export, _ in zip(todo, pool.map(partial(_write, manifest, store), todo), strict=True):
            exports.mark_written(export)
    return len(todo)


_Decoded = TypeVar("_Decoded")


class _Pieces(Iterable[_Decoded]):
    """The pieces of an export in the order of their sources; each iteration reads them again."""

    def __init__(self, manifest: Path, export: Export, decode: Callable[[bytes], _Decoded]) -> None:
        self._manifest, self._export, self._decode = manifest, export, decode

    def __iter__(self) -> Iterator[_Decoded]:
        query = "SELECT data FROM pieces WHERE format = ? AND key = ? ORDER BY path"
        with opened(self._manifest) as database:
            for (data,) in database.stream(query, (self._export.format, self._export.key)):
                try:
                    yield self._decode(data)
                except (zlib.error, ValueError) as error:
                    raise damaged(self._manifest, error) from error


def _write(manifest: Path, store: Store, export: Export) -> None:
    with opened(manifest) as database:
        query = "SELECT 1 FROM pieces WHERE format = ? AND key = ? LIMIT 1"
        has_pieces = bool(list(database.stream(query, (export.format, export.key))))
    if has_pieces:
        _FORMATS[export.format].write(manifest, store, export)
    else:
        store.remove(_FORMATS[export.format].names(export.key))


def _quarter_names(quarter: str) -> list[str]:
    tables = fsds.PARQUET_TABLES if importlib.util.find_spec("pyarrow") else ()
    return [f"fsds/{quarter}.zip", *(_parquet_name(quarter, table) for table in tables)]


def _parquet_name(quarter: str, table: str) -> str:
    return f"fsds/parquet/quarter/{quarter}.zip/{table}{fsds.SUFFIX}.parquet"


def _write_quarter(manifest: Path, store: Store, export: Export) -> None:
    pieces = _Pieces(manifest, export, fsds.unpack)
    name, *parquet_names = _quarter_names(export.key)
    draft = draft_of(store, name)
    with draft.open("wb") as file:
        fsds.write_quarter(pieces, file)
    store.adopt(name, draft)
    for parquet_name, table in zip(parquet_names, fsds.PARQUET_TABLES, strict=False):
        _write_parquet(store, parquet_name, table, pieces)


def _write_parquet(store: Store, name: str, table: str, pieces: Iterable[fsds.Piece]) -> None:
    from pyarrow.parquet import ParquetWriter

    draft = draft_of(store, name)
    with closing(ParquetWriter(draft, fsds.arrow_schema_of(table), compression="zstd")) as writer:
        for lines in _groups(fsds.table_lines(table, pieces)):
            writer.write_table(fsds.arrow_table(table, lines))
    store.adopt(name, draft)


def _groups(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Concatenate lines into chunks of at least `_ROW_GROUP` bytes, except the last."""
    buffer = io.BytesIO()
    for each in lines:
        buffer.write(each)
        if buffer.tell() >= _ROW_GROUP:
            yield buffer.getvalue()
            buffer = io.BytesIO()
    if buffer.tell():
        yield buffer.getvalue()


def _company_names(cik: str) -> list[str]:
    return [f"companyfacts/CIK{cik}.json"]


def _write_company(manifest: Path, store: Store, export: Export) -> None:
    (name,) = _company_names(export.key)
    store.put(name, companyfacts.render_company(_Pieces(manifest, export, companyfacts.unpack_company)))


def _panel_names(cik: str) -> list[str]:
    return [f"companies/CIK{cik}.xlsx"]


def _write_panel(manifest: Path, store: Store, export: Export) -> None:
    (name,) = _panel_names(export.key)
    store.put(name, panels.render_panel(_Pieces(manifest, export, panels.unpack_panel)))


class _Layout(Struct, frozen=True):
    """The names of the files of an export with a key, and how they are written."""

    names: Callable[[str], list[str]]
    write: Callable[[Path, Store, Export], None]


_FORMATS = {
    FSDS: _Layout(_quarter_names, _write_quarter),
    COMPANY_FACTS: _Layout(_company_names, _write_company),
    WORKBOOK: _Layout(_panel_names, _write_panel),
}
