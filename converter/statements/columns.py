"""Column headings -> the period of each column of a statement."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from converter.statements.calendar import Calendar, safe_date
from converter.statements.model import StatementKind
from converter.statements.names import is_adjustment, is_pro_forma, own_names, without_remarks
from converter.statements.ranges import (
    full_date,
    is_full,
    last_days,
    parts_of_years,
    since_day_of_others,
    since_inception,
)
from converter.vocabulary import (
    Duration,
    Instant,
    Mention,
    PartialDate,
    Period,
    UnreadReason,
    are_near,
    duration_ending,
    ends_month,
    expression,
    keyword_pattern,
    read_dates,
    read_mention,
)

_NOT_AMOUNTS_HEADING = keyword_pattern(
    "change|variance|percent|%|growth|crease|note|page|favorable|convenience|yield|rate",
    r"\bchanges?\b|\bvariance\b|\bpercent(?:age)?\b|%|\bgrowth\b|\bincrease\b|\bdecrease\b|"
    r"\bnotes?\b(?!\s*(?:payable|guarantors?|issuers?))|\bpage\b|\bfavorable\b|"
    r"\bconvenience\b|\byield\b|\brate\b(?!\s+regulated)",
)
_PER_UNIT = expression(r"(?<!except )\bper\s+(?:\w+\s+)?(?:share|unit)\W*$", re.I)
_CHANGE_OR_NOTE = expression(r"increase|decrease|notes?\b", re.I)
_LAST_EARLY_MONTH = 6  # a fiscal year that ends by this month may be named after the previous year
_RESTATED = expression(r"(?<!un)\brestated\b", re.I)
_REPORTED = expression(r"\breported\b", re.I)
_CONSOLIDATED = expression(
    r"\bconsolidated\b|\btotal\b|(?<!previously\s)(?<!originally\s)\breported\b|\bactual\b|"
    r"(?<!non)(?<!non[-\s])\bgaap\b|\bhistorical\b",
    re.I,
)
_OUT_OF_STEP = timedelta(days=31)
"""So far from a quarter of the year is the last day of one of twelve or sixteen weeks."""
_YEAR_DAYS = range(350, 381)
"""The lengths in days of a fiscal year of 52 or 53 weeks, or of twelve months."""


class ColumnPeriod(Struct, frozen=True):
    """The period of one column as read from its heading, or the `reason` why the column cannot be read."""

    heading: str
    period: Period | None
    reason: UnreadReason | None = None
    end: date | None = None  # the last day, if only the length of the period is unknown
    part: str = ""  # the part of the company, if the column is not the consolidated company's
    nominal: bool = False  # the last day is not printed, but that of the fiscal year
    counted: bool = False  # the length is printed in weeks


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
    quarters = {mention.quarter for mention in mentions if mention.quarter}
    by_quarter = len(quarters) > 1 or (
        len(quarters) == 1 and not any(d.month for text in context_texts for d in read_dates(text))
    )
    later = _is_a_year_later(mentions, latest_year, calendar) if by_quarter else None
    context_dates = [d for text in context_texts for d in last_days(text)]
    ends = [_period_end(mention, context_texts, context_dates, calendar, latest_year, later) for mention in mentions]
    if not latest_year and not any(ends):
        ends = calendar.ends_without_year(mentions) or ends
    printed = {full_date(d) for text in context_texts for d in read_dates(text) if is_full(d)}
    ranges = {} if kind is StatementKind.BALANCE_SHEET else parts_of_years(context_texts)
    columns = []
    for heading, mention, end in zip(headings, mentions, ends, strict=True):
        nominal = end not in printed and not any(is_full(d) for d in mention.dates)
        range_ = since_inception(context_texts) if mention.inception and not mention.is_range else None
        if range_ is None and mention.inception and end is not None and not mention.is_range:
            range_ = since_day_of_others(headings, end)
        if range_ is not None and kind is not StatementKind.BALANCE_SHEET:
            columns.append(ColumnPeriod(heading, range_))
        elif _PER_UNIT.search(heading) and not all(map(_PER_UNIT.search, headings)):
            columns.append(ColumnPeriod(heading, None, UnreadReason.PER_UNIT))
        elif _has_no_amounts(heading, mention):
            columns.append(ColumnPeriod(heading, None, UnreadReason.CHANGES))
        elif end is None:
            columns.append(ColumnPeriod(heading, None, UnreadReason.NO_DATE))
        elif kind is StatementKind.BALANCE_SHEET:
            columns.append(ColumnPeriod(heading, Instant(end), nominal=nominal))
        elif end in ranges and ends.count(end) == 1 and not (mention.months or mention.weeks or mention.is_range):
            columns.append(ColumnPeriod(heading, ranges[end]))
        else:
            column = _column_with_duration(heading, mention, end, context_texts, calendar)
            columns.append(replace(column, nominal=nominal))
    return _align_fiscal_years(_tell_parts(columns))


def _has_no_amounts(heading: str, mention: Mention) -> bool:
    """Whether a column holds changes, percentages or references. A remark about a note beside a date is none."""
    dated = any(date.year or date.day for date in mention.dates)
    text = without_remarks(heading) if dated else heading
    if not _NOT_AMOUNTS_HEADING.search(text):
        return False
    changes = _CHANGE_OR_NOTE.search(text) or "%" in text or _NOT_AMOUNTS_HEADING.pattern.match(text.lstrip())
    return not dated or bool(changes)


def _apply_title_dates(mentions: list[Mention], headings: Sequence[str], context_texts: Sequence[str]) -> list[Mention]:
    """If no heading has a date, assign the dates of a title to the columns in order, if there are as many."""
    undated = [
        i for i, (m, h) in enumerate(zip(mentions, headings, strict=True)) if not m.dates and not _has_no_amounts(h, m)
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


def _period_end(
    mention: Mention,
    context_texts: Sequence[str],
    context_dates: Sequence[PartialDate],
    calendar: Calendar,
    latest_year: int,
    later: bool | None,
) -> date | None:
    """Return the last day of a column's period.

    `context_dates` are the last days that the texts around the table name, `latest_year` is the latest year that any of
    the headings names. If one of them names a quarter of the year, `later` says whether its fiscal year ends in the
    year after the one named; else it is None.
    """
    year = next((d.year for d in reversed(mention.dates) if d.year is not None), None)
    own_month_day = next((d for d in reversed(mention.dates) if d.month is not None), None)
    dated = [d for d in reversed(mention.dates) if is_full(d)]
    full = next((d for d in dated if d.year == year), next(iter(dated), None))
    if full is not None and full.month and _is_one_of_several_years(mention.dates):
        return _date_in_year(year or 1, full.month, full.day, calendar)
    if full is not None and full.year and full.month and full.day:
        return safe_date(full.year, full.month, full.day)
    if year is not None and own_month_day is not None and own_month_day.month is not None:
        return _date_in_year(year, own_month_day.month, own_month_day.day, calendar)
    years = {d.year for d in context_dates if d.year}
    named_year = year or (years.pop() if len(years) == 1 else None)
    quarter = mention.quarter or (mention.months // 3 if later is not None and mention.months in (6, 9, 12) else None)
    if quarter is not None and later is not None and named_year is not None and own_month_day is None:
        end = _quarter_end(named_year + later, quarter, calendar)
        if end is not None:
            return end
    if year is None:
        return _end_from_context(own_month_day, context_dates)
    year += _begin_in_named_year(context_dates, latest_year)
    exact = next((d for d in context_dates if d.year == year and d.month and d.day), None)
    if exact is not None and exact.month and exact.day:
        return safe_date(year, exact.month, exact.day)
    month_day = next((d for d in context_dates if d.month is not None), None)
    if month_day is not None and month_day.month is not None:
        return _date_in_year(year, month_day.month, month_day.day, calendar)
    mentions = (mention, *map(read_mention, context_texts))
    if any(m.months not in (None, 12) for m in mentions) or (mention.to_date and not calendar.annual):
        if calendar.quarterly and calendar.period is not None and latest_year == calendar.period.year:
            return calendar.fiscal_date(year, calendar.period.month, calendar.period.day)
        return None
    return _fiscal_year_end(year, calendar, latest_year)


def _is_one_of_several_years(dates: Sequence[PartialDate]) -> bool:
    """Whether a heading ends with a year that a title over several columns lists: "June 30, 2005 and 2004", "2004"."""
    *listed, own = dates
    return len(listed) > 1 and own.month is None and all(d.year for d in listed) and own.year == listed[-1].year


def _begin_in_named_year(context_dates: Sequence[PartialDate], latest_year: int) -> bool:
    """Whether fiscal years are named after the year they begin in: "2005" for one that ends in January 2006.

    The last day of the texts around the table tells, if all full dates there are about the same day of the year.
    """
    days = [full_date(day) for day in context_dates if is_full(day)]
    last = max(days, default=date.min)
    if last.year != latest_year + 1 or last.month > _LAST_EARLY_MONTH:
        return False
    return all(any(are_near(safe_date(last.year + i, day.month, day.day), last) for i in (-1, 0)) for day in days)


def _quarter_end(year: int, quarter: int, calendar: Calendar) -> date | None:
    """The last day of a quarter of the fiscal year of this name, if it is known when fiscal years end."""
    if calendar.fiscal_year_end is None:
        return None
    month, day = calendar.fiscal_year_end
    number = year * 12 + month - 1 - 3 * (4 - quarter)
    last = ends_month(safe_date(2001, month, day))
    end = _month_end(number // 12, number % 12 + 1) if last else safe_date(number // 12, number % 12 + 1, day)
    if calendar.period is not None:
        same_day = safe_date(end.year, calendar.period.month, calendar.period.day)
        end = same_day if abs(same_day - end) <= _OUT_OF_STEP else end
    return calendar.fiscal_date(end.year, end.month, end.day)


def _is_a_year_later(mentions: Sequence[Mention], latest_year: int, calendar: Calendar) -> bool:
    """Whether the latest quarter is that of the report only if fiscal years are named after the year they begin in."""
    if calendar.period is None or not latest_year:
        return False
    quarters = {mention.quarter for mention in mentions if mention.quarter}
    ends = [[_quarter_end(latest_year + i, quarter, calendar) for quarter in quarters] for i in (0, 1)]
    of_report = [any(end is not None and are_near(end, calendar.period) for end in found) for found in ends]
    return of_report == [False, True]


def _date_in_year(year: int, month: int, day: int | None, calendar: Calendar) -> date:
    return calendar.fiscal_date(year, month, day) if day else _month_end(year, month)


def _fiscal_year_end(year: int, calendar: Calendar, latest_year: int) -> date | None:
    if calendar.period is not None and calendar.annual:
        if latest_year == calendar.period.year - 1 and calendar.period.month <= _LAST_EARLY_MONTH:
            year += 1  # fiscal 1996 ended February 1, 1997
        return calendar.fiscal_date(year, calendar.period.month, calendar.period.day)
    if calendar.fiscal_year_end is not None:
        return calendar.fiscal_date(year, *calendar.fiscal_year_end)
    day = calendar.date_counts.most_frequent_in(year)
    return day if day is not None else _same_day_of(year, calendar.date_counts.most_frequent_in(latest_year))


def _same_day_of(year: int, day: date | None) -> date | None:
    return day and safe_date(year, day.month, day.day)


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _end_from_context(partial: PartialDate | None, context_dates: Sequence[PartialDate]) -> date | None:
    """Return the end of a column without a year: the only date, or the only year, of the surrounding texts."""
    full = [d for d in context_dates if is_full(d)]
    if partial is None and len({(d.year, d.month, d.day) for d in full}) == 1:
        only = full[0]
        return safe_date(only.year or 1, only.month or 1, only.day or 1)
    years = [d.year for d in context_dates if d.year]
    if partial is not None and partial.month and len(set(years)) == 1:
        return safe_date(years[0], partial.month, partial.day) if partial.day else _month_end(years[0], partial.month)
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
            duration = duration_ending(end, months=candidate.months, weeks=candidate.weeks)
            return ColumnPeriod(heading, duration, counted=candidate.weeks is not None)
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


def _tell_parts(columns: list[ColumnPeriod]) -> list[ColumnPeriod]:
    """Among columns of one period, tell the consolidated company's from those of its parts (companies, sectors).

    Beside a restated column, only the one that says what was reported before is kept. Adjustments and eliminations
    are parts, too, but not the pro forma ones. Columns that no names tell apart are left as they are.
    """
    periods = dict.fromkeys(c.period for c in columns if c.period is not None)
    for period in periods:
        pro_forma = [i for i, c in enumerate(columns) if c.period == period and is_pro_forma(c.heading)]
        leading = [i for i in pro_forma if is_adjustment(columns[i].heading)]
        for i in leading if len(leading) < len(pro_forma) else ():
            columns[i] = replace(columns[i], period=None, reason=UnreadReason.CHANGES)
        indexes = [i for i, c in enumerate(columns) if c.period == period and not is_pro_forma(c.heading)]
        if len(indexes) < 2:
            continue
        restated = [i for i in indexes if _RESTATED.search(columns[i].heading)]
        if len(restated) == 1:
            kept = [*restated, *(i for i in indexes if _REPORTED.search(columns[i].heading))]
            for i in set(indexes) - set(kept):
                columns[i] = replace(columns[i], period=None, reason=UnreadReason.NOT_CONSOLIDATED)
            continue
        names = own_names([columns[i].heading for i in indexes])
        whole = [i for i in indexes if _CONSOLIDATED.search(columns[i].heading)]
        if len(whole) != 1 and not all(names):
            for i in indexes:
                if is_adjustment(columns[i].heading):
                    columns[i] = replace(columns[i], period=None, reason=UnreadReason.CHANGES)
            continue
        for i, name in zip(indexes, names, strict=True):
            if len(whole) != 1 or i not in whole:
                columns[i] = replace(columns[i], part=name or "Part")
    return columns


def _align_fiscal_years(columns: list[ColumnPeriod]) -> tuple[ColumnPeriod, ...]:
    """Start each 52/53-week fiscal year on the day after the end of the previous one."""
    ends = {
        c.period.end
        for c in columns
        if isinstance(c.period, Duration) and (c.period.end - c.period.start).days in _YEAR_DAYS
    }
    result = []
    for column in columns:
        period = column.period
        if isinstance(period, Duration) and period.end in ends and (period.end - period.start).days in _YEAR_DAYS:
            previous_ends = [end for end in ends if 357 <= (period.end - end).days <= 373]
            if previous_ends and period.start.day != 1:
                column = replace(column, period=Duration(previous_ends[0] + timedelta(days=1), period.end))
        result.append(column)
    return tuple(result)
