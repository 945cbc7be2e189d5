"""The table of concepts, `taxonomy/concepts.csv`: the one place where a person edits the taxonomy."""

import csv
import functools
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from msgspec import Struct

from converter.resources import resource

BASE_URL = "http://text-to-xbrl.example/taxonomy/2026/"  # .example never resolves (RFC 2606): the catalog maps it
NAMESPACE = BASE_URL.rstrip("/")
PREFIX = "ttx"
ENTRY_POINT = BASE_URL + "ttx-2026.xsd"

CAPTION_AXIS = "CaptionAxis"
CAPTION = "Caption"  # the typed domain of CaptionAxis: an element of type xs:string
REPORTING_BASIS_AXIS = "ReportingBasisAxis"
PART_AXIS = "PartAxis"
CLASS_OF_STOCK_AXIS = "StatementClassOfStockAxis"
EQUITY_COMPONENTS_AXIS = "StatementEquityComponentsAxis"
COMPONENT_AXIS = "EquityComponentAxis"
OTHER_COMPONENT = "OtherEquityComponentMember"  # what COMPONENT_AXIS names
AXES = (CAPTION_AXIS, REPORTING_BASIS_AXIS, PART_AXIS, CLASS_OF_STOCK_AXIS, EQUITY_COMPONENTS_AXIS, COMPONENT_AXIS)
"""All axes, in the order in which a context has them."""
TYPED_AXES = frozenset({CAPTION_AXIS, PART_AXIS, COMPONENT_AXIS})
"""The axes set to printed text."""

COLUMNS = (
    *("name", "type", "balance", "period"),
    *("bs", "is", "cf", "cover", "other", "industry", "sums"),
    *("label", "total_label", "negated_label", "terse_label", "documentation", "us_gaap"),
    *("eq", "ci"),
)
_LAST_TREES = ("eq", "ci")  # the last columns, which a row may leave out
TREES = ("bs", "is", "cf", "cover", "other", *_LAST_TREES)
_TREE_COLUMNS = tuple((tree, COLUMNS.index(tree)) for tree in TREES)
ROOT = "ROOT"  # the parent of a tree's topmost rows

ITEM_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "monetary": "monetaryItemType",
        "shares": "sharesItemType",
        "perShare": "perShareItemType",
        "pure": "pureItemType",
        "percent": "percentItemType",
        "string": "stringItemType",
        "date": "dateItemType",
        "monthDay": "gMonthDayItemType",
        "abstract": "stringItemType",
        "table": "stringItemType",
        "axis": "stringItemType",
        "typedAxis": "stringItemType",
        "member": "stringItemType",
    }
)
NUMERIC_TYPES = frozenset({"monetary", "shares", "perShare", "pure", "percent"})
_WEIGHTS = {"+1": 1, "-1": -1}
_ABSTRACT_TYPES = frozenset({"abstract", "table", "axis", "typedAxis", "member"})


class TaxonomyError(ValueError):
    """The table of concepts contradicts itself or XBRL; the message names the row and what to correct."""


class Concept(Struct, frozen=True):
    """One row of the table.

    `type` is a key of ITEM_TYPES; `balance` is "debit", "credit" or "", `period_type` "instant" or "duration".
    `statements` maps each tree that the concept is in (see TREES) to the name of its parent there; `industry` is empty
    for a concept of general use. The labels other than `label` and `us_gaap` (the US-GAAP element of 2009-2012 with the
    same meaning) are "" if there is none.
    """

    name: str
    type: str
    balance: str
    period_type: str
    statements: Mapping[str, str]
    industry: tuple[str, ...]
    label: str
    total_label: str
    negated_label: str
    terse_label: str
    documentation: str
    us_gaap: str

    @property
    def item_type(self) -> str:
        """Local name of the XBRL item type, e.g. "monetaryItemType"."""
        return ITEM_TYPES[self.type]

    @property
    def abstract(self) -> bool:
        """Whether no fact can have the concept: headings, and the tables, axes and members of dimensions."""
        return self.type in _ABSTRACT_TYPES

    @property
    def numeric(self) -> bool:
        """Whether facts of the concept are numbers with a unit."""
        return self.type in NUMERIC_TYPES


