"""Figures whose digits are grouped by blanks."""

import pytest

from converter.tables.spaced import groups_by_blanks, with_commas

MINES = [
    "Cash and term deposits                  $ 1 204 118      $ 2 330 204",
    "Accounts receivable, December 31 1997       118 204           88 330",
    "Mineral properties                        8 204 118        6 118 330",
    "Deficit                                  (4 491 552)      (4 167 340)",
]
PAIRS = [
    "Sales                 512 488   988 941",
    "Cost of sales         331 318   640 615",
    "Selling expenses      110 105   215 206",
    "Income                 71  65   133 120",
]
MILLIONS = ["Sales    512 488 988", "Cost     331 318 640", "Selling  110 105 215", "Total    441 423 855"]
THOUSANDS = [
    "Cash                     1 204      2 033",
    "Receivables             11 018      8 330",
    "Property                28 004     27 410",
    "Other assets             1 740      1 820",
]


@pytest.mark.parametrize(
    ("texts", "grouped"),
    [
        (MINES, True),
        (THOUSANDS, True),
        (THOUSANDS[1:], False),
        (MINES[:2], False),
        ([with_commas(line) for line in MINES], False),
        (PAIRS, False),
        (MILLIONS, False),
        ([*MINES, *("Sales   1,204,118   2,330,204" for _ in range(3))], False),
    ],
    ids=[
        "millions",
        "groups with zeros",
        "too few of them",
        "too few",
        "commas",
        "pairs of columns",
        "three columns",
        "mostly commas",
    ],
)
def test_blanks_that_group_digits(texts: list[str], grouped: bool) -> None:
    assert groups_by_blanks(texts) is grouped


def test_commas_take_their_places() -> None:
    assert with_commas(MINES[0]) == "Cash and term deposits                  $ 1,204,118      $ 2,330,204"
    assert with_commas("Plan of 1997 204 units   88 330") == "Plan of 1997 204 units   88,330"
