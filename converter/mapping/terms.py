"""What is current and what is not: the sums of a balance sheet tell it where a caption does not."""

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from converter.mapping.result import Mapping
from converter.mapping.roles import rows_of_terms
from converter.statements import Statement, StatementKind
from converter.sums import Sum
from converter.taxonomy import load_taxonomy

_TERM = re.compile(r"(?:CurrentAndNoncurrent|(?P<known>Noncurrent|Current))$")
_ALL = re.compile(r"^(?:Assets|Liabilities)$")


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
