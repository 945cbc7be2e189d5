"""What a row of a statement of equity is, by its caption: the concepts of its amounts and of its shares."""

import re
from functools import lru_cache
from typing import NamedTuple

from converter.asides.equity.words import WordRule, word_rule
from converter.vocabulary import expression, wording


class RowConcepts(NamedTuple):
    """The concepts of a row in columns of amounts and in columns of shares; None where no one fits."""

    money: str | None = None
    shares: str | None = None


def _rule(concepts: tuple[str | None, ...], *required: str, but: str = "") -> tuple[WordRule, RowConcepts]:
    return word_rule(*required, but=but), RowConcepts(*concepts)


def _issued(kind: str) -> tuple[str, str]:
    """The concepts of stock issued: of its value and of the number of shares."""
    shares = f"StockIssuedDuringPeriodShares{kind}{'s' if kind == 'EmployeeStockPurchasePlan' else ''}"
    return f"StockIssuedDuringPeriodValue{kind}", shares


_OCI = "OtherComprehensiveIncome"
_APIC = "AdjustmentsToAdditionalPaidInCapital"
_NOT_OCI = r"amortization|deferred comp|unearned|reclass|equity hedge"
_NOT_TOTAL = r"before|reclass|translation|pension|unreali|derivativ|hedg|securities|tax (?:benefit|expense|effect)"
_NOT_NET = (
    r"available|applicable|continuing|discontinued|before|controlling|minority|pooled|investment|acquired|comprehensive"
)
_BUY = r"purchase|reacqui|\bacqui|buy-?back|redeem|redemption"
_SELL = r"\bissu|re-?issu|\bsales?\b|\bsold\b|exercise|\bfor\b|\bused\b"
_UNEARNED = r"unearned|deferred|^tax|amorti|reclass"
_RULES = (
    _rule(
        (f"{_OCI}LossNetOfTaxPeriodIncreaseDecrease",),
        r"^(?:total )?other (?:accumulated )?comprehensive \(?(?:income|loss|earnings)",
        but=_NOT_TOTAL,
    ),
    _rule(
        (f"{_OCI}LossBeforeTaxPeriodIncreaseDecrease",),
        "^(?:total )?other (?:accumulated )?comprehensive",
        "before",
        but="reclass",
    ),
    _rule(
        (f"{_OCI}ReclassificationAdjustmentOnDerivativesIncludedInNetIncomeNetOfTax",),
        "reclass",
        r"derivative|\bhedg",
        but="tax payable",
    ),
    _rule(
        (f"{_OCI}ReclassificationAdjustmentForSaleOfSecuritiesIncludedInNetIncomeNetOfTax",),
        "reclass",
        "securit|invest|available",
        "gain|loss",
        but="derivative|hedg|compensation",
    ),
    _rule(
        ("ComprehensiveIncomeNetOfTax",),
        r"^(?:total )?(?:net )?comprehensive \(?(?:income|loss|earnings)",
        but=r"before|attributable|adjustment",
    ),
    _rule(
        (f"{_OCI}ForeignCurrencyTransactionAndTranslationAdjustmentNetOfTaxPeriodIncreaseDecrease",),
        "translation",
        but=_NOT_OCI,
    ),
    _rule(
        (f"{_OCI}MinimumPensionLiabilityNetAdjustmentNetOfTax",),
        r"minimum (?:pension|liability|benefit)|pension liability",
        but=_NOT_OCI,
    ),
    _rule(
        (f"{_OCI}DefinedBenefitPlansAdjustmentNetOfTaxPeriodIncreaseDecrease",),
        r"\bpension|post-?retirement|defined benefit",
        but=_NOT_OCI,
    ),
    _rule(
        (f"{_OCI}DerivativesQualifyingAsHedgesNetOfTaxPeriodIncreaseDecrease",),
        r"derivative|\bhedg|interest rate swap",
        but=_NOT_OCI,
    ),
    _rule(
        (f"{_OCI}AvailableForSaleSecuritiesAdjustmentNetOfTaxPeriodIncreaseDecrease",),
        r"unreali[sz]ed|available[ -]*for[ -]*sale|net (?:appreciation|depreciation)",
        but=_NOT_OCI,
    ),
    _rule(
        ("NetIncomeLoss",),
        r"^(?:\d{4} )?(?:consolidated )?net \(?(?:income|loss|earnings)|^(?:profit|income|earnings|loss) for the ",
        but=_NOT_NET,
    ),
    _rule(("IncomeLossFromContinuingOperations",), r"^(?:net )?(?:income|earnings|\(?loss\)?) from continuing"),
    _rule(
        ("MinorityInterestDecreaseFromDistributionsToNoncontrollingInterestHolders",),
        "distribution",
        "minority|controlling",
    ),
    _rule(("TemporaryEquityAccretionToRedemptionValueAdjustment",), "accretion|accret"),
    _rule(_issued("DividendReinvestmentPlan"), "dividend", "reinvest"),
    _rule(
        _issued("StockDividend"),
        "(?:stock|share) dividend|dividends?,? (?:paid )?in (?:common )?(?:stock|shares)",
        but="cash",
    ),
    _rule(_issued("StockSplits"), r"\bsplit\b", but="split-off|cash"),
    _rule(("StockholdersEquityNoteSpinoffTransaction",), "spin-? ?off|split-off"),
    _rule(("DividendsPreferredStock",), "dividend", "preferred|preference", but="common"),
    _rule(("DividendsCommonStock",), "dividend", "common", but="preferred|preference"),
    _rule(("DividendsCash",), "dividend", "cash", but="tax|equivalent|common|preferred"),
    _rule(("Dividends",), "dividend", but="tax|equivalent|payable"),
    _rule(("PartnersCapitalAccountDistributions",), "distribution", "partner|^(?:cash )?distributions?$"),
    _rule(("PartnersCapitalAccountContributions",), "contribution", "partner"),
    _rule(("AdjustmentsRelatedToTaxWithholdingForShareBasedCompensation",), "withheld|withholding", "tax"),
    _rule(
        (f"{_APIC}TaxEffectFromShareBasedCompensation",),
        "^(?:income )?tax (?:benefit|effect|reduction|deduction)|^excess tax",
    ),
    _rule(
        (f"{_APIC}StockIssuedIssuanceCosts",),
        "issuance|issue|offering|registration",
        r"\b(?:costs?|expenses?)\b",
        but="net of|less|compensation",
    ),
    _rule(
        ("AmortizationOfUnearnedStockCompensationInEquity",),
        "amorti[sz]ation",
        "unearned|deferred|restricted|compensation|award",
    ),
    _rule(
        (
            "StockIssuedDuringPeriodValueRestrictedStockAwardForfeitures",
            "StockIssuedDuringPeriodSharesRestrictedStockAwardForfeited",
        ),
        "forfeit",
        but="net of|less",
    ),
    _rule(
        ("TreasuryStockRetiredCostMethodAmount", "TreasuryStockSharesRetired"), "treasury", "retire|cancel", but=_BUY
    ),
    _rule(
        ("StockRepurchasedAndRetiredDuringPeriodValue", "StockRepurchasedAndRetiredDuringPeriodShares"),
        rf"{_BUY}|stock|shares",
        "retired|retirement of|cancel",
        but="plan|benefit",
    ),
    _rule(_issued("TreasuryStockReissued"), "treasury", _SELL, but=_BUY),
    _rule(("TreasuryStockValueAcquiredCostMethod", "TreasuryStockSharesAcquired"), "treasury", _BUY, but=_SELL),
    _rule(
        _issued("EmployeeStockPurchasePlan"),
        "employee stock purchase|purchase plan",
        but="option|incentive|award|dividend|benefit|repurchase",
    ),
    _rule(
        ("StockRepurchasedDuringPeriodValue", "StockRepurchasedDuringPeriodShares"),
        "repurchase|buy-?back|^purchases? of (?:company|common|the company|shares|stock|class|capital)|"
        "(?:stock|shares) (?:purchased|reacquired)",
        but="option|plan|note|receivable",
    ),
    _rule(_issued("ConversionOfUnits"), "conver(?:sion|ted)", r"\bunits?\b"),
    _rule(
        _issued("ConversionOfConvertibleSecurities"),
        "conver(?:sion|ted)",
        but=r"option|exercise|accounting|pool|\brsus?\b|primarily|other|feature",
    ),
    _rule(_issued("IssuedForServices"), r"\bservices?\b", "issu|sale|shares", but="cost"),
    _rule(_issued("WarrantsExercised"), "warrant", "exercise", but="option"),
    _rule((f"{_APIC}WarrantIssued",), "warrant", "issu|grant|value", but="exercise"),
    _rule(_issued("EmployeeStockOwnershipPlan"), r"\besop\b|employee stock ownership", "issu|sale|contribut"),
    _rule(
        _issued("Acquisitions"),
        "acquisition|merger|business combination|companies acquired",
        "issu|stock|shares",
        but="cost|deferred|unearned|option|amorti|offering|assumption|restricted",
    ),
    _rule(_issued("RestrictedStockAwardNetOfForfeitures"), "restricted", "net of"),
    _rule(
        _issued("RestrictedStockAwardGross"),
        "restricted",
        "issu|grant|award|^restricted (?:stock|shares)$",
        but="net|amorti|compensation|vest|cancel|deferred",
    ),
    _rule(
        (
            f"{_APIC}SharebasedCompensationRequisiteServicePeriodRecognitionValue",
            "StockIssuedDuringPeriodSharesShareBasedCompensation",
        ),
        "(?:stock|share|equity)[ -]*based|^stock (?:option )?compensation",
        "compensation|award|payment",
        but="issu|deferred|repurchase",
    ),
    _rule(
        _issued("ShareBasedCompensation"),
        "option",
        "purchase|award|incentive|benefit plan|savings",
        but=rf"{_UNEARNED}|acqui|licens",
    ),
    _rule(
        _issued("ShareBasedCompensation"),
        "(?:incentive|award|compensation|equity|employee stock) plan|employee equity",
        but=rf"{_UNEARNED}|acqui|proceeds",
    ),
    _rule(
        _issued("StockOptionsExercised"),
        "option",
        "exercis|issu|plan|^stock options?$",
        but=rf"{_UNEARNED}|warrant|compensation|grant|acqui|licens|assum|vest",
    ),
    _rule(
        _issued("EmployeeBenefitPlan"),
        "savings|401|thrift|benefit|profit sharing|retirement",
        "plan",
        "issu|sale|sold|contribut|stock|shares",
        but=rf"{_UNEARNED}|proceeds",
    ),
    _rule(
        _issued("NewIssues"),
        r"^(?:proceeds from )?(?:net )?(?:sales?|issuances?|issue) (?:and sale )?of (?:\w+ )?"
        "(?:common |capital |preferred )?(?:stock|shares)$|"
        "^(?:common |capital |preferred )?(?:stock|shares) (?:issued|sold)$|"
        "(?:public|private) (?:stock )?(?:offering|placement)",
        but="cost|expense|option|plan|acqui",
    ),
    _rule(
        ("StockholdersEquityOther", "StockIssuedDuringPeriodSharesOther"),
        "^other(?: (?:changes|adjustments|activity|net|transactions|items))?(?:,? net)?$",
    ),
)
"""In their order: the first that fits counts."""
_ACCOUNTING = expression(
    r"\badopt|cumulative effect|\binitial|\btransition|\bchange in (?:accounting|fiscal|year|reporting)|"
    r"effect of (?:an? )?(?:accounting|change)|\bsfas\b|\bfas\b|\bfin\b|\bsab\b|\beitf\b|\brestate|\bpool|prior period",
    re.I,
)
_TAX = expression(r"(?:less:? |applicable |related |deferred )?(?:income )?tax(?:es)?\b", re.I)
_RESULT = expression(r"(?:total |net |other )?comprehensive|net \(?(?:income|loss|earnings)", re.I)


