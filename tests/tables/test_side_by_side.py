"""Splitting two tables that are typed side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.tables.side_by_side import find_gutter, halves

TWO = [
    "  Cash                     $ 1,234,000     Accounts payable         $   834,000",
    "  Receivables                2,300,000     Accrued expenses             700,000",
    "  Inventories                  900,000                              -----------",
    "  Total current assets       4,434,000   Long-term debt               1,900,000",
]


def test_two_tables() -> None:
    assert find_gutter(TWO) == 41


@pytest.mark.parametrize(
    "text",
    [
        "  Cash ...... 1,234,000    Accounts payable ..... 834,000",
        "  Cash        $ 1,234,000  Accounts payable       $834,000",
        "  Cash .... $(1,234,000)   Accounts payable.......$ (834,000)",
        "  Notes 1,000  Cash      1,234,000    Accounts payable       834,000",
    ],
)
def test_amounts_of_both_tables(text: str) -> None:
    assert find_gutter([text] * 3) == text.index("Accounts")


@pytest.mark.parametrize(
    "texts",
    [
        [],
        TWO[:2],
        ["Net sales            1,234     5,678"] * 5,
        ["Net sales            1,234      n/m      5,678"] * 5,
        ["Notes of 1,234,000 due in 1999 and 2,345,000 due in 2001"] * 5,
        ["Notes payable    1,234,000    due in equal parts until 1999"] * 5,
        [*TWO, *["A caption that runs on below the amounts of the left table    1,000"] * 3],
    ],
)
def test_one_table(texts: list[str]) -> None:
    assert find_gutter(texts) is None


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("Cash  1,000     Debt  2,000", "Cash  1,000", "                Debt  2,000"),
        ("Cash  1,000", "Cash  1,000", ""),
        ("                Debt  2,000", "", "                Debt  2,000"),
        ("A title over both of the tables", "A title over both of the tables", ""),
    ],
)
def test_halves(text: str, left: str, right: str) -> None:
    assert halves(text, 16) == (left, right)


@given(st.text(alphabet="ab 1,", max_size=40), st.integers(2, 30))
def test_no_character_is_lost_or_moved(text: str, gutter: int) -> None:
    left, right = halves(text, gutter)
    for position, character in enumerate(text):
        if character != " ":
            assert character in (left[position : position + 1], right[position : position + 1])
