"""Archives for tests, made in memory."""

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from converter.archive.sources import LARGEST, Source, find_sources, read_source

TEXT = b"CONSOLIDATED BALANCE SHEETS\n" * 40
LONG = "/".join(["a-folder-with-a-long-name"] * 8) + "/filing.txt"

COMPRESSIONS: Mapping[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
}


def info(name: str, kind: bytes = tarfile.REGTYPE, size: int = 0, **more: object) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.size = kind, size
    for key, value in more.items():
        setattr(made, key, value)
    return made


def tar_of(*members: tuple[str | tarfile.TarInfo, bytes], format: int = tarfile.PAX_FORMAT) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=format, errors="surrogateescape") as archive:
        for name, data in members:
            archive.addfile(info(name, size=len(data)) if isinstance(name, str) else name, io.BytesIO(data))
    return file.getvalue()


def zip_of(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return file.getvalue()


TAR = tar_of(("x", TEXT), ("y", TEXT))
GZ = gzip.compress(tar_of(("x", TEXT), ("y", random.Random(1).randbytes(100_000))), mtime=0)
"""The same bytes in every process: tests are named for them."""


def sources_of(*inputs: object, largest: int = LARGEST) -> list[Source]:
    return list(find_sources([str(given) for given in inputs], largest=largest))


def inside(data: bytes, largest: int = LARGEST) -> list[Source]:
    """The sources of a file `a`, here, of these bytes."""
    Path("a").write_bytes(data)
    return sources_of("a", largest=largest)


def told(sources: Iterable[Source]) -> list[tuple[str, bytes | str]]:
    """Each source's path with its bytes, or with its problem."""
    return [(source.path, source.problem or read_source(source)) for source in sources]


def problems(sources: Iterable[Source]) -> dict[str, str]:
    """The problems by path. Whatever has one has no bytes, and every path is a source of its own and can be kept."""
    held = list(sources)
    assert len({source.path for source in held}) == len(held)
    for source in held:
        assert source.path.isprintable()
        assert source.path.encode().decode() == source.path
        assert source.problem.isprintable()
        assert source.data is None or (not source.problem and source.size == len(source.data))
    return {source.path: source.problem for source in held if source.problem}
