"""What the rows around a row say of it."""

import math

import pytest
from helpers.small_model import CASH, INCOME, NONE, SALES, model

from converter.mapping.captions import normalize_caption
from converter.mapping.context import RowInContext, context_features, places_of, rank
from converter.mapping.guess import NO_GUESS, Guess, Guesser

CAPTIONS = {"bsm=sales": {0: 4.0}, "bsm=income": {3: 4.0}, "bsm=cash": {2: 4.0}}


def rows(*labels: str, heading: int | None = None) -> list[RowInContext]:
    guesser = Guesser(model(captions=CAPTIONS))
    captions = [normalize_caption(label) for label in labels]
    return [RowInContext("bsm", caption, guesser.guess("bsm", caption), heading) for caption in captions]


def features(*labels: str, heading: int | None = None) -> list[set[str]]:
    return [set(context_features(place)) for place in places_of(model(), rows(*labels, heading=heading))]


def test_a_row_knows_the_totals_and_the_rows_around_it() -> None:
    first, income, last = features("Sales", "Income", "Cash")
    assert {"bsmb", "bsma-2", f"bsmz{INCOME}", f"bsmn{INCOME}", f"bsmnn{CASH}", "bsmp-2"} <= first
    assert {"bsma-2", "bsmz-3", f"bsmp{SALES}", f"bsmn{CASH}"} <= income
    assert {f"bsma{INCOME}", "bsmz-3", f"bsmp{INCOME}", f"bsmpp{SALES}", "bsmn-3"} <= last


def test_a_row_knows_its_distance_from_the_totals() -> None:
    far, near, _, after = features("Sales", "Cash", "Income", "Sales")
    assert f"bsmz{INCOME}-1" in far
    assert f"bsmz{INCOME}-0" in near
    assert f"bsma{INCOME}+0" in after


def test_a_heading_stands_for_the_total_it_announces() -> None:
    (row,) = features("Sales", heading=CASH)
    assert f"bsmz{CASH}" in row
    assert f"bsm=sales|z{CASH}" in row


def test_every_row_knows_what_tells_the_industry() -> None:
    assert all(f"bsmm{CASH}" in row for row in features("Sales", "Cash", "Zyxw"))
    assert not any(f"bsmm{CASH}" in row for row in features("Sales", "Zyxw"))


def test_captions_that_come_again_are_counted() -> None:
    one, two = features("Cash", "Cash")
    assert "bsm0/2" in one
    assert "bsm1/2" in two
    assert not any("/" in feature for feature in features("Cash", "Sales")[0])


GUESS = Guess(((SALES, math.log(0.6)), (NONE, math.log(0.4))), {0: 0.6}, {SALES: 0}, SALES, 0.6)


@pytest.mark.parametrize(
    ("contexts", "weights", "share"),
    [
        ({}, (1.0, 1.0), 0.6),
        ({"x": {SALES: 2.0}}, (1.0, 1.0), 0.6 * math.e**2 / (0.6 * math.e**2 + 0.4)),
        ({"x": {NONE: 2.0}}, (1.0, 1.0), 0.6 / (0.6 + 0.4 * math.e**2)),
        ({"x": {CASH: 7.0}}, (1.0, 1.0), 0.6),
        ({"y": {SALES: 2.0}}, (1.0, 1.0), 0.6),
        ({}, (2.0, 1.0), 0.36 / 0.76),
        ({}, (0.0, 0.0), 0.5),
    ],
)
def test_the_context_weighs_the_guess_anew(
    contexts: dict[str, dict[int, float]], weights: tuple[float, float], share: float
) -> None:
    ranked = dict(rank(model(contexts=contexts, weights=weights), GUESS, ["x"]))
    assert ranked[SALES] == pytest.approx(share)
    assert sum(ranked.values()) == pytest.approx(1)


def test_the_best_comes_first() -> None:
    assert [family for family, _ in rank(model(contexts={"x": {NONE: 3.0}}), GUESS, ["x"])] == [NONE, SALES]


def test_nothing_known_is_nothing_ranked() -> None:
    assert rank(model(contexts={"x": {SALES: 2.0}}), NO_GUESS, ["x"]) == []
