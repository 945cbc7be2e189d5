"""The headline figures at the top of the review page: those of the latest period, and any that is contradicted."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from converter.outputs.check_table import checked_facts
from converter.outputs.review.panel import shown_number, shown_period
from converter.report import Check, Report, Status


class Headline(Struct, frozen=True):
    """A row of the table; all fields are text. `link` is the id of the figure's fact, `told` the outcome in words."""

    measure: str
    period: str
    value: str
    status: str
    told: str
    link: str


def headlines_of(report: Report) -> Iterator[Headline]:
    """Yield the rows of the table."""
    for check, number in zip(report.checks, checked_facts(report), strict=True):
        value = check.fact.value
        if isinstance(value, Decimal) and (check.latest or check.status is Status.CONTRADICTED):
            yield Headline(
                check.measure.value.capitalize(),
                shown_period(check.fact.context.period),
                shown_number(value),
                check.status.value,
                _told(check),
                f"f{number + 1}",
            )


def _told(check: Check) -> str:
    reasons = ((Status.CONTRADICTED, check.contradictions), (Status.CONFIRMED, check.confirmations))
    told = "; ".join(f"{status} by {', '.join(texts)}" for status, texts in reasons if texts)
    return told or "stands nowhere else"
