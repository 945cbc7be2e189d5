"""Train the mapper: labels and tagged statements -> taxonomy/mapper.bin.

usage: python benchmarks/train_mapper.py FOLDER [-o FILE]

FOLDER holds the material that benchmarks/corpus.py describes. Needs numpy and scipy, and a few minutes.
Two log-linear models are fitted, each a table of features with the classes they speak for:

1. captions: which concept a caption means by itself, from the labels, the taxonomy's own labels and
   benchmarks/older_captions.csv;
2. contexts: how its surroundings change that, from the whole statements. What it is given of a caption comes from a
   caption model that has not seen the company, as it will be with every new filing.
"""

import argparse
import csv
import itertools
import math
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import scipy.optimize
import scipy.sparse
from corpus import FOLDS, Label, Row, Tagged, read_labels, read_statements

from converter.mapping.captions import Caption, caption_features, read_caption
from converter.mapping.context import RowInContext, context_features
from converter.mapping.guess import Guesser, space_of
from converter.mapping.weights import SCALE, Model, WeightTable, dump_model
from converter.statements.model import StatementKind, UnitKind
from converter.taxonomy import load_taxonomy

NONE = ""
FITTED_TYPES = {
    "monetaryItemType": UnitKind.MONETARY,
    "sharesItemType": UnitKind.SHARES,
    "perShareItemType": UnitKind.PER_SHARE,
}
TOTALS = [
    "Assets",
    "AssetsCurrent",
    "AssetsNoncurrent",
    "LiabilitiesCurrent",
    "LiabilitiesNoncurrent",
    "Liabilities",
    "LiabilitiesAndStockholdersEquity",
    "StockholdersEquity",
    "PropertyPlantAndEquipmentNet",
    "PropertyPlantAndEquipmentGross",
    "NetCashProvidedByUsedInOperatingActivities",
    "NetCashProvidedByUsedInInvestingActivities",
    "NetCashProvidedByUsedInFinancingActivities",
    "NetCashProvidedByUsedInOperatingActivitiesContinuingOperations",
    "NetCashProvidedByUsedInInvestingActivitiesContinuingOperations",
    "NetCashProvidedByUsedInFinancingActivitiesContinuingOperations",
    "CashAndCashEquivalentsPeriodIncreaseDecrease",
    "IncreaseDecreaseInOperatingCapital",
    "Revenues",
    "CostOfRevenue",
    "GrossProfit",
    "CostsAndExpenses",
    "OperatingExpenses",
    "OperatingIncomeLoss",
    "NonoperatingIncomeExpense",
    "IncomeTaxExpenseBenefit",
    "IncomeLossFromContinuingOperationsBeforeIncomeTaxesExtraordinaryItemsNoncontrollingInterest",
    "IncomeLossFromContinuingOperations",
    "IncomeLossFromContinuingOperationsIncludingPortionAttributableToNoncontrollingInterest",
    "IncomeLossFromDiscontinuedOperationsNetOfTax",
    "NetIncomeLoss",
    "EarningsPerShareBasic",
    "EarningsPerShareDiluted",
    "EarningsPerShareBasicAndDiluted",
    "WeightedAverageNumberOfSharesOutstandingBasic",
    "WeightedAverageNumberOfDilutedSharesOutstanding",
    "InterestAndDividendIncomeOperating",
    "InterestExpense",
    "InterestIncomeExpenseNet",
    "InterestIncomeExpenseAfterProvisionForLoanLoss",
    "NoninterestIncome",
    "NoninterestExpense",
    "BenefitsLossesAndExpenses",
]
"""What parts a statement into zones."""
MARKS = [
    "AssetsCurrent",
    "LiabilitiesCurrent",
    "Liabilities",
    "GrossProfit",
    "CostsAndExpenses",
    "OperatingExpenses",
    "OperatingIncomeLoss",
    "NonoperatingIncomeExpense",
    "InterestAndDividendIncomeOperating",
    "PolicyholderBenefitsAndClaimsIncurredNet",
    "PremiumsEarnedNet",
    "MinorityInterest",
    "Deposits",
    "ElectricUtilityRevenue",
    "RealEstateInvestmentPropertyNet",
    "PartnersCapital",
    "UtilitiesOperatingExpenseMaintenanceAndOperations",
    "NetIncomeLossAttributableToNoncontrollingInterest",
    "CostOfRevenue",
    "InventoryNet",
    "InterestIncomeExpenseNet",
    "IncomeLossFromDiscontinuedOperationsNetOfTax",
    "OilAndGasRevenue",
    "RetainedEarningsAccumulatedDeficit",
    "TreasuryStockValue",
    "PreferredStockValue",
    "IncreaseDecreaseInInventories",
    "ProvisionForLoanAndLeaseLosses",
]
"""What tells the industry and the layout of a statement wherever it stands."""

