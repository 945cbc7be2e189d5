"""All steps in a row: bytes -> Reading."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from converter.asides import read_details, read_other_tables, read_prose, read_schedules
from converter.filing import Filing, Header, NotAReport, read_filing
from converter.mapping import MappedStatement, Override, map_statements, read_overrides
from converter.report import Options, Report, build_report
from converter.statements import read_statements
from converter.taxonomy import load_taxonomy
from converter.vocabulary import Finding, Severity


class Reading(Struct, frozen=True):
    """A report with what it was made of: the statements of the filing, then those of what stands beside them."""

    filing: Filing
    statements: tuple[MappedStatement, ...]
    report: Report


def read_data(data: bytes, name: str, options: Options | None = None, overrides: Sequence[Override] = ()) -> Reading:
    """Read a filing, find its statements, map their rows (`overrides` go first) and build the report.

    Raises NotAReport, with one line that says why, when there is nothing to convert.
    """
    options = options or Options()
    filing = read_filing(data, name)
    filing = replace(filing, header=_corrected(filing.header, options))
    read = read_statements(filing, options.currency)
    left_out = () if options.all_tables else read.tables_left_out()
    findings = (*read.findings, *left_out)
    if not any(figure for statement in read.statements for item in statement.items for figure in item.figures):
        raise NotAReport(_nothing_found(findings))
    statements = map_statements(read.statements, overrides)
    asides = (
        read_details(read, statements),
        *([read_other_tables(filing, read, statements, overrides, options.currency)] if options.all_tables else []),
        read_schedules(filing),
        read_prose(filing, statements),
    )
    report = build_report(filing, statements, asides, options, findings)
    return Reading(filing, (*statements, *(mapped for aside in asides for mapped in aside.statements)), report)


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