class Network(Struct, frozen=True):
    """A way to add up a total: a calculation network with an extended link role of its own.

    `id` is "Total" or "Total.variant"; `parts` maps each part's name to its weight, +1 or -1.
    """

    id: str
    total: str
    parts: Mapping[str, int]

    @property
    def role(self) -> str:
        """URI of the network's extended link role."""
        return f"{BASE_URL}role/calculation/{self.id}"

    @property
    def schema(self) -> str:
        """URL of the schema that an instance refers to with a `link:schemaRef` to have this sum checked.

        Not a `link:linkbaseRef` to the linkbase, because the Open Information Model does not support them
        (xbrlxe:unsupportedLinkbaseReference): its `taxonomy` is a list of schemas.
        """
        return f"{BASE_URL}calculation/{self.id}.xsd"


class Taxonomy(Struct, frozen=True):
    """The concepts, calculation networks and presentation trees of the table.

    `concepts` are by name, in the order of the table; `calculations` are in the order of their totals. `children` maps
    each tree to the children of each parent, `ranks` each tree to the position of each concept when the tree is
    printed from top to bottom, from 0.
    """

    concepts: Mapping[str, Concept]
    calculations: tuple[Network, ...]
    children: Mapping[str, Mapping[str, Sequence[str]]]
    ranks: Mapping[str, Mapping[str, int]]


@functools.cache
def load_taxonomy() -> Taxonomy:
    """Read the shipped table, once per process."""
    with resource("taxonomy/concepts.csv").open(encoding="utf-8", newline="") as file:
        return parse_table(csv.reader(file))


class _Position(NamedTuple):
    """The position of a concept in a tree: below `parent`, and before `sibling` ("": after the earlier children)."""

    name: str
    parent: str
    sibling: str


class _Membership(NamedTuple):
    """A network that a concept is part of, and its weight there, +1 or -1."""

    network: str
    weight: int


def parse_table(rows: Iterable[Sequence[str]]) -> Taxonomy:
    """Make the taxonomy from the rows of the table, the header first.

    Raises TaxonomyError for a table that cannot be read; `converter.taxonomy.rules` checks the rest.
    """
    table = list(rows)
    if not table or tuple(table[0]) != COLUMNS:
        raise TaxonomyError(f"the table's header must be {','.join(COLUMNS)}")
    concepts: dict[str, Concept] = {}
    memberships: dict[str, tuple[_Membership, ...]] = {}
    positions: dict[str, list[_Position]] = {tree: [] for tree in TREES}
    for number, row in enumerate(table[1:], 2):
        if len(row) < len(COLUMNS):
            row = [*row, *[""] * min(len(COLUMNS) - len(row), len(_LAST_TREES))]
        if len(row) != len(COLUMNS):
            raise TaxonomyError(f"row {number} has {len(row)} cells, not {len(COLUMNS)}")
        name = row[0]
        if name in concepts:
            raise TaxonomyError(f"row {number}: a second {name}")
        tree_positions = _tree_positions(row)
        concepts[name] = _concept(row, {tree: position.parent for tree, position in tree_positions.items()})
        for tree, position in tree_positions.items():
            positions[tree].append(position)
        if row[10]:
            memberships[name] = _memberships(name, row[10], memberships)
    children = {tree: _children(tree_positions) for tree, tree_positions in positions.items()}
    return Taxonomy(
        MappingProxyType(concepts),
        _networks(memberships, concepts),
        MappingProxyType(children),
        MappingProxyType({tree: _ranks(children_of) for tree, children_of in children.items()}),
    )


def _tree_positions(row: Sequence[str]) -> dict[str, _Position]:
    """Read the columns of the trees: "Parent", or "Parent < Sibling" for a concept to be placed before a sibling."""
    return {tree: _position(row[0], row[column]) for tree, column in _TREE_COLUMNS if row[column]}


