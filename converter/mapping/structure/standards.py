"""Captions of balance sheets that say, in their place, what a row is, however rare their words are.

A caption such as "Customers" says nothing by itself, and "Deferred income taxes" says two things. With the side and the
term that a row stands in, with its heading, and with what the other rows tell of the industry, such captions mean one
thing. A concept that two rows would have by these rules is given to neither.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from converter.mapping.captions import normalize_caption
from converter.mapping.structure.model import Verdict
from converter.mapping.structure.sides import ASSETS, CLAIMS, CURRENT, EQUITY, NONCURRENT, is_classified, places_of
from converter.statements import Statement, UnitKind
from converter.vocabulary import expression


class _Names(NamedTuple):
    """What a row is called that is current, one that is not, and one of a balance sheet that does not tell."""

    current: str | None
    noncurrent: str | None
    untold: str | None

    def of(self, term: str, classified: bool) -> str | None:
        """Return the concept of a row of this term, None if it has none or the term must be known but is not."""
        if self.current == self.noncurrent == self.untold:
            return self.untold
        if not classified:
            return self.untold
        return {CURRENT: self.current, NONCURRENT: self.noncurrent}.get(term)


class _Standard(NamedTuple):
    """A caption in its normal form, the sides that it stands in, its concepts, and words of a heading or statement."""

    sides: frozenset[str]
    caption: re.Pattern[str]
    names: _Names
    heading: re.Pattern[str] | None = None
    industry: re.Pattern[str] | None = None


def _standard(sides: str, caption: str, *names: str | None, heading: str = "", industry: str = "") -> _Standard:
    return _Standard(
        frozenset(_SIDES[letter] for letter in sides),
        expression(caption),
        _Names(*names) if len(names) > 1 else _Names(names[0], names[0], names[0]),
        expression(heading) if heading else None,
        expression(industry) if industry else None,
    )


_SIDES = {"A": ASSETS, "C": CLAIMS, "E": EQUITY}
_TAX = r"(?:federal |state |foreign |and )*(?:income )?tax(?:es)?"
_BROKERS = r"\bbrokers?\b.{0,8}\bdealers?\b|\bclearing organi"
_INSIDERS = r"(?:officers?|shareholders?|stockholders?|directors?)"
_LENDERS = r"\bloans?\b"
_LOANS = r"^\W*(?:gross )?loans\b"
_UTILITIES = r"\butility\b|\belectric\b"
_PLANT, _PLANT_HEADING = "PublicUtilitiesPropertyPlantAndEquipment", r"\butility plant\b|\bplant in service\b"
_OTHER_TAXES = "AccrualForTaxesOtherThanIncomeTaxesCurrent"
_STANDARDS = (
    _standard(
        "A",
        rf"^(?:net )?deferred {_TAX}(?: assets?| benefits?| net| non current| current)*$",
        "DeferredTaxAssetsNetCurrent",
        "DeferredTaxAssetsNetNoncurrent",
        "DeferredTaxAssetsNet",
    ),
    _standard(
        "C",
        rf"^(?:net |accumulated )?deferred {_TAX}(?: liabilit(?:y|ies)| net| non current| current)*$",
        "DeferredTaxLiabilitiesCurrent",
        "DeferredTaxLiabilitiesNoncurrent",
        "DeferredIncomeTaxLiabilities",
    ),
    _standard(
        "C",
        r"^(?:current |accrued )?income tax(?:es)?(?: currently)? payable(?: net| current)*$|"
        r"^current (?:federal )?(?:income )?tax(?:es)?(?: liabilit(?:y|ies))?$",
        "AccruedIncomeTaxesCurrent",
        None,
        None,
    ),
    _standard(
        "C",
        r"^(?:current |accrued )?(?:federal|state|foreign)(?: federal| state| foreign| and)* income tax(?:es)?"
        r"(?: currently)? payable$",
        "AccruedIncomeTaxesCurrent",
        None,
        "AccruedIncomeTaxesPayable",
    ),
    _standard("C", r"^(?:accrued )?income tax(?:es)? payable(?: net)? non current$", "AccruedIncomeTaxesNoncurrent"),
    _standard(
        "A",
        r"^prepaid (?:expenses?|taxes)\b(?: \w+){0,6} and other(?: current)? assets$",
        "PrepaidExpenseAndOtherAssetsCurrent",
        None,
        "PrepaidExpenseAndOtherAssets",
    ),
    _standard(
        "A",
        r"^(?:interest (?:bearing|earning) |time )?(?:deposits|balances) (?:with|in|at|due from)(?: other)? "
        r"(?:banks?|financial institutions|depository institutions)$",
        "InterestBearingDepositsInBanks",
        industry=_LENDERS,
    ),
    _standard(
        "A", r"^mortgage (?:backed|related) securities available for sale\b", "MortgageBackedSecuritiesAvailableForSale"
    ),
    _standard(
        "A", r"^mortgage (?:backed|related) securities held to maturity\b", "MortgageBackedSecuritiesHeldToMaturity"
    ),
    _standard(
        "A",
        r"^(?:total )?gross loans(?: receivable| and leases)?$|^loans(?: receivable| and leases)? gross$",
        "LoansAndLeasesReceivableGrossCarryingAmount",
    ),
    _standard(
        "A",
        r"^commercial(?: and industrial| financial and agricultural)?(?: loans)?$",
        "LoansAndLeasesReceivableCommercial",
        heading=_LOANS,
    ),
    _standard(
        "A",
        r"^(?:consumer|installment|consumer installment)(?: loans)?$",
        "LoansAndLeasesReceivableConsumer",
        heading=_LOANS,
    ),
    _standard(
        "A",
        r"^(?:real estate )?construction(?: real estate)?(?: loans)?$",
        "LoansReceivableRealEstateConstruction",
        heading=_LOANS,
    ),
    _standard(
        "A",
        r"^(?:real estate commercial|commercial (?:real estate|mortgages?))(?: loans)?$",
        "LoansReceivableCommercialRealEstate",
        heading=_LOANS,
    ),
    _standard(
        "A",
        r"^(?:real estate residential|residential (?:real estate|mortgages?))(?: loans)?$",
        "LoansAndLeasesReceivableConsumerMortgage",
        heading=_LOANS,
    ),
    _standard(
        "A",
        r"^home equity(?: loans| lines)?(?: of credit)?$",
        "LoansAndLeasesReceivableConsumerHomeEquity",
        heading=_LOANS,
    ),
    _standard(
        "A", r"^(?:from )?customers?$", "ReceivablesFromCustomers", heading=r"^\W*receivables?\b", industry=_BROKERS
    ),
    _standard(
        "A",
        r"^(?:receivables? from|due from) customers$|^customer receivables$",
        "ReceivablesFromCustomers",
        industry=_BROKERS,
    ),
    _standard("A", r"^others?$", "OtherReceivables", heading=r"^\W*receivables?\b", industry=_BROKERS),
    _standard(
        "A",
        r"^(?:securities|financial instruments) owned at (?:market|fair)(?: value)?$",
        "FinancialInstrumentsOwnedAtFairValue",
        industry=_BROKERS,
    ),
    _standard(
        "A", r"^(?:exchange memberships|memberships in (?:securities )?exchanges)\b", "MembershipsInExchangesOwned"
    ),
    _standard("C", r"^(?:to )?customers?$", "PayablesToCustomers", heading=r"^\W*payables?\b", industry=_BROKERS),
    _standard(
        "C", r"^(?:payables? to|due to) customers$|^customer payables$", "PayablesToCustomers", industry=_BROKERS
    ),
    _standard(
        "C",
        r"^(?:securities|financial instruments)\b.{0,40}\bsold (?:but )?not yet purchased\b",
        "FinancialInstrumentsSoldNotYetPurchasedAtFairValue",
    ),
    _standard(
        "C",
        r"^advances? from (?:the )?(?:federal home loan bank|fhlb)(?: of \w+)?$",
        "AdvancesFromFederalHomeLoanBanks",
    ),
    _standard(
        "CE",
        r"\bmandatorily redeemable\b.{0,60}\bsecurities\b.{0,60}\b(?:trusts?|subsidiar(?:y|ies)|subordinated)\b",
        "CompanyObligatedMandatorilyRedeemablePreferredSecuritiesOfSubsidiaryTrust",
    ),
    _standard(
        "C",
        r"^junior subordinated\b.{0,40}\bdebentures\b.{0,60}\btrusts?\b",
        "JuniorSubordinatedDebentureOwedToUnconsolidatedSubsidiaryTrust",
    ),
    _standard(
        "C",
        r"^accounts payable (?:accrued (?:expenses|liabilities) )?and other(?: accrued)? liabilities$",
        None,
        None,
        "AccountsPayableAndAccruedLiabilitiesCurrentAndNoncurrent",
    ),
    _standard(
        "C",
        r"^accrued (?:expenses|liabilities|interest expenses|expenses payable) and other (?:liabilities|payables)$",
        None,
        None,
        "AccruedLiabilitiesCurrentAndNoncurrent",
    ),
    _standard(
        "C",
        r"^(?:minority|non controlling) (?:shareholders? |stockholders? |owners? )?interests?"
        r"(?: in (?!.*(?:operating|limited|preferred|partnership)).*)?$",
        "MinorityInterest",
    ),
    _standard(
        "CE", r"\bprefer(?:red|ence)\b.{0,60}\b(?:not subject to|without) mandatory redemption", "PreferredStockValue"
    ),
    _standard(
        "E",
        r"^(?:unearned|deferred|unamortized) (?:(?:stock|employee|restricted|officers?|based) ){0,3}"
        r"(?:compensation|stock awards?|stock)(?: expense)?(?: (?:related to|on|under) .*| restricted stock.*| net)?$",
        "DeferredCompensationEquity",
    ),
    _standard(
        "E",
        r"^(?:debt|loans?|obligations?|guarantees?) (?:related to|of|to|for) (?:the )?"
        r"(?:esop|employee stock ownership)\b",
        "GuaranteedESOPObligationEquity",
    ),
    _standard(
        "CE",
        r"^(?:common|capital) (?:stock|shares)(?: and|(?:,| and)? including) (?:additional )?"
        r"(?:(?:paid in|contributed) capital|capital in excess of par)\b",
        "CommonStockIncludingAdditionalPaidInCapital",
    ),
    _standard("E", r"^class a (?:and (?:class )?b )common (?:stock|shares)\b", "CommonStockValue"),
    _standard("E", r"^(?:share premium(?: account| reserve)?|contributed surplus)$", "AdditionalPaidInCapital"),
    _standard(
        "A",
        r"^current tax assets?$|^income tax(?:es)? (?:recoverable|refundable)$|"
        r"^(?:refundable|recoverable) income tax(?:es)?$",
        "IncomeTaxesReceivable",
        "IncomeTaxesReceivableNoncurrent",
        "IncomeTaxReceivable",
    ),
    _standard(
        "C",
        r"^accrued (?:real estate|property) taxes$|"
        r"^(?:accrued )?taxes other than (?:federal |on )?income(?: tax(?:es)?)?$",
        _OTHER_TAXES,
        None,
        _OTHER_TAXES,
    ),
    _standard(
        "C",
        rf"^(?:(?:loans?|advances)(?: payable)? (?:from|to|due to)|due to) {_INSIDERS}(?: and {_INSIDERS})?$",
        "DueToOfficersOrStockholdersCurrent",
        "DueToOfficersOrStockholdersNoncurrent",
        "DueToOfficersOrStockholdersCurrentAndNoncurrent",
    ),
    _standard(
        "C",
        r"^(?:payable|due) to (?:the )?general partners?(?: and (?:its )?affiliates?)?$",
        "DueToRelatedPartiesCurrent",
        "DueToRelatedPartiesNoncurrent",
        "DueToRelatedPartiesCurrentAndNoncurrent",
    ),
    _standard(
        "C",
        r"^convertible notes payable(?: net(?: of)?(?: unamortized| debt)* discounts?(?: of)?(?: and)?)?$",
        "ConvertibleNotesPayableCurrent",
        "ConvertibleLongTermNotesPayable",
        "ConvertibleNotesPayable",
    ),
    _standard(
        "C",
        r"^(?:subordinated (?:liabilities|borrowings)|"
        r"liabilities subordinated to (?:the )?claims of general creditors)$",
        None,
        "SubordinatedLongTermDebt",
        "SubordinatedDebt",
    ),
    _standard(
        "C", r"^air traffic liabilit(?:y|ies)$", "AirTrafficLiabilityCurrent", None, "AirTrafficLiabilityCurrent"
    ),
    _standard(
        "CE",
        r"^(?:cumulative )?preferred stock (?:subject to|with) mandatory redemption\b|"
        r"^mandatorily redeemable preferred stock\b",
        "TemporaryEquityCarryingAmount",
    ),
    _standard("CE", r"^(?:total )?preferred (?:stock|share)holders equity$", "PreferredStockValue"),
    _standard("CE", r"^class \w\b.{0,40}\bunits\b", "LimitedPartnersCapitalAccount", heading=r"^\W*limited partners"),
    _standard("E", r"^common (?:stock|shares) (?:to be issued|issuable|subscribed)$", "CommonStockSharesSubscriptions"),
    _standard(
        "A",
        r"^(?:unamortized |deferred )(?:borrowing|loan|financing|finance|debt issu(?:e|ance)|mortgage)"
        r"(?: acquisition)? (?:costs?|fees|charges)(?: net)?$",
        None,
        "DeferredFinanceCostsNoncurrentNet",
        "DeferredFinanceCostsNet",
    ),
    _standard(
        "A",
        r"^(?:work in (?:process|progress) and finished (?:goods|products)|"
        r"finished (?:goods|products) and work in (?:process|progress))$",
        "InventoryFinishedGoodsAndWorkInProcess",
        heading=r"\binventor",
    ),
    _standard("A", r"^total cash and (?:cash )?equivalents$", "CashAndCashEquivalentsAtCarryingValue"),
    _standard("A", r"^cash and (?:amounts )?due from (?:depository|financial) institutions$", "CashAndDueFromBanks"),
    _standard(
        "C",
        r"^advance(?:s|d)?(?: payments?)? (?:from|by) borrowers for taxes and insurance$",
        "AdvancePaymentsByBorrowersForTaxesAndInsurance",
    ),
    _standard("C", r"^accrued insurance$", "AccruedInsuranceCurrent", None, None),
    _standard("C", r"^(?:bank |revolving )?lines? of credit(?: payable)?$", None, None, "LineOfCredit"),
    _standard("A", r"^other investments$", None, "OtherLongTermInvestments", "OtherInvestments"),
    _standard(
        "A",
        r"^fuel(?: stock| inventor(?:y|ies)| supplies| oil)*(?: at .*)?$",
        "EnergyRelatedInventory",
        industry=_UTILITIES,
    ),
    _standard("A", r"^electric(?: plant| utility plant)?$", f"{_PLANT}Electric", heading=_PLANT_HEADING),
    _standard("A", r"^gas(?: plant| utility plant)?$", f"{_PLANT}Gas", heading=_PLANT_HEADING),
    _standard("A", r"^common(?: plant| utility plant)?$", f"{_PLANT}Common", heading=_PLANT_HEADING),
    _standard("A", r"^transportation equipment$", "TransportationEquipmentGross", heading=r"propert|plant|equipment"),
    _standard("A", r"^flight equipment$", "FlightEquipmentGross", heading=r"propert|owned|equipment"),
)


def read_standards(statement: Statement) -> dict[int, Verdict]:
    """Return the verdicts on the rows of a balance sheet whose caption means one thing in its place."""
    items = statement.items
    phrases = ["" if item.unit is not UnitKind.MONETARY else normalize_caption(item.label).phrase for item in items]
    found: dict[str, list[int]] = {}
    places = dict(places_of(statement))
    classified = is_classified(statement)
    whole = ""
    for row, (side, term) in places.items():
        for standard in _standards_of(phrases[row], side) if phrases[row] and any(items[row].figures) else ():
            if standard.heading is not None and not _is_below(items[row].sections, standard.heading):
                continue
            if standard.industry is not None:
                whole = whole or "\n".join(phrases)
                if not standard.industry.search(whole):
                    continue
            name = standard.names.of(term, classified)
            if name is not None:
                found.setdefault(name, []).append(row)
            break
    return {rows[0]: Verdict(name, "what such a caption means there") for name, rows in found.items() if len(rows) == 1}


@lru_cache(maxsize=4096)
def _standards_of(phrase: str, side: str) -> tuple[_Standard, ...]:
    return tuple(standard for standard in _STANDARDS if side in standard.sides and standard.caption.search(phrase))


def _is_below(sections: Sequence[str], heading: re.Pattern[str]) -> bool:
    return any(heading.search(section.lower()) for section in sections[-1:])
