"""Task -> Outcome: one source converted, whatever it holds. Pure: nothing is written, every failure is an outcome."""

import gc
import hashlib
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from converter.archive.layout import stem_of
from converter.archive.limits import OutOfTime, bounded_memory, time_limit
from converter.archive.packing import pack_facts, pack_findings
from converter.archive.sources import Source, SourceError, read_source
from converter.archive.task import Counts, File, Outcome, Settings, Status, Task
from converter.filing import NotAReport
from converter.outputs import FactRow, InvalidInstance, checked, format_of, legal, rows_of
from converter.pipeline import Reading, read_data
from converter.report import account_of

_LONGEST_REASON = 500

_SAMPLE = Source(
    "sample.txt",
    size=0,
    data=b"""SAMPLE CORPORATION
BALANCE SHEETS
(In thousands)
                             December 31,
                           2003       2002
Current assets:
  Cash                   $  1,200   $  1,100
  Accounts receivable         800        700
                         --------   --------
Total current assets        2,000      1,800
Equipment, net                500        400
                         --------   --------
Total assets             $  2,500   $  2,200
                         ========   ========
""",
)
"""Something to convert that makes a process load everything it ever needs."""


def warm_up(settings: Settings) -> None:
    """Load, once in a process, what every conversion needs, and bound the process's memory."""
    bounded_memory(settings.megabytes)
    convert_source(Task(_SAMPLE, settings))
    gc.collect()
    gc.freeze()  # what is loaded now lives as long as the process: no need to look at it again


def convert_source(task: Task) -> Outcome:
    """Read, map, render and validate one source. Never raises, but for what ends the process."""
    began = time.perf_counter()
    try:
        with time_limit(task.settings.seconds):
            outcome = _convert(task)
    except OutOfTime:
        outcome = failure(task, f"took more than {task.settings.seconds:g} seconds")
    except MemoryError:
        outcome = failure(task, f"needs more than {task.settings.megabytes} MB of memory")
    except Exception as problem:
        outcome = failure(task, f"a defect of this program: {type(problem).__name__}: {problem}")
    return replace(outcome, seconds=time.perf_counter() - began)


def failure(task: Task, reason: str) -> Outcome:
    """The outcome of a source that could not be converted, the reason cut to one line."""
    return Outcome(task.source, Status.FAILED, legal(" ".join(reason.split()))[:_LONGEST_REASON], size=task.source.size)


def _convert(task: Task) -> Outcome:
    source = task.source
    if source.problem:
        return failure(task, source.problem)
    try:
        data = read_source(task.located, largest=task.settings.largest)
    except SourceError as problem:
        return failure(task, str(problem))
    known = Outcome(replace(source, data=None), Status.UNCHANGED, hash=hashlib.sha256(data).hexdigest(), size=len(data))
    if known.hash == task.known:
        return known
    try:
        reading = read_data(data, source.path, task.settings.options, task.settings.overrides)
        return _converted(known, reading, task.settings.forms)
    except NotAReport as problem:
        return replace(known, status=Status.EMPTY, reason=legal(str(problem))[:_LONGEST_REASON])
    except InvalidInstance as problem:
        return replace(failure(task, str(problem)), hash=known.hash, size=known.size)


def _converted(known: Outcome, reading: Reading, forms: tuple[str, ...]) -> Outcome:
    rows = tuple(rows_of(reading))
    cover = rows[0]
    outcome = replace(
        known,
        status=Status.CONVERTED,
        entity=cover.entity,
        cik=cover.cik or "",
        accession=cover.accession or "",
        form=cover.form or "",
        company=cover.entity_name or "",
        period_end=_period_end(rows),
        counts=_counts(reading),
        findings=_findings(reading),
        unmapped=tuple(_unmapped(reading)),
    )
    name = stem_of(outcome).rpartition("/")[2]
    return replace(
        outcome,
        files=tuple(_files(reading, name, forms)),
        rows=pack_facts(rows),
        told=pack_findings(outcome.source.path, outcome.entity, reading.report.findings),
    )


def _files(reading: Reading, name: str, forms: tuple[str, ...]) -> Iterator[File]:
    valid = checked(reading, name, fast=True)
    for form in forms:
        made = format_of("", form)
        suffix = made.suffixes[0]
        for ending, data in made.make(replace(valid, file=name + suffix)).items():
            yield File(ending or suffix, data)


def _period_end(rows: tuple[FactRow, ...]) -> date | None:
    said = (row.value_text for row in rows if row.concept == "DocumentPeriodEndDate")
    return next(map(date.fromisoformat, said), None)


def _counts(reading: Reading) -> Counts:
    summary, figures = reading.report.summary, account_of(reading.statements, reading.report.findings)
    return Counts(
        facts=len(reading.report.facts),
        printed=figures.printed,
        read=figures.read,
        named=figures.named,
        figures=summary.figures,
        mapped=summary.mapped,
        sums=summary.sums,
        holding=summary.sums_holding,
    )


def _findings(reading: Reading) -> tuple[tuple[str, str, int], ...]:
    counted = Counter((finding.code, str(finding.severity)) for finding in reading.report.findings)
    return tuple((code, severity, number) for (code, severity), number in sorted(counted.items()))


def _unmapped(reading: Reading) -> Iterator[tuple[str, str]]:
    """Each caption that no concept fits, in the normal spacing, with its statement; once a filing."""
    found = {
        (legal(" ".join(item.label.split())), str(mapped.statement.kind))
        for mapped in reading.statements
        for item, mapping in zip(mapped.statement.items, mapped.mappings, strict=True)
        if mapping.concept is None and item.label.strip()
    }
    yield from sorted(found)
