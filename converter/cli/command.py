"""The command `convert` and its options."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, TypeVar, Unpack

import click
from msgspec.structs import replace

from converter import __version__
from converter.cli.archives import (
    ArchiveOptions,
    archive_options,
    convert_archive,
    has_many_filings,
    job_of,
    refuse_archive_options,
)
from converter.cli.datasets import rebuild_manifest, show_report
from converter.cli.endings import Failure, Limits, Misuse, file_errors
from converter.cli.files import FilingFiles, write_taxonomy
from converter.cli.single import FilingJob, convert_one, read_overrides
from converter.cli.values import read_cik, read_currency, read_day, read_month_day
from converter.limits import can_limit_memory

if TYPE_CHECKING:
    from converter.archive import Settings
    from converter.report import Options, Report

_EPILOG = """\b
Examples:
  convert release.txt -o release.xml      read a release, write its instance
  convert release.txt -o release.json     the same facts as xBRL-JSON
  convert 10q.txt --explain               say how each row is mapped, and why
  convert --concepts "accounts receivable"
  convert --taxonomy-package ttx.zip      the taxonomy, for other XBRL tools
  convert --diff old.xml new.xml          say which facts differ
  convert filings/ 2003.tar.gz -o data/   many filings, into a dataset

\b
Exit status:
  0  the instance is written (or what was asked for is shown)
  1  nothing convertible in the input, or the result is not valid; nothing is written
  2  wrong usage: an unknown option, a file that cannot be read or written
  3  many filings: the run is complete, but sources failed or filings have errors, with --strict
  4  one filing: it takes more time or memory than --time-limit and --memory-limit allow; nothing is written
  130  many filings: stopped by Ctrl-C; the same command goes on
"""


_Value = TypeVar("_Value")


def _checked(read: Callable[[str], _Value]) -> Callable[[click.Context, click.Parameter, str | None], _Value | None]:
    """Return a click callback that parses an option's value; a ValueError of `read` becomes a usage error."""

    def callback(_: click.Context, __: click.Parameter, value: str | None) -> _Value | None:
        try:
            return read(value) if value else None
        except ValueError as problem:
            raise click.BadParameter(str(problem)) from None

    return callback


_OUTPUT_HELP = (
    "Where to write; the format follows from the name (.xml, .html, .json, .csv, .xbr, .parquet ...); - is standard "
    "output. [default: INPUT with the suffix .xml; standard output if INPUT is -]"
)
_TO_HELP = (
    "Format, if the name does not say it: xml, html, json, csv, xbr, xbri, zip, facts-csv, parquet, normalised or "
    "normalised-parquet."
)


