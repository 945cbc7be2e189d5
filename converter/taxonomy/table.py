"""The table of concepts, `taxonomy/concepts.csv`: the one place where a person edits the taxonomy."""

import csv
import functools
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from converter.resources import resource

BASE_URL = "http://text-to-xbrl.example/taxonomy/2026/"  # .example never resolves (RFC 2606): the catalog maps it
NAMESPACE = BASE_URL.rstrip("/")
PREFIX = "ttx"
ENTRY_POINT = BASE_URL + "ttx-2026.xsd"

CAPTION_AXIS = "CaptionAxis"
CAPTION = "Caption"  # the typed domain of CaptionAxis: an element of type xs:string
REPORTING_BASIS_AXIS = "ReportingBasisAxis"

COLUMNS = (
    *("name", "type", "balance", "period"),
    *("bs", "is", "cf", "cover", "other", "industry", "sums"),
    *("label", "total_label", "negated_label", "terse_label", "documentation", "us_gaap"),
)
TREES = ("bs", "is", "cf", "cover", "other")
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
_ABSTRACT_TYPES = frozenset({"abstract", "table", "axis", "typedAxis", "member"})


class TaxonomyError(ValueError):
    """The table of concepts contradicts itself or XBRL; the message names the row and what to mend."""


class Concept(Struct, frozen=True):
    """One row of the table.

    `type` is the table's word ("monetary", "perShare", "abstract" ...); `statements` maps each tree that
    the concept stands in ("bs", "is", "cf", "cover", "other") to the name of its parent there; `industry`
    is empty for a concept of general use. The four labels and `us_gaap` (the US-GAAP element of 2009-2012
    with the same meaning) are "" when there is none.
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
        """Whether no fact can have it: headings, and what dimensions are made of."""
        return self.type in _ABSTRACT_TYPES

    @property
    def numeric(self) -> bool:
        """Whether its facts are numbers with a unit."""
        return self.type in NUMERIC_TYPES


class Network(Struct, frozen=True):
    """One way to add up one total: the calculation network of an extended link role of its own.

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
        """URL of the small schema that an instance names in a `link:schemaRef` of its own to have this sum checked.

        Not a `link:linkbaseRef` to the linkbase: the Open Information Model has no such thing
        (xbrlxe:unsupportedLinkbaseReference), its `taxonomy` is a list of schemas.
        """
        return f"{BASE_URL}calculation/{self.id}.xsd"


class Taxonomy(Struct, frozen=True):
    """The concepts by name in the table's order, the networks in the order of their totals, the trees in print order.

    `children` has, for each tree, the rows below each parent; `ranks` the place of each concept when the tree
    is printed from top to bottom, counted from 0.
    """

    concepts: Mapping[str, Concept]
    calculations: tuple[Network, ...]
    children: Mapping[str, Mapping[str, Sequence[str]]]
    ranks: Mapping[str, Mapping[str, int]]


@functools.cache
def load_taxonomy() -> Taxonomy:
    """Read the shipped table, once a process."""
    with resource("taxonomy/concepts.csv").open(encoding="utf-8", newline="") as file:
        return parse_table(csv.reader(file))


def parse_table(rows: Iterable[Sequence[str]]) -> Taxonomy:
    """Make the taxonomy of the table's rows, header first.

    Raises TaxonomyError for what cannot be read at all; `converter.taxonomy.rules` judges the rest.
    """
    table = list(rows)
    if not table or tuple(table[0]) != COLUMNS:
        raise TaxonomyError(f"the table's header must be {','.join(COLUMNS)}")
    concepts: dict[str, Concept] = {}
    shares: dict[str, _Shares] = {}
    places: dict[str, list[tuple[str, str, str]]] = {tree: [] for tree in TREES}
    for number, row in enumerate(table[1:], 2):
        if len(row) != len(COLUMNS):
            raise TaxonomyError(f"row {number} has {len(row)} cells, not {len(COLUMNS)}")
        name = row[0]
        if name in concepts:
            raise TaxonomyError(f"row {number}: a second {name}")
        concept, before = _concept(row)
        concepts[name] = concept
        for tree, parent in concept.statements.items():
            places[tree].append((name, parent, before.get(tree, "")))
        if row[10]:
            shares[name] = _shares(name, row[10], shares)
    children = {tree: _children(placed) for tree, placed in places.items()}
    return Taxonomy(
        MappingProxyType(concepts),
        _networks(shares, concepts),
        MappingProxyType(children),
        MappingProxyType({tree: _ranks(below) for tree, below in children.items()}),
    )


