"""Dataset -> its manifest, made again from the tables and files, for when the manifest is damaged or lost.

What cannot be read back is marked to be converted again, so a run over the same sources completes what is missing.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date
from itertools import count, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from converter.archive.database import FILES, ManifestError
from converter.archive.dataset import SOURCE_COLUMNS
from converter.archive.layout import SOURCES, part_of, parts_of, table_file
from converter.archive.manifest import Manifest
from converter.archive.packing import PackedTable, joined, repack
from converter.archive.sources import error_text
from converter.archive.store import Store
from converter.archive.tables import TABLES, Table
from converter.archive.task import Status

_ROWS_PER_BATCH = 4096

_Row = Mapping[str, Any]
"""A row of a table: the values by the names of the columns."""


class _TableError(ValueError):
    """A table of the dataset that is missing or damaged."""


def rebuild_manifest(path: Path, store: Store, location: str) -> int:
    """Make the manifest `path` again from the dataset in `store`; return the number of its sources.

    A file of that name is kept, as `manifest.sqlite.damaged`. `location` is that of Manifest. Raises ManifestError if
    the table of sources cannot be read, ImportError if pyarrow is not installed, OSError if the disk is full.
    """
    import pyarrow  # noqa: F401 - fail before anything is done if it is missing

    draft = path.with_name(f".{path.name}.draft")
    _remove(draft)
    try:
        with closing(Manifest(draft, "", location)) as manifest:
            number = _restore_sources(manifest, store)
            parts = {part.name for part in manifest.parts()}
            for part in sorted(parts):
                _restore_part(manifest, store, part)
            for part in parts_of(store.names("facts")) - parts:
                manifest.outdate(part)
    except (ValueError, LookupError, TypeError) as error:
        remedy = "remove the manifest and give the command of the run again, which converts everything again"
        raise ManifestError(f"cannot be made from {SOURCES} ({error_text(error)}): {path}: {remedy}") from error
    else:
        _keep(path)
        draft.replace(path)
    finally:
        _remove(draft)
    return number


def _restore_sources(manifest: Manifest, store: Store) -> int:
    number = 0
    for row in _rows(store, SOURCES):
        day: date | None = row["period_end"]
        part = part_of(row["entity"], day) if row["status"] == Status.CONVERTED else None
        cells = {name: row[name] for name in SOURCE_COLUMNS}
        manifest.restore({**cells, "period_end": day and day.isoformat(), "part": part})
        number += 1
    return number


def _restore_part(manifest: Manifest, store: Store, part: str) -> None:
    """Restore the packed rows of a partition's filings.

    A filing without all of its rows is to be converted again; a partition with rows of another one, written again.
    """
    tables = {table.name: _filings(store, table, part) for table in TABLES}
    for path, numbers in manifest.filings(part):
        packed = {name: filings.pop(path) for name, filings in tables.items() if path in filings}
        if {name: each.rows for name, each in packed.items()} == numbers:
            manifest.restore_packed(path, joined({name: each.data for name, each in packed.items()}))
        else:
            manifest.mark_stale(path)
    if any(tables.values()):
        manifest.outdate(part)


def _filings(store: Store, table: Table, part: str) -> dict[str, PackedTable]:
    """Return the packed rows of a table by the path of their source; nothing if the table cannot be read."""
    filings: dict[str, PackedTable] = {}
    try:
        for path, group in groupby(_rows(store, table_file(table.name, part)), itemgetter("source_file")):
            filings[path] = repack(table.row, group)
    except _TableError:
        return {}
    return filings


def _rows(store: Store, name: str) -> Iterator[_Row]:
    """Yield the rows of a table. Raises _TableError."""
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        with store.open(name) as file:
            for batch in ParquetFile(file).iter_batches(_ROWS_PER_BATCH):
                yield from batch.to_pylist()
    except (OSError, ValueError, LookupError, ArrowException) as error:
        raise _TableError(error_text(error)) from error


def _keep(path: Path) -> None:
    """Rename a manifest that is in the way, with the files that SQLite keeps beside it."""
    names = (f"{path.name}.damaged{'' if number == 1 else number}" for number in count(1))
    kept = next(path.with_name(name) for name in names if not path.with_name(name).exists())
    for ending in FILES:
        side_file = path.with_name(path.name + ending)
        if side_file.exists():
            side_file.replace(kept.with_name(kept.name + ending))


def _remove(draft: Path) -> None:
    for ending in FILES:
        draft.with_name(draft.name + ending).unlink(missing_ok=True)
