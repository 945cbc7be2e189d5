"""The flat table of facts for analysts: one row for each fact, with its place in the source."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct

from converter.filing import Filing, TextSpan
from converter.outputs.instance import legal_xml, lexical
from converter.pipeline import Reading
from converter.report import CIK_SCHEME, Context, Fact, Group, Report, Unit
from converter.taxonomy import (
    CAPTION_AXIS,
    CLASS_OF_STOCK_AXIS,
    COMPONENT_AXIS,
    EQUITY_COMPONENTS_AXIS,
    PART_AXIS,
    REPORTING_BASIS_AXIS,
    load_taxonomy,
)
from converter.vocabulary import Instant


class FactRow(Struct, frozen=True):
    """A fact as a row; the fields are the table's columns, None is an empty cell.

    `fact` is the id in the XML instance, `label` the caption as printed. `value` is in whole units with the concept's
    sign, None for text and dates; `value_text` is the value of any fact as the instance writes it. An instant has no
    `period_start`. `statement` is "bs", "is", "cf", "eq" or "ci", "parenthetical" for what captions of a balance sheet
    state, "quarterly" and "selected" for rows of quarterly data and of selected data of several years, "cover" for the
    cover. `caption`, `reporting_basis`, `class_of_stock` and `equity_component` are the dimensions; the basis of a part
    of the company is `PartMember/` and what its column is called, and a component of equity without a member of its own
    is `OtherEquityComponentMember/` and its name. `document` is the number of the document in the filing, `line` that
    of the line in the source file, both from 1; `column_start` and `column_end` (exclusive) are character positions in
    the laid-out line, `offset_start` and `offset_end` in the decoded source file, from 0.
    """

    source_file: str
    accession: str | None
    form: str | None
    cik: str | None
    entity_scheme: str
    entity: str
    entity_name: str | None
    fact: str
    statement: str | None
    statement_title: str | None
    label: str
    concept: str
    us_gaap: str | None
    caption: str | None
    reporting_basis: str | None
    class_of_stock: str | None
    equity_component: str | None
    period_start: date | None
    period_end: date
    instant: bool
    unit: str | None
    value: Decimal | None
    value_text: str
    decimals: int | None
    confidence: float | None
    document: int | None
    document_type: str | None
    line: int | None
    column_start: int | None
    column_end: int | None
    offset_start: int | None
    offset_end: int | None


class _Place(Struct, frozen=True):
    """The place where a fact is printed: the last columns of its row."""

    document: int | None = None
    document_type: str | None = None
    line: int | None = None
    column_start: int | None = None
    column_end: int | None = None
    offset_start: int | None = None
    offset_end: int | None = None


def rows_of(reading: Reading) -> Iterator[FactRow]:
    """Yield the facts of a reading as rows, in the order printed."""
    report, filing = reading.report, reading.filing
    cover = {fact.concept: lexical(fact.value) for fact in report.facts if fact.unit is None}
    number = 0
    for group in report.groups:
        for fact in group.facts:
            number += 1
            yield _row(f"f{number}", fact, group, report, filing, cover)


def _row(id: str, fact: Fact, group: Group, report: Report, filing: Filing, cover: Mapping[str, str]) -> FactRow:
    """Return the row of a fact; `cover` are the values of the cover facts by concept."""
    period = fact.context.period
    place = _place(fact.source, filing)
    return FactRow(
        source_file=filing.name,
        accession=cover.get("AccessionNumber"),
        form=cover.get("DocumentType"),
        cik=report.entity_identifier if report.entity_scheme == CIK_SCHEME else None,
        entity_scheme=report.entity_scheme,
        entity=report.entity_identifier,
        entity_name=cover.get("EntityRegistrantName"),
        fact=id,
        statement=group.part_name,
        statement_title=legal_xml(group.title) or None,
        label=legal_xml(fact.label),
        concept=fact.concept,
        us_gaap=load_taxonomy().concepts[fact.concept].us_gaap or None,
        caption=_dimension(fact.context, CAPTION_AXIS),
        reporting_basis=_named(fact.context, REPORTING_BASIS_AXIS, PART_AXIS),
        class_of_stock=_dimension(fact.context, CLASS_OF_STOCK_AXIS),
        equity_component=_named(fact.context, EQUITY_COMPONENTS_AXIS, COMPONENT_AXIS),
        period_start=None if isinstance(period, Instant) else period.start,
        period_end=period.day if isinstance(period, Instant) else period.end,
        instant=isinstance(period, Instant),
        unit=None if fact.unit is None else unit_text(fact.unit),
        value=fact.value if isinstance(fact.value, Decimal) else None,
        value_text=legal_xml(lexical(fact.value)),
        decimals=fact.decimals,
        confidence=fact.confidence,
        document=place.document,
        document_type=place.document_type,
        line=place.line,
        column_start=place.column_start,
        column_end=place.column_end,
        offset_start=place.offset_start,
        offset_end=place.offset_end,
    )


def _named(context: Context, axis: str, name_axis: str) -> str | None:
    """Return the member of an axis, and after a stroke the name that a typed axis gives it."""
    names = [_dimension(context, each) for each in (axis, name_axis)]
    return "/".join(name for name in names if name is not None) or None


def _dimension(context: Context, axis: str) -> str | None:
    """Return the member of an axis, or the text of a typed dimension; None if the context does not have the axis."""
    values = (legal_xml(each.member or each.text) for each in context.dimensions if each.axis == axis)
    return next(values, None)


def unit_text(unit: Unit) -> str:
    """Return a unit as text: `iso4217:USD`, `iso4217:USD/xbrli:shares`, `xbrli:pure`."""
    return unit.numerator if unit.denominator is None else f"{unit.numerator}/{unit.denominator}"


def _place(source: TextSpan | None, filing: Filing) -> _Place:
    if source is None:
        return _Place()
    document = filing.documents[source.document]
    line = document.lines[source.line]
    return _Place(
        source.document + 1,
        document.type or None,
        line.number,
        source.start,
        source.end,
        *line.span(source.start, source.end),
    )
