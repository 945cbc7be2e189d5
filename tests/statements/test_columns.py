"""Columns: heading words, title and the filing's calendar -> the period of each column."""

from datetime import date

import pytest
from helpers.builders import duration, instant

from converter.statements.calendar import Calendar, count_dates, safe_date
from converter.statements.columns import read_columns
from converter.statements.model import StatementKind
from converter.vocabulary.findings import UnreadReason
from converter.vocabulary.periods import Duration, Period

BS, IS, CF = StatementKind.BALANCE_SHEET, StatementKind.INCOME, StatementKind.CASH_FLOW
ANNUAL_1996 = Calendar(fiscal_year_end=(12, 31), period=date(1996, 12, 31), annual=True)


def periods(
    kind: StatementKind, *headings: str, title: str = "", labels: str = "", calendar: Calendar | None = None
) -> list[Period | None]:
    read = read_columns(kind, headings, [labels], [title], calendar or Calendar())
    return [column.period for column in read]


@pytest.mark.parametrize(
    ("headings", "title", "days"),
    [
        (("December 31, 1998", "December 31, 1997"), "", ("1998-12-31", "1997-12-31")),
        (("12/31/98", "9/30/98"), "", ("1998-12-31", "1998-09-30")),
        (("Dec. 31, 1998", "Sept. 30 1998"), "", ("1998-12-31", "1998-09-30")),
        (("June 30, 1998 (unaudited)", "December 31, 1997"), "", ("1998-06-30", "1997-12-31")),
        (("1998", "1997"), "December 31,", ("1998-12-31", "1997-12-31")),
        (("1998", "1997"), "December 31, 1998 and 1997", ("1998-12-31", "1997-12-31")),
        (("1998", "1997"), "June 30, 1998 and December 31, 1997", ("1998-06-30", "1997-12-31")),
        (("June 30", "December 31"), "1998", ("1998-06-30", "1998-12-31")),
        (("",), "As of March 31, 1999", ("1999-03-31",)),
        (("", ""), "June 30, 1998 and 1997", ("1998-06-30", "1997-06-30")),
        (("February 1998", "February 1997"), "", ("1998-02-28", "1997-02-28")),
        (("February 29", "February 28"), "2000", ("2000-02-29", "2000-02-28")),
    ],
)
def test_balance_sheet(headings: tuple[str, ...], title: str, days: tuple[str, ...]) -> None:
    assert periods(BS, *headings, title=title) == [instant(day) for day in days]


@pytest.mark.parametrize(
    ("headings", "title", "spans"),
    [
        (
            ("Three months ended June 30, 1998", "Six months ended June 30, 1998"),
            "",
            (("1998-04-01", "1998-06-30"), ("1998-01-01", "1998-06-30")),
        ),
        (
            ("1998", "1997"),
            "Six months ended June 30, 1998 and 1997",
            (("1998-01-01", "1998-06-30"), ("1997-01-01", "1997-06-30")),
        ),
        (
            ("1998", "1997"),
            "Years ended December 31",
            (("1998-01-01", "1998-12-31"), ("1997-01-01", "1997-12-31")),
        ),
        (("Quarter ended 3/31/99",), "", (("1999-01-01", "1999-03-31"),)),
        (("13 weeks ended October 29, 1994",), "", (("1994-07-31", "1994-10-29"),)),
        (("Thirty-nine weeks ended October 29, 1994",), "", (("1994-01-30", "1994-10-29"),)),
        (("Year ended February 3, 1996",), "", (("1995-02-05", "1996-02-03"),)),
        (
            ("53 weeks ended February 3, 1996", "52 weeks ended January 28, 1995"),
            "",
            (("1995-01-29", "1996-02-03"), ("1994-01-30", "1995-01-28")),
        ),
        (
            ("Period from June 1, 1994 (inception) to December 31, 1997",),
            "",
            (("1994-06-01", "1997-12-31"),),
        ),
        (("March 6, 1998 through December 31, 1998",), "", (("1998-03-06", "1998-12-31"),)),
        (
            (
                "Periods ended June 30, 2005 and 2004 Three Months 2005",
                "Periods ended June 30, 2005 and 2004 Three Months 2004",
            ),
            "",
            (("2005-04-01", "2005-06-30"), ("2004-04-01", "2004-06-30")),
        ),
    ],
)
def test_durations(headings: tuple[str, ...], title: str, spans: tuple[tuple[str, str], ...]) -> None:
    assert periods(IS, *headings, title=title) == [duration(*span) for span in spans]


