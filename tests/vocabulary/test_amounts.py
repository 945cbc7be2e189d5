"""Amounts: all the forms in which filings print them, and what is not an amount."""

from decimal import Decimal

import pytest
from helpers.amounts import amount_of
from hypothesis import given
from hypothesis import strategies as st

from converter.vocabulary.amounts import Amount, find_amounts


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234", "1234"),
        ("0", "0"),
        ("1,234,567,890", "1234567890"),
        ("(1,234)", "-1234"),
        ("31¢", "0.31"),
        ("(5.5 ¢)", "-0.055"),
        ("(5.5)¢", "-0.055"),
        ("15.2p", "0.152"),
        ("(.5p)", "-0.005"),
        ("(pound)1,200.4", "1200.4"),
        ("(euro) (12)", "-12"),
        ("(1,234 )", "-1234"),
        ("( 1,234)", "-1234"),
        ("(      12)", "-12"),
        ("$ (1,234)", "-1234"),
        ("$(1,234)", "-1234"),
        ("($1,234)", "-1234"),
        ("($  1,234 )", "-1234"),
        ("<1,234>", "-1234"),
        ("-1,234", "-1234"),
        ("\u20131,234", "-1234"),
        ("$-5", "-5"),
        ("-$5", "-5"),
        ("1,234-", "-1234"),
        (".03", "0.03"),
        ("$.03", "0.03"),
        ("$   .03", "0.03"),
        ("(.03)", "-0.03"),
        ("$(.03)", "-0.03"),
        ("1.50", "1.50"),
        ("12 1/2", "12.5"),
        ("7-1/4", "7.25"),
        ("1/8", "0.125"),
        ("(4 1/2)", "-4.5"),
        ("12.5%", "12.5"),
        ("12.5 %", "12.5"),
        ("(12.5%)", "-12.5"),
        ("(10)%", "-10"),
        ("1,234(1)", "1234"),
        ("1,234 (a)", "1234"),
        ("(742)(c)", "-742"),
        ("1,311{2}", "1311"),
        ("463a/", "463"),
        ("1,463a", "1463"),
        ("(1,463)b", "-1463"),
        ("1,234*", "1234"),
        ("1,234†", "1234"),
        ("(1,234) ‡", "-1234"),
        ("1,234#", "1234"),
        ("(0)", "0"),
    ],
)
def test_value(text: str, value: str) -> None:
    amount = amount_of(text)
    assert amount is not None
    assert (amount.value, amount.damaged, amount.absent, amount.dash) == (Decimal(value), False, False, False)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("$ 5", "$"),
        ("US$5", "US$"),
        ("US $ 5", "US $"),
        ("C$5", "C$"),
        ("Cdn$ 5", "Cdn$"),
        ("£5", "£"),
        ("¥ 5", "¥"),
        ("DM 5", "DM"),
        ("FF 5", "FF"),
        ("Yen 5", "Yen"),
        ("($5)", "$"),
        ("$--", "$"),
        ("5", ""),
    ],
)
def test_currency(text: str, currency: str) -> None:
    amount = amount_of(text)
    assert amount is not None
    assert amount.currency == currency


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("1,234(1)", "(1)"),
        ("1,234 (a)", "(a)"),
        ("5*", "*"),
        ("5 **", "**"),
        ("(602){3}", "{3}"),
        ("--(B)", "(B)"),
        ("1.40<F2>", "<F2>"),
        ("463a/", "a/"),
        ("1,463a", "a"),
        ("5", ""),
    ],
)
def test_footnote_mark(text: str, mark: str) -> None:
    amount = amount_of(text)
    assert amount is not None
    assert amount.mark == mark


@pytest.mark.parametrize(
    "text",
    ["-", "--", "---", "----", "- -", "-0-", "- 0 -", "-O-", "nil", "\u2013", "\u2014", "$--", "$ -", "(--)", "--%"],
)
def test_dash_is_zero(text: str) -> None:
    amount = amount_of(text)
    assert amount is not None
    assert amount.dash
    assert amount.value == 0


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("Other assets                1,240       None", [1240, 0]),
        ("Other assets                NONE       1,240", [0, 1240]),
        ("DOCUMENTS INCORPORATED BY REFERENCE     None", []),
        ("Other assets: None          1,240        900", [1240, 900]),
        ("     None of the holders of    1,240 shares", [1240]),
    ],
)
def test_none_beside_a_figure_is_zero(line: str, values: list[int]) -> None:
    assert [token.amount.value for token in find_amounts(line)] == values


