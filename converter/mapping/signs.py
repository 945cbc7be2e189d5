"""The sign of a row: fact value = sign * printed value.

A fact has the sign of its concept (XBRL 2.1 section 5.1.1.2: an expense is positive, a loss is a negative income), a
printed figure the sign of its layout. The sign is the product of two effects, each +1 or -1, on the last line of the
statement (net income, the change in cash, total assets, or total liabilities and equity): the effect of the printed
figure and that of a positive value of the concept. The first follows from the sums that the row is part of, else from
its caption and from how the statement prints its other rows.
"""

from collections.abc import Collection, Sequence
from functools import lru_cache

from converter.mapping.weights import Model
from converter.statements import LineItem, Statement, StatementKind, UnitKind
from converter.sums import Sum
from converter.taxonomy import CHANGE_IN_CASH, Concept, is_contra, load_taxonomy
from converter.vocabulary import expression, wording

_TWO_SIGNED = expression(
    r"IncomeLoss|GainLoss|GainsLosses|IncreaseDecrease|ExpenseBenefit|ProvidedByUsedIn|IncomeExpense"
    r"|ExpenseIncome|ProceedsFromRepayments|ProceedsFromPayments|PaymentsForProceeds|ProfitLoss|EarningsPerShare"
    r"|EarningsAccumulatedDeficit|ComprehensiveIncome|EffectOf|Adjustment|(?<!LiabilitiesAndStockholders)Equity$|EquityIncluding|PerBasicShare"
    r"|PerDilutedShare|NetChange|AssetsLiabilities|OtherNoncash|NonoperatingIncome|IncomeTaxes(?!Receivable)|Capital(?!Lease|ized)"
    r"|DevelopmentStage|AccountingPrinciple|ExtraordinaryItem|Accretion"
)
"""Concepts whose value may well be negative; a value of any other in brackets is nearly always a matter of layout."""
_FIRST_IN_CASH_FLOW = expression(
    r"ProfitLoss|NetIncomeLoss(Available.*)?$|IncomeLossFromContinuingOperations(Including.*)?$|IncomeLossIncluding"
)
_RESULT = expression(r"(?:Net|Operating|Comprehensive)?IncomeLoss(?!FromEquityMethod)|ProfitLoss|GrossProfit")
"""Results: a figure without brackets is a gain, unless the caption names a loss."""
_PAID = expression(r"^(?:Interest|IncomeTaxes)Paid(?:Net)?$")
"""Interest and taxes paid, which reduce cash where they stand among the flows."""
_MINORITY = expression(r"AttributableTo(?:Noncontrolling|Minority)")
_ALLOCATED = expression(r"AllocatedTo")
"""A share of the result, whose sign is its own, though the other share may be the result less this one."""
_TOTALS = frozenset({"Assets", "LiabilitiesAndStockholdersEquity"})
_OWNERS = expression(r"CommonStock|PreferredStock|AdditionalPaidIn|RetainedEarnings|StockholdersEquity")
_LOSS = expression(r"\b(?:loss(?:es)?|deficit|deficiency)\b")
_GAIN = expression(r"\b(?:income|earnings|profits?|gains?|equity|retained|benefit)\b(?!\s+tax)")
_COST_WORD = expression(r"\b(?:expenses?|provision|costs?|taxes|charges?|loss(?:es)?|payments?)\b")
_BENEFIT_WORD = expression(r"\b(?:income|benefit|gains?|credit|earnings|recovery|recoveries)\b")


