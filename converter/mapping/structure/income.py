"""The results of an income statement, found by what stands above and below them.

From income before taxes down to net income every row is what the rows before leave: the minority owners' share parts
the group's profit from the company's, and the last net income is the company's (before FAS 160, fiscal years before
December 15, 2008, the minority owners' share is a cost; after it, a part of net income: ARB 51 as amended, paragraphs
26 and 38).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from converter.mapping.structure.adding import adds_up
from converter.mapping.structure.model import Verdict
from converter.mapping.structure.results import Result, result_of
from converter.mapping.totals import is_bare
from converter.statements import LineItem, Statement, UnitKind
from converter.vocabulary import expression, wording

_PRETAX = "IncomeLossFromContinuingOperationsBeforeIncomeTaxes"
BEFORE_ALL = f"{_PRETAX}MinorityInterestAndIncomeLossFromEquityMethodInvestments"
BEFORE_TAX_ONLY = f"{_PRETAX}ExtraordinaryItemsNoncontrollingInterest"
BEFORE_EXTRAORDINARY = "IncomeLossBeforeExtraordinaryItemsAndCumulativeEffectOfChangeInAccountingPrinciple"
TAX = "IncomeTaxExpenseBenefit"
_SHARE_NAME = "NetIncomeLossAttributableToNoncontrollingInterest"
_INCLUDING = "IncomeLossFromContinuingOperationsIncludingPortionAttributableToNoncontrollingInterest"
_NAMES = {
    Result.AFTER_TAX: "IncomeLossAfterIncomeTaxesBeforeIncomeLossFromEquityMethodInvestmentsAndMinorityInterest",
    Result.BEFORE_MINORITY: _INCLUDING,
    Result.BEFORE_EXTRAORDINARY: BEFORE_EXTRAORDINARY,
    Result.EXTRAORDINARY: "ExtraordinaryItemNetOfTax",
    Result.COMMON: "NetIncomeLossAvailableToCommonStockholdersBasic",
}
_AFTER_TAXES = (Result.AFTER_TAX, Result.BEFORE_MINORITY, Result.EXTRAORDINARY)
_ELSEWHERE = expression(r"pro\s?-?forma|non-?gaap|comprehensive|supplement|per share|as adjusted", re.I)
_NOT_REPORTED = expression(r"pro\s?-?forma|non-?gaap", re.I)
_TAX_ROW = expression(
    r"\b(?:income tax|taxes on income|taxes on earnings|provision for .{0,80}tax|tax (?:provision|benefit|expense)|"
    r"federal tax|income and franchise tax|^taxes\b|^taxation\b|^tax on \(?(?:profit|loss|income)|"
    r"^total (?:provision|taxes|income tax))",
    re.I,
)
_NOT_TAX_ROW = expression(
    r"\bother than\b|\bbefore\b|\bnet of\b|\bafter\b|\bdeferred\b|\bproperty tax|\bpayroll\b", re.I
)
_MORE_THAN_REVENUES = expression(
    r"^\W*total\b(?=.{0,40}\b(?:revenues?|sales|income)\b).{0,60}\b(?:and other|other income|gains|income)\b", re.I
)
"""Captions such as "Total revenues and other income"."""
_REVENUES_HEADING = expression(r"^\W*(?:total |net |operating )*(?:revenues?|sales)\W*$", re.I)
_SPECIAL = expression(r"\b(?:sales|revenues?|interest|dividends?)\b", re.I)
_OPERATING_REVENUES = expression(r"^\W*(?:total )?(?:net )?operating revenues?\W*$", re.I)
_NET_REVENUES = expression(r"^\W*(?:total )?(?:net (?:operating )?revenues?|revenues?,? net)\W*$", re.I)
_GROSS_REVENUES = expression(r"^\W*(?:gross|total) (?:operating )?revenues?\W*$", re.I)
_ALLOWANCES = expression(r"\ballowances\b|\bcommissions\b|\bdiscounts\b|\breturns\b", re.I)
_NET_SALES = expression(r"^\W*(?:net sales|sales,? net)\W*$", re.I)
_GROSS_SALES = expression(r"^\W*(?:gross )?sales\W*$", re.I)
_TAKEN_OFF = expression(r"\bexcise\b|\breturns\b|\ballowances\b|\bdiscounts\b", re.I)
_ALL_COSTS = expression(r"^\W*(?:total\W*)?$|\btotal\b|\b(?:costs|expenses)\b", re.I)
_TO_OWNERS = expression(r"\battributable to\W*$", re.I)
_OWNERS = expression(
    r"^\W*(?:the )?(?:equity |ordinary )?(?:holders|shareholders|stockholders|owners|members)\b"
    r"(?!.{0,60}\b(?:minority|controlling))",
    re.I,
)
_MINORITY = expression(r"\bminority\b|\bnon-?\s?controlling\b", re.I)
_AFFILIATES = expression(r"\bequity in\b|\bunconsolidated\b|\bequity (?:income|earnings|method)\b", re.I)
_CURRENT = expression(r"^\W*current\b(?! (?:year|period|portion))", re.I)
_DEFERRED = expression(r"^\W*deferred\b(?! (?:compensation|stock|revenue))", re.I)
_SHARE = expression(r"^\W*less\b.{0,80}\b(?:minority|non-?\s?controlling)\b", re.I)
_SALES = expression(r"\b(?:sales|revenues?)\b", re.I)
_COSTS = expression(r"\b(?:cost|costs|expenses?|income|profit)\b", re.I)
_COST_OF_SALES = expression(
    r"^\W*(?:less\b\W*)?(?:total )?costs? of (?:sales|goods sold|products? sold|revenues?)\b"
    r"(?!.{0,80}\b(?:expense|operating))",
    re.I,
)
_OPERATING = expression(
    r"^\W{0,3}(?:total |consolidated )?operating (?:profit|income|loss|earnings)(?: ?[(/]{1,2}(?:loss|income)\)?)?$|"
    r"^\W{0,3}(?:income|loss|profit|earnings)\)?(?: \(?loss(?:es)?\)?)? before other (?:income|expense)",
    re.I,
)
_NEAR = 3
"""The minority owners' share of net income stands so many rows below it; one further down is of a reconciliation."""
_REACH = 10
"""Rows below income before taxes in which the taxes and what is left are looked for."""


