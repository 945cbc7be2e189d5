"""Files in folders of this machine, in order: links are followed, no folder is entered twice, nothing is opened."""

import os
import stat
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePath
from typing import BinaryIO

from converter.archive.sources.members import shown
from converter.archive.sources.patterns import Pattern, State, split_pattern
from converter.archive.sources.places import Location, not_empty
from converter.archive.sources.streams import why

_SPECIAL: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISFIFO, "a named pipe, not a file"),
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
)


def find_local(given: str) -> Iterator[Location]:
    """The files of a path, folder or pattern; raises SourceError at once if there is no such thing.

    A name that exists is taken literally, whatever characters it has. Patterns match hidden files too.
    """
    path = PurePath(given).as_posix() if given else ""
    if path and os.path.lexists(path):
        return _walk(path, Pattern())
    root, pattern = split_pattern(path)
    return not_empty(_walk(root or ".", pattern) if pattern.parts else iter(()), given)


def _walk(root: str, pattern: Pattern) -> Iterator[Location]:
    """The matching files below a folder, or the file `root`; what cannot be looked at is a place with a problem."""
    entered: dict[tuple[int, int], str] = {}
    waiting = [iter([(root, pattern.start)])]
    while waiting:
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
            continue
        path, state = entry
        try:
            status = os.stat(path)
            if not stat.S_ISDIR(status.st_mode):
                if pattern.matches(state):
                    yield _place(path, status)
            elif (known := _first(entered, path, status)) != path:
                yield Location(
                    path, problem=f"a folder that is read as {shown(known)} already: a loop, or a second link"
                )
            else:
                waiting.append(_entries(path, pattern, state))
        except (OSError, ValueError) as error:
            if pattern.matches(state) or not isinstance(error, FileNotFoundError):
                yield Location(path, problem=why(error))


def _first(entered: dict[tuple[int, int], str], path: str, status: os.stat_result) -> str:
    """The path that a folder was entered by first; where the system gives files no numbers, none is known again."""
    return entered.setdefault((status.st_dev, status.st_ino), path) if status.st_ino else path


def _entries(folder: str, pattern: Pattern, state: State) -> Iterator[tuple[str, State]]:
    before = "" if folder == "." else f"{folder.rstrip('/')}/"
    names = sorted(os.listdir(folder))
    return ((before + name, after) for name in names if (after := pattern.after(state, name)))


def _place(path: str, status: os.stat_result) -> Location:
    problem = next((told for is_special, told in _SPECIAL if is_special(status.st_mode)), "")
    return Location(path, status.st_size, str(status.st_mtime_ns), problem, cheap=True, open=partial(open_file, path))


def open_file(path: str) -> BinaryIO:
    """Open a file of this machine, without a buffer."""
    return open(path, "rb", buffering=0)
