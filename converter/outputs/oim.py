"""The facts of a report in the Open Information Model (OIM), in canonical text, for xBRL-JSON and xBRL-CSV."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from msgspec import Struct

from converter.outputs.instance import legal_xml, lexical
from converter.report import CIK_SCHEME, Dimension, Fact, Report, Unit
from converter.taxonomy import ENTRY_POINT, NAMESPACE, PREFIX
from converter.vocabulary import Instant, Period

XBRL = "https://xbrl.org/2021"
"""Namespace of the Open Information Model 1.0; its prefix is always `xbrl`."""

ISO4217 = "http://www.xbrl.org/2003/iso4217"
XBRLI = "http://www.xbrl.org/2003/instance"
PURE = "xbrli:pure"

METADATA = "-metadata.json"
"""The end of the name of xBRL-CSV's metadata file, in place of the table's suffix; Arelle uses the same."""

_DAY = timedelta(days=1)


class OimFact(Struct, frozen=True):
    """A fact of the Open Information Model (OIM 1.0 section 3).

    `value` is canonical text; `decimals` is None for a fact that is no number; `dimensions` maps `concept`, `entity`,
    `period`, `unit` and the taxonomy's own dimensions to their values, as xBRL-JSON writes them.
    """

    id: str
    value: str
    decimals: int | None
    dimensions: Mapping[str, str]


def oim_facts(report: Report) -> Iterator[OimFact]:
    """Yield the facts of a report in the order printed, with the ids that they have in the XML instance."""
    entity = entity_name(report)
    for number, fact in enumerate(report.facts, 1):
        yield OimFact(f"f{number}", canonical(fact.value), fact.decimals, dict(_dimensions(fact, entity)))


def document_info(report: Report, syntax: str) -> dict[str, object]:
    """Return the `documentInfo` of a report; `syntax` is `xbrl-json` or `xbrl-csv`.

    `taxonomy` lists the schemas that the XML instance refers to: the entry point and those of calculation networks.
    """
    prefix, _, _ = entity_name(report).partition(":")
    return {
        "documentType": f"{XBRL}/{syntax}",
        "namespaces": {
            prefix: report.entity_scheme,
            "iso4217": ISO4217,
            PREFIX: NAMESPACE,
            "xbrl": XBRL,
            "xbrli": XBRLI,
        },
        "taxonomy": [ENTRY_POINT, *(network.schema for network in report.networks)],
    }


def entity_name(report: Report) -> str:
    """Return the entity as an SQName, `prefix:identifier`, e.g. `cik:0000320193` (OIM Common 1.0)."""
    prefix = "cik" if report.entity_scheme == CIK_SCHEME else "entity"
    return f"{prefix}:{report.entity_identifier}"


def canonical(value: Decimal | str | date) -> str:
    """Return a value in the canonical lexical form of its type (XML Schema Part 2, 1.0, section 3.2).

    That of a decimal has at least one digit after the point: `3201000.0`, `-0.03`, `0.0`.
    """
    text = legal_xml(lexical(value))
    return f"{text}.0" if isinstance(value, Decimal) and "." not in text else text


def canonical_period(period: Period) -> str:
    """Return a period as OIM 1.0 writes it: `start/end`, or the end alone for an instant.

    Both are midnights, so that the end of 30 September 2003 is `2003-10-01T00:00:00`.
    """
    if isinstance(period, Instant):
        return _midnight(period.day + _DAY)
    return f"{_midnight(period.start)}/{_midnight(period.end + _DAY)}"


def canonical_unit(unit: Unit) -> str | None:
    """Return `iso4217:USD`, `iso4217:USD/xbrli:shares` or the like; None for pure numbers (no unit in the OIM)."""
    text = unit.text
    return None if text == PURE else text


def _dimensions(fact: Fact, entity: str) -> Iterator[tuple[str, str]]:
    yield "concept", f"{PREFIX}:{fact.concept}"
    yield "entity", entity
    yield "period", canonical_period(fact.context.period)
    if fact.unit is not None and (unit := canonical_unit(fact.unit)) is not None:
        yield "unit", unit
    for dimension in fact.context.dimensions:
        yield f"{PREFIX}:{dimension.axis}", _dimension_value(dimension)


def _dimension_value(dimension: Dimension) -> str:
    return f"{PREFIX}:{dimension.member}" if dimension.member else legal_xml(dimension.text)


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00"
