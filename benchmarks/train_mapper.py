"""Train the mapper: labels and tagged statements -> taxonomy/mapper.bin.

usage: python benchmarks/train_mapper.py FOLDER [-o FILE]

FOLDER is the corpus that benchmarks/corpus.py describes. Needs numpy and scipy, and takes a few minutes. Two log-linear
models are fitted, each a table of features with weights for classes:

1. captions: which concept a caption alone means, from the labels, the taxonomy's own labels and
   benchmarks/older_captions.csv;
2. contexts: how the surrounding rows change that, from the whole statements. Its input is the guess of a caption model
   that was not trained on the company, because that is the situation with every new filing.

Then benchmarks/adapt_mapper.py corrects the first with the labelled statements of 1993 to 2009.
"""

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from adapt_mapper import adapt, log_weight, with_weights
from corpus import FOLDS, Label, Row, TaggedStatement, read_labels, read_statements
from log_linear import Example, count_features, fit, number_weights, with_candidates
from msgspec import structs
from older_statements import LabelledStatement, read_older_statements

from converter.mapping.captions import NormalizedCaption, caption_features, normalize_caption
from converter.mapping.context import RowInContext, context_features, places_of
from converter.mapping.guess import ANY_CAPTION, Guesser, space_of
from converter.mapping.weights import Model, WeightTable, dump_model
from converter.statements.model import PRIMARY_KINDS, StatementKind, UnitKind
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
"""Concepts that divide a statement into zones."""
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
"""Concepts that indicate the industry and the layout of a statement, regardless of their position."""

CAPTION_PENALTY, CAPTION_ITERATIONS = 1.0, 60
CONTEXT_PENALTY, CONTEXT_ITERATIONS = 8.0, 60
MIN_PRINTED, MIN_SHARE = 3, 0.9
"""The number of prints, and the share of them with the same sign, that overrule the balance of a concept."""
OLDER_WEIGHT = 60
"""The count for a caption of benchmarks/older_captions.csv: it represents the filings before 2001."""


class Seed(NamedTuple):
    """A caption of the taxonomy or of older filings that means a concept."""

    kind: StatementKind
    unit: UnitKind
    caption: str
    concept: str
    weight: int


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that the models are trained on."""

    labels: Sequence[Label]
    statements: Sequence[TaggedStatement]
    seeds: Sequence[Seed]
    older: Sequence[LabelledStatement]


def read_corpus(folder: Path) -> Corpus:
    """Read the labels and statements of a folder, the labels of the taxonomy and the captions of older filings."""
    seeds = [*_taxonomy_labels(), *_older_captions()]
    return Corpus(read_labels(folder), read_statements(folder), seeds, read_older_statements())


def _taxonomy_labels() -> Iterable[Seed]:
    for concept in load_taxonomy().concepts.values():
        unit = FITTED_TYPES.get(concept.item_type)
        if unit is None or concept.name.startswith("LineItem"):
            continue
        texts = {concept.label, concept.total_label, concept.negated_label, concept.terse_label} - {"", None}
        for kind in PRIMARY_KINDS:
            if kind in concept.statements:
                yield from (Seed(kind, unit, text, concept.name, 1) for text in sorted(texts))


def _older_captions() -> Iterable[Seed]:
    path = Path(__file__).with_name("older_captions.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            concept = row["concept"]
            yield Seed(StatementKind(row["statement"]), unit_of(concept), row["caption"], concept, OLDER_WEIGHT)


def unit_of(name: str) -> UnitKind:
    """Return the unit of a concept's values; money for a name that is not in the taxonomy."""
    concept = load_taxonomy().concepts.get(name)
    return FITTED_TYPES.get(concept.item_type, UnitKind.PURE) if concept else UnitKind.MONETARY


def families_of(statements: Iterable[TaggedStatement]) -> dict[str, str]:
    """Map concepts to the name of their family: concepts accepted for the same row are one family."""
    families: dict[str, str] = {}
    for statement in statements:
        for row in statement.rows:
            merged = {families.get(name, name) for name in row.accepted}
            if len(row.accepted) > 1:
                first = min(merged)
                families.update(dict.fromkeys(row.accepted, first))
                families.update({name: first for name, family in families.items() if family in merged})
    return families


def train(corpus: Corpus, folds: Collection[int], log: Callable[[str], None] = lambda _: None) -> Model:
    """Train the model on these folds of companies: those of 2010 first, which those of 1993 to 2009 then correct."""
    model = train_on_2010(corpus, folds, log)
    return adapt(model, [one for one in corpus.older if one.fold in folds])


