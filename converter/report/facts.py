"""Printed figures -> facts: duplicates collapse, conflicts are told, nothing is lost."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from converter.filing.reader import Filing
from converter.mapping import Mapping as RowMapping
from converter.report.details import news_of, read_in_details
from converter.report.duplicates import Key, consistent, key_of, merged
from converter.report.lines import Line, caption_of, name_lines, path_of
from converter.report.model import Fact, Place, line_number, shown
from converter.report.rows import Row, general_fact, mapped_fact, rows_of
from converter.report.secondary import comparable_rows
from converter.report.stated import by_plain_context, compared, stated_facts
from converter.statements.model import Figure, Statement
from converter.taxonomy import Concept
from converter.vocabulary.findings import Finding, Severity

_STRANGER = 3  # contradictions that make a second statement one of somebody, or something, else


def gather_facts(
    filing: Filing,
    statements: Sequence[Statement],
    mappings: Sequence[Sequence[RowMapping]],
    concepts: Mapping[str, Concept],
) -> tuple[dict[Place, Fact], tuple[Finding, ...]]:
    """The fact of every printed figure, in the order printed, and what is to be said of conflicts.

    Figures that say the same (one may be the other rounded) share one fact, the most precise. Where two of them
    claim one concept, context and unit and contradict each other, the one printed first keeps the concept; the
    other becomes a general line-item fact and a warning. A row that contradicts and nowhere agrees is not what it
    was taken for, and a statement that mostly contradicts an earlier one of its kind is not the registrant's (or a
    part of it): no figure of theirs keeps a concept. Rows of tables that break rows of these down come after all
    these, then those of secondary statements, then what sentences state: only what is news, and nothing against the
    statements.
    """
    everything = tuple(rows_of(statements, mappings, concepts))
    rows = tuple(row for row in everything if row.statement.primary)
    ledger = _Ledger()
    findings: list[Finding] = []
    left: dict[Place, Figure] = {}
    for number, group in groupby(rows, key=lambda row: row.number):
        own = [(row, dict(_mapped(row))) for row in group]
        conflicts, agreements = _compared_with_its_kind(ledger, [fact for _, facts in own for fact in facts.values()])
        stranger = len(conflicts) >= _STRANGER and len(conflicts) > agreements
        if stranger:
            findings.append(_strange(filing, statements[number], conflicts, agreements))
        for row, mapped in own:
            told, refused = _enter(ledger, row, mapped, stranger)
            left.update(refused)
            findings += [_conflict(filing, stands, loses) for stands, loses in told if not stranger]
    for place, fact in name_lines(_general_lines(rows, left)):
        ledger.enter(place, fact)
    findings += _enter_details(filing, ledger, [row for row in everything if row.statement.detail_of])
    findings += _enter_secondary(filing, ledger, [row for row in everything if row.statement.secondary])
    stated = tuple(stated_facts([row for row in everything if row.statement.prose]))
    printed = by_plain_context(ledger.facts().values()) if stated else {}
    for place, fact in stated:
        news, finding = compared(filing, fact, printed)
        findings += [finding] if finding is not None else []
        if news:
            ledger.enter(place, fact)
    return ledger.facts(), tuple(findings)


def _enter_details(filing: Filing, ledger: "_Ledger", rows: Sequence[Row]) -> Iterator[Finding]:
    stated = {fact.concept for fact in ledger.facts().values()}
    for _, group in groupby(rows, key=lambda row: row.number):
        own = tuple(group)
        added = [pair for row in own for pair in news_of(row, ledger.held, stated)]
        for place, fact in added:
            ledger.enter(place, fact)
        if any(place.item != own[-1].index for place, _ in added):
            yield read_in_details(filing, own)


def _enter_secondary(filing: Filing, ledger: "_Ledger", rows: Sequence[Row]) -> Iterator[Finding]:
    if not rows:
        return
    for added, finding in comparable_rows(filing, rows, ledger.held, tuple(ledger.facts().values())):
        for place, fact in added:
            ledger.enter(place, fact)
        if finding is not None:
            yield finding


class _Ledger:
    """The facts so far, one for each concept, context and unit, and which figures they stand for."""

    def __init__(self) -> None:
        self._kept: dict[Key, Fact] = {}
        self._owners: dict[Place, Key] = {}

    def held(self, fact: Fact) -> Fact | None:
        """The fact that has this one's concept, context and unit."""
        return self._kept.get(key_of(fact))

    def enter(self, place: Place, fact: Fact) -> None:
        """Add a fact, or merge it into the one it is consistent with."""
        key = key_of(fact)
        held = self._kept.get(key)
        self._kept[key] = fact if held is None else merged(held, fact)
        self._owners[place] = key

    def facts(self) -> dict[Place, Fact]:
        """The fact of each figure, in the order printed."""
        return {place: self._kept[key] for place, key in sorted(self._owners.items(), key=itemgetter(0))}


_Pair = tuple[Fact, Fact]
"""The fact that stands and the one that contradicts it."""


def _mapped(row: Row) -> Iterator[tuple[Place, Fact]]:
    for place, figure in row.figures:
        fact = mapped_fact(row, place, figure)
        if fact is not None:
            yield place, fact


def _compared(ledger: _Ledger, facts: Iterable[Fact]) -> tuple[list[_Pair], int]:
    """Which facts contradict those held, and how many agree (two zeros do not count as agreement)."""
    return _sorted_out((held, fact) for fact in facts if (held := ledger.held(fact)) is not None)


def _compared_with_its_kind(ledger: _Ledger, facts: Iterable[Fact]) -> tuple[list[_Pair], int]:
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
    ledger: _Ledger, row: Row, mapped: Mapping[Place, Fact], stranger: bool
) -> tuple[list[_Pair], dict[Place, Figure]]:
    """Enter the row's facts as far as they can keep its concept; the contradictions, and the figures left over."""
    conflicts, agreements = _compared(ledger, mapped.values())
    told: list[_Pair] = []
    left: dict[Place, Figure] = {}
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


def _general_lines(rows: Sequence[Row], left: Mapping[Place, Figure]) -> Iterator[Line]:
    """The rows, or the single figures of a row, without a concept of their own; signs as printed."""
    for row in rows if left else ():
        facts = [(place, general_fact(row, place, figure)) for place, figure in row.figures if place in left]
        for part in _without_conflicts(facts):
            yield Line(caption_of(row.item), path_of(row.item), row.number, tuple(part))


def _without_conflicts(facts: Sequence[tuple[Place, Fact]]) -> list[list[tuple[Place, Fact]]]:
    """A row's facts in as few parts as keep contradicting ones apart (two columns can claim one period)."""
    parts: list[dict[Key, Fact]] = []
    placed: list[list[tuple[Place, Fact]]] = []
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
    return Finding(Severity.WARNING, "contradicting-statement", message, line_number(filing, loses.source))


def _conflict(filing: Filing, stands: Fact, loses: Fact) -> Finding:
    where = line_number(filing, stands.source)
    message = (
        f"{loses.concept} {loses.context.name}: {loses.label!r} says {shown(loses.value)} but {stands.label!r} "
        f"(line {where}) says {shown(stands.value)}; the first stands, the other is kept as a general line item"
    )
    source = loses.source
    return Finding(
        Severity.WARNING,
        "conflicting-figures",
        message,
        line_number(filing, source),
        None if source is None else source.start,
        None if source is None else source.end,
    )
