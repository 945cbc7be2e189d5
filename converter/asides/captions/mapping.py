"""Map what captions state of shares to concepts: each has one, so the mapping is certain."""

from collections.abc import Mapping
from types import MappingProxyType

from converter.asides.captions.lexer import Word
from converter.mapping import Mapping as RowMapping
from converter.statements import LineItem, Statement

_CONFIDENCE = 0.99
_STOCKS = {Word.COMMON: "CommonStock", Word.PREFERRED: "PreferredStock"}
_STATED = {
    Word.PAR: "ParOrStatedValuePerShare",
    Word.AUTHORIZED: "SharesAuthorized",
    Word.ISSUED: "SharesIssued",
    Word.OUTSTANDING: "SharesOutstanding",
}
_CONCEPTS: Mapping[str, str] = MappingProxyType(
    {
        **{f"{kind}, {word}": f"{stock}{name}" for kind, stock in _STOCKS.items() for word, name in _STATED.items()},
        f"{Word.PREFERRED}, {Word.LIQUIDATION}": "PreferredStockLiquidationPreferenceValue",
        f"{Word.PREFERRED}, {Word.PREFERENCE_PER_SHARE}": "PreferredStockLiquidationPreference",
        **{f"{kind}, {Word.TREASURY}": "TreasuryStockShares" for kind in (Word.COMMON, Word.TREASURY)},
    }
)
"""The concept of each row by its label."""


def map_share_data(statement: Statement) -> tuple[RowMapping, ...]:
    """Map the rows of share data, in the order of the items."""
    return tuple(_mapping(item) for item in statement.items)


def _mapping(item: LineItem) -> RowMapping:
    concept = _CONCEPTS.get(item.label)
    return RowMapping(concept, _CONFIDENCE if concept else 0.0, 1, ("stated in a caption",), ())
