"""How sure a concept is beside near synonyms and other rows; a model of seven concepts, each a family of its own."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from converter.mapping.alternatives import Alternatives, Confidence, with_representative
from converter.mapping.captions import normalize_caption
from converter.mapping.context import RowInContext
from converter.mapping.guess import Guess
from converter.mapping.structure import Verdict
from converter.mapping.weights import Model, WeightTable
from converter.statements.model import StatementKind

NAMES = (
    "PaymentsOfDividends",
    "PaymentsOfDividendsCommonStock",
    "InterestPaid",
    "Cash",
    "Revenues",
    "SalesRevenueNet",
    "",
)
DIVIDENDS, COMMON_DIVIDENDS, INTEREST, CASH, REVENUES, NET_SALES, NONE = range(7)
SALES = 4
FAMILIES = (0, 1, 2, 3, SALES, SALES, 5)
MODEL = Model(
    NAMES, FAMILIES, frozenset(), frozenset(), frozenset(), (1.0, 1.0), WeightTable.of({}), WeightTable.of({})
)
ROW = RowInContext(
    "cfm", normalize_caption(""), Guess((), {}, {family: FAMILIES.index(family) for family in FAMILIES}, -1, 0.0)
)


def option(*ranked: tuple[int, float], figure: int = 1, verdict: Verdict | None = None) -> Alternatives:
    return Alternatives(ROW, (Decimal(figure),), ranked, verdict)


def confidence(*options: Alternatives, kind: StatementKind = StatementKind.INCOME, concept: int | None = None) -> float:
    """That of the first row in its likeliest family."""
    return Confidence(MODEL, kind, options).of(0, options[0].ranked[0][0] if concept is None else concept)


def test_alone_it_is_the_probability() -> None:
    assert confidence(option((INTEREST, 0.7), (CASH, 0.2))) == pytest.approx(0.7)


def test_near_synonyms_speak_for_each_other() -> None:
    row = option((COMMON_DIVIDENDS, 0.4), (DIVIDENDS, 0.3), (CASH, 0.3))
    assert confidence(row) == confidence(row, concept=DIVIDENDS) == pytest.approx(0.7)


def test_a_synonym_that_is_barred_speaks_for_the_others() -> None:
    row = Alternatives(ROW, (Decimal(1),), [(DIVIDENDS, 0.3)], None, [(COMMON_DIVIDENDS, 0.4), (CASH, 0.3)])
    assert confidence(row) == pytest.approx(0.7)


def test_half_of_what_speaks_for_no_concept_says_nothing() -> None:
    assert confidence(option((INTEREST, 0.4), (FAMILIES[NONE], 0.4), (CASH, 0.2))) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("share", "least", "most"),
    [(0.02, 0.8, 0.8), (0.1, 0.6, 0.79), (0.8, 0.1, 0.2), (1.0, 0.0, 0.001)],
    ids=["no rival", "hardly a rival", "as likely", "certain"],
)
def test_a_rival_makes_it_less_sure(share: float, least: float, most: float) -> None:
    assert least - 1e-9 <= confidence(option((INTEREST, 0.8)), option((INTEREST, share), figure=2)) <= most + 1e-9


def test_certainty_is_hardly_less_for_a_rival() -> None:
    assert confidence(option((INTEREST, 1.0)), option((INTEREST, 0.9), figure=2)) > 0.95


@pytest.mark.parametrize(
    "other",
    [
        option((INTEREST, 0.8)),
        option((CASH, 0.8), figure=2),
        option((INTEREST, 0.8), figure=2, verdict=Verdict(None, "")),
        Alternatives(RowInContext("cfs", ROW.caption, ROW.guess), (Decimal(2),), [(INTEREST, 0.8)]),
    ],
    ids=["the same figures", "another concept", "a verdict", "another unit"],
)
def test_rows_that_are_no_rivals(other: Alternatives) -> None:
    assert confidence(option((INTEREST, 0.8)), other) == pytest.approx(0.8)


def test_a_balance_stands_twice_in_a_cash_flow_statement() -> None:
    nothing: frozenset[int] = frozenset()
    table = WeightTable.of({})
    names = ("CashAndCashEquivalentsAtCarryingValue", "")
    model = Model(names, (0, 1), nothing, nothing, frozenset(), (1.0, 1.0), table, table)
    rows = [option((0, 0.8), figure=number) for number in range(3)]
    assert Confidence(model, StatementKind.CASH_FLOW, rows[:2]).of(0, 0) == pytest.approx(0.8)
    assert Confidence(model, StatementKind.CASH_FLOW, rows).of(0, 0) < 0.2
    assert Confidence(model, StatementKind.BALANCE_SHEET, rows[:2]).of(0, 0) < 0.2


@pytest.mark.parametrize(("members", "most"), [({REVENUES: 0.9, NET_SALES: 0.0}, 0.8), ({NET_SALES: 0.9}, 0.2)])
def test_a_rival_means_the_very_concept(members: dict[int, float], most: float) -> None:
    """A row of revenues is no rival of net sales where its caption tells one from the other."""
    guess = Guess((), members, ROW.guess.likeliest, -1, 0.0)
    other = Alternatives(RowInContext("cfm", ROW.caption, guess), (Decimal(2),), [(SALES, 0.8)])
    found = confidence(option((SALES, 0.8)), other, concept=NET_SALES)
    assert found == pytest.approx(0.8) if most == 0.8 else found < most


@pytest.mark.parametrize(
    ("ranked", "expected"),
    [
        (
            [(COMMON_DIVIDENDS, 0.4), (CASH, 0.3), (DIVIDENDS, 0.3)],
            [(DIVIDENDS, 0.4), (CASH, 0.3), (COMMON_DIVIDENDS, 0.3)],
        ),
        ([(COMMON_DIVIDENDS, 0.4), (DIVIDENDS, 0.1)], [(COMMON_DIVIDENDS, 0.4), (DIVIDENDS, 0.1)]),
        ([(DIVIDENDS, 0.4), (COMMON_DIVIDENDS, 0.3)], [(DIVIDENDS, 0.4), (COMMON_DIVIDENDS, 0.3)]),
        ([(FAMILIES[NONE], 0.6), (COMMON_DIVIDENDS, 0.2)], [(FAMILIES[NONE], 0.6), (COMMON_DIVIDENDS, 0.2)]),
        ([(CASH, 0.6), (INTEREST, 0.5)], [(CASH, 0.6), (INTEREST, 0.5)]),
        ([], []),
    ],
    ids=["nearly as likely", "unlikely", "already", "none", "no synonyms", "nothing"],
)
def test_the_representative_is_taken(ranked: list[tuple[int, float]], expected: Sequence[tuple[int, float]]) -> None:
    assert with_representative(MODEL, ROW.guess, ranked) == expected