_NET_OF_TAX = ("NetOfTax", "NetOfTaxPeriodIncreaseDecrease")
_BEFORE_TAX = {
    f"{_OCI}ForeignCurrencyTransactionAndTranslationAdjustmentNetOfTaxPeriodIncreaseDecrease": (
        f"{_OCI}ForeignCurrencyTransactionAndTranslationAdjustmentBeforeTaxPeriodIncreaseDecrease"
    ),
    f"{_OCI}UnrealizedHoldingGainLossOnSecuritiesArisingDuringPeriodNetOfTax": (
        f"{_OCI}UnrealizedHoldingGainLossOnSecuritiesArisingDuringPeriodBeforeTax"
    ),
}
_TOTAL_OF_OTHER = f"{_OCI}LossNetOfTaxPeriodIncreaseDecrease"
TAX_OF_OTHER = f"{_OCI}LossTax"
_RECLASSIFIED = expression(r"reclassif|included in net income|realized in net", re.I)
_AS_ARISING = {
    "OtherComprehensiveIncomeAvailableForSaleSecuritiesAdjustmentNetOfTaxPeriodIncreaseDecrease": (
        "OtherComprehensiveIncomeUnrealizedHoldingGainLossOnSecuritiesArisingDuringPeriodNetOfTax"
    ),
    "OtherComprehensiveIncomeDerivativesQualifyingAsHedgesNetOfTaxPeriodIncreaseDecrease": (
        "OtherComprehensiveIncomeUnrealizedGainLossOnDerivativesArisingDuringPeriodNetOfTax"
    ),
}


