"""Corrections of mappings that need other rows: of the same statement, or of the other statements of the filing."""

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from converter.mapping.captions import normalize_caption
from converter.mapping.result import Mapping
from converter.mapping.signs import is_two_signed
from converter.mapping.structure import BEFORE_ALL, BEFORE_TAX_ONLY, result_of
from converter.statements import LineItem, Statement, StatementKind, UnitKind
from converter.taxonomy import Concept, load_taxonomy
from converter.vocabulary import Period, expression, wording

_MINORITY_CONCEPTS = frozenset(
    {
        "MinorityInterest",
        "NetIncomeLossAttributableToNoncontrollingInterest",
        "IncomeLossAttributableToNoncontrollingInterest",
        "StockholdersEquityAttributableToNoncontrollingInterest",
    }
)
_WITHOUT_MINORITY = {
    "ProfitLoss": "NetIncomeLoss",
    "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest": "StockholdersEquity",
    "IncomeLossFromContinuingOperationsIncludingPortionAttributableToNoncontrollingInterest": (
        "IncomeLossFromContinuingOperations"
    ),
}
"""Concepts that include the minority owners' share, and the concept that each becomes if there are no such owners."""

_DILUTION = (
    ("EarningsPerShareBasic", "EarningsPerShareDiluted", "EarningsPerShareBasicAndDiluted"),
    (
        "WeightedAverageNumberOfSharesOutstandingBasic",
        "WeightedAverageNumberOfDilutedSharesOutstanding",
        "WeightedAverageNumberOfShareOutstandingBasicAndDiluted",
    ),
)
"""Basic, diluted, and the concept of a single row that does not say which of them it is."""

_DILUTED_OF = {basic: diluted for basic, diluted, _ in _DILUTION} | {
    f"{result}PerBasicShare": f"{result}PerDilutedShare"
    for result in (
        "IncomeLossFromContinuingOperations",
        "IncomeLossFromDiscontinuedOperationsNetOfTax",
        "IncomeLossBeforeExtraordinaryItemsAndCumulativeEffectOfChangeInAccountingPrinciple",
        "IncomeLossFromExtraordinaryItemsNetOfTax",
        "IncomeLossBeforeCumulativeEffectOfChangeInAccountingPrinciple",
        "CumulativeEffectOfChangeInAccountingPrincipleNetOfTax",
    )
}
_SWAPPED = _DILUTED_OF | {diluted: basic for basic, diluted in _DILUTED_OF.items()}
_DILUTION_WORD = expression(r"basic|primary|dilut", re.IGNORECASE)
_NONCASH = "AdjustmentsNoncashAbstract"

_FIRST_ROWS = 4
"""Rows of a cash flow statement among which the result stands that it begins with."""
_RESULTS = frozenset(
    {
        BEFORE_ALL,
        BEFORE_TAX_ONLY,
        "NetIncomeLoss",
        "ProfitLoss",
        "NetIncomeLossAvailableToCommonStockholdersBasic",
        "IncomeLossFromContinuingOperations",
        "IncomeLossFromContinuingOperationsIncludingPortionAttributableToNoncontrollingInterest",
    }
)

_BEGINNING = 3
"""Rows of a cash flow statement of which one is the result that it begins with."""
_SAME_AMOUNTS = 0.9
"""Confidence of a row that has the amounts of net income."""

Amounts = dict[Period, Decimal]
"""The absolute values of a row by period."""


