"""What the names of concepts claim and nothing in the statement says."""

import pytest
from helpers.builders import duration, item, statement

from converter.mapping.claims import unsupported_rows
from converter.mapping.mapper import map_statement
from converter.statements.model import StatementKind
from converter.sums import find_sums

IS, CF = StatementKind.INCOME, StatementKind.CASH_FLOW
SOFTWARE = "ResearchAndDevelopmentExpenseSoftwareExcludingAcquiredInProcessCost"
UNITS = "ProceedsFromIssuanceOfCommonLimitedPartnersUnits"
OPTIONS = "TaxBenefitFromStockOptionsExercised"
EXTINGUISHMENT = "GainsLossesOnExtinguishmentOfDebt"
EQUITY_METHOD = "IncomeLossFromEquityMethodInvestments"
CUMULATIVE = "CumulativeEffectOfChangeInAccountingPrincipleNetOfTax"
TAX_BENEFIT = "ExcessTaxBenefitFromShareBasedCompensationFinancingActivities"
GAS = "EnergyRelatedInventoryGasStoredUnderground"


@pytest.mark.parametrize(
    ("caption", "concept", "supported"),
    [
        ("Research and development", SOFTWARE, False),
        ("Software development", SOFTWARE, True),
        ("Net proceeds from a public offering", UNITS, False),
        ("Net proceeds from the sale of common units", UNITS, True),
        ("Tax benefit from discontinued operations", OPTIONS, False),
        ("Tax benefit from employee stock plans", OPTIONS, True),
        ("Debt", EXTINGUISHMENT, False),
        ("Loss on early retirement of debt", EXTINGUISHMENT, True),
        ("Losses on equity securities, net", EQUITY_METHOD, False),
        ("Equity in losses of affiliates", EQUITY_METHOD, True),
        ("Bottling equity income", EQUITY_METHOD, True),
        ("At replacement cost", GAS, False),
        ("Gas in storage", GAS, True),
        ("Sale of preferred stock", "PaymentsForRepurchaseOfPreferredStockAndPreferenceStock", False),
        ("Redemption of preferred stock", "PaymentsForRepurchaseOfPreferredStockAndPreferenceStock", True),
        ("Non-fuel operations", "FuelCosts", False),
        ("Fuel", "FuelCosts", True),
        ("Policyholders' account balances", "OtherPolicyholderFunds", False),
        ("Other policyholders' funds", "OtherPolicyholderFunds", True),
        ("Long-term liabilities", "OtherLiabilitiesNoncurrent", True),
        ("Equipment on operating leases, net", "PropertySubjectToOrAvailableForOperatingLeaseGross", False),
        ("Property, gross of net losses", "PropertyPlantAndEquipmentGross", True),
        ("Income before cumulative effect of accounting changes", CUMULATIVE, False),
        ("Cumulative effect of accounting changes", CUMULATIVE, True),
        ("Patronage payable", "DerivativeLiabilitiesCurrent", False),
        ("Interest rate swaps and hedges", "DerivativeLiabilitiesCurrent", True),
        (
            "Cash and cash equivalents, including restricted cash of",
            "CashCashEquivalentsAndShortTermInvestments",
            False,
        ),
        ("Cash and short-term investments", "CashCashEquivalentsAndShortTermInvestments", True),
        ("Receivables from third-party payors", "DueFromRelatedPartiesCurrent", False),
        ("Receivable from parent", "DueFromRelatedPartiesCurrent", True),
        ("Undistributed oil and gas revenues", "DeferredRevenueAndCreditsCurrent", False),
        ("Land and structures", "Land", False),
        ("Land and improvements", "Land", True),
        ("Deposits held from dealers", "Deposits", False),
        ("Estimated third-party payor settlements", "LitigationReserveCurrent", False),
        ("Non-trade receivables", "ReceivablesNetCurrent", False),
        ("Private equity investments", "EquityMethodInvestments", False),
        ("Investments in bottlers", "EquityMethodInvestments", True),
        ("Deferred rental income", "DeferredIncomeTaxLiabilities", False),
        ("Acme Enterprises Inc.", "IncomeTaxReceivable", False),
        ("Accrued interest and accounts receivable", "AccruedFeesAndOtherRevenueReceivable", False),
        ("Purchased credit card relationships", "LoansAndLeasesReceivableConsumerRevolvingCreditCard", False),
        ("Income taxes payable", "LiabilityForUncertainTaxPositionsNoncurrent", False),
        ("Long-term income taxes", "LiabilityForUncertainTaxPositionsNoncurrent", True),
        ("Nonamortizable intangible assets", "IntangibleAssetsNetExcludingGoodwill", False),
        ("Less accumulated amortization", "IntangibleAssetsNetExcludingGoodwill", False),
        ("Issuances of debt", "ProceedsFromOtherDebt", False),
        ("Issuances of other debt", "ProceedsFromOtherDebt", True),
        ("Increases in common stock, net of related tax benefits", TAX_BENEFIT, False),
        ("Tax benefits from stock plans, net of payments", TAX_BENEFIT, True),
        ("Amortizable intangible assets, net", "IntangibleAssetsNetExcludingGoodwill", False),
        ("Amortizable and other intangible assets", "IntangibleAssetsNetExcludingGoodwill", True),
        ("Cash paid and stock issued", "StockIssued1", False),
        ("Commissions on securities", "InterestAndDividendIncomeSecurities", False),
        ("Equipment acquired with debt", "FairValueOfAssetsAcquired", False),
        ("Members' capital", "AdditionalPaidInCapital", False),
        ("Provision for plant closings", "ProvisionForLoanAndLeaseLosses", False),
        ("Provision for losses", "ProvisionForLoanAndLeaseLosses", True),
        ("Gas", "InventoryFinishedGoods", False),
        ("Finished products", "InventoryFinishedGoods", True),
        ("General Partner advances", "GeneralPartnersCapitalAccount", False),
        ("General Partner", "GeneralPartnersCapitalAccount", True),
        ("Deficit", "StockholdersEquity", False),
        ("Stockholders' deficit", "StockholdersEquity", True),
        ("Accrued payrolls and other liabilities", "EmployeeRelatedLiabilitiesCurrent", False),
        ("Accrued payrolls and other benefits", "EmployeeRelatedLiabilitiesCurrent", True),
        ("Collection of advances", "ProceedsFromCollectionOfAdvanceToAffiliate", False),
        ("Unearned compensation", "UnearnedESOPShares", False),
        ("Sales and other operating revenues", "OilAndGasRevenue", False),
        ("Cash used to acquire Mills, Inc.", "CashAcquiredFromAcquisition", False),
        ("Unrealized loss on securities", "GainLossOnInvestments", False),
        ("Realized and unrealized gains", "GainLossOnInvestments", True),
        ("Non-marketable equity securities", "AvailableForSaleSecuritiesNoncurrent", False),
        ("Cash payments for restructuring", "RestructuringCharges", False),
        ("Restructuring charges, net of payments", "RestructuringCharges", True),
        ("Sales", "CoalProductsAndServicesRevenue", False),
        ("More than three months - proceeds", "ProceedsFromRepaymentsOfShortTermDebt", False),
        ("Coal sales", "CoalProductsAndServicesRevenue", True),
        ("Purchases of property, net of dispositions", "PaymentsToAcquirePropertyPlantAndEquipment", False),
        ("Purchases of property, net of payables", "PaymentsToAcquirePropertyPlantAndEquipment", True),
        ("Net sales", "SalesRevenueNet", True),
        ("Net sales", None, True),
    ],
)
def test_special_concepts_need_a_word(caption: str, concept: str | None, supported: bool) -> None:
    one = statement(CF, [duration("1997-01-01", "1997-12-31")], item(caption, "1"))
    assert list(unsupported_rows(one, [concept])) == ([] if supported else [0])


