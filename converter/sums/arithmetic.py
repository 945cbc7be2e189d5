"""Find the sums that a statement satisfies: they verify figures, determine signs and decide between readings.

The rows are iterated once with a stack of open rows. A row that is a sum of the last open rows replaces them,
so that a later total adds up subtotals and not their parts again. Printed figures are never changed.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, TypeGuard

from msgspec import Struct

from converter.statements import Figure, LineItem, StatementKind, UnitKind
from converter.sums.polarity import is_deducted, polarity
from converter.sums.search import MAX_PARTS, Match, SumRow, gapped_sum, near_sum, plain_sum, signed_sum, tolerance
from converter.vocabulary import expression, wording

TOTAL_BITS = 0
"""The least margin of a plain sum in a row whose caption names a total."""
RESULT_BITS = 3
"""The same for a likely total: a rule above, no caption, or wording such as "net", "income"."""
OTHER_BITS = 14
"""The same for any other row."""
SIGNED_BITS = 6
"""The same for a sum with signs or with rows left out."""
NEAR_BITS = 8
"""The least margin of the agreeing columns for a sum that fails in another column."""

_TOTAL = expression(r"\W*(?:sub-?)?totals?\b|\W*(?:net\s+)?cash\b.{0,60}\bactivities\b", re.IGNORECASE)
_RESULT = {
    StatementKind.BALANCE_SHEET: expression(r"\bnet\b|total|equity|capital$|deficit|deficiency", re.IGNORECASE),
    StatementKind.INCOME: expression(
        r"\bnet\b|\bgross\b|total|income|loss|profit|earnings|margin|before|after", re.IGNORECASE
    ),
    StatementKind.CASH_FLOW: expression(
        r"^\W*(?:net|change)\b|total|balance|\bend\b|ending|^(?>.*?(?:provided|used|flows?)\b).*activities"
        r"|^(?>.*?(?:in|de)crease\b).*\bcash|from continuing",
        re.IGNORECASE,
    ),
}
_TOTAL_CLAIMS = expression(
    r"\W*(?:total\s+)?(?:liabilities|capitali[sz]ation)\b"
    r".*\b(?:equity|deficit|deficiency|capital|investment|liabilities|capitali[sz]ation)\b",
    re.IGNORECASE,
)
_NET_ASSETS = expression(r"net assets|assets less|net liabilities", re.IGNORECASE)
_TOTAL_ASSETS = expression(r"\W*(?:total\s+assets|assets(?:,?\s*total)?)[^\w(]*(?:\([^()]*\)\W*)?", re.IGNORECASE)
_PART_OF_EPS = expression(r"continuing|discontinued|extraordinary|cumulative|accounting", re.IGNORECASE)


class SumPart(NamedTuple):
    """A row that counts in a sum: its index in Statement.items, and +1 or -1."""

    item: int
    sign: int


class Sum(Struct, frozen=True):
    """A row that is the signed sum of other rows of its statement.

    `total` is the row's index in Statement.items; total = sum(sign * printed value), with zero for a blank cell.
    `differences` has one entry per column: total minus sum, in whole units, None if the column has no total;
    `holds` is true if every difference is within rounding.
    """

    total: int
    parts: tuple[SumPart, ...]
    differences: tuple[Decimal | None, ...]
    holds: bool


def find_sums(items: Sequence[LineItem], kind: StatementKind) -> tuple[Sum, ...]:
    """Find the sums that the rows of a statement of this kind satisfy, in the order of their totals.

    A row is the total of at most one sum. A sum that does not hold is returned only if all rows since a
    heading or another total add up, in at least half of the columns, to a row whose caption names a total: then
    one of the figures, or its reading, is wrong. Rounding is half a unit of the last printed digit of
    every figure (XBRL Calculations 1.1). Of per-share figures, only sums of earnings per share are returned.
    """
    money = _find_unit_sums(items, kind, UnitKind.MONETARY)
    per_share = [sum_ for sum_ in _find_unit_sums(items, kind, UnitKind.PER_SHARE) if _is_eps(items, sum_)]
    return tuple(sorted([*money, *per_share], key=lambda sum_: sum_.total))


def find_equalities(items: Sequence[LineItem], kind: StatementKind) -> tuple[Sum, ...]:
    """Return the balance of a balance sheet: "Total liabilities and equity" as a Sum of "Total assets" alone.

    It may fail to hold if both captions name their rows; rows without a caption, or with just "Total", are
    recognised by their equal figures. The result is empty for other statements.
    """
    if kind is not StatementKind.BALANCE_SHEET:
        return ()
    decimals = _max_decimals(items, UnitKind.MONETARY)
    balance = _balance_rows(items, list(_search_rows(items, kind, UnitKind.MONETARY, decimals)))
    return (_make_sum(balance.claims, [balance.assets], (1,), decimals),) if balance is not None else ()


class _Balance(NamedTuple):
    """The rows of total assets and of total liabilities and equity."""

    assets: SumRow
    claims: SumRow


def _balance_rows(items: Sequence[LineItem], rows: Sequence[SumRow]) -> _Balance | None:
    labels = [items[row.index].label for row in rows]
    claims_at = next(
        (i for i in range(len(rows) - 1, 0, -1) if _TOTAL_CLAIMS.match(labels[i]) or wording(labels[i]).is_total), 0
    )
    named_assets = [row for row, label in zip(rows[:claims_at], labels, strict=False) if _TOTAL_ASSETS.fullmatch(label)]
    if len(named_assets) == 1 and _TOTAL_CLAIMS.match(labels[claims_at]):
        return _Balance(named_assets[0], rows[claims_at])
    for row, label in zip(rows[:claims_at], labels, strict=False):
        is_equal = (row.values, row.present) == (rows[claims_at].values, rows[claims_at].present)
        if is_equal and (wording(label).is_total or _TOTAL_ASSETS.fullmatch(label)):
            return _Balance(row, rows[claims_at])
    return None


def _find_unit_sums(items: Sequence[LineItem], kind: StatementKind, unit: UnitKind) -> list[Sum]:
    sums: list[Sum] = []
    open_rows: list[SumRow] = []
    totals: set[int] = set()
    assets_end = 0  # liabilities and equity are not made of assets: the rows below this position are not searched
    decimals = _max_decimals(items, unit)
    rows = list(_search_rows(items, kind, unit, decimals))
    balance = _balance_rows(items, rows) if kind is StatementKind.BALANCE_SHEET else None
    for row in rows:
        item = items[row.index]
        lowest = 0 if not assets_end or _NET_ASSETS.search(item.label) else assets_end
        tail = open_rows[max(lowest, len(open_rows) - MAX_PARTS) :]
        match = _best_match(item, row, tail, kind, totals)
        if match is not None:
            size = _length_with_zeros(tail, len(match.signs), totals)
            signs = (1,) * (size - len(match.signs)) + match.signs
            sums.append(_make_sum(row, tail[-size:], signs, decimals))
            del open_rows[-size:]
            totals.add(row.index)
        open_rows.append(row)
        if balance is not None and row is balance.assets:
            assets_end = len(open_rows)
    return sums


def _best_match(
    item: LineItem, row: SumRow, tail: Sequence[SumRow], kind: StatementKind, totals: set[int]
) -> Match | None:
    """Return the sum that a row is, if the figures agree well enough."""
    if not tail or row.is_zero:
        return None
    is_named_total = _names_total(item.label)
    is_likely_total = is_named_total or item.ruled or _may_be_total(item.label, kind)

    def starts_section(i: int) -> bool:
        return i == 0 or tail[i - 1].index in totals or tail[i - 1].sections != tail[i].sections

    match = plain_sum(row, tail, starts_section)
    needed = TOTAL_BITS if is_named_total else RESULT_BITS if is_likely_total else OTHER_BITS
    if match is not None and match.margin >= needed and (is_likely_total or _count_nonzero(match, tail) > 1):
        return match
    if not is_likely_total:
        return None
    match = signed_sum(row, tail)
    if match is not None and match.margin >= SIGNED_BITS:
        return match
    match = gapped_sum(row, tail)
    if match is not None and match.margin >= SIGNED_BITS:
        return match
    if not is_named_total:
        return None
    match = near_sum(row, tail, starts_section)
    return match if match is not None and match.margin >= NEAR_BITS else None


@lru_cache(maxsize=8192)
def _names_total(caption: str) -> bool:
    return _TOTAL.match(caption) is not None


@lru_cache(maxsize=8192)
def _may_be_total(caption: str, kind: StatementKind) -> bool:
    """Whether a row of a kind of statement is likely to be a total by its caption, or for want of one."""
    return not caption.strip() or _RESULT[kind].search(caption) is not None


def _count_nonzero(match: Match, tail: Sequence[SumRow]) -> int:
    return sum(not row.is_zero for row in tail[-len(match.signs) :])


def _length_with_zeros(rows: Sequence[SumRow], size: int, totals: set[int]) -> int:
    """Return the length of a run extended by the zero rows of its section above it."""
    first = rows[-size]
    while size < len(rows) and first.index not in totals:
        above = rows[-size - 1]
        if not above.is_zero or above.sections != first.sections:
            break
        size += 1
    return size


def _is_eps(items: Sequence[LineItem], sum_: Sum) -> bool:
    return (
        sum_.holds
        and all(sign > 0 for _, sign in sum_.parts)
        and len(sum_.parts) > 1
        and any(_PART_OF_EPS.search(items[index].label) for index, _ in sum_.parts)
    )


def _max_decimals(items: Sequence[LineItem], unit: UnitKind) -> int:
    """Return the decimals of the most precise figure, whose last digit is the unit of the search."""
    return max((f.decimals for item in items if item.unit is unit for f in item.figures if _has_amount(f)), default=0)


def _has_amount(figure: Figure | None) -> TypeGuard[Figure]:
    return figure is not None and not figure.amount.absent


def _search_rows(items: Sequence[LineItem], kind: StatementKind, unit: UnitKind, decimals: int) -> Iterator[SumRow]:
    for index, item in enumerate(items):
        figures = [figure if _has_amount(figure) else None for figure in item.figures] if item.unit is unit else ()
        if any(figures):
            yield SumRow(
                index,
                values=tuple([int(f.value.scaleb(decimals)) if f else 0 for f in figures]),
                present=tuple([f is not None for f in figures]),
                ulps=tuple([10 ** (decimals - f.decimals) if f else 0 for f in figures]),
                polarity=polarity(item.label, item.sections, kind),
                deducted=is_deducted(item.label, item.sections),
                sections=item.sections,
            )


def _make_sum(total: SumRow, parts: Sequence[SumRow], signs: Sequence[int], decimals: int) -> Sum:
    differences: list[Decimal | None] = []
    holds = True
    for column, printed in enumerate(total.present):
        if not printed:
            differences.append(None)
            continue
        signed_parts = [(part, sign) for part, sign in zip(parts, signs, strict=True) if sign]
        difference = total.values[column] - sum(sign * part.values[column] for part, sign in signed_parts)
        allowed_difference = tolerance(total.ulps[column], [part.ulps[column] for part, _ in signed_parts])
        holds = holds and abs(difference) <= allowed_difference
        differences.append(Decimal(difference) * Decimal(10) ** -decimals)
    sum_parts = tuple(SumPart(part.index, sign) for part, sign in zip(parts, signs, strict=True) if sign)
    return Sum(total.index, sum_parts, tuple(differences), holds)
