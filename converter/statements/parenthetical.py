"""Amounts stated in the captions of a balance sheet: allowances and accumulated depreciation.

"Accounts receivable, less allowances of $66 and $68, respectively" holds two figures that are printed in no
column. They are read if it is certain to which column each belongs.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from converter.filing import TextSpan
from converter.statements.model import Figure, LineItem, Origin, Statement, StatementKind, UnitKind
from converter.tables import locate
from converter.vocabulary import MONTH_PREFIXES, Instant, Token, are_near, expression, find_amounts, month_of


def _pattern(text: str) -> re.Pattern[str]:
    return expression(text, re.I)


_RECEIVABLE = expression(r"receivables?\b|\btrade\b|accounts\b", re.I)
_LOANS = expression(r"\bloans?\b|\blease financing\b", re.I)
_PROPERTY = expression(
    r"propert|equipment|plant|premises|buildings|fixtures|leasehold|vessels|aircraft", re.I, first="peblfva"
)
_ALLOWANCE = _pattern(r"(?:allowances?|reserves?)(?:\s+for\s+[a-z,&'/-][a-z ,&'/-]{0,99}?)?\s*(?:of|:|-|–|,|\()")
_DEPRECIATION = _pattern(r"accumulated\s+depreciation(?:\s*(?:,|and|depletion|amortization))*\s*(?:of|:|-|–|,|\()")


_DAY_OR_YEAR = expression(
    rf"\b(?:(?P<month>(?:{'|'.join(MONTH_PREFIXES)})[a-z]*)\.?\s+(?P<day>\d{{1,2}})\s*,\s*)?"
    r"(?<![$\d,.])(?P<year>(?:19|20)\d\d)\b(?![,.]\d)",
    re.I,
)
_DAY_AFTER_AMOUNT = _pattern(r"\s*(?:\(|(?:in|at|for|as\s+of|on)\s)\s*")
_DAY_BEFORE_AMOUNT = _pattern(r"\s*[-–:,]+\s*(?:\$\s*)?")


class _NamedDay(Struct, frozen=True):
    """A day or year named in a caption, with the column it refers to; None if there is none or several."""

    start: int
    end: int
    column: int | None


def read_parenthetical(statement: Statement, lines: Sequence[str]) -> Statement | None:
    """Read the amounts in the captions of a balance sheet as a parenthetical statement.

    `lines` are the texts of the document's lines. Return None if no caption states amounts that can be read with
    certainty, or if the statement is no balance sheet.
    """
    if statement.kind is not StatementKind.BALANCE_SHEET:
        return None
    items = [item for row in statement.items for item in _parenthetical_items(row, statement, lines)]
    if not items:
        return None
    return replace(
        statement,
        title=f"{statement.title} (parenthetical)",
        items=tuple(items),
        printed=0,
        origin=Origin.PARENTHETICAL,
    )


def _parenthetical_items(row: LineItem, statement: Statement, lines: Sequence[str]) -> Iterable[LineItem]:
    label = row.label
    if _LOANS.search(label):
        yield from _read_amounts(_ALLOWANCE, "Allowance for loan losses", row, statement, lines)
    elif _RECEIVABLE.search(label):
        yield from _read_amounts(_ALLOWANCE, "Allowance for doubtful accounts", row, statement, lines)
    if _PROPERTY.search(label):
        yield from _read_amounts(_DEPRECIATION, "Accumulated depreciation and amortization", row, statement, lines)


def _read_amounts(
    pattern: re.Pattern[str], label: str, row: LineItem, statement: Statement, lines: Sequence[str]
) -> Iterable[LineItem]:
    """Yield the amounts that follow `pattern` in a row's caption as a line item, if there is one for each column."""
    match = pattern.search(row.label)
    if match is None:
        return
    text = row.label[match.end() :]
    days = _named_days(text, statement)
    undated = _DAY_OR_YEAR.sub(lambda day: " " * len(day[0]), text)
    amounts = [t for t in find_amounts(undated) if not t.amount.dash and not t.amount.absent]
    if len(amounts) != len(statement.columns):
        return
    order = _column_order(text, amounts, days)
    if order is None:
        return
    figures: list[Figure | None] = [None] * len(amounts)
    for column, token in zip(order, amounts, strict=True):
        source = _locate_in_caption(row, lines, match.end() + token.start, match.end() + token.end)
        value = abs(token.amount.value) * row.factor
        row_figure = row.figures[column]
        if source is None or row_figure is None or value > 20 * abs(row_figure.value):
            return
        figures[column] = Figure(
            value,
            token.amount.places - row.factor.adjusted(),
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
        factor=row.factor,
    )


def _column_order(text: str, amounts: Sequence[Token], days: Sequence[_NamedDay]) -> list[int] | None:
    """Return the column of each amount: by the day or year beside it, else in the order of the columns.

    Return None if that is not certain: a day is that of no column, or may belong to several amounts.
    """
    if not days:
        return list(range(len(amounts)))
    if any(day.column is None for day in days):
        return None
    if len(days) == len(amounts) > 1 and days[0].start >= amounts[-1].end:  # "$66 and $68 in 1998 and 1997"
        columns = [day.column for day in days]
    else:
        columns = [_column_beside(text, token, days) for token in amounts]
    if len(amounts) == 2 and columns.count(None) == 1:  # "$66 ($68 in 1997)"
        columns = [1 - next(c for c in columns if c is not None) if column is None else column for column in columns]
    order = [column for column in columns if column is not None]
    return order if len(set(order)) == len(amounts) else None


def _column_beside(text: str, token: Token, days: Sequence[_NamedDay]) -> int | None:
    """Return the column of a day right beside the amount, as in "$23 in 1997" or "1997 - $23"."""
    for day in days:
        if day.start >= token.end and _DAY_AFTER_AMOUNT.fullmatch(text, token.end, day.start):
            return day.column
        if day.end <= token.start and _DAY_BEFORE_AMOUNT.fullmatch(text, day.end, token.start):
            return day.column
    return None


def _named_days(text: str, statement: Statement) -> list[_NamedDay]:
    """Find the days and years in a caption, each with its column if only one is possible."""
    ends = [column.period.day if isinstance(column.period, Instant) else None for column in statement.columns]
    named_days = []
    for match in _DAY_OR_YEAR.finditer(text):
        columns = [i for i, end in enumerate(ends) if end is not None and _is_near_end(match, end)]
        named_days.append(_NamedDay(match.start(), match.end(), columns[0] if len(columns) == 1 else None))
    return named_days


def _is_near_end(match: re.Match[str], end: date) -> bool:
    """Whether a day or year can be that of a column: its year, or a day near its end (as in a 52/53-week year)."""
    if match["month"] is None:
        return int(match["year"]) == end.year
    try:
        day = date(int(match["year"]), month_of(match["month"]), int(match["day"]))
    except ValueError:  # no such day
        return False
    return are_near(end, day)


def _locate_in_caption(row: LineItem, lines: Sequence[str], start: int, end: int) -> TextSpan | None:
    """Locate the characters [start, end) of the row's caption in the document."""
    texts = [lines[span.line][span.start : span.end] for span in row.caption_lines]
    location = locate(row.label, texts, start, end)
    if location is None:
        return None
    span = row.caption_lines[location.line]
    return TextSpan(span.document, span.line, span.start + location.start, span.start + location.end)
