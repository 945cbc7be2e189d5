"""Captions of balance sheets that mean one thing in the place where they stand."""

import pytest
from helpers.builders import instant, item, statement

from converter.mapping.structure import read_structure
from converter.statements.model import LineItem, StatementKind

Rows = tuple[LineItem, ...]
BROKER = (item("Brokers, dealers and clearing organizations", "3", sections=("Receivables",)),)
LENDER = (item("Loans", "3"),)
OWNERS = ("Liabilities and stockholders' equity", "Stockholders' equity")


def concept_of(rows: Rows) -> str | None:
    """Return the concept of the verdict on the row with the figure 7; "" without a verdict."""
    found = read_structure(statement(StatementKind.BALANCE_SHEET, [instant("1998-12-31")], *rows)).verdicts
    row = next(i for i, one in enumerate(rows) if one.figures[0] is not None and one.figures[0].value == 7)
    return found[row].concept if row in found else ""


def asset(caption: str, *sections: str, current: bool | None = None, beside: Rows = ()) -> Rows:
    """A balance sheet with an asset; `current` is None if it does not tell what is current."""
    row = item(caption, "7", sections=sections)
    total = tuple(item(label, "5", sections=("Current assets",)) for label in ("Cash", "Total current assets"))
    if current:
        row = item(caption, "7", sections=("Current assets", *sections))
    rows = {None: (row,), True: (row, *total), False: (*total, row)}[current]
    return (*rows, *beside, item("Total assets", "90"), item("Total liabilities and equity", "90"))


