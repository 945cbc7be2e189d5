"""An archive that means harm: the run completes, the manifest names everything, nothing is written outside."""

import gzip
import io
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import BinaryIO

import pytest
from helpers.archives import manifest_rows, release, run
from helpers.packing import info, tar_of

from converter.archive.sources.folders import open_file
from converter.archive.task import Settings


def sparse_tar(path: Path) -> None:
    """A tar of a few KB with a member of 2 GB of holes."""
    data = path.with_suffix(".data")
    with data.open("wb") as stream:
        stream.truncate(2 << 30)
    tar = shutil.which("tar")
    assert tar is not None
    subprocess.run([tar, "--sparse", "-cf", path, data.name], cwd=data.parent, check=True)
    data.unlink()


def encrypted_zip(path: Path) -> None:
    """A zip whose only member says that it is encrypted."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("secret.txt", release(4))
    data = bytearray(stream.getvalue())
    data[6] |= 1  # the flag in the member's header
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and in the directory
    path.write_bytes(data)


def climbing_tar(path: Path) -> None:
    with tarfile.open(path, "w:gz") as archive:
        for name in ("../../escaped.txt", "/tmp/absolute-escaped.txt", "good.txt"):
            info = tarfile.TarInfo(name)
            data = release(len(name), header=False)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="pipes and links of POSIX")
def test_everything_ends_in_the_manifest(tmp_path: Path) -> None:
    box = tmp_path / "in"
    box.mkdir()
    (box / "good.txt").write_bytes(release(1))
    (box / "empty.txt").touch()
    encrypted_zip(box / "encrypted.zip")
    (box / "bomb.gz").write_bytes(gzip.compress(b" " * (300 << 20), 1))
    with zipfile.ZipFile(box / "bomb.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("blanks.txt", b" " * (300 << 20))
    climbing_tar(box / "climbing.tar.gz")
    sparse_tar(box / "sparse.tar")
    (box / "loop").mkdir()
    (box / "loop" / "again").symlink_to(box)
    os.mkfifo(box / "pipe")
    before = set(tmp_path.rglob("*"))

    command = [sys.executable, "-m", "converter", str(box), "-o", str(tmp_path / "out") + "/", "--jobs", "1"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=180, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr

    rows = {path.removeprefix(f"{box}/"): row for path, row in manifest_rows(tmp_path / "out")}
    ended = {path: (row["status"], row["reason"]) for path, row in rows.items()}
    assert ended.pop("good.txt") == ("converted", "")
    assert ended.pop("climbing.tar.gz!good.txt") == ("converted", "")
    assert ended.pop("empty.txt")[0] == "empty"
    climbed = [path for path in ended if "escaped" in path]
    assert len(climbed) == 2
    assert not [path for path in climbed if ".." in path.split("/")]
    assert {ended.pop(path)[0] for path in climbed} <= {"converted", "duplicate"}
    assert {status for status, _ in ended.values()} == {"failed"}
    reasons = {path: str(reason) for path, (_, reason) in ended.items()}
    expected = {"encrypted.zip": "encrypted", "bomb.gz": "more than", "bomb.zip": "more than", "sparse.tar": "sparse"}
    expected |= {"loop/again": "", "pipe": ""}
    assert {path.partition("!")[0] for path in reasons} == set(expected)
    for path, reason in reasons.items():
        assert reason
        assert expected[path.partition("!")[0]] in reason, (path, reason)
    outside = {path for path in tmp_path.rglob("*") if tmp_path / "out" not in (path, *path.parents)}
    assert outside == before
    assert not Path("/tmp/absolute-escaped.txt").exists()
    assert not list(tmp_path.parent.glob("escaped*"))


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is forbidden to root, who may run the tests: the refusal is made up."""

    def refused(path: str) -> BinaryIO:
        if path.endswith("forbidden.txt"):
            raise PermissionError(13, "Permission denied", path)
        return open_file(path)

    monkeypatch.setattr("converter.archive.sources.finding.open_file", refused)
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for name in ("forbidden", "good"):
        Path(f"in/{name}.txt").write_bytes(release(len(name)))
    run(["in"], Path("out"))
    ended = {path: (row["status"], row["reason"]) for path, row in manifest_rows(Path("out"))}
    assert ended == {"in/forbidden.txt": ("failed", "Permission denied"), "in/good.txt": ("converted", "")}


NAMES = (
    "a",
    "a.xml/b",
    "a.facts",
    "a-metadata",
    "A",
    "a\nb",
    "a/x0ab",
    "a_b",
    "a?b",
    "a b ",
    "caf\u00e9",
    "cafe\u0301",
    "con",
    "COM1.txt",
    "d" * 250,
    "d" * 251,
    "/".join(["e" * 90] * 12),
    "/".join(["e" * 90] * 13),
)


def test_names_that_collide_somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each member has files of its own, with the same names whatever is converted with it, on every file system."""
    monkeypatch.chdir(tmp_path)
    settings = Settings(formats=("xml", "csv", "facts-csv", "json"))
    members = [(name, release(number, header=False)) for number, name in enumerate(NAMES)]
    Path("in.tar").write_bytes(tar_of(*members))
    ended = run(["in.tar"], Path("out"), settings)
    assert [outcome.status for outcome in ended.values()] == ["converted"] * len(NAMES)
    together = files_of(Path("out"))
    assert len({name.casefold() for name in together}) == len(together) == 5 * len(NAMES)
    assert all(len(part) <= 143 for name in together for part in name.split("/"))
    apart: set[str] = set()
    for number, (name, data) in enumerate(members):
        Path("in.tar").write_bytes(tar_of((name, data)))
        run(["in.tar"], Path(f"out{number}"), settings)
        apart |= files_of(Path(f"out{number}"))
    assert apart == together


def extended(record: bytes) -> bytes:
    """An extended header for the next member of a tar."""
    return info("x", tarfile.XHDTYPE, len(record)).tobuf(tarfile.USTAR_FORMAT) + record.ljust(512, b"\0")


def files_of(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in (out / "filings").rglob("*") if path.is_file()}


def test_a_member_that_cannot_be_read_ends_neither_the_archive_nor_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sizes that no number of the manifest holds, and more headers than any program writes."""
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    head, odd_size = (extended(record) for record in (b"11 mtime=1\n", b"30 size=%d\n" % 10**20))
    body = tar_of(("good", release(1)))[: 512 + -(-len(release(1)) // 512) * 512]
    Path("in/size.tar").write_bytes(body + odd_size + info("bad").tobuf(tarfile.USTAR_FORMAT) + bytes(1024))
    Path("in/headers.tar").write_bytes(head * 2000 + tar_of(("bad", b"x"), ("good", release(2))))
    ended = run(["in"], Path("out"))
    assert {path: (str(outcome.status), outcome.reason) for path, outcome in ended.items()} == {
        "in/headers.tar!bad": ("failed", "has over 100 headers"),
        "in/headers.tar!good": ("converted", ""),
        "in/size.tar!good": ("converted", ""),
        "in/size.tar!bad": ("failed", f"states a size of {10**20} bytes, which no file has"),
        "in/size.tar": ("failed", "cut off inside of bad"),
    }
    assert {row["size"] for path, row in manifest_rows(Path("out")) if path.endswith(("bad", ".tar"))} == {-1}
