"""Limits of time and memory for one call, and what it took; for processes of POSIX."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from msgspec import Struct

_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class TooSlow(BaseException):
    """The limit of time has expired."""


class Usage(Struct):
    """What a call took: CPU seconds, and megabytes beyond what the process had before."""

    seconds: float = 0.0
    megabytes: float = 0.0


@contextmanager
def measured(usage: Usage) -> Iterator[None]:
    """Measure what the block takes, also if it raises an exception."""
    before = _reset_peak()
    start = time.process_time()
    try:
        yield
    finally:
        usage.seconds = time.process_time() - start
        usage.megabytes = max(0.0, _memory("VmHWM") - before)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooSlow inside the block when it takes more CPU time, even during a search by a regular expression."""

    def expire(_: int, frame: FrameType | None) -> None:
        raise TooSlow

    previous_handler = signal.signal(signal.SIGVTALRM, expire)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, previous_handler)


def limit_memory(megabytes: float) -> None:
    """Limit this process to so much more memory than it has: beyond it MemoryError is raised."""
    import resource

    _, hard_limit = resource.getrlimit(resource.RLIMIT_AS)
    limit = int(_memory("VmSize") + megabytes) << 20
    soft_limit = limit if hard_limit == resource.RLIM_INFINITY else min(limit, hard_limit)
    resource.setrlimit(resource.RLIMIT_AS, (soft_limit, hard_limit))


def _reset_peak() -> float:
    """Forget the peak of memory, where the system can, and return the memory of this process in megabytes."""
    try:
        _RESET.write_text("5", encoding="ascii")
    except OSError:
        return _memory("VmHWM")
    return _memory("VmRSS")


def _memory(name: str) -> float:
    """Return a figure of /proc/self/status in megabytes, 0 where there is none."""
    if not _STATUS.exists():
        return 0.0
    return int(_STATUS.read_text(encoding="ascii").partition(f"{name}:")[2].split()[0]) / 1024
