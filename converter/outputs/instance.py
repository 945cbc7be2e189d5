"""The XBRL 2.1 instance of a report, rendered with its Jinja template."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from converter.report import Context, Fact, Group, Report, Unit
from converter.resources import template_environment
from converter.taxonomy import CAPTION, ENTRY_POINT, NAMESPACE, PREFIX
from converter.vocabulary import Instant

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LEGAL = bytes([0x09, 0x0A, 0x0D, *range(0x20, 0x80)])


class References(Struct, frozen=True):
    """The schemas that a report refers to, and the namespaces of its names by their prefixes."""

    schemas: tuple[str, ...]
    namespaces: Mapping[str, str]


class FactView(NamedTuple):
    """A fact as the template writes it, all as text; `unit` and `decimals` are "" for a fact without them."""

    id: str
    name: str
    context: str
    unit: str
    decimals: str
    value: str


class GroupView(Struct, frozen=True):
    """A group of facts under its heading."""

    title: str
    facts: tuple[FactView, ...]


def references_of(report: Report) -> References:
    """Return the references of a report: the taxonomy, and its calculation networks that apply."""
    return References((ENTRY_POINT, *(network.schema for network in report.networks)), {PREFIX: NAMESPACE})


def qualified(name: str) -> str:
    """Return a name with its prefix: one without is a name of the taxonomy."""
    return name if ":" in name else f"{PREFIX}:{name}"


def render_instance(report: Report, references: References | None = None) -> str:
    """Return the XBRL 2.1 instance of a report, one fact a line, grouped by statement in the order printed.

    Equal reports give equal text. Characters that XML 1.0 (section 2.2) does not allow are left out. Names of the
    report that have a prefix are those of the namespaces of `references`.
    """
    references = references or references_of(report)
    contexts, units = report.contexts(), report.units()
    text = (
        template_environment("templates")
        .get_template("instance.xml.j2")
        .render(
            namespaces=references.namespaces,
            prefix=PREFIX,
            caption=CAPTION,
            qualified=qualified,
            schemas=references.schemas,
            scheme=report.entity_scheme,
            identifier=report.entity_identifier,
            contexts=tuple((name, context) for context, name in contexts.items()),
            units=tuple((name, unit) for unit, name in units.items()),
            groups=_views(report.groups, contexts, units),
            dimensional=any(context.dimensions for context in contexts),
            is_instant=lambda period: isinstance(period, Instant),
        )
    )
    return legal_xml(text)


def legal_xml(text: str) -> str:
    """Return the text without the characters that XML 1.0 (section 2.2) does not allow."""
    if text.isascii() and not text.encode().translate(None, _LEGAL):
        return text
    return _NOT_XML.sub("", text)


def lexical(value: Decimal | str | date) -> str:
    """Return a value as XML Schema writes it: a decimal without exponent, trailing zeros or `-0`; an ISO 8601 date."""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text in ("-0", "") else text
    return value.isoformat() if isinstance(value, date) else value


def _views(
    groups: tuple[Group, ...], contexts: Mapping[Context, str], units: Mapping[Unit, str]
) -> tuple[GroupView, ...]:
    views = []
    number = 0
    for group in groups:
        facts = []
        for fact in group.facts:
            number += 1
            facts.append(_view(fact, f"f{number}", contexts, units))
        views.append(GroupView(_comment(group.title), tuple(facts)))
    return tuple(views)


def _view(fact: Fact, id: str, contexts: Mapping[Context, str], units: Mapping[Unit, str]) -> FactView:
    return FactView(
        id=id,
        name=qualified(fact.concept),
        context=contexts[fact.context],
        unit=units[fact.unit] if fact.unit is not None else "",
        decimals="" if fact.decimals is None else str(fact.decimals),
        value=lexical(fact.value),
    )


def _comment(text: str) -> str:
    """Return the text for use in a comment, which must not contain two hyphens in a row (XML 1.0 section 2.5)."""
    return re.sub(r"-(?=-)", "- ", " ".join(text.split())).strip(" -")
