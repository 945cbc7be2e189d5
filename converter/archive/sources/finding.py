"""The filings of an archive: what paths, folders, patterns, archives and URLs hold, one after the other.

What a file is, is told by its bytes, never by its name. Archives are read as streams, nothing is unpacked to disk, and
what a header says of sizes is not believed. Whatever cannot be read is a source with a problem, so that nothing is
lost silently; only an input that does not exist at all is an error.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from converter.archive.sources.folders import find_local, open_file
from converter.archive.sources.members import Member, shown
from converter.archive.sources.places import Location, SourceError
from converter.archive.sources.storages import SIGN, find_remote, open_url
from converter.archive.sources.streams import HEAD, Damaged, Flow, Reader, is_compressed, raw, unpacked, why
from converter.archive.sources.tars import is_tar, tar_members
from converter.archive.sources.zips import is_zip, zip_members

LARGEST = 256 * 1024 * 1024
"""Bytes that one source may have, unpacked."""

_DEEPEST = 3  # archives inside of archives
_FILE = "file://"


class Source(Struct, frozen=True):
    """One file to convert: where it stands, and its bytes if it had to be read from a stream.

    `path` is its name: POSIX or URL, with an exclamation mark between an archive and its member; always printable and
    never that of two files. `size` is in bytes, -1 if it is unknown. `stamp` changes when a file that is not in an
    archive changes ("" if that is unknown). Without `data`, `read_source` reads `path`. A `problem` says in one line
    why it cannot be read; then there is nothing to read. `passed` counts the bytes of the file or archive given, packed
    as they are, that lie behind when the source is given: what a progress bar shows.
    """

    path: str
    size: int
    stamp: str = ""
    data: bytes | None = None
    problem: str = ""
    passed: int = 0


def find_sources(inputs: Iterable[str], *, largest: int = LARGEST) -> Iterator[Source]:
    """The sources of paths, folders, patterns and URLs, in their order, those of a folder by name; of `largest` bytes.

    Raises SourceError for an input that does not exist: at once if the inputs are a list or a tuple, as the words of
    a command are. In any other iterable, which may be long, it is a source with a problem when its turn comes. What is
    given twice comes twice. Memory is bounded by `largest`, by the names of one folder, and by those of one archive.
    """
    if isinstance(inputs, list | tuple):
        found = [_find(given) for given in inputs]
        return (source for places in found for place in places for source in _sources(place, largest))
    return (source for given in inputs for place in _find_late(given) for source in _sources(place, largest))


def packed_bytes(inputs: Iterable[str]) -> int | None:
    """The bytes of all files of local inputs, archives as they are packed; None when not all inputs are local."""
    if any(SIGN in given.removeprefix(_FILE) for given in inputs):
        return None
    return sum(max(0, place.size) for given in inputs for place in _find_late(given))


def read_source(source: Source, *, largest: int = LARGEST) -> bytes:
    """The bytes of a source, decompressed; raises SourceError if they cannot be read or are more than `largest`."""
    if source.problem:
        raise SourceError(source.problem)
    data = source.data
    if data is None:
        try:
            with _opened(source) as file:
                data = unpacked(raw(file, source.path, Flow(source.path, largest))).read(largest + 1)
        except SourceError:
            raise
        except Exception as error:  # storages have exceptions of their own
            raise SourceError(why(error)) from error
    if len(data) > largest:
        raise SourceError(_too_large(largest))
    return data


def _opened(source: Source) -> BinaryIO:
    return open_url(source.path, source.size) if SIGN in source.path else open_file(source.path)


def listed(stream: Iterable[str]) -> Iterator[str]:
    """The paths of a list, one a line; if the first line holds a NUL character, NUL characters end them instead."""
    lines = iter(stream)
    first = next(lines, "")
    paths: Iterable[str] = (line.rstrip("\r\n") for line in chain([first], lines))
    if "\0" in first:
        paths = "".join((first, *lines)).split("\0")
    yield from (path for path in paths if path.strip())


def _find(given: str) -> Iterator[Location]:
    local = given.removeprefix(_FILE)
    return find_remote(given) if SIGN in local else find_local(local)


def _find_late(given: str) -> Iterator[Location]:
    try:
        yield from _find(given)
    except SourceError as error:
        yield Location(given, problem=str(error).removeprefix(f"{shown(given)}: "))


def _sources(place: Location, largest: int) -> Iterator[Source]:
    """What a found file holds. A file that can be read again later, under its shown path, is not read now."""
    own = Source(shown(place.path), place.size, place.stamp, problem=place.problem, passed=max(0, place.size))
    is_named = own.path == place.path
    if own.problem or place.open is None:
        yield own
    elif is_named and place.head is not None and _is_plain(place.head):
        yield replace(own, problem=_too_large(largest)) if own.size > largest else own
    else:
        try:
            file = place.open()
        except Exception as error:  # storages have exceptions of their own
            yield replace(own, problem=why(error))
            return
        with file:
            reader = raw(file, own.path, Flow(own.path, largest), place.size)
            for source in _contents(reader, own, largest, is_kept=not (is_named and place.cheap)):
                yield source if source.path == own.path else replace(source, passed=file.tell())


def _contents(reader: Reader, own: Source, largest: int, depth: int = 0, is_kept: bool = True) -> Iterator[Source]:
    """What a stream holds: what is in it if it is an archive, else itself, as `own`, with its bytes if they are kept.

    A damage of an archive around it is not its own, and ends that archive.
    """
    try:
        inner = unpacked(reader)
        head = inner.peek(HEAD)
        if not is_tar(head) and not is_zip(head):
            yield _plain(inner, own if inner is reader else replace(own, size=-1), largest, is_kept)
        elif depth == _DEEPEST:
            yield replace(own, problem=f"an archive inside of {_DEEPEST} others, where it is not looked for")
        else:
            members = tar_members(inner) if is_tar(head) else zip_members(inner, largest)
            yield from _inside(members, own, largest, depth + 1)
    except Damaged as damage:
        if damage.path != own.path:
            raise
        yield replace(own, problem=str(damage))


def _inside(members: Iterator[Member], archive: Source, largest: int, depth: int) -> Iterator[Source]:
    is_empty = True
    for member in members:
        is_empty = False
        if member.content is None:
            yield Source(member.path, -1, problem=member.problem)
        else:
            yield from _contents(member.content, Source(member.path, member.content.size), largest, depth)
    if is_empty:
        yield replace(archive, problem="an archive without any file")


def _plain(content: Reader, own: Source, largest: int, is_kept: bool) -> Source:
    if own.size > largest:
        return replace(own, problem=_too_large(largest))
    if not is_kept:
        return own
    data = content.read(largest + 1)
    if len(data) > largest:
        return replace(own, problem=_too_large(largest))
    return Source(own.path, len(data), own.stamp, data)


def _is_plain(head: bytes) -> bool:
    return not (is_compressed(head) or is_tar(head) or is_zip(head))


def _too_large(largest: int) -> str:
    return f"more than {largest} bytes"
