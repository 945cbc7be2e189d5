"""All steps in a row: bytes -> Reading."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from converter.asides.prose import map_prose, read_prose
from converter.asides.schedules import map_schedule, read_schedules
from converter.asides.secondary import map_like, settle_columns
from converter.filing.reader import Filing, Header, NotAReport, read_filing
from converter.mapping import Mapping, Override, agree, apply_overrides, map_details, map_statement, read_overrides
from converter.report import Options, Report, build_report
from converter.statements.model import Statement
from converter.statements.reader import read_statements
from converter.sums.arithmetic import Sum, find_sums
from converter.taxonomy import load_taxonomy
from converter.vocabulary.findings import Finding, Severity


class Reading(Struct, frozen=True):
    """A report with what it was made of; `sums` and `mappings` have one entry a statement."""

    filing: Filing
    statements: tuple[Statement, ...]
    sums: tuple[tuple[Sum, ...], ...]
    mappings: tuple[tuple[Mapping, ...], ...]
    report: Report


def read_data(data: bytes, name: str, options: Options | None = None, overrides: Sequence[Override] = ()) -> Reading:
    """Read a filing, find its statements, map their rows (`overrides` go first) and build the report.

    Raises NotAReport, with one line that says why, when there is nothing to convert.
    """
    options = options or Options()
    filing = read_filing(data, name)
    filing = replace(filing, header=_corrected(filing.header, options))
    found, findings = read_statements(filing, options.all_tables)
    if options.currency:
        found = tuple(replace(statement, currency=options.currency) for statement in found)
    statements = tuple(statement for statement in found if statement.primary)
    if not any(figure for statement in statements for item in statement.items for figure in item.figures):
        raise NotAReport(_nothing_found(findings))
    details = tuple(statement for statement in found if statement.detail_of)
    others, told = _settled(filing, [statement for statement in found if statement.secondary], statements)
    findings += told
    sums = tuple(find_sums(statement.items, statement.kind) for statement in statements)
    mappings = _map(statements, sums, overrides)
    schedules, told = read_schedules(filing)
    prose = read_prose(filing, statements)
    detail_sums = tuple(find_sums(table.items, table.kind) for table in details)
    mappings += _map_details(details, detail_sums, statements, sums, mappings)
    mappings += map_like(others, statements, mappings[: len(statements)], _map(others, [()] * len(others), overrides))
    mappings += tuple(map_schedule(schedule) for schedule in schedules) + tuple(map_prose(stated) for stated in prose)
    sums += detail_sums + tuple(() for _ in others + schedules + prose)
    statements += details + others + schedules + prose
    findings += told
    report = build_report(filing, statements, sums, mappings, options, findings)
    return Reading(filing, statements, sums, mappings, report)


def _settled(
    filing: Filing, tables: Sequence[Statement], statements: Sequence[Statement]
) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    """The secondary tables with the columns that are certain, and what is to be said of the others."""
    settled = [settle_columns(filing, table, statements) for table in tables]
    kept = tuple(table for table, _ in settled if table.columns)
    return kept, tuple(finding for _, findings in settled for finding in findings)


def _map_details(
    details: Sequence[Statement],
    detail_sums: Sequence[Sequence[Sum]],
    statements: Sequence[Statement],
    sums: Sequence[Sequence[Sum]],
    mappings: Sequence[Sequence[Mapping]],
) -> tuple[tuple[Mapping, ...], ...]:
    """The mappings of tables in the notes, from those of the rows that they break down.

    A row that the statement itself makes of others has its parts there: what another table says of it is no news.
    """
    rows = {
        item.source: (item, mapping)
        for statement, own, found in zip(statements, mappings, sums, strict=True)
        for i, (item, mapping) in enumerate(zip(statement.items, own, strict=True))
        if i not in {one.total for one in found}
    }
    mapped = []
    for table, found in zip(details, detail_sums, strict=True):
        own = map_statement(table, found)
        whole = rows.get(table.detail_of) if table.detail_of else None
        mapped.append(
            map_details(table, found, own, *whole) if whole else tuple(replace(one, concept=None) for one in own)
        )
    return tuple(mapped)


def _map(
    statements: Sequence[Statement], sums: Sequence[tuple[Sum, ...]], overrides: Sequence[Override]
) -> tuple[tuple[Mapping, ...], ...]:
    """The mappings of all statements, each by itself, then seen together, then as the user says."""
    alone = [map_statement(statement, found) for statement, found in zip(statements, sums, strict=True)]
    agreed = agree(alone, statements)
    return tuple(
        apply_overrides(statement, found, mappings, overrides)
        for statement, found, mappings in zip(statements, sums, agreed, strict=True)
    )


def _corrected(header: Header, options: Options) -> Header:
    """The header with what the user knows better; dates without a year are read by its dates."""
    return replace(
        header,
        fiscal_year_end=options.fiscal_year_end or header.fiscal_year_end,
        period=options.period_end or header.period,
    )


def load_overrides(path: Path) -> tuple[Override, ...]:
    """The user's own table of mappings. Raises OverrideError for a bad line, OSError for an unreadable file."""
    return read_overrides(path, [concept.name for concept in load_taxonomy().concepts.values() if concept.numeric])


def _nothing_found(findings: Sequence[Finding]) -> str:
    """Why there is nothing to convert: what the reading of statements had to say, if anything."""
    reason = "no balance sheet, income statement or cash flow statement found"
    told = next((finding.message for finding in findings if finding.severity is not Severity.INFO), "")
    return f"{reason} ({told})" if told else reason
