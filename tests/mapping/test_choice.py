"""One concept a row, none twice; a model of ten concepts in seven families."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from helpers.small_model import CASH, EQUITY, FAMILIES, INCOME, MINORITY, MINORITY_BALANCE, NONE, SALES, model

from converter.mapping.alternatives import Alternatives
from converter.mapping.captions import normalize_caption
from converter.mapping.choice import choose, runners_up
from converter.mapping.context import RowInContext
from converter.mapping.guess import Guess
from converter.statements.model import StatementKind

MODEL = model()
Ranked = Sequence[tuple[int, float]]


def option(
    ranked: Ranked, *figures: int, members: Sequence[tuple[int, float]] = (), space: str = "ism"
) -> Alternatives:
    """A row with these probabilities; without `members` all concepts of a family are as likely as the family."""
    shares = dict(ranked)
    every = [(concept, shares[family]) for concept, family in enumerate(FAMILIES) if family in shares]
    members = members or every
    likeliest = {FAMILIES[concept]: concept for concept, _ in reversed(members)}
    guess = Guess((), dict(members), likeliest, -1, 0.0)
    return Alternatives(RowInContext(space, normalize_caption(""), guess), tuple(map(Decimal, figures)), ranked)


def chosen(
    options: Sequence[Alternatives], kind: StatementKind = StatementKind.INCOME, min_confidence: float = 0.2
) -> list[str | None]:
    return [
        None if choice.concept is None else MODEL.concepts[choice.concept]
        for choice in choose(MODEL, kind, options, min_confidence)
    ]


def test_the_likeliest_family_is_chosen() -> None:
    assert chosen([option([(CASH, 0.7), (SALES, 0.3)], 1)]) == ["Cash"]


def test_what_is_not_likely_enough_is_not_chosen() -> None:
    unlikely = option([(NONE, 0.9), (CASH, 0.1)], 1)
    assert chosen([unlikely]) == [None]
    assert choose(MODEL, StatementKind.INCOME, [unlikely], 0.2)[0].confidence == 0.9
    assert chosen([unlikely], min_confidence=0.1) == ["Cash"]


@pytest.mark.parametrize(
    ("shares", "concepts"),
    [
        ((0.5, 0.45), [None, None]),
        ((0.5, 0.1), ["Cash", None]),
        ((0.95, 0.6), ["Cash", None]),
    ],
    ids=["rivals", "hardly a rival", "sure enough"],
)
def test_what_two_rows_may_be_is_neither(shares: tuple[float, float], concepts: list[str | None]) -> None:
    assert chosen([option([(CASH, share)], number) for number, share in enumerate(shares)]) == concepts


def test_rivals_are_none_where_there_is_room_for_both() -> None:
    first, second = [(0, 0.5), (1, 0.1)], [(0, 0.1), (1, 0.5)]
    rows = [option([(SALES, 0.6)], 1, members=first), option([(SALES, 0.6)], 2, members=second)]
    assert chosen(rows) == ["Revenues", "SalesRevenueNet"]
    assert chosen([option([(CASH, 0.25)], 5, 6), option([(CASH, 0.25)], 5, 6)]) == ["Cash", "Cash"]
    rows = [option([(CASH, 0.5)], 1), option([(CASH, 0.45)], 2), option([(CASH, 0.05)], 3)]
    assert chosen(rows, StatementKind.CASH_FLOW) == ["Cash", "Cash", None]


def test_none_is_not_chosen_for_being_likely() -> None:
    assert chosen([option([(NONE, 0.6), (CASH, 0.4)], 1)]) == ["Cash"]


def test_the_surest_row_takes_the_concept_and_others_their_next_best() -> None:
    rows = [option([(CASH, 0.5), (MINORITY, 0.3)], 1), option([(CASH, 0.9)], 2), option([(CASH, 0.8)], 3)]
    assert chosen(rows) == ["NetIncomeLossAttributableToNoncontrollingInterest", "Cash", None]


def test_a_family_has_room_for_its_concepts() -> None:
    rows = [option([(SALES, 0.9)], 1), option([(SALES, 0.8)], 2), option([(SALES, 0.7)], 3)]
    assert chosen(rows) == ["Revenues", "SalesRevenueNet", None]


def test_rows_with_the_same_figures_share_a_concept() -> None:
    rows = [option([(CASH, 0.9)], 5, 6), option([(CASH, 0.8)], 5, 6), option([(CASH, 0.7)], 5, 7)]
    assert chosen(rows) == ["Cash", "Cash", None]


def test_the_captions_divide_a_family() -> None:
    rows = [
        option([(SALES, 0.9)], 1, members=[(1, 0.6), (0, 0.3)]),
        option([(SALES, 0.8)], 2, members=[(1, 0.5), (0, 0.3)]),
    ]
    assert chosen(rows) == ["SalesRevenueNet", "Revenues"]


def test_rows_of_other_units_are_not_in_the_way() -> None:
    assert chosen([option([(CASH, 0.9)], 1), option([(CASH, 0.8)], 2, space="isp")]) == ["Cash", "Cash"]


def test_a_balance_stands_twice_in_a_cash_flow_statement() -> None:
    rows = [option([(CASH, share)], number) for number, share in enumerate((0.9, 0.8, 0.7))]
    assert chosen(rows, StatementKind.CASH_FLOW) == ["Cash", "Cash", None]
    assert chosen(rows, StatementKind.BALANCE_SHEET) == ["Cash", None, None]


def test_the_minoritys_share_divides_the_whole_from_the_part() -> None:
    rows = [option([(INCOME, 0.9)], 500), option([(MINORITY, 0.9)], 60), option([(INCOME, 0.8)], 440)]
    assert chosen(rows) == ["ProfitLoss", "NetIncomeLossAttributableToNoncontrollingInterest", "NetIncomeLoss"]


def test_the_whole_stands_below_where_the_share_is_added() -> None:
    rows = [option([(INCOME, 0.9)], 440), option([(MINORITY, 0.9)], 60), option([(INCOME, 0.8)], 500)]
    assert chosen(rows) == ["NetIncomeLoss", "NetIncomeLossAttributableToNoncontrollingInterest", "ProfitLoss"]


def test_equity_with_and_without_the_minoritys() -> None:
    rows = [option([(EQUITY, 0.9)], 440), option([(MINORITY_BALANCE, 0.9)], 60), option([(EQUITY, 0.8)], 500)]
    assert chosen(rows, StatementKind.BALANCE_SHEET) == [
        "StockholdersEquity",
        "MinorityInterest",
        "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest",
    ]


@pytest.mark.parametrize(
    ("family", "others"), [(CASH, ["ProfitLoss", "Revenues"]), (NONE, ["Cash", "ProfitLoss", "Revenues"])]
)
def test_the_next_best(family: int, others: list[str]) -> None:
    ranked = [(CASH, 0.5), (INCOME, 0.2), (NONE, 0.2), (SALES, 0.1)]
    row = option(ranked, 1, members=[(2, 0.5), (4, 0.15), (3, 0.05), (0, 0.1)])
    (choice,) = choose(MODEL, StatementKind.INCOME, [row], 0.2 if family == CASH else 0.6)
    assert [other.concept for other in runners_up(MODEL, row, choice)] == others


def test_no_rows_no_choices() -> None:
    assert choose(MODEL, StatementKind.INCOME, [], 0.2) == []
