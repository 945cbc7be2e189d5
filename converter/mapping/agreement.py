"""What the statements of one filing say about each other's rows, and rows of one statement about each other."""

from collections.abc import Sequence
from dataclasses import replace

from converter.mapping.result import Mapping

_MINORITY = frozenset(
    {
        "MinorityInterest",
        "NetIncomeLossAttributableToNoncontrollingInterest",
        "IncomeLossAttributableToNoncontrollingInterest",
        "StockholdersEquityAttributableToNoncontrollingInterest",
    }
)
_WITHOUT_MINORITY = {
    "ProfitLoss": "NetIncomeLoss",
    "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest": "StockholdersEquity",
    "IncomeLossFromContinuingOperationsIncludingPortionAttributableToNoncontrollingInterest": (
        "IncomeLossFromContinuingOperations"
    ),
}
"""What includes the share of minority owners, and what it is where there are none."""

_ONLY_ONE = (
    ("EarningsPerShareBasic", "EarningsPerShareDiluted", "EarningsPerShareBasicAndDiluted"),
    (
        "WeightedAverageNumberOfSharesOutstandingBasic",
        "WeightedAverageNumberOfDilutedSharesOutstanding",
        "WeightedAverageNumberOfShareOutstandingBasicAndDiluted",
    ),
)
"""Basic, diluted, and what a filing has that prints just one of them and does not say which."""


def agree(statements: Sequence[Sequence[Mapping]], labels: Sequence[Sequence[str]]) -> list[tuple[Mapping, ...]]:
    """The mappings of a filing's statements (`labels` are the captions) once they are seen together.

    Without any row for minority owners nothing can include their share. A statement with one row of earnings per
    share means both, basic and diluted, unless its caption names one.
    """
    names = {mapping.concept for mappings in statements for mapping in mappings}
    result = []
    for mappings, captions in zip(statements, labels, strict=True):
        renamed = _single(mappings, captions)
        if not names & _MINORITY:
            own = {mapping.concept for mapping in renamed}
            plain = {whole: part for whole, part in _WITHOUT_MINORITY.items() if part not in own}
            renamed = [_renamed(mapping, plain.get(mapping.concept or "")) for mapping in renamed]
        result.append(tuple(renamed))
    return result


def _single(mappings: Sequence[Mapping], captions: Sequence[str]) -> list[Mapping]:
    renames: dict[str, str] = {}
    for basic, diluted, both in _ONLY_ONE:
        rows = [i for i, mapping in enumerate(mappings) if mapping.concept in (basic, diluted, both)]
        if len(rows) == 1 and not _names_one(captions[rows[0]]):
            renames |= {basic: both, diluted: both}
    return [_renamed(mapping, renames.get(mapping.concept or "")) for mapping in mappings]


def _names_one(caption: str) -> bool:
    words = caption.lower()
    basic = "basic" in words or "primary" in words
    diluted = "dilut" in words
    return basic != diluted


def _renamed(mapping: Mapping, name: str | None) -> Mapping:
    if name is None:
        return mapping
    return replace(
        mapping, concept=name, evidence=(*mapping.evidence, f"not {mapping.concept}: seen with the other rows")
    )
