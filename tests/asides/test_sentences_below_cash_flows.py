"""Sentences below a cash flow statement: what was paid for interest and income taxes."""

from decimal import Decimal

import pytest

from converter.pipeline import read_data
from converter.vocabulary import Duration

FLOWS = """\
                             ACME INC
               CONSOLIDATED STATEMENTS OF CASH FLOWS
                          (in thousands)
                                          Year ended December 31,
                                         1999      1998      1997
Cash flows from operating activities:
Net income                             $ 1,200   $ 1,200   $ 1,000
Depreciation                             2,345     2,222     2,000
                                       -------   -------   -------
Net cash provided by operations          3,545     3,422     3,000
Cash flows from investing activities:
Purchases of equipment                  (2,000)   (2,100)   (1,500)
Cash flows from financing activities:
Repayments of long-term debt            (1,000)   (1,111)   (1,222)
                                       -------   -------   -------
Increase in cash                           545       211       278
Cash at beginning of year                  800       589       311
                                       -------   -------   -------
Cash at end of year                    $ 1,345   $   800   $   589
                                       =======   =======   =======
"""
INTEREST, TAXES = "InterestPaid", "IncomeTaxesPaid"


def stated(below: str, flows: str = FLOWS) -> dict[tuple[str, int], tuple[int, int | None]]:
    """What was paid by concept and year: value and decimals."""
    document = f"<DOCUMENT>\n<TYPE>10-K\n<TEXT>\n{flows}\n{below}\n</TEXT>\n</DOCUMENT>\n"
    report = read_data(document.encode(), "x.txt").report
    return {
        (fact.concept, fact.context.period.end.year): (int(fact.value), fact.decimals)
        for fact in report.facts
        if isinstance(fact.value, Decimal)
        and isinstance(fact.context.period, Duration)
        and fact.concept.startswith((INTEREST, TAXES))
    }


THREE = {1999: (117000, -3), 1998: (95000, -3), 1997: (86000, -3)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Interest paid totaled $117, $95 and $86 in 1999, 1998 and 1997, respectively.",
            {(INTEREST, year): value for year, value in THREE.items()},
        ),
        (
            "Supplemental cash flow information (in thousands):\n\nIncome taxes paid were $117, $95, and $86 in 1999,\n"
            "     1998, and 1997, respectively.",
            {(TAXES, year): value for year, value in THREE.items()},
        ),
        (
            "Cash paid for interest, net of amounts capitalized, was $117 in 1999. Cash payments for income taxes\n"
            "amounted to $95 in 1998.",
            {("InterestPaidNet", 1999): (117000, -3), (TAXES, 1998): (95000, -3)},
        ),
        ("The Company made cash payments for interest of $1.3 million in 1999.", {(INTEREST, 1999): (1300000, -5)}),
        (
            "Interest paid was $117,000 and $95,000 during the years ended December 31, 1999 and 1998.",
            {(INTEREST, 1999): (117000, -3), (INTEREST, 1998): (95000, -3)},
        ),
        ("Interest paid totaled $117,456 in 1999.", {(INTEREST, 1999): (117456, 0)}),  # too large for thousands
        # more or fewer amounts than years, a year of no column, another measure, on another page, too far below
        ("Interest paid totaled $117 and $95 in 1999, 1998 and 1997, respectively.", {}),
        ("Interest paid totaled $117 in 1996.", {}),
        ("Interest and income taxes paid totaled $117 and $95 in 1999, respectively.", {}),
        ("Income taxes received totaled $117 in 1999.", {}),
        ("<PAGE>\nInterest paid totaled $117 in 1999.", {}),
        ("\n\n" * 20 + "Interest paid totaled $117 in 1999.", {}),
    ],
)
def test_payments(text: str, expected: dict[tuple[str, int], tuple[int, int]]) -> None:
    assert stated(text) == expected


def test_a_printed_row_prevails() -> None:
    flows = FLOWS + "Interest paid                          $   120   $    95   $    86\n"
    assert stated("Interest paid totaled $117 in 1999.", flows)[INTEREST, 1999] == (120000, -3)
