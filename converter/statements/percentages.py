"""Which columns of a table hold percentages, as beside the amounts of a common-size statement."""

from collections.abc import Sequence

from converter.tables import Block, TableRow


def percentage_columns(block: Block, rows: Sequence[TableRow]) -> list[bool]:
    """Return for each column of a table whether it holds percentages."""
    return [_is_percentage_column(rows, column) for column in range(len(block.columns))]


def _is_percentage_column(rows: Sequence[TableRow], column: int) -> bool:
    """Whether a column holds percentages: the first is marked so, or is 100 and none exceeds it."""
    amounts = (cell.token.amount for row in rows if (cell := row.cells[column]) is not None)
    printed = (amount for amount in amounts if not (amount.absent or amount.dash))
    first = next(printed, None)
    if first is None or not (first.percent or first.value == 100):
        return False
    others = list(printed)
    marked = first.percent or (len(others) > 1 and all(abs(amount.value) <= 100 for amount in others))
    return marked and not any(amount.grouped or amount.currency for amount in (first, *others))
