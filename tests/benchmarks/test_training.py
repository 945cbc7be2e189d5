"""The labelled statements of 1993 to 2009: whole, in the taxonomy, and in accord with their units, periods and sums."""

import importlib
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from helpers.paths import BENCHMARKS

KNOWN_AGAINST_UNITS, KNOWN_AGAINST_SUMS = 1, 12
"""Rows whose figures were read in another unit, and rows that a sum contradicts by chance."""


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("older_statements")


def test_the_labels_agree_with_taxonomy_units_periods_and_sums(older: ModuleType) -> None:
    check = importlib.import_module("check_training")
    statements = older.read_older_statements()
    assert list(check.unknown_names(statements)) == []
    assert len(list(check.against_unit_or_period(statements))) <= KNOWN_AGAINST_UNITS
    assert len(list(check.against_sums(statements))) <= KNOWN_AGAINST_SUMS


def test_there_is_as_much_as_its_page_says(older: ModuleType) -> None:
    statements = older.read_older_statements()
    page = (older.FOLDER / "README.md").read_text(encoding="utf-8")
    counts = Counter(label.reading for one in statements for label in one.labels)
    filings = {(one.company, one.filing, one.statement.columns[0].period) for one in statements}
    assert f"{sum(counts.values()):,} rows" in page
    assert f"{counts['read'] + counts['twice']:,} of them were read" in page
    assert f"{counts['twice']:,} of these twice" in page
    assert f"{len({one.company for one in statements})} companies" in page
    assert len(filings) > 100


def test_a_company_is_in_one_fold(older: ModuleType) -> None:
    folds = {(one.company, one.fold) for one in older.read_older_statements()}
    assert len(folds) == len({company for company, _ in folds})
    assert {fold for _, fold in folds} == set(range(older.FOLD_COUNT))


@pytest.mark.parametrize("line", ["12\tSales", "x\t\tSales\tmonetary\t0\t1\t\t\tread", "1\t\t\tpure\t0\tz\t\t\t"])
def test_a_line_that_cannot_be_read_is_named(older: ModuleType, tmp_path: Path, line: str) -> None:
    path = tmp_path / "acme.tsv"
    path.write_text(f"# company: ACME\n# filing: 1\n@is\tIncome\t\tUSD\t1997-12-31\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"acme\.tsv, line 4"):
        older.read_older_statements(tmp_path)
