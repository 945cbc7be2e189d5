"""Score a converted release: compare its facts with the values in its gold file.

A value counts as tagged if a fact without dimensions has an accepted concept, the value with the concept's sign, the
unit and the period; a value of a company's own element (`*`) counts if any fact has its amount. A fact is wrong if it
has an accepted concept, the unit and the period of gold values, but none of their values; it is turned if it has one of
them with the other sign. The start of a duration may differ by a week, for years of 52 or 53 weeks.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from corpus import TaggedStatement

from converter.report import Fact, Report, Unit
from converter.statements.model import UnitKind
from converter.vocabulary.periods import Duration, Instant, Period

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Score:
    """The number of gold values, of those extracted and tagged, and of wrong facts; of these, how many are turned."""

    values: int = 0
    extracted: int = 0
    tagged: int = 0
    wrong: int = 0
    turned: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.values + other.values,
            self.extracted + other.extracted,
            self.tagged + other.tagged,
            self.wrong + other.wrong,
            self.turned + other.turned,
        )


@dataclass(frozen=True, slots=True)
class Value:
    """A gold value in units of 1, with the sign of its concept; `accepted` is empty for a company's own element."""

    accepted: frozenset[str]
    unit: UnitKind
    period: Period
    value: Decimal


def score_release(gold: Sequence[TaggedStatement], report: Report) -> Score:
    """Score the report of one release."""
    values = [value for statement in gold for value in values_of(statement)]
    facts = [(fact, unit_kind(fact.unit)) for fact in report.facts if fact.unit is not None]
    extracted = tagged = 0
    for value in values:
        matches = [fact for fact, unit in facts if unit is value.unit and _has_amount(fact, value)]
        extracted += bool(matches)
        tagged += bool(matches) and (not value.accepted or any(_is_tagged(fact, value) for fact in matches))
    values_of_concept: dict[tuple[str, UnitKind], list[Value]] = defaultdict(list)
    for value in values:
        for concept in value.accepted:
            values_of_concept[concept, value.unit].append(value)
    wrong = [
        (fact, amounts)
        for fact, unit in facts
        if (amounts := _contradicted(fact, values_of_concept.get((fact.concept, unit), ())))
    ]
    turned = sum(isinstance(fact.value, Decimal) and -fact.value in amounts for fact, amounts in wrong)
    return Score(len(values), extracted, tagged, len(wrong), turned)


def values_of(statement: TaggedStatement) -> Iterator[Value]:
    """Yield the values of a gold statement, without blank cells."""
    periods = [read_period(text) for text in statement.periods]
    for row in statement.rows:
        factor = statement.scale if row.unit in (UnitKind.MONETARY, UnitKind.SHARES) else Decimal(1)
        for period, text in zip(periods, row.values, strict=True):
            if text != ".":
                yield Value(row.accepted, row.unit, period, Decimal(text) * factor)


def read_period(text: str) -> Period:
    """Parse a period: a day, or `first/last`."""
    first, _, last = text.partition("/")
    start = date.fromisoformat(first)
    return Duration(start, date.fromisoformat(last)) if last else Instant(start)


def unit_kind(unit: Unit) -> UnitKind:
    """Return the kind of a fact's unit."""
    if unit.denominator is not None:
        return UnitKind.PER_SHARE
    if unit.numerator.startswith("iso4217:"):
        return UnitKind.MONETARY
    return UnitKind.SHARES if unit.numerator == "xbrli:shares" else UnitKind.PURE


def _has_amount(fact: Fact, value: Value) -> bool:
    """Return whether a fact has the amount and period of a value, regardless of concept and sign."""
    amount = Decimal(0) if fact.value is None else fact.value
    return (
        isinstance(amount, Decimal)
        and abs(amount) == abs(value.value)
        and _is_same_period(fact.context.period, value.period)
    )


def _is_tagged(fact: Fact, value: Value) -> bool:
    return fact.concept in value.accepted and fact.value in (value.value, None) and not fact.context.dimensions


def _contradicted(fact: Fact, values: Sequence[Value]) -> list[Decimal]:
    """Return the amounts that a fact contradicts; none if it has one of them."""
    amounts = [value.value for value in values if _is_same_period(fact.context.period, value.period)]
    if fact.context.dimensions or not isinstance(fact.value, Decimal):
        return []
    return [] if any(_rounds_to(amount, fact.value) for amount in amounts) else amounts


def _is_same_period(first: Period, second: Period) -> bool:
    if isinstance(first, Duration) and isinstance(second, Duration):
        return first.end == second.end and abs((first.start - second.start).days) <= _WEEK
    return first == second


def _rounds_to(exact: Decimal, stated: Decimal) -> bool:
    """Return whether `stated` is the exact value, or rounded to thousands or coarser ("$2.4 million")."""
    exponent = int(stated.normalize().as_tuple().exponent)
    return exact == stated or (exponent > 3 and abs(exact - stated) <= Decimal(5).scaleb(exponent - 1))
