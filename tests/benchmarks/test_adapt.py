"""Correcting a mapper with labelled statements: what it learns, what it keeps. Needs numpy and scipy."""

import importlib
from collections.abc import Callable
from types import ModuleType

import pytest
from helpers.builders import instant, item, statement
from helpers.paths import BENCHMARKS
from helpers.small_model import CASH, model

from converter.mapping.captions import normalize_caption
from converter.mapping.guess import Guesser
from converter.mapping.weights import SCALE, WeightTable
from converter.statements.model import StatementKind

pytest.importorskip("scipy")
Import = Callable[[str], ModuleType]


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> Import:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module


def test_weights_are_added(benchmark: Import) -> None:
    table = WeightTable.of({"cash": {0: 5}, "sales": {1: 120}})
    both = benchmark("adapt_mapper").with_weights(table, {"cash": {0: -3, 2: 7}, "sales": {1: 120}, "other": {3: 1}})
    assert [both.weights_of(text) for text in ("cash", "sales", "other")] == [{0: 2, 2: 7}, {1: 127}, {3: 1}]


def test_a_label_shares_its_row_with_what_else_is_accepted(benchmark: Import) -> None:
    older = benchmark("older_statements")
    label = older.RowLabel(1, "Cash", frozenset({"Revenues", "none"}), older.Reading.READ)
    assert benchmark("adapt_mapper").meanings(label, model()) == {2: 0.8, 0: 0.2}
    unknown = older.RowLabel(1, "us-gaap:Coins", frozenset(), older.Reading.READ)
    assert benchmark("adapt_mapper").meanings(unknown, model()) == {9: 1.0}


@pytest.mark.parametrize(("known", "learned"), [(False, True), (True, False)])
def test_a_new_caption_that_was_misunderstood_is_understood_then(benchmark: Import, known: bool, learned: bool) -> None:
    """What a whole caption means stays where it was learned before."""
    older, adapt = benchmark("older_statements"), benchmark("adapt_mapper")
    before = model(captions={"bsm=vault" if known else "bsmvault": {0: 1.0, 2: 0.0}, "bsm=sales": {0: 4.0, 2: 0.0}})
    vault = statement(StatementKind.BALANCE_SHEET, [instant("1997-12-31")], item("Vault", "5"))
    labels = (older.RowLabel(1, "Cash", frozenset(), older.Reading.READ),)
    companies = [older.LabelledStatement(f"company {n}", "1", n % 3, vault, labels) for n in range(12)]
    after = Guesser(adapt.adapt(before, companies))
    assert Guesser(before).guess("bsm", normalize_caption("Vault")).top_family != CASH
    assert (after.guess("bsm", normalize_caption("Vault")).top_family == CASH) is learned
    kept = after.model.captions.weights_of("bsm=sales")
    assert kept == before.captions.weights_of("bsm=sales") == {0: 4 * SCALE, 2: 0}