CAPTION_PENALTY, CAPTION_ROUNDS = 1.0, 60
CONTEXT_PENALTY, CONTEXT_ROUNDS = 8.0, 60
CANDIDATES = 50
FEW, AGREED = 3, 0.9
"""How many filers, and which share of them, say more of the sign of a concept than its balance."""
OLDER_WEIGHT = 60
"""How often a caption of benchmarks/older_captions.csv counts as seen: it stands for the filings before 2001."""

Example = tuple[Sequence[str], Mapping[int, float], Sequence[tuple[int, float]], float]
"""Features; how often each class was right; candidates with what is known of them beforehand; weight."""


@dataclass(frozen=True, slots=True)
class Material:
    """What is learned from; `seeds` are captions of our own: (statement, unit, caption, concept, weight)."""

    labels: Sequence[Label]
    statements: Sequence[Tagged]
    seeds: Sequence[tuple[StatementKind, UnitKind, str, str, int]]


def read_material(folder: Path) -> Material:
    """The labels and statements of a folder, the labels of the taxonomy and the captions of older filings."""
    return Material(read_labels(folder), read_statements(folder), [*_taxonomy_labels(), *_older_captions()])


def _taxonomy_labels() -> Iterable[tuple[StatementKind, UnitKind, str, str, int]]:
    for concept in load_taxonomy().concepts.values():
        unit = FITTED_TYPES.get(concept.item_type)
        if unit is None or concept.name.startswith("LineItem"):
            continue
        texts = {concept.label, concept.total_label, concept.negated_label, concept.terse_label} - {"", None}
        for kind in StatementKind:
            if kind in concept.statements:
                yield from ((kind, unit, text, concept.name, 1) for text in sorted(texts))


