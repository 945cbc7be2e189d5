"""The first and last day of each period, from all statements and sentences of a filing."""

from collections.abc import Sequence
from datetime import date

import pytest
from helpers.builders import duration, instant, item, statement
from msgspec.structs import replace

from converter.statements.fiscal import settle_periods
from converter.statements.model import Statement, StatementKind
from converter.statements.year_ends import FiscalYears, YearEnd, read_fiscal_years
from converter.vocabulary.periods import Period

BS, CF = StatementKind.BALANCE_SHEET, StatementKind.CASH_FLOW
LAST_FRIDAY_OF_SEPTEMBER = YearEnd(4, 9)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The Company's fiscal year-end is the last Friday in September.", YearEnd(4, 9)),
        ("Our fiscal year ends on the last Saturday of each\nDecember.", YearEnd(5, 12)),
        ("fiscal year is the 52- or 53-week period ending on the Friday nearest January 31.", YearEnd(4, 1, 31)),
        ("The fiscal year ends on the Sunday closest to the last day of January.", YearEnd(6, 1, 31)),
        ("52 or 53 weeks ending on the Saturday nearest to June 30", YearEnd(5, 6, 30)),
        ("The annual meeting of each fiscal year is held on the last Wednesday in January.", None),
        ("The store opens on the last Saturday of November.", None),
        ("The fiscal year ends on September 30, a Saturday.", None),
    ],
)
def test_rules_of_fiscal_years(text: str, rule: YearEnd | None) -> None:
    assert read_fiscal_years(text.split("\n")).rule == rule


@pytest.mark.parametrize(
    ("rule", "year", "end"),
    [
        (YearEnd(4, 9), 1993, "1993-09-24"),
        (YearEnd(4, 9), 1994, "1994-09-30"),
        (YearEnd(5, 1, 31), 1997, "1997-02-01"),
        (YearEnd(5, 1, 31), 2006, "2006-01-28"),
        (YearEnd(6, 2, 29), 1999, "1999-02-28"),
    ],
)
def test_days_of_a_rule(rule: YearEnd, year: int, end: str) -> None:
    assert rule.in_year(year) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Fiscal year 1994 consists of 53 weeks.", {1994}),
        ("the impact of the fifty-third week in 2000", {2000}),
        ("included an extra week of operations in\nfiscal 2006", {2006}),
        ("Comparisons of 1994 to 1993 are affected by an additional week of results in the 1994 period", {1994}),
        ("fiscal 2001 had 52 weeks; 53 weeks", set()),
        ("fiscal 2001, a 52-week year, against 53 weeks", set()),
        ("52 Weeks 53 Weeks 1998 1997", set()),
    ],
)
def test_years_of_53_weeks(text: str, years: set[int]) -> None:
    assert read_fiscal_years(text.split("\n")).long_years == years


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("the fiscal year ended September 25, 1998 and", {"1998-09-25"}),
        ("Years ended\nJanuary 30, 1999 and January 31, 1998", {"1999-01-30"}),
        ("the year ended February 30, 1998, the quarter ended June 27, 1998, the year ended in 1998", set()),
    ],
)
def test_days_on_which_a_year_is_said_to_have_ended(text: str, ends: set[str]) -> None:
    assert read_fiscal_years(text.split("\n")).ends == set(map(date.fromisoformat, ends))


@pytest.mark.parametrize(
    ("stated", "start", "end"),
    [
        ("1998-09-25", "1997-09-27", "1998-09-25"),  # a Friday; the weekday changed
        ("1998-09-30", "1997-09-28", "1998-09-26"),  # may be no more than the name of the month
        ("1998-03-27", "1997-09-28", "1998-09-26"),
    ],
)
def test_a_day_that_a_sentence_states_precedes_the_rule(stated: str, start: str, end: str) -> None:
    periods = ["1998-10-01/1999-09-25", "1997-10-01/1998-09-30"]
    made = [balance(["2000-09-30", "1999-09-25"], "5", "6"), nominal(flows(periods, "8", "7"), 1)]
    years = FiscalYears(YearEnd(5, 9), ends=frozenset({date.fromisoformat(stated)}))
    found, _ = settled(made, years, (9, 30))
    first = duration(start, end)
    assert found[1] == [duration("1998-09-26" if end == "1998-09-25" else "1998-09-27", "1999-09-25"), first]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Consequently, an additional week was\nadded to the first quarter of fiscal 2000.", {2000}),
        ("We added a 53rd week in the first fiscal quarter of our fiscal year 2006.", {2006}),
        ("the 14th week added to the first fiscal quarter of 2006", {2006}),
        ("an additional week in the fourth quarter of fiscal 2000", set()),
        ("There were 13 weeks in the first quarter of fiscal 2000.", set()),
        ("the 53rd week. The first quarter of fiscal 2000", set()),
    ],
)
def test_years_whose_first_quarter_is_longer(text: str, years: set[int]) -> None:
    assert read_fiscal_years(text.split("\n")).long_first_quarters == years


