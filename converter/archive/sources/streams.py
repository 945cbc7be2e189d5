"""Byte streams: lookahead, decompression, and a limit on how much the input may grow."""

import bz2
import importlib
import lzma
import re
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol, cast

from converter.archive.sources.passwords import without_password

CHUNK_SIZE = 256 * 1024
HEAD_SIZE = 512
"""Bytes needed to recognise a format: the first block of a tar archive, the longest of all signatures."""

_COMPRESSED_CHUNK_SIZE = 32 * 1024  # a decompressor copies its unused input at every call
_MAX_LAYERS = 3
_MAX_GROWTH = 200  # text shrinks to a tenth; only a decompression bomb grows more than this
_LONGEST_TEXT = 2000  # characters of an exception's message that are looked at
_XZ_MEMORY = 256 * 1024 * 1024


class Damaged(Exception):  # noqa: N818 - it describes the bytes
    """The data of `path` cannot be read, or not to its end; the message is one line with the reason."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(reason)
        self.path = path


def error_text(error: BaseException) -> str:
    """Return the message of an exception as one printable line of at most 200 characters, without path or password."""
    text = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    text = without_password(text[:_LONGEST_TEXT])
    return "".join(char if char.isprintable() else " " for char in text)[:200].strip()


class GrowthLimit:
    """Bounds how much one file may grow when it is decompressed, over all of its layers.

    Work and memory stay proportional to the file: at most `largest` bytes plus 200 bytes for each byte read.
    """

    __slots__ = ("bytes_read", "bytes_unpacked", "largest", "path")

    def __init__(self, path: str, largest: int) -> None:
        self.path = path
        self.largest = largest
        self.bytes_read = 0
        self.bytes_unpacked = 0

    def add_unpacked(self, count: int) -> None:
        """Count `count` decompressed bytes; raise Damaged for the file if they exceed the limit."""
        self.bytes_unpacked += count
        if self.bytes_unpacked > self.largest + _MAX_GROWTH * self.bytes_read:
            raise Damaged(self.path, f"grows more than {_MAX_GROWTH} times when unpacked (a decompression bomb)")


class Reader:
    """A byte stream with lookahead.

    `read_some(n)` supplies 1 to n bytes, or b"" at the end. `path` names the stream, also in Damaged; `size` is the
    number of bytes, -1 if unknown; `file` is the underlying file if it is seekable.
    """

    __slots__ = ("_buffer", "_position", "_read_some", "file", "growth", "path", "size")

    def __init__(
        self,
        path: str,
        read_some: Callable[[int], bytes],
        growth: GrowthLimit,
        size: int = -1,
        file: BinaryIO | None = None,
    ) -> None:
        self.path = path
        self.growth = growth
        self.size = size
        self.file = file
        self._read_some = read_some
        self._buffer = b""
        self._position = 0

    def peek(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer only at the end, without consuming them."""
        self._fill(size)
        return self._buffer[self._position : self._position + size]

    def read(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer only at the end."""
        self._fill(size)
        return self.read_available(size) if self._position < len(self._buffer) else b""

    def read_available(self, size: int) -> bytes:
        """Return 1 to `size` bytes with at most one read of the source; b"" at the end."""
        if self._position == len(self._buffer):
            return self._read_some(size)
        data = self._buffer[self._position : self._position + size]
        self._position += len(data)
        return data

    def _fill(self, size: int) -> None:
        available = len(self._buffer) - self._position
        if available >= size:
            return
        parts = [self._buffer[self._position :]] if available else []
        while available < size and (data := self._read_some(CHUNK_SIZE)):
            parts.append(data)
            available += len(data)
        self._buffer = parts[0] if len(parts) == 1 else b"".join(parts)
        self._position = 0


def file_reader(file: BinaryIO, path: str, growth: GrowthLimit, size: int = -1) -> Reader:
    """Return a reader of an open file; any exception of its storage becomes Damaged."""

    def read_some(count: int) -> bytes:
        try:
            data = file.read(count)
        except Exception as error:  # storages have exceptions of their own
            raise Damaged(path, error_text(error)) from error
        growth.bytes_read += len(data)
        return data

    return Reader(path, read_some, growth, size, file)


class Decompressor(Protocol):
    """The interface that the decompressors of bz2, lzma and Zstandard share."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class Deflate:
    """zlib with the interface of Decompressor; zlib itself verifies the checksum of a gzip file."""

    __slots__ = ("_decompressor",)

    def __init__(self, wbits: int) -> None:
        self._decompressor = zlib.decompressobj(wbits)

    @property
    def eof(self) -> bool:
        return self._decompressor.eof

    @property
    def needs_input(self) -> bool:
        return not self._decompressor.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._decompressor.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._decompressor.decompress(self._decompressor.unconsumed_tail + data, max_length)


class _Decompression:
    """The state of one decompression.

    If `concatenated`, several compressed streams may follow each other, as in a gzip file that was appended to.
    """

    __slots__ = ("_concatenated", "_create", "_decompressor", "_packed", "_pending")

    def __init__(self, packed: Reader, create: Callable[[], Decompressor], concatenated: bool) -> None:
        self._packed = packed
        self._concatenated = concatenated
        self._create = create
        self._decompressor = create()
        self._pending = b""

    def read_some(self, size: int) -> bytes:
        while not self._decompressor.eof or (self._concatenated and self._begin_next()):
            data = b""
            if self._decompressor.needs_input:
                data, self._pending = self._pending or self._packed.read_available(_COMPRESSED_CHUNK_SIZE), b""
            output = self._decompress(data, size)
            if output:
                self._packed.growth.add_unpacked(len(output))
                return output
            if not data and self._decompressor.needs_input and not self._decompressor.eof:
                raise Damaged(self._packed.path, "the compressed data is cut off")
        return b""

    def _decompress(self, data: bytes, size: int) -> bytes:
        try:
            return self._decompressor.decompress(data, size)
        except Exception as error:  # each decompressor has exceptions of its own
            raise Damaged(self._packed.path, "the compressed data is damaged") from error

    def _begin_next(self) -> bool:
        """Begin the next concatenated stream, after any NUL padding; return False if there is none."""
        rest = self._decompressor.unused_data.lstrip(b"\0")
        while not rest:
            data = self._packed.read_available(_COMPRESSED_CHUNK_SIZE)
            if not data:
                return False
            rest = data.lstrip(b"\0")
        self._decompressor, self._pending = self._create(), rest
        return True


def decompressing_reader(packed: Reader, create: Callable[[], Decompressor], *, concatenated: bool = True) -> Reader:
    """Return a reader of the decompressed bytes of `packed`.

    `create` makes a decompressor for each compressed stream in it; unless `concatenated`, only the first is read.
    """
    return Reader(packed.path, _Decompression(packed, create, concatenated).read_some, packed.growth)


def _gzip() -> Decompressor:
    return Deflate(16 + zlib.MAX_WBITS)


def _xz() -> Decompressor:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)


