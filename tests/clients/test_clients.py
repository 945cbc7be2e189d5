"""Programs made for the SEC's XBRL data read what is written here: secfsdstools, edgartools, ixbrl-viewer; offline.

Each has an environment of its own, which the variables SECFSDSTOOLS_PYTHON and EDGARTOOLS_PYTHON (interpreters) and
IXBRL_VIEWER (the folder of the plug-in) name; `.ci/run` installs them. Without, a test is skipped.
"""

import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from helpers.archives import cik, run
from helpers.paths import ROOT
from helpers.yearly import quarterly_sales, write_years

import converter
from converter.archive.task import Settings

pytestmark = pytest.mark.clients

NUMBER, YEARS = 7, (2001, 2002, 2003, 2004)
REAL = ROOT.parent / "shared" / "bench" / "wild"  # real filings, on the machines that have them
REAL_YEARS = ("0001047469-02-007674", "0001047469-03-041604", "0001104659-05-058421")
HERE = Path(__file__).parent


def need(variable: str) -> str:
    """The value of a variable; without it, the test is skipped."""
    value = os.environ.get(variable, "")
    if not value:
        pytest.skip(f"{variable} names no environment of the client")
    return value


def told(python: str, script: str, *arguments: object) -> Any:
    """What a script says in the environment of a client."""
    command = [python, str(HERE / script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("TOLD ")]
    assert lines, f"{done.stdout}{done.stderr}"
    return json.loads(lines[-1].removeprefix("TOLD "))


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of a company over some years."""
    folder = tmp_path_factory.mktemp("clients")
    write_years(folder / "in", NUMBER, YEARS)
    run([folder / "in"], folder / "data", Settings(formats=("fsds", "companyfacts")))
    return folder / "data"


def sales(year: int) -> int:
    """The sales of a year as its own 10-K has them, in dollars."""
    return quarterly_sales(year) * 4 * 1000


def income(year: int) -> int:
    thousands = quarterly_sales(year) * 4
    return (thousands - thousands * 6 // 10 - thousands // 10) * 1000


def test_secfsdstools_joins_and_standardises_the_quarters(dataset: Path, tmp_path: Path) -> None:
    python = need("SECFSDSTOOLS_PYTHON")
    result = told(python, "read_fsds.py", dataset / "fsds", tmp_path, int(cik(NUMBER)))
    assert result["forms"] == ["10-K"] * len(YEARS)
    assert [(row["fy"], row["ddate"], row["Revenues"], row["NetIncomeLoss"]) for row in result["IS"]] == [
        (year, year * 10000 + 1231, sales(year), income(year)) for year in YEARS
    ]
    assert [row["Assets"] for row in result["BS"]] == [(3204 + 4 * (year - 2000)) * 1000 for year in YEARS]
    assert [row["NetCashProvidedByUsedInInvestingActivities"] for row in result["CF"]] == [-100_000] * len(YEARS)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of some years of a real company."""
    if not REAL.is_dir():
        pytest.skip("no folder of real filings lies beside the project")
    folder = tmp_path_factory.mktemp("real")
    sources = [REAL / f"{accession}.txt" for accession in REAL_YEARS]
    run(sources, folder / "data", Settings(formats=("fsds", "companyfacts")))
    return folder / "data"


def test_secfsdstools_standardises_the_years_of_a_real_company(real: Path, tmp_path: Path) -> None:
    python = need("SECFSDSTOOLS_PYTHON")
    result = told(python, "read_fsds.py", real / "fsds", tmp_path, 320193)
    millions = {row["fy"]: (row["Revenues"] / 1e6, row["NetIncomeLoss"] / 1e6) for row in result["IS"]}
    assert millions == {2002: (5742, 65), 2003: (6207, 69), 2005: (13931, 1335)}
    assert [row["Assets"] / 1e6 for row in result["BS"]] == [6298, 6815, 11551]


def test_edgartools_shows_the_history_of_a_company(dataset: Path) -> None:
    result = told(need("EDGARTOOLS_PYTHON"), "read_edgar.py", "companyfacts", dataset, int(cik(NUMBER)))
    assert result["name"] == "HALCYON ORCHARD INC"
    of_years = {day: value for day, value in result["values"]["us-gaap:SalesRevenueNet"] if day.endswith("12-31")}
    assert [of_years[f"{year}-12-31"] for year in (2001, 2002, 2004)] == [sales(year) for year in (2001, 2002, 2004)]
    shown = result["shown"]
    assert ["INCOME STATEMENT" in shown[0], "BALANCE SHEET" in shown[1], "CASH FLOW" in shown[2]] == [True] * 3


def test_edgartools_shows_the_history_of_a_real_company(real: Path) -> None:
    result = told(need("EDGARTOOLS_PYTHON"), "read_edgar.py", "companyfacts", real, 320193)
    assets = {day: value / 1e6 for day, value in result["values"]["us-gaap:Assets"]}
    assert [assets[day] for day in ("2002-09-28", "2003-09-27", "2005-09-24")] == [6298, 6815, 11551]


def test_edgartools_renders_the_three_statements_of_a_filing(tmp_path: Path) -> None:
    python = need("EDGARTOOLS_PYTHON")
    converter.convert(ROOT / "examples" / "submission-10q.txt", tmp_path / "10q.edgar")
    result = told(python, "read_edgar.py", "filing", tmp_path / "10q.edgar")
    assert [role.partition(" - Statement - ")[2] for role in result["roles"] if " - Statement - " in role] == [
        "CONSOLIDATED BALANCE SHEETS",
        "CONSOLIDATED BALANCE SHEETS (Parenthetical)",
        "CONSOLIDATED STATEMENTS OF INCOME",
        "CONSOLIDATED STATEMENTS OF CASH FLOWS",
    ]
    columns = ("2004-06-30", "2004-06-30 (Q2)", "2004-06-30 (YTD)")
    values = [
        {row["concept"]: [row[column] for column in columns if column in row] for row in statement}
        for statement in result["statements"]
    ]
    assert values[0]["us-gaap_Assets"] == [68_375_000]
    assert values[1]["us-gaap_SalesRevenueNet"] == [24_715_000, 47_820_000]
    assert values[2]["us-gaap_NetCashProvidedByUsedInOperatingActivities"] == [4_696_000]


def test_the_outline_of_ixbrl_viewer_is_that_of_the_filing(tmp_path: Path) -> None:
    plugin = need("IXBRL_VIEWER")
    converter.convert(ROOT / "examples" / "submission-10q.txt", tmp_path / "10q.xbri")
    command = [sys.executable, "-m", "arelle.CntlrCmdLine", "--plugins", plugin, "--file", str(tmp_path / "10q.xbri")]
    command += ["--internetConnectivity", "offline", "--disablePersistentConfig"]
    command += ["--save-viewer", str(tmp_path / "viewer.html")]
    settings = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=False, env=settings)
    page = (tmp_path / "viewer.html").read_text(encoding="utf-8")
    (data,) = re.findall(r'<script type="application/x.ixbrl-viewer\+json">(.*?)</script>', page, re.S)
    document = json.loads(html.unescape(data))
    (report,) = document["sourceReports"][0]["targetReports"]
    definitions = sorted(definition["en"] for definition in report["roleDefs"].values() if definition)
    assert [text for text in definitions if " - Statement - " in text] == [
        "00000002 - Statement - CONSOLIDATED BALANCE SHEETS",
        "00000003 - Statement - CONSOLIDATED BALANCE SHEETS (Parenthetical)",
        "00000004 - Statement - CONSOLIDATED STATEMENTS OF INCOME",
        "00000005 - Statement - CONSOLIDATED STATEMENTS OF CASH FLOWS",
    ], done.stdout
    assert "Content-Security-Policy" not in page  # which would not let the viewer run
