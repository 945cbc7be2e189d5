"""Comparison of two reports of one filing: the facts added, lost and changed."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from converter.report import Context, Fact, Report, format_value, key_of


class Difference(Struct, frozen=True):
    """A fact that only one of two reports has (None in the other), or that differs in value or decimals."""

    old: Fact | None
    new: Fact | None


class Comparison(Struct, frozen=True):
    """The differences of two reports; `same` is the number of facts without a difference."""

    old: Report
    new: Report
    differences: tuple[Difference, ...]
    same: int


def compare(old: Report, new: Report) -> Comparison:
    """Compare the facts of two reports, in the order of the new one; those that it lost come last.

    Facts correspond if they have the same concept, period, dimensions and unit. Entities are not compared.
    """
    old_facts = {key_of(fact): fact for fact in old.facts}
    new_facts = {key_of(fact): fact for fact in new.facts}
    pairs = [Difference(old_facts.get(key), fact) for key, fact in new_facts.items()]
    pairs += [Difference(fact, None) for key, fact in old_facts.items() if key not in new_facts]
    differences = tuple(pair for pair in pairs if pair.old is None or pair.new is None or _differ(pair.old, pair.new))
    return Comparison(old, new, differences, len(pairs) - len(differences))


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """Yield a line for each difference (`+` added, `-` lost, `~` changed), entities first, and a last one of counts."""
    old, new = (f"{report.entity_identifier} ({report.entity_scheme})" for report in (comparison.old, comparison.new))
    if old != new:
        yield f"~ entity: {old} -> {new}"
    counts = {"+": 0, "-": 0, "~": 0}
    for difference in comparison.differences:
        mark = "+" if difference.old is None else "-" if difference.new is None else "~"
        counts[mark] += 1
        yield f"{mark} {_line(difference)}"
    yield f"{counts['+']} added, {counts['-']} lost, {counts['~']} changed, {comparison.same} the same"


def _differ(old: Fact, new: Fact) -> bool:
    return (old.value, old.decimals) != (new.value, new.decimals)


def _line(difference: Difference) -> str:
    fact = difference.new or difference.old
    assert fact is not None
    unit = "" if fact.unit is None else f" {fact.unit.name}"
    values = (_value(side) for side in (difference.old, difference.new) if side is not None)
    return f"{fact.concept} {_context(fact.context)}{unit}: {' -> '.join(values)}"


def _context(context: Context) -> str:
    """Return the period and the values of the dimensions: `I20030930 [Deferred rent]`."""
    dimensions = ", ".join(dimension.member or dimension.text for dimension in context.dimensions)
    return f"{Context(context.period).name}{f' [{dimensions}]' if dimensions else ''}"


def _value(fact: Fact) -> str:
    return format_value(fact.value) + (f" (decimals {fact.decimals})" if isinstance(fact.value, Decimal) else "")
