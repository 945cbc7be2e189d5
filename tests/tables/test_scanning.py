"""The shape of a line, and the figures at its end."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.tables.scanning import _RULER, _TAIL_GAP, Shape, scan_line, split_tail, strip_leaders
from converter.vocabulary.amounts import find_amounts


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("", Shape.BLANK),
        ("   ", Shape.BLANK),
        ("  ----------   ----------", Shape.RULER),
        ("  ==========   ==========", Shape.RULER),
        ("  __________   __________", Shape.RULER),
        ("- -------    - --------", Shape.RULER),
        ("<TABLE>", Shape.TAG),
        ("<S>          <C>        <C>", Shape.TAG),
        ("</TABLE>", Shape.TAG),
        ("<PAGE>", Shape.PAGE),
        ("<PAGE>   12", Shape.PAGE),
        ("                 1998     1997", Shape.YEARS),
        ("Net sales        1,234    5,678", Shape.FIGURES),
        ("Net sales ....... 1,234 .... 5,678", Shape.FIGURES),
        ("Net sales        $ (12)   $ --", Shape.FIGURES),
        ("Net sales        $ (12)   n/a", Shape.FIGURES),
        ("Net sales        $ (12)   N.M.", Shape.FIGURES),
        ("                 1,234    5,678", Shape.FIGURES),
        ("<S> Net sales    1,234    5,678", Shape.FIGURES),
        ("                  1997     1996     1997)", Shape.YEARS),
        ("Notes due          (12)     1997)", Shape.FIGURES),
        ("Current assets:", Shape.TEXT),
        ("Documents incorporated by reference    None", Shape.TEXT),
        ("Ratified by a majority of the  group", Shape.TEXT),
        ("Sales rose to $1,234 in the quarter that ended on March 31,", Shape.TEXT),
        ("Three months ended March 31,", Shape.TEXT),
        ("8 1/2% notes, due in equal parts until December 31, 2003", Shape.TEXT),
        ("     Shares were sold at $2.50 each to the holders of notes due 2003", Shape.TEXT),
        ("Shares sold at  $2.50 {note}", Shape.TEXT),
        ("Shares sold at  $2.50{note}*", Shape.FIGURES),
        ("  Sold to the holders: 1,234", Shape.FIGURES),
        ("  Sold to the holders | 1,234", Shape.FIGURES),
    ],
)
def test_shape(text: str, shape: Shape) -> None:
    assert scan_line(0, text).shape is shape


@pytest.mark.parametrize(
    ("text", "label", "values"),
    [
        ("Net sales            1,234      5,678", "Net sales", ["1,234", "5,678"]),
        ("Net sales.......$ 1,234   $ 5,678", "Net sales", ["$ 1,234", "$ 5,678"]),
        ("Net sales . . . . .  1,234    5,678", "Net sales", ["1,234", "5,678"]),
        ("8% notes due 2001    1,234    5,678", "8% notes due 2001", ["1,234", "5,678"]),
        ("Common stock, 1,000 shares    10    10", "Common stock, 1,000 shares", ["10", "10"]),
        ("Loss per share     $(.03)     (.12)", "Loss per share", ["$(.03)", "(.12)"]),
        ("Net sales     1,234 (a)   5,678*", "Net sales", ["1,234 (a)", "5,678*"]),
        ("Net sales   |  1,234  |  5,678 |", "Net sales", ["1,234", "5,678"]),
        ("Goodwill           --         -0-", "Goodwill", ["--", "-0-"]),
        ("Goodwill        1,234        None", "Goodwill", ["1,234", "None"]),
        ("Goodwill         NONE       1,234", "Goodwill", ["NONE", "1,234"]),
        ("Tax credits     1,234 CR     98 CR", "Tax credits", ["1,234 CR", "98 CR"]),
        ("Earnings per share  15.2p     9.8p", "Earnings per share", ["15.2p", "9.8p"]),
        ("             1,234    5,678", "", ["1,234", "5,678"]),
        ("Inventories    2,413    1,917,", "Inventories", ["2,413", "1,917"]),
    ],
)
def test_caption_and_figures_of_a_line(text: str, label: str, values: list[str]) -> None:
    line = scan_line(0, text)
    assert line.label == label.rstrip(" |") or line.label.rstrip(" |") == label
    assert [text[token.start : token.end].strip() for token in line.tail] == values


@pytest.mark.parametrize(
    ("text", "edges", "leftmost", "values"),
    [
        ("Long caption to the column 1,234     5,678", (), 0, ["5,678"]),
        ("Long caption to the column 1,234     5,678", (32, 42), 20, ["1,234", "5,678"]),
        ("Notes due    1998     1,234     5,678", (27, 37), 20, ["1,234", "5,678"]),
        (
            "Preferred   20,000     1,234     5,678",
            (28, 38),
            22,
            ["20,000", "1,234", "5,678"],
        ),  # must not be lost in the caption
    ],
)
def test_columns_distinguish_figures_from_captions(
    text: str, edges: tuple[int, ...], leftmost: int, values: list[str]
) -> None:
    tail, label_end = split_tail(text, find_amounts(text), edges, leftmost)
    assert [text[token.start : token.end] for token in tail] == values
    assert label_end == tail[0].start


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Net sales", "Net sales"),
        ("  Net sales .........", "Net sales"),
        ("Net sales . . . .", "Net sales"),
        ("Net sales ____", "Net sales"),
        ("Net sales --------", "Net sales"),
        ("Other, net.", "Other, net."),
        ("Due to Anyone Inc.", "Due to Anyone Inc."),
        ("Due to Anyone Inc. ......", "Due to Anyone Inc."),
        ("Due to Anyone Inc.......", "Due to Anyone Inc."),
        ("Income (loss)", "Income (loss)"),
        ("", ""),
        (".....", ""),
    ],
)
def test_strip_leaders(text: str, bare: str) -> None:
    assert strip_leaders(text) == bare


@given(st.text(alphabet="ab .-_I nc,", max_size=30))
def test_strip_leaders_twice_is_once(text: str) -> None:
    once = strip_leaders(text)
    assert strip_leaders(once) == once


@given(st.text(alphabet="-= .$a", max_size=12))
def test_a_ruler_has_three_dashes_or_two_double_dashes(text: str) -> None:
    """A dollar sign stands only after the first rule."""
    rule = re.search("---|==", text)
    expected = rule is not None and not set("$a") & set(text[: rule.start()]) and "a" not in text
    assert (_RULER.fullmatch(text) is not None) == expected


@given(st.text(alphabet=" $|*.()a†", max_size=8))
def test_between_figures_stand_blanks_and_one_mark(text: str) -> None:
    ambiguous = re.compile(r"[\s$|*]*(?:\([a-z0-9]{1,2}\)|[*†#]+|\([*†#]+\))?[\s$|.*]*", re.I)  # but short texts
    assert (_TAIL_GAP.fullmatch(text) is None) == (ambiguous.fullmatch(text) is None)


@pytest.mark.parametrize("start", [0, 4])
@given(st.text(alphabet=" 1.$,:x", max_size=30))
def test_a_figure_is_set_apart_from_the_text_before_it(start: int, text: str) -> None:
    """What stands before the figure to the left does not matter."""
    text = "x" * start + text
    tail, label_end = split_tail(text, find_amounts(text))
    before = text[:label_end].rstrip("$ \t")
    gap = text[len(before) : label_end].replace("$", "")
    assert not tail or not before or len(gap) >= 2 or before[-1] in ":|_" or before.endswith(("..", ". ."))
