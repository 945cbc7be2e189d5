"""How fast many documents are converted in one process: where the time goes, memory, and what else takes how long.

usage: python benchmarks/throughput.py [--releases N] [--submissions N] [--seed S] [--sample K]
       python benchmarks/throughput.py --folder FOLDER [--sample K]

Makes N releases of about 10 KB and N submissions of about 300 KB (benchmarks/generate.py), or takes the files of a
folder, and prints for each kind: documents and megabytes a second on one core, CPU milliseconds a document by step,
the peak of memory, and documents a second with one and with two processes. Beside it, in the same run: Arelle loading
and validating K of the instances, and the floor below which no converter in Python can go: reading the bytes, one pass
of the expression that finds amounts, parsing the finished instance and validating it with libxml2.

Every process converts a few documents first that do not count. Times are CPU times, but for documents a second.
"""

import argparse
import gc
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice, pairwise
from pathlib import Path

from generate import documents

from converter import pipeline
from converter.filing.reader import NotAReport
from converter.outputs import validity
from converter.outputs.validity.fast import is_valid
from converter.taxonomy import write_package
from converter.vocabulary import amounts

_STEPS = {
    "map": ("map_statements",),
    "asides": ("read_details", "read_schedules", "read_prose"),
    "report": ("build_report",),
    "render": ("render_instance",),
    "validate": ("validate_fast",),
}
"""Step -> the functions of the pipeline that it is; all else is reading."""
_WARM = 20  # documents that do not count
_EARLY = 100  # documents after which memory is looked at first
_FLOOR = 200  # documents that the floor is measured on
_ARELLE = ("--validate", "--calc", "c11r", "--internetConnectivity", "offline", "--disablePersistentConfig")
_TIMED = re.compile(r"\b(?:loaded|validated) in ([\d.,]+) secs")


@dataclass(slots=True)
class Result:
    """What one process did: times in CPU seconds (`wall` by the clock), sizes in bytes, memory in megabytes."""

    documents: int = 0
    skipped: int = 0
    bytes: int = 0
    instances: int = 0
    wall: float = 0.0
    cpu: float = 0.0
    early: float = 0.0
    peak: float = 0.0
    steps: dict[str, float] = field(default_factory=dict)
    floor: dict[str, float] = field(default_factory=dict)


def convert_all(paths: Sequence[Path], measure_floor: bool = False) -> Result:
    """Convert files one after the other and time it; what is no report is counted and left out."""
    result = Result(steps=dict.fromkeys(("read", *_STEPS), 0.0))
    if measure_floor:
        result.floor = _floor(paths[:_FLOOR])
    _warm_up(paths)
    for step, names in _STEPS.items():
        for name in names:
            module = pipeline if hasattr(pipeline, name) else validity
            setattr(module, name, _timed(getattr(module, name), step, result.steps))
    began = time.perf_counter()
    for path in paths:
        if not _convert(path, result):
            continue
        if result.documents == _EARLY:
            result.early = _memory()
    result.wall = time.perf_counter() - began
    result.peak = _memory()
    result.early = result.early or result.peak
    result.steps["read"] = result.cpu - sum(result.steps[step] for step in _STEPS)
    return result


def _convert(path: Path, result: Result) -> bool:
    start = time.process_time()
    data = path.read_bytes()
    before = dict(result.steps)
    try:
        text = validity.instance_of(pipeline.read_data(data, path.name).report, fast=True)
    except NotAReport:
        result.steps.update(before)
        result.skipped += 1
        return False
    result.cpu += time.process_time() - start
    result.documents += 1
    result.bytes += len(data)
    result.instances += len(text)
    return True


def _warm_up(paths: Sequence[Path]) -> None:
    for path in paths[:_WARM]:
        _convert(path, Result())
    gc.collect()
    gc.freeze()  # what every conversion needs is loaded now, as in a worker of an archive


def _timed(work: Callable[..., object], step: str, spent: dict[str, float]) -> Callable[..., object]:
    def timed(*arguments: object, **named: object) -> object:
        start = time.process_time()
        try:
            return work(*arguments, **named)
        finally:
            spent[step] += time.process_time() - start

    return timed


