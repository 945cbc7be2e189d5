"""docs/normalised.md: every item is there as the table defines it, and its queries run on a dataset and answer."""

import csv
import re
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from helpers.archives import cik, run
from helpers.paths import ROOT
from helpers.yearly import write_years

from converter.normalised import Item, Rule, Statement, Template, load_items
from converter.outputs import StandardRow

PAGE = (ROOT / "docs" / "normalised.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.S)
TITLES = {
    Statement.INCOME: "Income statement",
    Statement.BALANCE_SHEET: "Balance sheet",
    Statement.CASH_FLOW: "Cash flow statement",
}
Rows = list[tuple[object, ...]]


def described(item: Item) -> str:
    """The row of an item on the page."""
    ways = [f"`{name}`" for name in item.concepts]
    ways += [f"`{name}` alone" for name in item.alone]
    ways += [f"*{str(identity).partition(' = ')[2]}*".replace(" & !", ", !") for identity in item.identities]
    names = "; ".join(ways)
    templates = ", ".join(item.templates) or "all"
    return f"| `{item.name}` | {item.definition} | {names} | {templates} | {item.compustat} | {item.fac} |"


@pytest.mark.parametrize("statement", Statement)
def test_every_item_is_there(statement: Statement) -> None:
    """To update the page, replace its tables by what this test wants."""
    rows = [described(item) for item in load_items() if item.statement is statement]
    head = "| item | what it is | made of | industries | Compustat | FAC |\n|---|---|---|---|---|---|"
    assert f"## {TITLES[statement]}\n\n" + "\n".join([head, *rows]) + "\n" in PAGE


def test_every_column_rule_and_template_is_there() -> None:
    (table,) = re.findall(r"^\| column \|.*?\n\n", PAGE, re.S | re.M)
    cells = " ".join(row.split("|")[1] for row in table.strip().splitlines()[2:])
    assert re.findall(r"`([a-z_]+)`", cells) == list(StandardRow.__struct_fields__)
    assert re.findall(r"^\| `(\w+)` \| ", PAGE.partition("## The table")[0], re.M) == list(Rule)
    assert re.findall(r"`([a-z ]+)`", PAGE.partition("| `template` |")[2].partition("|")[0]) == list(Template)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three years of a company: each quarter, and the years, the second of which it restates in the third."""
    home = tmp_path_factory.mktemp("normalised")
    write_years(home / "in", 1, (2001, 2002, 2003))
    run([home / "in"], home / "out")
    return home / "out"


def ask(dataset: Path, query: str, monkeypatch: pytest.MonkeyPatch) -> Rows:
    assert cik(1) in query or "panel" in query
    monkeypatch.chdir(dataset)
    with closing(duckdb.connect()) as base:
        base.execute(Path("views.sql").read_text(encoding="utf-8"))
        return base.execute(query).fetchall()


def test_revenue_over_the_years(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ask(dataset, QUERIES[0], monkeypatch)
    assert [(year, thousands(value)) for year, value, *_ in rows] == [
        (2000, 4000),
        (2001, 4400),
        (2002, 4700),
        (2003, 5200),
    ]
    assert str(rows[-1][2]).endswith("2003.txt")
    assert str(rows[-1][3]).startswith("f")


def test_what_was_known(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ask(dataset, QUERIES[1], monkeypatch)
    assert [(year, period, thousands(value)) for year, period, value, _ in rows if period == "FY"] == [
        (2000, "FY", 1200),
        (2001, "FY", 1320),
        (2002, "FY", 1440),
    ]
    assert max(str(known) for *_, known in rows) == "2003-11-01"


def test_quarters(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cash flow statements print years to date."""
    rows = ask(dataset, QUERIES[2], monkeypatch)
    found = {(year, period): (thousands(value), rule) for year, period, value, rule, _ in rows}
    assert found[2003, "Q1"] == (410, "reported")
    assert {found[2003, f"Q{quarter}"] for quarter in (2, 3, 4)} == {(410, "difference")}
    assert (2002, "Q3") in found
    assert (2002, "Q4") not in found  # the year was restated, its nine months were not
    (trace,) = (str(trace) for year, period, *_, trace in rows if (year, period) == (2003, "Q4"))
    assert [Path(part.partition("#")[0]).name for part in trace.split(" - ")] == ["2003.txt", "2003-q3.txt"]


def test_the_trailing_year(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ask(dataset, QUERIES[3], monkeypatch)
    found = {str(day): thousands(value) for day, value in rows}
    assert found["2001-12-31"] == 4400
    assert found["2002-06-30"] == 4600  # two quarters of 1,100 and two of 1,200
    assert found["2002-12-31"] == 4700  # the year itself, as restated
    assert "2003-03-31" not in found  # it would have a quarter of the restated year


def test_what_was_restated(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ask(dataset, QUERIES[4], monkeypatch)
    found = {item: (thousands(first), thousands(latest)) for item, _, first, latest, *_ in rows}
    assert found["revenue"] == (4800, 4700)
    assert found["net_income"] == (1440, 1410)
    assert {str(day) for _, day, *_ in rows} == {"2002-12-31"}


def test_the_panel(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(dataset, QUERIES[5], monkeypatch)
    with (dataset / "panel.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["fiscal_year"] for row in rows] == ["1999", "2000", "2001", "2002", "2003"]
    assert (rows[0]["revenue"], float(rows[0]["cash"])) == ("", 500_000)  # cash at the beginning of 2000
    last = rows[-1]
    assert last["entity_name"] == "HALCYON ORCHARD INC"
    assert (last["period_end"], last["template"], last["currency"]) == ("2003-12-31", "industrial", "USD")
    assert (float(last["revenue"]), float(last["noncurrent_assets"])) == (5_200_000, 2_000_000)
    assert last["goodwill"] == ""
    assert [name for name in last if name in {item.name for item in load_items()}] == list(
        dict.fromkeys(item.name for item in load_items())
    )


def thousands(value: object) -> int:
    """An amount, which DuckDB has as an exact decimal, in thousands."""
    assert isinstance(value, Decimal)
    return int(value / 1000)
