"""What dates the years and quarters of a filing that headings only name: its header, its cover, its balance sheet."""

import re
from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from converter.filing import Document, Filing, read_cover
from converter.statements.calendar import Calendar, count_dates, safe_date
from converter.statements.drafts import Draft
from converter.vocabulary import (
    MONTHS,
    Instant,
    UnreadReason,
    ends_month,
    expression,
    find_word,
    is_annual,
    is_quarterly,
    month_of,
)

_YEAR_OR_PART = frozenset((*range(80, 290), *range(357, 373)))
"""The days that may lie between the end of a fiscal year and those of the next four quarters."""
_WITHOUT_DATE = (UnreadReason.YEAR_TO_DATE, UnreadReason.NO_DATE)
_QUARTER = expression(
    r"\b(?:(first|1st)\s{1,9}(?:fiscal\s{1,9})?quarter|((?:second|2nd)\s{1,9}(?:fiscal\s{1,9})?quarter|six[\s-]months|"
    r"first\s{1,9}half)|((?:third|3rd)\s{1,9}(?:fiscal\s{1,9})?quarter|nine[\s-]months)|"
    r"(?:fourth|4th)\s{1,9}(?:fiscal\s{1,9})?quarter|twelve[\s-]months|(?:fiscal|full)\s{1,9}year)\b",
    re.I,
)
_FULL_DATE = expression(rf"\s{{1,9}}({'|'.join(MONTHS)})\s{{1,9}}(\d{{1,2}}),?\s{{1,9}}((?:19|20)\d\d)\b", re.I)
_BEFORE, _AFTER = 90, 40  # characters of a sentence around "ended"
_MONTH_DAY = expression(r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")


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


def dated_by_sentences(calendar: Calendar, drafts: Sequence[Draft], texts: Sequence[str]) -> Calendar | None:
    """The calendar with the quarter that a release says to have ended: "the fourth quarter ended December 31, 2003".

    The latest such day is the end of the period, and tells when fiscal years end. None if all columns have a period
    without it, if no sentence says so, or if two sentences call one day the end of different quarters.
    """
    columns = [column for draft in drafts if draft.kind is not None for column in draft.columns]
    if calendar.annual or calendar.quarterly or not any(column.reason in _WITHOUT_DATE for column in columns):
        return None
    ends = _quarters_ended("\n".join(texts))
    if not ends or len({quarter for day, quarter in ends if day == max(ends)[0]}) > 1:
        return None
    day, quarter = max(ends)
    month = (day.month - 1 + 3 * (4 - quarter)) % 12 + 1
    year_end = calendar.fiscal_year_end or (month, 31 if ends_month(day) else day.day)
    return replace(calendar, fiscal_year_end=year_end, period=day, quarterly=True)


def _quarters_ended(text: str) -> set[tuple[date, int]]:
    """The last days of quarters that sentences state, with the number of the quarter."""
    found = set()
    for ended in find_word(text, "ended"):
        end = _FULL_DATE.match(text, ended + len("ended"), ended + _AFTER)
        before = text[max(0, ended - _BEFORE) : ended]
        quarters = list(_QUARTER.finditer(before[before.rfind(". ") + 1 :])) if end else []
        if end and quarters and 1 <= int(end[2]) <= 31:
            number = quarters[-1].lastindex or 4
            found.add((safe_date(int(end[3]), month_of(end[1]), int(end[2])), number))
    return found
