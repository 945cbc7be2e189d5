"""How the command ends when it does not end well: one line on standard error, and a documented exit code."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, NoReturn

import click

FAILED = 1
MISUSED = 2
SOME_FAILED = 3
INTERRUPTED = 130


class Failure(click.ClickException):
    """Ends the command with one line on standard error: there is nothing to convert, or the result is not valid."""

    exit_code = FAILED

    def show(self, file: IO[str] | None = None) -> None:
        click.echo(f"convert: {self.message}", file=file, err=True)


class Misuse(Failure):
    """Ends the command with one line on standard error: a file cannot be read or written."""

    exit_code = MISUSED


class SomeFailed(Failure):
    """The run is complete, but some sources failed, which the user wants to know by the exit code."""

    exit_code = SOME_FAILED


class Interrupted(Failure):
    """Stopped by Ctrl-C or a polite kill; the same command goes on."""

    exit_code = INTERRUPTED


@contextmanager
def stopping_for(name: str) -> Iterator[None]:
    """Ends the command with one line if the file of this name cannot be read or written."""
    try:
        yield
    except BrokenPipeError:
        raise  # whoever read standard output has seen enough
    except OSError as problem:
        stop_for(name, problem)


def stop_for(name: str, problem: OSError) -> NoReturn:
    if isinstance(problem, FileNotFoundError):
        raise Misuse(f"there is no file {name}") from None
    raise Misuse(f"{name}: {(problem.strerror or str(problem)).lower()}") from None