def read_results(statement: Statement) -> dict[int, Verdict]:
    """Return the verdicts on the results of an income statement by row."""
    return _IncomeStatement(statement).verdicts()


class _IncomeStatement:
    def __init__(self, statement: Statement) -> None:
        self._items = statement.items
        self._rows = [i for i, item in enumerate(self._items) if item.unit is UnitKind.MONETARY and any(item.figures)]
        self._results: Mapping[int, Result] = {
            i: result
            for i in self._rows
            if not _is_elsewhere(self._items[i]) and (result := result_of(self._items[i].label)) is not None
        }

    def verdicts(self) -> dict[int, Verdict]:
        """Return the verdicts on the rows whose results are certain."""
        verdicts: dict[int, Verdict] = {}
        bottom = self._bottom_line()
        if bottom is not None:
            verdicts |= dict(self._around(bottom))
            verdicts |= self._owners(bottom)
        verdicts |= self._before_taxes()
        verdicts |= self._gross_profit() | self._net_revenues() | self._gross_sales() | self._operating_income()
        verdicts |= self._all_revenues([*self._of(Result.BEFORE_TAX), *([bottom] if bottom is not None else [])])
        taxed = min(
            [*self._of(Result.BEFORE_TAX, Result.BEFORE_EXTRAORDINARY), *(i for i in self._rows if self._is_tax(i))],
            default=len(self._items),
        )
        for row, result in self._results.items():
            if result in _AFTER_TAXES and (row < taxed or self._is_one_of_many(row, taxed)):
                continue
            if result in _NAMES and row not in verdicts and (bottom is None or row < bottom or result is Result.COMMON):
                verdicts[row] = Verdict(_NAMES[result], f"the result is that {result.name.lower().replace('_', ' ')}")
        return _without_repeats(self._items, verdicts)

    def _is_one_of_many(self, row: int, taxed: int) -> bool:
        """Whether a row is one of several extraordinary items below the taxes."""
        items = [other for other in self._of(Result.EXTRAORDINARY) if other > taxed]
        return row in items and len(items) > 1

    def _of(self, *results: Result) -> list[int]:
        return [row for row, result in self._results.items() if result in results]

    def _bottom_line(self) -> int | None:
        """Return the last row of net income, outside of discontinued operations if there is one."""
        return max(self._outside_discontinued(self._of(Result.PARENT) or self._of(Result.NET)), default=None)

    def _outside_discontinued(self, rows: Sequence[int]) -> Sequence[int]:
        """Return the rows outside of discontinued operations, all of them if there are none outside."""
        own = [row for row in rows if not any("discontinued" in s.lower() for s in self._items[row].sections)]
        return own or rows

    def _around(self, bottom: int) -> Iterator[tuple[int, Verdict]]:
        """Yield the verdicts on net income and on the results that the minority owners have a share of."""
        shares = [row for row in self._rows if self._is_share(row)]
        above = [row for row in shares if row < bottom]
        below = [row for row in shares if row > bottom]
        if below and not above and self._results[bottom] is Result.NET and below[0] - bottom <= _NEAR:
            yield bottom, Verdict("ProfitLoss", "the minority owners' share stands below it")
        else:
            yield bottom, Verdict("NetIncomeLoss", "the last net income of the statement")
        figures = _values(self._items[bottom])
        others = [row for row in self._of(Result.NET, Result.PARENT, Result.OTHER) if row != bottom]
        same = [row for row in others if _values(self._items[row]) == figures]
        yield from ((row, Verdict("NetIncomeLoss", "the figures of net income")) for row in same)
        wholes = [row for row in others if row not in same and self._results[row] is Result.NET]
        with_share = max((row for row in wholes if row < bottom), default=bottom)
        for row in wholes:
            is_whole = _values(self._items[row]) == _values(self._items[with_share])
            if is_whole and (above or self._results[bottom] is Result.PARENT):
                yield row, Verdict("ProfitLoss", "the minority owners' share is taken off below it")
            else:
                yield row, Verdict(None, "net income of a part: another row is the bottom line")
        for row in self._of(Result.CONTINUING):
            includes = row < bottom and self._has_share_below(row, bottom)
            name = _INCLUDING if includes else "IncomeLossFromContinuingOperations"
            yield row, Verdict(name, "income from continuing operations")

    def _owners(self, bottom: int) -> dict[int, Verdict]:
        """Return the verdicts where net income is parted below "Attributable to" between its owners."""
        below = [
            i
            for i in self._rows
            if bottom < i <= bottom + _NEAR and any(map(_TO_OWNERS.search, self._items[i].sections))
        ]
        own = [i for i in below if _OWNERS.match(self._items[i].label)]
        share = [i for i in below if _MINORITY.search(self._items[i].label)]
        if len(own) != 1 or len(share) != 1 or not adds_up(self._items, bottom, {own[0]: 1, share[0]: 1}):
            return {}
        reason = "attributable to its owners"
        names = {bottom: "ProfitLoss", own[0]: "NetIncomeLoss", share[0]: _SHARE_NAME}
        return {row: Verdict(name, reason) for row, name in names.items()}

    def _is_share(self, row: int) -> bool:
        """Whether a row is the minority owners' share: it is called income, or "Less: noncontrolling interests"."""
        if row in self._results:
            return self._results[row] is Result.MINORITY
        return _SHARE.match(self._items[row].label) is not None

    def _has_share_below(self, row: int, bottom: int) -> bool:
        """Whether the minority owners' share is taken off between a result and net income, and net income says so."""
        two = self._results[bottom] is Result.PARENT or len(self._of(Result.NET)) > 1
        return two and any(row < share < bottom for share in self._of(Result.MINORITY))

    def _before_taxes(self) -> dict[int, Verdict]:
        """Return the verdicts on income before taxes and on the taxes."""
        rows = self._outside_discontinued(self._of(Result.BEFORE_TAX))
        if not rows:
            return {}
        proven = {row: taxes for row in rows if (taxes := self._taxes_below(row)) is not None}
        row = max(proven, default=None) if proven else self._last_before_taxes(rows)
        if row is None:
            return {}
        verdicts = {row: Verdict(self._pretax_name(row), "income before taxes: less taxes it is the next result")}
        verdicts |= self._before_minority(row, rows)
        if row in proven:
            taxes = proven[row]
            verdicts[taxes] = Verdict(TAX, "income before taxes less the next result")
            verdicts |= self._parts_of_taxes(row, taxes)
        return verdicts

    def _before_minority(self, row: int, others: Sequence[int]) -> dict[int, Verdict]:
        """Return the verdicts where the minority owners' share is taken off between two incomes before taxes."""
        for other in others:
            shares = [i for i in self._rows if other < i < row]
            if len(shares) != 1 or not all(_MINORITY.search(self._items[i].label) for i in (other, *shares)):
                continue
            if _is_difference(*(self._items[i] for i in (other, shares[0], row))):
                return {
                    other: Verdict(BEFORE_ALL, "income before the minority owners' share and taxes"),
                    row: Verdict(BEFORE_TAX_ONLY, "income before taxes, after the minority owners' share"),
                    shares[0]: Verdict(_SHARE_NAME, "the minority owners' share of income before taxes"),
                }
        return {}

    def _gross_profit(self) -> dict[int, Verdict]:
        """Return the verdict on a row without a caption that is what the cost of sales leaves of the row above."""
        for sales, cost, left in zip(self._rows, self._rows[1:], self._rows[2:], strict=False):
            is_left = _COST_OF_SALES.match(self._items[cost].label) and is_bare(self._items[left])
            is_left = is_left and _is_of_sales(self._items[sales])
            if is_left and _is_difference(*(self._items[i] for i in (sales, cost, left))):
                return {left: Verdict("GrossProfit", "sales less their cost")}
        return {}

    def _operating_income(self) -> dict[int, Verdict]:
        """Return the verdict on the only operating income: sales less one row above it, all costs; of no sector."""
        rows = [row for row in self._rows if _OPERATING.match(self._items[row].label)]
        sales = [row for row in self._rows if _is_of_sales(self._items[row])]
        if len(rows) != 1 or not sales or max(sales) > rows[0]:
            return {}
        above = [i for i in self._rows if rows[0] - 2 * _REACH <= i < rows[0]]
        pairs = ((whole, cost) for whole in sales for cost in above if whole < cost)
        if any(_is_difference(*(self._items[i] for i in (whole, cost, rows[0]))) for whole, cost in pairs):
            return {rows[0]: Verdict("OperatingIncomeLoss", "sales less all costs")}
        return {}

    def _net_revenues(self) -> dict[int, Verdict]:
        """Return the verdicts on revenues less allowances or commissions, and on those that they are taken off."""
        for gross, allowances, net in zip(self._rows, self._rows[1:], self._rows[2:], strict=False):
            is_net = _NET_REVENUES.match(self._items[net].label) and _ALLOWANCES.search(self._items[allowances].label)
            whole = self._items[gross]
            is_whole = is_bare(whole) or _GROSS_REVENUES.match(whole.label)
            if is_net and is_whole and _is_difference(*(self._items[i] for i in (gross, allowances, net))):
                reason = "revenues less allowances"
                return {gross: Verdict(None, reason), net: Verdict("Revenues", reason)}
        return {}

    def _gross_sales(self) -> dict[int, Verdict]:
        """Return the verdict on sales from which excise taxes or returns are taken off."""
        for gross, taken, net in zip(self._rows, self._rows[1:], self._rows[2:], strict=False):
            is_net = _NET_SALES.match(self._items[net].label) and _TAKEN_OFF.search(self._items[taken].label)
            is_gross = _GROSS_SALES.match(self._items[gross].label) is not None
            if is_net and is_gross and _is_difference(*(self._items[i] for i in (gross, taken, net))):
                return {gross: Verdict("SalesRevenueGoodsGross", "sales before excise taxes or returns")}
        return {}

    def _all_revenues(self, results: Sequence[int]) -> dict[int, Verdict]:
        """Return the verdict on all revenues: less one row, all costs, they are a result.

        They say so, say to be more than revenues, or are the only row below a heading of revenues.
        """
        for total in [i for i in self._rows if self._may_be_all_revenues(i)][:_NEAR]:
            for result in (row for row in results if total < row):
                costs = (
                    i
                    for i in self._rows
                    if total < i < result and i not in self._results and _ALL_COSTS.search(self._items[i].label)
                )
                if any(_is_difference(*(self._items[i] for i in (total, cost, result))) for cost in costs):
                    return {total: Verdict("Revenues", "less all costs it is a result")}
        return {}

    def _may_be_all_revenues(self, row: int) -> bool:
        item = self._items[row]
        if _MORE_THAN_REVENUES.search(item.label) or _OPERATING_REVENUES.match(item.label):
            return True
        if _SPECIAL.search(item.label) or not item.sections or not _REVENUES_HEADING.match(item.sections[-1]):
            return False
        return sum(self._items[i].sections == item.sections for i in self._rows) == 1

    def _last_before_taxes(self, rows: Sequence[int]) -> int:
        """Return the last of the rows that a row of taxes follows, or the last one."""
        followed = [row for row in rows if any(self._is_tax(i) for i in self._below(row)[:3])]
        return (followed or rows)[-1]

    def _below(self, row: int) -> list[int]:
        return [i for i in self._rows if row < i <= row + _REACH]

    def _is_tax(self, row: int) -> bool:
        item = self._items[row]
        text = item.label if wording(item.label).words else " ".join((*item.sections[-1:], item.label))
        return bool(_TAX_ROW.search(text)) and not _NOT_TAX_ROW.search(text)

    def _taxes_below(self, row: int) -> int | None:
        """Return the row of all taxes: what income before taxes is more than the result below it; None without one."""
        below = self._below(row)
        for number, taxes in enumerate(below):
            if taxes in self._results and not self._is_tax(taxes):
                continue
            for result in below[number + 1 :]:
                if result in self._results and _is_difference(*(self._items[i] for i in (row, taxes, result))):
                    return taxes
        return None

    def _parts_of_taxes(self, row: int, taxes: int) -> dict[int, Verdict]:
        between = [i for i in self._rows if row < i < taxes]
        names = ((_CURRENT, "CurrentIncomeTaxExpenseBenefit"), (_DEFERRED, "DeferredIncomeTaxExpenseBenefit"))
        return {
            i: Verdict(name, "a part of the taxes")
            for i in between
            for pattern, name in names
            if pattern.search(self._items[i].label)
        }

    def _pretax_name(self, row: int) -> str:
        """Return the concept by where income of affiliates stands; most filers of 2010 have the wider one elsewhere."""
        above = any(_AFFILIATES.search(self._items[i].label) for i in self._rows if i < row)
        return BEFORE_TAX_ONLY if above and not _AFFILIATES.search(self._items[row].label) else BEFORE_ALL


