"""Measure the mapper on companies that it was not trained on, beside two baselines; print Markdown tables.

usage: python benchmarks/mapping_accuracy.py FOLDER [--rotations 0 3] [--models DIR] [--releases DIR] [--page PAGE]

FOLDER is the corpus that benchmarks/corpus.py describes. Rotation i trains on all folds of companies except i and i+1,
and tests on those two. Training takes about three minutes; with --models the models are saved and used again. With
--releases, whole releases of the tested folds are converted as `convert` does it, with printed signs and headings, and
scored with signs (benchmarks/scoring.py). The labelled statements of 1993 to 2009 in `training/` are scored beside them
(benchmarks/older_accuracy.py). With --page the tables replace those between the marks `<!-- scores: NAME -->` and
`<!-- end -->` of a page, docs/mapping.md. Needs numpy, scipy and scikit-learn.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from unittest.mock import patch

from baselines import Key, by_lexicon, by_neighbours, elements_of, normalised
from corpus import FOLDS, Row, TaggedStatement, read_gold
from families import is_near
from older_accuracy import OlderOutcome, older_outcomes, older_reliability, older_table
from scoring import Score, read_period, score_release
from train_mapper import Corpus, read_corpus, train

from converter.filing.lines import TextSpan
from converter.filing.reader import NotAReport
from converter.mapping import map_statement
from converter.mapping.choice import MIN_CONFIDENCE
from converter.mapping.guess import Guesser
from converter.mapping.weights import dump_model, parse_model
from converter.pipeline import read_data
from converter.statements.model import PRIMARY_KINDS, Column, Figure, LineItem, Statement, StatementKind, UnitKind
from converter.sums.arithmetic import Sum, find_sums
from converter.vocabulary.amounts import Amount

THRESHOLDS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6)
BANDS = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
_NO_SPAN = TextSpan(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for a row.

    `values` is the number of its values; `standard` means that a standard element fits it; `concept` and `confidence`
    are its mapping; `right` by an accepted element, `near` by a near synonym of one (taxonomy/families.csv). `lexicon`
    and `neighbours`: whether the baselines have an accepted element.
    """

    kind: StatementKind
    industry: str
    values: int
    standard: bool
    concept: str | None
    confidence: float
    right: bool
    near: bool
    lexicon: bool
    neighbours: bool


@dataclass(frozen=True, slots=True)
class Result:
    """The results of one rotation.

    The keys of `outcomes` and `older` are thresholds of confidence. `releases` is with MIN_CONFIDENCE.
    """

    rotation: int
    outcomes: dict[float, list[Outcome]]
    releases: Score
    older: dict[float, list[OlderOutcome]]


@dataclass(frozen=True, slots=True)
class Sample:
    """A tagged statement, the same statement as input of the mapper, and its sums."""

    tagged: TaggedStatement
    statement: Statement
    sums: Sequence[Sum]


@dataclass(frozen=True, slots=True)
class Release:
    """The file of a release, and its gold statements."""

    path: Path
    gold: Sequence[TaggedStatement]


def measure(
    corpus: Corpus, rotation: int, models: Path | None, releases: Path | None, thresholds: Sequence[float]
) -> Result:
    """Train, unless the model is saved in `models`, and test."""
    test_folds = {rotation, (rotation + 1) % len(FOLDS)}
    training_folds = [fold for fold in FOLDS if fold not in test_folds]
    guesser = _guesser(corpus, training_folds, models and models / f"rotation-{rotation}.bin")
    statements = [statement for statement in corpus.statements if statement.fold in test_folds]
    counts = elements_of(corpus.labels, training_folds)
    baselines = by_lexicon(counts, statements), by_neighbours(counts, statements)
    samples = [_sample(tagged) for tagged in statements]
    older = [one for one in corpus.older if one.fold in test_folds]
    test_releases = list(_releases(releases, test_folds)) if releases is not None else []
    return Result(
        rotation,
        {threshold: list(_outcomes(samples, guesser, baselines, threshold)) for threshold in thresholds},
        _score(test_releases, guesser, MIN_CONFIDENCE),
        {threshold: list(older_outcomes(older, guesser, threshold)) for threshold in thresholds},
    )


