"""Atomic replacement of files, and the check that none is replaced that is still needed."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from msgspec import Struct


class OverwriteError(ValueError):
    """A file would be written over another one that the same call reads or writes; the message is one line."""


class UsedFile(Struct, frozen=True):
    """A file that is read or written, and what it is: `input`, `output`, `mapping` and so on."""

    path: Path
    role: str


def refuse_overwrites(read: Iterable[UsedFile], written: Iterable[UsedFile]) -> None:
    """Raise OverwriteError if a file to be written is one that is read, or is to be written twice.

    Files are compared by identity: another spelling of the path, a link or another case (where that is the same file)
    makes no difference. What is no regular file, such as a pipe or a device, is not overwritten.
    """
    used = list(read)
    for file in written:
        for other in used:
            if _is_same(file.path, other.path):
                conflict = f"the {file.role} would overwrite the {other.role}"
                raise OverwriteError(f"{conflict}: {file.path}: name another file")
        used.append(file)


def _is_same(one: Path, other: Path) -> bool:
    try:
        if one.exists() or other.exists():
            return one.exists() and other.exists() and one.is_file() and one.samefile(other)
        one, other = Path(os.path.realpath(one)), Path(os.path.realpath(other))
        # Of two files that are not there yet, only the file system knows whether their names are one name to it.
        return _folded(one) == _folded(other) and one.parent.samefile(other.parent)
    except OSError:  # there is no such folder: the file cannot be written
        return False


def _folded(path: Path) -> str:
    from unicodedata import normalize

    return normalize("NFC", path.name).casefold()


@contextmanager
def replacing(target: Path) -> Iterator[IO[bytes]]:
    """Open a temporary file that replaces `target` at the end, or is removed if an exception is raised.

    A target that is no regular file (a pipe, /dev/stdout) is written to directly. Raises OSError.
    """
    target = Path(os.path.realpath(target))
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            yield stream
        return
    draft = target.with_name(f".{os.urandom(6).hex()}.part")  # of this call alone, and short where the target is long
    try:
        with draft.open("xb") as stream:
            yield stream
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
