"""Rows of tables beside the primary statements: taken where the table agrees with these, never against them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from converter.filing import Filing
from converter.report import (
    Context,
    Fact,
    FigureIndex,
    Ledger,
    MappedRow,
    Unit,
    Value,
    consistent,
    line_number,
    mapped_fact,
    shown,
)
from converter.vocabulary import Code, Finding, Severity

_AGREEMENTS = 2  # figures that a table must share with the statements to be about the same company in the same scale

_Amounts = Mapping[tuple[Context, Unit | None, Value], Fact]


def admit_other_tables(filing: Filing, rows: Sequence[MappedRow], ledger: Ledger) -> Iterator[Finding]:
    """Enter the rows of tables that agree with the statements; a finding says why a row or a table is left out.

    A table counts as the company's own if at least two of its figures (other than zero) are in the statements, and
    more agree than contradict. Of such a table a row is left out if one of its figures contradicts a fact, or is a
    fact of another concept already. Rows without a concept are passed over.
    """
    before = ledger.facts().values() if rows else ()
    amounts = {(fact.context, fact.unit, fact.value): fact for fact in before if fact.value}
    for _, group in groupby(rows, key=lambda row: row.number):
        found = [(row, facts_of) for row in group if (facts_of := list(_facts(row)))]
        pairs = [(old, fact) for _, facts_of in found for _, fact in facts_of if (old := ledger.held(fact)) is not None]
        agreeing = sum(bool(fact.value) and consistent(old, fact) for old, fact in pairs)
        against = sum(not consistent(old, fact) for old, fact in pairs)
        if not found:
            continue
        if agreeing < _AGREEMENTS or against >= agreeing:
            yield _stranger(filing, found[0][0], agreeing, against)
            continue
        for _, facts_of in found:
            others = [(other, fact) for _, fact in facts_of if (other := _other(ledger, amounts, fact)) is not None]
            if others:
                yield _conflict(filing, *others[0])
                continue
            for place, fact in facts_of:
                ledger.enter(place, fact)


def _facts(row: MappedRow) -> Iterator[tuple[FigureIndex, Fact]]:
    for place, figure in row.figures:
        fact = mapped_fact(row, place, figure)
        if fact is not None:
            yield place, fact


def _other(ledger: Ledger, amounts: _Amounts, fact: Fact) -> Fact | None:
    """The fact that keeps this one out: it contradicts it, or has its value under another concept."""
    old = ledger.held(fact)
    if old is not None:
        return None if consistent(old, fact) else old
    return amounts.get((fact.context, fact.unit, fact.value))


def _stranger(filing: Filing, row: MappedRow, agreeing: int, against: int) -> Finding:
    message = (
        f"the table {row.statement.title!r} was left out: {agreeing} of its figures are in the statements, "
        f"{against} contradict them"
    )
    return Finding(Severity.INFO, Code.TABLE_NOT_COMPARABLE, message, line_number(filing, row.item.source))


def _conflict(filing: Filing, old: Fact, fact: Fact) -> Finding:
    message = (
        f"the row {fact.label!r} of another table was left out: it says {shown(fact.value)} ({fact.context.name}), "
        f"{old.label!r} (line {line_number(filing, old.source)}) says {shown(old.value)}"
    )
    return Finding(Severity.WARNING, Code.ROW_NOT_COMPARABLE, message, line_number(filing, fact.source))
