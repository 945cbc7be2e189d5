"""Measure what each step of the mapper contributes, on companies that it was not trained on.

usage: python benchmarks/mapping_steps.py FOLDER --models FOLDER [--rotations 0 3]

The models are those that benchmarks/mapping_accuracy.py saves. Every row gets its most likely concept, without a
threshold, to compare the steps alone. Signs are ignored.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corpus import FOLDS, TaggedStatement, read_statements
from mapping_accuracy import statement_of
from msgspec.structs import replace

from converter.mapping import map_statement
from converter.mapping.captions import normalize_caption
from converter.mapping.choice import Alternatives, choose
from converter.mapping.context import RowInContext, context_features, places_of, rank
from converter.mapping.guess import Guesser, space_of
from converter.mapping.weights import parse_model
from converter.statements.model import Statement
from converter.sums.arithmetic import find_sums

Names = list[str | None]
"""The concept of each row."""
RankedFamilies = list[list[tuple[int, float]]]
"""For each row, families of concepts with their probabilities, the most likely first."""


def rows_in_context(guesser: Guesser, statement: Statement) -> list[RowInContext]:
    """Return the rows with the guesses from their captions, as input of the context model."""
    rows = []
    for item in statement.items:
        space, caption = space_of(statement.kind, item.unit), normalize_caption(item.label, item.unit)
        rows.append(RowInContext(space, caption, guesser.guess(space, caption)))
    return rows


def rank_rows(guesser: Guesser, rows: Sequence[RowInContext], context: Sequence[RowInContext]) -> RankedFamilies:
    """Rank the families of each row, by its own caption and by the rows of `context` around it."""
    places = places_of(guesser.model, context)
    return [rank(guesser.model, row.guess, context_features(place)) for row, place in zip(rows, places, strict=True)]


def captions_alone(guesser: Guesser, statement: Statement) -> Names:
    """Return the most likely concept of each caption."""
    rows = rows_in_context(guesser, statement)
    return [_member(guesser, row, row.guess.top_family) for row in rows]


def with_context(guesser: Guesser, statement: Statement) -> Names:
    """Return the most likely concept of each row in its context; several rows may have the same concept."""
    rows = rows_in_context(guesser, statement)
    return _most_likely(guesser, rows, rank_rows(guesser, rows, rows))


def with_context_twice(guesser: Guesser, statement: Statement) -> Names:
    """Do a second pass in which the context has the results of the first pass instead of the captions' guesses."""
    rows = rows_in_context(guesser, statement)
    first_pass = rank_rows(guesser, rows, rows)
    context = [_with_top(guesser, row, families) for row, families in zip(rows, first_pass, strict=True)]
    return _most_likely(guesser, rows, rank_rows(guesser, rows, context))


def one_to_one(guesser: Guesser, statement: Statement) -> Names:
    """Choose a different concept for each row."""
    rows = rows_in_context(guesser, statement)
    options = [
        Alternatives(row, tuple(figure and figure.value for figure in item.figures), families)
        for row, families, item in zip(rows, rank_rows(guesser, rows, rows), statement.items, strict=True)
    ]
    choices = choose(guesser.model, statement.kind, options, 0.0)
    return [None if choice.concept is None else guesser.model.concepts[choice.concept] for choice in choices]


def all_steps(guesser: Guesser, statement: Statement) -> Names:
    """Choose different concepts and use sums: they exclude concepts, and identify totals by their parts."""
    sums = find_sums(statement.items, statement.kind)
    return [mapping.concept for mapping in map_statement(statement, sums, guesser, 0.0)]


STEPS: dict[str, Callable[[Guesser, Statement], Names]] = {
    "captions alone": captions_alone,
    "with their context": with_context,
    "a second pass (tried, not used)": with_context_twice,
    "one concept a row": one_to_one,
    "with the arithmetic": all_steps,
}


def _most_likely(guesser: Guesser, rows: Sequence[RowInContext], ranked: RankedFamilies) -> Names:
    none = guesser.model.none
    top_families = [next((family for family, _ in families if family != none), -1) for families in ranked]
    return [_member(guesser, row, family) for row, family in zip(rows, top_families, strict=True)]


def _member(guesser: Guesser, row: RowInContext, family: int) -> str | None:
    model = guesser.model
    return next((model.concepts[concept] for concept in row.guess.members if model.families[concept] == family), None)


def _with_top(guesser: Guesser, row: RowInContext, families: Sequence[tuple[int, float]]) -> RowInContext:
    for family, probability in families:
        if family != guesser.model.none:
            return replace(row, guess=replace(row.guess, top_family=family, top_probability=probability))
    return row


def table(statements: Sequence[TaggedStatement], models: Path, rotations: Sequence[int]) -> Iterator[str]:
    """Yield a row for each step: the share of values whose row has an accepted concept, in each rotation."""
    yield f"| tested folds | {' | '.join(f'{i}, {(i + 1) % len(FOLDS)}' for i in rotations)} |"
    yield f"|---|{'---|' * len(rotations)}"
    guessers = {i: Guesser(parse_model((models / f"rotation-{i}.bin").read_bytes())) for i in rotations}
    for name, step in STEPS.items():
        shares = []
        for i, guesser in guessers.items():
            tested = [statement for statement in statements if statement.fold in (i, (i + 1) % len(FOLDS))]
            shares.append(f"{_share(tested, guesser, step):.3f}")
        yield f"| {name} | {' | '.join(shares)} |"


def _share(
    statements: Sequence[TaggedStatement], guesser: Guesser, step: Callable[[Guesser, Statement], Names]
) -> float:
    right = total = 0
    for tagged in statements:
        for row, name in zip(tagged.rows, step(guesser, statement_of(tagged)), strict=True):
            total += row.count
            right += row.count if not row.accepted or name in row.accepted else 0
    return right / total


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure what each step of the mapper contributes.")
    parser.add_argument("folder", type=Path, help="the corpus, see benchmarks/corpus.py")
    parser.add_argument("--models", type=Path, required=True, help="folder of the rotations' models")
    parser.add_argument("--rotations", type=int, nargs="+", default=[0, 3], choices=FOLDS, metavar="FOLD")
    options = parser.parse_args()
    for line in table(read_statements(options.folder), options.models, options.rotations):
        print(line)


if __name__ == "__main__":
    main()
