"""The part of a statement that a row stands in, and the concepts that can stand there."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from converter.mapping.structure.model import Bar
from converter.statements import LineItem, Statement, StatementKind, UnitKind
from converter.taxonomy import load_taxonomy
from converter.vocabulary import wording

_OPERATING = ("OperatingActivitiesAbstract", "OperatingActivitiesDirectAbstract", "AdjustmentsNoncashAbstract")
_CHANGES = "IncreaseDecreaseInOperatingCapitalAbstract"
_INVESTING, _FINANCING = "InvestingActivitiesAbstract", "FinancingActivitiesAbstract"
_NONCASH_TRANSACTIONS = "noncash"
_SUPPLEMENT, _NONCASH = "SupplementalCashFlowAbstract", "NoncashInvestingAndFinancingAbstract"

_HEADINGS = {
    StatementKind.BALANCE_SHEET: (
        (re.compile(r"^\W*(?:merchandise )?inventor(?:y|ies)\b"), ("InventoryNetAbstract",)),
        (
            re.compile(r"^\W*(?:(?:net )?propert(?:y|ies)\b(?! held)|plant\b|land, )"),
            (
                "PropertyPlantAndEquipmentAbstract",
                "PublicUtilitiesPropertyPlantAndEquipmentAbstract",
                "RealEstateInvestmentPropertyAbstract",
            ),
        ),
    ),
    StatementKind.INCOME: (
        (
            re.compile(
                r"^\W*(?:(?:provision|benefit|credit)\b(?:\W*\b(?:for|on|from)\b)?\W*)?(?:federal |federal and state )?"
                r"income tax(?:es)?\b|^\W*taxes on income"
            ),
            ("IncomeTaxAbstract",),
        ),
        (re.compile(r"^\W*interest (?:costs?|expenses?|charges)\b"), ("InterestExpenseAbstract",)),
    ),
}
"""Headings, and where in the presentation the parts of what they name stand."""

_CURRENT = re.compile(r"\b(?:non-?)?current (?:assets|liabilities)\b", re.I)
_UNCLASSIFIED = Bar(
    "the balance sheet does not tell what is current",
    denied=frozenset(
        {"OtherAssetsNoncurrent", "OtherAssetsCurrent", "OtherLiabilitiesNoncurrent", "OtherLiabilitiesCurrent"}
    ),
)
_ACTIVITY = re.compile(
    r"\b(?:(?P<operating>operati(?:ng|ons))|(?P<investing>invest(?:ing|ments?))|(?P<financing>financ(?:ing|ial)))\b"
)
_CASH = re.compile(r"^net (?:provided|used)|\b(?:cash|funds)\b")
_FLOW = re.compile(r"\b(?:provided|used|from|for|flow|flows|generated|required|in|by)\b")
_CHANGE = re.compile(r"\bchange in cash\b|\b(?:in|de)crease\b")
_NONCASH_WORD = re.compile(r"\bnon-?\s?cash\b")
_TRANSACTIONS = re.compile(r"\b(?:investing|financing|transactions?|activit|supplement|schedule)")
_ADJUSTMENTS = re.compile(r"\badjust|\breconcil|\bincluded in\b")
_TOTAL = re.compile(r"^\W*(?:net|total)\b|^\W*$", re.I)
_PAID = re.compile(r"Paid(?:Net|Capitalized)?$")
_WORDS_OF_ITEMS = re.compile(
    r"asset|liabilit|current|long|equity|income|expens|revenue|sales|cost|tax|inventor|receivable|propert|invest|deposit|"
    r"loan|debt|operat|financing|activit|interest|share|stock|capital|payable|securit|other|held|total|restrict|intangible|"
    r"earning|loss|profit|cash|benefit|reserve|net\b|less\b|accru|credit|charge|fund|plant|equipment|oil|gas"
)


def bars_of(statement: Statement) -> Iterator[tuple[int, Bar]]:
    """Yield what the rows of a statement cannot be because of the part of it in which they stand."""
    if statement.kind is StatementKind.CASH_FLOW:
        yield from _of_activities(statement)
        return
    yield from _of_headings(statement)
    yield from _of_sectors(statement)
    if statement.kind is StatementKind.BALANCE_SHEET and not _is_classified(statement):
        yield from ((row, _UNCLASSIFIED) for row in range(len(statement.items)))


def _is_classified(statement: Statement) -> bool:
    """Whether a balance sheet tells current assets or liabilities from others."""
    return any(_CURRENT.search(text) for item in statement.items for text in (item.label, *item.sections))


def _of_headings(statement: Statement) -> Iterator[tuple[int, Bar]]:
    """Yield the rows under headings of which the parts are known, up to the total of the heading."""
    ended = ""
    for row, item in enumerate(statement.items):
        heading = item.sections[-1] if item.sections else ""
        if item.unit is not UnitKind.MONETARY or not heading or heading == ended:
            continue
        if _TOTAL.search(item.label):
            ended = heading
            continue
        for pattern, parents in _HEADINGS[statement.kind]:
            if pattern.search(heading.lower()):
                yield row, Bar(f"a part of {heading!r}", allowed=_concepts(statement.kind, parents))


@cache
def _concepts(kind: StatementKind, parents: tuple[str, ...]) -> frozenset[str]:
    """Return the concepts below these abstract ones in the presentation of a statement."""
    wanted = frozenset(parents)
    return frozenset(
        name for name, concept in load_taxonomy().concepts.items() if concept.statements.get(kind.value) in wanted
    )


def _of_activities(statement: Statement) -> Iterator[tuple[int, Bar]]:
    for row, part in _parts(statement.items):
        if not _names_another(statement.items[row], part):
            yield row, _bar_of_activity(part)


_ACTIVITIES = {
    "operating": (*_OPERATING, _CHANGES),
    "investing": (_INVESTING,),
    "financing": (_FINANCING,),
    _NONCASH_TRANSACTIONS: (_NONCASH,),
}
"""The parts of a cash flow statement, and where in the presentation their concepts stand."""


@cache
def _bar_of_activity(part: str) -> Bar:
    """Return what the rows of a part of a cash flow statement cannot be: what belongs to another part alone."""
    concepts = {name: _concepts(StatementKind.CASH_FLOW, parents) for name, parents in _ACTIVITIES.items()}
    paid = frozenset(filter(_PAID.search, _concepts(StatementKind.CASH_FLOW, (_SUPPLEMENT,))))
    return Bar(f"a row of the {part} part", denied=paid.union(*concepts.values()) - concepts[part])


@lru_cache(maxsize=1024)
def _is_of_noncash_transactions(heading: str) -> bool:
    lowered = heading.lower()
    named = _NONCASH_WORD.search(lowered) is not None and _TRANSACTIONS.search(lowered) is not None
    return named and _ADJUSTMENTS.search(lowered) is None


@lru_cache(maxsize=1024)
def _activities(heading: str) -> frozenset[str]:
    return frozenset(str(match.lastgroup) for match in _ACTIVITY.finditer(heading.lower()))


def _names_another(item: LineItem, part: str) -> bool:
    """Whether a heading names another kind of activity."""
    named = frozenset[str]().union(*map(_activities, item.sections))
    return part != _NONCASH_TRANSACTIONS and bool(named) and part not in named


def _parts(items: tuple[LineItem, ...]) -> Iterator[tuple[int, str]]:
    """Yield the monetary rows above the net cash of each kind of activity, and those of noncash transactions."""
    start = 0
    for row, item in enumerate(items):
        text = wording(item.label).lowered
        if item.sections and any(map(_is_of_noncash_transactions, item.sections)):
            yield row, _NONCASH_TRANSACTIONS
            start = row + 1
        elif "cash" in text and _CHANGE.search(text) and not _ACTIVITY.search(text):
            start = row + 1
        elif _CASH.search(text) and _FLOW.search(text) and (activity := _ACTIVITY.search(text)) is not None:
            for above in range(start, row):
                if items[above].unit is UnitKind.MONETARY and any(items[above].figures):
                    yield above, str(activity.lastgroup)
            start = row + 1


_OF_THE_WHOLE = frozenset(
    {
        "Assets",
        "AssetsCurrent",
        "CashAndCashEquivalentsAtCarryingValue",
        "Liabilities",
        "LiabilitiesCurrent",
        "NetIncomeLoss",
        "OperatingIncomeLoss",
        "ProfitLoss",
        "Revenues",
        "SalesRevenueNet",
    }
)


def _of_sectors(statement: Statement) -> Iterator[tuple[int, Bar]]:
    """Yield the rows under the names of sectors: names that head rows with the same captions, and are no item."""
    headings: dict[str, set[str]] = {}
    for item in statement.items:
        if item.unit is UnitKind.MONETARY and item.label and item.sections:
            headings.setdefault(wording(item.label).bare, set()).add(item.sections[-1].lower())
    sectors = {
        heading
        for found in headings.values()
        if len(found) > 1 and not any(_WORDS_OF_ITEMS.search(heading) for heading in found)
        for heading in found
    }
    for row, item in enumerate(statement.items):
        sector = next((section for section in item.sections if section.lower() in sectors), None)
        if sector is not None:
            yield row, Bar(f"of {sector!r} only", denied=_OF_THE_WHOLE)