def _zstandard() -> Decompressor:
    for module in ("compression.zstd", "backports.zstd"):
        try:
            return cast("Decompressor", importlib.import_module(module).ZstdDecompressor())
        except ImportError:
            continue
    raise ImportError("compressed with Zstandard, which this Python does not read")


_DECOMPRESSORS: tuple[tuple[re.Pattern[bytes], Callable[[], Decompressor]], ...] = (
    (re.compile(rb"\x1f\x8b\x08"), _gzip),
    (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), bz2.BZ2Decompressor),
    (re.compile(rb"\xfd7zXZ\x00"), _xz),
    (re.compile(rb"\x28\xb5\x2f\xfd"), _zstandard),
)
"""The signature of each compressed format, and its decompressor."""


def is_compressed(head: bytes) -> bool:
    """Return whether bytes begin like a gzip, bzip2, xz or Zstandard file."""
    return any(signature.match(head) for signature, _ in _DECOMPRESSORS)


def decompressed(packed: Reader) -> Reader:
    """Return the stream with every layer of compression removed, or the stream itself if it is not compressed.

    Raises Damaged for more than three layers, or for a format that this Python cannot decompress.
    """
    for _ in range(_MAX_LAYERS + 1):
        head = packed.peek(HEAD_SIZE)
        create = next((create for signature, create in _DECOMPRESSORS if signature.match(head)), None)
        if create is None:
            return packed
        try:
            packed = decompressing_reader(packed, create)
        except ImportError as error:
            raise Damaged(packed.path, str(error)) from None
    raise Damaged(packed.path, f"compressed more than {_MAX_LAYERS} times over")
