"""The side and the term of a balance sheet that a row stands in, and the concepts that can stand there."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from msgspec import Struct

from converter.mapping.structure.model import Bar
from converter.mapping.structure.presentation import below, directly_below
from converter.mapping.totals import is_bare
from converter.statements import Statement, StatementKind, UnitKind
from converter.sums import find_equalities
from converter.vocabulary import expression, wording

ASSETS, CLAIMS, EQUITY = "AssetsAbstract", "LiabilitiesAndStockholdersEquityAbstract", "StockholdersEquityAbstract"
CURRENT, NONCURRENT = "current ", "noncurrent "
_TOTAL_ASSETS = expression(r"^\W*total (?:consolidated )?assets\W*$")
_TOTAL_CLAIMS = expression(
    r"^\W*(?:total )?(?:liabilities|capitali[sz]ation)\W+(?:and|&) "
    r".{0,60}(?:equity|deficit|deficiency|investment|liabilities)|"
    r"^(?:total )?(?:\w[\w'’]{0,20} ){0,2}equity (?:and|&) (?:total )?liabilities\W*$"
)
_OF_CLAIMS = expression(r"^\W*total .{0,60}(?:liabilit|capitaliz|equity)|^\W*(?:retained|reinvested) earnings")
"""Rows above total assets where a balance sheet begins with capital and liabilities, as a utility's may."""
_TOTAL_EQUITY = expression(r"^\W*(?:total|net) (?!liabilit).{0,60}(?:equity|deficit|deficiency|investment)")
_TOTAL_CURRENT = expression(r"^\W*total current (?:assets|liabilities)\b")
_CURRENT_HEADING = expression(r"^\W*current (?:assets|liabilities)\b(?!\W+(?:and|&))")
_NONCURRENT_HEADING = expression(r"^\W*(?:non-?\s?current|long-?\s?term) (?:assets|liabilities)\W*$")
_EQUITY_HEADING = expression(
    r"holders?['’`]?s?['’`]? (?:equity|investment|deficit|deficiency)\b|^\W*(?:common )?equity\b"
)
_NOT_EQUITY = expression(r"\bliabilit|\bminority\b|\bother than\b|\bredeemable\b")
_OF_OTHER_TERM = {
    CURRENT: expression(r"Noncurrent|^(?:Other)?Long[Tt]erm(?!.*Current$)"),
    NONCURRENT: expression(r"Current(?:Liabilities|Net)?$|^(?:Other)?ShortTerm"),
}
_WORDS = {ASSETS: "assets", CLAIMS: "liabilities or equity", EQUITY: "equity"}


def sides_of(statement: Statement) -> Iterator[tuple[int, Bar]]:
    """Yield what the rows of a balance sheet cannot be because of the side and the term in which they stand.

    Rows up to total assets are assets, those up to total liabilities and equity claims; if no captions name these
    totals, they are known by being equal. Headings last too long where nothing ends them; so rows are current, or of
    equity, only above the total of these.
    """
    for row, (side, term) in places_of(statement):
        yield row, _bar(side, term)


def current_rows(statement: Statement) -> list[int]:
    """Return the rows of current assets and liabilities that stand above the total of these."""
    return [row for row, (_, term) in places_of(statement) if term == CURRENT]


