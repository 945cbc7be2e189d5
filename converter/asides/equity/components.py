"""The components of equity: what the words over a column, or a row of the balance sheet, say of it."""

import re
from enum import Enum

from converter.asides.equity.sheet import SheetRow
from converter.asides.equity.words import word_rule
from converter.statements import Component
from converter.taxonomy import class_of_stock_member
from converter.vocabulary import expression


class Role(Enum):
    """What the figures of a column are."""

    MONEY = "money"
    SHARES = "shares"
    TOTAL = "total"
    COMPREHENSIVE_INCOME = "comprehensive income"


_PAID_IN = "paid|contributed|(?:excess|above) (?:of )?(?:par|stated)|surplus|capital in|additional|over par|premium"
_WITH_PAID_IN = "CommonStockIncludingAdditionalPaidInCapitalMember"
_COMMON_AND_PAID_IN = word_rule("common|capital stock", r"\band\b", _PAID_IN)
_STOCKS = ("CommonStockMember", "PreferredStockMember")
_NOT_ISSUED = expression("subscribed|issuable|to be issued", re.I)
_MEMBERS = (
    ("NoncontrollingInterestMember", word_rule("(?:non-? ?controlling|minority) interest")),
    (
        "ReceivablesFromStockholderMember",
        word_rule("receivable|notes?|loans?|due from", "stock|share|officer|employee|purchase|sale|subscription"),
    ),
    ("ReceivablesFromStockholderMember", word_rule("receivable")),
    ("TrustForBenefitOfEmployeesMember", word_rule("trust", but="receivable")),
    ("UnearnedESOPSharesMember", word_rule(r"\besop\b|employee stock ownership|unallocated shares|savings plan")),
    (
        "DeferredCompensationMember",
        word_rule("deferred|unearned|unamorti[sz]ed", "compen|stock|award|restrict|benefit|^unearned$"),
    ),
    ("DeferredCompensationMember", word_rule("unearned|unamorti[sz]ed|restricted stock")),
    ("TreasuryStockMember", word_rule("treasury|repurchased|reacquired")),
    ("AccumulatedTranslationAdjustmentMember", word_rule("translation")),
    ("AccumulatedDefinedBenefitPlansAdjustmentMember", word_rule("pension")),
    ("AccumulatedNetGainLossFromDesignatedOrQualifyingCashFlowHedgesMember", word_rule("hedg|derivative")),
    ("AccumulatedNetUnrealizedInvestmentGainLossMember", word_rule("unreali[sz]ed|appreciation|securities")),
    ("AccumulatedOtherComprehensiveIncomeMember", word_rule("accum|other|non-?owner", "compre-?|income|non-?owner")),
    ("AccumulatedOtherComprehensiveIncomeMember", word_rule("comprehensive")),
    ("RetainedEarningsAppropriatedMember", word_rule("(?<!un)(?<!un-)appropriated")),
    (
        "RetainedEarningsMember",
        word_rule(
            r"retained|accumulated \(?(?:deficit|earnings)|\bdeficit\b|undistributed|reinvested|\bearnings\b|"
            "income (?:re-?invested|retained|employed)"
        ),
    ),
    (_WITH_PAID_IN, _COMMON_AND_PAID_IN),
    ("AdditionalPaidInCapitalMember", word_rule(_PAID_IN)),
    ("GeneralPartnerMember", word_rule("general partner")),
    ("LimitedPartnerMember", word_rule("limited partner")),
    ("WarrantMember", word_rule(r"\bwarrants?\b")),
    ("PreferredStockMember", word_rule("preferred|preference", but="subscribed|issuable|to be issued")),
    (
        "CommonStockMember",
        word_rule(
            r"common|capital (?:stock|shares)|ordinary|class [ab]\b|\bshares?\b|\bstock\b",
            but="subscribed|issuable|to be issued|obligation",
        ),
    ),
)
_TOTAL = expression(r"\btotals?\b|(?:share|stock)(?:holders|owners)\W{0,3} ?(?:equity|investment|deficit)", re.I)
_COMPREHENSIVE = expression(r"comprehensive \(?(?:income|loss|earnings)", re.I)
_ACCUMULATED = expression(r"accum|other|cumulative|non-?owner", re.I)
_COUNT = expression(r"\bnumber\b|\bunits\b|#|\bshares\b", re.I)
_AMOUNT = expression(r"\bamounts?\b|\bvalue\b|\bcost\b|\bdollars?\b|\$", re.I)
_CLASS = expression(r"\b(class|series)\s+([a-h])\b", re.I)
_FURTHER_CLASS = expression(r"\b(?:and|&|,) [a-h]\b|(?:class|series) [a-h] (?:and|&)", re.I)
_GROUP = expression(
    r"(?:(?:(?:class|series) [a-h]|convertible|redeemable|cumulative|issued) ){0,4}"
    r"(?:common|preferred|preference|capital|treasury|ordinary) (?:stock|shares)"
    r"(?:,? (?:in treasury|issued|at cost|repurchased|held|class [a-h]|and (?:additional )?paid[ -]in capital|"
    r"and capital(?: in)?(?: excess)?(?: of)?(?: par)?(?: value)?)){0,4}|"
    r"issued|treasury|repurchased|shares (?:issued|in treasury)",
    re.I,
)
_HYPHEN = expression(r"(?<=[a-z])-\s+(?=[a-z])")
_MARK = expression(r"\(\w{1,2}\)|[*†‡]")


def clean(heading: str) -> str:
    """Return a heading without footnote marks and with its divided words joined."""
    return " ".join(_HYPHEN.sub("", _MARK.sub(" ", heading)).split())


