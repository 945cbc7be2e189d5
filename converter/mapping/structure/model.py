"""What the structure of a statement says of its rows."""

from collections.abc import Iterable, Mapping

from msgspec import Struct


class Verdict(Struct, frozen=True):
    """The concept of a row, None for none of the taxonomy's, and the rule that says so, for people to read."""

    concept: str | None
    reason: str


class Bar(Struct, frozen=True):
    """Concepts that a row cannot have: all but those `allowed`, or those `denied`; and the rule that says so."""

    reason: str
    allowed: frozenset[str] | None = None
    denied: frozenset[str] = frozenset()

    def excluded(self, concepts: Iterable[str]) -> set[str]:
        """Return those of the concepts, given by name, that the row cannot have."""
        names = set(concepts)
        denied = names & self.denied
        return denied if self.allowed is None else denied | (names - self.allowed)


class Structure(Struct, frozen=True):
    """Verdicts and bars by the index of the row."""

    verdicts: Mapping[int, Verdict] = {}
    bars: Mapping[int, tuple[Bar, ...]] = {}
