"""A caption alone -> the concepts it may be, with their probabilities."""

import math
from collections.abc import Mapping
from functools import cache, lru_cache, partial

from msgspec import Struct

from converter.mapping.captions import Caption, caption_features
from converter.mapping.weights import SCALE, Model, load_model
from converter.statements import StatementKind, UnitKind

_WIDTH = 40  # concepts whose probabilities are worked out
_KEPT = 15  # families handed on
_REMEMBERED = 16384  # captions

SPACES = {UnitKind.MONETARY: "m", UnitKind.SHARES: "s", UnitKind.PER_SHARE: "p", UnitKind.PURE: "u"}
"""Features of different statements and units never meet: each begins with the statement and one of these."""


class Guess(Struct, frozen=True):
    """What a caption says by itself.

    `families` holds (family, log-probability), best first; `members` the concepts of these families with their
    probabilities, best first, `likeliest` the first of them of each family. `top` is the likeliest family that is a
    concept's, or -1, and `sure` its probability.
    """

    families: tuple[tuple[int, float], ...]
    members: Mapping[int, float]
    likeliest: Mapping[int, int]
    top: int
    sure: float


NOTHING = Guess((), {}, {}, -1, 0.0)


def space_of(kind: StatementKind, unit: UnitKind) -> str:
    """The prefix of all features of a row."""
    return kind + SPACES[unit]


class Guesser:
    """Guesses from captions with one model; remembers what it was asked, for the same captions come again and again."""

    __slots__ = ("_guess", "model")

    def __init__(self, model: Model) -> None:
        self.model = model
        self._guess = lru_cache(_REMEMBERED)(partial(_guess, model))

    def guess(self, space: str, caption: Caption) -> Guess:
        """The likeliest families of a caption; NOTHING where no word of it is known."""
        return self._guess(space, caption)


@cache
def load_guesser() -> Guesser:
    """A guesser with the shipped model, one per process."""
    return Guesser(load_model())


def _guess(model: Model, space: str, caption: Caption) -> Guess:
    scores = model.captions.scores([space + feature for feature in caption_features(caption)])
    best = sorted(sorted(scores), key=scores.__getitem__, reverse=True)[:_WIDTH]  # of the same score the first concept
    if not best:
        return NOTHING
    highest = scores[best[0]]
    odds = [math.exp((scores[concept] - highest) / SCALE) for concept in best]
    whole = sum(odds)
    shares = [odd / whole for odd in odds]
    families: dict[int, float] = {}
    for concept, share in zip(best, shares, strict=True):
        family = model.families[concept]
        families[family] = families.get(family, 0.0) + share
    kept = sorted([(-share, family) for family, share in families.items()])[:_KEPT]
    names = {family for _, family in kept}
    top, sure = next(((family, -share) for share, family in kept if family != model.none), (-1, 0.0))
    return Guess(
        tuple([(family, math.log(-share)) for share, family in kept]),
        {concept: share for concept, share in zip(best, shares, strict=True) if model.families[concept] in names},
        {model.families[concept]: concept for concept in reversed(best)},
        top,
        sure,
    )
