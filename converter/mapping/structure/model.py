"""What the structure of a statement says of its rows."""

from collections.abc import Mapping

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

    def excludes(self, concept: str) -> bool:
        """Whether the row cannot have the concept with this name."""
        return concept in self.denied or (self.allowed is not None and concept not in self.allowed)


class Structure(Struct, frozen=True):
    """Verdicts and bars by the index of the row."""

    verdicts: Mapping[int, Verdict] = {}
    bars: Mapping[int, tuple[Bar, ...]] = {}