def claim(caption: str, *sections: str, current: bool | None = None, beside: Rows = ()) -> Rows:
    """A balance sheet with a claim."""
    row = item(caption, "7", sections=sections)
    total = tuple(
        item(label, "5", sections=("Current liabilities",)) for label in ("Trade payables", "Total current liabilities")
    )
    if current:
        row = item(caption, "7", sections=("Current liabilities", *sections))
    rows = {None: (row,), True: (row, *total), False: (*total, row)}[current]
    return (
        item("Total assets", "90"),
        *rows,
        *beside,
        item("Total stockholders' equity", "40", sections=OWNERS),
        item("Total liabilities and stockholders' equity", "90"),
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (asset("Deferred income taxes", current=True), "DeferredTaxAssetsNetCurrent"),
        (asset("Deferred income taxes, net, non-current", current=False), "DeferredTaxAssetsNetNoncurrent"),
        (asset("Deferred federal income taxes"), "DeferredTaxAssetsNet"),
        (claim("Deferred income taxes (Note 3)", current=False), "DeferredTaxLiabilitiesNoncurrent"),
        (claim("Deferred income taxes"), "DeferredIncomeTaxLiabilities"),
        (claim("Deferred income taxes and other liabilities", current=False), ""),
        (claim("Federal income taxes payable"), "AccruedIncomeTaxesPayable"),
        (claim("Income taxes payable"), ""),
        (claim("Income taxes payable", current=True), "AccruedIncomeTaxesCurrent"),
        (claim("Income taxes payable", current=False), ""),
        (claim("Income taxes payable, net, non-current", current=False), "AccruedIncomeTaxesNoncurrent"),
        (asset("Current tax assets", current=True), "IncomeTaxesReceivable"),
        (
            asset("Prepaid expenses, deferred income taxes and other current assets", current=True),
            "PrepaidExpenseAndOtherAssetsCurrent",
        ),
        (asset("Deferred financing costs, net", current=False), "DeferredFinanceCostsNoncurrentNet"),
        (
            asset("Work in process and finished goods", "Inventories", current=True),
            "InventoryFinishedGoodsAndWorkInProcess",
        ),
        (asset("Work in process and finished goods", current=True), ""),
        (asset("Total cash and cash equivalents"), "CashAndCashEquivalentsAtCarryingValue"),
        (asset("Cash and amounts due from depository institutions"), "CashAndDueFromBanks"),
        (asset("Mortgage-related securities available for sale"), "MortgageBackedSecuritiesAvailableForSale"),
        (
            claim("Advances from borrowers for taxes and insurance"),
            "AdvancePaymentsByBorrowersForTaxesAndInsurance",
        ),
        (claim("Accrued insurance", current=True), "AccruedInsuranceCurrent"),
        (claim("Line of credit"), "LineOfCredit"),
        (claim("Line of credit", current=True), ""),
        (claim("Accrued real estate taxes"), "AccrualForTaxesOtherThanIncomeTaxesCurrent"),
        (claim("Loans from shareholders", current=True), "DueToOfficersOrStockholdersCurrent"),
        (claim("Due to general partner and affiliates"), "DueToRelatedPartiesCurrentAndNoncurrent"),
        (claim("Convertible notes payable, net of discount of $20", current=True), "ConvertibleNotesPayableCurrent"),
        (claim("Air traffic liability", current=True), "AirTrafficLiabilityCurrent"),
        (claim("Accounts payable and other liabilities"), "AccountsPayableAndAccruedLiabilitiesCurrentAndNoncurrent"),
        (claim("Accounts payable and other liabilities", current=True), ""),
        (claim("Minority interest in consolidated subsidiaries", current=False), "MinorityInterest"),
        (claim("Minority interest in Operating Partnership", current=False), ""),
    ],
)
def test_side_and_term_tell(rows: Rows, expected: str) -> None:
    assert concept_of(rows) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (asset("Deposits with banks", beside=LENDER), "InterestBearingDepositsInBanks"),
        (asset("Deposits with banks"), ""),
        (asset("Mortgage-backed securities - available for sale"), "MortgageBackedSecuritiesAvailableForSale"),
        (asset("Gross loans receivable"), "LoansAndLeasesReceivableGrossCarryingAmount"),
        (asset("Consumer", "Loans"), "LoansAndLeasesReceivableConsumer"),
        (asset("Consumer", "Receivables"), ""),
        (asset("Real estate construction", "Loans:"), "LoansReceivableRealEstateConstruction"),
        (claim("Advances from the Federal Home Loan Bank"), "AdvancesFromFederalHomeLoanBanks"),
        (asset("Customers", "Receivables", beside=BROKER), "ReceivablesFromCustomers"),
        (asset("Customers", "Receivables"), ""),
        (asset("Others", "Receivables", beside=BROKER), "OtherReceivables"),
        (asset("Securities owned, at market value", beside=BROKER), "FinancialInstrumentsOwnedAtFairValue"),
        (claim("Customers", "Payables", beside=BROKER), "PayablesToCustomers"),
        (
            claim("Securities sold, but not yet purchased, at market value"),
            "FinancialInstrumentsSoldNotYetPurchasedAtFairValue",
        ),
        (asset("Electric", "Utility plant"), "PublicUtilitiesPropertyPlantAndEquipmentElectric"),
        (asset("Gas", "Inventories"), ""),
        (
            claim("Company-obligated mandatorily redeemable preferred securities of subsidiary trust"),
            "CompanyObligatedMandatorilyRedeemablePreferredSecuritiesOfSubsidiaryTrust",
        ),
        (claim("Cumulative preferred stock, not subject to mandatory redemption"), "PreferredStockValue"),
        (claim("Preferred stock subject to mandatory redemption"), "TemporaryEquityCarryingAmount"),
    ],
)
def test_the_industry_tells(rows: Rows, expected: str) -> None:
    assert concept_of(rows) == expected


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("Unearned compensation related to outstanding restricted stock", "DeferredCompensationEquity"),
        ("Deferred stock-based compensation", "DeferredCompensationEquity"),
        ("Unearned restricted stock awards", "DeferredCompensationEquity"),
        ("Debt related to ESOP", "GuaranteedESOPObligationEquity"),
        ("Common stock and paid in capital", "CommonStockIncludingAdditionalPaidInCapital"),
        ("Common stock, including additional paid-in capital", "CommonStockIncludingAdditionalPaidInCapital"),
        ("Preferred stockholders' equity", "PreferredStockValue"),
        ("Class A and Class B common stock, $0.001 par value", "CommonStockValue"),
        ("Class A common stock, $0.001 par value", ""),
        ("Share premium", "AdditionalPaidInCapital"),
    ],
)
def test_equity_tells(caption: str, expected: str) -> None:
    assert concept_of(claim(caption, *OWNERS)) == expected


def test_what_two_rows_would_have_is_given_to_neither() -> None:
    beside = (item("Deferred taxes", "8", sections=("Current assets",)),)
    assert concept_of((*beside, *asset("Deferred income taxes", current=True))) == ""


def test_the_total_below_a_heading_may_have_no_caption() -> None:
    rows = (
        item("Deferred tax assets", "7", sections=("Non-current assets",)),
        item("", "7.5", sections=("Non-current assets",)),
        item("Current tax assets", "8", sections=("Current assets",)),
        item("", "8", sections=("Current assets",)),
        item("Total assets", "15"),
        item("Total equity and liabilities", "15"),
    )
    assert concept_of(rows) == "DeferredTaxAssetsNetNoncurrent"
