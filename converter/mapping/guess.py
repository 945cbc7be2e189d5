"""What a caption by itself may mean: families of concepts and concepts, with their probabilities."""

import math
from collections.abc import Callable, Mapping
from functools import cache, lru_cache, partial

from msgspec import Struct

from converter.mapping.captions import NormalizedCaption, caption_features
from converter.mapping.weights import SCALE, Model, load_model
from converter.statements import StatementKind, UnitKind

_SCORED_CONCEPTS = 40  # the highest scores that become probabilities
_SCORE_RANGE = 9 * SCALE  # a concept so far behind the likeliest has no probability to speak of
_KEPT_FAMILIES = 15  # the likeliest families of a guess
_CACHE_SIZE = 16384  # captions
_SPACES = 64
_LEAST_PRIOR = -6 * SCALE

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


ANY_CAPTION = "%"
"""The feature of the concepts' prior probabilities in a space."""
_PRIOR_ODDS = math.e
"""What all concepts together count, by their prior probabilities, beside what the words of a caption say for one.

A caption whose few known words were only seen with one concept, or with two, would otherwise be of these for certain.
"""

NO_GUESS = Guess((), {}, {}, -1, 0.0)


def space_of(kind: StatementKind, unit: UnitKind) -> str:
    """Return the prefix of a row's features: "ism" for amounts of money in an income statement."""
    return kind + SPACES[unit]


class Guesser:
    """Guesses from captions with one model, with a cache, because the same captions occur again and again."""

    __slots__ = ("_guess", "model")

    def __init__(self, model: Model) -> None:
        self.model = model
        self._guess = lru_cache(_CACHE_SIZE)(partial(_guess, model, lru_cache(_SPACES)(partial(_priors, model))))

    def guess(self, space: str, caption: NormalizedCaption) -> Guess:
        """Return what a caption may mean; NO_GUESS if it has no words, or none that the model knows."""
        return self._guess(space, caption)


@cache
def load_guesser() -> Guesser:
    """Return the guesser with the shipped model, made once per process."""
    return Guesser(load_model())


def _priors(model: Model, space: str) -> Mapping[int, float]:
    """Return the odds that the more frequent concepts of a space have before anything of a caption is known."""
    weights = model.captions.weights_of(space + ANY_CAPTION)
    return {
        concept: _PRIOR_ODDS * math.exp(weight / SCALE) for concept, weight in weights.items() if weight > _LEAST_PRIOR
    }


def _guess(
    model: Model, priors_of: Callable[[str], Mapping[int, float]], space: str, caption: NormalizedCaption
) -> Guess:
    scores = model.captions.scores([space + feature for feature in caption_features(caption)])
    if not scores:
        return NO_GUESS
    least = max(scores.values()) - _SCORE_RANGE
    odds_of = {concept: math.exp(score / SCALE) for concept, score in scores.items() if score > least}
    for concept, share in priors_of(space).items():
        odds_of[concept] = odds_of.get(concept, 0.0) + share
    # Sorted twice: of equal odds, the lower concept number comes first.
    best = sorted(sorted(odds_of), key=odds_of.__getitem__, reverse=True)[:_SCORED_CONCEPTS]
    odds = [odds_of[concept] for concept in best]
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