def reconcile(mappings: Sequence[Sequence[Mapping]], statements: Sequence[Statement]) -> list[tuple[Mapping, ...]]:
    """Return the mappings of a filing's statements, corrected by what their rows together show.

    - Without any row for minority owners, no concept includes their share.
    - A single row of earnings per share (or of shares) is both, basic and diluted, unless its caption names one of
      them. Of two rows whose captions do not name them, the greater earnings (the fewer shares) are basic.
    - The result with which the cash flow statement begins is that of the income statement with the same amounts,
      whatever its caption says.
    - A row of the cash flow statement without a concept has that of the income statement's row with its caption
      and amounts.
    - Dividends paid that are not said to be on common stock are all dividends, if net income is not all for it.
    - A cost of which the cash flow statement adds back more than the income statement shows is only a part of it.
    """
    names = {mapping.concept for rows in mappings for mapping in rows}
    added_back = _added_back(mappings, statements)
    results, income = _results(mappings, statements), _income_rows(mappings, statements)
    result = []
    for rows, statement in zip(mappings, statements, strict=True):
        corrected = _with_single_dilution(rows, statement.items)
        if not names & _MINORITY_CONCEPTS:
            corrected = _without_minority(corrected)
        corrected = _with_dilution_swapped(corrected, statement.items)
        if statement.kind is StatementKind.CASH_FLOW:
            corrected = _with_same_results(corrected, statement, results)
            corrected = _with_same_rows(corrected, statement, income)
            if _has_preferred_dividends(results):
                corrected = _with_all_dividends(corrected, statement.items)
        if statement.kind is StatementKind.INCOME:
            corrected = [
                replace(mapping, concept=None, sign=1, evidence=(*mapping.evidence, f"a part of {mapping.concept}"))
                if _is_part(_amounts(statement, item), added_back.get(mapping.concept or "", {}))
                else mapping
                for mapping, item in zip(corrected, statement.items, strict=True)
            ]
        result.append(tuple(corrected))
    return result


def _results(mappings: Sequence[Sequence[Mapping]], statements: Sequence[Statement]) -> list[tuple[str, Amounts]]:
    """Return the results of the income statements with their amounts."""
    return [
        (mapping.concept, _amounts(statement, item))
        for rows, statement in zip(mappings, statements, strict=True)
        if statement.kind is StatementKind.INCOME
        for mapping, item in zip(rows, statement.items, strict=True)
        if mapping.concept in _RESULTS
    ]


def _with_same_results(
    mappings: Sequence[Mapping], statement: Statement, results: Sequence[tuple[str, Amounts]]
) -> list[Mapping]:
    """Give the results of a cash flow statement the concepts of the same amounts in the income statement."""
    corrected = list(mappings)
    for i, (mapping, item) in enumerate(zip(mappings, statement.items, strict=True)):
        if mapping.concept in _RESULTS or (i < _FIRST_ROWS and _names_result(item)):
            amounts = _amounts(statement, item)
            same = [name for name, others in results if _agree(amounts, others)]
            if same and mapping.concept not in same:
                corrected[i] = _renamed(mapping, same[-1])
    first = _first_result(mappings, statement, [others for name, others in results if name == "NetIncomeLoss"])
    if first is not None:
        evidence = (*mappings[first].evidence, "the amounts of net income")
        corrected[first] = replace(
            mappings[first], concept="NetIncomeLoss", confidence=_SAME_AMOUNTS, sign=1, evidence=evidence
        )
    return corrected


def _has_preferred_dividends(results: Sequence[tuple[str, Amounts]]) -> bool:
    """Whether net income for common stock is not all net income."""
    nets = [amounts for name, amounts in results if name == "NetIncomeLoss"]
    commons = [amounts for name, amounts in results if name == "NetIncomeLossAvailableToCommonStockholdersBasic"]
    return bool(nets) and any(not any(_agree(common, net) for net in nets) for common in commons)


def _with_all_dividends(mappings: Sequence[Mapping], items: Sequence[LineItem]) -> list[Mapping]:
    """Return the mappings; the only dividends of a statement are all, unless the caption says of which stock."""
    rows = [i for i, mapping in enumerate(mappings) if (mapping.concept or "").startswith("PaymentsOfDividends")]
    if len(rows) != 1 or mappings[rows[0]].concept != "PaymentsOfDividendsCommonStock":
        return list(mappings)
    said = any("common" in wording(text).words for text in (items[rows[0]].label, *items[rows[0]].sections))
    return [
        _renamed(mapping, "PaymentsOfDividends" if i in rows and not said else None)
        for i, mapping in enumerate(mappings)
    ]


class _IncomeRow(NamedTuple):
    """The mapping of a row of the income statement, its amounts and the value of its fact in each period."""

    mapping: Mapping
    values: dict[Period, Decimal]


