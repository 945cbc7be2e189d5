"""Admit the rows of quarters: never against a fact that is there already."""

from collections.abc import Iterator, Sequence

from converter.asides.left_out import row_not_comparable, row_without_concept
from converter.filing import Filing
from converter.report import Ledger, MappedRow, consistent, mapped_facts
from converter.vocabulary import Finding


def admit_quarters(filing: Filing, rows: Sequence[MappedRow], ledger: Ledger) -> Iterator[Finding]:
    """Enter the facts of the rows that have a concept and contradict no fact; yield a finding for each other row."""
    for row in rows:
        facts = list(mapped_facts(row))
        if not facts:
            if row.figures:
                yield row_without_concept(filing, row)
            continue
        others = [(existing, fact) for _, fact in facts if (existing := ledger.existing(fact)) is not None]
        contradiction = next(((existing, fact) for existing, fact in others if not consistent(existing, fact)), None)
        if contradiction is not None:
            yield row_not_comparable(filing, *contradiction, len(row.figures))
            continue
        for index, fact in facts:
            ledger.enter(index, fact)
