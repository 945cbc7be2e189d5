"""Where tasks are worked on: in processes of this machine, or by the workers of a Dask scheduler."""

import multiprocessing
import os
import queue
import signal
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Protocol

from converter.archive.task import Outcome, Settings, Task
from converter.archive.worker import convert_source, failure, warm_up

if TYPE_CHECKING:
    import distributed

_AHEAD = 4  # tasks waiting for each worker, so that none is idle
_BYTES_AHEAD = 256 << 20
_GRACE = 15.0  # a worker that does not heed its time limit (a search that cannot be interrupted) is ended after it


class Engine(Protocol):
    """Takes tasks, gives outcomes back in any order; every task ends as one outcome."""

    def submit(self, task: Task) -> None:
        """Have a task done."""

    def next(self) -> Outcome:
        """Wait for the next outcome."""

    @property
    def pending(self) -> int:
        """How many tasks have no outcome yet."""

    @property
    def full(self) -> bool:
        """Whether outcomes should be waited for before more is submitted."""

    def stop(self) -> None:
        """End all work, done or not."""


class _UnderWay:
    """The tasks that were given away, and the futures that ended."""

    def __init__(self, workers: int) -> None:
        self._most = workers * (1 + _AHEAD)
        self._done: queue.SimpleQueue[tuple[Task, Any]] = queue.SimpleQueue()
        self.pending = 0
        self._bytes = 0

    def watch(self, task: Task, future: Any) -> None:
        self.pending += 1
        self._bytes += max(0, task.source.size)
        future.add_done_callback(lambda ended: self._done.put((task, ended)))

    def next(self) -> tuple[Task, Outcome | Exception]:
        task, ended = self._done.get()
        self.pending -= 1
        self._bytes -= max(0, task.source.size)
        try:
            outcome: Outcome = ended.result()
        except Exception as problem:
            return task, problem
        return task, outcome

    @property
    def full(self) -> bool:
        return self.pending >= self._most or self._bytes > _BYTES_AHEAD


class Processes:
    """Worker processes of this machine. One that dies or hangs costs only the source it had, and is replaced.

    A source whose worker dies is tried once more: something else on the machine may have been the cause.
    """

    def __init__(self, jobs: int, settings: Settings) -> None:
        from pebble import ProcessPool

        # A fork would take over the threads' locks of this process as they happen to be; Windows has only "spawn".
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        self._seconds = settings.seconds + _GRACE
        self._pool = ProcessPool(max_workers=jobs, context=context, initializer=_begin, initargs=(settings,))
        self._tasks = _UnderWay(jobs)
        self._tried: set[str] = set()

    def submit(self, task: Task) -> None:
        future: Future[Outcome] = self._pool.schedule(convert_source, args=(task,), timeout=self._seconds)
        self._tasks.watch(task, future)

    def next(self) -> Outcome:
        from pebble import ProcessExpired

        task, ended = self._tasks.next()
        if isinstance(ended, ProcessExpired) and task.source.path not in self._tried:
            self._tried.add(task.source.path)
            self.submit(task)
            return self.next()
        return ended if isinstance(ended, Outcome) else failure(task, _explained(ended))

    @property
    def pending(self) -> int:
        return self._tasks.pending

    @property
    def full(self) -> bool:
        return self._tasks.full

    def stop(self) -> None:
        self._pool.stop()
        self._pool.join()


def _begin(settings: Settings) -> None:
    """What a worker process does first; Ctrl-C is for the process that gives it work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm_up(settings)


def _explained(problem: Exception) -> str:
    from pebble import ProcessExpired

    if isinstance(problem, TimeoutError):
        return "took too long, and its worker did not heed the time limit"
    if isinstance(problem, ProcessExpired):
        return f"its worker process died (exit code {problem.exitcode}): out of memory, or a crash"
    return f"{type(problem).__name__}: {problem}"


class Cluster:
    """The workers of a Dask scheduler: a task whose worker dies is given to another one."""

    def __init__(self, address: str) -> None:
        """Connect to the scheduler at an address such as `tcp://host:8786`. Raises OSError when there is none."""
        from distributed import Client

        self._client: distributed.Client = Client(address, timeout=10, set_as_default=False)
        self._tasks = _UnderWay(max(1, sum(self._client.nthreads().values())))

    def submit(self, task: Task) -> None:
        self._tasks.watch(task, self._client.submit(convert_source, task, pure=False))

    def next(self) -> Outcome:
        task, ended = self._tasks.next()
        return ended if isinstance(ended, Outcome) else failure(task, f"{type(ended).__name__}: {ended}")

    @property
    def pending(self) -> int:
        return self._tasks.pending

    @property
    def full(self) -> bool:
        return self._tasks.full

    def stop(self) -> None:
        self._client.close()


def default_jobs() -> int:
    """As many workers as this process may use cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
