"""Statements without the row that closes them."""

import pytest

import converter

BALANCE_SHEET = """
                 CONSOLIDATED BALANCE SHEETS
                 (in thousands)
                            Dec. 31, 2003   Dec. 31, 2002
Cash                        $  2,930        $  2,410
Accounts receivable            9,070           8,590
Total current assets          12,000          11,000
Plant, net                     8,000           7,000
Total assets                $ 20,000        $ 18,000
Accounts payable            $  7,000        $  6,500
Retained earnings             13,000          11,500
Total liabilities and equity $20,000        $ 18,000
"""
INCOME = """
                 CONSOLIDATED STATEMENTS OF INCOME
                 (in thousands)
                            Years ended December 31,
                               2003            2002
Net sales                   $ 43,000        $ 42,600
Cost of sales                 39,000          39,000
Selling expenses               1,000           1,000
Income before income taxes     3,000           2,600
Income taxes                   1,000             900
Net income                  $  2,000        $  1,700
"""
CASH_FLOWS = """
                 CONSOLIDATED STATEMENTS OF CASH FLOWS
                 (in thousands)
                            Years ended December 31,
                               2003            2002
Net income                  $  3,000        $  2,600
Depreciation                   2,420           2,300
Net cash provided by
  operating activities         5,420           4,900
Purchases of plant            (4,900)         (4,400)
Net cash used in
  investing activities        (4,900)         (4,400)
Increase in cash                 520             500
Cash, beginning                2,410           1,910
Cash, end                   $  2,930        $  2,410
"""
SENTENCE = "\nThe accompanying notes are an integral part of these statements.\nThey follow on the next pages.\n"


def errors(text: str) -> list[str]:
    findings = converter.read(text.encode()).findings
    return [finding.message for finding in findings if finding.code == "statement-incomplete"]


@pytest.mark.parametrize("text", [BALANCE_SHEET, INCOME, CASH_FLOWS])
def test_a_whole_statement_at_the_end_of_a_file(text: str) -> None:
    assert errors(text) == []


@pytest.mark.parametrize(
    ("text", "row"),
    [(BALANCE_SHEET, "Retained"), (INCOME, "Income taxes"), (CASH_FLOWS, "Increase"), (CASH_FLOWS, "Purchases")],
)
def test_a_file_that_ends_inside_a_statement(text: str, row: str) -> None:
    [message] = errors(text[: text.index(row) + 6])
    assert message.startswith("the file ends inside")


def test_a_part_that_is_lost() -> None:
    [message] = errors(BALANCE_SHEET[: BALANCE_SHEET.index("Retained")] + SENTENCE)
    assert message == "a part is lost of the balance sheet: no row has the same figures as total assets"
