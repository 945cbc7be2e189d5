"""Statement -> Structure."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from converter.mapping.structure.assets import bars_before_amortization_ended, read_wholes
from converter.mapping.structure.changes import read_parts_of_changes
from converter.mapping.structure.equity import BEFORE_TREASURY, EQUITY, INCLUDING_MINORITY, read_equity
from converter.mapping.structure.flows import read_flows
from converter.mapping.structure.income import BEFORE_ALL, BEFORE_EXTRAORDINARY, BEFORE_TAX_ONLY, read_results
from converter.mapping.structure.industries import read_industry
from converter.mapping.structure.lines import read_lines
from converter.mapping.structure.mixtures import bars_of_mixtures
from converter.mapping.structure.model import Bar, Structure, Verdict
from converter.mapping.structure.net_assets import read_net_assets
from converter.mapping.structure.partners import account_of, read_partners
from converter.mapping.structure.per_share import (
    names_earnings,
    read_average_shares,
    read_earnings_per_share,
    rows_of_classes,
)
from converter.mapping.structure.presentation import directly_below
from converter.mapping.structure.property import read_property
from converter.mapping.structure.results import Result, result_of
from converter.mapping.structure.rooms import bars_of
from converter.mapping.structure.standards import read_standards
from converter.mapping.structure.wordings import bars_of_words
from converter.mapping.totals import is_bare
from converter.statements import Statement, StatementKind, UnitKind
from converter.sums import find_equalities
from converter.vocabulary import expression

_EQUITY = frozenset({EQUITY, INCLUDING_MINORITY, BEFORE_TREASURY})
_RESULTS = frozenset(
    {
        BEFORE_ALL,
        BEFORE_TAX_ONLY,
        "NetIncomeLoss",
        "ProfitLoss",
        "NetIncomeLossAvailableToCommonStockholdersBasic",
        "IncomeLossFromContinuingOperations",
        "IncomeLossFromContinuingOperationsIncludingPortionAttributableToNoncontrollingInterest",
    }
)
_PER_SHARE = frozenset({"EarningsPerShareBasic", "EarningsPerShareDiluted", "EarningsPerShareBasicAndDiluted"})
_NOT_EARNINGS = Bar("another row is earnings per share", denied=_PER_SHARE)
_OF_A_PART = Bar("of a part of net income", denied=_PER_SHARE)
_OF_A_CLASS = Bar("of one of several classes of stock", denied=_PER_SHARE)
_OF_PARTNERS = Bar("below a heading of one kind of partners", denied=_EQUITY)
_BOTTOM = frozenset({"NetIncomeLoss", "ProfitLoss"})
_BELOW = Bar(
    "a row below net income",
    denied=directly_below(
        StatementKind.INCOME,
        (
            "CostOfRevenueAbstract",
            "IncomeTaxAbstract",
            "InsuranceAbstract",
            "InterestExpenseAbstract",
            "InterestIncomeAbstract",
            "NetInterestIncomeAbstract",
            "NoninterestExpenseAbstract",
            "NoninterestIncomeAbstract",
            "NonoperatingIncomeExpenseAbstract",
            "OperatingExpensesAbstract",
            "RevenuesAbstract",
            "UtilityExpensesAbstract",
        ),
    ),
)
_PARTS = (Result.CONTINUING, Result.DISCONTINUED, Result.BEFORE_EXTRAORDINARY, Result.EXTRAORDINARY, Result.CUMULATIVE)
"""Results that are not the net income that earnings per share belong to."""
_DIVIDENDS = expression(r"^\W*(?:less\W+)?(?:cash )?dividends(?: declared| paid)?\W*$", re.I)
_RESULT = expression(r"\W*(?:net )?(?:income|earnings|loss|profit)\b", re.I)
_FIRST = 4
"""The results with which a cash flow statement begins are among so many rows."""
_INCLUDED = expression(
    r"^\W*(?:\w\)\W*)?(?:includes?|including|included in|the above includes?|amounts? included)\b", re.I
)
_SUBTOTAL = Bar(
    "other rows are the totals of both sides",
    denied=frozenset({"Assets", "LiabilitiesAndStockholdersEquity", "LiabilitiesAndPartnersCapital"}),
)
_NOTHING = Bar("a part of rows above, said below the statement", allowed=frozenset())


def read_structure(statement: Statement) -> Structure:
    """Return what the structure of a statement says of its rows."""
    verdicts: dict[int, Verdict] = {}
    dated: tuple[tuple[int, Bar], ...] = ()
    if statement.kind is StatementKind.INCOME:
        per_share = read_earnings_per_share(statement)
        verdicts = read_industry(statement) | read_results(statement) | per_share
        verdicts |= read_average_shares(statement, per_share.values())
        verdicts = _dividends(statement, verdicts) | verdicts
        verdicts = read_lines(statement, verdicts) | verdicts | read_parts_of_changes(statement)
    elif statement.kind is StatementKind.BALANCE_SHEET:
        verdicts = (
            read_standards(statement) | read_industry(statement) | read_equity(statement) | read_wholes(statement)
        )
        verdicts |= (
            read_property(statement) | _balance(statement) | read_net_assets(statement) | read_partners(statement)
        )
        dated = (*bars_before_amortization_ended(statement), *_bars_of_subtotals(statement))
    else:
        verdicts = read_flows(statement) | _first_results(statement)
        verdicts = read_lines(statement, verdicts) | verdicts
    bars: dict[int, list[Bar]] = defaultdict(list)
    named = (*dated, *bars_of_words(statement), *bars_of_mixtures(statement))
    named = (*named, *((row, _OF_A_CLASS) for row in rows_of_classes(statement)))
    for row, bar in (*bars_of(statement), *named, *_beside(statement, verdicts)):
        bars[row].append(bar)
    return Structure(verdicts, {row: tuple(found) for row, found in bars.items()})


def _balance(statement: Statement) -> dict[int, Verdict]:
    """Return the verdicts on the rows without a caption that are equal as total assets and all claims must be."""
    if not any(map(is_bare, statement.items)):
        return {}
    return {
        row: Verdict(concept, "no caption; assets and claims are equal")
        for pair in find_equalities(statement.items, statement.kind)
        for row, concept in ((pair.parts[0].item, "Assets"), (pair.total, "LiabilitiesAndStockholdersEquity"))
        if is_bare(statement.items[row])
    }


def _bars_of_subtotals(statement: Statement) -> Iterator[tuple[int, Bar]]:
    """Yield that the rows without a caption are not the totals of a balance sheet, if two other rows are these."""
    bare = [row for row, item in enumerate(statement.items) if is_bare(item)]
    pairs = find_equalities(statement.items, statement.kind) if len(bare) > 1 else ()
    totals = {row for pair in pairs for row in (pair.parts[0].item, pair.total)}
    yield from ((row, _SUBTOTAL) for row in bare if totals and row not in totals)


def _first_results(statement: Statement) -> dict[int, Verdict]:
    """Return the verdicts on the results before extraordinary items with which a cash flow statement begins."""
    return {
        row: Verdict(BEFORE_EXTRAORDINARY, "the result with which the statement begins")
        for row, item in enumerate(statement.items[:_FIRST])
        if item.unit is UnitKind.MONETARY
        and _RESULT.match(item.label)
        and result_of(item.label) is Result.BEFORE_EXTRAORDINARY
    }


def _dividends(statement: Statement, verdicts: Mapping[int, Verdict]) -> dict[int, Verdict]:
    """Return the verdict on the dividends below net income, which the retained earnings are reduced by."""
    bottom = max((row for row, verdict in verdicts.items() if verdict.concept in _BOTTOM), default=len(statement.items))
    rows = [
        row
        for row in range(bottom + 1, len(statement.items))
        if statement.items[row].unit is UnitKind.MONETARY and _DIVIDENDS.match(statement.items[row].label)
    ]
    return {row: Verdict("DividendsCash", "dividends below net income") for row in rows} if len(rows) == 1 else {}


def _beside(statement: Statement, verdicts: Mapping[int, Verdict]) -> Iterator[tuple[int, Bar]]:
    """Yield what the other rows cannot be, when the rows of the most important totals are known."""
    found = {verdict.concept for verdict in verdicts.values()}
    denied = frozenset[str]()
    if found & _EQUITY:
        denied = _EQUITY
    elif "NetIncomeLoss" in found:
        denied = _RESULTS
    bottom = max((row for row, verdict in verdicts.items() if verdict.concept in _BOTTOM), default=len(statement.items))
    for row, item in enumerate(statement.items):
        if row > bottom and row not in verdicts and item.unit is UnitKind.MONETARY:
            yield row, _BELOW
        if row not in verdicts and item.unit is UnitKind.PER_SHARE and found & _PER_SHARE and not names_earnings(item):
            yield row, _NOT_EARNINGS
        if item.unit is UnitKind.PER_SHARE and result_of(item.label) in _PARTS:
            yield row, _OF_A_PART
        if row in verdicts or item.unit is not UnitKind.MONETARY:
            continue
        if statement.kind is StatementKind.BALANCE_SHEET and is_bare(item) and account_of(item):
            yield row, _OF_PARTNERS
        if statement.kind is StatementKind.INCOME and any(_INCLUDED.search(section) for section in item.sections[-1:]):
            yield row, _NOTHING
        elif statement.kind is StatementKind.BALANCE_SHEET or is_bare(item):
            if denied:
                yield row, Bar("another row is the total", denied=denied)
        elif result_of(item.label) in (None, Result.OTHER):
            yield row, Bar("the caption names no such result", denied=denied or _RESULTS)
        elif "NetIncomeLoss" in found:
            yield row, Bar("another row is that result", denied=denied)
