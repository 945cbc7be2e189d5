"""The command for one filing: convert it, write one output, print a summary."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import replace

from converter.cli.endings import Failure, Limits, file_errors
from converter.cli.files import FilingFiles, Target, naming_of, write_data, write_taxonomy
from converter.cli.reading import defects, read_input, reading_of
from converter.vocabulary import Finding, Severity

if TYPE_CHECKING:
    from converter.outputs import Files
    from converter.pipeline import Reading
    from converter.report import Options

_MAX_FINDINGS = 5  # on the terminal without --verbose


class FilingJob(Struct, frozen=True):
    """The command line for one filing: see the options of the command."""

    files: FilingFiles
    format: str
    options: "Options"
    limits: Limits
    strict: bool = False
    validate: bool = False
    explain: bool = False
    quiet: bool = False
    verbose: bool = False
    namespace: str | None = None


class _Conversion(Struct, frozen=True):
    """A reading, the files made of it (none if only an explanation is wanted) and all findings."""

    reading: "Reading"
    files: "Files"
    findings: tuple[Finding, ...]


def convert_one(job: FilingJob) -> None:
    """Convert one filing. Raises click's exceptions, which end the process."""
    source = job.files.source
    target = None if job.explain and job.files.output is None else job.files.target(job.format)
    job.files.check(target)
    if target is not None:
        naming_of(job.namespace, [target.format])
    if job.files.taxonomy_package is not None:
        write_taxonomy(job.files.taxonomy_package)
    with defects(source, job.verbose):
        with job.limits.of_memory(source):
            data = read_input(source)
            with job.limits.of_time(source):  # of the work, without waiting for who writes to a pipe or reads from it
                conversion = _convert(data, target, job)
        _write(conversion, target, job)


def _convert(data: bytes, target: Target | None, job: FilingJob) -> _Conversion:
    """Read a filing and make the files, after all checks that the user asked for."""
    from converter.outputs import InvalidInstance, MissingIdentity, checked

    source = job.files.source
    reading = reading_of(data, source, job.options, job.files.overrides, job.files.index)
    if target is None:
        return _Conversion(reading, {}, reading.report.findings)
    if job.strict:
        _refuse_errors(reading.report.findings, source, "--strict")
    name = next(name for name in (target.name, source, "report") if name != "-")
    try:
        valid = replace(checked(reading, Path(name).name), naming=naming_of(job.namespace, [target.format]))
        findings = _validate_with_arelle(valid.instance) if job.validate else ()
        _refuse_errors(findings, source, "Arelle")
        files = target.format.make(valid)
    except (InvalidInstance, MissingIdentity) as problem:
        raise Failure("nothing written", source, str(problem)) from None
    return _Conversion(reading, files, (*reading.report.findings, *findings))


def _write(conversion: _Conversion, target: Target | None, job: FilingJob) -> None:
    """Write all files, print what is asked for."""
    if job.explain:
        _explain(conversion.reading)
    if target is not None:
        _write_files(target, conversion.files)
    if job.files.findings is not None:
        from converter.cli.diagnostics import findings_json

        write_data(job.files.findings, findings_json(conversion.reading, conversion.findings).encode())
    if job.quiet:
        return
    if job.verbose or sys.stderr.isatty():
        _print_summary(conversion, target, job.verbose)
    else:
        _print_diagnostics(conversion.findings, job.files.source)


def _refuse_errors(findings: Sequence[Finding], source: str, checked_by: str) -> None:
    """Raise Failure if any finding is an error."""
    from converter.cli.diagnostics import finding_line

    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise Failure(f"nothing written ({checked_by})", source, f"{finding_line(errors[0])}{more}")


def _validate_with_arelle(instance: str) -> tuple[Finding, ...]:
    import tempfile

    from converter.outputs import validate_with_arelle
    from converter.taxonomy import write_package

    with tempfile.TemporaryDirectory() as folder:
        path, package = Path(folder, "instance.xml"), Path(folder, "taxonomy.zip")
        path.write_text(instance, encoding="utf-8")
        write_package(package)
        return validate_with_arelle(path, package)


def _write_files(target: Target, files: "Files") -> None:
    from converter.outputs import write_files

    if target.name == "-":
        write_data("-", files[""])
        return
    with file_errors(target.name, writing=True):
        write_files(files, target.format, Path(target.name))


def _print_summary(conversion: _Conversion, target: Target | None, verbose: bool) -> None:
    """Print what was done and the gravest findings; with `verbose` all findings, and why these tables were read."""
    from converter.cli.diagnostics import finding_line, severest_first
    from converter.cli.presentation import choice_lines, summary_lines, terminal_width, wrapped

    findings = conversion.findings
    written_to = None if target is None else target.file_names
    width = terminal_width()
    lines = list(summary_lines(conversion.reading, findings, written_to, width))
    if verbose:
        lines += choice_lines(conversion.reading.choices, width)
    relevant = [finding for finding in severest_first(findings) if verbose or finding.severity is not Severity.INFO]
    limit = len(relevant) if verbose else _MAX_FINDINGS
    lines += [""] if relevant else []
    lines += [line for finding in relevant[:limit] for line in wrapped("", finding_line(finding), width, indent=4)]
    if len(relevant) > limit:
        lines.append(f"... {len(relevant) - limit} more (--verbose shows all)")
    for line in lines:
        click.echo(line, err=True)


def _print_diagnostics(findings: Sequence[Finding], source: str) -> None:
    """Print a line for each kind of warning and error, for a log."""
    from converter.cli.diagnostics import diagnostic_lines

    for line in diagnostic_lines(findings, "<stdin>" if source == "-" else source):
        click.echo(line, err=True)


def _explain(reading: "Reading") -> None:
    from converter.cli.explanation import show

    show(reading, doubtful=False)