def concept_before_reclassification(concept: str | None, following: str) -> str | None:
    """Return the concept of a gain or loss of other comprehensive income whose reclassification the next row states."""
    return _AS_ARISING.get(concept or "", concept) if _RECLASSIFIED.search(following) else concept


def before_tax(concept: str | None) -> str | None:
    """Return the concept of an item of other comprehensive income whose tax another row states; None without one."""
    if concept is None or not concept.startswith(_OCI) or not concept.endswith(_NET_OF_TAX):
        return concept
    return concept if concept == _TOTAL_OF_OTHER else _BEFORE_TAX.get(concept)


@lru_cache(maxsize=1024)
def concepts_of(label: str, heading: str = "") -> RowConcepts:
    """Return the concepts that a caption under a heading names; none for effects of changes in accounting."""
    text = " ".join(wording(label).outside.split()).strip(" .,:-–—*")
    of_comprehensive = "comprehensive" in f"{heading} {label}".lower()
    if "dividend" in heading.lower() and "dividend" not in text:
        text = f"dividends {text}"
    if of_comprehensive and _TAX.match(text):
        return RowConcepts(TAX_OF_OTHER)
    if _ACCOUNTING.search(label) and not _RESULT.match(text):
        return RowConcepts()
    return next((concepts for rule, concepts in _RULES if rule.fits(text)), RowConcepts())
