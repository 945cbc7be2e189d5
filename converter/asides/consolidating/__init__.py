"""Consolidating tables in the notes: the parent, guarantors, other subsidiaries, eliminations and their sum.

Each part has a dimension of its own; the sum is the consolidated registrant's and adds nothing to its own statements.
"""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from converter.asides.consolidating.mapping import StatementRows
from converter.asides.consolidating.reading import figures_by_period, find_consolidating
from converter.mapping import MappedStatement, Override, map_statements
from converter.report import Aside, admit_statements
from converter.statements import FilingStatements, Origin

__all__ = ["ConsolidatingTables", "read_consolidating"]


class ConsolidatingTables(NamedTuple):
    """The consolidating tables of a filing, and its statements without what was said of these tables."""

    aside: Aside
    filing_statements: FilingStatements


def read_consolidating(
    filing_statements: FilingStatements,
    statements: Sequence[MappedStatement],
    overrides: Sequence[Override] = (),
    currency: str = "",
) -> ConsolidatingTables:
    """Read the tables whose columns are parts of the company that add up to figures of these statements.

    `overrides` precede the mapper, `currency` (ISO 4217) that of the tables.
    """
    own = [mapped for mapped in statements if mapped.statement.origin is Origin.PRIMARY]
    known = figures_by_period(mapped.statement for mapped in own)
    tables = [
        (document.index, table)
        for document in filing_statements.documents
        for table in find_consolidating(document, known, currency)
    ]
    rows = StatementRows(own)
    mapped_tables = tuple(
        rows.map_table(mapped) for mapped in map_statements([t.statement for _, t in tables], overrides)
    )
    findings = tuple(finding for _, table in tables for finding in table.findings)
    aside = Aside(mapped_tables, partial(admit_statements, undimensioned=False), findings)
    return ConsolidatingTables(aside, filing_statements.with_read([(index, table.draft) for index, table in tables]))
