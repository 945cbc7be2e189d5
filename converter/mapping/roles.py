"""What the arithmetic of a statement says against a concept: a part of a total of expenses is no revenue."""

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from converter.mapping.signs import is_result, is_two_signed, only_loss, printed_sign
from converter.mapping.totals import is_bare
from converter.statements import LineItem, Statement, StatementKind
from converter.sums import Sum, polarity
from converter.taxonomy import CHANGE_IN_CASH, Concept, load_taxonomy

_CURRENT_TOTALS = frozenset({"AssetsCurrent", "LiabilitiesCurrent"})
_CURRENT_HEADING = re.compile(r"\W*current\s+(?:assets|liabilities)\b", re.IGNORECASE)
_CURRENT = re.compile(r"Current(?:Liabilities|Net)?$")
_NONCURRENT = re.compile(r"Noncurrent")
_ALL_REVENUES = frozenset({"Revenues", "SalesRevenueNet"})
_REVENUES = _ALL_REVENUES | {"SalesRevenueGoodsNet", "SalesRevenueServicesNet"}
_PAYMENT = re.compile(r"Payments(?!ForProceeds)|Repayments")
_PROCEEDS = re.compile(r"Proceeds(?!From(?:Repayments|Payments))")


def contradicted(statement: Statement, sums: Sequence[Sum], names: Sequence[str | None]) -> set[int]:
    """The rows whose concept cannot be, for the part they play in a sum that holds.

    What is added to a total has the total's balance, what is taken from it the other one (XBRL 2.1 section
    5.1.1.2, table 6); concepts that may have either sign are left alone. What current assets and liabilities are
    made of is current, and what stands beside them is not. What adds to cash is no payment, what takes from it no
    proceeds.
    """
    holding = [found for found in sums if found.holds]
    if statement.kind is StatementKind.CASH_FLOW:
        return set(_against_cash(statement, holding, names))
    wrong = set(_out_of_balance(statement, holding, names))
    wrong |= set(_not_all_revenues(statement, holding, names))
    if statement.kind is StatementKind.BALANCE_SHEET:
        wrong |= set(_out_of_term(statement, holding, names))
    return wrong


def _against_cash(statement: Statement, sums: Sequence[Sum], names: Sequence[str | None]) -> Iterator[int]:
    """Payments that add to the change in cash, and proceeds that take from it, where the caption names neither."""
    counted: dict[int, int] = {}
    for found in sorted(sums, key=lambda one: -one.total):
        total = 1 if names[found.total] == CHANGE_IN_CASH else counted.get(found.total, 0)
        counted |= {part: total * sign for part, sign in found.parts}
    for row, effect in counted.items():
        item, name = statement.items[row], names[row] or ""
        flow = 0 if polarity(item.label, (), StatementKind.CASH_FLOW) else effect * printed_sign(item)
        if (flow > 0 and _PAYMENT.match(name)) or (flow < 0 and _PROCEEDS.match(name)):
            yield row


def _not_all_revenues(statement: Statement, sums: Sequence[Sum], names: Sequence[str | None]) -> Iterator[int]:
    """Parts of revenues that are less than half of them, so not all, or more, so not net."""
    for found in sums:
        if names[found.total] in _REVENUES:
            whole = _size(statement.items[found.total])
            for part, _ in found.parts:
                size = _size(statement.items[part])
                if (names[part] in _ALL_REVENUES and size < whole / 2) or (names[part] in _REVENUES and size > whole):
                    yield part


def _size(item: LineItem) -> Decimal:
    return sum((abs(figure.value) for figure in item.figures if figure), Decimal(0))


def _out_of_term(statement: Statement, sums: Sequence[Sum], names: Sequence[str | None]) -> Iterator[int]:
    """Noncurrent parts of a total of what is current, and current ones beside it."""
    totals = {i for i, name in enumerate(names) if name in _CURRENT_TOTALS}
    totals |= {found.total for found in sums if _is_current(statement, found)}
    current = _within(totals, sums)
    sums_of_it = [found for found in sums if any(part in totals for part, _ in found.parts)]
    beside = {part for found in sums_of_it for part, _ in found.parts}
    for rows, other_term in ((current, _NONCURRENT), (beside - totals, _CURRENT)):
        yield from (row for row in rows if other_term.search(names[row] or ""))


def _is_current(statement: Statement, found: Sum) -> bool:
    """Whether a total without a caption adds up what stands under the heading "Current assets", or liabilities."""
    sections = [statement.items[part].sections for part, _ in found.parts]
    return is_bare(statement.items[found.total]) and all(s and _CURRENT_HEADING.match(s[-1]) for s in sections)


def _within(totals: Collection[int], sums: Sequence[Sum]) -> set[int]:
    """The rows that make up these totals, with those that make up them."""
    rows = set(totals)
    for found in sorted(sums, key=lambda one: -one.total):
        if found.total in rows:
            rows |= {part for part, _ in found.parts}
    return rows - set(totals)


def _out_of_balance(statement: Statement, sums: Sequence[Sum], names: Sequence[str | None]) -> Iterator[int]:
    """Parts with the wrong balance for their total."""
    known = load_taxonomy().concepts
    concepts = [known.get(name) if name is not None else None for name in names]
    for found in sums:
        total = concepts[found.total]
        if total is None or not total.balance or only_loss(statement.items[found.total].label):
            continue
        turned = total.balance == "debit" and printed_sign(statement.items[found.total]) < 0
        for part, sign in found.parts:
            concept = concepts[part]
            if concept is not None and _misplaced(concept, statement.items[part], sign, total, turned):
                yield part


def _misplaced(concept: Concept, item: LineItem, sign: int, total: Concept, turned: bool) -> bool:
    """Whether a part has the wrong balance; `turned` says that the total is one of costs in brackets.

    A cost printed the other way than its total may be one that was given back; a result is never one of costs.
    """
    if is_result(concept.name) and concept.balance == "credit" and total.balance == "debit":
        return not is_two_signed(total.name)
    printed = printed_sign(item)
    if not printed or not concept.balance or is_two_signed(concept.name):
        return False
    if (printed < 0) != turned:
        if concept.balance == total.balance == "debit":
            return False
        sign = -sign
    return (concept.balance == total.balance) != (sign > 0)
