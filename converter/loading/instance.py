"""XBRL 2.1 instance -> Report."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from converter.loading.model import NotOurs, expanded, fact_of, measure, own_name, report_of
from converter.outputs import XBRLI
from converter.report import Context, Dimension, Group, Report, Unit
from converter.vocabulary import Duration, Instant, Period

_XBRLI = f"{{{XBRLI}}}"
_XBRLDI = "{http://xbrl.org/2006/xbrldi}"
_SCHEMA_REF = "{http://www.xbrl.org/2003/linkbase}schemaRef"
_HREF = "{http://www.w3.org/1999/xlink}href"


@dataclass(slots=True)
class _Parts:
    """What stands in an instance, in its order; `facts` are (title, elements): a comment starts a group."""

    namespaces: dict[str, str] = field(default_factory=dict)
    schemas: list[str] = field(default_factory=list)
    contexts: dict[str, Element] = field(default_factory=dict)
    units: dict[str, Element] = field(default_factory=dict)
    groups: list[tuple[str, list[Element]]] = field(default_factory=lambda: [("", [])])


def read_instance(data: bytes) -> Report:
    """Read an instance that `render_instance` made. Raises NotOurs for any other file.

    Rendered again it is the same, character for character. Where facts were printed, which statement they are of
    and how sure their mapping was is not written in it.
    """
    parts = _parts(data)
    entities = {_entity(context) for context in parts.contexts.values()}
    if len(entities) != 1:
        raise NotOurs("not an instance with one entity")
    contexts = {name: _context(element, parts.namespaces) for name, element in parts.contexts.items()}
    units = {name: _unit(element, parts.namespaces) for name, element in parts.units.items()}
    groups = []
    for title, elements in parts.groups:
        facts = [
            fact_of(
                own_name(_tag(element)),
                _found(contexts, element.get("contextRef", "")),
                _found(units, element.get("unitRef", "")) if "unitRef" in element.attrib else None,
                element.text or "",
                element.get("decimals", ""),
            )
            for element in elements
        ]
        groups.append(Group(title, None, tuple(facts)))
    return report_of(*entities.pop(), groups, parts.schemas)


def _parts(data: bytes) -> _Parts:
    parts = _Parts()
    try:
        for event, thing in ElementTree.iterparse(io.BytesIO(data), events=("start-ns", "comment", "end")):
            if event == "start-ns":
                parts.namespaces.setdefault(*thing)
            elif event == "comment":
                parts.groups.append(((thing.text or "").strip(), []))
            else:
                _collect(thing, parts)
    except ElementTree.ParseError as problem:
        raise NotOurs(f"not well-formed XML: {problem}") from None
    return parts


def _collect(element: Element, parts: _Parts) -> None:
    if element.tag == f"{_XBRLI}context":
        parts.contexts[element.get("id", "")] = element
    elif element.tag == f"{_XBRLI}unit":
        parts.units[element.get("id", "")] = element
    elif element.tag == _SCHEMA_REF:
        parts.schemas.append(element.get(_HREF, ""))
    elif "contextRef" in element.attrib:
        parts.groups[-1][1].append(element)


def _entity(context: Element) -> tuple[str, str]:
    identifier = context.find(f"{_XBRLI}entity/{_XBRLI}identifier")
    if identifier is None:
        raise NotOurs("a context without an entity")
    return identifier.get("scheme", ""), (identifier.text or "").strip()


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
        raise NotOurs(f"a context whose period is not one or two days: {instant or f'{start} {end}'}") from None


def _dimensions(context: Element, namespaces: Mapping[str, str]) -> Iterator[Dimension]:
    for element in context.iterfind(f"{_XBRLI}scenario/*"):
        axis = own_name(expanded(element.get("dimension", ""), namespaces))
        if element.tag == f"{_XBRLDI}explicitMember":
            yield Dimension(axis, member=own_name(expanded(element.text or "", namespaces)))
        else:
            yield Dimension(axis, text="".join(element.itertext()))


def _unit(element: Element, namespaces: Mapping[str, str]) -> Unit:
    measures = [measure(expanded(found.text or "", namespaces)) for found in element.iter(f"{_XBRLI}measure")]
    divided = element.find(f"{_XBRLI}divide") is not None
    if len(measures) != 1 + divided:
        raise NotOurs("a unit of more measures than one, or two divided")
    return Unit(*measures)


_Thing = TypeVar("_Thing", Context, Unit)


def _found(things: Mapping[str, _Thing], id: str) -> _Thing:
    if id not in things:
        raise NotOurs(f"nothing has the id {id!r}")
    return things[id]


def _tag(element: Element) -> tuple[str, str]:
    namespace, _, local = element.tag.removeprefix("{").rpartition("}")
    return namespace, local
