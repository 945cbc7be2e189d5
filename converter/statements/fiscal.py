"""The first day of each period, settled over all statements of a filing.

The end of a period is printed, its first day hardly ever is: a length in months says it to about a week where fiscal
years end on a weekday. The balance sheets, the ends of other periods and the opening cash of the cash flow statement
tell which day it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from msgspec.structs import replace

from converter.statements.model import Statement, StatementKind
from converter.vocabulary import Duration, Instant, Period, are_near, wording

_DAY = timedelta(days=1)


def settle_first_days(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with durations that begin the day after a period before them ended, wherever that is known.

    A period is known to have ended on a day of a balance sheet, or with another duration. Of several such days about
    where the period before must have ended, one with the opening cash of the cash flow statement goes first.
    """
    plain = [statement for statement in statements if statement.qualifier is None]
    ends = _known_ends(plain)
    opening = _opening_cash(plain)
    balances = _balances(plain)
    moved: dict[Period, Period] = {}
    for period in {column.period for statement in plain for column in statement.columns}:
        if isinstance(period, Duration):
            start = _first_day(period, ends, opening.get(period, frozenset()), balances)
            if start != period.start:
                moved[period] = Duration(start, period.end)
    return tuple(_moved(statement, moved) for statement in statements) if moved else tuple(statements)


def _first_day(
    period: Duration, ends: Iterable[date], opening: frozenset[Decimal], balances: Mapping[date, frozenset[Decimal]]
) -> date:
    before = period.start - _DAY
    near = sorted(
        (day for day in ends if are_near(day, before) and day < period.end), key=lambda day: abs(day - before)
    )
    with_cash = [day for day in near if opening & balances.get(day, frozenset())]
    if with_cash:
        return with_cash[0] + _DAY
    if before in near or not near or period.start.day == 1:
        return period.start
    return near[0] + _DAY


def _known_ends(statements: Iterable[Statement]) -> set[date]:
    periods = (column.period for statement in statements for column in statement.columns if column.qualifier is None)
    return {period.day if isinstance(period, Instant) else period.end for period in periods}


def _opening_cash(statements: Iterable[Statement]) -> dict[Period, frozenset[Decimal]]:
    """The figures of rows of cash flow statements that say they are of the beginning of the period."""
    found: dict[Period, set[Decimal]] = {}
    for statement in statements:
        for item in statement.items if statement.kind is StatementKind.CASH_FLOW else ():
            if "beginning" in wording(item.label).words or any("beginning" in s.lower() for s in item.sections[-1:]):
                for column, figure in zip(statement.columns, item.figures, strict=True):
                    if figure is not None and figure.value:
                        found.setdefault(column.period, set()).add(figure.value)
    return {period: frozenset(values) for period, values in found.items()}


def _balances(statements: Iterable[Statement]) -> dict[date, frozenset[Decimal]]:
    """The figures of balance sheets in rows of cash, by their day."""
    found: dict[date, set[Decimal]] = {}
    for statement in statements:
        for item in statement.items if statement.kind is StatementKind.BALANCE_SHEET else ():
            if "cash" in wording(item.label).words:
                for column, figure in zip(statement.columns, item.figures, strict=True):
                    if figure is not None and figure.value and isinstance(column.period, Instant):
                        found.setdefault(column.period.day, set()).add(figure.value)
    return {day: frozenset(values) for day, values in found.items()}


def _moved(statement: Statement, moved: Mapping[Period, Period]) -> Statement:
    columns = tuple(replace(column, period=moved.get(column.period, column.period)) for column in statement.columns)
    return replace(statement, columns=columns)
