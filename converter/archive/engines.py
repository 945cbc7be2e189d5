"""Engines that work on tasks: what they have in common, and processes of this machine."""

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from typing import Protocol

from converter.archive.task import Outcome, Settings, Task
from converter.archive.worker import convert_source, failed_outcome, warm_up

QUEUED_TASKS = 4  # tasks waiting per worker, so that no worker is idle
QUEUED_BYTES = 256 << 20
_GRACE = 15.0  # seconds after the time limit until a worker is killed (a search that cannot be interrupted)
_JOIN_SECONDS = 5.0


class Engine(Protocol):
    """Takes tasks and returns outcomes in any order; every task ends with one outcome.

    `is_local`: the workers see the folders of this process.
    """

    is_local: bool

    def submit(self, task: Task) -> None:
        """Queue a task."""

    def next(self) -> Outcome:
        """Wait for the next outcome; a task must be pending."""

    @property
    def pending(self) -> int:
        """Number of tasks without an outcome."""

    @property
    def full(self) -> bool:
        """Whether to wait for outcomes before more tasks are submitted."""

    def stop(self) -> None:
        """End all work, finished or not."""


@dataclass(slots=True)
class _Worker:
    """A process, the pipe to it, and its current task.

    Each worker has a pipe of its own, so that the death of one does not affect the others.
    """

    process: multiprocessing.process.BaseProcess
    pipe: Connection
    task: Task | None = None
    deadline: float = 0.0


class Processes:
    """Worker processes of this machine. One that dies or hangs is replaced.

    A source whose worker dies is tried once more, because something else on the machine may have been the cause.
    """

    is_local = True

    def __init__(self, jobs: int, settings: Settings) -> None:
        self._context = _context()
        self._settings = settings
        self._waiting: deque[Task] = deque()
        self._outcomes: deque[Outcome] = deque()
        self._retried: set[str] = set()
        self._workers = [self._start_worker() for _ in range(jobs)]

    def submit(self, task: Task) -> None:
        """Queue a task."""
        self._waiting.append(task)
        for worker in self._workers:
            if worker.task is None:
                self._assign(worker)
                break

    def next(self) -> Outcome:
        """Wait for the next outcome; its worker has already been assigned another task."""
        while not self._outcomes:
            busy = {worker.pipe: worker for worker in self._workers if worker.task is not None}
            first_deadline = min(worker.deadline for worker in busy.values())
            for pipe in wait(list(busy), max(0.0, first_deadline - time.monotonic())):
                self._receive(busy[pipe])  # type: ignore[index]
            for worker in self._overdue():
                self._replace(worker, "took too long, and its worker did not heed the time limit")
        return self._outcomes.popleft()

    @property
    def pending(self) -> int:
        """Number of tasks without an outcome."""
        return len(self._waiting) + len(self._outcomes) + sum(worker.task is not None for worker in self._workers)

    @property
    def full(self) -> bool:
        """Whether enough tasks are waiting to keep every worker busy."""
        waiting_bytes = sum(max(0, task.source.size) for task in self._waiting)
        return len(self._waiting) >= QUEUED_TASKS * len(self._workers) or waiting_bytes > QUEUED_BYTES

    def stop(self) -> None:
        """Kill all workers."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join(_JOIN_SECONDS)
            worker.pipe.close()

    def _start_worker(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._settings), daemon=True)
        with _interrupts_delayed(), _main_hidden():
            process.start()
        theirs.close()  # so that the end of the process is the end of the pipe
        return _Worker(process, ours)

    def _assign(self, worker: _Worker) -> None:
        """Send the next waiting task, if any, to an idle worker."""
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
        self._assign(worker)
        self._outcomes.append(outcome)

    def _retry(self, worker: _Worker) -> None:
        """Replace a dead worker; its task is queued again, or has failed if it was retried before."""
        if worker.task is not None and worker.task.source.path not in self._retried:
            self._retried.add(worker.task.source.path)
            self._waiting.appendleft(worker.task)
            worker.task = None
        worker.process.join(_JOIN_SECONDS)
        exit_code = worker.process.exitcode
        self._replace(worker, f"its worker process died (exit code {exit_code}): out of memory, or a crash")

    def _replace(self, worker: _Worker, reason: str) -> None:
        """Kill a worker and start another one; its task, if it still has one, has failed."""
        worker.process.kill()
        worker.process.join(_JOIN_SECONDS)
        worker.pipe.close()
        if worker.task is not None:
            self._outcomes.append(failed_outcome(worker.task, reason))
        replacement = self._start_worker()
        self._workers[self._workers.index(worker)] = replacement
        self._assign(replacement)

    def _overdue(self) -> Iterator[_Worker]:
        now = time.monotonic()
        yield from [worker for worker in self._workers if worker.task is not None and worker.deadline <= now]


def _context() -> ForkServerContext | SpawnContext:
    """Return how to start processes. A plain fork would copy locks that threads of this process hold."""
    try:
        return multiprocessing.get_context("forkserver")
    except ValueError:
        return multiprocessing.get_context("spawn")


@contextmanager
def _main_hidden() -> Iterator[None]:
    """Hide the main program from processes that are started in the block, which would otherwise run it again.

    Workers need nothing of it; a script without a guard would start workers of its own in each of them, and one that
    was read from standard input cannot be run again.
    """
    main = sys.modules["__main__"].__dict__
    hidden: dict[str, object] = {name: main.pop(name) for name in ("__file__", "__spec__") if name in main}
    main["__spec__"] = None
    try:
        yield
    finally:
        main.update(hidden)


@contextmanager
def _interrupts_delayed() -> Iterator[None]:
    """Hold Ctrl-C back for the duration of the block: processes that are started in it never get one."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # starting it would end the delay
    previous = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, previous)


def _work(pipe: Connection, settings: Settings) -> None:
    """Run a worker process until the pipe is closed. Ctrl-C is ignored: the parent process handles it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm_up(settings)
    try:
        while True:
            pipe.send(convert_source(pipe.recv()))
    except (EOFError, OSError):
        return


def default_jobs() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
