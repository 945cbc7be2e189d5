"""Cluster the right edges of figures into columns, and assign the figures of each row to the columns."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from msgspec import Struct

from converter.vocabulary import Token

_STRAY_COST = 12


class ColumnSpan(Struct, frozen=True):
    """The columns of text [start, end) of one column of figures; `edge` is where most of its figures end."""

    start: int
    end: int
    edge: int


class Assignment(NamedTuple):
    """The figures of a row: `cells` has one entry per column; `stray` are the figures outside of all columns."""

    cells: tuple[Token | None, ...]
    stray: tuple[Token, ...]


@dataclass(slots=True)
class _Cluster:
    """Figures that end at about the same column of text; `rows` are the rows that they are in."""

    edges: list[int]
    start: int
    end: int
    rows: set[int]

    def overlap(self, other: "_Cluster") -> int:
        return min(self.end, other.end) - max(self.start, other.start)

    def merge(self, other: "_Cluster") -> None:
        self.edges += other.edges
        self.start, self.end = min(self.start, other.start), max(self.end, other.end)
        self.rows |= other.rows


def find_columns(rows: Sequence[Sequence[Token]]) -> tuple[ColumnSpan, ...]:
    """Find the columns of figures: clusters of right edges, joined if they overlap and hardly ever share a row."""
    clusters = _edge_clusters(rows)
    _join_overlapping(clusters)
    busiest = max((len(cluster.rows) for cluster in clusters), default=0)
    kept = [c for c in clusters if len(c.rows) >= 2 or busiest <= 3] if busiest > 1 else clusters
    return tuple(
        ColumnSpan(c.start, c.end, max(set(c.edges), key=lambda edge: (c.edges.count(edge), edge))) for c in kept
    )


def _edge_clusters(rows: Sequence[Sequence[Token]]) -> list[_Cluster]:
    tokens = sorted(
        ((token, row) for row, tail in enumerate(rows) for token in tail), key=lambda pair: pair[0].figure_end
    )
    clusters: list[_Cluster] = []
    for token, row in tokens:
        if clusters and token.figure_end - clusters[-1].edges[-1] <= 1 and row not in clusters[-1].rows:
            cluster = clusters[-1]
            cluster.edges.append(token.figure_end)
            cluster.start, cluster.end = min(cluster.start, token.start), max(cluster.end, token.end)
            cluster.rows.add(row)
        else:
            clusters.append(_Cluster([token.figure_end], token.start, token.end, {row}))
    return clusters


def _join_overlapping(clusters: list[_Cluster]) -> None:
    """Join neighbouring clusters that overlap and hardly ever share a row, the smallest first."""
    while True:
        pairs = [
            (min(len(a.rows), len(b.rows)), -a.overlap(b), position)
            for position, (a, b) in enumerate(itertools.pairwise(clusters))
            if a.overlap(b) > 0 and len(a.rows & b.rows) <= min(len(a.rows), len(b.rows)) // 10
        ]
        if not pairs:
            return
        position = min(pairs)[2]
        clusters[position].merge(clusters.pop(position + 1))


def assign(tail: Sequence[Token], columns: Sequence[ColumnSpan]) -> Assignment:
    """Assign the figures of a row to the columns, in order."""
    if len(tail) == len(columns):
        return Assignment(tuple(tail), ())
    best = _cheapest_assignment(tuple(tail), tuple(columns))
    cells: list[Token | None] = [None] * len(columns)
    for token, column in zip(tail, best, strict=True):
        if column is not None:
            cells[column] = token
    stray = tuple(token for token, column in zip(tail, best, strict=True) if column is None)
    return Assignment(tuple(cells), stray)


def _distance(token: Token, column: ColumnSpan) -> int:
    distance = abs(token.figure_end - column.edge)
    overlaps = min(token.end, column.end) - max(token.start, column.start) > 0
    return min(distance, 5) if overlaps else distance


def _cheapest_assignment(tail: tuple[Token, ...], columns: tuple[ColumnSpan, ...]) -> list[int | None]:
    """Return the column of each token, in order and with the least total distance (dynamic programming)."""
    costs = [[0] * (len(columns) + 1)]
    for token in tail:
        row = [costs[-1][0] + _STRAY_COST]
        for position, column in enumerate(columns):
            row.append(
                min(row[-1], costs[-1][position + 1] + _STRAY_COST, costs[-1][position] + _distance(token, column))
            )
        costs.append(row)
    chosen: list[int | None] = [None] * len(tail)
    t, c = len(tail), len(columns)
    while t and c:
        if costs[t][c] == costs[t][c - 1]:
            c -= 1
        elif costs[t][c] == costs[t - 1][c] + _STRAY_COST:
            t -= 1
        else:
            t, c = t - 1, c - 1
            chosen[t] = c
    return chosen
