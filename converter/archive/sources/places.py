"""A file that was found and not opened yet: what folders and storages tell of it."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import BinaryIO

from msgspec import Struct

from converter.archive.sources.members import shown


class SourceError(ValueError):
    """What cannot be found or read, and why, in one line for a person to read."""


class Location(Struct, frozen=True):
    """A file that was found: `path` opens it; `size` in bytes (-1: unknown); `stamp` changes when the file does.

    `head` is how the file begins, if that was read on the way; `cheap` says that opening it again costs nothing. With
    a `problem` there is nothing to open.
    """

    path: str
    size: int = -1
    stamp: str = ""
    problem: str = ""
    head: bytes | None = None
    cheap: bool = False
    open: Callable[[], BinaryIO] | None = None


def not_empty(places: Iterator[Location], given: str) -> Iterator[Location]:
    """The same places; raises SourceError at once if there are none behind what a person gave."""
    first = next(places, None)
    if first is None:
        raise SourceError(f"{shown(given)}: no such file or folder")
    return chain([first], places)
