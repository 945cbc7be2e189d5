"""Measure the mapper on companies that it has not seen, beside two baselines, and print the tables as Markdown.

usage: python benchmarks/mapping_accuracy.py FOLDER [--rotations 0 3] [--models FOLDER] [--releases FOLDER]

FOLDER holds the material that benchmarks/corpus.py describes. Rotation i learns from all folds of companies but i
and i+1 and is tested on those two. A model takes some three minutes; with --models it is kept there for the next
time. With --releases, whole releases of the tested folds are read, mapped and reported as `convert` does it, with
printed signs and headings, and scored with signs (benchmarks/scoring.py). Needs numpy, scipy and scikit-learn.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from unittest.mock import patch

from baselines import by_lexicon, by_neighbours, elements_of, share_right
from corpus import FOLDS, Row, Tagged, read_gold
from scoring import Score, read_period, score_release
from train_mapper import Material, read_material, train

from converter.filing.lines import TextSpan
from converter.filing.reader import NotAReport
from converter.mapping import map_statement
from converter.mapping.choice import ENOUGH
from converter.mapping.guess import Guesser
from converter.mapping.weights import dump_model, parse_model
from converter.pipeline import read_data
from converter.statements.model import Column, Figure, LineItem, Statement, UnitKind
from converter.sums.arithmetic import Sum, find_sums
from converter.vocabulary.amounts import Amount

THRESHOLDS = (0.0, 0.15, 0.2, 0.25, 0.3, 0.4)
BANDS = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
_NOWHERE = TextSpan(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row: how many values it has, whether a standard element fits it at all, its mapping."""

    values: int
    standard: bool
    concept: str | None
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What one rotation measured; the keys of `outcomes` and `releases` are thresholds."""

    rotation: int
    lexicon: float
    neighbours: float
    outcomes: dict[float, list[Outcome]]
    releases: dict[float, Score]


def measure(
    material: Material, rotation: int, models: Path | None, releases: Path | None, thresholds: Sequence[float]
) -> Result:
    """Learn, unless a model is kept, and test."""
    tested = {rotation, (rotation + 1) % len(FOLDS)}
    taught = [fold for fold in FOLDS if fold not in tested]
    guesser = _guesser(material, taught, models and models / f"rotation-{rotation}.bin")
    statements = [statement for statement in material.statements if statement.fold in tested]
    seen = elements_of(material.labels, taught)
    lexicon = share_right(by_lexicon(seen, statements), statements)
    neighbours = share_right(by_neighbours(seen, statements), statements)
    pages = [(tagged, page, find_sums(page.items, page.kind)) for tagged in statements for page in [page_of(tagged)]]
    files = list(_releases(releases, tested)) if releases is not None else []
    return Result(
        rotation,
        lexicon.right / lexicon.values,
        neighbours.right / neighbours.values,
        {enough: list(_outcomes(pages, guesser, enough)) for enough in thresholds},
        {enough: _score(files, guesser, enough) for enough in thresholds if files},
    )


def _guesser(material: Material, taught: Sequence[int], kept: Path | None) -> Guesser:
    if kept is not None and kept.exists():
        return Guesser(parse_model(kept.read_bytes()))
    model = train(material, taught, lambda text: print(text, file=sys.stderr))
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(dump_model(model))
    return Guesser(model)


def page_of(tagged: Tagged) -> Statement:
    """The statement as if it had been read from a page: its captions and values, but no headings."""
    columns = tuple(Column(read_period(text), text) for text in tagged.periods)
    items = tuple(_item(row, tagged.scale) for row in tagged.rows)
    return Statement(tagged.kind, tagged.document, 0, "USD", columns, items)


def _item(row: Row, scale: Decimal) -> LineItem:
    factor = scale if row.unit in (UnitKind.MONETARY, UnitKind.SHARES) else Decimal(1)
    return LineItem(row.label, (), 0, False, row.unit, tuple(_figure(text, factor) for text in row.values), _NOWHERE)


def _figure(text: str, factor: Decimal) -> Figure | None:
    if text == ".":
        return None
    value = Decimal(text)
    places = -int(value.as_tuple().exponent)
    return Figure(value * factor, places - factor.adjusted(), Amount(value, places), _NOWHERE)


def _outcomes(
    pages: Iterable[tuple[Tagged, Statement, Sequence[Sum]]], guesser: Guesser, enough: float
) -> Iterator[Outcome]:
    for tagged, page, sums in pages:
        for row, found in zip(tagged.rows, map_statement(page, sums, guesser, enough), strict=True):
            right = found.concept in row.accepted
            yield Outcome(row.count, bool(row.accepted), found.concept, found.confidence, right)


def _releases(folder: Path, tested: set[int]) -> Iterator[tuple[Path, list[Tagged]]]:
    for path in sorted(folder.glob("*.gold")):
        gold = read_gold(path)
        if gold and gold[0].fold in tested:
            yield folder / gold[0].document, gold


def _score(files: Iterable[tuple[Path, list[Tagged]]], guesser: Guesser, enough: float) -> Score:
    total = Score()
    with patch("converter.pipeline.map_statement", partial(map_statement, guesser=guesser, enough=enough)):
        for path, gold in files:
            try:
                total += score_release(gold, read_data(path.read_bytes(), path.name).report)
            except NotAReport:
                total += Score(values=sum(row.count for statement in gold for row in statement.rows))
    return total


def tagged_share(outcomes: Sequence[Outcome]) -> float:
    """The share of values whose row has an accepted concept, or is of a company's own element."""
    right = sum(one.values for one in outcomes if one.right or not one.standard)
    return right / sum(one.values for one in outcomes)


