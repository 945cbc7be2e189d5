"""One source at a time: limits of time and memory, names of files, packed rows, what dies with a worker."""

import csv
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from helpers.archives import accession, cik, release
from helpers.paths import ROOT
from helpers.reports import sample
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from converter.archive.engines import Processes
from converter.archive.layout import part_of, stem_of
from converter.archive.limits import OutOfTime, limit_memory, time_limit
from converter.archive.packing import pack_facts, pack_findings, unpack
from converter.archive.sources import Source
from converter.archive.task import Outcome, Settings, Status, Task
from converter.archive.worker import convert_source
from converter.outputs.table import rows_of
from converter.vocabulary.findings import Code, Finding, Severity

TASK = Task(Source("in/a.txt", 1, data=release(1)), Settings())


def in_the_main_thread(work: Callable[[], None]) -> None:
    work()


def in_another_thread(work: Callable[[], None]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


@pytest.mark.parametrize("where", [in_the_main_thread, in_another_thread])
def test_time_limit(where: Callable[[Callable[[], None]], None]) -> None:
    ended: list[str] = []

    def work() -> None:
        try:
            with time_limit(0.05):
                while True:
                    sum(range(100))
        except OutOfTime:
            ended.append("out of time")
        with time_limit(60):
            ended.append("in time")

    where(work)
    assert ended == ["out of time", "in time"]


def test_time_that_ends_with_the_work_interrupts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The timer may ring when the work has just ended: then it is too late."""
    rings: list[Callable[[], None]] = []

    class Late:
        daemon = False

        def __init__(self, seconds: float, ring: Callable[[], None]) -> None:
            rings.append(ring)

        def start(self) -> None: ...

        def cancel(self) -> None: ...

    ended: list[str] = []

    def work() -> None:
        with time_limit(60):
            pass
        rings[0]()
        for _ in range(1000):
            sum(range(100))
        ended.append("in peace")

    monkeypatch.setattr(threading, "Timer", Late)
    in_another_thread(work)
    assert ended == ["in peace"]


def test_memory_is_not_bounded_where_it_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)
    limit_memory(1)
    assert len(bytes(8 << 20)) == 8 << 20


def test_a_source_with_a_problem_is_not_read() -> None:
    outcome = convert_source(Task(Source("a.txt", 3, problem="Permission denied"), Settings()))
    assert (outcome.status, outcome.reason) == (Status.FAILED, "Permission denied")


def test_no_handler_takes_the_end_of_time_for_an_error() -> None:
    assert not issubclass(OutOfTime, Exception)
    outcome = convert_source(replace(TASK, settings=Settings(seconds=0.0005)))
    assert (outcome.status, outcome.reason) == (Status.FAILED, "took more than 0.0005 seconds")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="bounded by the operating system")
def test_memory_limit() -> None:
    """In a process of its own: what is bounded once stays bounded."""
    program = """
from helpers.archives import release
from converter.archive.task import Settings, Task
from converter.archive.worker import convert_source, warm_up
from converter.archive.sources import Source
settings = Settings(megabytes=700)
warm_up(settings)
for data in (b"Cash   1,200   1,100\\n" * (12 << 20), release(1)):
    outcome = convert_source(Task(Source("a.txt", len(data), data=data), settings))
    print(outcome.status, outcome.reason)
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tests")}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment)
    assert done.stdout.splitlines() == ["failed needs more than 700 MB of memory", "converted "], done.stderr


def test_known_bytes_are_not_converted() -> None:
    first = convert_source(TASK)
    again = convert_source(replace(TASK, known_hash=first.hash))
    assert (again.status, again.hash, again.size) == (Status.UNCHANGED, first.hash, len(release(1)))
    assert again.files == ()


def outcome(path: str, **changes: object) -> Outcome:
    return replace(Outcome(Source(path, 1), Status.CONVERTED), **changes)


@pytest.mark.parametrize(
    ("made", "stem"),
    [
        (outcome("x/a.txt", cik=cik(1), accession=accession(1)), f"filings/{cik(1)}/{accession(1)}"),
        (outcome("x/a.txt", cik=cik(1)), "filings/unidentified/x/a.txt"),
        (outcome("x/a.txt", cik=cik(1), accession="../../etc"), "filings/unidentified/x/a.txt"),
        (outcome("/abs/./a.txt"), "filings/unidentified/abs/a.txt"),
        (outcome("b.tar!in/a.txt"), "filings/unidentified/b.tar/in/a.txt"),
        (outcome("s3://bucket/a.txt"), "filings/unidentified/s3/bucket/a.txt"),
    ],
)
def test_names(made: Outcome, stem: str) -> None:
    assert stem_of(made) == stem


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=130), min_size=1, max_size=4))
def test_no_name_leads_out_of_the_dataset(parts: list[str]) -> None:
    stem = stem_of(outcome("/".join(parts)))
    assert stem.startswith("filings/unidentified/")
    assert not {"", ".", ".."} & set(stem.split("/"))
    assert all(len(part.encode()) <= 120 for part in stem.split("/"))