@pytest.mark.parametrize(
    "heading",
    [
        "% Change",
        "Percent Change",
        "Increase (Decrease)",
        "1998 % of Sales",
        "Notes",
        "Note",
        "Variance",
        "Page",
        "Favorable (Unfavorable)",
        "Eliminations",
        "",
        "Amount",
        "Cumulative since inception",
    ],
)
def test_columns_without_a_period(heading: str) -> None:
    read = read_columns(IS, ["Year ended December 31, 1998", heading], [], [], Calendar())
    assert read[0].period == duration("1998-01-01", "1998-12-31")
    assert read[1].period is None
    assert read[1].reason


def test_notes_payable_is_no_reference() -> None:
    assert periods(BS, "Notes payable December 31, 1998") == [instant("1998-12-31")]


@pytest.mark.parametrize(
    ("headings", "parts"),
    [
        (("Parent", "Subsidiaries", "Consolidated"), ("Parent", "Subsidiaries", "")),
        (("Parent", "Guarantors", "Eliminations", "Total"), ("Parent", "Guarantors", "Eliminations", "")),
        (("Automotive", "Financial Services"), ("Automotive", "Financial Services")),
        (("Consolidated", "Equipment Operations*"), ("", "Equipment Operations")),
        (("GAAP", "Non-GAAP"), ("", "")),  # one company, on another basis
        (("As reported", "Pro forma"), ("", "")),
        (("", ""), ("", "")),  # no names tell them apart
        (("Reported", "Adjustments", "Adjusted"), ("", "Adjustments", "Adjusted")),
        (("Actual", "Unusual items", "Normalized"), ("", "Unusual items", "Normalized")),
        (("Parent", "Parent"), ("", "")),
    ],
)
def test_parts_of_the_company(headings: tuple[str, ...], parts: tuple[str, ...]) -> None:
    """The consolidated company's column is the one without a part; the others stay, each with its name."""
    read = read_columns(BS, [f"{heading} December 31, 1998" for heading in headings], [], [], Calendar())
    assert [column.part for column in read] == list(parts)
    assert {column.period for column in read} == {instant("1998-12-31")}


def test_each_part_has_its_years() -> None:
    headings = ("Automotive 1998", "Automotive 1997", "Financial Services 1998", "Financial Services 1997")
    read = read_columns(IS, headings, [], ["Years ended December 31"], Calendar())
    assert [column.part for column in read] == ["Automotive", "Automotive", "Financial Services", "Financial Services"]
    assert [column.period for column in read] == [duration(f"{y}-01-01", f"{y}-12-31") for y in (1998, 1997) * 2]


@pytest.mark.parametrize(
    ("headings", "reasons"),
    [
        (("1998", "Adjustments 1998", "Pro forma 1998"), (None, UnreadReason.CHANGES, None)),
        (("As restated 1998", "As reported 1998"), (None, None)),
        (("As restated 1998", "As previously reported 1998"), (None, None)),
        (("As restated 1998", "1998"), (None, UnreadReason.NOT_CONSOLIDATED)),
        (
            ("As restated 1998", "Adjustments 1998", "As reported 1998"),
            (None, UnreadReason.NOT_CONSOLIDATED, None),
        ),
        (("1998 (1)", "1997 (2)"), (None, None)),  # footnote marks
        (("1998 (see Note 1)", "1997"), (None, None)),
        (("1998 % of Sales", "1998"), (UnreadReason.CHANGES, None)),
        (("Increase (Decrease) 1998", "1998"), (UnreadReason.CHANGES, None)),
        (("Notes", "1998"), (UnreadReason.CHANGES, None)),
    ],
)
def test_columns_beside_the_registrants(headings: tuple[str, ...], reasons: tuple[UnreadReason | None, ...]) -> None:
    read = read_columns(IS, headings, [], ["Years ended December 31"], Calendar())
    assert [column.reason for column in read] == list(reasons)
    assert all((column.period is None) == (column.reason is not None) for column in read)


