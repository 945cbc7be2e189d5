"""The highlights of a release that prints no statement."""

from textwrap import dedent

import pytest

from converter.filing import read_filing
from converter.statements import FilingStatements, read_statements

HIGHLIGHTS = """
                              {title}
                    (in thousands, except per share data)

                                     Quarter ended
                                March 31,      March 31,
                                  1998           1997
{balances}
    Net sales                   $ 2,400        $ 2,100
    Net income                      300            250
    Net income per share            .30            .25
"""


def read(title: str, balances: str = "", before: str = "Exhibit 99.1") -> FilingStatements:
    text = before + "\n" + dedent(HIGHLIGHTS.format(title=title, balances=balances))
    return read_statements(read_filing(text.encode(), "release.txt"))


@pytest.mark.parametrize("before", ["Exhibit 99.1", "FOR IMMEDIATE RELEASE", "TOLLESBURY REPORTS RECORD SALES"])
def test_highlights_are_read_where_there_is_no_statement(before: str) -> None:
    (statement,) = read("FINANCIAL HIGHLIGHTS", before=before).statements
    assert [item.label for item in statement.items] == ["Net sales", "Net income", "Net income per share"]


def test_rows_of_balances_are_left_out_and_counted() -> None:
    found = read("FINANCIAL HIGHLIGHTS", "    Total assets                $ 9,000        $ 8,000")
    assert [item.label for item in found.statements[0].items] == ["Net sales", "Net income", "Net income per share"]
    assert any("3 of the 4 rows of" in finding.message for finding in found.findings)


@pytest.mark.parametrize(
    ("title", "before"),
    [
        ("FINANCIAL OUTLOOK DATA", "Exhibit 99.1"),
        ("SEGMENT HIGHLIGHTS", "Exhibit 99.1"),
        ("PRO FORMA FINANCIAL HIGHLIGHTS", "Exhibit 99.1"),
        ("FINANCIAL HIGHLIGHTS", "NOTES TO FINANCIAL STATEMENTS"),
        ("FINANCIAL HIGHLIGHTS", "FORM 10-K\nFor the fiscal year ended December 31, 1998"),
    ],
)
def test_other_tables_are_no_highlights(title: str, before: str) -> None:
    assert read(title, before=before).statements == ()
