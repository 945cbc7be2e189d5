"""Probabilities of all rows of a statement -> one concept a row, none twice."""

from collections.abc import Collection, Sequence

from msgspec import Struct

from converter.mapping.context import RowInContext
from converter.mapping.result import Candidate
from converter.mapping.weights import Model
from converter.statements import StatementKind
from converter.taxonomy import load_taxonomy

ENOUGH = 0.2
"""A concept less likely than this is not given: the row goes to the general line-item concept.

Measured in docs/mapping.md: just below it two in three concepts are wrong.
"""
_BARELY, _NEAR = 1.5, 0.5
"""A concept not so many times as likely as it must be is not given where another row is near it, by this share.

Measured on companies not seen before: this gives up one right value for each wrong one that it spares.
"""
_RUNNERS_UP = 3

_WHOLE_AND_PART = (
    ("NetIncomeLossAttributableToNoncontrollingInterest", "ProfitLoss", "NetIncomeLoss"),
    (
        "MinorityInterest",
        "StockholdersEquity",
        "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
    ),
)
"""The share of minority owners, what stands above it where it divides whole and part, and what stands below it."""


class Alternatives(Struct, frozen=True):
    """What a row may be: its place, its figures (rows with the same may share a concept), (family, probability)."""

    place: RowInContext
    figures: tuple[object, ...]
    ranked: Sequence[tuple[int, float]]


class Choice(Struct, frozen=True):
    """The number of the concept of a row, None for none, and the probability that this is right."""

    concept: int | None
    confidence: float


def choose(model: Model, kind: StatementKind, options: Sequence[Alternatives], enough: float = ENOUGH) -> list[Choice]:
    """One concept a row. The surest pairs of row and family go first; a family has room for as many rows as concepts.

    Balances may stand twice in a cash flow statement: at the beginning and at the end of the period.
    """
    families = _families(model, kind, options, enough)
    choices = [Choice(None, _no_concept(model, option)) for option in options]
    rows: dict[tuple[str, int], list[int]] = {}
    for i, (family, _) in families.items():
        rows.setdefault((options[i].place.space, family), []).append(i)
    for (_, family), members in rows.items():
        for i, concept in _members(model, kind, options, family, sorted(members), families).items():
            choices[i] = Choice(concept, families[i][1])
    return choices


def _no_concept(model: Model, option: Alternatives) -> float:
    return next((share for family, share in option.ranked if family == model.none), 0.0)


def _families(
    model: Model, kind: StatementKind, options: Sequence[Alternatives], enough: float
) -> dict[int, tuple[int, float]]:
    """Row -> family and probability."""
    pairs = []
    for i, option in enumerate(options):
        for family, share in option.ranked:
            if share < enough:
                break
            if family != model.none:
                pairs.append((-share, i, family))
    pairs.sort()
    taken: dict[tuple[str, int], list[tuple[object, ...]]] = {}
    found: dict[int, tuple[int, float]] = {}
    for share, i, family in pairs:
        if i in found:
            continue
        others = taken.setdefault((options[i].place.space, family), [])
        places = len(model.members[family]) * (
            2 if kind is StatementKind.CASH_FLOW and _is_balance(model, family) else 1
        )
        rivals = _rivals(options, found, i, family, -share) if -share < enough * _BARELY else 0
        if len(others) + rivals < places or options[i].figures in others:
            others.append(options[i].figures)
            found[i] = (family, -share)
    return found


def _rivals(options: Sequence[Alternatives], found: Collection[int], row: int, family: int, share: float) -> int:
    """How many other rows without a family yet may be of this one about as well, with figures of their own."""
    own = options[row]
    return sum(
        other.place.space == own.place.space
        and other.figures != own.figures
        and any(name == family and likely >= share * _NEAR for name, likely in other.ranked)
        for i, other in enumerate(options)
        if i not in found
    )


def _is_balance(model: Model, family: int) -> bool:
    concept = load_taxonomy().concepts.get(model.concepts[model.members[family][0]])
    return concept is not None and concept.period_type == "instant"


def _members(
    model: Model,
    kind: StatementKind,
    options: Sequence[Alternatives],
    family: int,
    rows: Sequence[int],
    families: dict[int, tuple[int, float]],
) -> dict[int, int]:
    """Row -> concept, for the rows of one family: by the captions, and by where the minority's share stands."""
    if len(rows) == len(model.members[family]) == 1:
        return {rows[0]: model.members[family][0]}
    fixed = _divided(model, rows, families)
    pairs = sorted(
        (-share, i, concept)
        for i in rows
        for concept, share in options[i].place.guess.members.items()
        if model.families[concept] == family
    )
    chosen: dict[int, int] = dict(fixed)
    twice = kind is StatementKind.CASH_FLOW and _is_balance(model, family)
    for _, i, concept in pairs:
        if i not in chosen and all(
            options[other].figures == options[i].figures or twice for other, taken in chosen.items() if taken == concept
        ):
            chosen[i] = concept
    for i in rows:
        if i not in chosen:
            left = [concept for concept in model.members[family] if concept not in chosen.values()]
            if left:
                chosen[i] = left[0]
    return chosen


def _divided(model: Model, rows: Sequence[int], families: dict[int, tuple[int, float]]) -> dict[int, int]:
    """The rows next to the minority's share: whole and part."""
    for minority, above, below in _WHOLE_AND_PART:
        names = [model.numbers[name] for name in (minority, above, below)]
        if families[rows[0]][0] != model.families[names[1]]:
            continue
        at = next((i for i, (family, _) in families.items() if family == model.families[names[0]]), None)
        before = [i for i in rows if at is not None and i < at]
        after = [i for i in rows if at is not None and i > at]
        if before and after:
            return {before[-1]: names[1], after[0]: names[2]}
    return {}


def runners_up(model: Model, option: Alternatives, choice: Choice) -> tuple[Candidate, ...]:
    """The next best concepts of a row."""
    chosen = None if choice.concept is None else model.families[choice.concept]
    best = [pair for pair in option.ranked[: _RUNNERS_UP + 2] if pair[0] not in (chosen, model.none)][:_RUNNERS_UP]
    likeliest = option.place.guess.likeliest
    return tuple([Candidate(model.concepts[likeliest[family]], round(share, 3)) for family, share in best])
