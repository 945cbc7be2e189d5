"""The ledger of a report: one fact for each concept, context and unit, and the seam through which facts enter it."""

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

from msgspec import Struct

from converter.filing import Filing
from converter.mapping import MappedStatement
from converter.report.duplicates import Key, key_of, merged
from converter.report.model import Fact, FigureIndex
from converter.report.rows import MappedRow
from converter.vocabulary import Finding


class Ledger:
    """The facts so far, one for each concept, context and unit, and which figures they stand for."""

    def __init__(self) -> None:
        self._kept: dict[Key, Fact] = {}
        self._owners: dict[FigureIndex, Key] = {}

    def held(self, fact: Fact) -> Fact | None:
        """The fact that has this one's concept, context and unit."""
        return self._kept.get(key_of(fact))

    def enter(self, place: FigureIndex, fact: Fact) -> None:
        """Add a fact, or merge it into the one it is consistent with."""
        key = key_of(fact)
        held = self._kept.get(key)
        self._kept[key] = fact if held is None else merged(held, fact)
        self._owners[place] = key

    def facts(self) -> dict[FigureIndex, Fact]:
        """The fact of each figure, in the order printed."""
        return {place: self._kept[key] for place, key in sorted(self._owners.items(), key=itemgetter(0))}


Admission = Callable[[Filing, Sequence[MappedRow], Ledger], Iterator[Finding]]
"""Enters into the ledger what rows add to it, and says what there is to say of the others."""


class Aside(Struct, frozen=True):
    """Statements that stand beside the registrant's own, such as tables in the notes.

    `admit` is the rule by which their rows enter the report, after all that came before; `findings` say what could
    not be read of them.
    """

    statements: tuple[MappedStatement, ...]
    admit: Admission
    findings: tuple[Finding, ...] = ()
