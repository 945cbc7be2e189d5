"""Printed figures -> facts: merge duplicates, report conflicts and keep every figure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct

from converter.filing import Filing
from converter.mapping import MappedStatement
from converter.report.accounting import FigureIndex
from converter.report.duplicates import FactKey, consistent, key_of
from converter.report.ledger import Aside, Ledger
from converter.report.lines import CaptionLine, caption_of, name_lines, path_of
from converter.report.model import Fact, IndexedFact, format_value, line_number
from converter.report.rows import MappedRow, general_fact, mapped_facts, rows_of
from converter.statements import Figure, Statement
from converter.taxonomy import Concept
from converter.vocabulary import Code, Finding, Severity

_FOREIGN_CONFLICTS = 3  # contradictions from which a second statement is of another company, or of a part


class GatheredFacts(NamedTuple):
    """The fact of every printed figure, in printed order, and the findings about conflicts."""

    by_figure: dict[FigureIndex, Fact]
    findings: tuple[Finding, ...]


def gather_facts(
    filing: Filing, statements: Sequence[MappedStatement], asides: Sequence[Aside], concepts: Mapping[str, Concept]
) -> GatheredFacts:
    """Make a fact of every printed figure.

    The statements come first, then each aside by its own rule, which adds only what is new and does not contradict
    earlier facts. Indexes number all statements in this order.
    """
    ledger = Ledger()
    findings: list[Finding] = []
    number = 0
    for aside in (Aside(tuple(statements), admit_statements), *asides):
        rows = tuple(rows_of(aside.statements, concepts, number))
        findings += aside.admit(filing, rows, ledger)
        number += len(aside.statements)
    return GatheredFacts(ledger.facts(), tuple(findings))


def admit_statements(
    filing: Filing, rows: Sequence[MappedRow], ledger: Ledger, *, undimensioned: bool = True
) -> Iterator[Finding]:
    """Enter a fact for every figure.

    Consistent figures (one may be the other rounded) share one fact, the most precise. If two figures of one concept,
    context and unit contradict each other, the one printed first keeps the concept; the other becomes a general
    line-item fact and a warning. A row that contradicts earlier facts and agrees with none is mapped wrongly, and a
    statement that mostly contradicts an earlier one of its kind is not the registrant's (or covers a part of it): none
    of their figures keeps a concept.

    If `undimensioned` is false, figures without a dimension are no news: they keep a concept if an earlier fact agrees.
    """
    rejected: dict[FigureIndex, Figure] = {}
    for _, group in groupby(rows, key=lambda row: row.statement_index):
        facts_of_rows = [(row, dict(mapped_facts(row))) for row in group]
        comparison = _compare_same_kind(ledger, [fact for _, facts in facts_of_rows for fact in facts.values()])
        is_foreign = _is_foreign(comparison)
        if is_foreign:
            yield _foreign_statement(filing, facts_of_rows[0][0].statement, comparison)
        for row, facts in facts_of_rows:
            entry = _enter(ledger, row, facts, is_foreign, undimensioned)
            rejected.update(entry.rejected)
            if not is_foreign:
                yield from (_conflicting_figures(filing, conflict) for conflict in entry.conflicts)
    for index, fact in name_lines(_general_lines(rows, rejected), ledger.facts_by_key):
        ledger.enter(index, fact)


class _Conflict(NamedTuple):
    """An existing fact and another that contradicts it."""

    existing: Fact
    fact: Fact


class _Comparison(Struct, frozen=True):
    """Which facts contradict existing ones, and how many agree with one; zeros do not count as agreement."""

    conflicts: list[_Conflict]
    agreements: int


class _Entry(Struct, frozen=True):
    """The conflicts of a row, and those of its figures that were not entered."""

    conflicts: list[_Conflict]
    rejected: dict[FigureIndex, Figure]


def _is_foreign(comparison: _Comparison) -> bool:
    return len(comparison.conflicts) >= _FOREIGN_CONFLICTS and len(comparison.conflicts) > comparison.agreements


def _compare(ledger: Ledger, facts: Iterable[Fact]) -> _Comparison:
    return _comparison((existing, fact) for fact in facts if (existing := ledger.existing(fact)) is not None)


def _compare_same_kind(ledger: Ledger, facts: Iterable[Fact]) -> _Comparison:
    """Compare the facts of a statement with existing ones from statements of its kind."""
    facts = list(facts)
    if not facts or not ledger.has_kind(facts[0].statement):
        return _Comparison([], 0)
    return _comparison(
        (existing, fact)
        for fact in facts
        if (existing := ledger.existing(fact)) is not None and existing.statement is fact.statement
    )


def _comparison(pairs: Iterable[tuple[Fact, Fact]]) -> _Comparison:
    conflicts, agreements = [], 0
    for existing, fact in pairs:
        if not consistent(existing, fact):
            conflicts.append(_Conflict(existing, fact))
        elif fact.value:
            agreements += 1
    return _Comparison(conflicts, agreements)


def _enter(
    ledger: Ledger, row: MappedRow, facts: Mapping[FigureIndex, Fact], is_foreign: bool, undimensioned: bool
) -> _Entry:
    """Enter those of the row's facts that can keep its concept."""
    comparison = _compare(ledger, facts.values())
    conflicts: list[_Conflict] = []
    rejected: dict[FigureIndex, Figure] = {}
    for index, figure in row.figures:
        fact = facts.get(index)
        if fact is None or is_foreign or (comparison.conflicts and not comparison.agreements):
            rejected[index] = figure
            continue
        existing = ledger.existing(fact)
        if existing is None and not (undimensioned or fact.context.dimensions):
            rejected[index] = figure
        elif existing is not None and not consistent(existing, fact):
            conflicts.append(_Conflict(existing, fact))
            rejected[index] = figure
        else:
            ledger.enter(index, fact)
    return _Entry(conflicts or comparison.conflicts, rejected)


