"""Sectors that a statement has one below the other, such as manufacturing and financial services.

A sector is a heading that names no item. It is known by its rows, which have the captions of other sectors' rows, or by
the row that ends it and names it: "Total Automotive assets", "Income before income taxes - Automotive". What two
sectors have, and the totals of one, are no amounts of the company.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from converter.mapping.captions import normalize_caption
from converter.mapping.structure.model import Bar
from converter.mapping.structure.results import result_of
from converter.statements import LineItem, Statement, UnitKind
from converter.vocabulary import expression, wording

_WORDS_OF_ITEMS = expression(
    r"asset|liabilit|current|long|equity|income|expens|revenue|sales|cost|tax|inventor|receivable|propert|invest|deposit|"
    r"loan|debt|operat|financing|activit|interest|share|stock|capital|payable|securit|other|held|total|restrict|intangible|"
    r"earning|loss|profit|cash|benefit|reserve|net\b|less\b|accru|credit|charge|fund|plant|equipment|oil|gas"
)
_TOTAL = expression(
    r"^\W*total (?P<name>[^-]{3,60}?) (?:assets|liabilities|revenues?|sales|costs|expenses)\W*$",
)
_MOST_WORDS = 3
"""A name at the end of the caption of a result has no more words."""
_OF_THE_WHOLE = frozenset(
    {
        "Assets",
        "AssetsCurrent",
        "CashAndCashEquivalentsAtCarryingValue",
        "CashCashEquivalentsAndShortTermInvestments",
        "CostsAndExpenses",
        "Depreciation",
        "DepreciationAndAmortization",
        "DepreciationDepletionAndAmortization",
        "DepreciationNonproduction",
        "Liabilities",
        "LiabilitiesCurrent",
        "MarketableSecurities",
        "NetIncomeLoss",
        "OperatingExpenses",
        "OperatingIncomeLoss",
        "ProfitLoss",
        "Revenues",
        "SalesRevenueNet",
    }
)


def bars_of_sectors(statement: Statement) -> Iterator[tuple[int, Bar]]:
    """Yield what the rows of sectors cannot be."""
    items = statement.items
    ends = _ends(items)
    sectors = _sectors(items, ends)
    rows = _rows_of(items, sectors, ends) if sectors else []
    named: dict[int, list[tuple[str, frozenset[str]]]] = {}
    for row, sector, part in rows:
        named.setdefault(part, []).append((sector, _words(items[row])))
    for row, sector, part in rows:
        words = _words(items[row])
        if ends and sector in _ended(items[row]):
            yield row, Bar(f"the end of {sector!r}", allowed=frozenset())
        elif ends and any(other != sector and _are_alike(words, those) for other, those in named[part]):
            yield row, Bar("several sectors have such a row", allowed=frozenset())
        else:
            yield row, Bar(f"of {sector!r} only", denied=_OF_THE_WHOLE)


def _words(item: LineItem) -> frozenset[str]:
    return frozenset(normalize_caption(item.label, item.unit).words)


def _are_alike(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether one of two captions has all words of the other: "Debt" and "Long-term debt"."""
    return bool(words and others) and (words <= others or others <= words)


def _caption(item: LineItem) -> str:
    return wording(item.label).bare


def _ends(items: Sequence[LineItem]) -> Mapping[str, int]:
    """Return the last row that ends each of several headings, by the name of the heading."""
    headings = {_name(section) for item in items for section in item.sections}
    headings = {name for name in headings if name and not _WORDS_OF_ITEMS.search(name)}
    ends: dict[str, int] = {}
    for row, item in enumerate(items) if len(headings) > 1 else ():
        ends |= dict.fromkeys(headings.intersection(_ended(item)), row)
    return ends if len(ends) > 1 else {}


def _ended(item: LineItem) -> Sequence[str]:
    """Return the names that a heading may have which a row ends: a total of it, or a result that ends with its name."""
    if item.unit is not UnitKind.MONETARY:
        return ()
    text = _caption(item)
    total = _TOTAL.match(text)
    if total is not None:
        return (total["name"],)
    words = text.split() if result_of(item.label) is not None else []
    return [" ".join(words[-count:]) for count in range(1, _MOST_WORDS + 1)]


def _name(heading: str) -> str:
    return heading.lower().strip(" :-–—.")


def _sectors(items: Sequence[LineItem], ends: Mapping[str, int]) -> frozenset[str]:
    """Return the names of headings that part the company: several have rows of one caption, or a row that ends them."""
    headings: dict[str, set[str]] = {}
    for item in items:
        if item.unit is UnitKind.MONETARY and item.label and item.sections:
            headings.setdefault(_caption(item), set()).add(_name(item.sections[-1]))
    alike = (found for found in headings.values() if len(found) > 1 and not any(map(_WORDS_OF_ITEMS.search, found)))
    return frozenset(ends).union(*alike)


class _Row(NamedTuple):
    """A row of a sector. The sectors come in turns: assets and liabilities are two parts of a statement."""

    number: int
    sector: str
    part: int


def _rows_of(items: Sequence[LineItem], sectors: frozenset[str], ends: Mapping[str, int]) -> list[_Row]:
    """Return the rows below the headings of sectors, and those down to the row that ends a sector."""
    found: list[_Row] = []
    over: set[str] = set()
    sector, part = "", 0
    for row, item in enumerate(items):
        named = next((name for name in map(_name, item.sections) if name in sectors), "")
        sector = named or (sector if ends.get(sector, -1) >= row else "")
        if not sector:
            continue
        if sector in over:
            over, part = set(), part + 1
        found.append(_Row(row, sector, part))
        if sector in _ended(item):
            over.add(sector)
            sector = ""
    return found
