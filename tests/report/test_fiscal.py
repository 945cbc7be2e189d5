"""Fiscal years, fiscal periods and numbers of quarters: of calendars, and of filings."""

from collections.abc import Sequence
from datetime import date

import pytest
from helpers.builders import duration, filing, instant, item, mapped, statement, with_mappings

from converter.filing import Header
from converter.report import FiscalCalendar, Options, Report, build_report, quarters_of
from converter.statements import StatementKind
from converter.vocabulary import Period

CALENDAR_YEAR = FiscalCalendar(12, 31)
JUNE = FiscalCalendar(6, 30)
WEEKS = FiscalCalendar(12, 28)  # the last Saturday of December, quarters of 12, 12, 12 and 16 or 17 weeks
RETAILER = FiscalCalendar(1, 31, shift=-1)
CHANGED = FiscalCalendar(6, 30, year_ends=frozenset({date(2001, 12, 31), date(2002, 12, 31), date(2004, 6, 30)}))

CASES = [
    (CALENDAR_YEAR, duration("2003-01-01", "2003-12-31"), (2003, "FY", 4)),
    (CALENDAR_YEAR, duration("2003-01-01", "2003-03-31"), (2003, "Q1", 1)),
    (CALENDAR_YEAR, duration("2003-01-01", "2003-06-30"), (2003, "Q2", 2)),
    (CALENDAR_YEAR, duration("2003-04-01", "2003-06-30"), (2003, "Q2", 1)),
    (CALENDAR_YEAR, duration("2003-01-01", "2003-09-30"), (2003, "Q3", 3)),
    (CALENDAR_YEAR, duration("2003-10-01", "2003-12-31"), (2003, "Q4", 1)),
    (CALENDAR_YEAR, duration("2002-10-01", "2003-09-30"), (2003, "Q3", 4)),  # twelve months, but not a fiscal year
    (CALENDAR_YEAR, duration("2003-05-06", "2003-12-31"), (2003, "Q4", 3)),
    (CALENDAR_YEAR, duration("2003-06-06", "2003-10-31"), (2003, "", None)),
    (CALENDAR_YEAR, duration("1998-03-04", "2003-12-31"), (2003, "", None)),  # since inception
    (CALENDAR_YEAR, duration("2003-07-01", "2003-07-31"), (2003, "", None)),
    (CALENDAR_YEAR, instant("2003-12-31"), (2003, "FY", 0)),
    (CALENDAR_YEAR, instant("2003-03-31"), (2003, "Q1", 0)),
    (CALENDAR_YEAR, instant("2003-02-20"), (2003, "", 0)),
    (JUNE, duration("2003-07-01", "2003-09-30"), (2004, "Q1", 1)),
    (JUNE, duration("2002-07-01", "2003-06-30"), (2003, "FY", 4)),
    (JUNE, instant("2003-12-31"), (2004, "Q2", 0)),
    (WEEKS, duration("2003-12-28", "2004-12-25"), (2004, "FY", 4)),
    (WEEKS, duration("1999-12-26", "2000-12-30"), (2000, "FY", 4)),
    (WEEKS, duration("2001-01-01", "2001-03-24"), (2001, "Q1", 1)),
    (WEEKS, duration("2000-12-31", "2001-09-08"), (2001, "Q3", 3)),
    (WEEKS, duration("2001-09-09", "2001-12-29"), (2001, "Q4", 1)),
    (FiscalCalendar(1, 3), duration("2003-01-05", "2004-01-03"), (2003, "FY", 4)),  # a year of December
    (FiscalCalendar(12, 31), instant("2004-01-03"), (2003, "FY", 0)),
    (RETAILER, duration("2002-02-03", "2003-02-01"), (2002, "FY", 4)),
    (RETAILER, duration("2003-02-02", "2003-05-03"), (2003, "Q1", 1)),
    (RETAILER, instant("2003-01-28"), (2002, "FY", 0)),
    (FiscalCalendar(2, 29), instant("2003-02-28"), (2003, "FY", 0)),
    (CHANGED, duration("2002-01-01", "2002-12-31"), (2002, "FY", 4)),
    (CHANGED, duration("2003-01-01", "2003-06-30"), (2003, "Q4", 2)),
    (CHANGED, duration("2003-07-01", "2004-06-30"), (2004, "FY", 4)),
]


@pytest.mark.parametrize(("calendar", "period", "expected"), CASES)
def test_what_a_period_is_called(
    calendar: FiscalCalendar, period: Period, expected: tuple[int, str, int | None]
) -> None:
    found = calendar.of(period)
    assert (found.year, found.period, found.quarters) == expected


