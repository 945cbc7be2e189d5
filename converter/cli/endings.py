"""Exceptions that end the command with one line on standard error and a documented exit code.

All lines are alike: `text-to-xbrl: what is wrong: where: what to do`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, NoReturn

import click
from msgspec import Struct

from converter.limits import OutOfTime, memory_limit, time_limit

PROGRAM = "text-to-xbrl"
FAILED = 1
MISUSED = 2
SOME_FAILED = 3
OVER_LIMIT = 4
INTERRUPTED = 130


class Failure(click.ClickException):
    """There is nothing to convert, or the result is not valid: what is wrong, where, and what to do about it."""

    exit_code = FAILED

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        super().__init__(": ".join(" ".join(part.split()) for part in (what, where, remedy) if part))

    def show(self, file: IO[str] | None = None) -> None:
        click.echo(f"{PROGRAM}: {self.message}", file=file, err=True)


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
            what = f"needs more than {self.megabytes:,} MB of memory"
            raise OverLimit(what, name, "allow more with --memory-limit") from None

    @contextmanager
    def of_time(self, name: str) -> Iterator[None]:
        """Raise OverLimit inside the block when the work on the file `name` takes longer."""
        try:
            with time_limit(self.seconds):
                yield
        except OutOfTime:
            what = f"takes more than {self.seconds:g} seconds"
            raise OverLimit(what, name, "allow more with --time-limit") from None


@contextmanager
def file_errors(name: str, writing: bool = False) -> Iterator[None]:
    """Turn an OSError about the file `name`, which is read or written, into Misuse; let BrokenPipeError pass."""
    try:
        yield
    except BrokenPipeError:
        raise  # the reader of standard output has closed it
    except OSError as problem:
        if writing and isinstance(problem, FileNotFoundError):
            raise Misuse("no file can be made there", name, "write to another folder") from None
        raise_misuse(name, problem)


def raise_misuse(name: str, problem: OSError) -> NoReturn:
    """Raise Misuse for a file that cannot be read or written."""
    if isinstance(problem, FileNotFoundError):
        raise Misuse("no such file", name, "check the name, and the folder that you are in") from None
    what = (problem.strerror or str(problem)).lower()
    raise Misuse(what, name, _REMEDIES.get(type(problem), "name another file")) from None


_REMEDIES: dict[type[OSError], str] = {
    PermissionError: "change its permissions, or name another file",
    IsADirectoryError: "name a file in it",
    NotADirectoryError: "name a folder that exists",
}


@contextmanager
def usage_errors(command: str) -> Iterator[None]:
    """Turn click's errors about the command line of `command`, which are three lines or more, into Misuse.

    So are those of standard output, such as a full disk behind it: other files are named where they are used.
    """
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise _misuse_of(error, command) from None
    except OSError as problem:
        if isinstance(problem, BrokenPipeError) or problem.filename is not None:
            raise
        raise_misuse("standard output", problem)


def _misuse_of(error: click.UsageError, command: str) -> Misuse:
    remedy = f"see {command} --help"
    if isinstance(error, click.exceptions.NoSuchCommand) and error.ctx is not None:
        known = error.ctx.command.list_commands(error.ctx) if isinstance(error.ctx.command, click.Group) else []
        return Misuse("no such command", error.command_name, _instead(error.command_name, known) or remedy)
    if isinstance(error, click.NoSuchOption) and error.ctx is not None:
        options = (option for option in error.ctx.command.params if isinstance(option, click.Option))
        known = [name for option in options if not option.hidden for name in option.opts]
        return Misuse("no such option", error.option_name, _instead(error.option_name, known) or remedy)
    if isinstance(error, click.BadOptionUsage):
        return Misuse(_sentence(error.message), error.option_name, remedy)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return Misuse(f"{error.param.human_readable_name} is missing", command, remedy)
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = error.param.opts[0] if error.param.param_type_name == "option" else error.param.human_readable_name
        return Misuse(_sentence(error.message), name, remedy)
    return Misuse(_sentence(error.format_message()), command, remedy)


def _instead(typed: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(typed, known)
    return f"did you mean {' or '.join(near)}?" if near else ""


def _sentence(text: str) -> str:
    """Return a message of click without its capital and its full stop."""
    text = text.rstrip(".")
    return text[:1].lower() + text[1:]