INCEPTION = "For the period from May 3, 1994 (inception) to December 31, 1998"


@pytest.mark.parametrize(
    ("heading", "titles", "span"),
    [
        ("From May 3, 1994 (Date of Inception) to December 31, 1998", (), ("1994-05-03", "1998-12-31")),
        ("Cumulative from inception", (INCEPTION,), ("1994-05-03", "1998-12-31")),
        ("Inception to date", ("to December 31, 1998", "From inception (May 3, 1994)"), ("1994-05-03", "1998-12-31")),
        ("Inception to date", ("to December 31, 1998", "From May 3, 1994 (inception)"), ("1994-05-03", "1998-12-31")),
        ("Cumulative from inception", ("Years ended December 31, 1998 and 1997",), None),
        ("Cumulative from inception", ("From May 3, 1999 (inception) to December 31, 1998",), None),
    ],
)
def test_since_inception(heading: str, titles: tuple[str, ...], span: tuple[str, str] | None) -> None:
    """The range may stand in a title of two lines, the nearest line first; only a day that begins a range is read."""
    read = read_columns(IS, ["Year ended December 31, 1998", heading], [], titles, Calendar())
    assert read[0].period == duration("1998-01-01", "1998-12-31")
    assert read[1].period == (None if span is None else duration(*span))


def test_a_balance_sheet_has_no_column_since_inception() -> None:
    assert periods(BS, "December 31, 1998", title=INCEPTION) == [instant("1998-12-31")]


@pytest.mark.parametrize(
    ("calendar", "days"),
    [
        (ANNUAL_1996, ("1996-12-31", "1995-12-31")),
        (Calendar(fiscal_year_end=(6, 30)), ("1996-06-30", "1995-06-30")),
        (Calendar(date_counts=count_dates(["as of June 29, 1996", "and July 1, 1995"])), ("1996-06-29", "1995-07-01")),
        (Calendar(), (None, None)),
    ],
)
def test_years_alone_end_as_the_filing_says(calendar: Calendar, days: tuple[str | None, ...]) -> None:
    assert periods(BS, "1996", "1995", calendar=calendar) == [None if d is None else instant(d) for d in days]


@pytest.mark.parametrize(
    ("month_day", "mentioned", "ends"),
    [
        ((1, 31), "February 2, 1999", ("1999-01-31", "1998-01-31")),  # not the day that the text mentions most
        ((2, 28), "March 2, 1999", ("1999-02-28", "1998-02-28")),
    ],
)
def test_a_year_that_ends_with_a_month(month_day: tuple[int, int], mentioned: str, ends: tuple[str, str]) -> None:
    calendar = Calendar(count_dates([f"At {mentioned}, and since {mentioned}."] * 2), month_day, None, annual=True)
    month = {1: "January", 2: "February"}[month_day[0]]
    read = read_columns(StatementKind.INCOME, ("1999", "1998"), (), (f"Years ended {month} {month_day[1]}",), calendar)
    assert [column.period and str(getattr(column.period, "end", "")) for column in read] == list(ends)


def test_a_fiscal_year_may_bear_the_name_of_the_year_before() -> None:
    days = count_dates(["Fiscal 1996 ended February 1, 1997 and fiscal 1995 ended February 3, 1996."] * 2)
    calendar = Calendar(days, (2, 1), date(1997, 2, 1), annual=True)
    assert periods(CF, "Fiscal 1996", "Fiscal 1995", calendar=calendar) == [
        duration("1996-02-04", "1997-02-01"),
        duration("1995-02-05", "1996-02-03"),
    ]


