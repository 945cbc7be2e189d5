"""The sums that a statement satisfies: to verify figures, to tell signs, to decide between readings.

The rows are walked once with a stack of open rows. A row that is a sum of the last open rows takes their place,
so that a later total adds up subtotals and not their parts again. Printed figures are never changed.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TypeGuard

from msgspec import Struct

from converter.statements import Figure, LineItem, StatementKind, UnitKind
from converter.sums.polarity import is_deducted, polarity
from converter.sums.search import MAX_PARTS, Match, SumRow, gapped_sum, near_sum, plain_sum, signed_sum, tolerance
from converter.vocabulary import wording

TOTAL_BITS = 0
"""What agreement must be left over for a plain sum in a row that says it is a total."""
RESULT_BITS = 3
"""The same for a row whose place or wording hints at it: a rule above, no caption, "net", "income"."""
OTHER_BITS = 14
"""The same for any other row."""
SIGNED_BITS = 6
"""The same for a sum with signs, or with rows left out."""
NEAR_BITS = 8
"""What the agreeing columns must leave over for a sum that fails in another column."""

_TOTAL = re.compile(r"\W*(?:sub-?)?totals?\b|\W*(?:net\s+)?cash\b.{0,60}\bactivities\b", re.IGNORECASE)
_RESULT = {
    StatementKind.BALANCE_SHEET: re.compile(r"\bnet\b|total|equity|capital$|deficit|deficiency", re.IGNORECASE),
    StatementKind.INCOME: re.compile(
        r"\bnet\b|\bgross\b|total|income|loss|profit|earnings|margin|before|after", re.IGNORECASE
    ),
    StatementKind.CASH_FLOW: re.compile(
        r"^\W*(?:net|change)\b|total|balance|\bend\b|ending|(?:provided|used|flows?)\b.*activities"
        r"|(?:in|de)crease\b.*\bcash|from continuing",
        re.IGNORECASE,
    ),
}
_CLAIMS = re.compile(
    r"\W*(?:total\s+)?(?:liabilities|capitali[sz]ation)\b"
    r".*\b(?:equity|deficit|deficiency|capital|investment|liabilities|capitali[sz]ation)\b",
    re.IGNORECASE,
)
_NET_ASSETS = re.compile(r"net assets|assets less|net liabilities", re.IGNORECASE)
_TOTAL_ASSETS = re.compile(r"\W*(?:total\s+assets|assets(?:,?\s*total)?)\W*(?:\([^()]*\)\W*)?", re.IGNORECASE)
_PART_OF_EPS = re.compile(r"continuing|discontinued|extraordinary|cumulative|accounting", re.IGNORECASE)


class Sum(Struct, frozen=True):
    """A row that is the signed sum of others of its statement.

    `total` and the item indexes of `parts` refer to Statement.items; total = sum(sign * printed value), a
    blank part counting as zero. `differences` has one entry a column: total minus sum, in whole units, None
    where the column has no total; `holds` says that every one of them is within rounding.
    """

    total: int
    parts: tuple[tuple[int, int], ...]
    differences: tuple[Decimal | None, ...]
    holds: bool


def find_sums(items: Sequence[LineItem], kind: StatementKind) -> tuple[Sum, ...]:
    """The sums that the rows of a statement of this kind satisfy, in the order of their totals.

    A row is the total of at most one sum. A sum that does not hold is given only where all rows since a
    heading or another total add up to a row that calls itself a total in at least half of its columns: then
    one of the figures, or the reading of it, is wrong. Rounding is half a unit of the last printed digit of
    every figure (XBRL Calculations 1.1). Sums of per-share figures are those of earnings per share only.
    """
    money = _walk(items, kind, UnitKind.MONETARY)
    shares = [found for found in _walk(items, kind, UnitKind.PER_SHARE) if _is_eps(items, found)]
    return tuple(sorted([*money, *shares], key=lambda found: found.total))


def find_equalities(items: Sequence[LineItem], kind: StatementKind) -> tuple[Sum, ...]:
    """The balance of a balance sheet: "Total liabilities and equity" as a Sum whose one part is "Total assets".

    It may not hold if both rows say what they are; rows without a caption, or just "Total", are known by being
    equal. Nothing is given for other statements.
    """
    if kind is not StatementKind.BALANCE_SHEET:
        return ()
    finest = _finest(items, UnitKind.MONETARY)
    pair = _balance(items, list(_rows(items, kind, UnitKind.MONETARY, finest)))
    return (_sum(pair[1], [pair[0]], (1,), finest),) if pair is not None else ()


def _balance(items: Sequence[LineItem], rows: Sequence[SumRow]) -> tuple[SumRow, SumRow] | None:
    """Total assets, and total liabilities and equity."""
    labels = [items[row.index].label for row in rows]
    claims = next(
        (at for at in range(len(rows) - 1, 0, -1) if _CLAIMS.match(labels[at]) or wording(labels[at]).is_total), 0
    )
    named = [row for row, label in zip(rows[:claims], labels, strict=False) if _TOTAL_ASSETS.fullmatch(label)]
    if len(named) == 1 and _CLAIMS.match(labels[claims]):
        return named[0], rows[claims]
    for row, label in zip(rows[:claims], labels, strict=False):
        same = (row.values, row.present) == (rows[claims].values, rows[claims].present)
        if same and (wording(label).is_total or _TOTAL_ASSETS.fullmatch(label)):
            return row, rows[claims]
    return None


def _walk(items: Sequence[LineItem], kind: StatementKind, unit: UnitKind) -> list[Sum]:
    found: list[Sum] = []
    open_rows: list[SumRow] = []
    totals: set[int] = set()
    floor = 0  # claims are not made of assets: what stands below it in the stack is out of reach
    finest = _finest(items, unit)
    rows = list(_rows(items, kind, unit, finest))
    pair = _balance(items, rows) if kind is StatementKind.BALANCE_SHEET else None
    for row in rows:
        item = items[row.index]
        reach = 0 if _NET_ASSETS.search(item.label) else floor
        tail = open_rows[max(reach, len(open_rows) - MAX_PARTS) :]
        match = _explain(item, row, tail, _RESULT[kind], totals)
        if match is not None:
            size = _with_zeros(tail, len(match.signs), totals)
            signs = (1,) * (size - len(match.signs)) + match.signs
            found.append(_sum(row, tail[-size:], signs, finest))
            del open_rows[-size:]
            totals.add(row.index)
        open_rows.append(row)
        if pair is not None and row is pair[0]:
            floor = len(open_rows)
    return found


def _explain(
    item: LineItem, row: SumRow, tail: Sequence[SumRow], result: re.Pattern[str], totals: set[int]
) -> Match | None:
    """The sum that a row is, if the agreement of the figures is worth believing it."""
    if not tail or row.zero:
        return None
    says_total = _TOTAL.match(item.label) is not None
    hinted = says_total or item.ruled or not item.label.strip() or result.search(item.label) is not None

    def starts(at: int) -> bool:
        return at == 0 or tail[at - 1].index in totals or tail[at - 1].sections != tail[at].sections

    match = plain_sum(row, tail, starts)
    needed = TOTAL_BITS if says_total else RESULT_BITS if hinted else OTHER_BITS
    if match is not None and match.margin >= needed and (hinted or _parts(match, tail) > 1):
        return match
    if not hinted:
        return None
    match = signed_sum(row, tail)
    if match is not None and match.margin >= SIGNED_BITS:
        return match
    match = gapped_sum(row, tail)
    if match is not None and match.margin >= SIGNED_BITS:
        return match
    if not says_total:
        return None
    match = near_sum(row, tail, starts)
    return match if match is not None and match.margin >= NEAR_BITS else None


def _parts(match: Match, tail: Sequence[SumRow]) -> int:
    return sum(not row.zero for row in tail[-len(match.signs) :])


def _with_zeros(rows: Sequence[SumRow], size: int, totals: set[int]) -> int:
    """The length of a run with the rows of its section above it that have no figure but zero."""
    first = rows[-size]
    while size < len(rows) and first.index not in totals:
        above = rows[-size - 1]
        if not above.zero or above.sections != first.sections:
            break
        size += 1
    return size


def _is_eps(items: Sequence[LineItem], found: Sum) -> bool:
    return (
        found.holds
        and all(sign > 0 for _, sign in found.parts)
        and len(found.parts) > 1
        and any(_PART_OF_EPS.search(items[index].label) for index, _ in found.parts)
    )


def _finest(items: Sequence[LineItem], unit: UnitKind) -> int:
    """The decimals of the most exact figure: the search counts in its last digit."""
    return max((f.decimals for item in items if item.unit is unit for f in item.figures if _usable(f)), default=0)


def _usable(figure: Figure | None) -> TypeGuard[Figure]:
    return figure is not None and not figure.amount.absent


def _rows(items: Sequence[LineItem], kind: StatementKind, unit: UnitKind, finest: int) -> Iterator[SumRow]:
    for index, item in enumerate(items):
        figures = [figure if _usable(figure) else None for figure in item.figures] if item.unit is unit else ()
        if any(figures):
            yield SumRow(
                index,
                values=tuple([int(f.value.scaleb(finest)) if f else 0 for f in figures]),
                present=tuple([f is not None for f in figures]),
                ulps=tuple([10 ** (finest - f.decimals) if f else 0 for f in figures]),
                polarity=polarity(item.label, item.sections, kind),
                deducted=is_deducted(item.label, item.sections),
                sections=item.sections,
            )


def _sum(total: SumRow, parts: Sequence[SumRow], signs: Sequence[int], finest: int) -> Sum:
    differences: list[Decimal | None] = []
    holds = True
    for column, printed in enumerate(total.present):
        if not printed:
            differences.append(None)
            continue
        added = [(part, sign) for part, sign in zip(parts, signs, strict=True) if sign]
        difference = total.values[column] - sum(sign * part.values[column] for part, sign in added)
        allowed = tolerance(total.ulps[column], [part.ulps[column] for part, _ in added])
        holds = holds and abs(difference) <= allowed
        differences.append(Decimal(difference) * Decimal(10) ** -finest)
    pairs = tuple((part.index, sign) for part, sign in zip(parts, signs, strict=True) if sign)
    return Sum(total.index, pairs, tuple(differences), holds)
