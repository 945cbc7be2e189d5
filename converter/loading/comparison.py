"""Two reports of one filing: which facts are new, gone or changed."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from converter.report import Context, Fact, Report, key_of, shown


class Difference(Struct, frozen=True):
    """A fact that only one of two reports has (the other is None), or that they give another value or precision."""

    old: Fact | None
    new: Fact | None


class Comparison(Struct, frozen=True):
    """What two reports differ in; `same` counts the facts that they share."""

    old: Report
    new: Report
    differences: tuple[Difference, ...]
    same: int


def compare(old: Report, new: Report) -> Comparison:
    """Compare the facts of two reports, in the order of the new one; those that it lost come last.

    Two facts are one if they have the same concept, period, dimensions and unit. The entity is compared apart.
    """
    before = {key_of(fact): fact for fact in old.facts}
    after = {key_of(fact): fact for fact in new.facts}
    pairs = [Difference(before.get(key), fact) for key, fact in after.items()]
    pairs += [Difference(fact, None) for key, fact in before.items() if key not in after]
    differences = tuple(pair for pair in pairs if pair.old is None or pair.new is None or _differ(pair.old, pair.new))
    return Comparison(old, new, differences, len(pairs) - len(differences))


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """One line a difference (`+` added, `-` lost, `~` changed), then the counts; for people, and for grep."""
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
    return f"{fact.concept} {_when(fact.context)}{unit}: {' -> '.join(values)}"


def _when(context: Context) -> str:
    """The period, and what the dimensions are set to: `I20030930 [Deferred rent]`."""
    said = ", ".join(dimension.member or dimension.text for dimension in context.dimensions)
    return f"{Context(context.period).name}{f' [{said}]' if said else ''}"


def _value(fact: Fact) -> str:
    return shown(fact.value) + (f" (decimals {fact.decimals})" if isinstance(fact.value, Decimal) else "")
