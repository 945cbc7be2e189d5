"""What the words of a caption rule out: no proceeds are payments, and nothing is discontinued that no word says so."""

import re
from collections.abc import Iterator
from functools import cache

from converter.mapping.signs import printed_sign
from converter.mapping.structure.model import Bar
from converter.mapping.structure.results import Result, result_of
from converter.statements import Statement, StatementKind, UnitKind
from converter.taxonomy import load_taxonomy
from converter.vocabulary import wording

_DISCONTINUED_WORD = re.compile(r"discontinu|dispos|divest|held for sale|\bsold\b|\bsales? of\b", re.I)
_CONTINUING_WORD = re.compile(r"\b(?:dis)?continu", re.I)
_PROCEEDS_WORD = re.compile(
    r"^(?:cash )?proceeds\b(?!.*\b(?:less|payments?|purchases?|repayments?|redemptions?)\b)(?!\s*\()"
)
_PAYMENTS_WORD = re.compile(
    r"^(?:cash )?(?:(?:payments?|repayments?|purchases?|retirements?|redemptions?)\b|"
    r"reductions? (?:in|of) (?:[\w-]+ ){0,3}(?:debt|borrowings|notes payable|commercial paper|obligations)\b)"
    r"(?!.*\b(?:proceeds|sales?|borrowings of|collections)\b)(?!\s*\()"
)
_NET_WORD = re.compile(r"\bnet\b(?! of)|\(")
_DISCONTINUED = re.compile(r"Discontinued|^DisposalGroup")
_CONTINUING = re.compile(r"ActivitiesContinuingOperations$|CashEquivalentsContinuingOperations$")
_PAYMENTS = re.compile(r"^(?:Payments(?!ForProceeds)|Repayments)")
_PROCEEDS = re.compile(r"^Proceeds(?!From(?:Repayments|Payments))")
_PAYMENTS_OF_INVESTMENTS = re.compile(rf"{_PAYMENTS.pattern}|^PaymentsForProceedsFrom\w*(?:Investments|Securities)")
_PROCEEDS_OF_DEBT = re.compile(rf"{_PROCEEDS.pattern}|^ProceedsFromRepayments")
"""One-way flows, and the two-way ones as well where the figures go one way."""
_OTHER = re.compile(r"\W*(?:all )?other(?:,? ?[-–—]? ?net| items)?\W*$", re.I)
_ADJUSTMENTS = re.compile(r"adjust|reconcil|non-?\s?cash|not (?:affecting|requiring|involving)", re.I)
_OTHER_CHANGES = re.compile(r"^IncreaseDecreaseInOther")
_COLLECTED = re.compile(r"\bcollect(?:ions?|ed)\b", re.I)
_SALES_AND_MORE = re.compile(r"^ProceedsFromSaleAndCollectionOf\w*Receivables?$")
_FINANCE_WORD = re.compile(
    r"\b(?:credit|financ\w+|insurance|interest|rentals?|royalt\w+|franchis\w+|commissions?)\b", re.I
)
_NO_GOODS = Bar("no goods are sold", denied=frozenset({"SalesRevenueGoodsNet", "SalesRevenueGoodsGross"}))
_CASH_EQUIVALENTS = Bar("the caption says nothing of cash", allowed=frozenset({"CashEquivalentsAtCarryingValue"}))
_REAL_ESTATE = re.compile(r"^RealEstate(?!d)")
_REAL_ESTATE_WORD = re.compile(
    r"real estate|rental|apartment|hotel|building|tenant|\bland\b|mortgage|foreclos|communit|investment propert", re.I
)
_NEAR = 3
"""So many rows above and below may say what a row is of."""
_CHANGES = re.compile(r"^IncreaseDecrease")
_NAMED_RESULTS = frozenset(Result) - {Result.OTHER, Result.DISCONTINUED, Result.EXTRAORDINARY, Result.MINORITY}


def bars_of_words(statement: Statement) -> Iterator[tuple[int, Bar]]:
    """Yield what the rows of a statement cannot be because of the words of their captions."""
    kind, items = statement.kind, statement.items
    texts = [" / ".join((*item.sections, item.label)) for item in items]
    discontinued = [_DISCONTINUED_WORD.search(text) is not None for text in texts]
    is_divided = any(map(_CONTINUING_WORD.search, texts))
    collected = {row for row, item in enumerate(items) if _COLLECTED.search(item.label)}
    sales_alone = _bar("another row is what was collected", kind, _SALES_AND_MORE)
    has_real_estate = any(map(_REAL_ESTATE_WORD.search, texts))
    undivided = _bar("nothing is said of discontinued operations", kind, _CONTINUING)
    not_discontinued = _bar("no word near it says that it is discontinued or sold", kind, _DISCONTINUED)
    no_real_estate = _bar("no word says that it is real estate", kind, _REAL_ESTATE)
    for row, item in enumerate(items):
        if item.unit is not UnitKind.MONETARY:
            continue
        if not any(discontinued[max(0, row - _NEAR) : row + _NEAR + 1]):
            yield row, not_discontinued
        if not has_real_estate:
            yield row, no_real_estate
        if _FINANCE_WORD.search(item.label):
            yield row, _NO_GOODS
        if kind is StatementKind.BALANCE_SHEET and wording(item.label).bare == "cash equivalents":
            yield row, _CASH_EQUIVALENTS
        if kind is not StatementKind.CASH_FLOW:
            continue
        if not is_divided:
            yield row, undivided
        text = wording(item.label).lowered
        if _OTHER.match(item.label) and any(map(_ADJUSTMENTS.search, item.sections[-1:])):
            yield row, _bar("an adjustment, no change", kind, _OTHER_CHANGES)
        if collected - {row} and row not in collected:
            yield row, sales_alone
        one_way = printed_sign(item) != 0 and not _NET_WORD.search(text)
        if _PROCEEDS_WORD.search(text):
            yield row, _bar("proceeds are no payments", kind, _PAYMENTS_OF_INVESTMENTS if one_way else _PAYMENTS)
        elif _PAYMENTS_WORD.search(text):
            yield row, _bar("payments are no proceeds", kind, _PROCEEDS_OF_DEBT if one_way else _PROCEEDS)
        elif result_of(item.label) in _NAMED_RESULTS:
            yield row, _bar("a result is no change", kind, _CHANGES)


@cache
def _bar(reason: str, kind: StatementKind, pattern: re.Pattern[str]) -> Bar:
    """Return the bar against the concepts of a kind of statement whose names have the pattern."""
    return Bar(reason, denied=frozenset(filter(pattern.search, load_taxonomy().ranks[kind.value])))
