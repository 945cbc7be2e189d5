"""Tar archives as streams, member by member: POSIX (ustar, pax), GNU and pre-POSIX formats.

The tarfile module ends silently at a damaged header, and allocates as much memory as a header states; this reader
does neither. Formats: POSIX.1-2001 ("pax Interchange Format") and the GNU tar manual ("Basic Tar Format").
"""

import re
from collections.abc import Iterator

from converter.archive.sources.members import Member, MemberPaths, printable_name
from converter.archive.sources.streams import CHUNK_SIZE, Damaged, Reader

_BLOCK = 512
_ZEROS = bytes(_BLOCK)
_MAX_EXTENSION_SIZE = 1024 * 1024
_OCTAL = re.compile(rb" *([0-7]*)(?:[ \0]|$)")
_PAX_RECORD = re.compile(rb"(\d{1,7}) ([^=]{1,256})=")
_DECIMAL = re.compile(rb"\d{1,19}")

_EXTENSIONS = b"LKxXg"
_FOLDER = b"5"
_METADATA = b"VD"  # the name of a volume, the list of a folder's files
_WITHOUT_DATA = {b"1": "a hard link", b"2": "a link", b"3": "a device", b"4": "a device", b"6": "a named pipe"}
_SPARSE = "a sparse file, which no text is"
_CONTINUED = "the rest of a file that begins in another volume"

_Records = dict[bytes, bytes]
"""Keyword -> value of extended headers."""


def is_tar(head: bytes) -> bool:
    """Return whether bytes begin like a tar archive: with a header of correct checksum, or a block of zeros."""
    return len(head) >= _BLOCK and (head[:_BLOCK] == _ZEROS or _is_header(head[:_BLOCK]))


def tar_members(reader: Reader) -> Iterator[Member]:
    """Yield the members of a tar archive in order, without folders. Raises Damaged where it is damaged or cut off."""
    paths = MemberPaths(reader.path)
    global_records: _Records = {}
    next_records: _Records = {}
    while (header := _read_header(reader)) is not None:
        kind = header[156:157]
        if kind in _EXTENSIONS:
            extended = global_records if kind == b"g" else next_records
            extended.update(_read_extension(reader, kind, _number(reader, header[124:136])))
            continue
        records, next_records = {**global_records, **next_records}, {}
        name = _name(header, records)
        if kind in _WITHOUT_DATA:
            yield Member(paths.path(name), problem=f"{_WITHOUT_DATA[kind]}, not a file")
        elif kind != _FOLDER and not (kind == b"\0" and name.endswith("/")):
            yield from _member_with_data(reader, header, records, name, paths)


def _member_with_data(
    reader: Reader, header: bytes, records: _Records, name: str, paths: MemberPaths
) -> Iterator[Member]:
    """Yield the member whose data follows its header, unless it is metadata of tar; then move behind the data."""
    kind, size = header[156:157], _size(reader, header, records)
    section = _Section(reader, size, name)
    if kind == b"S" or any(key.startswith(b"GNU.sparse.") for key in records):
        yield Member(paths.path(name), problem=_SPARSE)
        _skip_sparse_map(reader, header, kind)
    elif kind == b"M":
        yield Member(paths.path(name), problem=_CONTINUED)
    elif kind not in _METADATA:
        path = paths.path(name)
        yield Member(path, Reader(path, section.read_some, reader.growth, size))
    section.remaining += -size % _BLOCK
    while section.read_some(CHUNK_SIZE):
        pass


class _Section:
    """The next `size` bytes of a stream, the data of member `name`; raises Damaged for the archive if it ends early."""

    __slots__ = ("_name", "_reader", "remaining")

    def __init__(self, reader: Reader, size: int, name: str) -> None:
        self._reader = reader
        self._name = name
        self.remaining = size

    def read_some(self, size: int) -> bytes:
        if not self.remaining:
            return b""
        data = self._reader.read_available(min(size, self.remaining))
        if not data:
            raise Damaged(self._reader.path, f"cut off inside of {printable_name(self._name)[:200]}")
        self.remaining -= len(data)
        return data


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
    name = records.get(b"GNU.sparse.name") or records.get(b"path")
    if not name:
        name = header[:100].partition(b"\0")[0]
        prefix = header[345:500].partition(b"\0")[0] if header[257:263] == b"ustar\0" else b""
        name = prefix + b"/" + name if prefix else name
    return name.decode("utf-8", "surrogateescape")


def _read_extension(reader: Reader, kind: bytes, size: int) -> _Records:
    """Read an extended header, for the next member or for all: a long name, or pax records."""
    if size > _MAX_EXTENSION_SIZE:
        raise Damaged(reader.path, f"the tar archive is damaged: a header of {size} bytes")
    data = reader.read(size + -size % _BLOCK)
    if len(data) < size:
        raise Damaged(reader.path, "cut off inside of a header")
    if kind in b"LK":
        return {b"path": data[:size].partition(b"\0")[0]} if kind == b"L" else {}
    records, start = {}, 0
    while start < size and data[start]:
        match = _PAX_RECORD.match(data, start, size)
        end = start + int(match[1]) if match else 0
        if not match or not match.end() < end <= size:
            raise Damaged(reader.path, "the tar archive is damaged: a header that is no list of records")
        records[match[2]] = data[match.end() : end - 1]
        start = end
    return records


def _skip_sparse_map(reader: Reader, header: bytes, kind: bytes) -> None:
    """Skip the blocks that continue the map of an old GNU sparse file; a flag in each announces the next."""
    has_more = kind == b"S" and header[482]
    while has_more:
        block = reader.read(_BLOCK)
        has_more = len(block) == _BLOCK and block[504]
