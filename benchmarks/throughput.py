"""Measure the throughput of converting many documents: time by package, memory, and comparisons.

usage: python benchmarks/throughput.py [--releases N] [--texts N] [--pages N] [--seed S] [--sample K] [--alone]
       python benchmarks/throughput.py FOLDER... [--sample K] [--alone]

Generates N releases of about 10 KB, N submissions of about 300 KB of text and N of about 800 KB of HTML
(benchmarks/generate.py), or takes the files of folders, such as real filings, text and HTML apart. Prints for each
kind: documents and megabytes per second on one core, CPU milliseconds per document by package, the modules that take
most of them, peak memory, and documents per second with one and with two processes. For comparison it also measures how
long Arelle takes to load and validate K of the instances, and the floor for any converter in Python: reading the bytes,
one pass of the regular expression that finds amounts, parsing the finished instance and validating it with libxml2.
`--alone` measures one process only, and compares nothing.

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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice, pairwise
from pathlib import Path

from generate import documents
from sampling import Sampler

from converter import pipeline
from converter.filing.reader import NotAReport
from converter.outputs import validity
from converter.outputs.validity.fast import is_valid
from converter.taxonomy import write_package
from converter.vocabulary import amounts

_WARM_UP_DOCUMENTS = 10  # not counted
_EARLY_DOCUMENTS = 100  # converted before memory is measured for the first time
_FLOOR_DOCUMENTS = 50  # for the measurement of the floor
_MODULES_SHOWN = 12
_ARELLE_OPTIONS = ("--validate", "--calc", "c11r", "--internetConnectivity", "offline", "--disablePersistentConfig")
_ARELLE_SECONDS = re.compile(r"\b(?:loaded|validated) in ([\d.,]+) secs")
_MARKUP = re.compile(rb"</(?:td|p|div|font)>", re.IGNORECASE)


@dataclass(slots=True)
class Result:
    """The measurements of one process.

    `cpu`, `modules` and `floor` are in CPU seconds (`floor` per document), `wall` in seconds, `bytes` (read) and
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
    modules: dict[str, float] = field(default_factory=dict)
    floor: dict[str, float] = field(default_factory=dict)

    @property
    def packages(self) -> dict[str, float]:
        """CPU seconds by package, the longest first."""
        packages: dict[str, float] = {}
        for module, seconds in self.modules.items():
            package = module.partition("/")[0]
            packages[package] = packages.get(package, 0) + seconds
        return dict(sorted(packages.items(), key=lambda item: -item[1]))


def convert_all(paths: Sequence[Path], measure_floor: bool = False) -> Result:
    """Convert files one after the other and measure it; files that are no reports are counted as skipped."""
    result = Result()
    if measure_floor:
        result.floor = _measure_floor(paths[:_FLOOR_DOCUMENTS])
    _warm_up(paths)
    sampler = Sampler()
    start = time.perf_counter()
    for path in paths:
        if not _convert(path, result, sampler):
            continue
        if result.documents == _EARLY_DOCUMENTS:
            result.early = _peak_memory()
    result.wall = time.perf_counter() - start
    result.peak = _peak_memory()
    result.early = result.early or result.peak
    result.modules = sampler.seconds(result.cpu)
    return result


def _convert(path: Path, result: Result, sampler: Sampler) -> bool:
    start = time.process_time()
    data = path.read_bytes()
    try:
        with sampler:
            text = validity.instance_of(pipeline.read_data(data, path.name).report)
    except NotAReport:
        result.skipped += 1
        return False
    result.cpu += time.process_time() - start
    result.documents += 1
    result.bytes += len(data)
    result.instances += len(text)
    return True


def _warm_up(paths: Sequence[Path]) -> None:
    for path in paths[:_WARM_UP_DOCUMENTS]:
        _convert(path, Result(), Sampler())
    gc.collect()
    gc.freeze()  # what every conversion needs is loaded now, as in the worker processes of the converter


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
            text = validity.instance_of(pipeline.read_data(path.read_bytes(), path.name).report)
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


