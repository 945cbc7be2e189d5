"""The schema, linkbases and package metadata of the taxonomy, rendered from the table of concepts."""

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from converter.resources import template_environment
from converter.taxonomy import table
from converter.taxonomy.rules import INDUSTRIES, find_problems
from converter.taxonomy.table import GENERAL_LINE_ITEMS, ROOT, TREES, Concept, Network, Taxonomy, TaxonomyError
from converter.taxonomy.vocabularies import SHARED

STANDARD_ROLE = "http://www.xbrl.org/2003/role/"
NEGATED_ROLE = "http://www.xbrl.org/2009/role/negatedLabel"  # link role registry

_STATEMENTS = {
    "bs": ("BalanceSheet", "Balance sheet"),
    "is": ("IncomeStatement", "Income statement"),
    "cf": ("CashFlowStatement", "Cash flow statement"),
    "cover": ("Cover", "Document and entity information"),
    "other": ("GeneralLineItems", "General line items and dimensions"),
    "eq": ("StockholdersEquity", "Statement of stockholders' equity"),
    "ci": ("ComprehensiveIncome", "Statement of comprehensive income"),
}
_TABLES = {
    "QuarterlyData": ("Quarterly data", ("is",)),
    "SelectedData": ("Selected data of several years", ("is", "cf", "bs")),
}
"""The roles of tables beside the statements: their names, definitions and the statements whose rows they print."""
_ROLL_FORWARDS = frozenset(
    {
        "CashPeriodIncreaseDecreaseAbstract",
        "RetainedEarningsRollForwardAbstract",
        "IncreaseDecreaseInStockholdersEquityRollForward",
        "IncreaseDecreaseInSharesRollForward",
    }
)
_INDUSTRY_NAMES = {
    "bank": ("Bank", "rows of banks"),
    "insurer": ("Insurer", "rows of insurers"),
    "broker-dealer": ("BrokerDealer", "rows of broker-dealers"),
    "utility": ("Utility", "rows of utilities"),
    "real-estate": ("RealEstate", "rows of real estate companies"),
}


class Arc(Struct, frozen=True):
    """A presentation relationship; `preferred` is a label role or "".

    `locator` is the XLink label of the child's locator, a different one for each arc of a parent to the same child:
    XBRL 2.1 section 3.5.3.9.3 allows one arc between two XLink labels.
    """

    parent: str
    child: str
    locator: str
    order: int
    preferred: str


class Role(Struct, frozen=True):
    """An extended link role of the presentation linkbase; `id` is the last segment of its URI."""

    id: str
    definition: str
    arcs: tuple[Arc, ...]

    @property
    def uri(self) -> str:
        """The URI of the role."""
        return f"{table.BASE_URL}role/{self.id}"

    @property
    def roots(self) -> tuple[str, ...]:
        """The concepts at the top of the tree."""
        children = {arc.child for arc in self.arcs}
        return tuple(dict.fromkeys(arc.parent for arc in self.arcs if arc.parent not in children))


def render_files(taxonomy: Taxonomy) -> dict[str, str]:
    """Return the text of every generated file by its path below `taxonomy/`; equal tables give equal texts.

    Raises TaxonomyError, naming every problem, when the table breaks a rule.
    """
    if problems := find_problems(taxonomy):
        raise TaxonomyError("\n".join(problems))
    render = _renderer(taxonomy)
    files = {
        "ttx-2026.xsd": render("schema.xsd.j2"),
        "ttx-2026-elements.xsd": render("elements.xsd.j2"),
        "ttx-2026-all.xsd": render("all.xsd.j2"),
        "META-INF/catalog.xml": render("catalog.xml.j2"),
        "META-INF/taxonomyPackage.xml": render("taxonomyPackage.xml.j2"),
    }
    for linkbase in ("label", "presentation", "definition", "reference"):
        files[f"ttx-2026-{linkbase}.xml"] = render(f"{linkbase}.xml.j2")
    for vocabulary in SHARED:
        files[vocabulary.file] = render("shared.xsd.j2", vocabulary=vocabulary)
    for network in taxonomy.calculations:
        files[f"calculation/{network.id}.xsd"] = render("network.xsd.j2", network=network)
        files[f"calculation/{network.id}.xml"] = render("network.xml.j2", network=network)
    return files


def regenerate(folder: Path) -> None:
    """Write the files generated from the shipped table below `folder`, and remove those of networks no longer in it."""
    files = render_files(table.load_taxonomy())
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    for path in sorted((folder / "calculation").iterdir()):
        if f"calculation/{path.name}" not in files:
            path.unlink()


def _renderer(taxonomy: Taxonomy) -> Callable[..., str]:
    facts = [concept for concept in taxonomy.concepts.values() if not concept.abstract]
    tree = taxonomy.children["other"]
    (domain,) = tree[table.REPORTING_BASIS_AXIS]
    (stock,) = tree[table.CLASS_OF_STOCK_AXIS]
    (equity,) = tree[table.EQUITY_COMPONENTS_AXIS]
    values: Mapping[str, Any] = {
        "t": table,
        "taxonomy": taxonomy,
        "concepts": tuple(taxonomy.concepts.values()),
        "roles": tuple(presentation_roles(taxonomy)),
        "reported": [concept for concept in facts if concept.name not in GENERAL_LINE_ITEMS],
        "general": [concept for concept in facts if concept.name in GENERAL_LINE_ITEMS],
        "domain": domain,
        "members": tree[domain],
        "stock": stock,
        "stock_members": tree[stock],
        "equity": equity,
        "equity_members": tree[equity],
        "shared": SHARED,
        "definition": lambda network: _definition(taxonomy, network),
        "xbrl_type": table.xbrl_type,
        "labels": _labels,
    }
    environment = template_environment("templates/taxonomy")
    return lambda name, **more: environment.get_template(name).render(**values, **more)


