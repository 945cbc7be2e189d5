"""Captions that name several things, of which no concept is just one, and concepts of cases not there."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from converter.mapping.structure.model import Bar
from converter.statements import LineItem, Statement, StatementKind, UnitKind
from converter.taxonomy import load_taxonomy
from converter.vocabulary import keyword_pattern, wording

_INVESTED_IN = (
    (
        re.compile(r"\bpropert(?:y|ies)\b|\bplants?\b|\bequipment\b|\bfixed assets\b|\bcapital expenditures\b"),
        re.compile(r"Propert|Equipment|Productive"),
    ),
    (re.compile(r"\bsubsidiar|\bbusiness(?:es)?\b|\bacquired companies\b"), re.compile(r"Business|Subsidiar")),
    (
        re.compile(r"\binvestments?\b(?! in\b| propert)|\bsecurities\b|\baffiliates?\b|\bjoint ventures?\b"),
        re.compile(r"Investments?(?!Propert)|Securities|Affiliate|Venture|Partnership"),
    ),
)
"""What is bought and sold, by words of captions and of concepts."""
_OWED = (
    (re.compile(r"\breceivables?\b"), re.compile(r"Receivable")),
    (re.compile(r"\bpayables?\b"), re.compile(r"Payable")),
    (re.compile(r"\bdeferred\b"), re.compile(r"Deferred")),
)
"""The two sides of an account, and what is deferred beside them."""
_TAXES = re.compile(r"\btax(?:es)?\b")
_CURRENT_TAXES = re.compile(r"\bcurrent\b|\baccrued\b|\bpayable\b|\breceivable\b|\brefundable\b")
_TERMS = (
    (re.compile(r"\bshort-?\s?term\b"), re.compile(r"ShortTerm")),
    (re.compile(r"\blong-?\s?term\b"), re.compile(r"LongTerm")),
)
_AND_OTHER_ASSETS = re.compile(r"\b(?:receivables?|inventor(?:y|ies))\b.{0,20}\band other (?:current )?assets\b")
_WITH_OTHERS = (re.compile(r"Receivable|Inventor"), re.compile(r"OtherAssets|OtherOperatingAssets|OtherCurrentAssets"))
_ALTERNATIVE = re.compile(r"\([^()]*\)|/\s?\w+|,? (?:net of|less|excluding|including|other than|held by)\b.*")
_JOINED = re.compile(r"\band\b|&|,")

_SPECIAL_CASES = (
    (
        re.compile(r"RealEstateInvestmentProperty"),
        keyword_pattern(
            "real estate|rent|apartment|tenant|propert|shopping",
            r"real estate|\brent|apartment|tenant|(?:investment|income-producing|operating) propert|shopping",
        ),
    ),
    (
        re.compile(r"OilAndGas"),
        keyword_pattern(
            "oil|gas|petroleum|drilling|explor|dry holes", r"\boil\b|\bgas\b|petroleum|drilling|explor|dry holes"
        ),
    ),
    (
        re.compile(r"PublicUtilit"),
        keyword_pattern("utilit|electric|gas|water|in service", r"utilit|electric|\bgas\b|\bwater\b|in service"),
    ),
    (
        re.compile(r"PremisesAndEquipment"),
        keyword_pattern("premises|loans|deposits", r"premises|\bloans\b|\bdeposits\b"),
    ),
    (re.compile(r"Activities(?:Continuing|Discontinued)Operations$"), keyword_pattern("continuing|discontinued")),
    (
        re.compile(r"OtherPropertyPlantAndEquipment"),
        keyword_pattern("other", r"\bother\b.{0,20}(?:propert|equipment|assets)"),
    ),
)
"""Concepts of industries and of other special cases, and what a statement with them mentions somewhere."""


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
    if _AND_OTHER_ASSETS.search(text):
        denied |= _of_one(_WITH_OTHERS, kind)
    if all(words.search(text) for words, _ in _OWED[:2]):
        denied |= _of_one(tuple(names for _, names in _OWED), kind)
    elif _TAXES.search(text) and _OWED[2][0].search(text) and _CURRENT_TAXES.search(text):
        denied |= _of_one((_OWED[2][1], re.compile(r"Accrued|Current(?!Net)|Payable|Receivable")), kind)
    return denied


@cache
def _of_one(things: tuple[re.Pattern[str], ...], kind: StatementKind) -> frozenset[str]:
    """Return the concepts whose names have one of these things, not two."""
    concepts = load_taxonomy().ranks[kind.value]
    return frozenset(name for name in concepts if sum(thing.search(name) is not None for thing in things) == 1)


def bars_of_special_cases(statement: Statement) -> Iterator[tuple[int, Bar]]:
    """Yield the concepts of special cases of which the statement has no word, for each of its rows."""
    text = " ".join(text for item in statement.items for text in _texts(item)).lower()
    bar = _without(
        tuple(concepts for concepts, words in _SPECIAL_CASES if not words.search(text, text)), statement.kind
    )
    if bar.denied:
        yield from ((row, bar) for row in range(len(statement.items)))


def _texts(item: LineItem) -> tuple[str, ...]:
    return item.label, *item.sections[-1:]


@cache
def _without(special: tuple[re.Pattern[str], ...], kind: StatementKind) -> Bar:
    """Return the bar against the concepts of these special cases."""
    names = load_taxonomy().ranks[kind.value]
    denied = frozenset(name for name in names if any(concepts.search(name) for concepts in special))
    return Bar("nothing in the statement speaks of it", denied=denied)
