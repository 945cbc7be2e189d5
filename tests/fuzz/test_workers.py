"""Processes that check mutants: what happens to them is reported, and the next mutant is checked all the same."""

import os
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from helpers.paths import BENCHMARKS

from fuzz import workers
from fuzz.checks import Limits, Problem
from fuzz.corpus import Seed, own_seeds
from fuzz.minimise import smallest
from fuzz.report import Report, read_log, summarised
from fuzz.workers import Entry, Job, Task, checked_in_processes

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits of time and memory are those of POSIX")

SEEDS = own_seeds()
ENTRY = Entry(0, 1, "filing", "a", ("cut",), 9, "converted", "d", 0.5, 2.0, ())


class Deadly(list[Seed]):
    """A corpus that ends the process it is sent to."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (3,)


class Sleepy(list[Seed]):
    """A corpus that keeps the process busy that it is sent to."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return time.sleep, (1_000,)


@pytest.mark.slow
def test_a_process_that_dies() -> None:
    entries = list(checked_in_processes(Job(Deadly(SEEDS), 0), [Task(1), Task(2)], 1))
    assert [(entry.number, entry.status) for entry in entries] == [(1, "failed"), (2, "failed")]
    assert [problem[:2] for entry in entries for problem in entry.problems] == [("died", "exit code 3")] * 2


@pytest.mark.slow
def test_a_process_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_GRACE", 0.5)
    (entry,) = checked_in_processes(Job(Sleepy(SEEDS), 0, Limits(0.1, 100)), [Task(1)], 1)
    assert [(problem.kind, problem.place) for problem in entry.problems] == [("slow", "killed")]


@pytest.mark.slow
def test_limits_hold_in_a_process() -> None:
    entries = list(checked_in_processes(Job(SEEDS, 0, Limits(0.0001, 1000)), [Task(n) for n in range(20)], 2))
    assert sorted(entry.number for entry in entries) == list(range(20))
    assert "slow" in {problem.kind for entry in entries for problem in entry.problems}


def test_the_log_is_read_back_but_for_a_line_cut_short(tmp_path: Path) -> None:
    log = tmp_path / "log"
    assert read_log(log) == []
    problem = Problem("exception", "a.py:f:1, ValueError", "ValueError: x")
    entries = [ENTRY, msgspec.structs.replace(ENTRY, number=1, problems=(problem,))]
    lines = b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries)
    log.write_bytes(lines + b'{"number": 2, ')
    assert read_log(log) == entries
    assert log.read_bytes() == lines


def summary(*entries: Entry) -> Report:
    return summarised(Job(SEEDS[:1], 5), entries, lambda index, group: f"{index}/{group.number}")


def test_problems_are_grouped_by_place() -> None:
    here, there = (Problem("exception", place, f"at {place}") for place in ("here", "there"))
    large = msgspec.structs.replace(ENTRY, number=1, size=50, problems=(here,), megabytes=9.0)
    small = msgspec.structs.replace(ENTRY, number=2, size=5, problems=(here, there), status="failed", seconds=3.0)
    report = summary(ENTRY, large, small)
    assert [(group.place, group.count, group.number, group.input) for group in report.problems] == [
        ("here", 2, 2, "0/2"),
        ("there", 1, 2, "1/2"),
    ]
    assert (report.mutants, report.ended) == (3, {"filing": {"converted": 2, "failed": 1}})
    assert report.problem_counts == {"exception": 3}
    assert (report.slowest[0].number, report.largest[0].number) == (2, 1)


@pytest.mark.parametrize(
    ("status", "digest", "same"), [("converted", "d", 1), ("converted", "e", 0), ("failed", "", 1)]
)
def test_another_seed_of_hashes_must_change_nothing(status: str, digest: str, same: int) -> None:
    again = msgspec.structs.replace(ENTRY, hash_seed=2, status=status, digest=digest)
    report = summary(ENTRY, again)
    assert [group.kind for group in report.problems] == ([] if same else ["not deterministic"])
    assert report.mutants == 1


def test_an_input_becomes_as_small_as_it_can() -> None:
    data = b"".join(b"line %d\n" % n for n in range(1000))
    smaller = smallest(data, lambda kept: b"7" in kept and b"n" in kept and b"99" in kept, time.monotonic() + 60)
    assert sorted(smaller) == sorted(b"7n99")
    assert smallest(data, lambda kept: True, time.monotonic() - 1) == data


@pytest.mark.slow
def test_the_command_goes_on_from_its_log(tmp_path: Path) -> None:
    report = tmp_path / "out.json"

    def command(*arguments: str) -> str:
        options = ["--jobs", "1", "--seed", "0", "--report", str(report), *arguments]
        done = subprocess.run([sys.executable, BENCHMARKS / "fuzz.py", *options], capture_output=True, text=True)
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout + done.stderr

    command("--mutants", "30")
    log = Path(f"{report}.log")
    assert len(read_log(log)) == 32  # two of them in a process with another seed of hashes
    before = log.read_bytes()
    command("--mutants", "50")
    assert log.read_bytes().startswith(before)
    content = msgspec.json.decode(report.read_bytes(), type=Report)
    ended = sum(count for counts in content.ended.values() for count in counts.values())
    assert (content.mutants, content.seed, ended) == (50, 0, 50)
    assert "of another program, corpus or seed" in command("--mutants", "50", "--seed", "1")
    assert "0.txt" in command("--only", "0")
