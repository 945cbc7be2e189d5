"""Make an input smaller as long as it shows the same problem."""

import time
from collections.abc import Callable, Sequence

from fuzz.checks import Limits, Problem, check
from fuzz.mutants import Mutant

_QUICK = ("unaccounted", "finding", "message", "invalid")
"""Kinds of problems that a check finds without being thorough."""


def minimised(mutant: Mutant, problem: Problem, seconds: float, limits: Limits) -> Mutant:
    """Return the mutant with its largest file as small as it can be made in so many seconds, with the same problem."""
    ending = max(mutant.files, key=lambda name: len(mutant.files[name]))

    def shows_problem(data: bytes) -> bool:
        candidate = mutant._replace(files={**mutant.files, ending: data})
        problems = check(candidate, limits, thorough=problem.kind not in _QUICK).problems
        return any((each.kind, each.place) == (problem.kind, problem.place) for each in problems)

    smaller = smallest(mutant.files[ending], shows_problem, time.monotonic() + seconds)
    return mutant._replace(files={**mutant.files, ending: smaller})


def smallest(data: bytes, is_wanted: Callable[[bytes], bool], deadline: float) -> bytes:
    """Return the smallest part of the data that is wanted and can be found until the deadline.

    Lines are dropped and then bytes, in runs of decreasing length.
    """
    for split in (lambda data: data.splitlines(keepends=True), _single_bytes, _single_bytes):
        parts: list[bytes] = split(data)
        size = len(parts) // 2
        while size and time.monotonic() < deadline:
            parts = _without_runs(parts, size, is_wanted, deadline)
            size //= 2
        data = b"".join(parts)
    return data


def _single_bytes(data: bytes) -> list[bytes]:
    return [data[i : i + 1] for i in range(len(data))]


def _without_runs(
    parts: Sequence[bytes], size: int, is_wanted: Callable[[bytes], bool], deadline: float
) -> list[bytes]:
    """Drop each run of `size` parts that is not needed."""
    kept, start = list(parts), 0
    while start < len(kept) and time.monotonic() < deadline:
        candidate = kept[:start] + kept[start + size :]
        if is_wanted(b"".join(candidate)):
            kept = candidate
        else:
            start += size
    return kept
