"""Totals without a caption of their own, identified by their parts in the taxonomy's calculation networks."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from converter.mapping.signs import is_two_signed, printed_sign
from converter.statements import LineItem, Statement, StatementKind
from converter.sums import Sum, find_equalities
from converter.taxonomy import Network, is_contra, load_taxonomy

_BARE = ("", "total", "totals", "net", "subtotal", "sub-total")
_LONGEST = 14
"""The longest caption that may be one of these, with what stands around it."""
_GROSS = re.compile(r"Gross|BeforeTreasuryStock")
_CONTRA_DISTANCE = 3  # rows below a gross amount in which a contra amount is looked for
_MIN_COVERAGE = 0.6  # share of a total's mapped parts that a network must have


class _Fit(NamedTuple):
    """A network that may be the one of a total, in the order of preference: the least is the best."""

    negative_coverage: float
    part_count: int
    total: str


class _Part(NamedTuple):
    """A part of a total: the name of its concept, and +1 or -1 for how its figures count, 0 if they differ."""

    name: str | None
    effect: int


def is_bare(item: LineItem) -> bool:
    """Whether the row has no caption of its own: none, or just "Total", "Subtotal" or "Net"."""
    return len(item.label) <= _LONGEST and item.label.strip(" .:-").lower() in _BARE


def name_totals(statement: Statement, sums: Sequence[Sum], names: Sequence[str | None]) -> list[str | None]:
    """Return the concepts of all rows, `names` completed by those of totals with a bare caption.

    Total assets and total liabilities and equity are the rows of the balance sheet that must be equal. Any other total
    gets the concept of the calculation network with the largest share of its parts; of several, the smallest network.
    """
    completed = list(names)
    if not any(is_bare(item) for item in statement.items):
        return completed
    for pair in find_equalities(statement.items, statement.kind):
        for row, total in ((pair.parts[0][0], "Assets"), (pair.total, "LiabilitiesAndStockholdersEquity")):
            if is_bare(statement.items[row]):
                completed = [None if name == total else name for name in completed]
                completed[row] = total
    taken = set(completed)
    for sum_ in sorted((sum_ for sum_ in sums if sum_.holds), key=lambda sum_: -sum_.total):  # totals before subtotals
        row = sum_.total
        if is_bare(statement.items[row]) and completed[row] is None:
            below = [name or "" for name in completed[row + 1 : row + 1 + _CONTRA_DISTANCE]]
            is_gross = any(map(is_contra, below))
            parts = [
                _Part(completed[part], sign * printed_sign(statement.items[part]))
                for part, sign in sum_.parts
                if completed[part] or not is_bare(statement.items[part])
            ]
            printed = printed_sign(statement.items[row])
            completed[row] = _total_of(statement.kind, printed, parts, taken, is_gross)
            taken.add(completed[row])
    return completed


def _total_of(
    kind: StatementKind, printed: int, parts: Sequence[_Part], taken: Collection[str | None], is_gross: bool
) -> str | None:
    """Return the total of the network with these parts; None if too few parts have concepts, or no network fits.

    A gross amount is one that an allowance, depreciation or treasury stock is subtracted from further down. Totals
    that other rows have (`taken`) are left out. `printed` is the sign of the total's figures.
    """
    mapped = [part for part in parts if part.name is not None]
    if (len(mapped) < 2 and len(parts) > 1) or not mapped:
        return None
    best: _Fit | None = None
    for network in _networks(kind):
        if network.total in taken or (_GROSS.search(network.total) and not is_gross):
            continue
        coverage = sum(_counts_in(network, part, printed) for part in mapped) / len(mapped)
        fit = _Fit(-coverage, len(network.parts), network.total)
        if coverage >= _MIN_COVERAGE and (best is None or fit < best):
            best = fit
    return best.total if best is not None else None


def _counts_in(network: Network, part: _Part, printed: int) -> bool:
    """Whether a part is one of the network's and counts there as it does in print: costs are not added to a result."""
    weight = network.parts.get(part.name or "", 0)
    if not weight or not part.effect or is_two_signed(part.name or ""):
        return bool(weight)
    return weight * part.effect * (1 if is_two_signed(network.total) else printed or 1) > 0


@cache
def _networks(kind: StatementKind) -> Sequence[Network]:
    """Return the calculation networks whose total belongs to this kind of statement."""
    taxonomy = load_taxonomy()
    concepts: Mapping[str, object] = taxonomy.ranks[kind.value]
    return [network for network in taxonomy.calculations if network.total in concepts]
