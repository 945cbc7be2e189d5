"""Archives: every format, whole and damaged, honest and hostile; each member ends as exactly one source."""

import gzip
import io
import random
import struct
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.packing import COMPRESSIONS, GZ, LONG, TAR, TEXT, info, inside, problems, sources_of, tar_of, told, zip_of

from converter.archive.sources import LARGEST, SourceError, read_source


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# What archives are like


@pytest.mark.parametrize("format", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_tar_formats(format: int) -> None:
    members = [(name, TEXT + name.encode()) for name in ("0000950123-03-000001.nc", LONG, "é/ü.txt")]
    data = tar_of((info("folder", tarfile.DIRTYPE), b""), *members, ("empty", b""), format=format)
    assert told(inside(data)) == [(f"a!{name}", data) for name, data in [*members, ("empty", b"")]]


@pytest.mark.parametrize("signed", [False, True])
def test_tar_without_magic(signed: bool) -> None:
    """The oldest tars have nothing but the checksum, which may be that of signed characters."""
    data = bytearray(tar_of(("café", TEXT), format=tarfile.USTAR_FORMAT))
    data[257:265] = bytes(8)
    block = data[:148] + b" " * 8 + data[156:512]
    data[148:156] = b"%06o\0 " % sum(byte - 256 if signed and byte > 127 else byte for byte in block)
    assert told(inside(bytes(data))) == [("a!café", TEXT)]


def test_tars_written_one_behind_the_other() -> None:
    data = tar_of(("1", TEXT)) + tar_of(("2", TEXT))
    assert told(inside(data)) == [("a!1", TEXT), ("a!2", TEXT)]


def test_tar_headers_of_other_programs() -> None:
    """Records that hold for all members; sizes too large for octal digits; lists of folders and names of volumes."""
    shared = tarfile.TarInfo.create_pax_global_header({"comment": "made by a test", "path": "shared"})
    large = bytearray(tar_of(("large", TEXT), format=tarfile.GNU_FORMAT))
    large[124:136] = b"\x80" + len(TEXT).to_bytes(11, "big")
    large[148:156] = b"%06o\0 " % (sum(large[:148]) + 256 + sum(large[156:512]))
    lists = tar_of((info("list", b"D", 6), b"Yname\0"), (info("volume", b"V"), b""), format=tarfile.GNU_FORMAT)
    data = bytes(large) + lists + tar_of(("contiguous", b"c"), format=tarfile.GNU_FORMAT) + shared + tar_of(("x", b"x"))
    assert told(inside(data)) == [("a!large", TEXT), ("a!contiguous", b"c"), ("a!shared", b"x")]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_zip_methods(method: int) -> None:
    members = [("x/a.txt", TEXT), ("é", b""), ("long", TEXT * 900)]
    data = zip_of(("x/", b""), *members, method=method)
    assert told(inside(data)) == [(f"a!{name}", data) for name, data in members]


def test_zip_written_to_a_pipe() -> None:
    """Its members state their sizes behind them."""

    class Pipe(io.BytesIO):
        def seek(self, *_: int) -> int:
            raise OSError

        def tell(self) -> int:
            raise OSError

    with zipfile.ZipFile(file := Pipe(), "w", zipfile.ZIP_DEFLATED) as archive, archive.open("x", "w") as member:
        member.write(TEXT)
    assert told(inside(file.getvalue())) == [("a!x", TEXT)]


@pytest.mark.parametrize("pack", COMPRESSIONS.values(), ids=list(COMPRESSIONS))
def test_compressed(pack: Callable[[bytes], bytes]) -> None:
    for data, whole in (
        (pack(TEXT), TEXT),
        (pack(TEXT) + pack(b"more") + bytes(512), TEXT + b"more"),
        (pack(b""), b""),
    ):
        (source,) = inside(data)
        assert (source.size, source.data) == (-1, None), "it is unpacked when its turn comes"
        assert read_source(source) == whole
    assert told(inside(pack(tar_of(("x", TEXT))))) == [("a!x", TEXT)]
    assert told(inside(pack(zip_of(("x", TEXT))))) == [("a!x", TEXT)]
    assert told(inside(tar_of(("x.txt", pack(TEXT))))) == [("a!x.txt", TEXT)]
    assert told(inside(zip_of(("x.txt", pack(TEXT))))) == [("a!x.txt", TEXT)]


def test_zstandard_needs_a_python_that_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("compression.zstd", "backports.zstd"):
        monkeypatch.setitem(sys.modules, module, None)
    found = problems(inside(b"\x28\xb5\x2f\xfd" + TEXT))
    assert found == {"a": "compressed with Zstandard, which this Python does not read"}


def test_zstandard() -> None:
    zstd = pytest.importorskip("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
    assert told(inside(zstd.compress(tar_of(("x", TEXT))))) == [("a!x", TEXT)]


def test_archives_inside_of_archives() -> None:
    """A daily feed of feeds: the depth is that of archives, a compressed one counts once."""
    feed = gzip.compress(tar_of(("0000950123-03-000001.nc", TEXT)))
    assert told(inside(zip_of(("2003/0801.nc.tar.gz", feed)))) == [
        ("a!2003/0801.nc.tar.gz!0000950123-03-000001.nc", TEXT)
    ]
    data = TEXT
    for depth in range(4):
        data = (tar_of, zip_of)[depth % 2](("x", data), ("y", TEXT))
    assert told(inside(data)) == [
        ("a!x!x!x", "an archive inside of 3 others, where it is not looked for"),
        ("a!x!x!y", TEXT),
        ("a!x!y", TEXT),
        ("a!y", TEXT),
    ]


def test_the_bytes_tell_what_it_is_not_the_name() -> None:
    for name in ("a.zip", "a.tar", "a.tar.gz", "a.xz"):
        Path(name).write_bytes(TEXT)
        assert told(sources_of(name)) == [(name, TEXT)]
    Path("b.txt").write_bytes(gzip.compress(tar_of(("x.zip", TEXT))))
    assert told(sources_of("b.txt")) == [("b.txt!x.zip", TEXT)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (
            ["../../x", "/etc/x", "a/./b//c/", "C:\\x\\..\\y"],
            [r"\x2e\x2e/\x2e\x2e/x", "etc/x", "a/b/c", r"C:/x/\x2e\x2e/y"],
        ),
        (["x", "x", "./x", "x#2", "x"], ["x", "x#2", "x#3", "x#2#2", "x#4"]),
        (
            ["x!y", "line\nend", "bell\a", "", "/", "caf\udce9"],
            [r"x\x21y", r"line\x0aend", r"bell\x07", "_", "_#2", r"caf\udce9"],
        ),
        (["left\u202eright", "n" * 5000, "n" * 5001], [r"left\u202eright", "n" * 4000, "n" * 4000 + "#2"]),
    ],
)
def test_names_are_safe_and_only_once(names: list[str], expected: list[str]) -> None:
    """No name leads out of the archive, and what does not print is an escape."""
    data = tar_of(*((name, name.encode("utf-8", "surrogateescape")) for name in names), format=tarfile.GNU_FORMAT)
    found = inside(data)
    assert not problems(found)
    assert [source.path for source in found] == [f"a!{name}" for name in expected]


def test_many_members_of_one_name() -> None:
    """Their paths are found one after the other, not each by trying all before it: this ends."""
    found = inside(tar_of(*[("x", b"")] * 3_000, *((f"x#{number}", b"") for number in range(2, 3_000))))
    assert len({source.path for source in found}) == 5_998


# What is no file, and what is damaged


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        (tarfile.SYMTYPE, "a link, not a file"),
        (tarfile.LNKTYPE, "a hard link, not a file"),
        (tarfile.CHRTYPE, "a device, not a file"),
        (tarfile.BLKTYPE, "a device, not a file"),
        (tarfile.FIFOTYPE, "a named pipe, not a file"),
        (b"M", "the rest of a file that begins in another volume"),
    ],
)
def test_tar_members_without_bytes(kind: bytes, problem: str) -> None:
    found = inside(tar_of((info("x", kind, linkname="/etc/passwd"), b""), ("x", TEXT), format=tarfile.GNU_FORMAT))
    assert told(found) == [("a!x", problem), ("a!x#2", TEXT)]
    assert not found[0].data


