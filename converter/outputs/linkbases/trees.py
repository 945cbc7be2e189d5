"""The roles of a filing: for each statement a presentation tree in printed order, and the sums that apply to it."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from converter.outputs.linkbases.dimensions import AxisTree, axis_trees
from converter.outputs.linkbases.labels import Labels
from converter.outputs.linkbases.names import Names
from converter.outputs.linkbases.printed import ShownRow, ShownStatement
from converter.report import Fact
from converter.taxonomy import GENERAL_LINE_ITEMS, ROOT, Network, load_taxonomy

_WORD = re.compile(r"[A-Za-z0-9]+")
_LONGEST_ID = 80


class Arc(Struct, frozen=True):
    """A relationship between two qualified names; `locator` is the XLink label of the child's own locator."""

    parent: str
    child: str
    locator: str
    order: int
    preferred: str = ""
    weight: int = 0


class Role(Struct, frozen=True):
    """An extended link role: `arcs` are those of the presentation, `sums` those of the calculation.

    `table` is the name of the hypercube, "" without dimensions; `line_items` is above the rows, `axes` are below it.
    """

    id: str
    uri: str
    definition: str
    root: str
    arcs: tuple[Arc, ...] = ()
    sums: tuple[Arc, ...] = ()
    table: str = ""
    line_items: str = ""
    axes: tuple[AxisTree, ...] = ()
    items: tuple[str, ...] = ()


class _Tree:
    """The arcs of a presentation tree, in the order in which they are added."""

    def __init__(self) -> None:
        self.arcs: list[Arc] = []
        self._children: dict[str, int] = {}
        self._places: dict[str, int] = {}

    def add(self, parent: str, child: str, preferred: str = "") -> None:
        self._children[parent] = order = self._children.get(parent, 0) + 1
        self._places[child] = place = self._places.get(child, 0) + 1
        label = child.replace(":", "_")
        self.arcs.append(Arc(parent, child, label if place == 1 else f"{label}_{place}", order, preferred))


def roles_of(
    statements: Sequence[ShownStatement], facts: Sequence[Fact], filed: Sequence[Fact], names: Names, labels: Labels
) -> Iterator[Role]:
    """Yield a role for each statement; `filed` are the facts with qualified names, `facts` those of the report.

    Gives `names` the filing's headings and `labels` the captions.
    """
    taken: set[str] = set()
    for number, statement in enumerate(statements, 1):
        title = statement.title
        role_id = _id(title, taken)
        tree = _Tree()
        root = _root(statement, role_id, names, labels)
        axes = axis_trees([filed[fact].context for row in statement.rows for fact in row.facts], names, labels)
        table = line_items = ""
        if axes:
            table, line_items = _add_table(tree, root, axes, title, role_id, names, labels)
        _add_rows(tree, line_items or root, statement.rows, filed, names, labels)
        items = dict.fromkeys(filed[fact].concept for row in statement.rows for fact in row.facts)
        _document(statement.rows, facts, filed, labels)
        yield Role(
            id=role_id,
            uri=f"{names.vocabulary.namespace}/role/{role_id}",
            definition=f"{number:08} - {statement.sort} - {title}",
            root=root,
            arcs=tuple(tree.arcs),
            table=table,
            line_items=line_items,
            axes=axes,
            items=tuple(items),
        )


def _id(title: str, taken: set[str]) -> str:
    stem = "".join(word[0].upper() + word[1:].lower() for word in _WORD.findall(title))[:_LONGEST_ID] or "Statement"
    stem = stem if stem[0].isalpha() else f"N{stem}"
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem}{number}"
    taken.add(name)
    return name


def _root(statement: ShownStatement, id: str, names: Names, labels: Labels) -> str:
    """Return the concept on top: that of the statement's kind, or for what stands beside statements its title."""
    if statement.sort == "Disclosure":
        root = names.heading(statement.title, f"{id} root")
        labels.add(root, statement.title)
        return root
    taxonomy = load_taxonomy()
    tree = statement.kind.value if statement.kind else "cover"
    (name,) = taxonomy.children[tree][ROOT]
    root = names.concept(name)
    labels.add(root, taxonomy.concepts[name].label)
    return root


