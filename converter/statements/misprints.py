"""Two columns headed with one date by misprint: the second is the comparative one; other statements tell its date."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from msgspec.structs import replace

from converter.statements.calendar import safe_date
from converter.statements.classification import find_qualifier
from converter.statements.drafts import Draft
from converter.statements.model import StatementKind
from converter.statements.names import without_periods
from converter.tables import TableRow
from converter.vocabulary import Duration, Instant, Period, are_near, read_dates, wording

_DAY = timedelta(days=1)
_MAX_COMPARED = 20
"""So many tables are compared with one that has two columns of the same heading, at most."""


def correct_dates(drafts: Sequence[Draft]) -> tuple[list[Draft], list[tuple[Draft, str]]]:
    """Return the tables of a document with the dates corrected, and those changed with what was done.

    The date of the second column is the day before a column of a cash flow statement that begins with its cash, else
    the same day a year earlier, if another table has it.
    """
    result: list[Draft] = []
    changed: list[tuple[Draft, str]] = []
    for index, draft in enumerate(drafts):
        pair = _same_heading(draft)
        others = [*drafts[max(0, index - _MAX_COMPARED) : index], *drafts[index + 1 : index + 1 + _MAX_COMPARED]]
        period = _comparative(draft, pair[1], others) if pair is not None else None
        if pair is not None and period is not None:
            columns = list(draft.columns)
            message = f"two columns of the {draft.title!r} are headed {columns[pair[1]].heading!r}; the second is of "
            columns[pair[1]] = replace(columns[pair[1]], period=period)
            draft = replace(draft, columns=tuple(columns))
            changed.append((draft, message + str(_end(period))))
        result.append(draft)
    return result, changed


def _same_heading(draft: Draft) -> tuple[int, int] | None:
    """The two columns of a table that have one heading and one period, and figures in the same rows; else None."""
    columns = draft.columns
    dated = [i for i, column in enumerate(columns) if column.period is not None and not find_qualifier(column.heading)]
    for i, j in pairwise(dated):
        same = [k for k in dated if columns[k].period == columns[i].period]
        heads = [columns[k].heading for k in (i, j)]
        one_name = without_periods(heads[0]) == without_periods(heads[1]) and all(read_dates(h) for h in heads)
        plain = one_name and same == [i, j] and not (columns[i].part or columns[j].part)
        if plain and any(row.cells[i] and row.cells[j] for row in draft.rows):
            return i, j
    return None


def _comparative(draft: Draft, column: int, others: Sequence[Draft]) -> Period | None:
    """The period of the second of two columns, as other tables tell it."""
    period = draft.columns[column].period
    if isinstance(period, Instant):
        cash = _figures(draft.rows, column, "cash")
        for other in others if cash else ():
            for i, flows in enumerate(other.columns if other.kind is StatementKind.CASH_FLOW else ()):
                before = flows.period.start - _DAY if isinstance(flows.period, Duration) else period.day
                if before < period.day and cash & _figures(other.rows, i, "beginning"):
                    return Instant(before)
    return next((known for known in _known(period, others) if period and _is_year_before(known, period)), None)


def _known(period: Period | None, others: Iterable[Draft]) -> Iterator[Period]:
    """The periods of other tables: those of the same kind, and the ends of durations."""
    for other in others:
        for column in other.columns:
            if isinstance(period, Instant) and column.period is not None:
                yield Instant(_end(column.period))
            elif isinstance(period, Duration) and isinstance(column.period, Duration):
                yield column.period


def _is_year_before(known: Period, period: Period) -> bool:
    end = _end(period)
    if not are_near(_end(known), safe_date(end.year - 1, end.month, end.day)):
        return False
    if isinstance(known, Duration) and isinstance(period, Duration):
        return are_near(known.start, safe_date(period.start.year - 1, period.start.month, period.start.day))
    return True


def _end(period: Period) -> date:
    return period.day if isinstance(period, Instant) else period.end


def _figures(rows: Iterable[TableRow], column: int, word: str) -> set[Decimal]:
    """The figures of a column in rows whose captions have a word."""
    cells = (row.cells[column] for row in rows if word in wording(row.label).words)
    return {cell.token.amount.value for cell in cells if cell is not None and cell.token.amount.value}