def train_on_2010(corpus: Corpus, folds: Collection[int], log: Callable[[str], None]) -> Model:
    """Train the model on the companies of 2010 in these folds."""
    bare = _bare_model(_of_folds(corpus, folds))
    guessers: dict[int, Guesser] = {}
    for fold in folds:
        other_folds = [other_fold for other_fold in folds if other_fold != fold]
        guessers[fold] = Guesser(structs.replace(bare, captions=train_captions(corpus, other_folds, bare)))
        log(f"captions without fold {fold}")
    contexts, caption_weights = train_contexts(corpus, guessers, bare)
    log("contexts")
    captions = train_captions(corpus, folds, bare)
    log("captions")
    captions = with_weights(captions, priors(corpus, folds, bare))
    return structs.replace(bare, captions=captions, contexts=contexts, caption_weights=caption_weights)


def priors(corpus: Corpus, folds: Collection[int], bare: Model) -> dict[str, dict[int, int]]:
    """Return how likely each concept is in a statement before anything of the caption is known, as weights."""
    numbers = {name: i for i, name in enumerate(bare.concepts)}
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for label in corpus.labels:
        name = label.element if label.element in numbers else NONE
        counts[space_of(label.kind, _unit_of(label, name))][numbers[name]] += sum(label.counts[fold] for fold in folds)
    return {
        space + ANY_CAPTION: {number: log_weight(count / classes.total()) for number, count in classes.items() if count}
        for space, classes in counts.items()
    }


def _unit_of(label: Label, name: str) -> UnitKind:
    return unit_of(name) if name else UnitKind.PER_SHARE if "per share" in label.text else UnitKind.MONETARY


def _of_folds(corpus: Corpus, folds: Collection[int]) -> Corpus:
    """Return the corpus without the labels and statements of companies of other folds."""
    labels = [
        replace(label, counts=tuple(count if fold in folds else 0 for fold, count in enumerate(label.counts)))
        for label in corpus.labels
    ]
    return replace(corpus, labels=labels, statements=[tagged for tagged in corpus.statements if tagged.fold in folds])


def _bare_model(corpus: Corpus) -> Model:
    """Return a model with concepts and families, but without weights."""
    family_names = families_of(corpus.statements)
    concepts = [c.name for c in load_taxonomy().concepts.values() if c.item_type in FITTED_TYPES]
    names = [name for name in concepts if not name.startswith("LineItem")] + [NONE]
    numbers = {family: i for i, family in enumerate(dict.fromkeys(family_names.get(name, name) for name in names))}
    families = {name: numbers[family_names.get(name, name)] for name in names}
    return Model(
        concepts=tuple(names),
        families=tuple(families.values()),
        totals=frozenset(families[name] for name in TOTALS),
        marks=frozenset(families[name] for name in MARKS),
        deducting=frozenset(_deducting(corpus.labels)),
        caption_weights=(1.0, 1.0),
        captions=WeightTable.of({}),
        contexts=WeightTable.of({}),
    )


def _deducting(labels: Iterable[Label]) -> Iterable[str]:
    """Yield the concepts that reduce cash: cash is a debit, which a credit is subtracted from (XBRL 2.1, 5.1.1.2).

    A third of the filers tag an increase of an asset with the printed sign, so a majority proves little; only if nearly
    all of them print a concept with the opposite sign is its balance overruled.
    """
    negated: Counter[str] = Counter()
    printed: Counter[str] = Counter()
    for label in labels:
        if label.kind is StatementKind.CASH_FLOW and label.element:
            printed[label.element] += sum(label.counts)
            negated[label.element] += sum(label.counts) * label.negated
    for name, concept in load_taxonomy().concepts.items():
        share = negated[name] / printed[name] if printed[name] >= MIN_PRINTED else 0.5
        if share > MIN_SHARE if concept.balance != "credit" else share >= 1 - MIN_SHARE:
            yield name


