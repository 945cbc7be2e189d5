"""What dates the years and quarters of a filing that headings only name: its header, its cover, its balance sheet."""

import re
from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from converter.filing import Document, Filing, read_cover
from converter.statements.calendar import Calendar, count_dates
from converter.statements.drafts import Draft
from converter.vocabulary import Instant, UnreadReason, is_annual, is_quarterly

_YEAR_OR_PART = frozenset((*range(80, 290), *range(357, 373)))
"""The days that may lie between the end of a fiscal year and those of the next four quarters."""
_WITHOUT_DATE = (UnreadReason.YEAR_TO_DATE, UnreadReason.NO_DATE)
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")


def calendar_of(filing: Filing, document: Document) -> Calendar:
    """Return the dates that a document mentions, and what the header, else the cover, says of the filing's years."""
    header = filing.header
    form = header.form or _form_of_cover(filing)
    return Calendar(
        count_dates(document.texts),
        fiscal_year_end(filing),
        header.period or _period_of_cover(filing),
        is_annual(form) or is_annual(document.type),
        is_quarterly(form),
    )


def _form_of_cover(filing: Filing) -> str:
    form = read_cover(filing, None).form
    return str(form.value) if form is not None else ""


def _period_of_cover(filing: Filing) -> date | None:
    """The last day of the period that the cover page of a form names."""
    period_end = read_cover(filing, None).period_end
    return period_end.value if period_end is not None and isinstance(period_end.value, date) else None


def fiscal_year_end(filing: Filing) -> tuple[int, int] | None:
    """The month and day that the header gives, else those of the period that an annual report's cover names."""
    month_day = _MONTH_DAY.fullmatch(filing.header.fiscal_year_end)
    if month_day:
        return int(month_day[1]), int(month_day[2])
    period = _period_of_cover(filing) if is_annual(_form_of_cover(filing)) else None
    return (period.month, period.day) if period is not None else None


def dated_by_balance_sheet(calendar: Calendar, drafts: Sequence[Draft]) -> Calendar | None:
    """The calendar with what the two days of a balance sheet tell of the fiscal year and the period of the report.

    The earlier day ended a fiscal year if it is less than a year before the later one, or as long as it. Of a filing
    that is no periodic report, the later day is the end of the period. None if all columns have a period without it.
    """
    columns = [column for draft in drafts if draft.kind is not None and draft.titled for column in draft.columns]
    if calendar.annual or not any(column.reason in _WITHOUT_DATE for column in columns):
        return None
    for draft in drafts:
        days = sorted({column.period.day for column in draft.columns if isinstance(column.period, Instant)})
        if draft.titled and len(days) == 2 and (days[1] - days[0]).days in _YEAR_OR_PART:
            year_end = calendar.fiscal_year_end or (days[0].month, days[0].day)
            dated = replace(calendar, fiscal_year_end=year_end)
            return dated if calendar.quarterly else replace(dated, period=days[1], quarterly=True)
    return None
