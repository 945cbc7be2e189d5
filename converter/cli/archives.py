"""The command for many filings: its options, its progress display and its exit code."""

import os
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

from converter.cli.datasets import dataset_errors, open_dataset
from converter.cli.endings import INTERRUPTED, Interrupted, Misuse, SomeFailed

if TYPE_CHECKING:
    from converter.archive import Dataset, Engine, Manifest, Outcome, Settings, Store

_LOG_SECONDS = 10.0


class ArchiveOptions(TypedDict):
    """The options that apply to many filings only, as click passes them; None if not given."""

    jobs: int | None
    force: bool
    scheduler: str | None
    manifest: str | None


def archive_options(command: Callable[..., None]) -> Callable[..., None]:
    """Decorate a command with these options, passed by the names in ArchiveOptions."""
    for option in reversed(
        (
            click.option("--jobs", type=click.IntRange(1), metavar="N", help="Worker processes. [default: all cores]"),
            click.option("--force", is_flag=True, help="Convert again what is done and unchanged, too."),
            click.option("--scheduler", metavar="ADDRESS", help="Work on the machines of a Dask scheduler."),
            click.option("--manifest", metavar="FILE", help="Where to keep the manifest. [default: in OUTPUT]"),
        )
    ):
        command = option(command)
    return command


def refuse_archive_options(options: ArchiveOptions) -> None:
    """Raise UsageError if any of these options is given; for the conversion of one filing."""
    for name, value in options.items():
        if value:
            raise click.UsageError(f"--{name} is for many filings: name a folder for the dataset with -o FOLDER/")


class ArchiveJob(Struct, frozen=True):
    """The command line for many filings: see the options of the command. `jobs` is the number of worker processes."""

    inputs: tuple[str, ...]
    output: str
    jobs: int
    force: bool
    scheduler: str
    manifest: str
    strict: bool
    quiet: bool

    @property
    def shown_output(self) -> str:
        """The output without a password."""
        from converter.archive import without_password

        return without_password(self.output)


def job_of(inputs: Sequence[str], output: str | None, options: ArchiveOptions, strict: bool, quiet: bool) -> ArchiveJob:
    """Return the job of a command line. Raises UsageError without an input or a folder for the dataset."""
    from converter.archive import default_jobs, without_password

    if not output or output == "-":
        raise click.UsageError("name the folder of the dataset with -o FOLDER/")
    if not inputs:
        raise click.UsageError("INPUT is missing: name files, folders or archives, or - for a list of them")
    if Path(output).is_file() or (_has_format_suffix(output) and not Path(output).is_dir()):
        shown = without_password(output)
        raise click.UsageError(f"-o {shown} names a file, and many filings become a folder: -o FOLDER/")
    jobs = options["jobs"] or default_jobs()
    scheduler, manifest = options["scheduler"] or "", options["manifest"] or ""
    return ArchiveJob(tuple(inputs), output, jobs, options["force"], scheduler, manifest, strict, quiet)


def has_many_filings(inputs: Sequence[str], output: str | None) -> bool:
    """Return whether the command line asks for a dataset of many filings rather than for one file."""
    if output and (output.endswith("/") or "://" in output or os.path.isdir(output)):
        return True
    return len(inputs) > 1 or any(_may_have_many(name) for name in inputs)


def _has_format_suffix(output: str) -> bool:
    from converter.outputs import FORMATS

    return any(output.lower().endswith(suffix) for output_format in FORMATS for suffix in output_format.suffixes)


def _may_have_many(name: str) -> bool:
    has_wildcards = any(wildcard in name for wildcard in "*?[")
    return "://" in name or os.path.isdir(name) or (has_wildcards and not os.path.exists(name))