def train_captions(corpus: Corpus, folds: Collection[int], bare: Model) -> WeightTable:
    """Train the table of captions on the labels of these folds, and on the seeds."""
    numbers = {name: i for i, name in enumerate(bare.concepts)}
    class_counts: dict[tuple[str, NormalizedCaption], Counter[int]] = defaultdict(Counter)
    extensions = extension_captions(corpus)
    for label in corpus.labels:
        if count := sum(label.counts[fold] for fold in folds):
            name = label.element if label.element in numbers else NONE
            unit = _unit_of(label, name)
            key = space_of(label.kind, unit), normalize_caption(label.text, unit)
            class_counts[key][numbers[name or extensions.get(key, NONE)]] += count
    for seed in corpus.seeds:
        key = space_of(seed.kind, seed.unit), normalize_caption(seed.caption, seed.unit)
        class_counts[key][numbers[seed.concept]] += seed.weight
    examples = [
        Example([space + feature for feature in caption_features(caption)], counts, (), float(sum(counts.values())))
        for (space, caption), counts in class_counts.items()
        if caption.words
    ]
    counts = count_features(examples)
    fitted = fit(with_candidates(examples, counts), number_weights(counts), CAPTION_PENALTY, CAPTION_ITERATIONS)
    return WeightTable.of(fitted.table)


def extension_captions(corpus: Corpus) -> dict[tuple[str, NormalizedCaption], str]:
    """Map captions to concepts that the taxonomy has, but for which filers of 2010 needed an element of their own."""
    return {
        (space_of(seed.kind, seed.unit), normalize_caption(seed.caption, seed.unit)): seed.concept
        for seed in corpus.seeds
        if seed.weight == OLDER_WEIGHT
    }


class Contexts(NamedTuple):
    """The table of contexts, and the weights of a caption's guess for a concept and for none."""

    table: WeightTable
    caption_weights: tuple[float, float]


def train_contexts(corpus: Corpus, guessers: Mapping[int, Guesser], bare: Model) -> Contexts:
    """Train the table of contexts; `guessers` are keyed by the fold that they were not trained on."""
    examples: list[Example] = []
    extensions = extension_captions(corpus)
    for index, statement in enumerate(corpus.statements):
        if statement.fold in guessers:
            rows = with_cash_rows(statement) if index % 2 else statement.rows
            contexts = rows_in_context(statement.kind, rows, guessers[statement.fold])
            for row, context, place in zip(rows, contexts, places_of(bare, contexts), strict=True):
                if context.guess.families:
                    accepted = row.accepted or frozenset([extensions.get((context.space, context.caption), NONE)])
                    features = context_features(place)
                    examples.append(Example(features, _targets(accepted, bare), context.guess.families, 1.0))
    weight_numbers = number_weights(count_features(examples))
    fitted = fit(examples, weight_numbers, CONTEXT_PENALTY, CONTEXT_ITERATIONS, bare.none)
    return Contexts(WeightTable.of(fitted.table), fitted.prior_weights)


def with_cash_rows(statement: TaggedStatement) -> tuple[Row, ...]:
    """Return the rows with cash at the beginning and the end of the period, which the corpus omits."""
    if statement.kind is not StatementKind.CASH_FLOW:
        return statement.rows
    name = "CashAndCashEquivalentsAtCarryingValue"
    cash = [
        Row(f"Cash and cash equivalents at {when} of period", frozenset([name]), UnitKind.MONETARY, ())
        for when in ("beginning", "end")
    ]
    change = "CashAndCashEquivalentsPeriodIncreaseDecrease"
    end = next((i + 1 for i, row in enumerate(statement.rows) if change in row.accepted), len(statement.rows))
    return (*statement.rows[:end], *cash, *statement.rows[end:])


def rows_in_context(kind: StatementKind, rows: Iterable[Row], guesser: Guesser) -> list[RowInContext]:
    """Return the rows with the guesses from their captions, as input of the context features."""
    contexts = []
    for row in rows:
        caption = normalize_caption(row.label, row.unit)
        space = space_of(kind, row.unit)
        contexts.append(RowInContext(space, caption, guesser.guess(space, caption)))
    return contexts


def _targets(accepted: Collection[str], model: Model) -> dict[int, float]:
    families = dict(zip(model.concepts, model.families, strict=True))
    return {families[name]: 1.0 for name in accepted if name in families} or {model.none: 1.0}


def main() -> None:
    """Train on all folds and write the model."""
    parser = argparse.ArgumentParser(description="Train the mapper.")
    parser.add_argument("folder", type=Path, help="the corpus, see benchmarks/corpus.py")
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).parents[1] / "taxonomy" / "mapper.bin")
    options = parser.parse_args()
    model = train(read_corpus(options.folder), FOLDS, lambda text: print(text, file=sys.stderr))
    data = dump_model(model)
    options.output.write_bytes(data)
    print(f"{options.output}: {len(data):,} bytes, {len(model.concepts)} concepts", file=sys.stderr)


if __name__ == "__main__":
    main()
