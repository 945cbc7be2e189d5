"""Runs over many filings that something stands in the way of: a damaged manifest, another run, a signal, a password."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from helpers.archives import contents, manifest_rows, release, write_releases

from converter.cli import main
from converter.cli.archives import ArchiveJob, _interruptible
from converter.cli.endings import Interrupted

COMMAND = [sys.executable, "-m", "converter"]
MANIFEST = Path("out/manifest.sqlite")
SECRET = "s3cr3t"

BUSY = "text-to-xbrl: another run is writing to it: out: wait until that has ended"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_releases(Path("in"), 3)


def convert(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def made() -> None:
    assert convert("in", "-o", "out/", "--jobs", "1").exit_code == 0


def last_line(result: Result) -> str:
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    return result.output.splitlines()[-1]


# Manifests


@pytest.mark.parametrize("command", [("in", "-o", "out/", "--jobs", "1"), ("--report", "out")])
def test_a_damaged_manifest_is_one_line_and_is_made_again(command: tuple[str, ...]) -> None:
    made()
    whole = contents(Path("out"))
    MANIFEST.write_bytes(MANIFEST.read_bytes()[:5000])
    line = last_line(convert(*command))
    assert line.startswith("text-to-xbrl: not a manifest, or a damaged one (")
    assert line.endswith(": make it again from its dataset with text-to-xbrl rebuild FOLDER")
    assert not Path("out/report.html").exists()
    result = convert("--rebuild", "out", "--quiet")
    assert (result.exit_code, result.output) == (0, "out/manifest.sqlite: 3 sources, as in the tables of the dataset\n")
    assert "3 unchanged" in convert("in", "-o", "out/", "--jobs", "1").output
    Path("out/manifest.sqlite.damaged").unlink()
    assert contents(Path("out")) == whole
    assert convert("--report", "out").exit_code == 0


def test_a_manifest_that_is_lost_is_made_again_where_it_was() -> None:
    arguments = ("in", "-o", "out/", "--jobs", "1", "--manifest", "mine.sqlite")
    assert convert(*arguments).exit_code == 0
    Path("mine.sqlite").unlink()
    assert convert("--rebuild", "out", "--manifest", "mine.sqlite").exit_code == 0
    assert "3 unchanged" in convert(*arguments).output


@pytest.mark.parametrize(
    ("folder", "message"),
    [
        ("nowhere", "text-to-xbrl: no such folder: nowhere: "),
        ("in", "text-to-xbrl: cannot be made from sources.parquet (No such file or directory): in/manifest.sqlite: "),
        (
            "memory://x",
            "text-to-xbrl: not a local folder: memory://x: name a local file for the manifest with --manifest",
        ),
    ],
)
def test_what_is_no_dataset_has_no_manifest(folder: str, message: str) -> None:
    assert last_line(convert("--rebuild", folder)).startswith(message)
    assert not Path("nowhere").exists()
    assert not list(Path("in").glob("*.sqlite*"))


def test_a_manifest_is_of_one_dataset() -> None:
    assert convert("in", "-o", "one/", "--jobs", "1", "--manifest", "m.sqlite").exit_code == 0
    line = last_line(convert("in", "-o", "two/", "--jobs", "1", "--manifest", "m.sqlite"))
    there = Path("one").resolve()
    assert line == f"text-to-xbrl: the manifest of {there}, not of this dataset: m.sqlite: name another with --manifest"
    assert not list(Path("two").rglob("*.xml"))
    assert convert("in", "-o", "./one", "--jobs", "1", "--manifest", "./m.sqlite").exit_code == 0
    made()
    assert "the manifest of out" in last_line(convert("in", "-o", "three/", "--manifest", str(MANIFEST)))


def test_a_manifest_does_not_delete_other_files() -> None:
    made()
    Path("victim.txt").write_text("mine")
    with closing(sqlite3.connect(MANIFEST)) as database, database:
        database.execute("UPDATE sources SET files = ?", ('["../victim.txt"]',))
    Path("in/0001.txt").write_bytes(release(70))
    assert "(it names a file outside of the dataset)" in last_line(convert("in", "-o", "out/", "--jobs", "1"))
    assert Path("victim.txt").read_text() == "mine"


def test_two_filings_with_one_accession_number_are_a_warning() -> None:
    Path("in/other.txt").write_bytes(release(1, sales=5))
    output = convert("in", "-o", "out/", "--jobs", "1").output
    expected = "warning: in/{}.txt: registrant and accession number are those of in/{}.txt, the bytes are not"
    assert any(expected.format(*names) in output for names in (("other", "0001"), ("0001", "other")))
    assert dict(manifest_rows(Path("out")))["in/other.txt"]["reason"].endswith(", with other bytes")  # type: ignore[attr-defined]


# Passwords


@pytest.mark.parametrize(
    "arguments",
    [
        ("in", "-o", f"nothing://me:{SECRET}@host/x", "--manifest", "m.sqlite"),
        ("in", "-o", f"memory://me:{SECRET}@host/x"),
        ("in", "-o", f"memory://me:{SECRET}@host/x", "--manifest", "m.sqlite"),
        ("in", "-o", f"https://me:{SECRET}@host/x", "--manifest", "m.sqlite"),
        (f"nothing://me:{SECRET}@host/x", "-o", "out/"),
        (f"memory://me:{SECRET}@nowhere/x", "-o", "out/"),
        (f"memory://me:{SECRET}@host/x", "-o", f"memory://me:{SECRET}@host/x.xml"),
        (f"memory://me:{SECRET}@host/x",),
        ("in", "-o", "out/", "--scheduler", f"tcp://me:{SECRET}@127.0.0.1:1"),
        ("in", "-o", "out/", "--scheduler", f"nothing://me:{SECRET}@host"),
        ("--rebuild", f"memory://me:{SECRET}@host/x", "--manifest", "m.sqlite"),
    ],
)
def test_no_message_has_a_password(arguments: tuple[str, ...]) -> None:
    pytest.importorskip("distributed" if "--scheduler" in arguments else "fsspec")
    result = convert(*arguments, *(() if "--rebuild" in arguments else ("--jobs", "1")))
    assert "Traceback" not in result.output
    assert result.output
    assert SECRET not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    for path in Path().rglob("*"):
        assert SECRET not in path.as_posix()
        assert not path.is_file() or SECRET.encode() not in path.read_bytes()


# Signals, and another run at the same time


JOB = ArchiveJob(("in",), "out", jobs=1, force=False, scheduler="", manifest="", strict=False, quiet=False)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_heeded_even_where_its_exception_is_lost(sign: signal.Signals) -> None:
    class Destroyed:
        def __del__(self) -> None:
            os.kill(os.getpid(), sign)
            time.sleep(0)

    def work(is_checked: bool) -> None:
        with _interruptible(JOB) as check:
            Destroyed()
            if is_checked:
                check()
                raise AssertionError

    before = signal.getsignal(sign)
    for is_checked in (True, False):
        with pytest.raises(Interrupted, match="stopped: out: give the same command"):
            work(is_checked)
    assert signal.getsignal(sign) is before


def started(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def wait_until_signals_are_caught(process: subprocess.Popen[str]) -> None:
    """Before that it is Python that starts, which the first signal ends."""
    status, deadline = Path(f"/proc/{process.pid}/status"), time.monotonic() + 30
    while time.monotonic() < deadline:
        caught = next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("SigCgt"))
        if int(caught, 16) >> (signal.SIGTERM - 1) & 1:
            return
        time.sleep(0.001)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("target", ["the process", "its whole group, as a terminal does"])
def test_ctrl_c_at_any_moment_ends_with_130(target: str) -> None:
    write_releases(Path("in"), 40)
    chance = random.Random(target)
    for attempt in range(14):
        process = started("in", "-o", "out/", "--jobs", "2", "--force")
        wait_until_signals_are_caught(process)
        time.sleep(chance.uniform(0, 0.2) if attempt % 2 else chance.uniform(0, 1.5))
        for _ in range(chance.choice((1, 1, 1, 3))):
            (os.kill if target == "the process" else os.killpg)(process.pid, signal.SIGINT)
            time.sleep(chance.choice((0, 0.01)))
        _, said = process.communicate(timeout=60)
        assert process.returncode == 130 or "dataset: " in said, said
        assert "Traceback" not in said
        assert "Aborted" not in said
    assert convert("in", "-o", "out/", "--jobs", "2").exit_code == 0
    assert convert("in", "-o", "whole/", "--jobs", "2").exit_code == 0
    assert contents(Path("out")) == contents(Path("whole"))


AT_A_BAD_MOMENT = """
import signal, sys, time
from converter import __main__ as command

