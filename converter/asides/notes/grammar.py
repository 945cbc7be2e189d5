"""Sentence -> the amounts of its subject, each with its year.

The kinds of a sentence's tokens are a text of letters, and a form is a regular expression that it begins with: the
subject, so many amounts as years, in either order or by turns, and no other word between.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import islice, pairwise

from msgspec import Struct

from converter.asides.notes.lexer import read_tokens
from converter.asides.notes.subjects import ANYWHERE, SUBJECT_PATTERN
from converter.asides.notes.tokens import Kind, Token
from converter.vocabulary import expression

MAX_TOKENS = 120
"""A longer sentence is not read."""
_FORMS = tuple(
    expression(form)
    for form in (
        r"L{0,9}S?(?P<s>S)L{0,9}(?P<a>A{1,6})(?P<y>Y{1,6})R?",
        r"L{0,9}S?(?P<s>S)L{0,9}(?P<y>Y{1,6})L{0,9}(?P<a>A{1,6})R?",
        r"L{0,9}(?P<y>Y{1,6})L{0,9}(?P<s>S)L{0,9}(?P<a>A{1,6})R?",
        r"L{0,9}S?(?P<s>S)L{0,9}(?P<turns>A[AY]{0,10}Y)R?",
        r"L{0,9}(?P<a>A{1,6})L{0,9}(?P<s>S)L{0,9}(?P<y>Y{1,6})R?",
        r"L{0,9}(?P<s>S)L{0,9}(?P<a>A{1,6})L{0,9}(?P<s2>S)L{0,9}(?P<a2>A{1,6})L{0,9}(?P<y>Y{1,6})R?",
    )
)
_ANYWHERE = tuple(
    expression(form)
    for form in (
        r"(?P<s>S)(?P<a>A{1,6})(?P<y>Y{1,6})R?",
        r"(?P<s>S)(?P<y>Y{1,6})(?P<a>A{1,6})R?",
        r"(?P<s>S)(?P<turns>A[AY]{0,10}Y)R?",
    )
)
_MULTIPLE = expression(r"[\s-](?:thousand|million|billion)\b", re.I)
_MARK = expression(r"[:–—]\s|\s--?\s|\)\s")
_MOST_MARKS = 4
"""A heading may stand before a sentence on its line; so many marks that may end it are tried."""
_ENDING = expression(
    r"\s?(?:[.;)]|\Z|,?\s(?:net\sof|respectively|exclud|includ|or\s\d|of\swhich|which|and\s(?:is|are|was|were)\s|under\soperating))",
    re.I,
)


class StatedAmount(Struct, frozen=True):
    """An amount that a sentence states of a year.

    `power` is that of the word beside the amount, None if none is printed; `amount` and `year` are its tokens.
    """

    concept: str
    label: str
    amount: Token
    year: Token
    power: int | None


def read_sentence(text: str, names: Collection[str] = ()) -> Iterator[StatedAmount]:
    """Yield the amounts that a sentence states of the years it names; nothing if it has none of the forms.

    The words of `text` are one space apart; `names` are the words of the registrant's name, in small letters.
    """
    if "$" not in text or not SUBJECT_PATTERN.search(text):
        return
    tokens = []
    for token in read_tokens(text, names):
        tokens.append(token)
        if len(tokens) > MAX_TOKENS:
            return
    letters = "".join(token.kind for token in tokens)
    for match in _matches(text, letters, tokens):
        stated = list(_stated(text, match, tokens))
        if stated:
            yield from stated
            return


def _stated(text: str, match: re.Match[str], tokens: Sequence[Token]) -> Iterator[StatedAmount]:
    """Yield the amounts of a form, if nothing behind it says more of them and each has a year of its own."""
    last = tokens[match.end() - 1]
    multiple = _MULTIPLE.match(text, last.end) if last.kind is Kind.AMOUNT else None
    if not _ENDING.match(text, multiple.end() if multiple else last.end):
        return
    groups = match.re.groupindex
    if "turns" in groups:
        amounts_of_years, years = _by_turns(tokens[slice(*match.span("turns"))])
        lists = [(match.start("s"), amounts_of_years)]
    else:
        lists, years = [(match.start("s"), tokens[slice(*match.span("a"))])], tokens[slice(*match.span("y"))]
    if "s2" in groups:
        lists.append((match.start("s2"), tokens[slice(*match.span("a2"))]))
    if not years or len({(year.year, year.month, year.day) for year in years}) != len(years):
        return
    if any(len(amounts) != len(years) for _, amounts in lists):
        return
    for index, amounts in lists:
        subject = tokens[index]
        label = text[subject.start : subject.end]
        for amount, year, power in zip(amounts, years, _powers(amounts), strict=True):
            yield StatedAmount(subject.concept, label, amount, year, power)


def _by_turns(tokens: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """Return the amounts and their years: "$5.1 million in 2003 and 2002 and $4.8 million in 2001"."""
    amounts = [index for index, token in enumerate(tokens) if token.kind is Kind.AMOUNT]
    years = [index for index, token in enumerate(tokens) if token.kind is Kind.YEAR]
    if any(second - first == 1 for first, second in pairwise(amounts)):
        return (), ()  # several amounts, and it is not certain which year is whose
    return [tokens[amounts[bisect_right(amounts, year) - 1]] for year in years], [tokens[year] for year in years]


def _matches(text: str, letters: str, tokens: Sequence[Token]) -> Iterator[re.Match[str]]:
    """Yield the forms that a sentence begins with, behind a heading too, or that begin at a subject."""
    ends = [0, *(match.end() for match in islice(_MARK.finditer(text), _MOST_MARKS))]
    starts = dict.fromkeys(next((i for i, token in enumerate(tokens) if token.start >= end), 0) for end in ends)
    for start in starts:
        yield from (match for form in _FORMS if (match := form.match(letters, start)))
    for index, token in enumerate(tokens):
        if token.kind is Kind.SUBJECT and token.concept in ANYWHERE:
            yield from (match for form in _ANYWHERE if (match := form.match(letters, index)))


def _powers(amounts: Sequence[Token]) -> list[int | None]:
    """Return the power of each amount: in "$1.2, $1.1 and $1.0 million" all are millions."""
    last = amounts[-1].power
    inherit = last is not None and all(amount.power is None and amount.value < 1000 for amount in amounts[:-1])
    return [last if inherit else amount.power for amount in amounts]
