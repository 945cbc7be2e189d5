"""The activity of a cash flow statement that a row stands in, and the concepts that can stand there."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from converter.mapping.structure.model import Bar
from converter.mapping.structure.presentation import directly_below
from converter.statements import LineItem, Statement, StatementKind, UnitKind
from converter.vocabulary import expression, wording

_OPERATING = ("OperatingActivitiesAbstract", "OperatingActivitiesDirectAbstract", "AdjustmentsNoncashAbstract")
_CHANGES = "IncreaseDecreaseInOperatingCapitalAbstract"
_INVESTING, _FINANCING = "InvestingActivitiesAbstract", "FinancingActivitiesAbstract"
_NONCASH_TRANSACTIONS = "noncash"
_SUPPLEMENT, _NONCASH = "SupplementalCashFlowAbstract", "NoncashInvestingAndFinancingAbstract"
_ACTIVITIES = {
    "operating": (*_OPERATING, _CHANGES),
    "investing": (_INVESTING,),
    "financing": (_FINANCING,),
    _NONCASH_TRANSACTIONS: (_NONCASH,),
}
"""The parts of a cash flow statement, and where in the presentation their concepts stand."""

_ACTIVITY = expression(
    r"\b(?:(?P<operating>operati(?:ng|ons))|(?P<investing>invest(?:ing|ments?))|(?P<financing>financ(?:ing|ial)))\b"
)
_CASH = expression(r"^net (?:provided|used)|\b(?:cash|funds)\b")
_FLOW = expression(r"\b(?:provided|used|from|for|flow|flows|generated|required|in|by)\b")
_CHANGE = expression(r"\bchange in cash\b|\b(?:in|de)crease\b")
_NONCASH_WORD = expression(r"\bnon-?\s?cash\b")
_ADJUSTMENTS = expression(r"\badjust|\breconcil|\bnot (?:affecting|requiring|involving|using)\b|\bincluded in\b")
_TRANSACTIONS = expression(r"\b(?:investing|financing|transactions?|activit|supplement|schedule)")
_PAID_WORD = expression(r"\bpaid\b", re.I)
_PAID = expression(r"Paid(?:Net|Capitalized)?$")
_PORTION = expression(r"\bnon-?\s?cash (?:portion|part|component)\b", re.I)
_PORTION_ONLY = Bar(
    "the part of a cost that is not cash",
    allowed=frozenset(
        {
            "AdjustmentsNoncashItemsToReconcileNetIncomeLossToCashProvidedByUsedInOperatingActivitiesOther",
            "OtherNoncashExpense",
            "OtherNoncashIncomeTaxExpense",
        }
    ),
)
_CHANGES_HEADING = expression(
    r"\b(?:changes?|increases?|decreases?)\)?(?: \(?(?:increase|decrease)\)?)? (?:in|of)\b(?!.{0,60}\bcash\b)|"
    r"^\W*changes\W*$"
)
_CHANGE_WORD = expression(r"\bchanges?\b|\b(?:in|de)creases?\b|asset|liabilit|working capital|receivable|payable|accru")
_CHANGES_ONLY = Bar(
    "a row of the changes in assets and liabilities",
    denied=frozenset(
        {
            "AdjustmentsNoncashItemsToReconcileNetIncomeLossToCashProvidedByUsedInOperatingActivitiesOther",
            "OtherNoncashExpense",
            "OtherNoncashIncome",
            "OtherNoncashIncomeExpense",
        }
    ),
)
_NO_OTHER_CHANGE = Bar(
    "a row above the changes in assets and liabilities",
    denied=frozenset(
        {
            "IncreaseDecreaseInOtherOperatingAssets",
            "IncreaseDecreaseInOtherOperatingCapitalNet",
            "IncreaseDecreaseInOtherOperatingLiabilities",
        }
    ),
)


def activities_of(statement: Statement) -> Iterator[tuple[int, Bar]]:
    """Yield what the rows of a cash flow statement cannot be because of the activity, or its part, that they are of."""
    changes_began = False
    above: list[int] = []
    for row, part in _parts(statement.items):
        item = statement.items[row]
        if not _names_another(item, part):
            yield row, _bar_of_activity(part, _PAID_WORD.search(item.label) is not None)
        if part == "operating":
            if _PORTION.search(item.label):
                yield row, _PORTION_ONLY
            if any(map(_is_of_changes, item.sections)):
                changes_began = True
                yield row, _CHANGES_ONLY
            elif not changes_began and not _CHANGE_WORD.search(wording(item.label).lowered):
                above.append(row)
    if changes_began:
        yield from ((row, _NO_OTHER_CHANGE) for row in above)


@lru_cache(maxsize=1024)
def _is_of_changes(heading: str) -> bool:
    return _CHANGES_HEADING.search(heading.lower()) is not None


@cache
def _bar_of_activity(part: str, says_paid: bool) -> Bar:
    """Return what the rows of a part of a cash flow statement cannot be: what belongs to another part alone.

    Interest and taxes paid stand in the supplement, or in the operating part under captions that say "paid".
    """
    concepts = {name: directly_below(StatementKind.CASH_FLOW, parents) for name, parents in _ACTIVITIES.items()}
    paid = frozenset(filter(_PAID.search, directly_below(StatementKind.CASH_FLOW, (_SUPPLEMENT,))))
    if says_paid and part == "operating":
        paid = frozenset()
    return Bar(f"a row of the {part} part", denied=paid.union(*concepts.values()) - concepts[part])


@lru_cache(maxsize=1024)
def _is_of_noncash_transactions(heading: str) -> bool:
    lowered = heading.lower()
    if _ADJUSTMENTS.search(lowered):
        return False
    return _NONCASH_WORD.search(lowered) is not None and _TRANSACTIONS.search(lowered) is not None


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
