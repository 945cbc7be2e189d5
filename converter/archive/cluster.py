"""The workers of a Dask scheduler as an engine."""

import queue
import socket
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from converter.archive.engines import QUEUED_BYTES, QUEUED_TASKS
from converter.archive.task import Outcome, Task
from converter.archive.worker import convert_source, failed_outcome

if TYPE_CHECKING:
    import distributed

_ANSWER_SECONDS = 10
_CHECK_SECONDS, _LONELY_CHECKS = 5.0, 6  # a scheduler without workers is waited for so long
_BATCH, _BATCH_BYTES = 16, 1 << 20  # tasks that are submitted together; fewer, if they are large


class _Batch(NamedTuple):
    """Tasks that were submitted together, and their finished future."""

    tasks: Sequence[Task]
    future: Any


class ClusterError(Exception):
    """A scheduler does not answer, or has no workers: the `reason` in one line, and the scheduler's `address`."""

    def __init__(self, reason: str, address: str) -> None:
        super().__init__(f"{address}: {reason}")
        self.reason = reason
        self.address = address


class Cluster:
    """The workers of a Dask scheduler: a task whose worker dies is given to another one.

    Tasks are submitted several at a time: submitting one, and fetching what became of it, costs this process as much as
    half a dozen filings cost it otherwise.
    """

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
        self._max_pending = max(1, sum(self._client.nthreads().values())) * (1 + QUEUED_TASKS) * _BATCH
        self._waiting: list[Task] = []
        self._done: queue.SimpleQueue[_Batch] = queue.SimpleQueue()
        self._outcomes: deque[Outcome] = deque()
        self._running = 0
        self._pending_bytes = 0

    def submit(self, task: Task) -> None:
        """Queue a task."""
        self._waiting.append(task)
        self._pending_bytes += _size(task)
        if len(self._waiting) >= _BATCH or sum(map(_size, self._waiting)) >= _BATCH_BYTES:
            self._send_waiting()

    def next(self) -> Outcome:
        """Wait for the next outcome. Raises ClusterError when the scheduler has had no workers for a while."""
        self._send_waiting()
        while not self._outcomes:
            self._receive(self._next_done())
        return self._outcomes.popleft()

    @property
    def pending(self) -> int:
        """Number of tasks without an outcome."""
        return len(self._waiting) + self._running + len(self._outcomes)

    @property
    def full(self) -> bool:
        """Whether enough tasks are pending to keep every worker busy."""
        return self.pending >= self._max_pending or self._pending_bytes > QUEUED_BYTES

    def stop(self) -> None:
        """Disconnect from the scheduler, which then drops the tasks."""
        self._client.close()

    def _send_waiting(self) -> None:
        if self._waiting:
            self._send(self._waiting)
            self._waiting = []

    def _send(self, tasks: Sequence[Task]) -> None:
        self._running += len(tasks)
        future = self._client.submit(_convert_all, tasks, pure=False)
        future.add_done_callback(lambda done: self._done.put(_Batch(tasks, done)))

    def _receive(self, batch: _Batch) -> None:
        """Take the outcomes of a batch; if it failed, its tasks are submitted again, each by itself."""
        self._running -= len(batch.tasks)
        try:
            outcomes: list[Outcome] = batch.future.result()
        except Exception as problem:
            if len(batch.tasks) > 1:
                for task in batch.tasks:
                    self._send([task])
                return
            outcomes = [failed_outcome(task, f"{type(problem).__name__}: {problem}") for task in batch.tasks]
        self._pending_bytes -= sum(map(_size, batch.tasks))
        self._outcomes += outcomes

    def _next_done(self) -> _Batch:
        lonely = 0
        while lonely < _LONELY_CHECKS:
            try:
                return self._done.get(timeout=_CHECK_SECONDS)
            except queue.Empty:
                lonely = 0 if self._client.nthreads() else lonely + 1
        raise ClusterError("the scheduler has lost all of its workers", self._address)


def _convert_all(tasks: Sequence[Task]) -> list[Outcome]:
    return [convert_source(task) for task in tasks]


def _size(task: Task) -> int:
    return max(0, task.source.size)


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