def accuracy_table(results: Sequence[Result], enough: float) -> Iterator[str]:
    """A row for each rotation: the baselines, the mapper ignoring signs, and its releases with signs."""
    yield "| tested folds | values | lexicon | neighbours | mapper | releases: values | tagged | wrong |"
    yield "|---|---|---|---|---|---|---|---|"
    for result in results:
        folds = f"{result.rotation}, {(result.rotation + 1) % len(FOLDS)}"
        yield _accuracy_row(folds, [result], enough)
    if len(results) > 1:
        yield _accuracy_row("all of these", results, enough)


def _accuracy_row(name: str, results: Sequence[Result], enough: float) -> str:
    sizes = [sum(one.values for one in result.outcomes[enough]) for result in results]
    whole = sum(sizes)

    def mean(shares: Iterable[float]) -> str:
        return f"{sum(size * share for size, share in zip(sizes, shares, strict=True)) / whole:.3f}"

    cells = [
        name,
        f"{whole:,}",
        mean(result.lexicon for result in results),
        mean(result.neighbours for result in results),
        mean(tagged_share(result.outcomes[enough]) for result in results),
        *_release_cells([result.releases.get(enough, Score()) for result in results]),
    ]
    return f"| {' | '.join(cells)} |"


def _release_cells(scores: Iterable[Score]) -> tuple[str, str, str]:
    score = sum(scores, Score())
    if not score.values:
        return "-", "-", "-"
    return f"{score.values:,}", f"{score.tagged / score.values:.3f}", f"{score.wrong / score.values:.4f}"


def calibration_table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Rows that got a concept, by its confidence: how many it is right for."""
    yield "| confidence | rows | of these a standard concept fits | right among them | right among all |"
    yield "|---|---|---|---|---|"
    for low, high in zip(BANDS, (*BANDS[1:], 1.01), strict=True):
        rows = [one for one in outcomes if one.concept is not None and low <= one.confidence < high]
        standard = [one for one in rows if one.standard]
        if rows:
            right = sum(one.right for one in standard)
            shares = f"{right / len(standard) if standard else 0:.3f} | {right / len(rows):.3f}"
            yield f"| {low:.2f} to {min(high, 1):.2f} | {len(rows):,} | {len(standard):,} | {shares} |"


def threshold_table(results: Sequence[Result]) -> Iterator[str]:
    """For each threshold: what is mapped, how much of that is right, and what it means for whole releases."""
    yield "| at least | rows mapped | right among them | tagged | releases: tagged | wrong |"
    yield "|---|---|---|---|---|---|"
    for enough in results[0].outcomes:
        outcomes = [one for result in results for one in result.outcomes[enough]]
        mapped = [one for one in outcomes if one.concept is not None]
        standard = [one for one in mapped if one.standard]
        _, tagged, wrong = _release_cells(result.releases.get(enough, Score()) for result in results)
        right = sum(one.right for one in standard) / len(standard)
        share = f"{len(mapped) / len(outcomes):.3f} | {right:.3f} | {tagged_share(outcomes):.3f}"
        yield f"| {enough:.2f} | {share} | {tagged} | {wrong} |"


def main() -> None:
    """Measure the rotations asked for and print three tables."""
    parser = argparse.ArgumentParser(description="Measure the mapper on companies that it has not seen.")
    parser.add_argument("folder", type=Path, help="the material, see benchmarks/corpus.py")
    parser.add_argument("--rotations", type=int, nargs="+", default=[0, 3], choices=FOLDS, metavar="FOLD")
    parser.add_argument("--models", type=Path, help="folder that keeps the models of the rotations")
    parser.add_argument("--releases", type=Path, help="folder of releases, NAME.txt with NAME.gold beside it")
    options = parser.parse_args()
    material = read_material(options.folder)
    thresholds = sorted({*THRESHOLDS, ENOUGH})
    results = []
    for rotation in options.rotations:
        results.append(measure(material, rotation, options.models, options.releases, thresholds))
        print(f"rotation {rotation} done", file=sys.stderr)
    everything = [one for result in results for one in result.outcomes[0.0]]
    tables = (accuracy_table(results, ENOUGH), calibration_table(everything), threshold_table(results))
    print("\n\n".join("\n".join(table) for table in tables))


if __name__ == "__main__":
    main()
