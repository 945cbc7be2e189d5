"""Figures whose digits are grouped by blanks or by points."""

import pytest

from converter.tables.spaced import groups_by_blanks, groups_by_points, with_commas, with_points

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


POINTS = [
    "Cash                                    $ 1.204.118      $ 2.330.204",
    "Accounts receivable                         118.204           88.330",
    "Net income per share                           1,25             0,90",
    "Deficit                                  (4.491.552)      (4.167.340)",
]


@pytest.mark.parametrize(
    ("texts", "grouped"),
    [
        (POINTS, True),
        (POINTS[1:3] * 3, False),
        ([*POINTS, "Sales            1,204,118        2,330,204"], False),
        (MINES, False),
        (["Revenue    12.204     11.118", "Costs       8.330      7.104", "Income      3.874      4.014"], False),
    ],
    ids=["millions", "thousands only", "commas", "blanks", "millions with three places"],
)
def test_points_that_group_digits(texts: list[str], grouped: bool) -> None:
    assert groups_by_points(texts) is grouped


def test_points_and_decimal_commas_change_places() -> None:
    assert with_points(POINTS[0]) == "Cash                                    $ 1,204,118      $ 2,330,204"
    assert with_points(POINTS[2]) == "Net income per share                           1.25             0.90"
    assert with_points("Sections 10.1.3 and 4,5 of 1.204.118,50") == "Sections 10.1.3 and 4.5 of 1,204,118.50"
