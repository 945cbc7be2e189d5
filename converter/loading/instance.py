"""Reports read from XBRL 2.1 instances."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from converter.loading.filing_schema import FilingSchema
from converter.loading.model import (
    Entity,
    ExpandedName,
    NotOurs,
    expanded_name,
    fact_of,
    report_of,
    taxonomy_name,
    unit_measure,
    unit_of,
)
from converter.outputs import XBRLI
from converter.report import Context, Dimension, Fact, Group, Report, Unit
from converter.taxonomy import CAPTION_AXIS
from converter.vocabulary import Duration, Instant, Period

_XBRLI = f"{{{XBRLI}}}"
_XBRLDI = "{http://xbrl.org/2006/xbrldi}"
_SCHEMA_REF = "{http://www.xbrl.org/2003/linkbase}schemaRef"
_HREF = "{http://www.w3.org/1999/xlink}href"


_MOST_PARTS = 100
"""The most elements inside a child of the root; a context with all dimensions has twelve."""


@dataclass(slots=True)
class _FactGroup:
    """The facts after a comment, which is their title ("" before the first comment)."""

    title: str
    facts: list[Fact] = field(default_factory=list)


@dataclass(slots=True)
class _Content:
    """The content of an instance so far: contexts and units by their ids, namespaces by their prefixes."""

    schema: FilingSchema | None
    namespaces: dict[str, str] = field(default_factory=dict)
    schemas: list[str] = field(default_factory=list)
    entities: set[Entity] = field(default_factory=set)
    contexts: dict[str, Context] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    groups: list[_FactGroup] = field(default_factory=lambda: [_FactGroup("")])


def read_instance(data: bytes, schema: FilingSchema | None = None) -> Report:
    """Read an instance that `render_instance` made. Raises NotOurs for any other file.

    `schema` is the filing's own, if the instance refers to one.

    Rendered again, the report gives the same characters. An instance does not contain where facts were printed, which
    statement they are of and the confidence of their mapping.
    """
    content = _Content(schema)
    try:
        text = data.decode()  # whatever encoding the declaration names
        if "<!DOCTYPE" in text:  # it may declare entities that stand for each other many times over
            raise NotOurs("an instance of this program has no document type declaration")
        _read(text, content)
    except (ElementTree.ParseError, UnicodeDecodeError) as error:
        raise NotOurs(f"not well-formed XML: {error}") from None
    if len(content.entities) != 1:
        raise NotOurs("not an instance with one entity")
    groups = [Group(group.title, None, tuple(group.facts)) for group in content.groups]
    schemas = content.schemas if schema is None else schema.networks
    return report_of(content.entities.pop(), groups, schemas)


def _read(text: str, content: _Content) -> None:
    """Read the children of the root, one after the other, so that none is kept. Raises ParseError."""
    ancestors: list[Element] = []
    parts = 0
    for event, subject in ElementTree.iterparse(io.StringIO(text), events=("start-ns", "comment", "start", "end")):
        if event == "start-ns":
            content.namespaces.setdefault(*subject)
        elif event == "comment":
            _begin_group((subject.text or "").strip(), content)
        elif event == "start":
            ancestors.append(subject)
            parts = parts + 1 if len(ancestors) > 2 else 0
            if parts > _MOST_PARTS:
                raise NotOurs("an element with more inside it than in an instance of this program")
        else:
            ancestors.pop()
            if len(ancestors) == 1:
                _collect(subject, content)
                ancestors[0].clear()


def _begin_group(title: str, content: _Content) -> None:
    if content.groups[-1].facts:
        content.groups.append(_FactGroup(title))
    else:
        content.groups[-1].title = title


def _collect(element: Element, content: _Content) -> None:
    """Add a child of the root; what it refers to stands before it."""
    if element.tag == f"{_XBRLI}context":
        content.entities.add(_entity(element))
        content.contexts[element.get("id", "")] = _context(element, content.namespaces)
    elif element.tag == f"{_XBRLI}unit":
        content.units[element.get("id", "")] = _unit(element, content.namespaces)
    elif element.tag == _SCHEMA_REF:
        content.schemas.append(element.get(_HREF, ""))
    else:
        content.groups[-1].facts.append(_fact(element, content))


def _fact(element: Element, content: _Content) -> Fact:
    name, context = _tag(element), _look_up(content.contexts, element.get("contextRef", ""))
    if content.schema is not None and name.namespace == content.schema.namespace:
        line = content.schema.lines.get(name.local)
        if line is None:
            raise NotOurs(f"the filing's schema has no {name.local} that a fact can have")
        concept, dimensions = line.concept, (Dimension(CAPTION_AXIS, text=line.caption), *context.dimensions)
        context = Context(context.period, dimensions)
    else:
        concept = taxonomy_name(name)
    return fact_of(
        concept,
        context,
        _look_up(content.units, element.get("unitRef", "")) if "unitRef" in element.attrib else None,
        element.text or "",
        element.get("decimals", ""),
    )


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
    is_ratio = element.find(f"{_XBRLI}divide") is not None
    if is_ratio != (len(names) == 2):
        raise NotOurs("a unit that is neither one measure nor a ratio of two")
    return unit_of([unit_measure(name) for name in names])


_Referenced = TypeVar("_Referenced", Context, Unit)


def _look_up(by_id: Mapping[str, _Referenced], id: str) -> _Referenced:
    if id not in by_id:
        raise NotOurs(f"nothing has the id {id!r}")
    return by_id[id]


def _tag(element: Element) -> ExpandedName:
    namespace, _, local = element.tag.removeprefix("{").rpartition("}")
    return ExpandedName(namespace, local)