def settled(
    statements: Sequence[Statement], years: FiscalYears | None = None, end: tuple[int, int] | None = None
) -> tuple[list[list[Period]], int]:
    """The periods of the columns of each statement, and how many are uncertain."""
    result = settle_periods(statements, years or FiscalYears(), end)
    return [[column.period for column in s.columns] for s in result.statements], len(result.uncertain)


def nominal(made: Statement, *indexes: int) -> Statement:
    """A statement whose columns of these numbers have a last day that is not printed."""
    columns = [replace(column, nominal=i in indexes) for i, column in enumerate(made.columns)]
    return replace(made, columns=tuple(columns))


def balance(days: Sequence[str], *cash: str) -> Statement:
    return statement(BS, [instant(day) for day in days], item("Cash", *cash))


def flows(periods: Sequence[str], *opening: str) -> Statement:
    return statement(CF, [duration(*period.split("/")) for period in periods], item("Cash, beginning", *opening))


def test_opening_cash_tells_the_first_day() -> None:
    made = [balance(["1998-09-26", "1997-09-27"], "5", "6"), flows(["1997-10-01/1998-09-26"], "6")]
    assert settled(made)[0][1] == [duration("1997-09-28", "1998-09-26")]


def test_years_of_months_stay() -> None:
    made = [balance(["1998-09-30", "1997-09-30"], "5", "6"), flows(["1997-10-01/1998-09-30"], "7")]
    assert settled(made) == (
        [[instant("1998-09-30"), instant("1997-09-30")], [duration("1997-10-01", "1998-09-30")]],
        0,
    )


def test_a_last_day_that_is_not_printed_is_that_of_the_balance_sheet() -> None:
    periods = ["1993-10-01/1994-09-30", "1992-10-01/1993-09-30"]
    made = [balance(["1994-09-30", "1993-09-24"], "5", "6"), nominal(flows(periods, "6", "7"), 1)]
    found, uncertain = settled(made, FiscalYears(LAST_FRIDAY_OF_SEPTEMBER), (9, 30))
    assert found[1] == [duration("1993-09-25", "1994-09-30"), duration("1992-09-26", "1993-09-24")]
    assert not uncertain


def test_the_weekday_of_a_rule_may_have_changed() -> None:
    made = [balance(["1999-09-25", "1998-09-25"], "5", "6"), flows(["1997-09-28/1998-09-25"], "7")]
    found, _ = settled(made, FiscalYears(YearEnd(5, 9)), (9, 30))
    assert found[1] == [duration("1997-09-27", "1998-09-25")]


@pytest.mark.parametrize(
    ("long_years", "start", "uncertain"),
    [(set(), "1993-10-02", 1), ({1994}, "1993-09-25", 0), ({1990}, "1993-10-02", 0)],
)
def test_a_year_that_may_have_had_53_weeks(long_years: set[int], start: str, uncertain: int) -> None:
    made = [balance(["1994-09-30", "1995-03-31", "1994-04-01"], "5", "6", "9"), flows(["1993-10-01/1994-09-30"], "7")]
    found, count = settled(made, FiscalYears(None, frozenset(long_years)), (9, 30))
    assert (found[1], count) == ([duration(start, "1994-09-30")], uncertain)


@pytest.mark.parametrize(
    ("years", "start", "uncertain"), [({1994}, "1993-09-25", 0), ({1993}, "1993-10-02", 1), ({1995}, "1993-10-02", 1)]
)
def test_a_part_of_a_year_with_a_longer_first_quarter(years: set[int], start: str, uncertain: int) -> None:
    made = [balance(["1995-06-30", "1994-09-30"], "5", "6"), flows(["1993-10-02/1994-07-01"], "7")]
    found, count = settled(made, FiscalYears(long_first_quarters=frozenset(years)), (9, 30))
    assert (found[1], count) == ([duration(start, "1994-07-01")], uncertain)


@pytest.mark.parametrize(
    ("end", "period", "start", "uncertain"),
    [
        ((9, 30), "1993-10-02/1993-12-31", "1993-10-02", 1),
        ((9, 30), "1994-10-01/1994-12-30", "1994-10-01", 0),  # the balance sheet tells
        ((9, 30), "1993-10-01/1993-12-31", "1993-10-02", 1),
        ((12, 31), "1993-10-01/1993-12-31", "1993-10-02", 0),  # the fourth quarter
        ((6, 15), "1993-10-01/1993-12-31", "1993-10-02", 0),
        (None, "1993-10-01/1993-12-31", "1993-10-02", 0),
    ],
)
def test_the_first_quarter_of_the_year_before(
    end: tuple[int, int] | None, period: str, start: str, uncertain: int
) -> None:
    made = [balance(["1994-12-30", "1994-09-30"], "5", "6"), flows([period], "7")]
    found, count = settled(made, None, end)
    assert (found[1], count) == ([duration(start, period.split("/")[1])], uncertain)


def test_a_length_counted_in_weeks_is_certain() -> None:
    cash_flows = flows(["1993-10-02/1993-12-31"], "7")
    counted = replace(cash_flows, columns=(replace(cash_flows.columns[0], counted=True),))
    assert settled([balance(["1994-12-30", "1994-09-30"], "5", "6"), counted], None, (9, 30))[1] == 0
