"""Where each fact is printed: the statements of a report as rows and columns of facts.

`report.statements` are the statements in printed order, `report.layout` the same behind the cover. A fact that several
statements print stands in each of them:

    for statement in report.layout:
        for row in statement.rows:
            for column, cell in zip(statement.columns, row.cells):
                if cell is not None:
                    fact = report.facts[cell.fact]  # in the instance, its id is cell.id
                    ... statement.code, row.heading, row.label, row.number, column.heading, cell.again

Each fact has exactly one cell that is not `again`: that of the statement that prints it first, in whose Group it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from converter.mapping import MappedStatement
from converter.report.accounting import FigureIndex
from converter.report.duplicates import FactKey, key_of
from converter.report.model import Context, Dimension, Fact, Group, Unit
from converter.report.printed import COVER, Cell, PrintedColumn, PrintedRow, PrintedStatement, part_of
from converter.statements import Column, LineItem
from converter.taxonomy import CAPTION_AXIS, load_taxonomy

_MOST_COLUMNS = 64
"""So many columns a statement may have that is made of a group of facts; with more contexts, they share one."""


class PrintedFact(Struct, frozen=True):
    """A fact in one of the places where it is printed; `column_number` counts the statement's columns from 1."""

    statement: PrintedStatement
    row: PrintedRow
    column: PrintedColumn
    column_number: int
    cell: Cell
    fact: Fact


def printed_facts(layout: Sequence[PrintedStatement], facts: Sequence[Fact]) -> Iterator[PrintedFact]:
    """Yield each fact in each of its places, in printed order: row by row."""
    for statement in layout:
        for row in statement.rows:
            for number, (column, cell) in enumerate(zip(statement.columns, row.cells, strict=True), 1):
                if cell is not None:
                    yield PrintedFact(statement, row, column, number, cell, facts[cell.fact])


def layout_of(
    cover: Sequence[Group],
    groups: Sequence[Group],
    statements: Sequence[MappedStatement],
    facts_by_figure: Mapping[FigureIndex, Fact],
) -> Iterator[PrintedStatement]:
    """Yield the groups of the cover and then the statements with facts; `groups` are those of the statements."""
    facts = [fact for group in (*cover, *groups) for fact in group.facts]
    number = 0
    for group in cover:
        yield _cover(group, number)
        number += len(group.facts)
    cells = _Cells({key_of(fact): number for number, fact in enumerate(facts)})
    for statement_index, indexes in groupby(facts_by_figure, key=lambda index: index.statement):
        mapped = statements[statement_index]
        statement = mapped.statement
        rows = tuple(
            _row(mapped, item, cells, facts_by_figure, tuple(of_row))
            for item, of_row in groupby(indexes, key=lambda index: index.item)
        )
        yield PrintedStatement(
            code=part_of(statement.origin) or statement.kind.value,
            kind=statement.kind,
            title=statement.title,
            origin=statement.origin,
            qualifier=statement.qualifier,
            document=statement.document,
            number=statement_index + 1,
            columns=tuple(_column(column) for column in statement.columns),
            rows=rows,
        )


def layout_of_groups(groups: Sequence[Group]) -> Iterator[PrintedStatement]:
    """Yield the groups of facts as statements, for a report without its source: `origin` and places are unknown.

    Facts of one concept and caption that follow each other are a row, each of their contexts is a column.
    """
    first = 0
    for number, group in enumerate(groups):
        is_cover = group.statement is None and group.facts[0].unit is None
        yield _cover(group, first) if is_cover else _as_statement(group, max(number, 1), first)
        first += len(group.facts)


