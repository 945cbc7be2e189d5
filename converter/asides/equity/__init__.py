"""The statement of equity: components by events, proven by its sums and by the balance sheet.

`tables` finds the tables and puts their pages together, `headings` says what stands over each column. `layout` reads a
table as tracks: the figures of each component, from an opening to a closing balance, whether components are columns
or blocks of rows. `proof` tells which add up and are in the balance sheet (`sheet`), `components` what each is,
`shares` what columns of shares count. `wording` knows the captions, `mapping` the concept of each figure, `building`
makes the statement. Only a filing with such tables has the rest imported.
"""

from collections.abc import Sequence

from converter.asides.equity.tables import find_tables
from converter.mapping import MappedStatement
from converter.report import Aside, admit_statements
from converter.statements import FilingStatements

__all__ = ["read_equity"]


def read_equity(
    filing_statements: FilingStatements,
    statements: Sequence[MappedStatement],
    share_data: Sequence[MappedStatement] = (),
) -> tuple[Aside, FilingStatements]:
    """Read and map the statements of equity and of comprehensive income that the primary `statements` prove.

    `share_data` are what captions state of shares. Return the filing's statements, too, without the tables read.
    """
    tables = [table for document in filing_statements.documents for table in find_tables(document)]
    if not tables:
        return Aside((), admit_statements), filing_statements
    from converter.asides.equity.proving import read_tables

    return read_tables(tables, filing_statements, statements, share_data)
