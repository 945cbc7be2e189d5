"""Admit rows of tables that break down a statement's row: only concepts that no statement has are new."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from converter.asides.details.reading import DETAILS
from converter.filing import Filing
from converter.report import (
    CaptionLine,
    Context,
    IndexedFact,
    Ledger,
    MappedRow,
    Unit,
    consistent,
    general_fact,
    line_number,
    mapped_facts,
    name_lines,
    path_of,
)
from converter.vocabulary import Code, Finding, Severity


def admit_details(
    filing: Filing, rows: Sequence[MappedRow], ledger: Ledger, all_parts: bool = False
) -> Iterator[Finding]:
    """Enter the facts of the rows that no existing fact contradicts and that have the concept of none.

    With `all_parts`, a part that no concept fits becomes a general line item, named after the whole. Yield a finding
    for each table of which a row other than the total was entered.
    """
    existing = ledger.facts().values() if rows else ()
    existing_concepts = {fact.concept for fact in existing}
    printed = {(fact.context, fact.unit, abs(fact.value)) for fact in existing if isinstance(fact.value, Decimal)}
    lines: list[CaptionLine] = []
    for _, group in groupby(rows, key=lambda row: row.statement_index):
        table = tuple(group)
        new_facts = [indexed for row in table for indexed in _admissible_facts(row, ledger, existing_concepts)]
        for index, fact in new_facts:
            ledger.enter(index, fact)
        unmapped = [row for row in table[:-1] if row.concept is None] if all_parts else []
        parts = [line for row in unmapped if (line := _line(row, printed)) is not None]
        lines += parts
        if parts or any(index.item != table[-1].index for index, _ in new_facts):
            yield _read_in_details(filing, table, all_parts)
    for index, fact in name_lines(lines):
        if ledger.existing(fact) is None:
            ledger.enter(index, fact)


def _line(row: MappedRow, printed: Collection[tuple[Context, Unit | None, Decimal]]) -> CaptionLine | None:
    """Return a part as a general line item, None if it has no caption or the statements have its figures."""
    facts = tuple(IndexedFact(index, general_fact(row, index, figure)) for index, figure in row.figures)
    is_new = any(
        isinstance(fact.value, Decimal) and fact.value and (fact.context, fact.unit, abs(fact.value)) not in printed
        for _, fact in facts
    )
    if not is_new or not row.item.label.strip():
        return None
    whole = row.statement.title.removesuffix(DETAILS)
    return CaptionLine(f"{whole} / {row.item.label}", f"{whole} / {path_of(row.item)}", row.statement_index, facts)


def _admissible_facts(row: MappedRow, ledger: Ledger, existing_concepts: Collection[str]) -> Sequence[IndexedFact]:
    """Return the facts of a row if each of them agrees with an existing fact or has a new concept, else none."""
    facts = list(mapped_facts(row))
    for _, fact in facts:
        existing = ledger.existing(fact)
        is_admissible = fact.concept not in existing_concepts if existing is None else consistent(existing, fact)
        if not is_admissible:
            return ()
    return facts


def _read_in_details(filing: Filing, rows: Sequence[MappedRow], all_parts: bool) -> Finding:
    """Create the finding about a table whose rows became facts."""
    total, first = rows[-1].item, rows[0].item
    broken_down = rows[-1].statement.breaks_down
    assert broken_down is not None  # true of every statement made of details
    parts = ", ".join(repr(row.item.label) for row in rows[:-1] if row.item.label and (row.concept or all_parts))
    total_name = f"total {total.label!r}" if total.label else "total"
    line = line_number(filing, broken_down)
    message = f"{parts or 'rows without a caption'}: read in a table whose {total_name} is the figure in line {line}"
    return Finding(Severity.INFO, Code.READ_IN_DETAILS, message, line_number(filing, first.source))