def _sample(tagged: TaggedStatement) -> Sample:
    statement = statement_of(tagged)
    return Sample(tagged, statement, find_sums(statement.items, statement.kind))


def _guesser(corpus: Corpus, folds: Sequence[int], model_file: Path | None) -> Guesser:
    if model_file is not None and model_file.exists():
        return Guesser(parse_model(model_file.read_bytes()))
    model = train(corpus, folds, lambda text: print(text, file=sys.stderr))
    if model_file is not None:
        model_file.parent.mkdir(parents=True, exist_ok=True)
        model_file.write_bytes(dump_model(model))
    return Guesser(model)


def statement_of(tagged: TaggedStatement) -> Statement:
    """Return a statement as if it were read from a document: its captions and values, without headings."""
    columns = tuple(Column(read_period(text), text) for text in tagged.periods)
    items = tuple(_item(row, tagged.scale) for row in tagged.rows)
    return Statement(tagged.kind, tagged.document, 0, "USD", columns, items)


def _item(row: Row, scale: Decimal) -> LineItem:
    factor = scale if row.unit in (UnitKind.MONETARY, UnitKind.SHARES) else Decimal(1)
    return LineItem(row.label, (), 0, False, row.unit, tuple(_figure(text, factor) for text in row.values), _NO_SPAN)


def _figure(text: str, factor: Decimal) -> Figure | None:
    if text == ".":
        return None
    value = Decimal(text)
    decimals = -int(value.as_tuple().exponent)
    return Figure(value * factor, decimals - factor.adjusted(), Amount(value, decimals), _NO_SPAN)


def _outcomes(
    samples: Sequence[Sample], guesser: Guesser, baselines: Sequence[Mapping[Key, str]], threshold: float
) -> Iterator[Outcome]:
    industries = _industries(sample.tagged for sample in samples)
    for sample in samples:
        mappings = map_statement(sample.statement, sample.sums, guesser, threshold)
        for row, mapping in zip(sample.tagged.rows, mappings, strict=True):
            given = mapping.concept
            yield Outcome(
                sample.tagged.kind,
                industries[sample.tagged.document],
                row.count,
                bool(row.accepted),
                given,
                mapping.confidence,
                given in row.accepted,
                is_near(given, row.accepted),
                *(elements.get((sample.tagged.kind, normalised(row.label))) in row.accepted for elements in baselines),
            )


_INDUSTRIES = {
    "banks": {"Deposits", "InterestAndDividendIncomeOperating", "ProvisionForLoanAndLeaseLosses"},
    "insurers": {"PremiumsEarnedNet", "PolicyholderBenefitsAndClaimsIncurredNet"},
    "utilities": {
        "ElectricUtilityRevenue",
        "RegulatoryAssetsNoncurrent",
        "PublicUtilitiesPropertyPlantAndEquipmentNet",
    },
    "oil and gas": {"OilAndGasRevenue", "ExplorationExpense", "OilAndGasPropertyFullCostMethodNet"},
}
"""Elements that only companies of these industries use."""


def _industries(statements: Iterable[TaggedStatement]) -> dict[str, str]:
    """Return the industry of each document, by the elements in it."""
    industries: dict[str, str] = {}
    for tagged in statements:
        names = {name for row in tagged.rows for name in row.accepted}
        found = next((industry for industry, marks in _INDUSTRIES.items() if names & marks), "others")
        if industries.get(tagged.document, "others") == "others":
            industries[tagged.document] = found
    return industries


def _releases(folder: Path, folds: set[int]) -> Iterator[Release]:
    for path in sorted(folder.glob("*.gold")):
        gold = read_gold(path)
        if gold and gold[0].fold in folds:
            yield Release(folder / gold[0].document, gold)


