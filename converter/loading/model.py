"""Facts and reports made from text: what the readers of all formats share."""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from converter.outputs import ISO4217, XBRLI
from converter.report import Context, Fact, Group, Report, Summary, Unit, layout_of_groups
from converter.taxonomy import CAPTION_AXIS, GENERAL_LINE_ITEMS, NAMESPACE, PREFIX, SHARED, Concept, load_taxonomy

LARGEST = 32 << 20
"""The most bytes that a compressed report may unpack to: some two hundred thousand facts."""

_PREFIXES = {ISO4217: "iso4217", XBRLI: "xbrli", NAMESPACE: PREFIX}
# Without an exponent, as XML Schema writes decimals: the digits of 1e999999999 would fill the memory.
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DECIMALS = re.compile(r"[+-]?[0-9]{1,9}")
_LONGEST_REASON = 1000


class NotOurs(ValueError):  # noqa: N818 - named for what it says, as NotAReport is
    """The file is not one that this program writes, or is damaged; the message is one line that says why."""

    def __init__(self, reason: str) -> None:
        line = " ".join(reason.split())  # it may quote what is in the file
        super().__init__(line if len(line) <= _LONGEST_REASON else f"{line[:_LONGEST_REASON]}…")


class ExpandedName(NamedTuple):
    """A name with its namespace ("" for none)."""

    namespace: str
    local: str


class Entity(NamedTuple):
    """The entity that a report is about."""

    scheme: str
    identifier: str


def expanded_name(text: str, namespaces: Mapping[str, str]) -> ExpandedName:
    """Return the expanded name of `prefix:local`. Raises NotOurs when the prefix is not declared."""
    prefix, _, local = text.strip().rpartition(":")
    if prefix not in namespaces:
        raise NotOurs(f"the prefix of {text.strip()!r} is not declared")
    return ExpandedName(namespaces[prefix], local)


def taxonomy_name(name: ExpandedName) -> str:
    """Return the name of a concept of this program's taxonomy, also if it has that of US-GAAP or DEI.

    Raises NotOurs for one of another taxonomy.
    """
    if name.namespace == NAMESPACE:
        return name.local
    concept = _shared_names().get(name)
    if concept is None:
        raise NotOurs(f"{name.local} is not of this taxonomy but of {name.namespace or 'none'}")
    return concept


@cache
def _shared_names() -> Mapping[ExpandedName, str]:
    """Return the names of the concepts by those that they have in other vocabularies."""
    return {
        ExpandedName(vocabulary.namespace, name): concept.name
        for vocabulary in SHARED
        for concept in load_taxonomy().concepts.values()
        if (name := vocabulary.name_of(concept))
    }


def unit_measure(name: ExpandedName) -> str:
    """Return a measure as a Unit has it, e.g. `iso4217:USD` or `xbrli:shares`. Raises NotOurs for other namespaces."""
    if name.namespace not in _PREFIXES:
        raise NotOurs(f"a measure {name.local} of {name.namespace or 'no namespace'}")
    return f"{_PREFIXES[name.namespace]}:{name.local}"


def unit_of(measures: Sequence[str]) -> Unit:
    """Return the unit of one measure, or the ratio of two. Raises NotOurs for any other number of them."""
    if len(measures) not in (1, 2):
        raise NotOurs("a unit that is neither one measure nor a ratio of two")
    return Unit(*measures)


def fact_of(name: str, context: Context, unit: Unit | None, text: str, decimals: str) -> Fact:
    """Return the fact of a concept (`name`) with a value and decimals ("": none) given as text.

    Its label is the caption of a general line item, else the label of the concept. Raises NotOurs for an unknown
    concept or a value that is not of its type.
    """
    concept = _concept(name)
    if concept.numeric != (unit is not None):
        raise NotOurs(f"a fact of {name} with{'out' if unit is None else ''} a unit")
    captions = [dimension.text for dimension in context.dimensions if dimension.axis == CAPTION_AXIS]
    label = captions[0] if captions else concept.label
    return Fact(name, context, unit, _value(concept, text), _decimals(concept, decimals), None, label)


def report_of(entity: Entity, groups: Iterable[Group], schemas: Iterable[str] = ()) -> Report:
    """Return a report with these facts; `schemas` are those it refers to, the ones of its networks among them.

    Its summary has only the counts that follow from the facts: it counts no sums.
    """
    groups, schemas = tuple(group for group in groups if group.facts), set(schemas)
    networks = tuple(network for network in load_taxonomy().calculations if network.schema in schemas)
    layout = tuple(layout_of_groups(groups))
    return Report(entity.scheme, entity.identifier, groups, networks, _summary(groups), (), layout=layout)


def _summary(groups: Sequence[Group]) -> Summary:
    numeric = [fact for group in groups for fact in group.facts if fact.unit is not None]
    return Summary(
        statements=sum(any(fact.unit is not None for fact in group.facts) for group in groups),
        periods=len({fact.context.period for fact in numeric}),
        figures=len(numeric),
        mapped=sum(fact.concept not in GENERAL_LINE_ITEMS for fact in numeric),
        sums=0,
        sums_holding=0,
    )


def _concept(name: str) -> Concept:
    concept = load_taxonomy().concepts.get(name)
    if concept is None or concept.abstract:
        raise NotOurs(f"the taxonomy has no concept {name} that a fact can have")
    return concept


def _value(concept: Concept, text: str) -> Decimal | str | date:
    if concept.numeric:
        if _NUMBER.fullmatch(text):
            return Decimal(text)
    elif concept.type == "date":
        with suppress(ValueError):
            return date.fromisoformat(text)
    else:
        return text
    raise NotOurs(f"{text!r} is no value of {concept.name}")


def _decimals(concept: Concept, text: str) -> int | None:
    if not concept.numeric:
        return None
    if not _DECIMALS.fullmatch(text):
        raise NotOurs(f"a fact of {concept.name} with decimals {text!r}")
    return int(text)
