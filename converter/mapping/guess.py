"""What a caption by itself may mean: families of concepts and concepts, with their probabilities."""

import math
from collections.abc import Mapping
from functools import cache, lru_cache, partial

from msgspec import Struct

from converter.mapping.captions import NormalizedCaption, caption_features
from converter.mapping.weights import SCALE, Model, load_model
from converter.statements import StatementKind, UnitKind

_SCORED_CONCEPTS = 40  # the highest scores that become probabilities
_KEPT_FAMILIES = 15  # the likeliest families of a guess
_CACHE_SIZE = 16384  # captions

SPACES = {UnitKind.MONETARY: "m", UnitKind.SHARES: "s", UnitKind.PER_SHARE: "p", UnitKind.PURE: "u"}
"""Second part of a feature's prefix (see `space_of`), so that statements and units never share features."""


class Guess(Struct, frozen=True):
    """What a caption by itself may mean.

    `families` holds pairs (family, log-probability), the likeliest first; `members` the concepts of these families
    with their probabilities, the likeliest first; `likeliest` the likeliest concept of each family. `top_family` is
    the likeliest family other than the one for rows that no concept fits, or -1; `top_probability` its probability.
    """

    families: tuple[tuple[int, float], ...]
    members: Mapping[int, float]
    likeliest: Mapping[int, int]
    top_family: int
    top_probability: float


NO_GUESS = Guess((), {}, {}, -1, 0.0)


def space_of(kind: StatementKind, unit: UnitKind) -> str:
    """Return the prefix of a row's features: "ism" for amounts of money in an income statement."""
    return kind + SPACES[unit]


class Guesser:
    """Guesses from captions with one model, with a cache, because the same captions occur again and again."""

    __slots__ = ("_guess", "model")

    def __init__(self, model: Model) -> None:
        self.model = model
        self._guess = lru_cache(_CACHE_SIZE)(partial(_guess, model))

    def guess(self, space: str, caption: NormalizedCaption) -> Guess:
        """Return what a caption may mean; NO_GUESS if the model knows none of its features."""
        return self._guess(space, caption)


@cache
def load_guesser() -> Guesser:
    """Return the guesser with the shipped model, made once per process."""
    return Guesser(load_model())


def _guess(model: Model, space: str, caption: NormalizedCaption) -> Guess:
    scores = model.captions.scores([space + feature for feature in caption_features(caption)])
    # Sorted twice: of equal scores, the lower concept number comes first.
    best = sorted(sorted(scores), key=scores.__getitem__, reverse=True)[:_SCORED_CONCEPTS]
    if not best:
        return NO_GUESS
    highest = scores[best[0]]
    odds = [math.exp((scores[concept] - highest) / SCALE) for concept in best]
    total = sum(odds)
    probabilities = [odd / total for odd in odds]
    by_family: dict[int, float] = {}
    for concept, probability in zip(best, probabilities, strict=True):
        family = model.families[concept]
        by_family[family] = by_family.get(family, 0.0) + probability
    ranked = sorted([(-probability, family) for family, probability in by_family.items()])[:_KEPT_FAMILIES]
    kept = {family for _, family in ranked}
    top, top_probability = next(((family, -negative) for negative, family in ranked if family != model.none), (-1, 0.0))
    return Guess(
        tuple([(family, math.log(-negative)) for negative, family in ranked]),
        {concept: share for concept, share in zip(best, probabilities, strict=True) if model.families[concept] in kept},
        {model.families[concept]: concept for concept in reversed(best)},
        top,
        top_probability,
    )