def _memory() -> float:
    """The most memory that this process ever had, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says on Linux also counts the process that started this one
        return int(status.read_text(encoding="ascii").partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _floor(paths: Sequence[Path]) -> dict[str, float]:
    """CPU seconds a document for what cannot be left out."""
    spent = {"bytes": 0.0, "tokens": 0.0, "instance": 0.0}
    count = 0
    for path in paths:
        try:
            text = validity.instance_of(pipeline.read_data(path.read_bytes(), path.name).report, fast=True)
        except NotAReport:
            continue
        count += 1
        moments = [time.process_time()]
        page = path.read_bytes().decode("latin-1")
        moments.append(time.process_time())
        sum(1 for _ in amounts._MASTER.finditer(page))
        moments.append(time.process_time())
        is_valid(text)
        moments.append(time.process_time())
        for name, (start, end) in zip(spent, pairwise(moments), strict=True):
            spent[name] += end - start
    return {name: seconds / max(count, 1) for name, seconds in spent.items()}


def in_processes(folder: Path, number: int) -> list[Result]:
    """Convert the files of a folder in so many processes at once, each its share."""
    command = [sys.executable, __file__, "--folder", str(folder), "--worker"]
    running = [
        subprocess.Popen([*command, f"{part}/{number}"], stdout=subprocess.PIPE, text=True) for part in range(number)
    ]
    return [Result(**json.loads(process.communicate()[0])) for process in running]


def arelle_seconds(paths: Sequence[Path], sample: int) -> list[float]:
    """The seconds that Arelle takes to load and to validate the instances of some files, in one process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder, "taxonomy.zip")
        write_package(package)
        times = []
        for path in islice(_instances(paths, Path(folder)), sample):
            command = [sys.executable, "-m", "arelle.CntlrCmdLine", "--file", str(path), "--packages", str(package)]
            done = subprocess.run([*command, *_ARELLE], capture_output=True, text=True, check=True)
            times.append(sum(float(seconds.replace(",", "")) for seconds in _TIMED.findall(done.stdout)))
    return times


def _instances(paths: Sequence[Path], folder: Path) -> Iterator[Path]:
    for path in paths:
        try:
            text = validity.instance_of(pipeline.read_data(path.read_bytes(), path.name).report, fast=True)
        except NotAReport:
            continue
        target = folder / f"{path.stem}.xml"
        target.write_text(text, encoding="utf-8")
        yield target


def report(title: str, folder: Path, sample: int) -> Iterator[str]:
    """What was measured of the files of a folder, line by line."""
    paths = files_of(folder)
    (one,) = in_processes(folder, 1)
    two = in_processes(folder, 2)
    count = max(one.documents, 1)
    sizes = one.bytes / count / 1000, one.instances / count / 1000
    yield f"{title}: {one.documents:,} documents of {sizes[0]:.1f} KB, their instances have {sizes[1]:.1f} KB"
    if one.skipped:
        yield f"  {one.skipped:,} files are no reports and are not counted"
    yield f"  one core: {count / one.cpu:,.1f} documents/s, {one.bytes / one.cpu / 1e6:.2f} MB/s"
    steps = ", ".join(f"{step} {seconds / count * 1000:.2f}" for step, seconds in one.steps.items())
    yield f"  CPU ms a document: {one.cpu / count * 1000:.2f} ({steps})"
    yield f"  memory: {one.early:.0f} MB after {min(_EARLY, count)} documents, {one.peak:.0f} MB after {count:,}"
    rates = [one.documents / one.wall, sum(result.documents / result.wall for result in two)]
    yield f"  documents/s with one process: {rates[0]:,.1f}, with two: {rates[1]:,.1f}, {rates[1] / rates[0]:.2f} times"
    floor = ", ".join(f"{name} {seconds * 1000:.2f}" for name, seconds in one.floor.items())
    yield f"  floor: {sum(one.floor.values()) * 1000:.2f} ms a document ({floor})"
    if sample:
        times = arelle_seconds(paths, sample)
        yield f"  Arelle: {sum(times) / len(times) * 1000:,.0f} ms to load and validate one of {len(times)} instances"


def files_of(folder: Path) -> list[Path]:
    """The files of a folder, by name."""
    return sorted(path for path in folder.iterdir() if path.is_file())


def main() -> None:
    """Measure and print, or (a worker) convert a share of the files and print the numbers."""
    parser = argparse.ArgumentParser(description="Time the conversion of many documents.")
    parser.add_argument("--releases", type=int, default=10_000, metavar="N")
    parser.add_argument("--submissions", type=int, default=200, metavar="N")
    parser.add_argument("--folder", type=Path, help="measure these files instead")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sample", type=int, default=5, metavar="K", help="instances that Arelle loads, 0 for none")
    parser.add_argument("--worker", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        part, number = map(int, options.worker.split("/"))
        result = convert_all(files_of(options.folder)[part::number], measure_floor=number == 1)
        print(json.dumps(asdict(result)))
    elif options.folder:
        print("\n".join(report(options.folder.name, options.folder, options.sample)))
    else:
        for kind, number in (("release", options.releases), ("submission", options.submissions)):
            with tempfile.TemporaryDirectory() as folder:
                for document in documents(number, kind, options.seed):
                    Path(folder, document.name).write_text(document.text, encoding="utf-8", newline="\n")
                print("\n".join(report(f"{kind}s", Path(folder), options.sample)), flush=True)


if __name__ == "__main__":
    main()
