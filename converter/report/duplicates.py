"""Facts that say the same thing twice (XBRL 2.1 section 4.10; XBRL Duplicates 1.0)."""

from decimal import Decimal

from msgspec.structs import replace

from converter.report.model import Context, Fact, Unit

Key = tuple[str, Context, Unit | None]
"""What two duplicate facts share."""


def key_of(fact: Fact) -> Key:
    """The concept, context and unit of a fact; two facts with the same key are duplicates."""
    return fact.concept, fact.context, fact.unit


def consistent(one: Fact, other: Fact) -> bool:
    """Whether two duplicates can both be right: one is the other, rounded.

    Stricter than the 'consistent duplicates' of XBRL Duplicates 1.0, whose rounding intervals need only touch:
    there .03 and .04 per share, both to the cent, are consistent, but no reader would take them for one figure.
    """
    if not isinstance(one.value, Decimal) or not isinstance(other.value, Decimal) or one.decimals == other.decimals:
        return one.value == other.value
    return abs(one.value - other.value) <= _half_unit(one.decimals) + _half_unit(other.decimals)


def merged(first: Fact, second: Fact) -> Fact:
    """The more precise of two consistent duplicates (the first one if equal); it knows the other's place too."""
    winner, loser = (second, first) if _half_unit(second.decimals) < _half_unit(first.decimals) else (first, second)
    elsewhere = (*first.also, loser.source, *second.also)
    return replace(winner, also=tuple(source for source in elsewhere if source is not None))


def _half_unit(decimals: int | None) -> Decimal:
    return Decimal(0) if decimals is None else Decimal(5).scaleb(-decimals - 1)
