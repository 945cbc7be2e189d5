"""The concept of each thing that captions state of shares, and the member of each class of stock."""

from collections.abc import Mapping
from types import MappingProxyType

from converter.asides.captions.lexer import Word
from converter.asides.captions.stating import Stock
from converter.mapping import Mapping as RowMapping
from converter.taxonomy import class_of_stock_member

_CONFIDENCE = 0.99
_STOCKS = {Word.COMMON: "CommonStock", Word.PREFERRED: "PreferredStock"}
_STATED = {
    Word.PAR: "ParOrStatedValuePerShare",
    Word.AUTHORIZED: "SharesAuthorized",
    Word.ISSUED: "SharesIssued",
    Word.OUTSTANDING: "SharesOutstanding",
}
_CONCEPTS: Mapping[tuple[Word, Word], str] = MappingProxyType(
    {
        **{(kind, word): f"{stock}{name}" for kind, stock in _STOCKS.items() for word, name in _STATED.items()},
        (Word.PREFERRED, Word.LIQUIDATION): "PreferredStockLiquidationPreferenceValue",
        (Word.PREFERRED, Word.PREFERENCE_PER_SHARE): "PreferredStockLiquidationPreference",
        **{(kind, Word.TREASURY): "TreasuryStockShares" for kind in (Word.COMMON, Word.TREASURY)},
    }
)


def concept_of(stock: Stock, word: Word) -> str | None:
    """Return the concept of what is stated of a stock, None without one."""
    return _CONCEPTS.get((stock.kind, word))


def map_stated(concept: str) -> RowMapping:
    """Return the mapping of a row to its concept: the caption says it in words that have no other meaning."""
    return RowMapping(concept, _CONFIDENCE, 1, ("stated in a caption",), ())


def class_member(stock: Stock) -> str | None:
    """Return the taxonomy's member for a class or series of stock, None if it has none."""
    return class_of_stock_member(stock.name, preferred=stock.kind is Word.PREFERRED)
