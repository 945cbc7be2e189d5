"""The manifest: a SQLite file with a row for every source, which later runs continue from and users can query.

`docs/archives.md` documents the columns. Only one process writes it; work that is not committed when the process dies
is repeated by the next run, with the same bytes as result.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from converter import __version__
from converter.archive.layout import part_of
from converter.archive.sources import Source
from converter.archive.task import Outcome, Status, taxonomy_version

VERSION = 1

_SCHEMA = """
CREATE TABLE sources (
  path TEXT PRIMARY KEY,
  size INTEGER NOT NULL, stamp TEXT NOT NULL, hash TEXT NOT NULL,
  settings TEXT NOT NULL, converter TEXT NOT NULL, taxonomy TEXT NOT NULL,
  stale INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL, reason TEXT NOT NULL, identity TEXT NOT NULL,
  entity TEXT NOT NULL, cik TEXT NOT NULL, accession TEXT NOT NULL, form TEXT NOT NULL, company TEXT NOT NULL,
  period_end TEXT, part TEXT,
  facts INTEGER NOT NULL, printed INTEGER NOT NULL, read INTEGER NOT NULL, named INTEGER NOT NULL,
  figures INTEGER NOT NULL, mapped INTEGER NOT NULL, sums INTEGER NOT NULL, holding INTEGER NOT NULL,
  findings TEXT NOT NULL, unmapped TEXT NOT NULL, files TEXT NOT NULL, seconds REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX identities ON sources (identity, status, path);
CREATE INDEX partitions_of ON sources (part, entity, path) WHERE part IS NOT NULL;
CREATE TABLE packed (path TEXT PRIMARY KEY, facts BLOB NOT NULL, findings BLOB NOT NULL);
CREATE TABLE outdated (part TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class ManifestError(ValueError):
    """A manifest that cannot be used; the message is one line with the remedy."""


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


class Manifest:
    """The open manifest of one dataset. `settings` is the key of the run's settings (see Settings.key)."""

    def __init__(self, path: Path, settings: str) -> None:
        """Open or create a manifest. Raises ManifestError if the file is not a manifest, or is in use."""
        self._settings = settings
        try:
            self._database = sqlite3.connect(path, timeout=5)
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = NORMAL")
            self._prepare(path)
        except sqlite3.DatabaseError as problem:
            raise ManifestError(f"{path}: not a manifest that can be used: {problem}") from None

    def _prepare(self, path: Path) -> None:
        (version,) = self._database.execute("PRAGMA user_version").fetchone()
        if version == 0:
            self._database.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
        elif version != VERSION:
            raise ManifestError(f"{path}: made by another version of convert; name another folder with -o")

    def close(self) -> None:
        """Commit and close."""
        self.commit()
        self._database.close()

    def commit(self) -> None:
        """Make the changes since the last commit durable."""
        self._database.commit()

    def find(self, path: str) -> SourceRecord | None:
        """Return the record of a source, or None for a new source."""
        row = self._database.execute(
            "SELECT size, stamp, hash, status, identity, files, part, stale, settings FROM sources WHERE path = ?",
            (path,),
        ).fetchone()
        if row is None:
            return None
        size, stamp, digest, status, identity, files, part, stale, settings = row
        done = not stale and settings == self._settings and status != Status.FAILED
        names = tuple(json.loads(files))
        return SourceRecord(size, stamp, digest, Status(status), identity, names, part, done, bool(stale))

    def owner(self, identity: str, excluded: str) -> str | None:
        """Return the path of the converted source of this identity, except the path `excluded`."""
        query = "SELECT path FROM sources WHERE identity = ? AND status = 'converted' AND path <> ?"
        row = self._database.execute(query, (identity, excluded)).fetchone()
        return None if row is None else str(row[0])

    def record(self, outcome: Outcome, files: Iterable[str]) -> None:
        """Store the outcome of a source, replacing its record; `files` are the names of the files written for it."""
        source, counts = outcome.source, outcome.counts
        is_converted = outcome.status is Status.CONVERTED
        part = part_of(outcome) if is_converted else None
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
            "unmapped": _json(outcome.unmapped),
            "files": _json(tuple(files)),
            "seconds": round(outcome.seconds, 4),
        }
        self._database.execute(
            f"INSERT OR REPLACE INTO sources ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})", row
        )
        if is_converted:
            values = (source.path, outcome.packed_facts, outcome.packed_findings)
            self._database.execute("INSERT OR REPLACE INTO packed VALUES (?, ?, ?)", values)
            self._outdate(source.path)
        else:
            self._database.execute("DELETE FROM packed WHERE path = ?", (source.path,))

    def touch(self, source: Source) -> None:
        """Store the current size and stamp of a source whose bytes are unchanged."""
        query = "UPDATE sources SET size = ?, stamp = ? WHERE path = ?"
        self._database.execute(query, (source.size, source.stamp, source.path))

    def mark_duplicate(self, path: str, owner: str) -> tuple[str, ...]:
        """Mark a converted source and its duplicates as duplicates of `owner`; return the names of its files."""
        record = self.find(path)
        self._outdate(path)
        self._database.execute("DELETE FROM packed WHERE path = ?", (path,))
        query = "UPDATE sources SET status = 'duplicate', part = NULL, files = '[]' WHERE path = ?"
        self._database.execute(query, (path,))
        query = (
            "UPDATE sources SET reason = ? WHERE status = 'duplicate' "
            "AND identity = (SELECT identity FROM sources WHERE path = ?)"
        )
        self._database.execute(query, (duplicate_reason(owner), path))
        return record.files if record else ()

    def _outdate(self, path: str) -> None:
        query = "INSERT OR IGNORE INTO outdated SELECT part FROM sources WHERE path = ? AND part IS NOT NULL"
        self._database.execute(query, (path,))

    def make_stale(self, identity: str) -> bool:
        """Mark the duplicates of a filing that is gone as to be converted; return whether there are any."""
        query = "UPDATE sources SET stale = 1 WHERE identity = ? AND status = 'duplicate'"
        return self._database.execute(query, (identity,)).rowcount > 0

    def make_all_stale(self) -> None:
        """Mark every source as to be converted again."""
        self._database.execute("UPDATE sources SET stale = 1")
        self.commit()

    def outdated_parts(self) -> tuple[str, ...]:
        """Return the partitions of the dataset that must be written again, sorted."""
        return tuple(part for (part,) in self._database.execute("SELECT part FROM outdated ORDER BY part"))

    def mark_written(self, part: str) -> None:
        """Mark a partition as up to date, and commit."""
        self._database.execute("DELETE FROM outdated WHERE part = ?", (part,))
        self.commit()


def duplicate_reason(owner: str) -> str:
    """Return the reason stored for a source that is the same filing as `owner`."""
    return f"the same filing as {owner}"


class PackedRows(NamedTuple):
    """The packed rows of one filing (see `archive/packing.py`)."""

    facts: bytes
    findings: bytes


def packed_rows(manifest: Path, part: str) -> Iterator[PackedRows]:
    """Yield the packed rows of each filing in a partition, ordered by entity and path."""
    query = (
        "SELECT packed.facts, packed.findings FROM sources JOIN packed USING (path) WHERE part = ? "
        "ORDER BY sources.entity, path"
    )
    with closing(_read_only(manifest)) as database:
        yield from map(PackedRows._make, database.execute(query, (part,)))


def source_rows(manifest: Path, columns: Iterable[str]) -> Iterator[tuple[object, ...]]:
    """Yield these columns of every source, ordered by path."""
    with closing(_read_only(manifest)) as database:
        yield from database.execute(f"SELECT {', '.join(columns)} FROM sources ORDER BY path")


def _read_only(manifest: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{manifest.resolve().as_uri()}?mode=ro", uri=True, timeout=60)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
