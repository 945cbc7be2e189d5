"""Rows that mean in their industry what they mean nowhere else: a lender's interest, a utility's maintenance.

Interest is the revenue of those who lend: it stands above the interest that they pay, and what is left counts as
revenue, or is followed by other ("noninterest") income (Regulation S-X, Articles 5-04 and 9-04). Deposits in offices at
home and abroad are parted by their headings.
"""

import re
from collections.abc import Iterator, Sequence

from converter.mapping.signs import printed_sign
from converter.mapping.structure.adding import adds_up
from converter.mapping.structure.model import Verdict
from converter.mapping.totals import is_bare
from converter.statements import LineItem, Statement, StatementKind, UnitKind
from converter.vocabulary import expression, wording

_EARNED = expression(r"^\W*(?:total )?interest(?:,? (?:and|dividends?|income|revenues?)){1,4}\W*$")
_PAID = expression(r"(?<!net )(?<!net of )(?<!non-)(?<!non )\binterest (?:expenses?|costs?|charges)\b")
_NET_INTEREST = expression(r"^\W*(?:total )?net interest (?:income|revenues?|margin)\W*$")
_OTHER_INCOME = expression(r"^\W*(?:total )?non-?\s?interest (?:income|revenues?)\W*$")
_LENDS = expression(r"\bnon-?\s?interest\b|\bprovision for (?:possible |probable )?(?:loan|credit|lease)")
_REVENUES = expression(r"^\W*total revenues?\W*$")
_NET_REVENUES = expression(r"^\W*(?:total )?(?:net revenues?|revenues?,? net of interest expenses?)\W*$")
_INTEREST = Verdict("InterestAndDividendIncomeOperating", "the interest of a lender: what it pays is taken off")
_ALL = Verdict("Revenues", "revenues that the interest paid is taken off")
_LEFT = Verdict("RevenuesNetOfInterestExpense", "revenues less the interest paid")

_UTILITY = expression(
    r"\b(?:electric|gas)\b.{0,30}\brevenues?\b|\bpurchased power\b|\bpower purchased\b|\bgas purchased\b|"
    r"\bfuel used\b|\bcost of (?:natural )?gas\b"
)
_MAINTENANCE = expression(r"^\W*maintenance(?: expenses?)?\W*$")
_UPKEEP = Verdict("UtilitiesOperatingExpenseMaintenance", "the maintenance of a utility")

_BEARING = expression(r"^\W*(?P<free>non-?\s?)?interest[ -]bearing(?: deposits?)?\W*$")
_DEPOSITS = expression(r"\bdeposits\b|\boffices\b")
_ABROAD = expression(r"\bnon-?\s?u\.?s\b|\bforeign\b|\boverseas\b|\binternational\b|\boutside\b")
_AT_HOME = expression(r"\bu\.?s\b|\bdomestic\b|\bunited states\b")


_LOSSES = expression(
    r"^\W*(?:less\b\W*)?(?:allowances?|reserves?) for (?:possible |probable )?(?:loans?|leases?|credit)\b.{0,20}\bloss"
)
_UNEARNED = expression(r"\bunearned\b|\bdeferred\b|\bdiscounts?\b")
_LOANS = expression(r"\bloans?\b")
_GROSS_LOANS = "LoansAndLeasesReceivableGrossCarryingAmount"
_BEFORE_LOSSES = "LoansAndLeasesReceivableNetOfDeferredIncome"
_PLANT = expression(r"\butility plant\b|\b(?:electric|gas|water|telephone)? ?plant in service\b")
_WORN = expression(r"^\W*(?:less\b\W*)?accumulated (?:provision for )?depreciation\b")
_NET_PLANT = expression(r"\b(?:net|total)\b.{0,20}\bplant\b|\bplant\b.{0,10}\bnet\b")


def read_industry(statement: Statement) -> dict[int, Verdict]:
    """Return the verdicts on the rows whose meaning the industry tells."""
    texts = [wording(item.label).lowered if item.unit is UnitKind.MONETARY else "" for item in statement.items]
    if statement.kind is StatementKind.BALANCE_SHEET:
        of_lenders = (*_deposits(statement.items, texts), *_loans(statement.items, texts))
        return dict([*of_lenders, *_utility_plant(statement.items, texts)])
    if statement.kind is StatementKind.INCOME:
        return dict([*_of_banks(statement.items, texts), *_of_brokers(statement.items, texts), *_of_utilities(texts)])
    return {}


def _of_banks(items: Sequence[LineItem], texts: Sequence[str]) -> Iterator[tuple[int, Verdict]]:
    """Yield the verdicts on interest income, and on the revenues that are net interest and noninterest income."""
    net = _only(texts, _NET_INTEREST)
    if net is None or not any(map(_LENDS.search, texts)):
        return
    earned, paid = (max(_matching(texts[:net], form), default=None) for form in (_EARNED, _PAID))
    if earned is not None and paid is not None and _is_left(items, net, earned, paid):
        yield earned, _INTEREST
        other, revenues = _only(texts, _OTHER_INCOME), _only(texts, _NET_REVENUES)
        if other is not None and revenues is not None and adds_up(items, revenues, {net: 1, other: 1}):
            yield revenues, _LEFT


