"""Whether certain rows add up, before the sums of a statement are looked for."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from converter.statements import LineItem


def adds_up(items: Sequence[LineItem], total: int, parts: Mapping[int, int]) -> bool:
    """Whether rows add up to a total in every column in which it and any of them are printed, rounding aside.

    `total` is the index of its row; `parts` maps the indexes of the others to their signs, 1 or -1.
    """
    compared = 0
    for column, figure in enumerate(items[total].figures):
        if figure is None:
            continue
        values = [sign * part.value for i, sign in parts.items() if (part := items[i].figures[column]) is not None]
        if not values:
            continue
        if abs(figure.value - sum(values, Decimal(0))) > items[total].factor * 2:
            return False
        compared += any(values)
    return compared > 0
