"""Limits of time for one source and of memory for a process."""

import ctypes
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class OutOfTime(BaseException):
    """The time limit of a source has expired."""


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
        with _async_exception(seconds):
            yield


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def expire(*_: object) -> None:
        raise OutOfTime

    previous_handler = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous_handler)


@contextmanager
def _async_exception(seconds: float) -> Iterator[None]:
    lock, has_ended = threading.Lock(), False
    thread = ctypes.c_ulong(threading.get_ident())

    def expire() -> None:
        with lock:
            if not has_ended:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(OutOfTime))

    timer = threading.Timer(seconds, expire)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            has_ended = True
        timer.cancel()


def limit_memory(megabytes: int) -> None:
    """Limit the address space of this process: beyond it MemoryError is raised. Does nothing without POSIX."""
    try:
        import resource
    except ImportError:
        return
    _, hard_limit = resource.getrlimit(resource.RLIMIT_AS)
    limit = megabytes << 20
    soft_limit = limit if hard_limit == resource.RLIM_INFINITY else min(limit, hard_limit)
    resource.setrlimit(resource.RLIMIT_AS, (soft_limit, hard_limit))
