"""Keyword filters: every match of a pattern contains one of its keywords."""

import re
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.asides.prose import sentences
from converter.statements import classification as classify
from converter.statements import columns, currencies, drafts, scale
from converter.tables import titles
from converter.vocabulary import periods
from converter.vocabulary.keywords import KeywordPattern, has_any, keyword_pattern, search_word


def _patterns_in(value: object) -> Iterator[KeywordPattern]:
    """Yield the patterns in a constant of a module, which may be nested."""
    if isinstance(value, KeywordPattern):
        yield value
    elif isinstance(value, Mapping):
        yield from _patterns_in(tuple(value.values()))
    elif isinstance(value, tuple):
        for part in value:
            yield from _patterns_in(part)


def _all_patterns() -> Iterator[KeywordPattern]:
    for module in (classify, columns, currencies, drafts, periods, scale, sentences):
        for value in vars(module).values():
            yield from _patterns_in(value)
    yield KeywordPattern(scale._SCALE_WORDS, scale._SCALE_PHRASE)
    yield from (KeywordPattern(titles._KEYWORDS, pattern) for _, pattern in titles._KINDS)


PATTERNS = list(_all_patterns())


@pytest.mark.parametrize("keyworded", [pytest.param(entry, id=entry.pattern.pattern[:40]) for entry in PATTERNS])
def test_every_match_contains_a_keyword(keyworded: KeywordPattern) -> None:
    ascii_only = st.characters(codec="ascii")

    @settings(max_examples=settings().max_examples // 5)
    @given(st.from_regex(keyworded.pattern, alphabet=ascii_only if keyworded.pattern.pattern.isascii() else None))
    def check(text: str) -> None:
        assert has_any(text.lower(), keyworded.words)
        assert keyworded.search(text) is not None

    check()


def test_patterns_of_all_modules_are_found() -> None:
    assert len(PATTERNS) > 50


@pytest.mark.parametrize(
    ("text", "lowered", "matched"),
    [
        ("In the YEAR to date", "", "YEAR to date"),
        ("In the YEAR to date", "in the year to date", "YEAR to date"),
        ("to the date", "", None),
        ("years", "", None),
    ],
)
def test_search_needs_a_keyword_in_the_text(text: str, lowered: str, matched: str | None) -> None:
    match = keyword_pattern("date|ytd", r"years?\s+to\s+date|\bytd\b").search(text, lowered)
    assert (match and match[0]) == matched


def test_without_a_regex_the_keywords_are_matched() -> None:
    assert keyword_pattern("rent|lease").search("Capital LEASES") is not None
    assert keyword_pattern("rent|lease").search("Capital") is None


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Our FISCAL  YEAR ends", 4),
        ("fiscal policy; the fiscal year", 19),
        ("fiscal policy", None),
        ("İİ the Fiscal year", 7),  # longer in lowercase
    ],
)
def test_search_word(text: str, start: int | None) -> None:
    match = search_word(re.compile(r"fiscal\s+year", re.I), text, "fiscal")
    assert (match and match.start()) == start
