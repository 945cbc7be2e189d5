"""Read EX-27 financial data schedules (1993-2001): values tagged by the filer himself.

A schedule is a list of tags and values with a multiplier, defined in Regulation S-K, Item 601(c), for Articles 5, 7,
9, BD and UT. Each schedule becomes two statements (balances and flows) whose columns are qualified,
so that its facts never collide with those of the printed statements.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

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
    UnreadReason,
    duration_ending,
    expression,
    find_amounts,
    is_schedule,
    read_dates,
)

_BARE_FIGURES = expression(r"[\s\d,.$()-]+")
_MISTAKEN_FOR_HTML = "PRE"  # tags that begin like the one for preformatted text are missing in many stored filings
_TAG = expression(r"\s*<([A-Z][A-Z0-9&-]*)>(.*)")
_DAY = expression(r"(?<![A-Z])([A-Z]{3})[A-Z]*-(\d{1,2})-(\d{4})", re.I)
_LENGTH = expression(r"(\d{1,2})-MOS|(YEAR)|(\d{1,2})-WKS|QTR-(\d)", re.I)
_MULTIPLIER = expression(r"10{0,9}")
_PAGE_NUMBERS = range(1, 1000)
_LONGEST_ARTICLE = 20  # in a message
_MOST_FIGURES = 20_000  # in all schedules of a filing; a schedule has some thirty tags and a few columns
_STRUCTURE_TAGS = {
    "BOOK-VALUE",  # of article UT: "PER-BOOK" or "PRO-FORMA"
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


class _Schedule(Struct):
    """The contents of one schedule.

    `multiplier` is 0 if it is not a power of ten up to a billion. If it is `too_large`, the contents are not complete.
    """

    article: str = "5"
    multiplier: Decimal = Decimal(1)
    currency: str = "USD"
    periods: dict[str, str] = {}
    rows: list[_Row] = []
    too_large: bool = False


def find_schedules(filing: Filing) -> tuple[tuple[Statement, ...], tuple[Finding, ...]]:
    """Read the schedules of a filing as statements qualified FINANCIAL_DATA_SCHEDULE; captions are the tags.

    The schedule's multiplier applies to monetary values, not to amounts per share. The findings name the schedules,
    columns and figures that are not read.
    """
    statements: list[Statement] = []
    findings: list[Finding] = []
    left = _MOST_FIGURES
    for index, document in enumerate(filing.documents):
        if not is_schedule(document.type):
            continue
        schedule = _read(index, document, left)
        if not schedule.rows:
            continue
        reason = _unread_reason(schedule)
        if reason:
            message = f"the {document.type} schedule was left out: {reason}"
            findings.append(Finding(Severity.WARNING, Code.SCHEDULE_NOT_READ, message, document.lines[0].number))
            continue
        left -= sum(len(row.cells) for row in schedule.rows)
        of_schedule: list[Statement] = []
        for kind in (StatementKind.BALANCE_SHEET, StatementKind.INCOME):
            statement, new_findings = _statement(document, index, schedule, kind)
            of_schedule += [statement] if statement else []
            findings += new_findings
        unlisted = list(_unlisted_figures(document, schedule, counted=bool(of_schedule)))
        if of_schedule:
            of_schedule[-1] = replace(of_schedule[-1], printed=of_schedule[-1].printed + len(unlisted))
        statements += of_schedule
        findings += unlisted
    return tuple(statements), tuple(findings)


def _read(index: int, document: Document, most: int) -> _Schedule:
    """Read a schedule of at most so many figures, or rows without figures."""
    schedule = _Schedule()
    figures = 0
    for number, line in enumerate(document.lines):
        if figures > most:
            schedule.too_large = True
            return schedule
        match = _TAG.match(line.text)
        if match is None:
            cells = _cells(index, number, line.text) if _BARE_FIGURES.fullmatch(line.text) else []
            schedule.rows += [_Row("", cells)] if cells and schedule.rows else []
            figures += len(cells)
            continue
        tag, rest = match[1], match[2]
        if tag == "ARTICLE":
            schedule.article = rest.strip().upper() or "5"
        elif tag == "MULTIPLIER":
            schedule.multiplier = _multiplier(rest)
        elif tag == "CURRENCY":
            schedule.currency = _currency(rest)
        elif tag in _PERIOD_TAGS:
            schedule.periods[tag] = rest
        elif tag not in _STRUCTURE_TAGS and not re.fullmatch(r"F\d+", tag):
            cells = _cells(index, number, line.text, match.start(2))
            schedule.rows.append(_Row(tag, cells))
            figures += max(len(cells), 1)
    _restore_tags(schedule)
    return schedule


def _cells(index: int, number: int, text: str, start: int = 0) -> list[_Cell]:
    tokens = [token for token in find_amounts(text) if token.start >= start]
    return [_Cell(token.amount, TextSpan(index, number, token.start, token.end)) for token in tokens]


def _restore_tags(schedule: _Schedule) -> None:
    """Give figures without a tag the tags that were taken for HTML and removed, if there are as many of both."""
    while schedule.rows and _is_page_number(schedule.rows[-1]):
        schedule.rows.pop()
    tags = {row.tag for row in schedule.rows}
    names = [tag for article, tag in schedule_concepts() if article == schedule.article]
    missing = iter([name for name in names if name.startswith(_MISTAKEN_FOR_HTML) and name not in tags])
    rows = [row if row.tag else _Row(next(missing, ""), row.cells) for row in schedule.rows]
    if next(missing, None) is None and all(row.tag for row in rows):
        schedule.rows = rows


def _is_page_number(row: _Row) -> bool:
    """Whether a row below the last tag is a lone number that is too small for a figure."""
    return not row.tag and len(row.cells) == 1 and row.cells[0].amount.value in _PAGE_NUMBERS


def _multiplier(text: str) -> Decimal:
    digits = re.sub(r"[^0-9]", "", text) or "1"
    return Decimal(digits) if _MULTIPLIER.fullmatch(digits) else Decimal(0)


def _currency(text: str) -> str:
    code = re.sub(r"[^A-Z]", "", text.upper())
    return code if len(code) == 3 else "USD"


def _unread_reason(schedule: _Schedule) -> str:
    """Return why no figure of a schedule can be read, "" if some can."""
    if schedule.too_large:
        return f"at most {_MOST_FIGURES:,} figures are read of the schedules of a filing"
    if not _ends(schedule):
        return "it does not say the end of its period"
    if not schedule.multiplier:
        return "its multiplier is not a power of ten up to a billion"
    if not any(row.cells and _kind(schedule.article, row.tag) for row in schedule.rows):
        return f"it has no figure with a tag of article {schedule.article[:_LONGEST_ARTICLE]}"
    return ""


def _ends(schedule: _Schedule) -> list[date]:
    """Return the last day of each column's period, none if one of them is no day."""
    ends = [_date(match) for match in _DAY.finditer(schedule.periods.get("PERIOD-END", ""))]
    return [] if None in ends else [end for end in ends if end is not None]


