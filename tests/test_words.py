"""Words that a text must have are those of all that an expression finds."""

import re
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter import classify, columns, drafts, periods, scale, titles
from converter.prose import sentences
from converter.words import has_any, search_word


def _gates() -> Iterator[tuple[Iterable[str], re.Pattern[str]]]:
    """Words of which one must stand in a text in small letters, and the expression that is asked then."""
    for signs in classify._CONTENT.values():
        yield from ((words, pattern) for _, words, pattern in signs)
    yield from ((words, pattern) for _, words, pattern in scale._CURRENCIES)
    yield from ((titles._NEEDED, pattern) for _, pattern in titles._KINDS_RE)
    yield from ((classify._QUALIFYING, pattern) for _, pattern in classify._QUALIFIERS)
    yield scale._SHARE_WORDS, scale._SHARES
    yield ("share",), scale._SHARES_IN
    yield ("except",), scale._WHOLE_SHARES
    yield scale._SCALE_WORDS, scale._SAYS_SCALE
    yield columns._NO_AMOUNT_WORDS, columns._NO_AMOUNTS
    yield drafts._PART_WORDS, drafts._OF_PARTS
    yield periods._INCEPTION_WORDS, periods._INCEPTION
    yield ("date", "ytd"), periods._TO_DATE
    yield sentences._ADJUSTED_WORDS, sentences._ADJUSTED


@pytest.mark.parametrize(("words", "pattern"), [pytest.param(*gate, id=gate[1].pattern[:40]) for gate in _gates()])
def test_what_an_expression_finds_has_one_of_its_words(words: Iterable[str], pattern: re.Pattern[str]) -> None:
    ascii_only = st.characters(codec="ascii")

    @settings(max_examples=60, deadline=None)
    @given(st.from_regex(pattern, alphabet=ascii_only if pattern.pattern.isascii() else None))
    def check(text: str) -> None:
        assert has_any(text.lower(), words)

    check()


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
