"""The fiscal calendar of a filing: what its periods, its header, its cover and its words say of fiscal years."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from converter.filing import Cover, Filing
from converter.report.fiscal import NEAR_YEAR_END, FiscalCalendar, quarters_of
from converter.report.options import Options
from converter.statements import Column, Origin, Statement, StatementKind
from converter.vocabulary import Duration, Instant, Period, expression, find_word, is_annual, is_quarterly, read_mention

_DAY = timedelta(days=1)
_FISCAL_YEAR = expression(r"fiscal\s{1,9}(?:year\s{1,9})?((?:19|20)\d\d)\b", re.IGNORECASE)
_FIRST_OF_EITHER_NAME, _LAST_OF_EITHER_NAME = (1, 16), (5, 31)
"""Years that end between these days are called after the year in which they end, or after the one before."""
_LAST_OF_EARLIER_NAME = (2, 10)
"""Without a word of it in the filing, years that end by this day are called after the year before."""


def calendar_of(
    filing: Filing, cover: Cover, statements: Sequence[Statement], options: Options
) -> FiscalCalendar | None:
    """Return the fiscal calendar of a filing, None if nothing says when its fiscal years end.

    The user's option comes first. Next is what the periods of the primary statements show: an annual report ends with
    a fiscal year, and what is reported for two or three quarters began with one. Then come the header, the cover, and
    headings that name a quarter.
    """
    columns = tuple(_columns(statements))
    durations = [column.period for _, column in columns if isinstance(column.period, Duration)]
    form = _form(filing, cover, statements)
    stated = _stated(options.fiscal_year_end) or _stated(filing.header.fiscal_year_end) or _on_cover(cover)
    evident = None if _stated(options.fiscal_year_end) else _evident(columns, form, stated)
    if evident is not None and not (stated and _near(stated, evident)):
        stated = (evident.month, evident.day)
    stated = stated or _by_name_of_quarter(columns)
    if stated is None:
        return None
    years = {period.end for period in durations if quarters_of(period) == 4} if is_annual(form) else set()
    ends = frozenset(_ends(column.period for statement in statements for column in statement.columns))
    calendar = FiscalCalendar(*stated, year_ends=frozenset(years), ends=ends)
    latest = max(ends, default=None)
    shift = 0 if latest is None else _shift(filing, calendar.year_end(latest))
    return FiscalCalendar(*stated, shift, calendar.year_ends, ends)


def _columns(statements: Iterable[Statement]) -> Iterator[tuple[StatementKind, Column]]:
    """Yield the registrant's own columns of its primary statements."""
    for statement in statements:
        if statement.origin is Origin.PRIMARY and statement.qualifier is None:
            yield from ((statement.kind, column) for column in statement.columns if column.qualifier is None)


def _form(filing: Filing, cover: Cover, statements: Sequence[Statement]) -> str:
    """Return the form type: by the header, by the document with the statements, or by the cover."""
    of_document = filing.documents[statements[0].document].type if statements else ""
    if is_annual(of_document) or not filing.header.form:
        return of_document or filing.header.form or (str(cover.form.value) if cover.form else "")
    return filing.header.form


def _evident(columns: Sequence[tuple[StatementKind, Column]], form: str, stated: tuple[int, int] | None) -> date | None:
    """Return a day on which a fiscal year ended, as the periods of the statements show it."""
    durations = [column.period for _, column in columns if isinstance(column.period, Duration)]
    years = [period.end for period in durations if quarters_of(period) == 4]
    latest = max((period.end for period in durations), default=None)
    if latest is None:
        return None
    if is_annual(form):
        last = max(years, default=latest)
        return latest if stated is not None and _near(stated, latest) else last
    current = [period for period in durations if latest - period.end <= NEAR_YEAR_END]
    to_date = [period for period in current if quarters_of(period) in (2, 3)]
    if to_date:
        return min(period.start for period in to_date) - _DAY
    if not is_quarterly(form):
        return max(years) if years and latest - max(years) <= NEAR_YEAR_END else None
    flows = [c.period for kind, c in columns if kind is StatementKind.CASH_FLOW and isinstance(c.period, Duration)]
    first = [period.start - _DAY for period in flows if period in current]
    return first[0] if len(first) == 1 and all(quarters_of(period) == 1 for period in flows) else None


def _by_name_of_quarter(columns: Iterable[tuple[StatementKind, Column]]) -> tuple[int, int] | None:
    """Return the end of the fiscal year by a heading that says which quarter it is."""
    for _, column in columns:
        quarter = read_mention(column.heading).quarter if quarters_of(column.period) == 1 else None
        if quarter is not None and isinstance(column.period, Duration):
            month = (column.period.end.month + 3 * (4 - quarter) - 1) % 12 + 1
            return month, 31
    return None


def _stated(digits: str) -> tuple[int, int] | None:
    """Return the month and the day of `0630`; None for any other text."""
    if len(digits) != 4 or not digits.isascii() or not digits.isdigit():
        return None
    month, day = int(digits[:2]), int(digits[2:])
    return (month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _on_cover(cover: Cover) -> tuple[int, int] | None:
    return _stated(str(cover.fiscal_year_end.value).replace("-", "")) if cover.fiscal_year_end else None


def _near(stated: tuple[int, int], day: date) -> bool:
    """Whether a fiscal year that ends about a day of the year may have ended on a day."""
    return abs(FiscalCalendar(*stated).year_end(day) - day) <= NEAR_YEAR_END


def _ends(periods: Iterable[Period]) -> Iterator[date]:
    """Yield the last day of each period, and the day before the first of a duration, which has opening balances."""
    for period in periods:
        if isinstance(period, Instant):
            yield period.day
        else:
            yield period.end
            yield period.start - _DAY


def _shift(filing: Filing, year_end: date) -> int:
    """Return -1 if the fiscal year that ends on a day is called after the calendar year before, else 0.

    Reports speak of the year that they are about and of those before it, and hardly of those to come. So the one more
    often named, of the calendar year of its end and of that two years earlier, shows which names are in use.
    """
    day_of_year = (year_end.month, year_end.day)
    if not _FIRST_OF_EITHER_NAME <= day_of_year <= _LAST_OF_EITHER_NAME:
        return 0
    named = _years_named(filing)
    if named[year_end.year] != named[year_end.year - 2]:
        return 0 if named[year_end.year] > named[year_end.year - 2] else -1
    return -1 if day_of_year <= _LAST_OF_EARLIER_NAME else 0


def _years_named(filing: Filing) -> Counter[int]:
    """Count the fiscal years that the documents name ("fiscal 2002")."""
    counts: Counter[int] = Counter()
    for document in filing.documents:
        text = "\n".join(document.texts)
        matches = (_FISCAL_YEAR.match(text, position) for position in find_word(text, "fiscal"))
        counts.update(int(match[1]) for match in matches if match)
    return counts
