"""Heading words -> the period of each column of a statement."""

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
    Unread,
    duration_ending,
    keyword_pattern,
    read_mention,
)

_NO_AMOUNTS = keyword_pattern(
    "change|variance|percent|%|growth|crease|note|page|favorable|convenience|elimination|adjustment|yield|rate",
    r"\bchanges?\b|\bvariance\b|\bpercent(?:age)?\b|%|\bgrowth\b|\bincrease\b|\bdecrease\b|"
    r"\bnotes?\b(?!\s*payable)|\bpage\b|\bfavorable\b|"
    r"\bconvenience\b|\beliminations?\b|\badjustments?\b|\byield\b|\brate\b",
)
_EARLY = 6  # a fiscal year that ends by this month may bear the name of the year before
_PREFERRED = re.compile(r"\bconsolidated\b|\btotal\b|\bas\s+reported\b|\bactual\b", re.I)


class ReadColumn(Struct, frozen=True):
    """What the heading of one column comes to; `period` is None with a `reason` when it holds no amounts of one."""

    heading: str
    period: Period | None
    reason: Unread | None = None
    end: date | None = None  # the last day, where only the length of the period is missing


def read_columns(
    kind: StatementKind, headings: Sequence[str], labels: Sequence[str], title: Sequence[str], calendar: Calendar
) -> tuple[ReadColumn, ...]:
    """The period of each column from the words over it, over the captions, in the title, and the filing's calendar."""
    outer = [" ".join(labels), *title]
    mentions = [read_mention(heading) for heading in headings]
    mentions = _spread(mentions, headings, outer)
    named = max((d.year for mention in mentions for d in mention.dates if d.year is not None), default=0)
    ends = [_end(mention, outer, calendar, named) for mention in mentions]
    read = []
    for heading, mention, end in zip(headings, mentions, ends, strict=True):
        if _NO_AMOUNTS.search(heading) and not (
            mention.dates
            and re.search(r"increase|decrease|notes?\b", heading, re.I) is None
            and "%" not in heading
            and not _NO_AMOUNTS.pattern.match(heading)
        ):
            read.append(ReadColumn(heading, None, Unread.CHANGES))
        elif end is None:
            read.append(ReadColumn(heading, None, Unread.NO_DATE))
        elif kind is StatementKind.BALANCE_SHEET:
            read.append(ReadColumn(heading, Instant(end)))
        else:
            read.append(_with_duration(heading, mention, end, outer, calendar))
    return _chain_years(_one_of_each(read))


def _spread(mentions: list[Mention], headings: Sequence[str], outer: Sequence[str]) -> list[Mention]:
    """Columns without any date take the dates of the title in order, when there are as many."""
    bare = [
        i for i, (m, h) in enumerate(zip(mentions, headings, strict=True)) if not m.dates and not _NO_AMOUNTS.search(h)
    ]
    if not bare or len(bare) != len(mentions):
        return mentions
    for mention in map(read_mention, outer):
        dated = [d for d in mention.dates if d.year is not None]
        if len(dated) == len(bare) and not mention.spans:
            month_day = next((d for d in mention.dates if d.month is not None), None)
            filled = [_filled(d, month_day) for d in dated]
            return [replace(m, dates=(d,)) for m, d in zip(mentions, filled, strict=True)]
    return mentions


def _filled(day: PartialDate, model: PartialDate | None) -> PartialDate:
    if day.month is not None or model is None:
        return day
    return replace(day, month=model.month, day=model.day)


def _end(mention: Mention, outer: Sequence[str], calendar: Calendar, newest: int) -> date | None:
    """The last day of the column's period; `newest` is the last year that any of the columns names."""
    year = next((d.year for d in reversed(mention.dates) if d.year is not None), None)
    partial = next((d for d in reversed(mention.dates) if d.month is not None), None)
    full = next((d for d in reversed(mention.dates) if d.year and d.month and d.day), None)
    if full is not None and full.year and full.month and full.day:
        return safe_date(full.year, full.month, full.day)
    if year is not None and partial is not None and partial.month is not None:
        return calendar.in_year(year, partial.month, partial.day) if partial.day else _month_end(year, partial.month)
    around = [d for text in outer for d in read_mention(text).dates]
    if year is None:
        return _end_without_year(partial, around, calendar)
    exact = next((d for d in around if d.year == year and d.month and d.day), None)
    if exact is not None and exact.month and exact.day:
        return safe_date(year, exact.month, exact.day)
    model = next((d for d in around if d.month is not None), None)
    if model is not None and model.month is not None:
        return calendar.in_year(year, model.month, model.day) if model.day else _month_end(year, model.month)
    if any(m.months not in (None, 12) for m in (mention, *map(read_mention, outer))):
        if calendar.quarterly and calendar.period is not None and newest == calendar.period.year:
            return calendar.in_year(year, calendar.period.month, calendar.period.day)
        return None
    return _end_of_year(year, calendar, newest)


