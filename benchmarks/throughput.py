"""Measure the throughput of converting many documents: time by step, memory, and comparisons.

usage: python benchmarks/throughput.py [--releases N] [--submissions N] [--seed S] [--sample K]
       python benchmarks/throughput.py --folder FOLDER [--sample K]

Generates N releases of about 10 KB and N submissions of about 300 KB (benchmarks/generate.py), or takes the files of a
folder, and prints for each kind: documents and megabytes per second on one core, CPU milliseconds per document by step,
peak memory, and documents per second with one and with two processes. For comparison it also measures how long Arelle
takes to load and validate K of the instances, and the floor for any converter in Python: reading the bytes, one pass of
the regular expression that finds amounts, parsing the finished instance and validating it with libxml2.

Every process first converts a few documents that are not counted. Times are CPU times, except for documents per second.
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
"""Step -> the functions of the pipeline that belong to it; everything else is reading."""
_WARM_UP_DOCUMENTS = 20  # not counted
_EARLY_DOCUMENTS = 100  # converted before memory is measured for the first time
_FLOOR_DOCUMENTS = 200  # for the measurement of the floor
_ARELLE_OPTIONS = ("--validate", "--calc", "c11r", "--internetConnectivity", "offline", "--disablePersistentConfig")
_ARELLE_SECONDS = re.compile(r"\b(?:loaded|validated) in ([\d.,]+) secs")


@dataclass(slots=True)
class Result:
    """The measurements of one process.

    `cpu`, `steps` and `floor` are in CPU seconds (`floor` per document), `wall` in seconds, `bytes` (read) and
    `instances` (written) in bytes, `early` and `peak` memory in megabytes.
    """

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
    """Convert files one after the other and measure it; files that are no reports are counted as skipped."""
    result = Result(steps=dict.fromkeys(("read", *_STEPS), 0.0))
    if measure_floor:
        result.floor = _measure_floor(paths[:_FLOOR_DOCUMENTS])
    _warm_up(paths)
    for step, names in _STEPS.items():
        for name in names:
            module = pipeline if hasattr(pipeline, name) else validity
            setattr(module, name, _with_timer(getattr(module, name), step, result.steps))
    start = time.perf_counter()
    for path in paths:
        if not _convert(path, result):
            continue
        if result.documents == _EARLY_DOCUMENTS:
            result.early = _peak_memory()
    result.wall = time.perf_counter() - start
    result.peak = _peak_memory()
    result.early = result.early or result.peak
    result.steps["read"] = result.cpu - sum(result.steps[step] for step in _STEPS)
    return result


def _convert(path: Path, result: Result) -> bool:
    start = time.process_time()
    data = path.read_bytes()
    steps_before = dict(result.steps)
    try:
        text = validity.instance_of(pipeline.read_data(data, path.name).report, fast=True)
    except NotAReport:
        result.steps.update(steps_before)
        result.skipped += 1
        return False
    result.cpu += time.process_time() - start
    result.documents += 1
    result.bytes += len(data)
    result.instances += len(text)
    return True


def _warm_up(paths: Sequence[Path]) -> None:
    for path in paths[:_WARM_UP_DOCUMENTS]:
        _convert(path, Result())
    gc.collect()
    gc.freeze()  # what every conversion needs is loaded now, as in the worker processes of the converter


def _with_timer(function: Callable[..., object], step: str, seconds: dict[str, float]) -> Callable[..., object]:
    def timed(*arguments: object, **keywords: object) -> object:
        start = time.process_time()
        try:
            return function(*arguments, **keywords)
        finally:
            seconds[step] += time.process_time() - start

    return timed


def _peak_memory() -> float:
    """Return the peak memory of this process in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():  # on Linux, getrusage includes the peak of the parent process
        return int(status.read_text(encoding="ascii").partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _measure_floor(paths: Sequence[Path]) -> dict[str, float]:
    """Return the CPU seconds per document of the steps that no converter can omit."""
    seconds = {"bytes": 0.0, "tokens": 0.0, "instance": 0.0}
    count = 0
    for path in paths:
        try:
            text = validity.instance_of(pipeline.read_data(path.read_bytes(), path.name).report, fast=True)
        except NotAReport:
            continue
        count += 1
        times = [time.process_time()]
        page = path.read_bytes().decode("latin-1")
        times.append(time.process_time())
        sum(1 for _ in amounts._MASTER.finditer(page))
        times.append(time.process_time())
        is_valid(text)
        times.append(time.process_time())
        for name, (start, end) in zip(seconds, pairwise(times), strict=True):
            seconds[name] += end - start
    return {name: total / max(count, 1) for name, total in seconds.items()}


def in_processes(folder: Path, number: int) -> list[Result]:
    """Convert the files of a folder with `number` processes at once, each a part of the files."""
    command = [sys.executable, __file__, "--folder", str(folder), "--worker"]
    processes = [
        subprocess.Popen([*command, f"{part}/{number}"], stdout=subprocess.PIPE, text=True) for part in range(number)
    ]
    return [Result(**json.loads(process.communicate()[0])) for process in processes]


def arelle_seconds(paths: Sequence[Path], sample: int) -> list[float]:
    """Return the seconds that Arelle takes to load and validate the instances of `sample` files, a process each."""
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder, "taxonomy.zip")
        write_package(package)
        times = []
        for path in islice(_instances(paths, Path(folder)), sample):
            command = [sys.executable, "-m", "arelle.CntlrCmdLine", "--file", str(path), "--packages", str(package)]
            completed = subprocess.run([*command, *_ARELLE_OPTIONS], capture_output=True, text=True, check=True)
            times.append(sum(float(seconds.replace(",", "")) for seconds in _ARELLE_SECONDS.findall(completed.stdout)))
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
    """Measure the files of a folder, and yield the results as lines."""
    paths = files_of(folder)
    (single,) = in_processes(folder, 1)
    pair = in_processes(folder, 2)
    count = max(single.documents, 1)
    sizes = single.bytes / count / 1000, single.instances / count / 1000
    yield f"{title}: {single.documents:,} documents of {sizes[0]:.1f} KB, their instances have {sizes[1]:.1f} KB"
    if single.skipped:
        yield f"  {single.skipped:,} files are no reports and are not counted"
    yield f"  one core: {count / single.cpu:,.1f} documents/s, {single.bytes / single.cpu / 1e6:.2f} MB/s"
    steps = ", ".join(f"{step} {seconds / count * 1000:.2f}" for step, seconds in single.steps.items())
    yield f"  CPU ms a document: {single.cpu / count * 1000:.2f} ({steps})"
    early = f"{single.early:.0f} MB after {min(_EARLY_DOCUMENTS, count)} documents"
    yield f"  memory: {early}, {single.peak:.0f} MB after {count:,}"
    rates = [single.documents / single.wall, sum(result.documents / result.wall for result in pair)]
    yield f"  documents/s with one process: {rates[0]:,.1f}, with two: {rates[1]:,.1f}, {rates[1] / rates[0]:.2f} times"
    floor = ", ".join(f"{name} {seconds * 1000:.2f}" for name, seconds in single.floor.items())
    yield f"  floor: {sum(single.floor.values()) * 1000:.2f} ms a document ({floor})"
    if sample:
        times = arelle_seconds(paths, sample)
        yield f"  Arelle: {sum(times) / len(times) * 1000:,.0f} ms to load and validate one of {len(times)} instances"


def files_of(folder: Path) -> list[Path]:
    """Return the files of a folder, sorted by name."""
    return sorted(path for path in folder.iterdir() if path.is_file())


def main() -> None:
    """Measure and print; with --worker, convert a part of the files and print the measurements as JSON."""
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
