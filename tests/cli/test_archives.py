"""The command over many filings, as a user runs it: in processes, killed, stopped, asked for a report."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from base64 import b64encode
from hashlib import sha256
from importlib.abc import MetaPathFinder
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from helpers.archives import contents, release, write_releases
from helpers.terminal import on_a_terminal

from converter.archive.store import Folder, dataset_lock
from converter.cli import main

COMMAND = [sys.executable, "-m", "converter"]

BUSY = "text-to-xbrl: another run is writing to it: out: wait until that has ended"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def convert(*arguments: str, input: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=input)


def started(*arguments: str) -> subprocess.Popen[str]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([*COMMAND, *arguments], **quiet)  # type: ignore[call-overload, no-any-return]


def made(out: str) -> int:
    return len(list(Path(out, "filings").rglob("*.xml")))


def test_a_folder(home: Path) -> None:
    write_releases(Path("in"), 3)
    result = convert("in", "-o", "out/", "--jobs", "2")
    assert result.exit_code == 0, result.output
    assert made("out") == 3
    assert re.search(r"accounted for +100\.0%  84 of 84 printed figures", result.output)
    assert "dataset: " in result.output
    assert "3 converted" in result.output


@pytest.mark.parametrize(
    ("arguments", "input", "sources"),
    [
        (("in/0000.txt", "in/0002.txt", "-o", "out"), None, {"in/0000.txt", "in/0002.txt"}),
        (("in/000[12].txt", "-o", "out"), None, {"in/0001.txt", "in/0002.txt"}),
        (("-", "-o", "out/"), "in/0001.txt\n\nin/0002.txt\n", {"in/0001.txt", "in/0002.txt"}),
        (("in/0001.txt", "-o", "out/"), None, {"in/0001.txt"}),
    ],
)
def test_what_is_many(home: Path, arguments: tuple[str, ...], input: str | None, sources: set[str]) -> None:
    write_releases(Path("in"), 3)
    assert convert(*arguments, "--jobs", "1", input=input).exit_code == 0
    assert {name.removeprefix("manifest of ") for name in contents(Path("out")) if name.startswith("man")} == sources


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("in",), "many filings become a dataset: in: name its folder: -o FOLDER/"),
        (("in", "-o", "-"), "many filings become a dataset: in: name its folder: -o FOLDER/"),
        (("in", "-o", "in/0000.txt"), "many filings become a folder, not a file: -o in/0000.txt: "),
        (("-o", "out/"), "INPUT is missing"),
        (("explain", "in/0000.txt"), "a command of text-to-xbrl: explain: text-to-xbrl explain in/0000.txt"),
        (("nowhere", "in", "-o", "out/"), "nowhere"),
        (("in", "-o", "out/", "--to", "xml,docx"), "no such format: 'docx': choose one of xml, "),
        (("in", "-o", "out/", "--explain"), "an option for one filing: --explain: "),
        (("in/0000.txt", "-o", "one.xml", "--jobs", "2"), "an option for many filings: --jobs: "),
        (("in/0000.txt", "-o", "one.xml", "--manifest", "m"), "an option for many filings: --manifest: "),
        (("in", "-o", "memory://out"), "name a local file for the manifest with --manifest"),
        (("in", "-o", "out/", "--scheduler", "nonsense://"), "--scheduler nonsense://"),
        (("--report", "nowhere"), "no such manifest: nowhere: "),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(home: Path, arguments: tuple[str, ...], message: str) -> None:
    write_releases(Path("in"), 1)
    result = convert(*arguments)
    assert result.exit_code == 2, result.output
    assert message in " ".join(result.output.split())
    assert "Traceback" not in result.output
    assert not Path("out/filings").exists()


def test_failures_are_data_and_strict_says_so(home: Path) -> None:
    write_releases(Path("in"), 1)
    Path("in/gone.txt").symlink_to("nowhere")
    result = convert("in", "-o", "out/", "--jobs", "1")
    assert result.exit_code == 0
    assert "failed: in/gone.txt: " in result.output
    assert convert("in", "-o", "out/", "--jobs", "1", "--strict", "--quiet").exit_code == 3
    assert convert("in", "-o", "out/", "--jobs", "1", "--quiet").output == ""


def test_an_error_is_data_and_strict_says_so(home: Path) -> None:
    """A 10-Q without a cash flow statement, converted in an earlier run."""
    write_releases(Path("in"), 2)
    assert convert("in", "-o", "out/", "--jobs", "1").exit_code == 0
    result = convert("in", "-o", "out/", "--jobs", "1", "--strict")
    assert result.exit_code == 3
    assert "2 unchanged" in result.output
    assert "text-to-xbrl: 2 filings have a finding of severity error (--strict): out/: " in result.output


def test_a_bucket(home: Path) -> None:
    write_releases(Path("in"), 2)
    url = (home / "bucket").as_uri()
    assert convert("in", "-o", f"{url}/data", "--manifest", "mine.sqlite", "--jobs", "1").exit_code == 0
    convert("in", "-o", "out/", "--jobs", "1")
    there, here = contents_of_files(Path("bucket/data")), contents_of_files(Path("out"))
    assert there == here
    assert Path("bucket/data/mine.sqlite").is_file()


def contents_of_files(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and "sqlite" not in path.name
    }


def test_the_report(home: Path) -> None:
    write_releases(Path("in"), 3)
    Path("in/letter.txt").write_text("Dear shareholders\n" * 30)
    convert("in", "-o", "out/", "--jobs", "1")
    result = convert("--report", "out")
    assert result.exit_code == 0
    assert re.search(r"sources +4\n +converted +3 +75\.0%\n +empty +1", result.output)
    assert re.search(r"3  Obligations of the lighthouse fund \[bs\]", result.output)
    assert re.search(r"unreliable +100\.0%  3 of 3 filings", result.output)
    assert re.search(r"\n +6  total assets +100\.0% +0\.0% +0\.0%\n", result.output)
    page = Path("out/report.html").read_text(encoding="utf-8")
    assert "Obligations of the lighthouse fund" in page
    assert "<svg" in page
    assert "total assets" in page
    assert "2003" in page
    assert "Sums that hold" not in page
    (data, script) = re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'" in page
    filings = json.loads(data)
    assert [filing[0] for filing in filings] == sorted(filing[0] for filing in filings)
    for _, cik, _, _, accession, path, source, _, files, _, _ in filings:
        assert Path("out", source).resolve() == Path(path).resolve()
        assert files == [f"filings/{cik}/{accession}.xml"]
        assert Path("out", files[0]).is_file()


def test_a_report_that_cannot_be_written(home: Path) -> None:
    write_releases(Path("in"), 1)
    convert("in", "-o", "out/", "--jobs", "1")
    Path("out/report.html").mkdir()
    result = convert("--report", "out")
    assert result.exit_code == 2
    assert result.output.splitlines()[-1] == "text-to-xbrl: is a directory: out/report.html: name a file in it"


# What stands in the way of a dataset


@pytest.mark.parametrize(
    ("module", "arguments", "message"),
    [
        (
            "fsspec",
            ("-o", "memory://out", "--manifest", "m.sqlite"),
            "needs fsspec: memory://out: python -m pip install fsspec",
        ),
        ("distributed", ("-o", "out/", "--scheduler", "tcp://host:8786"), "needs Dask: --scheduler: python -m pip"),
    ],
)
def test_a_library_that_is_missing(
    home: Path, monkeypatch: pytest.MonkeyPatch, module: str, arguments: tuple[str, ...], message: str
) -> None:
    write_releases(Path("in"), 1)
    without(module, monkeypatch)
    result = convert("in", *arguments)
    assert result.exit_code == 2, result.output
    assert message in result.output
    assert "Traceback" not in result.output


def test_without_pyarrow_there_are_filings_but_no_dataset_yet(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_releases(Path("in"), 2)
    with monkeypatch.context() as patch:
        without("pyarrow", patch)
        result = convert("in", "-o", "out/", "--jobs", "1")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1].startswith("dataset: not made, it needs pyarrow")
    assert made("out") == 2
    assert not list(Path("out").rglob("*.parquet"))
    result = convert("in", "-o", "out/", "--jobs", "1")
    assert "2 unchanged" in result.output
    assert re.search(r"dataset: [1-9]\d* partitions made", result.output)


def without(module: str, patch: pytest.MonkeyPatch) -> None:
    """As if a library were not installed."""

    class Missing(MetaPathFinder):
        def find_spec(self, name: str, path: object, target: object = None) -> None:
            if name.partition(".")[0] == module:
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    for name in [name for name in sys.modules if name.partition(".")[0] == module]:
        patch.delitem(sys.modules, name)
    patch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])


def test_an_output_that_cannot_be_a_folder(home: Path) -> None:
    write_releases(Path("in"), 1)
    result = convert("in", "-o", "in/0000.txt/out/")
    assert (result.exit_code, result.output.splitlines()[-1]) == (
        2,
        "text-to-xbrl: not a directory: in/0000.txt/out/.work: change its permissions, or name another",
    )


def test_two_runs_at_once(home: Path) -> None:
    write_releases(Path("in"), 1)
    with dataset_lock(Folder(Path("out")).work):
        result = convert("in", "-o", "out/")
    assert result.exit_code == 2
    assert result.output.splitlines()[-1] == BUSY
    assert made("out") == 0


# How far a run is


def test_a_log_has_a_line_now_and_then(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("converter.cli.progress._LOG_SECONDS", 0.0)
    write_releases(Path("in"), 3)
    said = convert("in", "-o", "out/", "--jobs", "1").output.splitlines()
    lines = [re.fullmatch(r" +\d+ s  (?:[ \d]+%  )?([\d.]+) sources/s  (\d) converted", line) for line in said[:4]]
    assert [line and line[2] for line in lines] == ["1", "2", "3", "3"], "one a source, and one at the end"


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")
def test_a_terminal_shows_a_bar_and_failures_above_it(home: Path) -> None:
    write_releases(Path("in"), 3)
    Path("in/gone.txt").symlink_to("nowhere")
    code, shown = on_a_terminal([*COMMAND, "in", "-o", "out/", "--jobs", "1"])
    assert code == 0
    bars = re.findall(r"\d+% [\d.,]+/s [^\r\n]*", shown)
    assert re.match(r"100% [\d.,]+/s 3 converted, 1 failed", bars[-1]), shown
    assert "failed: in/gone.txt: " in shown
    assert shown.index("failed: in/gone.txt") < shown.rindex("3 converted, 1 failed")


# Killed and stopped


@pytest.mark.soak
@pytest.mark.slow
def test_killed_at_random_and_gone_on_with(home: Path) -> None:
    """`kill -9` at any moment and another run give the bytes of a run that nothing happened to."""
    write_releases(Path("in"), 60)
    Path("in/copy.txt").write_bytes(release(7))
    assert convert("in", "-o", "whole/", "--jobs", "1", "--to", "xml,json").exit_code == 0
    chance = random.Random(20030930)
    for jobs in ("1", "2", "2"):
        process = started("in", "-o", "out/", "--jobs", jobs, "--to", "xml,json")
        wanted, deadline = made("out") + chance.randrange(1, 20), time.monotonic() + 60
        while made("out") < wanted and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        process.kill()
        process.communicate()
    assert 0 < made("out") < 61
    assert convert("in", "-o", "out/", "--jobs", "2", "--to", "xml,json").exit_code == 0
    assert contents(Path("out")) == contents(Path("whole"))


@pytest.mark.slow
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_stopped_politely(home: Path, sign: signal.Signals) -> None:
    write_releases(Path("in"), 200)
    process = started("in", "-o", "out/", "--jobs", "2")
    deadline = time.monotonic() + 60
    while made("out") < 5 and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(sign)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.splitlines()[-1] == "text-to-xbrl: stopped: out/: give the same command again to go on"
    assert "Traceback" not in said
    assert 5 <= made("out") < 200
    result = convert("in", "-o", "out/", "--jobs", "2")
    assert result.exit_code == 0
    assert "unchanged" in result.output
    assert made("out") == 200


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "setsid"), reason="needs POSIX")
def test_a_dead_worker_costs_nothing(home: Path) -> None:
    write_releases(Path("in"), 150)
    process = started("in", "-o", "out/", "--jobs", "2")
    deadline = time.monotonic() + 60
    while made("out") < 10 and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(worker_of(process.pid), signal.SIGKILL)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert "failed" not in said
    assert made("out") == 150
    convert("in", "-o", "whole/", "--jobs", "1")
    assert contents(Path("out")) == contents(Path("whole"))


def worker_of(parent: int) -> int:
    """A process that converts for another one: the youngest of all its descendants."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(fields[1])
    found = {parent}
    while more := {child for child, above in parents.items() if above in found} - found:
        found |= more
    return max(found)
