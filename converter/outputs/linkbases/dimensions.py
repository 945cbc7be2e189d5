"""The dimensions of a filing's facts: the axes and members that it uses, and the tables that its facts fit into."""

from collections.abc import Sequence

from msgspec import Struct

from converter.outputs.linkbases.labels import Labels
from converter.outputs.linkbases.names import Names
from converter.report import Context, Fact
from converter.taxonomy import AXES, TYPED_AXES, load_taxonomy


class AxisTree(Struct, frozen=True):
    """An axis with the members in use, all as qualified names; a typed axis has no domain and no members."""

    axis: str
    domain: str = ""
    default: str = ""
    members: tuple[str, ...] = ()


class Table(Struct, frozen=True):
    """A hypercube over the whole filing: facts of `items` may have these axes, and need those that are typed."""

    number: int
    axes: tuple[AxisTree, ...]
    items: tuple[str, ...]


def axis_trees(contexts: Sequence[Context], names: Names, labels: Labels) -> tuple[AxisTree, ...]:
    """Return the axes that contexts with qualified names use, with the members in use, in the order of the taxonomy."""
    used: dict[str, dict[str, None]] = {}
    for context in contexts:
        for dimension in context.dimensions:
            used.setdefault(dimension.axis, {})[dimension.member] = None
    taxonomy = load_taxonomy()
    children = taxonomy.children["other"]
    trees = []
    for name in AXES:
        axis = names.concept(name)
        if axis not in used:
            continue
        labels.add(axis, taxonomy.concepts[name].label)
        if name in TYPED_AXES:
            trees.append(AxisTree(axis))
            continue
        (domain,) = children[name]
        in_use = tuple(member for member in children[domain] if names.concept(member) in used[axis])
        # The taxonomy has a member for what is as reported; of the other axes, the whole is the domain.
        default = children[domain][0] if domain == "ReportingBasisDomain" else domain
        for member in (domain, default, *in_use):
            labels.add(names.concept(member), taxonomy.concepts[member].label)
        shown = (default, *in_use) if default != domain else in_use
        trees.append(AxisTree(axis, names.concept(domain), names.concept(default), tuple(map(names.concept, shown))))
    return tuple(trees)


def tables_of(facts: Sequence[Fact], names: Names, labels: Labels) -> tuple[Table, ...]:
    """Return the tables that all facts with qualified names fit into, none if none has a dimension.

    A typed axis has no default, so facts with one have a table of their own.
    """
    if not any(fact.context.dimensions for fact in facts):
        return ()
    explicit = tuple(tree for tree in axis_trees([fact.context for fact in facts], names, labels) if tree.domain)
    items: dict[tuple[str, ...], dict[str, None]] = {(): {}}
    for fact in facts:
        typed = tuple(dimension.axis for dimension in fact.context.dimensions if not dimension.member)
        items.setdefault(typed, {})[fact.concept] = None
        items[()][fact.concept] = None
    return tuple(
        Table(number, (*explicit, *map(AxisTree, typed)), tuple(of_table))
        for number, (typed, of_table) in enumerate(items.items(), 1)
    )
