"""Task -> Outcome: convert one source, whatever its content. Writes nothing; every failure is an outcome."""

import gc
import hashlib
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from converter.archive.layout import draft_name, stem_of
from converter.archive.packing import joined, pack
from converter.archive.sources import Source, SourceError, read_source
from converter.archive.tables import TABLES
from converter.archive.task import (
    CheckCount,
    Counts,
    File,
    FindingCount,
    Outcome,
    Piece,
    RowCount,
    Settings,
    Status,
    Task,
    UnmappedCaption,
)
from converter.filing import NotAReport
from converter.limits import OutOfTime, limit_memory, time_limit
from converter.outputs import FactRow, InvalidInstance, MissingIdentity, checked, format_of, legal_xml, rows_of
from converter.pipeline import Reading, read_data
from converter.report import COVER

_MAX_REASON_LENGTH = 500

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
"""A document whose conversion makes a process load everything that conversions need."""
_NEW_OBJECTS = 10_000  # between two looks for garbage: a filing makes more than the usual 700 by far


def warm_up(settings: Settings) -> None:
    """Load what every conversion needs, once in a process, and limit the process's memory."""
    limit_memory(settings.megabytes)
    convert_source(Task(_SAMPLE, settings))
    gc.collect()
    gc.freeze()  # what is loaded now lives as long as the process, so the collector need not scan it again
    gc.set_threshold(_NEW_OBJECTS)


def convert_source(task: Task) -> Outcome:
    """Read, map, render and validate one source. Raises only what ends the process."""
    start = time.perf_counter()
    try:
        with time_limit(task.settings.seconds):
            outcome = _convert(task)
    except OutOfTime:
        outcome = failed_outcome(task, f"took more than {task.settings.seconds:g} seconds")
    except MemoryError:
        outcome = failed_outcome(task, f"needs more than {task.settings.megabytes} MB of memory")
    except Exception as problem:
        outcome = failed_outcome(task, f"a defect of this program: {type(problem).__name__}: {problem}")
    if task.drafts and outcome.files:
        outcome = replace(outcome, files=tuple(_drafted(file, Path(task.drafts)) for file in outcome.files))
    return replace(outcome, seconds=time.perf_counter() - start)


def _drafted(file: File, folder: Path) -> File:
    """Write the content of a file to a draft; if that fails, it is left to the process that writes the dataset."""
    draft = folder / draft_name()
    try:
        draft.write_bytes(file.data)
    except OSError:
        draft.unlink(missing_ok=True)
        return file
    return File(file.ending, draft=str(draft))


def failed_outcome(task: Task, reason: str) -> Outcome:
    """Return the outcome of a source that could not be converted, with the reason as one line."""
    reason = legal_xml(" ".join(reason.split()))[:_MAX_REASON_LENGTH]
    return Outcome(task.source, Status.FAILED, reason, size=task.source.size)


def _convert(task: Task) -> Outcome:
    source = task.source
    if source.problem:
        return failed_outcome(task, source.problem)
    try:
        data = read_source(task.located, largest=task.settings.largest)
    except SourceError as problem:
        return failed_outcome(task, str(problem))
    digest = hashlib.sha256(data).hexdigest()
    unchanged = Outcome(replace(source, data=None), Status.UNCHANGED, hash=digest, size=len(data))
    if digest == task.known_hash:
        return unchanged
    try:
        reading = read_data(data, source.path, task.settings.options, task.settings.overrides, task.known)
        return _converted(unchanged, reading, task.settings)
    except NotAReport as problem:
        return replace(unchanged, status=Status.EMPTY, reason=legal_xml(str(problem))[:_MAX_REASON_LENGTH])
    except InvalidInstance as problem:
        return replace(failed_outcome(task, str(problem)), hash=digest, size=len(data))


