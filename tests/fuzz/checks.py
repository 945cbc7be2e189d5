"""What must hold for every mutant.

No exception but those documented, valid instances, every printed figure accounted for, the same facts read back from
every format, the same bytes each time, and not too much time or memory.
"""

import hashlib
import tempfile
import traceback
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from helpers.archives import run
from helpers.paths import PACKAGE
from lxml import etree

from converter.archive.sources import SourceError, find_sources, read_source
from converter.filing import NotAReport
from converter.loading import NotOurs, load
from converter.outputs import (
    FORMATS,
    CheckedReading,
    Files,
    Format,
    InvalidInstance,
    MissingIdentity,
    checked,
    legal_xml,
    write_files,
)
from converter.pipeline import Reading, read_data
from converter.report import Dimension, Fact, Report
from converter.vocabulary import Code
from fuzz.limits import TooSlow, Usage, measured, time_limit
from fuzz.mutants import Kind, Mutant
from fuzz.outputs import LOADED

THOROUGH_FACTOR = 20
"""A thorough check may take so many times the time of one conversion."""

_FILE = "mutant"
_LARGEST_SOURCE = 64 << 20
_DEFECT = "a defect of this program"


class Problem(NamedTuple):
    """Something that must not be: its kind, the place in the code or the property, and a message of one line."""

    kind: str
    place: str
    message: str


class Limits(NamedTuple):
    """What one mutant may take: CPU time, and memory beyond what the process had before."""

    seconds: float
    megabytes: float


class Result(NamedTuple):
    """How a mutant ended, a digest of what was made of it, what that took, and what is wrong.

    `status` is `converted`, `loaded`, `read` (an archive), `refused` or `failed`.
    """

    status: str
    digest: str
    seconds: float
    megabytes: float
    problems: tuple[Problem, ...]


USUAL_LIMITS = Limits(seconds=5.0, megabytes=1024.0)


def check(mutant: Mutant, limits: Limits = USUAL_LIMITS, thorough: bool = False) -> Result:
    """Check a mutant; `thorough` also makes it again, writes every format and reads these back."""
    usage = Usage()
    made = _Made("failed")
    problems: list[Problem] = []
    try:
        with time_limit(limits.seconds), measured(usage):
            made = _MAKE[mutant.kind](mutant)
        problems += made.problems
        if thorough:
            with time_limit(limits.seconds * THOROUGH_FACTOR):
                problems += _thorough_problems(mutant, made)
    except TooSlow as error:
        problems.append(Problem("slow", place_of(error), f"more than {limits.seconds:g} seconds of CPU time"))
    except MemoryError as error:
        problems.append(Problem("large", place_of(error), f"more than {limits.megabytes:g} MB"))
    except Exception as error:
        problems.append(Problem("exception", place_of(error), _one_line(f"{type(error).__name__}: {error}")))
    if usage.megabytes > limits.megabytes:
        problems.append(Problem("large", mutant.kind, f"{usage.megabytes:.0f} MB"))
    return Result(made.status, made.digest, round(usage.seconds, 3), round(usage.megabytes, 1), tuple(problems))


class _Made(NamedTuple):
    """What became of a mutant."""

    status: str
    digest: str = ""
    problems: tuple[Problem, ...] = ()
    valid: CheckedReading | None = None


def _make_report(mutant: Mutant) -> _Made:
    try:
        reading = read_data(mutant.data, _FILE, mutant.options)
        valid = checked(reading, f"{_FILE}.xml")
    except NotAReport as refusal:
        return _Made("refused", _digest(str(refusal)), tuple(_several_lines(str(refusal))))
    except InvalidInstance as error:
        return _Made("failed", problems=(Problem("invalid", "schema", _one_line(str(error))),))
    digest = _digest(f"{valid.instance}{reading.report.findings}")
    return _Made("converted", digest, tuple(_reading_problems(reading)), valid)


def _make_loaded(mutant: Mutant) -> _Made:
    chosen = next(each for each in FORMATS if each.name == mutant.format)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{_FILE}{chosen.suffixes[0]}")
        try:
            report = _written_and_loaded(mutant.files, chosen, path)
        except FileNotFoundError:  # the other file of a report of two
            return _Made("refused")
        except NotOurs as refusal:
            text = str(refusal).replace(folder, "")
            return _Made("refused", _digest(text), tuple(_several_lines(text)))
    return _Made("loaded", _digest(repr(report)))


def _make_sources(mutant: Mutant) -> _Made:
    contents: dict[str, bytes | str] = {}
    problems: list[Problem] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, _FILE)
        path.write_bytes(mutant.data)
        for source in find_sources([str(path)], largest=_LARGEST_SOURCE):
            name = source.path.removeprefix(folder)
            if name in contents or not (name + source.problem).isprintable():
                problems.append(Problem("archive", "names", _one_line(f"{name}: {source.problem}")))
            try:
                contents[name] = read_source(source, largest=_LARGEST_SOURCE)
            except SourceError as error:
                contents[name] = str(error).replace(folder, "")
    return _Made("read", _digest(repr(contents)), tuple(problems))


