"""The command for one filing: convert it, write one output, print a summary."""

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import asdict

from converter.cli.endings import Failure, Misuse, file_errors, raise_misuse
from converter.vocabulary import Finding, Severity

if TYPE_CHECKING:
    from converter.mapping import Override
    from converter.outputs import Files, Format
    from converter.pipeline import Reading
    from converter.report import Options

_MAX_FINDINGS = 5  # on the terminal without --verbose


class FilingJob(Struct, frozen=True):
    """The command line for one filing: see the options of the command."""

    output: str | None
    format: str
    options: "Options"
    overrides: str | None
    strict: bool
    validate: bool
    findings: str | None
    explain: bool
    quiet: bool
    verbose: bool


def convert_one(source: str, job: FilingJob) -> None:
    """Convert one filing. Raises click's exceptions, which end the process."""
    target = None if job.explain and job.output is None else _target(source, job.output, job.format)
    if job.findings is not None:
        _check_target(source, job.findings)
    try:
        reading = _read(source, job)
        if job.explain:
            _explain(reading)
        findings = (*reading.report.findings, *(_write(reading, target, job) if target else ()))
        if job.findings is not None:
            text = json.dumps([asdict(finding) for finding in findings], indent=1) + "\n"
            _write_data(job.findings, text.encode())
        if not job.quiet:
            _print_summary(reading, findings, target, job.verbose)
    except (click.ClickException, BrokenPipeError):
        raise
    except Exception as problem:
        if job.verbose:
            raise
        message = f"{source}: a defect of this program: {type(problem).__name__}: {problem} (--verbose shows where)"
        raise Failure(" ".join(message.split())) from None


class _Target(Struct, frozen=True):
    """The file to write, `-` for standard output, and its format."""

    name: str
    format: "Format"

    @property
    def file_names(self) -> str:
        """The names of all files that the format has, separated by commas."""
        stem = Path(self.format.stem(self.name))
        return ", ".join([self.name, *(f"{stem}{ending}" for ending in self.format.beside)])


def _target(source: str, output: str | None, format_name: str) -> _Target:
    """Return the target that the user names, or a file beside the source. Raises Misuse if it cannot be written."""
    from converter.outputs import FormatError, format_of

    if output is not None:
        _check_target(source, output)
    try:
        output_format = format_of("" if output in (None, "-") else output, format_name)
    except FormatError as problem:
        raise Misuse(str(problem)) from None
    if output is None:
        output = "-" if source == "-" else str(Path(source).with_suffix(output_format.suffixes[0]))
        _check_target(source, output)
    if output == "-" and output_format.beside:
        raise Misuse(f"{output_format.name} is more than one file: name one with -o")
    return _Target(output, output_format)


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


def _read(source: str, job: FilingJob) -> "Reading":
    from converter.filing import NotAReport
    from converter.pipeline import read_data

    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as problem:
        raise_misuse(source, problem)
    try:
        return read_data(data, source, job.options, read_overrides(job.overrides))
    except NotAReport as problem:
        raise Failure(f"{source}: {problem}") from None


def _write(reading: "Reading", target: _Target, job: FilingJob) -> tuple[Finding, ...]:
    """Write the output after all checks that the user asked for; return the additional findings of Arelle."""
    from converter.outputs import InvalidInstance, checked

    if job.strict:
        _refuse_errors(reading.report.findings, "--strict")
    name = next(name for name in (target.name, reading.filing.name, "report") if name != "-")
    try:
        valid = checked(reading, Path(name).name)
    except InvalidInstance as problem:
        raise Failure(f"{reading.filing.name}: {problem}") from None
    findings = _validate_with_arelle(valid.instance) if job.validate else ()
    _refuse_errors(findings, "Arelle")
    _write_files(target, target.format.make(valid))
    return findings


def _refuse_errors(findings: Sequence[Finding], checked_by: str) -> None:
    """Raise Failure if any finding is an error."""
    from converter.cli.presentation import finding_line

    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise Failure(f"nothing written ({checked_by}): {finding_line(errors[0])}{more}")


def _validate_with_arelle(instance: str) -> tuple[Finding, ...]:
    from converter.outputs import validate_with_arelle
    from converter.taxonomy import write_package

    with tempfile.TemporaryDirectory() as folder:
        path, package = Path(folder, "instance.xml"), Path(folder, "taxonomy.zip")
        path.write_text(instance, encoding="utf-8")
        write_package(package)
        return validate_with_arelle(path, package)


def _write_files(target: _Target, files: "Files") -> None:
    from converter.outputs import write_files

    if target.name == "-":
        _write_data("-", files[""])
        return
    with file_errors(target.name):
        write_files(files, target.format, Path(target.name))


def _write_data(name: str, data: bytes) -> None:
    from converter.outputs import replacing

    with file_errors(name):
        if name == "-":
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        with replacing(Path(name)) as stream:
            stream.write(data)


def _print_summary(reading: "Reading", findings: Sequence[Finding], target: _Target | None, verbose: bool) -> None:
    """Print what was done and the findings if standard error is a terminal; with `verbose` always, all findings."""
    if not verbose and not sys.stderr.isatty():
        return
    from converter.cli.presentation import finding_line, summary_lines

    written_to = None if target is None else "standard output" if target.name == "-" else target.file_names
    lines = list(summary_lines(reading, findings, written_to))
    relevant = [finding for finding in findings if verbose or finding.severity is not Severity.INFO]
    limit = len(relevant) if verbose else _MAX_FINDINGS
    lines += [finding_line(finding) for finding in relevant[:limit]]
    if len(relevant) > limit:
        lines.append(f"... {len(relevant) - limit} more (--verbose shows all)")
    for line in lines:
        click.echo(line, err=True)


def _explain(reading: "Reading") -> None:
    from converter.cli.presentation import explanation_lines

    for line in explanation_lines(reading):
        click.echo(line)


def read_overrides(path: str | None) -> "tuple[Override, ...]":
    """Read the user's own mappings, none without a file. Raises Misuse for a table that cannot be used."""
    from converter.mapping import OverrideError
    from converter.pipeline import load_overrides

    if path is None:
        return ()
    try:
        return load_overrides(Path(path))
    except OSError as problem:
        raise_misuse(path, problem)
    except OverrideError as problem:
        raise Misuse(str(problem)) from None
