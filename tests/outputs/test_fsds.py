"""The tables of the SEC's Financial Statement Data Sets: columns, keys, values."""

import csv
import io
import zipfile
from datetime import date
from functools import cache

import pytest
from helpers.archives import release
from helpers.paths import ROOT

from converter.outputs import MissingIdentity
from converter.outputs.fsds import pack, quarter_of, quarter_zip, submission_of, unpack
from converter.outputs.fsds.model import TABLES
from converter.outputs.months import month_end, quarter_number
from converter.pipeline import read_data
from converter.report import Options

COLUMNS = {
    "sub": "adsh cik name sic countryba stprba cityba zipba bas1 bas2 baph countryma stprma cityma zipma mas1 mas2 "
    "countryinc stprinc ein former changed afs wksi fye form period fy fp filed accepted prevrpt detail instance nciks "
    "aciks",
    "num": "adsh tag version ddate qtrs uom segments coreg value footnote",
    "tag": "tag version custom abstract datatype iord crdr tlabel doc",
    "pre": "adsh report line stmt inpth rfile tag version plabel negating",
}
KEYS = {
    "sub": ("adsh",),
    "num": ("adsh", "tag", "version", "ddate", "qtrs", "uom", "segments", "coreg"),
    "tag": ("tag", "version"),
    "pre": ("adsh", "report", "line"),
}
SUBMISSION = (ROOT / "examples" / "submission-10q.txt").read_bytes()

Row = dict[str, str]


def tables_of(data: bytes, options: Options | None = None) -> dict[str, list[Row]]:
    """The rows of each table by its name, as a reader of tab-separated text sees them."""
    archive = zipfile.ZipFile(io.BytesIO(quarter_zip(submission_of(read_data(data, "filing.txt", options)))))
    return {
        name.removesuffix(".txt"): list(
            csv.DictReader(io.StringIO(archive.read(name).decode()), delimiter="\t", quoting=csv.QUOTE_NONE)
        )
        for name in archive.namelist()
    }


@cache
def tables() -> dict[str, list[Row]]:
    return tables_of(SUBMISSION)


def value(tag: str, ddate: str, qtrs: str) -> list[str]:
    wanted = (tag, ddate, qtrs, "")
    return [
        row["value"] for row in tables()["num"] if (row["tag"], row["ddate"], row["qtrs"], row["segments"]) == wanted
    ]


@pytest.mark.parametrize("name", COLUMNS)
def test_the_columns_are_those_of_the_sec(name: str) -> None:
    assert " ".join(TABLES[name].__struct_fields__) == COLUMNS[name]
    assert list(tables()[name][0]) == COLUMNS[name].split()


@pytest.mark.parametrize("name", KEYS)
def test_keys_are_unique_and_references_lead_somewhere(name: str) -> None:
    rows = tables()[name]
    keys = [tuple(row[column] for column in KEYS[name]) for row in rows]
    assert len(set(keys)) == len(keys)
    tags = {(row["tag"], row["version"]) for row in tables()["tag"]}
    assert all((row["tag"], row["version"]) in tags for row in rows if "version" in row)
    assert {row["adsh"] for row in rows if "adsh" in row} <= {"0009999901-04-000007"}


