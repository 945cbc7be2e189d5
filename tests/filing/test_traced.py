import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.filing.traced import (
    RichText,
    RichTextBuilder,
    expand_tabs,
    in_columns,
    indented,
    inserted,
    joined,
    squeezed,
    wrapped,
)


def rich(text: str) -> RichText:
    return RichText(text, 0)


def traced(text: str, *offsets: int) -> RichText:
    builder = RichTextBuilder()
    for char, offset in zip(text, offsets, strict=True):
        builder.add(char, offset)
    return builder.rich()


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
    assert all(text[place] == char for piece in pieces for char, place in zip(piece.text, piece.offsets(), strict=True))


@pytest.mark.parametrize(
    ("result", "text", "offsets"),
    [
        (indented(rich("ab"), 2), "  ab", (0, 0, 0, 1)),
        (indented(traced("ab", 3, 9), 1), " ab", (3, 3, 9)),
        (joined([rich("ab"), traced("c", 9)], "  "), "ab  c", (0, 1, 1, 1, 9)),
        (joined([rich("a"), rich(""), traced("bc", 4, 9)]), "abc", (0, 4, 9)),
        (squeezed(rich(" a   b ")), "a b", (1, 1, 5)),
        (inserted("---", 7), "---", (7, 7, 7)),
        (in_columns([(2, traced("a", 5)), (3, traced("bc", 8, 9)), (3, rich("")), (9, rich("d"))], 2), "  a  bc  d",
         (5, 5, 5, 5, 5, 8, 9, 9, 9, 0)),
        (expand_tabs(rich("a\tb")), "a       b", (0, *(1,) * 7, 2)),
        (expand_tabs(rich("1234567\tb")), "1234567 b", tuple(range(9))),
        (expand_tabs(rich("1234567\t$8")), "1234567  $8", (*range(8), 7, 8, 9)),
    ],
)  # fmt: skip
def test_inserted_spaces_have_the_offset_of_their_neighbour(
    result: RichText, text: str, offsets: tuple[int, ...]
) -> None:
    assert result.text == text
    assert result.offsets() == offsets
    assert result.last == offsets[-1]


def test_characters_that_follow_each_other_need_no_runs() -> None:
    assert traced("abc", 4, 5, 6) == RichText("abc", 4)
    assert traced("abcd", 1, 4, 5, 6).cut(1, 3) == RichText("bc", 4)
    assert expand_tabs(rich("1234567\tb")) == RichText("1234567 b", 0)


@given(st.lists(st.integers(0, 9), max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_a_cut_has_the_offsets_of_its_characters(offsets: list[int], start: int, end: int) -> None:
    whole = traced("abcdefghijkl"[: len(offsets)], *offsets)
    assert whole.offsets() == tuple(offsets)
    assert whole.cut(start, end).offsets() == tuple(offsets[start:end])
    assert indented(whole, 2).cut(start, end).offsets() == indented(whole, 2).offsets()[start:end]
