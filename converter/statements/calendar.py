"""The dates that a filing mentions and the ends of its fiscal years."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property

from msgspec import Struct, field

from converter.vocabulary import MONTHS, Mention, are_near, ends_month, expression, month_of

_WEEK = [timedelta(days) for days in range(-7, 8)]


class DateCounts(Counter[date]):
    """How often a filing mentions each full date; `ends` are those on which something ended, or as of which it is."""

    def __init__(self) -> None:
        super().__init__()
        self.ends = set[date]()

    def near(self, nominal: date) -> list[date]:
        """Return the dates within a week of `nominal` that are mentioned, in order."""
        return [day for distance in _WEEK if (day := nominal + distance) in self]

    def most_frequent_in(self, year: int) -> date | None:
        """Return the date in a year on which something ended, else any, that is mentioned most often; None without one.

        Of several it is the latest.
        """
        return self._most_frequent.get(year)

    def is_on_a_weekday(self, month: int, day: int) -> bool:
        """Whether the dates within a week of a day of the year, each mentioned twice, differ but share a weekday."""
        if (month, day) not in self._weekdays:
            near = [d for year in self._most_frequent for d in self.near(safe_date(year, month, day)) if self[d] >= 2]
            near = [d for d in near if abs((safe_date(d.year, month, day) - d).days) <= 7]
            self._weekdays[month, day] = (
                len({(d.month, d.day) for d in near}) > 1 and len({d.weekday() for d in near}) == 1
            )
        return self._weekdays[month, day]

    @cached_property
    def _most_frequent(self) -> dict[int, date]:
        return {day.year: day for day in sorted(self, key=lambda day: (day in self.ends, self[day], day))}

    @cached_property
    def _weekdays(self) -> dict[tuple[int, int], bool]:
        return {}


class Calendar(Struct, frozen=True):
    """How often a filing mentions each full date, and when its fiscal years end."""

    date_counts: DateCounts = field(default_factory=DateCounts)
    fiscal_year_end: tuple[int, int] | None = None  # month, day
    period: date | None = None  # the header's conformed period of report
    annual: bool = False  # the form is an annual report
    quarterly: bool = False  # the form is a quarterly report

    def fiscal_date(self, year: int, month: int, day: int) -> date:
        """Return the date within a week of `month` and `day` that the filing mentions most often.

        A 52/53-week fiscal year ends on a different day each year. Dates in `year` and, across the turn of a year, its
        neighbours count; if none is mentioned, the result is the given month and day.
        """
        nominal = safe_date(year, month, day)
        if self._ends_with_month(month, day):
            return nominal
        return max(
            self.date_counts.near(nominal),
            key=lambda d: (self.date_counts[d], -abs((d - nominal).days), d.year == year),
            default=nominal,
        )

    def ends_without_year(self, mentions: Sequence[Mention]) -> list[date | None]:
        """Return the last days of columns whose headings name a month and a day only, none if they are not certain.

        They are the last such days up to the end of the period of the report, which must be one of them; no two columns
        have the same day and length.
        """
        days = [(m.months, d.month, d.day) for m in mentions for d in m.dates[-1:] if d.month and d.day]
        if self.period is None or len(set(days)) < len(mentions):
            return []
        latest = self.period + _WEEK[-1]
        ends = [safe_date(latest.year, month or 1, day or 1) for _, month, day in days]
        ends = [end if end <= latest else safe_date(end.year - 1, end.month, end.day) for end in ends]
        return list(ends) if any(are_near(end, self.period) for end in ends) else []

    def _ends_with_month(self, month: int, day: int) -> bool:
        """Whether the fiscal year ends with the month, not on a weekday."""
        return ends_month(safe_date(2001, month, day)) and not self.date_counts.is_on_a_weekday(month, day)


def safe_date(year: int, month: int, day: int) -> date:
    """Return the date, or the last day of the month if the month has no such day."""
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
            if day < 28:
                raise


_MONTH_AND_DAY_AT_END = expression(rf"\b({'|'.join(MONTHS)})\s+(\d{{1,2}})\s*\Z", re.I, first="jfmasond")
_LONGEST_MONTH_AND_DAY = 60  # with the blanks of justified text
_END = expression(r"\b(?:ended|ending|as\s{1,9}of)\s{1,9}\Z", re.I)
_LONGEST_END = 24
_COMMA_YEAR = expression(r",(?:[^\S\n]*|(\n) {0,10})((?:19|20)\d\d)\b(?(1)(?=[,.;:)]| [a-z(]))")


def count_dates(texts: Iterable[str]) -> DateCounts:
    """Count the mentions of each full date ("June 30, 1998") in the texts, the lines of a document.

    A sentence may go on with the year in the next line.
    """
    counts = DateCounts()
    text = "\n".join(texts)
    for year in _COMMA_YEAR.finditer(text):  # starts with a literal, so it is fast
        start = max(0, year.start() - _LONGEST_MONTH_AND_DAY)
        start = max(start, text.rfind("\n", start, year.start()) + 1)
        match = _MONTH_AND_DAY_AT_END.search(text, start, year.start())
        if match and 1 <= int(match[2]) <= 31:
            day = safe_date(int(year[2]), month_of(match[1]), int(match[2]))
            counts[day] += 1
            if _END.search(text, max(0, match.start() - _LONGEST_END), match.start()):
                counts.ends.add(day)
    return counts