def test_a_fiscal_year_named_by_its_end_is_not_moved() -> None:
    calendar = Calendar(fiscal_year_end=(1, 31), period=date(1997, 1, 31), annual=True)
    assert periods(IS, "1997", "1996", calendar=calendar)[0] == duration("1996-02-01", "1997-01-31")


@pytest.mark.parametrize(
    ("title", "days"),
    [
        (
            "Years ended January 28, 2006, January 29, 2005 and January 31, 2004",
            ("2006-01-28", "2005-01-29", "2004-01-31"),
        ),
        ("Fiscal year ended February 3, 2006", ("2006-02-03", "2005-02-03", "2004-02-03")),
        ("Years ended December 31, 2005, 2004 and 2003", ("2005-12-31", "2004-12-31", "2003-12-31")),
        ("Year ended December 31, 2005 (restated January 20, 2006)", ("2005-12-31", "2004-12-31", "2003-12-31")),
    ],
)
def test_years_in_headings_may_be_those_in_which_the_years_of_the_title_begin(
    title: str, days: tuple[str, ...]
) -> None:
    read = periods(IS, "2005 (52 weeks)", "2004 (52 weeks)", "2003 (52 weeks)", title=title)
    assert [period.end.isoformat() for period in read if isinstance(period, Duration)] == list(days)


def test_a_date_without_length() -> None:
    """A quarter or a year? What the form or the first quarter do not tell stays open, with its last day."""
    (column,) = read_columns(IS, ["June 30, 1998"], [], [], Calendar(fiscal_year_end=(12, 31)))
    assert (column.period, column.end) == (None, date(1998, 6, 30))
    first_quarter = Calendar(fiscal_year_end=(12, 31))
    assert periods(IS, "March 31, 1998", calendar=first_quarter) == [duration("1998-01-01", "1998-03-31")]
    assert periods(IS, "December 31, 1998", calendar=first_quarter) == [duration("1998-01-01", "1998-12-31")]


def test_year_to_date() -> None:
    calendar = Calendar(fiscal_year_end=(9, 30))
    assert periods(IS, "Year to date June 30, 1998", calendar=calendar) == [duration("1997-10-01", "1998-06-30")]


def test_year_to_date_of_an_unknown_year() -> None:
    """The title's "quarter" is no length of the year to date."""
    found = periods(IS, "Quarter June 30, 1998", "Year to date June 30, 1998", title="Quarter ended and year to date")
    assert found == [duration("1998-04-01", "1998-06-30"), None]


def test_a_quarter_of_a_year_ends_when_the_quarterly_report_says() -> None:
    report = Calendar(fiscal_year_end=(12, 31), period=date(1998, 3, 31), quarterly=True)
    title = "First Quarter"
    assert periods(IS, "1998", "1997", title=title, calendar=report) == [
        duration("1998-01-01", "1998-03-31"),
        duration("1997-01-01", "1997-03-31"),
    ]
    assert periods(IS, "1998", "1997", title=title, calendar=Calendar(fiscal_year_end=(12, 31))) == [None, None]


def test_count_dates() -> None:
    days = count_dates(["on June 30, 1998 and June 30, 1998", "at JULY 1, 1999; no day: June 1998", "June 31, 1998"])
    assert days == {date(1998, 6, 30): 3, date(1999, 7, 1): 1}


@pytest.mark.parametrize(
    ("parts", "day"),
    [((1998, 6, 31), date(1998, 6, 30)), ((2000, 2, 30), date(2000, 2, 29)), ((1999, 2, 29), date(1999, 2, 28))],
)
def test_safe_date(parts: tuple[int, int, int], day: date) -> None:
    assert safe_date(*parts) == day


def test_dates_as_often_and_as_near() -> None:
    """The nearest of the most frequent dates, of two the one in the year that is asked for, of two the earlier."""
    days = count_dates(["June 27, 1998 and June 27, 1998, July 3, 1998 and July 3, 1998", "December 30, 1998"])
    calendar = Calendar(days, (6, 30))
    assert calendar.fiscal_date(1998, 6, 28) == date(1998, 6, 27)
    assert calendar.fiscal_date(1998, 6, 29) == date(1998, 6, 27)
    assert calendar.fiscal_date(1998, 12, 28) == date(1998, 12, 30)
    assert Calendar(count_dates(["December 31, 1998, January 2, 1999"])).fiscal_date(1999, 1, 1) == date(1999, 1, 2)