def _of_brokers(items: Sequence[LineItem], texts: Sequence[str]) -> Iterator[tuple[int, Verdict]]:
    """Yield the verdicts on the revenues less the interest paid, and on the interest among the revenues."""
    revenues, left = _only(texts, _REVENUES), _only(texts, _NET_REVENUES)
    paid = _only(texts, _PAID)
    if revenues is not None and left is not None and paid is not None and _is_left(items, left, revenues, paid):
        yield from ((revenues, _ALL), (left, _LEFT))
        earned = _only(texts[:revenues], _EARNED)
        if earned is not None:
            yield earned, _INTEREST


def _is_left(items: Sequence[LineItem], left: int, whole: int, paid: int) -> bool:
    """Whether a row is what is left of another one when the interest paid, printed with either sign, is taken off."""
    return any(adds_up(items, left, {whole: 1, paid: sign}) for sign in (-1, 1))


def _of_utilities(texts: Sequence[str]) -> Iterator[tuple[int, Verdict]]:
    maintenance = _only(texts, _MAINTENANCE)
    if maintenance is not None and any(map(_UTILITY.search, texts)):
        yield maintenance, _UPKEEP


def _loans(items: Sequence[LineItem], texts: Sequence[str]) -> Iterator[tuple[int, Verdict]]:
    """Yield the verdicts on loans, on the allowance for losses that is taken off them, and on what is left."""
    losses = _only(texts, _LOSSES)
    if losses is None or losses + 1 == len(items):
        return
    net = losses + 1
    for gross in range(losses - 1, max(losses - 3, -1), -1):
        parts = {row: 1 if printed_sign(items[row]) < 0 else -1 for row in range(gross + 1, losses + 1)}
        if adds_up(items, net, {gross: 1, **parts}) and any(map(_LOANS.search, (texts[gross], texts[net]))):
            yield losses, Verdict("LoansAndLeasesReceivableAllowance", "the losses taken off the loans")
            yield net, Verdict("LoansAndLeasesReceivableNetReportedAmount", "what the allowance leaves of the loans")
            between = [row for row in range(gross + 1, losses) if _UNEARNED.search(texts[row])]
            yield from ((row, Verdict("LoansAndLeasesReceivableDeferredIncome", "not yet earned")) for row in between)
            name = _GROSS_LOANS if between or "gross" in texts[gross] else _BEFORE_LOSSES
            yield gross, Verdict(name, "what the allowance is taken off")
            return


def _utility_plant(items: Sequence[LineItem], texts: Sequence[str]) -> Iterator[tuple[int, Verdict]]:
    """Yield the verdicts on the depreciation of a utility's plant, and on what is left of it if no caption says so."""
    worn = _only(texts, _WORN)
    if worn is None or worn == 0 or worn + 1 == len(items):
        return
    above = (texts[worn - 1], *(wording(section).lowered for section in items[worn].sections))
    parts = {worn - 1: 1, worn: 1 if printed_sign(items[worn]) < 0 else -1}
    if any(map(_PLANT.search, above)) and adds_up(items, worn + 1, parts):
        name = "PublicUtilitiesPropertyPlantAndEquipment"
        yield worn, Verdict(f"{name}AccumulatedDepreciation", "the depreciation of a utility's plant")
        if is_bare(items[worn + 1]) and not any(map(_NET_PLANT.search, texts[worn + 1 :])):
            yield worn + 1, Verdict(f"{name}Net", "what is left of a utility's plant")


def _deposits(items: Sequence[LineItem], texts: Sequence[str]) -> Iterator[tuple[int, Verdict]]:
    """Yield the verdicts on deposits whose heading says in which offices they are."""
    for row, text in enumerate(texts):
        match = _BEARING.match(text)
        heading = " ".join(wording(section).lowered for section in items[row].sections[-2:]) if match else ""
        abroad = _ABROAD.search(heading) is not None
        if match is not None and _DEPOSITS.search(heading) and (abroad or _AT_HOME.search(heading)):
            bearing = "NoninterestBearing" if match["free"] else "InterestBearing"
            name = f"{bearing}DepositLiabilities{'Foreign' if abroad else 'Domestic'}"
            yield row, Verdict(name, "deposits in the offices that the heading names")


def _matching(texts: Sequence[str], form: re.Pattern[str]) -> list[int]:
    return [row for row, text in enumerate(texts) if form.search(text)]


def _only(texts: Sequence[str], form: re.Pattern[str]) -> int | None:
    """Return the only row with a caption of this form; None if there is none, or several."""
    rows = _matching(texts, form)
    return rows[0] if len(rows) == 1 else None
