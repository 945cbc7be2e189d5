"""Columns found by the right edges of figures, and figures assigned to them."""

from copy import deepcopy
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.tables.alignment import ColumnSpan, _Cluster, _join_overlapping, assign, find_columns
from converter.vocabulary.amounts import Amount, Token, find_amounts


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
            id="edges that vary by one",
        ),
        pytest.param(
            "  1,234,567   2,345,678\n  1,000,000   2,000,000\n  1,500,000   2,500,000\n       1.25        2.50\n",
            [11, 23],
            id="per share",
        ),
        pytest.param(
            "12   1,234   5,678\n      1,234   5,678\n      1,235   5,679\n      1,236   5,670\n      1,237   5,671\n",
            [11, 19],
            id="one stray number is not a column",
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
    spans = [ColumnSpan(edge - 6, edge, edge) for edge in columns]
    assigned, stray = assign(tail, spans)
    assert [None if cell is None else cell.figure_end for cell in assigned] == cells
    assert stray == ()


def test_figures_outside_of_all_columns_are_stray() -> None:
    far = token(2, 5)
    cells, stray = assign(
        [far, token(55, 60)], [ColumnSpan(34, 40, 40), ColumnSpan(54, 60, 60), ColumnSpan(74, 80, 80)]
    )
    assert stray == (far,)
    assert [cell is not None for cell in cells] == [False, True, False]


@st.composite
def token_rows(draw: st.DrawFn) -> list[list[Token]]:
    """Draw rows of tokens that do not overlap and end near a few edges."""
    edges = [12 * (i + 1) + 6 for i in range(draw(st.integers(1, 5)))]
    rows = []
    for _ in range(draw(st.integers(1, 8))):
        chosen = [edge for edge in edges if draw(st.booleans())]
        shifted = [edge + draw(st.integers(-2, 2)) for edge in chosen]
        rows.append([token(end - draw(st.integers(1, 7)), end) for end in shifted])
    return rows


@given(token_rows())
def test_columns_are_in_order(rows: list[list[Token]]) -> None:
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


def joined_one_by_one(clusters: list[_Cluster]) -> list[_Cluster]:
    """Join clusters as defined: look at all neighbours, join the first of the best, and look at all again."""
    while True:
        pairs = [
            (min(len(a.rows), len(b.rows)), -a.overlap(b), position)
            for position, (a, b) in enumerate(pairwise(clusters))
            if a.overlap(b) > 0 and len(a.rows & b.rows) <= min(len(a.rows), len(b.rows)) // 10
        ]
        if not pairs:
            return clusters
        position = min(pairs)[2]
        clusters[position].merge(clusters.pop(position + 1))


@given(
    st.lists(
        st.builds(
            lambda start, width, rows: _Cluster([start + width] * len(rows), start, start + width, rows),
            st.integers(0, 30),
            st.integers(1, 12),
            st.sets(st.integers(0, 12), min_size=1),
        )
    )
)
def test_clusters_are_joined_from_the_smallest(clusters: list[_Cluster]) -> None:
    clusters.sort(key=lambda cluster: cluster.end)
    joined = _join_overlapping(deepcopy(clusters))
    assert [(sorted(c.edges), c.start, c.end, c.rows) for c in joined] == [
        (sorted(c.edges), c.start, c.end, c.rows) for c in joined_one_by_one(deepcopy(clusters))
    ]


TYPED_WITH_TABS = """
Net sales    98,420    91,310    84,770
Cost of sales    61,230    57,940    54,110
Selling, general and administrative expenses    21,480    19,875    18,620
Research    4,310    3,990    3,705
Income from continuing operations    11,400    9,505    8,335
Income taxes    3,870    3,110    2,640
Net income    6,590    5,295    4,495
"""


def test_columns_are_told_by_order_where_figures_are_not_set_below_each_other() -> None:
    rows = rows_of(TYPED_WITH_TABS)
    columns = find_columns(rows)
    assert len(columns) == 3
    assert all(column.ordered for column in columns)
    assert all(left.edge < right.edge for left, right in pairwise(columns))
    assert [assign(row, columns).cells for row in rows] == rows


def test_a_row_with_fewer_figures_has_none_whose_column_is_sure() -> None:
    columns = find_columns(rows_of(TYPED_WITH_TABS))
    (row,) = rows_of("Other income    310    275")
    assert assign(row, columns) == ((None, None, None), row)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Sold      1,234    5,678\n" * 4 + "Cost of all that was sold 1,234    5,678\n", id="one row"),
        pytest.param("Sold      1,234    5,678\n   and so on    1,234    5,678\n", id="two rows"),
        pytest.param("a   1,234,567    5,678\nb      34,567       12\n" * 4, id="aligned"),
    ],
)
def test_columns_set_below_each_other_are_told_by_their_edges(text: str) -> None:
    assert not any(column.ordered for column in find_columns(rows_of(text)))
