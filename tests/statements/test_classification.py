"""Classification: which primary statement a table is, by its title and its captions."""

import pytest

from converter.statements.classification import classify, content_scores, find_qualifier, find_title, is_adjusted
from converter.statements.model import Qualifier, StatementKind
from converter.tables.scanning import ScannedLine, scan_line
from converter.tables.titles import TitleKind

BALANCE = ["Cash", "Inventories", "Total current assets", "Total assets", "Accounts payable", "Retained earnings"]
INCOME = ["Net sales", "Cost of sales", "Gross profit", "Income before income taxes", "Net income"]
CASH = ["Net cash provided by operating activities", "Investing activities", "Financing activities", "Depreciation"]


def zone(*texts: str) -> list[ScannedLine]:
    return [scan_line(index, text) for index, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("titles", "captions", "kind", "titled"),
    [
        (["CONSOLIDATED BALANCE SHEETS", "(in thousands)"], BALANCE, StatementKind.BALANCE_SHEET, True),
        (["CONSOLIDATED STATEMENTS OF INCOME"], INCOME, StatementKind.INCOME, True),
        (["CONSOLIDATED STATEMENTS OF CASH FLOWS"], CASH, StatementKind.CASH_FLOW, True),
        ([], BALANCE, StatementKind.BALANCE_SHEET, False),
        ([], CASH, StatementKind.CASH_FLOW, False),
        (
            ["Results of the quarter"],
            [*INCOME, "Net income per share", "Operating expenses"],
            StatementKind.INCOME,
            False,
        ),
        ([], ["Net sales", "Net income"], None, False),
        (["CONSOLIDATED BALANCE SHEETS"], ["January", "February", "March"], None, True),
        (["STATEMENTS OF STOCKHOLDERS' EQUITY"], [*BALANCE, "Net income"], None, True),
        (["STATEMENTS OF COMPREHENSIVE INCOME"], INCOME, None, True),
        (["SELECTED FINANCIAL DATA"], [*INCOME, "Total assets"], None, True),
        (["QUARTERLY FINANCIAL DATA"], INCOME, None, True),
        (["PRO FORMA STATEMENTS OF OPERATIONS"], INCOME, None, True),
        (["BUSINESS SEGMENTS"], INCOME, None, True),
        (["CONSOLIDATED STATEMENTS OF CASH FLOWS"], [*BALANCE, "Total liabilities"], StatementKind.BALANCE_SHEET, True),
        (["STATEMENTS OF INCOME DATA"], INCOME, StatementKind.INCOME, False),
    ],
)
def test_classify(titles: list[str], captions: list[str], kind: StatementKind | None, titled: bool) -> None:
    found = classify(zone(*titles), content_scores(captions))
    assert (found.kind, found.titled) == (kind, titled)
    assert bool(found.reason) == (kind is None)


def test_the_nearest_title_counts() -> None:
    found = find_title(zone("STATEMENTS OF INCOME", "", "BALANCE SHEETS", "December 31,", "1998   1997"))
    assert found[0] is TitleKind.BALANCE_SHEET


def test_a_title_broken_over_two_lines() -> None:
    found = find_title(zone("CONDENSED CONSOLIDATED STATEMENTS", "OF OPERATIONS (UNAUDITED)", "", "(in thousands)"))
    assert found == (TitleKind.INCOME, "CONDENSED CONSOLIDATED STATEMENTS OF OPERATIONS (UNAUDITED)")


def test_no_title() -> None:
    assert find_title(zone("Sales rose.", "", "1998   1997")) == (None, "")


@pytest.mark.parametrize(
    ("captions", "kind"),
    [(BALANCE, StatementKind.BALANCE_SHEET), (INCOME, StatementKind.INCOME), (CASH, StatementKind.CASH_FLOW)],
)
def test_captions_speak_for_their_statement(captions: list[str], kind: StatementKind) -> None:
    scores = content_scores(captions)
    assert max(scores, key=lambda k: scores[k]) is kind
    assert content_scores([caption.upper() + " ....:" for caption in captions])[kind] > 0


def test_repeated_captions_count_once() -> None:
    assert content_scores(BALANCE * 3) == content_scores(BALANCE)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("As restated", Qualifier.RESTATED),
        ("(Restated)", Qualifier.RESTATED),
        ("Unrestated", None),
        ("As previously reported", Qualifier.PREVIOUSLY_REPORTED),
        ("Originally reported", Qualifier.PREVIOUSLY_REPORTED),
        ("As reported", None),
        ("Pro forma", Qualifier.PRO_FORMA),
        ("Pro-Forma 1998", Qualifier.PRO_FORMA),
        ("Predecessor Company", Qualifier.PREDECESSOR),
        ("BALANCE SHEETS (Parent Company Only)", Qualifier.PARENT_ONLY),
        ("Condensed Financial Information of Registrant", Qualifier.PARENT_ONLY),
        ("December 31, 1998", None),
        ("", None),
    ],
)
def test_qualifier(text: str, qualifier: Qualifier | None) -> None:
    assert find_qualifier(text) is qualifier


@pytest.mark.parametrize(
    ("text", "adjusted"),
    [
        ("PRO FORMA", True),
        ("Unaudited Pro Forma", True),
        ("(Pro forma - excludes amortization and one-time charges)", True),
        ("Non-GAAP", True),
        ("ADJUSTED CONSOLIDATED STATEMENTS OF INCOME", True),
        ("(As adjusted)", True),
        ("Before Special Charges", True),
        ("(Excluding goodwill amortization and merger-related charges)", True),
        ("As adjusted to exclude special items", True),
        ("Operating basis (excludes non-recurring items)", True),
        ("(Unaudited; in thousands; excluding special items)", True),
        ("(Unaudited, pro forma, in thousands)", True),
        ("CONSOLIDATED STATEMENTS OF INCOME, AS ADJUSTED", True),
        ("Consolidated Statements of Income - Adjusted", True),
        ("Consolidated Statements of Income (Normalized)", True),
        ("Consolidated Statements of Core Earnings", True),
        ("On a comparable basis", True),
        ("Net Sales, Excluding Certain Items", False),  # no statement
        ("Consolidated Statements of Cash Flows", False),
        ("Consolidated Statements of Income and Retained Earnings", False),
        ("(In thousands, except per share and pro forma data)", False),
        ("Adjusted for the stock split of June 2001", False),
        ("Excluding special items, net income rose by a tenth.", False),
        ("excluding special items of the second quarter", False),  # a line of a paragraph
        ("Excluding special items of $2 million in 2001", False),
        ("Before income taxes", False),
        ("CONSOLIDATED STATEMENTS OF INCOME", False),
        ("", False),
    ],
)
def test_lines_that_say_that_items_are_left_out(text: str, adjusted: bool) -> None:
    assert is_adjusted(text) == adjusted
