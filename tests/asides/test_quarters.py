"""Quarterly data: what texts say of quarters, the days of quarters, and which tables are proven."""

from datetime import date
from decimal import Decimal

import pytest

from converter.asides.periods import read_mark
from converter.asides.quarters.calendar import quarters_of
from converter.asides.quarters.weeks import WeeksOfQuarters
from converter.pipeline import read_data
from converter.report import QUARTERLY, Report
from converter.vocabulary import Code, Duration, Severity


@pytest.mark.parametrize(
    ("text", "year", "quarter", "month", "total", "rest"),
    [
        ("First Quarter (12 Weeks) 1999", 1999, 1, None, False, ""),
        ("Fiscal Year 2006 4th Quarter(a)", 2006, 4, None, False, ""),
        ("Q3", None, 3, None, False, ""),
        ("4th", None, 4, None, False, ""),
        ("Quarter Ended Mar 31, 2006", 2006, None, 3, False, ""),
        ("Fiscal 2003 April 30", 2003, None, 4, False, ""),
        ("Year Ended June 30", None, None, None, True, ""),
        ("Total", None, None, None, True, ""),
        ("2002", 2002, None, None, False, ""),
        ("2001 (c)", 2001, None, None, False, ""),
        ("Net sales", None, None, None, False, "Net sales"),
        ("Total revenues", None, None, None, True, "revenues"),
        ("2002 stock price per share", 2002, None, None, False, "stock price per share"),
    ],
)
def test_what_a_text_says_of_a_quarter(
    text: str, year: int | None, quarter: int | None, month: int | None, total: bool, rest: str
) -> None:
    mark = read_mark(text)
    assert (mark.year, mark.quarter, mark.total, mark.rest) == (year, quarter, total, rest)
    assert (mark.end and mark.end.month) == month


YEAR_52 = Duration(date(2001, 12, 30), date(2002, 12, 28))
YEAR_53 = Duration(date(1999, 12, 26), date(2000, 12, 30))
CALENDAR = Duration(date(2003, 1, 1), date(2003, 12, 31))
UNKNOWN: tuple[str, ...] = ()


@pytest.mark.parametrize(
    ("year", "printed", "weeks", "texts", "ends"),
    [
        (CALENDAR, {}, {}, (), ("03-31", "06-30", "09-30")),
        (CALENDAR, {1: "2003-03-28", 2: "2003-06-27", 3: "2003-09-26"}, {}, (), ("03-28", "06-27", "09-26")),
        (CALENDAR, {4: "2003-09-30"}, {}, (), UNKNOWN),
        (YEAR_52, {}, {}, ("nothing of weeks",), UNKNOWN),
        (YEAR_52, {}, {}, ("each quarter has thirteen weeks",), ("03-30", "06-29", "09-28")),
        (YEAR_52, {}, {}, ("Form 10-Q for the quarter ended June 29, 2002",), ("03-30", "06-29", "09-28")),
        (YEAR_52, {}, {}, ("for the 12 and 36 weeks ended", "September 7, 2002"), ("03-23", "06-15", "09-07")),
        (YEAR_52, {}, {}, ("the first three quarters have twelve weeks, the fourth quarter sixteen",),
         ("03-23", "06-15", "09-07")),
        (YEAR_52, {}, {}, ("the first quarter has 16 weeks, the others 12 weeks",), ("04-20", "07-13", "10-05")),
        (YEAR_52, {}, {1: 12, 2: 12, 3: 12, 4: 16}, (), ("03-23", "06-15", "09-07")),
        (YEAR_52, {}, {1: 12, 2: 12, 3: 12, 4: 12}, (), UNKNOWN),
        (YEAR_52, {1: "2002-03-30", 2: "2002-06-29", 3: "2002-09-28"}, {}, (), ("03-30", "06-29", "09-28")),
        (YEAR_52, {1: "2002-03-31", 2: "2002-06-30", 3: "2002-09-30"}, {}, ("13 weeks",), ("03-30", "06-29", "09-28")),
        (YEAR_53, {}, {}, ("thirteen weeks",), UNKNOWN),
        (YEAR_53, {}, {}, ("the quarter ended September 23, 2000",), ("03-25", "06-24", "09-23")),
    ],
)  # fmt: skip
def test_the_days_of_quarters(
    year: Duration, printed: dict[int, str], weeks: dict[int, int], texts: tuple[str, ...], ends: tuple[str, ...]
) -> None:
    days = {quarter: date.fromisoformat(day) for quarter, day in printed.items()}
    quarters = quarters_of(year, days, weeks, lambda: WeeksOfQuarters(texts, [year]))
    assert tuple(f"{quarter.end:%m-%d}" for quarter in (quarters or ())[:3]) == ends
    if quarters is not None:
        assert (quarters[0].start, quarters[3].end) == (year.start, year.end)


