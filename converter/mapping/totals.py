"""Totals without a caption of their own, identified by their parts in the taxonomy's calculation networks."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from converter.mapping.signs import is_two_signed, printed_sign
from converter.statements import LineItem, Statement, StatementKind
from converter.sums import Sum, find_equalities
from converter.taxonomy import Network, is_contra, load_taxonomy
from converter.vocabulary import expression

_BARE = ("", "total", "totals", "net", "subtotal", "sub-total")
_LONGEST = 14
"""The longest caption that may be one of these, with what stands around it."""
_GROSS = expression(r"Gross|BeforeTreasuryStock")
_OTHER_OWNERS = frozenset({"PartnersCapital", "MembersEquity"})
"""Totals of those who have no stock."""
_CONTRA_DISTANCE = 3  # rows below a gross amount in which a contra amount is looked for
_MIN_COVERAGE = 0.6  # share of a total's mapped parts that a network must have
_MIN_COVERED_SIZE = Decimal("0.6")  # the same of their amounts


class _Part(NamedTuple):
    """The concept of a part, whether what is printed adds to its total (1) or takes from it (-1), and its size.

    The effect is 0 if the figures of the part have different signs.
    """

    name: str
    effect: int
    size: Decimal


class _Total(NamedTuple):
    """What is known of a total without a caption: its sign, and the totals that other rows have.

    A gross amount is one that an allowance, depreciation or treasury stock is subtracted from further down.
    """

    sign: int
    is_gross: bool
    taken: Collection[str | None]

    def excludes(self, name: str) -> bool:
        """Whether the total cannot be of this name: that of continuing operations, say, may stand for the whole.

        A utility's plant is all its property.
        """
        if _GROSS.search(name) and not self.is_gross:
            return True
        if name.startswith("PropertyPlant") and f"PublicUtilities{name}" in self.taken:
            return True
        if name.startswith("StockholdersEquity") and not _OTHER_OWNERS.isdisjoint(self.taken):
            return True
        return name in self.taken or f"{name}ContinuingOperations" in self.taken


class _Fit(NamedTuple):
    """A network that may be the one of a total, in the order of preference: the least is the best."""

    negative_coverage: float
    part_count: int
    total: str


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
                _Part(name, sign * printed_sign(statement.items[part]), _size(statement.items[part]))
                for part, sign in sum_.parts
                if (name := completed[part]) is not None
            ]
            if len(parts) > 1 or _tells_alone(parts, _captioned(sum_, statement), statement.items[row]):
                known = _Total(printed_sign(statement.items[row]), is_gross, taken)
                completed[row] = _total_of(statement.kind, parts, known)
            taken.add(completed[row])
    return completed


def _tells_alone(parts: Sequence[_Part], captioned: Sequence[int], total: LineItem) -> bool:
    """Whether the only part with a caption has a name, and is taken off the others or most of the total."""
    if not len(parts) == len(captioned) == 1:
        return False
    return parts[0].effect < 0 or parts[0].size >= _size(total) * _MIN_COVERED_SIZE


def _captioned(sum_: Sum, statement: Statement) -> list[int]:
    return [part for part, _ in sum_.parts if not is_bare(statement.items[part])]


def _size(item: LineItem) -> Decimal:
    return sum((abs(figure.value) for figure in item.figures if figure), Decimal(0))


def _total_of(kind: StatementKind, parts: Sequence[_Part], total: _Total) -> str | None:
    """Return the total of the network with these parts, None if no network fits."""
    best: _Fit | None = None
    whole = sum(part.size for part in parts)
    for network in _networks(kind):
        if total.excludes(network.total):
            continue
        covered = [part for part in parts if _counts_in(network, part, total.sign)]
        coverage = len(covered) / len(parts)
        if coverage < _MIN_COVERAGE or sum(part.size for part in covered) < whole * _MIN_COVERED_SIZE:
            continue
        fit = _Fit(-coverage, len(network.parts), network.total)
        if best is None or fit < best:
            best = fit
    return best.total if best is not None else None


def _counts_in(network: Network, part: _Part, printed: int) -> bool:
    """Whether a part is one of the network's and counts there as it does in print: costs are not added to a result."""
    weight = network.parts.get(part.name, 0)
    if not weight or not part.effect or is_two_signed(part.name):
        return bool(weight)
    return weight * part.effect * (1 if is_two_signed(network.total) else printed or 1) > 0


@cache
def _networks(kind: StatementKind) -> Sequence[Network]:
    """Return the calculation networks whose total belongs to this kind of statement."""
    taxonomy = load_taxonomy()
    concepts: Mapping[str, object] = taxonomy.ranks[kind.value]
    return [network for network in taxonomy.calculations if network.total in concepts]
