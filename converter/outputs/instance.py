"""The XBRL 2.1 instance of a report.

It is written without a template: most commands write an instance and nothing else, and Jinja takes a tenth of their
time to be imported and to compile one.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct

from converter.report import Context, Dimension, Group, Report, Unit
from converter.taxonomy import CAPTION, ENTRY_POINT, NAMESPACE, PREFIX
from converter.vocabulary import Instant

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&#39;", '"': "&#34;"})
_LEGAL = bytes([0x09, 0x0A, 0x0D, *range(0x20, 0x80)])


class References(Struct, frozen=True):
    """The schemas that a report refers to, and the namespaces of its names by their prefixes."""

    schemas: tuple[str, ...]
    namespaces: Mapping[str, str]


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
    parts = [
        *_head(references, dimensional=any(context.dimensions for context in contexts)),
        *(_context(context, name, report) for context, name in contexts.items()),
        "",
        *(_unit(unit, name) for unit, name in units.items()),
        *_groups(report.groups, contexts, units),
        "</xbrli:xbrl>\n",
    ]
    return legal_xml("\n".join(parts))


def _escaped(text: str) -> str:
    """Return a text that can have any character for use in XML."""
    return text.translate(_ESCAPES)


def _head(references: References, dimensional: bool) -> Iterator[str]:
    """Yield the root element with its namespaces, and the references to schemas."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<xbrli:xbrl'
    yield '    xmlns:iso4217="http://www.xbrl.org/2003/iso4217"'
    yield '    xmlns:link="http://www.xbrl.org/2003/linkbase"'
    for prefix, namespace in references.namespaces.items():
        yield f'    xmlns:{prefix}="{namespace}"'
    if dimensional:
        yield '    xmlns:xbrldi="http://xbrl.org/2006/xbrldi"'
    yield '    xmlns:xbrli="http://www.xbrl.org/2003/instance"'
    yield '    xmlns:xlink="http://www.w3.org/1999/xlink">'
    for schema in references.schemas:
        yield f'  <link:schemaRef xlink:type="simple" xlink:href="{_escaped(schema)}"/>'
    yield ""


def _context(context: Context, name: str, report: Report) -> str:
    period = context.period
    if isinstance(period, Instant):
        days = f"      <xbrli:instant>{period.day.isoformat()}</xbrli:instant>"
    else:
        days = f"""\
      <xbrli:startDate>{period.start.isoformat()}</xbrli:startDate>
      <xbrli:endDate>{period.end.isoformat()}</xbrli:endDate>"""
    scheme, identifier = _escaped(report.entity_scheme), _escaped(report.entity_identifier)
    scenario = ""
    if context.dimensions:
        members = "\n".join(map(_member, context.dimensions))
        scenario = f"    <xbrli:scenario>\n{members}\n    </xbrli:scenario>\n"
    return f"""\
  <xbrli:context id="{name}">
    <xbrli:entity>
      <xbrli:identifier scheme="{scheme}">{identifier}</xbrli:identifier>
    </xbrli:entity>
    <xbrli:period>
{days}
    </xbrli:period>
{scenario}  </xbrli:context>"""


def _member(dimension: Dimension) -> str:
    axis = qualified(dimension.axis)
    if dimension.member:
        return f'      <xbrldi:explicitMember dimension="{axis}">{qualified(dimension.member)}</xbrldi:explicitMember>'
    text = f"<{PREFIX}:{CAPTION}>{_escaped(dimension.text)}</{PREFIX}:{CAPTION}>"
    return f'      <xbrldi:typedMember dimension="{axis}">{text}</xbrldi:typedMember>'


def _unit(unit: Unit, name: str) -> str:
    measure = f"<xbrli:measure>{_escaped(unit.numerator)}</xbrli:measure>"
    if unit.denominator:
        denominator = f"<xbrli:measure>{_escaped(unit.denominator)}</xbrli:measure>"
        measure = f"""<xbrli:divide>
      <xbrli:unitNumerator>{measure}</xbrli:unitNumerator>
      <xbrli:unitDenominator>{denominator}</xbrli:unitDenominator>
    </xbrli:divide>"""
    return f"""\
  <xbrli:unit id="{name}">
    {measure}
  </xbrli:unit>"""


def _groups(groups: Iterable[Group], contexts: Mapping[Context, str], units: Mapping[Unit, str]) -> Iterator[str]:
    """Yield the facts, each group under its title."""
    numbers = itertools.count(1)
    for group in groups:
        yield f"\n  <!-- {_escaped(_comment(group.title))} -->"
        for fact in group.facts:
            name = qualified(fact.concept)
            decimals = "" if fact.decimals is None else fact.decimals
            unit = f' unitRef="{units[fact.unit]}" decimals="{decimals}"' if fact.unit is not None else ""
            value = lexical(fact.value) if isinstance(fact.value, Decimal) else _escaped(lexical(fact.value))
            yield f'  <{name} id="f{next(numbers)}" contextRef="{contexts[fact.context]}"{unit}>{value}</{name}>'


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


def _comment(text: str) -> str:
    """Return the text for use in a comment, which must not contain two hyphens in a row (XML 1.0 section 2.5)."""
    return re.sub(r"-(?=-)", "- ", " ".join(text.split())).strip(" -")
