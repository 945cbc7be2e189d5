"""Columns since inception, whose first day the heading, the title or another place of the document says."""

import pytest
from helpers.builders import duration

from converter.filing.reader import read_filing
from converter.statements.reader import read_statements

TEXT = """<SEC-HEADER>
CONFORMED PERIOD OF REPORT: 19971231
FISCAL YEAR END: 1231
</SEC-HEADER>
                        STATEMENTS OF OPERATIONS
{title}
                               Year Ended    Year Ended   {0:^16}
                              December 31,  December 31,  {1:^16}
                                  1997          1996      {2:^16}
                              ------------  ------------  --------------
Revenues                         8,420         1,310            9,730
Research and development        11,230         7,940           31,110
General and administrative       3,310         2,375            8,435
Net loss                        (6,120)       (9,005)         (29,815)
Net loss per share                (.32)         (.46)           (1.52)

{note}
"""
NOTE = "The Company was incorporated in Nevada on March 3, 1994 (inception)."


@pytest.mark.parametrize(
    ("heading", "title", "note", "begins"),
    [
        (("Cumulative", "since inception", "(March 3, 1994)"), "", "", True),
        (("", "Since Inception", "3/3/94"), "", "", True),
        (("Cumulative", "from", "inception"), "", NOTE, True),
        (("Cumulative", "During", "Development Stage"), "", NOTE, True),
        (("From inception", "through", "Dec. 31, 1997"), "", NOTE, True),
        (("", "Inception", "to date"), "", "From the date of inception (March 3, 1994) no tax was paid.", True),
        (
            ("", "Inception", "to date"),
            "and for the period from inception (March 3, 1994) to December 31, 1997",
            "",
            True,
        ),
        (("Cumulative", "from", "inception"), "", "", False),
        (("Cumulative", "from", "inception"), "", NOTE + "\n\n\nIts inception (May 5, 1995) was later.", False),
        (("Cumulative", "from", "inception"), "", "Since inception (March 3, 1999) nothing was sold.", False),
    ],
)
def test_a_column_since_inception(heading: tuple[str, ...], title: str, note: str, begins: bool) -> None:
    text = TEXT.format(*heading, title=title, note=note)
    (statement,) = read_statements(read_filing(text.encode(), "a.txt")).statements
    periods = [column.period for column in statement.columns]
    years = [duration("1997-01-01", "1997-12-31"), duration("1996-01-01", "1996-12-31")]
    assert periods == [*years, duration("1994-03-03", "1997-12-31")][: 3 if begins else 2]
