"""The mapping of every row of a statement, from its captions and its sums."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from converter.mapping.alternatives import Alternatives, with_representative
from converter.mapping.captions import NormalizedCaption, normalize_caption
from converter.mapping.choice import MIN_CONFIDENCE, Choice, choose, runners_up
from converter.mapping.claims import unsupported_rows
from converter.mapping.context import Place, Ranking, RowInContext, places_of, rank_in_place
from converter.mapping.guess import Guess, Guesser, load_guesser, space_of
from converter.mapping.result import Mapping
from converter.mapping.roles import contradicted_rows
from converter.mapping.signs import signs_of
from converter.mapping.structure import Bar, Structure, combined, read_structure
from converter.mapping.terms import in_term
from converter.mapping.totals import is_bare, name_totals
from converter.mapping.weights import Model
from converter.statements import LineItem, Statement, StatementKind, UnitKind
from converter.sums import Sum

_TOTAL_CONFIDENCE = 0.9
"""Confidence of a total without a caption that is identified by its parts alone."""
_VERDICT_CONFIDENCE = 0.97
"""Confidence of a row whose place among the others says what it is."""
_MIN_LEFT = 0.02
"""A row whose likely concepts are ruled out to such a degree has no other one either."""
_MIN_HEADING_PROBABILITY = 0.4
"""A heading, and a caption that is no more than "Total", must be at least so sure of a concept."""
_BARE_FACTOR = 0.9
"""Factor of the probabilities of a row without a caption, so that it gives way to a row whose caption says the same."""
_REST_OF_CAPTION = frozenset({"and", "as", "at", "for", "in", "of", "respectively", "shares", "the"})
"""A caption of no other words ("$183 in 1996 and $150 in 1995") is the end of one that began as a heading."""
_COUNT = frozenset({"shares", "share", "common", "issued", "outstanding", "and", "in", "at", "of", "respectively"})
"""Words that say no more than how many shares there are."""
_ROUNDS = 4
"""How often rows are chosen anew when the sums contradict their concepts; after that they get none."""
_CACHED_PLACES = 8192


class _Decision(NamedTuple):
    """The choice and the name of the concept (None for no concept) of every row."""

    choices: list[Choice]
    names: list[str | None]


def map_statement(
    statement: Statement, sums: Sequence[Sum], guesser: Guesser | None = None, min_confidence: float = MIN_CONFIDENCE
) -> tuple[Mapping, ...]:
    """Map every row of a statement, in the order of its items. `sums` are the result of `find_sums` for it.

    `guesser` (a model other than the shipped one) and `min_confidence` (the probability that a concept must have) are
    parameters for measurements.
    """
    guesser = guesser or load_guesser()
    rows = _rows_in_context(guesser, statement.kind, statement.items)
    structure = read_structure(statement) if min_confidence <= _VERDICT_CONFIDENCE else Structure()
    options = [
        _alternatives(guesser, row, item, place, structure, i)
        for i, (row, place, item) in enumerate(zip(rows, places_of(guesser.model, rows), statement.items, strict=True))
    ]
    choices, chosen_names = _choose(guesser, statement, sums, options, min_confidence)
    chosen_names = in_term(statement, chosen_names)
    names = [
        name if option.verdict is None else option.verdict.concept
        for option, name in zip(options, _with_totals(statement, sums, structure, chosen_names), strict=True)
    ]
    signs = signs_of(statement, sums, names, guesser.model)
    return tuple(
        _mapping(guesser, option, choice, name, sign) if name == chosen_name else _total(name, sign)
        for option, choice, name, sign, chosen_name in zip(options, choices, names, signs, chosen_names, strict=True)
    )


def _with_totals(
    statement: Statement, sums: Sequence[Sum], structure: Structure, names: Sequence[str | None]
) -> list[str | None]:
    """Return the names with those of totals without a caption, where neither structure nor words rule them out."""
    named = name_totals(statement, sums, names)
    added = {row for row, (before, after) in enumerate(zip(names, named, strict=True)) if before != after}
    wrong = {row for row in added if combined(structure.bars.get(row, ())).excludes(named[row] or "")}
    wrong |= added.intersection(unsupported_rows(statement, named) if added else ())
    return [None if row in wrong else name for row, name in enumerate(named)]


def _alternatives(
    guesser: Guesser, row: RowInContext, item: LineItem, place: Place, structure: Structure, index: int
) -> Alternatives:
    """Return what the row with this index may be, by its place and by the structure of the statement."""
    ranked, barred = _possible(guesser, place, structure.bars.get(index, ()), is_bare(item))
    figures = tuple([None if figure is None else figure.value for figure in item.figures])
    return Alternatives(row, figures, ranked, structure.verdicts.get(index), barred)


class _Possible(NamedTuple):
    """What a row may be: the families that the structure leaves, and those that it rules out."""

    ranked: Ranking
    barred: Ranking


@lru_cache(maxsize=_CACHED_PLACES)
def _possible(guesser: Guesser, place: Place, bars: tuple[Bar, ...], without_caption: bool) -> _Possible:
    """Return what a row in this place may be.

    Cached, for the filings of a company have the same rows in the same places year after year.
    """
    model, guess = guesser.model, guesser.guess(place.space, place.caption)
    ranked = rank_in_place(model, guess, place)
    if without_caption:
        ranked = [(family, probability * _BARE_FACTOR) for family, probability in ranked]
    allowed = _allowed(model, guess, ranked, bars)
    kept = {family for family, _ in allowed}
    barred = [pair for pair in ranked if pair[0] not in kept] if bars else []
    return _Possible(with_representative(model, guess, allowed), barred)


def _choose(
    guesser: Guesser, statement: Statement, sums: Sequence[Sum], options: Sequence[Alternatives], min_confidence: float
) -> _Decision:
    """Choose the concept of every row, excluding the families that the sums or the words contradict."""
    for _ in range(_ROUNDS):
        choices = choose(guesser.model, statement.kind, options, min_confidence)
        names = _names(guesser, statement.items, choices, options)
        totals = name_totals(statement, sums, names)
        wrong = contradicted_rows(statement, sums, totals).union(unsupported_rows(statement, names))
        wrong = {i for i in wrong if options[i].verdict is None}
        if not wrong:
            break
        options = [
            _without_choice(option, choice, guesser) if i in wrong else option
            for i, (option, choice) in enumerate(zip(options, choices, strict=True))
        ]
    return _Decision(choices, [None if i in wrong else name for i, name in enumerate(names)])


def _allowed(model: Model, guess: Guess, ranked: Ranking, bars: tuple[Bar, ...]) -> Ranking:
    """Return the ranking without the families whose concept the structure rules out.

    Where it says what alone the row can be, these families share what the others had, but for those it denies.
    """
    if not bars:
        return ranked
    bar = combined(bars)
    none, likeliest, concepts, denied = model.none, guess.likeliest, model.concepts, bar.denied
    kept = [pair for pair in ranked if pair[0] == none or concepts[likeliest[pair[0]]] not in denied]
    if bar.allowed is None and not (bar.shared and len(kept) < len(ranked)):
        return kept
    whole = ranked if bar.shared else kept
    if (allowed := bar.allowed) is not None:
        kept = [pair for pair in kept if pair[0] == none or concepts[likeliest[pair[0]]] in allowed]
    before, left = (sum([probability for _, probability in pairs]) for pairs in (whole, kept))
    return [(family, probability * before / left) for family, probability in kept] if left > _MIN_LEFT else []


def _names(
    guesser: Guesser, items: Sequence[LineItem], choices: Sequence[Choice], options: Sequence[Alternatives]
) -> list[str | None]:
    """Return the names of the concepts of all rows."""
    return [
        _name(guesser, item, choice) if option.verdict is None else option.verdict.concept
        for item, choice, option in zip(items, choices, options, strict=True)
    ]


def _name(guesser: Guesser, item: LineItem, choice: Choice) -> str | None:
    """Return the name of the concept chosen; a row whose caption is bare must be surer than others to have one."""
    if choice.concept is None or (is_bare(item) and choice.confidence < _MIN_HEADING_PROBABILITY):
        return None
    return guesser.model.concepts[choice.concept]


def _without_choice(option: Alternatives, choice: Choice, guesser: Guesser) -> Alternatives:
    """Return the alternatives without the family chosen."""
    if choice.concept is None:
        return option
    family = guesser.model.families[choice.concept]
    left = [pair for pair in option.ranked if pair[0] != family]
    share = sum([probability for _, probability in left])
    return replace(
        option, ranked=[(other, probability / share) for other, probability in left] if share > _MIN_LEFT else []
    )


def _total(name: str | None, sign: int) -> Mapping:
    return Mapping(name, _TOTAL_CONFIDENCE, sign, ("no caption; the total of the rows that add up to it",), ())


def _rows_in_context(guesser: Guesser, kind: StatementKind, items: Sequence[LineItem]) -> list[RowInContext]:
    """Return what the context model knows of the rows of a statement."""
    headings = {sections: _heading_family(guesser, kind, sections) for sections in {item.sections for item in items}}
    rows = []
    for item in items:
        space, caption = space_of(kind, item.unit), _caption_of(item)
        rows.append(RowInContext(space, caption, guesser.guess(space, caption), headings[item.sections]))
    return rows


def _caption_of(item: LineItem) -> NormalizedCaption:
    """Return the caption of a row; a row in a section without a caption of its own is the total of the section.

    One that only counts shares is what the heading says: "2,317,204 shares" under "Less treasury stock, at cost".
    """
    caption = normalize_caption(item.label, item.unit)
    if not item.sections:
        return caption
    if item.label[:1].isdigit() and caption.words and _COUNT.issuperset(caption.words):
        return normalize_caption(item.sections[-1], item.unit)
    if caption.words and _REST_OF_CAPTION.issuperset(caption.words):
        return normalize_caption(f"{item.sections[-1]} {item.label}", item.unit)
    if caption.words and not is_bare(item):
        return caption
    return normalize_caption(f"Total {item.sections[-1]}", item.unit)


def _heading_family(guesser: Guesser, kind: StatementKind, sections: Sequence[str]) -> int | None:
    """Return the family of the total that the headings announce, the innermost first; None if none announces one.

    "Current assets" announces total current assets.
    """
    for section in reversed(sections):
        guess = guesser.guess(space_of(kind, UnitKind.MONETARY), normalize_caption(f"Total {section}"))
        if guess.top_probability > _MIN_HEADING_PROBABILITY and guess.top_family in guesser.model.totals:
            return guess.top_family
    return None


def _mapping(guesser: Guesser, option: Alternatives, choice: Choice, name: str | None, sign: int) -> Mapping:
    evidence = [f"caption {option.row.caption.phrase!r}"]
    confidence = round(choice.confidence, 3)
    if option.verdict is not None:
        evidence.append(option.verdict.reason)
        confidence = _VERDICT_CONFIDENCE
    elif name is not None:
        alone = 0.0 if choice.concept is None else option.row.guess.members.get(choice.concept, 0.0)
        evidence.append(f"by itself {alone:.2f}, in its place {choice.probability:.2f}")
    others = [other for other in runners_up(guesser.model, option, choice) if other.concept != name]
    return Mapping(name, confidence, sign, tuple(evidence), tuple(others))
