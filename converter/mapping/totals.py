"""Rows without a telling caption: a total is known by the rows it adds up, in the taxonomy's calculation networks."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from converter.statements import LineItem, Statement, StatementKind
from converter.sums import Sum, find_equalities
from converter.taxonomy import Network, is_contra, load_taxonomy

_BARE = ("", "total", "totals", "net", "subtotal", "sub-total")
_GROSS = re.compile(r"Gross|BeforeTreasuryStock")
_NEAR = 3  # rows below a gross amount that hold what is taken from it
_COVER = 0.6  # share of a total's mapped parts that a network must have


def is_bare(item: LineItem) -> bool:
    """Whether the caption says nothing: none, or just "Total"."""
    return item.label.strip(" .:-").lower() in _BARE


def name_totals(statement: Statement, sums: Sequence[Sum], names: Sequence[str | None]) -> list[str | None]:
    """The concepts of all rows, with those of rows whose caption says nothing told from their parts or their balance.

    `names` are the concepts known so far. Total assets and the claims on them are known by being equal; of the
    networks of calculation that have most of a total's parts, the one with the fewest others is taken.
    """
    named = list(names)
    if not any(is_bare(item) for item in statement.items):
        return named
    for pair in find_equalities(statement.items, statement.kind):
        for row, name in ((pair.parts[0][0], "Assets"), (pair.total, "LiabilitiesAndStockholdersEquity")):
            if is_bare(statement.items[row]):
                named = [None if taken == name else taken for taken in named]
                named[row] = name
    for found in sorted((s for s in sums if s.holds), key=lambda s: -s.total):  # the whole before its parts
        if is_bare(statement.items[found.total]) and named[found.total] is None:
            below = [name or "" for name in named[found.total + 1 : found.total + 1 + _NEAR]]
            gross = any(map(is_contra, below))
            parts = [named[part] for part, _ in found.parts if named[part] or not is_bare(statement.items[part])]
            named[found.total] = _total_of(statement.kind, parts, named, gross)
    return named


def _total_of(kind: StatementKind, parts: Sequence[str | None], taken: Sequence[str | None], gross: bool) -> str | None:
    """The total of the network that has these parts; None where too few of them are known, or none fits.

    A gross amount is one that an allowance, depreciation or treasury stock is taken from further down.
    """
    mapped = [name for name in parts if name is not None]
    if (len(mapped) < 2 and len(parts) > 1) or not mapped:
        return None
    best: tuple[float, int, str] | None = None
    for network in _networks(kind):
        if network.total in taken or (_GROSS.search(network.total) and not gross):
            continue
        share = sum(1 for name in mapped if name in network.parts) / len(mapped)
        key = (-share, len(network.parts), network.total)
        if share >= _COVER and (best is None or key < best):
            best = key
    return best[2] if best is not None else None


@cache
def _networks(kind: StatementKind) -> Sequence[Network]:
    taxonomy = load_taxonomy()
    concepts: Mapping[str, object] = taxonomy.ranks[kind.value]
    return [network for network in taxonomy.calculations if network.total in concepts]
