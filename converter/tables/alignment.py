"""Cluster the right edges of figures into columns, and assign the figures of each row to the columns."""

import heapq
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from converter.vocabulary import Token

_STRAY_COST = 12
_FEWEST_ORDERED = 5


class ColumnSpan(Struct, frozen=True, gc=False):
    """The columns of text [start, end) of one column of figures; `edge` is where most of its figures end.

    `ordered`: figures are not set below each other, so that only their order in a row tells their columns.
    """

    start: int
    end: int
    edge: int
    ordered: bool = False


class Assignment(NamedTuple):
    """The figures of a row: `cells` has one entry per column; `stray` are the figures outside of all columns."""

    cells: tuple[Token | None, ...]
    stray: tuple[Token, ...]


class _Cluster(Struct):
    """Figures that end at about the same column of text; `rows` are the rows that they are in."""

    edges: list[int]
    start: int
    end: int
    rows: set[int]

    def overlap(self, other: "_Cluster") -> int:
        return min(self.end, other.end) - max(self.start, other.start)

    def merge(self, other: "_Cluster") -> None:
        self.start, self.end = min(self.start, other.start), max(self.end, other.end)
        larger, smaller = (self, other) if len(self.edges) > len(other.edges) else (other, self)
        larger.edges += smaller.edges
        larger.rows |= smaller.rows
        self.edges, self.rows = larger.edges, larger.rows


def find_columns(rows: Sequence[Sequence[Token]]) -> tuple[ColumnSpan, ...]:
    """Find the columns of figures: clusters of right edges, joined if they overlap and hardly ever share a row.

    Where figures stand anywhere in their rows, as behind captions and a tab, columns are told by their order.
    """
    if ordered := _ordered_columns(rows):
        return ordered
    clusters = _join_overlapping(_edge_clusters(rows))
    busiest = max((len(cluster.rows) for cluster in clusters), default=0)
    kept = [c for c in clusters if len(c.rows) >= 2 or busiest <= 3] if busiest > 1 else clusters
    return tuple(ColumnSpan(c.start, c.end, _usual_edge(c.edges)) for c in kept)


def _ordered_columns(rows: Sequence[Sequence[Token]]) -> tuple[ColumnSpan, ...]:
    """Return the columns of figures that are not set below each other; empty for those that are.

    Nearly all rows have as many figures, and a figure often stands where the next column is in other rows.
    """
    size = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
    full = [row for row in rows if len(row) == size]
    if size < 2 or len(full) < _FEWEST_ORDERED or len(full) * 5 < len(rows) * 4:
        return ()
    starts = [sorted(row[i].start for row in full) for i in range(size)]
    ends = [sorted(row[i].figure_end for row in full) for i in range(size)]
    middle = len(full) // 2
    crossing = max(
        sum(row[i].figure_end > starts[i + 1][middle] or row[i + 1].start < ends[i][middle] for row in full)
        for i in range(size - 1)
    )
    if crossing * 4 < len(full):
        return ()
    edges = [column[middle] for column in ends]
    lefts = [starts[0][0], *[edge + 1 for edge in edges[:-1]]]
    return tuple([ColumnSpan(min(left, edge - 1), edge, edge, True) for left, edge in zip(lefts, edges, strict=True)])


def _usual_edge(edges: Sequence[int]) -> int:
    """Return the most frequent edge, the rightmost of several."""
    if len(set(edges)) == 1:
        return edges[0]
    counts = Counter(edges)
    return max(counts, key=lambda edge: (counts[edge], edge))


def _edge_clusters(rows: Sequence[Sequence[Token]]) -> list[_Cluster]:
    pairs = [(token, row) for row, tail in enumerate(rows) for token in tail]
    pairs.sort(key=lambda pair: pair[0].figure_end)
    clusters: list[_Cluster] = []
    for token, row in pairs:
        edge, start, end = token.figure_end, token.start, token.end
        cluster = clusters[-1] if clusters else None
        if cluster is None or edge - cluster.edges[-1] > 1 or row in cluster.rows:
            clusters.append(_Cluster([edge], start, end, {row}))
            continue
        cluster.edges.append(edge)
        cluster.rows.add(row)
        if start < cluster.start:
            cluster.start = start
        if end > cluster.end:
            cluster.end = end
    return clusters


def _join_overlapping(clusters: Sequence[_Cluster]) -> list[_Cluster]:
    """Join neighbouring clusters that overlap and hardly ever share a row, the smallest first."""
    right_of = [*range(1, len(clusters)), -1]
    left_of = list(range(-1, len(clusters) - 1))
    joined: set[int] = set()  # to the cluster left of it
    queue: list[tuple[int, int, int, int, int]] = []

    def consider(left: int) -> None:
        right = right_of[left] if left >= 0 else -1
        if right < 0:
            return
        a, b = clusters[left], clusters[right]
        size, overlap = min(len(a.rows), len(b.rows)), a.overlap(b)
        if overlap > 0 and len(a.rows & b.rows) <= size // 10:
            heapq.heappush(queue, (size, -overlap, left, right, len(a.edges) + len(b.edges)))

    for left in range(len(clusters)):
        consider(left)
    while queue:
        _, _, left, right, edges = heapq.heappop(queue)
        if right_of[left] != right or len(clusters[left].edges) + len(clusters[right].edges) != edges:
            continue  # one of them has been joined to another since
        clusters[left].merge(clusters[right])
        joined.add(right)
        right_of[left], right_of[right] = right_of[right], -1
        if right_of[left] >= 0:
            left_of[right_of[left]] = left
        consider(left)
        consider(left_of[left])
    return [cluster for position, cluster in enumerate(clusters) if position not in joined]


def assign(tail: Sequence[Token], columns: Sequence[ColumnSpan]) -> Assignment:
    """Assign the figures of a row to the columns, in order."""
    if len(tail) == len(columns):
        return Assignment(tuple(tail), ())
    if columns and columns[0].ordered:
        return Assignment((None,) * len(columns), tuple(tail))
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