@pytest.mark.parametrize("real", [1000, 2**31 + 1])
def test_sparse_files_are_not_read(real: int) -> None:
    """Neither what GNU tar wrote first, with more maps of holes than one, nor its pax records."""
    old = bytearray(tar_of((info("sparse", b"S", len(TEXT)), TEXT), format=tarfile.GNU_FORMAT)[:512])
    old[482], old[483:495] = 1, b"%011o\0" % real
    old[124:136] = b"%011o\0" % 512
    old[148:156] = b"%06o\0 " % (sum(old[:148]) + 256 + sum(old[156:512]))
    maps = bytes(504) + b"\1" + bytes(7) + bytes(512)
    new = info("GNUSparseFile/x", size=512)
    new.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.name": "new", "GNU.sparse.realsize": str(real)}
    data = bytes(old) + maps + b"h" * 512 + tar_of((new, b"h" * 512), ("x", TEXT))
    told_of = "a sparse file, which no text is"
    assert told(inside(data)) == [("a!sparse", told_of), ("a!new", told_of), ("a!x", TEXT)]


def header(name: str, size: int, kind: bytes = b"0") -> bytes:
    return info(name, kind, size).tobuf(tarfile.GNU_FORMAT)


NO_HEADER = "the tar archive is damaged: no header where one should be"