def _as_statement(group: Group, number: int, first: int) -> PrintedStatement:
    contexts = dict.fromkeys(map(_column_of, group.facts))
    columns = {context: i if len(contexts) <= _MOST_COLUMNS else 0 for i, context in enumerate(contexts)}
    rows: list[list[Fact]] = []
    for _, facts in groupby(group.facts, key=_row_of):
        row: dict[int, Fact] = {}
        for fact in facts:
            column = columns[_column_of(fact)]
            if not row or column in row:
                row = {}
                rows.append([])
            row[column] = fact
            rows[-1].append(fact)
    printed: list[PrintedRow] = []
    for facts_of_row in rows:
        cells: list[Cell | None] = [None] * (max(columns.values()) + 1)
        for fact in facts_of_row:
            cells[columns[_column_of(fact)]] = Cell(first, fact.source)
            first += 1
        printed.append(PrintedRow(len(printed) + 1, _caption_of(facts_of_row[0]), (), tuple(cells)))
    return PrintedStatement(
        code="" if group.statement is None else group.part_name,
        kind=group.statement,
        title=group.title,
        columns=tuple(PrintedColumn(context.period) for context in list(contexts)[: len(set(columns.values()))]),
        rows=tuple(printed),
        number=number,
    )


def _column_of(fact: Fact) -> Context:
    """Return the context of a fact without its caption."""
    dimensions = fact.context.dimensions
    return Context(fact.context.period, tuple(each for each in dimensions if each.axis != CAPTION_AXIS))


def _row_of(fact: Fact) -> tuple[str, str, Unit | None, list[Dimension]]:
    captions = [each for each in fact.context.dimensions if each.axis == CAPTION_AXIS]
    return fact.concept, fact.label, fact.unit, captions


def _cover(group: Group, first: int) -> PrintedStatement:
    """Return the cover, whose facts stand below each other in one column."""
    rows = (
        PrintedRow(number, _caption_of(fact), (), (Cell(first + number - 1, fact.source),))
        for number, fact in enumerate(group.facts, 1)
    )
    columns = (PrintedColumn(group.facts[0].context.period),)
    return PrintedStatement(code=COVER, kind=None, title=group.title, columns=columns, rows=tuple(rows))


class _Cells:
    """Makes the cells of a layout in printed order; `numbers` are the places of the facts in the report."""

    def __init__(self, numbers: Mapping[FactKey, int]) -> None:
        self._numbers = numbers
        self._seen: set[int] = set()

    def of(self, fact: Fact, item: LineItem, column: int) -> Cell:
        number = self._numbers[key_of(fact)]
        again = number in self._seen
        self._seen.add(number)
        figure = item.figures[column]
        assert figure is not None  # it has a fact
        is_negated = isinstance(fact.value, Decimal) and figure.value * fact.value < 0
        return Cell(number, figure.source, again, is_negated)


def _row(
    mapped: MappedStatement,
    index: int,
    cells: _Cells,
    facts_by_figure: Mapping[FigureIndex, Fact],
    indexes: Sequence[FigureIndex],
) -> PrintedRow:
    """Return a row with its cells; a row without a caption is called as its first fact's concept is."""
    item = mapped.statement.items[index]
    in_columns: list[Cell | None] = [None] * len(mapped.statement.columns)
    for figure in indexes:
        in_columns[figure.column] = cells.of(facts_by_figure[figure], item, figure.column)
    sections = tuple(text for section in item.sections if (text := " ".join(section.split())))
    label = item.label if item.label.strip() else _caption_of(replace(facts_by_figure[indexes[0]], label=""))
    return PrintedRow(index + 1, label, sections, tuple(in_columns), item.indent, item.ruled, mapped.mappings[index])


def _caption_of(fact: Fact) -> str:
    """Return the label of a fact; without one, its caption dimension, else the label of its concept."""
    if fact.label.strip():
        return fact.label
    captions = (dimension.text for dimension in fact.context.dimensions if dimension.axis == CAPTION_AXIS)
    return next(captions, "") or load_taxonomy().concepts[fact.concept].label


def _column(column: Column) -> PrintedColumn:
    component = column.component
    of_component = "" if component is None else component.name or component.member.removesuffix("Member")
    return PrintedColumn(column.period, column.heading, column.qualifier, column.part or of_component)
