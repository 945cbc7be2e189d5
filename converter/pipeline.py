"""Run all steps: bytes -> Reading."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from converter.asides import (
    read_captions,
    read_consolidating,
    read_details,
    read_equity,
    read_notes,
    read_other_tables,
    read_payments,
    read_per_share,
    read_prose,
    read_quarters,
    read_schedules,
    read_selected,
)
from converter.filing import Filing, Header, NotAReport, completed, read_filing
from converter.mapping import MappedStatement, Override, map_statements, read_overrides
from converter.normalised import Normalised, Template, normalise
from converter.report import Options, Report, build_report, option_findings
from converter.statements import Choice, read_statements
from converter.taxonomy import load_taxonomy
from converter.vocabulary import Code, Finding, Severity


class Reading(Struct, frozen=True):
    """A report and its sources: the filing, its primary statements and then those of the asides.

    `choices` are the tables that could be the registrant's statements, chosen or not; `normalised` are the standard
    items of the report.
    """

    filing: Filing
    statements: tuple[MappedStatement, ...]
    report: Report
    choices: tuple[Choice, ...] = ()
    normalised: Normalised = Normalised(Template.INDUSTRIAL)


def read_data(
    data: bytes,
    name: str,
    options: Options | None = None,
    overrides: Sequence[Override] = (),
    known: Header | None = None,
) -> Reading:
    """Read a filing, find its statements, map their rows (`overrides` take precedence) and build the report.

    `known` is what is known of the filing from beside it, for what its own header does not say (see `known_of`).
    Bytes of a file's name that are no characters become escapes. Raise NotAReport, with a message of one line, if
    there is nothing to convert.
    """
    options = options or Options()
    filing = read_filing(data, name.encode("utf-8", "backslashreplace").decode())
    as_filed = filing = replace(filing, header=completed(filing.header, known))
    filing = replace(filing, header=_with_options(filing.header, options))
    filing_statements = read_statements(filing, options.currency)
    if not any(
        figure for statement in filing_statements.statements for item in statement.items for figure in item.figures
    ):
        raise NotAReport(_nothing_found((*filing_statements.findings, *filing_statements.tables_left_out())))
    statements = map_statements(filing_statements.statements, overrides)
    captions = read_captions(filing, statements)
    equity, filing_statements = read_equity(filing_statements, statements, captions.statements)
    consolidating, filing_statements = read_consolidating(filing_statements, statements, overrides, options.currency)
    quarters, filing_statements = read_quarters(filing_statements, statements)
    selected, filing_statements = read_selected(filing, filing_statements, statements, plausible=options.all_tables)
    asides = [
        captions,
        equity,
        read_details(filing_statements, statements, options.all_tables),
        read_payments(filing_statements),
        read_notes(filing, filing_statements),
        read_per_share(filing_statements, statements),
        consolidating,
        quarters,
        selected,
    ]
    if options.all_tables:
        asides.append(read_other_tables(filing, filing_statements, statements, overrides, options.currency))
    asides += [read_schedules(filing), read_prose(filing, statements)]
    left_out = () if options.all_tables else filing_statements.tables_left_out()
    contradicted = option_findings(as_filed, [mapped.statement for mapped in statements], options)
    findings = (*filing_statements.findings, *left_out, *contradicted)
    report = build_report(filing, statements, asides, options, findings)
    all_statements = (*statements, *(mapped for aside in asides for mapped in aside.statements))
    normalised = normalise(filing, report)
    report = replace(report, findings=(*report.findings, *normalised.findings))
    return Reading(filing, all_statements, report, filing_statements.choices, normalised)


def _with_options(header: Header, options: Options) -> Header:
    """Replace dates of the header by the user's options; incomplete dates are resolved with them."""
    return replace(
        header,
        fiscal_year_end=options.fiscal_year_end or header.fiscal_year_end,
        period=options.period_end or header.period,
    )


def load_overrides(path: Path) -> tuple[Override, ...]:
    """Load the user's table of mappings; raise OverrideError for an invalid line, OSError for an unreadable file."""
    return read_overrides(path, [concept.name for concept in load_taxonomy().concepts.values() if concept.numeric])


def _nothing_found(findings: Sequence[Finding]) -> str:
    """Return the reason why there is nothing to convert, with the first warning about statements."""
    reason = "no balance sheet, income statement or cash flow statement found"
    warning = next((finding for finding in findings if finding.severity is not Severity.INFO), None)
    if warning is None:
        return reason
    hint = "; --period-end says when the period ends" if warning.code is Code.COLUMN_NOT_READ else ""
    return f"{reason} ({warning.message}{hint})"
