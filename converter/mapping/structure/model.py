"""What the structure of a statement says of its rows."""

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct


class Verdict(Struct, frozen=True):
    """The concept of a row, None for none of the taxonomy's, and the rule that says so, for people to read."""

    concept: str | None
    reason: str


class Bar(Struct, frozen=True, cache_hash=True):  # in the keys of caches
    """Concepts that a row cannot have: all but those `allowed`, or those `denied`; and the rule that says so.

    What is `allowed` shares the probability that the others had; with `shared`, so does what is not denied.
    """

    reason: str
    allowed: frozenset[str] | None = None
    denied: frozenset[str] = frozenset()
    shared: bool = False

    def excludes(self, concept: str) -> bool:
        """Whether the row cannot have the concept with this name."""
        return concept in self.denied or (self.allowed is not None and concept not in self.allowed)


@lru_cache(maxsize=1024)
def combined(bars: tuple[Bar, ...]) -> Bar:
    """Return one bar that excludes what any of these does. The result is cached."""
    allowed = [bar.allowed for bar in bars if bar.allowed is not None]
    reason = "; ".join(bar.reason for bar in bars)
    denied = frozenset[str]().union(*(bar.denied for bar in bars))
    shared = any(bar.shared for bar in bars)
    return Bar(reason, frozenset.intersection(*allowed) if allowed else None, denied, shared)


class Structure(Struct, frozen=True):
    """Verdicts and bars by the index of the row."""

    verdicts: Mapping[int, Verdict] = {}
    bars: Mapping[int, tuple[Bar, ...]] = {}
