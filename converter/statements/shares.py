"""Earnings, earnings per share and shares check each other: they tell the scale of the share counts."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec.structs import replace

from converter.statements.model import Figure, LineItem, StatementKind, UnitKind

_EARNINGS = re.compile(r"net\W+(?:income|loss|earnings)|^\(?(?:income|loss|earnings)\W", re.I)
_FACTORS = tuple(Decimal(10) ** power for power in (3, -3, 6, -6))
_MONEY_WORDS = re.compile(r"dividend|pro\s*forma|book\s+value", re.I)


def settle_shares(items: Sequence[LineItem], kind: StatementKind) -> tuple[LineItem, ...]:
    """The items with share counts in whole shares.

    Titles seldom say whether "in thousands" holds for share counts too. Where earnings divided by
    earnings per share show that every printed count is off by a thousand or a million, it is
    scaled accordingly; where they show nothing, it stays.
    """
    if kind is not StatementKind.INCOME:
        return tuple(items)
    items = _as_neighbours(items)
    if not any(item.unit is UnitKind.SHARES for item in items):
        return items
    implied = _implied_counts(items)
    off = [_factor(figure.value, implied.get(column, ())) for column, figure in _counts(items)]
    known = {factor for factor in off if factor is not None}
    if len(known) != 1 or known == {Decimal(1)}:
        return tuple(items)
    factor = known.pop()
    return tuple(_scaled(item, factor) if item.unit is UnitKind.SHARES else item for item in items)


def _as_neighbours(items: Sequence[LineItem]) -> tuple[LineItem, ...]:
    """A row of zeros among amounts per share is one of them; "Diluted" under a share count is another count."""
    result = list(items)
    for position in range(1, len(result)):
        item, above = result[position], result[position - 1]
        below = next((i for i in result[position + 1 :] if any(f and f.value for f in i.figures)), None)
        if item.unit is not UnitKind.MONETARY:
            continue
        if not any(f and f.value for f in item.figures):
            if above.unit is UnitKind.PER_SHARE and (below is None or below.unit is UnitKind.PER_SHARE):
                result[position] = replace(item, unit=UnitKind.PER_SHARE)
        elif above.unit is UnitKind.SHARES and _DILUTION.search(item.label) and _alike(item, above):
            result[position] = _scaled(replace(item, unit=UnitKind.SHARES), above.factor / item.factor)
    return tuple(result)


_DILUTION = re.compile(r"dilut|basic|primary|assuming|effect of|stock options|equivalents", re.I)


def _alike(item: LineItem, other: LineItem) -> bool:
    pairs = [(a.amount.value, b.amount.value) for a, b in zip(item.figures, other.figures, strict=True) if a and b]
    return bool(pairs) and all(abs(a) <= 2 * abs(b) for a, b in pairs)


def _implied_counts(items: Sequence[LineItem]) -> dict[int, list[Decimal]]:
    """Per column the share counts that any earnings over any earnings per share come to."""
    implied: dict[int, list[Decimal]] = {}
    width = max((len(item.figures) for item in items), default=0)
    for column in range(width):
        earnings = [f.value for f in _column(items, column, UnitKind.MONETARY, _EARNINGS)]
        per_share = [f.value for f in _column(items, column, UnitKind.PER_SHARE, None)]
        implied[column] = [abs(e / p) for e in earnings for p in per_share if p and abs(p) >= Decimal("0.05")]
    return implied


def _column(items: Sequence[LineItem], column: int, unit: UnitKind, label: re.Pattern[str] | None) -> Iterable[Figure]:
    for item in items:
        figure = item.figures[column]
        if figure is None or item.unit is not unit or not figure.value:
            continue
        if (label is None and not _MONEY_WORDS.search(item.label)) or (label is not None and label.search(item.label)):
            yield figure


def _counts(items: Sequence[LineItem]) -> Iterable[tuple[int, Figure]]:
    for item in items:
        if item.unit is UnitKind.SHARES and not re.search(r"effect|equivalents|dilutive", item.label, re.I):
            for column, figure in enumerate(item.figures):
                if figure is not None and figure.value:
                    yield column, figure


def _factor(count: Decimal, implied: Sequence[Decimal]) -> Decimal | None:
    """The power of ten that brings the count to an implied one; None where none is near, or the count fits as it is."""
    for factor in (Decimal(1), *_FACTORS):
        if any(Decimal("0.8") <= count * factor / other <= Decimal("1.25") for other in implied if other):
            return factor
    return None


def _scaled(item: LineItem, factor: Decimal) -> LineItem:
    shift = factor.adjusted()
    figures = tuple(
        None if figure is None else replace(figure, value=figure.value * factor, decimals=figure.decimals - shift)
        for figure in item.figures
    )
    return replace(item, figures=figures, factor=item.factor * factor)