class Last:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)

class Attribute:
    def __set_name__(self, owner, name):
        signal.raise_signal(signal.SIGINT)

def in_a_finalizer():
    last = Last()
    del last

def while_a_class_is_made():
    class Owner:
        attribute = Attribute()

def main(prog_name):
    {moment}()
    time.sleep(30)
    print("it went on")

import converter.cli
converter.cli.main = main
command.run()
"""


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["in_a_finalizer", "while_a_class_is_made"])
def test_ctrl_c_is_not_lost_where_python_drops_or_wraps_exceptions(moment: str) -> None:
    script = AT_A_BAD_MOMENT.format(moment=moment)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="signals of POSIX")
def test_of_two_runs_at_once_one_is_refused_and_the_other_does_not_notice() -> None:
    write_releases(Path("in"), 60)
    first = started("in", "-o", "out/", "--jobs", "1")
    deadline = time.monotonic() + 60
    while not list(Path("out").rglob("*.xml")) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(first.pid, signal.SIGSTOP)  # so that it is not done before the others have started
    for _ in range(3):
        second = started("in", "-o", "out/", "--jobs", "1")
        _, said = second.communicate(timeout=60)
        assert (second.returncode, said.splitlines()[-1]) == (2, BUSY)
    os.kill(first.pid, signal.SIGCONT)
    _, said = first.communicate(timeout=60)
    assert first.returncode == 0, said
    assert not Path("out/.work").exists()
    assert convert("in", "-o", "whole/", "--jobs", "1").exit_code == 0
    assert contents(Path("out")) == contents(Path("whole"))