def signs_of(statement: Statement, sums: Sequence[Sum], concepts: Sequence[str | None], model: Model) -> list[int]:
    """Return the sign of every row of a statement, +1 or -1; +1 for a row without a concept.

    `concepts` are the names of the concepts of the rows.
    """
    by_name = load_taxonomy().concepts
    first_claim = _first_claim(concepts)
    effects = [
        _concept_effect(statement.kind, by_name.get(name or ""), i >= first_claim, model)
        for i, name in enumerate(concepts)
    ]
    if statement.kind is StatementKind.CASH_FLOW and CHANGE_IN_CASH in concepts:
        paid = [_PAID.search(name or "") is not None for name in concepts[: concepts.index(CHANGE_IN_CASH)]]
        effects = [-1 if i < len(paid) and paid[i] else effect for i, effect in enumerate(effects)]
    printed_effects = _effects_in_sums(statement, sums, concepts, effects)
    brackets_deductions = _brackets_deductions(statement, concepts, effects)
    last_flow = _last_flow(statement.kind, concepts)
    flows = {*range(last_flow + 1), *printed_effects, *(sum_.total for sum_ in sums)}
    effects = [effect if i in flows else 1 for i, effect in enumerate(effects)]
    signs = [
        _sign(item, statement.kind, concepts[i] or "", effects[i], printed_effects.get(i), brackets_deductions)
        if concepts[i]
        else 1
        for i, item in enumerate(statement.items)
    ]
    in_brackets = _paid_in_brackets(statement, concepts, last_flow)
    return [-1 if i in in_brackets else sign for i, sign in enumerate(signs)]


def _paid_in_brackets(statement: Statement, concepts: Sequence[str | None], last_flow: int) -> Collection[int]:
    """Return the rows of interest and taxes paid below the change in cash if there are several, all in brackets."""
    rows = [i for i, name in enumerate(concepts) if i > last_flow and name is not None and _PAID.search(name)]
    return rows if len(rows) > 1 and all(printed_sign(statement.items[i]) < 0 for i in rows) else ()


def _last_flow(kind: StatementKind, concepts: Sequence[str | None]) -> int:
    """Return the index of the change in cash: below it, a cash flow statement prints figures with their own sign.

    For other statements, and without that row, the number of rows.
    """
    return (
        concepts.index(CHANGE_IN_CASH)
        if kind is StatementKind.CASH_FLOW and CHANGE_IN_CASH in concepts
        else len(concepts)
    )


def _first_claim(concepts: Sequence[str | None]) -> int:
    """Return the index of the first liability or equity row: the one after total assets, else the first credit.

    Where liabilities are taken off the assets, and no row is all assets or all claims, it is the first of equity.
    """
    by_name = load_taxonomy().concepts
    leads_to_net_assets = {"AssetsCurrent", "LiabilitiesCurrent"} <= set(concepts) and _TOTALS.isdisjoint(concepts)
    for i, name in enumerate(concepts):
        if leads_to_net_assets and (name is None or not _OWNERS.match(name)):
            continue
        if name == "Assets":
            return i + 1
        if name is not None and name in by_name and by_name[name].balance == "credit" and not is_contra(name):
            return i
    return len(concepts)


def _concept_effect(kind: StatementKind, concept: Concept | None, is_claim: bool, model: Model) -> int:
    """Return the effect of a positive value of the concept on the last line of the statement, +1 or -1."""
    if concept is None or concept.type in ("shares", "perShare"):
        return 1
    if kind is StatementKind.CASH_FLOW:
        return -1 if concept.name in model.deducting and not _FIRST_IN_CASH_FLOW.fullmatch(concept.name) else 1
    if kind is StatementKind.INCOME:
        return -1 if concept.balance == "debit" else 1
    return -1 if concept.balance == ("debit" if is_claim else "credit") else 1


def _effects_in_sums(
    statement: Statement, sums: Sequence[Sum], concepts: Sequence[str | None], effects: Sequence[int]
) -> dict[int, int]:
    """Return the effects of the printed figures of all parts of sums that hold, by the index of the row."""
    holding = [sum_ for sum_ in sums if sum_.holds]
    printed_effects: dict[int, int] = {}
    for sum_ in sorted(holding, key=lambda sum_: -sum_.total):
        effect = printed_effects.get(sum_.total)
        if effect is None:
            name = concepts[sum_.total] or ""
            effect = _effect_of_total(statement.items[sum_.total], statement.kind, name, effects[sum_.total])
        for part, sign in sum_.parts:
            printed_effects[part] = effect * sign
    return printed_effects


