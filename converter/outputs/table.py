"""The flat table of facts for analysts: one row for each fact in each place where it is printed."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import NamedTuple

from msgspec import Struct

from converter.filing import Filing, TextSpan
from converter.outputs.instance import legal_xml, lexical
from converter.pipeline import Reading
from converter.report import CIK_SCHEME, Context, Fact, PrintedFact, Report, printed_facts
from converter.taxonomy import load_taxonomy
from converter.vocabulary import Instant


class FactRow(Struct, frozen=True):
    """A fact in a place where it is printed, as a row; the fields are the table's columns, None is an empty cell.

    `fact` is the id in the XML instance. A fact that is printed several times has a row for each place; those that are
    not `again`, one for each fact, are those of a table of facts. `label` is the caption as printed there, or what the
    concept of a row without one is called, `heading` the headings above it. `statement_number` counts the statements of
    the filing, `statement_row` their rows and `statement_column` their columns, from 1; the cover has number 0.
    `origin` is what part of the filing a statement was read from, None for the cover. `filed` is the day on which the
    filing was filed, `sic` the industry.

    `value` is in whole units with the concept's sign, None for text and dates; `negated` says that it is printed with
    the opposite sign. `value_double` is the value as a binary floating-point number, `value_text` the value of any fact
    as the instance writes it. An instant has no `period_start`. `fiscal_year`, `fiscal_period` and `quarters` are those
    of FiscalPeriod.

    `statement` is "bs", "is", "cf", "eq" or "ci", "parenthetical" for what captions of a balance sheet
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
    filed: date | None
    cik: str | None
    sic: str | None
    entity_scheme: str
    entity: str
    entity_name: str | None
    fact: str
    again: bool
    statement: str | None
    statement_title: str | None
    statement_number: int
    origin: str | None
    heading: str | None
    statement_row: int
    statement_column: int
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
    fiscal_year: int | None
    fiscal_period: str | None
    quarters: int | None
    unit: str | None
    value: Decimal | None
    value_double: float | None
    value_text: str
    negated: bool
    decimals: int | None
    confidence: float | None
    document: int | None
    document_type: str | None
    line: int | None
    column_start: int | None
    column_end: int | None
    offset_start: int | None
    offset_end: int | None


class _Filing(NamedTuple):
    """What is the same in all rows of a filing: the first columns of the table."""

    source_file: str
    accession: str | None
    form: str | None
    filed: date | None
    cik: str | None
    sic: str | None
    entity_scheme: str
    entity: str
    entity_name: str | None


class _InContext(NamedTuple):
    """What is the same in all rows of a context: dimensions and period."""

    caption: str | None
    reporting_basis: str | None
    class_of_stock: str | None
    equity_component: str | None
    period_start: date | None
    period_end: date
    instant: bool
    fiscal_year: int | None
    fiscal_period: str | None
    quarters: int | None


class _Value(NamedTuple):
    """What is the same in all rows of a fact."""

    us_gaap: str | None
    unit: str | None
    value: Decimal | None
    value_double: float | None
    value_text: str


class _Place(NamedTuple):
    """The place where a fact is printed: the last columns of its row."""

    document: int | None = None
    document_type: str | None = None
    line: int | None = None
    column_start: int | None = None
    column_end: int | None = None
    offset_start: int | None = None
    offset_end: int | None = None


def rows_of(reading: Reading) -> Iterator[FactRow]:
    """Yield the facts of a reading as rows, in the order printed, a row for each place in which a fact is printed."""
    report, filing = reading.report, reading.filing
    of_filing = _filing(report, filing)
    contexts = {context: _in_context(context, report) for context in report.contexts()}
    values: dict[int, _Value] = {}
    for printed in printed_facts(report.layout, report.facts):
        number = printed.cell.fact
        if number not in values:
            values[number] = _value(printed.fact)
        place = _place(printed.cell.source, filing)
        yield _row(printed, of_filing, contexts[printed.fact.context], values[number], place)


def _row(printed: PrintedFact, filing: _Filing, context: _InContext, value: _Value, place: _Place) -> FactRow:
    statement, row, cell, fact = printed.statement, printed.row, printed.cell, printed.fact
    return FactRow(
        source_file=filing.source_file,
        accession=filing.accession,
        form=filing.form,
        filed=filing.filed,
        cik=filing.cik,
        sic=filing.sic,
        entity_scheme=filing.entity_scheme,
        entity=filing.entity,
        entity_name=filing.entity_name,
        fact=cell.id,
        again=cell.again,
        statement=statement.code or None,
        statement_title=legal_xml(statement.title) or None,
        statement_number=statement.number,
        origin=None if statement.origin is None else statement.origin.value,
        heading=legal_xml(row.heading) or None,
        statement_row=row.number,
        statement_column=printed.column_number,
        label=legal_xml(row.label) or fact.concept,
        concept=fact.concept,
        us_gaap=value.us_gaap,
        caption=context.caption,
        reporting_basis=context.reporting_basis,
        class_of_stock=context.class_of_stock,
        equity_component=context.equity_component,
        period_start=context.period_start,
        period_end=context.period_end,
        instant=context.instant,
        fiscal_year=context.fiscal_year,
        fiscal_period=context.fiscal_period,
        quarters=context.quarters,
        unit=value.unit,
        value=value.value,
        value_double=value.value_double,
        value_text=value.value_text,
        negated=cell.negated,
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


def _filing(report: Report, filing: Filing) -> _Filing:
    cover = {fact.concept: fact.value for fact in report.facts if fact.unit is None}
    texts = {concept: lexical(value) for concept, value in cover.items()}
    filed = cover.get("FilingDate")
    return _Filing(
        source_file=filing.name,
        accession=texts.get("AccessionNumber"),
        form=texts.get("DocumentType"),
        filed=filed if isinstance(filed, date) else None,
        cik=report.entity_identifier if report.entity_scheme == CIK_SCHEME else None,
        sic=texts.get("StandardIndustrialClassification"),
        entity_scheme=report.entity_scheme,
        entity=report.entity_identifier,
        entity_name=texts.get("EntityRegistrantName"),
    )


def _in_context(context: Context, report: Report) -> _InContext:
    period = context.period
    fiscal = report.fiscal(period)
    return _InContext(
        caption=_legal(context.caption),
        reporting_basis=_legal(context.reporting_basis),
        class_of_stock=context.class_of_stock,
        equity_component=_legal(context.equity_component),
        period_start=None if isinstance(period, Instant) else period.start,
        period_end=period.day if isinstance(period, Instant) else period.end,
        instant=isinstance(period, Instant),
        fiscal_year=fiscal.year,
        fiscal_period=fiscal.period or None,
        quarters=fiscal.quarters,
    )


def _value(fact: Fact) -> _Value:
    number = fact.value if isinstance(fact.value, Decimal) else None
    double = None if number is None else float(number)
    return _Value(
        us_gaap=load_taxonomy().concepts[fact.concept].us_gaap or None,
        unit=None if fact.unit is None else fact.unit.text,
        value=number,
        value_double=double if double is not None and isfinite(double) else None,
        value_text=legal_xml(lexical(fact.value)),
    )


def _legal(text: str | None) -> str | None:
    return None if text is None else legal_xml(text)


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
