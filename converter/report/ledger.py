"""The ledger of a report: one fact per concept, context and unit, and the rules by which statements add facts."""

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

from msgspec import Struct

from converter.filing import Filing
from converter.mapping import MappedStatement
from converter.report.accounting import FigureIndex
from converter.report.duplicates import FactKey, key_of, merged
from converter.report.model import Fact
from converter.report.rows import MappedRow
from converter.vocabulary import Finding


class Ledger:
    """The facts entered so far, one per concept, context and unit, and the figures that each stands for."""

    def __init__(self) -> None:
        self._facts: dict[FactKey, Fact] = {}
        self._keys: dict[FigureIndex, FactKey] = {}

    def existing(self, fact: Fact) -> Fact | None:
        """Return the entered fact with the same concept, context and unit, or None."""
        return self._facts.get(key_of(fact))

    def enter(self, index: FigureIndex, fact: Fact) -> None:
        """Add the fact of a figure, or merge it into the existing fact, with which it must be consistent."""
        key = key_of(fact)
        existing = self._facts.get(key)
        self._facts[key] = fact if existing is None else merged(existing, fact)
        self._keys[index] = key

    def facts(self) -> dict[FigureIndex, Fact]:
        """Return the fact of each figure, in printed order."""
        return {index: self._facts[key] for index, key in sorted(self._keys.items(), key=itemgetter(0))}


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
