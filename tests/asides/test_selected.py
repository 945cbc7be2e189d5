"""Selected data of several years: the periods of earlier years, and which rows are taken."""

import itertools
from datetime import date

import pytest

from converter.asides.selected.years import EarlierYears
from converter.pipeline import read_data
from converter.report import SELECTED, Options, Report
from converter.statements import YearEnd
from converter.vocabulary import Code, Duration, Instant


def years(*ends: str) -> list[Duration]:
    """Fiscal years that end on these days, each the day before the next begins; the first day ends none."""
    days = [date.fromisoformat(end) for end in ends]
    return [Duration(date.fromordinal(a.toordinal() + 1), b) for a, b in itertools.pairwise(days)]


LAST_SATURDAY = YearEnd(5, 12)
CALENDAR = years("2001-12-31", "2002-12-31", "2003-12-31")
JANUARY = years("2001-01-31", "2002-01-31", "2003-01-31")
DECEMBER = years("1993-12-25", "1994-12-31", "1995-12-30")
EARLY_JANUARY = years("2000-12-30", "2001-12-29", "2002-12-28", "2004-01-03")
NOT_CERTAIN = None


@pytest.mark.parametrize(
    ("known", "rule", "name", "period"),
    [
        (CALENDAR, None, 2001, ("2001-01-01", "2001-12-31")),
        (CALENDAR, None, 1993, ("1993-01-01", "1993-12-31")),
        (JANUARY, None, 2000, ("1999-02-01", "2000-01-31")),
        (years("2002-02-28", "2003-02-28"), None, 2000, ("1999-03-01", "2000-02-29")),
        (DECEMBER, LAST_SATURDAY, 1992, ("1991-12-29", "1992-12-26")),
        (DECEMBER, None, 1992, ("1991-12-29", "1992-12-26")),  # the three known ends leave no other seven days
        (DECEMBER[1:], None, 1992, NOT_CERTAIN),
        (DECEMBER[1:], YearEnd(4, 12), 1992, NOT_CERTAIN),
        (EARLY_JANUARY, YearEnd(5, 12, 31), 1999, ("1999-01-03", "2000-01-01")),
    ],
)
def test_the_days_of_earlier_years(
    known: list[Duration], rule: YearEnd | None, name: int, period: tuple[str, str] | None
) -> None:
    year = EarlierYears(known, lambda: rule).year(name)
    assert (year and (f"{year.start}", f"{year.end}")) == period


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
FIVE-YEAR SUMMARY (in thousands, except per share data)
                            2003        2002        2001        2000        1999{0}
Net sales               $ 41,270    $ 38,800    $ 36,100    $ 35,000    $ 33,300
Gross profit              11,100      10,000       9,900       9,850       9,800
Net income                 4,000       {1}       3,100       2,900       2,700
Net income per share         .40         .35         .31         .29         .27
Employees                    310         305         300         290         280
"""


def read(heading: str = "", income: str = "3,500", *, all_tables: bool = False) -> Report:
    options = Options(all_tables=all_tables, fiscal_year_end="1231")
    return read_data(FILING.format(heading, income).encode(), "filing.txt", options).report


def selected(report: Report) -> dict[str, list[int]]:
    """The years of selected data by concept."""
    found: dict[str, list[int]] = {}
    for group in report.groups:
        for fact in group.facts if group.part == SELECTED else ():
            period = fact.context.period
            found.setdefault(fact.concept, []).append((period.day if isinstance(period, Instant) else period.end).year)
    return found


def test_years_before_the_statements_are_read_in_rows_that_agree() -> None:
    found = selected(read())
    assert set(found) == {"SalesRevenueNet", "NetIncomeLoss", "EarningsPerShareBasicAndDiluted"}
    assert all(of_concept == [1999, 2000, 2001] for of_concept in found.values())


def test_a_row_that_disagrees_in_one_year_is_left_out() -> None:
    report = read(income="3,600")
    assert set(selected(report)) == {"SalesRevenueNet", "EarningsPerShareBasicAndDiluted"}
    values = {f.value for f in report.facts if f.concept == "NetIncomeLoss" and f.context.name == "D20020101-20021231"}
    assert values == {3_500_000}


def test_rows_that_no_statement_has_are_read_on_request_only() -> None:
    assert "GrossProfit" not in selected(read())
    assert selected(read(all_tables=True)).get("GrossProfit") == [1999, 2000, 2001, 2002, 2003]


def test_every_figure_is_accounted_for() -> None:
    for report in (read(), read(all_tables=True), read(income="3,600")):
        assert not any(finding.code is Code.FIGURES_UNACCOUNTED for finding in report.findings)
        assert sum(f.figures for f in report.findings if f.line and f.line > 11) >= 5
