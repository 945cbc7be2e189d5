"""Documents -> statements of the amounts that sentences of their notes state of several years."""

import re
from array import array
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from converter.asides.notes.claims import Claim
from converter.asides.notes.periods import Periods
from converter.asides.notes.scale import Scales
from converter.asides.notes.subjects import SUBJECT_PATTERN, TRIGGERS
from converter.asides.prose import Passage
from converter.filing import Filing, TextSpan, read_cover
from converter.statements import Figure, Statement
from converter.taxonomy import load_taxonomy
from converter.vocabulary import Amount, expression, find_word, lowercase

if TYPE_CHECKING:
    from converter.asides.notes.grammar import StatedAmount

_BEFORE, _AFTER = 40, 150
"""A subject begins at most so many characters before its word, and ends at most so many behind."""
_INITIAL = expression(r"\b[acdeiloprns]", re.IGNORECASE)
_MOST_LINES = 60  # of a paragraph


class _Sentence(NamedTuple):
    passage: Passage
    start: int


def claims_of_sentences(filing: Filing, index: int, statements: Sequence[Statement], scales: Scales) -> list[Claim]:
    """Return what sentences of a document state of the periods of its `statements`."""
    texts = filing.documents[index].texts
    passages = list(_passages(texts))
    if not passages:
        return []
    from converter.asides.notes.grammar import read_sentence

    names = _words_of_name(filing, index)
    periods = Periods(column.period for s in statements for column in s.columns if column.qualifier is None)
    claims: list[Claim] = []
    for passage in passages:
        for start, end in passage.sentences():
            stated = list(read_sentence(passage.text[start:end], names))
            if stated:
                claims += _claims(stated, _Sentence(passage, start), periods, index, scales)
    return claims


def _words_of_name(filing: Filing, index: int) -> frozenset[str]:
    cover_name = read_cover(filing, index).name
    names = f"{filing.header.company} {cover_name.value if cover_name else ''}"
    return frozenset(word.strip(".,").lower() for word in names.split() if len(word) > 1)


def _passages(texts: Sequence[str]) -> Iterator[Passage]:
    """Yield the paragraphs with a dollar sign and a word of a subject; lines with wide gaps are of tables."""
    done = -1
    for number, line in enumerate(texts):
        if number <= done or "$" not in line or not _is_text(line):
            continue
        first, last = number, number
        while first - 1 > done and number - first < _MOST_LINES and _is_text(texts[first - 1]):
            first -= 1
        while last + 1 < len(texts) and last - number < _MOST_LINES and _is_text(texts[last + 1]):
            last += 1
        done = last
        text = " ".join(" ".join(texts[first : last + 1]).split())
        if _names_subject(f" {text}"):
            yield Passage(text, array("q", range(first, last + 1)), texts)


def _names_subject(text: str) -> bool:
    """Whether a paragraph, behind a space, names a subject; expressions are tried around its words alone."""
    lowered = lowercase(text)
    places = (place for word in TRIGGERS if word in lowered for place in find_word(text, word, lowered))
    return any(_begins_subject(text, place) for place in places)


def _begins_subject(text: str, place: int) -> bool:
    """Whether a subject begins at one of the words before the offset of its word, or there."""
    starts = _INITIAL.finditer(text, max(0, place - _BEFORE), place + 2)  # some words have a space before them
    return any(SUBJECT_PATTERN.match(text, start.start(), place + _AFTER) for start in starts)


def _is_text(line: str) -> bool:
    stripped = line.strip()
    return bool(stripped) and "    " not in stripped and "...." not in stripped


def _claims(
    stated: "Sequence[StatedAmount]",
    sentence: _Sentence,
    periods: Periods,
    index: int,
    scales: Scales,
) -> Iterator[Claim]:
    concept = load_taxonomy().concepts[stated[0].concept]
    found = periods.resolve([each.year for each in stated], concept.period_type == "instant")
    place = sentence.passage.place(sentence.start)
    power = scales.power(stated, place.line) if any(found) else None
    for each, period in zip(stated, found, strict=True):
        own = each.power if each.power is not None else power
        if period is None or own is None:
            continue
        line, column = sentence.passage.place(sentence.start + each.amount.start)
        source = TextSpan(index, line, column, column + each.amount.end - each.amount.start)
        value = each.amount.value.scaleb(own)
        printed = Amount(each.amount.value, each.amount.places, currency="$", grouped=each.amount.value >= 1000)
        decimals = _decimals(value, each.amount.places - own)
        yield Claim(each.concept, each.label, period, Figure(value, decimals, printed, source))


def _decimals(value: Decimal, decimals: int) -> int:
    """Return the decimals of an amount in whole dollars; groups of three zeros at its end are taken for rounding."""
    if decimals or not value:
        return decimals
    return -next(3 * groups for groups in range(4, -1, -1) if not value % 1000**groups)