def _statement(
    document: Document, index: int, schedule: _Schedule, kind: StatementKind
) -> tuple[Statement | None, list[Finding]]:
    """Return the schedule's balances or flows, None if no column has a period, and what is not read of them."""
    rows = [row for row in schedule.rows if row.cells and _kind(schedule.article, row.tag) is kind]
    if not rows:
        return None, []
    periods = _periods(schedule, kind)
    kept = [i for i, period in enumerate(periods) if period is not None]
    title = f"Financial data schedule, article {schedule.article}"
    findings = [_unread_column(document, rows[0], i, title) for i in range(len(periods)) if i not in kept]
    items = tuple(item for item in (_item(row, kept, schedule) for row in rows) if any(item.figures))
    if not items:
        return None, findings
    findings += _unread_figures(document, rows, kept, len(periods))
    columns = tuple(Column(p, "EX-27", Qualifier.FINANCIAL_DATA_SCHEDULE) for p in periods if p is not None)
    statement = Statement(
        kind,
        title,
        index,
        schedule.currency,
        columns,
        items,
        qualifier=Qualifier.FINANCIAL_DATA_SCHEDULE,
        printed=sum(len(row.cells) for row in rows),
        origin=Origin.SCHEDULE,
    )
    return statement, findings


def _periods(schedule: _Schedule, kind: StatementKind) -> list[Period | None]:
    """Return the period of each column, None if the schedule does not state how long it is."""
    ends = _ends(schedule)
    if kind is StatementKind.BALANCE_SHEET:
        return [Instant(end) for end in ends]
    lengths = list(_LENGTH.finditer(schedule.periods.get("PERIOD-TYPE", "")))
    starts = [_date(match) for match in _DAY.finditer(schedule.periods.get("PERIOD-START", ""))]
    return [_duration(i, end, lengths, starts) for i, end in enumerate(ends)]


