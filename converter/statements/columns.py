"""Column headings -> the period of each column of a statement."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from converter.statements.calendar import Calendar, safe_date
from converter.statements.model import StatementKind
from converter.vocabulary import (
    Duration,
    Instant,
    Mention,
    PartialDate,
    Period,
    UnreadReason,
    duration_ending,
    keyword_pattern,
    read_mention,
)

_NOT_AMOUNTS_HEADING = keyword_pattern(
    "change|variance|percent|%|growth|crease|note|page|favorable|convenience|elimination|adjustment|yield|rate",
    r"\bchanges?\b|\bvariance\b|\bpercent(?:age)?\b|%|\bgrowth\b|\bincrease\b|\bdecrease\b|"
    r"\bnotes?\b(?!\s*payable)|\bpage\b|\bfavorable\b|"
    r"\bconvenience\b|\beliminations?\b|\badjustments?\b|\byield\b|\brate\b",
)
_CHANGE_OR_NOTE = re.compile(r"increase|decrease|notes?\b", re.I)
_LAST_EARLY_MONTH = 6  # a fiscal year that ends by this month may be named after the previous year
_CONSOLIDATED = re.compile(r"\bconsolidated\b|\btotal\b|\bas\s+reported\b|\bactual\b", re.I)


class ColumnPeriod(Struct, frozen=True):
    """The period of one column as read from its heading, or the `reason` why the column cannot be read."""

    heading: str
    period: Period | None
    reason: UnreadReason | None = None
    end: date | None = None  # the last day, if only the length of the period is unknown


def read_columns(
    kind: StatementKind, headings: Sequence[str], labels: Sequence[str], titles: Sequence[str], calendar: Calendar
) -> tuple[ColumnPeriod, ...]:
    """Read the period of each column.

    Sources are, in this order, the column's own heading, the `labels` over the captions, the `titles` of the table and
    the filing's calendar.
    """
    context_texts = [" ".join(labels), *titles]
    mentions = [read_mention(heading) for heading in headings]
    mentions = _apply_title_dates(mentions, headings, context_texts)
    latest_year = max((d.year for mention in mentions for d in mention.dates if d.year is not None), default=0)
    ends = [_period_end(mention, context_texts, calendar, latest_year) for mention in mentions]
    columns = []
    for heading, mention, end in zip(headings, mentions, ends, strict=True):
        if _NOT_AMOUNTS_HEADING.search(heading) and not (
            mention.dates
            and _CHANGE_OR_NOTE.search(heading) is None
            and "%" not in heading
            and not _NOT_AMOUNTS_HEADING.pattern.match(heading)
        ):
            columns.append(ColumnPeriod(heading, None, UnreadReason.CHANGES))
        elif end is None:
            columns.append(ColumnPeriod(heading, None, UnreadReason.NO_DATE))
        elif kind is StatementKind.BALANCE_SHEET:
            columns.append(ColumnPeriod(heading, Instant(end)))
        else:
            columns.append(_column_with_duration(heading, mention, end, context_texts, calendar))
    return _align_fiscal_years(_keep_consolidated(columns))


def _apply_title_dates(mentions: list[Mention], headings: Sequence[str], context_texts: Sequence[str]) -> list[Mention]:
    """If no heading has a date, assign the dates of a title to the columns in order, if there are as many."""
    undated = [
        i
        for i, (m, h) in enumerate(zip(mentions, headings, strict=True))
        if not m.dates and not _NOT_AMOUNTS_HEADING.search(h)
    ]
    if not undated or len(undated) != len(mentions):
        return mentions
    for mention in map(read_mention, context_texts):
        dated = [d for d in mention.dates if d.year is not None]
        if len(dated) == len(undated) and not mention.is_range:
            month_day = next((d for d in mention.dates if d.month is not None), None)
            dates = [_fill_month_and_day(d, month_day) for d in dated]
            return [replace(m, dates=(d,)) for m, d in zip(mentions, dates, strict=True)]
    return mentions


def _fill_month_and_day(partial: PartialDate, month_day: PartialDate | None) -> PartialDate:
    if partial.month is not None or month_day is None:
        return partial
    return replace(partial, month=month_day.month, day=month_day.day)


def _period_end(mention: Mention, context_texts: Sequence[str], calendar: Calendar, latest_year: int) -> date | None:
    """Return the last day of a column's period; `latest_year` is the latest that any of the headings names."""
    year = next((d.year for d in reversed(mention.dates) if d.year is not None), None)
    own_month_day = next((d for d in reversed(mention.dates) if d.month is not None), None)
    full = next((d for d in reversed(mention.dates) if d.year and d.month and d.day), None)
    if full is not None and full.year and full.month and full.day:
        return safe_date(full.year, full.month, full.day)
    if year is not None and own_month_day is not None and own_month_day.month is not None:
        return _date_in_year(year, own_month_day.month, own_month_day.day, calendar)
    context_dates = [d for text in context_texts for d in read_mention(text).dates]
    if year is None:
        return _end_from_context(own_month_day, context_dates)
    exact = next((d for d in context_dates if d.year == year and d.month and d.day), None)
    if exact is not None and exact.month and exact.day:
        return safe_date(year, exact.month, exact.day)
    month_day = next((d for d in context_dates if d.month is not None), None)
    if month_day is not None and month_day.month is not None:
        return _date_in_year(year, month_day.month, month_day.day, calendar)
    if any(m.months not in (None, 12) for m in (mention, *map(read_mention, context_texts))):
        if calendar.quarterly and calendar.period is not None and latest_year == calendar.period.year:
            return calendar.fiscal_date(year, calendar.period.month, calendar.period.day)
        return None
    return _fiscal_year_end(year, calendar, latest_year)


