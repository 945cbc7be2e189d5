"""Two columns headed with one date: other statements tell the date of the second."""

import pytest
from helpers.builders import duration, filing, instant
from helpers.filings import BALANCE_SHEET, CASH_FLOWS

from converter.statements import read_statements
from converter.statements.model import StatementKind
from converter.vocabulary.periods import Period


def balances(heading: str, second: str, flows: str) -> tuple[list[Period], list[str]]:
    """The days of the balance sheet, and the codes of warnings."""
    read = read_statements(filing(BALANCE_SHEET.format(heading, second) + flows))
    found = [s for s in read.statements if s.kind is StatementKind.BALANCE_SHEET]
    return [column.period for column in found[0].columns], [f.code.value for f in read.findings if f.severity != "info"]


YEARS = CASH_FLOWS.format("Years", "December 31", "2,410")
HALF_YEARS = CASH_FLOWS.format("Six months", "June 30", "2,410")
OTHER_CASH = CASH_FLOWS.format("Years", "December 31", "2,411")


@pytest.mark.parametrize(
    ("headings", "flows", "second"),
    [
        (("Dec. 31, 2003", "Dec. 31, 2003"), YEARS, "2002-12-31"),
        (("June 30, 2003", "June 30, 2003"), HALF_YEARS, "2002-12-31"),
        (("Dec. 31, 2003", "Dec. 31, 2003"), OTHER_CASH, "2002-12-31"),
    ],
)
def test_the_second_is_the_comparative_one(headings: tuple[str, str], flows: str, second: str) -> None:
    days, codes = balances(*headings, flows)
    assert days[1:] == [instant(second)]
    assert "date-misprinted" in codes


@pytest.mark.parametrize(
    ("headings", "flows"),
    [
        (("Dec. 31, 2003", "Dec. 31, 2003"), ""),
        (("Parent Dec. 31, 2003", "Dec. 31, 2003"), YEARS),
        (("Dec. 31, 2003", "Dec. 31, 2003 Pro Forma"), YEARS),
        (("Dec. 31, 2003", "Dec. 31, 2002"), YEARS),
    ],
)
def test_what_is_no_misprint_stays(headings: tuple[str, str], flows: str) -> None:
    assert "date-misprinted" not in balances(*headings, flows)[1]


def test_a_period_of_a_year_before() -> None:
    text = CASH_FLOWS.replace("   2003            2002", "   2003            2003").format("Years", "December 31", "1")
    income = """
                 STATEMENTS OF INCOME
                 (in thousands)
                            Years ended December 31,
                               2003            2002
Net sales                   $ 43,000        $ 42,600
Cost of sales                 40,000          40,000
Net income                  $  3,000        $  2,600
"""
    read = read_statements(filing(income + text))
    flows = next(s for s in read.statements if s.kind is StatementKind.CASH_FLOW)
    assert flows.columns[1].period == duration("2002-01-01", "2002-12-31")
