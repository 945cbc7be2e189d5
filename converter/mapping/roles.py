"""Concepts that the sums of a statement rule out: a part of a total of expenses is no revenue."""

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from converter.mapping.signs import is_loss_caption, is_result, is_two_signed, printed_sign
from converter.mapping.totals import is_bare
from converter.statements import LineItem, Statement, StatementKind
from converter.sums import Sum, polarity
from converter.taxonomy import CHANGE_IN_CASH, Concept, load_taxonomy
from converter.vocabulary import expression

_CURRENT_TOTALS = frozenset({"AssetsCurrent", "LiabilitiesCurrent"})
_CURRENT_HEADING = expression(r"\W*current\s+(?:assets|liabilities)\b", re.IGNORECASE)
_CURRENT = expression(r"Current(?:Liabilities|Net)?$")
_NONCURRENT = expression(r"Noncurrent")
_ALL_REVENUES = frozenset({"Revenues", "SalesRevenueNet"})
_REVENUES = _ALL_REVENUES | {"SalesRevenueGoodsNet", "SalesRevenueServicesNet"}
_INTEREST_INCOME = expression(r"(?:Investment|Interest)\w*Income")
_ACCUMULATED = expression(r"AccumulatedDepreciation")
_COSTS_OF_SALES = frozenset({"CostOfRevenue", "CostOfGoodsSold", "CostOfServices"})
_OTHER_COSTS = frozenset(
    {
        "GeneralAndAdministrativeExpense",
        "InterestExpense",
        "ResearchAndDevelopmentExpense",
        "SellingAndMarketingExpense",
        "SellingGeneralAndAdministrativeExpense",
    }
)
_OTHER_NONOPERATING = expression(r"OtherNonoperating(?:IncomeExpense|Income|Expense)$")
_INTEREST = expression(r"Interest(?:And(?:Debt|Other))?(?:Income)?Expense|InvestmentIncome|InterestIncome")
_NET_PROPERTY, _GROSS_PROPERTY = "PropertyPlantAndEquipmentNet", "PropertyPlantAndEquipmentGross"
_DEPRECIATION = "AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment"
_PAYMENT = expression(r"Payments(?!ForProceeds)|Repayments")
_PROCEEDS = expression(r"Proceeds(?!From(?:Repayments|Payments))")


def contradicted_rows(statement: Statement, sums: Sequence[Sum], names: Sequence[str | None]) -> set[int]:
    """Return the indexes of the rows whose concepts (`names`) do not agree with their role in a sum that holds.

    A part that is added to a total has the balance of the total, a part that is subtracted the opposite one (XBRL 2.1
    section 5.1.1.2, table 6), except for concepts that may have either sign. Parts of current assets and liabilities
    are current, rows beside these totals are not. Depreciation of a part of property is not that of all property. What
    adds to cash is no payment, what takes from it no proceeds. The costs of sales have no part that is a cost of
    selling, of administration or of debt. A total that has interest among its parts is more than other income.
    """
    holding = [sum_ for sum_ in sums if sum_.holds]
    if statement.kind is StatementKind.CASH_FLOW:
        return set(_against_cash_effect(statement, holding, names))
    wrong = set(_out_of_balance(statement, holding, names))
    wrong |= set(_out_of_proportion(statement, holding, names))
    wrong |= set(_with_other_parts(holding, names))
    wrong |= {
        sum_.total
        for sum_ in holding
        if names[sum_.total] in _COSTS_OF_SALES and any(names[part] in _OTHER_COSTS for part, _ in sum_.parts)
    }
    wrong |= set(_more_than_other(holding, names))
    if statement.kind is StatementKind.BALANCE_SHEET:
        wrong |= set(_out_of_term(statement, holding, names)) | set(_of_a_part(statement, holding, names))
    return wrong


def _more_than_other(sums: Sequence[Sum], names: Sequence[str | None]) -> Iterator[int]:
    """Yield totals of nonoperating income that are said to be other income, but have interest among their parts."""
    for sum_ in sums:
        is_other = len(sum_.parts) > 1 and _OTHER_NONOPERATING.match(names[sum_.total] or "")
        if is_other and any(_INTEREST.match(names[part] or "") for part, _ in sum_.parts):
            yield sum_.total


def _of_a_part(statement: Statement, sums: Sequence[Sum], names: Sequence[str | None]) -> Iterator[int]:
    """Yield gross amounts and depreciation that do not make all property, but a part of it such as leased aircraft."""
    net = {row for row, name in enumerate(names) if name == _NET_PROPERTY}
    for sum_ in sums if net else ():
        parts = [part for part, _ in sum_.parts]
        gross = [part for part in parts if names[part] == _GROSS_PROPERTY]
        is_less = any(_size(statement.items[sum_.total]) < _size(statement.items[part]) for part in gross)
        of_property = is_less or any(names[row] == _DEPRECIATION for row in (sum_.total, *parts))
        if of_property and not net.intersection((sum_.total, *parts)):
            yield from (part for part in parts if names[part] in (_GROSS_PROPERTY, _DEPRECIATION))


def _against_cash_effect(statement: Statement, sums: Sequence[Sum], names: Sequence[str | None]) -> Iterator[int]:
    """Yield payments that add to the change in cash and proceeds that reduce it, unless the caption names the sign."""
    effects: dict[int, int] = {}
    for sum_ in sorted(sums, key=lambda sum_: -sum_.total):
        effect = 1 if names[sum_.total] == CHANGE_IN_CASH else effects.get(sum_.total, 0)
        effects |= {part: effect * sign for part, sign in sum_.parts}
    for row, effect in effects.items():
        item, name = statement.items[row], names[row] or ""
        flow = 0 if polarity(item.label, (), StatementKind.CASH_FLOW) else effect * printed_sign(item)
        if (flow > 0 and _PAYMENT.match(name)) or (flow < 0 and _PROCEEDS.match(name)):
            yield row