def _date_in_year(year: int, month: int, day: int | None, calendar: Calendar) -> date:
    return calendar.fiscal_date(year, month, day) if day else _month_end(year, month)


def _fiscal_year_end(year: int, calendar: Calendar, latest_year: int) -> date | None:
    if calendar.period is not None and calendar.annual:
        if latest_year == calendar.period.year - 1 and calendar.period.month <= _LAST_EARLY_MONTH:
            year += 1  # fiscal 1996 ended February 1, 1997
        return calendar.fiscal_date(year, calendar.period.month, calendar.period.day)
    if calendar.fiscal_year_end is not None:
        return calendar.fiscal_date(year, *calendar.fiscal_year_end)
    return calendar.date_counts.most_frequent_in(year)


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _end_from_context(partial: PartialDate | None, context_dates: Sequence[PartialDate]) -> date | None:
    """Return the end of a column without a year: the only date, or the only year, of the surrounding texts."""
    full = [d for d in context_dates if d.year and d.month and d.day]
    if partial is None and len({(d.year, d.month, d.day) for d in full}) == 1:
        only = full[0]
        return safe_date(only.year or 1, only.month or 1, only.day or 1)
    years = [d.year for d in context_dates if d.year]
    if partial is not None and partial.month and partial.day and len(set(years)) == 1:
        return safe_date(years[0], partial.month, partial.day)
    return None


def _column_with_duration(
    heading: str, mention: Mention, end: date, context_texts: Sequence[str], calendar: Calendar
) -> ColumnPeriod:
    if mention.is_range and len(mention.dates) >= 2:
        first = mention.dates[0]
        year = first.year or end.year
        if first.month and first.day and safe_date(year, first.month, first.day) < end:
            return ColumnPeriod(heading, Duration(safe_date(year, first.month, first.day), end))
    if mention.inception:
        return ColumnPeriod(heading, None, UnreadReason.SINCE_INCEPTION)
    if mention.to_date and mention.months is None and mention.weeks is None and calendar.fiscal_year_end is None:
        return ColumnPeriod(heading, None, UnreadReason.YEAR_TO_DATE)
    for candidate in chain([mention], map(read_mention, context_texts)):
        if candidate.months is not None or candidate.weeks is not None:
            return ColumnPeriod(heading, duration_ending(end, months=candidate.months, weeks=candidate.weeks))
        if candidate.to_date and calendar.fiscal_year_end is not None:
            return ColumnPeriod(heading, Duration(_fiscal_year_start(end, calendar), end))
    if calendar.annual or calendar.fiscal_year_end == (end.month, end.day) or not any(d.month for d in mention.dates):
        return ColumnPeriod(heading, duration_ending(end, months=12))
    if calendar.fiscal_year_end is not None:
        start = _fiscal_year_start(end, calendar)
        if abs((end - start).days - 91) <= 8:  # the first quarter is the year to date
            return ColumnPeriod(heading, duration_ending(end, months=3))
    return ColumnPeriod(heading, None, UnreadReason.NO_LENGTH, end)


def _fiscal_year_start(end: date, calendar: Calendar) -> date:
    month, day = calendar.fiscal_year_end or (12, 31)
    previous_end = calendar.fiscal_date(end.year, month, day)
    if previous_end >= end:
        previous_end = calendar.fiscal_date(end.year - 1, month, day)
    return previous_end + timedelta(days=1)


def _keep_consolidated(columns: list[ColumnPeriod]) -> list[ColumnPeriod]:
    """Among columns of one period (companies, eliminations, total), keep the consolidated one if there is just one."""
    periods = Counter(c.period for c in columns if c.period is not None)
    for period, count in periods.items():
        if count < 2:
            continue
        indexes = [i for i, c in enumerate(columns) if c.period == period]
        consolidated = [i for i in indexes if _CONSOLIDATED.search(columns[i].heading)]
        if len(consolidated) == 1:
            for i in indexes:
                if i not in consolidated:
                    columns[i] = replace(columns[i], period=None, reason=UnreadReason.NOT_CONSOLIDATED)
    return columns


def _align_fiscal_years(columns: list[ColumnPeriod]) -> tuple[ColumnPeriod, ...]:
    """Start each 52/53-week fiscal year on the day after the end of the previous one."""
    ends = {
        c.period.end for c in columns if isinstance(c.period, Duration) and (c.period.end - c.period.start).days >= 350
    }
    result = []
    for column in columns:
        period = column.period
        if isinstance(period, Duration) and period.end in ends and (period.end - period.start).days >= 350:
            previous_ends = [end for end in ends if 357 <= (period.end - end).days <= 373]
            if previous_ends and period.start.day != 1:
                column = replace(column, period=Duration(previous_ends[0] + timedelta(days=1), period.end))
        result.append(column)
    return tuple(result)