def _general_lines(rows: Sequence[MappedRow], rejected: Mapping[FigureIndex, Figure]) -> Iterator[CaptionLine]:
    """Yield the rows, or the single figures of rows, without a concept of their own; signs are as printed."""
    for row in rows if rejected else ():
        facts = [
            IndexedFact(index, general_fact(row, index, figure)) for index, figure in row.figures if index in rejected
        ]
        for part in _without_conflicts(facts):
            yield CaptionLine(caption_of(row.item), path_of(row.item), row.statement_index, tuple(part))


def _without_conflicts(facts: Sequence[IndexedFact]) -> list[list[IndexedFact]]:
    """Split a row's facts into as few parts as keep contradicting ones apart (two columns can have one period)."""
    parts: list[list[IndexedFact]] = []
    first_facts: list[dict[FactKey, Fact]] = []
    for indexed in facts:
        fact = indexed.fact
        key = key_of(fact)
        number = next(
            (i for i, first in enumerate(first_facts) if key not in first or consistent(first[key], fact)), len(parts)
        )
        if number == len(parts):
            parts.append([])
            first_facts.append({})
        parts[number].append(indexed)
        first_facts[number].setdefault(key, fact)
    return parts


def _foreign_statement(filing: Filing, statement: Statement, comparison: _Comparison) -> Finding:
    existing, fact = comparison.conflicts[0]
    message = (
        f"{statement.title or statement.kind!s}: {len(comparison.conflicts)} figures contradict those of an earlier "
        f"statement and {comparison.agreements} agree, as {fact.label!r} {format_value(fact.value)} with "
        f"{format_value(existing.value)} (line {line_number(filing, existing.source)}); kept as general line items"
    )
    return Finding(Severity.WARNING, Code.CONTRADICTING_STATEMENT, message, line_number(filing, fact.source))


def _conflicting_figures(filing: Filing, conflict: _Conflict) -> Finding:
    existing, fact = conflict
    message = (
        f"{fact.concept} {fact.context.name}: {fact.label!r} says {format_value(fact.value)} but {existing.label!r} "
        f"(line {line_number(filing, existing.source)}) says {format_value(existing.value)}; "
        "the first stands, the other is kept as a general line item"
    )
    source = fact.source
    return Finding(
        Severity.WARNING,
        Code.CONFLICTING_FIGURES,
        message,
        line_number(filing, source),
        None if source is None else source.start,
        None if source is None else source.end,
    )