def names_group(text: str) -> bool:
    """Whether a text is the whole name of a kind of stock, so that it is the heading of all columns below it."""
    return _GROUP.fullmatch(clean(text)) is not None


def role_of(heading: str) -> Role:
    """Return what the words over a column say that its figures are."""
    text = clean(heading)
    if _COMPREHENSIVE.search(text) and not _ACCUMULATED.search(text):
        return Role.COMPREHENSIVE_INCOME
    last = max(_COUNT.finditer(text), key=re.Match.end, default=None)
    if last is not None and not _AMOUNT.search(text, last.end()):
        return Role.SHARES
    return Role.TOTAL if _TOTAL.search(text) else Role.MONEY


def component_of(heading: str) -> Component | None:
    """Return the component that a heading names, None if it names none."""
    text = clean(heading)
    member = next((member for member, rule in _MEMBERS if rule.fits(text)), None)
    if member is None:
        return None
    is_stock = member in _STOCKS
    classes = {(kind.capitalize(), letter.upper()) for kind, letter in _CLASS.findall(text)}
    if not is_stock or len(classes) != 1 or _FURTHER_CLASS.search(text):
        return Component(member)
    name = " ".join(classes.pop())
    stock_class = class_of_stock_member(name, preferred=member == "PreferredStockMember") or ""
    return Component(member, stock_class=stock_class)


_MEMBERS_OF_ROWS = {
    "PreferredStockValue": "PreferredStockMember",
    "PreferredStockValueOutstanding": "PreferredStockMember",
    "ConvertiblePreferredStockNonredeemableOrRedeemableIssuerOptionValue": "PreferredStockMember",
    "CommonStockValue": "CommonStockMember",
    "CommonStockValueOutstanding": "CommonStockMember",
    "CommonStockIncludingAdditionalPaidInCapital": "CommonStockIncludingAdditionalPaidInCapitalMember",
    "WarrantsAndRightsOutstanding": "WarrantMember",
    "AdditionalPaidInCapital": "AdditionalPaidInCapitalMember",
    "AdditionalPaidInCapitalCommonStock": "AdditionalPaidInCapitalMember",
    "OtherAdditionalCapital": "OtherAdditionalCapitalMember",
    "RetainedEarningsAppropriated": "RetainedEarningsAppropriatedMember",
    "RetainedEarningsUnappropriated": "RetainedEarningsUnappropriatedMember",
    "RetainedEarningsAccumulatedDeficit": "RetainedEarningsMember",
    "DevelopmentStageEnterpriseDeficitAccumulatedDuringDevelopmentStage": "RetainedEarningsMember",
    "AccumulatedDistributionsInExcessOfNetIncome": "RetainedEarningsMember",
    "AccumulatedOtherComprehensiveIncomeLossForeignCurrencyTranslationAdjustmentNetOfTax": (
        "AccumulatedTranslationAdjustmentMember"
    ),
    "AccumulatedOtherComprehensiveIncomeLossAvailableForSaleSecuritiesAdjustmentNetOfTax": (
        "AccumulatedNetUnrealizedInvestmentGainLossMember"
    ),
    "AccumulatedOtherComprehensiveIncomeLossCumulativeChangesInNetGainLossFromCashFlowHedgesEffectNetOfTax": (
        "AccumulatedNetGainLossFromDesignatedOrQualifyingCashFlowHedgesMember"
    ),
    "AccumulatedOtherComprehensiveIncomeLossDefinedBenefitPensionAndOtherPostretirementPlansNetOfTax": (
        "AccumulatedDefinedBenefitPlansAdjustmentMember"
    ),
    "MinimumPensionLiabilityAdjustmentEquity": "AccumulatedDefinedBenefitPlansAdjustmentMember",
    "AccumulatedOtherComprehensiveIncomeLossNetOfTax": "AccumulatedOtherComprehensiveIncomeMember",
    "TreasuryStockValue": "TreasuryStockMember",
    "TreasuryStockDeferredEmployeeStockOwnershipPlan": "UnearnedESOPSharesMember",
    "UnearnedESOPShares": "UnearnedESOPSharesMember",
    "GuaranteedESOPObligationEquity": "UnearnedESOPSharesMember",
    "DeferredCompensationEquity": "DeferredCompensationMember",
    "CommonStockIssuedEmployeeStockTrust": "TrustForBenefitOfEmployeesMember",
    "CommonStockSharesHeldInEmployeeTrust": "TrustForBenefitOfEmployeesMember",
    "CommonStockHeldInTrust": "TrustForBenefitOfEmployeesMember",
    "StockholdersEquityNoteSubscriptionsReceivable": "ReceivablesFromStockholderMember",
    "ReceivableFromShareholdersOrAffiliatesForIssuanceOfCapitalStock": "ReceivablesFromStockholderMember",
    "ReceivableFromOfficersAndDirectorsForIssuanceOfCapitalStock": "ReceivablesFromStockholderMember",
    "GeneralPartnersCapitalAccount": "GeneralPartnerMember",
    "LimitedPartnersCapitalAccount": "LimitedPartnerMember",
    "MinorityInterest": "NoncontrollingInterestMember",
}


def member_of_row(row: SheetRow) -> str | None:
    """Return the member whose balances a row of the balance sheet has, None if it is none of those known."""
    member = _MEMBERS_OF_ROWS.get(row.concept or "")
    if member in _STOCKS and _NOT_ISSUED.search(row.label):
        return None
    return _WITH_PAID_IN if member == "CommonStockMember" and _COMMON_AND_PAID_IN.fits(row.label) else member
