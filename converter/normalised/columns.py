"""The facts of a report by period and currency: what stands in one column, wherever it is printed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from converter.normalised.items import Item
from converter.report import Fact, Report
from converter.statements import Origin
from converter.taxonomy import CAPTION_AXIS, GENERAL_LINE_ITEMS
from converter.vocabulary import Period

_CURRENCY = "iso4217:"


class Entry(Struct, frozen=True):
    """A fact, its place in the report from 0, and whether a primary statement prints it, which has all rows."""

    number: int
    fact: Fact
    is_in_statement: bool


class Key(Struct, frozen=True):
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
        self._may_print: dict[str, bool] = {}

    def add_caption(self, fact: Fact) -> None:
        """Note the caption of a row without a concept, if the row is of the whole company."""
        (first, *more) = fact.context.dimensions
        if first.axis == CAPTION_AXIS and not more and fact.statement is not None:
            self.captions.setdefault(fact.statement.value, []).append(first.text)

    def may_print(self, item: Item) -> bool:
        """Whether a row of the column is the item, a part of it, or could be by its caption.

        It is found out once for each item, when all facts of the column are there.
        """
        known = self._may_print.get(item.name)
        if known is None:
            prints = any(name in self.entries for name in (*item.concepts, *item.alone))
            known = self._may_print[item.name] = prints or self._may_print_without(item)
        return known

    def _may_print_without(self, item: Item) -> bool:
        """Whether a row without a concept could be the item, or a part of it."""
        words = item.words
        return words is not None and any(words.search(caption) for caption in self.captions.get(item.statement, ()))

    def choose(self, item: Item, others: frozenset[str]) -> Entry | None:
        """Return the fact that is the item; `others` are concepts that are something else in this filing."""
        found = [name for name in item.concepts if name in self.entries]
        best = next((name for name in found if name not in others), None)
        if not found and any(name in self.entries for name in item.alone):
            parts = [name for name in self.entries if name in item.alone or name in item.family]
            if len(parts) == 1 and parts[0] not in others:
                best = None if self._may_print_without(item) else parts[0]
        return None if best is None else self.entries[best]


def columns_of(report: Report) -> tuple[Column, ...]:
    """Return the columns of a report, in the order in which it first has them.

    Facts with dimensions (parts of the company, other bases) belong to none. Shares belong to the first currency. What
    sentences say, rounded and in loose words, counts where no statement has a column.
    """
    columns: dict[Key, Column] = {}
    main = next((fact.unit.numerator for fact in report.facts if fact.unit and _is_money(fact)), "")
    in_statements, in_sentences = _facts_in(report, Origin.PRIMARY), _facts_in(report, Origin.PROSE)
    said: list[tuple[Column, Entry]] = []
    for number, fact in enumerate(report.facts):
        if fact.unit is None or not isinstance(fact.value, Decimal):
            continue
        key = Key(fact.context.period, fact.unit.numerator if _is_money(fact) else main)
        column = columns.get(key) or columns.setdefault(key, Column(key))
        entry = Entry(number, fact, number in in_statements)
        if fact.concept in GENERAL_LINE_ITEMS:
            column.add_caption(fact)
        elif not fact.context.dimensions:
            if number in in_sentences and not entry.is_in_statement:
                said.append((column, entry))
            else:
                column.entries.setdefault(fact.concept, entry)
    for column, entry in said:
        if not any(other.is_in_statement for other in column.entries.values()):
            column.entries.setdefault(entry.fact.concept, entry)
    return tuple(columns.values())


def _facts_in(report: Report, origin: Origin) -> set[int]:
    """Return the facts, by their places in the report, that statements of an origin print."""
    return {
        cell.fact
        for statement in report.layout
        if statement.origin is origin
        for row in statement.rows
        for cell in row.cells
        if cell is not None
    }


def other_concepts(items: Mapping[str, Sequence[Item]], columns: Sequence[Column]) -> Mapping[str, frozenset[str]]:
    """Return for each item those of its concepts that are something else in this filing; `items` are by concept.

    Where a column prints two concepts of an item with different values, the one that comes later in the table is not
    the item in any column: net sales beside larger total revenues are not revenue in a quarterly table that has net
    sales only.
    """
    printed = set[str]().union(*(column.entries for column in columns))
    found = [item for concept in printed for item in items.get(concept, ())]
    counts = Counter(item.name for item in found)
    several = {item.name: item for item in found if counts[item.name] > 1}
    return {name: frozenset(_others(item, columns)) for name, item in several.items()}


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