def _score(releases: Iterable[Release], guesser: Guesser, threshold: float) -> Score:
    total = Score()
    map_with_threshold = partial(map_statement, guesser=guesser, min_confidence=threshold)
    with patch("converter.mapping.statements.map_statement", map_with_threshold):
        for release in releases:
            try:
                report = read_data(release.path.read_bytes(), release.path.name).report
                total += score_release(release.gold, report)
            except NotAReport:
                total += Score(values=sum(row.count for statement in release.gold for row in statement.rows))
    return total


def tagged_share(outcomes: Sequence[Outcome], by: Callable[[Outcome], bool] = lambda outcome: outcome.right) -> float:
    """Return the share of values whose row is right, or is of a company's own element."""
    right = sum(outcome.values for outcome in outcomes if by(outcome) or not outcome.standard)
    return right / sum(outcome.values for outcome in outcomes)


def _shares(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield the shares of the baselines, and those of the mapper, strictly and by family."""
    yield f"{tagged_share(outcomes, lambda outcome: outcome.lexicon):.3f}"
    yield f"{tagged_share(outcomes, lambda outcome: outcome.neighbours):.3f}"
    yield f"{tagged_share(outcomes):.3f}"
    yield f"{tagged_share(outcomes, lambda outcome: outcome.near or outcome.right):.3f}"


def parts_table(results: Sequence[Result], threshold: float) -> Iterator[str]:
    """Yield a row for each statement and industry: the baselines, and the mapper strictly and by family."""
    outcomes = [outcome for result in results for outcome in result.outcomes[threshold]]
    yield "| rows | values | lexicon | neighbours | strict | by family |"
    yield "|---|---|---|---|---|---|"
    for name, part in _parts(outcomes).items():
        values = sum(outcome.values for outcome in part)
        yield f"| {name} | {values:,} | {' | '.join(_shares(part))} |"


def _parts(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    parts = {"all": list(outcomes)}
    parts |= {kind.words: [outcome for outcome in outcomes if outcome.kind is kind] for kind in PRIMARY_KINDS}
    parts |= {name: [outcome for outcome in outcomes if outcome.industry == name] for name in [*_INDUSTRIES, "others"]}
    return {name: part for name, part in parts.items() if part}


def accuracy_table(results: Sequence[Result], threshold: float) -> Iterator[str]:
    """Yield a row for each rotation: the baselines, the mapper without signs, and the releases with signs."""
    yield (
        "| tested folds | values | lexicon | neighbours | strict | by family "
        "| releases: values | tagged | wrong | but for signs |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for result in results:
        folds = f"{result.rotation}, {(result.rotation + 1) % len(FOLDS)}"
        yield _accuracy_row(folds, [result], threshold)
    if len(results) > 1:
        yield _accuracy_row("all of these", results, threshold)


def _accuracy_row(name: str, results: Sequence[Result], threshold: float) -> str:
    outcomes = [outcome for result in results for outcome in result.outcomes[threshold]]
    values = sum(outcome.values for outcome in outcomes)
    cells = [name, f"{values:,}", *_shares(outcomes), *_release_cells([result.releases for result in results])]
    return f"| {' | '.join(cells)} |"


def _release_cells(scores: Iterable[Score]) -> tuple[str, ...]:
    score = sum(scores, Score())
    if not score.values:
        return ("-",) * 4
    shares = (score.wrong / score.values, (score.wrong - score.turned) / score.values)
    return f"{score.values:,}", f"{score.tagged / score.values:.3f}", *(f"{share:.4f}" for share in shares)


def calibration_table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield a row for each band of confidence: how many mapped rows there are, and how many are right."""
    yield "| confidence | rows | of these a standard concept fits | right among them | right among all |"
    yield "|---|---|---|---|---|"
    for low, high in zip(BANDS, (*BANDS[1:], 1.01), strict=True):
        rows = [row for row in outcomes if row.concept is not None and low <= row.confidence < high]
        standard = [row for row in rows if row.standard]
        if rows:
            right = sum(row.right for row in standard)
            shares = f"{right / len(standard) if standard else 0:.3f} | {right / len(rows):.3f}"
            yield f"| {low:.2f} to {min(high, 1):.2f} | {len(rows):,} | {len(standard):,} | {shares} |"


def threshold_table(results: Sequence[Result]) -> Iterator[str]:
    """Yield a row for each threshold: how many rows are mapped, how many of them right; the same of older filings."""
    yield "| at least | rows mapped | right among them | tagged | older: tagged | wrong |"
    yield "|---|---|---|---|---|---|"
    for threshold in results[0].outcomes:
        outcomes = [outcome for result in results for outcome in result.outcomes[threshold]]
        mapped = [outcome for outcome in outcomes if outcome.concept is not None]
        standard = [outcome for outcome in mapped if outcome.standard]
        right = sum(outcome.right for outcome in standard) / len(standard)
        share = f"{len(mapped) / len(outcomes):.3f} | {right:.3f} | {tagged_share(outcomes):.3f}"
        older = [outcome for result in results for outcome in result.older[threshold]]
        older_right = sum(outcome.is_right for outcome in older) / len(older)
        older_wrong = sum(outcome.given is not None and not outcome.is_right for outcome in older) / len(older)
        yield f"| {threshold:.2f} | {share} | {older_right:.3f} | {older_wrong:.4f} |"


def main() -> None:
    """Measure the rotations and print the tables."""
    parser = argparse.ArgumentParser(description="Measure the mapper on companies that it was not trained on.")
    parser.add_argument("folder", type=Path, help="the corpus, see benchmarks/corpus.py")
    parser.add_argument("--rotations", type=int, nargs="+", default=[0, 3], choices=FOLDS, metavar="FOLD")
    parser.add_argument("--models", type=Path, help="folder to save the models of the rotations in")
    parser.add_argument("--releases", type=Path, help="folder of releases, NAME.txt with NAME.gold beside it")
    parser.add_argument("--page", type=Path, help="page to write the tables into")
    options = parser.parse_args()
    corpus = read_corpus(options.folder)
    thresholds = sorted({*THRESHOLDS, MIN_CONFIDENCE})
    results = []
    for rotation in options.rotations:
        results.append(measure(corpus, rotation, options.models, options.releases, thresholds))
        print(f"rotation {rotation} done", file=sys.stderr)
    texts = {name: "\n".join(table) for name, table in tables(results).items()}
    print("\n\n".join(f"{name}\n{text}" for name, text in texts.items()))
    if options.page is not None:
        options.page.write_text(filled(options.page.read_text(encoding="utf-8"), texts), encoding="utf-8")


def tables(results: Sequence[Result]) -> dict[str, Iterator[str]]:
    """Return the tables of docs/mapping.md by their names."""
    all_outcomes = [outcome for result in results for outcome in result.outcomes[0.0]]
    older = [outcome for result in results for outcome in result.older[MIN_CONFIDENCE]]
    older_likeliest = [outcome for result in results for outcome in result.older[0.0]]
    return {
        "accuracy": accuracy_table(results, MIN_CONFIDENCE),
        "parts": parts_table(results, MIN_CONFIDENCE),
        "older": older_table(older),
        "reliability": calibration_table(all_outcomes),
        "older reliability": older_reliability(older_likeliest, BANDS),
        "thresholds": threshold_table(results),
    }


def filled(page: str, texts: Mapping[str, str]) -> str:
    """Return a page with these tables between its marks; those of other names stay as they are."""
    marks = re.compile(r"(<!-- scores: ([a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)
    return marks.sub(lambda match: f"{match[1]}{texts[match[2]]}\n{match[3]}" if match[2] in texts else match[0], page)


if __name__ == "__main__":
    main()
