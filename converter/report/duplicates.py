"""Duplicate facts (XBRL 2.1 section 4.10; XBRL Duplicates 1.0)."""

from decimal import Decimal

from converter.report.model import Context, Fact, Unit

FactKey = tuple[str, Context, Unit | None]
"""What two duplicate facts have in common: concept, context and unit."""


def key_of(fact: Fact) -> FactKey:
    """Return the key of a fact; two facts with the same key are duplicates."""
    return fact.concept, fact.context, fact.unit


def consistent(first: Fact, second: Fact) -> bool:
    """Whether two duplicates can both be right: one is the other, rounded.

    This is stricter than the 'consistent duplicates' of XBRL Duplicates 1.0, whose rounding intervals need only touch:
    there .03 and .04 per share, both to the cent, are consistent, but no reader would take them for one figure.
    """
    if (
        not isinstance(first.value, Decimal)
        or not isinstance(second.value, Decimal)
        or first.decimals == second.decimals
    ):
        return first.value == second.value
    return abs(first.value - second.value) <= rounding_error(first.decimals) + rounding_error(second.decimals)


_THOUSANDS = (3, -3, 6, -6, 9, -9)
"""The powers of ten by which the scales of two places may differ."""


def same_digits(first: Fact, second: Fact) -> bool:
    """Whether two values are one in scales that differ by thousands; signs do not count."""
    return scale_between(first, second) is not None


def scale_between(first: Fact, second: Fact) -> int | None:
    """Return the power of ten by which the second value is the first one in another scale, None if it is not.

    Signs do not count, and neither does zero, which has no digits.
    """
    if not isinstance(first.value, Decimal) or not isinstance(second.value, Decimal):
        return None
    value, other = abs(first.value), abs(second.value)
    if not value or not other:
        return None
    for power in _THOUSANDS:
        error = max(rounding_error(second.decimals), rounding_error(first.decimals).scaleb(power))
        if abs(value.scaleb(power) - other) <= error:
            return power
    return None


def is_more_precise(first: Fact, second: Fact) -> bool:
    """Whether a duplicate is more precise than another."""
    return rounding_error(first.decimals) < rounding_error(second.decimals)


def rounding_error(decimals: int | None) -> Decimal:
    """Return the largest rounding error of a value with these `decimals`: half a unit of the last digit, 0 if None."""
    return Decimal(0) if decimals is None else Decimal(5).scaleb(-decimals - 1)
