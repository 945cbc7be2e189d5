"""Whether the share counts of a balance sheet are printed in whole shares, in thousands or in millions.

A title seldom says it. What proves it, in this order: a par value times the shares issued is the amount of the row;
the counts are about those of the income statement; the caption or title says so; any other reading is absurd.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from converter.asides.captions.lexer import CaptionToken, Word
from converter.asides.captions.passages import Passage
from converter.asides.captions.stating import Statement
from converter.statements import ONE, Figure, read_scale
from converter.vocabulary import expression

_OWN_SCALE = expression(
    r"shares?\s+(?:and\s+\w+\s+)?in\s+(thousand|million)s|\bin\s+(thousand|million)s\b|\(000['’]?s?\)", re.I
)
_FACTORS = (ONE, Decimal(1000), Decimal(1_000_000))
_FEWEST, _MOST = Decimal(300_000), Decimal(20_000_000_000)
"""A company that reports in thousands has between so many shares issued."""
_FEWEST_OF_MILLIONS = Decimal(10_000_000)
_COUNTS = (Word.ISSUED, Word.OUTSTANDING)


class StatedPassage(Struct, frozen=True):
    """A text, what it states, and the columns of the statement that its amounts are of."""

    passage: Passage
    stated: tuple[Statement, ...]
    columns: tuple[int, ...]


def with_proven_counts(each: StatedPassage, money: Decimal) -> StatedPassage:
    """Return what a text states, with shares of which it does not say what they are as issued if arithmetic proves it.

    Then the par value times the shares is the amount of the row, in each column.
    """
    figures = each.passage.rows[0].figures if len(each.passage.rows) == 1 else ()
    pars = {statement.stock: statement.amounts for statement in each.stated if statement.word is Word.PAR}
    factors = [factor for factor in _FACTORS if factor <= money]
    stated = []
    for statement in each.stated:
        if statement.word is not Word.SHARES:
            stated.append(statement)
            continue
        triples = [
            (par, count, figures[column])
            for par, count, column in zip(pars.get(statement.stock, ()), statement.amounts, each.columns, strict=False)
            if figures and count is not None
        ]
        fitting = [
            factor
            for factor in factors
            if triples and all(_is_par_value(par, count, figure, factor, money) for par, count, figure in triples)
        ]
        if len(fitting) == 1:
            stated.append(replace(statement, word=Word.ISSUED))
    return replace(each, stated=tuple(stated))


def _is_par_value(
    par: CaptionToken | None, count: CaptionToken, figure: Figure | None, factor: Decimal, money: Decimal
) -> bool:
    """Whether the figure of a row is a par value times a count of shares in units of `factor`."""
    if par is None or figure is None or abs(figure.value) <= 10 * money:
        return False
    return _is_product(par.value * count.value * factor, abs(figure.value), money)


def factor_of_counts(
    stated: Sequence[StatedPassage], money: Decimal, title: str, weighted_counts: Collection[Decimal]
) -> Decimal | None:
    """Return the factor from printed to whole shares, None if it is not certain.

    `money` is that of the statement's amounts, `weighted_counts` are numbers of whole shares that the filing's income
    statements have.
    """
    if money <= 1:
        return ONE
    counts = [token for each in stated for token in _counts(each, (*_COUNTS, Word.AUTHORIZED, Word.TREASURY))]
    issued = [token.value for each in stated for token in _counts(each, _COUNTS) if token.value]
    factors = [factor for factor in _FACTORS if factor <= money]
    proven = {factor for each in stated for factor in _proven_by_par(each, factors, money)}
    if proven:
        return proven.pop() if len(proven) == 1 else None
    if weighted_counts and issued:
        near = [factor for factor in factors if _are_near(max(issued) * factor, weighted_counts)]
        if len(near) == 1:
            return near[0]
    for each in stated:
        if own := _OWN_SCALE.search(each.passage.text):
            return Decimal(1_000_000) if "million" in own[0].lower() else Decimal(1000)
    if any(token.places > 0 for token in counts):
        return money
    scale = read_scale([title])
    if scale is not None and scale.shares is not None:
        return scale.shares
    return _by_size(issued or [token.value for token in counts], factors, money)


def _counts(each: StatedPassage, words: Collection[Word]) -> Iterator[CaptionToken]:
    """Yield the counts whose size depends on the scale."""
    for statement in each.stated:
        if statement.word in words:
            yield from {token for token in statement.amounts if token and not token.in_full}


def _proven_by_par(each: StatedPassage, factors: Sequence[Decimal], money: Decimal) -> Iterator[Decimal]:
    """Yield the factor with which a par value times the shares is the amount of a row."""
    if len(each.passage.rows) != 1:
        return
    figures = each.passage.rows[0].figures
    pars = {statement.stock: statement.amounts for statement in each.stated if statement.word is Word.PAR}
    for statement in each.stated:
        par_values = pars.get(statement.stock)
        if statement.word not in _COUNTS or par_values is None:
            continue
        for par, count, column in zip(par_values, statement.amounts, each.columns, strict=True):
            figure = figures[column]
            if par and count and figure and count.value and not count.in_full and abs(figure.value) > 10 * money:
                fitting = [f for f in factors if _is_product(par.value * count.value * f, abs(figure.value), money)]
                yield from fitting if len(fitting) == 1 else ()


def _is_product(product: Decimal, amount: Decimal, money: Decimal) -> bool:
    return abs(product - amount) <= max(2 * money, amount / 50)


def _are_near(count: Decimal, others: Collection[Decimal]) -> bool:
    return any(other / 8 <= count <= other * 8 for other in others)


def _by_size(counts: Sequence[Decimal], factors: Sequence[Decimal], money: Decimal) -> Decimal | None:
    """Return the only factor that makes a believable number of shares, None if there are several."""
    largest = max(counts, default=Decimal(0))
    fewest = _FEWEST if money < _FACTORS[-1] else _FEWEST_OF_MILLIONS
    believable = [factor for factor in factors if fewest <= largest * factor <= _MOST]
    if not largest:
        return ONE
    return believable[0] if len(believable) == 1 else None
