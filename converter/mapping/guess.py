"""A caption alone -> the concepts it may be, with their probabilities."""

import math
from dataclasses import dataclass
from functools import cache

from converter.mapping.captions import Caption, caption_features
from converter.mapping.weights import SCALE, Model, collect, load_model
from converter.statements import Kind, UnitKind

_WIDTH = 40  # concepts whose probabilities are worked out
_KEPT = 15  # families handed on
_REMEMBERED = 16384  # captions

SPACES = {UnitKind.MONETARY: "m", UnitKind.SHARES: "s", UnitKind.PER_SHARE: "p", UnitKind.PURE: "u"}
"""Features of different statements and units never meet: each begins with the statement and one of these."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a caption says by itself.

    `families` holds (family, log-probability), best first; `members` the concepts of these families with their
    probabilities, best first. `top` is the likeliest family that is a concept's, or -1, and `sure` its probability.
    """

    families: tuple[tuple[int, float], ...]
    members: tuple[tuple[int, float], ...]
    top: int
    sure: float


NOTHING = Guess((), (), -1, 0.0)


def space_of(kind: Kind, unit: UnitKind) -> str:
    """The prefix of all features of a row."""
    return kind + SPACES[unit]


class Guesser:
    """Guesses from captions with one model; remembers what it was asked, for the same captions come again and again."""

    __slots__ = ("_known", "model")

    def __init__(self, model: Model) -> None:
        self.model = model
        self._known: dict[tuple[str, Caption], Guess] = {}

    def guess(self, space: str, caption: Caption) -> Guess:
        """The likeliest families of a caption; NOTHING where no word of it is known."""
        key = (space, caption)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[key] = _guess(self.model, space, caption)
        return found


@cache
def load_guesser() -> Guesser:
    """A guesser with the shipped model, one per process."""
    return Guesser(load_model())


def _guess(model: Model, space: str, caption: Caption) -> Guess:
    scores = collect(model.captions, (space + feature for feature in caption_features(caption)))
    best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:_WIDTH]
    if not best:
        return NOTHING
    highest = best[0][1]
    odds = [(concept, math.exp((score - highest) / SCALE)) for concept, score in best]
    whole = sum(odd for _, odd in odds)
    families: dict[int, float] = {}
    for concept, odd in odds:
        family = model.families[concept]
        families[family] = families.get(family, 0.0) + odd / whole
    kept = sorted(families.items(), key=lambda pair: (-pair[1], pair[0]))[:_KEPT]
    names = {family for family, _ in kept}
    top, sure = next(((family, share) for family, share in kept if family != model.none), (-1, 0.0))
    return Guess(
        tuple((family, math.log(share)) for family, share in kept),
        tuple((concept, odd / whole) for concept, odd in odds if model.families[concept] in names),
        top,
        sure,
    )
