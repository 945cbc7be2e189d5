"""Find the run of rows, with signs, that adds up to a figure: a bounded search over exact integers.

A hypothesis is a run of rows that ends just above the total, with a sign for each row. It is accepted if the
figures agree to more bits than the hypothesis costs. Agreement of two five-digit columns is worth 30 bits; a
longer run and a negative sign cost bits, a sign against the wording costs more. So a plain total over small
figures is found, and a coincidence of small figures with odd signs is not.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

MAX_PARTS = 48
"""The largest number of open rows searched for the parts of a total."""
SECTION_COST = 4
"""The cost of a plain run that begins within a section."""
MAX_TURNED = 32
"""The largest length of a run in which signs are changed."""
MAX_HITS = 64
"""The largest number of hypotheses that match one column and are verified in the others."""


class SumRow(Struct, frozen=True):
    """A row in integers of the statement's smallest printed unit; a blank cell is 0.

    `index` is the row's index in the statement. `present` tells which columns have a figure, `ulps` is the unit of
    the last printed digit per column (0 for a blank cell), `polarity` that of polarity.polarity; `deducted` is true
    if the wording marks the row as a deduction ("less").
    """

    index: int
    values: tuple[int, ...]
    present: tuple[bool, ...]
    ulps: tuple[int, ...]
    polarity: int
    deducted: bool
    sections: tuple[str, ...]

    @property
    def is_zero(self) -> bool:
        """Whether the row has no figure other than zero."""
        return not any(self.values)


class Match(Struct, frozen=True):
    """A hypothesis: the signs of the last rows (0: left out), its cost and the bits of agreement.

    `failing` are the columns in which it does not hold.
    """

    signs: tuple[int, ...]
    cost: int
    bits: int
    failing: tuple[int, ...] = ()

    @property
    def margin(self) -> int:
        """The bits of agreement in excess of the cost."""
        return self.bits - self.cost


def tolerance(total_ulp: int, ulps: Sequence[int]) -> int:
    """Return the largest difference that rounding explains: half a unit of the last digit of every figure.

    This is the rule of Calculations 1.1: the rounding intervals of the total and of the sum touch.
    """
    return (total_ulp + sum(ulps)) // 2


def plain_sum(total: SumRow, tail: Sequence[SumRow], starts_section: Callable[[int], bool]) -> Match | None:
    """Return the best sum of the last rows of `tail`, all added; a run that does not start a section costs more."""
    matches = _matching_runs(total, tail, (1,) * len(tail), 0)
    return _best(
        [m if starts_section(len(tail) - len(m.signs)) else replace(m, cost=m.cost + SECTION_COST) for m in matches]
    )


def signed_sum(total: SumRow, tail: Sequence[SumRow]) -> Match | None:
    """Return the best sum with the signs that the wording implies, else with one block of signs inverted."""
    tail = tail[-MAX_TURNED:]
    expected_signs = _expected_signs(total, tail)
    matches = list(_matching_runs(total, tail, expected_signs, 1))
    if not matches:
        for base_signs in {(1,) * len(tail), expected_signs}:
            matches.extend(_runs_with_changed_block(total, tail, base_signs, weight=2, base_cost=6))
    return _best(matches)


def gapped_sum(total: SumRow, tail: Sequence[SumRow]) -> Match | None:
    """Return the best sum of a run, all rows added, without one block of rows.

    The block may be the parts of a subtotal that was not found, or remarks ("of which ...").
    """
    tail = tail[-MAX_TURNED:]
    return _best(_runs_with_changed_block(total, tail, (1,) * len(tail), weight=1, base_cost=10))


def near_sum(total: SumRow, tail: Sequence[SumRow], starts_section: Callable[[int], bool]) -> Match | None:
    """Return the best sum, all rows added, that holds in at least half of the columns and fails in another.

    Only runs whose first row starts a section are tried.
    """
    columns = [column for column, printed in enumerate(total.present) if printed]
    matches = []
    sums = [0] * len(total.values)
    for start in range(len(tail) - 1, -1, -1):
        sums = [partial_sum + value for partial_sum, value in zip(sums, tail[start].values, strict=True)]
        if len(tail) - start < 2 or not starts_section(start):
            continue
        failing = [c for c in columns if abs(total.values[c] - sums[c]) > _allowed_difference(total, tail[start:], c)]
        holding = [c for c in columns if c not in failing]
        if failing and len(holding) >= len(failing):
            bits = sum(_bits(total, tail[start:], column, 0) for column in holding)
            matches.append(Match((1,) * (len(tail) - start), _run_cost(len(tail) - start), bits, tuple(failing)))
    return _best(matches)


def _best(matches: Sequence[Match] | Iterator[Match]) -> Match | None:
    return min(matches, key=lambda match: (match.cost, len(match.signs)), default=None)


def _run_cost(length: int) -> int:
    return length.bit_length()


def _matching_runs(total: SumRow, tail: Sequence[SumRow], signs: Sequence[int], base_cost: int) -> Iterator[Match]:
    """Yield the runs at the end of `tail` that add up to the total with these signs."""
    pivot = _largest_column(total)
    target, slack = total.values[pivot], total.ulps[pivot] * 4
    lowest, highest = target - slack, target + slack
    running = 0
    for length, row in enumerate(reversed(tail), 1):
        running += signs[-length] * row.values[pivot]
        if lowest <= running <= highest and not row.is_zero:
            match = _verify(total, tail[-length:], signs[-length:], base_cost)
            if match is not None:
                yield match


def _largest_column(total: SumRow) -> int:
    return max(range(len(total.values)), key=lambda column: (total.present[column], abs(total.values[column])))


def _allowed_difference(total: SumRow, parts: Sequence[SumRow], column: int) -> int:
    """Return the largest difference that the search accepts: at most `tolerance`, so that chance matches are few."""
    ulp = total.ulps[column]
    return min(ulp * (1 + len(parts) // 8), tolerance(ulp, [part.ulps[column] for part in parts]))


def _verify(total: SumRow, parts: Sequence[SumRow], signs: Sequence[int], base_cost: int) -> Match | None:
    exact = True
    for column, printed in enumerate(total.present):
        if printed:
            parts_sum = sum(sign * part.values[column] for sign, part in zip(signs, parts, strict=True))
            difference = abs(parts_sum - total.values[column])
            if difference > _allowed_difference(total, parts, column):
                return None
            exact = exact and difference == 0
    penalty = 0 if exact else 2
    bits = sum(_bits(total, parts, column, penalty) for column, printed in enumerate(total.present) if printed)
    cost = base_cost + _run_cost(len(parts)) + _sign_cost(total, parts, signs) + penalty
    return Match(tuple(signs), cost, bits)


def _bits(total: SumRow, parts: Sequence[SumRow], column: int, penalty: int) -> int:
    """Return the bits that agreement in a column is worth: the size of its figures in units of the last digit."""
    size = max(abs(total.values[column]), max(abs(part.values[column]) for part in parts))
    return max((size // (total.ulps[column] or 1)).bit_length() - penalty, 0)


def _expected_signs(total: SumRow, tail: Sequence[SumRow]) -> tuple[int, ...]:
    """Return the signs that the wording implies; a figure printed as negative already has its sign."""
    direction = _expected_direction(total) or 1
    return tuple(-1 if _expected_sign(row, direction) < 0 else 1 for row in tail)


def _expected_sign(row: SumRow, direction: int) -> int:
    """Return the sign that the wording gives a row in a total of this direction, 0 if it gives none."""
    if row.deducted:
        return 1 if _is_printed_negative(row) else -1
    return _expected_direction(row) * direction


def _expected_direction(row: SumRow) -> int:
    return 1 if row.polarity < 0 and _is_printed_negative(row) else row.polarity


def _is_printed_negative(row: SumRow) -> bool:
    return sum((value > 0) - (value < 0) for value in row.values) < 0


def _sign_cost(total: SumRow, parts: Sequence[SumRow], signs: Sequence[int]) -> int:
    """Return the cost of the signs that the wording does not explain; adding all rows costs nothing."""
    if -1 not in signs:
        return 0
    outcome = -1 if _expected_direction(total) < 0 else 1
    cost = 0
    previous_sign = 0
    for part, sign in zip(parts, signs, strict=True):
        expected_sign = -1 if part.deducted else part.polarity * outcome
        if part.is_zero:
            continue
        if sign < 0:
            cost += 0 if expected_sign < 0 else 2 if expected_sign == 0 or sign == previous_sign else 6
        elif expected_sign < 0 and not _is_printed_negative(part):
            cost += 1 if sign == previous_sign else 3
        previous_sign = sign
    return cost


def _runs_with_changed_block(
    total: SumRow, tail: Sequence[SumRow], base_signs: Sequence[int], weight: int, base_cost: int
) -> Iterator[Match]:
    """Yield the runs that add up without `weight` times the sum of one block: 2 inverts its signs, 1 leaves it out."""
    pivot = _largest_column(total)
    target = total.values[pivot]
    sums = [0, *accumulate(sign * row.values[pivot] for sign, row in zip(base_signs, tail, strict=True))]
    positions: dict[int, list[int]] = defaultdict(list)
    for position, value in enumerate(sums):
        positions[value].append(position)
    hit_count = 0
    for start in range(len(tail) - 1, -1, -1):
        excess, odd = divmod(sums[-1] - sums[start] - target, weight)
        if odd or tail[start].is_zero:
            continue
        for low in range(start, len(tail)):
            for high in positions.get(sums[low] + excess, ()):
                if high > low and hit_count < MAX_HITS:
                    hit_count += 1
                    signs = [sign * (1 - weight) if low <= i < high else sign for i, sign in enumerate(base_signs)]
                    match = _verify(total, tail[start:], signs[start:], base_cost)
                    if match is not None:
                        yield match
