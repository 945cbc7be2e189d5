"""Stacks of captions about one stock: the amount belongs to the header, in whichever of the rows it is printed.

    Common stock, $.01 par value -
      Authorized shares - 2,000
      Issued shares - 310 and 302                  -      -
      Outstanding shares - 298 and 290             3      3

The rows below the header say how many shares there are; the dash is no common stock of zero.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from converter.mapping.result import Mapping
from converter.statements import LineItem, Statement, StatementKind, UnitKind
from converter.vocabulary import expression

_OF_SHARES = expression(
    r"(?:shares\s+)?(?:authori[sz]ed|issued|outstanding)(?:\s+and\s+outstanding)?(?:\s+shares)?\s?[-–—:,]", re.I
)
_PREFERRED = expression(r"\bprefer(?:red|ence)\b", re.I)
_COMMON = expression(r"\b(?:common|capital)\b", re.I)
_VALUES = ("CommonStockValue", "CommonStockValueOutstanding", "PreferredStockValue", "PreferredStockValueOutstanding")
_CONFIDENCE = 0.9


def settle_stacks(statement: Statement, mappings: Sequence[Mapping]) -> tuple[Mapping, ...]:
    """Return the mappings; the only row of a stack with an amount has the concept of the stock, the others none."""
    settled = list(mappings)
    if statement.kind is StatementKind.BALANCE_SHEET:
        for rows in _stacks(statement.items):
            with_amounts = [i for i in rows if any(f and f.value for f in statement.items[i].figures)]
            header = statement.items[rows[0]].sections[-1]
            if len(with_amounts) != 1 or not (_COMMON.search(header) or _PREFERRED.search(header)):
                continue
            given = next((name for i in rows if (name := mappings[i].concept) in _VALUES), None)
            concept = given or ("PreferredStockValue" if _PREFERRED.search(header) else "CommonStockValue")
            for i in rows:
                settled[i] = _amount(settled[i], concept) if i in with_amounts else _without_concept(settled[i])
    return tuple(settled)


def _amount(mapping: Mapping, concept: str) -> Mapping:
    evidence = ("the amount of the stock that the header names",)
    return replace(mapping, concept=concept, confidence=max(mapping.confidence, _CONFIDENCE), sign=1, evidence=evidence)


def _without_concept(mapping: Mapping) -> Mapping:
    return replace(mapping, concept=None, confidence=0.0, sign=1, evidence=("says how many shares there are",))


def _stacks(items: Sequence[LineItem]) -> Iterator[list[int]]:
    """Yield the indexes of consecutive rows below one header that say how many shares there are, two at least."""

    def key(index: int) -> tuple[tuple[str, ...], bool]:
        item = items[index]
        is_of_shares = item.unit is UnitKind.MONETARY and _OF_SHARES.match(item.label) is not None
        return item.sections, is_of_shares and bool(item.sections)

    for (_, is_stack), group in groupby(range(len(items)), key):
        rows = list(group)
        if is_stack and len(rows) > 1:
            yield rows
