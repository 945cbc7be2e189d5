"""Where a dataset is written: a folder, or a URL of fsspec. A file is there whole under its name, or not at all."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from converter.archive.layout import WORK


class Store(Protocol):
    """Names are relative, with slashes. Every method raises OSError when the place refuses it.

    `work` is a local folder for drafts.
    """

    work: Path

    def put(self, name: str, data: bytes) -> None:
        """Write a file, in the place of the one of this name if there is one."""

    def adopt(self, name: str, draft: Path) -> None:
        """Take a finished local file as the file of this name; the draft is gone then."""

    def remove(self, names: Iterable[str]) -> None:
        """Remove files; one that is not there is no error."""


class Folder:
    """A dataset in a local folder, which is made if it is not there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.work = path / WORK
        self.work.mkdir(parents=True, exist_ok=True)
        self._made: set[Path] = set()

    def put(self, name: str, data: bytes) -> None:
        draft = self.work / hashlib.sha256(name.encode()).hexdigest()[:32]
        draft.write_bytes(data)
        self.adopt(name, draft)

    def adopt(self, name: str, draft: Path) -> None:
        target = self.path / name
        if target.parent not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(target.parent)
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
                self._made.discard(self.path / folder)


class Bucket:
    """A dataset at a URL of fsspec (`s3://bucket/folder`, `memory://folder`)."""

    def __init__(self, url: str, work: Path) -> None:
        """`work` is a local folder for drafts. Raises ImportError, ValueError or OSError if fsspec cannot open it."""
        from fsspec.core import url_to_fs

        self._system: Any
        self._system, self._root = url_to_fs(url)
        self.work = work
        self.work.mkdir(parents=True, exist_ok=True)

    def put(self, name: str, data: bytes) -> None:
        self._system.makedirs(self._at(name).rpartition("/")[0], exist_ok=True)
        self._system.pipe_file(self._at(name), data)

    def adopt(self, name: str, draft: Path) -> None:
        self._system.makedirs(self._at(name).rpartition("/")[0], exist_ok=True)
        self._system.put_file(str(draft), self._at(name))
        draft.unlink()

    def remove(self, names: Iterable[str]) -> None:
        for name in names:
            try:
                self._system.rm_file(self._at(name))
            except FileNotFoundError:
                continue

    def _at(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}"


class InUse(ValueError):  # noqa: N818 - it says what is wrong
    """Another run is writing this dataset."""


@contextmanager
def alone(work: Path) -> Iterator[None]:
    """Hold the lock of a dataset, and begin with an empty folder for drafts. Raises InUse, OSError."""
    lock = (work / "lock").open("wb")
    try:
        _lock(lock.fileno(), work)
        for left in work.iterdir():
            if left.name != "lock":
                left.unlink()
        yield
    finally:
        lock.close()
    shutil.rmtree(work, ignore_errors=True)


def _lock(number: int, work: Path) -> None:
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise InUse(f"another run is writing to {work.parent}") from None
