"""Parts that the words of a row name by aspects: taxes are current or deferred, and owed to some authority.

A caption has some of the aspects ("Federal"), the heading above it the others ("Current"); a subtotal without a caption
has those that all its parts share. A row with any other word is another thing, such as a tax at the statutory rate.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from converter.statements import LineItem
from converter.sums import Sum
from converter.vocabulary import expression

Aspects = Mapping[str, str]
"""The value of each dimension that words name: {"time": "current"}."""

_VALUES: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("current", "currently", "payable"), ("time", "Current")),
    "deferred": ("time", "Deferred"),
    **dict.fromkeys(("federal", "domestic", "united", "us", "usa"), ("place", "Federal")),
    **dict.fromkeys(("state", "local", "provincial"), ("place", "StateAndLocal")),
    **dict.fromkeys(("foreign", "international", "overseas"), ("place", "Foreign")),
}
_WITHOUT_MEANING = frozenset(
    {
        *("and", "or", "of", "for", "the", "on", "in", "to", "from", "before", "other", "total", "net", "consolidated"),
        *("states", "countries", "subsidiaries", "operations", "continuing", "source", "sources", "company"),
        *("income", "incomes", "earnings", "profit", "loss", "losses", "pretax", "tax", "taxes", "provision"),
        *("benefit", "expense", "credit", "year", "years", "ended"),
    }
)
_WORD = expression(r"[a-z]+")
_NOT_DOMESTIC = expression(r"\bnon-?\s?u\.?\s?s\b\.?|\boutside\s(?:of\s)?(?:the\s)?u(?:\.\s?s\b\.?|nited\sstates)")
_DOTTED = expression(r"\bu\.\s?s\b\.?(?:\s?a\b\.?)?")
_TAXES = "IncomeTaxExpenseBenefit"
_PRETAX = "IncomeLossFromContinuingOperationsBeforeIncomeTaxes"
_MOST_OTHERS = 0.25
"""The largest share of rows without a part: in other tables, single rows have one by chance."""


def parts_by_aspects(whole: str, items: Sequence[LineItem], sums: Mapping[int, Sum]) -> Mapping[int, str]:
    """Return the concepts of rows whose aspects say which part of the concept `whole` they are, by their index.

    The last row is the whole. None have one if that is not certain of most rows.
    """
    if whole != _TAXES and not whole.startswith(_PRETAX):
        return MappingProxyType({})
    found: dict[int, Aspects | None] = {}
    heading = ""
    for index, item in enumerate(items[:-1]):
        before, colon, after = item.label.rpartition(":")
        if colon and after.strip():
            heading = before
        own = _aspects(after)
        above = _aspects(heading or " ".join(item.sections[-1:])) or {}
        if index in sums and not own:
            shared = _shared([found.get(part.item) for part in sums[index].parts])
            found[index] = above if shared is None else shared
            heading = ""
        elif own:
            found[index] = {**above, **own}
    concepts = {index: concept for index, each in found.items() if each and (concept := _concept(whole, each))}
    leaves = [index for index in range(len(items) - 1) if index not in sums]
    others = sum(index not in concepts for index in leaves)
    if others > _MOST_OTHERS * len(leaves) or len(set(concepts.values())) < max(len(concepts), 2):
        return MappingProxyType({})
    return MappingProxyType(concepts)


def _aspects(text: str) -> Aspects | None:
    """Return the aspects that a text names, None if it has a word that is none or names two of one dimension."""
    aspects: dict[str, str] = {}
    for word in _WORD.findall(_DOTTED.sub("us ", _NOT_DOMESTIC.sub("foreign ", text.lower()))):
        dimension, value = _VALUES.get(word, ("", ""))
        if not dimension and word not in _WITHOUT_MEANING:
            return None
        if dimension and aspects.setdefault(dimension, value) != value:
            return None
    return aspects


def _shared(parts: Sequence[Aspects | None]) -> Aspects | None:
    """Return the aspects that all parts have in common, None if those of one are not known."""
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or not known:
        return None
    return {key: value for key, value in known[0].items() if all(part.get(key) == value for part in known)}


def _concept(whole: str, aspects: Aspects) -> str | None:
    """Return the concept of a part, None without one."""
    time, place = aspects.get("time"), aspects.get("place")
    if whole != _TAXES:
        name = {"Federal": "Domestic", "Foreign": "Foreign"}.get(place or "")
        return f"{_PRETAX}{name}" if name and time is None else None
    if time and place:
        return f"Current{place}TaxExpenseBenefit" if time == "Current" else f"Deferred{place}IncomeTaxExpenseBenefit"
    if time:
        return f"{time}IncomeTaxExpenseBenefit"
    return f"{place}IncomeTaxExpenseBenefitContinuingOperations" if place else None