def test_names_that_had_to_be_changed_stay_apart() -> None:
    assert len({stem_of(outcome(path)) for path in ("a:b", "a?b", "a_b", "a b", "..", "...")}) == 6


def test_partitions() -> None:
    known = outcome("a", entity="0000900001", period_end=date(2003, 9, 30))
    assert part_of(known).startswith("year=2003/part-")
    assert part_of(known) == part_of(replace(known, period_end=date(2003, 1, 1)))
    assert part_of(replace(known, period_end=None)).startswith("year=__HIVE_DEFAULT_PARTITION__/")


def test_packed_facts_are_the_flat_table() -> None:
    rows = tuple(rows_of(sample()))
    cells = list(csv.reader(unpack(pack_facts(rows)).decode().splitlines()))
    assert len(cells) == len(rows)
    assert [line[11] for line in cells] == [row.concept for row in rows]


def test_a_number_too_long_for_the_column_is_left_to_its_text() -> None:
    row = next(row for row in rows_of(sample()) if row.value is not None)
    packed = unpack(pack_facts([replace(row, value=Decimal("1e40"), value_text="1" + "0" * 40)])).decode()
    assert "1" + "0" * 40 in packed
    assert packed.count("0" * 40) == 1


def test_packed_findings() -> None:
    told = Finding(Severity.WARNING, Code.ARELLE, 'a "quoted"\nmessage', 12, 3, 9)
    (cells,) = csv.reader(unpack(pack_findings("a.txt", "ACME", [told])).decode().splitlines(keepends=True))
    assert cells == ["a.txt", "ACME", "warning", "arelle", 'a "quoted"\nmessage', "12", "3", "9"]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="signals of POSIX")
def test_a_worker_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that is stopped cannot heed its time limit; its source fails, the next one has a new worker."""
    monkeypatch.setattr("converter.archive.engines._GRACE", 0.5)
    engine = Processes(1, Settings(seconds=2))
    try:
        engine.submit(TASK)
        assert engine.next().status is Status.CONVERTED
        (worker,) = workers(os.getpid())
        engine.submit(replace(TASK, source=Source("long.txt", 1, data=release(1, header=False) * 20_000)))
        time.sleep(0.5)
        os.kill(worker, signal.SIGSTOP)
        stuck = engine.next()
        assert (stuck.status, stuck.reason) == (
            Status.FAILED,
            "took too long, and its worker did not heed the time limit",
        )
        engine.submit(TASK)
        assert engine.next().status is Status.CONVERTED
        assert engine.pending == 0
    finally:
        engine.stop()


def workers(parent: int) -> list[int]:
    """The processes that a fork server started for another process."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        parents = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            fields = path.read_text().rpartition(")")[2].split()
            parents[int(path.parent.name)] = int(fields[1])
        found = [child for child, above in parents.items() if parents.get(above) == parent]
        if found:
            return found
    return []