def _unread_column(document: Document, row: _Row, column: int, title: str) -> Finding:
    message = f"column {column + 1} of the {title!r} was left out: it does not say the length of its period"
    return Finding(Severity.WARNING, Code.COLUMN_NOT_READ, message, document.lines[row.cells[0].source.line].number)


def _unread_figures(document: Document, rows: Sequence[_Row], kept: Sequence[int], columns: int) -> Iterator[Finding]:
    """Yield a finding for each printed figure that does not become a figure of a line item."""
    for row in rows:
        for i, (amount, source) in enumerate(row.cells):
            if amount.absent:
                reason = UnreadReason.NO_FIGURE.description
            elif i >= columns:
                reason = UnreadReason.NO_COLUMN.description
            elif i not in kept:
                reason = "its column was left out"
            else:
                continue
            line = document.lines[source.line]
            message = f"{line.text[source.start : source.end]!r} of {row.tag!r} is no fact: {reason}"
            yield Finding(Severity.INFO, Code.FIGURE_NOT_READ, message, line.number, source.start, source.end, 1)


def _unlisted_figures(document: Document, schedule: _Schedule, *, counted: bool) -> Iterator[Finding]:
    """Yield a finding for each figure whose tag the schedule's article does not have, or that has no tag.

    They are `counted` among the printed figures unless all figures of the schedule are left out.
    """
    article = schedule.article[:_LONGEST_ARTICLE]
    for row in schedule.rows:
        if _kind(schedule.article, row.tag) is None:
            reason = f"article {article} has no tag {row.tag!r}" if row.tag else "it has no tag"
            for _, source in row.cells:
                line = document.lines[source.line]
                message = f"{line.text[source.start : source.end]!r} is no fact: {reason}"
                yield Finding(
                    Severity.INFO, Code.FIGURE_NOT_READ, message, line.number, source.start, source.end, int(counted)
                )


def _date(match: re.Match[str]) -> date | None:
    dates = read_dates(f"{match[1]} {match[2]}, {match[3]}")
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
    months, _, weeks, quarter = lengths[index].groups()
    count = int(months or weeks or (3 if quarter else 12))
    if count == 0:
        return None
    if quarter:
        return duration_ending(end, months=count)
    duration = duration_ending(end, weeks=count) if weeks else duration_ending(end, months=count)
    start = starts[index] if index < len(starts) else None
    if start is not None and abs((start - duration.start).days) <= 10 and start < end:
        return Duration(start, end)
    return duration


def _item(row: _Row, kept: Sequence[int], schedule: _Schedule) -> LineItem:
    unit = _unit(row.tag)
    factor = schedule.multiplier if unit is UnitKind.MONETARY else Decimal(1)
    figures = tuple(_figure(row.cells[i], factor) if i < len(row.cells) else None for i in kept)
    source = row.cells[0].source
    return LineItem(row.tag, (f"Article {schedule.article}",), 0, False, unit, figures, source, factor=factor)


def _figure(cell: _Cell, factor: Decimal) -> Figure | None:
    amount, source = cell
    if amount.absent:
        return None
    return Figure(amount.value * factor, amount.places - factor.adjusted(), amount, source)


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
