"""Columns since inception whose heading does not say from which day to which: another place of the document does."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from converter.statements.columns import ColumnPeriod
from converter.statements.drafts import Draft
from converter.statements.model import StatementKind
from converter.statements.ranges import full_date, is_full
from converter.vocabulary import Duration, UnreadReason, expression, read_dates, read_mention

_BEFORE = expression(r"\binception\W{0,3}(?:\(|of|on|was|at|date)?\W{0,3}\Z", re.I)
_AFTER = expression(r"\W{0,3}(?:\(?the\s+)?(?:\(?date\s+of\s+)?inception\b", re.I)
_WINDOW = 30


def with_inception(drafts: Sequence[Draft], texts: Sequence[str]) -> list[Draft]:
    """Give columns since inception their periods, from the one day of inception to the last day of another column.

    The day is in the heading, else the one that all texts of the document name: "March 3, 1994 (inception)".
    """
    if not any(_lacks_period(draft, column) for draft in drafts for column in draft.columns):
        return list(drafts)
    stated = {day for text in _around_inception(texts) for day in _days(text)}
    day = stated.pop() if len(stated) == 1 else None
    return [replace(draft, columns=tuple(_dated(draft, column, day) for column in draft.columns)) for draft in drafts]


def _lacks_period(draft: Draft, column: ColumnPeriod) -> bool:
    if draft.kind is StatementKind.BALANCE_SHEET or column.period is not None:
        return False
    unread = column.reason in (UnreadReason.SINCE_INCEPTION, UnreadReason.NO_DATE)
    return unread and read_mention(column.heading).inception


def _dated(draft: Draft, column: ColumnPeriod, stated: date | None) -> ColumnPeriod:
    if not _lacks_period(draft, column):
        return column
    ends = [other.period.end for other in draft.columns if isinstance(other.period, Duration)]
    end = max(ends, default=None)
    own = {full_date(day) for day in read_dates(column.heading) if is_full(day)} - {end}
    first = own.pop() if len(own) == 1 else None if own else stated
    if end is None or first is None or first >= end:
        return column
    return replace(column, period=Duration(first, end), reason=None)


def _around_inception(texts: Sequence[str]) -> Iterator[str]:
    """Yield each line that says "inception", with its neighbours."""
    for index, text in enumerate(texts):
        if "inception" in text.lower():
            yield " ".join(" ".join(texts[max(0, index - 1) : index + 2]).split())


def _days(text: str) -> Iterable[date]:
    """The dates right beside the word."""
    for day in read_dates(text):
        beside = _BEFORE.search(text, max(0, day.start - _WINDOW), day.start) or _AFTER.match(text, day.end)
        if is_full(day) and beside:
            yield full_date(day)