FILING = """\
                 STATEMENTS OF INCOME
         (in thousands, except per share data)
                         Years ended December 31,
                             2003            2002
Net sales                $ 41,270        $ 38,800
Costs                      37,270          35,300
Net income               $  4,000        $  3,500
Net income per share     $    .40        $    .35

<PAGE>
QUARTERLY DATA (unaudited)
                       First      Second       Third      Fourth
{0}                 Quarter     Quarter     Quarter     Quarter
Net sales            $ 9,870    $ 10,100    $ 10,500    {1}
Net income               900         950       1,000       1,150
Net income per share     .09         .10         .10         .11
High                   12.50       13.25       12.75       14.00
"""


def read(year: str, fourth: str) -> Report:
    return read_data(FILING.format(year, fourth).encode(), "filing.txt").report


def quarterly(report: Report) -> dict[str, list[str]]:
    """The values of quarterly data in thousands, or in cents, by concept."""
    found: dict[str, list[str]] = {}
    for group in report.groups:
        for fact in group.facts if group.part == QUARTERLY else ():
            assert isinstance(fact.context.period, Duration)
            found.setdefault(fact.concept, []).append(f"{fact.context.period.end:%m-%d} {fact.value}")
    return found


@pytest.mark.parametrize("year", ["2003", "    "])
def test_quarters_that_add_up_to_the_year_are_read(year: str) -> None:
    report = read(year, "$ 10,800")
    found = quarterly(report)
    assert found["SalesRevenueNet"] == ["03-31 9870000", "06-30 10100000", "09-30 10500000", "12-31 10800000"]
    assert set(found) == {"SalesRevenueNet", "NetIncomeLoss", "EarningsPerShareBasicAndDiluted"}
    assert any(f.code is Code.ROW_WITHOUT_CONCEPT and "High" in f.message for f in report.findings)


@pytest.mark.parametrize(("year", "fourth"), [("2003", "$ 10,900"), ("2002", "$ 10,800"), ("2001", "$ 10,800")])
def test_quarters_that_do_not_are_not(year: str, fourth: str) -> None:
    report = read(year, fourth)
    assert not quarterly(report).get("SalesRevenueNet")
    assert not any(finding.code is Code.FIGURES_UNACCOUNTED for finding in report.findings)


def test_prices_of_stock_prove_nothing() -> None:
    text = FILING.format("2003", "$ 10,800")
    lines = [line for line in text.splitlines() if "Net sales            " not in line]
    report = read_data("\n".join(line for line in lines if "900   " not in line).encode(), "filing.txt").report
    assert not quarterly(report)
    assert not any(finding.severity is Severity.ERROR and "quarter" in finding.message for finding in report.findings)


