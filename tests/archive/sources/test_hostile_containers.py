"""Archives that are made to harm, and any bytes at all: bounded memory and work, problems, never an exception."""

import gzip
import random
import struct
import tarfile
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from helpers.packing import COMPRESSIONS, GZ, LONG, TAR, TEXT, info, inside, problems, sources_of, tar_of, told, zip_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from converter.archive.sources import SourceError, find_sources, read_source

MIB = 1024 * 1024


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_member_may_be_as_large_as_the_limit_and_no_larger() -> None:
    members = [("x", b"x" * 1000), ("y", b"y" * 1001), ("z", b"z")]
    expected = [("a!x", b"x" * 1000), ("a!y", "more than 1000 bytes"), ("a!z", b"z")]
    for data in (tar_of(*members), gzip.compress(tar_of(*members)), zip_of(*members), zip_of(*members, method=0)):
        assert told(inside(data, largest=1000)) == expected
    for pack in COMPRESSIONS.values():
        data = tar_of(*((name, pack(data)) for name, data in members))
        assert told(inside(data, largest=1000)) == expected
    assert told(inside(tar_of(("1.tar", tar_of(*members)), ("2", b"")), largest=1000)) == [
        *((path.replace("a!", "a!1.tar!"), data) for path, data in expected),
        ("a!2", b""),
    ], "an archive is a stream, which may be larger"
    inner = zip_of(("x", random.Random(1).randbytes(2000)))
    assert problems(inside(tar_of(("1.zip", inner)), largest=1000)) == {
        "a!1.zip": "a zip archive inside of another file, of more than 1000 bytes"
    }


def test_a_plain_file_over_the_limit() -> None:
    assert problems(inside(TEXT, largest=100)) == {"a": "more than 100 bytes"}
    (source,) = inside(gzip.compress(TEXT), largest=100)
    with pytest.raises(SourceError, match="more than 100 bytes"):
        read_source(source, largest=100)


BOMB = bytes(64 * MIB)


@pytest.mark.parametrize(
    "data",
    [
        *(pack(tar_of(("x", BOMB), ("y", TEXT))) for pack in COMPRESSIONS.values()),
        gzip.compress(gzip.compress(tar_of(("x", gzip.compress(BOMB))) + bytes(8 * MIB))),
        zip_of(*((str(number), BOMB[: 8 * MIB]) for number in range(8)), method=zipfile.ZIP_BZIP2),
        COMPRESSIONS["bzip2"](BOMB),
    ],
)
def test_a_bomb_takes_neither_memory_nor_time(data: bytes) -> None:
    """It ends with a problem when it has grown 200 times: the work is in proportion to the file."""
    Path("a").write_bytes(data)
    tracemalloc.start()
    found = sources_of("a", largest=MIB)
    try:
        for source in found:
            assert source.problem or source.data is None
            if not source.problem:
                with pytest.raises(SourceError):
                    read_source(source, largest=MIB)
        assert tracemalloc.get_traced_memory()[1] < 16 * MIB
    finally:
        tracemalloc.stop()
    assert len(found) < 9


def test_a_zip_whose_entries_share_the_same_bytes() -> None:
    """A directory of many entries for one member ends when more is read than the file can be worth."""
    body = random.Random(1).randbytes(100_000)
    data = zip_of(("x", body), method=zipfile.ZIP_STORED)
    begin = data.index(b"PK\x01\x02")
    entry, end = data[begin:-22], data[-22:]
    count = 5_000
    counts = struct.pack("<HHII", count, count, count * len(entry), begin)
    *whole, last = inside(data[:begin] + entry * count + end[:8] + counts + end[20:], largest=MIB)
    assert last.path == "a"
    assert last.problem == "grows more than 200 times when unpacked (a decompression bomb)"
    assert 100 < len(whole) < 1000
    assert not problems(whole)


def test_a_long_archive_takes_no_memory() -> None:
    """What was read is let go: 24 MB of members in the space of some of them."""
    member = random.Random(1).randbytes(100_000)
    Path("a").write_bytes(gzip.compress(tar_of(*((str(number), member) for number in range(240))), 1))
    tracemalloc.start()
    try:
        assert sum(source.size for source in find_sources(["a"])) == 24_000_000
        assert tracemalloc.get_traced_memory()[1] < 4 * MIB
    finally:
        tracemalloc.stop()


def test_nothing_is_read_before_it_is_asked_for() -> None:
    data = gzip.compress(tar_of(("x", TEXT), ("y", random.Random(1).randbytes(MIB))))
    Path("a").write_bytes(data[: MIB // 2])
    assert next(find_sources(["a"])).path == "a!x"


WHOLE = [
    TAR,
    GZ,
    zip_of(("x", TEXT), ("y/", b""), ("z", gzip.compress(TEXT))),
    *(pack(tar_of(("x", TEXT), ("1.zip", zip_of(("x", TEXT))))) for pack in COMPRESSIONS.values()),
    tar_of(
        (LONG, TEXT),
        (info("link", tarfile.SYMTYPE, linkname="x"), b""),
        ("x.tgz", GZ[:4000]),
        format=tarfile.GNU_FORMAT,
    ),
    tar_of((LONG, TEXT), ("é", TEXT), format=tarfile.PAX_FORMAT),
]
SIGNS = [
    b"",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b\x08",
    b"BZh91AY&SY",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
    bytes(512),
]
ANY = settings(max_examples=6 * settings().max_examples, suppress_health_check=[HealthCheck.function_scoped_fixture])


def check_any(data: bytes) -> None:
    """Whatever the bytes are: sources with paths of their own, each read or with a problem, and no exception."""
    found = inside(data, largest=100_000)
    problems(found)
    assert found
    for source in found:
        if not source.problem:
            with suppress(SourceError):
                read_source(source, largest=100_000)


@ANY
@given(st.sampled_from(SIGNS), st.binary(max_size=2000))
def test_any_bytes(sign: bytes, data: bytes) -> None:
    check_any(sign + data)


@ANY
@given(st.sampled_from(WHOLE), st.data())
def test_any_archive_cut_off_and_changed(data: bytes, draw: st.DataObject) -> None:
    made = bytearray(data[: draw.draw(st.integers(0, len(data)))])
    for at, new in draw.draw(st.lists(st.tuples(st.integers(0, len(data)), st.binary(max_size=9)), max_size=4)):
        made[at : at + len(new)] = new
    check_any(bytes(made))


@ANY
@given(st.binary(min_size=512, max_size=512), st.sampled_from(b"0157LKxgSMDVA\0"), st.binary(max_size=1500))
def test_any_tar_header(noise: bytes, kind: int, rest: bytes) -> None:
    block = bytearray(noise)
    block[156] = kind
    block[148:156] = b"%06o\0 " % (sum(block[:148]) + 256 + sum(block[156:]))
    check_any(bytes(block) + rest)
