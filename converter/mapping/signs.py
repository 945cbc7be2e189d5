"""The sign of a row: fact value = sign * printed value.

A fact has the sign of its concept (XBRL 2.1, 5.1.1.2; an expense is positive, a loss is a negative income), the
print has that of its layout. Two steps: how a printed figure counts towards the end of its statement (net income,
the change in cash, the assets or the claims on them), +1 as printed or -1 the other way; and how the concept
counts towards the same end. The first is read from the sums that the row is a part of, else from its wording and
from how the statement prints its other rows.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from converter.mapping.weights import Model
from converter.statements import LineItem, Statement, StatementKind, UnitKind
from converter.sums import Sum
from converter.taxonomy import CHANGE_IN_CASH, Concept, is_contra, load_taxonomy
from converter.vocabulary import wording

_TWO_SIGNED = re.compile(
    r"IncomeLoss|GainLoss|GainsLosses|IncreaseDecrease|ExpenseBenefit|ProvidedByUsedIn|IncomeExpense"
    r"|ExpenseIncome|ProceedsFromRepayments|ProceedsFromPayments|PaymentsForProceeds|ProfitLoss|EarningsPerShare"
    r"|EarningsAccumulatedDeficit|ComprehensiveIncome|EffectOf|Adjustment|(?<!LiabilitiesAndStockholders)Equity$|EquityIncluding|PerBasicShare"
    r"|PerDilutedShare|NetChange|AssetsLiabilities|OtherNoncash|NonoperatingIncome|IncomeTaxes(?!Receivable)|Capital"
    r"|DevelopmentStage|AccountingPrinciple|ExtraordinaryItem|Accretion"
)
"""Concepts whose value may well be negative; of any other a negative value is rare, and its print is a layout's."""
_FIRST_IN_CASH_FLOW = re.compile(
    r"ProfitLoss|NetIncomeLoss(Available.*)?$|IncomeLossFromContinuingOperations(Including.*)?$|IncomeLossIncluding"
)
_RESULT = re.compile(r"(?:Net|Operating|Comprehensive)?IncomeLoss(?!FromEquityMethod)|ProfitLoss|GrossProfit")
"""Results: what is printed plainly is a gain, unless the caption says that it is a loss."""
_MINORITY = re.compile(r"AttributableTo(?:Noncontrolling|Minority)")
_LOSS = re.compile(r"\b(?:loss(?:es)?|deficit|deficiency)\b")
_GAIN = re.compile(r"\b(?:income|earnings|profits?|gains?|equity|retained|benefit)\b(?!\s+tax)")
_COST_WORD = re.compile(r"\b(?:expenses?|provision|costs?|taxes|charges?|loss(?:es)?|payments?)\b")
_BENEFIT_WORD = re.compile(r"\b(?:income|benefit|gains?|credit|earnings|recovery|recoveries)\b")


def signs_of(statement: Statement, sums: Sequence[Sum], concepts: Sequence[str | None], model: Model) -> list[int]:
    """The sign of every row of a statement whose rows have these concepts; +1 for a row without one."""
    known = load_taxonomy().concepts
    claims = _claims_from(concepts)
    effects = [_effect(statement.kind, known.get(name or ""), i >= claims, model) for i, name in enumerate(concepts)]
    counted = _counted(statement, sums, concepts, effects)
    deducts = _prints_deductions(statement, concepts, effects)
    flows = {*range(_flows_to(statement.kind, concepts) + 1), *counted, *(found.total for found in sums)}
    effects = [effect if i in flows else 1 for i, effect in enumerate(effects)]
    return [
        _sign(item, statement.kind, concepts[i] or "", effects[i], counted.get(i), deducts) if concepts[i] else 1
        for i, item in enumerate(statement.items)
    ]


def _flows_to(kind: StatementKind, concepts: Sequence[str | None]) -> int:
    """The row of the change in cash: what a cash flow statement remarks below it is printed as what it is."""
    return (
        concepts.index(CHANGE_IN_CASH)
        if kind is StatementKind.CASH_FLOW and CHANGE_IN_CASH in concepts
        else len(concepts)
    )


def _claims_from(concepts: Sequence[str | None]) -> int:
    """The row after total assets, where the claims on them begin; without that total, the first liability."""
    known = load_taxonomy().concepts
    for i, name in enumerate(concepts):
        if name == "Assets":
            return i + 1
        if name is not None and name in known and known[name].balance == "credit" and not is_contra(name):
            return i
    return len(concepts)


