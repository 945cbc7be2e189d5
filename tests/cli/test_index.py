"""`--index FILE`: whose filings they are, for documents without a header."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from helpers.archives import release

from converter.cli import main

INDEX = "path,cik,form,filed,accession\nin/d10q.htm,9999901,10-Q,2003-11-05,0000912057-03-000012\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/d10q.htm").write_bytes(release(1, header=False))
    Path("index.csv").write_text(INDEX, encoding="utf-8")


def convert(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def _first_row(path: Path) -> dict[str, str]:
    with path.open(newline="", encoding="utf-8") as file:
        return next(csv.DictReader(file))


@pytest.mark.parametrize("many", [False, True])
def test_an_index(many: bool) -> None:
    output = "out/" if many else "out.facts.csv"
    result = convert("in/d10q.htm", "-o", output, "--to", "facts-csv", "--index", "index.csv", *["--jobs", "1"] * many)
    assert result.exit_code == 0, result.output
    path = Path("out/filings/0009999901/0000912057-03-000012.facts.csv") if many else Path("out.facts.csv")
    row = _first_row(path)
    assert (row["cik"], row["form"], row["filed"], row["accession"]) == (
        "0009999901",
        "10-Q",
        "2003-11-05",
        "0000912057-03-000012",
    )


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize(("index", "words"), [("in/d10q.htm", "no index of filings"), ("missing.idx", "No such file")])
def test_what_is_no_index(many: bool, index: str, words: str) -> None:
    result = convert("in/d10q.htm", "-o", "out/" if many else "out.xml", "--index", index)
    assert result.exit_code == 2
    assert words.lower() in result.output.lower()
    assert result.output.count("\n") == 1
    assert not Path("out.xml").exists()
    assert not Path("out").exists()


def test_the_index_is_not_overwritten() -> None:
    result = convert("in/d10q.htm", "-o", "index.csv", "--to", "facts-csv", "--index", "index.csv")
    assert result.exit_code == 2
    assert "index" in result.output
    assert Path("index.csv").read_text(encoding="utf-8") == INDEX
