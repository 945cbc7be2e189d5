"""The command `convert`: one filing into a file, or many into a dataset."""

import os
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import replace

from converter import __version__
from converter.cli.endings import PROGRAM, Misuse
from converter.cli.former import FormerOptions, former_options
from converter.cli.options import (
    FILE,
    HELP,
    DatasetOptions,
    OneLine,
    ReadingOptions,
    dataset_options,
    grouped,
    limited,
    reading_options,
)

if TYPE_CHECKING:
    from converter.archive import Settings

_EPILOG = """\b
Examples:
  convert release.txt                    read a release, write release.xml
  convert release.txt -o release.html    a page to check it by
  convert release.txt -o release.json    the same facts as xBRL-JSON
  convert - < release.txt > release.xml  standard input to standard output
  convert filings/ 2003.tar.gz -o data/  many filings, into a dataset
The command is `text-to-xbrl convert`, and `convert` alone.
`text-to-xbrl --help` shows what else there is.

\b
Exit status:
  0  the instance is written (or what was asked for is shown)
  1  nothing convertible in the input, or the result is not valid
  2  wrong usage: an unknown option, a file that cannot be read or written
  3  many filings: complete, but some failed or have errors, with --strict
  4  one filing: more time or memory than --time-limit, --memory-limit allow
  130  stopped by Ctrl-C; of many filings, the same command goes on
Nothing is written with 1, 2 and 4.
"""


class OutputOptions(Struct, frozen=True):
    """What is written and said: see the help of the options. None or empty if not given."""

    output: str | None
    format_name: str
    namespace: str | None
    strict: bool
    validate: bool
    findings_file: str | None
    quiet: bool
    verbose: bool


def _formats(_: click.Context, __: click.Parameter, typed: str) -> list[str]:
    """Return what a shell may complete a name to: several are separated by commas."""
    from converter.outputs import FORMATS

    before, comma, begun = typed.rpartition(",")
    return [f"{before}{comma}{known.name}" for known in FORMATS if known.name.startswith(begun)]


output_options = grouped(
    "writing",
    OutputOptions,
    (
        click.option(
            "-o",
            "--output",
            type=FILE,
            metavar="FILE",
            help="Where to write; the format follows from the name (.xml, .html, .json, .csv, .xbr, .parquet ...); "
            "- is standard output. [default: INPUT with the suffix .xml; standard output if INPUT is -]",
        ),
        click.option(
            "--to",
            "format_name",
            metavar="FORMAT",
            default="",
            shell_complete=_formats,
            help="Format, if the name does not say it: xml, html, json, csv, xbr, xbri, zip, edgar, facts-csv, "
            "parquet, normalised, normalised-parquet, fsds, companyfacts or xlsx; for many filings several of them: "
            "xml,html.",
        ),
        click.option(
            "--namespace",
            type=click.Choice(["ttx", "us-gaap"]),
            help="What concepts are called in edgar, xbr, xbri and zip: by this taxonomy, or by US-GAAP and DEI of "
            "2009 where these have them. [default: us-gaap for edgar, ttx for the others]",
        ),
        click.option("--strict", is_flag=True, help="Write nothing if there is any finding of severity error."),
        click.option(
            "--validate", is_flag=True, help="Have the XBRL processor Arelle validate the instance too (slow)."
        ),
        click.option(
            "--findings",
            "findings_file",
            type=FILE,
            metavar="FILE",
            help="Write findings and headline checks to FILE as JSON.",
        ),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing unless it fails."),
        click.option("-v", "--verbose", is_flag=True, help="Show every finding, and why these tables were read."),
    ),
)


