"""Tables: the shape of a line, the figures at its end, blocks and columns by geometry."""

import pytest
from builders import filing
from hypothesis import given
from hypothesis import strategies as st

from converter.amounts import Amount, Token, find_amounts
from converter.tables import Shape, Span, assign, find_blocks, find_columns, scan_line, split_tail, strip_leaders


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
        ("                 1,234    5,678", Shape.FIGURES),
        ("<S> Net sales    1,234    5,678", Shape.FIGURES),
        ("Current assets:", Shape.TEXT),
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
        ("             1,234    5,678", "", ["1,234", "5,678"]),
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
        ),  # lost if in the caption
    ],
)
def test_known_columns_tell_figures_from_captions(
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


def rows_of(text: str) -> list[tuple[Token, ...]]:
    return [find_amounts(line) for line in text.strip("\n").split("\n")]


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        pytest.param("     1,234    5,678\n       (12)     345\n", [10, 19], id="brackets hang out"),
        pytest.param("     1,234    5,678\n         -        -\n     9,999       --\n", [10, 19], id="dashes"),
        pytest.param("  $  1,234  $ 5,678\n     9,123    4,567\n", [10, 19], id="currency"),
        pytest.param(
            "    1,234    5,678\n     1,234   5,678\n     2,234    6,678\n    3,234    7,678\n",
            [10, 18],
            id="edges that wander by one",
        ),
        pytest.param(
            "  1,234,567   2,345,678\n  1,000,000   2,000,000\n  1,500,000   2,500,000\n       1.25        2.50\n",
            [11, 23],
            id="per share",
        ),
        pytest.param(
            "12   1,234   5,678\n      1,234   5,678\n      1,235   5,679\n      1,236   5,670\n      1,237   5,671\n",
            [11, 19],
            id="one stray number makes no column",
        ),
        pytest.param("  1,234\n  5,678\n", [7], id="one column"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_find_columns(text: str, edges: list[int]) -> None:
    assert [column.edge for column in find_columns(rows_of(text))] == edges


def token(start: int, end: int) -> Token:
    return Token(start, end, end, Amount(value=find_amounts("1")[0].amount.value))


@pytest.mark.parametrize(
    ("ends", "columns", "cells"),
    [
        ([20, 30], [20, 30], [20, 30]),
        ([30], [20, 30], [None, 30]),
        ([20], [20, 30], [20, None]),
        ([21], [20, 30], [21, None]),
        ([33], [20, 30], [None, 33]),
        ([20, 40], [20, 30, 40], [20, None, 40]),
        ([22, 33], [20, 30], [22, 33]),  # as many as columns: in order, however far they slipped
        ([], [20, 30], [None, None]),
    ],
)
def test_assign(ends: list[int], columns: list[int], cells: list[int | None]) -> None:
    tail = [token(end - 5, end) for end in ends]
    spans = [Span(edge - 6, edge, edge) for edge in columns]
    found, stray = assign(tail, spans)
    assert [None if cell is None else cell.figure_end for cell in found] == cells
    assert stray == ()


def test_what_is_under_no_column_is_stray() -> None:
    far = token(2, 5)
    cells, stray = assign([far, token(55, 60)], [Span(34, 40, 40), Span(54, 60, 60), Span(74, 80, 80)])
    assert stray == (far,)
    assert [cell is not None for cell in cells] == [False, True, False]


@st.composite
def token_rows(draw: st.DrawFn) -> list[list[Token]]:
    """Rows of tokens that do not overlap, about a few edges."""
    edges = [12 * (i + 1) + 6 for i in range(draw(st.integers(1, 5)))]
    rows = []
    for _ in range(draw(st.integers(1, 8))):
        chosen = [edge for edge in edges if draw(st.booleans())]
        shifted = [edge + draw(st.integers(-2, 2)) for edge in chosen]
        rows.append([token(end - draw(st.integers(1, 7)), end) for end in shifted])
    return rows


@given(token_rows())
def test_columns_stand_side_by_side(rows: list[list[Token]]) -> None:
    columns = find_columns(rows)
    assert list(columns) == sorted(columns, key=lambda column: column.edge)
    assert all(column.start < column.edge <= column.end for column in columns)


@given(token_rows(), st.integers(0, 7))
def test_no_token_is_lost_and_order_is_kept(rows: list[list[Token]], number: int) -> None:
    columns = find_columns(rows)
    tail = rows[number % len(rows)]
    cells, stray = assign(tail, columns)
    placed = [cell for cell in cells if cell is not None]
    assert len(cells) == len(columns)
    assert placed == sorted(placed, key=lambda t: t.start)
    assert sorted([*placed, *stray], key=lambda t: t.start) == tail


def blocks(text: str) -> list[list[str]]:
    """The figure lines of each table."""
    found = find_blocks(filing(text).documents[0])
    return [[line.label for line in block.lines if line.shape is Shape.FIGURES] for block in found]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        pytest.param("Cash    1    2\nDebt    3    4", [["Cash", "Debt"]], id="one table"),
        pytest.param("Cash    1    2\n</TABLE>\nDebt    3    4", [["Cash"], ["Debt"]], id="end of table"),
        pytest.param("Cash    1    2\n<PAGE>\nDebt    3    4", [["Cash"], ["Debt"]], id="page break"),
        pytest.param("Cash    1    2\n\n      17\n<PAGE>\nDebt    3    4", [["Cash"], ["Debt"]], id="page number"),
        pytest.param("Cash    1    2\n<PAGE>\n   17\n\nDebt    3    4", [["Cash"], ["Debt"]], id="number on top"),
        pytest.param(
            "Cash    1    2\n\nSTATEMENTS OF INCOME\n\nSales    3    4", [["Cash"], ["Sales"]], id="a title between"
        ),
        pytest.param(
            "Cash    1    2\n\n       1998    1997\n\nSales    3    4", [["Cash"], ["Sales"]], id="headings again"
        ),
        pytest.param("Cash    1    2\n" + "\n" * 20 + "Debt    3    4", [["Cash"], ["Debt"]], id="far apart"),
        pytest.param(
            "Cash    1    2\n" + "Words that fill a line of prose from its left to its right margin.\n" * 6
            + "Debt    3    4",
            [["Cash"], ["Debt"]],
            id="prose between",
        ),
        pytest.param("No table at all, only words.\n", [], id="words"),
    ],
)  # fmt: skip
def test_blocks(text: str, labels: list[list[str]]) -> None:
    assert blocks(text) == labels


def test_zone_is_what_stands_above() -> None:
    (block,) = find_blocks(filing("BALANCE SHEET\n\n        1998    1997\nCash    1,234   5,678").documents[0])
    assert [line.text.strip() for line in block.zone] == ["BALANCE SHEET", "", "1998    1997"]
    assert [(column.start, column.edge) for column in block.columns] == [(8, 13), (16, 21)]
