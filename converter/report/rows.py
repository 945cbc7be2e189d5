"""Line items -> facts: the concept that a row can use, and the context, unit and sign of each figure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from converter.mapping import MappedStatement
from converter.mapping import Mapping as RowMapping
from converter.report.accounting import FigureIndex
from converter.report.model import Context, Dimension, Fact, IndexedFact, Unit
from converter.statements import Component, Figure, LineItem, Qualifier, Statement, UnitKind
from converter.taxonomy import (
    CLASS_OF_STOCK_AXIS,
    COMPONENT_AXIS,
    EQUITY_COMPONENTS_AXIS,
    PART_AXIS,
    REPORTING_BASIS_AXIS,
    Concept,
    general_line_item,
)
from converter.vocabulary import Duration, Instant, expression

_TYPES: Mapping[UnitKind, tuple[str, ...]] = {
    UnitKind.MONETARY: ("monetary",),
    UnitKind.SHARES: ("shares",),
    UnitKind.PER_SHARE: ("perShare",),
    UnitKind.PURE: ("pure", "percent"),
}
_START_WORD = expression(r"\b(?:beginning|begin|beg|start|opening)\b", re.IGNORECASE)
_END_WORD = expression(r"\b(?:end|ending|close|closing)\b", re.IGNORECASE)
_BALANCE_AT = expression(r"\b(?:beginning|beg\.?|start|end)\s+of\s+(?:the\s+|each\s+)?(?:fiscal\s+)?"
                         r"(?:period|year|quarter|month|half)", re.IGNORECASE)  # fmt: skip


class Moment(Enum):
    """The end of a duration at which a balance is taken."""

    START = "start"
    END = "end"


class IndexedFigure(NamedTuple):
    """A printed figure and its index."""

    figure_index: FigureIndex
    figure: Figure


class MappedRow(Struct, frozen=True):
    """A line item with the concept it can use (None: only a general one) and the moment of its balance, if it is one.

    `index` is the row's index in its statement. `figures` are the printed ones in column
    order, `contexts` those of the statement's columns.
    """

    statement_index: int
    index: int
    statement: Statement
    item: LineItem
    mapping: RowMapping
    concept: Concept | None
    moment: Moment | None
    figures: tuple[IndexedFigure, ...]
    contexts: "Contexts"


class Contexts:
    """The contexts of a statement's columns, cached."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._contexts: dict[tuple[int, Moment | None, str], Context] = {}

    def of(self, column: int, moment: Moment | None, stock_class: str = "") -> Context:
        """Return the context of a column, and of a class of stock if one is given.

        With a moment, that of a balance: the end of the last day, or of the day before the first.
        """
        key = column, moment, stock_class
        context = self._contexts.get(key)
        if context is None:
            period = self._statement.columns[column].period
            if moment is not None and isinstance(period, Duration):
                period = Instant(period.start - timedelta(days=1) if moment is Moment.START else period.end)
            qualifier = self._statement.columns[column].qualifier or self._statement.qualifier
            basis = () if qualifier is None else (Dimension(REPORTING_BASIS_AXIS, member=basis_member(qualifier)),)
            if part := self._statement.columns[column].part:
                basis = (*basis, Dimension(PART_AXIS, text=part))
            component = self._statement.columns[column].component
            if stock_class := stock_class or (component.stock_class if component else ""):
                basis = (*basis, Dimension(CLASS_OF_STOCK_AXIS, member=stock_class))
            if component is not None:
                basis = (*basis, *_of_component(component))
            context = self._contexts[key] = Context(period, basis)
        return context


def _of_component(component: Component) -> Iterator[Dimension]:
    yield Dimension(EQUITY_COMPONENTS_AXIS, member=component.member)
    if component.name:
        yield Dimension(COMPONENT_AXIS, text=component.name)


def rows_of(
    statements: Sequence[MappedStatement], concepts: Mapping[str, Concept], first_index: int = 0
) -> Iterator[MappedRow]:
    """Yield the rows of all statements in order; `first_index` is the index of the first statement."""
    for statement_index, mapped in enumerate(statements, first_index):
        statement = mapped.statement
        pairs = list(zip(statement.items, mapped.mappings, strict=True))
        has_durations = _rows_of_durations(statement)
        contexts = Contexts(statement)
        fitting_concepts = [
            _fitting_concept(item, mapping, durations, concepts)
            for (item, mapping), durations in zip(pairs, has_durations, strict=True)
        ]
        extents = _extents(fitting_concepts)
        for index, (item, mapping) in enumerate(pairs):
            concept, moment = _concept_and_moment(
                statement, has_durations[index], fitting_concepts[index], extents, index
            )
            figures = tuple(
                [
                    IndexedFigure(FigureIndex(statement_index, index, column), figure)
                    for column, figure in enumerate(item.figures)
                    if figure is not None
                ]
            )
            yield MappedRow(statement_index, index, statement, item, mapping, concept, moment, figures, contexts)


