"""Statements of equity and of comprehensive income: what columns and rows are, and what is left out."""

from datetime import date

import pytest
from helpers.paths import DOCUMENTS

from converter.asides.equity.components import Role, component_of, names_group, role_of
from converter.asides.equity.wording import before_tax, concept_before_reclassification, concepts_of
from converter.pipeline import Reading, read_data
from converter.report import Fact
from converter.statements import Origin
from converter.taxonomy import COMPONENT_AXIS, EQUITY_COMPONENTS_AXIS, load_taxonomy
from converter.vocabulary import Code, Duration, Instant

CLASSICAL = (DOCUMENTS / "equity-by-components.txt").read_text()
ISSUED = "StockIssuedDuringPeriodValue"
OCI = "OtherComprehensiveIncome"


@pytest.mark.parametrize(
    ("heading", "member", "role"),
    [
        ("Common Stock Shares", "CommonStockMember", Role.SHARES),
        ("Number of Shares", "CommonStockMember", Role.SHARES),
        ("Common Stock Amount", "CommonStockMember", Role.MONEY),
        ("Capital in Excess of Par Value", "AdditionalPaidInCapitalMember", Role.MONEY),
        (
            "Common Stock and Additional Paid-in Capital",
            "CommonStockIncludingAdditionalPaidInCapitalMember",
            Role.MONEY,
        ),
        ("Retained Earnings (Accumulated Deficit)", "RetainedEarningsMember", Role.MONEY),
        ("Accumulated Other Compre- hensive Income (Loss)", "AccumulatedOtherComprehensiveIncomeMember", Role.MONEY),
        ("Foreign Currency Translation Adjustment", "AccumulatedTranslationAdjustmentMember", Role.MONEY),
        ("Treasury Stock, at Cost", "TreasuryStockMember", Role.MONEY),
        ("Treasury Shares", "TreasuryStockMember", Role.SHARES),
        ("Unearned Compensation", "DeferredCompensationMember", Role.MONEY),
        ("Note Receivable from ESOP", "ReceivablesFromStockholderMember", Role.MONEY),
        ("Unearned ESOP Shares", "UnearnedESOPSharesMember", Role.SHARES),
        ("Stock Subscriptions Receivable", "ReceivablesFromStockholderMember", Role.MONEY),
        ("Noncontrolling Interest", "NoncontrollingInterestMember", Role.MONEY),
        ("Limited Partners", "LimitedPartnerMember", Role.MONEY),
        ("Common Stock to be Issued", None, Role.MONEY),
        ("Total Shareholders' Equity", None, Role.TOTAL),
        ("Comprehensive Income", "AccumulatedOtherComprehensiveIncomeMember", Role.COMPREHENSIVE_INCOME),
    ],
)
def test_what_a_heading_says(heading: str, member: str | None, role: Role) -> None:
    component = component_of(heading)
    assert (component.member if component else None, role_of(heading)) == (member, role)


@pytest.mark.parametrize(
    ("heading", "stock_class"),
    [
        ("Class A Common Stock", "CommonClassAMember"),
        ("Series B Preferred Stock", "SeriesBPreferredStockMember"),
        ("Class A and B Common Stock", ""),
        ("Class A and Class B Common Stock", ""),
        ("Retained Earnings", ""),
    ],
)
def test_a_class_of_stock(heading: str, stock_class: str) -> None:
    component = component_of(heading)
    assert component is not None
    assert component.stock_class == stock_class


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Common Stock", True), ("Class A Common Stock", True), ("Retained Translation", False), ("Par Value", False)],
)
def test_the_heading_of_several_columns(text: str, expected: bool) -> None:
    assert names_group(text) is expected


