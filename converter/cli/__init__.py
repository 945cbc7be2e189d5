"""The command `convert`: the only place that knows click, the terminal and exit codes."""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn, TypeVar, Unpack

import click

from converter import __version__
from converter.cli.archives import Options as ArchiveOptions
from converter.cli.archives import convert_archive, job_of, names_many, refuse, show_report
from converter.cli.archives import options as archive_options
from converter.findings import Finding, Severity
from converter.values import read_cik, read_currency, read_day, read_month_day

if TYPE_CHECKING:
    from converter.archive.task import Settings
    from converter.mapping import Override
    from converter.outputs import Files, Format
    from converter.pipeline import Reading
    from converter.report import Options, Report

FAILED = 1
MISUSED = 2

_SHOWN = 5  # findings on the terminal without --verbose
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
  3  many filings: the run is complete, but some sources failed, with --strict
  130  many filings: stopped by Ctrl-C; the same command goes on
"""


class Failure(click.ClickException):
    """Ends the command with one line on standard error: there is nothing to convert, or the result is not valid."""

    exit_code = FAILED

    def show(self, file: IO[str] | None = None) -> None:
        click.echo(f"convert: {self.message}", file=file, err=True)


class Misuse(Failure):
    """Ends the command with one line on standard error: a file cannot be read or written."""

    exit_code = MISUSED


_Value = TypeVar("_Value")


def _checked(read: Callable[[str], _Value]) -> Callable[[click.Context, click.Parameter, str | None], _Value | None]:
    """A callback that reads an option's value; what `read` objects to is wrong usage, no value is None."""

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
_TO_HELP = "Format, if the name does not say it: xml, html, json, csv, xbr, xbri, zip, facts-csv or parquet."


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
@click.option("--findings", "findings_file", metavar="FILE", help="Write the findings to FILE as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless it fails.")
@click.option("-v", "--verbose", is_flag=True, help="Show every finding.")
@click.option("--explain", is_flag=True, help="Show how each row is mapped, and why; write only where -o says.")
@click.option("--concepts", metavar="TEXT", help="List the taxonomy's concepts that contain these words, and exit.")
@click.option(
    "--diff", nargs=2, metavar="OLD NEW", help="Say in which facts two files written before differ, and exit."
)
@click.option("--taxonomy-package", metavar="FILE", help="Write the taxonomy as a package (zip) for other XBRL tools.")
@click.option(
    "--report", metavar="FOLDER", help="Say what is in a dataset, as text and as FOLDER/report.html, and exit."
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
    **archive: Unpack[ArchiveOptions],
) -> None:
    """Convert financial reports that were filed as text into XBRL.

    INPUT is an EDGAR submission, a 10-K or 10-Q, or an earnings release, as plain text or HTML; - reads standard
    input. Its balance sheets, income statements and cash flow statements become facts of an XBRL 2.1 instance.
    Corrections such as --cik say what a file does not say itself.

    Many filings become a dataset: INPUT... are files, folders, globs, archives (tar, zip, gz) or URLs, or - for a
    list of paths on standard input, and -o names a folder.
    """
    if concepts is not None:
        _list_concepts(concepts)
        return
    if diff is not None:
        _diff(*diff)
        return
    if report is not None:
        show_report(report)
        return
    if taxonomy_package is not None:
        _write_package(Path(taxonomy_package))
        if not sources:
            return
    from converter.report import Options

    options = Options(cik or "", entity, fiscal_year_end or "", currency or "", period_end, all_tables)
    if names_many(sources, output):
        for name, given in (("--explain", explain), ("--validate", validate), ("--findings", findings_file)):
            if given:
                raise click.UsageError(f"{name} is for one filing")
        settings = _settings(options, format_name, overrides, archive)
        convert_archive(job_of(sources, output, archive, strict, quiet), settings)
        return
    refuse(archive)
    if not sources:
        raise click.UsageError("INPUT is missing: name a file, or - for standard input")
    (source,) = sources
    target = None if explain and output is None else _target(source, output, format_name)
    if findings_file is not None:
        _check_target(source, findings_file)
    try:
        reading = _read(source, options, overrides)
        if explain:
            _explain(reading)
        findings = (*reading.report.findings, *(_write(reading, target, strict, validate) if target else ()))
        if findings_file is not None:
            told = json.dumps([asdict(finding) for finding in findings], indent=1) + "\n"
            _write_data(findings_file, told.encode())
        if not quiet:
            _tell(reading, findings, target, verbose)
    except (click.ClickException, BrokenPipeError):
        raise
    except Exception as problem:
        if verbose:
            raise
        message = f"{source}: a defect of this program: {type(problem).__name__}: {problem} (--verbose shows where)"
        raise Failure(" ".join(message.split())) from None


