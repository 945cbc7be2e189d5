"""What the mapper says of a row, and a statement with all that is known of its rows."""

from msgspec import Struct

from converter.statements import Statement
from converter.sums import Sum


class Candidate(Struct, frozen=True):
    """A concept that a row might have, and the probability (0 to 1) that it does."""

    concept: str
    confidence: float


class Mapping(Struct, frozen=True):
    """The concept of a row.

    `concept` is None where none fits well enough: the row then is a fact of the general line-item concept.
    `confidence` (0 to 1) is the calibrated probability that the concept is right, or, without one, that none is.
    `sign` is +1 or -1: fact value = sign * printed value. `evidence` names what decided, for people to read.
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
