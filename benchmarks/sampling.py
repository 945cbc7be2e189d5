"""Where CPU time goes, by module of the converter: a look every two milliseconds costs next to nothing."""

import signal
import time
from collections import Counter
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Self

import converter

_INTERVAL = 0.002  # CPU seconds
_ROOT = Path(converter.__file__).parent
_SERVANTS = ("vocabulary", "taxonomy", "resources", "limits")  # their time is that of the module that calls them


class Sampler:
    """Counts, while its `with` blocks run, the CPU time of each module of the package `converter`.

    The time of libraries and of the packages that all others use is that of the module that calls them.
    """

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._last = 0.0

    def __enter__(self) -> Self:
        """Start to look."""
        self._last = time.process_time()
        signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, _INTERVAL, _INTERVAL)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop looking."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, signal.SIG_IGN)

    def _look(self, _: int, frame: FrameType | None) -> None:
        now = time.process_time()
        while frame is not None and not _module(frame.f_code.co_filename):
            frame = frame.f_back
        self._counts[_module(frame.f_code.co_filename) if frame else "other"] += round((now - self._last) * 1e6)
        self._last = now

    def seconds(self, total: float) -> dict[str, float]:
        """Return the CPU seconds of each module, such as `tables/captions`, with `total` for all of them."""
        counted = max(self._counts.total(), 1)
        return {module: count / counted * total for module, count in self._counts.items()}


@cache
def _module(filename: str) -> str:
    """Return the module of a file as `package/module`, "" if its time is its caller's."""
    path = Path(filename)
    if not path.is_relative_to(_ROOT):
        return ""
    name = path.relative_to(_ROOT).with_suffix("").as_posix().removesuffix("/__init__")
    return "" if name.split("/")[0] in _SERVANTS else name
