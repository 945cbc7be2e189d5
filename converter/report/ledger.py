"""The ledger of a report: one fact per concept, context and unit, and the rules by which statements add facts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from converter.filing import Filing, TextSpan
from converter.mapping import MappedStatement
from converter.report.accounting import FigureIndex
from converter.report.duplicates import FactKey, is_more_precise, key_of
from converter.report.model import Fact
from converter.report.rows import MappedRow
from converter.statements import StatementKind
from converter.vocabulary import Finding


class Ledger:
    """The facts entered so far, one per concept, context and unit, and the figures that each stands for."""

    def __init__(self) -> None:
        self._facts: dict[FactKey, Fact] = {}
        self._also: dict[FactKey, list[TextSpan]] = {}
        self._keys: dict[FigureIndex, FactKey] = {}
        self._kinds: set[StatementKind | None] = set()

    def has_kind(self, kind: StatementKind | None) -> bool:
        """Whether a fact of a statement of this kind was entered."""
        return kind in self._kinds

    @property
    def facts_by_key(self) -> Mapping[FactKey, Fact]:
        """The entered facts, without their other places."""
        return self._facts

    def existing(self, fact: Fact) -> Fact | None:
        """Return the entered fact with the same concept, context and unit, without its other places, or None."""
        return self._facts.get(key_of(fact))

    def keys(self) -> frozenset[FactKey]:
        """Return the keys of the facts entered so far."""
        return frozenset(self._facts)

    def enter(self, index: FigureIndex, fact: Fact) -> None:
        """Add the fact of a figure, or keep the more precise of it and the existing one, which must be consistent."""
        key = key_of(fact)
        existing = self._facts.get(key)
        if existing is None:
            self._facts[key] = fact
            self._kinds.add(fact.statement)
        else:
            precise, rounded = (fact, existing) if is_more_precise(fact, existing) else (existing, fact)
            self._facts[key] = precise
            if rounded.source is not None:
                self._also.setdefault(key, []).append(rounded.source)
        self._keys[index] = key

    def facts(self) -> dict[FigureIndex, Fact]:
        """Return the fact of each figure, in printed order, with all places where it is printed."""
        facts = self._facts | {key: replace(self._facts[key], also=tuple(also)) for key, also in self._also.items()}
        return {index: facts[key] for index, key in sorted(self._keys.items(), key=itemgetter(0))}


Admission = Callable[[Filing, Sequence[MappedRow], Ledger], Iterator[Finding]]
"""A rule that enters the facts of rows into the ledger and yields findings about the others."""


class Aside(Struct, frozen=True):
    """Statements from beside the registrant's primary ones, such as tables in the notes.

    `admit` is the rule by which their rows enter the report, after everything before them; `findings` are about what
    could not be read.
    """

    statements: tuple[MappedStatement, ...]
    admit: Admission
    findings: tuple[Finding, ...] = ()
