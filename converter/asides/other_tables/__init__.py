"""Tables beside the primary statements, such as selected data of five years: found, mapped and admitted.

They are read only when they are asked for, and taken only as far as they agree with the statements.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from converter.asides.other_tables.admission import admit_other_tables
from converter.asides.other_tables.columns import settle_columns
from converter.asides.other_tables.mapping import map_like
from converter.filing import Filing
from converter.mapping import MappedStatement, Override, map_statements
from converter.report import Aside
from converter.statements import (
    DocumentTables,
    Origin,
    ReadStatements,
    Statement,
    assemble,
    lengths_from_others,
    likely_statement,
)
from converter.vocabulary import Finding

__all__ = ["read_other_tables"]


def read_other_tables(
    filing: Filing,
    read: ReadStatements,
    statements: Sequence[MappedStatement],
    overrides: Sequence[Override] = (),
    currency: str = "",
) -> Aside:
    """The tables of a filing that have captions of statements, with the columns that are certain.

    The findings say what could not be read of them, and which tables are neither statements nor like them.
    """
    tables: list[Statement] = []
    findings: list[Finding] = []
    primary = [mapped.statement for mapped in statements]
    for document in read.documents:
        found, told = _like_statements(document, currency)
        findings += told
        for table in found:
            settled, told = settle_columns(filing, table, primary)
            findings += told
            if settled.columns:
                tables.append(settled)
    mapped = map_like(map_statements(tables, overrides, with_sums=False), statements)
    return Aside(mapped, admit_other_tables, tuple(findings))


def _like_statements(document: DocumentTables, currency: str) -> tuple[list[Statement], list[Finding]]:
    """The tables of a document that have captions of statements, and what is to be said of the others."""
    tables: list[Statement] = []
    findings: list[Finding] = []
    left_out = dict(document.left_out)
    for number, draft in document.others():
        likely = likely_statement(draft)
        if likely is None:
            continue
        left_out.pop(number, None)
        likely = lengths_from_others(likely, [*document.primary, likely])
        statement, told = assemble(document.document, document.index, likely, document.scale_of(likely), currency)
        findings += told
        if statement is not None:
            tables.append(replace(statement, origin=Origin.OTHER_TABLE))
    return tables, [*left_out.values(), *findings]
