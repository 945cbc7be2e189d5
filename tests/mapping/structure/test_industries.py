"""Rows that mean in their industry what they mean nowhere else."""

import pytest
from helpers.builders import duration, instant, item, statement

from converter.mapping.structure import read_structure
from converter.statements.model import LineItem, StatementKind

INTEREST, LEFT = "InterestAndDividendIncomeOperating", "RevenuesNetOfInterestExpense"
UPKEEP = "UtilitiesOperatingExpenseMaintenance"
BANK = (
    ("Noninterest revenue", "30"),
    ("Interest income", "50"),
    ("Interest expense", "35"),
    ("Net interest income", "15"),
    ("Total net revenue", "45"),
)
BROKER = (
    ("Commissions", "30"),
    ("Interest and dividends", "50"),
    ("Total revenues", "80"),
    ("Interest expense", "35"),
    ("Net revenues", "45"),
)
MAKER = (
    ("Net sales", "80"),
    ("Interest income", "50"),
    ("Interest expense", "-35"),
    ("Net interest income", "15"),
    ("Income before income taxes", "95"),
)


def concepts(kind: StatementKind, rows: list[LineItem]) -> dict[str, str | None]:
    period = instant("1998-12-31") if kind is StatementKind.BALANCE_SHEET else duration("1998-01-01", "1998-12-31")
    verdicts = read_structure(statement(kind, [period], *rows)).verdicts
    return {rows[i].label: verdict.concept for i, verdict in verdicts.items()}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(BANK, {"Interest income": INTEREST, "Total net revenue": LEFT}, id="a bank"),
        pytest.param(BANK[1:4], {}, id="nothing says that it lends"),
        pytest.param((*BANK[1:4], ("Provision for loan losses", "1")), {"Interest income": INTEREST}, id="provision"),
        pytest.param((BANK[0], *BANK[2:]), {}, id="no interest earned"),
        pytest.param((*BANK[:3], ("Net interest income", "19")), {}, id="does not add up"),
        pytest.param(
            BROKER,
            {"Interest and dividends": INTEREST, "Total revenues": "Revenues", "Net revenues": LEFT},
            id="a broker",
        ),
        pytest.param((*BROKER[:4], ("Net revenues", "40")), {}, id="other net revenues"),
        pytest.param(
            (("Electric operating revenues", "9"), ("Maintenance", "2")), {"Maintenance": UPKEEP}, id="a utility"
        ),
        pytest.param((("Software licenses", "9"), ("Maintenance", "2")), {}, id="no utility"),
        pytest.param(
            (("Gas purchased", "9"), ("Maintenance", "2"), ("Maintenance", "1")), {}, id="of two kinds of service"
        ),
    ],
)
def test_what_the_industry_says(rows: tuple[tuple[str, str], ...], expected: dict[str, str]) -> None:
    assert concepts(StatementKind.INCOME, [item(caption, figure) for caption, figure in rows]) == expected


def test_the_interest_of_others_is_no_revenue() -> None:
    assert "Interest income" not in concepts(StatementKind.INCOME, [item(caption, figure) for caption, figure in MAKER])


@pytest.mark.parametrize(
    ("heading", "caption", "expected"),
    [
        ("U.S. offices", "Noninterest-bearing", "NoninterestBearingDepositLiabilitiesDomestic"),
        ("Non-U.S. offices", "Interest-bearing deposits", "InterestBearingDepositLiabilitiesForeign"),
        ("Deposits in foreign offices", "Non-interest bearing", "NoninterestBearingDepositLiabilitiesForeign"),
        ("Deposits", "Interest-bearing", None),
        ("Domestic", "Interest-bearing", None),
    ],
)
def test_deposits_are_where_their_heading_says(heading: str, caption: str, expected: str | None) -> None:
    row = item(caption, "5", sections=(heading,))
    assert concepts(StatementKind.BALANCE_SHEET, [row]).get(caption) == expected


ALLOWANCE, LEFT_OF_LOANS = "LoansAndLeasesReceivableAllowance", "LoansAndLeasesReceivableNetReportedAmount"
GROSS_LOANS, WITHOUT_UNEARNED = (
    "LoansAndLeasesReceivableGrossCarryingAmount",
    "LoansAndLeasesReceivableNetOfDeferredIncome",
)
WORN, PLANT = (
    "PublicUtilitiesPropertyPlantAndEquipmentAccumulatedDepreciation",
    "PublicUtilitiesPropertyPlantAndEquipmentNet",
)


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("Total loans", "90", WITHOUT_UNEARNED),
            ("Less: Allowance for loan losses", "-4", ALLOWANCE),
            ("Net loans", "86", LEFT_OF_LOANS),
        ],
        [
            ("Loans", "90", GROSS_LOANS),
            ("Unearned income", "1", "LoansAndLeasesReceivableDeferredIncome"),
            ("Reserve for possible loan losses", "4", ALLOWANCE),
            ("", "85", LEFT_OF_LOANS),
        ],
        [("Loans", "90", ""), ("Allowance for loan losses", "4", ""), ("Net loans", "80", "")],
        [("Receivables", "90", ""), ("Allowance for credit losses", "4", ""), ("", "86", "")],
        [("Utility plant in service", "90", ""), ("Less accumulated depreciation", "40", WORN), ("", "50", PLANT)],
        [
            ("Utility plant", "90", ""),
            ("Accumulated provision for depreciation", "-40", WORN),
            ("", "50", ""),
            ("Construction work in progress", "5", ""),
            ("Net utility plant", "55", ""),
        ],
    ],
    ids=["loans", "unearned income", "no difference", "no loans", "a utility's plant", "a total below"],
)
def test_what_is_taken_off_loans_and_plant(rows: list[tuple[str, str, str]]) -> None:
    items = [item(caption, figure) for caption, figure, _ in rows]
    found = read_structure(statement(StatementKind.BALANCE_SHEET, [instant("1998-12-31")], *items)).verdicts
    concepts = {row: verdict.concept for row, verdict in found.items()}
    assert concepts == {row: concept for row, (_, _, concept) in enumerate(rows) if concept}
