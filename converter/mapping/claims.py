"""What the name of a concept claims and a row must say: without a word for it, no debt is convertible.

A concept that is narrower than its row is as wrong as one that means something else, and the words that the row shares
with it do not show that. So special concepts need evidence: a word of the caption, of a heading, or of the statement.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from converter.statements import LineItem, Statement
from converter.vocabulary import expression, wording


class _Claim(NamedTuple):
    """Concepts whose names match `concept` need a word that matches `evidence`, and none that matches `against`."""

    concept: re.Pattern[str]
    evidence: re.Pattern[str] | None
    against: re.Pattern[str] | None = None
    of_statement: bool = False


def _claim(concept: str, evidence: str = "", against: str = "", of_statement: bool = False) -> _Claim:
    words = expression(evidence) if evidence else None
    return _Claim(expression(concept), words, expression(against) if against else None, of_statement)


_CLAIMS = (
    _claim(r"Partners(?:Units|Capital)|CommonUnit", r"partner|\bunit|member"),
    _claim(
        r"^IncomeLossFromEquityMethod",
        r"equity|affiliat|associat|venture|unconsolidated|investee|partnership|subsidiar|undistributed|earnings",
        r"\b(?:gains?|losses|impairments?)\b.{0,40}\bequity (?:securit|invest)",
    ),
    _claim(r"^EquityMethodInvestments", r"", r"\bprivate equity\b|\bcooperatives?\b"),
    _claim(r"^DeferredTax(?:Assets|Liab)|^DeferredIncomeTaxLiab", r"\btax"),
    _claim(r"^IncomeTax(?:es)?Receivable", r"\btax"),
    _claim(r"^(?:Accounts)?ReceivablesNetCurrent", r"", r"\bnon-?\s?trade\b"),
    _claim(
        r"^Derivative(?:Assets|Liabilities|Instruments)",
        r"deriv|hedg|swap|fair value|instrument|contract|risk|mark.to.market|energy|futures|option|trading|commodit|"
        r"forward|warrant|unrealized|collar|price|put|call",
    ),
    _claim(
        r"^CashCashEquivalentsAndShortTerm",
        r"",
        r"^\W*cash and (?:cash )?equivalents\b\W*(?:$|(?:including )?restricted\b)",
    ),
    _claim(
        r"^Due(?:From|To)(?:RelatedPart|Affiliate)",
        r"relat|affiliat|parent|holder|owner|officer|director|employee|partner|subsidiar|compan|venture|associat|franchisee|"
        r"unconsolidated|member|manag|advis|investee|corporation|\binc\b|llc|l\.p|group|fund|trust|units|bank",
        r"\bthird[ -]part",
    ),
    _claim(r"^DeferredRevenueAndCredits", r"defer|unearn|advance|billing|customer|prepaid|deposit|subscription|income"),
    _claim(r"^Land$", r"", r"^\W*land\b.{0,40}\b(?:buildings?|structures|orchards)\b"),
    _claim(r"^Deposits$", r"", r"\b(?:dealers?|tenants?|security|escrow|rental)\b"),
    _claim(r"^BillingsInExcess", r"billing|excess"),
    _claim(r"^AccruedAdvertising", r"advert|market|promot"),
    _claim(r"^LitigationReserve", r"litig|legal|contingen|claim|judgment|settlement|liabilit", r"\bpayors?\b"),
    _claim(
        r"(?:ReceivablesFrom|PayablesTo)Broker",
        r"broker|dealer|clearing|securit|settle|margin|invest|capital|trades?\b",
    ),
    _claim(r"^AccruedFees", r"\bfees?\b|revenue|commission|\brent"),
    _claim(r"^AccruedInvestmentIncome", r"accru|receivabl|\bdue\b|interest|dividend"),
    _claim(r"^LoansAndLeasesReceivable", r"", r"relationship|intangible"),
    _claim(
        r"^LiabilityForUncertainTax",
        r"uncertain|unrecogni|contingenc|position|reserve|liabilit|long-?\s?term|non-?\s?current|fin 48",
    ),
    _claim(r"Software", r"software|program|computer|technolog"),
    _claim(r"ForeignCurrency|ExchangeRate", r"currenc|exchange|translation|foreign|remeasure|comprehensive"),
    _claim(
        r"StockOption|ShareBased|StockPlan",
        r"option|stock|share|equity|compensat|incentive|award|employee|warrant|plan|exercise",
    ),
    _claim(
        r"Extinguishment",
        r"extinguish|retire|redem|redeem|repurchas|early|prepay|refinanc|repay|purchas|conver|exchange|modif|acquired",
    ),
    _claim(r"Convertible", r"conver|exchangeable"),
    _claim(
        r"EnergyRelated(?!Inventory$)|NaturalGas|^GasG",
        r"gather|transport|process|midstream|pipeline|marketing|gas|oil|fuel|energy|petrol|coal|crude|storage|propane",
    ),
    _claim(r"^Coal", r"\bcoal\b|lignite|\bcoke\b|\bmin(?:es?|ing)\b"),
    _claim(r"^Fuel", r"fuel|gas|oil|energy|power", r"\bnon-?\s?fuel"),
    _claim(r"Foreclosed", r"foreclos|repossess|real estate|\bo?reo?\b|owned"),
    _claim(
        r"Restricted(?:Cash|Inv)", r"restrict|escrow|trust|collateral|segregat|deposit|sinking|held|pledged|limited"
    ),
    _claim(
        r"IncomeTaxes(?:Domestic|Foreign)$", r"domestic|foreign|international|u\.? ?s\.?|united states|overseas|outside"
    ),
    _claim(
        r"(?:Discontinued|DisposalGroup)(?!.*Share$)", r"discontinu|dispos|divest|for[ -]sale|\bsold\b|\bsales? of|spin"
    ),
    _claim(r"(?:Activities|CashEquivalents)(?:Discontinued|Continuing)Operations$", r"continu", of_statement=True),
    _claim(r"Litigation", r"litigat|legal|lawsuit|settlement|\blaw\b|judgment|contingen|claim"),
    _claim(r"^Goodwill", r"goodwill|excess|intangible"),
    _claim(r"Research", r"research|develop|engineer|r ?& ?d\b|technolog|product"),
    _claim(
        r"^PaymentsForRepurchase|^Repayments",
        r"",
        r"^\W*(?:net )?(?:proceeds|sales?|issuances?)\b(?!.{0,80}(?:pay|redem|purchas|retire))",
    ),
    _claim(
        r"^IncreaseDecreaseInOther|^OtherPolicyholder|^OtherMinority", r"other|misc|sundry|all else|various|general"
    ),
    _claim(
        r"^Proceeds\w*SaleOfOther(?!Real)|Other(?:(?:Long|Short)Term)?Debt|OtherRestructuringCosts",
        r"other|misc|sundry|various|general",
    ),
    _claim(r"(?:Acquire|Of)OtherInvestments", r"other|misc|sundry|various|general|trust"),
    _claim(r"Gross$", r"", r"^(?!.{0,200}\bgross\b).{0,200}\bnet\b(?! of)"),
    _claim(r"^CumulativeEffect", r"", r"^\W*(?:net )?(?:income|earnings|loss|profit)\b.{0,40}\bbefore\b"),
    _claim(
        r"^PaymentsToAcquire(?:PropertyPlantAndEquipment|ProductiveAssets)$",
        r"",
        r"\bnet of (?:dis|retire|proceeds|sales)",
    ),
    _claim(r"^ProceedsFromRepaymentsOfShortTermDebt", r"", r"\bmore than three months\b"),
    _claim(r"^CashAcquired", r"acquired|assumed", r"\bused\b|\bpaid\b|\bpayments?\b"),
    _claim(r"^GainLossOn|^IncomeLossFromEquity", r"", r"^\W*(?:net |private equity )?unrealized\b"),
    _claim(r"^AdditionalPaidInCapital", r"", r"\b(?:members?|partners?)\b"),
    _claim(r"^CashPaidForCapitalizedInterest", r"paid|payment|disburse"),
    _claim(r"^EmployeeRelatedLiabilities", r"", r"\band other (?:accrued |current )?(?:liabilit|expens|payable)"),
    _claim(r"AdvanceToAffiliate", r"affiliat|associat|equity|related|unconsolidat|subsidiar|venture|partner|parent"),
    _claim(r"^UnearnedESOP", r"esop|ownership|employee|leverag|trust"),
    _claim(r"^ExcessTaxBenefit", r"", r"\bnet of\b.{0,40}\btax benefits?\b"),
    _claim(r"^FairValueOfAssetsAcquired", r"", r"\bequipment\b|\bpropert(?:y|ies)\b"),
    _claim(
        r"^IntangibleAssetsNetExcluding",
        r"",
        r"^\W*(?:amorti[sz]able|finite[ -]lived)\b(?! and)|"
        r"^\W*(?:other )?(?:non-?amorti[sz]able|indefinite[ -]lived)\b|^\W*less\b",
    ),
    _claim(r"^Interest(?:AndDividend)?Income(?!Expense)", r"", r"^\W*commissions?\b"),
    _claim(r"^InterestExpense\w*Borrowings", r"borrow|debt|note|loan|advance|paper|repurchase|fund|line|obligation"),
    _claim(r"^StockIssued", r"", r"\bcash paid\b"),
    _claim(r"^ProvisionForLoan", r"loan|lease|credit|loss|doubtful|bad debts?|uncollect|allowance"),
    _claim(r"^InventoryFinishedGoods", r"finish|goods|product|merchandise|inventor|stock|coal|crude|refined"),
    _claim(r"^AccumulatedOtherComprehensiveIncomeLossDefinedBenefit", r"", r"\bunearned\b|\bunallocated\b"),
    _claim(r"^StockholdersEquity(?:Including\w*)?$", r"", r"^\W*(?:accumulated )?deficit\W*$"),
    _claim(r"^GeneralPartnersCapital", r"", r"\badvances?\b|\bdue to\b|\bpayable\b|\bloans?\b"),
    _claim(r"AvailableForSale", r"", r"\bnon-?\s?marketable\b|^\W*other long-term\b"),
    _claim(r"^Restructuring(?:Charges|Costs)$", r"", r"^\W*(?:cash )?payments?\b"),
    _claim(r"^BenefitsLossesAndExpenses", r"premium|polic(?:y|ies)|insur|claims|annuit|reinsur", of_statement=True),
    _claim(
        r"^RealEstate(?!d)",
        r"real estate|rental|apartment|hotel|building|tenant|\bland\b|mortgage|foreclos|communit|investment propert",
        of_statement=True,
    ),
    _claim(r"^RealEstateRevenue", r"\brent|real estate|tenant|propert|\bleas", of_statement=True),
    _claim(
        r"RealEstateInvestmentProperty",
        r"real estate|\brent|apartment|tenant|(?:investment|income-producing|operating) propert|shopping",
        of_statement=True,
    ),
    _claim(r"^OilAndGas(?:Sales)?Revenue", r"\b(?:oil|gas|petroleum|crude|hydrocarbon)|\bproduc|refin|explor"),
    _claim(r"OilAndGas", r"\boil\b|\bgas\b|petroleum|drilling|explor|dry holes", of_statement=True),
    _claim(r"PublicUtilit", r"utilit|electric|\bgas\b|\bwater\b|in service", of_statement=True),
    _claim(r"PremisesAndEquipment", r"premises|\bloans\b|\bdeposits\b", of_statement=True),
    _claim(r"OtherPropertyPlantAndEquipment", r"\bother\b.{0,20}(?:propert|equipment|assets)", of_statement=True),
)


def unsupported_rows(statement: Statement, names: Sequence[str | None]) -> Iterator[int]:
    """Yield the indexes of the rows whose concepts (`names`) claim what nothing in the statement says."""
    said = _Said(statement.items)
    for row, name in enumerate(names):
        if name is not None and not all(said.supports(claim, row) for claim in _claims_of(name)):
            yield row


@lru_cache(maxsize=4096)
def _claims_of(name: str) -> tuple[_Claim, ...]:
    return tuple(claim for claim in _CLAIMS if claim.concept.search(name))


class _Said:
    """The captions and headings of a statement."""

    def __init__(self, items: Sequence[LineItem]) -> None:
        self._items = items

    def supports(self, claim: _Claim, row: int) -> bool:
        """Whether a row, or the statement, has a word that a claim needs, and none against it."""
        texts = _texts(self._items[row])
        if claim.against is not None and any(map(claim.against.search, texts)):
            return False
        if claim.evidence is None:
            return True
        return any(map(claim.evidence.search, (self._whole,) if claim.of_statement else texts))

    @cached_property
    def _whole(self) -> str:
        return "\n".join(text for item in self._items for text in _texts(item))


def _texts(item: LineItem) -> list[str]:
    return [wording(text).lowered for text in (item.label, *item.sections)]
