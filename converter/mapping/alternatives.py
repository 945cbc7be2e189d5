"""What a row may be, and how sure one of these concepts is when the other rows of the statement are looked at."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from converter.mapping.context import Ranking, RowInContext
from converter.mapping.guess import Guess
from converter.mapping.structure import Verdict
from converter.mapping.weights import Model
from converter.statements import StatementKind
from converter.taxonomy import load_taxonomy, representatives

_LEAST = 0.05
"""A row that is less likely than this to have a concept is nobody's rival for it."""
_HARDLY = 0.01
"""A near synonym that is less likely than this does not count."""
_MOST_RIVALS = 100
_RIVAL_WEIGHT = 4.0
"""How much the odds of a rival count beside those of the row. Measured in docs/mapping.md."""
_UNTOLD = 0.5
"""How much of the probability that no concept fits says nothing of the row.

Filers of 2010 made elements of their own for many lines that the taxonomy has a concept for.
"""
_NEARLY = 0.55
"""The representative of near synonyms is taken if it is at least so likely, beside the likeliest of them.

Measured on companies not seen before: from this share on it is right more often than the likeliest.
"""
_CERTAIN = 0.999


Figures = tuple[Decimal | None, ...]
"""The values of a row by column, None where nothing is printed."""


class Alternatives(Struct, frozen=True):
    """What one row may be.

    `figures` are the row's values: rows with the same values may share a concept. `ranked` are pairs (family,
    probability), the likeliest first; `barred` those that the statement's structure rules out. A `verdict` of it leaves
    nothing to choose.
    """

    row: RowInContext
    figures: Figures
    ranked: Sequence[tuple[int, float]]
    verdict: Verdict | None = None
    barred: Sequence[tuple[int, float]] = ()


@lru_cache(maxsize=4096)
def is_balance(name: str) -> bool:
    """Whether the concept with this name is a balance: its facts are of instants."""
    concept = load_taxonomy().concepts.get(name)
    return concept is not None and concept.period_type == "instant"


def stands_twice(model: Model, kind: StatementKind, family: int) -> bool:
    """Whether a statement of this kind has balances of a family at the beginning and at the end of its period.

    A cash flow statement may have any; an income statement has those of its own tree, such as retained earnings.
    """
    if kind is StatementKind.BALANCE_SHEET:
        return False
    name = model.concepts[model.members[family][0]]
    return is_balance(name) and (kind is StatementKind.CASH_FLOW or name in load_taxonomy().ranks[kind.value])


def with_representative(model: Model, guess: Guess, ranked: Ranking) -> Ranking:
    """Return a ranking in which the likeliest concept gives way to the representative of its near synonyms.

    Readers who differ on which of them it is take the representative, so it does where it is nearly as likely.
    """
    if not ranked or ranked[0][0] == model.none:
        return ranked
    family, probability = ranked[0]
    first = representatives().get(name := model.concepts[guess.likeliest[family]], name)
    if first == name:
        return ranked
    for i, (other, share) in enumerate(ranked):
        if share < _NEARLY * probability:
            break
        if other != model.none and model.concepts[guess.likeliest[other]] == first:
            return [(other, probability), *ranked[1:i], (family, share), *ranked[i + 1 :]]
    return ranked


class Confidence:
    """How sure the rows of one statement are of their concepts."""

    def __init__(self, model: Model, kind: StatementKind, options: Sequence[Alternatives]) -> None:
        self._model, self._kind, self._options = model, kind, options
        self._candidates: dict[tuple[str, int], list[tuple[float, int]]] = {}
        for i, option in enumerate(options):
            for family, probability in option.ranked if option.verdict is None else ():
                if probability < _LEAST:
                    break
                self._candidates.setdefault((option.row.space, family), []).append((probability, i))
        for candidates in self._candidates.values():
            candidates.sort(key=lambda pair: -pair[0])

    def of(self, row: int, concept: int) -> float:
        """Return the probability that a row means a concept or a near synonym of it, and no other row does.

        One of the row and its likeliest rival can have it, or neither.
        """
        none = next((share for family, share in self._options[row].ranked if family == self._model.none), 0.0)
        odds = _odds(self.near(row, concept) / (1 - _UNTOLD * none))
        return odds / (1 + odds + _RIVAL_WEIGHT * _odds(self.rival(row, concept)))

    def near(self, row: int, concept: int) -> float:
        """Return the probability that a row means a concept or a near synonym of it, be the synonym barred or not.

        That a balance sheet does not tell what is current speaks for `OtherAssets`, not against other assets.
        """
        option, own = self._options[row], self._model.families[concept]
        first = representatives().get(self._model.concepts[concept])
        found = sum(probability for family, probability in option.ranked if family == own)
        if first is None:
            return found
        for pairs in (option.ranked, option.barred):
            for family, probability in pairs:
                if probability < _HARDLY:
                    break
                if family not in (own, self._model.none) and self._representative(row, family) == first:
                    found += probability
        return found

    def _representative(self, row: int, family: int) -> str | None:
        return representatives().get(self._model.concepts[self._options[row].row.guess.likeliest[family]])

    def rival(self, row: int, concept: int) -> float:
        """Return the probability with which the likeliest other row means this very concept; 0 without one.

        Rows with the same figures may share it. Where two rows may have a balance, the second one counts.
        """
        family = self._model.families[concept]
        this = self._options[row]
        rivals = sorted(
            probability * self._share(other, concept)
            for probability, other in self._candidates.get((this.row.space, family), ())[:_MOST_RIVALS]
            if other != row and self._options[other].figures != this.figures
        )
        room = 2 if stands_twice(self._model, self._kind, family) else 1
        return rivals[-room] if len(rivals) >= room else 0.0

    def _share(self, row: int, concept: int) -> float:
        """Return how much of the probability of a concept's family is that of the concept, by the caption of a row."""
        members = self._model.members[self._model.families[concept]]
        if len(members) == 1:
            return 1.0
        of = self._options[row].row.guess.members
        total = sum(of.get(member, 0.0) for member in members)
        return of.get(concept, 0.0) / total if total else 0.0


def _odds(probability: float) -> float:
    probability = min(probability, _CERTAIN)
    return probability / (1 - probability)
