"""Earnings per share and shares that a release prints in its highlights, and not in its income statement.

They are recognised by their figures: earnings per share times shares is the net income of the statements.
"""

from collections.abc import Iterator, Sequence

from converter.asides.per_share.reading import PerShareTable, find_per_share, results_of
from converter.filing import Filing
from converter.mapping import MappedStatement
from converter.report import Aside, Ledger, MappedRow, line_number, mapped_facts
from converter.statements import FilingStatements, Origin, Statement, StatementKind, UnitKind
from converter.vocabulary import Code, Finding, Severity

__all__ = ["read_per_share"]


def read_per_share(filing_statements: FilingStatements, statements: Sequence[MappedStatement]) -> Aside:
    """Read earnings per share and shares from other tables, if none of these statements has any per share."""
    own = [mapped for mapped in statements if _is_income(mapped.statement)]
    tables: list[PerShareTable] = []
    if own and not any(item.unit is UnitKind.PER_SHARE for mapped in own for item in mapped.statement.items):
        results = results_of(own)
        tables = [table for document in filing_statements.documents for table in find_per_share(document, results)]
    return Aside(tuple(MappedStatement(table.statement, (), table.mappings) for table in tables), admit_per_share)


def admit_per_share(filing: Filing, rows: Sequence[MappedRow], ledger: Ledger) -> Iterator[Finding]:
    """Enter the facts that are new; yield a finding for each row that has any."""
    for row in rows:
        new_facts = [indexed for indexed in mapped_facts(row) if ledger.existing(indexed.fact) is None]
        for index, fact in new_facts:
            ledger.enter(index, fact)
        if new_facts:
            assert row.statement.breaks_down is not None  # true of each of these tables
            line = line_number(filing, row.statement.breaks_down)
            message = (
                f"{row.item.label!r}: read in a table where earnings per share times shares is net income (line {line})"
            )
            yield Finding(Severity.INFO, Code.READ_IN_DETAILS, message, line_number(filing, row.item.source))


def _is_income(statement: Statement) -> bool:
    own = statement.origin is Origin.PRIMARY and statement.qualifier is None
    return own and statement.kind is StatementKind.INCOME
