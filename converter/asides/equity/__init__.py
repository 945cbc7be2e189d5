"""The statement of equity: components by events, proven by its sums and by the balance sheet.

`tables` finds the tables and puts their pages together, `headings` says what stands over each column. `layout` reads a
table as tracks: the figures of each component, from an opening to a closing balance, whether components are columns
or blocks of rows. `proof` tells which add up and are in the balance sheet (`sheet`), `components` what each is,
`shares` what columns of shares count. `wording` knows the captions, `mapping` the concept of each figure, `building`
makes the statement.
"""

from collections.abc import Sequence

from converter.asides.equity.building import build, entries_of
from converter.asides.equity.comprehensive import read_comprehensive_income
from converter.asides.equity.days import FiscalDays
from converter.asides.equity.findings import printed_count, unread_findings
from converter.asides.equity.mapping import RowMapper
from converter.asides.equity.reading import read_table
from converter.asides.equity.shares import ShareCounts
from converter.asides.equity.sheet import equity_rows
from converter.asides.equity.tables import find_tables
from converter.mapping import MappedStatement
from converter.report import Aside, admit_statements
from converter.statements import FilingStatements, StatementKind
from converter.vocabulary import Finding

__all__ = ["read_equity"]


def read_equity(
    filing_statements: FilingStatements,
    statements: Sequence[MappedStatement],
    share_data: Sequence[MappedStatement] = (),
) -> tuple[Aside, FilingStatements]:
    """Read and map the statements of equity and of comprehensive income that the primary `statements` prove.

    `share_data` are what captions state of shares. Return the filing's statements, too, without the tables read.
    """
    sheet = [row for row in equity_rows(statements) if row.values]
    days = FiscalDays(statements)
    counts = ShareCounts((*statements, *share_data))
    mapper = RowMapper(statements)
    currency = statements[0].statement.currency if statements else ""
    found: list[MappedStatement] = []
    findings: list[Finding] = []
    tables: list[tuple[int, int]] = []
    for document in filing_statements.documents:
        for table in find_tables(document):
            kind = StatementKind.EQUITY
            read = read_table(table, days, sheet, counts)
            entries = tuple(entries_of(read, days)) if read is not None else ()
            if read is None and (comprehensive := read_comprehensive_income(table, mapper)) is not None:
                kind, read, entries = StatementKind.COMPREHENSIVE_INCOME, comprehensive.read, comprehensive.entries
            if read is not None:
                used = {(entry.placed.cell.line, entry.placed.cell.token.start) for entry in entries}
                found.append(build(kind, read, entries, mapper, currency, printed_count(read)))
                findings += unread_findings(read, used)
                tables += [(document.index, index) for index, _ in table.drafts]
    return Aside(tuple(found), admit_statements, tuple(findings)), filing_statements.with_read(tables)
