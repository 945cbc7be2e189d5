"""The command for one filing: its limits of time and memory."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from helpers.paths import ROOT

from converter import limits
from converter.cli import main, single
from converter.cli.endings import MISUSED, OVER_LIMIT, Limits

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in a folder with release.txt."""
    monkeypatch.chdir(tmp_path)
    Path("release.txt").write_bytes((ROOT / "examples" / "release-q1.txt").read_bytes())
    return lambda *arguments, **more: CliRunner().invoke(main, arguments, **more)


def endless(*_: object) -> None:
    while True:
        sum(range(100))


def greedy(*_: object) -> None:
    raise MemoryError


MEMORY = "text-to-xbrl: needs more than {} MB of memory: {}: allow more with --memory-limit\n"
TIME = "text-to-xbrl: takes more than 0.05 seconds: {}: allow more with --time-limit\n"


@pytest.mark.parametrize("work", ["converter.pipeline.read_filing", "converter.outputs.formats.instance_of"])
def test_time(run: Run, monkeypatch: pytest.MonkeyPatch, work: str) -> None:
    monkeypatch.setattr(work, endless)
    result = run("release.txt", "-o", "out.xml", "--findings", "f.json", "--time-limit", "0.05")
    assert (result.exit_code, result.output) == (OVER_LIMIT, TIME.format("release.txt"))
    assert [path.name for path in Path().iterdir()] == ["release.txt"]


def test_time_of_a_table_of_mappings(run: Run) -> None:
    """A pattern that takes longer with each word, in a search that only an alarm interrupts."""
    Path("own.csv").write_text("pattern,statement,concept\n(?:\\w+\\s?)+#,,Assets\n", encoding="utf-8")
    Path("release.txt").write_bytes(
        Path("release.txt").read_bytes().replace(b"Inventories", b"Inventories " + b"a" * 60)
    )
    result = run("release.txt", "--mapping", "own.csv", "--time-limit", "0.5")
    assert result.exit_code == OVER_LIMIT, result.output
    assert result.output == TIME.format("release.txt").replace("0.05", "0.5")


@pytest.mark.parametrize("verbose", [(), ("--verbose",)])
def test_memory(run: Run, monkeypatch: pytest.MonkeyPatch, verbose: tuple[str, ...]) -> None:
    monkeypatch.setattr("converter.pipeline.read_filing", greedy)
    result = run("release.txt", "-o", "out.xml", *verbose)
    assert result.exit_code == OVER_LIMIT
    assert result.output == MEMORY.format("2,048", "release.txt")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="bounded by the operating system")
def test_memory_that_the_system_refuses(run: Run) -> None:
    with Path("large.txt").open("wb") as stream:
        stream.truncate(1 << 30)
    command = [sys.executable, "-m", "converter", "large.txt", "-o", "out.xml", "--memory-limit", "512"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == OVER_LIMIT
    assert done.stderr == MEMORY.format(512, "large.txt")
    assert not done.stdout


def test_diff(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("release.txt", "-o", "out.xml").exit_code == 0
    monkeypatch.setattr("converter.loading.load", endless)
    result = run("--diff", "out.xml", "out.xml", "--time-limit", "0.05")
    assert (result.exit_code, result.output) == (OVER_LIMIT, TIME.format("out.xml"))
    monkeypatch.setattr("converter.loading.load", greedy)
    result = run("--diff", "out.xml", "out.xml", "--memory-limit", "512")
    assert result.exit_code == OVER_LIMIT
    assert result.output == MEMORY.format(512, "out.xml")


def test_defaults_and_what_the_user_gives(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Limits] = []
    monkeypatch.setattr(single, "convert_one", lambda job: given.append(job.limits))
    run("release.txt")
    run("release.txt", "--time-limit", "1.5", "--memory-limit", "700")
    assert given == [Limits(60, 2048), Limits(1.5, 700)]


def test_waiting_for_input_is_not_work(run: Run) -> None:
    """Only the work on a filing has a limit, not the program that writes it to a pipe."""
    program = [sys.executable, "-m", "converter", "-", "--time-limit", "5"]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        out, _ = process.communicate(Path("release.txt").read_bytes(), timeout=60)
    assert (process.returncode, out[:5]) == (0, b"<?xml")


@pytest.mark.parametrize(
    "arguments", [("release.txt", "-o", "out.xml"), ("release.txt", "-o", "out/"), ("--diff", "a.xml", "b.xml")]
)
def test_a_system_without_limits_of_memory_says_so(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setattr(limits, "find_spec", lambda name: None)
    result = run(*arguments, "--memory-limit", "512")
    assert result.exit_code == MISUSED
    assert (
        result.output
        == "text-to-xbrl: this system does not let a program limit its memory: --memory-limit: leave it out\n"
    )
    assert run("release.txt", "-o", "out.xml").exit_code == 0


@pytest.mark.parametrize(("option", "value"), [("--time-limit", "0"), ("--memory-limit", "100"), ("--time-limit", "x")])
def test_limits_that_are_none(run: Run, option: str, value: str) -> None:
    assert run("release.txt", option, value).exit_code == MISUSED
