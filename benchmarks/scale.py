"""Measure how cost and memory grow: with the size of a filing, with the number of filings, with the workers.

usage: python benchmarks/scale.py sizes [BYTES...]
       python benchmarks/scale.py filings [N...] [--jobs J] [--to FORMATS]
       python benchmarks/scale.py writer [N...] [--to FORMATS]
       python benchmarks/scale.py dask [N...] [--jobs J] [--to FORMATS]

`sizes` converts made-up submissions of text and of HTML (benchmarks/generate.py) of these sizes, each size in a process
of its own. `filings` makes datasets of so many filings, nine releases and a submission of 100 KB in ten, with J worker
processes of this machine; `dask` does so with the workers of a Dask scheduler. `writer` measures the process that
writes the dataset by itself: it is given the outcomes of a few hundred conversions under as many names as wanted, so
that numbers are possible which conversions would take hours for. Linux only, because it looks at processes in /proc.

Times are CPU times: other programs disturb them less than the time of day. The last column is the number of workers
that the writing process keeps busy.
"""

import argparse
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Sequence
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import NamedTuple

from generate import documents
from msgspec.structs import replace

from converter.archive import (
    Cluster,
    Dataset,
    Folder,
    Manifest,
    Outcome,
    Processes,
    Settings,
    convert_all,
    make_dataset,
)
from converter.archive.engines import Engine
from converter.archive.sources import Source
from converter.archive.task import File, Task
from converter.archive.worker import convert_source, warm_up
from converter.pipeline import read_data

_SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
_UNITS = {"text": 320_000, "html": 640_000}  # bytes of a submission as it is generated
_TICKS = os.sysconf("SC_CLK_TCK")
_MEASURED_BYTES, _MOST_MEASURED = 2_000_000, 40
_SAMPLE = 300  # conversions that the writer is given under many names
_WAITING = 64  # outcomes that wait for the writer


class Cost(NamedTuple):
    """CPU seconds of the process that writes and of all workers, and their peak memory in megabytes.

    `tables` are the CPU seconds that the tables took at the end; `wall` the seconds from the first filing to the last.
    """

    filings: int
    writer: float
    workers: float
    tables: float
    wall: float
    writer_memory: float
    worker_memory: float


