"""Locations of files that were found in folders and storages but not opened yet, and names that may be shown."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import BinaryIO

from msgspec import Struct

from converter.archive.sources.members import printable_name
from converter.archive.sources.passwords import without_password


class SourceError(ValueError):
    """An input that cannot be found or read: the `reason` in one line, the `name` of the input, what to do about it."""

    def __init__(self, reason: str, name: str = "", remedy: str = "") -> None:
        super().__init__(": ".join(filter(None, (name, reason, remedy))))
        self.reason = reason
        self.name = name
        self.remedy = remedy


class Location(Struct, frozen=True):
    """A file that was found.

    `path` names it; `size` is in bytes, -1 if unknown; `stamp` changes when the file does. `head` is the beginning of
    the file, if that was read while listing; `cheap` means that opening it again costs nothing. `address` is what opens
    it if `path` does not, because `path` is without a password. A location with a `problem` cannot be opened.
    """

    path: str
    size: int = -1
    stamp: str = ""
    problem: str = ""
    head: bytes | None = None
    cheap: bool = False
    open: Callable[[], BinaryIO] | None = None
    address: str = ""


def shown_name(name: str) -> str:
    """Return a name or URL as it may be shown and stored: printable, and without a password."""
    return printable_name(without_password(name))


def not_empty(locations: Iterator[Location], name: str) -> Iterator[Location]:
    """Return the same locations. Raises SourceError immediately if there are none; `name` is the user's input."""
    first = next(locations, None)
    if first is None:
        raise SourceError("no such file or folder", shown_name(name))
    return chain([first], locations)
