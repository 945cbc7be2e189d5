"""The context of a row as features, and the probabilities that follow from its caption and its context together."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from converter.mapping.captions import NormalizedCaption
from converter.mapping.guess import Guess
from converter.mapping.weights import SCALE, Model

_MIN_TOP_PROBABILITY = 0.4  # a caption less sure of its top family does not count as a total or as a mark
_LEAST_PROBABILITY = 0.002  # what is less likely than this is left out of a ranking
_START, _END = -2, -3  # stand for a family before the first row and after the last


class RowInContext(Struct, frozen=True):
    """What the context model knows of a row.

    `space` is the prefix of its features, `heading` the family of the total that its innermost heading announces
    ("Current assets": that of total current assets), None without such a heading.
    """

    space: str
    caption: NormalizedCaption
    guess: Guess
    heading: int | None = None


class RowFeatures(NamedTuple):
    """The features of a row: `zone` are those of the totals before and after it, which rows share; `local` the rest."""

    zone: tuple[str, ...]
    local: list[str]


def context_features(model: Model, rows: Sequence[RowInContext]) -> list[list[str]]:
    """Return the features of every row of one statement, from the likeliest families of the captions around it."""
    shared = shared_features(model, rows)
    return [
        [*shared[row.space][:1], *zone, *local, *shared[row.space][1:]]
        for row, (zone, local) in zip(rows, row_features(model, rows), strict=True)
    ]


def shared_features(model: Model, rows: Sequence[RowInContext]) -> dict[str, list[str]]:
    """Return the features that all rows of a space have: a constant one, then those of the statement's industry."""
    guesses = [row.guess for row in rows if row.guess.top_probability > _MIN_TOP_PROBABILITY]
    marks = sorted({guess.top_family for guess in guesses if guess.top_family in model.marks})
    spaces = {row.space for row in rows}
    return {space: [space + "b", *(f"{space}m{mark}" for mark in marks)] for space in spaces}


def row_features(model: Model, rows: Sequence[RowInContext]) -> list[RowFeatures]:
    """Return the features of each row: the totals before and after it, how far away they are, the rows next to it."""
    tops = [_START, _START, *(row.guess.top_family for row in rows), _END, _END]
    before, since = _nearest_totals(model, rows)
    after, until = (list(reversed(values)) for values in _nearest_totals(model, list(reversed(rows)), _END))
    counts = Counter([(row.space, row.caption.phrase) for row in rows])
    seen: Counter[tuple[str, str]] = Counter()
    features: list[RowFeatures] = []
    for i, row in enumerate(rows):
        space, phrase = row.space, row.caption.phrase
        above, below = before[i], after[i] if row.heading is None else row.heading
        zone = (f"{space}a{above}", f"{space}z{below}", f"{space}a{above}z{below}")
        local = [
            f"{space}={phrase}|z{below}",
            f"{space}={phrase}|a{above}",
            f"{space}p{tops[i + 1]}",
            f"{space}n{tops[i + 3]}",
            f"{space}pp{tops[i]}",
            f"{space}nn{tops[i + 4]}",
            f"{space}a{above}+{min(since[i], 2)}",
            f"{space}z{below}-{min(until[i], 1)}",
        ]
        if counts[space, phrase] > 1:
            number = seen[space, phrase]
            local += [f"{space}{number}/{counts[space, phrase]}", f"{space}={phrase}|{number}"]
            seen[space, phrase] += 1
        features.append(RowFeatures(zone, local))
    return features


def _nearest_totals(model: Model, rows: Sequence[RowInContext], start: int = _START) -> tuple[list[int], list[int]]:
    """Return for every row the family of the last total before it, and the number of rows between."""
    last, distance = start, 0
    totals, distances = [], []
    for row in rows:
        totals.append(last)
        distances.append(distance)
        if row.guess.top_probability > _MIN_TOP_PROBABILITY and row.guess.top_family in model.totals:
            last, distance = row.guess.top_family, 0
        else:
            distance += 1
    return totals, distances


Ranking = list[tuple[int, float]]
"""Pairs (family, probability) of a row, the likeliest first."""


def rank_all(model: Model, rows: Sequence[RowInContext]) -> list[Ranking]:
    """Return the ranking of every row of one statement."""
    scores_of = model.contexts.cached_scores
    shared = {space: scores_of(tuple(features)) for space, features in shared_features(model, rows).items()}
    return [
        rank(model, row.guess, local, (shared[row.space], scores_of(zone)))
        for row, (zone, local) in zip(rows, row_features(model, rows), strict=True)
    ]


def rank(model: Model, guess: Guess, features: Iterable[str], sums: Iterable[Mapping[int, int]] = ()) -> Ranking:
    """Return the ranking of a row: the guess from its caption, weighed anew with the features of its context.

    `sums` are the scores of further features. Empty without a guess.
    """
    if not guess.families:
        return []
    weights = [*sums, *filter(None, map(model.contexts.weights_of, features))]
    for_concepts, for_none = model.caption_weights
    logits = []  # negated, so that of equal ones the lower family number comes first
    for family, log_probability in guess.families:
        score = 0
        for by_family in weights:
            if family in by_family:
                score += by_family[family]
        logits.append((-log_probability * (for_none if family == model.none else for_concepts) - score / SCALE, family))
    logits.sort()
    lowest = logits[0][0]
    odds = [(family, math.exp(lowest - logit)) for logit, family in logits]
    total = sum([odd for _, odd in odds])
    least = total * _LEAST_PROBABILITY
    return [(family, odd / total) for family, odd in odds if odd > least]
