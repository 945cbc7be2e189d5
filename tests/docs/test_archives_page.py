"""docs/archives.md: its queries run and answer, its commands and columns exist."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from helpers.archives import accession, annual, cik, release, run
from helpers.paths import ROOT

from converter.archive.dataset import SOURCE_COLUMNS
from converter.cli import main
from converter.cli.commands import rebuild
from converter.outputs import CheckRow

PAGE = (ROOT / "docs" / "archives.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.S)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four annual reports of one company, a quarterly one of another that makes a loss, a letter."""
    home = tmp_path_factory.mktemp("dataset")
    (home / "in").mkdir()
    for year in (2001, 2002, 2003, 2004):
        (home / f"in/{year}.txt").write_bytes(annual(release(1, sales=year, year=year)))
    loss = release(2).replace(b"Net income  ", b"Net loss    ")
    loss = re.sub(rb"(Net loss.*)", lambda line: re.sub(rb"([\d,]+)", rb"(\1)", line[1]), loss)
    (home / "in/loss.txt").write_bytes(loss)
    (home / "in/letter.txt").write_text("Dear shareholders\n" * 30)
    run([home / "in"], home / "out")
    return home / "out"


def ask(dataset: Path, query: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    monkeypatch.chdir(dataset)
    with closing(duckdb.connect()) as base:
        return base.execute(query).fetchall()


def test_revenue_over_time(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cik(1) in QUERIES[0]
    rows = ask(dataset, QUERIES[0], monkeypatch)
    assert [(year, str(end), int(value), label) for year, end, value, label, _ in rows] == [  # type: ignore[call-overload]
        (2000, "2000-12-31", 2_006_000, "Net sales"),
        (2001, "2001-12-31", 2_007_000, "Net sales"),
        (2002, "2002-12-31", 2_008_000, "Net sales"),
        (2003, "2003-12-31", 2_009_000, "Net sales"),
        (2004, "2004-12-31", 2_004_000, "Net sales"),
    ]


def test_a_cash_flow_statement_as_printed(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Net income stands in it, though its fact is that of the income statement, and payments are negative."""
    assert accession(1, 2004) in QUERIES[1]
    rows = ask(dataset, QUERIES[1], monkeypatch)
    assert [(row, heading, label) for row, heading, label, _ in rows] == [
        (1, "Operating activities", "Net income"),
        (2, "Operating activities", "Depreciation"),
        (3, None, "Purchases of equipment"),
    ]
    assert rows[-1][-1] == [-210_000, -200_000]


def test_net_losses_of_a_quarter(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ((name, loss, source, line),) = ask(dataset, QUERIES[2], monkeypatch)
    assert str(name).endswith(" 2 INC")
    assert loss is not None
    assert int(str(loss).partition(".")[0]) < 0
    assert str(source).endswith("loss.txt")
    assert "Net loss" in Path(str(source)).read_text().splitlines()[int(str(line)) - 1]


def test_coverage_by_year(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ask(dataset, QUERIES[3], monkeypatch)
    assert [(year, filings) for year, filings, *_ in rows] == [(2001, 1), (2002, 1), (2003, 2), (2004, 1)]
    assert all(90 < float(str(percent)) < 99 for *_, percent in rows)


def test_what_went_wrong(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ((status, reason, number),) = ask(dataset, QUERIES[4], monkeypatch)
    assert (status, number) == ("empty", 1)
    assert "no balance sheet" in str(reason)


def test_how_sure_the_headline_figures_are(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ask(dataset, QUERIES[5], monkeypatch)
    assert (2003, "total assets", 2, 100.0, 0) in rows
    assert {year for year, *_ in rows} == {2001, 2002, 2003, 2004}


def test_the_columns_of_the_checks() -> None:
    (table,) = re.findall(r"\| column of `checks` \|.*?\n\n", PAGE, re.S)
    cells = " ".join(row.split("|")[1] for row in table.strip().splitlines()[2:])
    assert re.findall(r"`([a-z_]+)`", cells) == list(CheckRow.__struct_fields__)


def test_the_columns_are_those_of_the_manifest(dataset: Path) -> None:
    (table,) = re.findall(r"\| column \|.*?\n\n", PAGE, re.S)
    described = re.findall(r"`(\w+)`(\*?)", " ".join(row.split("|")[1] for row in table.strip().splitlines()[2:]))
    with closing(sqlite3.connect(dataset / "manifest.sqlite")) as base:
        columns = [row[1] for row in base.execute("PRAGMA table_info(sources)")]
    assert sorted(name for name, _ in described) == sorted(columns)
    assert {name for name, mark in described if mark} == set(SOURCE_COLUMNS)


def test_every_option_exists() -> None:
    options = {name for command in (main, rebuild) for parameter in command.params for name in parameter.opts}
    text = re.sub(r"dask \w+[^\n`]*", "", PAGE)
    assert set(re.findall(r"(?<![\w-])(--[a-z][a-z-]+)", text)) <= options