def make_submissions(folder: Path, kind: str, size: int) -> None:
    """Write submissions of this size, as many as tell what they cost."""
    number = min(max(_MEASURED_BYTES // size, 1), _MOST_MEASURED)
    for document in documents(number, kind, seed=5, times=size / _UNITS[kind]):
        Path(folder, document.name).write_text(document.text, encoding="utf-8")


def measure_submissions(folder: Path) -> tuple[float, float]:
    """Return the CPU seconds a megabyte of the files of a folder, and the memory that one takes in megabytes."""
    for kind in _UNITS:
        for document in documents(3, kind, seed=6, times=0.1):  # what is loaded once
            read_data(document.text.encode(), document.name)
    before = _peak_memory(os.getpid(), since_now=True)
    seconds, size = 0.0, 0
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        start = time.process_time()
        read_data(data, path.name)
        seconds += time.process_time() - start
        size += len(data)
    return seconds / size * 1e6, _peak_memory(os.getpid()) - before


def make_filings(folder: Path, number: int) -> None:
    """Write nine releases and a submission of about 100 KB for each ten filings."""
    for document in documents(number - number // 10, "release", seed=2):
        Path(folder, document.name).write_text(document.text, encoding="utf-8")
    for document in documents(number // 10, "text", seed=2, times=0.3):
        Path(folder, document.name).write_text(document.text, encoding="utf-8")


def measure_run(number: int, settings: Settings, jobs: int, scheduler: str = "") -> Cost:
    """Make a dataset of so many filings and measure it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "in")
        folder.mkdir()
        make_filings(folder, number)
        engine = Cluster(scheduler) if scheduler else Processes(jobs, settings)
        workers = _cluster_workers(engine) if isinstance(engine, Cluster) else _process_workers(engine)
        try:
            return _measured([str(folder)], Path(name), settings, engine, workers)
        finally:
            engine.stop()


def measure_writer(number: int, settings: Settings) -> Cost:
    """Give the writing process so many outcomes and measure it; the workers' cost is that of as many conversions."""
    with tempfile.TemporaryDirectory() as name:
        warm_up(settings)
        made = [document.text.encode() for document in documents(_SAMPLE, "release", seed=2)]
        start = time.process_time()
        outcomes = [
            convert_source(Task(Source(f"{n}.txt", len(data), data=data), settings)) for n, data in enumerate(made)
        ]
        converting = (time.process_time() - start) / _SAMPLE * number
        folder = Path(name, "in")
        for n in range(number):
            path = folder / f"{n % 1000:03}" / f"{n:07}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        engine = _Recorded(outcomes, Path(name, "out", ".work"))
        cost = _measured([str(folder)], Path(name), settings, engine, ())
        return cost._replace(workers=converting, writer=cost.writer - engine.own_seconds)


class _Recorded(Engine):
    """Stands for workers: the same outcomes again and again, as they come out of a pipe, under the names asked for."""

    is_local = True

    def __init__(self, outcomes: Sequence[Outcome], drafts: Path) -> None:
        self._outcomes, self._drafts = outcomes, drafts
        self._waiting: deque[bytes] = deque()
        self._number = 0
        self.own_seconds = 0.0

    def submit(self, task: Task) -> None:
        start = time.process_time()
        self._number += 1
        outcome = self._outcomes[self._number % len(self._outcomes)]
        files = tuple(File(file.ending, draft=str(self._draft(file.data))) for file in outcome.files)
        number = f"{self._number:010}"
        outcome = replace(
            outcome, source=task.source, files=files, cik=number, entity=number, accession=f"{number}-01-1"
        )
        self._waiting.append(bytes(ForkingPickler.dumps(outcome)))
        self.own_seconds += time.process_time() - start
        ForkingPickler.dumps(task)

    def _draft(self, data: bytes) -> Path:
        draft = self._drafts / f"{os.urandom(16).hex()}.draft"
        draft.write_bytes(data)
        return draft

    def next(self) -> Outcome:
        outcome: Outcome = pickle.loads(self._waiting.popleft())
        return outcome

    @property
    def pending(self) -> int:
        return len(self._waiting)

    @property
    def full(self) -> bool:
        return len(self._waiting) >= _WAITING

    def stop(self) -> None:
        self._waiting.clear()


def _measured(inputs: Iterable[str], folder: Path, settings: Settings, engine: Engine, workers: Sequence[int]) -> Cost:
    store, path = Folder(folder / "out"), folder / "manifest.sqlite"
    manifest = Manifest(path, settings.key, "elsewhere")
    before = [_cpu(worker) for worker in workers]
    filings, cpu, wall = 0, time.process_time(), time.perf_counter()

    def watch(outcome: Outcome) -> None:
        nonlocal filings
        filings += 1

    convert_all(inputs, Dataset(store, manifest, settings), engine, watch)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    used = sum(_cpu(worker) - start for worker, start in zip(workers, before, strict=True))
    memory = max(map(_peak_memory, workers), default=0)
    written = time.process_time()
    make_dataset(manifest, path, store, 1)
    tables = time.process_time() - written
    manifest.close()
    return Cost(filings, cpu, used, tables, wall, _peak_memory(os.getpid()), memory)


def _process_workers(engine: Processes) -> list[int]:
    return [worker.process.pid or 0 for worker in engine._workers]


def _cluster_workers(engine: Cluster) -> list[int]:
    pids = engine._client.run(os.getpid)
    return list(pids.values())


def _cpu(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _peak_memory(process: int, since_now: bool = False) -> float:
    """Return the peak memory in megabytes; `since_now` forgets what was before."""
    if since_now:
        Path(f"/proc/{process}/clear_refs").write_text("5", encoding="ascii")
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _in_new_process(*arguments: str) -> list[float]:
    done = subprocess.run(
        [sys.executable, __file__, *arguments, "--here"], check=True, stdout=subprocess.PIPE, text=True
    )
    result: list[float] = json.loads(done.stdout)
    return result


def show_sizes(sizes: Sequence[int]) -> None:
    """Print the cost of each size, for text and HTML."""
    print(f"{'':6}{'bytes':>12}{'s CPU/MB':>10}{'MB/s':>8}{'MB memory':>11}")
    for kind in _UNITS:
        for size in sizes:
            with tempfile.TemporaryDirectory() as folder:
                make_submissions(Path(folder), kind, size)
                seconds, memory = _in_new_process("sizes", str(size), "--folder", folder)
            print(f"{kind:6}{size:>12,}{seconds:>10.3f}{1 / seconds:>8.2f}{memory:>11.0f}", flush=True)


def show_costs(what: str, numbers: Sequence[int], options: Sequence[str]) -> None:
    """Print the cost of each number of filings."""
    heads = ("filings", "wall s", "worker ms", "writer ms", "tables ms", "worker MB", "writer MB", "workers")
    print("".join(head.rjust(11) for head in heads))
    for number in numbers:
        cost = Cost(*_in_new_process(what, str(number), *options))  # type: ignore[arg-type]
        each = [seconds / cost.filings * 1000 for seconds in (cost.workers, cost.writer, cost.tables)]
        busy = cost.workers / cost.writer
        print(
            f"{cost.filings:>11,}{cost.wall:>11.1f}{each[0]:>11.2f}{each[1]:>11.3f}{each[2]:>11.3f}"
            f"{cost.worker_memory:>11.0f}{cost.writer_memory:>11.0f}{busy:>11.0f}",
            flush=True,
        )


_CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=int(sys.argv[1]), threads_per_worker=1, dashboard_address="") as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


def _with_dask(number: int, settings: Settings, jobs: int) -> Cost:
    """Measure with a scheduler that is a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "cluster.py")
        program.write_text(_CLUSTER, encoding="utf-8")
        command = [sys.executable, str(program), str(jobs)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as cluster:
            assert cluster.stdin
            assert cluster.stdout
            address = cluster.stdout.readline().strip()
            try:
                return measure_run(number, settings, jobs, address)
            finally:
                cluster.stdin.close()


def main() -> None:
    """Measure in new processes and print; with --here, measure in this one and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("sizes", "filings", "writer", "dask"))
    parser.add_argument("numbers", type=int, nargs="*")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--to", default="xml", metavar="FORMATS", help="formats, separated by commas")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.here:
        if options.what == "sizes":
            show_sizes(options.numbers or _SIZES)
        else:
            show_costs(options.what, options.numbers or (100, 1000), ["--jobs", str(options.jobs), "--to", options.to])
        return
    (number,), settings = options.numbers, Settings(tuple(options.to.split(",")))
    if options.what == "sizes":
        print(json.dumps(measure_submissions(options.folder)))
    elif options.what == "writer":
        print(json.dumps(measure_writer(number, settings)))
    elif options.what == "dask":
        print(json.dumps(_with_dask(number, settings, options.jobs)))
    else:
        print(json.dumps(measure_run(number, settings, options.jobs)))


if __name__ == "__main__":
    main()
