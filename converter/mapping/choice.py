"""The choice of concepts for the rows of a statement: one a row, none twice."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from msgspec import Struct

from converter.mapping.context import RowInContext
from converter.mapping.result import Candidate
from converter.mapping.structure import Verdict
from converter.mapping.weights import Model
from converter.statements import StatementKind
from converter.taxonomy import load_taxonomy

MIN_CONFIDENCE = 0.25
"""A row gets no concept that is less likely than this: it becomes a fact of the general line-item concept.

Measured in docs/mapping.md: of the concepts just below this threshold, two in three are wrong.
"""
_BARELY, _RIVAL = 1.5, 0.5
"""Where rows compete: a family less likely than `_BARELY` times the threshold is not given to a row while another row
may be of it with at least `_RIVAL` times that probability.

Measured on companies not seen before: this gives up one right value for each wrong one that it avoids.
"""
_RUNNERS_UP = 3
_MAX_RIVALS = 100

_WHOLE_AND_PART = (
    ("NetIncomeLossAttributableToNoncontrollingInterest", "ProfitLoss", "NetIncomeLoss"),
    (
        "MinorityInterest",
        "StockholdersEquity",
        "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
    ),
)
"""The minority owners' share, the concept of the row above it and that of the row below it, in that order.

Applies where rows of one family stand on both sides of the share, one including it and the other not.
"""


class Alternatives(Struct, frozen=True):
    """What one row may be.

    `figures` are the row's values: rows with the same values may share a concept. `ranked` are pairs (family,
    probability), the likeliest first. A `verdict` of the statement's structure leaves nothing to choose.
    """

    row: RowInContext
    figures: tuple[object, ...]
    ranked: Sequence[tuple[int, float]]
    verdict: Verdict | None = None


class Choice(Struct, frozen=True):
    """The index of a row's concept in the model, None for no concept, and the probability that this is right."""

    concept: int | None
    confidence: float


class _FamilyChoice(NamedTuple):
    """The family of a row, and its probability."""

    family: int
    probability: float


def choose(
    model: Model, kind: StatementKind, options: Sequence[Alternatives], min_confidence: float = MIN_CONFIDENCE
) -> list[Choice]:
    """Choose one concept for each row of a statement.

    The likeliest pairs of row and family come first; a family takes as many rows as it has concepts. Balances may
    stand twice in a cash flow statement: at the beginning and at the end of the period.
    """
    free = _FreeConcepts(model, kind, options)
    families = _choose_families(model, kind, options, min_confidence, free)
    choices = [Choice(None, _probability_of_none(model, option)) for option in options]
    rows: dict[tuple[str, int], list[int]] = {}
    for i, chosen in families.items():
        rows.setdefault((options[i].row.space, chosen.family), []).append(i)
    for (_, family), indexes in rows.items():
        for i, concept in _choose_members(model, kind, options, family, sorted(indexes), families, free).items():
            choices[i] = Choice(concept, families[i].probability)
    return choices


def _probability_of_none(model: Model, option: Alternatives) -> float:
    return next((probability for family, probability in option.ranked if family == model.none), 0.0)


class _FreeConcepts:
    """The concepts of each family that no verdict gives to a row; balances of a cash flow statement may stand twice."""

    def __init__(self, model: Model, kind: StatementKind, options: Sequence[Alternatives]) -> None:
        given = {option.verdict.concept for option in options if option.verdict is not None}
        self._model = model
        self._given = {
            number
            for name in given
            if name is not None
            and (number := model.numbers.get(name)) is not None
            and not (kind is StatementKind.CASH_FLOW and is_balance(name))
        }

    def of(self, family: int) -> Sequence[int]:
        """Return the concepts of a family that rows can still have."""
        members = self._model.members[family]
        return [concept for concept in members if concept not in self._given] if self._given else members


def _choose_families(
    model: Model,
    kind: StatementKind,
    options: Sequence[Alternatives],
    min_confidence: float,
    free: _FreeConcepts,
) -> dict[int, _FamilyChoice]:
    """Return the families of the rows that get one, by the index of the row."""
    pairs = []
    for i, option in enumerate(options):
        if option.verdict is not None:
            continue
        for family, probability in option.ranked:
            if probability < min_confidence:
                break
            if family != model.none:
                pairs.append((-probability, i, family))
    pairs.sort()
    counts: Counter[tuple[str, int]] = Counter()
    taken: dict[tuple[str, int], set[tuple[object, ...]]] = {}
    chosen: dict[int, _FamilyChoice] = {}
    rivals = _Rivals(options, min_confidence)
    for negative, i, family in pairs:
        if i in chosen:
            continue
        probability = -negative
        key = options[i].row.space, family
        figures_taken = taken.setdefault(key, set())
        twice = _may_stand_twice(model, kind, family)
        capacity = len(free.of(family)) * (2 if twice else 1)
        if probability < min_confidence * _BARELY:
            capacity -= rivals.count(chosen, i, family, probability, capacity)
        if counts[key] < capacity or options[i].figures in figures_taken:
            counts[key] += 1
            figures_taken.add(options[i].figures)
            chosen[i] = _FamilyChoice(family, probability)
    return chosen


