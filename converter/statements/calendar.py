"""What a filing says of days: the dates that it mentions, and the ends of its fiscal years."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec import Struct, field

from converter.vocabulary import MONTHS, ends_month, month_of


class Calendar(Struct, frozen=True):
    """What a filing says of days: how often each full date is mentioned, and the ends of its fiscal years."""

    days: Counter[date] = field(default_factory=Counter)
    fiscal_year_end: tuple[int, int] | None = None  # month, day
    period: date | None = None  # the header's conformed period of report
    annual: bool = False  # the form is an annual report
    quarterly: bool = False  # the form is a quarterly report

    def in_year(self, year: int, month: int, day: int) -> date:
        """The fiscal day of that year nearest to month and day: a 52/53-week year ends on another day each year."""
        nominal = safe_date(year, month, day)
        if self._fixed(month, day):
            return nominal
        near = [d for d in self.days if d.year == year and abs((d - nominal).days) <= 7]
        near += [d for d in self.days if abs((d - nominal).days) <= 7 and d.year != year and d not in near]
        return max(near, key=lambda d: (self.days[d], -abs((d - nominal).days)), default=nominal)

    def _fixed(self, month: int, day: int) -> bool:
        """Whether the year ends with that month, and no weekday ends it."""
        return ends_month(safe_date(2001, month, day)) and not self._moves(month, day)

    def _moves(self, month: int, day: int) -> bool:
        """Whether a weekday, not a day of the month, ends the year: several such days, not the month's end."""
        near = [d for d in self.days if abs((safe_date(d.year, month, day) - d).days) <= 7 and self.days[d] >= 2]
        return len({(d.month, d.day) for d in near}) > 1 and len({d.weekday() for d in near}) == 1


def safe_date(year: int, month: int, day: int) -> date:
    """The date, or the last day of its month where the month has no such day."""
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
            if day < 28:
                raise


_MONTH_AND_DAY = re.compile(rf"\b({'|'.join(MONTHS)})\s+(\d{{1,2}})\s*\Z", re.I)
_COMMA_YEAR = re.compile(r",[^\S\n]*((?:19|20)\d\d)\b")


def count_days(texts: Iterable[str]) -> Counter[date]:
    """Every full date that the texts (each of one line) mention, with how often."""
    days: Counter[date] = Counter()
    text = "\n".join(texts)
    for year in _COMMA_YEAR.finditer(text):  # fast, as it begins with a literal; then what stands before it on its line
        found = _MONTH_AND_DAY.search(text, text.rfind("\n", 0, year.start()) + 1, year.start())
        if found and 1 <= int(found[2]) <= 31:
            days[safe_date(int(year[1]), month_of(found[1]), int(found[2]))] += 1
    return days
