"""The progress of a run over many filings: a bar on a terminal, lines for a log, or nothing."""

import sys
import threading
import time
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from converter.archive import Outcome

_LOG_SECONDS = 10.0


@contextmanager
def shown_progress(inputs: Collection[str], quiet: bool) -> "Iterator[Progress]":
    """Show the progress: a bar on a terminal, else a line from time to time, nothing with --quiet."""
    progress = Progress() if quiet else _ProgressBar() if sys.stderr.isatty() else _ProgressLog()
    threading.Thread(target=progress.measure, args=(inputs,), daemon=True).start()
    with progress.display():
        yield progress


class Progress:
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


class _ProgressLog(Progress):
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


class _ProgressBar(Progress):
    """A bar that is redrawn at the bottom of a terminal; failures scroll by above it."""

    def __init__(self) -> None:
        from rich import progress as rich
        from rich.console import Console

        super().__init__()
        columns = ("{task.percentage:>3.0f}%", "{task.fields[rate]:,.1f}/s", "{task.fields[counts]}")
        self._bar = rich.Progress(
            rich.BarColumn(bar_width=24),
            *map(rich.TextColumn, columns),
            rich.TimeRemainingColumn(),
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