def test_a_heading_has_the_word() -> None:
    row = item("Exercised", "1", sections=("Stock options",))
    one = statement(CF, [duration("1997-01-01", "1997-12-31")], row)
    assert not list(unsupported_rows(one, ["ProceedsFromStockOptionsExercised"]))


@pytest.mark.parametrize(("caption", "wrong"), [("Patient revenue", [1]), ("Premiums earned", [])])
def test_what_only_an_insurer_has_needs_one(caption: str, wrong: list[int]) -> None:
    rows = [item(caption, "9"), item("Total expenses", "8")]
    one = statement(IS, [duration("1997-01-01", "1997-12-31")], *rows)
    assert list(unsupported_rows(one, ["Revenues", "BenefitsLossesAndExpenses"])) == wrong


BS = StatementKind.BALANCE_SHEET
DEPRECIATION, AT_COST = (f"RealEstateInvestmentProperty{what}" for what in ("AccumulatedDepreciation", "AtCost"))
OPERATING = "NetCashProvidedByUsedInOperatingActivitiesContinuingOperations"


@pytest.mark.parametrize(
    ("kind", "heading", "beside", "concept", "supported"),
    [
        (CF, "", "Net cash of discontinued operations", OPERATING, True),
        (CF, "", "Net income", OPERATING, False),
        (CF, "", "Equipment purchases", "PaymentsToAcquireOtherPropertyPlantAndEquipment", False),
        (CF, "", "Other equipment", "PaymentsToAcquireOtherPropertyPlantAndEquipment", True),
        (BS, "Utility plant", "Inventories", DEPRECIATION, False),
        (BS, "Rental property", "Inventories", DEPRECIATION, True),
        (BS, "Investment properties, at cost", "Inventories", AT_COST, True),
        (BS, "Land, property and equipment", "Inventories", AT_COST, False),
        (BS, "", "Oil and gas properties", "OilAndGasPropertySuccessfulEffortMethodNet", True),
        (BS, "", "Buildings", "OilAndGasPropertySuccessfulEffortMethodNet", False),
    ],
)
def test_a_word_anywhere_in_the_statement(
    kind: StatementKind, heading: str, beside: str, concept: str, supported: bool
) -> None:
    rows = [item("The row", "1", sections=(heading,) if heading else ()), item(beside, "2")]
    one = statement(kind, [duration("1997-01-01", "1997-12-31")], *rows)
    assert list(unsupported_rows(one, [concept, None])) == ([] if supported else [0])


def test_a_total_without_a_caption_has_no_concept_that_nothing_speaks_for() -> None:
    """The cash of continuing operations, where the statement knows no others."""
    rows = [item("Net income", "9"), item("Depreciation", "4"), item("Deferred income taxes", "2"), item("", "15")]
    one = statement(CF, [duration("1997-01-01", "1997-12-31")], *rows)
    concepts = [mapping.concept for mapping in map_statement(one, find_sums(one.items, CF))]
    assert concepts[3] != OPERATING