@pytest.mark.parametrize("text", ["1,234 CR", "1,234CR", "(1,234) DR", "1,234 Cr.", "$1,234 Dr"])
def test_credits_and_debits_cannot_be_read(text: str) -> None:
    assert amount_of(text) is not None
    assert find_amounts(f"Depreciation          {text}      5,678")[0].amount.damaged


@pytest.mark.parametrize("text", ["n/a", "N/A", "N/M", "NM", "NA", "n.m.", "*", "**"])
def test_placeholder_is_absent(text: str) -> None:
    assert amount_of(text) == Amount(Decimal(0), absent=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("49,632)", "-49632"),
        ("(49,632", "-49632"),
        ("52,,818,225", "52818225"),
        ("4,180 ,000", "4180000"),
        ("1,O23", "1023"),
        ("1O,234", "10234"),
    ],
)
def test_damaged_print_is_read_and_flagged(text: str, value: str) -> None:
    amount = amount_of(text)
    assert amount is not None
    assert (amount.value, amount.damaged, amount.absent) == (Decimal(value), True, False)


@pytest.mark.parametrize(
    "text", ["1,23", "143,57", "1234,567", "1,2345", ".(81)", "1.234,56", "2,4l3", "l,413", "1,9I7"]
)
def test_unreadable_digits_are_absent_and_damaged(text: str) -> None:
    amount = amount_of(text)
    assert amount is not None
    assert (amount.value, amount.damaged, amount.absent) == (Decimal(0), True, True)


@pytest.mark.parametrize(
    "print",
    [
        "8I0",
        "(I00)",
        "(93S)",
        "Z,910",
        "1Z,900",
        "2,I50",
        "40?",
        "3,97?",
        "10:000",
        "1;500",
        "8'280",
        "1,000~",
        "289.9K",
        "17,950K",
        "(1,234)M",
        "17,950=20",
        '"17,950"',
        "_17,950_",
        "13,42013,480",
        "######",
        "xx,xxx",
    ],
)
def test_a_figure_that_is_spoilt_is_absent_and_damaged(print: str) -> None:
    """It keeps its column, and the figures beside it theirs."""
    tokens = find_amounts(f"Other assets      1,000  $  {print}      2,000")
    assert [(token.amount.value, token.amount.damaged, token.amount.absent) for token in tokens] == [
        (Decimal(1000), False, False),
        (Decimal(0), True, True),
        (Decimal(2000), False, False),
    ]
    tokens = find_amounts(f"Other assets      1,000      {print}")
    assert [(token.amount.value, token.amount.damaged) for token in tokens] == [(Decimal(1000), False), (0, True)]


@pytest.mark.parametrize(
    "text",
    [
        "Note  8K",
        "Series  2B",
        "at  10:30",
        "Exhibit  10.1a",
        "Form  10-Q",
        "in  $1,000s",
        "IIO",
        "                  ###",
    ],
)
def test_a_word_set_apart_is_no_spoilt_figure(text: str) -> None:
    assert find_amounts(f"{text}   ") == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Total assets",
        "-----",
        "=====  =====",
        "____",
        "  ----   ----  ",
        " ---  ---",
        "- - - - - - - -",
        "10-K",
        "1st",
        "A-1",
        "Q3",
        "3%-notes",
        "12/31/98",
        "12-31-98",
        "6/30",
        "10.1.3",
        "7.59:1",
        "20.8x",
        "1.50-7.73",
        "435-0800",
        "1999-2000",
        "<F1>",
        "<5",
        "- 12 -",
        "-12-",
        "123456789012345678901234567890",
    ],
)
def test_not_an_amount(text: str) -> None:
    assert find_amounts(text) == ()


