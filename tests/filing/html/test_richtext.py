from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.filing.html.richtext import RichText, RichTextReader, decode_entity, indented, joined, squeezed, wrapped


def rich(text: str) -> RichText:
    return RichText(text, array("q", range(len(text))))


def traced(text: str, *offsets: int) -> RichText:
    return RichText(text, array("q", offsets))


@pytest.mark.parametrize(
    ("token", "decoded", "size"),
    [
        ("&amp;", "&", 5),
        ("&amp", "&", 4),
        ("&nbsp;", " ", 6),
        ("&nbspTotal", " ", 5),
        ("&#150;", "–", 6),
        ("&#146", "’", 5),
        ("&#x2014;", "—", 8),
        ("&mdash;", "—", 7),
        ("&#8203;", "", 7),
        ("&#10;", " ", 5),
        ("&#0;", "\ufffd", 4),
        ("&#99999999;", "\ufffd", 11),
        ("&bogus;", "&", 1),
        ("&T", "&", 1),
        ("&", "&", 1),
    ],
)
def test_decode_entity(token: str, decoded: str, size: int) -> None:
    assert decode_entity(token) == (decoded, size)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("a bc def", 10, ["a bc def"]),
        ("a bc def", 4, ["a bc", "def"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a  b", 2, ["a", "b"]),
        ("", 5, [""]),
    ],
)
def test_wrapped(text: str, width: int, expected: list[str]) -> None:
    assert [piece.text.rstrip() for piece in wrapped(rich(text), width)] == expected


@given(st.text(alphabet="ab ", max_size=40), st.integers(1, 12))
def test_wrapping_loses_no_character(text: str, width: int) -> None:
    pieces = list(wrapped(rich(text), width))
    assert all(len(piece) <= width for piece in pieces)
    assert "".join(piece.text for piece in pieces).replace(" ", "") == text.replace(" ", "")
    assert all(text[place] == char for piece in pieces for char, place in zip(piece.text, piece.offsets, strict=True))


def test_inserted_spaces_have_the_offset_of_their_neighbour() -> None:
    assert indented(rich("ab"), 2) == traced("  ab", 0, 0, 0, 1)
    assert joined([rich("ab"), traced("c", 9)], "  ") == traced("ab  c", 0, 1, 1, 1, 9)
    assert squeezed(rich(" a   b ")) == traced("a b", 1, 1, 5)


@pytest.mark.parametrize(
    ("text", "ranges", "verbatim", "expected"),
    [
        ("a  \n b", [(0, 6)], False, "a b"),
        ("  a", [(0, 3)], False, "a"),
        ("a<b>b", [(0, 1), (4, 5)], False, "ab"),
        ("1<sup>2", [(0, 1), (6, 6), (6, 7)], False, "1 2"),
        ("a &nbsp; b", [(0, 10)], False, "a   b"),
        ("a \n&amp;", [(0, 8)], True, "a \n&"),
    ],
)
def test_reading_visible_text(text: str, ranges: list[tuple[int, int]], verbatim: bool, expected: str) -> None:
    assert RichTextReader(text, 0, 1).read(ranges, verbatim).text == expected
