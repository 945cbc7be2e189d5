"""What the user specifies about a filing."""

from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import force_setattr

from converter.vocabulary import expression

_CIK = expression(r"[0-9]{1,10}")
_CURRENCY = expression(r"[A-Z]{3}")
_MONTH_DAY = expression(r"([0-9]{2})-?([0-9]{2})")


class Options(Struct, frozen=True):
    """What the user specifies about a filing; an empty option is not specified.

    `cik` is up to ten digits, `entity` the registrant's name, `fiscal_year_end` is `MMDD` or `MM-DD`, `currency` an ISO
    4217 code that replaces the one read from the statements, `period_end` the last day of the reporting period.
    `all_tables` includes figures of other tables with rows like those of the statements. Raises ValueError for any
    other value, TypeError for one of another type.
    """

    cik: str = ""
    entity: str = ""
    fiscal_year_end: str = ""
    currency: str = ""
    period_end: date | None = None
    all_tables: bool = False

    def __post_init__(self) -> None:
        for name in ("cik", "entity", "fiscal_year_end", "currency"):
            _check_type(name, getattr(self, name), str, "text")
        _check_type("all_tables", self.all_tables, bool, "True or False")
        if self.period_end is not None:
            _check_type("period_end", self.period_end, date, "a date such as date(2003, 9, 30)")
        if isinstance(self.period_end, datetime):
            raise TypeError(f"period_end={self.period_end!r}: give a date, without a time")
        if self.cik and not _CIK.fullmatch(self.cik):
            raise ValueError(f"cik={self.cik!r}: give up to ten digits, such as '320193'")
        if self.currency and not _CURRENCY.fullmatch(self.currency):
            raise ValueError(f"currency={self.currency!r}: give an ISO 4217 code such as 'USD'")
        if self.fiscal_year_end:
            force_setattr(self, "fiscal_year_end", _month_day(self.fiscal_year_end))


def _check_type(name: str, value: object, type: type, expected: str) -> None:
    if not isinstance(value, type):
        raise TypeError(f"{name}={value!r}: give {expected}")


def _month_day(text: str) -> str:
    """Return a day of the year as four digits: `0630`; 29 February is valid."""
    match = _MONTH_DAY.fullmatch(text)
    try:
        if match is not None:
            date(2000, int(match[1]), int(match[2]))
            return match[1] + match[2]
    except ValueError:
        pass
    raise ValueError(f"fiscal_year_end={text!r}: give month and day, such as '0630'")
