"""The choice of concepts for the rows of a statement: one a row, none twice."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from converter.mapping.alternatives import Alternatives, Confidence, Figures, is_balance, stands_twice
from converter.mapping.result import Candidate
from converter.mapping.weights import Model
from converter.statements import StatementKind

MIN_CONFIDENCE = 0.33
"""A row gets no concept that is less sure than this: it becomes a fact of the general line-item concept.

A wrong concept costs as much as two rows without one. Measured in docs/mapping.md: just below this threshold one
concept in two is wrong, just above it fewer than one in three.
"""
_LEAST = 0.1
"""A family that is less likely is not looked at, whatever its near synonyms are."""
_RUNNERS_UP = 3

_OF_INCOME = ("NetIncomeLossAttributableToNoncontrollingInterest", "ProfitLoss", "NetIncomeLoss")
_WHOLE_AND_PART = (
    _OF_INCOME,
    (
        "MinorityInterest",
        "StockholdersEquity",
        "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
    ),
)
"""The minority owners' share, the concept of the row above it and that of the row below it, in that order.

Applies where rows of one family stand on both sides of the share, one including it and the other not.
"""


class Choice(Struct, frozen=True):
    """The index of a row's concept in the model, None for no concept, and how sure this is.

    `probability` is that of the concept's family before the other rows were looked at.
    """

    concept: int | None
    confidence: float
    probability: float


class _FamilyChoice(Struct, frozen=True):
    """The family of a row, and its probability."""

    family: int
    probability: float


def choose(
    model: Model, kind: StatementKind, options: Sequence[Alternatives], min_confidence: float = MIN_CONFIDENCE
) -> list[Choice]:
    """Choose one concept for each row of a statement.

    The likeliest pairs of row and family come first; a family takes as many rows as it has concepts. Balances may
    stand twice in a cash flow statement: at the beginning and at the end of the period. A row that is not sure enough
    of its concept gets none.
    """
    free = _FreeConcepts(model, kind, options)
    families = _choose_families(model, kind, options, min(min_confidence, _LEAST), free)
    choices = [_no_choice(model, option) for option in options]
    confidence = Confidence(model, kind, options)
    rows: dict[tuple[str, int], list[int]] = {}
    for i, chosen in families.items():
        rows.setdefault((options[i].row.space, chosen.family), []).append(i)
    for (_, family), indexes in rows.items():
        for i, concept in _choose_members(model, kind, options, family, sorted(indexes), families, free).items():
            if (sure := confidence.of(i, concept)) >= min_confidence:
                choices[i] = Choice(concept, sure, families[i].probability)
    return choices


def _no_choice(model: Model, option: Alternatives) -> Choice:
    none = next((probability for family, probability in option.ranked if family == model.none), 0.0)
    return Choice(None, none, none)


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
    least: float,
    free: _FreeConcepts,
) -> dict[int, _FamilyChoice]:
    """Return the families of the rows that get one, by the index of the row."""
    pairs = []
    for i, option in enumerate(options):
        if option.verdict is not None:
            continue
        for family, probability in option.ranked:
            if probability < least:
                break
            if family != model.none:
                pairs.append((-probability, i, family))
    pairs.sort()
    counts: Counter[tuple[str, int]] = Counter()
    taken: dict[tuple[str, int], set[Figures]] = {}
    chosen: dict[int, _FamilyChoice] = {}
    for negative, i, family in pairs:
        if i in chosen:
            continue
        probability = -negative
        key = options[i].row.space, family
        figures_taken = taken.setdefault(key, set())
        capacity = len(free.of(family)) * (2 if stands_twice(model, kind, family) else 1)
        if counts[key] < capacity or options[i].figures in figures_taken:
            counts[key] += 1
            figures_taken.add(options[i].figures)
            chosen[i] = _FamilyChoice(family, probability)
    return chosen


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
    chosen = _around_minority_share(model, options, rows, families)
    pairs = sorted(
        (-probability, i, concept)
        for i in rows
        for concept, probability in options[i].row.guess.members.items()
        if concept in members
    )
    twice = stands_twice(model, kind, family)
    figures_of = {concept: options[i].figures for i, concept in chosen.items()}
    for _, i, concept in pairs:
        if i not in chosen and (twice or figures_of.get(concept, options[i].figures) == options[i].figures):
            chosen[i] = concept
            figures_of[concept] = options[i].figures
    left = [concept for concept in members if concept not in figures_of]
    for i, concept in zip((i for i in rows if i not in chosen), left, strict=False):
        chosen[i] = concept
    return chosen


def _around_minority_share(
    model: Model, options: Sequence[Alternatives], rows: Sequence[int], families: dict[int, _FamilyChoice]
) -> dict[int, int]:
    """Return the concepts of the rows of one family just above and just below the minority's share, if it has both.

    Net income above the share includes it, unless both make the one below.
    """
    for names in _WHOLE_AND_PART:
        minority, above, below = (model.numbers[name] for name in names)
        if families[rows[0]].family != model.families[above]:
            continue
        share = next((i for i, chosen in families.items() if chosen.family == model.families[minority]), None)
        before = [i for i in rows if share is not None and i < share]
        after = [i for i in rows if share is not None and i > share]
        if share is not None and before and after:
            figures = [options[i].figures for i in (before[-1], share, after[0])]
            if names is _OF_INCOME and _make(*figures):
                above, below = below, above
            return {before[-1]: above, after[0]: below}
    return {}


def _make(first: Figures, second: Figures, whole: Figures) -> bool:
    """Whether two rows make a third one in every column in which all have figures, and in one at least."""
    columns = [(a, b, c) for a, b, c in zip(first, second, whole, strict=True) if a and b and c]
    return bool(columns) and all(a + b == c for a, b, c in columns)


def runners_up(model: Model, option: Alternatives, choice: Choice) -> tuple[Candidate, ...]:
    """Return the likeliest concepts of a row beside the one chosen, one of each family."""
    concept = choice.concept if option.verdict is None else model.numbers.get(option.verdict.concept or "")
    chosen = None if concept is None else model.families[concept]
    best = [pair for pair in option.ranked[: _RUNNERS_UP + 2] if pair[0] not in (chosen, model.none)][:_RUNNERS_UP]
    likeliest = option.row.guess.likeliest
    return tuple([Candidate(model.concepts[likeliest[family]], round(probability, 3)) for family, probability in best])
