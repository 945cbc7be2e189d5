"""Score the mapper on the labelled statements of 1993 to 2009 of companies that it was not trained on.

`benchmarks/mapping_accuracy.py` calls this for each rotation; the models are the same. Whole filings are mapped, with
their sums and with what their statements say of each other. A row is *tagged* if it has its label, another accepted
concept or a near synonym of one (taxonomy/families.csv), or none where that is accepted; *strict* is its label and
nothing else; a *wrong* row has a concept that is not accepted. Only rows that were read count, not the same captions in
other filings of a company.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from unittest.mock import patch

from families import is_near
from older_statements import MISREAD, NONE, OTHER_TAXONOMY, LabelledStatement, Reading, RowLabel

from converter.mapping import map_statement, map_statements
from converter.mapping.choice import MIN_CONFIDENCE
from converter.mapping.guess import Guesser
from converter.statements.model import PRIMARY_KINDS, StatementKind
from converter.vocabulary.periods import Duration, Period

HEADLINES = frozenset(
    {
        "Assets",
        "AssetsCurrent",
        "Liabilities",
        "LiabilitiesCurrent",
        "LiabilitiesAndStockholdersEquity",
        "StockholdersEquity",
        "Revenues",
        "SalesRevenueNet",
        "OperatingIncomeLoss",
        "IncomeTaxExpenseBenefit",
        "NetIncomeLoss",
        "ProfitLoss",
        "EarningsPerShareBasic",
        "EarningsPerShareDiluted",
        "EarningsPerShareBasicAndDiluted",
        "NetCashProvidedByUsedInOperatingActivities",
        "NetCashProvidedByUsedInInvestingActivities",
        "NetCashProvidedByUsedInFinancingActivities",
        "CashAndCashEquivalentsAtCarryingValue",
    }
)
"""The rows that a reader looks for first."""


@dataclass(frozen=True, slots=True)
class OlderOutcome:
    """What became of a row: `given` is its concept, if any."""

    kind: StatementKind
    year: int
    label: RowLabel
    given: str | None
    confidence: float

    @property
    def is_strict(self) -> bool:
        """Whether it has its label, or no concept if the label is none that our taxonomy has."""
        return self.given == self.label.concept if self.given is not None else _is_none(self.label.concept)

    @property
    def is_right(self) -> bool:
        """Whether it has an accepted concept or a near synonym of one, or none where that is accepted."""
        if self.given is not None:
            return is_near(self.given, self.label.accepted)
        return NONE in self.label.also or _is_none(self.label.concept)


def _is_none(concept: str) -> bool:
    return concept == NONE or concept.startswith(OTHER_TAXONOMY)


def older_outcomes(
    statements: Iterable[LabelledStatement], guesser: Guesser, min_confidence: float = MIN_CONFIDENCE
) -> Iterator[OlderOutcome]:
    """Map filings with a model and yield what becomes of the rows that were read."""
    map_one = partial(map_statement, guesser=guesser, min_confidence=min_confidence)
    for _, group in groupby(statements, key=lambda one: (one.company, one.filing)):
        filing = list(group)
        with patch("converter.mapping.statements.map_statement", map_one):
            mapped = map_statements([one.statement for one in filing])
        for one, result in zip(filing, mapped, strict=True):
            for label, mapping in zip(one.labels, result.mappings, strict=True):
                if label.reading in (Reading.READ, Reading.TWICE) and label.concept != MISREAD:
                    year = _year(one.statement.columns[0].period)
                    yield OlderOutcome(one.statement.kind, year, label, mapping.concept, mapping.confidence)


def _year(period: Period) -> int:
    return period.end.year if isinstance(period, Duration) else period.day.year


ERAS = {"1993 to 1996": range(1900, 1997), "1997 to 2001": range(1997, 2002), "2002 to 2009": range(2002, 2100)}

PARTS: dict[str, Callable[[OlderOutcome], bool]] = {
    "all": lambda _: True,
    **{kind.words: partial(lambda kind, outcome: outcome.kind is kind, kind) for kind in PRIMARY_KINDS},
    **{era: partial(lambda years, outcome: outcome.year in years, years) for era, years in ERAS.items()},
    "headlines": lambda outcome: outcome.label.concept in HEADLINES or outcome.given in HEADLINES,
}


def older_table(outcomes: Sequence[OlderOutcome]) -> Iterator[str]:
    """Yield a row for each part of the rows: how many there are, and the shares that are strict, tagged and wrong."""
    yield "| rows | number | strict | tagged | wrong |"
    yield "|---|---|---|---|---|"
    for name, belongs in PARTS.items():
        rows = [outcome for outcome in outcomes if belongs(outcome)]
        if rows:
            strict = sum(row.is_strict for row in rows) / len(rows)
            right = sum(row.is_right for row in rows) / len(rows)
            wrong = sum(row.given is not None and not row.is_right for row in rows) / len(rows)
            yield f"| {name} | {len(rows):,} | {strict:.3f} | {right:.3f} | {wrong:.4f} |"


def older_reliability(outcomes: Sequence[OlderOutcome], bands: Sequence[float]) -> Iterator[str]:
    """Yield a row for each band of confidence: how many concepts were given, and how many are accepted."""
    yield "| confidence | rows | right |"
    yield "|---|---|---|"
    for low, high in zip(bands, (*bands[1:], 1.01), strict=True):
        rows = [row for row in outcomes if row.given is not None and low <= row.confidence < high]
        if rows:
            right = sum(row.is_right for row in rows) / len(rows)
            yield f"| {low:.2f} to {min(high, 1):.2f} | {len(rows):,} | {right:.3f} |"