def _end_of_year(year: int, calendar: Calendar, newest: int) -> date | None:
    if calendar.period is not None and calendar.annual:
        if newest == calendar.period.year - 1 and calendar.period.month <= _EARLY:  # fiscal 1996 ended February 1, 1997
            year += 1
        return calendar.in_year(year, calendar.period.month, calendar.period.day)
    if calendar.fiscal_year_end is not None:
        return calendar.in_year(year, *calendar.fiscal_year_end)
    days = [d for d in calendar.days if d.year == year]
    return max(days, key=lambda d: (calendar.days[d], d), default=None)


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _end_without_year(partial: PartialDate | None, around: Sequence[PartialDate], calendar: Calendar) -> date | None:
    """A column without a year takes the title's one date, or the filing's period."""
    full = [d for d in around if d.year and d.month and d.day]
    if partial is None and len({(d.year, d.month, d.day) for d in full}) == 1:
        only = full[0]
        return safe_date(only.year or 1, only.month or 1, only.day or 1)
    years = [d.year for d in around if d.year]
    if partial is not None and partial.month and partial.day and len(set(years)) == 1:
        return safe_date(years[0], partial.month, partial.day)
    return None


def _with_duration(heading: str, mention: Mention, end: date, outer: Sequence[str], calendar: Calendar) -> ReadColumn:
    if mention.spans and len(mention.dates) >= 2:
        first = mention.dates[0]
        year = first.year or end.year
        if first.month and first.day and safe_date(year, first.month, first.day) < end:
            return ReadColumn(heading, Duration(safe_date(year, first.month, first.day), end))
    if mention.inception:
        return ReadColumn(heading, None, Unread.SINCE_INCEPTION)
    if mention.to_date and mention.months is None and mention.weeks is None and calendar.fiscal_year_end is None:
        return ReadColumn(heading, None, Unread.YEAR_TO_DATE)
    for said in chain([mention], map(read_mention, outer)):
        if said.months is not None or said.weeks is not None:
            return ReadColumn(heading, duration_ending(end, months=said.months, weeks=said.weeks))
        if said.to_date and calendar.fiscal_year_end is not None:
            return ReadColumn(heading, Duration(_year_start(end, calendar), end))
    if calendar.annual or calendar.fiscal_year_end == (end.month, end.day) or not any(d.month for d in mention.dates):
        return ReadColumn(heading, duration_ending(end, months=12))
    if calendar.fiscal_year_end is not None:
        start = _year_start(end, calendar)
        if abs((end - start).days - 91) <= 8:  # the first quarter is the year to date
            return ReadColumn(heading, duration_ending(end, months=3))
    return ReadColumn(heading, None, Unread.NO_LENGTH, end)


def _year_start(end: date, calendar: Calendar) -> date:
    month, day = calendar.fiscal_year_end or (12, 31)
    last = calendar.in_year(end.year, month, day)
    if last >= end:
        last = calendar.in_year(end.year - 1, month, day)
    return last + timedelta(days=1)


def _one_of_each(columns: list[ReadColumn]) -> list[ReadColumn]:
    """Several columns of one period (companies, eliminations, total): only the consolidated one is the registrant's."""
    periods = Counter(c.period for c in columns if c.period is not None)
    for period, number in periods.items():
        if number < 2:
            continue
        same = [i for i, c in enumerate(columns) if c.period == period]
        preferred = [i for i in same if _PREFERRED.search(columns[i].heading)]
        if len(preferred) == 1:
            for i in same:
                if i not in preferred:
                    columns[i] = replace(columns[i], period=None, reason=Unread.NOT_CONSOLIDATED)
    return columns


def _chain_years(columns: list[ReadColumn]) -> tuple[ReadColumn, ...]:
    """Fiscal years follow each other: a 52/53-week year starts the day after the one before ended."""
    ends = {
        c.period.end for c in columns if isinstance(c.period, Duration) and (c.period.end - c.period.start).days >= 350
    }
    result = []
    for column in columns:
        period = column.period
        if isinstance(period, Duration) and period.end in ends and (period.end - period.start).days >= 350:
            before = [end for end in ends if 357 <= (period.end - end).days <= 373]
            if before and period.start.day != 1:
                column = replace(column, period=Duration(before[0] + timedelta(days=1), period.end))
        result.append(column)
    return tuple(result)