@pytest.mark.parametrize("text", ["1,234 5,678", "$000", "£ 000", "Total 5", "5 shares", "", "June 30, 1998"])
def test_a_cell_is_at_most_one_token(text: str) -> None:
    assert amount_of(text) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Total.......5", ["5"]),
        ("Net sales........1,234", ["1,234"]),
        (". . . . . 12", ["12"]),
        ("Per share ....... .12", [".12"]),
        ("Per share.......$.12", ["$.12"]),
        ("Per share.......03", [".03"]),
        ("Cash            $  1,234    $    (5)", ["$  1,234", "$    (5)"]),
        ("Goodwill             --        ----", ["--", "----"]),
        ("(1,234)(5,678)", ["(1,234)", "(5,678)"]),
        ("Net loss(1,234)", ["(1,234)"]),
        ("Deductions(1)", []),
        ("Common stock - par value  -   5", ["-", "5"]),
        ("June 30, 1998", ["30", "1998"]),
        ("September 25,1999 and 1998", ["25", "1999", "1998"]),
        ("1997,1996 and 1995", ["1997", "1996", "1995"]),
        ("4 1/2% notes due 2004", ["4 1/2%", "2004"]),
        ("Income       NM      12.5 %    n/a", ["NM", "12.5 %", "n/a"]),
        ("Rent  38%  1,2O4  (a)", ["38%", "1,2O4"]),
        ("<CASH>          1,234", ["1,234"]),
    ],
)
def test_tokens_of_a_line(line: str, expected: list[str]) -> None:
    assert [line[token.start : token.end] for token in find_amounts(line)] == expected


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("Receivables, net (less $1,234 and $1,000)   5,000", ["1234", "1000", "5000"]),
        ("   accounts of $1,234)         5,000", ["1234", "5000"]),
        ("   $619)         9,000    8,000", ["619", "9000", "8000"]),
        ("Par value (1,000 shares issued", ["1000"]),
        ("Other losses           49,632)     (3,000)", ["-49632", "-3000"]),
        ("Provision (benefit     49,632)   (3)", ["-49632", "-3"]),
    ],
)
def test_a_bracket_around_words_is_not_a_sign(line: str, values: list[str]) -> None:
    assert [token.amount.value for token in find_amounts(line)] == [Decimal(value) for value in values]


def test_figures_of_a_column_have_the_same_end() -> None:
    lines = ["      1,234  ", "     (1,234) ", "     $   --  ", "         12% ", "      1,234*"]
    assert {find_amounts(line)[0].figure_end for line in lines} == {11}


@pytest.mark.parametrize(
    ("text", "places"), [("5", 0), ("5.0", 1), (".03", 2), ("1,234.567", 3), ("1/8", 3), ("12 1/2", 1), ("--", 0)]
)
def test_places(text: str, places: int) -> None:
    amount = amount_of(text)
    assert amount is not None
    assert amount.places == places


@pytest.mark.parametrize(
    ("text", "is_yearlike"),
    [("1998", True), ("2099", True), ("1899", False), ("1,998", False), ("$1998", False), ("(1998)", False),
     ("1998%", False), ("1998.0", False), ("NM", False)],
)  # fmt: skip
def test_is_yearlike(text: str, is_yearlike: bool) -> None:
    amount = amount_of(text)
    assert amount is not None
    assert amount.is_yearlike is is_yearlike


@given(st.integers(-(10**15), 10**15), st.integers(0, 3), st.sampled_from(["", "$", "$ "]), st.integers(0, 40))
def test_a_printed_amount_is_read_exactly(number: int, places: int, currency: str, indent: int) -> None:
    value = Decimal(number).scaleb(-places)
    digits = f"{abs(value):,.{places}f}"
    text = f"{currency}({digits})" if value < 0 else f"{currency}{digits}"
    line = " " * indent + text + "   5"
    first, second = find_amounts(line)
    assert (first.start, first.end, first.amount.value) == (indent, indent + len(text), value)
    assert first.amount.places == places
    assert second.amount.value == 5


@given(st.text(alphabet="0123456789,.()$%-*/' <>abOKn[]{}|_=&;", max_size=60))
def test_tokens_are_ordered_disjoint_and_within_the_line(line: str) -> None:
    end = 0
    for token in find_amounts(line):
        assert end <= token.start < token.figure_end <= token.end <= len(line)
        assert not token.amount.absent or token.amount.value == 0
        end = token.end


@pytest.mark.parametrize("piece", ["1", "1,", "1.", "(", "$ ", ".", "- ", "(1) ", "a1-", "1K", "1/2", "[1", "1)", " ."])
def test_long_lines_are_read_in_linear_time(piece: str) -> None:
    find_amounts(piece * 20_000)  # a quadratic reading would not come back
