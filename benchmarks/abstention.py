"""Compare measures of confidence: what each costs and avoids when rows that are not sure enough get no concept.

usage: python benchmarks/abstention.py FOLDER --models DIR [--rotations 0 1 3 5] [--page PAGE]

FOLDER is the corpus that benchmarks/corpus.py describes, DIR has the models that benchmarks/mapping_accuracy.py saves.
Every fold counts once, mapped with a model that was not trained on it; four rotations reach all seven. What a design
learns beside the model (a threshold for each concept, the weights of features) it learns of the other folds. Designs
are compared where they leave the same share of the values of 2010 right by family. *older* are the labelled rows of
1993 to 2009; *contradicted* are values of 2010 whose concept another row of the document has, with other values. Needs
numpy, scipy and scikit-learn.
"""

import argparse
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
from corpus import FOLDS, TaggedStatement, read_statements
from families import is_near
from mapping_accuracy import filled, statement_of
from older_accuracy import HEADLINES, OlderOutcome, older_outcomes
from older_statements import LabelledStatement, read_older_statements
from sklearn.linear_model import LogisticRegression

from converter.mapping import Mapping as RowMapping
from converter.mapping import choice, map_statement, mapper
from converter.mapping.alternatives import Alternatives, Confidence
from converter.mapping.guess import Guesser
from converter.mapping.weights import Model, parse_model
from converter.statements.model import StatementKind
from converter.sums.arithmetic import find_sums

