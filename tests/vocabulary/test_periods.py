"""Periods: dates and lengths in headings, and the first day of a period given its length and its end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.vocabulary.periods import Duration, duration_ending, ends_month, lists_lengths, read_mention


@pytest.mark.parametrize(
    ("text", "months", "weeks"),
    [
        ("Three Months Ended", 3, None),
        ("3 Months Ended", 3, None),
        ("ThreeMonths Ended", 3, None),
        ("Six-month period ended", 6, None),
        ("Nine Mos. Ended", 9, None),
        ("0 Months Ended", None, None),
        ("00 weeks ended", None, None),
        ("0 quarters", None, None),
        ("\u017fix months ended", 6, None),
        ("f\u0131ve months ended", None, None),
        ("wee\u212as: thirteen wee\u212as ended", None, 13),
        ("12-MOS", 12, None),
        ("Twelve months", 12, None),
        ("Quarter ended", 3, None),
        ("Second quarter", 3, None),
        ("Third quarter of fiscal 2003", 3, None),
        ("First Three Quarters", 9, None),
        ("Q1 2003", 3, None),
        ("1H 2003", 6, None),
        ("H2 2003", 6, None),
        ("First Half 2003", 6, None),
        ("1Q03", 3, None),
        ("Month ended", 1, None),
        ("Half year", 6, None),
        ("First half of 1998", 6, None),
        ("Year ended", 12, None),
        ("YearEnded", 12, None),
        ("Fiscal years", 12, None),
        ("Fiscal 1998", 12, None),
        ("FY 2003", 12, None),
        ("FY03", 12, None),
        ("the three years in the period ended December 31, 1997", 12, None),
        ("Thirteen weeks ended", None, 13),
        ("13 Weeks Ended", None, 13),
        ("Twenty-six weeks", None, 26),
        ("Thirty nine weeks", None, 39),
        ("52 weeks", None, 52),
        ("Fifty-three weeks", None, 53),
        ("Three months (13 weeks) ended", 3, 13),
        ("three and nine months ended", None, None),
        ("Three Months Ended   Nine Months Ended", None, None),
        ("Prior year", None, None),
        ("at year end", None, None),
        ("Year to date", None, None),
        ("(unaudited)", None, None),
        ("June 30, 2003", None, None),
    ],
)
def test_length(text: str, months: int | None, weeks: int | None) -> None:
    mention = read_mention(text)
    assert (mention.months, mention.weeks) == (months, weeks)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("June 30, 2003", [(2003, 6, 30)]),
        ("June 30 2003", [(2003, 6, 30)]),
        ("June 30,", [(None, 6, 30)]),
        ("Three Months EndedJune 30,", [(None, 6, 30)]),
        ("30 June 2003", [(2003, 6, 30)]),
        ("30-Jun-03", [(2003, 6, 30)]),
        ("Dec. 31, 2009", [(2009, 12, 31)]),
        ("Sept. 30", [(None, 9, 30)]),
        ("\u017feptember 30, 1998", [(1998, 9, 30)]),
        ("Jun. 28", [(None, 6, 28)]),
        ("September 25,1999", [(1999, 9, 25)]),
        ("DECEMBER 31 1997", [(1997, 12, 31)]),
        ("DEC-31-1998", [(1998, 12, 31)]),
        ("June 1998", [(1998, 6, None)]),
        ("June", [(None, 6, None)]),
        ("12/31/98", [(1998, 12, 31)]),
        ("6/30/03", [(2003, 6, 30)]),
        ("30/6/03", [(2003, 6, 30)]),
        ("12-31-98", [(1998, 12, 31)]),
        ("1998-12-31", [(1998, 12, 31)]),
        ("6/30", [(None, 6, 30)]),
        ("2003", [(2003, None, None)]),
        ("1997(1)", [(1997, None, None)]),
        ("'98", [(1998, None, None)]),
        ("'49", [(2049, None, None)]),
        ("FY03", [(2003, None, None)]),
        ("March 31, 1999 and 1998", [(1999, 3, 31), (1998, None, None)]),
        ("December 31, 2003, 2002 and 2001", [(2003, 12, 31), (2002, None, None), (2001, None, None)]),
        ("June 30 March 31", [(None, 6, 30), (None, 3, 31)]),
        ("February 30, 1999", []),
        ("13/13/98", []),
        ("2,003", []),
        ("$1998", []),
        ("Market 5", []),
        ("may be 5", []),
        ("", []),
        ("Quarter Ended Mar-05", [(2005, 3, None)]),
        ("Sep-04", [(2004, 9, None)]),
        ("Dec-31", [(None, 12, 31)]),
        ("Mar-05, 2004", [(2004, 3, 5)]),
        ("31-Mar-05", [(2005, 3, 31)]),
        ("1H05", [(2005, None, None)]),
    ],
)
def test_dates(text: str, dates: list[tuple[int | None, int | None, int | None]]) -> None:
    assert [(partial.year, partial.month, partial.day) for partial in read_mention(text).dates] == dates


def test_a_date_has_its_offsets() -> None:
    text = "Quarter ended June 30, 2003 and 2002"
    assert [text[partial.start : partial.end] for partial in read_mention(text).dates] == ["June 30, 2003", "2002"]


@pytest.mark.parametrize(
    ("text", "to_date", "inception", "is_range"),
    [
        ("At December 31, 1998", False, False, False),
        ("Year to date", True, False, False),
        ("YTD", True, False, False),
        ("Cumulative from inception", False, True, False),
        ("from inception (June 3, 1993) to December 31, 1999", False, True, True),
        ("from May 5, 1995 (date of inception) through June 30, 1999", False, True, True),
        ("Period from January 1, 1998 through March 5, 1998", False, False, True),
        ("January 1, 1997 to March 31, 1997", False, False, True),
        ("June 30, 1999 and December 31, 1998", False, False, False),
        ("1998 to 1999", False, False, False),
    ],
)
def test_to_date_inception_and_range(text: str, to_date: bool, inception: bool, is_range: bool) -> None:
    mention = read_mention(text)
    assert (mention.to_date, mention.inception, mention.is_range) == (to_date, inception, is_range)


@pytest.mark.parametrize(
    ("end", "months", "start"),
    [
        (date(2003, 6, 30), 3, date(2003, 4, 1)),
        (date(2003, 12, 31), 12, date(2003, 1, 1)),
        (date(2000, 1, 31), 1, date(2000, 1, 1)),
        (date(2004, 2, 29), 12, date(2003, 3, 1)),
        (date(2004, 2, 28), 12, date(2003, 3, 1)),
        (date(2005, 2, 28), 12, date(2004, 3, 1)),
        (date(2003, 6, 29), 3, date(2003, 3, 31)),
        (date(1999, 9, 25), 12, date(1998, 9, 27)),
        (date(2003, 6, 15), 1, date(2003, 5, 16)),
    ],
)
def test_duration_of_months(end: date, months: int, start: date) -> None:
    assert duration_ending(end, months=months) == Duration(start, end)


def test_duration_of_weeks() -> None:
    assert duration_ending(date(2003, 6, 29), weeks=26) == Duration(date(2002, 12, 30), date(2003, 6, 29))


@pytest.mark.parametrize(
    ("end", "preceding_end", "start"),
    [
        (date(2000, 9, 30), date(1999, 9, 25), date(1999, 9, 26)),
        (date(2007, 2, 3), date(2006, 1, 28), date(2006, 1, 29)),
        (date(1999, 9, 25), date(1998, 6, 27), date(1998, 9, 27)),
    ],
)
def test_a_year_starts_after_the_preceding_year(end: date, preceding_end: date, start: date) -> None:
    assert duration_ending(end, months=12, known_ends=[preceding_end, end]).start == start


@pytest.mark.parametrize(("months", "weeks"), [(None, None), (0, None), (None, 0), (-3, None)])
def test_a_duration_needs_a_length(months: int | None, weeks: int | None) -> None:
    with pytest.raises(ValueError, match="positive number"):
        duration_ending(date(2003, 6, 30), months=months, weeks=weeks)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(1, 24))
def test_a_period_to_the_end_of_a_month_starts_with_one(end: date, months: int) -> None:
    duration = duration_ending(end, months=months)
    assert duration.end == end
    assert abs((duration.end - duration.start).days + 1 - months * 365.25 / 12) < 6
    assert not ends_month(end) or duration.start.day == 1


@given(
    st.dates(date(1993, 1, 1), date(2049, 12, 31)), st.sampled_from(["%B %d, %Y", "%d %B %Y", "%m/%d/%y", "%b. %d, %Y"])
)
def test_a_printed_date_is_read(day: date, style: str) -> None:
    (partial,) = read_mention(day.strftime(style)).dates
    assert (partial.year, partial.month, partial.day) == (day.year, day.month, day.day)


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    for partial in read_mention(text).dates:
        assert 0 <= partial.start < partial.end <= len(text)


def test_a_number_of_weeks_is_exact() -> None:
    duration = duration_ending(date(2003, 6, 29), weeks=13)
    assert duration.end - duration.start + timedelta(days=1) == timedelta(weeks=13)


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("First Quarter", 1),
        ("2nd Qtr. 1999", 2),
        ("Third fiscal quarter", 3),
        ("Q4", 4),
        ("Q3 2007", 3),
        ("4Q99", 4),
        ("First and Second Quarter of the third year", 2),
        ("First Quarter and Second Quarter", None),
        ("Three quarters", None),
        ("quarter ended June 30", None),
    ],
)
def test_the_quarter_of_the_year(text: str, quarter: int | None) -> None:
    assert read_mention(text).quarter == quarter


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("NINE AND THREE MONTH PERIODS ENDED", True),
        ("For the three months and nine months ended June 30, 1997", True),
        ("Thirteen weeks ended and twenty-six weeks ended", True),
        ("Three Months Ended  Nine Months Ended", False),
        ("Nine months ended June 30, 1997 and 1996", False),
        ("Revenues", False),
    ],
)
def test_a_title_lists_the_lengths_of_several_periods(text: str, several: bool) -> None:
    assert lists_lengths(text) is several
