"""Statements of one filing seen together."""

import pytest
from helpers.builders import duration, item, mapped, statement

from converter.mapping import reconcile
from converter.statements.model import Statement, StatementKind, UnitKind

WHOLE_EQUITY = "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"
BASIC, DILUTED, BOTH = "EarningsPerShareBasic", "EarningsPerShareDiluted", "EarningsPerShareBasicAndDiluted"
SHARES = "WeightedAverageNumberOfSharesOutstandingBasic"
SHARES_BOTH = "WeightedAverageNumberOfShareOutstandingBasicAndDiluted"

Row = tuple[str, str | None]
"""Caption and concept."""


YEARS = [duration("1998-01-01", "1998-12-31"), duration("1997-01-01", "1997-12-31")]


def page(kind: StatementKind, *rows: tuple[str, ...], unit: UnitKind = UnitKind.MONETARY) -> Statement:
    """A statement of rows with a caption and a figure for each of the first years."""
    periods = YEARS[: max(len(figures) for _, *figures in rows)]
    return statement(kind, periods, *(item(caption, *figures, unit=unit) for caption, *figures in rows))


def agreed(*statements: list[Row]) -> list[list[str | None]]:
    mappings = [[mapped(concept) for _, concept in rows] for rows in statements]
    found = reconcile(
        mappings, [page(StatementKind.INCOME, *((caption, "1") for caption, _ in rows)) for rows in statements]
    )
    return [[mapping.concept for mapping in rows] for rows in found]


@pytest.mark.parametrize(
    ("rows", "concepts"),
    [
        ([("Net income", "ProfitLoss")], ["NetIncomeLoss"]),
        ([("Total equity", WHOLE_EQUITY)], ["StockholdersEquity"]),
        (
            [("Total equity", WHOLE_EQUITY), ("Minority interest", "MinorityInterest")],
            [WHOLE_EQUITY, "MinorityInterest"],
        ),
        ([("Net income", "ProfitLoss"), ("To common", "NetIncomeLoss")], ["ProfitLoss", "NetIncomeLoss"]),
        ([("Per share", BASIC)], [BOTH]),
        ([("Per share", DILUTED)], [BOTH]),
        ([("Basic per share", BASIC)], [BASIC]),
        ([("Primary per share", BASIC)], [BASIC]),
        ([("Diluted per share", DILUTED)], [DILUTED]),
        ([("Basic and diluted per share", BASIC)], [BOTH]),
        ([("Per share", BASIC), ("Assuming dilution", DILUTED)], [BASIC, DILUTED]),
        ([("Shares used", SHARES)], [SHARES_BOTH]),
        ([("Sundry", None)], [None]),
    ],
)
def test_one_statement(rows: list[Row], concepts: list[str | None]) -> None:
    assert agreed(rows) == [concepts]


def test_a_minority_on_the_balance_sheet_counts_for_the_income_statement() -> None:
    assert agreed([("Net income", "ProfitLoss")], [("Minority interest", "MinorityInterest")]) == [
        ["ProfitLoss"],
        ["MinorityInterest"],
    ]


def test_a_change_is_told() -> None:
    ((mapping,),) = reconcile([[mapped("ProfitLoss")]], [page(StatementKind.INCOME, ("Net income", "1"))])
    assert mapping.evidence == ("not ProfitLoss: seen with the other rows",)


def test_nothing_to_agree_on() -> None:
    assert reconcile([], []) == []


PER_SHARE = [
    "IncomeLossFromContinuingOperationsPerBasicShare",
    BASIC,
    "IncomeLossFromContinuingOperationsPerDilutedShare",
    DILUTED,
]
EXCHANGED = [*PER_SHARE[2:], *PER_SHARE[:2]]


@pytest.mark.parametrize(
    ("rows", "concepts"),
    [
        ([("Continuing", "3.57"), ("Net", "3.57"), ("Continuing", "3.58"), ("Net", "3.58")], EXCHANGED),
        ([("Continuing", "3.58"), ("Net", "3.58"), ("Continuing", "3.57"), ("Net", "3.57")], PER_SHARE),
        ([("Continuing", "3.58"), ("Net", "3.57"), ("Continuing", "3.57"), ("Net", "3.58")], PER_SHARE),
        ([("Continuing", "-3.58"), ("Net", "-3.58"), ("Continuing", "-3.57"), ("Net", "-3.57")], PER_SHARE),
        ([("Continuing", "3.57"), ("Net", "3.57"), ("Continuing", "3.58"), ("Diluted", "3.58")], PER_SHARE),
    ],
    ids=["diluted first", "basic first", "neither", "losses say nothing", "the caption tells"],
)
def test_the_greater_earnings_per_share_are_the_basic_ones(rows: list[tuple[str, str]], concepts: list[str]) -> None:
    one = page(StatementKind.INCOME, *rows, unit=UnitKind.PER_SHARE)
    ((*found,),) = reconcile([[mapped(name) for name in PER_SHARE]], [one])
    assert [mapping.concept for mapping in found] == concepts


def test_the_greater_number_of_shares_is_the_diluted_one() -> None:
    one = page(StatementKind.INCOME, ("Shares", "718"), ("Shares", "716"), unit=UnitKind.SHARES)
    diluted = "WeightedAverageNumberOfDilutedSharesOutstanding"
    ((*found,),) = reconcile([[mapped(SHARES), mapped(diluted)]], [one])
    assert [mapping.concept for mapping in found] == [diluted, SHARES]


