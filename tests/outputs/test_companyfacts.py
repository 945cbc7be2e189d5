"""The facts of a company in the shape of the SEC's API."""

import json
from functools import cache
from typing import Any

import pytest
from helpers.archives import release
from helpers.paths import ROOT

from converter.outputs import MissingIdentity
from converter.outputs.companyfacts import (
    CompanyPiece,
    Entry,
    company_piece,
    pack_company,
    render_company,
    unpack_company,
)
from converter.pipeline import read_data

SUBMISSION = (ROOT / "examples" / "submission-10q.txt").read_bytes()


@cache
def piece() -> CompanyPiece:
    return company_piece(read_data(SUBMISSION, "filing.txt"))


def company(*pieces: CompanyPiece) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(render_company(pieces))
    return document


def of_unit(document: dict[str, Any], tag: str, unit: str = "USD", taxonomy: str = "us-gaap") -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = document["facts"][taxonomy][tag]["units"][unit]
    return entries


def test_the_shape() -> None:
    document = company(piece())
    assert list(document) == ["cik", "entityName", "facts"]
    assert (document["cik"], document["entityName"]) == (9999901, "WEXCOMBE INSTRUMENTS INC")
    assert list(document["facts"]) == ["dei", "us-gaap"]
    assert list(document["facts"]["us-gaap"]["Assets"]) == ["label", "description", "units"]
    assert of_unit(document, "Assets")[-1] == {
        "end": "2004-06-30",
        "val": 68_375_000,
        "accn": "0009999901-04-000007",
        "fy": 2004,
        "fp": "Q2",
        "form": "10-Q",
        "filed": "2004-08-06",
        "frame": "CY2004Q2I",
    }
    assert of_unit(document, "EarningsPerShareBasic", "USD/shares")[-1]["val"] == 0.19
    assert of_unit(document, "EntityCommonStockSharesOutstanding", "shares", "dei")[0]["val"] == 8_216_400


def test_general_line_items_and_dimensions_are_left_out() -> None:
    document = company(company_piece(read_data(release(1), "filing.txt")))
    assert "Obligations" not in json.dumps(document)


def entry(start: str, end: str, value: str, filed: str, accession: str = "a") -> Entry:
    return Entry("us-gaap", "Revenues", "USD", start, end, value, accession, "2003", "FY", "10-K", filed)


def of(*entries: Entry) -> CompanyPiece:
    return CompanyPiece("0000000005", "ACME", entries[0].filed, entries)


@pytest.mark.parametrize(
    ("start", "end", "frame"),
    [
        ("2003-01-01", "2003-12-31", "CY2003"),
        ("2002-10-01", "2003-09-30", "CY2003"),
        ("2002-07-01", "2003-06-30", "CY2002"),
        ("2003-07-01", "2003-09-30", "CY2003Q3"),
        ("2003-06-29", "2003-09-27", "CY2003Q3"),
        ("2003-01-01", "2003-06-30", None),
        ("", "2003-12-31", "CY2003Q4I"),
        ("", "2004-01-03", "CY2003Q4I"),
        ("", "2003-09-27", "CY2003Q3I"),
    ],
)
def test_the_frame_of_a_period(start: str, end: str, frame: str | None) -> None:
    (told,) = of_unit(company(of(entry(start, end, "1", "2004-03-01"))), "Revenues")
    assert told.get("frame") == frame


def test_a_frame_has_the_fact_that_was_filed_last() -> None:
    first = of(entry("2003-01-01", "2003-12-31", "100", "2004-03-01", "a"))
    second = of(entry("2003-01-01", "2003-12-31", "90.5", "2005-03-01", "b"))
    told = of_unit(company(first, second), "Revenues")
    assert [(each["val"], each.get("frame")) for each in told] == [(100, None), (90.5, "CY2003")]
    assert render_company([first, second]) == render_company([second, first])


def test_pieces_are_packed_without_loss() -> None:
    assert unpack_company(pack_company(piece())) == piece()


def test_a_filing_that_cannot_be_named() -> None:
    with pytest.raises(MissingIdentity, match="no CIK"):
        company_piece(read_data(release(1, header=False), "x.txt"))