@pytest.mark.parametrize(
    ("data", "count", "problem"),
    [
        (TAR[:600], 0, "cut off inside of x"),
        (TAR[:2560], 1, "cut off inside of y"),
        (TAR[:2000], 1, "cut off inside of x"),
        (TAR[:2100], 1, NO_HEADER),
        (TAR[: 512 + 1536], 1, "the tar archive has no end mark: it may be cut off"),
        (TAR[:2048] + b"#" + TAR[2049:], 1, NO_HEADER),
        (TAR + b"and more", 2, NO_HEADER),
        (header("x", 2**62, b"L") + TEXT, 0, "cut off inside of an extended header"),
        (header("x", 999, b"x"), 0, "cut off inside of a header"),
        (bytes(10240), 0, "an archive without any file"),
        (tar_of((info("x", tarfile.DIRTYPE), b"")), 0, "an archive without any file"),
        (zip_of(), 0, "an archive without any file"),
        (GZ[:-9], 2, "the compressed data is cut off"),
        (GZ[:50_000], 1, "the compressed data is cut off"),
        (GZ[:-8] + bytes(8), 2, "the compressed data is damaged"),
        (GZ + b"and more", 2, "the compressed data is damaged"),
        (GZ[:20], 0, "the compressed data is cut off"),
        (gzip.compress(gzip.compress(gzip.compress(gzip.compress(TEXT)))), 0, "compressed more than 3 times over"),
        (zip_of(("x", TEXT))[:-30], 0, "the zip archive is damaged: File is not a zip file"),
        (b"PK\x03\x04" + TEXT, 0, "the zip archive is damaged: File is not a zip file"),
    ],
)
def test_a_damaged_archive_gives_what_is_whole(data: bytes, count: int, problem: str) -> None:
    *whole, damaged = inside(data)
    assert [source.path for source in whole] == ["a!x", "a!y"][:count]
    assert not problems(whole)
    assert (damaged.path, damaged.problem, damaged.data) == ("a", problem, None)


RECORDS = b"10 mtime=1".ljust(512, b"\n")


@pytest.mark.parametrize(
    ("before", "problem"),
    [
        (header("x", 8, b"x") + b"99 a=b\n".ljust(512), "has a header that is no list of records"),
        (header("x", 8, b"x") + b"0 a=b\n".ljust(512), "has a header that is no list of records"),
        (header("x", 2 * 2**20, b"L") + bytes(2 * 2**20), f"has a header of {2 * 2**20} bytes"),
        (header("x", 2 * 2**20, b"g") + bytes(2 * 2**20), f"has a header of {2 * 2**20} bytes"),
        ((header("x", 10, b"x") + RECORDS) * 3000, "has over 100 headers"),
        ((header("x", 10, b"g") + RECORDS) * 101, "has over 100 headers"),
    ],
)
def test_extended_headers_that_cannot_be_used_are_a_problem_of_their_member(before: bytes, problem: str) -> None:
    data = tar_of(("1", TEXT))[:2048] + before + tar_of(("2", TEXT), ("3", TEXT))
    assert told(inside(data)) == [("a!1", TEXT), ("a!2", problem), ("a!3", TEXT)]


def test_as_many_extended_headers_as_one_likes_before_many_members() -> None:
    """What a header says is forgotten with its member, or when it is of no use: work is not many headers times many."""
    one = tarfile.TarInfo.create_pax_global_header({f"key{number}": "value" for number in range(500)})
    data = b"".join(one + tar_of((str(number), b""))[:512] for number in range(300)) + bytes(1024)
    assert not problems(found := inside(data))
    assert len(found) == 300


def sized(name: str, size: int) -> bytes:
    """A header that states any size, in binary."""
    block = bytearray(header(name, 0))
    block[124:136] = b"\x80" + size.to_bytes(11, "big")
    block[148:156] = b"%06o\0 " % (sum(block[:148]) + 256 + sum(block[156:]))
    return bytes(block)


