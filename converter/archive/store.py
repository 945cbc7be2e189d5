"""Stores that a dataset is written to: a folder, or a URL of fsspec. Files are replaced atomically."""

import errno
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from converter.archive.layout import WORK
from converter.archive.sources import error_text, without_password

_LOCK = "lock"
_DRAFT = ".draft"
_MOST_REMEMBERED = 10_000  # folders that are known to exist, so that memory does not grow with the dataset
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP)  # of file systems that have none


class Store(Protocol):
    """The files of a dataset, by relative names with slashes. Every method raises OSError if it fails.

    `work` is a local folder for drafts.
    """

    work: Path

    @property
    def places(self) -> tuple[str, ...]:
        """The folders, and the URL, that hold the files; in none of them are sources to be looked for."""

    def put(self, name: str, data: bytes) -> None:
        """Write a file, replacing any file of this name."""

    def adopt(self, name: str, draft: Path) -> None:
        """Move a finished local file to this name."""

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, and ignore those that do not exist."""

    def exists(self, name: str) -> bool:
        """Return whether there is a file of this name."""

    def names(self, folder: str) -> tuple[str, ...]:
        """Return the names of the files in a folder and below it, sorted."""

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading."""


def draft_of(store: Store, name: str) -> Path:
    """Return the path of a draft for the file of this name."""
    return store.work / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}{_DRAFT}"


class Folder:
    """A dataset in a local folder, which is created if it does not exist."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.work = path / WORK
        _make_folder(self.work)
        self._created: set[Path] = set()

    @property
    def places(self) -> tuple[str, ...]:
        return (str(self.path),)

    def put(self, name: str, data: bytes) -> None:
        draft = draft_of(self, name)
        draft.write_bytes(data)
        self.adopt(name, draft)

    def adopt(self, name: str, draft: Path) -> None:
        target = self.path / name
        if target.parent not in self._created:
            target.parent.mkdir(parents=True, exist_ok=True)
            if len(self._created) >= _MOST_REMEMBERED:
                self._created.clear()
            self._created.add(target.parent)
        os.replace(draft, target)

    def remove(self, names: Iterable[str]) -> None:
        for name in names:
            target = self.path / name
            target.unlink(missing_ok=True)
            for folder in target.relative_to(self.path).parents:
                try:
                    (self.path / folder).rmdir()
                except OSError:
                    break  # not empty
                self._created.discard(self.path / folder)

    def exists(self, name: str) -> bool:
        return (self.path / name).is_file()

    def names(self, folder: str) -> tuple[str, ...]:
        paths = (path for path in (self.path / folder).rglob("*") if path.is_file())
        return tuple(sorted(path.relative_to(self.path).as_posix() for path in paths))

    def open(self, name: str) -> BinaryIO:
        return (self.path / name).open("rb")


class Bucket:
    """A dataset at a URL of fsspec (`s3://bucket/folder`, `memory://folder`)."""

    def __init__(self, url: str, work: Path) -> None:
        """Open a URL; `work` is a local folder for drafts.

        Raises ImportError, ValueError or OSError if fsspec cannot open the URL.
        """
        from fsspec.core import url_to_fs

        self._file_system: Any
        self._file_system, self._root = url_to_fs(url)
        self.work = work
        _make_folder(self.work)
        self._names: set[str] = set()
        self._is_listed = False
        self.places = (without_password(url), str(work))

    def put(self, name: str, data: bytes) -> None:
        with _os_errors():
            self._file_system.makedirs(self._path(name).rpartition("/")[0], exist_ok=True)
            self._file_system.pipe_file(self._path(name), data)
        self._names.add(name)

    def adopt(self, name: str, draft: Path) -> None:
        with _os_errors():
            self._file_system.makedirs(self._path(name).rpartition("/")[0], exist_ok=True)
            self._file_system.put_file(str(draft), self._path(name))
        draft.unlink()
        self._names.add(name)

    def remove(self, names: Iterable[str]) -> None:
        for name in names:
            with _os_errors(), suppress(FileNotFoundError):
                self._file_system.rm_file(self._path(name))
            self._names.discard(name)

    def exists(self, name: str) -> bool:
        return name in self._known_names()

    def names(self, folder: str) -> tuple[str, ...]:
        return tuple(sorted(name for name in self._known_names() if name.startswith(f"{folder}/")))

    def open(self, name: str) -> BinaryIO:
        with _os_errors():
            return cast("BinaryIO", self._file_system.open(self._path(name), "rb"))

    def _known_names(self) -> set[str]:
        """Return the names of all files, by a listing that is made once."""
        if not self._is_listed:
            with _os_errors(), suppress(FileNotFoundError):
                prefix = self._path("")
                self._names.update(path.removeprefix(prefix) for path in self._file_system.find(self._root))
            self._is_listed = True
        return self._names

    def _path(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"


@contextmanager
def _os_errors() -> Iterator[None]:
    """Turn whatever a storage raises into OSError."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(error_text(error)) from error


class InUse(ValueError):  # noqa: N818 - it describes the dataset
    """Another run is writing this dataset."""


@contextmanager
def dataset_lock(work: Path) -> Iterator[None]:
    """Hold the lock of a dataset, after removing drafts that an earlier run left. Raises InUse, OSError.

    At the end the folder goes first and the lock with it: whoever takes the lock finds out whether it is still there.
    """
    lock = _take_lock(work)
    try:
        _remove_drafts(work)
        yield
    finally:
        with suppress(OSError):
            _remove_drafts(work)
            (work / _LOCK).unlink()
            work.rmdir()
        lock.close()


def _make_folder(folder: Path) -> None:
    """Create a folder that another run may be about to remove."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        if folder.exists() and not folder.is_dir():
            raise


def _take_lock(work: Path) -> BinaryIO:
    while True:
        _make_folder(work)
        try:
            lock = (work / _LOCK).open("wb")
        except FileNotFoundError:
            continue  # another run has just ended, and removed the folder
        try:
            _lock(lock.fileno(), work)
            if os.path.samestat(os.fstat(lock.fileno()), os.stat(work / _LOCK)):
                return lock
        except FileNotFoundError:
            pass  # it was locked when it was no longer there
        except BaseException:
            lock.close()
            raise
        lock.close()


def _lock(descriptor: int, work: Path) -> None:
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise InUse(f"another run is writing to it: {work.parent}: wait until that has ended") from None


def _remove_drafts(work: Path) -> None:
    for draft in work.glob("*draft"):
        draft.unlink()
