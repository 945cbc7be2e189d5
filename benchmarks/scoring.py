"""How much of a converted release is right: its facts against the values that its gold file holds.

A value counts as tagged when a fact without dimensions has an accepted concept, the value with the concept's sign,
its unit and its period; a value of a company's own element (`*`) counts when any fact has its amount. A fact is
wrong when it has an accepted concept, the unit and the period of gold values, and none of these is its value.
A duration may start a week off, for years of 52 or 53 weeks.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from corpus import Tagged

from converter.report import Fact, Report, Unit
from converter.statements.model import UnitKind
from converter.vocabulary.periods import Duration, Instant, Period

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of gold values, of those extracted and tagged, and of facts that are wrong."""

    values: int = 0
    extracted: int = 0
    tagged: int = 0
    wrong: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.values + other.values,
            self.extracted + other.extracted,
            self.tagged + other.tagged,
            self.wrong + other.wrong,
        )


@dataclass(frozen=True, slots=True)
class Value:
    """One gold value in whole units, with the sign of its concept; no concept is accepted for a company's own."""

    accepted: frozenset[str]
    unit: UnitKind
    period: Period
    value: Decimal


def score_release(gold: Sequence[Tagged], report: Report) -> Score:
    """The score of one release's report."""
    values = [value for statement in gold for value in values_of(statement)]
    facts = [(fact, unit_kind(fact.unit)) for fact in report.facts if fact.unit is not None]
    extracted = tagged = 0
    for value in values:
        same = [fact for fact, unit in facts if unit is value.unit and _same_amount(fact, value)]
        extracted += bool(same)
        tagged += bool(same) and (not value.accepted or any(_says(fact, value) for fact in same))
    truth: dict[tuple[str, UnitKind], list[Value]] = defaultdict(list)
    for value in values:
        for concept in value.accepted:
            truth[concept, value.unit].append(value)
    wrong = sum(_contradicted(fact, truth.get((fact.concept, unit), ())) for fact, unit in facts)
    return Score(len(values), extracted, tagged, wrong)


def values_of(statement: Tagged) -> Iterator[Value]:
    """The values of a gold statement, blanks left out."""
    periods = [read_period(text) for text in statement.periods]
    for row in statement.rows:
        factor = statement.scale if row.unit in (UnitKind.MONETARY, UnitKind.SHARES) else Decimal(1)
        for period, text in zip(periods, row.values, strict=True):
            if text != ".":
                yield Value(row.accepted, row.unit, period, Decimal(text) * factor)


def read_period(text: str) -> Period:
    """A day, or `first/last`."""
    first, _, last = text.partition("/")
    start = date.fromisoformat(first)
    return Duration(start, date.fromisoformat(last)) if last else Instant(start)


def unit_kind(unit: Unit) -> UnitKind:
    """What a fact's unit counts."""
    if unit.denominator is not None:
        return UnitKind.PER_SHARE
    if unit.numerator.startswith("iso4217:"):
        return UnitKind.MONETARY
    return UnitKind.SHARES if unit.numerator == "xbrli:shares" else UnitKind.PURE


def _same_amount(fact: Fact, value: Value) -> bool:
    printed = Decimal(0) if fact.value is None else fact.value
    return (
        isinstance(printed, Decimal) and abs(printed) == abs(value.value) and _same(fact.context.period, value.period)
    )


def _says(fact: Fact, value: Value) -> bool:
    return fact.concept in value.accepted and fact.value in (value.value, None) and not fact.context.dimensions


def _contradicted(fact: Fact, truth: Sequence[Value]) -> bool:
    known = [one.value for one in truth if _same(fact.context.period, one.period)]
    if not known or fact.context.dimensions or not isinstance(fact.value, Decimal):
        return False
    return not any(_rounds_to(one, fact.value) for one in known)


def _same(one: Period, other: Period) -> bool:
    if isinstance(one, Duration) and isinstance(other, Duration):
        return one.end == other.end and abs((one.start - other.start).days) <= _WEEK
    return one == other


def _rounds_to(exact: Decimal, stated: Decimal) -> bool:
    """Whether `stated` is the exact value, or its rounding in thousands or coarser ("$2.4 million")."""
    digit = int(stated.normalize().as_tuple().exponent)
    return exact == stated or (digit > 3 and abs(exact - stated) <= Decimal(5).scaleb(digit - 1))