@pytest.mark.parametrize(
    ("size", "problem"),
    [
        (2**40, f"more than {LARGEST} bytes"),
        (2**63 - 1, f"more than {LARGEST} bytes"),
        (2**63, f"states a size of {2**63} bytes, which no file has"),
        (2**88 - 1, f"states a size of {2**88 - 1} bytes, which no file has"),
    ],
)
def test_an_absurd_size_is_a_problem_of_its_member(size: int, problem: str) -> None:
    """No size that is only stated is passed on."""
    digits = b"%d size=%d\n" % (9 + len(b"%d" % size), size)
    for stated in (sized("y", size), header("x", len(digits), b"x") + digits.ljust(512, b"\0") + header("y", 0)):
        found = inside(tar_of(("x", TEXT))[:2048] + stated + TEXT)
        assert told(found) == [("a!x", TEXT), ("a!y", problem), ("a", "cut off inside of y")]
        assert [source.size for source in found] == [len(TEXT), -1, -1]
    found = inside(tar_of(("x", TEXT), ("inner.tar", sized("y", size) + TEXT)))
    assert problems(found) == {"a!inner.tar!y": problem, "a!inner.tar": "cut off inside of y"}


def test_an_absurd_size_in_a_zip_is_a_problem_of_its_member() -> None:
    """As the 64 bits of a zip64 record state it."""
    data = zip_of(("x", TEXT), ("y", TEXT))
    directory, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    extra = struct.pack("<HHQ", 1, 8, 2**64 - 1)
    entry = bytearray(data[directory:end][: (end - directory) // 2])
    entry[24:28], entry[30:32] = b"\xff" * 4, struct.pack("<H", len(extra))
    rest = data[directory + len(entry) : end]
    tail = bytearray(data[end:])
    tail[12:16] = struct.pack("<I", len(entry) + len(extra) + len(rest))
    found = inside(data[:directory] + bytes(entry) + extra + rest + bytes(tail))
    assert told(found) == [("a!x", f"more than {LARGEST} bytes"), ("a!y", TEXT)]
    assert found[0].size == -1


def test_a_damaged_archive_ends_neither_its_neighbours_nor_the_one_around_it() -> None:
    data = tar_of(("1", TAR[:600]), ("2", GZ[:20]), ("3", b"PK\x03\x04"), ("4", TEXT))
    assert problems(inside(data)) == {
        "a!1": "cut off inside of x",
        "a!2": "the compressed data is cut off",
        "a!3": "the zip archive is damaged: File is not a zip file",
    }
    assert told(inside(data))[3] == ("a!4", TEXT)
    outer = tar_of(("1", TAR), ("2", TEXT))
    assert told(inside(outer[:3000])) == [("a!1!x", TEXT), ("a", "cut off inside of 1")], (
        "one problem, of the outer one"
    )


def test_a_damaged_gzip_is_told_when_it_is_read() -> None:
    for data in (gzip.compress(random.Random(1).randbytes(9_999))[:-9], gzip.compress(TEXT) + b"and more"):
        (source,) = inside(data)
        with pytest.raises(SourceError, match="the compressed data is"):
            read_source(source)


def changed(data: bytes, changes: dict[int, bytes]) -> bytes:
    """A zip with other bytes at these places: of the header of its first member, or (negative) of its directory."""
    made = bytearray(data)
    for place, new in changes.items():
        at = place if place >= 0 else data.index(b"PK\x01\x02") - place
        made[at : at + len(new)] = new
    return bytes(made)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({6: b"\1", -8: b"\1"}, "encrypted"),
        ({-10: b"\x0e"}, "compressed with method 14 of zip, which is not read"),
        ({-41: b"\xa1"}, "a link, not a file"),
        ({-16: b"\0"}, "damaged: size or checksum is not what the zip archive says"),
        ({-24: struct.pack("<I", 5)}, "damaged: size or checksum is not what the zip archive says"),
        ({-24: struct.pack("<I", 99_999)}, "damaged: size or checksum is not what the zip archive says"),
        ({-24: struct.pack("<I", 2**31)}, f"more than {LARGEST} bytes"),
        ({-20: struct.pack("<I", 2)}, "the compressed data is cut off"),
        ({-42: struct.pack("<I", 2**31)}, "damaged: no header where the directory of the zip archive has one"),
        ({31: b"\xff" * 20}, "the compressed data is damaged"),
    ],
)
def test_a_damaged_member_of_a_zip_is_one_problem(changes: dict[int, bytes], problem: str) -> None:
    data = changed(zip_of(("x", TEXT), ("y", TEXT)), changes)
    assert told(inside(data)) == [("a!x", problem), ("a!y", TEXT)]
