"""Right edges of figures -> the columns of a table, and each row's figures -> its columns."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

from converter.vocabulary import Token

_STRAY_COST = 12


class ColumnSpan(Struct, frozen=True):
    """Columns of text that one column of figures covers; `edge` is where most of its figures end."""

    start: int
    end: int
    edge: int


@dataclass(slots=True)
class _Cluster:
    """Figures that end at about the same column."""

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
    """The columns of figures: clusters of right edges, joined where they overlap but never share a row."""
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
    """Join neighbours that overlap and hardly ever stand in one row, the smallest cluster first."""
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


def assign(tail: Sequence[Token], columns: Sequence[ColumnSpan]) -> tuple[tuple[Token | None, ...], tuple[Token, ...]]:
    """One token (or None) a column, in order, and the tokens that stand in no column."""
    if len(tail) == len(columns):
        return tuple(tail), ()
    best = _cheapest(tuple(tail), tuple(columns))
    cells: list[Token | None] = [None] * len(columns)
    for token, column in zip(tail, best, strict=True):
        if column is not None:
            cells[column] = token
    return tuple(cells), tuple(token for token, column in zip(tail, best, strict=True) if column is None)


def _distance(token: Token, column: ColumnSpan) -> int:
    off = abs(token.figure_end - column.edge)
    overlaps = min(token.end, column.end) - max(token.start, column.start) > 0
    return min(off, 5) if overlaps else off


def _cheapest(tail: tuple[Token, ...], columns: tuple[ColumnSpan, ...]) -> list[int | None]:
    """Order-preserving assignment of tokens to columns that moves them least (dynamic programme)."""
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
