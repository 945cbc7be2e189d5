"""Which tracks are proven: their rows add up, and their balances are those of the balance sheet."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

from msgspec import Struct

from converter.asides.equity.components import Role
from converter.asides.equity.layout import Placed, Strip, Track
from converter.asides.equity.sheet import SheetRow
from converter.tables import TableRow
from converter.vocabulary import expression, wording

_ZERO = Decimal(0)
_SUBTOTAL = expression(
    r"comprehensive\W+(?:\(?(?:income|loss|earnings)|net)|\btotals?\b|\bsubtotals?\b|\bbalances?\b", re.I
)
_MOST_CHANGES = 3
_MOST_TRACKS = 20


class Proven(Struct, frozen=True):
    """A track with the strips that are proven: each with the rows that only add up others.

    `sign` is -1 if the printed figures are deductions from the whole. `sheet` are the rows of the balance sheet with
    its balances.
    """

    track: Track
    strips: tuple[tuple[Strip, frozenset[int]], ...]
    sign: int = 1
    sheet: tuple[SheetRow, ...] = ()


def amount_of(placed: Placed | None) -> Decimal:
    """The printed figure; nothing printed is zero."""
    return _ZERO if placed is None else placed.cell.token.amount.value


def subtotals(strip: Strip, rows: Sequence[TableRow]) -> frozenset[int] | None:
    """Return the rows of a strip that only add up others, if then all others lead from opening to closing balance.

    None if they do not.
    """
    if strip.opening is None and strip.closing is None:
        return None
    target = amount_of(strip.closing) - amount_of(strip.opening)
    events = strip.events
    if any(each.cell.token.amount.absent for each in (*events, *filter(None, (strip.opening, strip.closing)))):
        return None
    slack = _slack(strip)
    if abs(sum((amount_of(each) for each in events), _ZERO) - target) <= slack:
        return frozenset()
    found: list[int] = []
    counted: list[Decimal] = []
    for each in events:
        value, label = amount_of(each), rows[each.row].label
        if (_SUBTOTAL.search(label) or wording(label).is_total) and _adds_up(value, counted, amount_of(strip.opening)):
            found.append(each.row)
        else:
            counted.append(value)
    return frozenset(found) if abs(sum(counted, _ZERO) - target) <= slack else None


def _adds_up(value: Decimal, before: Sequence[Decimal], opening: Decimal) -> bool:
    """Whether a value is the sum of the last figures before it, or the balance after them."""
    total = _ZERO
    for figure in reversed(before):
        total += figure
        if figure and total == value:
            return True
    return total + opening == value


def _slack(strip: Strip) -> Decimal:
    """The difference that rounding can make: half a unit of the last place for each figure, at most two."""
    printed = [each for each in (*strip.events, strip.opening, strip.closing) if each and amount_of(each)]
    if len(printed) < 3:
        return _ZERO
    places = max((each.cell.token.amount.places for each in printed), default=0)
    return Decimal(1 if len(printed) < 6 else 2).scaleb(-places)


def balances(track: Track) -> dict[date, Decimal]:
    """Return the balances of a track by day; where two are printed of one day, that which opens a period counts."""
    found = {strip.closing_day: amount_of(strip.closing) for strip in track.strips}
    return found | {strip.opening_day: amount_of(strip.opening) for strip in track.strips if strip.opening}


def ties(track: Track, row: SheetRow, factor: Decimal, sign: int = 1) -> bool:
    """Whether the balances of a track are those of a row of the balance sheet, on all days that both have."""
    own = balances(track)
    days = own.keys() & row.values.keys()
    return any(own[day] for day in days) and all(own[day] * factor * sign == row.values[day] for day in days)


def crossfoot(tracks: Sequence[Track], whole: Mapping[date, Decimal], total: Track | None) -> dict[int, int] | None:
    """Return the signs with which tracks, by index, add up to the whole on each of its days; None if none do.

    `total` is the track of the whole, which is no part of it. The fewest changes to what the headings say count: a
    track that is deducted, is none of money, or is one after all.
    """
    own = [balances(track) for track in tracks]
    signs = {i: 1 for i, track in enumerate(tracks) if track.role is Role.MONEY and track is not total}
    if len(tracks) > _MOST_TRACKS or not signs:
        return None
    others = [i for i, track in enumerate(tracks) if track is not total]
    changes = [(i, sign) for i in others for sign in (-1, 0, 1) if signs.get(i, 0) != sign]
    for number in range(_MOST_CHANGES + 1):
        for chosen in combinations(changes, number):
            changed = signs | dict(chosen)
            if all(_sum(own, changed, day) == value for day, value in whole.items()):
                return {i: sign for i, sign in changed.items() if sign}
    return None


def _sum(own: Sequence[Mapping[date, Decimal]], signs: Mapping[int, int], day: date) -> Decimal:
    return sum((sign * own[i].get(day, _ZERO) for i, sign in signs.items()), _ZERO)
