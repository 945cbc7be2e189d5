"""Current, noncurrent or both: concepts that differ in nothing else follow what the balance sheet says."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from msgspec.structs import replace

from converter.mapping.result import Mapping
from converter.mapping.roles import rows_of_terms
from converter.mapping.structure import current_rows, is_classified
from converter.statements import Statement, StatementKind
from converter.sums import Sum
from converter.taxonomy import load_taxonomy
from converter.vocabulary import expression

_CURRENT, _NONCURRENT = "Current", "Noncurrent"
_TERM = expression(r"(?:CurrentAndNoncurrent|(?P<known>Noncurrent|Current))$")
_ALL = expression(r"^(?:Assets|Liabilities)$")
_SAYS_TERM = expression(r"\bcurrent (?:portion|maturit|instal)|(?:liabilities|assets), current\b", re.I)
"""Captions of rows that are current though no other row says what is."""
_IRREGULAR = {
    "DeferredTaxLiabilitiesCurrent": "DeferredIncomeTaxLiabilities",
    "DeferredTaxLiabilitiesNoncurrent": "DeferredIncomeTaxLiabilities",
    "LongTermInvestments": "Investments",
}
"""Concepts without a name in common with what they are called where nothing is current."""


def in_term(statement: Statement, names: Sequence[str | None]) -> list[str | None]:
    """Return the concepts of all rows, those of the wrong term replaced by what they are called in the right one.

    A balance sheet that does not tell what is current has neither current nor noncurrent rows; above the total of
    current assets or liabilities, under their heading, all are current. No concept is given twice.
    """
    settled = list(names)
    if statement.kind is StatementKind.BALANCE_SHEET:
        taken = set(settled)
        for row, name in _renamed(statement, names):
            if name not in taken:
                settled[row] = name
                taken.add(name)
    return settled


def _renamed(statement: Statement, names: Sequence[str | None]) -> list[tuple[int, str]]:
    """Return the rows with a concept of the wrong term, and the concepts of the right one."""
    classified = is_classified(statement)
    renames = _current_names() if classified else _unclassified_names()
    found = [
        (row, renames[name])
        for row, name in enumerate(names)
        if name is not None and name in renames and (classified or not _SAYS_TERM.search(statement.items[row].label))
    ]
    if not found or not classified:
        return found
    current = set(current_rows(statement))
    return [(row, name) for row, name in found if row in current]


@cache
def _unclassified_names() -> dict[str, str]:
    """Return the concepts that do not say what is current, by the current and the noncurrent ones."""
    names = load_taxonomy().concepts
    found: dict[str, str] = {}
    for name in names:
        for term in (_NONCURRENT, _CURRENT):
            if name.endswith(term):
                stem = name.removesuffix(term)
                both = next((both for both in (f"{stem}CurrentAndNoncurrent", stem) if both in names), None)
                if both is not None:
                    found[name] = both
                break
    return found | {name: both for name, both in _IRREGULAR.items() if name in names}


@cache
def _current_names() -> dict[str, str]:
    """Return the current concepts by those that do not say what is current."""
    names = _unclassified_names().items()
    return {both: name for name, both in names if name.endswith(_CURRENT) and not name.endswith(_NONCURRENT)}


def settle_terms(statement: Statement, sums: Sequence[Sum], mappings: Sequence[Mapping]) -> tuple[Mapping, ...]:
    """Return the mappings; parts of a current total have concepts that say so, and so have the rows beside it.

    A row keeps its concept if the taxonomy has none of that term, or if another row has that one.
    """
    settled = list(mappings)
    if statement.kind is StatementKind.BALANCE_SHEET:
        terms = rows_of_terms(statement, [sum_ for sum_ in sums if sum_.holds], [m.concept for m in mappings])
        for rows, term in ((terms.current, "Current"), (terms.beside, "Noncurrent")):
            for row in sorted(rows):
                name = _of_term(settled[row].concept or "", term)
                if name is not None and all(mapping.concept != name for mapping in settled):
                    evidence = (*settled[row].evidence, f"{term.lower()}, as the sums say")
                    settled[row] = replace(settled[row], concept=name, evidence=evidence)
    return tuple(settled)


@lru_cache(maxsize=4096)
def _of_term(name: str, term: str) -> str | None:
    """Return the concept like that with this name which says its term; None if there is none, or the name says one."""
    match = _TERM.search(name)
    if not name or _ALL.match(name) or (match is not None and match["known"]):
        return None
    told = name[: match.start() if match else len(name)] + term
    return told if told in load_taxonomy().concepts else None
