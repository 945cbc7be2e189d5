"""The command over one filing: read it, write one output, say what was done."""

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import asdict

from converter.cli.endings import Failure, Misuse, stop_for, stopping_for
from converter.vocabulary import Finding, Severity

if TYPE_CHECKING:
    from converter.mapping import Override
    from converter.outputs import Files, Format
    from converter.pipeline import Reading
    from converter.report import Options

_SHOWN = 5  # findings on the terminal without --verbose


class One(Struct, frozen=True):
    """What the user asks for: see the options of the command."""

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


def convert_one(source: str, asked: One) -> None:
    """Convert one filing. Ends the process by click's exceptions."""
    target = None if asked.explain and asked.output is None else _target(source, asked.output, asked.format)
    if asked.findings is not None:
        _check_target(source, asked.findings)
    try:
        reading = _read(source, asked)
        if asked.explain:
            _explain(reading)
        findings = (*reading.report.findings, *(_write(reading, target, asked) if target else ()))
        if asked.findings is not None:
            told = json.dumps([asdict(finding) for finding in findings], indent=1) + "\n"
            write_data(asked.findings, told.encode())
        if not asked.quiet:
            _tell(reading, findings, target, asked.verbose)
    except (click.ClickException, BrokenPipeError):
        raise
    except Exception as problem:
        if asked.verbose:
            raise
        message = f"{source}: a defect of this program: {type(problem).__name__}: {problem} (--verbose shows where)"
        raise Failure(" ".join(message.split())) from None


class _Target(Struct, frozen=True):
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


def _read(source: str, asked: One) -> "Reading":
    from converter.filing import NotAReport
    from converter.pipeline import read_data

    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as problem:
        stop_for(source, problem)
    try:
        return read_data(data, source, asked.options, read_table(asked.overrides))
    except NotAReport as problem:
        raise Failure(f"{source}: {problem}") from None


def _write(reading: "Reading", target: _Target, asked: One) -> tuple[Finding, ...]:
    """Write the output once everything asked for is checked; what the checks found besides."""
    from converter.outputs import InvalidInstance, checked

    if asked.strict:
        _refuse_errors(reading.report.findings, "--strict")
    name = next(name for name in (target.name, reading.filing.name, "report") if name != "-")
    try:
        valid = checked(reading, Path(name).name)
    except InvalidInstance as problem:
        raise Failure(f"{reading.filing.name}: {problem}") from None
    found = _validated(valid.instance) if asked.validate else ()
    _refuse_errors(found, "Arelle")
    _write_files(target, target.format.make(valid))
    return found


def _refuse_errors(findings: Sequence[Finding], judge: str) -> None:
    from converter.cli.presentation import finding_line

    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise Failure(f"nothing written ({judge}): {finding_line(errors[0])}{more}")


def _validated(text: str) -> tuple[Finding, ...]:
    from converter.outputs import validate_with_arelle
    from converter.taxonomy import write_package

    with tempfile.TemporaryDirectory() as folder:
        instance, package = Path(folder, "instance.xml"), Path(folder, "taxonomy.zip")
        instance.write_text(text, encoding="utf-8")
        write_package(package)
        return validate_with_arelle(instance, package)


def _write_files(target: _Target, files: "Files") -> None:
    from converter.outputs import write_files

    if target.name == "-":
        write_data("-", files[""])
        return
    with stopping_for(target.name):
        write_files(files, target.format, Path(target.name))


def write_data(name: str, data: bytes) -> None:
    from converter.outputs import replacing

    with stopping_for(name):
        if name == "-":
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        with replacing(Path(name)) as stream:
            stream.write(data)


def _tell(reading: "Reading", findings: Sequence[Finding], target: _Target | None, verbose: bool) -> None:
    """What was done, for a person at a terminal; every finding if asked for."""
    if not verbose and not sys.stderr.isatty():
        return
    from converter.cli.presentation import finding_line, summary_lines

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
    from converter.cli.presentation import explanation_lines

    for line in explanation_lines(reading):
        click.echo(line)


def read_table(path: str | None) -> "tuple[Override, ...]":
    """The user's own mappings, none without a file. Raises Misuse for a table that cannot be used."""
    from converter.mapping import OverrideError
    from converter.pipeline import load_overrides

    if path is None:
        return ()
    try:
        return load_overrides(Path(path))
    except OSError as problem:
        stop_for(path, problem)
    except OverrideError as problem:
        raise Misuse(str(problem)) from None
