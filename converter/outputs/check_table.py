"""The table of headline checks for analysts: one row for each headline figure, with what was found of it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from msgspec import Struct

from converter.outputs.instance import legal_xml, lexical
from converter.pipeline import Reading
from converter.report import CIK_SCHEME, Check, Report, key_of, line_number
from converter.vocabulary import Instant


class CheckRow(Struct, frozen=True):
    """A headline check as a row; the fields are the table's columns, None is an empty cell.

    `fact` is the id of the figure's fact in the XML instance and in the flat table, whose columns `concept` to
    `value_text` are repeated here. `latest` is true for the last day that the filing has the measure for. `status` is
    `confirmed`, `unconfirmed` or `contradicted`; `severity` is that of the finding about it, `confirmed_by` and
    `contradicted_by` are its reasons, separated by semicolons. `line` is the line in the source file, from 1.
    """

    source_file: str
    cik: str | None
    entity: str
    measure: str
    latest: bool
    status: str
    severity: str
    confirmed_by: str | None
    contradicted_by: str | None
    fact: str
    concept: str
    period_start: date | None
    period_end: date
    instant: bool
    unit: str | None
    value: Decimal | None
    value_text: str
    line: int | None


def checks_of(reading: Reading) -> Iterator[CheckRow]:
    """Yield the headline checks of a reading as rows: by measure, the latest period first."""
    for check, number in zip(reading.report.checks, checked_facts(reading.report), strict=True):
        yield _row(check, f"f{number + 1}", reading)


def checked_facts(report: Report) -> tuple[int, ...]:
    """Return for each check of a report the index in Report.facts of the fact that it is about."""
    numbers = {key_of(fact): number for number, fact in enumerate(report.facts)}
    return tuple(numbers[key_of(check.fact)] for check in report.checks)


def _row(check: Check, id: str, reading: Reading) -> CheckRow:
    report, fact = reading.report, check.fact
    period = fact.context.period
    return CheckRow(
        source_file=reading.filing.name,
        cik=report.entity_identifier if report.entity_scheme == CIK_SCHEME else None,
        entity=report.entity_identifier,
        measure=check.measure.value,
        latest=check.latest,
        status=check.status.value,
        severity=check.severity.value,
        confirmed_by=legal_xml("; ".join(check.confirmations)) or None,
        contradicted_by=legal_xml("; ".join(check.contradictions)) or None,
        fact=id,
        concept=fact.concept,
        period_start=None if isinstance(period, Instant) else period.start,
        period_end=period.day if isinstance(period, Instant) else period.end,
        instant=isinstance(period, Instant),
        unit=None if fact.unit is None else fact.unit.text,
        value=fact.value if isinstance(fact.value, Decimal) else None,
        value_text=lexical(fact.value),
        line=line_number(reading.filing, fact.source),
    )
