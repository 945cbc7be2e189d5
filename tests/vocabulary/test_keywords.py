"""Words that a text must have are those of all that an expression finds."""

import re
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.asides.prose import sentences
from converter.statements import classification as classify
from converter.statements import columns, drafts, scale
from converter.tables import titles
from converter.vocabulary import periods
from converter.vocabulary.keywords import KeywordPattern, has_any, keyword_pattern, search_word


def _phrases(value: object) -> Iterator[KeywordPattern]:
    """The phrases in a table of a module."""
    if isinstance(value, KeywordPattern):
        yield value
    elif isinstance(value, Mapping):
        yield from _phrases(tuple(value.values()))
    elif isinstance(value, tuple):
        for part in value:
            yield from _phrases(part)


def _said() -> Iterator[KeywordPattern]:
    for module in (classify, columns, drafts, periods, scale, sentences):
        for value in vars(module).values():
            yield from _phrases(value)
    yield KeywordPattern(scale._SCALE_WORDS, scale._SAYS_SCALE)
    yield from (KeywordPattern(titles._NEEDED, pattern) for _, pattern in titles._KINDS_RE)


SAID = list(_said())


@pytest.mark.parametrize("said", [pytest.param(said, id=said.pattern.pattern[:40]) for said in SAID])
def test_what_a_phrase_finds_has_one_of_its_words(said: KeywordPattern) -> None:
    ascii_only = st.characters(codec="ascii")

    @settings(max_examples=settings().max_examples // 5)
    @given(st.from_regex(said.pattern, alphabet=ascii_only if said.pattern.pattern.isascii() else None))
    def check(text: str) -> None:
        assert has_any(text.lower(), said.words)
        assert said.search(text) is not None

    check()


def test_all_phrases_are_looked_at() -> None:
    assert len(SAID) > 50


@pytest.mark.parametrize(
    ("text", "lowered", "found"),
    [
        ("In the YEAR to date", "", "YEAR to date"),
        ("In the YEAR to date", "in the year to date", "YEAR to date"),
        ("to the date", "", None),
        ("years", "", None),
    ],
)
def test_a_phrase_is_searched_where_its_words_stand(text: str, lowered: str, found: str | None) -> None:
    match = keyword_pattern("date|ytd", r"years?\s+to\s+date|\bytd\b").search(text, lowered)
    assert (match and match[0]) == found


def test_a_phrase_may_be_its_words_alone() -> None:
    assert keyword_pattern("rent|lease").search("Capital LEASES") is not None
    assert keyword_pattern("rent|lease").search("Capital") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Our FISCAL  YEAR ends", 4),
        ("fiscal policy; the fiscal year", 19),
        ("fiscal policy", None),
        ("İİ the Fiscal year", 7),  # its small letters are longer than it
    ],
)
def test_the_first_match_that_begins_with_a_word(text: str, found: int | None) -> None:
    match = search_word(re.compile(r"fiscal\s+year", re.I), text, "fiscal")
    assert (match and match.start()) == found
