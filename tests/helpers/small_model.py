"""A mapper model small enough to work out by hand."""

from collections.abc import Mapping

from converter.mapping.weights import SCALE, Model, WeightTable

CONCEPTS = (
    "Revenues",
    "SalesRevenueNet",
    "Cash",
    "NetIncomeLoss",
    "ProfitLoss",
    "NetIncomeLossAttributableToNoncontrollingInterest",
    "MinorityInterest",
    "StockholdersEquity",
    "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
    "",
)
SALES, CASH, INCOME, MINORITY, MINORITY_BALANCE, EQUITY, NONE = range(7)
FAMILIES = (SALES, SALES, CASH, INCOME, INCOME, MINORITY, MINORITY_BALANCE, EQUITY, EQUITY, NONE)

Weights = Mapping[str, Mapping[int, float]]


def model(
    captions: Weights | None = None, contexts: Weights | None = None, weights: tuple[float, float] = (1.0, 1.0)
) -> Model:
    """A model of ten concepts with these log-weights; `captions` speak for concepts, `contexts` for families."""
    return Model(
        CONCEPTS,
        FAMILIES,
        frozenset({INCOME}),
        frozenset({CASH}),
        frozenset(),
        weights,
        *map(_table, (captions, contexts)),
    )


def _table(weights: Weights | None) -> WeightTable:
    scaled = {
        text: {number: round(w * SCALE) for number, w in links.items()} for text, links in (weights or {}).items()
    }
    return WeightTable.of(scaled)
