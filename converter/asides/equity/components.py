"""The components of equity: what the words over a column, or a row of the balance sheet, say of it."""

import re
from enum import Enum

from converter.asides.equity.sheet import SheetRow
from converter.statements import Component
from converter.taxonomy import class_of_stock_member


class Role(Enum):
    """What the figures of a column are."""

    MONEY = "money"
    SHARES = "shares"
    TOTAL = "total"
    COMPREHENSIVE_INCOME = "comprehensive income"


_MEMBERS = tuple(
    (member, re.compile(pattern, re.I))
    for member, pattern in (
        ("NoncontrollingInterestMember", r"(?:non-?\s?controlling|minority)\s+interests?"),
        ("ReceivablesFromStockholderMember", r"(?:receivables?|notes?|loans?|due)\b.*\b(?:stock|share|officer|"
         r"employee|purchase|sale)|subscriptions?\s+receivable|receivables?"),
        ("UnearnedESOPSharesMember", r"\besop\b|employee\s+stock\s+ownership|unallocated\s+shares|savings\s+plan"),
        ("DeferredCompensationMember", r"(?:deferred|unearned|unamorti[sz]ed)\b.*\b(?:compen|stock|award|restrict|"
         r"benefit)|unearned|unamorti[sz]ed|restricted\s+stock|deferred\s+compen"),
        ("TreasuryStockMember", r"treasury|repurchased\s+(?:common\s+)?(?:stock|shares)|"
         r"(?:stock|shares)\s+(?:held\s+)?in\s+treasury|reacquired"),
        ("AccumulatedTranslationAdjustmentMember", r"translation"),
        ("AccumulatedDefinedBenefitPlansAdjustmentMember", r"pension"),
        ("AccumulatedNetGainLossFromDesignatedOrQualifyingCashFlowHedgesMember", r"hedg|derivative"),
        ("AccumulatedNetUnrealizedInvestmentGainLossMember", r"unreali[sz]ed|(?:net\s+)?appreciation|securities"),
        ("AccumulatedOtherComprehensiveIncomeMember", r"(?:accumulated|other)\b.*\b(?:compre-?|income)|"
         r"accumulated\s+(?:non-?owner|comprehensive)|nonowner|non-owner|comprehensive\s+(?:income|loss|\(loss)"),
        ("RetainedEarningsAppropriatedMember", r"(?<!un)(?<!un-)appropriated"),
        ("RetainedEarningsMember", r"retained|accumulated\W+\(?(?:deficit|earnings)|\bdeficit\b|undistributed|"
         r"reinvested|(?:earnings|income)\s+(?:re-?invested|retained|employed)|\bearnings\b"),
        ("AdditionalPaidInCapitalMember", r"(?:paid|contributed)|(?:excess|above)\s+(?:of\s+)?(?:par|stated)|surplus|"
         r"capital\s+in|other\s+capital|additional|over\s+par|premium"),
        ("GeneralPartnerMember", r"general\s+partner"),
        ("LimitedPartnerMember", r"limited\s+partner"),
        ("WarrantMember", r"\bwarrants?\b"),
        ("PreferredStockMember", r"preferred|preference"),
        ("CommonStockMember", r"common|capital\s+(?:stock|shares)|ordinary|class\s+[ab]\b|\bshares?\b|\bstock\b"),
    )
)  # fmt: skip
_COMMON_AND_PAID_IN = re.compile(
    r"(?:common|capital)\s+(?:stock|shares)\b.*\band\b.*(?:paid|excess|surplus|capital\s+in)", re.I
)
_TOTAL = re.compile(r"\btotals?\b|(?:share|stock)(?:holders|owners)\W{0,3}\s*(?:equity|investment|deficit)", re.I)
_COMPREHENSIVE = re.compile(r"(?:total\s+)?comprehensive\s+\(?(?:income|loss|earnings)", re.I)
_ACCUMULATED = re.compile(r"accum|other|cumulative|non-?owner", re.I)
_COUNT = re.compile(r"\bnumber\b|\bunits\b|#|(?<!common )(?<!preferred )(?<!treasury )(?<!capital )\bshares\b", re.I)
_AMOUNT = re.compile(r"\bamounts?\b|\bvalue\b|\bcost\b|\bdollars?\b|\$", re.I)
_CLASS = re.compile(r"\b(class|series)\s+([a-h])\b", re.I)
_SEVERAL_CLASSES = re.compile(r"\b(?:class|series)\s+[a-h]\b.*\b(?:and|&)\b.*\b[a-h]\b", re.I)
_GROUP = re.compile(
    r"(?:(?:class|series)\s+[a-h]\s+|convertible\s+|redeemable\s+|cumulative\s+|issued\s+)*(?:common|preferred|preference|"
    r"capital|treasury|ordinary)\s+(?:stock|shares)(?:\s*,?\s+(?:in\s+treasury|issued|at\s+cost|repurchased|held|class\s+[a-h]|"
    r"\(\w{1,2}\)|and\s+(?:additional\s+)?(?:paid[\s-]*in\s+capital|capital(?:\s+in)?(?:\s+excess)?(?:\s+of)?(?:\s+par)?"
    r"(?:\s+value)?)))*|issued|treasury|repurchased|shares\s+(?:issued|in\s+treasury)",
    re.I,
)
_HYPHEN = re.compile(r"(?<=[a-z])-\s+(?=[a-z])")
_MARK = re.compile(r"\(\w{1,2}\)|[*†‡]")


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
    if _COMMON_AND_PAID_IN.search(text):
        return Component("CommonStockIncludingAdditionalPaidInCapitalMember")
    member = next((member for member, pattern in _MEMBERS if pattern.search(text)), None)
    if member is None:
        return None
    is_stock = member in ("CommonStockMember", "PreferredStockMember")
    match = _CLASS.search(text) if is_stock and not _SEVERAL_CLASSES.search(text) else None
    if match is None:
        return Component(member)
    name = f"{match[1].capitalize()} {match[2].upper()}"
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
}


def member_of_row(row: SheetRow) -> str | None:
    """Return the member whose balances a row of the balance sheet has, None if it is none of those known."""
    return _MEMBERS_OF_ROWS.get(row.concept or "")
