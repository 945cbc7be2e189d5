"""Reports read from XBRL 2.1 instances."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from converter.loading.model import (
    Entity,
    ExpandedName,
    NotOurs,
    expanded_name,
    fact_of,
    report_of,
    taxonomy_name,
    unit_measure,
)
from converter.outputs import XBRLI
from converter.report import Context, Dimension, Fact, Group, Report, Unit
from converter.vocabulary import Duration, Instant, Period

_XBRLI = f"{{{XBRLI}}}"
_XBRLDI = "{http://xbrl.org/2006/xbrldi}"
_SCHEMA_REF = "{http://www.xbrl.org/2003/linkbase}schemaRef"
_HREF = "{http://www.w3.org/1999/xlink}href"


@dataclass(slots=True)
class _FactGroup:
    """The elements of facts after a comment, which is their title ("" before the first comment)."""

    title: str
    facts: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class _Content:
    """The content of an instance, in document order: contexts and units by their ids, namespaces by their prefixes."""

    namespaces: dict[str, str] = field(default_factory=dict)
    schemas: list[str] = field(default_factory=list)
    contexts: dict[str, Element] = field(default_factory=dict)
    units: dict[str, Element] = field(default_factory=dict)
    groups: list[_FactGroup] = field(default_factory=lambda: [_FactGroup("")])


def read_instance(data: bytes) -> Report:
    """Read an instance that `render_instance` made. Raises NotOurs for any other file.

    Rendered again, the report gives the same characters. An instance does not contain where facts were printed, which
    statement they are of and the confidence of their mapping.
    """
    content = _parse(data)
    entities = {_entity(context) for context in content.contexts.values()}
    if len(entities) != 1:
        raise NotOurs("not an instance with one entity")
    contexts = {key: _context(element, content.namespaces) for key, element in content.contexts.items()}
    units = {key: _unit(element, content.namespaces) for key, element in content.units.items()}
    groups = [
        Group(group.title, None, tuple(_fact(element, contexts, units) for element in group.facts))
        for group in content.groups
    ]
    return report_of(entities.pop(), groups, content.schemas)


def _fact(element: Element, contexts: Mapping[str, Context], units: Mapping[str, Unit]) -> Fact:
    return fact_of(
        taxonomy_name(_tag(element)),
        _look_up(contexts, element.get("contextRef", "")),
        _look_up(units, element.get("unitRef", "")) if "unitRef" in element.attrib else None,
        element.text or "",
        element.get("decimals", ""),
    )


def _parse(data: bytes) -> _Content:
    content = _Content()
    try:
        for event, subject in ElementTree.iterparse(io.BytesIO(data), events=("start-ns", "comment", "end")):
            if event == "start-ns":
                content.namespaces.setdefault(*subject)
            elif event == "comment":
                content.groups.append(_FactGroup((subject.text or "").strip()))
            else:
                _collect(subject, content)
    except ElementTree.ParseError as error:
        raise NotOurs(f"not well-formed XML: {error}") from None
    return content


def _collect(element: Element, content: _Content) -> None:
    if element.tag == f"{_XBRLI}context":
        content.contexts[element.get("id", "")] = element
    elif element.tag == f"{_XBRLI}unit":
        content.units[element.get("id", "")] = element
    elif element.tag == _SCHEMA_REF:
        content.schemas.append(element.get(_HREF, ""))
    elif "contextRef" in element.attrib:
        content.groups[-1].facts.append(element)


def _entity(context: Element) -> Entity:
    identifier = context.find(f"{_XBRLI}entity/{_XBRLI}identifier")
    if identifier is None:
        raise NotOurs("a context without an entity")
    return Entity(identifier.get("scheme", ""), (identifier.text or "").strip())


def _context(element: Element, namespaces: Mapping[str, str]) -> Context:
    return Context(_period(element), tuple(_dimensions(element, namespaces)))


def _period(context: Element) -> Period:
    instant, start, end = (
        context.findtext(f"{_XBRLI}period/{_XBRLI}{name}", "").strip() for name in ("instant", "startDate", "endDate")
    )
    try:
        if instant:
            return Instant(date.fromisoformat(instant))
        return Duration(date.fromisoformat(start), date.fromisoformat(end))
    except ValueError:
        raise NotOurs(
            f"a context whose period is neither an instant nor a duration: {instant or f'{start} {end}'}"
        ) from None


def _dimensions(context: Element, namespaces: Mapping[str, str]) -> Iterator[Dimension]:
    for element in context.iterfind(f"{_XBRLI}scenario/*"):
        axis = taxonomy_name(expanded_name(element.get("dimension", ""), namespaces))
        if element.tag == f"{_XBRLDI}explicitMember":
            yield Dimension(axis, member=taxonomy_name(expanded_name(element.text or "", namespaces)))
        else:
            yield Dimension(axis, text="".join(element.itertext()))


def _unit(element: Element, namespaces: Mapping[str, str]) -> Unit:
    names = [expanded_name(each.text or "", namespaces) for each in element.iter(f"{_XBRLI}measure")]
    measures = [unit_measure(name) for name in names]
    is_ratio = element.find(f"{_XBRLI}divide") is not None
    if len(measures) != 1 + is_ratio:
        raise NotOurs("a unit that is neither one measure nor a ratio of two")
    return Unit(*measures)


_Referenced = TypeVar("_Referenced", Context, Unit)


def _look_up(by_id: Mapping[str, _Referenced], id: str) -> _Referenced:
    if id not in by_id:
        raise NotOurs(f"nothing has the id {id!r}")
    return by_id[id]


def _tag(element: Element) -> ExpandedName:
    namespace, _, local = element.tag.removeprefix("{").rpartition("}")
    return ExpandedName(namespace, local)
