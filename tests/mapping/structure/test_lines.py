"""Captions of income and cash flow statements that mean one thing in the place where they stand."""

import pytest
from helpers.builders import duration, item, statement

from converter.mapping.structure import read_structure
from converter.statements.model import LineItem, StatementKind

AFUDC = "PublicUtilitiesAllowanceForFundsUsedDuringConstructionCapitalizedCostOfEquity"
CHANGE = "CumulativeEffectOfChangeInAccountingPrinciplePresentedOnIncomeStatementNetOfTax"
LOST = "Cumulative effect of changes in accounting for:"


def concepts_of(kind: StatementKind, *rows: LineItem) -> dict[str, str | None]:
    """Return the concepts of the verdicts by caption and figure."""
    found = read_structure(statement(kind, [duration("1998-01-01", "1998-12-31")], *rows)).verdicts
    return {f"{rows[i].label} {figure.value}": v.concept for i, v in found.items() if (figure := rows[i].figures[0])}


def row(caption: str, heading: str, *beside: str) -> list[LineItem]:
    """A row with the figure 7 below a heading, and rows beside it."""
    sections = (heading,) if heading else ()
    return [item(caption, "7", sections=sections), *(item(other, "3", sections=sections) for other in beside)]


@pytest.mark.parametrize(
    ("rows", "concept"),
    [
        (row("Interest", "Income", "Rental"), "InvestmentIncomeInterest"),
        (row("Interest", "Revenues", "Rental", "Finance charges on loans"), ""),
        (row("Interest", "Expenses", "Rental"), ""),
        (row("Expense recoveries", "Revenues", "Minimum rents"), "TenantReimbursements"),
        (row("Merchandise", "Operating revenues", "Total railway operating revenues"), None),
        (row("Merchandise", "Revenues", "Fuel"), ""),
        (row("Oil sales", "Revenues", "Exploration costs"), "OilAndCondensateRevenue"),
        (row("Gas sales", "Revenues", "Exploration costs"), "NaturalGasProductionRevenue"),
        (row("Gas sales", "Revenues", "Electric sales"), ""),
        (row("Other income, net", "Revenues", "Net sales"), "OtherIncome"),
        (row("Other income, net", "Nonoperating income"), ""),
        (row("Directory advertising", "Operating revenues"), "AdvertisingRevenue"),
        (row("Advertising", "Operating expenses"), ""),
        (row("Product licenses", "Cost of revenues"), "LicenseCosts"),
        (row("Product licenses", "Revenues"), ""),
        (row("Professional services", "Cost of revenues"), "CostOfServices"),
        (row("Maintenance", "Cost of revenues"), "MaintenanceCosts"),
        (row("Aircraft rentals", "Operating expenses"), "AircraftRental"),
        (row("Landing fees and other rentals", "Operating expenses"), "LandingFeesAndOtherRentals"),
        (row("Maintenance, materials and repairs", "", "Aircraft fuel"), "AircraftMaintenanceMaterialsAndRepairs"),
        (row("Maintenance, materials and repairs", "", "Diesel fuel"), ""),
        (row("Purchased transportation", ""), "PurchasedTransportationCosts"),
        (row("Insurance and claims", ""), "GeneralInsuranceExpense"),
        (row("Insurance and claims", "", "Premiums earned"), ""),
        (row("Loans held for sale", "Net gain on sales of:"), "GainLossOnSalesOfLoansNet"),
        (row("Loans held for sale", "Interest income:"), ""),
        (row("Mortgage-related securities", "Interest income:"), "InterestIncomeSecuritiesMortgageBacked"),
        (row("Investment securities", "Net gain on sales of:"), "GainLossOnSaleOfSecuritiesNet"),
        (row("Rent", "Expenses"), "LeaseAndRentalExpense"),
        (row("Rent", "Revenues"), ""),
        (row("Rental", "Expenses"), ""),
        (row("Salaries", "Noninterest expense"), "SalariesAndWages"),
        (row("Partnership management fee to General Partner", "Expenses"), "ManagementFeeExpense"),
        (row("Management fees", "Revenues"), ""),
        (row("Other operation", "Operating expenses", "Purchased power"), "UtilitiesOperatingExpenseOperations"),
        (row("Other operation", "Operating expenses", "Fuel"), ""),
        (row("Allowance for other funds used during construction", "Other income"), AFUDC),
        (row("Interest expense, net of interest income of $204, $180 and $150", ""), "InterestIncomeExpenseNet"),
        (row("General partners", "Allocation of net income"), "NetIncomeLossAllocatedToGeneralPartners"),
        (row("Net income allocated to limited partners", ""), "NetIncomeLossAllocatedToLimitedPartners"),
        (row("Total railway operating expenses", ""), "OperatingExpenses"),
        (row("Gain on sale of real estate", "", "Rental income"), "GainLossOnSaleOfProperties"),
        (row("Gain on sale of properties", "", "Oil sales"), ""),
        (row("Postretirement benefits", LOST), CHANGE),
        (row("Postretirement benefits", LOST, "Income taxes"), None),
        (row("Preferred dividends", LOST), ""),
        (row("Operation", "Operating expenses", "Cost of gas sold"), "UtilitiesOperatingExpenseOperations"),
        (row("Income before interest charges", "", "Purchased power"), "IncomeLossBeforeInterestCharges"),
        (row("Other", "Interest charges", "Long-term debt"), "InterestExpenseOther"),
        (row("Other", "Operating expenses"), ""),
        (row("FHLB advances", "Interest expense:"), "InterestExpenseFederalHomeLoanBankAdvances"),
        (row("Provision for losses on accounts receivable", "Deductions"), "ProvisionForDoubtfulAccounts"),
        (row("Amortization of goodwill and other intangibles", ""), "AmortizationOfGoodwillAndIntangibleAssets"),
    ],
    ids=lambda value: f"{value[0].label}, {value[0].sections}" if isinstance(value, list) else str(value)[:30],
)
def test_a_caption_of_an_income_statement_means_one_thing_in_its_place(
    rows: list[LineItem], concept: str | None
) -> None:
    assert concepts_of(StatementKind.INCOME, *rows).get(f"{rows[0].label} 7", "") == concept


