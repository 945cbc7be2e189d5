"""Quarterly data of an annual report: tables of the four quarters of fiscal years.

`proof` ties the sums of four quarters to the years of the statements, `calendar` and `weeks` make the periods,
`mapping` gives the rows their concepts, `reading` puts these together.
"""

from collections.abc import Sequence

from converter.asides.periods import AnnualRows
from converter.asides.quarters.admission import admit_quarters
from converter.asides.quarters.reading import read_quarterly_data
from converter.mapping import MappedStatement
from converter.report import Aside
from converter.statements import FilingStatements
from converter.vocabulary import Finding

__all__ = ["read_quarters"]


def read_quarters(
    filing_statements: FilingStatements, statements: Sequence[MappedStatement]
) -> tuple[Aside, FilingStatements]:
    """Read the tables of quarters that add up to fiscal years of these statements.

    Also return the filing's statements without what was said of these tables.
    """
    annual = AnnualRows(statements)
    mapped: list[MappedStatement] = []
    findings: list[Finding] = []
    tables: list[tuple[int, int]] = []
    for document in filing_statements.documents:
        for data in read_quarterly_data(document, annual):
            findings += data.findings
            if data.mapped is not None:
                mapped.append(data.mapped)
                tables += [(document.index, draft) for draft in data.drafts]
    return Aside(tuple(mapped), admit_quarters, tuple(findings)), filing_statements.with_read(tables)
