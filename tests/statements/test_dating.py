"""What dates the columns that name a quarter or a year only."""

import pytest

from converter.statements.calendar import count_dates
from converter.statements.dating import _quarters_ended


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("results for the fourth quarter and year ended December 31, 2003.", {("2003-12-31", 4)}),
        ("for its first fiscal quarter ended\nJuly 31, 2004, compared", {("2004-07-31", 1)}),
        ("the six months ended June 30, 2005", {("2005-06-30", 2)}),
        ("the third quarter and nine months ended September 30, 2005", {("2005-09-30", 3)}),
        ("the fiscal year ended June 30, 2005", {("2005-06-30", 4)}),
        ("our first quarter was good. The period ended March 31, 2005", set()),
        ("the three months ended March 31, 2005", set()),
        ("the second quarter ended last week", set()),
    ],
)
def test_sentences_name_the_quarter_that_ended(sentence: str, found: set[tuple[str, int]]) -> None:
    assert {(day.isoformat(), quarter) for day, quarter in _quarters_ended(sentence)} == found


def test_a_day_on_which_a_year_ended_counts_more_than_the_day_of_the_release() -> None:
    counts = count_dates(["AUSTIN, August 20, 2005 - results of the year", "ended June 30, 2005, of August 20, 2005"])
    assert str(counts.most_frequent_in(2005)) == "2005-06-30"
