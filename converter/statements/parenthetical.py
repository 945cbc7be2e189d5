"""Amounts that captions of a balance sheet state beside their own: allowances, accumulated depreciation.

"Accounts receivable, less allowances of $66 and $68, respectively" holds two figures that stand in no
column. They are read where it is certain which column each belongs to.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from converter.filing import TextSpan
from converter.statements.model import Figure, LineItem, Origin, Statement, StatementKind, UnitKind
from converter.statements.scale import Scale
from converter.tables import locate
from converter.vocabulary import MONTH_PREFIXES, Instant, Token, find_amounts, month_of, near


def _words(text: str) -> re.Pattern[str]:
    return re.compile(text, re.I)


_RECEIVABLE = re.compile(r"receivables?\b|\btrade\b|accounts\b", re.I)
_PROPERTY = re.compile(r"propert|equipment|plant|premises|buildings|fixtures|leasehold|vessels|aircraft", re.I)
_ALLOWANCE = _words(r"(?:allowances?|reserves?)(?:\s+for\s+[a-z ,&'/-]+?)?\s*(?:of|:|-|–|,|\()")
_DEPRECIATION = _words(
    r"accumulated\s+depreciation(?:\s*(?:,|and)?\s*(?:depletion|amortization|and|,)\s*)*\s*(?:of|:|-|"
    r"–|,|\()"
)


_DATE = re.compile(
    rf"\b(?:(?P<month>(?:{'|'.join(MONTH_PREFIXES)})[a-z]*)\.?\s+(?P<day>\d{{1,2}})\s*,\s*)?"
    r"(?<![$\d,.])(?P<year>(?:19|20)\d\d)\b(?![,.]\d)",
    re.I,
)
_BEHIND = _words(r"\s*(?:\(|(?:in|at|for|as\s+of|on)\s)\s*")
_BEFORE = _words(r"\s*[-–:,]+\s*\$?\s*")


class _Day(Struct, frozen=True):
    """A day or year that a caption names, and the column it means; None if that is none or not certain."""

    start: int
    end: int
    column: int | None


def stated_in_captions(statement: Statement, scale: Scale, lines: Sequence[str]) -> Statement | None:
    """The amounts inside the captions of a balance sheet, as a (parenthetical) statement of its own.

    `lines` are the texts of the document's lines. None when the captions state nothing that can be read for sure.
    """
    if statement.kind is not StatementKind.BALANCE_SHEET:
        return None
    items = [item for row in statement.items for item in _items(row, statement, scale, lines)]
    if not items:
        return None
    return replace(
        statement,
        title=f"{statement.title} (parenthetical)",
        items=tuple(items),
        printed=0,
        origin=Origin.PARENTHETICAL,
    )


def _items(row: LineItem, statement: Statement, scale: Scale, lines: Sequence[str]) -> Iterable[LineItem]:
    label = row.label
    if _RECEIVABLE.search(label):
        yield from _listed(_ALLOWANCE, "Allowance for doubtful accounts", row, statement, scale, lines)
    if _PROPERTY.search(label):
        yield from _listed(_DEPRECIATION, "Accumulated depreciation and amortization", row, statement, scale, lines)


def _listed(
    words: re.Pattern[str], label: str, row: LineItem, statement: Statement, scale: Scale, lines: Sequence[str]
) -> Iterable[LineItem]:
    match = words.search(row.label)
    if match is None:
        return
    rest = row.label[match.end() :]
    days = _days(rest, statement)
    undated = _DATE.sub(lambda day: " " * len(day[0]), rest)
    amounts = [t for t in find_amounts(undated) if not t.amount.dash and not t.amount.absent]
    if len(amounts) != len(statement.columns):
        return
    order = _column_order(rest, amounts, days)
    if order is None:
        return
    figures: list[Figure | None] = [None] * len(amounts)
    for column, token in zip(order, amounts, strict=True):
        source = _place(row, lines, match.end() + token.start, match.end() + token.end)
        value = abs(token.amount.value) * scale.money
        whole = row.figures[column]
        if source is None or whole is None or value > 20 * abs(whole.value):
            return
        figures[column] = Figure(
            value,
            token.amount.places - scale.money.adjusted(),
            replace(token.amount, value=abs(token.amount.value)),
            source,
        )
    first = next(f for f in figures if f is not None)
    yield LineItem(
        label,
        (*row.sections, row.label),
        row.indent,
        False,
        UnitKind.MONETARY,
        tuple(figures),
        first.source,
        factor=scale.money,
    )


def _column_order(text: str, amounts: Sequence[Token], days: Sequence[_Day]) -> list[int] | None:
    """The column of each amount: by the day or year printed beside it, else in the order of the columns.

    None where that is not certain: a day that is no column's, or one that may be said of several amounts.
    """
    if not days:
        return list(range(len(amounts)))
    if any(day.column is None for day in days):
        return None
    if len(days) == len(amounts) > 1 and days[0].start >= amounts[-1].end:  # "$66 and $68 in 1998 and 1997"
        beside = [day.column for day in days]
    else:
        beside = [_beside(text, token, days) for token in amounts]
    if len(amounts) == 2 and beside.count(None) == 1:  # "$66 ($68 in 1997)"
        beside = [1 - next(c for c in beside if c is not None) if column is None else column for column in beside]
    order = [column for column in beside if column is not None]
    return order if len(set(order)) == len(amounts) else None


def _beside(text: str, token: Token, days: Sequence[_Day]) -> int | None:
    """The column of the day in "$23 in 1997" or "1997 - $23", if one stands right beside the amount."""
    for day in days:
        if day.start >= token.end and _BEHIND.fullmatch(text, token.end, day.start):
            return day.column
        if day.end <= token.start and _BEFORE.fullmatch(text, day.end, token.start):
            return day.column
    return None


def _days(text: str, statement: Statement) -> list[_Day]:
    """The days and years that a caption names, each with the one column that it can mean, if there is just one."""
    ends = [column.period.day if isinstance(column.period, Instant) else None for column in statement.columns]
    found = []
    for match in _DATE.finditer(text):
        columns = [i for i, end in enumerate(ends) if end is not None and _means(match, end)]
        found.append(_Day(match.start(), match.end(), columns[0] if len(columns) == 1 else None))
    return found


def _means(said: re.Match[str], end: date) -> bool:
    """Whether a day or year is said of a column that ends on this day, or some days off (a fiscal year of weeks)."""
    if said["month"] is None:
        return int(said["year"]) == end.year
    try:
        day = date(int(said["year"]), month_of(said["month"]), int(said["day"]))
    except ValueError:  # there is no such day
        return False
    return near(end, day)


def _place(row: LineItem, lines: Sequence[str], start: int, end: int) -> TextSpan | None:
    """Where the characters [start, end) of the row's caption stand."""
    texts = [lines[span.line][span.start : span.end] for span in row.caption_lines]
    found = locate(row.label, texts, start, end)
    if found is None:
        return None
    number, first, last = found
    span = row.caption_lines[number]
    return TextSpan(span.document, span.line, span.start + first, span.start + last)
