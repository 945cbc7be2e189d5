"""Where a table stands: what the nearest heading above it says."""

import pytest

from converter.statements.position import Place, Places

HEADINGS = {
    Place.STATEMENTS: (
        "Item 8. Financial Statements and Supplementary Data",
        "ITEM 8.",
        "Item 1. Financial Statements",
        "ITEM 1 - CONDENSED CONSOLIDATED FINANCIAL STATEMENTS (UNAUDITED)",
        "PART I. FINANCIAL INFORMATION",
        "INDEX TO CONSOLIDATED FINANCIAL STATEMENTS",
        "REPORT OF INDEPENDENT ACCOUNTANTS",
        "Report of the Independent Registered Public Accounting Firm",
        "Independent Auditors' Report",
        "Auditor's Report",
    ),
    Place.PARENT: (
        "PARENT COMPANY ONLY",
        "NOTE 17. PARENT COMPANY",
        "Note 21 -- Condensed parent company financial information",
        "Schedule II - Condensed Financial Information of Registrant",
        "FINANCIAL INFORMATION OF REGISTRANT",
        "Balance Sheets (Parent Company Only)",
        "Statements of Cash Flows - Parent Company",
    ),
    Place.ELSEWHERE: (
        "Item 7. Management's Discussion and Analysis",
        "Management's Discussion and Analysis",
        "ITEM 6. SELECTED FINANCIAL DATA",
        "Selected Consolidated Financial Data",
        "NOTES TO CONSOLIDATED FINANCIAL STATEMENTS",
        "Note 3. Inventories",
        "Note (A) - Accounting policies",
        "SUPPLEMENTARY FINANCIAL INFORMATION",
        "Schedule VIII",
    ),
}
OTHERS = (
    "",
    "Item",
    "Total assets of the parent company",
    "CONSOLIDATED BALANCE SHEETS",
    "Item 8. Financial Statements and Supplementary Data ........ 24",  # of a table of contents
    "Item 1. Financial Statements,",
    "report of independent accountants",  # in the middle of a sentence
    "Notes payable to banks",
    "Item 7. Management's Discussion and Analysis, which should be read together with all of the " + "financial " * 3,
)
CASES = [(text, place) for place, texts in HEADINGS.items() for text in texts]


@pytest.mark.parametrize(("text", "place"), [*CASES, *((text, Place.UNKNOWN) for text in OTHERS)])
def test_headings(text: str, place: Place) -> None:
    assert Places(["Words.", f"   {text}", "", "A table."]).of(3) is place


def test_the_nearest_heading_above_counts() -> None:
    places = Places(["", "ITEM 7. DISCUSSION", "", "INDEPENDENT AUDITORS' REPORT", "", "NOTE 1. GENERAL", ""])
    assert [places.of(line) for line in range(7)] == [
        Place.UNKNOWN,
        *[Place.ELSEWHERE] * 2,
        *[Place.STATEMENTS] * 2,
        *[Place.ELSEWHERE] * 2,
    ]
