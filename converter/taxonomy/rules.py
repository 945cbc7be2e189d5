"""Rules that the table of concepts must satisfy before files are generated from it: XBRL 2.1, and FRTA 1.0 style."""

import re
from collections.abc import Iterator

from converter.taxonomy.table import GENERAL_LINE_ITEMS, Concept, Network, Taxonomy

INDUSTRIES = ("bank", "insurer", "broker-dealer", "utility", "real-estate")
_OPPOSITE = {"debit": "credit", "credit": "debit"}
_LC3 = re.compile(r"[A-Z][A-Za-z0-9]*")  # label camel case concatenation, FRTA 1.0 section 2.1.4
_NETWORK = re.compile(r"[A-Z][A-Za-z0-9]*(\.[a-z][a-z0-9-]*)?")


def find_problems(taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return a message for everything that is wrong with the table, naming the concept or sum; empty if valid."""
    problems: list[str] = []
    for concept in taxonomy.concepts.values():
        problems.extend(f"{concept.name}: {problem}" for problem in _concept_problems(concept, taxonomy))
    problems.extend(_repetitions(taxonomy))
    for network in taxonomy.calculations:
        problems.extend(f"sum {network.id}: {problem}" for problem in _network_problems(network, taxonomy))
    return tuple(problems)


def _concept_problems(concept: Concept, taxonomy: Taxonomy) -> Iterator[str]:
    if not _LC3.fullmatch(concept.name):
        yield "the name is not of the form LikeThis"
    if concept.period_type not in ("instant", "duration"):
        yield f"period {concept.period_type!r} is neither instant nor duration"
    if concept.abstract and concept.period_type != "duration":
        yield "an abstract concept must have the period duration"
    yield from _balance_problems(concept, taxonomy)
    yield from _place_problems(concept, taxonomy)
    yield from (f"no such industry: {industry}" for industry in concept.industry if industry not in INDUSTRIES)
    yield from _text_problems(concept)


def _balance_problems(concept: Concept, taxonomy: Taxonomy) -> Iterator[str]:
    needs_balance = concept.type == "monetary" and not _must_lack_balance(concept, taxonomy)
    if needs_balance and concept.balance not in ("debit", "credit"):
        yield "a monetary concept has balance debit or credit"
    if not needs_balance and concept.balance:
        yield "has a balance that it must not have"


def _must_lack_balance(concept: Concept, taxonomy: Taxonomy) -> bool:
    """Whether the concept can have neither balance, debit or credit.

    A general line item has the printed sign. Net cash from operations adds net income, a credit, to depreciation,
    a debit: whatever its balance, XBRL 2.1 section 5.1.1.2, table 6 would forbid the sum (US-GAAP leaves it empty).
    """
    balances = {
        part.balance if weight > 0 else _OPPOSITE[part.balance]
        for network in taxonomy.calculations
        if network.total == concept.name
        for part, weight in ((taxonomy.concepts[name], weight) for name, weight in network.parts.items())
        if part.balance
    }
    return concept.name in GENERAL_LINE_ITEMS or len(balances) == 2


def _place_problems(concept: Concept, taxonomy: Taxonomy) -> Iterator[str]:
    if not concept.statements:
        yield "stands in no tree"
    for tree, name in concept.statements.items():
        parent = taxonomy.concepts.get(name)
        if parent is not None and not parent.abstract:
            yield f"its parent in {tree}, {name}, is no heading"
        if concept.name not in taxonomy.ranks[tree]:
            yield f"its parent in {tree}, {name}, does not hang on the tree's root"


def _text_problems(concept: Concept) -> Iterator[str]:
    texts = (concept.label, concept.total_label, concept.negated_label, concept.terse_label, concept.documentation)
    if any(text != " ".join(text.split()) for text in texts):
        yield "a label or the documentation has superfluous spaces"
    if not concept.label:
        yield "has no label"
    if not concept.documentation.endswith("."):
        yield "its documentation is not a sentence"
    if concept.us_gaap and not _LC3.fullmatch(concept.us_gaap):
        yield f"{concept.us_gaap!r} is no element name"


def _repetitions(taxonomy: Taxonomy) -> Iterator[str]:
    labels: dict[str, str] = {}
    elements: dict[str, str] = {}
    for concept in taxonomy.concepts.values():
        first = labels.setdefault(concept.label.casefold(), concept.name)
        if first != concept.name:
            yield f"{concept.name}: {first} has the label {concept.label!r} too"
        if concept.us_gaap:
            first = elements.setdefault(concept.us_gaap, concept.name)
            if first != concept.name:
                yield f"{concept.name}: {first} stands for {concept.us_gaap} too"


def _network_problems(network: Network, taxonomy: Taxonomy) -> Iterator[str]:
    if not _NETWORK.fullmatch(network.id):
        yield "the variant is not of the form Total.like-this"
    total = taxonomy.concepts.get(network.total)
    if total is None:
        yield "there is no such total"
        return
    if len(network.parts) < 2:
        yield f"has just one part, {', '.join(network.parts)}"
    for name, weight in network.parts.items():
        part = taxonomy.concepts[name]
        if name == network.total:
            yield "the total is its own part"
        if not part.numeric or (part.type, part.period_type) != (total.type, total.period_type):
            yield f"{name} has another type or period than the total"
        # XBRL 2.1 section 5.1.1.2, table 6: equal balances add, opposite ones subtract.
        if part.balance and total.balance and (part.balance == total.balance) != (weight > 0):
            yield f"{name} is {part.balance}, the total {total.balance}: the weight must be {-weight:+d}"
