"""The members of the dimension that tells the classes of a stock apart."""

from converter.asides.captions.lexer import Word
from converter.asides.captions.stating import Stock
from converter.taxonomy import load_taxonomy


def class_member(stock: Stock) -> str | None:
    """Return the taxonomy's member for a class or series, None if it has none."""
    what, _, letter = stock.name.partition(" ")
    is_series = what.lower() == "series"
    letter = letter.upper()
    names = {
        (Word.COMMON, False): f"CommonClass{letter}Member",
        (Word.COMMON, True): f"CommonSeries{letter}Member",
        (Word.PREFERRED, False): f"PreferredClass{letter}Member",
        (Word.PREFERRED, True): f"Series{letter}PreferredStockMember",
    }
    name = names.get((stock.kind, is_series))
    return name if name in load_taxonomy().concepts else None
