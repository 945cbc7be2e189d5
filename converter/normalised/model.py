"""What normalising a report gives: the values of standard items, each with the rule and the facts that it came from."""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from converter.normalised.templates import Template
from converter.report import Unit
from converter.vocabulary import Finding, Period


class Rule(StrEnum):
    """How a standard value came about."""

    REPORTED = "reported"
    """It is the value of a fact."""
    SUM = "sum"
    """It is the sum of its inputs."""
    DIFFERENCE = "difference"
    """It is a difference of its inputs."""
    SAME = "same"
    """It is the value of another item, which cannot differ in this statement."""


class StandardValue(Struct, frozen=True):
    """The value of a standard item for a period.

    `value` is in whole units with the sign of the item's concepts; `inputs` are the indexes in `Report.facts` of the
    facts that it was made from; `confidence` is the least of theirs, None if none has one.
    """

    item: str
    period: Period
    unit: Unit
    value: Decimal
    decimals: int | None
    rule: Rule
    inputs: tuple[int, ...]
    confidence: float | None


class Normalised(Struct, frozen=True):
    """The standard items of a report: its template, their values by period and item, and what contradicts itself."""

    template: Template
    values: tuple[StandardValue, ...] = ()
    findings: tuple[Finding, ...] = ()
