"""Correct a mapper trained on statements of 2010 with the labelled statements of 1993 to 2009.

There is little material of those years. So what was learned of 2010 stays, and weights are fitted of whole captions
that nobody had in 2010; they correct the probabilities that follow from their words, as little as they can. The sum of
two log-linear models is one again: the corrections are added to the weights, and nothing is slower for it. Weights of
words and of contexts are not corrected: on companies not learned from that gained nothing, and on statements of 2010 it
made more concepts wrong.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from log_linear import Example, fit, number_weights
from msgspec.structs import replace
from older_statements import MISREAD, LabelledStatement, Reading, RowLabel

from converter.mapping.captions import NormalizedCaption, normalize_caption
from converter.mapping.guess import Guesser, space_of
from converter.mapping.weights import SCALE, Model, WeightTable, feature_key

PENALTY, ITERATIONS = 0.2, 60
ALSO = 0.25
"""What a concept counts that is accepted for a row beside the best one."""
LIKELY = 0.05
"""A class that the model of 2010 finds so likely may need correction."""
_LEAST = 1e-6

Weights = Mapping[str, Mapping[int, int]]
"""The weights of features by class, in units of 1/SCALE."""


def adapt(model: Model, older: Sequence[LabelledStatement]) -> Model:
    """Return a model corrected with these statements."""
    examples = list(_caption_examples(Guesser(model), older))
    corrections = _corrections(examples) if examples else {}
    return replace(model, captions=with_weights(model.captions, corrections))


def _corrections(examples: Sequence[Example]) -> Weights:
    """Fit the weights of features that correct the probabilities of the examples' candidates."""
    used: dict[str, dict[int, float]] = defaultdict(dict)
    for example in examples:
        wanted = [
            number for number, prior in example.candidates if number in example.targets or math.exp(prior) > LIKELY
        ]
        for feature in example.features:
            used[feature].update(dict.fromkeys(wanted, 1.0))
    return fit(examples, number_weights(used), PENALTY, ITERATIONS, fixed_prior=True).table


def _caption_examples(guesser: Guesser, older: Iterable[LabelledStatement]) -> Iterator[Example]:
    """Yield what each new caption of each company means; it counts once, however often the company printed it."""
    rows: dict[tuple[str, str, NormalizedCaption], list[Mapping[int, float]]] = defaultdict(list)
    for one in older:
        for item, label in zip(one.statement.items, one.labels, strict=True):
            if is_example(label):
                key = one.company, space_of(one.statement.kind, item.unit), normalize_caption(item.label, item.unit)
                rows[key].append(meanings(label, guesser.model))
    for (_, space, caption), meanings_of_rows in rows.items():
        feature = f"{space}={caption.phrase}"
        guess = guesser.guess(space, caption)
        if guess.members and not guesser.model.captions.weights_of(feature):
            targets: dict[int, float] = defaultdict(float)
            for shares in meanings_of_rows:
                for number, share in shares.items():
                    targets[number] += share / len(meanings_of_rows)
            candidates = {number: math.log(share + _LEAST) for number, share in guess.members.items()}
            candidates |= {number: math.log(_LEAST) for number in targets if number not in candidates}
            yield Example([feature], targets, list(candidates.items()), 1.0)


def is_example(label: RowLabel) -> bool:
    """Whether a row was read: of what a company prints again and again, only the first."""
    return label.reading in (Reading.READ, Reading.TWICE) and label.concept != MISREAD


def meanings(label: RowLabel, model: Model) -> dict[int, float]:
    """Return the share of each class in what a row means; concepts that the taxonomy lacks are none."""
    none = len(model.concepts) - 1
    shares: dict[int, float] = defaultdict(float)
    shares[model.numbers.get(label.concept, none)] += 1.0
    for name in sorted(label.also):
        if name in model.numbers:
            shares[model.numbers[name]] += ALSO
    total = sum(shares.values())
    return {number: share / total for number, share in shares.items()}


def log_weight(probability: float) -> int:
    """Return the logarithm of a probability as a weight, the least one that a table can have if it is less."""
    return max(-127, round(math.log(probability) * SCALE))


def with_weights(table: WeightTable, more: Weights) -> WeightTable:
    """Return a table with these weights added to its own."""
    keys, starts, classes, weights = table.arrays()
    sums = {
        key: dict(zip(classes[starts[i] : starts[i + 1]], weights[starts[i] : starts[i + 1]], strict=True))
        for i, key in enumerate(keys)
    }
    for feature, by_class in more.items():
        own = sums.setdefault(feature_key(feature), {})
        for number, weight in by_class.items():
            own[number] = max(-127, min(127, own.get(number, 0) + weight))
    return WeightTable.of_keys(sums)
