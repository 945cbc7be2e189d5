"""Zip archives: the zipfile module reads the directory, the members are streamed here.

The zipfile module decompresses bzip2 without a limit, so it is used for the directory only. Format: APPNOTE.TXT 6.3.
"""

import bz2
import io
import stat
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from converter.archive.sources.members import Member, MemberPaths
from converter.archive.sources.streams import (
    Damaged,
    Decompressor,
    Deflate,
    GrowthLimit,
    Reader,
    decompressing_reader,
    error_text,
)

_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_LOCAL_SIGNATURE = b"PK\x03\x04"
_LOCAL_SIZE = 30
_ENCRYPTED = 0x1
_METHODS: dict[int, Callable[[], Decompressor] | None] = {
    ZIP_STORED: None,
    ZIP_DEFLATED: lambda: Deflate(-zlib.MAX_WBITS),
    ZIP_BZIP2: bz2.BZ2Decompressor,
}


def is_zip(head: bytes) -> bool:
    """Return whether bytes begin like a zip archive."""
    return head.startswith(_SIGNATURES)


def zip_members(reader: Reader, largest: int) -> Iterator[Member]:
    """Yield the members of a zip archive in the order of its directory, without folders.

    An archive that is not seekable is kept in memory, up to `largest` bytes. Raises Damaged if it is larger, or if the
    directory cannot be read.
    """
    file = reader.file or io.BytesIO(_read_all(reader, largest))
    paths = MemberPaths(reader.path)
    for info in _directory(file, reader):
        if not info.is_dir():
            yield _member(file, info, paths.path(info.filename), reader.growth)


def _read_all(reader: Reader, largest: int) -> bytes:
    data = reader.read(largest + 1)
    if len(data) > largest:
        raise Damaged(reader.path, f"a zip archive inside of another file, of more than {largest} bytes")
    return data


def _directory(file: BinaryIO, reader: Reader) -> list[ZipInfo]:
    try:
        with ZipFile(file) as archive:
            if reader.file is not None:
                reader.growth.bytes_read = max(reader.growth.bytes_read, file.seek(0, io.SEEK_END))
            return archive.infolist()
    except Exception as error:  # a broken directory makes zipfile raise almost anything
        raise Damaged(reader.path, f"the zip archive is damaged: {error_text(error)}") from error


def _member(file: BinaryIO, info: ZipInfo, path: str, growth: GrowthLimit) -> Member:
    if info.flag_bits & _ENCRYPTED:
        return Member(path, problem="encrypted")
    if stat.S_ISLNK(info.external_attr >> 16):
        return Member(path, problem="a link, not a file")
    if info.compress_type not in _METHODS:
        return Member(path, problem=f"compressed with method {info.compress_type} of zip, which is not read")
    packed = Reader(path, _PackedData(file, info, path).read_some, growth)
    create = _METHODS[info.compress_type]
    content = decompressing_reader(packed, create, concatenated=False) if create else packed
    return Member(path, Reader(path, _VerifiedData(content, info).read_some, growth, info.file_size))


class _PackedData:
    """The compressed bytes of a member, which follow its local header."""

    __slots__ = ("_file", "_info", "_path", "_position", "_remaining")

    def __init__(self, file: BinaryIO, info: ZipInfo, path: str) -> None:
        self._file = file
        self._info = info
        self._path = path
        self._position = -1
        self._remaining = info.compress_size

    def read_some(self, size: int) -> bytes:
        if not self._remaining:
            return b""
        try:
            if self._position < 0:
                self._position = self._data_start()
            self._file.seek(self._position)
            data = self._file.read(min(size, self._remaining))
        except Exception as error:
            raise Damaged(self._path, error_text(error)) from error
        if not data:
            raise Damaged(self._path, "cut off")
        self._position += len(data)
        self._remaining -= len(data)
        return data

    def _data_start(self) -> int:
        self._file.seek(self._info.header_offset)
        header = self._file.read(_LOCAL_SIZE)
        if len(header) < _LOCAL_SIZE or not header.startswith(_LOCAL_SIGNATURE):
            raise ValueError("damaged: no header where the directory of the zip archive has one")
        lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        return self._info.header_offset + _LOCAL_SIZE + lengths


class _VerifiedData:
    """The bytes of a member; raises Damaged at the end if size or checksum differ from the directory."""

    __slots__ = ("_content", "_crc", "_info", "_size")

    def __init__(self, content: Reader, info: ZipInfo) -> None:
        self._content = content
        self._info = info
        self._size = 0
        self._crc = 0

    def read_some(self, size: int) -> bytes:
        data = self._content.read_available(size)
        self._size += len(data)
        self._crc = zlib.crc32(data, self._crc)
        if self._info.compress_type == ZIP_STORED:  # other methods are counted where they are decompressed
            self._content.growth.add_unpacked(len(data))
        if not data and (self._size, self._crc) != (self._info.file_size, self._info.CRC):
            raise Damaged(self._content.path, "damaged: size or checksum is not what the zip archive says")
        return data