def convert_archive(job: ArchiveJob, settings: "Settings") -> None:
    """Convert all sources that need it, write the dataset, print a summary.

    Raises click's exceptions, which end the process.
    """
    from converter.archive import Dataset, Manifest, dataset_lock

    with _interruptible(job) as check, dataset_errors(job.output), ExitStack() as stack:
        store, manifest_path, location = open_dataset(job.output, job.manifest)
        stack.enter_context(dataset_lock(store.work))
        manifest = Manifest(manifest_path, settings.key, location)
        stack.callback(manifest.close)
        if job.force:
            manifest.make_all_stale()
        counts = _convert(job, Dataset(store, manifest, settings), check)
        _write_dataset(job, manifest, manifest_path, store)
        unreliable = manifest.unreliable_filings()
    problems = [f"{counts['failed']:,} sources failed"] if counts["failed"] else []
    problems += [f"{unreliable:,} filings have a finding of severity error"] if unreliable else []
    if job.strict and problems:
        raise SomeFailed(f"{', '.join(problems)} (--strict)")


class _Stop(SystemExit):
    """Ctrl-C or SIGTERM. Nothing takes it for an error that can be handled, as click does with KeyboardInterrupt."""


@contextmanager
def _interruptible(job: ArchiveJob) -> Iterator[Callable[[], None]]:
    """Turn Ctrl-C and SIGTERM into Interrupted.

    The value is to be called from time to time: an exception that a signal raises in a destructor is lost.
    """
    is_stopped = False

    def stop(*_: object) -> NoReturn:
        nonlocal is_stopped
        is_stopped = True
        raise _Stop(INTERRUPTED)

    def check() -> None:
        if is_stopped:
            raise _Stop(INTERRUPTED)

    previous = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield check
        check()
    except (_Stop, KeyboardInterrupt):
        message = f"stopped; what is done is in {job.shown_output}: give the same command again to go on"
        raise Interrupted(message) from None
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _convert(job: ArchiveJob, dataset: "Dataset", check: Callable[[], None]) -> Mapping[str, int]:
    """Convert the sources of all inputs; return the number of sources by status. `check` is called after each."""
    from converter.archive import convert_all, read_path_list

    inputs: Collection[str] = job.inputs
    if "-" in inputs:
        # A view instead of a tuple, so that find_sources makes a missing file a failed source and not an error.
        inputs = dict.fromkeys(
            path for name in inputs for path in (read_path_list(sys.stdin) if name == "-" else (name,))
        ).keys()
    engine = _engine(job, dataset.settings)
    try:
        with _progress(job, inputs) as progress:

            def watch(outcome: "Outcome") -> None:
                progress.add(outcome)
                check()

            convert_all(inputs, dataset, engine, watch)
    finally:
        engine.stop()
    return progress.counts


def _engine(job: ArchiveJob, settings: "Settings") -> "Engine":
    from converter.archive import Cluster, Processes, without_password

    if not job.scheduler:
        return Processes(job.jobs, settings)
    try:
        return Cluster(job.scheduler)
    except ImportError:
        raise Misuse("--scheduler needs Dask: python -m pip install 'text-to-xbrl[dask]'") from None
    except (OSError, ValueError) as problem:
        shown = without_password(f"--scheduler {job.scheduler}: {problem}")
        raise Misuse(" ".join(shown.split())) from None


def _write_dataset(job: ArchiveJob, manifest: "Manifest", manifest_path: Path, store: "Store") -> None:
    """Write the dataset's tables, and print the summary."""
    from converter.archive import make_dataset, summarise, summary_lines

    try:
        written = make_dataset(manifest, manifest_path, store, job.jobs)
        message = f"dataset: {written:,} partitions made in {job.shown_output}"
    except ImportError:
        message = "dataset: not made, it needs pyarrow: python -m pip install pyarrow, then give the same command again"
    if "://" in job.output:
        manifest.complete_file()
        store.put(manifest_path.name, manifest_path.read_bytes())
    if job.quiet:
        return
    for line in (*summary_lines(summarise(manifest_path)), "", message):
        click.echo(line, err=True)


