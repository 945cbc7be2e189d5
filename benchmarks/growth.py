"""Measure how time and memory grow with the size of a document, for inputs made to take long.

usage: python benchmarks/growth.py [--size BYTES] [--only PART] [FAMILY...]

Each family (benchmarks/hostile.py) is one kind of document that can be made as large as one likes. It is converted at
the given size (100,000 bytes), twice and four times of it, each time in a process of its own. The report says how
the time grows from the first to the last size (the exponent: 1 is linear, 2 is quadratic; "-" where all took too short
to tell) and how many bytes of memory each byte of the largest one took. `--only patterns` does the same for texts
made from every regular expression of the package: what each of its repeats reads, again and again, as the text of a
line, a caption, a title and a cell.

The status is 1 if anything grows faster than it may: an exponent over 1.2, or more memory than 20 times the document
and 100 MB.
"""

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from typing import NamedTuple

from ambiguity import repeats
from expressions import expressions
from hostile import FAMILIES, PLACES

from converter.pipeline import NotAReport, read_data
from converter.report import Options

_LARGEST_EXPONENT = 1.2
_LARGEST_FACTOR, _LARGEST_BASE = 20, 100_000_000  # bytes of memory: for each byte of the document, and beside
_TIME_LIMIT = 120  # CPU seconds for one document
_SHORT = 0.05  # CPU seconds; what takes less at four times the size tells nothing
_PATTERN_SIZE = 4_000


class Measurement(NamedTuple):
    """CPU seconds and the bytes of memory that converting a document of `size` bytes took; how it ended."""

    size: int
    seconds: float
    memory: int
    result: str


def measure(name: str, size: int) -> Measurement:
    """Convert the document of a family in a new process."""
    command = [sys.executable, __file__, "--measure", name, "--size", str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or [f"status {done.returncode}"])[-1]
        return Measurement(size, math.inf, 0, reason)
    return Measurement(*json.loads(done.stdout))


def _measure_here(name: str, size: int) -> Measurement:
    resource.setrlimit(resource.RLIMIT_CPU, (_TIME_LIMIT, _TIME_LIMIT))
    _convert(FAMILIES["plain"](1_000))  # loads what is loaded once
    data = FAMILIES[name](size)
    before, start = _peak(), time.process_time()
    result = _convert(data)
    return Measurement(len(data), time.process_time() - start, _peak() - before, result)


def _convert(data: bytes) -> str:
    try:
        read_data(data, "hostile", Options(all_tables=True))
    except NotAReport as refusal:
        return str(refusal)
    return "read"


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def exponent(first: Measurement, last: Measurement) -> float | None:
    """Return the power of the size that the time grows with; None if it is too short to tell."""
    if last.seconds < _SHORT:
        return None
    return math.log(last.seconds / max(first.seconds, 0.001)) / math.log(last.size / first.size)


def compare_families(names: list[str], size: int) -> bool:
    """Print a line for each family; return whether all grow as they may."""
    fine = True
    print(f"{'family':34}{'bytes':>9}{'s':>8}{'2x':>8}{'4x':>8}{'power':>7}{'memory':>8}")
    for name in names:
        one, two, four = (measure(name, factor * size) for factor in (1, 2, 4))
        power = exponent(one, four)
        over = (power or 0) > _LARGEST_EXPONENT or four.memory > _LARGEST_FACTOR * four.size + _LARGEST_BASE
        fine = fine and not over
        print(
            f"{name:34}{one.size:>9,}{one.seconds:>8.2f}{two.seconds:>8.2f}{four.seconds:>8.2f}"
            f"{'-' if power is None else f'{power:.2f}':>7}{four.memory / max(four.size, 1):>7.1f}x"
            f"{'  <-' if over else ''}  {four.result[:60]}",
            flush=True,
        )
    return fine


def compare_patterns(size: int) -> bool:
    """Print the texts made from expressions that take more than linear time; return whether there is none."""
    fine = True
    for name, pattern in expressions():
        for prefix, pump in repeats(pattern):
            for place in PLACES:
                seconds = [_time_at(place, prefix, pump, factor * size) for factor in (1, 4)]
                if seconds[1] > _SHORT * 4 and seconds[1] > 4**_LARGEST_EXPONENT * seconds[0]:
                    fine = False
                    print(f"{name:50} {place:10} {prefix!r} {pump!r} {seconds[0]:.3f} {seconds[1]:.3f}", flush=True)
    return fine


def _time_at(place: str, prefix: str, pump: str, size: int) -> float:
    data = PLACES[place](prefix, pump, size)
    start = time.process_time()
    _convert(data)
    return time.process_time() - start


def main() -> int:
    """Run the comparisons that the command asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("families", nargs="*", choices=[[], *FAMILIES], metavar="FAMILY")
    parser.add_argument("--size", type=int, default=None)
    parser.add_argument("--only", choices=("families", "patterns"))
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        print(json.dumps(_measure_here(arguments.measure, arguments.size)))
        return 0
    fine = True
    if arguments.only != "patterns":
        fine = compare_families(arguments.families or list(FAMILIES), arguments.size or 100_000)
    if arguments.only != "families" and not arguments.families:
        fine = compare_patterns(arguments.size or _PATTERN_SIZE) and fine
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
