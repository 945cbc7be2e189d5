"""Reading one filing for a command: its bytes, the user's mappings, limits, and what ends the command."""

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from converter.cli.endings import Failure, Limits, Misuse, raise_misuse
from converter.vocabulary import Code, Finding, Severity

_HEAD_SIZE, _HEADER_SIZE, _TAR_MARK = 1024, 16_384, 257
_ARCHIVES = (b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x1f\x9d")
_PICTURES = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM\x00")
_OTHER_FORM = re.compile(rb"(?im)^(?:CONFORMED SUBMISSION TYPE:\s{0,9}|\s{0,40}FORM )(13F[-\w]{0,6}|SC 13[DG]|[345]\b)")

if TYPE_CHECKING:
    from converter.filing import FilingIndex
    from converter.mapping import Override
    from converter.pipeline import Reading
    from converter.report import Options


def read_input(source: str) -> bytes:
    """Read a file, or standard input for `-`. Raises Misuse if that is not possible."""
    try:
        return sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as problem:
        raise_misuse(source, problem)


def read_filing(
    source: str, options: "Options", overrides: str | None, limits: Limits, index: str | None = None
) -> "Reading":
    """Read one filing within limits. Raises click's exceptions, which end the process."""
    with defects(source, verbose=False), limits.of_memory(source):
        data = read_input(source)
        with limits.of_time(source):
            return reading_of(data, source, options, overrides, index)


def reading_of(
    data: bytes, source: str, options: "Options", overrides: str | None, index: str | None = None
) -> "Reading":
    """Read a filing. Raises Failure where there is nothing to convert, Misuse for a bad table of mappings or index."""
    from converter.filing import NotAReport, known_of
    from converter.pipeline import read_data

    try:
        own, known = read_overrides(overrides), known_of(source, read_index(index))
        return _with_unused(read_data(data, source, options, own, known), own)
    except NotAReport as problem:
        raise Failure(str(problem), source, _instead_of(data)) from None


def _with_unused(reading: "Reading", overrides: "Sequence[Override]") -> "Reading":
    """Return the reading with a warning for each of the user's mappings that no row has."""
    if not overrides:
        return reading
    from converter.mapping import unused_overrides

    unused = unused_overrides([mapped.statement for mapped in reading.statements], overrides)
    messages = (f"no row has the caption {override.pattern.pattern!r} of your table of mappings" for override in unused)
    warnings = [Finding(Severity.WARNING, Code.OPTION_WITHOUT_EFFECT, message) for message in messages]
    report = reading.report
    return replace(reading, report=replace(report, findings=(*report.findings, *warnings)))


def _instead_of(data: bytes) -> str:
    """Return what to do about a file that holds nothing to convert."""
    start = data[:_HEAD_SIZE].lstrip()
    if start.startswith(_ARCHIVES) or data[_TAR_MARK : _TAR_MARK + 5] == b"ustar":
        return "an archive becomes a dataset: name a folder with -o FOLDER/"
    if start.startswith(_PICTURES):
        return "give the text or HTML that was filed; what is scanned or printed to PDF cannot be read"
    if form := _OTHER_FORM.search(data[:_HEADER_SIZE]):
        return f"a form {form[1].decode()} holds no statements; give a 10-K, a 10-Q or an earnings release"
    return "give a 10-K, a 10-Q or an earnings release as text or HTML, whole, with the headings of its statements"


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


def read_index(path: str | None) -> "FilingIndex | None":
    """Read the user's index of filings, None without a file. Raises Misuse for a file that cannot be used."""
    from converter.filing import FilingIndexError, read_index

    if path is None:
        return None
    try:
        return read_index(Path(path))
    except OSError as problem:
        raise_misuse(path, problem)
    except FilingIndexError as problem:
        raise Misuse(
            str(problem), path, "name EDGAR's master.idx, or a CSV with path,cik,form,filed,accession"
        ) from None


@contextmanager
def defects(source: str, verbose: bool) -> Iterator[None]:
    """Turn what no user can cause into Failure; with `verbose`, let it through with its traceback."""
    try:
        yield
    except (click.ClickException, BrokenPipeError):
        raise
    except Exception as problem:
        if verbose:
            raise
        what = f"a defect of this program: {type(problem).__name__}: {problem}"
        raise Failure(what, source, "convert --verbose shows where; please report it") from None
