"""Tar archives as streams: POSIX (ustar, pax), GNU and the oldest ones, member by member.

The standard library's reader ends without a word at a damaged header, and allocates what a header says; this one
does neither. Formats: POSIX.1-2001 ("pax Interchange Format") and the GNU tar manual ("Basic Tar Format").
"""

import re
from collections.abc import Iterator

from converter.archive.sources.members import Member, Names, shown
from converter.archive.sources.streams import STEP, Damaged, Reader

_BLOCK = 512
_ZEROS = bytes(_BLOCK)
_LARGEST_EXTENSION = 1024 * 1024
_OCTAL = re.compile(rb" *([0-7]*)(?:[ \0]|$)")
_RECORD = re.compile(rb"(\d{1,7}) ([^=]{1,256})=")
_SIZE = re.compile(rb"\d{1,19}")

_EXTENSIONS = b"LKxXg"
_FOLDER = b"5"
_LISTS = b"VD"  # the name of a volume, the list of a folder's files
_NO_BYTES = {b"1": "a hard link", b"2": "a link", b"3": "a device", b"4": "a device", b"6": "a named pipe"}
_SPARSE = "a sparse file, which no text is"
_CONTINUED = "the rest of a file that begins in another volume"

_Records = dict[bytes, bytes]


def is_tar(head: bytes) -> bool:
    """Whether bytes begin like a tar archive: a header whose checksum is right, or the zeros of an empty one."""
    return len(head) >= _BLOCK and (head[:_BLOCK] == _ZEROS or _is_header(head[:_BLOCK]))


def tar_members(reader: Reader) -> Iterator[Member]:
    """The members of a tar archive in its order; folders are none. Raises Damaged where it is damaged or cut off."""
    names = Names(reader.path)
    common: _Records = {}
    records: _Records = {}
    while (block := _header(reader)) is not None:
        kind = block[156:157]
        if kind in _EXTENSIONS:
            (common if kind == b"g" else records).update(_extension(reader, kind, _number(reader, block[124:136])))
            continue
        told, records = {**common, **records}, {}
        name = _name(block, told)
        if kind in _NO_BYTES:
            yield Member(names.path(name), problem=f"{_NO_BYTES[kind]}, not a file")
        elif kind != _FOLDER and not (kind == b"\0" and name.endswith("/")):
            yield from _with_bytes(reader, block, told, name, names)


def _with_bytes(reader: Reader, block: bytes, told: _Records, name: str, names: Names) -> Iterator[Member]:
    """The member whose bytes follow its header, or none if they are tar's own; afterwards the stream is behind them."""
    kind, size = block[156:157], _size(reader, block, told)
    section = _Section(reader, size, name)
    if kind == b"S" or any(key.startswith(b"GNU.sparse.") for key in told):
        yield Member(names.path(name), problem=_SPARSE)
        _pass_map(reader, block, kind)
    elif kind == b"M":
        yield Member(names.path(name), problem=_CONTINUED)
    elif kind not in _LISTS:
        path = names.path(name)
        yield Member(path, Reader(path, section.more, reader.flow, size))
    section.left += -size % _BLOCK
    while section.more(STEP):
        pass


class _Section:
    """The next `left` bytes of a stream, those of the member `name`; it damages the stream if they are not there."""

    __slots__ = ("_name", "_reader", "left")

    def __init__(self, reader: Reader, size: int, name: str) -> None:
        self._reader = reader
        self._name = name
        self.left = size

    def more(self, size: int) -> bytes:
        if not self.left:
            return b""
        data = self._reader.some(min(size, self.left))
        if not data:
            raise Damaged(self._reader.path, f"cut off inside of {shown(self._name)[:200]}")
        self.left -= len(data)
        return data


def _header(reader: Reader) -> bytes | None:
    """The next header, beyond any blocks of zeros; None at the end of the archive, which such a block marks."""
    block, ended = reader.read(_BLOCK), False
    while block and not block.strip(b"\0"):
        block, ended = reader.read(_BLOCK), True
    if _is_header(block):
        return block
    if block:
        raise Damaged(reader.path, "the tar archive is damaged: no header where one should be")
    if not ended:
        raise Damaged(reader.path, "the tar archive has no end mark: it may be cut off")
    return None


def _is_header(block: bytes) -> bool:
    """Whether a block's checksum is right: of bytes without a sign, or with one as old programs added them up."""
    stated = _OCTAL.match(block[148:156])
    if len(block) < _BLOCK or not stated or not stated[1]:
        return False
    over = int(stated[1], 8) - sum(block) + sum(block[148:156]) - 8 * ord(" ")  # the sum counts its own field as blanks
    return not over or over == -256 * sum(byte > 127 for byte in block[:148] + block[156:])


def _number(reader: Reader, field: bytes) -> int:
    """A number of a header: octal digits, or the bytes of a large one behind 0x80."""
    if field[0] == 0x80:
        return int.from_bytes(field[1:], "big")
    digits = _OCTAL.match(field)
    if not digits:
        raise Damaged(reader.path, "the tar archive is damaged: a size that is no number")
    return int(digits[1] or b"0", 8)


def _size(reader: Reader, block: bytes, told: _Records) -> int:
    stated = told.get(b"size", b"")
    return int(stated) if _SIZE.fullmatch(stated) else _number(reader, block[124:136])


def _name(block: bytes, told: _Records) -> str:
    name = told.get(b"GNU.sparse.name") or told.get(b"path")
    if not name:
        name = block[:100].partition(b"\0")[0]
        prefix = block[345:500].partition(b"\0")[0] if block[257:263] == b"ustar\0" else b""
        name = prefix + b"/" + name if prefix else name
    return name.decode("utf-8", "surrogateescape")


def _extension(reader: Reader, kind: bytes, size: int) -> _Records:
    """What a header for the next member, or for all of them, says: a long name, or pax records."""
    if size > _LARGEST_EXTENSION:
        raise Damaged(reader.path, f"the tar archive is damaged: a header of {size} bytes")
    data = reader.read(size + -size % _BLOCK)
    if len(data) < size:
        raise Damaged(reader.path, "cut off inside of a header")
    if kind in b"LK":
        return {b"path": data[:size].partition(b"\0")[0]} if kind == b"L" else {}
    records, at = {}, 0
    while at < size and data[at]:
        record = _RECORD.match(data, at, size)
        end = at + int(record[1]) if record else 0
        if not record or not record.end() < end <= size:
            raise Damaged(reader.path, "the tar archive is damaged: a header that is no list of records")
        records[record[2]] = data[record.end() : end - 1]
        at = end
    return records


def _pass_map(reader: Reader, block: bytes, kind: bytes) -> None:
    """Pass what follows the header of an old GNU sparse file: more of its map of holes, as long as a flag says so."""
    more = kind == b"S" and block[482]
    while more:
        block = reader.read(_BLOCK)
        more = len(block) == _BLOCK and block[504]
