"""Tables that can be statements of equity -> those that are, mapped."""

from collections.abc import Sequence

from converter.asides.equity.building import build, entries_of
from converter.asides.equity.comprehensive import read_comprehensive_income
from converter.asides.equity.days import FiscalDays
from converter.asides.equity.findings import printed_count, unread_findings
from converter.asides.equity.mapping import RowMapper
from converter.asides.equity.reading import read_table
from converter.asides.equity.shares import ShareCounts
from converter.asides.equity.sheet import equity_rows
from converter.asides.equity.tables import EquityTable
from converter.mapping import MappedStatement
from converter.report import Aside, admit_statements
from converter.statements import FilingStatements, StatementKind
from converter.vocabulary import Finding


def read_tables(
    equity_tables: Sequence[EquityTable],
    filing_statements: FilingStatements,
    statements: Sequence[MappedStatement],
    share_data: Sequence[MappedStatement],
) -> tuple[Aside, FilingStatements]:
    """Read and map the tables that are proven, as `read_equity` does."""
    sheet = [row for row in equity_rows(statements) if row.values]
    days = FiscalDays(statements)
    counts = ShareCounts((*statements, *share_data))
    mapper = RowMapper(statements)
    currency = statements[0].statement.currency if statements else ""
    found: list[MappedStatement] = []
    findings: list[Finding] = []
    tables: list[tuple[int, int]] = []
    for table in equity_tables:
        kind = StatementKind.EQUITY
        read = read_table(table, days, sheet, counts)
        entries = tuple(entries_of(read, days)) if read is not None else ()
        if read is None and (comprehensive := read_comprehensive_income(table, mapper)) is not None:
            kind, read, entries = StatementKind.COMPREHENSIVE_INCOME, comprehensive.read, comprehensive.entries
        if read is not None:
            used = {(entry.placed.cell.line, entry.placed.cell.token.start) for entry in entries}
            found.append(build(kind, read, entries, mapper, currency, printed_count(read)))
            findings += unread_findings(read, used)
            tables += [(table.document.index, index) for index, _ in table.drafts]
    return Aside(tuple(found), admit_statements, tuple(findings)), filing_statements.with_read(tables)
