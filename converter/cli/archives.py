"""The command over many filings: its options checked, its progress shown, its exit code."""

import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypedDict

import click
from msgspec import Struct

from converter.cli.endings import Interrupted, Misuse, SomeFailed

if TYPE_CHECKING:
    from converter.archive import Engine, Manifest, Outcome, Settings, Store

_LOG_SECONDS = 10.0


class ArchiveOptions(TypedDict):
    """The options that only many filings have, as click gives them; None is: not given."""

    jobs: int | None
    force: bool
    scheduler: str | None
    manifest: str | None
    seconds: float | None
    megabytes: int | None


def options(command: Callable[..., None]) -> Callable[..., None]:
    """The decorator that gives a command these options, passed on by the names of ArchiveOptions."""
    for option in reversed(
        (
            click.option("--jobs", type=click.IntRange(1), metavar="N", help="Worker processes. [default: all cores]"),
            click.option("--force", is_flag=True, help="Convert again what is done and unchanged, too."),
            click.option("--scheduler", metavar="ADDRESS", help="Work on the machines of a Dask scheduler."),
            click.option("--manifest", metavar="FILE", help="Where to keep the manifest. [default: in OUTPUT]"),
            click.option(
                "--time-limit",
                "seconds",
                type=click.FloatRange(0, min_open=True),
                metavar="SECONDS",
                help="Most time for one source. [default: 120]",
            ),
            click.option(
                "--memory-limit",
                "megabytes",
                type=click.IntRange(512),
                metavar="MB",
                help="Most memory for a worker. [default: 4096]",
            ),
        )
    ):
        command = option(command)
    return command


def refuse(given: ArchiveOptions) -> None:
    """One filing is converted: say that an option is for many. Raises UsageError."""
    for name, value in given.items():
        if value:
            option = {"seconds": "time-limit", "megabytes": "memory-limit"}.get(name, name)
            raise click.UsageError(f"--{option} is for many filings: name a folder for the dataset with -o FOLDER/")


class Job(Struct, frozen=True):
    """What the user asks for: see the options of the command. `jobs` is the number of worker processes."""

    inputs: tuple[str, ...]
    output: str
    jobs: int
    force: bool
    scheduler: str
    manifest: str
    strict: bool
    quiet: bool


def job_of(inputs: Sequence[str], output: str | None, given: ArchiveOptions, strict: bool, quiet: bool) -> Job:
    """The job that the options ask for. Raises UsageError when there is no folder for the dataset."""
    from converter.archive import default_jobs

    if not output or output == "-":
        raise click.UsageError("name the folder of the dataset with -o FOLDER/")
    if not inputs:
        raise click.UsageError("INPUT is missing: name files, folders or archives, or - for a list of them")
    if Path(output).is_file() or (_names_a_file(output) and not Path(output).is_dir()):
        raise click.UsageError(f"-o {output} names a file, and many filings become a folder: -o FOLDER/")
    jobs = given["jobs"] or default_jobs()
    scheduler, manifest = given["scheduler"] or "", given["manifest"] or ""
    return Job(tuple(inputs), output, jobs, given["force"], scheduler, manifest, strict, quiet)


def names_many(inputs: Sequence[str], output: str | None) -> bool:
    """Whether the command is to make a dataset of many filings rather than one file of one filing."""
    if output and (output.endswith("/") or "://" in output or Path(output).is_dir()):
        return True
    return len(inputs) > 1 or any(_is_many(name) for name in inputs)


def _names_a_file(output: str) -> bool:
    from converter.outputs import FORMATS

    return any(output.lower().endswith(suffix) for known in FORMATS for suffix in known.suffixes)


def _is_many(name: str) -> bool:
    path = Path(name)
    return "://" in name or path.is_dir() or (any(mark in name for mark in "*?[") and not path.exists())


