"""The rows of the primary statements by their figures of whole fiscal years, and of the days on which these end."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from msgspec import Struct

from converter.mapping import MappedStatement
from converter.mapping import Mapping as RowMapping
from converter.statements import Column, Figure, LineItem, Origin, StatementKind, UnitKind, find_qualifier
from converter.vocabulary import Duration, Instant, Period, expression, wording

_YEAR_DAYS = range(350, 381)
"""The lengths in days of a fiscal year."""
_MAX_MATCHES = 20
"""So many rows with one figure are compared, at most."""
_OF_STOCK = expression(r"\b(?:price|market|high|low|clos(?:e|ing)|bid|ask|quotations?|trading)\b", re.I)
_ADJUSTED = expression(
    r"\badjusted\b|\bexcluding\b|\bas\s+(?:previously\s+|originally\s+)?reported\b|pro\s?forma", re.I
)
_LETTERS = expression(r"[a-z%]+")
_INSIGNIFICANT_WORDS = {"and", "the", "for", "from", "total", "per", "share", "common"}


class AnnualRow(Struct, frozen=True):
    """A row of a primary statement with its mapping and its figures of fiscal years, or of days."""

    kind: StatementKind
    item: LineItem
    mapping: RowMapping
    figures: Mapping[Period, Figure]


class AnnualMatch(NamedTuple):
    """A row that prints an amount, and the sign with which it does."""

    row: AnnualRow
    sign: int


class AnnualRows:
    """The rows of the registrant's statements, and the fiscal years that these report on, the latest first."""

    def __init__(self, statements: Sequence[MappedStatement]) -> None:
        own = [m for m in statements if m.statement.origin is Origin.PRIMARY and m.statement.qualifier is None]
        incomes = [mapped.statement for mapped in own if mapped.statement.kind is StatementKind.INCOME]
        periods = {column.period for statement in incomes for column in statement.columns if _is_annual(column)}
        self.years = tuple(sorted((p for p in periods if isinstance(p, Duration)), key=lambda p: p.end, reverse=True))
        self.currency = next((statement.currency for statement in incomes), "USD")
        self._statements = own

    @cached_property
    def rows(self) -> tuple[AnnualRow, ...]:
        """The rows of all statements."""
        return tuple(_rows(self._statements))

    @cached_property
    def _coarsest(self) -> Decimal:
        return _half_unit(min((figure.decimals for row in self.rows for figure in row.figures.values()), default=0))

    @cached_property
    def _by_amount(self) -> Mapping[tuple[UnitKind, Period], Sequence[tuple[Decimal, int]]]:
        """The amounts of each unit and period, in order, with the indexes of their rows."""
        found: dict[tuple[UnitKind, Period], list[tuple[Decimal, int]]] = {}
        for i, row in enumerate(self.rows):
            for period, figure in row.figures.items():
                if figure.value:
                    found.setdefault((row.item.unit, period), []).append((abs(figure.value), i))
        for entries in found.values():
            entries.sort()
        return found

    def printing(self, unit: UnitKind, period: Period, value: Decimal, tolerance: Decimal) -> Iterator[AnnualMatch]:
        """Yield the rows of a unit that print an amount of a period, with its sign or the other one.

        It may differ by `tolerance` and by the rounding of the row.
        """
        entries = self._by_amount.get((unit, period))
        if entries is None:
            return
        first = bisect_left(entries, (abs(value) - tolerance - self._coarsest, -1))
        last = bisect_right(entries, (abs(value) + tolerance + self._coarsest, len(self.rows)))
        for amount, i in entries[first : min(last, first + _MAX_MATCHES)]:
            figure = self.rows[i].figures[period]
            if abs(amount - abs(value)) <= tolerance + rounding(figure):
                yield AnnualMatch(self.rows[i], 1 if (figure.value > 0) == (value > 0) else -1)


def rounding(figure: Figure) -> Decimal:
    """Return the most by which a figure may be rounded."""
    return _half_unit(figure.decimals)


@lru_cache(maxsize=64)
def _half_unit(decimals: int) -> Decimal:
    return Decimal(5).scaleb(-decimals - 1)


def _rows(statements: Sequence[MappedStatement]) -> Iterator[AnnualRow]:
    for mapped in statements:
        statement = mapped.statement
        columns = [(i, column.period) for i, column in enumerate(statement.columns) if _is_annual(column)]
        for item, mapping in zip(statement.items, mapped.mappings, strict=True) if columns else ():
            figures = {period: figure for i, period in columns if (figure := item.figures[i]) is not None}
            yield AnnualRow(statement.kind, item, mapping, figures)


def _is_annual(column: Column) -> bool:
    """Whether a column is of a fiscal year, or of a day, and of the whole company as reported."""
    period = column.period
    if column.qualifier is not None or column.part:
        return False
    return isinstance(period, Instant) or (period.end - period.start).days + 1 in _YEAR_DAYS


def same_words(one: str, other: str) -> bool:
    """Whether two captions have the same words outside of brackets."""
    return caption_key(one) == caption_key(other)


@lru_cache(maxsize=1024)
def caption_key(text: str) -> str:
    """Return what is left of a caption without brackets, footnote marks and punctuation. Cached."""
    return " ".join(_LETTERS.findall(wording(text).outside))


def share_words(label: str, row: AnnualRow) -> bool:
    """Whether two captions are one, or have a significant word in common."""
    words = wording(label).words & wording(row.item.label).words
    return same_words(label, row.item.label) or bool(words - _INSIGNIFICANT_WORDS)


def is_of_other_figures(item: LineItem) -> bool:
    """Whether a row is of prices of the stock, or of figures other than those reported."""
    texts = (item.label, *item.sections[-1:])
    return any(_OF_STOCK.search(text) or _ADJUSTED.search(text) for text in texts) or bool(find_qualifier(item.label))
