"""The members of the dimension that tells classes and series of stock apart."""

from converter.taxonomy.table import load_taxonomy


def class_of_stock_member(name: str, *, preferred: bool = False) -> str | None:
    """Return the member for a class of common or preferred stock ("Class A", "Series B"), None if there is none."""
    what, _, letter = name.partition(" ")
    letter = letter.upper()
    if what.lower() == "series":
        member = f"Series{letter}PreferredStockMember" if preferred else f"CommonSeries{letter}Member"
    else:
        member = f"{'Preferred' if preferred else 'Common'}Class{letter}Member"
    return member if member in load_taxonomy().concepts else None
