"""What surrounds a row -> features, and the probabilities that follow from caption and surroundings together."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from converter.mapping.captions import Caption
from converter.mapping.guess import Guess
from converter.mapping.weights import SCALE, Model

_SURE = 0.4  # from this probability on, a caption counts as what it is likeliest to be
_START, _END = -2, -3  # in place of a family: before the first row, after the last


class RowInContext(Struct, frozen=True):
    """A row as its neighbours see it: `heading` is the family of the total that its innermost heading announces."""

    space: str
    caption: Caption
    guess: Guess
    heading: int | None = None


def context_features(model: Model, places: Sequence[RowInContext]) -> list[list[str]]:
    """The features of every row of one statement, from what the captions around it are likeliest to be."""
    shared = shared_features(model, places)
    return [
        [*shared[place.space][:1], *zone, *own, *shared[place.space][1:]]
        for place, (zone, own) in zip(places, own_features(model, places), strict=True)
    ]


def shared_features(model: Model, places: Sequence[RowInContext]) -> dict[str, list[str]]:
    """Those that all rows of a space have: one that is always there, and what tells the industry."""
    marks = sorted({p.guess.top for p in places if p.guess.sure > _SURE and p.guess.top in model.marks})
    spaces = {place.space for place in places}
    return {space: [space + "b", *(f"{space}m{mark}" for mark in marks)] for space in spaces}


def own_features(model: Model, places: Sequence[RowInContext]) -> list[tuple[tuple[str, ...], list[str]]]:
    """Those of each row: the totals before and after it; how far they are, and the rows next to it."""
    tops = [_START, _START, *(place.guess.top for place in places), _END, _END]
    before, since = _walk(model, places)
    after, until = (list(reversed(part)) for part in _walk(model, list(reversed(places)), _END))
    often = Counter([(place.space, place.caption.phrase) for place in places])
    seen: Counter[tuple[str, str]] = Counter()
    rows: list[tuple[tuple[str, ...], list[str]]] = []
    for i, place in enumerate(places):
        space, phrase = place.space, place.caption.phrase
        above, below = before[i], after[i] if place.heading is None else place.heading
        zone = (f"{space}a{above}", f"{space}z{below}", f"{space}a{above}z{below}")
        features = [
            f"{space}={phrase}|z{below}",
            f"{space}={phrase}|a{above}",
            f"{space}p{tops[i + 1]}",
            f"{space}n{tops[i + 3]}",
            f"{space}pp{tops[i]}",
            f"{space}nn{tops[i + 4]}",
            f"{space}a{above}+{min(since[i], 2)}",
            f"{space}z{below}-{min(until[i], 1)}",
        ]
        if often[space, phrase] > 1:
            number = seen[space, phrase]
            features += [f"{space}{number}/{often[space, phrase]}", f"{space}={phrase}|{number}"]
            seen[space, phrase] += 1
        rows.append((zone, features))
    return rows


def _walk(model: Model, places: Sequence[RowInContext], start: int = _START) -> tuple[list[int], list[int]]:
    """For every row the last total before it, and the number of rows between."""
    last, distance = start, 0
    totals, distances = [], []
    for place in places:
        totals.append(last)
        distances.append(distance)
        if place.guess.sure > _SURE and place.guess.top in model.totals:
            last, distance = place.guess.top, 0
        else:
            distance += 1
    return totals, distances


def rank_all(model: Model, places: Sequence[RowInContext]) -> list[list[tuple[int, float]]]:
    """(family, probability) of every row of one statement, best first."""
    shared = {space: model.contexts.sum(tuple(common)) for space, common in shared_features(model, places).items()}
    return [
        rank(model, place.guess, own, (shared[place.space], model.contexts.sum(zone)))
        for place, (zone, own) in zip(places, own_features(model, places), strict=True)
    ]


def rank(
    model: Model, guess: Guess, features: Iterable[str], sums: Iterable[Mapping[int, int]] = ()
) -> list[tuple[int, float]]:
    """(family, probability) of a row, best first: the caption's guess, weighed anew by its context.

    `sums` are the summed weights of further features.
    """
    if not guess.families:
        return []
    found = [*sums, *filter(None, map(model.contexts.links, features))]
    own, none = model.caption_weights
    logits = []  # negative, so that of the same ones the first family comes first
    for family, share in guess.families:
        score = 0
        for links in found:
            if family in links:
                score += links[family]
        logits.append((-share * (none if family == model.none else own) - score / SCALE, family))
    logits.sort()
    lowest = logits[0][0]
    odds = [(family, math.exp(lowest - logit)) for logit, family in logits]
    whole = sum([odd for _, odd in odds])
    return [(family, odd / whole) for family, odd in odds]
