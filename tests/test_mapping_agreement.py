"""Statements of one filing seen together."""

import pytest
from builders import mapped

from converter.mapping import agree

WHOLE_EQUITY = "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"
BASIC, DILUTED, BOTH = "EarningsPerShareBasic", "EarningsPerShareDiluted", "EarningsPerShareBasicAndDiluted"
SHARES = "WeightedAverageNumberOfSharesOutstandingBasic"
SHARES_BOTH = "WeightedAverageNumberOfShareOutstandingBasicAndDiluted"

Row = tuple[str, str | None]
"""Caption and concept."""


def agreed(*statements: list[Row]) -> list[list[str | None]]:
    mappings = [[mapped(concept) for _, concept in rows] for rows in statements]
    found = agree(mappings, [[caption for caption, _ in rows] for rows in statements])
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
    ((mapping,),) = agree([[mapped("ProfitLoss")]], [["Net income"]])
    assert mapping.evidence == ("not ProfitLoss: seen with the other rows",)


def test_nothing_to_agree_on() -> None:
    assert agree([], []) == []
