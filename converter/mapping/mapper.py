"""A statement and its sums -> the mapping of every row."""

from collections.abc import Sequence

from msgspec.structs import replace

from converter.mapping.captions import Caption, read_caption
from converter.mapping.choice import ENOUGH, Alternatives, Choice, choose, runners_up
from converter.mapping.context import RowInContext, rank_all
from converter.mapping.guess import Guesser, load_guesser, space_of
from converter.mapping.result import Mapping
from converter.mapping.roles import contradicted
from converter.mapping.signs import signs_of
from converter.mapping.totals import is_bare, name_totals
from converter.statements import LineItem, Statement, StatementKind, UnitKind
from converter.sums import Sum

SURE_TOTAL = 0.9
"""Confidence of a row that is known by its parts alone."""
_SURE_HEADING = 0.4
_BARE_SHARE = 0.9
_ROUNDS = 4
"""So often is a row asked anew that the arithmetic contradicts; then it is given no concept."""


def map_statement(
    statement: Statement, sums: Sequence[Sum], guesser: Guesser | None = None, enough: float = ENOUGH
) -> tuple[Mapping, ...]:
    """Map every row of a statement, in the order of its items. `sums` are those that `find_sums` found in it.

    Another model than the shipped one (`guesser`), or another probability that a concept must have (`enough`), is
    for measuring.
    """
    guesser = guesser or load_guesser()
    places = _places(guesser, statement.kind, statement.items)
    options = [
        Alternatives(place, tuple([figure and figure.value for figure in item.figures]), _weakened(ranked, item))
        for place, ranked, item in zip(places, rank_all(guesser.model, places), statement.items, strict=True)
    ]
    choices, told = _choose(guesser, statement, sums, options, enough)
    names = name_totals(statement, sums, told)
    signs = signs_of(statement, sums, names, guesser.model)
    return tuple(
        _mapping(guesser, option, choice, name, sign) if name == before else _total(name, sign)
        for option, choice, name, sign, before in zip(options, choices, names, signs, told, strict=True)
    )


def _choose(
    guesser: Guesser, statement: Statement, sums: Sequence[Sum], options: Sequence[Alternatives], enough: float
) -> tuple[list[Choice], list[str | None]]:
    """The choice and the concept of every row; what the arithmetic speaks against is struck out and chosen anew."""
    for _ in range(_ROUNDS):
        choices = choose(guesser.model, statement.kind, options, enough)
        told = _names(guesser, statement.items, choices)
        wrong = contradicted(statement, sums, told)
        if not wrong:
            break
        options = [
            _without(option, choice, i in wrong, guesser)
            for i, (option, choice) in enumerate(zip(options, choices, strict=True))
        ]
    return choices, [None if i in wrong else name for i, name in enumerate(told)]


def _weakened(ranked: list[tuple[int, float]], item: LineItem) -> list[tuple[int, float]]:
    """What the row may be; one without a caption gives way to one whose caption says the same."""
    return [(family, share * _BARE_SHARE) for family, share in ranked] if is_bare(item) else ranked


def _names(guesser: Guesser, items: Sequence[LineItem], choices: Sequence[Choice]) -> list[str | None]:
    """The concepts chosen; a row whose caption says nothing must be surer than others."""
    return [
        None
        if choice.concept is None or (is_bare(item) and choice.confidence < _SURE_HEADING)
        else guesser.model.concepts[choice.concept]
        for choice, item in zip(choices, items, strict=True)
    ]


def _without(option: Alternatives, choice: Choice, wrong: bool, guesser: Guesser) -> Alternatives:
    """The option without the family of its choice, where the arithmetic speaks against it."""
    if not wrong or choice.concept is None:
        return option
    family = guesser.model.families[choice.concept]
    return replace(option, ranked=[pair for pair in option.ranked if pair[0] != family])


def _total(name: str | None, sign: int) -> Mapping:
    return Mapping(name, SURE_TOTAL, sign, ("no caption; the total of the rows that add up to it",), ())


def _places(guesser: Guesser, kind: StatementKind, items: Sequence[LineItem]) -> list[RowInContext]:
    headings = {sections: heading_family(guesser, kind, sections) for sections in {item.sections for item in items}}
    places = []
    for item in items:
        space, caption = space_of(kind, item.unit), caption_of(item)
        places.append(RowInContext(space, caption, guesser.guess(space, caption), headings[item.sections]))
    return places


def caption_of(item: LineItem) -> Caption:
    """The caption of a row; a row without one is the total of its section."""
    caption = read_caption(item.label, item.unit)
    if not item.sections or (caption.words and not is_bare(item)):
        return caption
    return read_caption(f"Total {item.sections[-1]}", item.unit)


def heading_family(guesser: Guesser, kind: StatementKind, sections: Sequence[str]) -> int | None:
    """The family of the total that the innermost telling heading announces: "Current assets" that of their total."""
    for section in reversed(sections):
        found = guesser.guess(space_of(kind, UnitKind.MONETARY), read_caption(f"Total {section}"))
        if found.sure > _SURE_HEADING and found.top in guesser.model.totals:
            return found.top
    return None


def _mapping(guesser: Guesser, option: Alternatives, choice: Choice, name: str | None, sign: int) -> Mapping:
    evidence = [f"caption {option.place.caption.phrase!r}"]
    if name is not None:
        alone = 0.0 if choice.concept is None else option.place.guess.members.get(choice.concept, 0.0)
        evidence.append(f"by itself {alone:.2f}, in its place {choice.confidence:.2f}")
    return Mapping(name, round(choice.confidence, 3), sign, tuple(evidence), runners_up(guesser.model, option, choice))
