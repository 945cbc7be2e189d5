"""A disk that is full, at any point of a run: one clear line, and the same command goes on when there is room."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.archives import contents, run, write_releases

from converter.archive import database
from converter.archive.manifest import Manifest
from converter.archive.task import Status

COMMAND = [sys.executable, "-m", "converter"]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("stop", [0, 1, 4, 8])
def test_no_room_for_a_filing(monkeypatch: pytest.MonkeyPatch, stop: int) -> None:
    write_releases(Path("in"), 9)
    write, calls = Path.write_bytes, iter(range(1000))

    def full(path: Path, data: bytes) -> int:
        if next(calls) >= stop:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(OSError, match="No space left on device"):
            run(["in"], Path("out"))
    ended = [outcome.status for outcome in run(["in"], Path("out")).values()]
    assert ended.count(Status.UNCHANGED) == stop, "what was done stays done"
    run(["in"], Path("whole"))
    assert contents(Path("out")) == contents(Path("whole"))


@pytest.mark.parametrize("pages", [0, 1, 2, 5, 9])
def test_no_room_for_the_manifest(monkeypatch: pytest.MonkeyPatch, pages: int) -> None:
    """SQLite refuses as on a full disk; what a source needs is stored whole or not at all."""
    write_releases(Path("in"), 30)
    Manifest(Path("out.sqlite"), "").close()
    Path("out").mkdir()
    Path("out.sqlite").rename("out/manifest.sqlite")
    prepare = database.Database._prepare

    def limited(self: database.Database, schema: str) -> None:
        prepare(self, schema)
        ((size,),) = self.rows("PRAGMA page_count")
        self.execute(f"PRAGMA max_page_count = {size + pages}")

    with monkeypatch.context() as patch:
        patch.setattr(database.Database, "_prepare", limited)
        with pytest.raises(OSError, match="No space left on device") as caught:
            run(["in"], Path("out"))
    assert caught.value.filename == "out/manifest.sqlite"
    run(["in"], Path("out"))
    run(["in"], Path("whole"))
    assert contents(Path("out")) == contents(Path("whole"))


@pytest.fixture
def small() -> Iterator[Path]:
    """A file system of its own that can be made smaller and larger."""
    mount = shutil.which("mount")
    folder = Path("small")
    folder.mkdir()
    made = [str(mount), "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if not mount or subprocess.run(made, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def resize(folder: Path, kilobytes: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", str(folder)], check=True)


@pytest.mark.slow
def test_a_real_disk_that_fills_up_again_and_again(small: Path) -> None:
    write_releases(Path("in"), 20)
    command = [*COMMAND, "in", "-o", "small/out/", "--jobs", "1"]
    for kilobytes in (16, 64, 150, 250, 350, 450, 550, 650, 750):
        resize(small, kilobytes)
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode == 0:
            break
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        *_, last = done.stderr.splitlines()
        assert last.startswith("text-to-xbrl: no space left on device: small/out"), last
        assert last.endswith(": make room, and give the same command again to go on")
    resize(small, 20_000)
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert "dataset: " in done.stderr
    subprocess.run([*COMMAND, "in", "-o", "whole/", "--jobs", "1"], capture_output=True, timeout=120, check=True)
    assert contents(small / "out") == contents(Path("whole"))


@pytest.mark.slow
def test_a_report_on_a_full_disk_is_written_whole_or_not_at_all(small: Path) -> None:
    resize(small, 20_000)
    write_releases(Path("in"), 3)
    subprocess.run([*COMMAND, "in", "-o", "small/out/", "-q", "--jobs", "1"], timeout=120, check=True)
    page = small / "out/report.html"
    page.write_text("the report of before")
    free = shutil.disk_usage(small).free
    (small / "filler").write_bytes(bytes(free - 40 * 1024))
    done = subprocess.run([*COMMAND, "--report", "small/out"], capture_output=True, text=True, timeout=60, check=False)
    (small / "filler").unlink()
    if done.returncode:
        assert done.returncode == 2
        assert "no space left on device" in done.stderr.splitlines()[-1]
        assert page.read_text() == "the report of before"
    assert not [path for path in (small / "out").iterdir() if path.name.endswith(".part")]