def _add_table(
    tree: _Tree, root: str, axes: Sequence[AxisTree], title: str, id: str, names: Names, labels: Labels
) -> tuple[str, str]:
    table, line_items = names.heading(title, id, "table"), names.heading(title, id, "line items")
    labels.add(table, f"{title} [Table]")
    labels.add(line_items, f"{title} [Line Items]")
    tree.add(root, table)
    for axis in axes:
        tree.add(table, axis.axis)
        if axis.domain:
            tree.add(axis.axis, axis.domain)
        for member in axis.members:
            tree.add(axis.domain, member)
    tree.add(table, line_items)
    return table, line_items


def _add_rows(
    tree: _Tree, top: str, rows: Sequence[ShownRow], filed: Sequence[Fact], names: Names, labels: Labels
) -> None:
    """Add the rows below their headings; a heading that is printed again after others is another element."""
    open_headings: list[tuple[str, str]] = []  # their texts and names
    occurrences: dict[str, int] = {}
    for row in rows:
        depth = 0
        while depth < min(len(open_headings), len(row.headings)) and open_headings[depth][0] == row.headings[depth]:
            depth += 1
        del open_headings[depth:]
        for text in row.headings[depth:]:
            occurrences[text] = occurrences.get(text, 0) + 1
            name = names.heading(text, f"{occurrences[text]} {text}")
            labels.add(name, text)
            tree.add(open_headings[-1][1] if open_headings else top, name)
            open_headings.append((text, name))
        concept = filed[row.facts[0]].concept
        role = labels.role(concept, row.caption, row.nature, row.negated)
        tree.add(open_headings[-1][1] if open_headings else top, concept, role)


def _document(rows: Sequence[ShownRow], facts: Sequence[Fact], filed: Sequence[Fact], labels: Labels) -> None:
    concepts = load_taxonomy().concepts
    for row in rows:
        fact = facts[row.facts[0]]
        if fact.concept not in GENERAL_LINE_ITEMS:
            labels.add(filed[row.facts[0]].concept, row.caption, concepts[fact.concept].documentation)


def with_sums(
    roles: Sequence[Role], networks: Sequence[Network], reported: Mapping[str, str], namespace: str
) -> Iterator[Role]:
    """Yield the roles with the sums that apply, each in the first role that prints its total.

    `reported` maps the names of the concepts that have facts to their qualified names. A total that adds up in several
    ways has a further role for each of the others, so that no two are taken for one.
    """
    sums: dict[str, list[Arc]] = {role.id: [] for role in roles}
    further: list[Role] = []
    for network in networks:
        total = reported[network.total]
        arcs = [
            Arc(total, part, part.replace(":", "_"), order, "", weight)
            for order, (part, weight) in enumerate(
                ((reported[name], weight) for name, weight in network.parts.items() if name in reported), 1
            )
        ]
        home = next((role for role in roles if total in role.items), None)
        if home is not None and all(arc.parent != total for arc in sums[home.id]):
            sums[home.id] += arcs
        else:
            role_id = f"Sum{len(further) + 1}"
            definition = f"{len(roles) + len(further) + 1:08} - Disclosure - Sum of {network.total}"
            further.append(Role(role_id, f"{namespace}/role/{role_id}", definition, total, sums=tuple(arcs)))
    for role in roles:
        yield Role(role.id, role.uri, role.definition, role.root, role.arcs, tuple(_located(sums[role.id])),
                   role.table, role.line_items, role.axes, role.items)  # fmt: skip
    yield from further


def _located(arcs: Sequence[Arc]) -> Iterator[Arc]:
    """Yield the arcs with a locator for each child of a parent."""
    seen: dict[str, int] = {}
    for arc in arcs:
        seen[arc.child] = place = seen.get(arc.child, 0) + 1
        label = arc.child.replace(":", "_")
        yield Arc(arc.parent, arc.child, label if place == 1 else f"{label}_{place}", arc.order, "", arc.weight)