def test_a_day_that_no_period_ends_on_ends_no_quarter() -> None:
    """As that on which the cover counts shares."""
    calendar = FiscalCalendar(12, 31, ends=frozenset({date(2003, 12, 31)}))
    assert calendar.of(instant("2003-12-31")).period == "FY"
    assert (calendar.of(instant("2003-04-02")).year, calendar.of(instant("2003-04-02")).period) == (2003, "")


@pytest.mark.parametrize(
    ("period", "quarters"),
    [
        (instant("2003-12-31"), 0),
        (duration("2003-01-01", "2003-03-25"), 1),  # twelve weeks
        (duration("2003-01-01", "2003-04-29"), 1),  # seventeen weeks
        (duration("2003-01-01", "2003-04-30"), None),
        (duration("2003-01-01", "2004-01-06"), 4),  # fifty-three weeks
    ],
)
def test_quarters(period: Period, quarters: int | None) -> None:
    assert quarters_of(period) == quarters


def _report(
    form: str, kind: StatementKind, periods: Sequence[Period], header_end: str = "", text: str = "", options: str = ""
) -> Report:
    source = filing(text, Header(form=form, fiscal_year_end=header_end))
    values = [str(number) for number in range(len(periods))]
    table = statement(kind, periods, item("Net income", *values))
    return build_report(source, [with_mappings(table, [mapped("NetIncomeLoss")])], (), Options(fiscal_year_end=options))


INCOME, FLOWS = StatementKind.INCOME, StatementKind.CASH_FLOW
YEAR = [duration("2002-10-01", "2003-09-30"), duration("2001-10-01", "2002-09-30")]
NINE_MONTHS = [duration("2003-04-01", "2003-06-30"), duration("2002-10-01", "2003-06-30")]
QUARTER = [duration("2003-10-01", "2003-12-31"), duration("2002-10-01", "2002-12-31")]
JANUARY = [duration("2002-02-03", "2003-02-01")]
TRANSITION = [duration("2003-01-01", "2003-06-30"), duration("2002-01-01", "2002-12-31")]


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        pytest.param(_report("10-K", INCOME, YEAR), (9, 30, 0), id="annual report"),
        pytest.param(_report("10-K", INCOME, YEAR, "1231"), (9, 30, 0), id="against the header"),
        pytest.param(_report("10-K", INCOME, YEAR, "0928"), (9, 28, 0), id="near the header's day"),
        pytest.param(_report("10-K", INCOME, YEAR, options="1231"), (12, 31, 0), id="option"),
        pytest.param(_report("10-Q", INCOME, NINE_MONTHS), (9, 30, 0), id="nine months"),
        pytest.param(_report("10-Q", FLOWS, QUARTER), (9, 30, 0), id="cash flows of a first quarter"),
        pytest.param(_report("10-Q", INCOME, QUARTER, "0930"), (9, 30, 0), id="header"),
        pytest.param(_report("8-K", INCOME, [*QUARTER, *YEAR], "0930"), (9, 30, 0), id="release"),
        pytest.param(_report("10-K", INCOME, TRANSITION, "0630"), (6, 30, 0), id="transition"),
        pytest.param(_report("10-K", INCOME, JANUARY), (2, 1, -1), id="January"),
        pytest.param(_report("10-K", INCOME, JANUARY, text="fiscal 2003\nFiscal year 2003"), (2, 1, 0), id="as named"),
        pytest.param(_report("10-K", INCOME, JANUARY, text="fiscal 2003\n2002"), (2, 1, 0), id="only once"),
    ],
)
def test_the_calendar_of_a_filing(report: Report, expected: tuple[int, int, int]) -> None:
    assert report.calendar is not None
    assert (report.calendar.month, report.calendar.day, report.calendar.shift) == expected


def test_nothing_says_when_fiscal_years_end() -> None:
    report = _report("", INCOME, [QUARTER[0]])
    assert report.calendar is None
    assert report.fiscal(QUARTER[0]) == report.fiscal(report.facts[-1].context.period)
    assert (report.fiscal(QUARTER[0]).year, report.fiscal(QUARTER[0]).quarters) == (None, 1)


def test_a_transition_period_is_no_year() -> None:
    report = _report("10-K", INCOME, TRANSITION, "0630")
    found = [report.fiscal(period) for period in TRANSITION]
    assert [(each.year, each.period, each.quarters) for each in found] == [(2003, "Q4", 2), (2002, "FY", 4)]
