"""Measure what a better choice among the mapper's candidates could reach, and what its mistakes are.

usage: python benchmarks/upper_bound.py FOLDER --models DIR [--rotations 0 3] [--page PAGE]

FOLDER is the corpus that benchmarks/corpus.py describes, DIR has the models that benchmarks/mapping_accuracy.py saves.
The first table has the share of the values of unseen companies that would be right if an oracle chose, for each row,
among the likeliest concepts in its place. The second sorts the mistakes of the mapper, with every likeliest concept
given, by what other companies mean by the same caption in the same statement. Needs numpy, scipy and scikit-learn.
"""

import argparse
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from baselines import Key, elements_of, normalised
from corpus import FOLDS, Row, TaggedStatement, read_labels, read_statements
from families import is_near
from mapping_accuracy import filled, statement_of
from mapping_steps import all_steps, rank_rows, rows_in_context

from converter.mapping.guess import Guesser
from converter.mapping.weights import parse_model
from converter.taxonomy import load_taxonomy

CANDIDATES = (1, 2, 3, 5, 8, 15)
"""The numbers of candidates that the oracle chooses among."""
SEEN = 3
"""A caption that other companies use less often says nothing of what it may mean."""


class Cause(StrEnum):
    """Why a row has another concept than its filer's; the first that applies counts."""

    NO_CONCEPT = "our taxonomy has no such concept"
    NEAR = "near synonyms (`families.csv`)"
    BOTH = "other filers use both concepts for this caption"
    ALONE = "no other filer uses the concept for this caption"
    UNUSUAL = "other filers use the concept for this caption, but not the one given"
    RARE = "the caption is new, or stands in fewer than three statements of others"


@dataclass(slots=True)
class Counts:
    """Numbers of values: all, those of companies' own elements, and those that each table counts."""

    values: int = 0
    own: int = 0
    strict: Counter[int] = field(default_factory=Counter)
    near: Counter[int] = field(default_factory=Counter)
    causes: Counter[Cause] = field(default_factory=Counter)


def count(statements: Sequence[TaggedStatement], guesser: Guesser, elements: Mapping[Key, Counter[str]]) -> Counts:
    """Map statements and count; `elements` are what the companies learned from mean by each caption."""
    counts = Counts()
    for tagged in statements:
        statement = statement_of(tagged)
        candidates = _candidates(guesser, tagged)
        for row, names, given in zip(tagged.rows, candidates, all_steps(guesser, statement), strict=True):
            counts.values += row.count
            if not row.accepted:
                counts.own += row.count
                continue
            for number in CANDIDATES:
                first = names[:number]
                counts.strict[number] += row.count * any(name in row.accepted for name in first)
                counts.near[number] += row.count * any(is_near(name, row.accepted) for name in first)
            if given not in row.accepted:
                cause = _cause(row, given, elements.get((tagged.kind, normalised(row.label)), Counter()))
                counts.causes[cause] += row.count
    return counts


def _candidates(guesser: Guesser, tagged: TaggedStatement) -> list[list[str]]:
    """Return the likeliest concepts of each row in its place."""
    model = guesser.model
    rows = rows_in_context(guesser, statement_of(tagged))
    return [
        [model.concepts[row.guess.likeliest[family]] for family, _ in ranked if family != model.none]
        for row, ranked in zip(rows, rank_rows(guesser, rows, rows), strict=True)
    ]


def _cause(row: Row, given: str | None, elements: Counter[str]) -> Cause:
    """Return why a row has another concept than its filer's."""
    if not row.accepted & load_taxonomy().concepts.keys():
        return Cause.NO_CONCEPT
    if is_near(given, row.accepted):
        return Cause.NEAR
    if elements.total() < SEEN:
        return Cause.RARE
    if not any(elements[name] for name in row.accepted):
        return Cause.ALONE
    return Cause.BOTH if elements[given or ""] else Cause.UNUSUAL


def oracle_table(counts: Sequence[Counts]) -> Iterator[str]:
    """Yield a row for each number of candidates: the values right if the best was chosen, strictly and by family."""
    values, own = sum(one.values for one in counts), sum(one.own for one in counts)
    yield "| candidates | strict | by family |"
    yield "|---|---|---|"
    for number in CANDIDATES:
        strict, near = sum(one.strict[number] for one in counts), sum(one.near[number] for one in counts)
        yield f"| {number} | {(strict + own) / values:.3f} | {(near + own) / values:.3f} |"


def causes_table(counts: Sequence[Counts]) -> Iterator[str]:
    """Yield a row for each cause of mistakes: its share of all values and of the mistakes."""
    values = sum(one.values for one in counts)
    mistakes = sum(one.causes.total() for one in counts)
    yield "| mistakes | of all values | of the mistakes |"
    yield "|---|---|---|"
    for cause in Cause:
        share = sum(one.causes[cause] for one in counts)
        yield f"| {cause} | {share / values:.3f} | {share / mistakes:.2f} |"


def counts_of(folder: Path, models: Path, rotations: Collection[int]) -> list[Counts]:
    """Return the counts of each rotation."""
    statements, labels = read_statements(folder), read_labels(folder)
    results = []
    for rotation in rotations:
        tested = {rotation, (rotation + 1) % len(FOLDS)}
        elements = elements_of(labels, [fold for fold in FOLDS if fold not in tested])
        guesser = Guesser(parse_model((models / f"rotation-{rotation}.bin").read_bytes()))
        results.append(count([one for one in statements if one.fold in tested], guesser, elements))
    return results


def main() -> None:
    """Print the tables, and write them into a page."""
    parser = argparse.ArgumentParser(description="Measure what a better choice among the candidates could reach.")
    parser.add_argument("folder", type=Path, help="the corpus, see benchmarks/corpus.py")
    parser.add_argument("--models", type=Path, required=True, help="folder of the rotations' models")
    parser.add_argument("--rotations", type=int, nargs="+", default=[0, 3], choices=FOLDS, metavar="FOLD")
    parser.add_argument("--page", type=Path, help="page to write the tables into")
    options = parser.parse_args()
    counts = counts_of(options.folder, options.models, options.rotations)
    texts = {"oracle": "\n".join(oracle_table(counts)), "mistakes": "\n".join(causes_table(counts))}
    print("\n\n".join(texts.values()))
    if options.page is not None:
        options.page.write_text(filled(options.page.read_text(encoding="utf-8"), texts), encoding="utf-8")


if __name__ == "__main__":
    main()