@contextmanager
def _progress(job: ArchiveJob, inputs: Collection[str]) -> "Iterator[_Progress]":
    """Show the progress: a bar on a terminal, else a line from time to time, nothing with --quiet."""
    progress = _Progress() if job.quiet else _ProgressBar() if sys.stderr.isatty() else _ProgressLog()
    threading.Thread(target=progress.measure, args=(inputs,), daemon=True).start()
    with progress.display():
        yield progress


class _Progress:
    """Counts the outcomes of this run by status, and the bytes of the inputs that were read. Shows nothing."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.total_bytes: int | None = None
        self._file_bytes = 0
        self._archive_bytes: dict[str, int] = {}
        self._start = time.monotonic()

    def measure(self, inputs: Collection[str]) -> None:
        """Compute the total size of the inputs; slow, so it runs in a thread of its own."""
        from converter.archive import input_size

        self.total_bytes = input_size(inputs)

    @contextmanager
    def display(self) -> Iterator[None]:
        """Show the progress while the block runs."""
        yield

    def add(self, outcome: "Outcome") -> None:
        """Count the outcome of a source."""
        self.counts[outcome.status] += 1
        archive, member_mark, _ = outcome.source.path.partition("!")
        if member_mark:
            self._archive_bytes[archive] = max(self._archive_bytes.get(archive, 0), outcome.source.input_bytes_read)
        else:
            self._file_bytes += outcome.source.input_bytes_read
        self.show(outcome)

    def show(self, outcome: "Outcome") -> None:
        """Show the progress after this outcome."""

    @property
    def bytes_read(self) -> int:
        """The bytes of the inputs that were read, compressed as they are."""
        return self._file_bytes + sum(self._archive_bytes.values())

    @property
    def rate(self) -> float:
        """Sources per second."""
        return sum(self.counts.values()) / max(time.monotonic() - self._start, 0.001)

    def counts_text(self) -> str:
        """Format the counts that are not zero, failures last."""
        order = ("converted", "empty", "duplicate", "unchanged", "failed")
        return ", ".join(f"{self.counts[name]:,} {name}" for name in order if self.counts[name]) or "nothing yet"


def _notices(outcome: "Outcome") -> Iterator[str]:
    if outcome.status == "failed":
        yield f"failed: {outcome.source.path}: {outcome.reason}"
    if outcome.warning:
        yield f"warning: {outcome.source.path}: {outcome.warning}"


class _ProgressLog(_Progress):
    """Plain lines for a log file."""

    def __init__(self) -> None:
        super().__init__()
        self._last_line = time.monotonic()

    @contextmanager
    def display(self) -> Iterator[None]:
        yield
        self._print_line()

    def show(self, outcome: "Outcome") -> None:
        for line in _notices(outcome):
            click.echo(line, err=True)
        if time.monotonic() - self._last_line > _LOG_SECONDS:
            self._print_line()

    def _print_line(self) -> None:
        self._last_line = time.monotonic()
        seconds = f"{self._last_line - self._start:6.0f} s"
        share = f"{min(1, self.bytes_read / self.total_bytes):4.0%}  " if self.total_bytes else ""
        click.echo(f"{seconds}  {share}{self.rate:,.1f} sources/s  {self.counts_text()}", err=True)


class _ProgressBar(_Progress):
    """A bar that is redrawn at the bottom of a terminal; failures scroll by above it."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        super().__init__()
        columns = ("{task.percentage:>3.0f}%", "{task.fields[rate]:,.1f}/s", "{task.fields[counts]}")
        self._bar = Progress(
            BarColumn(bar_width=24),
            *map(TextColumn, columns),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._task = self._bar.add_task("", total=None, rate=0.0, counts="looking for filings")

    @contextmanager
    def display(self) -> Iterator[None]:
        with self._bar:
            yield

    def show(self, outcome: "Outcome") -> None:
        for line in _notices(outcome):
            self._bar.console.print(line, markup=False, highlight=False)
        total = None if self.total_bytes is None else max(self.total_bytes, self.bytes_read)
        counts = self.counts_text()
        self._bar.update(self._task, completed=self.bytes_read, total=total, rate=self.rate, counts=counts)
