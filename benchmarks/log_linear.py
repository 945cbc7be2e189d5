"""Fit conditional log-linear models of features and classes. Needs numpy and scipy."""

import itertools
import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import scipy.optimize
import scipy.sparse

from converter.mapping.weights import SCALE

MAX_CANDIDATES = 50


class Example(NamedTuple):
    """A training example.

    `targets` has the number of times that each class was right; `candidates` are the possible classes with their prior
    probability.
    """

    features: Sequence[str]
    targets: Mapping[int, float]
    candidates: Sequence[tuple[int, float]]
    weight: float


def count_features(examples: Iterable[Example]) -> dict[str, dict[int, float]]:
    """Map each feature to its classes and how often they occur together; omit features that occur only once."""
    counts: dict[str, dict[int, float]] = {}
    for example in examples:
        for feature in example.features:
            classes = counts.setdefault(feature, {})
            for class_number, count in example.targets.items():
                classes[class_number] = classes.get(class_number, 0.0) + count
    return {feature: classes for feature, classes in counts.items() if sum(classes.values()) >= 2}


def number_weights(counts: Mapping[str, Mapping[int, float]]) -> dict[str, dict[int, int]]:
    """Assign a number to the weight of each pair of feature and class that occurs."""
    weight_number = itertools.count()
    return {
        feature: {class_number: next(weight_number) for class_number in classes} for feature, classes in counts.items()
    }


def with_candidates(examples: Sequence[Example], counts: Mapping[str, Mapping[int, float]]) -> list[Example]:
    """Return the examples with candidates: the classes that their features indicate most clearly, and the targets."""
    indications = {}
    for feature, classes in counts.items():
        total = sum(classes.values())
        indications[feature] = {number: count * math.log1p(count) / total for number, count in classes.items()}
    exampleswith_candidates = []
    for features, targets, _, weight in examples:
        scores: dict[int, float] = {}
        for feature in features:
            for number, score in indications.get(feature, {}).items():
                scores[number] = scores.get(number, 0.0) + score
        best = sorted(scores, key=lambda number: (-scores[number], number))[:MAX_CANDIDATES]
        best += [number for number in targets if number in scores and number not in best]
        exampleswith_candidates.append(Example(features, targets, [(number, 0.0) for number in best], weight))
    return exampleswith_candidates


class Fitted(NamedTuple):
    """A fitted model.

    `table` maps features to classes and their weights in units of 1/SCALE; `prior_weights` are the weights of the prior
    probability of a class and of `none`.
    """

    table: dict[str, dict[int, int]]
    prior_weights: tuple[float, float]


def fit(
    examples: Iterable[Example],
    weight_numbers: Mapping[str, Mapping[int, int]],
    penalty: float,
    iterations: int,
    none: int = -1,
    *,
    fixed_prior: bool = False,
) -> Fitted:
    """Fit the conditional log-linear model: P(class) ~ exp(sum of its weights + prior probability * its weight).

    With `fixed_prior` the weight of the prior probability is 1: what is fitted corrects another model's probabilities.
    """
    size = sum(len(classes) for classes in weight_numbers.values()) + 2
    lengths, starts, targets, weights = [], [], [], []
    columns, values = array("i"), array("f")
    for example in examples:
        total = sum(example.targets.get(number, 0.0) for number, _ in example.candidates)
        if not total:
            continue
        starts.append(len(lengths))
        known_features = [weight_numbers[feature] for feature in example.features if feature in weight_numbers]
        for number, prior in example.candidates:
            feature_columns = [classes[number] + 2 for classes in known_features if number in classes]
            columns.extend(feature_columns)
            columns.append(1 if number == none else 0)
            values.extend([1.0] * len(feature_columns))
            values.append(prior)
            lengths.append(len(feature_columns) + 1)
            targets.append(example.targets.get(number, 0.0) / total)
            weights.append(example.weight)
    matrix = scipy.sparse.csr_matrix(
        (
            np.frombuffer(values, np.float32),
            np.frombuffer(columns, np.int32),
            np.concatenate([[0], np.cumsum(lengths)]),
        ),
        shape=(len(lengths), size),
    )
    solution = _minimise(
        matrix, np.array(starts), np.array(targets), np.array(weights), penalty, iterations, fixed_prior
    )
    rounded = np.clip(np.rint(solution * SCALE), -127, 127).astype(int)
    table = {
        feature: {number: int(rounded[weight + 2]) for number, weight in classes.items() if rounded[weight + 2]}
        for feature, classes in weight_numbers.items()
    }
    table = {feature: classes for feature, classes in table.items() if classes}
    return Fitted(table, (round(solution[0], 4), round(solution[1], 4)))


def _minimise(
    matrix: "scipy.sparse.csr_matrix",
    starts: "np.ndarray",
    targets: "np.ndarray",
    weights: "np.ndarray",
    penalty: float,
    iterations: int,
    fixed_prior: bool,
) -> "np.ndarray":
    """Minimise the penalised negative log-likelihood with L-BFGS.

    The rows of the matrix are candidates; `starts` has the first row of each example.
    """
    transposed = matrix.T.tocsr()
    example = np.repeat(np.arange(len(starts)), np.diff([*starts, matrix.shape[0]]))
    penalties = np.full(matrix.shape[1], penalty)
    penalties[:2] = 1e-3

    def loss(w: "np.ndarray") -> "tuple[float, np.ndarray]":
        logits = (matrix @ w.astype(np.float32)).astype(float)
        logits -= np.maximum.reduceat(logits, starts)[example]
        odds = np.exp(logits)
        total = np.add.reduceat(odds, starts)[example]
        likelihood = (weights * targets * (logits - np.log(total))).sum()
        gradient = transposed @ (weights * (odds / total - targets)).astype(np.float32)
        gradient = gradient.astype(float) + penalties * w
        if fixed_prior:
            gradient[:2] = 0.0
        return -likelihood + 0.5 * (penalties * w * w).sum(), gradient

    initial = np.zeros(matrix.shape[1])
    initial[:2] = 1.0
    return scipy.optimize.minimize(loss, initial, jac=True, method="L-BFGS-B", options={"maxiter": iterations}).x