@pytest.mark.parametrize(
    ("shown", "added_back", "kept"),
    [
        (("269", "257"), ("423", "348"), None),
        (("269", "257"), ("269", "348"), None),
        (("269", "257"), ("269", "257"), "Depreciation"),
        (("423", "348"), ("269", "257"), "Depreciation"),
        (("269", "348"), ("423", "257"), "Depreciation"),
    ],
    ids=["less", "less once", "the same", "more", "less and more"],
)
def test_a_cost_that_the_cash_flow_statement_has_more_of_is_a_part(
    shown: tuple[str, str], added_back: tuple[str, str], kept: str | None
) -> None:
    income, cash = (
        page(StatementKind.INCOME, ("Depreciation", *shown)),
        page(StatementKind.CASH_FLOW, ("Depreciation", *added_back)),
    )
    (first,), (second,) = reconcile([[mapped("Depreciation")], [mapped("Depreciation")]], [income, cash])
    assert (first.concept, second.concept) == (kept, "Depreciation")
    assert kept or first.evidence == ("a part of Depreciation",)


def test_taxes_paid_say_nothing_of_the_expense() -> None:
    income, cash = (
        page(StatementKind.INCOME, ("Income taxes", "100")),
        page(StatementKind.CASH_FLOW, ("Income taxes", "120")),
    )
    (first,), _ = reconcile([[mapped("IncomeTaxExpenseBenefit")]] * 2, [income, cash])
    assert first.concept == "IncomeTaxExpenseBenefit"


def test_income_before_taxes_may_open_a_cash_flow_statement() -> None:
    pretax = (
        "IncomeLossFromContinuingOperationsBeforeIncomeTaxesMinorityInterestAndIncomeLossFromEquityMethodInvestments"
    )
    pages = [
        page(StatementKind.INCOME, ("Income before taxes", "30", "20"), ("Net income", "18", "12")),
        page(StatementKind.CASH_FLOW, ("Income before taxes", "30", "20"), ("Income before other items", "3", "2")),
    ]
    found = reconcile([[mapped(pretax), mapped("NetIncomeLoss")], [mapped(None), mapped(None)]], pages)
    assert [mapping.concept for mapping in found[1]] == [pretax, None]


@pytest.mark.parametrize(
    ("flow", "sign", "concept"),
    [
        (("Restructuring charge", "8", "6"), 1, "RestructuringCharges"),
        (("Restructuring charge", "-8", "-6"), -1, "RestructuringCharges"),
        (("Restructuring charge", "8", "7"), 1, None),
        (("Restructuring charge", "-8", "6"), 1, None),
        (("Restructuring", "8", "6"), 1, None),
    ],
    ids=["the same", "the other sign", "another amount", "two signs", "another caption"],
)
def test_a_cost_added_back_has_the_concept_of_the_cost(flow: tuple[str, ...], sign: int, concept: str | None) -> None:
    pages = [page(StatementKind.INCOME, ("Restructuring charge", "8", "6")), page(StatementKind.CASH_FLOW, flow)]
    found = reconcile([[mapped("RestructuringCharges")], [mapped(None)]], pages)
    assert (found[1][0].concept, found[1][0].sign) == (concept, sign)


@pytest.mark.parametrize(
    ("rows", "concepts"),
    [
        ([("Accruing to our owners", "310", "290")], ["NetIncomeLoss"]),
        ([("Accruing to our owners", "310", "280")], [None]),
        ([("Depreciation", "55", "60"), ("Accruing to our owners", "310", "290")], [None, "NetIncomeLoss"]),
        ([("Net income", "310", "290"), ("Accruing to our owners", "310", "290")], ["NetIncomeLoss", None]),
        ([*[("Sundry", "1", "2")] * 4, ("Accruing to our owners", "310", "290")], [None] * 5),
    ],
)
def test_cash_flows_begin_with_net_income(rows: list[tuple[str, str, str]], concepts: list[str | None]) -> None:
    income = page(StatementKind.INCOME, ("Net income", "310", "290"))
    flows = page(StatementKind.CASH_FLOW, *rows)
    mapped_flows = [mapped("NetIncomeLoss" if caption == "Net income" else None) for caption, *_ in rows]
    found = reconcile([[mapped("NetIncomeLoss")], mapped_flows], [income, flows])
    assert [mapping.concept for mapping in found[1]] == concepts


@pytest.mark.parametrize(
    ("common", "caption", "concept"),
    [
        ("90", "Dividends paid", "PaymentsOfDividends"),
        ("90", "Dividends paid on common stock", "PaymentsOfDividendsCommonStock"),
        ("100", "Dividends paid", "PaymentsOfDividendsCommonStock"),
    ],
)
def test_dividends_paid_are_on_preferred_stock_too(common: str, caption: str, concept: str) -> None:
    income = page(StatementKind.INCOME, ("Net income", "100"), ("Net income for common stock", common))
    flows = page(StatementKind.CASH_FLOW, (caption, "-20"))
    names = ["NetIncomeLoss", "NetIncomeLossAvailableToCommonStockholdersBasic"]
    _, (dividends,) = reconcile(
        [[mapped(name) for name in names], [mapped("PaymentsOfDividendsCommonStock")]], [income, flows]
    )
    assert dividends.concept == concept