def _income_rows(mappings: Sequence[Sequence[Mapping]], statements: Sequence[Statement]) -> dict[str, _IncomeRow]:
    """Return the rows of income statements with a concept, by their captions; none of those with one caption."""
    rows: dict[str, _IncomeRow] = {}
    phrases: Counter[str] = Counter()
    for mapped, statement in zip(mappings, statements, strict=True):
        if statement.kind is not StatementKind.INCOME or statement.qualifier is not None:
            continue
        for mapping, item in zip(mapped, statement.items, strict=True):
            if item.unit is UnitKind.MONETARY:
                phrase = normalize_caption(item.label).phrase
                phrases[phrase] += 1
                if mapping.concept is not None and phrase:
                    rows[phrase] = _IncomeRow(mapping, _values(statement, item, mapping.sign))
    return {phrase: row for phrase, row in rows.items() if phrases[phrase] == 1}


def _values(statement: Statement, item: LineItem, sign: int) -> dict[Period, Decimal]:
    return {
        column.period: sign * figure.value
        for column, figure in zip(statement.columns, item.figures, strict=True)
        if figure is not None and figure.value and column.qualifier is None
    }


def _with_same_rows(mappings: Sequence[Mapping], statement: Statement, income: dict[str, _IncomeRow]) -> list[Mapping]:
    """Give rows without a concept those of the income statement's with their captions and amounts, of two periods."""
    corrected = list(mappings)
    taken = {mapping.concept for mapping in mappings}
    for i, (mapping, item) in enumerate(zip(mappings, statement.items, strict=True)):
        row = income.get(normalize_caption(item.label).phrase)
        if mapping.concept is not None or row is None or row.mapping.concept in taken:
            continue
        own = _values(statement, item, 1)
        shared = [period for period in own if period in row.values]
        signs = {1 if own[period] == row.values[period] else -1 for period in shared}
        if len(shared) > 1 and len(signs) == 1 and all(abs(own[p]) == abs(row.values[p]) for p in shared):
            evidence = ("the caption and the amounts of the income statement",)
            corrected[i] = replace(row.mapping, sign=signs.pop(), evidence=evidence)
            taken.add(row.mapping.concept)
    return corrected


def _names_result(item: LineItem) -> bool:
    """Whether a row, or the heading above it, names a result."""
    return any(result_of(text) is not None for text in (item.label, *item.sections[-1:]))


def _first_result(mappings: Sequence[Mapping], statement: Statement, net_incomes: Sequence[Amounts]) -> int | None:
    """Return the row without a concept that begins a cash flow statement with the amounts of net income.

    None if another row has the concept of a result.
    """
    if any(mapping.concept in _RESULTS for mapping in mappings):
        return None
    for i, (mapping, item) in enumerate(zip(mappings[:_BEGINNING], statement.items, strict=False)):
        amounts = _amounts(statement, item)
        if mapping.concept is None and any(amounts.values()) and any(_agree(amounts, net) for net in net_incomes):
            return i
    return None


def _agree(amounts: Amounts, others: Amounts) -> bool:
    """Whether two rows have the same amounts in all periods that they share, and share one."""
    shared = [period for period in amounts if period in others]
    return bool(shared) and all(amounts[period] == others[period] for period in shared)


def _without_minority(mappings: Sequence[Mapping]) -> list[Mapping]:
    """Replace concepts that include the minority's share, unless another row has the one without it already."""
    taken = {mapping.concept for mapping in mappings}
    renames = {whole: part for whole, part in _WITHOUT_MINORITY.items() if part not in taken}
    return [_renamed(mapping, renames.get(mapping.concept or "")) for mapping in mappings]