def convert_archive(job: Job, settings: "Settings") -> None:
    """Convert all that needs it, make the dataset, say what was done. Ends the process by click's exceptions."""
    from converter.archive import InUse, Manifest, ManifestError, SourceError, alone

    try:
        with ExitStack() as stack:
            store, path = _opened(job)
            stack.enter_context(alone(store.work))
            manifest = Manifest(path, settings.key)
            stack.callback(manifest.close)
            if job.force:
                manifest.make_all_stale()
            with _stoppable(job):
                counts = _convert(job, settings, manifest, store)
                _finish(job, manifest, path, store)
    except (SourceError, ManifestError, InUse) as problem:
        raise Misuse(str(problem)) from None
    except ModuleNotFoundError as problem:
        raise Misuse(f"{problem.name} is missing: python -m pip install {problem.name}") from None
    except OSError as problem:
        raise Misuse(f"{problem.filename or job.output}: {(problem.strerror or str(problem)).lower()}") from None
    if job.strict and counts["failed"]:
        raise SomeFailed(f"{counts['failed']:,} sources failed (--strict)")


def _opened(job: Job) -> "tuple[Store, Path]":
    """The store, and the manifest's file, which is always a local one."""
    from converter.archive import MANIFEST, WORK, Bucket, Folder

    if "://" not in job.output:
        folder = Path(job.output)
        return Folder(folder), Path(job.manifest) if job.manifest else folder / MANIFEST
    if not job.manifest:
        raise Misuse(f"{job.output} is not local: name a local file for the manifest with --manifest")
    path = Path(job.manifest)
    return Bucket(job.output, path.with_name(path.name + WORK)), path


@contextmanager
def _stoppable(job: Job) -> Iterator[None]:
    """Ctrl-C and a polite kill end the run; what is done stays done."""

    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        message = f"stopped; what is done is in {job.output}: give the same command again to go on"
        raise Interrupted(message) from None
    finally:
        signal.signal(signal.SIGTERM, before)


def _convert(job: Job, settings: "Settings", manifest: "Manifest", store: "Store") -> Mapping[str, int]:
    """Run over the inputs; how many sources ended how."""
    from converter.archive import Dataset, convert_all, listed

    inputs: Collection[str] = job.inputs
    if "-" in inputs:  # a bad line of a list is a failed source: only what is no sequence is not looked at beforehand
        inputs = {name: None for given in inputs for name in (listed(sys.stdin) if given == "-" else (given,))}.keys()
    engine = _engine(job, settings)
    try:
        with _progress(job, inputs) as progress:
            convert_all(inputs, Dataset(store, manifest, settings), engine, progress.settled)
    finally:
        engine.stop()
    return progress.counts


def _engine(job: Job, settings: "Settings") -> "Engine":
    from converter.archive import Cluster, Processes

    if not job.scheduler:
        return Processes(job.jobs, settings)
    try:
        return Cluster(job.scheduler)
    except ImportError:
        raise Misuse("--scheduler needs Dask: python -m pip install 'text-to-xbrl[dask]'") from None
    except (OSError, ValueError) as problem:
        raise Misuse(f"--scheduler {job.scheduler}: {problem}") from None


def _finish(job: Job, manifest: "Manifest", path: Path, store: "Store") -> None:
    """Make the dataset, and say what there is."""
    from converter.archive import make_dataset, summarise, summary_lines

    try:
        made = make_dataset(manifest, path, store, job.jobs)
        told = f"dataset: {made:,} partitions made in {job.output}"
    except ImportError:
        told = "dataset: not made, it needs pyarrow: python -m pip install pyarrow, then give the same command again"
    if "://" in job.output:
        manifest.commit()
        store.put(path.name, path.read_bytes())
    if job.quiet:
        return
    for line in (*summary_lines(summarise(path)), "", told):
        click.echo(line, err=True)


@contextmanager
def _progress(job: Job, inputs: Collection[str]) -> "Iterator[_Counted]":
    """Shows how far the run is: a bar on a terminal, a line now and then elsewhere, nothing if the user wants that."""
    counted = _Counted() if job.quiet else _Bar() if sys.stderr.isatty() else _Log()
    threading.Thread(target=counted.measure, args=(inputs,), daemon=True).start()
    with counted.shown():
        yield counted


