"""The parts of the benchmarks that count: what they say must be right."""

import importlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from helpers.builders import duration, filing, instant, item, mapped, statement, with_mappings
from helpers.paths import BENCHMARKS

from converter.filing.reader import Header
from converter.pipeline import Reading
from converter.report import Report, build_report
from converter.statements.model import StatementKind, UnitKind
from converter.sums.arithmetic import find_sums

Import = Callable[[str], ModuleType]
FILING = filing("", Header(company="ACME INC", cik="0000000123"))
GOLD = """\
# doc: release.txt
# fold: 3
@is scale=1000 periods=1997-01-01/1997-12-31 1996-01-01/1996-12-31
Net sales ; Revenues|SalesRevenueNet ; USD ; 500 ; 400
Cost of sales ; CostOfRevenue ; USD ; 300 ; .
Sundry ; * ; USD ; -20 ; 0
Per share ; EarningsPerShareBasic ; USD/shares ; 1.25 ; .90
@bs scale=1000 periods=1997-12-31
Total assets ; Assets ; USD ; 900
"""


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> Import:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module


def report(*values: tuple[str | None, str, str | None]) -> Report:
    """Of an income statement with rows of (concept, this year, last year)."""
    periods = [duration("1997-01-01", "1997-12-31"), duration("1996-01-03", "1996-12-31")]
    items = [item(f"row {n}", one, other, decimals=-3) for n, (_, one, other) in enumerate(values)]
    income = statement(StatementKind.INCOME, periods, *items)
    mappings = [mapped(concept) for concept, *_ in values]
    return build_report(FILING, [with_mappings(income, mappings, find_sums(items, StatementKind.INCOME))])


def test_gold_files_are_read(benchmark: Import, tmp_path: Path) -> None:
    path = tmp_path / "release.gold"
    path.write_text(GOLD, encoding="utf-8")
    income, balance = benchmark("corpus").read_gold(path)
    assert (income.document, income.fold, income.kind, income.scale) == ("release.txt", 3, StatementKind.INCOME, 1000)
    assert [len(row.accepted) for row in income.rows] == [2, 1, 0, 1]
    assert [row.count for row in income.rows] == [2, 1, 2, 2]
    assert (balance.kind, balance.periods) == (StatementKind.BALANCE_SHEET, ("1997-12-31",))


def test_a_gold_row_needs_a_value_for_each_period(benchmark: Import, tmp_path: Path) -> None:
    path = tmp_path / "release.gold"
    path.write_text(GOLD.replace("; 500 ; 400", "; 500"), encoding="utf-8")
    with pytest.raises(ValueError, match="'Net sales' has 1 values for 2 periods"):
        benchmark("corpus").read_gold(path)


@pytest.mark.parametrize(
    ("rows", "counts"),
    [
        ([("Revenues", "500000", "400000")], (2, 2, 0)),
        ([("SalesRevenueNet", "500000", "400000")], (2, 2, 0)),
        ([("CostOfRevenue", "500000", "400000")], (2, 0, 1)),
        ([(None, "500000", "400000")], (2, 0, 0)),
        ([("CostOfRevenue", "-300000", None)], (1, 0, 1)),
        ([("GrossProfit", "20000", None)], (1, 1, 0)),
        ([("Revenues", "510000", None)], (0, 0, 1)),
        ([("Revenues", "501000", None)], (0, 0, 1)),
        ([("Revenues", "0", "0")], (1, 1, 2)),
    ],
    ids=[
        "right",
        "accepted too",
        "another concept",
        "no concept",
        "another sign",
        "a company's own",
        "another value",
        "not a rounding",
        "nothing",
    ],
)
def test_a_release_is_scored(
    benchmark: Import, tmp_path: Path, rows: list[tuple[str | None, str, str | None]], counts: tuple[int, int, int]
) -> None:
    path = tmp_path / "release.gold"
    path.write_text(GOLD, encoding="utf-8")
    score = benchmark("scoring").score_release(benchmark("corpus").read_gold(path), report(*rows))
    assert score.values == 8
    assert (score.extracted, score.tagged, score.wrong) == counts
    assert score.turned == (rows == [("CostOfRevenue", "-300000", None)])


def test_captions_without_a_concept_are_ranked(benchmark: Import) -> None:
    unmapped = benchmark("unmapped_captions")
    items = [item("Sundry, net (1)", "1"), item("Assets", "2"), item("", "3")]
    one = statement(StatementKind.BALANCE_SHEET, [instant("1997-12-31")], *items)
    mappings = (mapped(None), mapped("Assets"), mapped(None))
    empty = report(("Revenues", "1", None))
    reading = Reading(FILING, (with_mappings(one, mappings),), empty)
    found = [(key, row.label) for key, row, _ in unmapped.unmapped(reading)]
    assert found == [((StatementKind.BALANCE_SHEET, UnitKind.MONETARY, "sundry net"), "Sundry, net (1)")]


def test_the_ranking_counts_filings(benchmark: Import) -> None:
    unmapped = benchmark("unmapped_captions")
    found = {
        (StatementKind.INCOME, UnitKind.MONETARY, "sundry"): unmapped.Caption("Sundry", "", {"a"}),
        (StatementKind.CASH_FLOW, UnitKind.MONETARY, "other"): unmapped.Caption(
            "Other", "OtherAssets 0.10", {"a", "b"}
        ),
    }
    head, *lines = unmapped.ranking(found, 1)
    assert head.split("\t") == ["filings", "statement", "unit", "caption", "nearest"]
    assert lines == ["2\tcf\tmonetary\tOther\tOtherAssets 0.10", "1\tis\tmonetary\tSundry\t"]
    assert len(list(unmapped.ranking(found, 2))) == 2