_MAKE = {Kind.FILING: _make_report, Kind.OUTPUT: _make_loaded, Kind.ARCHIVE: _make_sources}


def _reading_problems(reading: Reading) -> Iterator[Problem]:
    """Yield what is wrong with a reading: figures not accounted for, findings at places that do not exist."""
    report = reading.report
    last = reading.filing.text.count("\n") + reading.filing.text.count("\r") + 1
    for finding in report.findings:
        if finding.code == Code.FIGURES_UNACCOUNTED:
            account = report.summary.account
            lost = account.printed > account.read + account.named
            yield Problem("unaccounted", "lost" if lost else "counted twice", finding.message)
        if finding.line is not None and not 1 <= finding.line <= last:
            yield Problem("finding", finding.code, f"line {finding.line} of {last}")
        yield from _several_lines(finding.message)


def _several_lines(message: str) -> Iterator[Problem]:
    if len(message.splitlines()) != 1:
        yield Problem("message", "lines", _one_line(message))


def _thorough_problems(mutant: Mutant, made: _Made) -> Iterator[Problem]:
    again = _MAKE[mutant.kind](mutant)
    if (again.status, again.digest) != (made.status, made.digest):
        yield Problem("not deterministic", mutant.kind, f"{made.status}, then {again.status}, or with other content")
    if made.valid is not None:
        for chosen in FORMATS:
            yield from _format_problems(made.valid, chosen)
    if mutant.kind is Kind.ARCHIVE:
        yield from _run_problems(mutant)


def _format_problems(valid: CheckedReading, chosen: Format) -> Iterator[Problem]:
    """Write a reading in a format, and read it back if the format can be."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{_FILE}{chosen.suffixes[0]}")
        try:
            files = chosen.make(CheckedReading(valid.reading, valid.instance, path.name))
        except MissingIdentity:
            return
        if chosen.name == "html":
            etree.fromstring(files[""], etree.XMLParser(huge_tree=True))
        if chosen not in LOADED:
            return
        loaded = _statements_of(_written_and_loaded(files, chosen, path))
    written = _statements_of(valid.reading.report)
    if written != loaded:
        lost, new = (next(iter(sorted(facts)), "none") for facts in (written - loaded, loaded - written))
        yield Problem("not round-trip", chosen.name, _one_line(f"lost {lost}, new {new}"))


def _written_and_loaded(files: Files, chosen: Format, path: Path) -> Report:
    write_files(files, chosen, path)
    return load(path)


def _statements_of(report: Report) -> set[str]:
    """Return what each fact states, as text; characters that no output can hold do not count."""
    return {_statement_of(fact) for fact in report.facts}


def _statement_of(fact: Fact) -> str:
    value = fact.value + 0 if isinstance(fact.value, Decimal) else fact.value
    value = value.normalize() if isinstance(value, Decimal) else value
    dimensions = [(each.axis, _text(each)) for each in fact.context.dimensions]
    return legal_xml(f"{fact.concept} {fact.context.period} {dimensions} {fact.unit} {value!r} {fact.decimals}")


def _text(dimension: Dimension) -> str:
    return legal_xml(dimension.member or dimension.text)


def _run_problems(mutant: Mutant) -> Iterator[Problem]:
    """Convert an archive as the command does; nothing may fail by a defect, or be written outside the output folder."""
    with tempfile.TemporaryDirectory() as folder:
        box = Path(folder, "in")
        box.mkdir()
        (box / "archive").write_bytes(mutant.data)
        outcomes = run([box], Path(folder, "out"))
        yield from (
            Problem("exception", "a run", outcome.reason) for outcome in outcomes.values() if _DEFECT in outcome.reason
        )
        if {path.name for path in Path(folder).iterdir()} != {"in", "out"} or len(list(box.iterdir())) != 1:
            yield Problem("archive", "outside", "files were written outside the output folder")


def place_of(error: BaseException) -> str:
    """Return where an exception arose: the innermost function of the package, its file and line; and its type.

    For time and memory, which may run out anywhere, the line is left out.
    """
    frames = [
        (frame.f_code, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if Path(frame.f_code.co_filename).is_relative_to(PACKAGE)
    ]
    if not frames:
        return f"outside of the package, {type(error).__name__}"
    code, line = frames[-1]
    place = f"{Path(code.co_filename).relative_to(PACKAGE.parent)}:{code.co_name}"
    return place if isinstance(error, TooSlow | MemoryError) else f"{place}:{line}, {type(error).__name__}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _one_line(text: str) -> str:
    return " ".join(text.encode("utf-8", "replace").decode().split())[:400]
