"""The command for many filings: its options, its progress display and its exit code."""

import os
import signal
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from msgspec import Struct

from converter.cli.datasets import dataset_errors, open_dataset
from converter.cli.endings import INTERRUPTED, Failure, Interrupted, Misuse, SomeFailed
from converter.cli.options import DatasetOptions
from converter.cli.progress import shown_progress

if TYPE_CHECKING:
    from converter.archive import Dataset, Engine, Manifest, Outcome, Settings, Store
    from converter.filing import FilingIndex


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


def job_of(inputs: Sequence[str], output: str | None, options: DatasetOptions, strict: bool, quiet: bool) -> ArchiveJob:
    """Return the job of a command line. Raises Misuse without an input or a folder for the dataset."""
    from converter.archive import default_jobs, without_password

    if not output or output == "-":
        raise Misuse("many filings become a dataset", without_password(" ".join(inputs)), "name its folder: -o FOLDER/")
    if not inputs:
        raise Misuse("INPUT is missing", "convert", "name files, folders or archives, or - for a list of them")
    if len(inputs) == 1 and "://" in inputs[0] and _has_format_suffix(output):
        shown = without_password(output)
        raise Misuse("what a URL holds becomes a dataset", f"-o {shown}", "name a folder: -o FOLDER/")
    if Path(output).is_file() or (_has_format_suffix(output) and not Path(output).is_dir()):
        shown = without_password(output)
        raise Misuse("many filings become a folder, not a file", f"-o {shown}", "name a folder: -o FOLDER/")
    jobs = options.jobs or default_jobs()
    scheduler, manifest = options.scheduler or "", options.manifest or ""
    return ArchiveJob(tuple(inputs), output, jobs, options.force, scheduler, manifest, strict, quiet)


def has_many_filings(inputs: Sequence[str], output: str | None) -> bool:
    """Return whether the command line asks for a dataset of many filings rather than for one file."""
    many = len(inputs) > 1 or any(map(_may_have_many, inputs))
    if many or not output or "://" in output:
        return many or bool(output)
    is_folder = output.endswith("/") or os.path.isdir(output)
    return is_folder and not _is_folder_of_a_filing(output.rstrip("/"))


def _has_format_suffix(output: str) -> bool:
    from converter.outputs import FORMATS

    return any(output.lower().endswith(suffix) for output_format in FORMATS for suffix in output_format.suffixes)


def _is_folder_of_a_filing(output: str) -> bool:
    from converter.outputs import FORMATS

    return any(output.lower().endswith(each.suffixes[0]) for each in FORMATS if each.folder)


def _may_have_many(name: str) -> bool:
    has_wildcards = any(wildcard in name for wildcard in "*?[")
    return "://" in name or os.path.isdir(name) or (has_wildcards and not os.path.exists(name))


def convert_archive(job: ArchiveJob, settings: "Settings", index: "FilingIndex | None" = None) -> None:
    """Convert all sources that need it, write the dataset, print a summary.

    `index` says of filings what they do not say themselves.
    Raises click's exceptions, which end the process.
    """
    from converter.archive import Dataset, Manifest, dataset_lock

    with _interruptible(job) as check, dataset_errors(job.output), ExitStack() as stack:
        inputs = _inputs(job)
        store, manifest_path, location = open_dataset(job.output, job.manifest)
        stack.enter_context(dataset_lock(store.work))
        manifest = Manifest(manifest_path, settings.key, location)
        stack.callback(manifest.close)
        if job.force:
            manifest.make_all_stale()
        counts = _convert(job, inputs, Dataset(store, manifest, settings, index), check)
        _write_dataset(job, manifest, manifest_path, store)
        unreliable = manifest.unreliable_filings()
    problems = [f"{counts['failed']:,} sources failed"] if counts["failed"] else []
    problems += [f"{unreliable:,} filings have a finding of severity error"] if unreliable else []
    if job.strict and problems:
        raise SomeFailed(f"{' and '.join(problems)} (--strict)", job.shown_output, "text-to-xbrl report says which")


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
        raise Interrupted("stopped", job.shown_output, "give the same command again to go on") from None
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _inputs(job: ArchiveJob) -> Collection[str]:
    """Return the inputs, those of a list included.

    Raises Failure if there is no file in them at all, Misuse if the only files are in the dataset itself.
    """
    from converter.archive import LeftOut, find_sources, read_path_list, without_password

    inputs: Collection[str] = job.inputs
    if "-" in inputs:
        # A view instead of a tuple, so that find_sources makes a missing file a failed source and not an error.
        inputs = dict.fromkeys(
            path for name in inputs for path in (read_path_list(sys.stdin) if name == "-" else (name,))
        ).keys()
        if not inputs:
            raise Failure("the list is empty", "-", "list the paths of filings, one on each line")
    if any("://" in name for name in inputs):
        return inputs
    if next(iter(find_sources(inputs, left_out=LeftOut((job.output,)))), None) is None:
        if next(iter(find_sources(inputs)), None) is not None:
            raise Misuse("all inputs are in the folder of the dataset", f"-o {job.output}", "name another folder")
        shown = without_password(" ".join(inputs))
        raise Failure("there is no file in it", shown, "name a folder or archive with filings")
    return inputs


def _convert(
    job: ArchiveJob, inputs: Collection[str], dataset: "Dataset", check: Callable[[], None]
) -> Mapping[str, int]:
    """Convert the sources of all inputs; return the number of sources by status. `check` is called after each."""
    from converter.archive import convert_all

    engine = _engine(job, dataset.settings)
    try:
        with shown_progress(inputs, job.quiet) as progress:

            def watch(outcome: "Outcome") -> None:
                progress.add(outcome)
                check()

            convert_all(inputs, dataset, engine, watch)
    finally:
        engine.stop()
    return progress.counts


def _engine(job: ArchiveJob, settings: "Settings") -> "Engine":
    from converter.archive import Cluster, Processes

    if not job.scheduler:
        return Processes(job.jobs, settings)
    try:
        return Cluster(job.scheduler)
    except ImportError:
        raise Misuse("needs Dask", "--scheduler", "python -m pip install 'text-to-xbrl[dask]'") from None


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