def _position(name: str, cell: str) -> _Position:
    parent, _, sibling = cell.partition(" < ")
    return _Position(name, parent, sibling)


def _concept(row: Sequence[str], parents: Mapping[str, str]) -> Concept:
    name, type_, balance, period = row[:4]
    if type_ not in ITEM_TYPES:
        raise TaxonomyError(f"{name}: no such type: {type_!r}")
    return Concept(name, type_, balance, period, parents, tuple(row[9].split()), *row[11 : -len(_LAST_TREES)])


def _memberships(name: str, cell: str, earlier: Mapping[str, tuple[_Membership, ...]]) -> tuple[_Membership, ...]:
    """Read a cell of the column `sums`: "Total:+1;Total.variant:-1", or "like Concept" for those of a row above."""
    if cell.startswith("like "):
        try:
            return earlier[cell[5:]]
        except KeyError:
            raise TaxonomyError(f"{name}: no row above is part of a sum by the name of {cell[5:]}") from None
    memberships = []
    for entry in cell.split(";"):
        network, _, weight = entry.strip().rpartition(":")
        if weight not in _WEIGHTS or not network:
            raise TaxonomyError(f"{name}: {entry!r} in its sums is not Total:+1, Total:-1 or Total.variant:...")
        memberships.append(_Membership(network, _WEIGHTS[weight]))
    return tuple(memberships)


def _networks(memberships: Mapping[str, Iterable[_Membership]], concepts: Mapping[str, Concept]) -> tuple[Network, ...]:
    parts_of: dict[str, dict[str, int]] = {}
    for name, of_concept in memberships.items():
        for network, weight in of_concept:
            parts_of.setdefault(network, {})[name] = weight
    ranks = {name: rank for rank, name in enumerate(concepts)}
    networks = [Network(key, key.partition(".")[0], MappingProxyType(parts)) for key, parts in parts_of.items()]
    return tuple(sorted(networks, key=lambda network: (ranks.get(network.total, len(ranks)), network.id)))


def _children(positions: Iterable[_Position]) -> dict[str, list[str]]:
    """Return the children of each parent in one tree, in print order."""
    children: dict[str, list[str]] = {}
    to_insert: list[_Position] = []
    for position in positions:
        if position.sibling:
            to_insert.append(position)
        else:
            children.setdefault(position.parent, []).append(position.name)
    for name, parent, sibling in to_insert:
        siblings = children.setdefault(parent, [])
        if sibling not in siblings:
            raise TaxonomyError(f"{name}: {sibling} is no row below {parent}")
        siblings.insert(siblings.index(sibling), name)
    return children


def _ranks(children: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the position of each concept in the print order of one tree (depth first)."""
    ranks: dict[str, int] = {}
    stack = list(reversed(children.get(ROOT, ())))
    while stack:
        name = stack.pop()
        if name in ranks:
            raise TaxonomyError(f"{name} stands twice in one tree")
        ranks[name] = len(ranks)
        stack.extend(reversed(children.get(name, ())))
    return ranks


def general_line_item(unit: str, period_type: str) -> str:
    """Return the name of the concept for rows that no other concept fits, e.g. "LineItemMonetaryInstant".

    `unit` is "monetary", "shares", "perShare" or "pure", `period_type` "instant" or "duration". A fact of it needs
    CaptionAxis with the printed caption; the monetary ones have no balance because they have the printed sign.
    """
    return f"LineItem{unit[0].upper()}{unit[1:]}{period_type.capitalize()}"


def xbrl_type(type: str) -> str:
    """Return the qualified name of the item type of a type in the table, e.g. `xbrli:monetaryItemType`."""
    return f"{'num' if type in ('perShare', 'percent') else 'xbrli'}:{ITEM_TYPES[type]}"


GENERAL_LINE_ITEMS = frozenset(
    general_line_item(unit, period_type)
    for unit in ("monetary", "shares", "perShare", "pure")
    for period_type in ("instant", "duration")
)
