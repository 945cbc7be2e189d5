"""The manifest: a SQLite file with a row for every source, which later runs continue from and users can query.

`docs/archives.md` documents the columns. Only one process writes it; work that is not committed when the process dies
is repeated by the next run, with the same bytes as result.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from converter import __version__
from converter.archive.database import FILES, Database, ManifestError, opened
from converter.archive.exports import SCHEMA as EXPORTS
from converter.archive.exports import Exports
from converter.archive.layout import is_file_name, is_part_name, part_of
from converter.archive.packing import parted
from converter.archive.sources import Source
from converter.archive.tables import TABLES
from converter.archive.task import Outcome, Status, taxonomy_version

_SCHEMA = (
    """
CREATE TABLE sources (
  path TEXT PRIMARY KEY,
  size INTEGER NOT NULL, stamp TEXT NOT NULL, hash TEXT NOT NULL,
  settings TEXT NOT NULL, converter TEXT NOT NULL, taxonomy TEXT NOT NULL,
  stale INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL, reason TEXT NOT NULL, identity TEXT NOT NULL,
  entity TEXT NOT NULL, cik TEXT NOT NULL, accession TEXT NOT NULL, form TEXT NOT NULL, company TEXT NOT NULL,
  sic TEXT NOT NULL, state TEXT NOT NULL, irs_number TEXT NOT NULL, co_registrants TEXT NOT NULL,
  period_end TEXT, part TEXT,
  facts INTEGER NOT NULL, printed INTEGER NOT NULL, read INTEGER NOT NULL, named INTEGER NOT NULL,
  figures INTEGER NOT NULL, mapped INTEGER NOT NULL, sums INTEGER NOT NULL, holding INTEGER NOT NULL,
  findings TEXT NOT NULL, checks TEXT NOT NULL, unmapped TEXT NOT NULL, confidence TEXT NOT NULL,
  rows TEXT NOT NULL, files TEXT NOT NULL, seconds REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX identities ON sources (identity, status, path);
CREATE INDEX partitions_of ON sources (part, entity, path) WHERE part IS NOT NULL;
CREATE TABLE packed (path TEXT PRIMARY KEY, tables BLOB NOT NULL);
CREATE TABLE outdated (part TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE dataset (location TEXT NOT NULL);
"""
    + EXPORTS
)

_TABLES = frozenset(table.name for table in TABLES)

BESIDE = "."
"""The location of a dataset in the folder of its manifest: the two may be moved together."""


class SourceRecord(Struct, frozen=True):
    """What an earlier run stored for a source.

    `done` means that the source need not be converted again unless its bytes changed; `stale` that it must be.
    """

    size: int
    stamp: str
    hash: str
    status: Status
    identity: str
    files: tuple[str, ...]
    part: str | None
    done: bool
    stale: bool


class Owner(NamedTuple):
    """The source that a filing was converted from, and the hash of its bytes."""

    path: str
    hash: str


class Part(NamedTuple):
    """A partition of the dataset, and the tables that its filings have rows in."""

    name: str
    tables: tuple[str, ...]


class Filing(NamedTuple):
    """A converted source, and the number of its rows in each table that it has rows in."""

    path: str
    rows: dict[str, int]


class Manifest:
    """The open manifest of one dataset.

    Every method raises ManifestError if the file cannot be used, in particular if it is damaged, and OSError if the
    disk is full.
    """

    def __init__(self, path: Path, settings: str, location: str = BESIDE) -> None:
        """Open or create a manifest. `settings` is the key of the run's settings (see Settings.key).

        `location` is the folder or URL of the dataset, without a password. Raises ManifestError if the file is the
        manifest of another dataset.
        """
        self._settings = settings
        self.places = tuple(f"{path}{ending}" for ending in FILES)
        """The files that are the manifest."""
        self._database = Database(path, _SCHEMA)
        self.exports = Exports(self._database)
        recorded = self._database.rows("SELECT location FROM dataset")
        if not recorded:
            self._database.execute("INSERT INTO dataset VALUES (?)", (location,))
            self.commit()
        elif recorded != [(location,)]:
            self.close()
            ((other,),) = recorded
            place = path.parent if other == BESIDE else other
            raise ManifestError(f"the manifest of {place}, not of this dataset: {path}: name another with --manifest")

    def close(self) -> None:
        """Commit and close."""
        self._database.close()

    def commit(self) -> None:
        """Make the changes since the last commit durable."""
        self._database.commit()

    def whole(self) -> AbstractContextManager[None]:
        """Return a context in which all changes are made or, when an exception ends it, none."""
        return self._database.whole()

    def complete_file(self) -> None:
        """Commit, and move what SQLite keeps in a file beside the manifest into it, so that it can be copied."""
        self.commit()
        self._database.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def find(self, path: str) -> SourceRecord | None:
        """Return the record of a source, or None for a new source."""
        rows = self._database.rows(
            "SELECT size, stamp, hash, status, identity, files, part, stale, settings FROM sources WHERE path = ?",
            (path,),
        )
        if not rows:
            return None
        ((size, stamp, digest, status, identity, files, part, stale, settings),) = rows
        done = not stale and settings == self._settings and status != Status.FAILED
        try:
            cells = (size, stamp, digest, status, identity, msgspec.json.decode(files), part, done, bool(stale))
            fields = dict(zip(SourceRecord.__struct_fields__, cells, strict=True))
            record = msgspec.convert(fields, SourceRecord)
        except (ValueError, TypeError) as error:
            raise self._database.damaged(error) from None
        if not all(map(is_file_name, record.files)):
            raise self._database.damaged("it names a file outside of the dataset")
        return record

    def owner(self, identity: str, excluded: str) -> Owner | None:
        """Return the converted source of this identity, except the path `excluded`."""
        query = "SELECT path, hash FROM sources WHERE identity = ? AND status = 'converted' AND path <> ?"
        rows = self._database.rows(query, (identity, excluded))
        try:
            return msgspec.convert(rows[0], Owner) if rows else None
        except ValueError as error:
            raise self._database.damaged(error) from None

    def record(self, outcome: Outcome, files: Iterable[str]) -> None:
        """Store the outcome of a source, replacing its record; `files` are the names of the files written for it."""
        source, counts = outcome.source, outcome.counts
        is_converted = outcome.status is Status.CONVERTED
        part = part_of(outcome.entity, outcome.period_end) if is_converted else None
        self._outdate(source.path)
        row = {
            "path": source.path,
            "size": outcome.size,
            "stamp": source.stamp,
            "hash": outcome.hash,
            "settings": self._settings,
            "converter": __version__,
            "taxonomy": taxonomy_version(),
            "stale": 0,
            "status": outcome.status,
            "reason": outcome.reason,
            "identity": outcome.identity,
            "entity": outcome.entity,
            "cik": outcome.cik,
            "accession": outcome.accession,
            "form": outcome.form,
            "company": outcome.company,
            "sic": outcome.sic,
            "state": outcome.state,
            "irs_number": outcome.irs_number,
            "co_registrants": _json(outcome.co_registrants),
            "period_end": outcome.period_end and outcome.period_end.isoformat(),
            "part": part,
            "facts": counts.facts,
            "printed": counts.printed,
            "read": counts.read,
            "named": counts.named,
            "figures": counts.figures,
            "mapped": counts.mapped,
            "sums": counts.sums,
            "holding": counts.holding,
            "findings": _json(outcome.findings),
            "checks": _json(outcome.checks),
            "unmapped": _json(outcome.unmapped),
            "confidence": _json(outcome.confidence),
            "rows": _json(dict(outcome.rows)),
            "files": _json(tuple(files)),
            "seconds": round(outcome.seconds, 4),
        }
        self._database.execute(
            f"INSERT OR REPLACE INTO sources ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})", row
        )
        self.exports.replace(source.path, outcome.pieces)
        if is_converted:
            self.restore_packed(source.path, outcome.packed)
            self._outdate(source.path)
            self._renew_reasons(outcome)
        else:
            self._database.execute("DELETE FROM packed WHERE path = ?", (source.path,))

    def touch(self, source: Source) -> None:
        """Store the current size and stamp of a source whose bytes are unchanged."""
        query = "UPDATE sources SET size = ?, stamp = ? WHERE path = ?"
        self._database.execute(query, (source.size, source.stamp, source.path))

    def mark_duplicate(self, path: str) -> tuple[str, ...]:
        """Mark a converted source as a duplicate, of a source that is recorded next; return the names of its files."""
        record = self.find(path)
        self._outdate(path)
        self._database.execute("DELETE FROM packed WHERE path = ?", (path,))
        self.exports.replace(path, ())
        query = "UPDATE sources SET status = 'duplicate', part = NULL, rows = '{}', files = '[]' WHERE path = ?"
        self._database.execute(query, (path,))
        return record.files if record else ()

    def _renew_reasons(self, owner: Outcome) -> None:
        """Name the owner in the reasons of its duplicates."""
        query = (
            "UPDATE sources SET reason = CASE hash WHEN ? THEN ? ELSE ? END WHERE identity = ? AND status = 'duplicate'"
        )
        same, other = (duplicate_reason(owner.source.path, has_same_bytes) for has_same_bytes in (True, False))
        self._database.execute(query, (owner.hash, same, other, owner.identity))

    def _outdate(self, path: str) -> None:
        query = "INSERT OR IGNORE INTO outdated SELECT part FROM sources WHERE path = ? AND part IS NOT NULL"
        self._database.execute(query, (path,))

    def make_stale(self, identity: str) -> bool:
        """Mark the duplicates of a filing that is gone as to be converted; return whether there are any."""
        query = "UPDATE sources SET stale = 1 WHERE identity = ? AND status = 'duplicate'"
        return self._database.execute(query, (identity,)) > 0

    def make_all_stale(self) -> None:
        """Mark every source as to be converted again."""
        self._database.execute("UPDATE sources SET stale = 1")
        self.commit()

    def parts(self) -> tuple[Part, ...]:
        """Return all partitions of the dataset, sorted."""
        query = "SELECT DISTINCT part, key FROM sources, json_each(rows) WHERE part IS NOT NULL ORDER BY part, key"
        rows = self._database.rows(query)
        return tuple(
            Part(self._checked_part(part), tuple(self._checked_table(table) for _, table in group))
            for part, group in groupby(rows, itemgetter(0))
        )

    def unreliable_filings(self) -> int:
        """Return the number of converted filings that have a finding of severity error."""
        query = "SELECT count(*) FROM sources WHERE status = 'converted' AND findings LIKE '%,\"error\",%'"
        ((number,),) = self._database.rows(query)
        return int(number)

    def outdate(self, part: str) -> None:
        """Mark a partition as one to be written again."""
        self._database.execute("INSERT OR IGNORE INTO outdated VALUES (?)", (part,))

    def outdated_parts(self) -> tuple[str, ...]:
        """Return the partitions of the dataset that must be written again, sorted."""
        return tuple(
            self._checked_part(part) for (part,) in self._database.rows("SELECT part FROM outdated ORDER BY part")
        )

    def _checked_part(self, part: object) -> str:
        if not isinstance(part, str) or not is_part_name(part):
            raise self._database.damaged("it names a partition that is none")
        return part

    def _checked_table(self, table: object) -> str:
        if table not in _TABLES:
            raise self._database.damaged("it names a table that is none")
        return str(table)

    def restore(self, row: Mapping[str, object]) -> None:
        """Store a source that was read back from the dataset: the columns that the dataset has, and its partition."""
        columns = {**row, "stamp": "", "stale": 0, "seconds": 0}
        names, values = ", ".join(columns), ", ".join("?" * len(columns))
        self._database.execute(f"INSERT INTO sources ({names}) VALUES ({values})", tuple(columns.values()))

    def restore_packed(self, path: str, packed: bytes) -> None:
        """Store the packed rows of a source."""
        self._database.execute("INSERT OR REPLACE INTO packed VALUES (?, ?)", (path, packed))

    def filings(self, part: str) -> tuple[Filing, ...]:
        """Return the converted sources of a partition, ordered as its tables are. Raises ValueError if damaged."""
        rows = self._database.rows("SELECT path, rows FROM sources WHERE part = ? ORDER BY entity, path", (part,))
        return tuple(Filing(path, msgspec.json.decode(counts, type=dict[str, int])) for path, counts in rows)

    def mark_stale(self, path: str) -> None:
        """Mark a source as to be converted again."""
        self._database.execute("UPDATE sources SET stale = 1 WHERE path = ?", (path,))

    def mark_written(self, part: str) -> None:
        """Mark a partition as up to date, and commit."""
        self._database.execute("DELETE FROM outdated WHERE part = ?", (part,))
        self.commit()


def duplicate_reason(owner: str, has_same_bytes: bool) -> str:
    """Return the reason stored for a source that is the same filing as `owner`."""
    return f"the same filing as {owner}{'' if has_same_bytes else ', with other bytes'}"


def packed_rows(manifest: Path, part: str) -> Iterator[dict[str, bytes]]:
    """Yield the packed rows of each filing in a partition by table, ordered by entity and path.

    Raises ManifestError, and ValueError if what is packed is damaged.
    """
    query = "SELECT tables FROM sources JOIN packed USING (path) WHERE part = ? ORDER BY sources.entity, path"
    with opened(manifest) as database:
        for (tables,) in database.stream(query, (part,)):
            yield parted(tables)


def packed_checks(manifest: Path, paths: Iterable[str]) -> Iterator[bytes]:
    """Yield the packed rows of checks of these sources, as far as there are any.

    Raises ManifestError, and ValueError if what is packed is damaged.
    """
    with opened(manifest) as database:
        for path in paths:
            for (tables,) in database.rows("SELECT tables FROM packed WHERE path = ?", (path,)):
                if checks := parted(tables).get("checks"):
                    yield checks


def location_of(manifest: Path) -> str:
    """Return the folder or URL of a manifest's dataset, BESIDE for the manifest's own folder. Raises ManifestError."""
    with opened(manifest) as database:
        rows = database.rows("SELECT location FROM dataset")
    return str(rows[0][0]) if rows else BESIDE


def source_rows(manifest: Path, columns: Iterable[str]) -> Iterator[tuple[object, ...]]:
    """Yield these columns of every source, ordered by path. Raises ManifestError."""
    with opened(manifest) as database:
        yield from database.stream(f"SELECT {', '.join(columns)} FROM sources ORDER BY path")


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