def test_a_caption_without_a_heading_stands_above_or_below_the_total_of_revenues() -> None:
    rows = (item("Rent", "7"), item("Other", "1"), item("Total revenues", "8"), item("Rent", "3"), item("Other", "2"))
    found = concepts_of(StatementKind.INCOME, *rows)
    assert "Rent 7" not in found
    assert found["Rent 3"] == "LeaseAndRentalExpense"


def test_a_concept_that_two_rows_would_have_is_given_to_neither() -> None:
    rows = row("Professional services", "Cost of revenues", "Support services")
    assert concepts_of(StatementKind.INCOME, *rows) == {}


@pytest.mark.parametrize(
    ("caption", "heading", "concept"),
    [
        ("Principal payments on mortgage notes payable", "Financing activities", "RepaymentsOfSecuredDebt"),
        ("Property improvements and replacements", "Investing activities", "PaymentsForCapitalImprovements"),
        ("Impairment of other long-lived assets", "Operating activities", "ImpairmentOfLongLivedAssetsHeldForUse"),
        ("Gain on sales of properties", "Adjustments to reconcile net income:", "GainLossOnSaleOfProperties"),
        ("Additions", "Long-term debt:", "ProceedsFromIssuanceOfLongTermDebt"),
        ("Repayments", "Long-term debt:", "RepaymentsOfLongTermDebt"),
        ("Repayments", "Short-term debt:", ""),
        (
            "Net proceeds from the issuance of Series B preferred stock",
            "Financing activities",
            "ProceedsFromIssuanceOfPreferredStockAndPreferenceStock",
        ),
        ("Dividends to minority shareholders", "Financing activities", "PaymentsOfDividendsMinorityInterest"),
        ("Distributions to minority partners in hotels", "Financing", ""),
        ("Proceeds from issuance of convertible preferred stock", "Financing activities", ""),
        ("Distributions to limited and general partners", "Financing activities", "PaymentsOfCapitalDistribution"),
        ("Distributions from partnerships", "Financing activities", ""),
        ("Net increase in certificates of deposit", "Financing activities", "IncreaseDecreaseInTimeDeposits"),
        ("Net borrowings under line of credit", "Financing activities", "ProceedsFromRepaymentsOfLinesOfCredit"),
        ("Accrued property taxes", "Changes in", "IncreaseDecreaseInPropertyAndOtherTaxesPayable"),
        ("Property improvements", "Noncash transactions", ""),
    ],
)
def test_a_caption_of_a_cash_flow_statement_means_one_thing_in_its_place(
    caption: str, heading: str, concept: str
) -> None:
    found = concepts_of(StatementKind.CASH_FLOW, item(caption, "7", sections=(heading,)))
    assert found.get(f"{caption} 7", "") == concept


@pytest.mark.parametrize(
    ("beside", "concept"), [("Repayments of notes", "PaymentsOfCapitalDistribution"), ("Dividends paid", "")]
)
def test_partners_of_a_corporation_are_minority_owners(beside: str, concept: str) -> None:
    rows = row("Distributions to limited partners", "Financing activities", beside)
    assert concepts_of(StatementKind.CASH_FLOW, *rows).get("Distributions to limited partners 7", "") == concept
