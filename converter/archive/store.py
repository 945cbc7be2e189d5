"""Stores that a dataset is written to: a folder, or a URL of fsspec. Files are replaced atomically."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from converter.archive.layout import WORK


class Store(Protocol):
    """The files of a dataset, by relative names with slashes. Every method raises OSError if it fails.

    `work` is a local folder for drafts.
    """

    work: Path

    def put(self, name: str, data: bytes) -> None:
        """Write a file, replacing any file of this name."""

    def adopt(self, name: str, draft: Path) -> None:
        """Move a finished local file to this name."""

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, and ignore those that do not exist."""


class Folder:
    """A dataset in a local folder, which is created if it does not exist."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.work = path / WORK
        self.work.mkdir(parents=True, exist_ok=True)
        self._created: set[Path] = set()

    def put(self, name: str, data: bytes) -> None:
        draft = self.work / hashlib.sha256(name.encode()).hexdigest()[:32]
        draft.write_bytes(data)
        self.adopt(name, draft)

    def adopt(self, name: str, draft: Path) -> None:
        target = self.path / name
        if target.parent not in self._created:
            target.parent.mkdir(parents=True, exist_ok=True)
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
        self.work.mkdir(parents=True, exist_ok=True)

    def put(self, name: str, data: bytes) -> None:
        self._file_system.makedirs(self._path(name).rpartition("/")[0], exist_ok=True)
        self._file_system.pipe_file(self._path(name), data)

    def adopt(self, name: str, draft: Path) -> None:
        self._file_system.makedirs(self._path(name).rpartition("/")[0], exist_ok=True)
        self._file_system.put_file(str(draft), self._path(name))
        draft.unlink()

    def remove(self, names: Iterable[str]) -> None:
        for name in names:
            try:
                self._file_system.rm_file(self._path(name))
            except FileNotFoundError:
                continue

    def _path(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"


class InUse(ValueError):  # noqa: N818 - it describes the dataset
    """Another run is writing this dataset."""


@contextmanager
def dataset_lock(work: Path) -> Iterator[None]:
    """Hold the lock of a dataset, after removing drafts that an earlier run left. Raises InUse, OSError."""
    lock = (work / "lock").open("wb")
    try:
        _lock(lock.fileno(), work)
        for draft in work.iterdir():
            if draft.name != "lock":
                draft.unlink()
        yield
    finally:
        lock.close()
    shutil.rmtree(work, ignore_errors=True)


def _lock(descriptor: int, work: Path) -> None:
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise InUse(f"another run is writing to {work.parent}") from None
