"""Printed figures -> facts: duplicates collapse, conflicts are told, nothing is lost."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from converter.filing import Filing
from converter.mapping import MappedStatement
from converter.report.duplicates import Key, consistent, key_of
from converter.report.ledger import Aside, Ledger
from converter.report.lines import CaptionLine, caption_of, name_lines, path_of
from converter.report.model import Fact, FigureIndex, line_number, shown
from converter.report.rows import MappedRow, general_fact, mapped_fact, rows_of
from converter.statements import Figure, Statement
from converter.taxonomy import Concept
from converter.vocabulary import Code, Finding, Severity

_STRANGER = 3  # contradictions that make a second statement one of somebody, or something, else


def gather_facts(
    filing: Filing, statements: Sequence[MappedStatement], asides: Sequence[Aside], concepts: Mapping[str, Concept]
) -> tuple[dict[FigureIndex, Fact], tuple[Finding, ...]]:
    """The fact of every printed figure, in the order printed, and what is to be said of conflicts.

    The statements come first, then each of the asides by its own rule: only what is news, and nothing against what
    came before. Places number the statements through, those of the asides behind the others.
    """
    ledger = Ledger()
    findings: list[Finding] = []
    number = 0
    for aside in (Aside(tuple(statements), admit_statements), *asides):
        rows = tuple(rows_of(aside.statements, concepts, number))
        findings += aside.admit(filing, rows, ledger)
        number += len(aside.statements)
    return ledger.facts(), tuple(findings)


def admit_statements(filing: Filing, rows: Sequence[MappedRow], ledger: Ledger) -> Iterator[Finding]:
    """Enter a fact for every figure.

    Figures that say the same (one may be the other rounded) share one fact, the most precise. Where two of them
    claim one concept, context and unit and contradict each other, the one printed first keeps the concept; the
    other becomes a general line-item fact and a warning. A row that contradicts and nowhere agrees is not what it
    was taken for, and a statement that mostly contradicts an earlier one of its kind is not the registrant's (or a
    part of it): no figure of theirs keeps a concept.
    """
    left: dict[FigureIndex, Figure] = {}
    for _, group in groupby(rows, key=lambda row: row.number):
        own = [(row, dict(_mapped(row))) for row in group]
        conflicts, agreements = _compared_with_its_kind(ledger, [fact for _, facts in own for fact in facts.values()])
        stranger = len(conflicts) >= _STRANGER and len(conflicts) > agreements
        if stranger:
            yield _strange(filing, own[0][0].statement, conflicts, agreements)
        for row, mapped in own:
            told, refused = _enter(ledger, row, mapped, stranger)
            left.update(refused)
            if not stranger:
                yield from (_conflict(filing, stands, loses) for stands, loses in told)
    for place, fact in name_lines(_general_lines(rows, left)):
        ledger.enter(place, fact)


_Pair = tuple[Fact, Fact]
"""The fact that stands and the one that contradicts it."""


def _mapped(row: MappedRow) -> Iterator[tuple[FigureIndex, Fact]]:
    for place, figure in row.figures:
        fact = mapped_fact(row, place, figure)
        if fact is not None:
            yield place, fact


def _compared(ledger: Ledger, facts: Iterable[Fact]) -> tuple[list[_Pair], int]:
    """Which facts contradict those held, and how many agree (two zeros do not count as agreement)."""
    return _sorted_out((held, fact) for fact in facts if (held := ledger.held(fact)) is not None)


def _compared_with_its_kind(ledger: Ledger, facts: Iterable[Fact]) -> tuple[list[_Pair], int]:
    """How the facts of a statement agree with those before it that are of its kind."""
    pairs = ((held, fact) for fact in facts if (held := ledger.held(fact)) is not None)
    return _sorted_out((held, fact) for held, fact in pairs if held.statement is fact.statement)


def _sorted_out(pairs: Iterable[_Pair]) -> tuple[list[_Pair], int]:
    conflicts, agreements = [], 0
    for held, fact in pairs:
        if not consistent(held, fact):
            conflicts.append((held, fact))
        elif fact.value:
            agreements += 1
    return conflicts, agreements


def _enter(
    ledger: Ledger, row: MappedRow, mapped: Mapping[FigureIndex, Fact], stranger: bool
) -> tuple[list[_Pair], dict[FigureIndex, Figure]]:
    """Enter the row's facts as far as they can keep its concept; the contradictions, and the figures left over."""
    conflicts, agreements = _compared(ledger, mapped.values())
    told: list[_Pair] = []
    left: dict[FigureIndex, Figure] = {}
    for place, figure in row.figures:
        fact = mapped.get(place)
        if fact is None or stranger or (conflicts and not agreements):
            left[place] = figure
            continue
        held = ledger.held(fact)
        if held is not None and not consistent(held, fact):
            told.append((held, fact))
            left[place] = figure
        else:
            ledger.enter(place, fact)
    return (told or conflicts), left


def _general_lines(rows: Sequence[MappedRow], left: Mapping[FigureIndex, Figure]) -> Iterator[CaptionLine]:
    """The rows, or the single figures of a row, without a concept of their own; signs as printed."""
    for row in rows if left else ():
        facts = [(place, general_fact(row, place, figure)) for place, figure in row.figures if place in left]
        for part in _without_conflicts(facts):
            yield CaptionLine(caption_of(row.item), path_of(row.item), row.number, tuple(part))


def _without_conflicts(facts: Sequence[tuple[FigureIndex, Fact]]) -> list[list[tuple[FigureIndex, Fact]]]:
    """A row's facts in as few parts as keep contradicting ones apart (two columns can claim one period)."""
    parts: list[dict[Key, Fact]] = []
    placed: list[list[tuple[FigureIndex, Fact]]] = []
    for place, fact in facts:
        key = key_of(fact)
        at = next((i for i, part in enumerate(parts) if key not in part or consistent(part[key], fact)), len(parts))
        if at == len(parts):
            parts.append({})
            placed.append([])
        parts[at].setdefault(key, fact)
        placed[at].append((place, fact))
    return placed


def _strange(filing: Filing, statement: Statement, conflicts: Sequence[_Pair], agreements: int) -> Finding:
    (stands, loses), *_ = conflicts
    message = (
        f"{statement.title or statement.kind!s}: {len(conflicts)} figures contradict those of an earlier statement and "
        f"{agreements} agree, as {loses.label!r} {shown(loses.value)} with {shown(stands.value)} "
        f"(line {line_number(filing, stands.source)}); kept as general line items"
    )
    return Finding(Severity.WARNING, Code.CONTRADICTING_STATEMENT, message, line_number(filing, loses.source))


def _conflict(filing: Filing, stands: Fact, loses: Fact) -> Finding:
    where = line_number(filing, stands.source)
    message = (
        f"{loses.concept} {loses.context.name}: {loses.label!r} says {shown(loses.value)} but {stands.label!r} "
        f"(line {where}) says {shown(stands.value)}; the first stands, the other is kept as a general line item"
    )
    source = loses.source
    return Finding(
        Severity.WARNING,
        Code.CONFLICTING_FIGURES,
        message,
        line_number(filing, source),
        None if source is None else source.start,
        None if source is None else source.end,
    )
