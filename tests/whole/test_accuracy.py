"""The accuracy gate: how much of documents with a known truth comes out right, and never less than before."""

from decimal import Decimal
from functools import cache, reduce
from operator import add
from pathlib import Path

import pytest
from accuracy import FOLDER, Gold, Score, gold_paths, read_floors, read_gold, score

import converter
from converter.taxonomy import load_taxonomy
from converter.vocabulary.periods import Duration, Instant

_LEEWAY = Decimal("0.005")


@cache
def _total() -> Score:
    golds = [read_gold(path) for path in gold_paths()]
    return reduce(add, (score(gold, converter.read(gold.document)) for gold in golds))


@pytest.mark.parametrize("name", ["extracted", "tagged", "right"])
def test_floors(name: str) -> None:
    """`python -m tests.accuracy` shows every document's part in it."""
    floor, share = read_floors()[name], _total().shares()[name]
    assert share >= floor, f"{name} fell to {share:.4f}:\n" + "\n".join(_total().misses)
    assert share <= floor + _LEEWAY, f"{name} is {share:.4f} now: raise its floor in {FOLDER.name}/floors.toml"


def test_floors_are_those_of_the_scores() -> None:
    assert read_floors().keys() == _total().shares().keys()


@pytest.mark.parametrize("path", gold_paths(), ids=lambda path: path.stem)
def test_gold_files_are_well_made(path: Path) -> None:
    gold = read_gold(path)
    concepts = load_taxonomy().concepts
    assert gold.document.is_file()
    assert gold.document.stem == path.stem
    assert gold.values
    for value in gold.values:
        known = [concepts[name] for name in value.accepted if name in concepts]
        assert known or "*" in value.accepted, f"{value.label}: no accepted concept is in the taxonomy"
        instant = isinstance(value.period, Instant)
        assert all((concept.period_type == "instant") is instant for concept in known), value.label


def test_enough_of_them() -> None:
    assert len(gold_paths()) >= 12
    assert _total().values >= 500


DOCUMENT = FOLDER / "fourth-quarter-in-the-text.txt"


def test_the_score_itself(tmp_path: Path) -> None:
    """A value that is right, one with another concept, one with another sign, one that is missing, and one wrong."""
    path = tmp_path / "x.gold"
    path.write_text(
        f"# doc: {DOCUMENT}\n"
        "@is scale=1000 periods=2004-01-01/2004-12-31\n"
        "Right ; SalesRevenueNet|Revenues ; USD ; 16184\n"
        "Of the company's own ; * ; USD ; 10020\n"
        "Other concept ; Revenues ; USD ; 3610\n"
        "Other sign ; GrossProfit ; USD ; -6164\n"
        "Other value ; NetIncomeLoss ; USD ; 1901\n"
        "Rounded ; EarningsPerShareDiluted ; USD/shares ; .\n"
    )
    found = score(read_gold(path), converter.read(DOCUMENT))
    assert (found.values, found.extracted, found.tagged) == (5, 4, 2)
    assert found.wrong == 2  # the gross profit and the net income
    assert len(found.misses) == 5


def test_periods_and_scales_of_gold(tmp_path: Path) -> None:
    path = tmp_path / "x.gold"
    path.write_text(
        "# doc: x.txt\n@bs scale=1000 periods=2004-12-31\nCash ; Cash ; USD ; 2.5\n"
        "@is scale=1000 periods=2004-01-01/2004-12-31 2003-01-01/2003-12-31\nEPS ; E|F ; USD/shares ; . ; -0.5\n"
    )
    gold = read_gold(path)
    assert isinstance(gold, Gold)
    assert [(value.unit, value.value) for value in gold.values] == [("USD", 2500), ("USD/shares", Decimal("-0.5"))]
    assert [type(value.period) for value in gold.values] == [Instant, Duration]
