"""Text of a file of facts -> Fact, Report: what every kind of file shares."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from converter.outputs import ISO4217, XBRLI
from converter.report import Context, Fact, Group, Report, Summary, Unit
from converter.taxonomy import CAPTION_AXIS, GENERAL_LINE_ITEMS, NAMESPACE, PREFIX, Concept, load_taxonomy

_PREFIXES = {ISO4217: "iso4217", XBRLI: "xbrli", NAMESPACE: PREFIX}


class NotOurs(ValueError):  # noqa: N818 - named for what it says, as NotAReport is
    """The file is none that this program could have written; the message is one line that says why."""


Name = tuple[str, str]
"""An expanded name: namespace and local name."""


def expanded(text: str, namespaces: Mapping[str, str]) -> Name:
    """`prefix:local` as an expanded name. Raises NotOurs when the prefix is not declared."""
    prefix, _, local = text.strip().rpartition(":")
    if prefix not in namespaces:
        raise NotOurs(f"the prefix of {text.strip()!r} is not declared")
    return namespaces[prefix], local


def own_name(name: Name) -> str:
    """The local name of a thing of this program's taxonomy. Raises NotOurs for one of another's."""
    namespace, local = name
    if namespace != NAMESPACE:
        raise NotOurs(f"{local} is not of this taxonomy but of {namespace or 'none'}")
    return local


def measure(name: Name) -> str:
    """A measure as a Unit has it: `iso4217:USD`, `xbrli:shares`. Raises NotOurs for any other kind."""
    namespace, local = name
    if namespace not in _PREFIXES:
        raise NotOurs(f"a measure {local} of {namespace or 'no namespace'}")
    return f"{_PREFIXES[namespace]}:{local}"


def fact_of(concept: str, context: Context, unit: Unit | None, text: str, decimals: str) -> Fact:
    """A fact from the text of its value and its decimals ("": none); the type of the concept says what it is.

    Its label is the caption of a general line item, else the concept's own. Raises NotOurs for an unknown concept
    or a value that is not of its type.
    """
    known = _concept(concept)
    if known.numeric != (unit is not None):
        raise NotOurs(f"a fact of {concept} with{'out' if unit is None else ''} a unit")
    captions = [dimension.text for dimension in context.dimensions if dimension.axis == CAPTION_AXIS]
    label = captions[0] if captions else known.label
    return Fact(concept, context, unit, _value(known, text), _decimals(known, decimals), None, label)


def report_of(scheme: str, identifier: str, groups: Iterable[Group], schemas: Iterable[str] = ()) -> Report:
    """A report of these facts; `schemas` are what an instance refers to, those of calculation networks among them.

    Its summary counts what the facts tell: no sums.
    """
    groups, wanted = tuple(group for group in groups if group.facts), set(schemas)
    networks = tuple(network for network in load_taxonomy().calculations if network.schema in wanted)
    return Report(scheme, identifier, groups, networks, _summary(groups), ())


def _summary(groups: Sequence[Group]) -> Summary:
    numbers = [fact for group in groups for fact in group.facts if fact.unit is not None]
    return Summary(
        statements=sum(any(fact.unit is not None for fact in group.facts) for group in groups),
        periods=len({fact.context.period for fact in numbers}),
        figures=len(numbers),
        mapped=sum(fact.concept not in GENERAL_LINE_ITEMS for fact in numbers),
        sums=0,
        sums_holding=0,
    )


def _concept(name: str) -> Concept:
    concept = load_taxonomy().concepts.get(name)
    if concept is None or concept.abstract:
        raise NotOurs(f"the taxonomy has no concept {name} that a fact can have")
    return concept


def _value(concept: Concept, text: str) -> Decimal | str | date:
    try:
        if concept.numeric:
            number = Decimal(text)
            if number.is_finite():
                return number
        elif concept.type == "date":
            return date.fromisoformat(text)
        else:
            return text
    except (InvalidOperation, ValueError):
        pass
    raise NotOurs(f"{text!r} is no value of {concept.name}")


def _decimals(concept: Concept, text: str) -> int | None:
    if not concept.numeric:
        return None
    try:
        return int(text)
    except ValueError:
        raise NotOurs(f"a fact of {concept.name} with decimals {text!r}") from None
