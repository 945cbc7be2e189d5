"""Check mutants in processes of their own: one that hangs, crashes or takes all memory is only one more problem."""

import gc
import multiprocessing
import os
import signal
import time
import warnings
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from unittest import mock

from msgspec import Struct

from fuzz.checks import THOROUGH_FACTOR, USUAL_LIMITS, Limits, Problem, check
from fuzz.corpus import Seed
from fuzz.limits import limit_memory
from fuzz.mutants import numbered

_SPARE_MEGABYTES = 256  # for the checks themselves
_GRACE = 30.0  # seconds of wall time until a process is killed that does not heed its limits
_SLOW_MACHINE = 4.0  # wall time per CPU time


class Job(Struct, frozen=True):
    """What all mutants of a run have in common: the corpus, the seed of chance and the limits of one mutant.

    `hash_seed` is that of Python's hashes in the processes; results must not depend on it.
    """

    seeds: Sequence[Seed]
    seed: int
    limits: Limits = USUAL_LIMITS
    hash_seed: int = 1


class Task(Struct, frozen=True):
    """A mutant to check, by its number."""

    number: int
    thorough: bool = False


class Entry(Struct, frozen=True):
    """What was found out about a mutant; `size` is in bytes, `seconds` and `megabytes` are what it took."""

    number: int
    hash_seed: int
    kind: str
    seed: str
    ways: tuple[str, ...]
    size: int
    status: str
    digest: str
    seconds: float
    megabytes: float
    problems: tuple[Problem, ...]


def checked_in_processes(job: Job, tasks: Iterable[Task], processes: int) -> Iterator[Entry]:
    """Check mutants in several processes; the entries come in any order."""
    waiting = deque(tasks)
    workers = [_Worker(job) for _ in range(min(processes, len(waiting)))]
    try:
        while True:
            for worker in workers:
                if worker.task is None and waiting:
                    worker.assign(waiting.popleft())
            busy = [worker for worker in workers if worker.task is not None]
            if not busy:
                return
            wait([worker.pipe for worker in busy], 1.0)
            yield from (entry for worker in busy if (entry := worker.entry()) is not None)
    finally:
        for worker in workers:
            worker.stop()


class _Worker:
    """A process that checks one mutant after the other, and is replaced if it dies or hangs."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._start()

    def _start(self) -> None:
        self.task: Task | None = None
        self._deadline = 0.0
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self._job), daemon=True)
        with mock.patch.dict(os.environ, PYTHONHASHSEED=str(self._job.hash_seed)):
            self._process.start()
        theirs.close()  # so that the end of the process is the end of the pipe

    def assign(self, task: Task) -> None:
        """Give the process a mutant to check."""
        self.task = task
        seconds = self._job.limits.seconds * (THOROUGH_FACTOR if task.thorough else 1)
        self._deadline = time.monotonic() + seconds * _SLOW_MACHINE + _GRACE
        with suppress(OSError):  # a process that has died is noticed when it should answer
            self.pipe.send(task)

    def entry(self) -> Entry | None:
        """Return what the process found out about its mutant, None if it is still at work."""
        assert self.task is not None
        if self.pipe.poll():
            try:
                entry: Entry = self.pipe.recv()
            except (EOFError, OSError):
                self._process.join()
                return self._failed("died", f"exit code {self._process.exitcode}")
            self.task = None
            return entry
        return self._failed("slow", "killed") if time.monotonic() > self._deadline else None

    def _failed(self, kind: str, place: str) -> Entry:
        assert self.task is not None
        problem = Problem(kind, place, "the process that checked the mutant had to be replaced")
        entry = Entry(self.task.number, self._job.hash_seed, "unknown", "", (), 0, "failed", "", 0.0, 0.0, (problem,))
        self.stop()
        self._start()
        return entry

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self.pipe.close()


def _work(pipe: Connection, job: Job) -> None:
    """Check mutants until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process handles it
    warnings.simplefilter("ignore")  # of libraries, about what is damaged
    check(numbered(job.seeds, job.seed, 0))
    gc.collect()
    gc.freeze()
    limit_memory(job.limits.megabytes + _SPARE_MEGABYTES)
    with suppress(EOFError, OSError):
        while True:
            pipe.send(_entry(pipe.recv(), job))


def _entry(task: Task, job: Job) -> Entry:
    mutant = numbered(job.seeds, job.seed, task.number)
    size = sum(map(len, mutant.files.values()))
    result = check(mutant, job.limits, task.thorough)
    return Entry(task.number, job.hash_seed, mutant.kind, mutant.seed, mutant.ways, size, *result)