LEAST = 0.1
"""The confidence at which rows are mapped; higher thresholds are applied to the results."""
LEVELS = (0.87, 0.86, 0.85)
OLDER_WEIGHT = 3.0
PRIOR_ROWS = 20.0
"""How many rows of any concept what is known of one concept is mixed with."""
_ALWAYS = 0.97


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of a row and its concept: probabilities of the concept's family and, by the caption, of it alone.

    `near` is that of the concept and its near synonyms, `rival` that of the likeliest other row, `none` that no concept
    fits. `shipped` is the confidence that all of these give in converter/mapping.
    """

    probability: float
    alone: float
    near: float
    rival: float
    none: float
    shipped: float


@dataclass(frozen=True, slots=True)
class Given:
    """A row that has a concept: what follows from it, by fold.

    `weight` is the number of values of a row of 2010; an older row has 0. `abstaining` means that it would be right
    without a concept. `features` are None where structure or sums have decided.
    """

    fold: int
    concept: str
    older: bool
    weight: int
    right: bool
    near: bool
    wrong: bool
    contradicted: bool
    abstaining: bool
    features: Features | None


@dataclass(slots=True)
class Results:
    """All rows with a concept, and the counts of the others: values right without one, and of all."""

    given: list[Given]
    values: int = 0
    free_values: int = 0
    older_rows: int = 0
    older_free: int = 0


class Recorder:
    """Keeps what the mapper chose from, to ask how sure it was."""

    def __init__(self) -> None:
        self._last: list[Features | None] = []

    def choose(
        self, model: Model, kind: StatementKind, options: Sequence[Alternatives], least: float
    ) -> list[choice.Choice]:
        """Choose as the mapper does."""
        choices = choice.choose(model, kind, options, least)
        confidence = Confidence(model, kind, options)
        self._last = [
            None if one.concept is None or option.verdict is not None else _features(model, confidence, i, option, one)
            for i, (option, one) in enumerate(zip(options, choices, strict=True))
        ]
        return choices

    def of(self, mappings: Sequence[RowMapping]) -> list[Features | None]:
        """Return the features of the rows of the statement mapped last; None for what structure and sums decided."""
        return [
            None
            if mapping.concept is None or not any("in its place" in text for text in mapping.evidence)
            else features
            for mapping, features in zip(mappings, self._last, strict=True)
        ]


def _features(
    model: Model, confidence: Confidence, row: int, option: Alternatives, chosen: choice.Choice
) -> Features | None:
    if chosen.concept is None:
        return None
    none = next((share for family, share in option.ranked if family == model.none), 0.0)
    return Features(
        chosen.probability,
        option.row.guess.members.get(chosen.concept, 0.0),
        confidence.near(row, chosen.concept),
        confidence.rival(row, chosen.concept),
        none,
        confidence.of(row, chosen.concept),
    )


def collect(
    statements: Iterable[TaggedStatement], older: Sequence[LabelledStatement], models: Path, rotations: Sequence[int]
) -> Results:
    """Map all statements, each with a model that does not know its company."""
    tested: dict[int, int] = {}
    for rotation in rotations:
        for fold in (rotation, (rotation + 1) % len(FOLDS)):
            tested.setdefault(fold, rotation)
    guessers = {i: Guesser(parse_model((models / f"rotation-{i}.bin").read_bytes())) for i in rotations}
    results = Results([])
    documents: dict[str, list[TaggedStatement]] = defaultdict(list)
    for tagged in statements:
        documents[tagged.document].append(tagged)
    for document in documents.values():
        if document[0].fold in tested:
            _add_document(results, document, guessers[tested[document[0].fold]])
    for fold, rotation in tested.items():
        _add_older(results, [one for one in older if one.fold == fold], guessers[rotation], fold)
    return results


def _add_document(results: Results, document: Sequence[TaggedStatement], guesser: Guesser) -> None:
    values_of: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for tagged in document:
        for row in tagged.rows:
            for name in row.accepted:
                values_of[name].add(row.values)
    recorder = Recorder()
    for tagged in document:
        statement = statement_of(tagged)
        with patch.object(mapper, "choose", recorder.choose):
            mappings = map_statement(statement, find_sums(statement.items, statement.kind), guesser, LEAST)
        for row, mapping, features in zip(tagged.rows, mappings, recorder.of(mappings), strict=True):
            name, own = mapping.concept, not row.accepted
            results.values += row.count
            results.free_values += row.count * own
            if name is not None:
                right, near = name in row.accepted, is_near(name, row.accepted)
                contradicted = not right and bool(values_of[name] - {row.values})
                wrong = not near and (bool(row.accepted) or contradicted)
                results.given.append(
                    Given(tagged.fold, name, False, row.count, right, near, wrong, contradicted, own, features)
                )


def _add_older(results: Results, older: Sequence[LabelledStatement], guesser: Guesser, fold: int) -> None:
    recorders: list[list[Features | None]] = []
    recorder = Recorder()

    def map_and_record(*arguments: object, **options: object) -> tuple[RowMapping, ...]:
        mappings = map_statement(*arguments, **options)  # type: ignore[arg-type]
        recorders.append(recorder.of(mappings))
        return mappings

    with patch.object(mapper, "choose", recorder.choose), patch("older_accuracy.map_statement", map_and_record):
        outcomes = list(older_outcomes(older, guesser, LEAST))
    known = [features for rows in recorders for features in rows]
    labels = [id(label) for one in older for label in one.labels]
    features_of = dict(zip(labels, known, strict=True))
    for outcome in outcomes:
        results.older_rows += 1
        if outcome.given is None:
            results.older_free += outcome.is_right
            continue
        right, abstaining = outcome.is_right, _without(outcome)
        features = features_of[id(outcome.label)]
        results.given.append(Given(fold, outcome.given, True, 0, right, right, not right, False, abstaining, features))


def _without(outcome: OlderOutcome) -> bool:
    return OlderOutcome(outcome.kind, outcome.year, outcome.label, None, 0.0).is_right


Scores = np.ndarray
Design = Callable[[Sequence[Given]], Scores]


def _of_features(value: Callable[[Features], float]) -> Design:
    return lambda rows: np.array([_ALWAYS if row.features is None else value(row.features) for row in rows])


def _logit(probability: float) -> float:
    probability = min(max(probability, 0.001), 0.999)
    return math.log(probability / (1 - probability))


def by_logistic_regression(rows: Sequence[Given]) -> Scores:
    """Return how likely each row is right by family, by all its features and weights learned of the other folds."""
    inputs = np.array(
        [
            [_logit(f.probability), _logit(f.alone), _logit(f.near), f.rival, _logit(f.none), 0.0]
            if (f := row.features)
            else [0.0, 0.0, 0.0, 0.0, 0.0, 1.0]
            for row in rows
        ]
    )
    targets = np.array([not row.wrong for row in rows])
    weights = np.array([OLDER_WEIGHT if row.older else float(row.near or row.wrong) for row in rows])
    scores = np.zeros(len(rows))
    folds = np.array([row.fold for row in rows])
    for fold in FOLDS:
        tested, others = folds == fold, (folds != fold) & (weights > 0)
        if tested.any():
            model = LogisticRegression(max_iter=1000).fit(inputs[others], targets[others], weights[others])
            scores[tested] = model.predict_proba(inputs[tested])[:, 1]
    return scores


def by_concept(base: Design) -> Design:
    """Return a design in which concepts that are often wrong need more: by their share of wrong rows in other folds."""

    def scores(rows: Sequence[Given]) -> Scores:
        found = base(rows)
        for fold in FOLDS:
            excess = _excess([row for row in rows if row.fold != fold and row.features is not None])
            for i, row in enumerate(rows):
                if row.fold == fold and row.features is not None:
                    found[i] -= 0.5 * excess.get(row.concept, 0.0)
        return found

    return scores


def _excess(rows: Sequence[Given]) -> Mapping[str, float]:
    """Return by how much the share of wrong rows of each concept exceeds that of all, shrunken to it."""
    counts = Counter(row.concept for row in rows)
    wrong = Counter(row.concept for row in rows if row.wrong)
    base = wrong.total() / counts.total()
    return {name: (wrong[name] + PRIOR_ROWS * base) / (count + PRIOR_ROWS) - base for name, count in counts.items()}


DESIGNS: dict[str, Design] = {
    "probability": _of_features(lambda features: features.probability),
    "probability, a threshold for each concept": by_concept(_of_features(lambda features: features.probability)),
    "with near synonyms": _of_features(lambda features: features.near),
    "with near synonyms and rivals, and half of *none* (taken)": _of_features(lambda features: features.shipped),
    "the same, a threshold for each concept": by_concept(_of_features(lambda features: features.shipped)),
    "logistic regression of all features": by_logistic_regression,
}


def table(results: Results) -> Iterator[str]:
    """Yield a row for each design and level."""
    yield "| design | 2010: by family | tagged | contradicted | older: tagged | wrong | headlines wrong |"
    yield "|---|---|---|---|---|---|---|"
    for name, design in DESIGNS.items():
        scores = design(results.given)
        for level in LEVELS:
            least = _threshold(results, scores, level)
            yield f"| {name} | {' | '.join(_cells(results, scores >= least))} |"


def _threshold(results: Results, scores: Scores, level: float) -> float:
    """Return the threshold at which that share of the values of 2010 is right by family."""
    order = np.argsort(-scores, kind="stable")
    near = np.array([row.weight * (row.near and not row.abstaining) for row in results.given])[order]
    reached = np.cumsum(near) + results.free_values >= level * results.values
    return float(scores[order][np.argmax(reached)] if reached.any() else scores.min())


def _cells(results: Results, kept: np.ndarray) -> Iterator[str]:
    rows = [row for row, keep in zip(results.given, kept, strict=True) if keep]
    dropped = [row for row, keep in zip(results.given, kept, strict=True) if not keep]
    for right in ("near", "right"):
        values = sum(row.weight for row in rows if getattr(row, right) and not row.abstaining)
        yield f"{(values + results.free_values) / results.values:.3f}"
    yield f"{sum(row.weight for row in rows if row.contradicted) / results.values:.4f}"
    older = [row for row in rows if row.older]
    tagged = results.older_free + sum(row.right for row in older) + sum(r.abstaining for r in dropped if r.older)
    yield f"{tagged / results.older_rows:.3f}"
    yield f"{sum(row.wrong for row in older) / results.older_rows:.4f}"
    headlines = [row for row in older if row.concept in HEADLINES]
    yield f"{sum(row.wrong for row in headlines)} of {len(headlines)}"


def main() -> None:
    """Print the table, and write it into a page."""
    parser = argparse.ArgumentParser(description="Compare measures of confidence on companies not seen before.")
    parser.add_argument("folder", type=Path, help="the corpus, see benchmarks/corpus.py")
    parser.add_argument("--models", type=Path, required=True, help="folder of the rotations' models")
    parser.add_argument("--rotations", type=int, nargs="+", default=[0, 1, 3, 5], choices=FOLDS, metavar="FOLD")
    parser.add_argument("--page", type=Path, help="page to write the table into")
    options = parser.parse_args()
    results = collect(read_statements(options.folder), read_older_statements(), options.models, options.rotations)
    text = "\n".join(table(results))
    print(text)
    if options.page is not None:
        page = options.page.read_text(encoding="utf-8")
        options.page.write_text(filled(page, {"abstention": text}), encoding="utf-8")


if __name__ == "__main__":
    main()
