"""Determine the scale of share counts from earnings and earnings per share."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec.structs import replace

from converter.statements.model import Figure, LineItem, StatementKind, UnitKind
from converter.vocabulary import expression

_EARNINGS = expression(r"net\W+(?:income|loss|earnings)|^\(?(?:income|loss|earnings)\W", re.I)
_FACTORS = tuple(Decimal(10) ** power for power in (0, 3, -3, 6, -6))
_CERTAIN_COUNT = 1_000_000
_MAX_COMPARED = 20  # rows of earnings, and of earnings per share
_SHARE_CAPTION = expression(r"dilut|basic|primary|assuming|effect of|stock options|equivalents", re.I)
_OF_SHARES = expression(r"(?:shares )?(?:authorized|issued|outstanding)(?:,? and outstanding)?(?: shares)?\W*", re.I)
_EFFECT = expression(r"effect|equivalents|dilutive", re.I)
_NOT_EARNINGS_PER_SHARE = expression(r"dividend|pro\s*forma|book\s+value", re.I)


def rescale_share_counts(
    items: Sequence[LineItem], kind: StatementKind, *, assumed: bool = False
) -> tuple[LineItem, ...]:
    """Rescale the share counts of an income statement to whole shares.

    Titles seldom say whether "in thousands" includes share counts. If earnings divided by earnings
    per share show that the counts are off by a thousand or a million, they are rescaled; if they
    show nothing, or contradict each other, the counts stay. If no scale is stated, but `assumed`, counts that are too
    large for the earnings stay, too: it is the money that is divided.
    """
    if kind is StatementKind.BALANCE_SHEET:
        return _with_issued_below_authorized(items)
    if kind is not StatementKind.INCOME:
        return tuple(items)
    items = _with_units_of_neighbours(items)
    factor = _factor_of_counts(items)
    if factor is None or factor == 1 or (assumed and factor < 1):
        return items
    return tuple(scaled(item, factor) if item.unit is UnitKind.SHARES else item for item in items)


def counts_shares(label: str) -> bool:
    """Whether a caption has no more words than that shares are authorized, issued or outstanding."""
    return _OF_SHARES.fullmatch(label) is not None


def _with_issued_below_authorized(items: Sequence[LineItem]) -> tuple[LineItem, ...]:
    """Take the unit of the shares authorized for those issued or outstanding in the rows below, which are no more."""
    result = list(items)
    for position, (above, item) in enumerate(pairwise(items), 1):
        authorized = result[position - 1] if _OF_SHARES.fullmatch(above.label) else None
        if authorized is None or authorized.unit is not UnitKind.SHARES or item.unit is not UnitKind.MONETARY:
            continue
        if _OF_SHARES.fullmatch(item.label) and _are_fewer(item, authorized):
            result[position] = scaled(replace(item, unit=UnitKind.SHARES), authorized.factor / item.factor)
    return tuple(result)


def _are_fewer(item: LineItem, authorized: LineItem) -> bool:
    """Whether printed counts are a thousandth of those authorized at least, and no more, in all columns."""
    pairs = [(a, b) for a, b in zip(item.figures, authorized.figures, strict=True) if a is not None and b is not None]
    return bool(pairs) and all(b.amount.value <= 1000 * a.amount.value <= 1000 * b.amount.value for a, b in pairs)


def implied_money_factor(items: Sequence[LineItem]) -> Decimal | None:
    """Return the power of ten that brings earnings over earnings per share near the share counts, or None.

    Counts of less than a million that are near as printed tell nothing: they may be in thousands, as the money.
    """
    factor = _factor_of_counts(items)
    largest = max((figure.value for _, figure in _share_counts(items)), default=Decimal(0))
    return None if factor is None or factor > 1 or (factor == 1 and largest < _CERTAIN_COUNT) else 1 / factor


def _factor_of_counts(items: Sequence[LineItem]) -> Decimal | None:
    """The one power of ten that brings all share counts near what earnings and earnings per share imply, or None."""
    implied = _implied_counts(items) if any(item.unit is UnitKind.SHARES for item in items) else {}
    factors = [_factor_to_implied(figure.value, implied.get(column, ())) for column, figure in _share_counts(items)]
    distinct_factors = {factor for factor in factors if factor is not None}
    return distinct_factors.pop() if len(distinct_factors) == 1 else None


def _with_units_of_neighbours(items: Sequence[LineItem]) -> tuple[LineItem, ...]:
    """Take the unit of the row above for zeros among amounts per share and for "Diluted" below a share count."""
    result = list(items)
    following = _next_with_figures(items)
    for position in range(1, len(result)):
        item, above, below = result[position], result[position - 1], following[position]
        if item.unit is not UnitKind.MONETARY:
            continue
        if not any(f and f.value for f in item.figures):
            if above.unit is UnitKind.PER_SHARE and (below is None or below.unit is UnitKind.PER_SHARE):
                result[position] = replace(item, unit=UnitKind.PER_SHARE)
        elif above.unit is UnitKind.SHARES and _SHARE_CAPTION.search(item.label) and _are_similar(item, above):
            result[position] = scaled(replace(item, unit=UnitKind.SHARES), above.factor / item.factor)
    return tuple(result)


def _next_with_figures(items: Sequence[LineItem]) -> list[LineItem | None]:
    """Return for each item the next one below it that has a figure other than zero."""
    following: list[LineItem | None] = []
    below = None
    for item in reversed(items):
        following.append(below)
        if any(f and f.value for f in item.figures):
            below = item
    return following[::-1]


def _are_similar(item: LineItem, other: LineItem) -> bool:
    pairs = [(a.amount.value, b.amount.value) for a, b in zip(item.figures, other.figures, strict=True) if a and b]
    return bool(pairs) and all(abs(a) <= 2 * abs(b) for a, b in pairs)


def _implied_counts(items: Sequence[LineItem]) -> dict[int, list[Decimal]]:
    """Map each column to the quotients of its first earnings and earnings per share, in ascending order."""
    counts: dict[int, list[Decimal]] = {}
    width = max((len(item.figures) for item in items), default=0)
    for column in range(width):
        earnings = [f.value for f in _figures_in_column(items, column, UnitKind.MONETARY, _EARNINGS)]
        per_share = [f.value for f in _figures_in_column(items, column, UnitKind.PER_SHARE, None)]
        counts[column] = sorted(
            abs(e / p) for e in earnings[:_MAX_COMPARED] for p in per_share[:_MAX_COMPARED] if abs(p) >= Decimal("0.05")
        )
    return counts


def _figures_in_column(
    items: Sequence[LineItem], column: int, unit: UnitKind, caption_pattern: re.Pattern[str] | None
) -> Iterable[Figure]:
    for item in items:
        figure = item.figures[column]
        if figure is None or item.unit is not unit or not figure.value:
            continue
        if (caption_pattern is None and not _NOT_EARNINGS_PER_SHARE.search(item.label)) or (
            caption_pattern is not None and caption_pattern.search(item.label)
        ):
            yield figure


def _share_counts(items: Sequence[LineItem]) -> Iterable[tuple[int, Figure]]:
    for item in items:
        if item.unit is UnitKind.SHARES and not _EFFECT.search(item.label):
            for column, figure in enumerate(item.figures):
                if figure is not None and figure.value:
                    yield column, figure


def _factor_to_implied(count: Decimal, implied_counts: Sequence[Decimal]) -> Decimal | None:
    """Return the power of ten that brings the count near an implied one, 1 if it is near already, or None."""
    for factor in _FACTORS:
        scaled = count * factor
        position = bisect_left(implied_counts, scaled / Decimal("1.25"))
        if position < len(implied_counts) and implied_counts[position] <= scaled / Decimal("0.8"):
            return factor
    return None


def scaled(item: LineItem, factor: Decimal) -> LineItem:
    """Return a row with its figures multiplied by a power of ten."""
    shift = factor.adjusted()
    figures = tuple(
        None if figure is None else replace(figure, value=figure.value * factor, decimals=figure.decimals - shift)
        for figure in item.figures
    )
    return replace(item, figures=figures, factor=item.factor * factor)
