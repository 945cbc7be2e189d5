"""Captions of income and cash flow statements that say, in their place, what a row is, however rare their words are.

"Merchandise" is what a store sells and what a railway carries; "Services" are sold under "Revenues" and cost something
under "Cost of revenues". With the side that a row stands in, and with what the other rows tell of the industry, such
captions mean one thing. A concept that two rows would have by these rules is given to neither.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from converter.mapping.captions import normalize_caption
from converter.mapping.structure.model import Verdict
from converter.statements import LineItem, Statement, StatementKind, UnitKind
from converter.vocabulary import expression

_REVENUES, _COST, _EXPENSES, _REST = "revenues", "cost of revenues", "expenses", ""
_SIDES = (
    (_COST, expression(r"^\W*(?:total )?costs? of (?:net )?(?:revenues?|sales|goods sold)\b")),
    (_REVENUES, expression(r"^\W*(?:(?:total |net |operating |sales and )*(?:revenues?|sales)|income)\W*$")),
    (_EXPENSES, expression(r"^\W*(?:[a-z]+ ){0,2}(?:costs|expenses?|deductions)\b(?!.{0,80}(?:income|revenue|gain))")),
)
"""What the headings of the sides of an income statement are; a cost of revenues is looked for first."""
_ALL_REVENUES = expression(r"^total (?:net |operating |\w+ operating )?revenues?$|^net (?:operating )?revenues?$")


class _Line(NamedTuple):
    """A caption in its normal form, its concept (None for none of the taxonomy's), and where it means that.

    `sides` are the sides that the row may stand in, all if there are none; `heading` is a pattern of the heading above
    the row, `industry` one of any caption or heading of the statement, `unless` one that none of them has.
    """

    caption: re.Pattern[str]
    concept: str | None
    sides: tuple[str, ...] = ()
    heading: re.Pattern[str] | None = None
    industry: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None


def _line(
    caption: str, concept: str | None, *sides: str, heading: str = "", industry: str = "", unless: str = ""
) -> _Line:
    patterns = (expression(pattern) if pattern else None for pattern in (heading, industry, unless))
    return _Line(expression(caption), concept, sides, *patterns)


_RAIL, _AIR, _OIL = r"\brail(?:way|road)s?\b", r"\baircraft\b|\bpassenger", r"\bdry holes?\b|\bexploration\b|\blease op"
_UTILITY = r"\belectric\b|\bpurchased power\b|\bpower purchased\b|\bgas purchased\b|\bpurchased gas\b|\bfuel used\b|"
_UTILITY += r"\bcost of (?:natural )?gas\b|\bfunds used during construction\b"
_GAS = r"\bfunds used during construction\b|\b(?:operations?|maintenance)\n"
_LETTING = r"\brent(?:s|al|als)?\b|\btenants?\b"
_LENDING = r"\bloans?\b|\bcredit losses\b|\bnet interest\b|\bfinance\b|\bleas(?:e|es|ing)\b"
_AFUDC = "PublicUtilitiesAllowanceForFundsUsedDuringConstruction"
_CHANGE = "CumulativeEffectOfChangeInAccountingPrinciplePresentedOnIncomeStatementNetOfTax"
_ALLOCATION = r"\b(?:allocat|apportion|distribut)"
_PARTNER = r"(?:to )?(?:the )?{} partners?(?: interest| s)?$"
_CARRIER = r"(?:rail(?:way|road)?|airline|carrier|motor carrier|trucking|transportation|utility|telephone)"
_NO_RESULT = (
    r"^(?!(?:net|total|preferred|dividends?|earnings|profit|average|retained|per|basic|diluted|primary)\b|"
    r"(?:income|loss)\b(?! tax)).+"
)
"""Captions of what is no result and stands below none: the parts of a heading that the next result may stand below."""
_GAINS_ON_SALES = r"^\W*(?:net )?(?:realized )?\(?gains?\b.{0,20}\b(?:on|from) (?:the )?sales? of\W*$"
_IMPAIRMENT = _line(
    r"^(?:loss(?:es)? (?:on|from) )?(?:impairments?|write downs?)(?: loss(?:es)?| charges?)? (?:of|on) "
    r"(?:other )?long lived assets$",
    "ImpairmentOfLongLivedAssetsHeldForUse",
)
_OF_INCOME = (
    _line(r"^other income(?: net)?$", "OtherIncome", _REVENUES),
    _line(r"^(?:group |total |net )*turnover$", "Revenues"),
    _line(r"^interest(?: income)?$", "InvestmentIncomeInterest", _REVENUES, industry=_LETTING, unless=_LENDING),
    _line(
        r"^(?:(?:tenants?|expense|operating expense|cost|utility) )+(?:recover(?:y|ies)|reimbursements?)$|"
        r"^(?:recover(?:y|ies)|reimbursements?) (?:of expenses )?from tenants$",
        "TenantReimbursements",
        _REVENUES,
        industry=_LETTING,
    ),
    _line(r"^(?:merchandise|general merchandise|coal|automotive|grain)$", None, _REVENUES, industry=_RAIL),
    _line(r"^(?:crude )?oil(?: and condensate)? (?:sales|revenues?)$", "OilAndCondensateRevenue", industry=_OIL),
    _line(r"^(?:natural )?gas (?:sales|revenues?)$", "NaturalGasProductionRevenue", industry=_OIL, unless=_UTILITY),
    _line(r"^(?:directory )?advertising(?: revenues?)?$", "AdvertisingRevenue", _REVENUES),
    _line(r"^local (?:network )?services?$", None, _REVENUES),
    _line(r"^(?:(?:software|product) )*licen[cs]es?(?: fees?)?$", "LicenseCosts", _COST),
    _line(r"^(?:products?(?: sales)?|hardware|equipment|systems)$", "CostOfGoodsSold", _COST),
    _line(
        r"^(?:(?:professional|consulting|support|product|other|and|training|maintenance) )*services?$",
        "CostOfServices",
        _COST,
    ),
    _line(r"^maintenance(?: and support)?$|^support and maintenance$", "MaintenanceCosts", _COST),
    _line(r"^aircraft rent(?:s|al|als)?(?: expenses?)?$", "AircraftRental"),
    _line(r"^(?:airport )?landing fees and other rent(?:s|al|als)?$", "LandingFeesAndOtherRentals"),
    _line(
        r"^(?:aircraft )?maintenance materials (?:and )?(?:outside )?repairs$|^aircraft maintenance(?: and repairs)?$",
        "AircraftMaintenanceMaterialsAndRepairs",
        industry=_AIR,
    ),
    _line(r"^purchased transportation(?: costs?| services?| expenses?)?$", "PurchasedTransportationCosts"),
    _line(
        r"^(?:insurance and claims|claims and insurance)(?: expenses?)?$", "GeneralInsuranceExpense", unless="premium"
    ),
    _line(r"^rents?$|^(?:rent|rental|lease) expenses?$|^rents and leases$", "LeaseAndRentalExpense", _EXPENSES),
    _line(r"^salaries$", "SalariesAndWages", _EXPENSES),
    _line(r"^(?:staff costs|employee costs|personnel(?: costs| expenses?)?)$", "LaborAndRelatedExpense"),
    _line(
        r"^(?:(?:partnership|property|asset) )*management fees?(?: to .*| affiliates?| related .*)?$",
        "ManagementFeeExpense",
        _EXPENSES,
    ),
    _line(
        r"^(?:other )?operations?(?: expenses?)?$", "UtilitiesOperatingExpenseOperations", _EXPENSES, industry=_UTILITY
    ),
    _line(
        r"^(?:other )?operations? and maintenance(?: expenses?)?$",
        "UtilitiesOperatingExpenseMaintenanceAndOperations",
        _EXPENSES,
        industry=_UTILITY,
    ),
    _line(r"^allowance for (?:other|equity) funds used during construction$", f"{_AFUDC}CapitalizedCostOfEquity"),
    _line(
        r"^(?:cost of (?:natural )?gas(?: sold| purchased)?|purchased gas)$",
        "UtilitiesOperatingExpenseGasAndPetroleumPurchased",
        industry=_GAS,
    ),
    _line(r"^income before interest(?: charges| expense)?$", "IncomeLossBeforeInterestCharges", industry=_UTILITY),
    _line(
        r"^(?:other taxes|taxes other than income(?: taxes)?)$", "TaxesExcludingIncomeAndExciseTaxes", industry=_UTILITY
    ),
    _line(
        r"^(?:advances from (?:the )?)?(?:federal home loan bank|fhlb)(?: advances| borrowings)?$",
        "InterestExpenseFederalHomeLoanBankAdvances",
        heading=r"^\W*interest expenses?\b",
    ),
    _line(r"^other(?: net)?$", "InterestExpenseOther", heading=r"^\W*interest (?:expenses?|charges)\W*$"),
    _line(
        r"^provision for (?:losses on |doubtful |uncollectible |bad )"
        r"(?:accounts|trade accounts|trade|receivables|debts)(?: receivable| and notes receivable)*$",
        "ProvisionForDoubtfulAccounts",
        unless=r"\bnet interest\b",
    ),
    _line(
        r"^amortization of (?:goodwill and (?:other )?intangibles?(?: assets)?|"
        r"intangibles?(?: assets)? and goodwill)$",
        "AmortizationOfGoodwillAndIntangibleAssets",
    ),
    _line(r"^interest expense net of (?:interest|investment) income\b", "InterestIncomeExpenseNet"),
    _line(rf"^{_PARTNER.format('general')}", "NetIncomeLossAllocatedToGeneralPartners", heading=_ALLOCATION),
    _line(rf"^{_PARTNER.format('limited')}", "NetIncomeLossAllocatedToLimitedPartners", heading=_ALLOCATION),
    _line(
        rf"^net (?:income|loss|earnings)(?: loss| income)? (?:allocated|allocable) {_PARTNER.format('limited')}",
        "NetIncomeLossAllocatedToLimitedPartners",
    ),
    _line(
        rf"^net (?:income|loss|earnings)(?: loss| income)? (?:allocated|allocable) {_PARTNER.format('general')}",
        "NetIncomeLossAllocatedToGeneralPartners",
    ),
    _IMPAIRMENT,
    _line(
        r"^mortgage (?:backed|related) securities$",
        "InterestIncomeSecuritiesMortgageBacked",
        heading=r"^\W*interest(?: and dividend)? income\b",
    ),
    _line(r"^loans?(?: held for sale)?(?: net)?$", "GainLossOnSalesOfLoansNet", heading=_GAINS_ON_SALES),
    _line(
        r"^(?:investment )?securities(?: available for sale)?(?: net)?$",
        "GainLossOnSaleOfSecuritiesNet",
        heading=_GAINS_ON_SALES,
    ),
    _line(_NO_RESULT, _CHANGE, heading=r"^\W*cumulative effects?\b"),
    _line(rf"^total {_CARRIER} operating (?:expenses|costs)$", "OperatingExpenses"),
    _line(
        r"^(?:net )?gains?(?: loss(?:es)?)? (?:on|from) (?:the )?(?:sales?|dispositions?|disposals?) of "
        r"(?:(?:rental |real estate |operating |investment )*propert(?:y|ies)|real estate)(?: net)?$",
        "GainLossOnSaleOfProperties",
        industry=_LETTING,
        unless=r"\bdiscontinued\b",
    ),
)
_LONG_TERM_DEBT = r"^\W*long-?\s?term (?:debt|borrowings?|obligations)\W*$"
_OF_FLOWS = (
    _IMPAIRMENT,
    _line(
        r"^(?:additions?|additional borrowings|borrowings?|proceeds|issuances?|issued|new borrowings)(?: of debt)?$",
        "ProceedsFromIssuanceOfLongTermDebt",
        heading=_LONG_TERM_DEBT,
    ),
    _line(
        r"^(?:repayments?|payments?|principal payments?|reductions?|retirements?|retired|repaid)(?: of debt)?$",
        "RepaymentsOfLongTermDebt",
        heading=_LONG_TERM_DEBT,
    ),
    _line(
        r"^(?:net )?proceeds (?:from|of) (?:the )?(?:issuances?|sales?) of "
        r"(?:(?:series \w|cumulative|perpetual) )*preferred (?:stock|shares?)(?: net)?(?: of .*)?$",
        "ProceedsFromIssuanceOfPreferredStockAndPreferenceStock",
        heading=r"\bfinanc",
    ),
    _line(
        r"^(?:cash )?dividends?(?: paid)? to (?:the )?"
        r"(?:minority|non controlling) (?:interests?|(?:share|stock|interest|unit) ?holders?|partners?|owners?|"
        r"members?|investors?)(?: interests?)?(?: (?:in|of) .*)?$",
        "PaymentsOfDividendsMinorityInterest",
        heading=r"\bfinanc",
    ),
    _line(
        r"^(?:cash )?distributions?(?: paid)?(?: in cash)? to (?:the )?(?:limited |general |and )*partners?$",
        "PaymentsOfCapitalDistribution",
        heading=r"\bfinanc",
        unless=r"\bdividends?\b|\bcommon\b|\b(?:share|stock)holders?\b",
    ),
    _line(
        r"^(?:net )?(?:gains?|loss(?:es)?)(?: gains?| loss(?:es)?)? (?:on|from) (?:the )?"
        r"(?:sales?|dispositions?|disposals?) of (?:(?:rental|real estate|operating) )*properties(?: net)?$",
        "GainLossOnSaleOfProperties",
        heading=r"\badjust|\boperating",
    ),
    _line(
        r"^(?:principal )?(?:payments?|repayments?) (?:on|of) mortgages?(?: notes?| loans?)?(?: payable)?$",
        "RepaymentsOfSecuredDebt",
    ),
    _line(
        r"^(?:property|building|capital|tenant|real estate)(?: and tenant)? improvements(?: and replacements)?$",
        "PaymentsForCapitalImprovements",
        heading=r"\binvest",
    ),
    _line(
        r"^(?:net )?(?:in|de)crease(?: decrease| increase)? in (?:certificates of deposit|time deposits)"
        r"(?: and other time deposits)?$",
        "IncreaseDecreaseInTimeDeposits",
    ),
    _line(
        r"^net (?:borrowings?|proceeds|advances|increase|change|payments?|repayments?)(?: borrowings|"
        r" payments| repayments| decrease| under| on| from| in| of| the| its| revolving| bank)*"
        r" (?:lines? of credit|credit lines?)(?: agreements?| borrowings| facilit(?:y|ies))?$",
        "ProceedsFromRepaymentsOfLinesOfCredit",
        heading=r"\bfinanc",
    ),
    _line(r"^accrued (?:property|real estate) taxes$", "IncreaseDecreaseInPropertyAndOtherTaxesPayable"),
)
_LINES = {StatementKind.INCOME: _OF_INCOME, StatementKind.CASH_FLOW: _OF_FLOWS}


def read_lines(statement: Statement, verdicts: Mapping[int, Verdict]) -> dict[int, Verdict]:
    """Return the verdicts on the rows of an income or cash flow statement whose caption means one thing in its place.

    Rows and concepts that other `verdicts` are of have none of these.
    """
    taken = {verdict.concept for verdict in verdicts.values()}
    found: dict[str | None, list[int]] = {}
    phrases = [_phrase(item) for item in statement.items]
    headings = (section.lower() for item in statement.items for section in item.sections)
    words = "\n".join(dict.fromkeys((*phrases, *headings, "")))
    for row, side in enumerate(_sides(statement, phrases)):
        for line in _lines_of(statement.kind, phrases[row], side) if phrases[row] and row not in verdicts else ():
            if _is_there(line, statement.items[row].sections, words):
                found.setdefault(line.concept, []).append(row)
                break
    return {
        row: Verdict(name if len(rows) == 1 else None, "what such a caption means there")
        for name, rows in found.items()
        for row in rows
        if name not in taken and (name in (None, _CHANGE) or len(rows) == 1)
    }


def _phrase(item: LineItem) -> str:
    is_amount = item.unit is UnitKind.MONETARY and any(item.figures)
    return normalize_caption(item.label).phrase if is_amount else ""


def _sides(statement: Statement, phrases: Sequence[str]) -> Iterator[str]:
    """Yield the side that each row stands in: as its headings say, or else as the total of revenues does."""
    total = next((row for row, phrase in enumerate(phrases) if _ALL_REVENUES.match(phrase)), -1)
    for row, item in enumerate(statement.items):
        named = next((side for section in reversed(item.sections) if (side := _side(section.lower()))), _REST)
        yield named or (_REST if total < 0 else _REVENUES if row < total else _EXPENSES)


@lru_cache(maxsize=1024)
def _side(heading: str) -> str:
    return next((side for side, form in _SIDES if form.search(heading)), _REST)


@lru_cache(maxsize=8192)
def _lines_of(kind: StatementKind, phrase: str, side: str) -> tuple[_Line, ...]:
    lines: Iterable[_Line] = _LINES.get(kind, ())
    return tuple(line for line in lines if (not line.sides or side in line.sides) and line.caption.search(phrase))


def _is_there(line: _Line, sections: Sequence[str], words: str) -> bool:
    if line.heading is not None and not any(line.heading.search(section.lower()) for section in sections[-1:]):
        return False
    if line.industry is not None and not line.industry.search(words):
        return False
    return line.unless is None or not line.unless.search(words)
