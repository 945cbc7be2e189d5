"""Files in local folders, in sorted order: links are followed, no folder is entered twice, no file is opened."""

import os
import stat
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePath
from typing import BinaryIO, NamedTuple

from converter.archive.sources.exclusion import LocalIds
from converter.archive.sources.members import printable_name
from converter.archive.sources.patterns import Pattern, State, split_pattern
from converter.archive.sources.places import Location, not_empty
from converter.archive.sources.streams import error_text

_SPECIAL: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISFIFO, "a named pipe, not a file"),
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
)
"""Tests of a file mode, and the problem with such a file."""


class _Entry(NamedTuple):
    """An entry of a folder, and how much of the pattern its path has matched."""

    path: str
    state: State


def find_local(name: str, left_out: LocalIds | None = None) -> Iterator[Location]:
    """Return the files of a path, folder or pattern. Raises SourceError immediately if nothing matches.

    A name that exists is taken literally, even with wildcard characters. Patterns match hidden files too. Nothing that
    is `left_out` is found.
    """
    path = PurePath(name).as_posix() if name else ""
    left_out = left_out or LocalIds()
    if path and os.path.lexists(path):
        return _walk(path, Pattern(), left_out)
    root, pattern = split_pattern(path)
    return not_empty(_walk(root or ".", pattern, left_out) if pattern.parts else iter(()), name)


def _walk(root: str, pattern: Pattern, left_out: LocalIds) -> Iterator[Location]:
    """Yield the matching files below a folder, or the file `root`; what is not accessible becomes a problem."""
    if left_out.hold(root):
        return
    first_paths: dict[tuple[int, int], str] = {}
    stack = [iter([_Entry(root, pattern.start)])]
    while stack:
        entry = next(stack[-1], None)
        if entry is None:
            stack.pop()
            continue
        path, state = entry
        try:
            status = os.stat(path)
            if left_out.has(status):
                continue
            if not stat.S_ISDIR(status.st_mode):
                if pattern.matches(state):
                    yield _location(path, status)
            elif (first_path := _first_path(first_paths, path, status)) != path:
                name = printable_name(first_path)
                yield Location(path, problem=f"a folder that is read as {name} already: a loop, or a second link")
            else:
                stack.append(_entries(path, pattern, state))
        except (OSError, ValueError) as error:
            if pattern.matches(state) or not isinstance(error, FileNotFoundError):
                yield Location(path, problem=error_text(error))


def _first_path(first_paths: dict[tuple[int, int], str], path: str, status: os.stat_result) -> str:
    """Return the path by which a folder was entered first, or `path` where the system has no inode numbers."""
    return first_paths.setdefault((status.st_dev, status.st_ino), path) if status.st_ino else path


def _entries(folder: str, pattern: Pattern, state: State) -> Iterator[_Entry]:
    prefix = "" if folder == "." else f"{folder.rstrip('/')}/"
    names = sorted(os.listdir(folder))
    return (_Entry(prefix + name, next_state) for name in names if (next_state := pattern.advance(state, name)))


def _location(path: str, status: os.stat_result) -> Location:
    problem = next((text for is_special, text in _SPECIAL if is_special(status.st_mode)), "")
    return Location(path, status.st_size, str(status.st_mtime_ns), problem, cheap=True, open=partial(open_file, path))


def open_file(path: str) -> BinaryIO:
    """Open a local file for unbuffered reading."""
    return open(path, "rb", buffering=0)
