"""Captions that name several things, of which no concept is just one."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from converter.mapping.structure.model import Bar
from converter.statements import Statement, StatementKind, UnitKind
from converter.taxonomy import load_taxonomy
from converter.vocabulary import expression, wording

_INVESTED_IN = (
    (
        expression(r"\bpropert(?:y|ies)\b|\bplants?\b|\bequipment\b|\bfixed assets\b|\bcapital expenditures\b"),
        expression(r"Propert|Equipment|Productive"),
    ),
    (expression(r"\bsubsidiar|\bbusiness(?:es)?\b|\bacquired companies\b"), expression(r"Business|Subsidiar")),
    (
        expression(r"\binvestments?\b(?! in\b| propert)|\bsecurities\b|\baffiliates?\b|\bjoint ventures?\b"),
        expression(r"Investments?(?!Propert)|Securities|Affiliate|Venture|Partnership"),
    ),
)
"""What is bought and sold, by words of captions and of concepts."""
_OWED = (
    (expression(r"\breceivables?\b"), expression(r"Receivable")),
    (expression(r"\bpayables?\b"), expression(r"Payable")),
    (expression(r"\bdeferred\b"), expression(r"Deferred")),
)
"""The two sides of an account, and what is deferred beside them."""
_TAXES = expression(r"\btax(?:es)?\b")
_OWED_NOW = expression(r"Accrued|Current(?!Net)|Payable|Receivable")
_CURRENT_TAXES = expression(r"\bcurrent\b|\baccrued\b|\bpayable\b|\breceivable\b|\brefundable\b")
_TERMS = (
    (expression(r"\bshort-?\s?term\b"), expression(r"ShortTerm")),
    (expression(r"\blong-?\s?term\b"), expression(r"LongTerm")),
)
_AND_OTHER_ASSETS = expression(r"\b(?:receivables?|inventor(?:y|ies))\b.{0,20}\band other (?:current )?assets\b")
_WITH_OTHERS = (expression(r"Receivable|Inventor"), expression(r"OtherAssets|OtherOperatingAssets|OtherCurrentAssets"))
_EARNED = (
    (
        expression(r"\b(?:retained|reinvested) (?:earnings|income)\b|\baccumulated deficit\b"),
        expression(r"^RetainedEarnings"),
    ),
    (expression(r"\bcomprehensive\b|\btranslation\b"), expression(r"^AccumulatedOtherComprehensive")),
)
"""What is earned and kept, and what is earned outside of net income."""
_PREPAID = expression(r"\bprepaid\b")
_OTHER = expression(r"\bother\b")
_PREPAID_ALONE = frozenset({"PrepaidExpenseCurrent"})
_ALTERNATIVE = expression(r"\([^()]*\)|/\s?\w+|,? (?:net of|less|excluding|including|other than|held by)\b.*")
_JOINED = expression(r"\band\b|&|,")


def bars_of_mixtures(statement: Statement) -> Iterator[tuple[int, Bar]]:
    """Yield what rows cannot be because their captions name more than that."""
    for row, item in enumerate(statement.items):
        if item.unit is UnitKind.MONETARY and (bar := _mixed(item.label, statement.kind)) is not None:
            yield row, bar


@lru_cache(maxsize=4096)
def _mixed(caption: str, kind: StatementKind) -> Bar | None:
    denied = _denied(caption, kind)
    return Bar("the caption names several things", denied=denied) if denied else None


def _denied(caption: str, kind: StatementKind) -> frozenset[str]:
    """Return the concepts of one of the things that a caption names, if it names several."""
    text = _ALTERNATIVE.sub(" ", wording(caption).lowered)
    if not _JOINED.search(text):
        return frozenset()
    denied = frozenset[str]()
    for things in (_INVESTED_IN,) if kind is StatementKind.CASH_FLOW else ():
        named = [names for words, names in things if words.search(text)]
        denied |= _of_one(tuple(named), kind) if len(named) > 1 else denied
    if all(words.search(text) for words, _ in _TERMS):
        denied |= _of_one(tuple(names for _, names in _TERMS), kind)
    if all(words.search(text) for words, _ in _EARNED):
        denied |= _of_one(tuple(names for _, names in _EARNED), kind)
    if _AND_OTHER_ASSETS.search(text):
        denied |= _of_one(_WITH_OTHERS, kind)
    if kind is StatementKind.BALANCE_SHEET and _PREPAID.search(text) and _OTHER.search(text):
        denied |= _PREPAID_ALONE
    if all(words.search(text) for words, _ in _OWED[:2]):
        denied |= _of_one(tuple(names for _, names in _OWED), kind)
    elif _TAXES.search(text) and _OWED[2][0].search(text) and _CURRENT_TAXES.search(text):
        denied |= _of_one((_OWED[2][1], _OWED_NOW), kind)
    return denied


@cache
def _of_one(things: tuple[re.Pattern[str], ...], kind: StatementKind) -> frozenset[str]:
    """Return the concepts whose names have one of these things, not two."""
    concepts = load_taxonomy().ranks[kind.value]
    return frozenset(name for name in concepts if sum(thing.search(name) is not None for thing in things) == 1)
