"""Tables beside the primary statements, such as selected data of five years: find, map and admit them.

They are read only on request, and only as far as they agree with the statements.
"""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from converter.asides.other_tables.admission import admit_other_tables
from converter.asides.other_tables.columns import keep_certain_columns
from converter.asides.other_tables.mapping import map_by_captions
from converter.filing import Filing
from converter.mapping import MappedStatement, Override, map_statements
from converter.report import Aside
from converter.statements import (
    DocumentTables,
    FilingStatements,
    KnownPeriods,
    Origin,
    Statement,
    assemble,
    infer_durations,
    likely_statement,
)
from converter.vocabulary import Finding

__all__ = ["admit_other_tables", "read_other_tables"]


def read_other_tables(
    filing: Filing,
    filing_statements: FilingStatements,
    statements: Sequence[MappedStatement],
    overrides: Sequence[Override] = (),
    currency: str = "",
) -> Aside:
    """Read the tables of a filing that have captions of statements, with the columns that are certain.

    `overrides` precede the mapper, `currency` (ISO 4217) that of the tables. The findings say what could not be read
    of these tables, and which tables are left out.
    """
    tables: list[Statement] = []
    findings: list[Finding] = []
    known = KnownPeriods(mapped.statement for mapped in statements)
    for document in filing_statements.documents:
        candidates, new_findings = _tables_like_statements(document, currency)
        findings += new_findings
        for candidate, table_findings in candidates:
            certain_table, column_findings = keep_certain_columns(filing, candidate, known)
            if certain_table.columns:
                tables.append(certain_table)
                findings += [*table_findings, *column_findings]
            else:
                findings += [replace(finding, figures=0) for finding in column_findings]
    mapped_tables = map_by_captions(map_statements(tables, overrides, with_sums=False), statements)
    return Aside(mapped_tables, admit_other_tables, tuple(findings))


class _OtherTable(NamedTuple):
    """A table that has captions of statements, and the findings about what could not be read of it."""

    statement: Statement
    findings: tuple[Finding, ...]


def _tables_like_statements(document: DocumentTables, currency: str) -> tuple[list[_OtherTable], list[Finding]]:
    """Return the tables of a document that have captions of statements, and the findings about all others."""
    tables: list[_OtherTable] = []
    findings: list[Finding] = []
    left_out = dict(document.left_out)
    for index, draft in document.other_tables():
        likely_draft = likely_statement(draft)
        if likely_draft is None:
            continue
        left_out.pop(index, None)
        likely_draft = infer_durations(likely_draft, document.durations)
        statement, new_findings = assemble(
            document.document, document.index, likely_draft, document.scale_of(likely_draft), currency
        )
        if statement is None:
            findings += new_findings
        else:
            tables.append(_OtherTable(replace(statement, origin=Origin.OTHER_TABLE), new_findings))
    return tables, [*left_out.values(), *findings]
