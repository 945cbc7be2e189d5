"""Archives made of mutants, with unusual names, and damaged."""

import bz2
import gzip
import io
import lzma
import tarfile
import warnings
import zipfile
from collections.abc import Callable
from functools import partial
from random import Random

from helpers.packing import tar_of, zip_of

from fuzz import words
from fuzz.outputs import bytes_over, truncated

_COMPRESSIONS: tuple[Callable[[bytes], bytes], ...] = (partial(gzip.compress, mtime=0), bz2.compress, lzma.compress)
_FORMATS = (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT)


def archive_of(contents: list[bytes], chance: Random) -> tuple[bytes, list[str]]:
    """Pack contents into an archive, perhaps nested, compressed or damaged; say how."""
    ways = []
    members = [(chance.choice(words.NAMES) or "x", data) for data in contents for _ in range(chance.choice((1, 1, 3)))]
    data = b""
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        data, way = _packed(members, chance)
        ways.append(way)
        if chance.random() < 0.4:
            data = chance.choice(_COMPRESSIONS)(data)
            ways.append("compressed")
        members = [(chance.choice(words.NAMES) or "x", data)]
    for _ in range(chance.choice((0, 1, 1, 2))):
        damage = chance.choice((bytes_over, truncated, _sum_kept))
        data = damage(data, b"", chance)
        ways.append(damage.__name__)
    return data, ways


def _packed(members: list[tuple[str, bytes]], chance: Random) -> tuple[bytes, str]:
    if chance.random() < 0.4:
        names = [(name.encode("utf-8", "replace").decode()[:60_000], data) for name, data in members]
        method = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
        with warnings.catch_warnings(action="ignore"):  # of names that occur twice
            return zip_of(*names, method=method), "zip"
    format_ = chance.choice(_FORMATS)
    try:
        return tar_of(*members, format=format_), "tar"
    except ValueError:  # a name that this format cannot hold
        return tar_of(*members, format=tarfile.PAX_FORMAT), "tar"


def _sum_kept(data: bytes, _: bytes, chance: Random) -> bytes:
    """Change a field of a tar header and its checksum with it."""
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            starts = [member.offset for member in archive]
    except Exception:  # damaged before
        return data
    if not starts or data[257:262] != b"ustar":
        return data
    start = chance.choice(starts)
    header = bytearray(data[start : start + 512])
    field = chance.choice((range(124, 136), range(124, 136), range(156, 157), range(100), range(345, 500)))
    for i in field:
        header[i] = chance.choice((0x80, 0xFF, 0x37, 0x30, 0x20, 0, 0x78, 0x67, 0x4C, 0x53))
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return data[:start] + bytes(header) + data[start + 512 :]
