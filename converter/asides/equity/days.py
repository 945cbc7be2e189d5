"""The days of balances and the periods between them, as far as the primary statements tell them."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from converter.mapping import MappedStatement
from converter.statements import Origin
from converter.vocabulary import Duration, Instant, are_near, read_dates

_DAY = timedelta(days=1)
_SHORTEST_YEAR = 300  # days


class FiscalDays:
    """The days on which periods of the primary statements begin and end."""

    def __init__(self, statements: Iterable[MappedStatement]) -> None:
        periods = {
            column.period
            for mapped in statements
            if mapped.statement.origin is Origin.PRIMARY and mapped.statement.qualifier is None
            for column in mapped.statement.columns
            if column.qualifier is None
        }
        self._durations = sorted(period for period in periods if isinstance(period, Duration))
        self.balance_days = {period.day for period in periods if isinstance(period, Instant)}
        ends = {end for period in self._durations for end in (period.start - _DAY, period.end)}
        self.days = sorted(ends | self.balance_days)

    def nearest(self, day: date) -> date:
        """Return the known day near a day, else the day itself."""
        near = [known for known in self.days if are_near(known, day)]
        return min(near, key=lambda known: abs(known - day), default=day)

    def day_of(self, texts: Sequence[str]) -> date | None:
        """Return the day that the first text with a date names; a year alone is that of a fiscal year's end."""
        for text in texts:
            for partial in read_dates(text):
                if partial.year is not None and partial.month is not None and partial.day is not None:
                    return self.nearest(date(partial.year, partial.month, partial.day))
                if partial.year is not None:
                    return self._in_year(partial.year, partial.month)
        return None

    def _in_year(self, year: int, month: int | None) -> date | None:
        """Return the last day of a fiscal year that is named by its year, None if it is not certain."""
        ends = self._year_ends()
        named = [day for day in ends if day.year == year and month in (None, day.month)]
        if named:
            return named[-1]
        if not ends:
            return None
        last = ends[-1]
        if month not in (None, last.month):
            return None
        return last.replace(year=year, day=min(last.day, 28)) if last.month == 2 else last.replace(year=year)

    def _year_ends(self) -> list[date]:
        """The first and last days of periods of about a year, else all days."""
        years = [period for period in self._durations if (period.end - period.start).days > _SHORTEST_YEAR]
        return sorted({end for period in years for end in (period.start - _DAY, period.end)}) or list(self.days)

    def start_of_year(self, end: date) -> date:
        """Return the day before the first of the fiscal year that ends on a day."""
        years = [p for p in self._durations if p.end == end and (p.end - p.start).days > _SHORTEST_YEAR]
        return years[0].start - _DAY if years else self.nearest(end.replace(year=end.year - 1, day=min(end.day, 28)))

    def chain(self) -> Sequence[date]:
        """The ends of the longest periods of the income and cash flow statements, with the day before the first."""
        return self._year_ends()

    def between(self, opening: date, closing: date) -> Duration:
        """Return the period between two balances, as the statements have it if they do."""
        own = Duration(opening + _DAY, closing)
        known = [p for p in self._durations if p.end == closing and are_near(p.start, own.start)]
        return min(known, key=lambda period: abs(period.start - own.start), default=own)