class _Rivals:
    """The rows that may be of each family, the likeliest first."""

    def __init__(self, options: Sequence[Alternatives], min_confidence: float) -> None:
        self._options = options
        self._least = min_confidence * _RIVAL
        self._rows: dict[tuple[str, int], list[tuple[float, int]]] | None = None

    def count(self, chosen: Collection[int], row: int, family: int, probability: float, most: int) -> int:
        """Count, up to `most`, the other rows without a family yet that are nearly as likely to be of this one.

        Rows with the same figures do not count. Of the rows without a family, the likeliest hundred are looked at.
        """
        if self._rows is None:
            self._rows = self._rows_of_families()
        this = self._options[row]
        rows = self._rows.get((this.row.space, family), [])
        found = seen = 0
        left: list[tuple[float, int]] = []
        for likely, i in rows:
            if likely < probability * _RIVAL or found == most or len(left) == _MAX_RIVALS:
                break
            seen += 1
            if i not in chosen:
                left.append((likely, i))
                found += self._options[i].figures != this.figures
        if seen - len(left) > _MAX_RIVALS:
            rows[:seen] = left  # rows with a family need not be looked at again
        return found

    def _rows_of_families(self) -> dict[tuple[str, int], list[tuple[float, int]]]:
        rows: dict[tuple[str, int], list[tuple[float, int]]] = {}
        for i, option in enumerate(self._options):
            for family, probability in option.ranked:
                if probability < self._least:
                    break
                rows.setdefault((option.row.space, family), []).append((probability, i))
        for candidates in rows.values():
            candidates.sort(key=lambda pair: -pair[0])
        return rows


def _may_stand_twice(model: Model, kind: StatementKind, family: int) -> bool:
    """Whether a statement of this kind has balances of a family at the beginning and at the end of its period.

    A cash flow statement may have any; an income statement has those of its own tree, such as retained earnings.
    """
    name = model.concepts[model.members[family][0]]
    has_them = kind is StatementKind.CASH_FLOW or name in load_taxonomy().ranks[kind.value]
    return has_them and kind is not StatementKind.BALANCE_SHEET and is_balance(name)


def is_balance(name: str) -> bool:
    """Whether the concept with this name is a balance: its facts are of instants."""
    concept = load_taxonomy().concepts.get(name)
    return concept is not None and concept.period_type == "instant"


def _choose_members(
    model: Model,
    kind: StatementKind,
    options: Sequence[Alternatives],
    family: int,
    rows: Sequence[int],
    families: dict[int, _FamilyChoice],
    free: _FreeConcepts,
) -> dict[int, int]:
    """Choose the concepts of the rows of one family, by their captions and their order around the minority's share.

    Returns them by the index of the row.
    """
    members = free.of(family)
    if len(rows) == len(members) == 1:
        return {rows[0]: members[0]}
    chosen = _around_minority_share(model, rows, families)
    pairs = sorted(
        (-probability, i, concept)
        for i in rows
        for concept, probability in options[i].row.guess.members.items()
        if concept in members
    )
    twice = _may_stand_twice(model, kind, family)
    figures_of = {concept: options[i].figures for i, concept in chosen.items()}
    for _, i, concept in pairs:
        if i not in chosen and (twice or figures_of.get(concept, options[i].figures) == options[i].figures):
            chosen[i] = concept
            figures_of[concept] = options[i].figures
    left = [concept for concept in members if concept not in figures_of]
    for i, concept in zip((i for i in rows if i not in chosen), left, strict=False):
        chosen[i] = concept
    return chosen


def _around_minority_share(model: Model, rows: Sequence[int], families: dict[int, _FamilyChoice]) -> dict[int, int]:
    """Return the concepts of the rows of one family just above and just below the minority's share, if it has both."""
    for names in _WHOLE_AND_PART:
        minority, above, below = (model.numbers[name] for name in names)
        if families[rows[0]].family != model.families[above]:
            continue
        share = next((i for i, chosen in families.items() if chosen.family == model.families[minority]), None)
        before = [i for i in rows if share is not None and i < share]
        after = [i for i in rows if share is not None and i > share]
        if before and after:
            return {before[-1]: above, after[0]: below}
    return {}


def runners_up(model: Model, option: Alternatives, choice: Choice) -> tuple[Candidate, ...]:
    """Return the likeliest concepts of a row beside the one chosen, one of each family."""
    concept = choice.concept if option.verdict is None else model.numbers.get(option.verdict.concept or "")
    chosen = None if concept is None else model.families[concept]
    best = [pair for pair in option.ranked[: _RUNNERS_UP + 2] if pair[0] not in (chosen, model.none)][:_RUNNERS_UP]
    likeliest = option.row.guess.likeliest
    return tuple([Candidate(model.concepts[likeliest[family]], round(probability, 3)) for family, probability in best])
