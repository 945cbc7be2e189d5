"""Admit payments by year: tables that contradict each other, or a statement, are left out."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from converter.filing import Filing
from converter.report import FactKey, IndexedFact, Ledger, MappedRow, consistent, key_of, line_number, mapped_facts
from converter.vocabulary import Code, Finding, Severity


def admit_payments(filing: Filing, rows: Sequence[MappedRow], ledger: Ledger) -> Iterator[Finding]:
    """Enter the facts of each table of which no fact contradicts another one; yield a finding about each table."""
    tables = [
        [indexed for row in group for indexed in mapped_facts(row)]
        for _, group in groupby(rows, key=lambda row: row.statement_index)
    ]
    by_key: dict[FactKey, list[IndexedFact]] = {}
    for table in tables:
        for indexed in table:
            by_key.setdefault(key_of(indexed.fact), []).append(indexed)
    for table in tables:
        others = [other for _, fact in table for _, other in by_key[key_of(fact)] if not consistent(fact, other)] + [
            e for _, fact in table if (e := ledger.existing(fact)) is not None and not consistent(fact, e)
        ]
        if others or not table:
            continue
        for index, fact in table:
            ledger.enter(index, fact)
        labels = ", ".join(repr(fact.label) for _, fact in table)
        line = line_number(filing, table[0].fact.source)
        message = f"{labels}: read in a table of payments by year that adds up"
        yield Finding(Severity.INFO, Code.READ_IN_DETAILS, message, line)
