"""What a caption means by itself, with a model of a few weights and with the shipped one."""

import math

import pytest
from helpers.small_model import CASH, INCOME, NONE, SALES, model

from converter.mapping.captions import normalize_caption
from converter.mapping.guess import ANY_CAPTION, NO_GUESS, Guesser, load_guesser, space_of
from converter.statements.model import StatementKind, UnitKind

WORDS = model(captions={"ism=sales": {0: 2.0, 1: 1.0}, "ism=cash": {2: 3.0, 9: 4.0}, "isp=earnings": {3: 1.0}})


@pytest.mark.parametrize(
    ("kind", "unit", "space"),
    [
        (StatementKind.INCOME, UnitKind.MONETARY, "ism"),
        (StatementKind.BALANCE_SHEET, UnitKind.SHARES, "bss"),
        (StatementKind.INCOME, UnitKind.PER_SHARE, "isp"),
        (StatementKind.CASH_FLOW, UnitKind.PURE, "cfu"),
    ],
)
def test_the_space_of_a_row(kind: StatementKind, unit: UnitKind, space: str) -> None:
    assert space_of(kind, unit) == space


def test_concepts_of_a_family_add_up() -> None:
    found = Guesser(WORDS).guess("ism", normalize_caption("Sales"))
    assert found.families == ((SALES, 0.0),)
    assert list(found.members) == [0, 1]
    assert math.isclose(found.members[0] / found.members[1], math.e)
    assert (found.top_family, found.top_probability) == (SALES, 1.0)


def test_the_top_is_a_concepts_even_where_none_is_likelier() -> None:
    found = Guesser(WORDS).guess("ism", normalize_caption("Cash"))
    assert [family for family, _ in found.families] == [NONE, CASH]
    assert found.top_family == CASH
    assert found.top_probability == pytest.approx(1 / (1 + math.e))


def test_words_of_another_unit_say_nothing() -> None:
    assert Guesser(WORDS).guess("ism", normalize_caption("Earnings")) == NO_GUESS
    assert Guesser(WORDS).guess("isp", normalize_caption("Earnings")).top_family == INCOME


def test_a_caption_without_words_says_nothing() -> None:
    assert load_guesser().guess("cfm", normalize_caption("1,234")) == NO_GUESS


@pytest.mark.parametrize(
    ("kind", "unit", "label", "concept"),
    [
        (StatementKind.BALANCE_SHEET, UnitKind.MONETARY, "Total assets", "Assets"),
        (StatementKind.BALANCE_SHEET, UnitKind.MONETARY, "Inventories", "InventoryNet"),
        (StatementKind.BALANCE_SHEET, UnitKind.MONETARY, "Excess of cost over net assets acquired", "Goodwill"),
        (StatementKind.BALANCE_SHEET, UnitKind.MONETARY, "Minority interests in subsidiaries", "MinorityInterest"),
        (StatementKind.INCOME, UnitKind.MONETARY, "Gross profit", "GrossProfit"),
        (
            StatementKind.INCOME,
            UnitKind.MONETARY,
            "Provision for federal and state income taxes",
            "IncomeTaxExpenseBenefit",
        ),
        (StatementKind.BALANCE_SHEET, UnitKind.MONETARY, "Total shareowners' equity", "StockholdersEquity"),
        (StatementKind.BALANCE_SHEET, UnitKind.MONETARY, "Reinvested earnings", "RetainedEarningsAccumulatedDeficit"),
        (
            StatementKind.BALANCE_SHEET,
            UnitKind.MONETARY,
            "Earnings retained for use in the business",
            "RetainedEarningsAccumulatedDeficit",
        ),
        (StatementKind.INCOME, UnitKind.PER_SHARE, "Fully diluted", "EarningsPerShareDiluted"),
        (StatementKind.INCOME, UnitKind.PER_SHARE, "Fully diluted earnings per share", "EarningsPerShareDiluted"),
        (StatementKind.INCOME, UnitKind.PER_SHARE, "Primary earnings per share", "EarningsPerShareBasic"),
        (
            StatementKind.CASH_FLOW,
            UnitKind.MONETARY,
            "Capital expenditures",
            "PaymentsToAcquirePropertyPlantAndEquipment",
        ),
    ],
)
def test_common_captions(kind: StatementKind, unit: UnitKind, label: str, concept: str) -> None:
    guesser = load_guesser()
    found = guesser.guess(space_of(kind, unit), normalize_caption(label, unit))
    assert guesser.model.concepts[next(iter(found.members))] == concept
    assert guesser.model.families[guesser.model.numbers[concept]] == found.top_family


def test_what_few_words_say_stands_beside_the_prior() -> None:
    """A weight of 1 for one concept alone is no certainty; a great weight is."""
    prior = {number: math.log(0.25) for number in (0, 2, 3, 9)}
    few, many = {"ism=grant": {3: 1.0}}, {"ism=grant": {3: 7.0}}
    weak = Guesser(model(captions={**few, "ism" + ANY_CAPTION: prior})).guess("ism", normalize_caption("Grant"))
    strong = Guesser(model(captions={**many, "ism" + ANY_CAPTION: prior})).guess("ism", normalize_caption("Grant"))
    assert Guesser(model(captions=few)).guess("ism", normalize_caption("Grant")).top_probability == 1.0
    assert weak.top_family == strong.top_family == INCOME
    assert weak.top_probability == pytest.approx((1 + 0.25) / 2, abs=0.02)
    assert strong.top_probability > 0.99


@pytest.mark.parametrize("label", ["Grant", "Grants", "Tuition", "Zyxw income", "Ruritanian deposits", "Quux"])
@pytest.mark.parametrize("kind", StatementKind)
def test_a_caption_of_which_little_is_known_is_never_certain(kind: StatementKind, label: str) -> None:
    found = load_guesser().guess(space_of(kind, UnitKind.MONETARY), normalize_caption(label))
    assert all(math.exp(share) < 0.9 for _, share in found.families)
    assert found.top_probability < 0.8


def test_probabilities_are_probabilities() -> None:
    found = load_guesser().guess("bsm", normalize_caption("Other accrued liabilities"))
    shares = [math.exp(share) for _, share in found.families]
    assert shares == sorted(shares, reverse=True)
    assert 0.9 < sum(shares) <= 1 + 1e-9
    assert sum(found.members.values()) == pytest.approx(sum(shares))