def _effect_of_total(total: LineItem, kind: StatementKind, name: str, effect: int) -> int:
    """Return the effect of the printed figures of a total that is no part of another one.

    A loss or a total of costs, printed positive, reduces the result; changes in a cash flow statement are effects on
    cash. `effect` is that of a positive value of the total's concept (`name`).
    """
    if effect < 0:
        is_change = kind is StatementKind.CASH_FLOW and is_two_signed(name)
        return 1 if is_change or printed_sign(total) < 0 else -1
    is_plain_loss = is_result(name) and is_loss_caption(total.label) and printed_sign(total) > 0
    return -1 if is_plain_loss else 1


def printed_sign(item: LineItem) -> int:
    """Return the common sign of a row's figures other than zero: +1, -1, or 0 if they differ or there are none."""
    signs = {1 if figure.value > 0 else -1 for figure in item.figures if figure and figure.value}
    return signs.pop() if len(signs) == 1 else 0


def _brackets_deductions(statement: Statement, concepts: Sequence[str | None], effects: Sequence[int]) -> bool:
    """Whether the statement prints most of the rows that can only reduce its result in brackets."""
    plain = bracketed = 0
    for item, name, effect in zip(statement.items, concepts, effects, strict=True):
        if name and effect < 0 and not is_two_signed(name):
            if printed_sign(item) < 0:
                bracketed += 1
            else:
                plain += 1
    return bracketed > plain


def _sign(
    item: LineItem, kind: StatementKind, name: str, effect: int, printed_effect: int | None, brackets_deductions: bool
) -> int:
    """Return the sign of a row from the effects of its concept (`name`) and of its figures, None if no sum has them."""
    has_figures = any(figure and figure.value for figure in item.figures)
    if not has_figures or item.unit in (UnitKind.SHARES, UnitKind.PURE):
        return 1
    printed = printed_sign(item)
    if kind is StatementKind.BALANCE_SHEET and printed and not is_two_signed(name):
        # An asset or liability in brackets that the sums subtract is negative; a contra amount is positive.
        is_negative = printed < 0 and effect > 0 and printed_effect == 1 and not is_contra(name)
        return 1 if is_negative else printed
    if kind is StatementKind.INCOME and is_result(name) and (printed_effect is None or not _MINORITY.search(name)):
        if printed > 0:
            return -1 if is_loss_caption(item.label) else 1
        if _GAIN.search(wording(item.label).outside) or (printed < 0 and _ALLOCATED.search(name)):
            return 1
    if printed_effect is not None:
        return effect * printed_effect
    caption_effect = _effect_from_caption(item.label)
    if printed and not is_two_signed(name) and not caption_effect:
        return printed
    if kind is StatementKind.CASH_FLOW:
        return effect
    if caption_effect and kind is StatementKind.INCOME:
        return effect * caption_effect
    if printed and effect > 0 and is_loss_caption(item.label):
        return -printed
    return -effect if effect < 0 and not brackets_deductions else effect


@lru_cache(maxsize=8192)
def _effect_from_caption(label: str) -> int:
    """Return the effect of a figure without brackets on the result, from an alternative in brackets in the caption.

    -1 (a cost) for "Provision (benefit) for taxes", +1 (a gain) for "(Provision) benefit", 0 without alternatives.
    """
    inside, outside = wording(label).inside, wording(label).outside
    if _BENEFIT_WORD.search(inside) and _COST_WORD.search(outside):
        return -1
    if _COST_WORD.search(inside) and _BENEFIT_WORD.search(outside):
        return 1
    return 0


@lru_cache(maxsize=4096)
def is_two_signed(name: str) -> bool:
    """Whether values of the concept with this name may well be negative."""
    return _TWO_SIGNED.search(name) is not None


@lru_cache(maxsize=4096)
def is_result(name: str) -> bool:
    """Whether the concept with this name is a result: revenues less costs."""
    return _RESULT.match(name) is not None


@lru_cache(maxsize=8192)
def is_loss_caption(label: str) -> bool:
    """Whether a figure without brackets is a loss or a deficit: the caption names one and no gain."""
    outside = wording(label).outside
    searched = outside if _LOSS.search(outside) else wording(label).lowered
    return bool(_LOSS.search(searched)) and not _GAIN.search(outside)