def _converted(outcome: Outcome, reading: Reading, settings: Settings) -> Outcome:
    rows = tuple(rows_of(reading))
    cover = rows[0]
    outcome = replace(
        outcome,
        status=Status.CONVERTED,
        entity=cover.entity,
        cik=cover.cik or "",
        accession=cover.accession or "",
        form=cover.form or "",
        company=cover.entity_name or "",
        sic=_cover_value(rows, "StandardIndustrialClassification"),
        state=_cover_value(rows, "EntityIncorporationStateCountryCode", "EntityIncorporationStateCountryName"),
        irs_number=_cover_value(rows, "EntityTaxIdentificationNumber"),
        co_registrants=tuple(map(legal_xml, reading.filing.header.co_registrants)),
        period_end=_period_end(rows),
        counts=_counts(reading),
        findings=_finding_counts(reading),
        checks=_check_counts(reading),
        unmapped=_unmapped_captions(reading),
        confidence=_confidence(reading),
    )
    name = stem_of(outcome).rpartition("/")[2]
    packed = {table.name: pack(table.row, table.rows(reading, rows)) for table in TABLES}
    return replace(
        outcome,
        files=tuple(_files(reading, name, settings)),
        pieces=tuple(_pieces(reading, settings.formats)),
        rows=tuple(RowCount(name, table.rows) for name, table in packed.items() if table.rows),
        packed=joined({name: table.data for name, table in packed.items() if table.rows}),
    )


def _files(reading: Reading, name: str, settings: Settings) -> Iterator[File]:
    valid = replace(checked(reading, name), naming=settings.naming)
    for format_name in settings.formats:
        output_format = format_of("", format_name)
        if output_format.whole:
            continue
        suffix = output_format.suffixes[0]
        for ending, data in output_format.make(replace(valid, file=name + suffix)).items():
            yield File(f"{suffix}/{ending}" if output_format.folder else ending or suffix, data)


def _pieces(reading: Reading, formats: tuple[str, ...]) -> Iterator[Piece]:
    """Yield what the filing adds to files of many filings, an empty piece if these cannot name it."""
    for format_name in formats:
        make = format_of("", format_name).piece
        if make is not None:
            try:
                key, data = make(reading)
            except MissingIdentity:
                key, data = "", b""
            yield Piece(format_name, key, data)


def _cover_value(rows: tuple[FactRow, ...], *concepts: str) -> str:
    """Return the value of the first of these concepts that the cover has, "" without one."""
    values = {row.concept: row.value_text for row in rows if row.statement == COVER}
    return next((values[concept] for concept in concepts if concept in values), "")


def _period_end(rows: tuple[FactRow, ...]) -> date | None:
    days = (row.value_text for row in rows if row.concept == "DocumentPeriodEndDate")
    return next(map(date.fromisoformat, days), None)


def _counts(reading: Reading) -> Counts:
    summary = reading.report.summary
    account = summary.account
    return Counts(
        facts=len(reading.report.facts),
        printed=account.printed,
        read=account.read,
        named=account.named,
        figures=summary.figures,
        mapped=summary.mapped,
        sums=summary.sums,
        holding=summary.sums_holding,
    )


def _finding_counts(reading: Reading) -> tuple[FindingCount, ...]:
    counts = Counter((finding.code, str(finding.severity)) for finding in reading.report.findings)
    return tuple(FindingCount(code, severity, count) for (code, severity), count in sorted(counts.items()))


def _check_counts(reading: Reading) -> tuple[CheckCount, ...]:
    counts = Counter((str(check.measure), str(check.status)) for check in reading.report.checks)
    return tuple(CheckCount(measure, status, count) for (measure, status), count in sorted(counts.items()))


def _confidence(reading: Reading) -> tuple[int, ...]:
    """Return how many facts have a confidence in each tenth, and how many are lines that no concept fits."""
    facts = [fact for fact in reading.report.facts if fact.statement is not None]
    counts = Counter(10 if fact.confidence is None else min(9, int(fact.confidence * 10)) for fact in facts)
    return tuple(counts[tenth] for tenth in range(11))


def _unmapped_captions(reading: Reading) -> tuple[UnmappedCaption, ...]:
    """Return the captions that no concept fits, sorted, without duplicates and with normalised whitespace."""
    captions = {
        UnmappedCaption(legal_xml(" ".join(item.label.split())), str(mapped.statement.kind))
        for mapped in reading.statements
        for item, mapping in zip(mapped.statement.items, mapped.mappings, strict=True)
        if mapping.concept is None and item.label.strip()
    }
    return tuple(sorted(captions))
