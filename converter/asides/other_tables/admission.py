"""Admit rows of tables beside the primary statements: only if the table agrees with these, never against them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from converter.asides.left_out import row_not_comparable, row_without_concept
from converter.filing import Filing
from converter.report import Context, Fact, Ledger, MappedRow, Unit, Value, consistent, line_number, mapped_facts
from converter.vocabulary import Code, Finding, Severity

_MIN_AGREEMENTS = 2  # figures in common with the statements: then the company and the scale are the same

_FactsByAmount = Mapping[tuple[Context, Unit | None, Value], Fact]


def admit_other_tables(filing: Filing, rows: Sequence[MappedRow], ledger: Ledger) -> Iterator[Finding]:
    """Enter the rows of tables that agree with the statements; findings say why a row or a table is left out.

    A table is the company's own if at least two of its figures (other than zero) are in the statements, and more
    agree than contradict. In such a table, a row is left out if one of its figures contradicts a fact, or is already
    a fact of another concept, or if no concept fits it.
    """
    existing_facts = ledger.facts().values() if rows else ()
    by_amount = {(fact.context, fact.unit, fact.value): fact for fact in existing_facts if fact.value}
    for _, group in groupby(rows, key=lambda row: row.statement_index):
        facts_of_rows = [(row, list(mapped_facts(row))) for row in group if row.figures]
        table_rows = [row for row, _ in facts_of_rows]
        pairs = [
            (existing, fact)
            for _, facts in facts_of_rows
            for _, fact in facts
            if (existing := ledger.existing(fact)) is not None
        ]
        agreements = sum(bool(fact.value) and consistent(existing, fact) for existing, fact in pairs)
        contradictions = sum(not consistent(existing, fact) for existing, fact in pairs)
        if not facts_of_rows:
            continue
        if agreements < _MIN_AGREEMENTS or contradictions >= agreements:
            yield _table_not_comparable(filing, table_rows, agreements, contradictions)
            continue
        for row, facts in facts_of_rows:
            if not facts:
                yield row_without_concept(filing, row)
                continue
            obstacles = [
                (existing, fact) for _, fact in facts if (existing := _obstacle(ledger, by_amount, fact)) is not None
            ]
            if obstacles:
                yield row_not_comparable(filing, *obstacles[0], len(row.figures))
                continue
            for index, fact in facts:
                ledger.enter(index, fact)


def _obstacle(ledger: Ledger, by_amount: _FactsByAmount, fact: Fact) -> Fact | None:
    """Return the fact that keeps this one out: it contradicts it, or has its value under another concept."""
    existing = ledger.existing(fact)
    if existing is not None:
        return None if consistent(existing, fact) else existing
    return by_amount.get((fact.context, fact.unit, fact.value))


def _table_not_comparable(filing: Filing, rows: Sequence[MappedRow], agreements: int, contradictions: int) -> Finding:
    message = (
        f"the table {rows[0].statement.title!r} was left out: {agreements} of its figures are in the statements, "
        f"{contradictions} contradict them"
    )
    line, figures = line_number(filing, rows[0].item.source), sum(len(row.figures) for row in rows)
    return Finding(Severity.INFO, Code.TABLE_NOT_COMPARABLE, message, line, figures=figures)
