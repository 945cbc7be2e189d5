"""What the words of a caption rule out: no proceeds are payments, and no interest is the sale of goods."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from converter.mapping.signs import printed_sign
from converter.mapping.structure.model import Bar
from converter.mapping.structure.results import Result, result_of
from converter.statements import LineItem, Statement, StatementKind, UnitKind
from converter.taxonomy import load_taxonomy
from converter.vocabulary import expression, keyword_pattern, wording

_PROCEEDS_WORD = expression(
    r"^(?:cash )?proceeds\b(?!.*\b(?:less|payments?|purchases?|repayments?|redemptions?)\b)(?!\s*\()"
)
_PAYMENTS_WORD = expression(
    r"^(?:cash )?(?:(?:payments?|repayments?|purchases?|retirements?|redemptions?)\b|"
    r"reductions? (?:in|of) (?:[\w-]+ ){0,3}(?:debt|borrowings|notes payable|commercial paper|obligations)\b)"
    r"(?!.*\b(?:proceeds|sales?|borrowings of|collections)\b)(?!\s*\()"
)
_NET_WORD = expression(r"\bnet\b(?! of)|\(")
_PAYMENTS = expression(r"^(?:Payments(?!ForProceeds)|Repayments)")
_PROCEEDS = expression(r"^Proceeds(?!From(?:Repayments|Payments))")
_PAYMENTS_OF_INVESTMENTS = expression(rf"{_PAYMENTS.pattern}|^PaymentsForProceedsFrom\w*(?:Investments|Securities)")
_PROCEEDS_OF_DEBT = expression(rf"{_PROCEEDS.pattern}|^ProceedsFromRepayments")
"""One-way flows, and the two-way ones as well where the figures go one way."""
_OTHER = expression(r"\W*(?:all )?other(?:,? ?[-–—]? ?net| items)?\W*$", re.I)
_ADJUSTMENTS = expression(r"adjust|reconcil|non-?\s?cash|not (?:affecting|requiring|involving)", re.I)
_OTHER_CHANGES = expression(r"^IncreaseDecreaseInOther")
_COLLECTED = expression(r"\bcollect(?:ions?|ed)\b", re.I)
_SALES_AND_MORE = expression(r"^ProceedsFromSaleAndCollectionOf\w*Receivables?$")
_FINANCE_WORD = keyword_pattern(
    "credit|financ|insurance|interest|rental|royalt|franchis|commission",
    r"\b(?:credit|financ\w+|insurance|interest|rentals?|royalt\w+|franchis\w+|commissions?)\b",
)
_NO_GOODS = Bar("no goods are sold", denied=frozenset({"SalesRevenueGoodsNet", "SalesRevenueGoodsGross"}))
_CASH_EQUIVALENTS = Bar("the caption says nothing of cash", allowed=frozenset({"CashEquivalentsAtCarryingValue"}))
_SALES = expression(r"^\W*(?:net |gross |total )*(?:sales|revenues?)\W*$")
_NO_MINERALS = Bar(
    "sales of what is not said",
    denied=frozenset(
        {
            "CoalProductsAndServicesRevenue",
            "LandSales",
            "OilAndGasSalesRevenue",
            "RevenueMineralSales",
            "SalesOfRealEstate",
        }
    ),
)
_STOCKED = expression(
    r"\binventor|^\W*fuel(?: oil| supplies)?(?:,? at (?:average )?cost)?\W*$|"
    r"\b(?:fuel|gas) (?:stocks?|in storage|stored)\b|\bmaterials and supplies\b",
    re.I,
)
_OF_A_KIND = expression(r"\W*(?:fuel|gas|storage gas|supplies|spare parts|metals?|(?:plant )?materials)\b", re.I)
_NOT_ALL_INVENTORIES = Bar("inventories of one kind beside others", denied=frozenset({"InventoryNet"}))
_PAID_NOT_DECLARED = Bar("dividends paid", denied=frozenset({"CommonStockDividendsPerShareDeclared"}))
_DECLARED_NOT_PAID = Bar("dividends declared", denied=frozenset({"CommonStockDividendsPerShareCashPaid"}))
_CHANGES = expression(r"^IncreaseDecrease")
_NAMED_RESULTS = frozenset(Result) - {Result.OTHER, Result.DISCONTINUED, Result.EXTRAORDINARY, Result.MINORITY}


def bars_of_words(statement: Statement) -> Iterator[tuple[int, Bar]]:
    """Yield what the rows of a statement cannot be because of the words of their captions."""
    if statement.kind is StatementKind.CASH_FLOW:
        yield from _of_flows(statement.items)
        return
    for row, item in enumerate(statement.items):
        if item.unit is UnitKind.PER_SHARE:
            yield from ((row, bar) for bar in _of_dividends(" ".join((*item.sections[-1:], item.label))))
        if statement.kind is StatementKind.INCOME and _FINANCE_WORD.search(item.label):
            yield row, _NO_GOODS
        elif statement.kind is StatementKind.INCOME and _SALES.match(wording(item.label).lowered):
            yield row, _NO_MINERALS
        elif statement.kind is StatementKind.BALANCE_SHEET and wording(item.label).bare == "cash equivalents":
            yield row, _CASH_EQUIVALENTS
    if statement.kind is StatementKind.BALANCE_SHEET:
        kinds = [row for row, item in enumerate(statement.items) if _STOCKED.search(item.label)]
        of_a_kind = [row for row in kinds if _OF_A_KIND.match(statement.items[row].label)]
        yield from ((row, _NOT_ALL_INVENTORIES) for row in of_a_kind if len(kinds) > 1)


def _of_dividends(text: str) -> Iterator[Bar]:
    """Yield which dividends per share a row is not of, by its caption and the heading above it."""
    words = wording(text).words
    if words.isdisjoint(("dividend", "dividends")):
        return
    if "paid" in words and "declared" not in words:
        yield _PAID_NOT_DECLARED
    elif "declared" in words and "paid" not in words:
        yield _DECLARED_NOT_PAID


def _of_flows(items: Sequence[LineItem]) -> Iterator[tuple[int, Bar]]:
    """Yield what rows of a cash flow statement cannot be, by the words of their captions."""
    kind = StatementKind.CASH_FLOW
    collected = {row for row, item in enumerate(items) if _COLLECTED.search(item.label)}
    sales_alone = _bar("another row is what was collected", kind, _SALES_AND_MORE)
    for row, item in enumerate(items):
        if item.unit is not UnitKind.MONETARY:
            continue
        text = wording(item.label).lowered
        if "other" in text and _OTHER.match(item.label) and any(map(_ADJUSTMENTS.search, item.sections[-1:])):
            yield row, _bar("an adjustment, no change", kind, _OTHER_CHANGES)
        if collected - {row} and row not in collected:
            yield row, sales_alone
        if _PROCEEDS_WORD.match(text):
            proceeds = _PAYMENTS_OF_INVESTMENTS if _is_one_way(item, text) else _PAYMENTS
            yield row, _bar("proceeds are no payments", kind, proceeds)
        elif _PAYMENTS_WORD.match(text):
            payments = _PROCEEDS_OF_DEBT if _is_one_way(item, text) else _PROCEEDS
            yield row, _bar("payments are no proceeds", kind, payments)
        elif result_of(item.label) in _NAMED_RESULTS:
            yield row, _bar("a result is no change", kind, _CHANGES)


def _is_one_way(item: LineItem, text: str) -> bool:
    return printed_sign(item) != 0 and not _NET_WORD.search(text)


@cache
def _bar(reason: str, kind: StatementKind, pattern: re.Pattern[str]) -> Bar:
    """Return the bar against the concepts of a kind of statement whose names have the pattern."""
    return Bar(reason, denied=frozenset(filter(pattern.search, load_taxonomy().ranks[kind.value])))
