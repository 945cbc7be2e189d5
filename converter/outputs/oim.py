"""Report -> the Open Information Model: what xBRL-JSON and xBRL-CSV say of a fact, in canonical text."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from converter.outputs.instance import legal, lexical
from converter.report import CIK_SCHEME, Context, Dimension, Fact, Report, Unit
from converter.taxonomy import ENTRY_POINT, NAMESPACE, PREFIX
from converter.vocabulary import Instant, Period

XBRL = "https://xbrl.org/2021"
"""Namespace of the Open Information Model 1.0; its prefix is always `xbrl`."""

ISO4217 = "http://www.xbrl.org/2003/iso4217"
XBRLI = "http://www.xbrl.org/2003/instance"
PURE = "xbrli:pure"

_DAY = timedelta(days=1)


class OimFact(Struct, frozen=True):
    """A fact of the Open Information Model (OIM 1.0 section 3).

    `value` is canonical text; `decimals` is None for what is no number; `dimensions` maps `concept`, `entity`,
    `period`, `unit` and the taxonomy's own dimensions to their values, as xBRL-JSON writes them.
    """

    id: str
    value: str
    decimals: int | None
    dimensions: Mapping[str, str]


def oim_facts(report: Report) -> Iterator[OimFact]:
    """The facts of a report in the order printed, with the ids that they have in the XML instance."""
    who = entity(report)
    for number, fact in enumerate(report.facts, 1):
        yield OimFact(f"f{number}", canonical(fact.value), fact.decimals, dict(_dimensions(fact, who)))


def document_info(report: Report, syntax: str) -> dict[str, object]:
    """The `documentInfo` of a report; `syntax` is `xbrl-json` or `xbrl-csv`.

    `taxonomy` lists what the XML instance refers to: the entry point and the schema of each calculation network.
    """
    scheme = entity(report).partition(":")[0]
    return {
        "documentType": f"{XBRL}/{syntax}",
        "namespaces": {
            scheme: report.entity_scheme,
            "iso4217": ISO4217,
            PREFIX: NAMESPACE,
            "xbrl": XBRL,
            "xbrli": XBRLI,
        },
        "taxonomy": [ENTRY_POINT, *(network.schema for network in report.networks)],
    }


def entity(report: Report) -> str:
    """The entity as the SQName `scheme:identifier`, e.g. `cik:0000320193` (OIM Common 1.0)."""
    prefix = "cik" if report.entity_scheme == CIK_SCHEME else "entity"
    return f"{prefix}:{report.entity_identifier}"


def canonical(value: Decimal | str | date) -> str:
    """A value in the canonical lexical form of its type (XML Schema Part 2, 1.0, section 3.2).

    That of a decimal needs a point with a digit behind it: `3201000.0`, `-0.03`, `0.0`.
    """
    text = legal(lexical(value))
    return f"{text}.0" if isinstance(value, Decimal) and "." not in text else text


def canonical_period(period: Period) -> str:
    """`2003-10-01T00:00:00` for the end of 30 September, `start/end` for a duration: both midnights (OIM 1.0)."""
    if isinstance(period, Instant):
        return _midnight(period.day + _DAY)
    return f"{_midnight(period.start)}/{_midnight(period.end + _DAY)}"


def canonical_unit(unit: Unit) -> str | None:
    """`iso4217:USD`, `iso4217:USD/xbrli:shares`; None for a pure number, which has no unit in the OIM."""
    if unit.denominator is not None:
        return f"{unit.numerator}/{unit.denominator}"
    return None if unit.numerator == PURE else unit.numerator


def _dimensions(fact: Fact, who: str) -> Iterator[tuple[str, str]]:
    yield "concept", f"{PREFIX}:{fact.concept}"
    yield "entity", who
    yield "period", canonical_period(fact.context.period)
    if fact.unit is not None and (unit := canonical_unit(fact.unit)) is not None:
        yield "unit", unit
    yield from _own_dimensions(fact.context)


def _own_dimensions(context: Context) -> Iterator[tuple[str, str]]:
    for dimension in context.dimensions:
        yield f"{PREFIX}:{dimension.axis}", _member(dimension)


def _member(dimension: Dimension) -> str:
    return f"{PREFIX}:{dimension.member}" if dimension.member else legal(dimension.text)


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00"
