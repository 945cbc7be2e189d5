"""Bytes in order: reading ahead, decompressing, and never more than the input is worth."""

import bz2
import importlib
import lzma
import re
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol, cast

STEP = 256 * 1024
HEAD = 512
"""Bytes that tell what a stream holds: the first block of a tar archive is the longest of all signs."""

_COMPRESSED_STEP = 32 * 1024  # what a decompressor has not used yet is copied at every call
_MOST_LAYERS = 3
_MOST_GROWTH = 200  # text shrinks to a tenth; only what is made to harm grows more than this
_XZ_MEMORY = 256 * 1024 * 1024


class Damaged(Exception):  # noqa: N818 - it says what the bytes are
    """What stands at `path` cannot be read, or not to its end; the message says why, in one line."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(why)
        self.path = path


def why(error: BaseException) -> str:
    """An exception in one line without a path, for a person to read."""
    told = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    return "".join(char if char.isprintable() else " " for char in told)[:200].strip()


class Flow:
    """What is read of one file, and how much it grew while being unpacked, through all of its layers.

    Work and memory stay in proportion to the file: beyond `largest` bytes, 200 bytes for each one read.
    """

    __slots__ = ("given", "largest", "path", "taken")

    def __init__(self, path: str, largest: int) -> None:
        self.path = path
        self.largest = largest
        self.taken = 0
        self.given = 0

    def give(self, count: int) -> None:
        """Count unpacked bytes; raises Damaged for the file if they are too many for what was read of it."""
        self.given += count
        if self.given > self.largest + _MOST_GROWTH * self.taken:
            raise Damaged(self.path, f"grows more than {_MOST_GROWTH} times when unpacked (a decompression bomb)")


class Reader:
    """A stream that can be peeked into; `more(n)` gives it 1 to n bytes, or b"" at the end.

    `path` names what is read, in damages too; `size` is the number of bytes if it is known (-1 if not), and `file`
    the file itself if it can be sought in.
    """

    __slots__ = ("_at", "_held", "_more", "file", "flow", "path", "size")

    def __init__(
        self, path: str, more: Callable[[int], bytes], flow: Flow, size: int = -1, file: BinaryIO | None = None
    ) -> None:
        self.path = path
        self.flow = flow
        self.size = size
        self.file = file
        self._more = more
        self._held = b""
        self._at = 0

    def peek(self, size: int) -> bytes:
        """The next bytes without taking them: `size`, fewer only at the end."""
        self._fill(size)
        return self._held[self._at : self._at + size]

    def read(self, size: int) -> bytes:
        """The next bytes: `size`, fewer only at the end."""
        self._fill(size)
        return self.some(size) if self._at < len(self._held) else b""

    def some(self, size: int) -> bytes:
        """The next bytes that are at hand, at most `size`; b"" at the end."""
        if self._at == len(self._held):
            return self._more(size)
        data = self._held[self._at : self._at + size]
        self._at += len(data)
        return data

    def skip(self, size: int) -> int:
        """Take `size` bytes unseen; gives how many are missing at the end."""
        while size and (data := self.some(min(size, STEP))):
            size -= len(data)
        return size

    def _fill(self, size: int) -> None:
        have = len(self._held) - self._at
        if have >= size:
            return
        parts = [self._held[self._at :]] if have else []
        while have < size and (data := self._more(STEP)):
            parts.append(data)
            have += len(data)
        self._held = parts[0] if len(parts) == 1 else b"".join(parts)
        self._at = 0


def raw(file: BinaryIO, path: str, flow: Flow, size: int = -1) -> Reader:
    """The bytes of an open file; whatever its storage raises is a damage."""

    def more(wanted: int) -> bytes:
        try:
            data = file.read(wanted)
        except Exception as error:  # storages have exceptions of their own
            raise Damaged(path, why(error)) from error
        flow.taken += len(data)
        return data

    return Reader(path, more, flow, size, file)


class Decompressor(Protocol):
    """What bz2, lzma and Zstandard have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class Deflate:
    """zlib as such a decompressor; it verifies the checksum of a gzip itself."""

    __slots__ = ("_unit",)

    def __init__(self, wbits: int) -> None:
        self._unit = zlib.decompressobj(wbits)

    @property
    def eof(self) -> bool:
        return self._unit.eof

    @property
    def needs_input(self) -> bool:
        return not self._unit.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._unit.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._unit.decompress(self._unit.unconsumed_tail + data, max_length)


class _Inflation:
    """The state of a decompression; `joined`: compressed streams may follow each other, as in an appended-to gzip."""

    __slots__ = ("_joined", "_new", "_packed", "_pending", "_unit")

    def __init__(self, packed: Reader, new: Callable[[], Decompressor], joined: bool) -> None:
        self._packed = packed
        self._joined = joined
        self._new = new
        self._unit = new()
        self._pending = b""

    def more(self, size: int) -> bytes:
        while not self._unit.eof or (self._joined and self._begin_next()):
            data = b""
            if self._unit.needs_input:
                data, self._pending = self._pending or self._packed.some(_COMPRESSED_STEP), b""
            given = self._decompress(data, size)
            if given:
                self._packed.flow.give(len(given))
                return given
            if not data and self._unit.needs_input and not self._unit.eof:
                raise Damaged(self._packed.path, "the compressed data is cut off")
        return b""

    def _decompress(self, data: bytes, size: int) -> bytes:
        try:
            return self._unit.decompress(data, size)
        except Exception as error:  # each decompressor has exceptions of its own
            raise Damaged(self._packed.path, "the compressed data is damaged") from error

    def _begin_next(self) -> bool:
        """Begin the next of joined streams, which NUL bytes may stand before; say whether there is one."""
        rest = self._unit.unused_data.lstrip(b"\0")
        while not rest:
            data = self._packed.some(_COMPRESSED_STEP)
            if not data:
                return False
            rest = data.lstrip(b"\0")
        self._unit, self._pending = self._new(), rest
        return True


def inflated(packed: Reader, new: Callable[[], Decompressor], *, joined: bool = True) -> Reader:
    """What a compressed stream unpacks to, for whose parts (only one unless `joined`) `new` makes a decompressor."""
    return Reader(packed.path, _Inflation(packed, new, joined).more, packed.flow)


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


_COMPRESSED: tuple[tuple[re.Pattern[bytes], Callable[[], Decompressor]], ...] = (
    (re.compile(rb"\x1f\x8b\x08"), _gzip),
    (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), bz2.BZ2Decompressor),
    (re.compile(rb"\xfd7zXZ\x00"), _xz),
    (re.compile(rb"\x28\xb5\x2f\xfd"), _zstandard),
)


def is_compressed(head: bytes) -> bool:
    """Whether bytes begin like a gzip, bzip2, xz or Zstandard file."""
    return any(sign.match(head) for sign, _ in _COMPRESSED)


def unpacked(packed: Reader) -> Reader:
    """A stream without its compressions (the stream itself if it has none); raises Damaged."""
    for _ in range(_MOST_LAYERS + 1):
        head = packed.peek(HEAD)
        new = next((new for sign, new in _COMPRESSED if sign.match(head)), None)
        if new is None:
            return packed
        try:
            packed = inflated(packed, new)
        except ImportError as error:
            raise Damaged(packed.path, str(error)) from None
    raise Damaged(packed.path, f"compressed more than {_MOST_LAYERS} times over")
