"""The dates that a filing mentions and the ends of its fiscal years."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec import Struct, field

from converter.vocabulary import MONTHS, ends_month, month_of


class Calendar(Struct, frozen=True):
    """How often a filing mentions each full date, and when its fiscal years end."""

    date_counts: Counter[date] = field(default_factory=Counter)
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
        near = [d for d in self.date_counts if d.year == year and abs((d - nominal).days) <= 7]
        near += [d for d in self.date_counts if abs((d - nominal).days) <= 7 and d.year != year and d not in near]
        return max(near, key=lambda d: (self.date_counts[d], -abs((d - nominal).days)), default=nominal)

    def _ends_with_month(self, month: int, day: int) -> bool:
        """Whether the fiscal year ends with the month, not on a weekday."""
        return ends_month(safe_date(2001, month, day)) and not self._ends_on_weekday(month, day)

    def _ends_on_weekday(self, month: int, day: int) -> bool:
        """Whether the year ends on a weekday: the dates mentioned around its end differ but share a weekday."""
        near = [
            d
            for d, count in self.date_counts.items()
            if abs((safe_date(d.year, month, day) - d).days) <= 7 and count >= 2
        ]
        return len({(d.month, d.day) for d in near}) > 1 and len({d.weekday() for d in near}) == 1


def safe_date(year: int, month: int, day: int) -> date:
    """Return the date, or the last day of the month if the month has no such day."""
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
            if day < 28:
                raise


_MONTH_AND_DAY_AT_END = re.compile(rf"\b({'|'.join(MONTHS)})\s+(\d{{1,2}})\s*\Z", re.I)
_COMMA_YEAR = re.compile(r",[^\S\n]*((?:19|20)\d\d)\b")


def count_dates(texts: Iterable[str]) -> Counter[date]:
    """Count the mentions of each full date ("June 30, 1998") in the texts, each a single line."""
    counts: Counter[date] = Counter()
    text = "\n".join(texts)
    for year in _COMMA_YEAR.finditer(text):  # starts with a literal, so it is fast
        match = _MONTH_AND_DAY_AT_END.search(text, text.rfind("\n", 0, year.start()) + 1, year.start())
        if match and 1 <= int(match[2]) <= 31:
            counts[safe_date(int(year[1]), month_of(match[1]), int(match[2]))] += 1
    return counts