def _is_elsewhere(item: LineItem) -> bool:
    return any(_ELSEWHERE.search(text) for text in item.sections) or _NOT_REPORTED.search(item.label) is not None


def _is_of_sales(item: LineItem) -> bool:
    return _SALES.search(item.label) is not None and not _COSTS.search(item.label)


def _values(item: LineItem) -> tuple[Decimal | None, ...]:
    return tuple(None if figure is None else figure.value for figure in item.figures)


def _is_difference(whole: LineItem, part: LineItem, rest: LineItem) -> bool:
    """Whether a part, printed with either sign, and the rest make the whole in every column, rounding aside."""
    tolerance = whole.factor
    compared = 0
    for a, b, c in zip(_values(whole), _values(part), _values(rest), strict=True):
        if a is None or c is None:
            continue
        part_value = b or Decimal(0)
        if min(abs(a - part_value - c), abs(a + part_value - c)) > tolerance:
            return False
        compared += part_value != 0
    return compared > 0


def _without_repeats(items: Sequence[LineItem], verdicts: Mapping[int, Verdict]) -> dict[int, Verdict]:
    """Return the verdicts, of several rows with one concept and different figures only the last."""
    last: dict[str, int] = {}
    for row, verdict in sorted(verdicts.items()):
        if verdict.concept is not None:
            last[verdict.concept] = row
    return {
        row: verdict
        if verdict.concept is None or _values(items[row]) == _values(items[last[verdict.concept]])
        else Verdict(None, "another row is this result of the whole")
        for row, verdict in verdicts.items()
    }