STATEMENT = """\
                    CONSOLIDATED STATEMENTS OF INCOME
                (in thousands, except per share amounts)

                                       Years ended December 31,
                                     1998         1997         1996
                                   --------     --------     --------
Net sales                          $ 96,420     $ 88,310     $ 81,000
Cost of sales                        61,050       56,200       52,300
Selling expenses                     20,170       19,010       17,900
                                   --------     --------     --------
Income before income taxes           15,200       13,100       10,800
Income taxes                          5,700        4,900        4,050
                                   --------     --------     --------
Net income                         $  9,500     $  8,200     $  6,750
                                   ========     ========     ========
Net income per share               $   1.90     $   1.64     $   1.35

<PAGE>
"""
LAYOUTS = {
    "years side by side": """\
QUARTERLY RESULTS OF OPERATIONS (UNAUDITED)
(in thousands, except per share amounts)
                                    1998                                    1997
                    -------------------------------------   -------------------------------------
                      1st       2nd       3rd       4th       1st       2nd       3rd       4th
                    Quarter   Quarter   Quarter   Quarter   Quarter   Quarter   Quarter   Quarter
                    -------   -------   -------   -------   -------   -------   -------   -------
Net sales           $22,500   $23,480   $24,330   $26,110   $20,800   $21,500   $22,310   $23,700
Gross profit          8,190     8,530     8,950     9,700     7,500     7,800     8,110     8,700
Net income            2,060     2,240     2,390     2,810     1,800     1,900     2,100     2,400
Net income per share    .41       .45       .48       .56       .36       .38       .42       .48
""",
    "two years of each item, quarters in rows": """\
QUARTERLY DATA (UNAUDITED)
(in thousands, except per share amounts)
                       Net Sales             Gross Profit           Net Income       Net Income Per Share
                    1998       1997        1998       1997       1998       1997       1998       1997
                  -------    -------     -------    -------    -------    -------    -------    -------
First quarter     $22,500    $20,800     $ 8,190    $ 7,500    $ 2,060    $ 1,800     $  .41     $  .36
Second quarter     23,480     21,500       8,530      7,800      2,240      1,900        .45        .38
Third quarter      24,330     22,310       8,950      8,110      2,390      2,100        .48        .42
Fourth quarter     26,110     23,700       9,700      8,700      2,810      2,400        .56        .48
                  -------    -------     -------    -------    -------    -------
Year              $96,420    $88,310     $35,370    $32,110    $ 9,500    $ 8,200     $ 1.90     $ 1.64
""",
    "days between the rows": """\
SELECTED QUARTERLY FINANCIAL DATA
(in thousands, except per share amounts)
                                         Quarter Ended
                          3/31/98      6/30/98      9/30/98     12/31/98
                          -------      -------      -------     --------
Net sales                 $22,500      $23,480      $24,330      $26,110
Net income                  2,060        2,240        2,390        2,810
Net income per share          .41          .45          .48          .56

                          3/31/97      6/30/97      9/30/97     12/31/97
                          -------      -------      -------     --------
Net sales                 $20,800      $21,500      $22,310      $23,700
Net income                  1,800        1,900        2,100        2,400
Net income per share          .36          .38          .42          .48
""",
    "years before captions and between the rows": """\
QUARTERLY FINANCIAL INFORMATION (UNAUDITED)
(dollars in thousands, except per share amounts)
                                              Three Months Ended
                              March 31,    June 30,   September 30,   December 31,
1998:                         ---------    --------   -------------   ------------
Net sales                      $22,500     $23,480       $24,330         $26,110
Net income                       2,060       2,240         2,390           2,810
Net income per share               .41         .45           .48             .56

1997:
Net sales                      $20,800     $21,500       $22,310         $23,700
Net income                       1,800       1,900         2,100           2,400
Net income per share               .36         .38           .42             .48
""",
    "a year before its first quarter": """\
QUARTERLY FINANCIAL DATA (UNAUDITED)
                            Net         Gross        Net      Per
                           Sales       Profit      Income    Share
                          -------      -------     ------    -----
1998 - First Quarter      $22,500      $ 8,190     $2,060     $.41
       Second Quarter      23,480        8,530      2,240      .45
       Third Quarter       24,330        8,950      2,390      .48
       Fourth Quarter      26,110        9,700      2,810      .56

1997 - First Quarter      $20,800      $ 7,500     $1,800     $.36
       Second Quarter      21,500        7,800      1,900      .38
       Third Quarter       22,310        8,110      2,100      .42
       Fourth Quarter      23,700        8,700      2,400      .48
""",
    "quarters as headings": """\
QUARTERLY FINANCIAL DATA (UNAUDITED)
(in thousands, except per share amounts)
                                     1998          1997
                                   -------       -------
First Quarter
  Net sales                        $22,500       $20,800
  Net income                         2,060         1,800
  Net income per share                 .41           .36
Second Quarter
  Net sales                         23,480        21,500
  Net income                         2,240         1,900
  Net income per share                 .45           .38
Third Quarter
  Net sales                         24,330        22,310
  Net income                         2,390         2,100
  Net income per share                 .48           .42
Fourth Quarter
  Net sales                         26,110        23,700
  Net income                         2,810         2,400
  Net income per share                 .56           .48
""",
    "items as headings, years in rows": """\
QUARTERLY FINANCIAL DATA (UNAUDITED)
(in thousands, except per share amounts)
                     First     Second      Third     Fourth      Year
                   -------    -------    -------    -------    -------
Net sales
   1998            $22,500    $23,480    $24,330    $26,110    $96,420
   1997             20,800     21,500     22,310     23,700     88,310
Net income
   1998              2,060      2,240      2,390      2,810      9,500
   1997              1,800      1,900      2,100      2,400      8,200
Net income per share
   1998                .41        .45        .48        .56       1.90
   1997                .36        .38        .42        .48       1.64
""",
    "days in rows": """\
QUARTERLY FINANCIAL DATA (UNAUDITED)
                                             Net         Net      Per
Quarter Ended                               Sales      Income    Share
--------------                            -------     ------    -----
March 31, 1998                             $22,500     $2,060     $.41
June 30, 1998                               23,480      2,240      .45
September 30, 1998                          24,330      2,390      .48
December 31, 1998                           26,110      2,810      .56
                                           -------     ------
Total 1998                                 $96,420     $9,500
March 31, 1997                             $20,800     $1,800     $.36
June 30, 1997                               21,500      1,900      .38
September 30, 1997                          22,310      2,100      .42
December 31, 1997                           23,700      2,400      .48
""",
    "years as headings": """\
Note 14 - Quarterly Results (Unaudited)

                       First     Second      Third     Fourth
                     Quarter    Quarter    Quarter    Quarter
                     -------    -------    -------    -------
Year ended December 31, 1998
Net sales            $22,500    $23,480    $24,330    $26,110
Net income             2,060      2,240      2,390      2,810
Net income per share     .41        .45        .48        .56

Year ended December 31, 1997
Net sales            $20,800    $21,500    $22,310    $23,700
Net income             1,800      1,900      2,100      2,400
Net income per share     .36        .38        .42        .48
""",
}
SALES = [20_800, 21_500, 22_310, 23_700, 22_500, 23_480, 24_330, 26_110]
INCOME = [1_800, 1_900, 2_100, 2_400, 2_060, 2_240, 2_390, 2_810]
CENTS = [36, 38, 42, 48, 41, 45, 48, 56]
ENDS = [f"{year}-{end}" for year in (1997, 1998) for end in ("03-31", "06-30", "09-30", "12-31")]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_quarters_of_two_years_in_any_layout(layout: str) -> None:
    report = read_data((STATEMENT + LAYOUTS[layout]).encode(), "filing.txt").report
    found: dict[str, dict[str, Decimal]] = {}
    for fact in report.facts:
        period = fact.context.period
        if isinstance(period, Duration) and (period.end - period.start).days < 100 and isinstance(fact.value, Decimal):
            found.setdefault(fact.concept, {})[f"{period.end}"] = fact.value
    assert found["SalesRevenueNet"] == dict(zip(ENDS, (Decimal(1000 * value) for value in SALES), strict=True))
    assert found["NetIncomeLoss"] == dict(zip(ENDS, (Decimal(1000 * value) for value in INCOME), strict=True))
    per_share = dict(zip(ENDS, (Decimal(value) / 100 for value in CENTS), strict=True))
    assert found["EarningsPerShareBasicAndDiluted"] == per_share
    assert set(found) <= {"SalesRevenueNet", "GrossProfit", "NetIncomeLoss", "EarningsPerShareBasicAndDiluted"}
    assert not any(finding.code is Code.FIGURES_UNACCOUNTED for finding in report.findings)