@click.command("convert", cls=OneLine, context_settings=HELP, epilog=_EPILOG, no_args_is_help=True)
@click.argument("sources", metavar="[INPUT]...", nargs=-1, type=FILE)
@output_options
@reading_options
@dataset_options
@former_options
@click.version_option(__version__, message="convert %(version)s")
def main(
    sources: tuple[str, ...],
    writing: OutputOptions,
    reading: ReadingOptions,
    dataset: DatasetOptions,
    former: FormerOptions,
) -> None:
    """Convert financial reports that were filed as text into XBRL.

    INPUT is an EDGAR submission, a 10-K or 10-Q, or an earnings release, as plain text or HTML; - reads standard
    input. Its balance sheets, income statements and cash flow statements become facts of an XBRL 2.1 instance.
    Corrections such as --cik say what a file does not say itself.

    Many filings become a dataset: INPUT... are files, folders, globs, archives (tar, zip, gz) or URLs, or - for a
    list of paths on standard input, and -o names a folder.
    """
    from converter.cli.archives import has_many_filings

    _refuse_commands(sources)
    if not former.answer(sources, reading.limits(), dataset.manifest or ""):
        convert = _convert_many if has_many_filings(sources, writing.output) else _convert_one
        convert(sources, writing, reading, dataset, former)
    if not writing.quiet:
        former.hint(sources)


def _refuse_commands(sources: tuple[str, ...]) -> None:
    """Raise Misuse if the first input is the name of another command and of no file."""
    from converter.cli.program import COMMANDS

    if sources and sources[0] in COMMANDS and not os.path.exists(sources[0]):
        raise Misuse(f"a command of {PROGRAM}", sources[0], " ".join((PROGRAM, *sources)))


def _convert_one(
    sources: tuple[str, ...],
    writing: OutputOptions,
    reading: ReadingOptions,
    dataset: DatasetOptions,
    former: FormerOptions,
) -> None:
    from converter.cli.files import FilingFiles
    from converter.cli.single import FilingJob, convert_one

    dataset.refuse()
    if not sources:
        raise Misuse("INPUT is missing", "convert", "name a file, or - for standard input")
    files = FilingFiles(
        sources[0], writing.output, reading.overrides, writing.findings_file, former.taxonomy_package, reading.index
    )
    job = FilingJob(
        files,
        writing.format_name,
        reading.options(),
        reading.limits(),
        writing.strict,
        writing.validate,
        former.explain,
        writing.quiet,
        writing.verbose,
        writing.namespace,
    )
    convert_one(job)


def _convert_many(
    sources: tuple[str, ...],
    writing: OutputOptions,
    reading: ReadingOptions,
    dataset: DatasetOptions,
    former: FormerOptions,
) -> None:
    from converter.cli.archives import convert_archive, job_of
    from converter.cli.files import write_taxonomy
    from converter.cli.reading import read_index

    one_only = (
        ("--explain", former.explain),
        ("--validate", writing.validate),
        ("--findings", writing.findings_file),
    )
    for name, value in one_only:
        if value:
            raise Misuse("an option for one filing", name, "leave it out, or name one file and one output")
    index = read_index(reading.index)
    settings = limited(_settings(reading, writing), reading.seconds, reading.megabytes)
    settings = replace(settings, index=index.digest if index else "")
    job = job_of(sources, writing.output, dataset, writing.strict, writing.quiet)
    if former.taxonomy_package is not None:
        write_taxonomy(former.taxonomy_package, sources, reading.overrides, job.manifest)
    convert_archive(job, settings, index)


def _settings(reading: ReadingOptions, writing: OutputOptions) -> "Settings":
    """Return the settings for many filings; formats are separated by commas. Raises Misuse for an unknown format."""
    from converter.archive import Settings
    from converter.cli.files import naming_of
    from converter.cli.reading import read_overrides
    from converter.outputs import FormatError, format_of

    try:
        formats = [format_of("", name.strip()) for name in (writing.format_name or "xml").split(",")]
    except FormatError as problem:
        raise Misuse(str(problem)) from None
    naming = naming_of(writing.namespace, formats)
    names = tuple(dict.fromkeys(each.name for each in formats))
    return Settings(names, reading.options(), read_overrides(reading.overrides), naming=naming)