def _rows_of_durations(statement: Statement) -> list[bool]:
    """Return for each row whether its figures are those of durations; a statement of equity has balances, too."""
    durations = [isinstance(column.period, Duration) for column in statement.columns]
    if all(durations) or not any(durations):
        return [all(durations)] * len(statement.items)
    return [
        all(is_duration for is_duration, figure in zip(durations, item.figures, strict=True) if figure is not None)
        for item in statement.items
    ]


def _fitting_concept(
    item: LineItem, mapping: RowMapping, has_durations: bool, concepts: Mapping[str, Concept]
) -> Concept | None:
    """Return the mapped concept, or None if its type does not fit the row's unit or its period type the columns."""
    concept = concepts.get(mapping.concept) if mapping.concept is not None else None
    if concept is None or concept.abstract or concept.type not in _TYPES[item.unit]:
        return None
    return None if concept.period_type == "duration" and not has_durations else concept


_Extents = Mapping[str, tuple[int, int]]
"""The indexes of the first and the last row of each concept, by its name."""


def _extents(concepts: Sequence[Concept | None]) -> _Extents:
    extents: dict[str, tuple[int, int]] = {}
    for index, concept in enumerate(concepts):
        if concept is not None:
            first, _ = extents.get(concept.name, (index, index))
            extents[concept.name] = first, index
    return extents


def _concept_and_moment(
    statement: Statement, has_durations: bool, concept: Concept | None, extents: _Extents, index: int
) -> tuple[Concept | None, Moment | None]:
    """Return the concept that a row can use and, for a balance in a statement of durations, its moment.

    The caption may state the moment ("at beginning of period"); otherwise, the first of several rows with the concept
    opens the period and the others close it. Without either clue, a row is a balance only if the taxonomy's tree of
    the statement has the concept: otherwise it is a change that was mapped to the balance itself.
    """
    item = statement.items[index]
    if not has_durations:
        return concept, None
    if concept is None or concept.period_type == "duration":
        return concept, (_stated_moment(item.label) or Moment.END) if _BALANCE_AT.search(item.label) else None
    stated = _stated_moment(item.label)
    first, last = extents[concept.name]
    occurs_above, occurs_below = first < index, last > index
    if stated is None and not (
        occurs_below or occurs_above or statement.kind in concept.statements or item.unit is UnitKind.SHARES
    ):
        return None, None
    return concept, stated or (Moment.START if not occurs_above and (occurs_below or index == 0) else Moment.END)


def _stated_moment(label: str) -> Moment | None:
    start, end = _START_WORD.search(label) is not None, _END_WORD.search(label) is not None
    if start == end:
        return None
    return Moment.START if start else Moment.END


def mapped_facts(row: MappedRow) -> Iterator[IndexedFact]:
    """Yield the row's figures as facts of its concept, with the concept's sign; none if the row has no concept."""
    if row.concept is None:
        return
    moment = row.moment or Moment.END if row.concept.period_type == "instant" else None
    for index, figure in row.figures:
        context = row.contexts.of(index.column, moment, row.item.stock_class)
        value = figure.value * row.mapping.sign
        yield IndexedFact(index, _fact(row, figure, row.concept.name, context, value, row.mapping.confidence))


def general_fact(row: MappedRow, index: FigureIndex, figure: Figure) -> Fact:
    """Return the figure as a fact of a general line-item concept with the printed sign, still without its caption."""
    context = row.contexts.of(index.column, row.moment)
    period_type = "instant" if isinstance(context.period, Instant) else "duration"
    concept = general_line_item(_TYPES[row.item.unit][0], period_type)
    return _fact(row, figure, concept, context, figure.value, None)


def _fact(
    row: MappedRow, figure: Figure, concept: str, context: Context, value: Decimal, confidence: float | None
) -> Fact:
    return Fact(
        concept=concept,
        context=context,
        unit=_unit(row.item.unit, row.item.currency or row.statement.currency),
        value=value if value else Decimal(0),
        decimals=figure.decimals,
        source=figure.source,
        label=row.item.label,
        confidence=confidence,
        statement=row.statement.kind,
    )


def basis_member(qualifier: Qualifier) -> str:
    """Return the member of ReportingBasisAxis for a qualifier: `PreviouslyReportedMember` for "previously-reported"."""
    return "".join(word.capitalize() for word in qualifier.split("-")) + "Member"


@lru_cache(maxsize=256)
def _unit(kind: UnitKind, currency: str) -> Unit:
    match kind:
        case UnitKind.MONETARY:
            return Unit(f"iso4217:{currency}")
        case UnitKind.PER_SHARE:
            return Unit(f"iso4217:{currency}", "xbrli:shares")
        case UnitKind.SHARES:
            return Unit("xbrli:shares")
        case UnitKind.PURE:
            return Unit("xbrli:pure")
