"""Amounts that captions of a balance sheet state beside their own: allowances, accumulated depreciation.

"Accounts receivable, less allowances of $66 and $68, respectively" holds two figures that stand in no
column. They are read where it is certain which column each belongs to.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from converter.amounts import Token, find_amounts
from converter.periods import Instant
from converter.scale import Scale
from converter.statements import Figure, Kind, LineItem, Source, Statement, UnitKind

_DATE_BEHIND = re.compile(r"\s*(?:in|at|as\s+of)\s+([A-Z][a-z]+\s+\d{1,2},\s*\d{4})\b")


def _words(text: str) -> re.Pattern[str]:
    return re.compile(text, re.I)


_RECEIVABLE = re.compile(r"receivables?\b|\btrade\b|accounts\b", re.I)
_PROPERTY = re.compile(r"propert|equipment|plant|premises|buildings|fixtures|leasehold|vessels|aircraft", re.I)
_ALLOWANCE = _words(r"(?:allowances?|reserves?)(?:\s+for\s+[a-z ,&'/-]+?)?\s*(?:of|:|-|–|,|\()")
_DEPRECIATION = _words(
    r"accumulated\s+depreciation(?:\s*(?:,|and)?\s*(?:depletion|amortization|and|,)\s*)*\s*(?:of|:|-|"
    r"–|,|\()"
)


def stated_in_captions(statement: Statement, scale: Scale, lines: Sequence[str]) -> Statement | None:
    """The amounts inside the captions of a balance sheet, as a (parenthetical) statement of its own.

    `lines` are the texts of the document's lines. None when the captions state nothing that can be read for sure.
    """
    if statement.kind is not Kind.BALANCE_SHEET:
        return None
    items = [item for row in statement.items for item in _items(row, statement, scale, lines)]
    if not items:
        return None
    return replace(
        statement, title=f"{statement.title} (parenthetical)", items=tuple(items), printed=0, parenthetical=True
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
    tokens = [t for t in find_amounts(rest) if not t.amount.dash and not t.amount.absent]
    years = [t for t in tokens if t.amount.yearlike]
    amounts = [t for t in tokens if not t.amount.yearlike and not _is_day(rest, t)]
    if len(amounts) != len(statement.columns):
        return
    order = _column_order(rest, amounts, years, statement)
    if order is None:
        return
    figures: list[Figure | None] = [None] * len(amounts)
    for column, token in zip(order, amounts, strict=True):
        source = _find(rest[token.start : token.end].strip(), row, lines)
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
        label, (*row.sections, row.label), row.indent, False, UnitKind.MONETARY, tuple(figures), first.source
    )


def _is_day(text: str, token: Token) -> bool:
    """The 30 of "June 30, 1995"."""
    return (
        re.search(
            r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
            r"[A-Z][a-z]{2}\.)\s*$",
            text[: token.start],
        )
        is not None
    )


def _column_order(
    text: str, amounts: Sequence[Token], years: Sequence[Token], statement: Statement
) -> list[int] | None:
    """The column of each amount: by the date or year printed beside it, else in the order of the columns."""
    dated = [_column_of_date(text, token, statement) for token in amounts]
    if len(amounts) == 2 and dated.count(None) == 1:  # "$93 ($91 at September 30, 1994)"
        (column,) = (column for column in dated if column is not None)
        return [1 - column if at is None else column for at in dated]
    ends = [c.period.day.year for c in statement.columns if isinstance(c.period, Instant)]
    beside = [_year_beside(text, token, years) for token in amounts]
    said = [year for year in beside if year is not None]
    if not said or (len(set(said)) < len(amounts) and len(said) < len(amounts)):
        if len(set(said)) > 1 or (said and said[0] not in ends):
            return None
        if len(said) == 1 and len(amounts) == 2 and len(set(ends)) == 2:  # "$90,992 ($83,776 in 1993)"
            column = ends.index(said[0])
            other = 1 - column
            return [column, other] if beside[0] is not None else [other, column]
        return list(range(len(amounts))) if not said else None
    if len(set(said)) != len(amounts) or set(said) != set(ends):
        return None
    return [ends.index(year) for year in beside if year is not None]


def _column_of_date(text: str, token: Token, statement: Statement) -> int | None:
    """The column of the day in "$91 at September 30, 1994"."""
    beside = _DATE_BEHIND.match(text, token.end)
    if beside is None:
        return None
    try:
        day = datetime.strptime(" ".join(beside[1].replace(",", " ").split()), "%B %d %Y").date()
    except ValueError:
        return None
    days = [column.period.day if isinstance(column.period, Instant) else None for column in statement.columns]
    return days.index(day) if day in days else None


def _year_beside(text: str, token: Token, years: Sequence[Token]) -> int | None:
    """The year of "$23 in 1997" or "1997 - $23", if one stands right beside the amount."""
    for year in years:
        behind, before = text[token.end : year.start], text[year.end : token.start]
        if year.start >= token.end and re.fullmatch(r"\s*(?:in|at|for)\s+(?:[A-Z][a-z]+\s+\d+,\s*)?", behind):
            return int(year.amount.value)
        if year.end <= token.start and re.fullmatch(r"\s*[-–:,]+\s*\$?\s*", before):
            return int(year.amount.value)
    return None


def _find(text: str, row: LineItem, lines: Sequence[str]) -> Source | None:
    """Where the amount stands in the lines of the caption."""
    for index in range(row.source.line, max(-1, row.source.line - 8), -1):
        position = lines[index].find(text)
        if position >= 0:
            return Source(row.source.document, index, position, position + len(text))
    for index in range(row.source.line + 1, min(len(lines), row.source.line + 4)):
        position = lines[index].find(text)
        if position >= 0:
            return Source(row.source.document, index, position, position + len(text))
    return None
