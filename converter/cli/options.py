"""Options that several commands have, each group of them passed to its command as one argument."""

import functools
import math
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import click
from msgspec import Struct
from msgspec.structs import replace

from converter.cli.endings import Limits, Misuse, usage_errors
from converter.cli.values import OptionError, read_cik, read_currency, read_day, read_month_day
from converter.limits import can_limit_memory

if TYPE_CHECKING:
    from os import PathLike

    from converter.archive import Settings
    from converter.report import Options

Function = Callable[..., None]
Option = Callable[[Function], Function]
HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _FileName(click.Path):
    """Any name that is not empty, which shells complete; what is wrong with a file is said where it is used."""

    def __init__(self) -> None:
        super().__init__(readable=False)

    def convert(
        self, value: "str | PathLike[str]", param: click.Parameter | None, ctx: click.Context | None
    ) -> "str | bytes | PathLike[str]":
        if not value:
            self.fail("the name is empty", param, ctx)
        return super().convert(value, param, ctx)


_LONGEST = 2e6  # seconds, 23 days: beyond that, waiting for a worker overflows


class _Seconds(click.FloatRange):
    """A number above 0. Infinity, and whatever is longer than systems wait for, is as long as they do."""

    name = "number"

    def convert(self, value: float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is not a valid number", param, ctx)
        return min(number, _LONGEST)


class _WholeNumber(click.IntRange):
    """A whole number, not below the least one."""

    name = "whole number"


FILE = _FileName()


class OneLine(click.Command):
    """A command whose errors about its command line are one line each."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object
    ) -> click.Context:
        with usage_errors(f"{parent.command_path} {info_name}" if parent else info_name or ""):
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        with usage_errors(ctx.command_path):
            return super().invoke(ctx)


def grouped(name: str, kind: type[Struct], options: Sequence[Option]) -> Option:
    """Return a decorator that gives a command these options, as its argument `name`, a `kind` with their names."""

    def decorate(command: Function) -> Function:
        @functools.wraps(command)
        def with_group(**values: object) -> None:
            own = {field: values.pop(field) for field in kind.__struct_fields__}
            command(**{name: kind(**own)}, **values)

        decorated: Function = with_group
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


class ReadingOptions(Struct, frozen=True):
    """How a filing is to be read: what it does not say itself, own mappings, limits; None or empty if not given."""

    cik: str | None
    entity: str
    period_end: date | None
    fiscal_year_end: str | None
    currency: str | None
    overrides: str | None
    index: str | None
    all_tables: bool
    seconds: float | None
    megabytes: int | None

    def options(self) -> "Options":
        """Return what the user specifies about a filing."""
        from converter.report import Options

        year_end, currency = self.fiscal_year_end or "", self.currency or ""
        return Options(self.cik or "", self.entity, year_end, currency, self.period_end, self.all_tables)

    def limits(self) -> Limits:
        """Return the limits of one filing. Raises Misuse where one cannot be kept."""
        return limited(Limits(), self.seconds, self.megabytes)


_Limited = TypeVar("_Limited", "Limits", "Settings")
_Value = TypeVar("_Value")


def limited(limits: _Limited, seconds: float | None, megabytes: int | None) -> _Limited:
    """Return limits or settings with the limits that the user gives. Raises Misuse for one that cannot be kept."""
    if megabytes is not None and not can_limit_memory():
        raise Misuse("this system does not let a program limit its memory", "--memory-limit", "leave it out")
    return replace(limits, seconds=seconds or limits.seconds, megabytes=megabytes or limits.megabytes)


def _checked(read: Callable[[str], _Value]) -> Callable[[click.Context, click.Parameter, str | None], _Value | None]:
    """Return a click callback that parses an option's value; a OptionError of `read` becomes Misuse."""

    def callback(_: click.Context, option: click.Parameter, value: str | None) -> _Value | None:
        try:
            return read(value) if value else None
        except OptionError as problem:
            raise Misuse(problem.what, option.opts[0], problem.remedy) from None

    return callback


LIMIT_OPTIONS: tuple[Option, ...] = (
    click.option(
        "--time-limit",
        "seconds",
        type=_Seconds(0, min_open=True),
        metavar="SECONDS",
        help="Most time for one filing. [default: 60; 120 for each of many]",
    ),
    click.option(
        "--memory-limit",
        "megabytes",
        type=_WholeNumber(512),
        metavar="MB",
        help="Most memory for one filing, or for a worker of many. Not on Windows. [default: 2048; 4096 for a worker]",
    ),
)

reading_options = grouped(
    "reading",
    ReadingOptions,
    (
        click.option(
            "--cik",
            metavar="NUMBER",
            callback=_checked(read_cik),
            help="The registrant's Central Index Key, which identifies it. [default: the header's; without one, the "
            "ticker or the name]",
        ),
        click.option("--entity", metavar="NAME", default="", help="The registrant's name."),
        click.option(
            "--period-end",
            metavar="YYYY-MM-DD",
            callback=_checked(read_day),
            help="Last day of the period reported on.",
        ),
        click.option(
            "--fiscal-year-end",
            metavar="MM-DD",
            callback=_checked(read_month_day),
            help="Last day of the fiscal year.",
        ),
        click.option(
            "--currency",
            metavar="CODE",
            callback=_checked(read_currency),
            help="Currency of all amounts, such as CAD. [default: what the statements say, or USD]",
        ),
        click.option(
            "--mapping",
            "overrides",
            type=FILE,
            metavar="FILE",
            help="Your own mappings: CSV with pattern,statement,concept. They go before the program's.",
        ),
        click.option(
            "--index",
            type=FILE,
            metavar="FILE",
            help="Whose filings they are, where these do not say it: EDGAR's master.idx, or CSV with "
            "path,cik,form,filed,accession.",
        ),
        click.option(
            "--all-tables",
            is_flag=True,
            help="Take other tables as well, such as selected data, where their rows agree with the statements.",
        ),
        *LIMIT_OPTIONS,
    ),
)


class DatasetOptions(Struct, frozen=True):
    """The options that apply to many filings only; None if not given."""

    jobs: int | None
    force: bool
    scheduler: str | None
    manifest: str | None

    def refuse(self) -> None:
        """Raise Misuse if any of these options is given; for the conversion of one filing."""
        for name in self.__struct_fields__:
            if getattr(self, name):
                raise Misuse("an option for many filings", f"--{name}", "name a folder for the dataset with -o FOLDER/")


dataset_options = grouped(
    "dataset",
    DatasetOptions,
    (
        click.option(
            "--jobs", type=_WholeNumber(1), metavar="N", help="Many filings: worker processes. [default: all cores]"
        ),
        click.option("--force", is_flag=True, help="Many filings: convert again what is done and unchanged, too."),
        click.option("--scheduler", metavar="ADDRESS", help="Many filings: work on the machines of a Dask scheduler."),
        click.option(
            "--manifest",
            type=FILE,
            metavar="FILE",
            help="Many filings: where to keep the manifest. [default: in the folder of the dataset]",
        ),
    ),
)