def _settings(options: "Options", names: str, overrides: str | None, given: ArchiveOptions) -> "Settings":
    """How each of many filings is converted. Raises Misuse for a format that is not known."""
    from converter.archive.task import Settings
    from converter.outputs import FormatError, format_of

    try:
        forms = tuple(format_of("", name.strip()).name for name in (names or "xml").split(","))
    except FormatError as problem:
        raise Misuse(str(problem)) from None
    settings = Settings(tuple(dict.fromkeys(forms)), options, _overrides(overrides))
    return replace(
        settings,
        seconds=given["seconds"] or settings.seconds,
        megabytes=given["megabytes"] or settings.megabytes,
    )


@dataclass(frozen=True, slots=True)
class _Target:
    """Where to write (`-`, or a path) and in which format."""

    name: str
    format: "Format"

    @property
    def files(self) -> str:
        """All the files, for people."""
        stem = Path(self.format.stem(self.name))
        return ", ".join([self.name, *(f"{stem}{rest}" for rest in self.format.beside)])


def _target(source: str, output: str | None, format_name: str) -> _Target:
    """The target that the user names, or the one beside the source. Checked before the work begins."""
    from converter.outputs import FormatError, format_of

    if output is not None:
        _check_target(source, output)
    try:
        known = format_of("" if output in (None, "-") else output, format_name)
    except FormatError as problem:
        raise Misuse(str(problem)) from None
    if output is None:
        output = "-" if source == "-" else str(Path(source).with_suffix(known.suffixes[0]))
        _check_target(source, output)
    if output == "-" and known.beside:
        raise Misuse(f"{known.name} is more than one file: name one with -o")
    return _Target(output, known)


def _check_target(source: str, output: str) -> None:
    if output == "-":
        return
    path = Path(output)
    if path.is_dir():
        raise Misuse(f"{output} is a folder; name a file")
    if not path.parent.is_dir():
        raise Misuse(f"there is no folder {path.parent} to write {path.name} to")
    if source != "-" and path.exists() and Path(source).exists() and path.samefile(source):
        raise Misuse(f"{output} is the input itself; name another file with -o")


def _read(source: str, options: "Options", overrides: str | None) -> "Reading":
    from converter.filing import NotAReport
    from converter.pipeline import read_data

    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as problem:
        _stop_for(source, problem)
    try:
        return read_data(data, source, options, _overrides(overrides))
    except NotAReport as problem:
        raise Failure(f"{source}: {problem}") from None


def _write(reading: "Reading", target: _Target, strict: bool, validate: bool) -> tuple[Finding, ...]:
    """Write the output once everything asked for is checked; what the checks found besides."""
    from converter.outputs import checked
    from converter.pipeline import InvalidInstance

    if strict:
        _refuse_errors(reading.report.findings, "--strict")
    name = next(name for name in (target.name, reading.filing.name, "report") if name != "-")
    try:
        valid = checked(reading, Path(name).name)
    except InvalidInstance as problem:
        raise Failure(f"{reading.filing.name}: {problem}") from None
    found = _validated(valid.instance) if validate else ()
    _refuse_errors(found, "Arelle")
    _write_files(target, target.format.make(valid))
    return found


