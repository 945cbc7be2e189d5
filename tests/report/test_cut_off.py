"""Statements without the row that closes them."""

import pytest
from helpers.filings import BALANCE_SHEET, CASH_FLOWS

import converter

BALANCE = BALANCE_SHEET.format("Dec. 31, 2003", "Dec. 31, 2002")
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
FLOWS = CASH_FLOWS.format("Years", "December 31", "2,410")
SENTENCE = "\nThe accompanying notes are an integral part of these statements.\nThey follow on the next pages.\n"


def errors(text: str) -> list[str]:
    findings = converter.read(text.encode()).findings
    return [finding.message for finding in findings if finding.code == "statement-incomplete"]


@pytest.mark.parametrize("text", [BALANCE, INCOME, FLOWS])
def test_a_whole_statement_at_the_end_of_a_file(text: str) -> None:
    assert errors(text) == []


@pytest.mark.parametrize(
    ("text", "row"),
    [(BALANCE, "Retained"), (INCOME, "Income taxes"), (FLOWS, "Increase"), (FLOWS, "Purchases")],
)
def test_a_file_that_ends_inside_a_statement(text: str, row: str) -> None:
    [message] = errors(text[: text.index(row) + 6])
    assert message.startswith("the file ends inside")


def test_a_part_that_is_lost() -> None:
    [message] = errors(BALANCE[: BALANCE.index("Retained")] + SENTENCE)
    assert message == "a part is lost of the balance sheet: no row has the same figures as total assets"
