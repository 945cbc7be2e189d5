"""Titles: lines that name a statement, and lines that only mention one."""

import pytest

from converter.tables.titles import TitleKind, is_title, read_title

BS, IS, CF = TitleKind.BALANCE_SHEET, TitleKind.INCOME, TitleKind.CASH_FLOW


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
        ("STATEMENTS OF SHAREHOLDERS' EQUITY", TitleKind.EQUITY),
        ("CONSOLIDATED STATEMENTS OF CHANGES IN STOCKHOLDERS' EQUITY", TitleKind.EQUITY),
        ("STATEMENTS OF COMPREHENSIVE INCOME", TitleKind.EQUITY),
        ("SELECTED FINANCIAL DATA", TitleKind.SELECTED),
        ("Five-Year Summary", TitleKind.SELECTED),
        ("FINANCIAL HIGHLIGHTS", TitleKind.SELECTED),
        ("BUSINESS SEGMENTS", TitleKind.SEGMENT),
        ("PRO FORMA CONDENSED STATEMENTS OF OPERATIONS", TitleKind.PRO_FORMA),
        ("", None),
        ("Net sales", None),
        ("The consolidated balance sheets are set forth below.", None),
        ("See notes to the consolidated balance sheets", None),
        ("as shown in the statements of cash flows", None),
        ("The accompanying notes are an integral part of these balance sheets.", None),
        ("Total balance sheet assets which are held abroad", None),
    ],
)
def test_read_title(text: str, kind: TitleKind | None) -> None:
    assert read_title(text) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("QUILLFERN, INC.            CONSOLIDATED BALANCE SHEETS", BS),
        ("STATEMENTS OF CASH FLOWS                 Page 4", CF),
    ],
)
def test_a_title_may_share_its_line(text: str, kind: TitleKind) -> None:
    assert read_title(text) is kind


def test_segments_do_not_begin_a_table() -> None:
    assert not is_title("BUSINESS SEGMENTS")
    assert is_title("CONSOLIDATED BALANCE SHEETS")
    assert not is_title("Cash and balance with banks")
