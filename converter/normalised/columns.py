"""The facts of a report by period and currency: what stands in one column, wherever it is printed."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from converter.normalised.items import Item
from converter.report import Fact, Report
from converter.taxonomy import CAPTION_AXIS, GENERAL_LINE_ITEMS
from converter.vocabulary import Period

_STATEMENTS = ("bs", "is", "cf")
_CURRENCY = "iso4217:"


class Entry(NamedTuple):
    """A fact, its index in the report, and whether a whole statement prints it (not a summary of some rows)."""

    number: int
    fact: Fact
    is_in_statement: bool


class Key(NamedTuple):
    """What tells columns apart."""

    period: Period
    currency: str


class Column:
    """The facts of the whole company for one period in one currency.

    `captions` are those of the rows without a concept, by statement.
    """

    def __init__(self, key: Key) -> None:
        self.key = key
        self.entries: dict[str, Entry] = {}
        self.captions: dict[str, list[str]] = {}

    def may_print(self, item: Item) -> bool:
        """Whether a row of the column is the item, a part of it, or could be by its caption."""
        if any(name in self.entries for name in (*item.concepts, *item.alone)):
            return True
        words = item.words
        return words is not None and any(words.search(caption) for caption in self.captions.get(item.statement, ()))

    def choose(self, item: Item, others: frozenset[str]) -> Entry | None:
        """Return the fact that is the item; `others` are concepts that are something else in this filing."""
        found = [name for name in item.concepts if name in self.entries]
        best = next((name for name in found if name not in others), None)
        if best is None and not found:
            alone = [name for name in item.alone if name in self.entries]
            best = alone[0] if len(alone) == 1 and alone[0] not in others else None
        return None if best is None else self.entries[best]


def columns_of(report: Report) -> tuple[Column, ...]:
    """Return the columns of a report, in the order in which it first has them.

    Facts with dimensions (parts of the company, other bases) belong to none. Shares belong to the first currency.
    """
    columns: dict[Key, Column] = {}
    main = next((fact.unit.numerator for fact in report.facts if fact.unit and _is_money(fact)), "")
    index = -1
    for group in report.groups:
        is_statement = group.statement is not None and not group.part and group.statement.value in _STATEMENTS
        for fact in group.facts:
            index += 1
            if fact.unit is None or not isinstance(fact.value, Decimal):
                continue
            key = Key(fact.context.period, fact.unit.numerator if _is_money(fact) else main)
            if not fact.context.dimensions:
                column = columns.setdefault(key, Column(key))
                column.entries.setdefault(fact.concept, Entry(index, fact, is_statement))
            elif fact.concept in GENERAL_LINE_ITEMS and fact.statement is not None:
                caption = _only_caption(fact)
                if caption:
                    columns.setdefault(key, Column(key)).captions.setdefault(fact.statement.value, []).append(caption)
    return tuple(columns.values())


def other_concepts(items: Iterable[Item], columns: Sequence[Column]) -> Mapping[str, frozenset[str]]:
    """Return for each item those of its concepts that are something else in this filing.

    Where a column prints two concepts of an item with different values, the one that comes later in the table is not
    the item in any column: net sales beside larger total revenues are not revenue in a quarterly table that has net
    sales only.
    """
    return {item.name: frozenset(_others(item, columns)) for item in items if len(item.concepts) + len(item.alone) > 1}


def _others(item: Item, columns: Sequence[Column]) -> Iterable[str]:
    names = (*item.concepts, *item.alone)
    for column in columns:
        found = [name for name in names if name in column.entries]
        for name in found[1:]:
            if name not in item.alone or found[0] in item.concepts:
                first, other = column.entries[found[0]].fact, column.entries[name].fact
                if first.value != other.value:
                    yield name


def _is_money(fact: Fact) -> bool:
    return fact.unit is not None and fact.unit.numerator.startswith(_CURRENCY)


def _only_caption(fact: Fact) -> str:
    """The caption of a general line item that has no other dimension, else ""."""
    (first, *more) = fact.context.dimensions
    return first.text if first.axis == CAPTION_AXIS and not more else ""
