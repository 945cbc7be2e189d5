"""Days as the SEC's data sets round them: to the end of the nearest month, and to the quarters of the calendar."""

from calendar import monthrange
from datetime import date, timedelta


def month_end(day: date) -> date:
    """Return the end of a month that is nearest to a day: the last of December for the 15th of January."""
    end = day.replace(day=monthrange(day.year, day.month)[1])
    before = day.replace(day=1) - timedelta(days=1) if day.toordinal() > day.day else end
    return before if day - before < end - day else end


def quarter_number(month: int) -> int:
    """Return the quarter of the calendar that a month, 1 to 12, is in."""
    return (month + 2) // 3
