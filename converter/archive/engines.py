"""Engines that work on tasks: processes of this machine, or the workers of a Dask scheduler."""

import multiprocessing
import os
import queue
import signal
import socket
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from converter.archive.task import Outcome, Settings, Task
from converter.archive.worker import convert_source, failed_outcome, warm_up

if TYPE_CHECKING:
    import distributed

_ANSWER_SECONDS = 10
_CHECK_SECONDS, _LONELY_CHECKS = 5.0, 6  # a scheduler without workers is waited for so long
_QUEUED_TASKS = 4  # tasks waiting per worker, so that no worker is idle
_QUEUED_BYTES = 256 << 20
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
        return len(self._waiting) >= _QUEUED_TASKS * len(self._workers) or waiting_bytes > _QUEUED_BYTES

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


class _DoneTask(NamedTuple):
    """A task and its finished future."""

    task: Task
    future: Any


@dataclass(slots=True)
class _Futures:
    """The tasks that were submitted to a scheduler: those that are done, and the number and bytes of the pending."""

    done: "queue.SimpleQueue[_DoneTask]" = field(default_factory=queue.SimpleQueue)
    pending: int = 0
    pending_bytes: int = 0


class ClusterError(Exception):
    """A scheduler does not answer, or has no workers: the `reason` in one line, and the scheduler's `address`."""

    def __init__(self, reason: str, address: str) -> None:
        super().__init__(f"{address}: {reason}")
        self.reason = reason
        self.address = address


class Cluster:
    """The workers of a Dask scheduler: a task whose worker dies is given to another one."""

    is_local = False

    def __init__(self, address: str) -> None:
        """Connect to the scheduler at an address such as `tcp://host:8786`. Raises ClusterError without workers."""
        from distributed import Client

        _check_address(address)
        self._address = address
        try:
            self._client: distributed.Client = Client(address, timeout=_ANSWER_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ClusterError(f"no scheduler answers ({error})", address) from None
        try:
            self._client.wait_for_workers(1, timeout=_ANSWER_SECONDS)
        except TimeoutError:
            self._client.close()
            raise ClusterError(f"the scheduler has no workers after {_ANSWER_SECONDS} seconds", address) from None
        self._max_pending = max(1, sum(self._client.nthreads().values())) * (1 + _QUEUED_TASKS)
        self._futures = _Futures()

    def submit(self, task: Task) -> None:
        """Queue a task."""
        futures = self._futures
        futures.pending += 1
        futures.pending_bytes += max(0, task.source.size)
        future = self._client.submit(convert_source, task, pure=False)
        future.add_done_callback(lambda done: futures.done.put(_DoneTask(task, done)))

    def next(self) -> Outcome:
        """Wait for the next outcome. Raises ClusterError when the scheduler has had no workers for a while."""
        task, future = self._next_done()
        self._futures.pending -= 1
        self._futures.pending_bytes -= max(0, task.source.size)
        try:
            outcome: Outcome = future.result()
        except Exception as problem:
            return failed_outcome(task, f"{type(problem).__name__}: {problem}")
        return outcome

    def _next_done(self) -> "_DoneTask":
        lonely = 0
        while lonely < _LONELY_CHECKS:
            try:
                return self._futures.done.get(timeout=_CHECK_SECONDS)
            except queue.Empty:
                lonely = 0 if self._client.nthreads() else lonely + 1
        raise ClusterError("the scheduler has lost all of its workers", self._address)

    @property
    def pending(self) -> int:
        """Number of tasks without an outcome."""
        return self._futures.pending

    @property
    def full(self) -> bool:
        """Whether enough tasks are pending to keep every worker busy."""
        return self._futures.pending >= self._max_pending or self._futures.pending_bytes > _QUEUED_BYTES

    def stop(self) -> None:
        """Disconnect from the scheduler, which then drops the tasks."""
        self._client.close()


def _check_address(address: str) -> None:
    """Raise ClusterError where nothing listens: the client of Dask waits long, and says more than one line."""
    protocol, mark, host = address.rpartition("://")
    if mark and protocol not in ("tcp", "tls"):
        return
    name, _, port = host.rpartition(":")
    if not name or not port.isdecimal():
        raise ClusterError("not an address such as tcp://host:8786", address)
    try:
        socket.create_connection((name.strip("[]"), int(port)), _ANSWER_SECONDS).close()
    except (OSError, OverflowError) as error:
        raise ClusterError(f"no scheduler answers ({error})", address) from None


def default_jobs() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