class _Counted:
    """Counts how the sources of this run end, and how many bytes of the inputs lie behind."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.total: int | None = None
        self._files = 0
        self._archives: dict[str, int] = {}
        self._began = time.monotonic()

    def measure(self, inputs: Collection[str]) -> None:
        """Find out how many bytes there are; takes its time, in a thread of its own."""
        from converter.archive import packed_bytes

        self.total = packed_bytes(inputs)

    @contextmanager
    def shown(self) -> Iterator[None]:
        """While the block lasts, there is something to see."""
        yield

    def settled(self, outcome: "Outcome") -> None:
        """Another source is done with."""
        self.counts[outcome.status] += 1
        archive, inside, _ = outcome.source.path.partition("!")
        if inside:
            self._archives[archive] = max(self._archives.get(archive, 0), outcome.source.passed)
        else:
            self._files += outcome.source.passed
        self.show(outcome)

    def show(self, outcome: "Outcome") -> None:
        """Say it, if there is someone to say it to."""

    @property
    def passed(self) -> int:
        """Bytes of the inputs that lie behind, packed as they are."""
        return self._files + sum(self._archives.values())

    @property
    def rate(self) -> float:
        """Sources a second."""
        return sum(self.counts.values()) / max(time.monotonic() - self._began, 0.001)

    def said(self) -> str:
        """The counts that are not zero, failures last."""
        order = ("converted", "empty", "duplicate", "unchanged", "failed")
        return ", ".join(f"{self.counts[name]:,} {name}" for name in order if self.counts[name]) or "nothing yet"


class _Log(_Counted):
    """Plain lines for a log file."""

    def __init__(self) -> None:
        super().__init__()
        self._told = time.monotonic()

    @contextmanager
    def shown(self) -> Iterator[None]:
        yield
        self._line()

    def show(self, outcome: "Outcome") -> None:
        if outcome.status == "failed":
            click.echo(f"failed: {outcome.source.path}: {outcome.reason}", err=True)
        if time.monotonic() - self._told > _LOG_SECONDS:
            self._line()

    def _line(self) -> None:
        self._told = time.monotonic()
        share = f"{min(1, self.passed / self.total):4.0%}  " if self.total else ""
        click.echo(f"{self._told - self._began:6.0f} s  {share}{self.rate:,.1f} sources/s  {self.said()}", err=True)


class _Bar(_Counted):
    """A line that renews itself at the foot of a terminal; failures pass by above it."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        super().__init__()
        columns = ("{task.percentage:>3.0f}%", "{task.fields[rate]:,.1f}/s", "{task.fields[said]}")
        self._progress = Progress(
            BarColumn(bar_width=24),
            *map(TextColumn, columns),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._task = self._progress.add_task("", total=None, rate=0.0, said="looking for filings")

    @contextmanager
    def shown(self) -> Iterator[None]:
        with self._progress:
            yield

    def show(self, outcome: "Outcome") -> None:
        if outcome.status == "failed":
            line = f"failed: {outcome.source.path}: {outcome.reason}"
            self._progress.console.print(line, markup=False, highlight=False)
        total = None if self.total is None else max(self.total, self.passed)
        self._progress.update(self._task, completed=self.passed, total=total, rate=self.rate, said=self.said())


def show_report(folder: str) -> None:
    """Say what is in a dataset, and write its page."""
    from converter.archive import MANIFEST, REPORT, render_page, summarise, summary_lines

    manifest = Path(folder) / MANIFEST if Path(folder).is_dir() else Path(folder)
    if not manifest.is_file():
        raise Misuse(f"there is no manifest {manifest}: name the folder of a dataset")
    summary = summarise(manifest)
    for line in summary_lines(summary, most=25):
        click.echo(line)
    page = manifest.with_name(REPORT)
    try:
        page.write_text(render_page(summary), encoding="utf-8")
    except OSError as problem:
        raise Misuse(f"{page}: {(problem.strerror or str(problem)).lower()}") from None
