"""Exceptions that end the command with one line on standard error and a documented exit code."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, NoReturn

import click
from msgspec import Struct

from converter.limits import OutOfTime, memory_limit, time_limit

FAILED = 1
MISUSED = 2
SOME_FAILED = 3
OVER_LIMIT = 4
INTERRUPTED = 130


class Failure(click.ClickException):
    """There is nothing to convert, or the result is not valid."""

    exit_code = FAILED

    def show(self, file: IO[str] | None = None) -> None:
        click.echo(f"convert: {self.message}", file=file, err=True)


class Misuse(Failure):
    """The command line is wrong, or a file cannot be read or written."""

    exit_code = MISUSED


class SomeFailed(Failure):
    """The run is complete but some sources failed, or some filings have errors; raised only with --strict."""

    exit_code = SOME_FAILED


class OverLimit(Failure):
    """One filing takes more time or memory than it may."""

    exit_code = OVER_LIMIT


class Interrupted(Failure):
    """Stopped by Ctrl-C or SIGTERM; the same command continues."""

    exit_code = INTERRUPTED


class Limits(Struct, frozen=True):
    """The most time and memory that a command for one filing may take, in seconds and megabytes."""

    seconds: float = 60
    megabytes: int = 2048

    @contextmanager
    def of_memory(self, name: str) -> Iterator[None]:
        """Raise OverLimit inside the block when the work on the file `name` needs more memory."""
        try:
            with memory_limit(self.megabytes):
                yield
        except MemoryError:
            raise OverLimit(f"{name}: needs more than {self.megabytes:,} MB of memory (--memory-limit)") from None

    @contextmanager
    def of_time(self, name: str) -> Iterator[None]:
        """Raise OverLimit inside the block when the work on the file `name` takes longer."""
        try:
            with time_limit(self.seconds):
                yield
        except OutOfTime:
            raise OverLimit(f"{name}: takes more than {self.seconds:g} seconds (--time-limit)") from None


@contextmanager
def file_errors(name: str) -> Iterator[None]:
    """Turn an OSError about the file `name` into Misuse; let BrokenPipeError pass."""
    try:
        yield
    except BrokenPipeError:
        raise  # the reader of standard output has closed it
    except OSError as problem:
        raise_misuse(name, problem)


def raise_misuse(name: str, problem: OSError) -> NoReturn:
    """Raise Misuse for a file that cannot be read or written."""
    if isinstance(problem, FileNotFoundError):
        raise Misuse(f"there is no file {name}") from None
    raise Misuse(f"{name}: {(problem.strerror or str(problem)).lower()}") from None
