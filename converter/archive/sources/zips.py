"""Zip archives: the directory as the standard library reads it, the members as streams of their own.

The standard library unpacks bzip2 without a limit, so only the directory is its work. Format: APPNOTE.TXT 6.3.
"""

import bz2
import io
import stat
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from converter.archive.sources.members import Member, Names
from converter.archive.sources.streams import Damaged, Decompressor, Deflate, Flow, Reader, inflated, why

_SIGNS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_LOCAL = b"PK\x03\x04"
_LOCAL_SIZE = 30
_ENCRYPTED = 0x1
_METHODS: dict[int, Callable[[], Decompressor] | None] = {
    ZIP_STORED: None,
    ZIP_DEFLATED: lambda: Deflate(-zlib.MAX_WBITS),
    ZIP_BZIP2: bz2.BZ2Decompressor,
}


def is_zip(head: bytes) -> bool:
    """Whether bytes begin like a zip archive."""
    return head.startswith(_SIGNS)


def zip_members(reader: Reader, largest: int) -> Iterator[Member]:
    """The members of a zip archive in the order of its directory, whose entries for folders are none.

    An archive that cannot be sought in is held in memory, up to `largest` bytes. Raises Damaged if it is larger, or
    if the directory cannot be read.
    """
    file = reader.file or io.BytesIO(_held(reader, largest))
    names = Names(reader.path)
    for info in _directory(file, reader):
        if not info.is_dir():
            yield _member(file, info, names.path(info.filename), reader.flow)


def _held(reader: Reader, largest: int) -> bytes:
    data = reader.read(largest + 1)
    if len(data) > largest:
        raise Damaged(reader.path, f"a zip archive inside of another file, of more than {largest} bytes")
    return data


def _directory(file: BinaryIO, reader: Reader) -> list[ZipInfo]:
    try:
        with ZipFile(file) as archive:
            if reader.file is not None:
                reader.flow.taken = max(reader.flow.taken, file.seek(0, io.SEEK_END))
            return archive.infolist()
    except Exception as error:  # a broken directory makes zipfile raise almost anything
        raise Damaged(reader.path, f"the zip archive is damaged: {why(error)}") from error


def _member(file: BinaryIO, info: ZipInfo, path: str, flow: Flow) -> Member:
    if info.flag_bits & _ENCRYPTED:
        return Member(path, problem="encrypted")
    if stat.S_ISLNK(info.external_attr >> 16):
        return Member(path, problem="a link, not a file")
    if info.compress_type not in _METHODS:
        return Member(path, problem=f"compressed with method {info.compress_type} of zip, which is not read")
    packed = Reader(path, _Section(file, info, path).more, flow)
    new = _METHODS[info.compress_type]
    content = inflated(packed, new, joined=False) if new else packed
    return Member(path, Reader(path, _Verified(content, info).more, flow, info.file_size))


class _Section:
    """The packed bytes of a member, which stand behind a header of its own."""

    __slots__ = ("_at", "_file", "_info", "_left", "_path")

    def __init__(self, file: BinaryIO, info: ZipInfo, path: str) -> None:
        self._file = file
        self._info = info
        self._path = path
        self._at = -1
        self._left = info.compress_size

    def more(self, size: int) -> bytes:
        if not self._left:
            return b""
        try:
            if self._at < 0:
                self._at = self._begin()
            self._file.seek(self._at)
            data = self._file.read(min(size, self._left))
        except Exception as error:
            raise Damaged(self._path, why(error)) from error
        if not data:
            raise Damaged(self._path, "cut off")
        self._at += len(data)
        self._left -= len(data)
        return data

    def _begin(self) -> int:
        self._file.seek(self._info.header_offset)
        header = self._file.read(_LOCAL_SIZE)
        if len(header) < _LOCAL_SIZE or not header.startswith(_LOCAL):
            raise ValueError("damaged: no header where the directory of the zip archive has one")
        lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        return self._info.header_offset + _LOCAL_SIZE + lengths


class _Verified:
    """The bytes of a member, which are damaged if they are not what the directory says."""

    __slots__ = ("_content", "_info", "_size", "_sum")

    def __init__(self, content: Reader, info: ZipInfo) -> None:
        self._content = content
        self._info = info
        self._size = 0
        self._sum = 0

    def more(self, size: int) -> bytes:
        data = self._content.some(size)
        self._size += len(data)
        self._sum = zlib.crc32(data, self._sum)
        if self._info.compress_type == ZIP_STORED:  # the others are counted where they are unpacked
            self._content.flow.give(len(data))
        if not data and (self._size, self._sum) != (self._info.file_size, self._info.CRC):
            raise Damaged(self._content.path, "damaged: size or checksum is not what the zip archive says")
        return data
