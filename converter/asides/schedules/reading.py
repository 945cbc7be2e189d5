"""Read EX-27 financial data schedules (1993-2001): values tagged by the filer himself.

A schedule is a list of tags and values with a multiplier, defined in Regulation S-K Item 601(c) and Appendix to
Articles 5, 7, 9 and UT. Each schedule becomes two statements (balances and flows) whose columns are qualified,
so that its facts never collide with those of the printed statements.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from converter.asides.schedules.mapping import schedule_concepts
from converter.filing import Document, Filing, TextSpan
from converter.statements import Column, Figure, LineItem, Origin, Qualifier, Statement, StatementKind, UnitKind
from converter.taxonomy import load_taxonomy
from converter.vocabulary import (
    Amount,
    Code,
    Duration,
    Finding,
    Instant,
    Period,
    Severity,
    duration_ending,
    find_amounts,
    is_schedule,
    read_mention,
)

_TAG = re.compile(r"\s*<([A-Z][A-Z0-9&-]*)>(.*)")
_DAY = re.compile(r"([A-Z]{3})[A-Z]*-(\d{1,2})-(\d{4})", re.I)
_LENGTH = re.compile(r"(\d{1,2})-MOS|(YEAR)|(\d{1,2})-WKS|QTR-(\d)", re.I)
_STRUCTURE_TAGS = {
    "TABLE",
    "S",
    "C",
    "CAPTION",
    "LEGEND",
    "ARTICLE",
    "RESTATED",
    "CIK",
    "NAME",
    "CURRENCY",
    "FN",
    "PAGE",
    "TEXT",
}
_PERIOD_TAGS = {"PERIOD-TYPE", "PERIOD-START", "PERIOD-END", "FISCAL-YEAR-END"}


class _Cell(NamedTuple):
    amount: Amount
    source: TextSpan


class _Row(NamedTuple):
    tag: str
    cells: list[_Cell]


@dataclass(slots=True)
class _Schedule:
    """The contents of one schedule."""

    article: str = "5"
    multiplier: Decimal = Decimal(1)
    currency: str = "USD"
    periods: dict[str, str] = field(default_factory=dict)
    rows: list[_Row] = field(default_factory=list)


def find_schedules(filing: Filing) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    """Read the schedules of a filing as statements qualified FINANCIAL_DATA_SCHEDULE; captions are the tags.

    The schedule's multiplier applies to monetary values, not to amounts per share.
    """
    statements: list[Statement] = []
    findings: list[Finding] = []
    for index, document in enumerate(filing.documents):
        if not is_schedule(document.type):
            continue
        schedule = _read(index, document)
        schedule_statements = _statements(index, schedule)
        if schedule.rows and not schedule_statements:
            line = document.lines[0].number if document.lines else None
            message = f"the {document.type} schedule was left out: it does not say the end of its period"
            findings.append(Finding(Severity.WARNING, Code.SCHEDULE_NOT_READ, message, line))
        statements += schedule_statements
    return tuple(statements), tuple(findings)


def _read(index: int, document: Document) -> _Schedule:
    schedule = _Schedule()
    for number, line in enumerate(document.lines):
        match = _TAG.match(line.text)
        if match is None:
            continue
        tag, rest = match[1], match[2]
        if tag == "ARTICLE":
            schedule.article = rest.strip().upper() or "5"
        elif tag == "MULTIPLIER":
            schedule.multiplier = Decimal(re.sub(r"[^\d]", "", rest) or "1")
        elif tag == "CURRENCY":
            schedule.currency = _currency(rest)
        elif tag in _PERIOD_TAGS:
            schedule.periods[tag] = rest
        elif tag not in _STRUCTURE_TAGS and not re.fullmatch(r"F\d+", tag):
            tokens = [t for t in find_amounts(line.text) if t.start >= match.start(2) and not t.amount.absent]
            cells = [_Cell(token.amount, TextSpan(index, number, token.start, token.end)) for token in tokens]
            schedule.rows.append(_Row(tag, cells))
    return schedule


def _currency(text: str) -> str:
    code = re.sub(r"[^A-Z]", "", text.upper())
    return code if len(code) == 3 else "USD"


def _statements(index: int, schedule: _Schedule) -> list[Statement]:
    ends = [_date(match) for match in _DAY.finditer(schedule.periods.get("PERIOD-END", ""))]
    lengths = list(_LENGTH.finditer(schedule.periods.get("PERIOD-TYPE", "")))
    starts = [_date(match) for match in _DAY.finditer(schedule.periods.get("PERIOD-START", ""))]
    if not ends or None in ends:
        return []
    days = [end for end in ends if end is not None]
    result = []
    for kind in (StatementKind.BALANCE_SHEET, StatementKind.INCOME):
        periods: list[Period | None] = [Instant(day) for day in days]
        if kind is StatementKind.INCOME:
            periods = [_duration(i, day, lengths, starts) for i, day in enumerate(days)]
        kept = [i for i, period in enumerate(periods) if period is not None]
        items = [_item(row, kept, schedule) for row in schedule.rows if _kind(schedule.article, row.tag) is kind]
        items = [item for item in items if any(item.figures)]
        if items and kept:
            columns = tuple(Column(p, "EX-27", Qualifier.FINANCIAL_DATA_SCHEDULE) for p in periods if p is not None)
            title = f"Financial data schedule, article {schedule.article}"
            result.append(
                Statement(
                    kind,
                    title,
                    index,
                    schedule.currency,
                    columns,
                    tuple(items),
                    qualifier=Qualifier.FINANCIAL_DATA_SCHEDULE,
                    printed=sum(1 for item in items for figure in item.figures if figure is not None),
                    origin=Origin.SCHEDULE,
                )
            )
    return result


def _date(match: re.Match[str]) -> date | None:
    dates = read_mention(f"{match[1]} {match[2]}, {match[3]}").dates
    if not dates or not (dates[0].month and dates[0].day and dates[0].year):
        return None
    try:
        return date(dates[0].year, dates[0].month, dates[0].day)
    except ValueError:
        return None


def _duration(
    index: int, end: date, lengths: Sequence[re.Match[str]], starts: Sequence[date | None]
) -> Duration | None:
    """Return the duration of column `index`, None if the schedule does not state its length.

    It starts on the stated first day if that is within days of the stated length.
    """
    if index >= len(lengths):
        return None
    months, year, weeks, quarter = lengths[index].groups()
    if quarter:
        return duration_ending(end, months=3)
    duration = duration_ending(
        end, months=int(months) if months else 12 if year else None, weeks=int(weeks) if weeks else None
    )
    start = starts[index] if index < len(starts) else None
    if start is not None and abs((start - duration.start).days) <= 10 and start < end:
        return Duration(start, end)
    return duration


def _item(row: _Row, kept: Sequence[int], schedule: _Schedule) -> LineItem:
    tag, cells = row
    unit = _unit(tag)
    factor = schedule.multiplier if unit is UnitKind.MONETARY else Decimal(1)
    figures: list[Figure | None] = []
    for i in kept:
        if i >= len(cells):
            figures.append(None)
            continue
        amount, source = cells[i]
        figures.append(Figure(amount.value * factor, amount.places - factor.adjusted(), amount, source))
    source = next((source for _, source in cells), TextSpan(0, 0, 0, 0))
    return LineItem(tag, (f"Article {schedule.article}",), 0, False, unit, tuple(figures), source, factor=factor)


def _unit(tag: str) -> UnitKind:
    if tag.startswith("EPS-"):
        return UnitKind.PER_SHARE
    return UnitKind.PURE if tag.startswith("YIELD") else UnitKind.MONETARY


def _kind(article: str, tag: str) -> StatementKind | None:
    """Return the kind of statement of a tag: balance sheet up to the last tag with an instant concept, else income."""
    names = {t: name for (a, t), name in schedule_concepts().items() if a == article}
    tags = list(names)
    if tag not in tags:
        return None
    concepts = load_taxonomy().concepts
    last = max(i for i, name in enumerate(names.values()) if name and concepts[name].period_type == "instant")
    return StatementKind.BALANCE_SHEET if tags.index(tag) <= last else StatementKind.INCOME
