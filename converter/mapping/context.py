"""What surrounds a row -> features, and the probabilities that follow from caption and surroundings together."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from converter.mapping.captions import Caption
from converter.mapping.guess import Guess
from converter.mapping.weights import SCALE, Model

_SURE = 0.4  # from this probability on, a caption counts as what it is likeliest to be
_START, _END = -2, -3  # in place of a family: before the first row, after the last


@dataclass(frozen=True, slots=True)
class Place:
    """A row as its neighbours see it: `heading` is the family of the total that its innermost heading announces."""

    space: str
    caption: Caption
    guess: Guess
    heading: int | None = None


def context_features(model: Model, places: Sequence[Place]) -> list[list[str]]:
    """The features of every row of one statement, from what the captions around it are likeliest to be."""
    tops = [_START, _START, *(place.guess.top for place in places), _END, _END]
    before, since = _walk(model, places)
    after, until = (list(reversed(part)) for part in _walk(model, list(reversed(places)), _END))
    marks = sorted({p.guess.top for p in places if p.guess.sure > _SURE and p.guess.top in model.marks})
    often = Counter((place.space, place.caption.phrase) for place in places)
    seen: Counter[tuple[str, str]] = Counter()
    rows = []
    for i, place in enumerate(places):
        key = (place.space, place.caption.phrase)
        above, below = before[i], after[i] if place.heading is None else place.heading
        features = [
            "b",
            f"a{above}",
            f"z{below}",
            f"a{above}z{below}",
            f"={place.caption.phrase}|z{below}",
            f"={place.caption.phrase}|a{above}",
            f"p{tops[i + 1]}",
            f"n{tops[i + 3]}",
            f"pp{tops[i]}",
            f"nn{tops[i + 4]}",
            f"a{above}+{min(since[i], 2)}",
            f"z{below}-{min(until[i], 1)}",
        ]
        if often[key] > 1:
            features += [f"{seen[key]}/{often[key]}", f"={place.caption.phrase}|{seen[key]}"]
            seen[key] += 1
        features += [f"m{mark}" for mark in marks]
        rows.append([place.space + feature for feature in features])
    return rows


def _walk(model: Model, places: Sequence[Place], start: int = _START) -> tuple[list[int], list[int]]:
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


def rank(model: Model, guess: Guess, features: Sequence[str]) -> list[tuple[int, float]]:
    """(family, probability) of a row, best first: the caption's guess, weighed anew by its context."""
    if not guess.families:
        return []
    scores = {family: 0 for family, _ in guess.families}
    for feature in features:
        model.contexts.add_known(feature, scores)
    own, none = model.caption_weights
    logits = {
        family: share * (none if family == model.none else own) + scores[family] / SCALE
        for family, share in guess.families
    }
    highest = max(logits.values())
    odds = {family: math.exp(logit - highest) for family, logit in logits.items()}
    whole = sum(odds.values())
    return sorted(((family, odd / whole) for family, odd in odds.items()), key=lambda pair: (-pair[1], pair[0]))