def _concept(row: Sequence[str]) -> tuple[Concept, dict[str, str]]:
    """The row's concept, and by tree the sibling it stands before when the cell says "Parent < Sibling"."""
    name, kind, balance, period = row[:4]
    if kind not in ITEM_TYPES:
        raise TaxonomyError(f"{name}: no such type: {kind!r}")
    parents: dict[str, str] = {}
    before: dict[str, str] = {}
    for tree, cell in zip(TREES, row[4:9], strict=True):
        if " < " in cell:
            parents[tree], _, before[tree] = cell.partition(" < ")
        elif cell:
            parents[tree] = cell
    return Concept(name, kind, balance, period, parents, tuple(row[9].split()), *row[11:]), before


_Shares = tuple[tuple[str, int], ...]  # the networks that a concept is part of, with its weights


def _shares(name: str, cell: str, shares: Mapping[str, _Shares]) -> _Shares:
    """Read a cell of the column `sums`: "like Concept" of a row above, or "Total:+1;Total.variant:-1"."""
    if cell.startswith("like "):
        try:
            return shares[cell[5:]]
        except KeyError:
            raise TaxonomyError(f"{name}: no row above is part of a sum by the name of {cell[5:]}") from None
    found = []
    for entry in cell.split(";"):
        network, _, weight = entry.strip().rpartition(":")
        if weight not in ("+1", "-1") or not network:
            raise TaxonomyError(f"{name}: {entry!r} in its sums is not Total:+1, Total:-1 or Total.variant:...")
        found.append((network, int(weight)))
    return tuple(found)


def _networks(shares: Mapping[str, _Shares], concepts: Mapping[str, Concept]) -> tuple[Network, ...]:
    sums: dict[str, dict[str, int]] = {}
    for name, weights in shares.items():
        for network, weight in weights:
            sums.setdefault(network, {})[name] = weight
    position = {name: place for place, name in enumerate(concepts)}
    networks = [Network(key, key.partition(".")[0], MappingProxyType(parts)) for key, parts in sums.items()]
    return tuple(sorted(networks, key=lambda network: (position.get(network.total, len(position)), network.id)))


def _children(placed: Iterable[tuple[str, str, str]]) -> dict[str, list[str]]:
    children: dict[str, list[str]] = {}
    moved: list[tuple[str, str, str]] = []
    for name, parent, sibling in placed:
        if sibling:
            moved.append((name, parent, sibling))
        else:
            children.setdefault(parent, []).append(name)
    for name, parent, sibling in moved:
        below = children.setdefault(parent, [])
        if sibling not in below:
            raise TaxonomyError(f"{name}: {sibling} is no row below {parent}")
        below.insert(below.index(sibling), name)
    return children


def _ranks(children: Mapping[str, Sequence[str]]) -> dict[str, int]:
    ranks: dict[str, int] = {}
    waiting = list(reversed(children.get(ROOT, ())))
    while waiting:
        name = waiting.pop()
        if name in ranks:
            raise TaxonomyError(f"{name} stands twice in one tree")
        ranks[name] = len(ranks)
        waiting.extend(reversed(children.get(name, ())))
    return ranks


def general_line_item(unit: str, period_type: str) -> str:
    """Name of the concept for a row that no other concept fits, e.g. "LineItemMonetaryInstant".

    `unit` is "monetary", "shares", "perShare" or "pure", `period_type` "instant" or "duration". A fact of it needs
    CaptionAxis with the printed caption; the monetary ones have no balance because their sign is the printed one.
    """
    return f"LineItem{unit[0].upper()}{unit[1:]}{period_type.capitalize()}"


GENERAL_LINE_ITEMS = frozenset(
    general_line_item(unit, period_type)
    for unit in ("monetary", "shares", "perShare", "pure")
    for period_type in ("instant", "duration")
)