@pytest.mark.parametrize(
    ("label", "heading", "concept"),
    [
        ("Net income", "Comprehensive income", "NetIncomeLoss"),
        ("1998 Net loss", "", "NetIncomeLoss"),
        ("Net income available to common stockholders", "", None),
        ("Total comprehensive income (loss)", "", "ComprehensiveIncomeNetOfTax"),
        ("Other comprehensive income, net of tax", "", f"{OCI}LossNetOfTaxPeriodIncreaseDecrease"),
        ("Other comprehensive income, before tax", "", f"{OCI}LossBeforeTaxPeriodIncreaseDecrease"),
        ("Income tax benefit", "Other comprehensive income", f"{OCI}LossTax"),
        (
            "Income tax benefit of options",
            "",
            "AdjustmentsToAdditionalPaidInCapitalTaxEffectFromShareBasedCompensation",
        ),
        ("Minimum pension liability, net of tax of $36", "", f"{OCI}MinimumPensionLiabilityNetAdjustmentNetOfTax"),
        ("Adjustment to initially apply SFAS 158", "", None),
        ("Adoption of FIN 48", "", None),
        ("Cash dividends ($.40 per share)", "", "DividendsCash"),
        ("Preferred", "Dividends declared", "DividendsPreferredStock"),
        ("Cash dividends on common stock", "", "DividendsCommonStock"),
        ("Stock dividend (10%)", "", f"{ISSUED}StockDividend"),
        ("Shares issued under dividend reinvestment plan", "", f"{ISSUED}DividendReinvestmentPlan"),
        ("Two-for-one stock split", "", f"{ISSUED}StockSplits"),
        ("Purchase of treasury stock", "", "TreasuryStockValueAcquiredCostMethod"),
        ("Treasury shares issued under option plans", "", f"{ISSUED}TreasuryStockReissued"),
        ("Repurchase and retirement of common stock", "", "StockRepurchasedAndRetiredDuringPeriodValue"),
        ("Purchase of Company stock", "", "StockRepurchasedDuringPeriodValue"),
        ("Exercise of stock options, including tax benefit", "", f"{ISSUED}StockOptionsExercised"),
        ("Issued under stock option and purchase plans", "", f"{ISSUED}ShareBasedCompensation"),
        ("Employee stock purchase plan", "", f"{ISSUED}EmployeeStockPurchasePlan"),
        ("Conversion of debentures", "", f"{ISSUED}ConversionOfConvertibleSecurities"),
        ("Shares issued for acquisitions", "", f"{ISSUED}Acquisitions"),
        ("Issuance of common stock and assumption of options in connection with acquisitions", "", None),
        ("Amortization of unearned compensation", "", "AmortizationOfUnearnedStockCompensationInEquity"),
        ("Distributions", "", "PartnersCapitalAccountDistributions"),
        ("Other", "", "StockholdersEquityOther"),
        ("Value Enhancement Plan", "", None),
    ],
)
def test_the_concept_of_a_row(label: str, heading: str, concept: str | None) -> None:
    assert concepts_of(label, heading).money == concept


def test_all_concepts_of_rows_are_in_the_taxonomy() -> None:
    from converter.asides.equity.wording import _RULES

    concepts = load_taxonomy().concepts
    for _, (money, shares) in _RULES:
        assert money is None or concepts[money].type == "monetary"
        assert shares is None or concepts[shares].type == "shares"


def test_a_gain_before_its_reclassification() -> None:
    whole = f"{OCI}AvailableForSaleSecuritiesAdjustmentNetOfTaxPeriodIncreaseDecrease"
    arising = f"{OCI}UnrealizedHoldingGainLossOnSecuritiesArisingDuringPeriodNetOfTax"
    assert concept_before_reclassification(whole, "Less: reclassification adjustment") == arising
    assert concept_before_reclassification(whole, "Comprehensive income") == whole
    assert before_tax(arising) == f"{OCI}UnrealizedHoldingGainLossOnSecuritiesArisingDuringPeriodBeforeTax"
    assert before_tax(whole) is None
    assert before_tax("NetIncomeLoss") == "NetIncomeLoss"


