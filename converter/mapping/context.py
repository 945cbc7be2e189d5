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
_FAR_BELOW, _FAR_ABOVE = 2, 1  # so many rows away from a total and more are all the same
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


class Place(NamedTuple):
    """What the context model weighs of a row: its caption and what stands around it, by the families it may mean.

    `above` and `below` are the totals before and after it, `since` and `until` the numbers of rows between; `previous`
    and `following` the two rows before it and the two after it, the nearest first; `number` counts the rows with its
    caption, of which there are `alike`; `marks` tell the industry.
    """

    space: str
    caption: NormalizedCaption
    above: int
    below: int
    since: int
    until: int
    previous: tuple[int, int]
    following: tuple[int, int]
    number: int
    alike: int
    marks: tuple[int, ...]


def places_of(model: Model, rows: Sequence[RowInContext]) -> list[Place]:
    """Return the place of every row of one statement, from the likeliest families of the captions around it."""
    tops = [_START, _START, *[row.guess.top_family for row in rows], _END, _END]
    before, since = _nearest_totals(model, rows)
    after, until = (list(reversed(values)) for values in _nearest_totals(model, list(reversed(rows)), _END))
    marks = _marks(model, rows)
    counts = Counter([(row.space, row.caption.phrase) for row in rows])
    seen: Counter[tuple[str, str]] = Counter()
    places = []
    for i, row in enumerate(rows):
        key = row.space, row.caption.phrase
        below = after[i] if row.heading is None else row.heading
        previous, following = (tops[i + 1], tops[i]), (tops[i + 3], tops[i + 4])
        distances = min(since[i], _FAR_BELOW), min(until[i], _FAR_ABOVE)
        number, alike = seen[key], counts[key]
        place = Place(row.space, row.caption, before[i], below, *distances, previous, following, number, alike, marks)
        places.append(place)
        seen[key] += 1
    return places


def _marks(model: Model, rows: Sequence[RowInContext]) -> tuple[int, ...]:
    """Return the families of the statement that are typical of an industry."""
    guesses = [row.guess for row in rows if row.guess.top_probability > _MIN_TOP_PROBABILITY]
    return tuple(sorted({guess.top_family for guess in guesses if guess.top_family in model.marks}))


def context_features(place: Place) -> list[str]:
    """Return the features of a row in its place."""
    return [place.space + "b", *_zone_features(place), *_local_features(place), *_mark_features(place)]


def _mark_features(place: Place) -> list[str]:
    return [f"{place.space}m{mark}" for mark in place.marks]


def _zone_features(place: Place) -> tuple[str, ...]:
    """Return the features of the totals around a row, which it shares with its neighbours."""
    space, above, below = place.space, place.above, place.below
    return f"{space}a{above}", f"{space}z{below}", f"{space}a{above}z{below}"


def _local_features(place: Place) -> list[str]:
    space, above, below, phrase = place.space, place.above, place.below, place.caption.phrase
    features = [
        f"{space}={phrase}|z{below}",
        f"{space}={phrase}|a{above}",
        f"{space}p{place.previous[0]}",
        f"{space}n{place.following[0]}",
        f"{space}pp{place.previous[1]}",
        f"{space}nn{place.following[1]}",
        f"{space}a{above}+{place.since}",
        f"{space}z{below}-{place.until}",
    ]
    if place.alike > 1:
        features += [f"{space}{place.number}/{place.alike}", f"{space}={phrase}|{place.number}"]
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


def rank_in_place(model: Model, guess: Guess, place: Place) -> Ranking:
    """Return the ranking of a row with this guess in its place."""
    scores_of = model.contexts.cached_scores
    shared = scores_of((place.space + "b", *_mark_features(place)))
    return rank(model, guess, _local_features(place), (shared, scores_of(_zone_features(place))))


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
