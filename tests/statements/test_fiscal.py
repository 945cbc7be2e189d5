"""The first day of each period, from the days and the cash of all statements."""

import pytest
from helpers.builders import duration, instant, item, statement
from msgspec.structs import replace

from converter.statements.fiscal import settle_periods
from converter.statements.model import Qualifier, Statement, StatementKind
from converter.statements.year_ends import FiscalYears
from converter.vocabulary.periods import Duration

BS, IS, CF = StatementKind.BALANCE_SHEET, StatementKind.INCOME, StatementKind.CASH_FLOW
READ = duration("1998-10-04", "1999-10-02")
"""Fifty-two weeks, as their number says; the year before ended on the third of October, or some days off."""


def flows(*rows: tuple[str, str], period: Duration = READ, section: str = "") -> Statement:
    return statement(CF, [period], *(item(label, value, sections=[section]) for label, value in rows))


def balance(*cash: tuple[str, str | None]) -> Statement:
    """A balance sheet of days with the cash of each."""
    days = [instant(day) for day, _ in cash]
    return statement(BS, days, item("Cash and cash equivalents", *(value for _, value in cash)))


def first_day(*statements: Statement) -> str:
    """The first day of the first column of the first statement, once it is settled."""
    period = settle_periods(statements, FiscalYears(), None).statements[0].columns[0].period
    assert isinstance(period, Duration)
    assert period.end == READ.end
    return str(period.start)


@pytest.mark.parametrize(
    ("days", "start"),
    [
        ([], "1998-10-04"),
        (["1999-10-02", "1998-10-03"], "1998-10-04"),
        (["1999-10-02", "1998-09-30"], "1998-10-01"),
        (["1999-10-02", "1998-10-05"], "1998-10-06"),
        (["1998-10-01", "1998-10-03"], "1998-10-04"),  # the day that was read is known
        (["1998-09-28", "1998-10-01"], "1998-10-02"),  # the nearest
        (["1998-08-31", "1999-10-02"], "1998-10-04"),  # too far away
    ],
)
def test_the_day_before_is_that_of_a_balance_sheet(days: list[str], start: str) -> None:
    assert first_day(flows(), balance(*((day, None) for day in days))) == start


def test_another_duration_may_have_ended_the_day_before() -> None:
    income = statement(IS, [READ, duration("1997-10-02", "1998-09-30")])
    assert first_day(flows(), income) == "1998-10-01"
    qualified = statement(IS, [READ, duration("1997-10-02", "1998-09-30")], qualifiers=[None, Qualifier.PRO_FORMA])
    assert first_day(flows(), qualified) == "1998-10-04"


BALANCES = balance(("1999-10-02", "60"), ("1998-10-03", "40"), ("1998-09-30", "50"))


@pytest.mark.parametrize(
    ("rows", "section", "start"),
    [
        ([("Cash at beginning of year", "50"), ("Cash at end of year", "60")], "", "1998-10-01"),
        ([("Beginning of year", "50"), ("End of year", "60")], "Cash:", "1998-10-01"),
        ([("Cash", "50")], "Beginning of year", "1998-10-01"),
        ([("Cash at beginning of year", "40")], "", "1998-10-04"),
        ([("Cash at beginning of year", "45")], "", "1998-10-04"),  # on no balance sheet
        ([("Cash at end of year", "50")], "", "1998-10-04"),
        ([("Cash at beginning of year", "0")], "", "1998-10-04"),
    ],
)
def test_the_opening_cash_decides(rows: list[tuple[str, str]], section: str, start: str) -> None:
    assert first_day(flows(*rows, section=section), BALANCES) == start


def test_a_period_that_starts_with_a_month_is_left_alone_but_for_its_cash() -> None:
    """It was read as calendar months."""
    read = duration("1998-10-01", READ.end.isoformat())
    assert first_day(flows(period=read), balance(("1998-10-02", "40"))) == "1998-10-01"
    opening = flows(("Cash at beginning of year", "40"), period=read)
    assert first_day(opening, balance(("1998-10-02", "40"))) == "1998-10-03"


def test_all_columns_of_a_period_move_together() -> None:
    income, parents = statement(IS, [READ, READ], qualifiers=[None, Qualifier.PART]), statement(IS, [READ])
    parents = replace(parents, qualifier=Qualifier.PARENT_ONLY)
    settled = settle_periods([income, parents, balance(("1998-09-30", "1"))], FiscalYears(), None).statements
    moved = duration("1998-10-01", READ.end.isoformat())
    assert [column.period for one in settled[:2] for column in one.columns] == [moved] * 3


def test_a_parents_days_settle_nothing() -> None:
    parents = replace(balance(("1998-09-30", "50")), qualifier=Qualifier.PARENT_ONLY)
    assert first_day(flows(), parents) == "1998-10-04"
