"""Limits of time for a piece of work and of memory for a process."""

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

_STATM = Path("/proc/self/statm")  # Linux: sizes of this process in pages, the address space first
_WATCH_SECONDS = 0.1
_AGAIN = 1.0  # seconds until an exception is raised again: Python drops one that is raised in a finalizer
_SHORTEST = 1e-6  # seconds; 0 would be no alarm


class OutOfTime(BaseException):
    """The time limit has expired."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise OutOfTime inside the block when it takes longer.

    In the main thread of a POSIX process an alarm signal does it, which interrupts even a long search by a regular
    expression; elsewhere another thread sets the exception, which is raised between two steps of the interpreter.
    """
    if hasattr(signal, "SIGALRM") and threading.current_thread() is threading.main_thread():
        with _alarm(seconds):
            yield
    else:
        with _raised_from_outside(OutOfTime, lambda: True, seconds):
            yield


@contextmanager
def memory_limit(megabytes: int) -> Iterator[None]:
    """Raise MemoryError inside the block when the process takes so much more memory than it had before.

    Linux refuses the memory, to whatever asks for it. Other POSIX systems do not, so that a thread watches how much the
    process takes. Without POSIX there is no limit: see `can_limit_memory`.
    """
    if not can_limit_memory():
        yield
        return
    import resource

    previous = resource.getrlimit(resource.RLIMIT_AS)
    if _STATM.exists() and limit_memory(megabytes + (_address_space() >> 20)):
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_AS, previous)
    else:
        most = _peak_memory() + (megabytes << 20)
        with _raised_from_outside(MemoryError, lambda: _peak_memory() > most, _WATCH_SECONDS):
            yield


def limit_memory(megabytes: int) -> bool:
    """Limit the address space of this process: beyond it MemoryError is raised. Return whether the system does so.

    Linux does. macOS does not accept such a limit, Windows knows none. A lower limit that is set already stays.
    """
    try:
        import resource

        soft_limit, hard_limit = resource.getrlimit(resource.RLIMIT_AS)
        known = [limit for limit in (soft_limit, hard_limit) if limit != resource.RLIM_INFINITY]
        resource.setrlimit(resource.RLIMIT_AS, (min([megabytes << 20, sys.maxsize, *known]), hard_limit))
    except (ImportError, ValueError, OSError):
        return False
    return True


def can_limit_memory() -> bool:
    """Return whether `memory_limit` has an effect on this system."""
    return find_spec("resource") is not None


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def expire(*_: object) -> None:
        raise OutOfTime

    start = time.monotonic()
    outer_seconds, _ = signal.getitimer(signal.ITIMER_REAL)  # of a limit around this one, 0 for none
    previous_handler = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, min(seconds, outer_seconds or seconds), _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous_handler)
        if outer_seconds:
            signal.setitimer(signal.ITIMER_REAL, max(outer_seconds - (time.monotonic() - start), _SHORTEST), _AGAIN)


@contextmanager
def _raised_from_outside(exception: type[BaseException], is_due: Callable[[], bool], seconds: float) -> Iterator[None]:
    """Raise an exception inside the block once it is due; another thread asks each time so many seconds have passed."""
    import ctypes  # takes some milliseconds, and is not needed where an alarm does it

    caller = ctypes.c_ulong(threading.get_ident())
    lock, has_ended = threading.Lock(), threading.Event()

    def watch() -> None:
        pause = seconds
        while not has_ended.wait(pause):
            with lock:
                if not has_ended.is_set() and is_due():
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(caller, ctypes.py_object(exception))
                    pause = _AGAIN

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        with lock:
            has_ended.set()


def _address_space() -> int:
    """Return the bytes of address space that this process has taken, on Linux."""
    import resource

    return int(_STATM.read_text(encoding="ascii").split()[0]) * resource.getpagesize()


def _peak_memory() -> int:
    """Return the most bytes of memory that this process has held at a time."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak << 10
