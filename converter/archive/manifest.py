"""What is known of every source, in a SQLite file: the memory between runs, and a table to query.

`docs/archives.md` documents the columns. One process writes it; what is not committed when the process dies is done
again by the next run, to the same bytes.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

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


class Known(Struct, frozen=True):
    """What an earlier run found out about a source; `done` says that it need not be converted again if unchanged."""

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
        """Open the manifest or make a new one. Raises ManifestError when the file is something else, or in use."""
        self._settings = settings
        try:
            self._base = sqlite3.connect(path, timeout=5)
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._prepare(path)
        except sqlite3.DatabaseError as problem:
            raise ManifestError(f"{path}: not a manifest that can be used: {problem}") from None

    def _prepare(self, path: Path) -> None:
        (version,) = self._base.execute("PRAGMA user_version").fetchone()
        if version == 0:
            self._base.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
        elif version != VERSION:
            raise ManifestError(f"{path}: made by another version of convert; name another folder with -o")

    def close(self) -> None:
        """Commit and close."""
        self.commit()
        self._base.close()

    def commit(self) -> None:
        """Make what was recorded since last time last."""
        self._base.commit()

    def known(self, path: str) -> Known | None:
        """What is known of the source of this path."""
        row = self._base.execute(
            "SELECT size, stamp, hash, status, identity, files, part, stale, settings FROM sources WHERE path = ?",
            (path,),
        ).fetchone()
        if row is None:
            return None
        size, stamp, digest, status, identity, files, part, stale, settings = row
        done = not stale and settings == self._settings and status != Status.FAILED
        return Known(size, stamp, digest, Status(status), identity, tuple(json.loads(files)), part, done, bool(stale))

    def owner(self, identity: str, other_than: str) -> str | None:
        """The path of the converted source, other than this one, that is the filing of this identity."""
        query = "SELECT path FROM sources WHERE identity = ? AND status = 'converted' AND path <> ?"
        row = self._base.execute(query, (identity, other_than)).fetchone()
        return None if row is None else str(row[0])

    def record(self, outcome: Outcome, files: Iterable[str]) -> None:
        """Keep what became of a source, in the place of what was known of it; `files` are the names written for it."""
        source, counts = outcome.source, outcome.counts
        kept = outcome.status is Status.CONVERTED
        part = part_of(outcome) if kept else None
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
        self._base.execute(
            f"INSERT OR REPLACE INTO sources ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})", row
        )
        if kept:
            values = (source.path, outcome.rows, outcome.told)
            self._base.execute("INSERT OR REPLACE INTO packed VALUES (?, ?, ?)", values)
            self._outdate(source.path)
        else:
            self._base.execute("DELETE FROM packed WHERE path = ?", (source.path,))

    def touch(self, source: Source) -> None:
        """The source's bytes are those known: note what it looks like now."""
        query = "UPDATE sources SET size = ?, stamp = ? WHERE path = ?"
        self._base.execute(query, (source.size, source.stamp, source.path))

    def demote(self, path: str, owner: str) -> tuple[str, ...]:
        """A converted source turns out to be the same filing as `owner`, and so do its duplicates; its files' names."""
        found = self.known(path)
        self._outdate(path)
        self._base.execute("DELETE FROM packed WHERE path = ?", (path,))
        query = "UPDATE sources SET status = 'duplicate', part = NULL, files = '[]' WHERE path = ?"
        self._base.execute(query, (path,))
        query = (
            "UPDATE sources SET reason = ? WHERE status = 'duplicate' "
            "AND identity = (SELECT identity FROM sources WHERE path = ?)"
        )
        self._base.execute(query, (duplicate_reason(owner), path))
        return found.files if found else ()

    def _outdate(self, path: str) -> None:
        query = "INSERT OR IGNORE INTO outdated SELECT part FROM sources WHERE path = ? AND part IS NOT NULL"
        self._base.execute(query, (path,))

    def make_stale(self, identity: str) -> bool:
        """The duplicates of a filing have to be converted after all, if it has any: what they duplicate is gone."""
        query = "UPDATE sources SET stale = 1 WHERE identity = ? AND status = 'duplicate'"
        return self._base.execute(query, (identity,)).rowcount > 0

    def make_all_stale(self) -> None:
        """Every source has to be converted again."""
        self._base.execute("UPDATE sources SET stale = 1")
        self.commit()

    def outdated(self) -> tuple[str, ...]:
        """The partitions of the dataset that have to be made again."""
        return tuple(part for (part,) in self._base.execute("SELECT part FROM outdated ORDER BY part"))

    def made(self, part: str) -> None:
        """A partition is made; it lasts at once."""
        self._base.execute("DELETE FROM outdated WHERE part = ?", (part,))
        self.commit()


def duplicate_reason(owner: str) -> str:
    """What is said of a source that is the same filing as another one."""
    return f"the same filing as {owner}"


def packed_rows(manifest: Path, part: str) -> Iterator[tuple[bytes, bytes]]:
    """The packed facts and findings of a partition's filings, ordered by entity and path."""
    query = (
        "SELECT packed.facts, packed.findings FROM sources JOIN packed USING (path) WHERE part = ? "
        "ORDER BY sources.entity, path"
    )
    with closing(_read_only(manifest)) as base:
        yield from base.execute(query, (part,))


def rows_of_sources(manifest: Path, columns: Iterable[str]) -> Iterator[tuple[object, ...]]:
    """These columns of every source, ordered by path."""
    with closing(_read_only(manifest)) as base:
        yield from base.execute(f"SELECT {', '.join(columns)} FROM sources ORDER BY path")


def _read_only(manifest: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{manifest.resolve().as_uri()}?mode=ro", uri=True, timeout=60)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
