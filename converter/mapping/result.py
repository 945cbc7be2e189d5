"""The result of mapping: the concept of a row, and a statement with its sums and the concepts of its rows."""

from msgspec import Struct

from converter.statements import Statement
from converter.sums import Sum


class Candidate(Struct, frozen=True):
    """A concept that a row may have, and the probability (0 to 1) that it does."""

    concept: str
    confidence: float


class Mapping(Struct, frozen=True):
    """The concept of a row.

    `concept` is None if no concept fits well enough: the row becomes a fact of the general line-item concept.
    `confidence` (0 to 1) is the calibrated probability that the concept is right or, without one, that none fits.
    `sign` is +1 or -1: fact value = sign * printed value. `evidence` are the reasons, for people to read. `runners_up`
    are the next best concepts, the likeliest first.
    """

    concept: str | None
    confidence: float
    sign: int
    evidence: tuple[str, ...] = ()
    runners_up: tuple[Candidate, ...] = ()


class MappedStatement(Struct, frozen=True):
    """A statement with the sums that its rows satisfy, and the mapping of each row in the order of its items."""

    statement: Statement
    sums: tuple[Sum, ...]
    mappings: tuple[Mapping, ...]
