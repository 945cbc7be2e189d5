"""Measure what each step of the mapper adds, on companies that it has not seen.

usage: python benchmarks/mapping_steps.py FOLDER --models FOLDER [--rotations 0 3]

The models are those that benchmarks/mapping_accuracy.py keeps. Every row gets its likeliest concept, however unlikely:
what is compared are the steps, not the threshold. Signs are not looked at.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corpus import FOLDS, Tagged, read_statements
from mapping_accuracy import page_of
from msgspec.structs import replace

from converter.mapping import map_statement
from converter.mapping.captions import read_caption
from converter.mapping.choice import Alternatives, choose
from converter.mapping.context import RowInContext, context_features, rank
from converter.mapping.guess import Guesser, space_of
from converter.mapping.weights import parse_model
from converter.statements.model import Statement
from converter.sums.arithmetic import find_sums

Names = list[str | None]
Ranked = list[list[tuple[int, float]]]


def places_of(guesser: Guesser, page: Statement) -> list[RowInContext]:
    """The rows as their neighbours see them."""
    captions = [(space_of(page.kind, item.unit), read_caption(item.label, item.unit)) for item in page.items]
    return [RowInContext(space, caption, guesser.guess(space, caption)) for space, caption in captions]


def ranked(guesser: Guesser, places: Sequence[RowInContext], seen: Sequence[RowInContext]) -> Ranked:
    """What the rows may be, from their own captions and from the surroundings `seen`."""
    features = context_features(guesser.model, seen)
    return [rank(guesser.model, place.guess, of) for place, of in zip(places, features, strict=True)]


def captions_alone(guesser: Guesser, page: Statement) -> Names:
    """The likeliest concept of each caption."""
    places = places_of(guesser, page)
    return [_member(guesser, place, place.guess.top) for place in places]


def with_context(guesser: Guesser, page: Statement) -> Names:
    """The likeliest concept of each row in its place, rows being free to have the same."""
    places = places_of(guesser, page)
    return _likeliest(guesser, places, ranked(guesser, places, places))


def with_context_twice(guesser: Guesser, page: Statement) -> Names:
    """The same once more, with what the first pass made of the rows around in place of their captions' guesses."""
    places = places_of(guesser, page)
    first = ranked(guesser, places, places)
    seen = [_resolved(guesser, place, families) for place, families in zip(places, first, strict=True)]
    return _likeliest(guesser, places, ranked(guesser, places, seen))


def one_to_one(guesser: Guesser, page: Statement) -> Names:
    """One concept a row, none twice."""
    places = places_of(guesser, page)
    options = [
        Alternatives(place, tuple(figure and figure.value for figure in item.figures), families)
        for place, families, item in zip(places, ranked(guesser, places, places), page.items, strict=True)
    ]
    choices = choose(guesser.model, page.kind, options, 0.0)
    return [None if choice.concept is None else guesser.model.concepts[choice.concept] for choice in choices]


def all_steps(guesser: Guesser, page: Statement) -> Names:
    """The same with the arithmetic: its veto, and totals that are known by their parts."""
    return [found.concept for found in map_statement(page, find_sums(page.items, page.kind), guesser, 0.0)]


STEPS: dict[str, Callable[[Guesser, Statement], Names]] = {
    "captions alone": captions_alone,
    "with their context": with_context,
    "a second pass (tried, not used)": with_context_twice,
    "one concept a row": one_to_one,
    "with the arithmetic": all_steps,
}


def _likeliest(guesser: Guesser, places: Sequence[RowInContext], families: Ranked) -> Names:
    return [
        _member(guesser, place, next((family for family, _ in of if family != guesser.model.none), -1))
        for place, of in zip(places, families, strict=True)
    ]


def _member(guesser: Guesser, place: RowInContext, family: int) -> str | None:
    model = guesser.model
    return next((model.concepts[one] for one in place.guess.members if model.families[one] == family), None)


def _resolved(guesser: Guesser, place: RowInContext, families: Sequence[tuple[int, float]]) -> RowInContext:
    top = next((pair for pair in families if pair[0] != guesser.model.none), None)
    return place if top is None else replace(place, guess=replace(place.guess, top=top[0], sure=top[1]))


def table(statements: Sequence[Tagged], models: Path, rotations: Sequence[int]) -> Iterator[str]:
    """A row for each step: the share of values whose row has an accepted concept, in each rotation."""
    yield f"| tested folds | {' | '.join(f'{i}, {(i + 1) % len(FOLDS)}' for i in rotations)} |"
    yield f"|---|{'---|' * len(rotations)}"
    guessers = {i: Guesser(parse_model((models / f"rotation-{i}.bin").read_bytes())) for i in rotations}
    for name, step in STEPS.items():
        shares = []
        for i, guesser in guessers.items():
            tested = [statement for statement in statements if statement.fold in (i, (i + 1) % len(FOLDS))]
            shares.append(f"{_share(tested, guesser, step):.3f}")
        yield f"| {name} | {' | '.join(shares)} |"


def _share(statements: Sequence[Tagged], guesser: Guesser, step: Callable[[Guesser, Statement], Names]) -> float:
    right = whole = 0
    for statement in statements:
        for row, name in zip(statement.rows, step(guesser, page_of(statement)), strict=True):
            whole += row.count
            right += row.count if not row.accepted or name in row.accepted else 0
    return right / whole


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure what each step of the mapper adds.")
    parser.add_argument("folder", type=Path, help="the material, see benchmarks/corpus.py")
    parser.add_argument("--models", type=Path, required=True, help="folder of the rotations' models")
    parser.add_argument("--rotations", type=int, nargs="+", default=[0, 3], choices=FOLDS, metavar="FOLD")
    options = parser.parse_args()
    for line in table(read_statements(options.folder), options.models, options.rotations):
        print(line)


if __name__ == "__main__":
    main()