def _older_captions() -> Iterable[tuple[StatementKind, UnitKind, str, str, int]]:
    path = Path(__file__).with_name("older_captions.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield StatementKind(row["statement"]), unit_of(row["concept"]), row["caption"], row["concept"], OLDER_WEIGHT


def unit_of(concept: str) -> UnitKind:
    """What a concept of the taxonomy counts; money for one that is not there."""
    known = load_taxonomy().concepts.get(concept)
    return FITTED_TYPES.get(known.item_type, UnitKind.PURE) if known else UnitKind.MONETARY


def families_of(statements: Iterable[Tagged]) -> dict[str, str]:
    """Concept -> name of its family: concepts accepted for the same row stand for each other."""
    chief: dict[str, str] = {}
    for statement in statements:
        for row in statement.rows:
            heads = {chief.get(name, name) for name in row.accepted}
            if len(row.accepted) > 1:
                first = min(heads)
                chief.update(dict.fromkeys(row.accepted, first))
                chief.update({name: first for name, head in chief.items() if head in heads})
    return chief


def train(material: Material, folds: Collection[int], say: Callable[[str], None] = lambda _: None) -> Model:
    """The model that these folds of companies teach."""
    bare = _bare_model(_of_folds(material, folds))
    unseen: dict[int, Guesser] = {}
    for fold in folds:
        unseen[fold] = Guesser(replace(bare, captions=train_captions(material, [f for f in folds if f != fold], bare)))
        say(f"captions without fold {fold}")
    contexts, weights = train_contexts(material, unseen, bare)
    say("contexts")
    captions = train_captions(material, folds, bare)
    say("captions")
    return replace(bare, captions=captions, contexts=contexts, caption_weights=weights)


def _of_folds(material: Material, folds: Collection[int]) -> Material:
    """The material without all that comes from companies of other folds."""
    labels = [
        replace(label, counts=tuple(n if fold in folds else 0 for fold, n in enumerate(label.counts)))
        for label in material.labels
    ]
    return replace(material, labels=labels, statements=[one for one in material.statements if one.fold in folds])


def _bare_model(material: Material) -> Model:
    chief = families_of(material.statements)
    concepts = [c.name for c in load_taxonomy().concepts.values() if c.item_type in FITTED_TYPES]
    names = [name for name in concepts if not name.startswith("LineItem")] + [NONE]
    numbers = {family: i for i, family in enumerate(dict.fromkeys(chief.get(name, name) for name in names))}
    families = {name: numbers[chief.get(name, name)] for name in names}
    return Model(
        concepts=tuple(names),
        families=tuple(families.values()),
        totals=frozenset(families[name] for name in TOTALS),
        marks=frozenset(families[name] for name in MARKS),
        deducting=frozenset(_deducting(material.labels)),
        caption_weights=(1.0, 1.0),
        captions=WeightTable.of({}),
        contexts=WeightTable.of({}),
    )


def _deducting(labels: Iterable[Label]) -> Iterable[str]:
    """Concepts that count against cash: a credit takes from a debit (XBRL 2.1, 5.1.1.2), and cash is one.

    A third of the filers leave an increase of an asset with the sign of its print, so a majority proves little; only
    where nearly all of them print a concept the other way does it stand elsewhere than in the flows of cash.
    """
    negated: Counter[str] = Counter()
    printed: Counter[str] = Counter()
    for label in labels:
        if label.kind is StatementKind.CASH_FLOW and label.element:
            printed[label.element] += sum(label.counts)
            negated[label.element] += sum(label.counts) * label.negated
    for name, concept in load_taxonomy().concepts.items():
        share = negated[name] / printed[name] if printed[name] >= FEW else 0.5
        if share > AGREED if concept.balance != "credit" else share >= 1 - AGREED:
            yield name


def train_captions(material: Material, folds: Collection[int], bare: Model) -> WeightTable:
    """The table of captions, from the labels of these folds."""
    numbers = {name: i for i, name in enumerate(bare.concepts)}
    seen: dict[tuple[str, Caption], Counter[int]] = defaultdict(Counter)
    own = own_captions(material)
    for label in material.labels:
        if count := sum(label.counts[fold] for fold in folds):
            name = label.element if label.element in numbers else NONE
            unit = unit_of(name) if name else UnitKind.PER_SHARE if "per share" in label.text else UnitKind.MONETARY
            key = space_of(label.kind, unit), read_caption(label.text, unit)
            seen[key][numbers[name or own.get(key, NONE)]] += count
    for kind, unit, text, name, weight in material.seeds:
        seen[space_of(kind, unit), read_caption(text, unit)][numbers[name]] += weight
    examples: list[Example] = [
        ([space + feature for feature in caption_features(caption)], counts, (), float(sum(counts.values())))
        for (space, caption), counts in seen.items()
        if caption.words
    ]
    counts = _counts(examples)
    table, _ = fit(_with_candidates(examples, counts), _links(counts), CAPTION_PENALTY, CAPTION_ROUNDS)
    return WeightTable.of(table)


def own_captions(material: Material) -> dict[tuple[str, Caption], str]:
    """What captions mean for which filers of 2010 had to make an element of their own, and the taxonomy has one."""
    return {
        (space_of(kind, unit), read_caption(text, unit)): name
        for kind, unit, text, name, weight in material.seeds
        if weight == OLDER_WEIGHT
    }


def train_contexts(
    material: Material, guessers: Mapping[int, Guesser], bare: Model
) -> tuple[WeightTable, tuple[float, float]]:
    """The table of contexts and the two weights of a caption's guess; `guessers` by the fold they have not seen."""
    examples: list[Example] = []
    own = own_captions(material)
    for number, statement in enumerate(material.statements):
        if statement.fold in guessers:
            rows = with_cash_rows(statement) if number % 2 else statement.rows
            places = places_of(statement.kind, rows, guessers[statement.fold])
            for row, place, features in zip(rows, places, context_features(bare, places), strict=True):
                if place.guess.families:
                    accepted = row.accepted or frozenset([own.get((place.space, place.caption), NONE)])
                    examples.append((features, _targets(accepted, bare), place.guess.families, 1.0))
    links = _links(_counts(examples))
    table, weights = fit(examples, links, CONTEXT_PENALTY, CONTEXT_ROUNDS, bare.none)
    return WeightTable.of(table), weights


def with_cash_rows(statement: Tagged) -> tuple[Row, ...]:
    """The statement with the cash at the beginning and the end of the period, which the material leaves out."""
    if statement.kind is not StatementKind.CASH_FLOW:
        return statement.rows
    name = "CashAndCashEquivalentsAtCarryingValue"
    cash = [
        Row(f"Cash and cash equivalents at {when} of period", frozenset([name]), UnitKind.MONETARY, ())
        for when in ("beginning", "end")
    ]
    change = "CashAndCashEquivalentsPeriodIncreaseDecrease"
    at = next((i + 1 for i, row in enumerate(statement.rows) if change in row.accepted), len(statement.rows))
    return (*statement.rows[:at], *cash, *statement.rows[at:])


def places_of(kind: StatementKind, rows: Iterable[Row], guesser: Guesser) -> list[RowInContext]:
    """The rows as the context features want them."""
    places = []
    for row in rows:
        caption = read_caption(row.label, row.unit)
        space = space_of(kind, row.unit)
        places.append(RowInContext(space, caption, guesser.guess(space, caption)))
    return places


def _targets(accepted: Collection[str], model: Model) -> dict[int, float]:
    numbers = dict(zip(model.concepts, model.families, strict=True))
    return {numbers[name]: 1.0 for name in accepted if name in numbers} or {model.none: 1.0}


def _counts(examples: Iterable[Example]) -> dict[str, dict[int, float]]:
    """Feature -> class -> how often they occur together."""
    counts: dict[str, dict[int, float]] = {}
    for features, right, _, _ in examples:
        for feature in features:
            classes = counts.setdefault(feature, {})
            for number, times in right.items():
                classes[number] = classes.get(number, 0.0) + times
    return {feature: classes for feature, classes in counts.items() if sum(classes.values()) >= 2}


def _links(counts: Mapping[str, Mapping[int, float]]) -> dict[str, dict[int, int]]:
    """Feature -> class -> number of the weight, for every pair that occurs."""
    number = itertools.count()
    return {feature: {name: next(number) for name in classes} for feature, classes in counts.items()}


def _with_candidates(examples: Sequence[Example], counts: Mapping[str, Mapping[int, float]]) -> list[Example]:
    """The examples, each with the classes that its features speak for most clearly, and those that are right."""
    clear = {}
    for feature, classes in counts.items():
        total = sum(classes.values())
        clear[feature] = {number: times * math.log1p(times) / total for number, times in classes.items()}
    filled = []
    for features, right, _, weight in examples:
        scores: dict[int, float] = {}
        for feature in features:
            for number, score in clear.get(feature, {}).items():
                scores[number] = scores.get(number, 0.0) + score
        best = sorted(scores, key=lambda number: (-scores[number], number))[:CANDIDATES]
        best += [number for number in right if number in scores and number not in best]
        filled.append((features, right, [(number, 0.0) for number in best], weight))
    return filled


def fit(
    examples: Iterable[Example], links: Mapping[str, Mapping[int, int]], penalty: float, rounds: int, none: int = -1
) -> tuple[dict[str, dict[int, int]], tuple[float, float]]:
    """Fit the conditional log-linear model: P(class) ~ exp(sum of its weights + known share * its weight).

    Gives the weights in units of 1/SCALE, and the weight of what is known beforehand for a class and for `none`.
    """
    size = sum(len(classes) for classes in links.values()) + 2
    lengths, starts, targets, weights = [], [], [], []
    columns, values = array("i"), array("f")
    for features, right, candidates, weight in examples:
        total = sum(right.get(number, 0.0) for number, _ in candidates)
        if not total:
            continue
        starts.append(len(lengths))
        linked = [links[feature] for feature in features if feature in links]
        for number, known in candidates:
            pairs = [classes[number] + 2 for classes in linked if number in classes]
            columns.extend(pairs)
            columns.append(1 if number == none else 0)
            values.extend([1.0] * len(pairs))
            values.append(known)
            lengths.append(len(pairs) + 1)
            targets.append(right.get(number, 0.0) / total)
            weights.append(weight)
    matrix = scipy.sparse.csr_matrix(
        (
            np.frombuffer(values, np.float32),
            np.frombuffer(columns, np.int32),
            np.concatenate([[0], np.cumsum(lengths)]),
        ),
        shape=(len(lengths), size),
    )
    found = _minimise(matrix, np.array(starts), np.array(targets), np.array(weights), penalty, rounds)
    whole = np.clip(np.rint(found * SCALE), -127, 127).astype(int)
    table = {f: {n: int(whole[w + 2]) for n, w in classes.items() if whole[w + 2]} for f, classes in links.items()}
    return {f: classes for f, classes in table.items() if classes}, (round(found[0], 4), round(found[1], 4))


def _minimise(
    matrix: "scipy.sparse.csr_matrix",
    starts: "np.ndarray",
    targets: "np.ndarray",
    weights: "np.ndarray",
    penalty: float,
    rounds: int,
) -> "np.ndarray":
    """L-BFGS on the penalised log-likelihood; rows of the matrix are candidates, `starts` begin the examples."""
    turned = matrix.T.tocsr()
    example = np.repeat(np.arange(len(starts)), np.diff([*starts, matrix.shape[0]]))
    strength = np.full(matrix.shape[1], penalty)
    strength[:2] = 1e-3

    def loss(w: "np.ndarray") -> "tuple[float, np.ndarray]":
        logits = (matrix @ w.astype(np.float32)).astype(float)
        logits -= np.maximum.reduceat(logits, starts)[example]
        odds = np.exp(logits)
        whole = np.add.reduceat(odds, starts)[example]
        likelihood = (weights * targets * (logits - np.log(whole))).sum()
        slope = turned @ (weights * (odds / whole - targets)).astype(np.float32)
        return -likelihood + 0.5 * (strength * w * w).sum(), slope.astype(float) + strength * w

    first = np.zeros(matrix.shape[1])
    first[:2] = 1.0
    return scipy.optimize.minimize(loss, first, jac=True, method="L-BFGS-B", options={"maxiter": rounds}).x


def main() -> None:
    """Train on all folds and write the model."""
    parser = argparse.ArgumentParser(description="Train the mapper.")
    parser.add_argument("folder", type=Path, help="the material, see benchmarks/corpus.py")
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).parents[1] / "taxonomy" / "mapper.bin")
    options = parser.parse_args()
    model = train(read_material(options.folder), FOLDS, lambda text: print(text, file=sys.stderr))
    data = dump_model(model)
    options.output.write_bytes(data)
    print(f"{options.output}: {len(data):,} bytes, {len(model.concepts)} concepts", file=sys.stderr)


if __name__ == "__main__":
    main()
