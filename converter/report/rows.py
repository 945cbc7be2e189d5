"""Line items -> facts one by one: the concept a row can use, and each figure's context, unit and sign."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from msgspec import Struct

from converter.mapping import MappedStatement
from converter.mapping import Mapping as RowMapping
from converter.report.model import Context, Dimension, Fact, FigureIndex, Unit
from converter.statements import Figure, LineItem, Qualifier, Statement, UnitKind
from converter.taxonomy import REPORTING_BASIS_AXIS, Concept, general_line_item
from converter.vocabulary import Duration, Instant

_TYPES: Mapping[UnitKind, tuple[str, ...]] = {
    UnitKind.MONETARY: ("monetary",),
    UnitKind.SHARES: ("shares",),
    UnitKind.PER_SHARE: ("perShare",),
    UnitKind.PURE: ("pure", "percent"),
}
_START = re.compile(r"\b(?:beginning|begin|beg|start|opening)\b", re.IGNORECASE)
_END = re.compile(r"\b(?:end|ending|close|closing)\b", re.IGNORECASE)
_BALANCE_AT = re.compile(r"\b(?:beginning|beg\.?|start|end)\s+of\s+(?:the\s+|each\s+)?(?:fiscal\s+)?"
                         r"(?:period|year|quarter|month|half)", re.IGNORECASE)  # fmt: skip


class Moment(Enum):
    """Which end of a duration a balance is taken at."""

    START = "start"
    END = "end"


class MappedRow(Struct, frozen=True):
    """A line item with the concept it can use (None: only a general one) and the moment of a balance in it.

    `number` counts the statements, `index` the rows of its statement, both from 0.
    `figures` are those that are printed, in column order; `contexts` are those of the statement's columns.
    """

    number: int
    index: int
    statement: Statement
    item: LineItem
    mapping: RowMapping
    concept: Concept | None
    moment: Moment | None
    figures: tuple[tuple[FigureIndex, Figure], ...]
    contexts: "Contexts"


class Contexts:
    """The contexts of a statement's columns, one object for each."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._known: dict[tuple[int, Moment | None], Context] = {}

    def of(self, column: int, moment: Moment | None) -> Context:
        """The column's context; with a moment, that of a balance then: the last day, or the one before the first."""
        found = self._known.get((column, moment))
        if found is None:
            period = self._statement.columns[column].period
            if moment is not None and isinstance(period, Duration):
                period = Instant(period.start - timedelta(days=1) if moment is Moment.START else period.end)
            qualifier = self._statement.columns[column].qualifier or self._statement.qualifier
            basis = () if qualifier is None else (Dimension(REPORTING_BASIS_AXIS, member=basis_member(qualifier)),)
            found = self._known[column, moment] = Context(period, basis)
        return found


def rows_of(
    statements: Sequence[MappedStatement], concepts: Mapping[str, Concept], first: int = 0
) -> Iterator[MappedRow]:
    """The rows of all statements, in order; `first` is the number of the first statement."""
    for number, mapped in enumerate(statements, first):
        statement = mapped.statement
        pairs = list(zip(statement.items, mapped.mappings, strict=True))
        spans = all(isinstance(column.period, Duration) for column in statement.columns)
        contexts = Contexts(statement)
        fitting = [_fitting(item, mapping, spans, concepts) for item, mapping in pairs]
        for index, (item, mapping) in enumerate(pairs):
            concept, moment = _usable(statement, spans, fitting, index)
            figures = tuple(
                [
                    (FigureIndex(number, index, at), figure)
                    for at, figure in enumerate(item.figures)
                    if figure is not None
                ]
            )
            yield MappedRow(number, index, statement, item, mapping, concept, moment, figures, contexts)


def _fitting(item: LineItem, mapping: RowMapping, spans: bool, concepts: Mapping[str, Concept]) -> Concept | None:
    """The mapped concept, unless its type does not fit the row's unit or its period type the statement's columns."""
    concept = concepts.get(mapping.concept) if mapping.concept is not None else None
    if concept is None or concept.abstract or concept.type not in _TYPES[item.unit]:
        return None
    return None if concept.period_type == "duration" and not spans else concept


def _usable(
    statement: Statement, spans: bool, fitting: Sequence[Concept | None], index: int
) -> tuple[Concept | None, Moment | None]:
    """The concept that a row can use and, for a balance in a statement of durations, when it is taken.

    The caption says so ("at beginning of period"); failing that, the first of several rows with the concept opens the
    period and the others close it. A row that neither tells is a balance only where the taxonomy's tree of the
    statement has the concept: otherwise it is a change that was taken for the balance itself.
    """
    item, concept = statement.items[index], fitting[index]
    if not spans:
        return concept, None
    if concept is None or concept.period_type == "duration":
        return concept, (_said_moment(item.label) or Moment.END) if _BALANCE_AT.search(item.label) else None
    said = _said_moment(item.label)
    more = concept in fitting[index + 1 :]
    again = concept in fitting[:index]
    if said is None and not (more or again or statement.kind in concept.statements or item.unit is UnitKind.SHARES):
        return None, None
    return concept, said or (Moment.START if (more and not again) or (not again and index == 0) else Moment.END)


def _said_moment(label: str) -> Moment | None:
    start, end = _START.search(label) is not None, _END.search(label) is not None
    if start == end:
        return None
    return Moment.START if start else Moment.END


def mapped_fact(row: MappedRow, place: FigureIndex, figure: Figure) -> Fact | None:
    """The figure as a fact of the row's concept, with the concept's sign; None if the row has none."""
    if row.concept is None:
        return None
    moment = row.moment or Moment.END if row.concept.period_type == "instant" else None
    value = figure.value * row.mapping.sign
    return _fact(row, figure, row.concept.name, row.contexts.of(place.column, moment), value, row.mapping.confidence)


def general_fact(row: MappedRow, place: FigureIndex, figure: Figure) -> Fact:
    """The figure as a fact of a general line-item concept, with the printed sign; it still lacks its caption."""
    context = row.contexts.of(place.column, row.moment)
    period_type = "instant" if isinstance(context.period, Instant) else "duration"
    concept = general_line_item(_TYPES[row.item.unit][0], period_type)
    return _fact(row, figure, concept, context, figure.value, None)


def _fact(
    row: MappedRow, figure: Figure, concept: str, context: Context, value: Decimal, confidence: float | None
) -> Fact:
    return Fact(
        concept=concept,
        context=context,
        unit=_unit(row.item.unit, row.statement.currency),
        value=value if value else Decimal(0),
        decimals=figure.decimals,
        source=figure.source,
        label=row.item.label,
        confidence=confidence,
        statement=row.statement.kind,
    )


def basis_member(qualifier: Qualifier) -> str:
    """The member of ReportingBasisAxis for a qualifier: `PreviouslyReportedMember` for "previously-reported"."""
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
