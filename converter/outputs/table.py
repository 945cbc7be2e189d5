"""A reading as a flat table for analysts: one row a fact, with where it came from."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct

from converter.filing import Filing, TextSpan
from converter.outputs.instance import legal, lexical
from converter.pipeline import Reading
from converter.report import CIK_SCHEME, Context, Fact, Group, Report, Unit
from converter.taxonomy import CAPTION_AXIS, REPORTING_BASIS_AXIS, load_taxonomy
from converter.vocabulary import Instant


class FactRow(Struct, frozen=True):
    """A fact as a row; the fields are the table's columns, None is an empty cell.

    `fact` is its id in the XML instance; `label` its caption as printed; `value` in whole units with the concept's
    sign, None for text and dates; `value_text` the value of any fact as the instance writes it. An instant has no
    `period_start`. `caption` and `reporting_basis` are its dimensions. `document` counts the filing's documents
    from 1, `line` the source file's lines from 1; `column_start` and `column_end` (excluded) count the characters
    of the laid-out line from 0, `offset_start` and `offset_end` those of the decoded source file.
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


class _Origin(Struct, frozen=True):
    """Where a fact is printed: the last columns of its row."""

    document: int | None = None
    document_type: str | None = None
    line: int | None = None
    column_start: int | None = None
    column_end: int | None = None
    offset_start: int | None = None
    offset_end: int | None = None


def rows_of(reading: Reading) -> Iterator[FactRow]:
    """The facts of a reading as rows, in the order printed."""
    report, filing = reading.report, reading.filing
    said = {fact.concept: lexical(fact.value) for fact in report.facts if fact.statement is None}
    number = 0
    for group in report.groups:
        for fact in group.facts:
            number += 1
            yield _row(f"f{number}", fact, group, report, filing, said)


def _row(id: str, fact: Fact, group: Group, report: Report, filing: Filing, said: Mapping[str, str]) -> FactRow:
    period = fact.context.period
    origin = _origin(fact.source, filing)
    return FactRow(
        source_file=filing.name,
        accession=said.get("AccessionNumber"),
        form=said.get("DocumentType"),
        cik=report.entity_identifier if report.entity_scheme == CIK_SCHEME else None,
        entity_scheme=report.entity_scheme,
        entity=report.entity_identifier,
        entity_name=said.get("EntityRegistrantName"),
        fact=id,
        statement=None if fact.statement is None else fact.statement.value,
        statement_title=legal(group.title) or None,
        label=legal(fact.label),
        concept=fact.concept,
        us_gaap=load_taxonomy().concepts[fact.concept].us_gaap or None,
        caption=dimension(fact.context, CAPTION_AXIS),
        reporting_basis=dimension(fact.context, REPORTING_BASIS_AXIS),
        period_start=None if isinstance(period, Instant) else period.start,
        period_end=period.day if isinstance(period, Instant) else period.end,
        instant=isinstance(period, Instant),
        unit=None if fact.unit is None else unit_text(fact.unit),
        value=fact.value if isinstance(fact.value, Decimal) else None,
        value_text=legal(lexical(fact.value)),
        decimals=fact.decimals,
        confidence=fact.confidence,
        document=origin.document,
        document_type=origin.document_type,
        line=origin.line,
        column_start=origin.column_start,
        column_end=origin.column_end,
        offset_start=origin.offset_start,
        offset_end=origin.offset_end,
    )


def dimension(context: Context, axis: str) -> str | None:
    """What the context sets an axis to: a member's name or the text of a typed one; None where it does not."""
    values = (legal(found.member or found.text) for found in context.dimensions if found.axis == axis)
    return next(values, None)


def unit_text(unit: Unit) -> str:
    """`iso4217:USD`, `iso4217:USD/xbrli:shares`, `xbrli:pure`."""
    return unit.numerator if unit.denominator is None else f"{unit.numerator}/{unit.denominator}"


def _origin(source: TextSpan | None, filing: Filing) -> _Origin:
    if source is None:
        return _Origin()
    document = filing.documents[source.document]
    line = document.lines[source.line]
    return _Origin(
        source.document + 1,
        document.type or None,
        line.number,
        source.start,
        source.end,
        *line.span(source.start, source.end),
    )