def places_of(statement: Statement) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the part of the balance sheet and the term in which rows stand; no term where it is not known."""
    texts = [wording(item.label).lowered if item.unit is UnitKind.MONETARY else "" for item in statement.items]
    totals = [_total_in(text) for text in texts]
    for side, start, end in _halves(statement, texts, totals):
        rows = range(start, end)
        total = _last(statement, rows, [row for row in rows if totals[row].of_current], _is_current)
        equity = _last(statement, rows, [row for row in rows if totals[row].of_equity], _is_equity)
        for row in rows:
            sections = statement.items[row].sections
            if side is CLAIMS and row < equity and any(map(_is_equity, sections[-1:])):
                yield row, (EQUITY, "")
            elif row < total and any(map(_is_current, sections)):
                yield row, (side, CURRENT)
            else:
                is_later = row > total > start or any(map(_is_noncurrent, sections[-1:]))
                yield row, (side, NONCURRENT if is_later else "")


class _Total(Struct, frozen=True):
    """What a caption says that its row is the total of."""

    of_assets: bool
    of_claims: bool
    of_current: bool
    of_equity: bool


@lru_cache(maxsize=8192)
def _total_in(text: str) -> _Total:
    forms = (_TOTAL_ASSETS, _TOTAL_CLAIMS, _TOTAL_CURRENT, _TOTAL_EQUITY)
    return _Total(*[form.match(text) is not None for form in forms])


def _last(statement: Statement, rows: range, totals: Sequence[int], is_heading: Callable[[str], bool]) -> int:
    """Return the last of the `totals` among these rows, or the only one without a caption below its heading.

    The first row, if there is none.
    """
    if totals:
        return totals[-1]
    items = statement.items
    bare = [row for row in rows if is_bare(items[row]) and any(map(is_heading, items[row].sections[-1:]))]
    return bare[0] if len(bare) == 1 else rows.start


class _Half(NamedTuple):
    """A side, its first row and its total."""

    side: str
    start: int
    end: int


def _halves(statement: Statement, texts: Sequence[str], totals: Sequence[_Total]) -> Sequence[_Half]:
    """Return the sides of a balance sheet; none without total assets. Utilities print the claims first."""
    assets = next((row for row, total in enumerate(totals) if total.of_assets), None)
    claims = next((row for row, total in enumerate(totals) if total.of_claims), None)
    if assets is None:
        equal = next(iter(find_equalities(statement.items, statement.kind)), None)
        if equal is None or claims is not None or not is_bare(statement.items[equal.parts[0].item]):
            return ()
        assets, claims = equal.parts[0].item, equal.total
    if claims is None:
        claims = next((row for row in range(len(texts)) if row != assets and _same(statement, row, assets)), len(texts))
    if claims == len(texts) and any(map(_OF_CLAIMS.match, texts[:assets])):
        return ()
    if claims < assets:
        return _Half(CLAIMS, 0, claims), _Half(ASSETS, claims + 1, assets)
    return _Half(ASSETS, 0, assets), _Half(CLAIMS, assets + 1, claims)


def _same(statement: Statement, row: int, other: int) -> bool:
    """Whether two rows have the same figures."""
    figures = [[figure and figure.value for figure in statement.items[i].figures] for i in (row, other)]
    return figures[0] == figures[1]


@lru_cache(maxsize=1024)
def _is_current(heading: str) -> bool:
    return _CURRENT_HEADING.match(wording(heading).lowered) is not None


@lru_cache(maxsize=1024)
def _is_noncurrent(heading: str) -> bool:
    return _NONCURRENT_HEADING.match(wording(heading).lowered) is not None


@lru_cache(maxsize=1024)
def _is_equity(heading: str) -> bool:
    text = wording(heading).lowered
    return _EQUITY_HEADING.search(text) is not None and not _NOT_EQUITY.search(text)


_CURRENT = expression(r"\b(?:non-?)?current (?:assets|liabilities)\b", re.I)


def is_classified(statement: Statement) -> bool:
    """Whether a balance sheet tells current assets or liabilities from others."""
    return any(_CURRENT.search(text) for item in statement.items for text in (item.label, *item.sections))


@cache
def _bar(part: str, term: str = "") -> Bar:
    """Return what rows of a part of the balance sheet cannot be; `term` is empty where it is not known."""
    kind = StatementKind.BALANCE_SHEET
    allowed = below(kind, part)
    if part is EQUITY:
        allowed |= directly_below(kind, (CLAIMS,))
    denied = frozenset[str]()
    if term:
        denied = frozenset(name for name in allowed if _OF_OTHER_TERM[term].search(name))
    return Bar(f"a row of {term}{_WORDS[part]}", allowed=allowed, denied=denied)
