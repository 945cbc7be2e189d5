"""Locations of files that were found in folders and storages but not opened yet."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import BinaryIO

from msgspec import Struct

from converter.archive.sources.members import printable_name


class SourceError(ValueError):
    """An input that cannot be found or read; the message is one line with the reason."""


class Location(Struct, frozen=True):
    """A file that was found.

    `path` opens it; `size` is in bytes, -1 if unknown; `stamp` changes when the file does. `head` is the beginning of
    the file, if that was read while listing; `cheap` means that opening it again costs nothing. A location with a
    `problem` cannot be opened.
    """

    path: str
    size: int = -1
    stamp: str = ""
    problem: str = ""
    head: bytes | None = None
    cheap: bool = False
    open: Callable[[], BinaryIO] | None = None


def not_empty(locations: Iterator[Location], name: str) -> Iterator[Location]:
    """Return the same locations. Raises SourceError immediately if there are none; `name` is the user's input."""
    first = next(locations, None)
    if first is None:
        raise SourceError(f"{printable_name(name)}: no such file or folder")
    return chain([first], locations)