def test_what_an_opening_and_a_closing_balance_are() -> None:
    reading = read(CLASSICAL)
    balances = {
        (fact.context.period.day, component(fact)): fact.value
        for fact in equity_facts(reading)
        if isinstance(fact.context.period, Instant) and fact.concept == "StockholdersEquity"
    }
    assert balances[date(1995, 12, 31), "RetainedEarningsMember"] == 17_905_000
    assert balances[date(1998, 12, 31), "TreasuryStockMember"] == -2_940_000
    assert balances[date(1995, 12, 31), ""] == 32_465_000
    assert {day.year for day, name in balances if name} == {1995, 1996, 1997, 1998}


def test_a_year_in_which_a_column_does_not_add_up_is_left_out() -> None:
    reading = read(CLASSICAL.replace("(2,003) ", "(2,103) "))
    years = {
        fact.context.period.end.year
        for fact in equity_facts(reading)
        if component(fact) == "RetainedEarningsMember" and isinstance(fact.context.period, Duration)
    }
    assert years == {1996, 1997}
    named = [f for f in reading.report.findings if f.code is Code.FIGURE_NOT_READ]
    assert any("8,840" in finding.message for finding in named)


def test_a_total_that_the_balance_sheet_does_not_have_is_left_out() -> None:
    reading = read(CLASSICAL.replace("$(2,940)   $47,930", "$(2,940)   $47,830"))
    assert {component(fact) for fact in equity_facts(reading)} >= {"CommonStockMember", "TreasuryStockMember"}
    assert "" not in {component(fact) for fact in equity_facts(reading)}
    assert any(f.code is Code.COLUMN_NOT_READ and "'Total'" in f.message for f in reading.report.findings)


def test_a_table_that_is_not_that_of_the_balance_sheet_is_left_out() -> None:
    reading = read(CLASSICAL.replace("47,930         41,843", "48,930         42,843"))
    assert not equity_facts(reading)
    assert any(f.code is Code.TABLE_NOT_READ and "EQUITY" in f.message for f in reading.report.findings)


def test_treasury_stock_that_is_printed_as_what_is_deducted() -> None:
    text = CLASSICAL
    for bracketed, plain in (("$(1,450)", "$ 1,450 "), ("$(2,940)", "$ 2,940 "), ("(1,760)", " 1,760 ")):
        text = text.replace(bracketed, plain)
    text = text.replace("140    (2,110)", "140     2,110 ")
    for figure in ("310", "350", "830"):
        text = text.replace(f"      ({figure})      ({figure})", f"       {figure}       ({figure})")
    facts = {
        (fact.concept, fact.context.period): fact.value
        for fact in equity_facts(read(text))
        if component(fact) == "TreasuryStockMember"
    }
    assert facts["StockholdersEquity", Instant(date(1998, 12, 31))] == -2_940_000
    year = Duration(date(1998, 1, 1), date(1998, 12, 31))
    assert facts["TreasuryStockValueAcquiredCostMethod", year] == 830_000
    assert facts["TreasuryStockSharesAcquired", year] == 50_000


def test_every_printed_figure_is_accounted_for() -> None:
    for path in sorted(DOCUMENTS.glob("*equity*")):
        if path.suffix in (".txt", ".htm"):
            account = read(path.read_text()).report.summary.account
            assert account.read + account.named == account.printed


def test_a_component_without_a_member_is_called_as_its_column() -> None:
    reading = read((DOCUMENTS / "html-equity-with-noncontrolling-interest.htm").read_text())
    names = {
        dimension.text for fact in equity_facts(reading) for dimension in fact.context.dimensions
        if dimension.axis == COMPONENT_AXIS
    }  # fmt: skip
    assert names == {"Common Stock to be Issued"}


def read(text: str) -> Reading:
    return read_data(text.encode(), "filing.txt")


def equity_facts(reading: Reading) -> list[Fact]:
    titles = {mapped.statement.title for mapped in reading.statements if mapped.statement.origin is Origin.EQUITY}
    return [fact for group in reading.report.groups if group.title in titles for fact in group.facts]


def component(fact: Fact) -> str:
    return next((each.member for each in fact.context.dimensions if each.axis == EQUITY_COMPONENTS_AXIS), "")