def test_the_submission() -> None:
    (row,) = tables()["sub"]
    wanted = {
        "cik": "9999901",
        "name": "WEXCOMBE INSTRUMENTS INC",
        "sic": "3825",
        "stprba": "OR",
        "countryinc": "US",
        "fye": "1231",
        "form": "10-Q",
        "period": "20040630",
        "fy": "2004",
        "fp": "Q2",
        "filed": "20040806",
        "instance": "wexcombe-20040630.xml",
        "nciks": "1",
    }
    assert {name: row[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    ("tag", "ddate", "qtrs", "values"),
    [
        ("Assets", "20040630", "0", ["68375000.0000"]),
        ("SalesRevenueNet", "20040630", "1", ["24715000.0000"]),
        ("SalesRevenueNet", "20040630", "2", ["47820000.0000"]),
        ("NetCashProvidedByUsedInOperatingActivities", "20030630", "2", ["1959000.0000"]),
        ("EarningsPerShareBasic", "20040630", "1", ["0.1900"]),
        ("EntityCommonStockSharesOutstanding", "20040731", "0", ["8216400.0000"]),  # of 30 July
    ],
)
def test_the_numbers(tag: str, ddate: str, qtrs: str, values: list[str]) -> None:
    assert value(tag, ddate, qtrs) == values


def test_units_and_empty_cells() -> None:
    units = {(row["tag"], row["uom"]) for row in tables()["num"]}
    assert {("EarningsPerShareBasic", "USD"), ("Assets", "USD")} <= units
    assert {row["coreg"] for row in tables()["num"]} == {""}
    assert {row["segments"] for row in tables()["num"]} == {""}


def test_the_rows_of_the_statements() -> None:
    rows = tables()["pre"]
    statements = {(row["report"], row["stmt"], row["inpth"]) for row in rows}
    assert sorted(statements) == [
        ("1", "CP", "0"),
        ("2", "BS", "0"),
        ("3", "BS", "1"),
        ("4", "IS", "0"),
        ("5", "CF", "0"),
        ("6", "UN", "0"),
    ]
    income = [(row["line"], row["plabel"], row["tag"]) for row in rows if row["report"] == "4"]
    assert income[:4] == [
        ("1", "Net sales", "SalesRevenueNet"),
        ("2", "Cost of goods sold", "CostOfGoodsSold"),
        ("3", "Gross profit", "GrossProfit"),
        ("5", "Selling, general and administrative", "SellingGeneralAndAdministrativeExpense"),  # below a heading
    ]
    payments = [row["negating"] for row in rows if row["tag"] == "PaymentsToAcquirePropertyPlantAndEquipment"]
    assert payments == ["1"]
    assert [row["report"] for row in rows if row["tag"] == "NetIncomeLoss"] == ["4", "5"]  # printed twice


def test_a_line_of_the_filing_itself_is_a_custom_tag() -> None:
    rows = tables_of(release(1))
    (tag,) = (row for row in rows["tag"] if row["custom"] == "1")
    assert (tag["tag"], tag["version"], tag["tlabel"]) == (
        "ObligationsOfTheLighthouseFund",
        "0000900001-03-000001",
        "Obligations of the lighthouse fund",
    )
    assert (tag["datatype"], tag["iord"], tag["crdr"]) == ("monetary", "I", "")
    assert {row["version"] for row in rows["num"]} == {"us-gaap/2009", "0000900001-03-000001"}


def test_dimensions_are_segments() -> None:
    header, document = release(1).split(b"<TEXT>")[0], ROOT / "tests" / "documents" / "equity-by-components.txt"
    rows = tables_of(header + b"<TEXT>\n" + document.read_bytes() + b"</TEXT>\n</DOCUMENT>\n")
    assert {"", "EquityComponents=CommonStock;"} <= {row["segments"] for row in rows["num"]}
    assert "EQ" in {row["stmt"] for row in rows["pre"]}


@pytest.mark.parametrize(
    ("data", "options", "words"),
    [(release(1, header=False), None, "no CIK"), (release(1, header=False), Options(cik="5"), "no date of filing")],
)
def test_a_filing_that_cannot_be_named(data: bytes, options: Options | None, words: str) -> None:
    with pytest.raises(MissingIdentity, match=words):
        submission_of(read_data(data, "x.txt", options))


def test_a_release_has_an_accession_number_that_no_filing_has() -> None:
    data = (ROOT / "examples" / "release-q1.txt").read_bytes()
    submission = submission_of(read_data(data, "release-q1.txt", Options(cik="900001")))
    assert submission.sub.adsh.startswith("0000900001-03-x")
    assert submission == submission_of(read_data(data, "elsewhere.txt", Options(cik="900001")))


def test_pieces_are_packed_without_loss() -> None:
    submission = submission_of(read_data(SUBMISSION, "filing.txt"))
    piece = unpack(pack(submission))
    assert piece.num.decode().count("\n") == len(submission.num)
    assert quarter_of(submission) == "2004q3"


@pytest.mark.parametrize(
    ("day", "rounded"),
    [
        ("2003-12-31", "2003-12-31"),
        ("2004-01-03", "2003-12-31"),
        ("2004-01-15", "2003-12-31"),
        ("2004-01-16", "2004-01-31"),
        ("2004-02-14", "2004-01-31"),
        ("2004-02-16", "2004-02-29"),
        ("2004-09-25", "2004-09-30"),
    ],
)
def test_the_nearest_end_of_a_month(day: str, rounded: str) -> None:
    assert month_end(date.fromisoformat(day)) == date.fromisoformat(rounded)


def test_the_quarters_of_the_calendar() -> None:
    assert [quarter_number(month) for month in range(1, 13)] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]
