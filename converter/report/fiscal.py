"""The fiscal year, the fiscal period and the number of quarters of a fact's period.

    >>> from datetime import date
    >>> from converter.vocabulary import Duration, Instant
    >>> calendar = FiscalCalendar(6, 30)
    >>> calendar.of(Duration(date(2002, 7, 1), date(2003, 3, 31)))
    FiscalPeriod(year=2003, period='Q3', quarters=3)
    >>> calendar.of(Instant(date(2003, 6, 30)))
    FiscalPeriod(year=2003, period='FY', quarters=0)

A report has the calendar of its filing: `report.fiscal(fact.context.period)` is the same for any fact. How years are
named, and how long a quarter is, follows the SEC's conventions for data of 2009 and later:

- A fiscal year has the name that the registrant gives it (EDGAR Filer Manual, volume II, `DocumentFiscalYearFocus`).
  That is the calendar year in which it ends, for years that end from the middle of January on; a year of weeks that
  ends in the first days of January belongs to December. Of years that end from then to May, some are named after the
  calendar year before: the registrant's words ("fiscal 2002") decide, and if it has none, a year that ends by
  10 February is named after the year before, as retailers do, and as Compustat does for years that end by May.
- The days of one to four quarters are those of the XBRL US data quality rule DQC_0006, which knows years of 52 and 53
  weeks, and quarters of 12 and 16 weeks.
"""

from calendar import monthrange
from datetime import date, timedelta

from msgspec import Struct

from converter.vocabulary import Instant, Period

FULL_YEAR = "FY"
"""The fiscal period of a whole fiscal year, and of the balance sheet at its end."""

NEAR_YEAR_END = timedelta(days=10)
"""So many days off its usual day, a fiscal year of weeks may end."""

_DAYS_OF_QUARTERS = ((77, 119), (154, 204), (238, 287), (350, 379))
"""The fewest and the most days of one, two, three and four quarters (DQC_0006)."""

_DAYS_IN_JANUARY = timedelta(days=15)
"""A year that ends so early in January belongs to the calendar year before it."""


class FiscalPeriod(Struct, frozen=True):
    """What a period is called in the fiscal calendar.

    - `year`: the fiscal year that its last day lies in; None if it is not known when fiscal years end.
    - `period`: "Q1" to "Q4" after the quarter that it ends with, also if it is longer than this quarter; "FY" for a
      whole fiscal year and for an instant at its end. "" for what ends within a quarter, and for a duration that is
      not of one to four quarters.
    - `quarters`: 0 for an instant, 1 to 4 for a duration of so many quarters, None for any other duration.
    """

    year: int | None
    period: str
    quarters: int | None


class FiscalCalendar(Struct, frozen=True):
    """When the fiscal years of a registrant end, and what they are called.

    They end on, or about, `month` and `day`; `year_ends` are days on which one is known to have ended. `shift` is -1
    if a year is called after the calendar year before that in which it ends, else 0. `ends` are the last days of the
    periods of the statements: no other day ends a quarter; None: any day may.
    """

    month: int
    day: int
    shift: int = 0
    year_ends: frozenset[date] = frozenset()
    ends: frozenset[date] | None = None

    def of(self, period: Period) -> FiscalPeriod:
        """Return what a period is called."""
        last = period.day if isinstance(period, Instant) else period.end
        quarters = quarters_of(period)
        end = self.year_end(last)
        quarter = self._quarter(last, end) if quarters is not None else None
        whole = quarter == 4 and quarters in (0, 4)
        return FiscalPeriod(self.name_of(end), FULL_YEAR if whole else f"Q{quarter}" if quarter else "", quarters)

    def name_of(self, end: date) -> int:
        """Return what the fiscal year that ends on, or about, a day is called."""
        return (end - _DAYS_IN_JANUARY).year + self.shift

    def year_end(self, day: date) -> date:
        """Return the end of the fiscal year of a day: a known one, else the usual one, give or take some days."""
        if day in self.year_ends:
            return day
        nominal = (self._in_year(day.year + i) for i in (-1, 0, 1))
        return self._known(next((end for end in nominal if end >= day - NEAR_YEAR_END), self._in_year(day.year + 1)))

    def _quarter(self, day: date, end: date) -> int | None:
        """Return the number of quarters of the fiscal year that ends on `end` until a day, if that ends one."""
        if self.ends is not None and day not in self.ends:
            return None
        if abs(end - day) <= NEAR_YEAR_END:
            return 4
        return _quarters_in((day - self._known(self._in_year(end.year - 1, end))).days)

    def _in_year(self, year: int, like: date | None = None) -> date:
        """Return the usual end of the fiscal year in a calendar year, or that near the day of `like`, a year's end."""
        if like is not None and abs(like - self._in_year(like.year)) > NEAR_YEAR_END:
            return date(year, like.month, min(like.day, monthrange(year, like.month)[1]))
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))

    def _known(self, nominal: date) -> date:
        """Return the known end of a year near a day, or the day itself."""
        return min(
            (end for end in self.year_ends if abs(end - nominal) <= NEAR_YEAR_END),
            key=lambda end: abs(end - nominal),
            default=nominal,
        )


def quarters_of(period: Period) -> int | None:
    """Return 0 for an instant, 1 to 4 for a duration of so many quarters, None for any other duration."""
    return 0 if isinstance(period, Instant) else _quarters_in((period.end - period.start).days + 1)


def _quarters_in(days: int) -> int | None:
    return next((n for n, (fewest, most) in enumerate(_DAYS_OF_QUARTERS, 1) if fewest <= days <= most), None)
