"""Tar archives as streams, member by member: POSIX (ustar, pax), GNU and pre-POSIX formats.

The tarfile module ends silently at a damaged header, and allocates as much memory as a header states; this reader
does neither. Formats: POSIX.1-2001 ("pax Interchange Format") and the GNU tar manual ("Basic Tar Format").
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from converter.archive.sources.members import MAX_NAME_LENGTH, Member, MemberPaths, printable_name
from converter.archive.sources.streams import CHUNK_SIZE, Damaged, Reader

_BLOCK = 512
_ZEROS = bytes(_BLOCK)
_MAX_EXTENSION_SIZE = 1024 * 1024
_MAX_EXTENSIONS = 100  # extended headers of one member; programs write two or three
_MAX_FILE_SIZE = 2**63 - 1  # of any file system
_OCTAL = re.compile(rb" *([0-7]*)(?:[ \0]|$)")
_PAX_RECORD = re.compile(rb"(\d{1,7}) ([^=]{1,256})=")
_DECIMAL = re.compile(rb"\d{1,30}")

_EXTENSIONS = b"LKxXg"
_FOLDER = b"5"
_METADATA = b"VD"  # the name of a volume, the list of a folder's files
_WITHOUT_DATA = {b"1": "a hard link", b"2": "a link", b"3": "a device", b"4": "a device", b"6": "a named pipe"}
_GNU_SPARSE_FILE = b"S"
_CONTINUATION = b"M"

_GNU_SPARSE = b"GNU.sparse."  # begins the keywords of a sparse file
_SPARSE_NAME = b"GNU.sparse.name"
_USED_RECORDS = (b"path", b"size", _SPARSE_NAME)

_Records = dict[bytes, bytes]
"""Keyword -> value of the records of extended headers that are used here; all other records are dropped."""


class _Extensions(Struct):
    """What the extended headers before a member say; `problem` is why they cannot be used, "" if they can."""

    records: _Records
    count: int = 0
    problem: str = ""


def is_tar(head: bytes) -> bool:
    """Return whether bytes begin like a tar archive: with a header of correct checksum, or a block of zeros."""
    return len(head) >= _BLOCK and (head[:_BLOCK] == _ZEROS or _is_header(head[:_BLOCK]))


def tar_members(reader: Reader) -> Iterator[Member]:
    """Yield the members of a tar archive in order, without folders. Raises Damaged where it is damaged or cut off."""
    paths = MemberPaths(reader.path)
    global_records: _Records = {}
    extensions = _Extensions({})
    while (header := _read_header(reader)) is not None:
        kind = header[156:157]
        if kind in _EXTENSIONS:
            records = _read_extension(reader, kind, _number(reader, header[124:136]), extensions)
            (global_records if kind == b"g" else extensions.records).update(records)
            continue
        records, problem = {**global_records, **extensions.records}, extensions.problem
        extensions = _Extensions({})
        name = _name(header, records)
        is_folder = kind == _FOLDER or (kind == b"\0" and name.endswith("/"))
        size = 0 if is_folder or kind in _WITHOUT_DATA else _size(reader, header, records)
        section = _Section(reader, size, name)
        if not is_folder and kind not in _METADATA:
            path = paths.path(name)
            problem = problem or _problem(kind, size, records)
            yield Member(path, None if problem else Reader(path, section.read_some, reader.growth, size), problem)
        if kind == _GNU_SPARSE_FILE:
            _skip_sparse_map(reader, header)
        section.skip()


def _problem(kind: bytes, size: int, records: _Records) -> str:
    """Return why a member that is followed by `size` bytes is not read, "" if it is."""
    if kind in _WITHOUT_DATA:
        return f"{_WITHOUT_DATA[kind]}, not a file"
    if kind == _GNU_SPARSE_FILE or _GNU_SPARSE in records:
        return "a sparse file, which no text is"
    if kind == _CONTINUATION:
        return "the rest of a file that begins in another volume"
    return f"states a size of {size} bytes, which no file has" if size > _MAX_FILE_SIZE else ""


class _Section:
    """The next `size` bytes of a stream, the data of member `name`; raises Damaged for the archive if it ends early."""

    __slots__ = ("_name", "_reader", "_remaining", "_size")

    def __init__(self, reader: Reader, size: int, name: str) -> None:
        self._reader = reader
        self._name = name
        self._size = size
        self._remaining = size

    def read_some(self, size: int) -> bytes:
        if not self._remaining:
            return b""
        data = self._reader.read_available(min(size, self._remaining))
        if not data:
            raise Damaged(self._reader.path, f"cut off inside of {printable_name(self._name)[:200]}")
        self._remaining -= len(data)
        return data

    def skip(self) -> None:
        """Move behind the data and its padding."""
        self._remaining += -self._size % _BLOCK
        while self.read_some(CHUNK_SIZE):
            pass


def _read_header(reader: Reader) -> bytes | None:
    """Read the next header, after any blocks of zeros; return None at the end mark, which is a block of zeros."""
    block, has_end_mark = reader.read(_BLOCK), False
    while block and not block.strip(b"\0"):
        block, has_end_mark = reader.read(_BLOCK), True
    if _is_header(block):
        return block
    if block:
        raise Damaged(reader.path, "the tar archive is damaged: no header where one should be")
    if not has_end_mark:
        raise Damaged(reader.path, "the tar archive has no end mark: it may be cut off")
    return None


def _is_header(block: bytes) -> bool:
    """Return whether a block's checksum is correct, as the sum of unsigned bytes or, as in old programs, of signed."""
    stated = _OCTAL.match(block[148:156])
    if len(block) < _BLOCK or not stated or not stated[1]:
        return False
    # The checksum is computed with its own field filled with spaces.
    difference = int(stated[1], 8) - sum(block) + sum(block[148:156]) - 8 * ord(" ")
    return not difference or difference == -256 * sum(byte > 127 for byte in block[:148] + block[156:])


