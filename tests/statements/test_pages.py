"""A statement goes on behind a page break, whatever stands at the foot and at the head of its pages."""

import pytest
from helpers.builders import instant

from converter.filing.reader import read_filing
from converter.statements.reader import read_statements

FIRST = """
                    ALDER FOUNDRY INC
               CONSOLIDATED BALANCE SHEETS
                      (In thousands)

                                     December 31,  December 31,
                                         1997          1996
Current assets:
  Cash and cash equivalents              5,210         4,380
  Accounts receivable                   14,870        13,640
    Total current assets                20,080        18,020
Property, plant and equipment, net      28,650        27,110
    Total assets                        48,730        45,130
"""
SECOND = """
Accounts payable                         8,730         8,410
    Total current liabilities            8,730         8,410
Long-term debt                          12,000        13,500
    Total stockholders' equity          28,000        23,220
    Total liabilities and equity        48,730        45,130
"""
LABELS = ("Cash and cash equivalents", "Accounts payable", "Total liabilities and equity")
VALUES = [(5_210_000, 4_380_000), (8_730_000, 8_410_000), (48_730_000, 45_130_000)]
HEADER = "<SEC-HEADER>\nCONFORMED PERIOD OF REPORT: 19971231\nFISCAL YEAR END: 1231\n</SEC-HEADER>\n"


@pytest.mark.parametrize(
    ("foot", "head"),
    [
        ("", ""),
        ("                         - 3 -", ""),
        ("Page 3 of 24", "CONSOLIDATED BALANCE SHEETS, continued"),
        ("", "CONSOLIDATED BALANCE SHEETS (Cont'd)\n                               (continued)"),
        ("The accompanying notes are an integral part of these statements.    3", ""),
        ("See notes to consolidated financial statements.             17", ""),
        ("ALDER FOUNDRY INC.  1997 Annual Report                      24", ""),
        ("", "ALDER FOUNDRY INC               FORM 10-K                1997"),
        ("", "ALDER FOUNDRY INC                                   1997"),
        ("", "3                         ALDER FOUNDRY INC"),
    ],
)
def test_foot_and_head_of_a_page(foot: str, head: str) -> None:
    text = f"{HEADER}{FIRST}\n{foot}\n<PAGE>\n{head}\n{SECOND}"
    (sheet,) = read_statements(read_filing(text.encode(), "a.txt")).statements
    assert [column.period for column in sheet.columns] == [instant("1997-12-31"), instant("1996-12-31")]
    values = {item.label: [None if f is None else int(f.value) for f in item.figures] for item in sheet.items}
    assert [tuple(values[label]) for label in LABELS] == VALUES
    assert len(sheet.items) == 10


@pytest.mark.parametrize("title", ["CONSOLIDATED BALANCE SHEETS, continued", "CONSOLIDATED BALANCE SHEETS (Cont'd)"])
def test_a_title_that_says_continued_takes_the_scale_of_the_page_before(title: str) -> None:
    second = SECOND.rsplit("\n", 2)[0]  # no figure is on both pages
    text = f"{HEADER}{FIRST}\n<PAGE>\n{title}\n{second}"
    (sheet,) = read_statements(read_filing(text.encode(), "a.txt")).statements
    assert {item.label: item.figures[0].value for item in sheet.items if item.figures[0]}[
        "Long-term debt"
    ] == 12_000_000
