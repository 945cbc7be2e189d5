import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.filing.lines import Line, normalise, split_lines


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\nb\n", ["a", "b"]),
        ("a\r\nb\r\n", ["a", "b"]),
        ("a\rb", ["a", "b"]),
        ("a\r\r\nb", ["a", "b"]),
        ("a\n\nb", ["a", "", "b"]),
        ("a  \nb\t\n", ["a", "b"]),
        ("\tx\ty", ["        x       y"]),
        ("12345678\tx", ["12345678        x"]),
        ("a\xa0b\x00c\x85d", ["a b c d"]),
        ("a\x0b\x1cb", ["a  b"]),
        ("one\ftwo", ["one", "<PAGE>", "two"]),
        ("\f", ["<PAGE>"]),
        ("\f<PAGE>", ["<PAGE>"]),
        ("<PAGE>   3", ["<PAGE>   3"]),
        ("- -----", ["-----"]),
        ("- --\tx", ["--      x"]),
        ("- item", ["- item"]),
        ("", [""]),
    ],
)
def test_split_lines(raw: str, expected: list[str]) -> None:
    assert [line.text for line in split_lines(normalise(raw))] == expected


@pytest.mark.parametrize(
    ("raw", "column", "offset"),
    [("ab", 1, 1), ("\tx", 8, 1), ("\tx", 3, 0), ("a\tb", 8, 2), ("- --x", 2, 4), ("- -\tx", 8, 4), ("a\fb", 0, 2)],
)
def test_columns_map_to_source_offsets(raw: str, column: int, offset: int) -> None:
    assert split_lines(raw)[-1].span(column, column + 1)[0] == offset


def test_numbers_and_offsets_start_at_the_given_ones() -> None:
    lines = split_lines("a\n\nb", offset=100, number=7)
    assert [(line.number, line.offset) for line in lines] == [(7, 100), (8, 102), (9, 103)]


@pytest.mark.parametrize("text", ["a\nb\nc", "a\n\tb\n- -c\n", "\fa\nb\f\n\n"])
def test_lines_are_a_sequence(text: str) -> None:
    lines = split_lines(text, offset=5, number=3)
    assert [line.text for line in lines] == list(lines.texts)
    assert lines[-1] == list(lines)[-1] == lines[len(lines) - 1]
    assert lines[1:] == tuple(lines)[1:]
    assert lines[::-1] == tuple(reversed(lines))
    assert lines == split_lines(text, offset=5, number=3) != split_lines(text, offset=6, number=3)
    assert hash(lines) == hash(split_lines(text, offset=5, number=3))
    with pytest.raises(IndexError):
        lines[len(lines)]


@pytest.mark.parametrize(
    ("line", "span", "expected"),
    [
        (Line("abc", 1, 10), (1, 3), (11, 13)),
        (Line("abc", 1, 10), (1, 9), (11, 13)),
        (Line("abc", 1, 10), (2, 1), (12, 12)),
        (Line("a—b", 1, 10, (10, 11, 18), {11: 18}), (0, 2), (10, 18)),
        (Line("a—b", 1, 10, (10, 11, 18), {11: 18}), (1, 1), (11, 11)),
        (Line("a—b", 1, 10, (10, 11, 18), {11: 18}), (3, 3), (19, 19)),
        (Line("", 1, 10, ()), (0, 1), (10, 10)),
    ],
)
def test_span(line: Line, span: tuple[int, int], expected: tuple[int, int]) -> None:
    assert line.span(*span) == expected


@given(st.text(alphabet="ab- \t\r\n\f\xa0$1,"))
def test_every_character_is_at_its_offset(raw: str) -> None:
    text = normalise(raw)
    assert len(text) == len(raw)
    for line in split_lines(text):
        assert line.text == line.text.rstrip()
        assert line.number == 1 + text.count("\n", 0, line.offset)
        if line.text == "<PAGE>":
            continue
        for column, char in enumerate(line.text):
            start, end = line.span(column, column + 1)
            assert char == text[start] or (char == " " and text[start] == "\t")
            assert end == start + 1


@given(st.text(alphabet="a \t\n"), st.integers(0, 40), st.integers(0, 40))
def test_span_is_monotone(raw: str, low: int, high: int) -> None:
    low, high = sorted((low, high))
    for line in split_lines(raw):
        assert (
            line.span(low, low)[0] <= line.span(low, high)[0] <= line.span(low, high)[1] <= line.span(high, high + 1)[1]
        )
