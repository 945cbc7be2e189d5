"""Where tasks are worked on: in processes of this machine, or by the workers of a Dask scheduler."""

import multiprocessing
import os
import queue
import signal
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from typing import TYPE_CHECKING, Any, Protocol

from converter.archive.task import Outcome, Settings, Task
from converter.archive.worker import convert_source, failure, warm_up

if TYPE_CHECKING:
    import distributed

_AHEAD = 4  # tasks waiting for each worker, so that none is idle
_BYTES_AHEAD = 256 << 20
_GRACE = 15.0  # a worker that does not heed its time limit (a search that cannot be interrupted) is ended after it
_ENOUGH = 5.0  # seconds that a process is given to end


class Engine(Protocol):
    """Takes tasks, gives outcomes back in any order; every task ends as one outcome."""

    def submit(self, task: Task) -> None:
        """Have a task done."""

    def next(self) -> Outcome:
        """Wait for the next outcome; there must be a task pending."""

    @property
    def pending(self) -> int:
        """How many tasks have no outcome yet."""

    @property
    def full(self) -> bool:
        """Whether outcomes should be waited for before more is submitted."""

    def stop(self) -> None:
        """End all work, done or not."""


@dataclass(slots=True)
class _Worker:
    """A process, the pipe to it, and the task it has; the pipe is its own, so that its death concerns no other."""

    process: multiprocessing.process.BaseProcess
    pipe: Connection
    task: Task | None = None
    deadline: float = 0.0


class Processes:
    """Worker processes of this machine. One that dies or hangs is replaced.

    A source whose worker dies is tried once more: something else on the machine may have been the cause.
    """

    def __init__(self, jobs: int, settings: Settings) -> None:
        self._context = _context()
        self._settings = settings
        self._waiting: deque[Task] = deque()
        self._ended: deque[Outcome] = deque()
        self._tried: set[str] = set()
        self._workers = [self._new() for _ in range(jobs)]

    def submit(self, task: Task) -> None:
        """Have a task done."""
        self._waiting.append(task)
        for worker in self._workers:
            if worker.task is None:
                self._give(worker)
                break

    def next(self) -> Outcome:
        """Wait for the next outcome; its worker has another task by then."""
        while not self._ended:
            busy = {worker.pipe: worker for worker in self._workers if worker.task is not None}
            soonest = min(worker.deadline for worker in busy.values())
            for pipe in wait(list(busy), max(0.0, soonest - time.monotonic())):
                self._receive(busy[pipe])  # type: ignore[index]
            for worker in self._late():
                self._lose(worker, "took too long, and its worker did not heed the time limit")
        return self._ended.popleft()

    @property
    def pending(self) -> int:
        """How many tasks have no outcome yet."""
        return len(self._waiting) + len(self._ended) + sum(worker.task is not None for worker in self._workers)

    @property
    def full(self) -> bool:
        """Whether so much is waiting that no worker will be idle soon."""
        held = sum(max(0, task.source.size) for task in self._waiting)
        return len(self._waiting) >= _AHEAD * len(self._workers) or held > _BYTES_AHEAD

    def stop(self) -> None:
        """End all workers at once."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join(_ENOUGH)
            worker.pipe.close()

    def _new(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._settings), daemon=True)
        process.start()
        theirs.close()  # so that the end of the process is the end of the pipe
        return _Worker(process, ours)

    def _give(self, worker: _Worker) -> None:
        """Give an idle worker the next task that is waiting."""
        if not self._waiting:
            return
        worker.task = self._waiting.popleft()
        worker.deadline = time.monotonic() + self._settings.seconds + _GRACE
        try:
            worker.pipe.send(worker.task)
        except OSError:
            self._retry(worker)

    def _receive(self, worker: _Worker) -> None:
        try:
            outcome: Outcome = worker.pipe.recv()
        except (EOFError, OSError):
            self._retry(worker)
            return
        worker.task = None
        self._give(worker)
        self._ended.append(outcome)

    def _retry(self, worker: _Worker) -> None:
        """A worker is dead: its task is given to a new one, or has failed for good."""
        if worker.task is not None and worker.task.source.path not in self._tried:
            self._tried.add(worker.task.source.path)
            self._waiting.appendleft(worker.task)
            worker.task = None
        worker.process.join(_ENOUGH)
        self._lose(worker, f"its worker process died (exit code {worker.process.exitcode}): out of memory, or a crash")

    def _lose(self, worker: _Worker, reason: str) -> None:
        """Replace a worker; the task it still has has failed."""
        worker.process.kill()
        worker.process.join(_ENOUGH)
        worker.pipe.close()
        if worker.task is not None:
            self._ended.append(failure(worker.task, reason))
        new = self._new()
        self._workers[self._workers.index(worker)] = new
        self._give(new)

    def _late(self) -> Iterator[_Worker]:
        now = time.monotonic()
        yield from [worker for worker in self._workers if worker.task is not None and worker.deadline <= now]


def _context() -> ForkServerContext | SpawnContext:
    """How processes are started. A fork would take over the locks of this one's threads as they happen to be."""
    try:
        return multiprocessing.get_context("forkserver")
    except ValueError:
        return multiprocessing.get_context("spawn")


def _work(pipe: Connection, settings: Settings) -> None:
    """What a worker process does until nobody gives it work; Ctrl-C is for the process that does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm_up(settings)
    try:
        while True:
            pipe.send(convert_source(pipe.recv()))
    except (EOFError, OSError):
        return


@dataclass(slots=True)
class _Futures:
    """Tasks that others work on, and those that ended."""

    ended: "queue.SimpleQueue[tuple[Task, Any]]" = field(default_factory=queue.SimpleQueue)
    pending: int = 0
    bytes: int = 0


class Cluster:
    """The workers of a Dask scheduler: a task whose worker dies is given to another one."""

    def __init__(self, address: str) -> None:
        """Connect to the scheduler at an address such as `tcp://host:8786`. Raises OSError when there is none."""
        from distributed import Client

        self._client: distributed.Client = Client(address, timeout=10, set_as_default=False)
        self._most = max(1, sum(self._client.nthreads().values())) * (1 + _AHEAD)
        self._futures = _Futures()

    def submit(self, task: Task) -> None:
        """Have a task done."""
        futures = self._futures
        futures.pending += 1
        futures.bytes += max(0, task.source.size)
        future = self._client.submit(convert_source, task, pure=False)
        future.add_done_callback(lambda ended: futures.ended.put((task, ended)))

    def next(self) -> Outcome:
        """Wait for the next outcome."""
        task, ended = self._futures.ended.get()
        self._futures.pending -= 1
        self._futures.bytes -= max(0, task.source.size)
        try:
            outcome: Outcome = ended.result()
        except Exception as problem:
            return failure(task, f"{type(problem).__name__}: {problem}")
        return outcome

    @property
    def pending(self) -> int:
        """How many tasks have no outcome yet."""
        return self._futures.pending

    @property
    def full(self) -> bool:
        """Whether so much is under way that no worker will be idle soon."""
        return self._futures.pending >= self._most or self._futures.bytes > _BYTES_AHEAD

    def stop(self) -> None:
        """Leave the scheduler, which forgets the tasks of who left."""
        self._client.close()


def default_jobs() -> int:
    """As many workers as this process may use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
