"""xBRL-JSON and xBRL-CSV: canonical text, the dimensions of each fact, special values."""

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from helpers.builders import duration, instant
from helpers.reports import sample
from hypothesis import given
from hypothesis import strategies as st

from converter.outputs.oim import canonical, canonical_period, canonical_unit, oim_facts
from converter.outputs.xbrl_csv import render_csv
from converter.outputs.xbrl_json import render_json
from converter.report import Unit
from converter.taxonomy import CAPTION_AXIS
from converter.vocabulary.periods import Period

REPORT = sample().report


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("3201000"), "3201000.0"),
        (Decimal("3.201E+6"), "3201000.0"),
        (Decimal("-0.030"), "-0.03"),
        (Decimal("-0"), "0.0"),
        (Decimal("0.00"), "0.0"),
        (date(2003, 9, 30), "2003-09-30"),
        ("--06-30", "--06-30"),
        ("0000320193", "0000320193"),
        ("a\x00b\ufffe", "ab"),
    ],
)
def test_canonical_values(value: Decimal | date | str, text: str) -> None:
    assert canonical(value) == text


@given(st.decimals(-(10**25), 10**25, places=8))
def test_canonical_numbers_keep_the_value(value: Decimal) -> None:
    text = canonical(value)
    assert Decimal(text) == value
    assert re.fullmatch(r"-?(0|[1-9]\d*)\.(0|\d*[1-9])", text)


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (instant("2003-09-30"), "2003-10-01T00:00:00"),
        (instant("1999-12-31"), "2000-01-01T00:00:00"),
        (instant("2004-02-28"), "2004-02-29T00:00:00"),
        (duration("2003-07-01", "2003-09-30"), "2003-07-01T00:00:00/2003-10-01T00:00:00"),
        (duration("2003-07-01", "2003-07-01"), "2003-07-01T00:00:00/2003-07-02T00:00:00"),
    ],
)
def test_canonical_periods(period: Period, text: str) -> None:
    assert canonical_period(period) == text


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        (Unit("iso4217:USD"), "iso4217:USD"),
        (Unit("iso4217:USD", "xbrli:shares"), "iso4217:USD/xbrli:shares"),
        (Unit("xbrli:shares"), "xbrli:shares"),
        (Unit("xbrli:pure"), None),
    ],
)
def test_canonical_units(unit: Unit, text: str | None) -> None:
    assert canonical_unit(unit) == text


def _document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(render_json(REPORT), parse_float=pytest.fail)
    return document


def test_the_document_of_xbrl_json() -> None:
    info = _document()["documentInfo"]
    assert info["documentType"] == "https://xbrl.org/2021/xbrl-json"
    assert info["features"] == {"xbrl:canonicalValues": True}
    assert info["namespaces"]["xbrl"] == "https://xbrl.org/2021"
    assert info["namespaces"]["cik"] == "http://www.sec.gov/CIK"
    assert info["taxonomy"] == [
        "http://text-to-xbrl.example/taxonomy/2026/ttx-2026.xsd",
        "http://text-to-xbrl.example/taxonomy/2026/calculation/Assets.unclassified.xsd",
    ]


def _fact(concept: str, **dimensions: str) -> dict[str, Any]:
    wanted = {"concept": f"ttx:{concept}", **dimensions}
    (fact,) = (fact for fact in _document()["facts"].values() if wanted.items() <= fact["dimensions"].items())
    assert isinstance(fact, dict)
    return fact


QUARTER = "2003-07-01T00:00:00/2003-10-01T00:00:00"


def test_the_facts_of_xbrl_json() -> None:
    entity = {"entity": "cik:0000000123"}
    assert _fact("NetIncomeLoss", period=QUARTER) == {
        "value": "-1013000.0",
        "decimals": -3,
        "dimensions": {"concept": "ttx:NetIncomeLoss", **entity, "period": QUARTER, "unit": "iso4217:USD"},
    }
    assert _fact("EarningsPerShareBasic", period=QUARTER)["dimensions"]["unit"] == "iso4217:USD/xbrli:shares"
    assert _fact("NetIncomeLoss", **{"ttx:ReportingBasisAxis": "ttx:RestatedMember"})["value"] == "112000.0"
    caption = 'Third-party, "servicing" <and> more'
    assert _fact("LineItemMonetaryDuration")["dimensions"]["ttx:CaptionAxis"] == caption
    stores = _fact("LineItemPureDuration")
    assert (stores["value"], "unit" in stores["dimensions"]) == ("12.5", False)
    name = _fact("EntityRegistrantName")
    assert (name["value"], "decimals" in name, "unit" in name["dimensions"]) == ("ACME INC", False, False)


def test_the_ids_are_those_of_the_instance() -> None:
    assert list(_document()["facts"]) == [f"f{number}" for number in range(1, len(REPORT.facts) + 1)]


def test_xbrl_csv() -> None:
    table, metadata = render_csv(REPORT, "my facts.csv")
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    about = json.loads(metadata)
    assert about["documentInfo"]["documentType"] == "https://xbrl.org/2021/xbrl-csv"
    assert about["dimensions"] == {"entity": "cik:0000000123"}
    assert about["tables"] == {"facts": {"template": "facts", "url": "my%20facts.csv"}}
    template = about["tableTemplates"]["facts"]
    assert set(template["columns"]) == set(rows[0])
    assert {column.removeprefix("$") for column in template["dimensions"].values()} < set(template["columns"])
    for row, fact in zip(rows, oim_facts(REPORT), strict=True):
        assert (row["id"], row["value"]) == (fact.id, fact.value)
        assert row["decimals"] == ("" if fact.decimals is None else str(fact.decimals))
        for name in ("concept", "period", "unit"):
            assert row[name] == fact.dimensions.get(name, "")
    assert [row[CAPTION_AXIS] for row in rows if row[CAPTION_AXIS]][1] == "## of stores"


def test_the_same_report_gives_the_same_characters() -> None:
    assert render_json(REPORT) == render_json(REPORT)
    assert render_csv(REPORT, "a.csv") == render_csv(REPORT, "a.csv")
