"""What the statements of one filing say about each other's rows, and rows of one statement about each other."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from converter.mapping.result import Mapping
from converter.mapping.signs import is_two_signed
from converter.statements import LineItem, Statement, StatementKind, UnitKind
from converter.taxonomy import load_taxonomy
from converter.vocabulary import Period, wording

_MINORITY = frozenset(
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
"""What includes the share of minority owners, and what it is where there are none."""

_ONLY_ONE = (
    ("EarningsPerShareBasic", "EarningsPerShareDiluted", "EarningsPerShareBasicAndDiluted"),
    (
        "WeightedAverageNumberOfSharesOutstandingBasic",
        "WeightedAverageNumberOfDilutedSharesOutstanding",
        "WeightedAverageNumberOfShareOutstandingBasicAndDiluted",
    ),
)
"""Basic, diluted, and what a filing has that prints just one of them and does not say which."""

_BASIC = {basic: diluted for basic, diluted, _ in _ONLY_ONE} | {
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
_OTHER_DILUTION = _BASIC | {diluted: basic for basic, diluted in _BASIC.items()}
_DILUTION_WORD = re.compile(r"basic|primary|dilut", re.IGNORECASE)
_NONCASH = "AdjustmentsNoncashAbstract"


def agree(mappings: Sequence[Sequence[Mapping]], statements: Sequence[Statement]) -> list[tuple[Mapping, ...]]:
    """The mappings of a filing's statements, one for each of their items, once they are seen together.

    Without any row for minority owners nothing can include their share. A statement with one row of earnings per
    share means both, basic and diluted, unless its caption names one; where it has both and no caption tells which,
    the greater earnings are the basic ones. A cost of which the cash flow statement adds back more than the income
    statement shows is not all in that row.
    """
    names = {mapping.concept for rows in mappings for mapping in rows}
    added_back = _added_back(mappings, statements)
    result = []
    for rows, statement in zip(mappings, statements, strict=True):
        renamed = _single(rows, [item.label for item in statement.items])
        if not names & _MINORITY:
            own = {mapping.concept for mapping in renamed}
            plain = {whole: part for whole, part in _WITHOUT_MINORITY.items() if part not in own}
            renamed = [_renamed(mapping, plain.get(mapping.concept or "")) for mapping in renamed]
        renamed = _by_dilution(renamed, statement.items)
        if statement.kind is StatementKind.INCOME:
            renamed = [
                replace(mapping, concept=None, sign=1, evidence=(*mapping.evidence, f"a part of {mapping.concept}"))
                if _is_part(_amounts(statement, item), added_back.get(mapping.concept or "", {}))
                else mapping
                for mapping, item in zip(renamed, statement.items, strict=True)
            ]
        result.append(tuple(renamed))
    return result


def _by_dilution(mappings: list[Mapping], items: Sequence[LineItem]) -> list[Mapping]:
    """The rows with basic and diluted exchanged where what is called basic is diluted.

    Dilution makes earnings per share smaller and shares more (FAS 128, paragraphs 11 to 13); losses say nothing.
    """
    for unit, sign in ((UnitKind.PER_SHARE, 1), (UnitKind.SHARES, -1)):
        rows = [
            i
            for i, (mapping, item) in enumerate(zip(mappings, items, strict=True))
            if item.unit is unit and mapping.concept in _OTHER_DILUTION
        ]
        if any(_tells_dilution(items[i]) for i in rows):
            continue
        by_name = {mappings[i].concept: items[i].figures for i in rows}
        signs = {
            sign * ((basic.value > diluted.value) - (basic.value < diluted.value))
            for name, figures in by_name.items()
            if name is not None and name in _BASIC and _OTHER_DILUTION[name] in by_name
            for basic, diluted in zip(figures, by_name[_OTHER_DILUTION[name]], strict=True)
            if basic and diluted and basic.value > 0 and diluted.value > 0
        }
        if -1 in signs and 1 not in signs:
            for i in rows:
                mappings[i] = _renamed(mappings[i], _OTHER_DILUTION[mappings[i].concept or ""])
    return mappings


def _tells_dilution(item: LineItem) -> bool:
    return any(_DILUTION_WORD.search(text) for text in (item.label, *item.sections))


Amounts = dict[Period, Decimal]
"""What a row says of each period, without a sign."""


def _amounts(statement: Statement, item: LineItem) -> Amounts:
    if statement.qualifier is not None:
        return {}
    return {
        column.period: abs(figure.value)
        for column, figure in zip(statement.columns, item.figures, strict=True)
        if figure is not None and column.qualifier is None
    }


def _added_back(mappings: Sequence[Sequence[Mapping]], statements: Sequence[Statement]) -> dict[str, Amounts]:
    """The costs that cash flow statements add back, by concept; of several rows the last."""
    return dict(
        pair
        for rows, statement in zip(mappings, statements, strict=True)
        if statement.kind is StatementKind.CASH_FLOW
        for pair in _costs(rows, statement)
    )


def _costs(mappings: Sequence[Mapping], statement: Statement) -> Iterator[tuple[str, Amounts]]:
    known = load_taxonomy().concepts
    for mapping, item in zip(mappings, statement.items, strict=True):
        concept = known.get(mapping.concept or "")
        if concept is None or is_two_signed(concept.name):
            continue
        if concept.statements.get("cf") == _NONCASH and concept.balance == "debit":
            yield concept.name, _amounts(statement, item)


def _is_part(amounts: Amounts, whole: Amounts) -> bool:
    """Whether a row has less than the whole in a period that both speak of, and more in none."""
    both = [(amounts[period], whole[period]) for period in amounts if period in whole]
    return any(part < total for part, total in both) and all(part <= total for part, total in both)


def _single(mappings: Sequence[Mapping], captions: Sequence[str]) -> list[Mapping]:
    renames: dict[str, str] = {}
    for basic, diluted, both in _ONLY_ONE:
        rows = [i for i, mapping in enumerate(mappings) if mapping.concept in (basic, diluted, both)]
        if len(rows) == 1 and not _names_one(captions[rows[0]]):
            renames |= {basic: both, diluted: both}
    return [_renamed(mapping, renames.get(mapping.concept or "")) for mapping in mappings]


def _names_one(caption: str) -> bool:
    words = wording(caption).lowered
    basic = "basic" in words or "primary" in words
    diluted = "dilut" in words
    return basic != diluted


def _renamed(mapping: Mapping, name: str | None) -> Mapping:
    if name is None:
        return mapping
    return replace(
        mapping, concept=name, evidence=(*mapping.evidence, f"not {mapping.concept}: seen with the other rows")
    )