def _out_of_proportion(statement: Statement, sums: Sequence[Sum], names: Sequence[str | None]) -> Iterator[int]:
    """Yield parts of revenues that cannot be all revenues (less than half of them) or net revenues (more than all).

    What interest is taken off is no such total: a bank's or broker's net revenues.
    """
    for sum_ in sums:
        if names[sum_.total] in _REVENUES:
            if any(sign < 0 and (names[part] or "").startswith("InterestExpense") for part, sign in sum_.parts):
                yield sum_.total
                continue
            whole = _size(statement.items[sum_.total])
            for part, _ in sum_.parts:
                size = _size(statement.items[part])
                if (names[part] in _ALL_REVENUES and size < whole / 2) or (names[part] in _REVENUES and size > whole):
                    yield part


def _with_other_parts(sums: Sequence[Sum], names: Sequence[str | None]) -> Iterator[int]:
    """Yield interest expense that has income among its parts, and net amounts that depreciation is taken off."""
    for sum_ in sums:
        parts = [names[part] or "" for part, _ in sum_.parts]
        if names[sum_.total] == "InterestExpense" and any(map(_INTEREST_INCOME.match, parts)):
            yield sum_.total
        if any(map(_ACCUMULATED.match, parts)):
            yield from (part for part, _ in sum_.parts if (names[part] or "").endswith("EquipmentNet"))


def _size(item: LineItem) -> Decimal:
    return sum((abs(figure.value) for figure in item.figures if figure), Decimal(0))


def _out_of_term(statement: Statement, sums: Sequence[Sum], names: Sequence[str | None]) -> Iterator[int]:
    """Yield noncurrent parts of a current total, and current rows beside such a total."""
    current, beside = rows_of_terms(statement, sums, names)
    for rows, wrong_term in ((current, _NONCURRENT), (beside, _CURRENT)):
        yield from (row for row in rows if wrong_term.search(names[row] or ""))


class Terms(NamedTuple):
    """The rows of a balance sheet that are parts of current totals, and those that stand beside such totals."""

    current: set[int]
    beside: set[int]


def rows_of_terms(statement: Statement, sums: Sequence[Sum], names: Sequence[str | None]) -> Terms:
    """Return the rows whose term the sums that hold tell; `names` are those of the rows' concepts."""
    totals = {i for i, name in enumerate(names) if name in _CURRENT_TOTALS}
    totals |= {sum_.total for sum_ in sums if _is_current(statement, sum_)}
    current = _rows_within(totals, sums)
    including = [sum_ for sum_ in sums if any(part in totals for part, _ in sum_.parts)]
    beside = {part for sum_ in including for part, _ in sum_.parts}
    return Terms(current, beside - totals - current)


def _is_current(statement: Statement, sum_: Sum) -> bool:
    """Whether a total without a caption adds up the rows under a heading such as "Current assets"."""
    sections = [statement.items[part].sections for part, _ in sum_.parts]
    return is_bare(statement.items[sum_.total]) and all(s and _CURRENT_HEADING.match(s[-1]) for s in sections)


def _rows_within(totals: Collection[int], sums: Sequence[Sum]) -> set[int]:
    """Return the parts of these totals, and the parts of the parts."""
    rows = set(totals)
    for sum_ in sorted(sums, key=lambda sum_: -sum_.total):
        if sum_.total in rows:
            rows |= {part for part, _ in sum_.parts}
    return rows - set(totals)


def _out_of_balance(statement: Statement, sums: Sequence[Sum], names: Sequence[str | None]) -> Iterator[int]:
    """Yield parts whose balance does not agree with that of their total; the total, where all of several do not."""
    by_name = load_taxonomy().concepts
    concepts = [by_name.get(name) if name is not None else None for name in names]
    for sum_ in sums:
        total = concepts[sum_.total]
        if (
            total is None
            or not total.balance
            or _is_difference(total.name)
            or is_loss_caption(statement.items[sum_.total].label)
        ):
            continue
        negated = total.balance == "debit" and printed_sign(statement.items[sum_.total]) < 0
        known = [(part, concept, sign) for part, sign in sum_.parts if (concept := concepts[part]) is not None]
        wrong = [
            part
            for part, concept, sign in known
            if _has_wrong_balance(concept, statement.items[part], sign, total, negated)
        ]
        judged = sum(not is_two_signed(concept.name) for _, concept, _ in known)
        all_are_wrong = len(wrong) == judged > (1 if is_bare(statement.items[sum_.total]) else 2)
        yield from [sum_.total] if all_are_wrong else wrong


def _is_difference(name: str) -> bool:
    """Whether a total is incomes less costs, printed either way round."""
    return is_two_signed(name) and not is_result(name) and "IncomeExpense" in name


def _has_wrong_balance(concept: Concept, item: LineItem, sign: int, total: Concept, negated: bool) -> bool:
    """Whether a part with this sign in the sum has the wrong balance; `negated`: the total is costs, in brackets.

    A cost printed with the sign opposite to its total's may have been given back. A result is no part of costs.
    """
    if is_result(concept.name) and concept.balance == "credit" and total.balance == "debit":
        return not is_two_signed(total.name)
    printed = printed_sign(item)
    if not printed or not concept.balance or is_two_signed(concept.name):
        return False
    if (printed < 0) != negated:
        if concept.balance == total.balance == "debit":
            return False
        sign = -sign
    return (concept.balance == total.balance) != (sign > 0)
