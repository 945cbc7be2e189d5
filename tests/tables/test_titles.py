"""Titles: which line announces a statement, and which only mentions one."""

import pytest

from converter.tables.titles import Announced, announced, is_title

BS, IS, CF = Announced.BALANCE_SHEET, Announced.INCOME, Announced.CASH_FLOW


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("CONSOLIDATED BALANCE SHEETS", BS),
        ("Condensed Consolidated Balance Sheet (Unaudited)", BS),
        ("BALANCE SHEET AS OF DECEMBER 31, 1997", BS),
        ("STATEMENTS OF FINANCIAL CONDITION", BS),
        ("Consolidated Statement of Financial Position", BS),
        ("STATEMENT OF ASSETS AND LIABILITIES", BS),
        ("QUILLFERN, INC. AND SUBSIDIARIES CONSOLIDATED BALANCE SHEETS", BS),
        ("Balance Sheets - continued", BS),
        ("CONSOLIDATED STATEMENTS OF OPERATIONS", IS),
        ("STATEMENT OF CONSOLIDATED INCOME", IS),
        ("Consolidated Statements of Earnings (Loss)", IS),
        ("STATEMENTS OF INCOME AND RETAINED EARNINGS", IS),
        ("STATEMENTS OF OPERATIONS AND COMPREHENSIVE LOSS", IS),
        ("CONDENSED INCOME STATEMENTS", IS),
        ("Statement of Net Income", IS),
        ("CONSOLIDATED STATMENTS OF OPERATIONS", IS),
        ("CONSOLIDATED STATEMENTS OF CASH FLOWS", CF),
        ("Consolidated Statement of Cash Flow", CF),
        ("CASH FLOW STATEMENT", CF),
        ("Statements of Changes in Cash Flows", CF),
        ("Exhibit 1 - CONSOLIDATED STATEMENTS OF CASH FLOWS", CF),
        ("Item 1. Condensed Balance Sheets", BS),
        ("STATEMENTS OF SHAREHOLDERS' EQUITY", Announced.EQUITY),
        ("CONSOLIDATED STATEMENTS OF CHANGES IN STOCKHOLDERS' EQUITY", Announced.EQUITY),
        ("STATEMENTS OF COMPREHENSIVE INCOME", Announced.EQUITY),
        ("SELECTED FINANCIAL DATA", Announced.SELECTED),
        ("Five-Year Summary", Announced.SELECTED),
        ("FINANCIAL HIGHLIGHTS", Announced.SELECTED),
        ("BUSINESS SEGMENTS", Announced.SEGMENT),
        ("PRO FORMA CONDENSED STATEMENTS OF OPERATIONS", Announced.PRO_FORMA),
        ("", None),
        ("Net sales", None),
        ("The consolidated balance sheets are set forth below.", None),
        ("See notes to the consolidated balance sheets", None),
        ("as shown in the statements of cash flows", None),
        ("The accompanying notes are an integral part of these balance sheets.", None),
        ("Total balance sheet assets which are held abroad", None),
    ],
)
def test_announced(text: str, kind: Announced | None) -> None:
    assert announced(text) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("QUILLFERN, INC.            CONSOLIDATED BALANCE SHEETS", BS),
        ("STATEMENTS OF CASH FLOWS                 Page 4", CF),
    ],
)
def test_a_title_may_share_its_line(text: str, kind: Announced) -> None:
    assert announced(text) is kind


def test_segments_do_not_begin_a_table() -> None:
    assert not is_title("BUSINESS SEGMENTS")
    assert is_title("CONSOLIDATED BALANCE SHEETS")
    assert not is_title("Cash and balance with banks")
