"""Limits of time and memory: the alarm, the thread that takes its place, what the operating system bounds."""

import sys
import threading
import time
from collections.abc import Callable
from itertools import chain, repeat

import pytest

from converter import limits
from converter.limits import OutOfTime, can_limit_memory, limit_memory, memory_limit, time_limit

linux = pytest.mark.skipif(sys.platform != "linux", reason="bounded by the operating system")


def work_without_end() -> None:
    while True:
        sum(range(100))


def in_the_main_thread(work: Callable[[], None]) -> None:
    work()


def in_another_thread(work: Callable[[], None]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


@pytest.mark.parametrize("where", [in_the_main_thread, in_another_thread])
def test_time_limit(where: Callable[[Callable[[], None]], None]) -> None:
    ended: list[str] = []

    def work() -> None:
        try:
            with time_limit(0.05):
                work_without_end()
        except OutOfTime:
            ended.append("out of time")
        with time_limit(60):
            ended.append("in time")

    where(work)
    assert ended == ["out of time", "in time"]


def test_the_end_of_time_is_no_error_that_a_handler_takes() -> None:
    assert not issubclass(OutOfTime, Exception)


class Finalized:
    """Work in a finalizer, from which Python lets no exception out."""

    def __del__(self) -> None:
        work_without_end()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("where", [in_the_main_thread, in_another_thread])
def test_an_exception_that_python_drops_is_raised_again(
    monkeypatch: pytest.MonkeyPatch, where: Callable[[Callable[[], None]], None]
) -> None:
    monkeypatch.setattr(limits, "_AGAIN", 0.05)
    ended: list[str] = []

    def work() -> None:
        try:
            with time_limit(0.05):
                Finalized()
                work_without_end()
        except OutOfTime:
            ended.append("out of time")

    where(work)
    assert ended == ["out of time"]


def test_a_limit_around_a_limit_still_holds() -> None:
    def work_with_another_limit() -> None:
        with time_limit(60):
            pass
        work_without_end()

    with pytest.raises(OutOfTime), time_limit(0.05):
        work_with_another_limit()
    with pytest.raises(OutOfTime), time_limit(0.05), time_limit(60):
        work_without_end()


def test_time_that_ends_with_the_work_interrupts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other thread may come when the work has just ended: then it is too late."""
    started: list[Callable[[], None]] = []

    class Late:
        def __init__(self, target: Callable[[], None], daemon: bool) -> None:
            started.append(target)

        def start(self) -> None: ...

    ended: list[str] = []

    def work() -> None:
        with monkeypatch.context() as patch:
            patch.setattr(threading, "Thread", Late)
            with time_limit(0):
                pass
        started[0]()
        for _ in range(1000):
            sum(range(100))
        ended.append("in peace")

    in_another_thread(work)
    assert ended == ["in peace"]


@linux
def test_memory_limit() -> None:
    """Beyond what the process has already, however much that is; and only inside the block."""
    with memory_limit(256), pytest.raises(MemoryError):
        bytes(512 << 20)
    with memory_limit(256):
        bytes(16 << 20)
    assert len(bytes(512 << 20)) == 512 << 20


@linux
def test_a_lower_limit_of_the_user_stays() -> None:
    with memory_limit(64):
        with memory_limit(1024), pytest.raises(MemoryError):
            bytes(128 << 20)
        assert limit_memory(1 << 20)
        with pytest.raises(MemoryError):
            bytes(128 << 20)


@pytest.mark.skipif(sys.platform == "win32", reason="without POSIX there is no limit")
@pytest.mark.parametrize("where", [in_the_main_thread, in_another_thread])
def test_memory_is_watched_where_it_is_not_bounded(
    monkeypatch: pytest.MonkeyPatch, where: Callable[[Callable[[], None]], None]
) -> None:
    peaks = chain([100 << 20, 101 << 20, 164 << 20], repeat(165 << 20))
    monkeypatch.setattr(limits, "limit_memory", lambda megabytes: False)
    monkeypatch.setattr(limits, "_peak_memory", lambda: next(peaks))
    monkeypatch.setattr(limits, "_WATCH_SECONDS", 0.01)
    ended: list[str] = []

    def work() -> None:
        deadline = time.monotonic() + 30
        try:
            with memory_limit(64):
                while time.monotonic() < deadline:
                    sum(range(100))
        except MemoryError:
            ended.append("out of memory")

    where(work)
    assert ended == ["out of memory"]
    assert next(peaks) == 165 << 20


@linux
def test_the_peak_is_in_bytes() -> None:
    assert 10 << 20 < limits._peak_memory() < 100 << 30


def test_without_posix_memory_is_not_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "find_spec", lambda name: None)
    monkeypatch.setitem(sys.modules, "resource", None)
    assert not can_limit_memory()
    assert not limit_memory(1)
    with memory_limit(1):
        assert len(bytes(8 << 20)) == 8 << 20