def _with_dilution_swapped(mappings: list[Mapping], items: Sequence[LineItem]) -> list[Mapping]:
    """Swap basic and diluted where no caption names them and the figures show that they are the wrong way round.

    Dilution reduces earnings per share and adds shares (FAS 128, paragraphs 11 to 13); losses show nothing.
    """
    for unit, sign in ((UnitKind.PER_SHARE, 1), (UnitKind.SHARES, -1)):
        rows = [
            i
            for i, (mapping, item) in enumerate(zip(mappings, items, strict=True))
            if item.unit is unit and mapping.concept in _SWAPPED
        ]
        if any(_names_dilution(items[i]) for i in rows):
            continue
        figures_of = {mappings[i].concept: items[i].figures for i in rows}
        orders = {
            sign * ((basic.value > diluted.value) - (basic.value < diluted.value))
            for name, figures in figures_of.items()
            if name is not None and name in _DILUTED_OF and _DILUTED_OF[name] in figures_of
            for basic, diluted in zip(figures, figures_of[_DILUTED_OF[name]], strict=True)
            if basic and diluted and basic.value > 0 and diluted.value > 0
        }
        if -1 in orders and 1 not in orders:
            for i in rows:
                mappings[i] = _renamed(mappings[i], _SWAPPED[mappings[i].concept or ""])
    return mappings


def _names_dilution(item: LineItem) -> bool:
    return any(_DILUTION_WORD.search(text) for text in (item.label, *item.sections))


def _amounts(statement: Statement, item: LineItem) -> Amounts:
    """Return the amounts of a row, without those of a qualified statement or column (pro forma, for example)."""
    if statement.qualifier is not None:
        return {}
    return {
        column.period: abs(figure.value)
        for column, figure in zip(statement.columns, item.figures, strict=True)
        if figure is not None and column.qualifier is None
    }


def _added_back(mappings: Sequence[Sequence[Mapping]], statements: Sequence[Statement]) -> dict[str, Amounts]:
    """Return the costs that cash flow statements add back, by concept; of several rows, the last."""
    concepts = load_taxonomy().concepts
    costs: dict[str, Amounts] = {}
    for rows, statement in zip(mappings, statements, strict=True):
        if statement.kind is StatementKind.CASH_FLOW:
            for mapping, item in zip(rows, statement.items, strict=True):
                concept = concepts.get(mapping.concept or "")
                if concept is not None and _is_cost_added_back(concept):
                    costs[concept.name] = _amounts(statement, item)
    return costs


def _is_cost_added_back(concept: Concept) -> bool:
    is_noncash_cost = concept.statements.get("cf") == _NONCASH and concept.balance == "debit"
    return is_noncash_cost and not is_two_signed(concept.name)


def _is_part(amounts: Amounts, whole: Amounts) -> bool:
    """Whether the amounts are smaller than the whole in a common period, and greater in none."""
    pairs = [(amounts[period], whole[period]) for period in amounts if period in whole]
    return any(part < total for part, total in pairs) and all(part <= total for part, total in pairs)


def _with_single_dilution(mappings: Sequence[Mapping], items: Sequence[LineItem]) -> list[Mapping]:
    """Replace the concept of a single row, basic or diluted, by that for both.

    Not if its caption or its heading names one of them, nor that of shares where the earnings per share are both.
    """
    renames: dict[str, str] = {}
    names = {mapping.concept for mapping in mappings}
    for basic, diluted, combined in _DILUTION:
        rows = [i for i, mapping in enumerate(mappings) if mapping.concept in (basic, diluted, combined)]
        if len(rows) == 1 and not _is_basic_or_diluted(items[rows[0]]) and not names.issuperset(_DILUTION[0][:2]):
            renames |= {basic: combined, diluted: combined}
    return [_renamed(mapping, renames.get(mapping.concept or "")) for mapping in mappings]


def _is_basic_or_diluted(item: LineItem) -> bool:
    """Whether a caption, else its innermost heading, names one of basic and diluted, but not both."""
    for text in (item.label, *item.sections[-1:]):
        lowered = wording(text).lowered
        is_basic, is_diluted = "basic" in lowered or "primary" in lowered, "dilut" in lowered
        if is_basic or is_diluted:
            return is_basic != is_diluted
    return False


def _renamed(mapping: Mapping, name: str | None) -> Mapping:
    if name is None:
        return mapping
    return replace(
        mapping, concept=name, evidence=(*mapping.evidence, f"not {mapping.concept}: seen with the other rows")
    )
