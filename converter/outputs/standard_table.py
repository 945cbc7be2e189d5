"""The table of standard items: one row for each item, period and filing, with the rule and the facts behind it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from math import isfinite

from msgspec import Struct

from converter.normalised import Item, StandardValue, Template, load_items
from converter.outputs.instance import legal_xml, lexical
from converter.pipeline import Reading
from converter.report import CIK_SCHEME
from converter.vocabulary import Instant


class StandardRow(Struct, frozen=True):
    """A standard item of a period as a row; the fields are the table's columns, None is an empty cell.

    `source_file` to `filed` say whose filing it is, `template` of what industry, `document_period_end` the last day
    that it reports on. `item` is the name of the item, `label` what it is called, `compustat` its mnemonic. An instant
    has no `period_start`; `fiscal_year`, `fiscal_period` and `quarters` are as in the table of facts, and so are
    `unit`, `value`, `value_double`, `value_text` and `decimals`. `rule` is `reported`, `sum`, `difference` or `same`;
    `inputs` are the ids of the facts that the value comes from, with blanks between them, and `confidence` is the least
    of theirs.
    """

    source_file: str
    cik: str | None
    entity: str
    entity_name: str | None
    sic: str | None
    template: str
    accession: str | None
    form: str | None
    filed: date | None
    document_period_end: date | None
    statement: str
    item: str
    label: str
    compustat: str | None
    fiscal_year: int | None
    fiscal_period: str | None
    quarters: int | None
    period_start: date | None
    period_end: date
    instant: bool
    unit: str
    value: Decimal | None
    value_double: float | None
    value_text: str
    decimals: int | None
    rule: str
    inputs: str
    confidence: float | None


def standard_rows_of(reading: Reading) -> Iterator[StandardRow]:
    """Yield the standard items of a reading as rows: by period in document order, then in the order of the table."""
    report, normalised = reading.report, reading.normalised
    cover = {fact.concept: fact.value for fact in report.facts if fact.unit is None}
    texts = {concept: legal_xml(lexical(value)) for concept, value in cover.items()}
    items = _items_of(normalised.template)
    for standard in normalised.values:
        item, period = items[standard.item], standard.period
        fiscal = report.fiscal(period)
        yield StandardRow(
            source_file=reading.filing.name,
            cik=report.entity_identifier if report.entity_scheme == CIK_SCHEME else None,
            entity=report.entity_identifier,
            entity_name=texts.get("EntityRegistrantName"),
            sic=texts.get("StandardIndustrialClassification"),
            template=normalised.template.value,
            accession=texts.get("AccessionNumber"),
            form=texts.get("DocumentType"),
            filed=_day(cover.get("FilingDate")),
            document_period_end=_day(cover.get("DocumentPeriodEndDate")),
            statement=item.statement.value,
            item=item.name,
            label=item.label,
            compustat=item.compustat or None,
            fiscal_year=fiscal.year,
            fiscal_period=fiscal.period or None,
            quarters=fiscal.quarters,
            period_start=None if isinstance(period, Instant) else period.start,
            period_end=period.day if isinstance(period, Instant) else period.end,
            instant=isinstance(period, Instant),
            unit=standard.unit.text,
            value=standard.value,
            value_double=_double(standard),
            value_text=lexical(standard.value),
            decimals=standard.decimals,
            rule=standard.rule.value,
            inputs=" ".join(f"f{number + 1}" for number in standard.inputs),
            confidence=standard.confidence,
        )


def _items_of(template: Template) -> dict[str, Item]:
    return {item.name: item for item in load_items() if item.is_of(template)}


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _double(standard: StandardValue) -> float | None:
    double = float(standard.value)
    return double if isfinite(double) else None