def _refuse_errors(findings: Sequence[Finding], judge: str) -> None:
    from converter.presentation import finding_line

    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise Failure(f"nothing written ({judge}): {finding_line(errors[0])}{more}")


def _validated(text: str) -> tuple[Finding, ...]:
    from converter.taxonomy import write_package
    from converter.validation import validate_with_arelle

    with tempfile.TemporaryDirectory() as folder:
        instance, package = Path(folder, "instance.xml"), Path(folder, "taxonomy.zip")
        instance.write_text(text, encoding="utf-8")
        write_package(package)
        return validate_with_arelle(instance, package)


def _write_files(target: _Target, files: "Files") -> None:
    from converter.outputs import write_files

    if target.name == "-":
        _write_data("-", files[""])
        return
    with _stopping_for(target.name):
        write_files(files, target.format, Path(target.name))


def _write_data(name: str, data: bytes) -> None:
    from converter.pipeline import replacing

    with _stopping_for(name):
        if name == "-":
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        with replacing(Path(name)) as stream:
            stream.write(data)


def _write_package(path: Path) -> None:
    from converter.taxonomy import write_package

    with _stopping_for(str(path)):
        write_package(path)


def _overrides(path: str | None) -> "tuple[Override, ...]":
    from converter.mapping import OverrideError
    from converter.pipeline import load_overrides

    if path is None:
        return ()
    try:
        return load_overrides(Path(path))
    except OSError as problem:
        _stop_for(path, problem)
    except OverrideError as problem:
        raise Misuse(str(problem)) from None


@contextmanager
def _stopping_for(name: str) -> Iterator[None]:
    """Ends the command with one line if the file of this name cannot be read or written."""
    try:
        yield
    except BrokenPipeError:
        raise  # whoever read standard output has seen enough
    except OSError as problem:
        _stop_for(name, problem)


def _stop_for(name: str, problem: OSError) -> NoReturn:
    if isinstance(problem, FileNotFoundError):
        raise Misuse(f"there is no file {name}") from None
    raise Misuse(f"{name}: {(problem.strerror or str(problem)).lower()}") from None


def _tell(reading: "Reading", findings: Sequence[Finding], target: _Target | None, verbose: bool) -> None:
    """What was done, for a person at a terminal; every finding if asked for."""
    if not verbose and not sys.stderr.isatty():
        return
    from converter.presentation import finding_line, summary_lines

    written = None if target is None else "standard output" if target.name == "-" else target.files
    lines = list(summary_lines(reading, findings, written))
    shown = [finding for finding in findings if verbose or finding.severity is not Severity.INFO]
    most = len(shown) if verbose else _SHOWN
    lines += [finding_line(finding) for finding in shown[:most]]
    if len(shown) > most:
        lines.append(f"... {len(shown) - most} more (--verbose shows all)")
    for line in lines:
        click.echo(line, err=True)


def _explain(reading: "Reading") -> None:
    from converter.presentation import explanation_lines

    for line in explanation_lines(reading):
        click.echo(line)


def _list_concepts(words: str) -> None:
    from converter.presentation import concept_lines, find_concepts

    found = find_concepts(words)
    if not found:
        raise Failure(f"no concept has the words {words!r} in its name, labels or documentation")
    for line in concept_lines(found):
        click.echo(line)


def _diff(old: str, new: str) -> None:
    from converter.comparison import compare, comparison_lines

    for line in comparison_lines(compare(_load(old), _load(new))):
        click.echo(line)


def _load(name: str) -> "Report":
    from converter.loading import NotOurs, load

    try:
        with _stopping_for(name):
            return load(name)
    except NotOurs as problem:
        raise Failure(str(problem)) from None
    except ImportError as problem:
        raise Misuse(f"{name}: {problem}: python -m pip install {problem.name}") from None
