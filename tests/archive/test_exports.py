"""Files of many filings in a dataset: of a quarter, of a company; they depend on the filings alone."""

import csv
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from helpers.archives import cik, contents, release, run, write_releases
from helpers.yearly import write_years
from pyarrow import parquet

from converter.archive import rebuild_manifest
from converter.archive.manifest import BESIDE
from converter.archive.store import Folder
from converter.archive.task import Settings

EXPORTS = Settings(formats=("fsds", "companyfacts"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, so that sources have short names."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def exported() -> dict[str, bytes]:
    """The exported files of the dataset by their names."""
    paths = (path for folder in ("fsds", "companyfacts") for path in Path("out", folder).rglob("*") if path.is_file())
    return {path.relative_to("out").as_posix(): path.read_bytes() for path in paths}


def table(quarter: str, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(f"out/fsds/{quarter}.zip") as archive:
        text = archive.read(f"{name}.txt").decode()
    return list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_a_file_for_each_quarter_and_company(home: Path) -> None:
    write_releases(Path("in/a"), 2)
    write_releases(Path("in/b"), 1, year=2004)
    run(["in"], Path("out"), EXPORTS)
    tables = [f"{name}.txt.parquet" for name in ("num", "pre", "sub")]
    quarters = [f"fsds/{quarter}.zip" for quarter in ("2003q4", "2004q4")]
    parts = [f"fsds/parquet/quarter/{quarter}.zip/{name}" for quarter in ("2003q4", "2004q4") for name in tables]
    assert sorted(exported()) == sorted([*quarters, *parts, *(f"companyfacts/CIK{cik(n)}.json" for n in (0, 1))])
    assert [row["cik"] for row in table("2003q4", "sub")] == ["900000", "900001"]
    assert not Path("out/filings").exists()


def test_a_tag_of_several_filings_has_one_row(home: Path) -> None:
    write_releases(Path("in"), 3)
    run(["in"], Path("out"), EXPORTS)
    tags = [(row["tag"], row["version"]) for row in table("2003q4", "tag")]
    assert len(set(tags)) == len(tags)
    assert ("Assets", "us-gaap/2009") in tags
    own = [version for tag, version in tags if tag == "ObligationsOfTheLighthouseFund"]
    assert own == [row["adsh"] for row in table("2003q4", "sub")]
    used = {(row["tag"], row["version"]) for name in ("num", "pre") for row in table("2003q4", name)}
    assert used == set(tags)


def test_the_parquet_files_have_the_rows_of_the_text(home: Path) -> None:
    write_releases(Path("in"), 2)
    run(["in"], Path("out"), EXPORTS)
    for name in ("sub", "num", "pre"):
        rows = parquet.read_table(f"out/fsds/parquet/quarter/2003q4.zip/{name}.txt.parquet").to_pylist()
        texts = table("2003q4", name)
        assert [row["adsh"] for row in rows] == [row["adsh"] for row in texts]
    assert {(row["segments"], row["coreg"]) for row in rows if "segments" in row} <= {("", "")}


def test_a_company_has_the_facts_of_all_its_filings(home: Path) -> None:
    for year in (2003, 2004):
        Path("in").mkdir(exist_ok=True)
        Path(f"in/{year}.txt").write_bytes(release(5, sales=1000 + year, year=year))
    run(["in"], Path("out"), EXPORTS)
    company = json.loads(Path(f"out/companyfacts/CIK{cik(5)}.json").read_bytes())
    sales = company["facts"]["us-gaap"]["SalesRevenueNet"]["units"]["USD"]
    assert [(entry["end"], entry["val"], entry["filed"]) for entry in sales] == [
        ("2002-09-30", 3_008_000, "2003-11-01"),
        ("2003-09-30", 3_003_000, "2003-11-01"),
        ("2003-09-30", 3_009_000, "2004-11-01"),
        ("2004-09-30", 3_004_000, "2004-11-01"),
    ]
    assert [entry.get("frame") for entry in sales] == ["CY2002Q3", None, "CY2003Q3", "CY2004Q3"]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_in_which_the_work_ends_does_not_matter(home: Path, seed: int) -> None:
    write_releases(Path("in"), 8)
    run(["in"], Path("out"), EXPORTS)
    first = exported()
    run(["in"], Path("other"), EXPORTS, seed=seed)
    Path("out").rename("first")
    Path("other").rename("out")
    assert exported() == first


def test_more_filings_later_are_the_same_as_all_at_once(home: Path) -> None:
    write_releases(Path("in"), 2)
    run(["in"], Path("out"), EXPORTS)
    write_releases(Path("in"), 5)
    run(["in"], Path("out"), EXPORTS)
    later = exported()
    run(["in"], Path("once"), EXPORTS)
    Path("out").rename("before")
    Path("once").rename("out")
    assert exported() == later


def test_what_is_no_filing_any_more_is_gone_from_them(home: Path) -> None:
    write_releases(Path("in"), 2)
    run(["in"], Path("out"), EXPORTS)
    Path("in/0001.txt").write_text("Dear shareholders, it was a good year.\n" * 20)
    run(["in"], Path("out"), EXPORTS)
    assert [row["cik"] for row in table("2003q4", "sub")] == ["900000"]
    assert not Path(f"out/companyfacts/CIK{cik(1)}.json").exists()
    Path("in/0000.txt").write_text("Dear shareholders, it was a good year.\n" * 20)
    run(["in"], Path("out"), EXPORTS)
    assert exported() == {}


def test_files_that_are_lost_are_made_again(home: Path) -> None:
    write_releases(Path("in"), 1)
    run(["in"], Path("out"), EXPORTS)
    before = exported()
    for name in before:
        Path("out", name).unlink()
    ended = run(["in"], Path("out"), EXPORTS)
    assert {str(outcome.status) for outcome in ended.values()} == {"unchanged"}
    assert exported() == before


def test_a_company_has_a_workbook_of_its_years(home: Path) -> None:
    write_years(Path("in"), 7, (2001, 2002, 2003))
    run(["in"], Path("out"), Settings(formats=("xlsx",)))
    book = openpyxl.load_workbook(f"out/companies/CIK{cik(7)}.xlsx")
    assert book.sheetnames == ["Years", "Quarters", "Values"]
    rows = {row[0]: row[3:] for row in book["Years"].iter_rows(min_row=3, values_only=True)}
    assert rows["Item"][-3:] == ("2001", "2002", "2003")
    # of 2002, the sales are those that the filing of 2003 states: 100 thousand less
    assert rows["Revenue"][-3:] == (4_400_000, 4_700_000, 5_200_000)
    assert rows["Total assets"][-3:] == (3_208_000, 3_212_000, 3_216_000)
    quarters = {row[0]: row[3:] for row in book["Quarters"].iter_rows(min_row=3, values_only=True)}
    assert quarters["Revenue"][quarters["Item"].index("2003 Q2")] == 1_300_000
    assert len(list(Path("out/filings").rglob("*.xlsx"))) == 12
    before = contents(Path("out"))
    run(["in"], Path("again"), Settings(formats=("xlsx",)), seed=3)
    assert contents(Path("again")) == before


def test_pieces_that_a_rebuilt_manifest_lacks_are_made_again(home: Path) -> None:
    write_releases(Path("in"), 2)
    run(["in"], Path("out"), EXPORTS)
    before = contents(Path("out"))
    Path("out/manifest.sqlite").unlink()
    rebuild_manifest(Path("out/manifest.sqlite"), Folder(Path("out")), BESIDE)
    run(["in"], Path("out"), EXPORTS)
    assert contents(Path("out")) == before


def test_a_filing_that_no_file_can_name_is_left_out(home: Path) -> None:
    Path("in").mkdir()
    Path("in/plain.txt").write_bytes(release(7, header=False))
    ended = run(["in"], Path("out"), EXPORTS)
    assert {str(outcome.status) for outcome in ended.values()} == {"converted"}
    assert exported() == {}
    ended = run(["in"], Path("out"), EXPORTS)
    assert {str(outcome.status) for outcome in ended.values()} == {"unchanged"}