@click.command(
    "convert",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_EPILOG,
    no_args_is_help=True,
)
@click.argument("sources", metavar="[INPUT]...", nargs=-1)
@click.option("-o", "--output", metavar="FILE", help=_OUTPUT_HELP)
@click.option("--to", "format_name", metavar="FORMAT", default="", help=_TO_HELP)
@click.option("--cik", metavar="NUMBER", callback=_checked(read_cik), help="The registrant's Central Index Key.")
@click.option("--entity", metavar="NAME", default="", help="The registrant's name.")
@click.option(
    "--period-end", metavar="YYYY-MM-DD", callback=_checked(read_day), help="Last day of the period reported on."
)
@click.option(
    "--fiscal-year-end", metavar="MM-DD", callback=_checked(read_month_day), help="Last day of the fiscal year."
)
@click.option("--currency", metavar="CODE", callback=_checked(read_currency), help="Currency of all amounts.")
@click.option("--mapping", "overrides", metavar="FILE", help="Your own mappings: CSV with pattern,statement,concept.")
@click.option("--all-tables", is_flag=True, help="Take from other tables what agrees with the statements, too.")
@click.option("--strict", is_flag=True, help="Write nothing if there is any finding of severity error.")
@click.option("--validate", is_flag=True, help="Have the XBRL processor Arelle validate the instance too (slow).")
@click.option("--findings", "findings_file", metavar="FILE", help="Write findings and headline checks to FILE as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless it fails.")
@click.option("-v", "--verbose", is_flag=True, help="Show every finding, and why these tables were read.")
@click.option("--explain", is_flag=True, help="Show how each row is mapped, and why; write only where -o says.")
@click.option("--concepts", metavar="TEXT", help="List the taxonomy's concepts that contain these words, and exit.")
@click.option(
    "--diff", nargs=2, metavar="OLD NEW", help="Say in which facts two files written before differ, and exit."
)
@click.option("--taxonomy-package", metavar="FILE", help="Write the taxonomy as a package (zip) for other XBRL tools.")
@click.option(
    "--report", metavar="FOLDER", help="Say what is in a dataset, as text and as FOLDER/report.html, and exit."
)
@click.option("--rebuild", metavar="FOLDER", help="Make the manifest of a dataset again from its tables, and exit.")
@click.option(
    "--time-limit",
    "seconds",
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    help="Most time for one filing. [default: 60; 120 for each of many]",
)
@click.option(
    "--memory-limit",
    "megabytes",
    type=click.IntRange(512),
    metavar="MB",
    help="Most memory for one filing, or for a worker of many. [default: 2048; 4096 for a worker]",
)
@archive_options
@click.version_option(__version__, message="convert %(version)s")
def main(
    sources: tuple[str, ...],
    output: str | None,
    format_name: str,
    cik: str | None,
    entity: str,
    period_end: date | None,
    fiscal_year_end: str | None,
    currency: str | None,
    overrides: str | None,
    all_tables: bool,
    strict: bool,
    validate: bool,
    findings_file: str | None,
    quiet: bool,
    verbose: bool,
    explain: bool,
    concepts: str | None,
    diff: tuple[str, str] | None,
    taxonomy_package: str | None,
    report: str | None,
    rebuild: str | None,
    seconds: float | None,
    megabytes: int | None,
    **archive: Unpack[ArchiveOptions],
) -> None:
    """Convert financial reports that were filed as text into XBRL.

    INPUT is an EDGAR submission, a 10-K or 10-Q, or an earnings release, as plain text or HTML; - reads standard
    input. Its balance sheets, income statements and cash flow statements become facts of an XBRL 2.1 instance.
    Corrections such as --cik say what a file does not say itself.

    Many filings become a dataset: INPUT... are files, folders, globs, archives (tar, zip, gz) or URLs, or - for a
    list of paths on standard input, and -o names a folder.
    """
    if rebuild is not None:
        rebuild_manifest(rebuild, archive["manifest"] or "")
        return
    limits = _limited(Limits(), seconds, megabytes)
    if _run_other_action(concepts, diff, report, None if sources else taxonomy_package, limits):
        return
    from converter.report import Options

    options = Options(cik or "", entity, fiscal_year_end or "", currency or "", period_end, all_tables)
    if has_many_filings(sources, output):
        for name, value in (("--explain", explain), ("--validate", validate), ("--findings", findings_file)):
            if value:
                raise click.UsageError(f"{name} is for one filing")
        settings = _limited(_settings(options, format_name, overrides), seconds, megabytes)
        job = job_of(sources, output, archive, strict, quiet)
        if taxonomy_package is not None:
            write_taxonomy(taxonomy_package, sources, overrides, job.manifest)
        convert_archive(job, settings)
        return
    refuse_archive_options(archive)
    if not sources:
        raise click.UsageError("INPUT is missing: name a file, or - for standard input")
    files = FilingFiles(sources[0], output, overrides, findings_file, taxonomy_package)
    convert_one(FilingJob(files, format_name, options, limits, strict, validate, explain, quiet, verbose))


def _run_other_action(
    concepts: str | None,
    diff: tuple[str, str] | None,
    report: str | None,
    taxonomy_package: str | None,
    limits: Limits,
) -> bool:
    """Run an option that needs no input; return whether the command is finished."""
    if concepts is not None:
        _print_concepts(concepts)
    elif diff is not None:
        _print_differences(*diff, limits)
    elif report is not None:
        show_report(report)
    elif taxonomy_package is not None:
        write_taxonomy(taxonomy_package)
    else:
        return False
    return True


_Limited = TypeVar("_Limited", "Limits", "Settings")


def _limited(limited: _Limited, seconds: float | None, megabytes: int | None) -> _Limited:
    """Return limits or settings with the limits that the user gives. Raises Misuse for one that cannot be kept."""
    if megabytes is not None and not can_limit_memory():
        raise Misuse("--memory-limit: this system does not let a program limit its memory")
    return replace(limited, seconds=seconds or limited.seconds, megabytes=megabytes or limited.megabytes)


def _settings(options: "Options", formats: str, overrides: str | None) -> "Settings":
    """Return the settings for many filings; `formats` is separated by commas. Raises Misuse for an unknown format."""
    from converter.archive import Settings
    from converter.outputs import FormatError, format_of

    try:
        names = [format_of("", name.strip()).name for name in (formats or "xml").split(",")]
    except FormatError as problem:
        raise Misuse(str(problem)) from None
    return Settings(tuple(dict.fromkeys(names)), options, read_overrides(overrides))


def _print_concepts(words: str) -> None:
    from converter.cli.presentation import concept_lines, find_concepts

    matches = find_concepts(words)
    if not matches:
        raise Failure(f"no concept has the words {words!r} in its name, labels or documentation")
    for line in concept_lines(matches):
        click.echo(line)


def _print_differences(old: str, new: str, limits: Limits) -> None:
    from converter.loading import compare, comparison_lines

    reports = _load(old, limits), _load(new, limits)
    for line in comparison_lines(compare(*reports)):
        click.echo(line)


def _load(name: str, limits: Limits) -> "Report":
    from converter.loading import NotOurs, load

    try:
        with file_errors(name), limits.of_memory(name), limits.of_time(name):
            return load(name)
    except NotOurs as problem:
        raise Failure(str(problem)) from None
    except ImportError as problem:
        raise Misuse(f"{name}: {problem}: python -m pip install {problem.name}") from None
