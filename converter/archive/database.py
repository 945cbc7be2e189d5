"""The SQLite file of a manifest: every error of it becomes one line with the remedy."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from converter.archive.sources import error_text

FILES = ("", "-wal", "-shm")
"""The endings of the names of the files that a database consists of."""

_SIGNATURE = b"SQLite format 3\0"
_APPLICATION = 0x58425246  # tells a manifest from other SQLite files
_VERSION = 4
_WRITE_PATIENCE, _READ_PATIENCE = 5_000, 60_000  # milliseconds to wait for another program

_FULL, _IO_ERROR, _CODE = sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, 0xFF
_IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_NOT_ACCESSIBLE = (sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)

Row = tuple[Any, ...]
Values = Iterable[object] | dict[str, object]


class ManifestError(ValueError):
    """A manifest that cannot be used; the message is one line with the remedy."""


def damaged(path: Path, reason: str | Exception) -> ManifestError:
    """Return the error for a file that is not, or is no longer, a manifest."""
    reason = reason if isinstance(reason, str) else error_text(reason)
    remedy = "make it again from its dataset with text-to-xbrl rebuild FOLDER"
    return ManifestError(f"not a manifest, or a damaged one ({reason}): {path}: {remedy}")


class Database:
    """An open manifest. Every method raises ManifestError if the file cannot be used, OSError if the disk is full."""

    def __init__(self, path: Path, schema: str = "") -> None:
        """Open a manifest; with a `schema`, open it for writing, and create it if the file does not exist."""
        self._path = path
        self._is_half_done = False
        if path.exists() and path.stat().st_size:
            with path.open("rb") as file:
                if file.read(len(_SIGNATURE)) != _SIGNATURE:
                    raise damaged(path, "no file of SQLite")
        mode = "rwc" if schema else "ro&immutable=1" if _is_kept(path) else "ro"
        with self._errors():
            self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True)
        try:
            self._prepare(schema)
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self, schema: str) -> None:
        self.execute(f"PRAGMA busy_timeout = {_WRITE_PATIENCE if schema else _READ_PATIENCE}")
        self.execute("PRAGMA trusted_schema = OFF")
        ((application,),), ((version,),) = self.rows("PRAGMA application_id"), self.rows("PRAGMA user_version")
        if schema and not (application or version) and not self.rows("SELECT * FROM sqlite_master LIMIT 1"):
            settings = f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {_VERSION};"
            with self._errors():
                self._connection.executescript(f"PRAGMA journal_mode = WAL; BEGIN; {schema} {settings} COMMIT;")
        elif application != _APPLICATION:
            raise damaged(self._path, "a database of something else")
        elif version != _VERSION:
            raise ManifestError(f"made by another version of this program: {self._path}: name another folder with -o")
        if schema:
            self.execute("PRAGMA synchronous = NORMAL")

    def rows(self, query: str, values: Values = ()) -> list[Row]:
        """Return the rows of a query."""
        with self._errors():
            return self._connection.execute(query, values).fetchall()  # type: ignore[arg-type]

    def stream(self, query: str, values: Values = ()) -> Iterator[Row]:
        """Yield the rows of a query, which may be many."""
        with self._errors():
            yield from self._connection.execute(query, values)  # type: ignore[arg-type]

    def execute(self, query: str, values: Values = ()) -> int:
        """Make a change; return the number of rows that it changed."""
        with self._errors():
            return self._connection.execute(query, values).rowcount  # type: ignore[arg-type]

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Make all changes of the block or, when an exception ends it (Ctrl-C, a full disk), none."""
        if not self._connection.in_transaction:
            self.execute("BEGIN")
        self.execute("SAVEPOINT whole")
        self._is_half_done = True
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:  # else SQLite has undone all since the last commit, the disk being full
                self.execute("ROLLBACK TO whole")
            self._is_half_done = False
            raise
        self.execute("RELEASE whole")
        self._is_half_done = False

    def commit(self) -> None:
        """Make the changes since the last commit durable."""
        with self._errors():
            if self._is_half_done:
                self._connection.rollback()
            else:
                self._connection.commit()

    def close(self) -> None:
        """Commit and close."""
        try:
            self.commit()
        finally:
            with self._errors():
                self._connection.close()

    def damaged(self, reason: str | Exception) -> ManifestError:
        """Return the error for content that no manifest has."""
        return damaged(self._path, reason)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._error(error) from None

    def _error(self, error: sqlite3.Error) -> Exception:
        code = getattr(error, "sqlite_errorcode", -1) & _CODE
        if code == _FULL or (code == _IO_ERROR and _is_full(self._path)):
            return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._path))
        if code == _IO_ERROR:
            return OSError(errno.EIO, os.strerror(errno.EIO), str(self._path))
        if code in _IN_USE:
            return ManifestError(f"{self._path}: in use by another program ({error})")
        if code in _NOT_ACCESSIBLE:
            return ManifestError(f"{self._path}: {error}")
        return damaged(self._path, error)


def _is_kept(path: Path) -> bool:
    """Return whether nobody can change a file: SQLite, which writes beside those that change, need not then."""
    return not (os.access(path.parent, os.W_OK) or path.with_name(f"{path.name}-wal").exists())


def _is_full(path: Path) -> bool:
    """Return whether there is no room for another page; SQLite says of some files only that they cannot be written."""
    return shutil.disk_usage(path.parent).free < 64 * 1024


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    """Open a manifest for reading."""
    with closing(Database(path)) as database:
        yield database