def test_a_date_is_counted_in_a_line_of_any_length() -> None:
    line = "on June  30, 1998 " * 1000
    assert count_dates([line]) == {date(1998, 6, 30): 1000}
    assert count_dates(["June", "30, 1998"]) == {}


JUNE = Calendar(fiscal_year_end=(6, 30))


@pytest.mark.parametrize(
    ("headings", "title", "calendar", "spans"),
    [
        (
            ("First Quarter", "Second Quarter", "Six Months"),
            "FOR 1999",
            Calendar(fiscal_year_end=(12, 31)),
            ("1999-01-01/1999-03-31", "1999-04-01/1999-06-30", "1999-01-01/1999-06-30"),
        ),
        (
            ("Third Quarter 1999", "Third Quarter 1998", "Nine Months 1999", "Nine Months 1998"),
            "",
            Calendar(fiscal_year_end=(12, 31)),
            ("1999-07-01/1999-09-30", "1998-07-01/1998-09-30", "1999-01-01/1999-09-30", "1998-01-01/1998-09-30"),
        ),
        (
            ("4th Qtr 1999", "Year 1999"),
            "",
            JUNE,
            ("1999-04-01/1999-06-30", "1998-07-01/1999-06-30"),
        ),
        (("Q1 1999", "Q1 1998"), "", JUNE, ("1998-07-01/1998-09-30", "1997-07-01/1997-09-30")),
        (  # named after the year in which the fiscal year begins, as the report's period shows
            ("First Quarter 1998", "First Quarter 1997"),
            "",
            Calendar(fiscal_year_end=(6, 30), period=date(1998, 9, 30), quarterly=True),
            ("1998-07-01/1998-09-30", "1997-07-01/1997-09-30"),
        ),
        (
            ("Second Quarter 1999", "Second Quarter 1998"),
            "June 27, 1999 and June 28, 1998",
            Calendar(fiscal_year_end=(12, 31)),
            ("1999-03-29/1999-06-27", "1998-03-30/1998-06-28"),
        ),
        (("3 Months Ended December",), "FOR 1999", Calendar(), ("1999-10-01/1999-12-31",)),
    ],
)
def test_quarters_of_a_fiscal_year(
    headings: tuple[str, ...], title: str, calendar: Calendar, spans: tuple[str, ...]
) -> None:
    assert periods(IS, *headings, title=title, calendar=calendar) == [duration(*span.split("/")) for span in spans]


def test_quarters_without_the_end_of_the_fiscal_year_have_no_date() -> None:
    assert periods(IS, "First Quarter", "Second Quarter", title="FOR 1999") == [None, None]


@pytest.mark.parametrize(
    ("headings", "period", "ends"),
    [
        (["September 30,", "June 30,"], "2003-09-30", ["2003-09-30", "2003-06-30"]),
        (["March 31,", "December 31,"], "2003-03-31", ["2003-03-31", "2002-12-31"]),
        (["March 31,", "December 31,"], None, None),  # nothing says the year
        (["March 31,", "March 31,"], "2003-03-31", None),  # which is which?
        (["March 31,", "December 31,"], "2003-06-30", None),  # not the columns of this report
        (["Current", "Prior"], "2003-06-30", None),
        (["March 31, 2001", "December 31,"], "2003-03-31", ["2001-03-31", None]),  # a year is named
    ],
)
def test_days_without_a_year_are_the_last_ones_of_the_report(
    headings: list[str], period: str | None, ends: list[str | None] | None
) -> None:
    calendar = Calendar(period=date.fromisoformat(period) if period else None)
    found = [column.period for column in read_columns(BS, headings, [], [], calendar)]
    assert found == [instant(end) if end else None for end in ends or [None] * len(headings)]
