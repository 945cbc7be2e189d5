"""Selected data of five or more years: tables whose rows are those of the statements, with years before these.

`years` makes the periods of the earlier years, `proof` compares the rows with those of the statements, `mapping` gives
them the concepts of these, `reading` puts these together.
"""

from collections.abc import Sequence
from itertools import chain

from converter.asides.other_tables import admit_other_tables
from converter.asides.periods import AnnualRows
from converter.asides.selected.reading import read_selected_data
from converter.asides.selected.years import EarlierYears
from converter.filing import Filing
from converter.mapping import MappedStatement
from converter.report import Aside
from converter.statements import FilingStatements, read_fiscal_years
from converter.vocabulary import Finding

__all__ = ["read_selected"]


def read_selected(
    filing: Filing,
    filing_statements: FilingStatements,
    statements: Sequence[MappedStatement],
    *,
    plausible: bool = False,
) -> tuple[Aside, FilingStatements]:
    """Read the tables of several years that agree with these statements; `plausible`: also rows that none of them has.

    Also return the filing's statements without what was said of these tables.
    """
    annual = AnnualRows(statements)
    mapped: list[MappedStatement] = []
    findings: list[Finding] = []
    tables: list[tuple[int, int]] = []
    if annual.years:
        lines = chain.from_iterable(document.texts for document in filing.documents)
        earlier = EarlierYears(annual.years, lambda: read_fiscal_years(lines).rule)
        for document in filing_statements.documents:
            for data in read_selected_data(document, annual, earlier, plausible=plausible):
                findings += data.findings
                mapped += data.mapped
                tables += [(document.index, draft) for draft in data.drafts]
    return Aside(tuple(mapped), admit_other_tables, tuple(findings)), filing_statements.with_read(tables)
