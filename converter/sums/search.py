"""Which run of rows, with which signs, adds up to a figure: a bounded search over exact integers.

A hypothesis is a run of rows that ends just above the total, and a sign for each. It is believed when the
figures agree to more bits than the hypothesis costs: agreement of two five-digit columns is worth 30 bits, a
longer run, a turned sign or a turned sign against the wording costs some. So a plain total over small figures
is found, and a coincidence of small figures with odd signs is not.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

MAX_PARTS = 48
"""A total looks at no more open rows than this."""
SECTION_COST = 4
"""What a plain run costs that begins within a section."""
MAX_TURNED = 32
"""A run in which signs are turned block by block is no longer than this."""
MAX_HITS = 64
"""So many hypotheses that fit the first column are looked at in the other columns."""


class SumRow(Struct, frozen=True):
    """A row as the search sees it: integers in the statement's smallest printed unit, 0 for a blank cell.

    `ulps` is per column the unit of the last printed digit (0 for a blank cell), `polarity` as in
    polarity.polarity; `deducted` says that the row is announced as "less".
    """

    index: int
    values: tuple[int, ...]
    present: tuple[bool, ...]
    ulps: tuple[int, ...]
    polarity: int
    deducted: bool
    sections: tuple[str, ...]

    @property
    def zero(self) -> bool:
        """Whether no column has a figure but zero."""
        return not any(self.values)


class Match(Struct, frozen=True):
    """A hypothesis: signs of the last rows (0: left out), what they cost, bits of agreement, columns that fail."""

    signs: tuple[int, ...]
    cost: int
    bits: int
    failing: tuple[int, ...] = ()

    @property
    def margin(self) -> int:
        """How many bits of agreement are left when the hypothesis is paid for."""
        return self.bits - self.cost


def tolerance(total_ulp: int, ulps: Sequence[int]) -> int:
    """The largest difference that rounding explains: half a unit of the last digit of every figure.

    As Calculations 1.1 has it: the intervals of the total and of the sum touch.
    """
    return (total_ulp + sum(ulps)) // 2


def plain_sum(total: SumRow, tail: Sequence[SumRow], starts: Callable[[int], bool]) -> Match | None:
    """The best sum of rows at the end of `tail`, all added; `starts` says whether a section begins at a row of it."""
    found = _runs(total, tail, (1,) * len(tail), 0)
    return _best([m if starts(len(tail) - len(m.signs)) else replace(m, cost=m.cost + SECTION_COST) for m in found])


def signed_sum(total: SumRow, tail: Sequence[SumRow]) -> Match | None:
    """The best sum with signs: those the wording tells, then with one block of rows turned."""
    tail = tail[-MAX_TURNED:]
    told = _told(total, tail)
    found = list(_runs(total, tail, told, 1))
    if not found:
        for base in {(1,) * len(tail), told}:
            found.extend(_turned(total, tail, base))
    return _best(found)


def gapped_sum(total: SumRow, tail: Sequence[SumRow]) -> Match | None:
    """The best sum, all rows added, of a run from which one block of rows is left out.

    Such are the parts of a subtotal that could not be explained, or remarks ("of which ...").
    """
    tail = tail[-MAX_TURNED:]
    return _best(_blocks(total, tail, (1,) * len(tail), 1, 10))


def near_sum(total: SumRow, tail: Sequence[SumRow], starts: Callable[[int], bool]) -> Match | None:
    """The best sum, all rows added, that agrees in at least half of the columns and fails in another.

    Only runs from a row of which `starts` says that it begins a section are looked at.
    """
    columns = [column for column, printed in enumerate(total.present) if printed]
    found = []
    sums = [0] * len(total.values)
    for start in range(len(tail) - 1, -1, -1):
        sums = [one + value for one, value in zip(sums, tail[start].values, strict=True)]
        if len(tail) - start < 2 or not starts(start):
            continue
        failing = [c for c in columns if abs(total.values[c] - sums[c]) > _reach(total, tail[start:], c)]
        holding = [c for c in columns if c not in failing]
        if failing and len(holding) >= len(failing):
            bits = sum(_bits(total, tail[start:], column, 0) for column in holding)
            found.append(Match((1,) * (len(tail) - start), _run_cost(len(tail) - start), bits, tuple(failing)))
    return _best(found)


def _best(found: Sequence[Match] | Iterator[Match]) -> Match | None:
    return min(found, key=lambda match: (match.cost, len(match.signs)), default=None)


def _run_cost(length: int) -> int:
    return length.bit_length()


def _runs(total: SumRow, tail: Sequence[SumRow], signs: Sequence[int], family: int) -> Iterator[Match]:
    """The runs at the end of `tail` that with these signs add up to the total."""
    pivot = _pivot(total)
    target, running = total.values[pivot], 0
    for start in range(len(tail) - 1, -1, -1):
        running += signs[start] * tail[start].values[pivot]
        if abs(running - target) <= total.ulps[pivot] * 4 and not tail[start].zero:
            match = _verify(total, tail[start:], signs[start:], family)
            if match is not None:
                yield match


def _pivot(total: SumRow) -> int:
    return max(range(len(total.values)), key=lambda column: (total.present[column], abs(total.values[column])))


def _reach(total: SumRow, parts: Sequence[SumRow], column: int) -> int:
    """The difference that a search forgives: tighter than `tolerance`, for a found sum must not be chance."""
    ulp = total.ulps[column]
    return min(ulp * (1 + len(parts) // 8), tolerance(ulp, [part.ulps[column] for part in parts]))


def _verify(total: SumRow, parts: Sequence[SumRow], signs: Sequence[int], family: int) -> Match | None:
    exact = True
    for column, printed in enumerate(total.present):
        if printed:
            found = sum(sign * part.values[column] for sign, part in zip(signs, parts, strict=True))
            difference = abs(found - total.values[column])
            if difference > _reach(total, parts, column):
                return None
            exact = exact and difference == 0
    spread = 0 if exact else 2
    bits = sum(_bits(total, parts, column, spread) for column, printed in enumerate(total.present) if printed)
    cost = family + _run_cost(len(parts)) + _sign_cost(total, parts, signs) + spread
    return Match(tuple(signs), cost, bits)


def _bits(total: SumRow, parts: Sequence[SumRow], column: int, spread: int) -> int:
    """How many bits an agreement in a column is worth: the size of its figures in units of the last digit."""
    size = max(abs(total.values[column]), max(abs(part.values[column]) for part in parts))
    return max((size // (total.ulps[column] or 1)).bit_length() - spread, 0)


def _told(total: SumRow, tail: Sequence[SumRow]) -> tuple[int, ...]:
    """The signs that the wording tells; a figure printed negative already has its sign."""
    direction = _direction(total) or 1
    return tuple(-1 if _sign_of(row, direction) < 0 else 1 for row in tail)


def _sign_of(row: SumRow, direction: int) -> int:
    """The sign that a row has in a total of this direction by its wording, 0 if that says nothing."""
    if row.deducted:
        return 1 if _printed_negative(row) else -1
    return _direction(row) * direction


def _direction(row: SumRow) -> int:
    return 1 if row.polarity < 0 and _printed_negative(row) else row.polarity


def _printed_negative(row: SumRow) -> bool:
    return sum((value > 0) - (value < 0) for value in row.values) < 0


def _sign_cost(total: SumRow, parts: Sequence[SumRow], signs: Sequence[int]) -> int:
    """What the signs cost that the wording does not account for; adding everything up costs nothing."""
    if -1 not in signs:
        return 0
    outcome = -1 if _direction(total) < 0 else 1
    cost = 0
    before = 0
    for part, sign in zip(parts, signs, strict=True):
        told = -1 if part.deducted else part.polarity * outcome
        if part.zero:
            continue
        if sign < 0:
            cost += 0 if told < 0 else 2 if told == 0 or sign == before else 6
        elif told < 0 and not _printed_negative(part):
            cost += 1 if sign == before else 3
        before = sign
    return cost


def _turned(total: SumRow, tail: Sequence[SumRow], base: Sequence[int]) -> list[Match]:
    """Runs that add up when one block of rows is turned: twice its sum is what the run has too much."""
    return list(_blocks(total, tail, base, 2, 6))


def _blocks(total: SumRow, tail: Sequence[SumRow], base: Sequence[int], weight: int, family: int) -> Iterator[Match]:
    """Runs that add up when one block of rows counts less by `weight` times its sum: 2 turns it, 1 leaves it out."""
    pivot = _pivot(total)
    target = total.values[pivot]
    sums = [0, *accumulate(sign * row.values[pivot] for sign, row in zip(base, tail, strict=True))]
    places: dict[int, list[int]] = defaultdict(list)
    for place, value in enumerate(sums):
        places[value].append(place)
    hits = 0
    for start in range(len(tail) - 1, -1, -1):
        excess, odd = divmod(sums[-1] - sums[start] - target, weight)
        if odd or tail[start].zero:
            continue
        for low in range(start, len(tail)):
            for high in places.get(sums[low] + excess, ()):
                if high > low and hits < MAX_HITS:
                    hits += 1
                    signs = [sign * (1 - weight) if low <= at < high else sign for at, sign in enumerate(base)]
                    match = _verify(total, tail[start:], signs[start:], family)
                    if match is not None:
                        yield match
