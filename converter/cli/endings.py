"""Exceptions that end the command with one line on standard error and a documented exit code."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, NoReturn

import click

FAILED = 1
MISUSED = 2
SOME_FAILED = 3
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
    """The run is complete but some sources failed; raised only with --strict."""

    exit_code = SOME_FAILED


class Interrupted(Failure):
    """Stopped by Ctrl-C or SIGTERM; the same command continues."""

    exit_code = INTERRUPTED


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