def _number(reader: Reader, field: bytes) -> int:
    """Parse a number of a header: octal digits, or for large numbers binary after the byte 0x80."""
    if field[0] == 0x80:
        return int.from_bytes(field[1:], "big")
    digits = _OCTAL.match(field)
    if not digits:
        raise Damaged(reader.path, "the tar archive is damaged: a size that is no number")
    return int(digits[1] or b"0", 8)


def _size(reader: Reader, header: bytes, records: _Records) -> int:
    stated = records.get(b"size", b"")
    return int(stated) if _DECIMAL.fullmatch(stated) else _number(reader, header[124:136])


def _name(header: bytes, records: _Records) -> str:
    name = records.get(_SPARSE_NAME) or records.get(b"path")
    if not name:
        name = header[:100].partition(b"\0")[0]
        prefix = header[345:500].partition(b"\0")[0] if header[257:263] == b"ustar\0" else b""
        name = prefix + b"/" + name if prefix else name
    return name.decode("utf-8", "surrogateescape")


def _read_extension(reader: Reader, kind: bytes, size: int, extensions: _Extensions) -> _Records:
    """Read an extended header, for the next member or for all: a long name, or pax records.

    A header that cannot be used becomes the problem of the next member.
    """
    extensions.count += 1
    if size > _MAX_EXTENSION_SIZE or extensions.count > _MAX_EXTENSIONS:
        _Section(reader, size, "an extended header").skip()
        is_long = size > _MAX_EXTENSION_SIZE
        extensions.problem = f"has {f'a header of {size} bytes' if is_long else f'over {_MAX_EXTENSIONS} headers'}"
        return {}
    data = reader.read(size + -size % _BLOCK)
    if len(data) < size:
        raise Damaged(reader.path, "cut off inside of a header")
    if kind in b"LK":
        return {b"path": data[: min(size, MAX_NAME_LENGTH)].partition(b"\0")[0]} if kind == b"L" else {}
    try:
        return _pax_records(data[:size])
    except ValueError as error:
        extensions.problem = str(error)
        return {}


def _pax_records(data: bytes) -> _Records:
    """Return the records that are used here. Raises ValueError for anything but a list of records."""
    records, start = {}, 0
    while start < len(data) and data[start]:
        match = _PAX_RECORD.match(data, start)
        end = start + int(match[1]) if match else 0
        if not match or not match.end() < end <= len(data):
            raise ValueError("has a header that is no list of records")
        if match[2] in _USED_RECORDS:
            records[match[2]] = data[match.end() : min(end - 1, match.end() + MAX_NAME_LENGTH)]
        if match[2].startswith(_GNU_SPARSE):
            records[_GNU_SPARSE] = b""
        start = end
    return records


def _skip_sparse_map(reader: Reader, header: bytes) -> None:
    """Skip the blocks that continue the map of an old GNU sparse file; a flag in each announces the next."""
    has_more: int = header[482]
    while has_more:
        block = reader.read(_BLOCK)
        has_more = len(block) == _BLOCK and block[504]
