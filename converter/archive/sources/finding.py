"""The sources of a run: the files in paths, folders, patterns, archives and URLs, in order.

The type of a file is recognised by its bytes, never by its name. Archives are read as streams, nothing is unpacked to
disk, and sizes stated in headers are not trusted. A file that cannot be read becomes a source with a problem, so that
nothing is lost silently; only an input that does not exist is an error.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from converter.archive.sources.exclusion import LeftOut
from converter.archive.sources.folders import find_local, open_file
from converter.archive.sources.members import Member, printable_name
from converter.archive.sources.passwords import without_password
from converter.archive.sources.places import Location, SourceError
from converter.archive.sources.storages import URL_MARK, find_remote, open_url
from converter.archive.sources.streams import (
    HEAD_SIZE,
    Damaged,
    GrowthLimit,
    Reader,
    decompressed,
    error_text,
    file_reader,
    is_compressed,
)
from converter.archive.sources.tars import is_tar, tar_members
from converter.archive.sources.zips import is_zip, zip_members

LARGEST = 256 * 1024 * 1024
"""Maximum size of one source in bytes, decompressed."""

SECONDS = 120.0
"""Maximum time of one answer of a storage."""

_MAX_DEPTH = 3  # archives nested in archives
_FILE_SCHEME = "file://"


class Source(Struct, frozen=True):
    """One file to convert: its path, and its bytes if it had to be read from a stream.

    `path` identifies it: a POSIX path or URL, with an exclamation mark between an archive and its member; it is
    printable, without a password, and different for different files. `size` is in bytes, -1 if unknown. `stamp` changes
    when a file outside of archives changes, "" if unknown. Without `data`, `read_source` reads `address`, or `path` if
    that is "": a URL with its password, which is kept in memory and nowhere else. A `problem` is the reason, in one
    line, why it cannot be read. `input_bytes_read` counts the bytes of the input file or archive, compressed as it is,
    that were read up to this source; a progress bar shows it.
    """

    path: str
    size: int
    stamp: str = ""
    data: bytes | None = None
    problem: str = ""
    input_bytes_read: int = 0
    address: str = ""


def find_sources(
    inputs: Iterable[str], *, largest: int = LARGEST, seconds: float = SECONDS, left_out: LeftOut | None = None
) -> Iterator[Source]:
    """Return the sources of paths, folders, patterns and URLs, in order, those of a folder sorted by name.

    Sources of more than `largest` bytes have a problem, and those of a storage that does not answer within `seconds`.
    If the inputs are a list or a tuple, as the arguments of a command are, SourceError is raised immediately for an
    input that does not exist; in any other iterable, which may be long, such an input becomes a source with a problem.
    An input that is repeated is returned again; what is `left_out` is not returned. Memory is bounded by `largest`, by
    the names of one folder, and by those of one archive.
    """
    if isinstance(inputs, list | tuple):
        found = chain.from_iterable([_find(name, seconds, left_out) for name in inputs])
    else:
        found = chain.from_iterable(_find_or_report(name, seconds, left_out) for name in inputs)
    locations = (location for location in found if left_out is None or not left_out.has_url(location.path))
    return (source for location in locations for source in _sources(location, largest))


def input_size(inputs: Iterable[str]) -> int | None:
    """Return the total size of the files of local inputs in bytes, compressed as they are; None if any is remote."""
    if any(URL_MARK in name.removeprefix(_FILE_SCHEME) for name in inputs):
        return None
    return sum(max(0, location.size) for name in inputs for location in _find_or_report(name, SECONDS, None))


def read_source(source: Source, *, largest: int = LARGEST) -> bytes:
    """Return the decompressed bytes of a source.

    Raises SourceError if they cannot be read or are more than `largest`.
    """
    if source.problem:
        raise SourceError(source.problem)
    data = source.data
    if data is None:
        try:
            with _open(source) as file:
                reader = file_reader(file, source.path, GrowthLimit(source.path, largest))
                data = decompressed(reader).read(largest + 1)
        except SourceError:
            raise
        except Exception as error:  # storages have exceptions of their own
            raise SourceError(error_text(error)) from error
    if len(data) > largest:
        raise SourceError(_too_large(largest))
    return data


def _open(source: Source) -> BinaryIO:
    address = source.address or source.path
    return open_url(address, source.size) if URL_MARK in address else open_file(address)


def read_path_list(stream: Iterable[str]) -> Iterator[str]:
    """Yield the paths of a list, one per line; separated by NUL instead if the first line contains a NUL character."""
    lines = iter(stream)
    first = next(lines, "")
    paths: Iterable[str] = (line.rstrip("\r\n") for line in chain([first], lines))
    if "\0" in first:
        paths = "".join((first, *lines)).split("\0")
    yield from (path for path in paths if path.strip())


def _find(name: str, seconds: float, left_out: LeftOut | None) -> Iterator[Location]:
    local_path = name.removeprefix(_FILE_SCHEME)
    if URL_MARK in local_path:
        return find_remote(name, seconds)
    return find_local(local_path, None if left_out is None else left_out.local())


def _find_or_report(name: str, seconds: float, left_out: LeftOut | None) -> Iterator[Location]:
    """Yield the locations of an input; an input that does not exist becomes a location with a problem."""
    try:
        yield from _find(name, seconds, left_out)
    except SourceError as error:
        yield Location(without_password(name), problem=": ".join(filter(None, (error.reason, error.remedy))))


def _sources(location: Location, largest: int) -> Iterator[Source]:
    """Yield the sources in a file. A plain file that can be read later by its printable path is not read now."""
    path = printable_name(location.path)
    whole = Source(
        path,
        location.size,
        location.stamp,
        problem=location.problem,
        input_bytes_read=max(0, location.size),
        address=location.address,
    )
    can_reopen = path == location.path
    if whole.problem or location.open is None:
        yield whole
    elif can_reopen and location.head is not None and _is_plain(location.head):
        yield replace(whole, problem=_too_large(largest)) if whole.size > largest else whole
    else:
        try:
            file = location.open()
        except Exception as error:  # storages have exceptions of their own
            yield replace(whole, problem=error_text(error))
            return
        with file:
            reader = file_reader(file, path, GrowthLimit(path, largest), location.size)
            for source in _contents(reader, whole, largest, keep_data=not (can_reopen and location.cheap)):
                yield source if source.path == path else replace(source, input_bytes_read=file.tell())


def _contents(reader: Reader, whole: Source, largest: int, depth: int = 0, keep_data: bool = True) -> Iterator[Source]:
    """Yield the sources in a stream: the members if it is an archive, else `whole`, with its bytes if `keep_data`.

    Damage to an enclosing archive is not handled here but ends that archive.
    """
    try:
        content = decompressed(reader)
        head = content.peek(HEAD_SIZE)
        if not is_tar(head) and not is_zip(head):
            yield _plain(content, whole if content is reader else replace(whole, size=-1), largest, keep_data)
        elif depth == _MAX_DEPTH:
            yield _failed(whole, f"an archive inside of {_MAX_DEPTH} others, where it is not looked for")
        else:
            members = tar_members(content) if is_tar(head) else zip_members(content, largest)
            yield from _members(members, whole, largest, depth + 1)
    except Damaged as damage:
        if damage.path != whole.path:
            raise
        yield _failed(whole, str(damage))


def _members(members: Iterator[Member], archive: Source, largest: int, depth: int) -> Iterator[Source]:
    is_empty = True
    for member in members:
        is_empty = False
        if member.content is None:
            yield Source(member.path, -1, problem=member.problem)
        else:
            yield from _contents(member.content, Source(member.path, member.content.size), largest, depth)
    if is_empty:
        yield _failed(archive, "an archive without any file")


def _plain(content: Reader, whole: Source, largest: int, keep_data: bool) -> Source:
    if whole.size > largest:
        return _failed(whole, _too_large(largest))
    if not keep_data:
        return whole
    data = content.read(largest + 1)
    if len(data) > largest:
        return _failed(whole, _too_large(largest))
    return Source(whole.path, len(data), whole.stamp, data)


def _failed(whole: Source, problem: str) -> Source:
    """Return a source that was not read; what an archive states as its size is not trusted."""
    return replace(whole, size=-1, problem=problem)


def _is_plain(head: bytes) -> bool:
    return not (is_compressed(head) or is_tar(head) or is_zip(head))


def _too_large(largest: int) -> str:
    return f"more than {largest} bytes"
