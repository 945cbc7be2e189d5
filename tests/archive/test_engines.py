"""Where tasks are worked on: a worker process from inside, what becomes of the tasks of dead workers, and Dask."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.archives import release
from msgspec.structs import replace

from converter.archive import engines
from converter.archive.cluster import Cluster, ClusterError
from converter.archive.engines import Processes
from converter.archive.sources import Source
from converter.archive.task import Outcome, Settings, Status, Task

TASK = Task(Source("in/a.txt", 1, data=release(1)), Settings())
LONG = replace(TASK, source=Source("in/long.txt", 1, data=release(1, header=False) * 20_000))


def named(path: str) -> Task:
    return replace(TASK, source=replace(TASK.source, path=path))


@pytest.fixture
def engine() -> Iterator[Processes]:
    """One worker process."""
    made = Processes(1, Settings())
    yield made
    made.stop()


# A worker process


def test_a_worker_converts_what_it_is_given_until_nobody_gives_it_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    warmed: list[Settings] = []
    monkeypatch.setattr(engines, "warm_up", warmed.append)  # it would bound the memory of this process
    ours, theirs = multiprocessing.Pipe()
    outcomes: list[Outcome] = []

    def give() -> None:
        for path in ("a.txt", "b.txt"):
            ours.send(named(path))
            outcomes.append(ours.recv())
        ours.close()

    giver = threading.Thread(target=give)
    before = signal.getsignal(signal.SIGINT)
    try:
        giver.start()
        engines._work(theirs, TASK.settings)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN, "Ctrl-C is for the process that gives it work"
    finally:
        signal.signal(signal.SIGINT, before)
        giver.join()
    assert warmed == [TASK.settings]
    assert [(outcome.source.path, outcome.status) for outcome in outcomes] == [
        ("a.txt", Status.CONVERTED),
        ("b.txt", Status.CONVERTED),
    ]


def test_a_worker_ends_when_nobody_takes_its_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "warm_up", lambda settings: None)
    ours, theirs = multiprocessing.Pipe()
    ours.send(TASK)
    ours.close()
    before = signal.getsignal(signal.SIGINT)
    try:
        engines._work(theirs, TASK.settings)
    finally:
        signal.signal(signal.SIGINT, before)


def test_processes_are_spawned_where_there_is_no_fork_server(monkeypatch: pytest.MonkeyPatch) -> None:
    known = multiprocessing.get_context

    def without_fork_server(method: str) -> object:
        if method == "forkserver":
            raise ValueError("cannot find context for 'forkserver'")
        return known(method)

    usual = engines._context().get_start_method()
    assert usual == ("spawn" if sys.platform == "win32" else "forkserver")
    monkeypatch.setattr(multiprocessing, "get_context", without_fork_server)
    assert engines._context().get_start_method() == "spawn"


# Processes


def test_tasks_wait_while_the_worker_is_busy(engine: Processes) -> None:
    for number in range(6):
        assert engine.full is (number > 4), "four wait, one is worked on"
        engine.submit(named(f"{number}.txt"))
    assert engine.pending == 6
    assert [engine.next().source.path for _ in range(6)] == [f"{number}.txt" for number in range(6)]
    assert engine.pending == 0
    assert not engine.full


def test_few_large_tasks_are_enough(engine: Processes) -> None:
    engine.submit(TASK)
    engine.submit(replace(TASK, source=replace(TASK.source, size=300 << 20)))
    assert engine.full


def test_an_idle_worker_that_is_dead_is_replaced(engine: Processes) -> None:
    engine.submit(TASK)
    assert engine.next().status is Status.CONVERTED
    end(engine)
    engine.submit(TASK)
    assert engine.next().status is Status.CONVERTED


@pytest.mark.slow
def test_a_source_whose_worker_dies_twice_has_failed(engine: Processes) -> None:
    engine.submit(LONG)
    engine.submit(TASK)

    def kill_twice() -> None:
        for _ in range(2):
            end(engine, after=0.5)

    killer = threading.Thread(target=kill_twice)
    killer.start()
    failed, converted = engine.next(), engine.next()
    killer.join()
    assert (failed.source.path, failed.status) == ("in/long.txt", Status.FAILED)
    assert failed.reason == "its worker process died (exit code -9): out of memory, or a crash"
    assert (converted.source.path, converted.status) == ("in/a.txt", Status.CONVERTED)
    assert engine.pending == 0


def end(engine: Processes, after: float = 0.0) -> None:
    """Kill the worker as the system would, `after` seconds of its life."""
    (worker,) = engine._workers
    time.sleep(after)
    assert worker.process.pid is not None
    os.kill(worker.process.pid, signal.SIGKILL)
    worker.process.join(10)
    deadline = time.monotonic() + 20
    while engine._workers[0] is worker and after and time.monotonic() < deadline:
        time.sleep(0.01)


# Dask


@pytest.mark.slow
def test_dask_gives_outcomes_back_and_what_goes_wrong_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    distributed = pytest.importorskip("distributed")

    def convert(task: Task) -> Outcome:
        if task.source.path == "bad.txt":
            raise RuntimeError("the worker has another version")
        return Outcome(task.source, Status.CONVERTED)

    monkeypatch.setattr("converter.archive.cluster.convert_source", convert)
    workers = {"n_workers": 1, "threads_per_worker": 1, "processes": False}
    with distributed.LocalCluster(**workers, dashboard_address=None, local_directory=str(tmp_path)) as cluster:
        engine = Cluster(cluster.scheduler_address)
        try:
            full_of_nothing = engine.full
            for path in ("good.txt", "bad.txt"):
                engine.submit(named(path))
            assert engine.pending == 2
            outcomes = {outcome.source.path: outcome for outcome in (engine.next(), engine.next())}
            assert engine.pending == 0
            engine.submit(replace(TASK, source=replace(TASK.source, size=300 << 20)))
            assert engine.full, "few large tasks are enough"
        finally:
            engine.stop()
    assert not full_of_nothing
    assert outcomes["good.txt"].status is Status.CONVERTED
    assert (outcomes["bad.txt"].status, outcomes["bad.txt"].reason) == (
        Status.FAILED,
        "RuntimeError: the worker has another version",
    )


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("foo", "not an address such as tcp://host:8786"),
        ("tcp://host:port", "not an address such as tcp://host:8786"),
        ("tcp://127.0.0.1:1", "no scheduler answers ("),
        ("tcp://127.0.0.1:99999999", "no scheduler answers ("),
        ("nonsense://x", "no scheduler answers ("),
    ],
)
def test_where_no_scheduler_is(address: str, reason: str) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(ClusterError) as caught:
        Cluster(address)
    assert (caught.value.reason[: len(reason)], caught.value.address) == (reason, address)


@pytest.mark.slow
def test_a_scheduler_without_workers_ends_the_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr("converter.archive.cluster._ANSWER_SECONDS", 1)
    monkeypatch.setattr("converter.archive.cluster._CHECK_SECONDS", 0.1)
    options = {"processes": False, "dashboard_address": None, "local_directory": str(tmp_path)}
    with distributed.LocalCluster(n_workers=0, **options) as cluster:
        with pytest.raises(ClusterError, match="has no workers after 1 seconds"):
            Cluster(cluster.scheduler_address)
        cluster.scale(1)
        cluster.wait_for_workers(1)
        engine = Cluster(cluster.scheduler_address)
        try:
            cluster.scale(0)
            with pytest.raises(ClusterError, match="has lost all of its workers"):
                engine.next()
        finally:
            engine.stop()


def test_as_many_workers_as_cores_that_may_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 3, 5}, raising=False)
    assert engines.default_jobs() == 3


@pytest.mark.parametrize(("cores", "jobs"), [(8, 8), (None, 1)])
def test_all_cores_where_nobody_says_which_may_be_used(
    monkeypatch: pytest.MonkeyPatch, cores: int | None, jobs: int
) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert engines.default_jobs() == jobs