def in_processes(folders: Sequence[Path], kind: str, number: int, measure_floor: bool = False) -> list[Result]:
    """Convert the files of a kind with `number` processes at once, each a part of the files."""
    command = [sys.executable, __file__, *map(str, folders), "--kind", kind, *["--floor"][: int(measure_floor)]]
    processes = [
        subprocess.Popen([*command, "--worker", f"{part}/{number}"], stdout=subprocess.PIPE, text=True)
        for part in range(number)
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
            text = validity.instance_of(pipeline.read_data(path.read_bytes(), path.name).report)
        except NotAReport:
            continue
        target = folder / f"{path.stem}.xml"
        target.write_text(text, encoding="utf-8")
        yield target


def report(title: str, folders: Sequence[Path], kind: str, sample: int, alone: bool) -> Iterator[str]:
    """Measure the files of a kind in folders, and yield the results as lines."""
    (single,) = in_processes(folders, kind, 1, measure_floor=not alone)
    count = max(single.documents, 1)
    sizes = single.bytes / count / 1000, single.instances / count / 1000
    yield f"{title}: {single.documents:,} documents of {sizes[0]:.1f} KB, their instances have {sizes[1]:.1f} KB"
    if single.skipped:
        yield f"  {single.skipped:,} files are no reports and are not counted"
    cpu = max(single.cpu, 1e-9)
    yield f"  one core: {count / cpu:,.1f} documents/s, {single.bytes / cpu / 1e6:.2f} MB/s"
    packages = ", ".join(f"{name} {seconds / count * 1000:.2f}" for name, seconds in single.packages.items())
    yield f"  CPU ms a document: {cpu / count * 1000:.2f} ({packages})"
    slowest = islice(sorted(single.modules.items(), key=lambda item: -item[1]), _MODULES_SHOWN)
    yield "  modules: " + ", ".join(f"{name} {seconds / cpu:.1%}" for name, seconds in slowest)
    early = f"{single.early:.0f} MB after {min(_EARLY_DOCUMENTS, count)} documents"
    yield f"  memory: {early}, {single.peak:.0f} MB after {count:,}"
    if not alone:
        yield from _compared(single, folders, kind, sample)


def _compared(single: Result, folders: Sequence[Path], kind: str, sample: int) -> Iterator[str]:
    pair = in_processes(folders, kind, 2)
    rates = [single.documents / single.wall, sum(result.documents / result.wall for result in pair)]
    work = sum(result.cpu for result in pair) / single.cpu
    yield f"  documents/s with one process: {rates[0]:,.1f}, with two: {rates[1]:,.1f}, {rates[1] / rates[0]:.2f} times"
    yield f"  by CPU time, which other programs disturb less, two do {2 / work:.2f} times the work of one"
    floor = ", ".join(f"{name} {seconds * 1000:.2f}" for name, seconds in single.floor.items())
    yield f"  floor: {sum(single.floor.values()) * 1000:.2f} ms a document ({floor})"
    if sample:
        times = arelle_seconds(files_of(folders, kind), sample)
        yield f"  Arelle: {sum(times) / len(times) * 1000:,.0f} ms to load and validate one of {len(times)} instances"


def files_of(folders: Iterable[Path], kind: str) -> list[Path]:
    """Return the files of a kind, `text` or `html`, in folders, sorted by name."""
    paths = sorted(path for folder in folders for path in folder.iterdir() if path.is_file())
    return [path for path in paths if (_MARKUP.search(path.read_bytes()) is not None) == (kind == "html")]


def main() -> None:
    """Measure and print; with --worker, convert a part of the files and print the measurements as JSON."""
    parser = argparse.ArgumentParser(description="Time the conversion of many documents.")
    parser.add_argument("folders", type=Path, nargs="*", metavar="FOLDER", help="measure the files in these instead")
    parser.add_argument("--releases", type=int, default=5_000, metavar="N")
    parser.add_argument("--texts", type=int, default=200, metavar="N")
    parser.add_argument("--pages", type=int, default=100, metavar="N")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sample", type=int, default=5, metavar="K", help="instances that Arelle loads, 0 for none")
    parser.add_argument("--alone", action="store_true", help="one process, and no comparisons")
    parser.add_argument("--kind", choices=("text", "html"), help=argparse.SUPPRESS)
    parser.add_argument("--worker", default="", help=argparse.SUPPRESS)
    parser.add_argument("--floor", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        part, number = map(int, options.worker.split("/"))
        result = convert_all(files_of(options.folders, options.kind)[part::number], options.floor)
        print(json.dumps(asdict(result)))
        return
    for kind in ("text", "html") if options.folders else ():
        if files_of(options.folders, kind):
            print("\n".join(report(kind, options.folders, kind, options.sample, options.alone)), flush=True)
    numbers = {"release": options.releases, "text": options.texts, "html": options.pages}
    for name, number in () if options.folders else numbers.items():
        with tempfile.TemporaryDirectory() as folder:
            for document in documents(number, name, options.seed):
                Path(folder, document.name).write_text(document.text, encoding="utf-8", newline="\n")
            kind = "html" if name == "html" else "text"
            print("\n".join(report(name, [Path(folder)], kind, options.sample, options.alone)), flush=True)


if __name__ == "__main__":
    main()