def _definition(taxonomy: Taxonomy, network: Network) -> str:
    total = taxonomy.concepts[network.total]
    _, _, variant = network.id.partition(".")
    return f"Sum - {total.total_label or total.label}" + (f" ({variant})" if variant else "")


def _labels(concept: Concept) -> Iterator[tuple[str, str]]:
    """Yield the labels of the concept as (label role, text)."""
    yield STANDARD_ROLE + "label", concept.label
    if concept.terse_label:
        yield STANDARD_ROLE + "terseLabel", concept.terse_label
    if concept.total_label:
        yield STANDARD_ROLE + "totalLabel", concept.total_label
    if concept.negated_label:
        yield NEGATED_ROLE, concept.negated_label
    if _opens_and_closes(concept):
        yield STANDARD_ROLE + "periodStartLabel", f"{concept.label}, beginning of period"
        yield STANDARD_ROLE + "periodEndLabel", f"{concept.label}, end of period"
    yield STANDARD_ROLE + "documentation", concept.documentation


def _opens_and_closes(concept: Concept) -> bool:
    """Whether a statement shows the concept at both ends of the period, as the cash flow statement does cash."""
    return concept.period_type == "instant" and not _ROLL_FORWARDS.isdisjoint(concept.statements.values())


def presentation_roles(taxonomy: Taxonomy) -> Iterator[Role]:
    """Yield for each statement a role with the rows of general use, then one for the rows of each industry.

    Tables beside the statements have a role each, with all rows of the statements whose rows they print.
    """
    for number, tree in enumerate(TREES, 1):
        name, definition = _STATEMENTS[tree]
        yield from _role(taxonomy, tree, "", name, f"{number}00 - {definition}")
        for minor, industry in enumerate(INDUSTRIES, 1):
            suffix, rows = _INDUSTRY_NAMES[industry]
            yield from _role(taxonomy, tree, industry, name + suffix, f"{number}{minor:02} - {definition}, {rows}")
    for number, (name, (definition, trees)) in enumerate(_TABLES.items(), len(TREES) + 1):
        arcs: dict[str, Arc] = {}
        for tree in trees:
            for arc in _arcs(taxonomy, tree, _shown_concepts(taxonomy, tree, None)):
                locator = f"{arc.locator}_{tree}" if arc.locator in arcs else arc.locator
                arcs[locator] = replace(arc, locator=locator)
        if arcs:
            yield Role(name, f"{number}00 - {definition}", tuple(arcs.values()))


def _role(taxonomy: Taxonomy, tree: str, industry: str, name: str, definition: str) -> Iterator[Role]:
    arcs = _arcs(taxonomy, tree, _shown_concepts(taxonomy, tree, industry))
    if arcs:
        yield Role(name, definition, tuple(arcs))


def _arcs(taxonomy: Taxonomy, tree: str, shown: Mapping[str, None]) -> list[Arc]:
    """Return the relationships of a tree between these concepts."""
    arcs: list[Arc] = []
    for parent in shown:
        children = (child for child in taxonomy.children[tree].get(parent, ()) if child in shown)
        order = 0
        for child in children:
            for number, preferred in enumerate(_preferred_labels(taxonomy, taxonomy.concepts[child], tree)):
                order += 1
                arcs.append(Arc(parent, child, f"{child}_{number}" if number else child, order, preferred))
    return arcs


def _shown_concepts(taxonomy: Taxonomy, tree: str, industry: str | None) -> dict[str, None]:
    """Return the tree's rows of an industry and the headings above them, in print order.

    The industry is "" for rows of general use, None for all rows.
    """
    ranks = taxonomy.ranks[tree]
    shown: set[str] = set()
    for name in ranks:
        concept = taxonomy.concepts[name]
        of_industry = industry is None or (industry in concept.industry if industry else not concept.industry)
        if name not in taxonomy.children[tree] and of_industry:
            while name != ROOT and name not in shown:
                shown.add(name)
                name = taxonomy.concepts[name].statements[tree]
    return dict.fromkeys(name for name in ranks if name in shown)


def _preferred_labels(taxonomy: Taxonomy, concept: Concept, tree: str) -> tuple[str, ...]:
    """Return the label roles with which the tree shows the concept, one for each arc; "" is the standard label."""
    if concept.period_type == "instant" and concept.statements[tree] in _ROLL_FORWARDS:
        return STANDARD_ROLE + "periodStartLabel", STANDARD_ROLE + "periodEndLabel"
    if concept.negated_label and _is_subtracted(taxonomy.calculations, concept.name, taxonomy.ranks[tree]):
        return (NEGATED_ROLE,)
    return (STANDARD_ROLE + "totalLabel" if concept.total_label else "",)


def _is_subtracted(networks: tuple[Network, ...], name: str, tree: Collection[str]) -> bool:
    """Whether the concept is subtracted from a total of the tree, or is part of no sum."""
    including = [network for network in networks if name in network.parts]
    return not including or any(network.parts[name] == -1 and network.total in tree for network in including)