def _effect(kind: StatementKind, concept: Concept | None, claim: bool, model: Model) -> int:
    """How a positive value of the concept counts towards the end of the statement."""
    if concept is None or concept.type in ("shares", "perShare"):
        return 1
    if kind is StatementKind.CASH_FLOW:
        return -1 if concept.name in model.deducting and not _FIRST_IN_CASH_FLOW.fullmatch(concept.name) else 1
    if kind is StatementKind.INCOME:
        return -1 if concept.balance == "debit" else 1
    return -1 if concept.balance == ("debit" if claim else "credit") else 1


def _counted(
    statement: Statement, sums: Sequence[Sum], concepts: Sequence[str | None], effects: Sequence[int]
) -> dict[int, int]:
    """How the printed figures of rows that are parts of sums count towards the end of the statement."""
    holding = [found for found in sums if found.holds]
    counted: dict[int, int] = {}
    for found in sorted(holding, key=lambda one: -one.total):
        total = counted.get(found.total)
        if total is None:
            name = concepts[found.total] or ""
            total = _printed_effect(statement.items[found.total], statement.kind, name, effects[found.total])
        for part, sign in found.parts:
            counted[part] = total * sign
    return counted


def _printed_effect(total: LineItem, kind: StatementKind, concept: str, effect: int) -> int:
    """How the printed figures of a total count that is no part of another one.

    A loss or a total of costs, printed positive, takes from the result; changes in a cash flow are effects on cash.
    """
    if effect < 0:
        changes = kind is StatementKind.CASH_FLOW and is_two_signed(concept)
        return 1 if changes or printed_sign(total) < 0 else -1
    turned = is_result(concept) and only_loss(total.label) and printed_sign(total) > 0
    return -1 if turned else 1


def printed_sign(item: LineItem) -> int:
    """The sign of all figures of a row but zeros: +1, -1, or 0 where they differ or there are none."""
    signs = {1 if figure.value > 0 else -1 for figure in item.figures if figure and figure.value}
    return signs.pop() if len(signs) == 1 else 0


def _prints_deductions(statement: Statement, concepts: Sequence[str | None], effects: Sequence[int]) -> bool:
    """Whether most rows that take from the result, and can't but do so, are printed in brackets."""
    plain = bracketed = 0
    for item, name, effect in zip(statement.items, concepts, effects, strict=True):
        if name and effect < 0 and not is_two_signed(name):
            if printed_sign(item) < 0:
                bracketed += 1
            else:
                plain += 1
    return bracketed > plain


def _sign(item: LineItem, kind: StatementKind, name: str, effect: int, counted: int | None, deducts: bool) -> int:
    values = [figure.value for figure in item.figures if figure and figure.value]
    if not values or item.unit in (UnitKind.SHARES, UnitKind.PURE):
        return 1
    printed = printed_sign(item)
    if kind is StatementKind.BALANCE_SHEET and printed and not is_two_signed(name):
        # A plain asset or liability in brackets that the sums take off is negative; a contra amount is positive.
        negative = printed < 0 and effect > 0 and counted == 1 and not is_contra(name)
        return 1 if negative else printed
    if kind is StatementKind.INCOME and is_result(name) and (counted is None or not _MINORITY.search(name)):
        if printed > 0:
            return -1 if only_loss(item.label) else 1
        if _GAIN.search(wording(item.label).outside):
            return 1
    if counted is not None:
        return effect * counted
    if printed and not is_two_signed(name) and not _alternation(item.label):
        return printed
    if kind is StatementKind.CASH_FLOW:
        return effect
    own = _alternation(item.label) if kind is StatementKind.INCOME else 0
    if own:
        return effect * own
    if printed and effect > 0 and only_loss(item.label):
        return -printed
    return -effect if effect < 0 and not deducts else effect


@lru_cache(maxsize=8192)
def _alternation(label: str) -> int:
    """Of "Provision (benefit) for taxes": -1, a plain figure is a cost; "(provision) benefit": +1; else 0."""
    inside, outside = wording(label).inside, wording(label).outside
    if _BENEFIT_WORD.search(inside) and _COST_WORD.search(outside):
        return -1
    if _COST_WORD.search(inside) and _BENEFIT_WORD.search(outside):
        return 1
    return 0


@lru_cache(maxsize=4096)
def is_two_signed(name: str) -> bool:
    """Whether values of the concept may well be negative."""
    return _TWO_SIGNED.search(name) is not None


def is_result(name: str) -> bool:
    """Whether the concept is a result: what is left of revenues when costs are taken off."""
    return _RESULT.match(name) is not None


@lru_cache(maxsize=8192)
def only_loss(label: str) -> bool:
    """Whether the caption names a loss or a deficit and nothing that a plain figure could be instead."""
    outside = wording(label).outside
    plain = outside if _LOSS.search(outside) else wording(label).lowered
    return bool(_LOSS.search(plain)) and not _GAIN.search(outside)
