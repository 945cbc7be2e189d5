"""What was written is read back: the same facts in every format, and one line for any other file."""

import copy
import json
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from helpers.archives import annual, release
from helpers.packing import zip_of
from helpers.reports import reading_of, reports, said, sample
from hypothesis import HealthCheck, given, settings
from pyarrow import parquet

import converter
from converter.loading import NotOurs, compare, load
from converter.loading.instance import read_instance
from converter.loading.oim import read_csv, read_json
from converter.loading.package import report_in
from converter.loading.table import read_facts_csv, read_parquet
from converter.outputs.facts_csv import render_facts_csv
from converter.outputs.instance import render_instance
from converter.outputs.parquet import render_parquet
from converter.outputs.table import rows_of
from converter.outputs.validity.schema import validate_xml
from converter.outputs.xbrl_csv import render_csv
from converter.outputs.xbrl_json import render_json
from converter.pipeline import read_data
from converter.report import Report

some = settings(max_examples=settings().max_examples // 2, suppress_health_check=[HealthCheck.too_slow])


@some
@given(reports())
def test_every_format_holds_the_same_facts(report: Report) -> None:
    instance = render_instance(report)
    assert validate_xml(instance) == ()
    assert said(read_instance(instance.encode())) == said(report)
    assert said(read_json(render_json(report).encode())) == said(report)
    table, metadata = render_csv(report, "facts.csv")
    assert said(read_csv(metadata.encode(), table.encode())) == said(report)
    rows = tuple(rows_of(reading_of(report)))
    assert said(read_facts_csv(render_facts_csv(rows).encode())) == said(report)
    assert said(read_parquet(render_parquet(rows))) == said(report)


@some
@given(reports())
def test_what_else_comes_back(report: Report) -> None:
    entity = (report.entity_scheme, report.entity_identifier)
    instance = render_instance(report)
    table, metadata = render_csv(report, "facts.csv")
    rows = tuple(rows_of(reading_of(report)))
    rendered = (read_json(render_json(report).encode()), read_csv(metadata.encode(), table.encode()))
    flat = (read_facts_csv(render_facts_csv(rows).encode()), read_parquet(render_parquet(rows)))
    assert render_instance(read_instance(instance.encode())) == instance
    assert [back.networks for back in rendered] == [report.networks] * 2
    assert {(back.entity_scheme, back.entity_identifier) for back in (*rendered, *flat)} == {entity}
    for back in flat:
        assert [(fact.label, fact.confidence) for fact in back.facts] == [
            (row.label, row.confidence) for row in rows if not row.again
        ]
        assert [group.title for group in back.groups] == [group.title for group in report.groups]


def test_a_fact_that_two_statements_print_comes_back_once() -> None:
    reading = read_data(annual(release(1)), "annual.txt")
    rows = tuple(rows_of(reading))
    assert any(row.again for row in rows)
    for back in (read_facts_csv(render_facts_csv(rows).encode()), read_parquet(render_parquet(rows))):
        assert said(back) == said(reading.report)
        assert [(group.title, len(group.facts)) for group in back.groups] == [
            (group.title, len(group.facts)) for group in reading.report.groups
        ]
        assert compare(reading.report, back).differences == ()


@pytest.mark.parametrize(
    "name", ["a.xml", "a.json", "a.csv", "a-metadata.json", "a.facts.csv", "a.parquet", "a.zip", "a.xbri"]
)
@pytest.mark.parametrize("content", ["", "<a/>", "<a>", "{}", "[1]", "a,b\n1,2\n", "\x00\x01PK"])
def test_what_is_not_ours(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    (tmp_path / "a-metadata.json").write_text(content, encoding="utf-8")
    with pytest.raises(NotOurs) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


INSTANCE = """\
<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:t="http://text-to-xbrl.example/taxonomy/2026"
    xmlns:iso4217="http://www.xbrl.org/2003/iso4217">
  <xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="s">i</xbrli:identifier></xbrli:entity>
    <xbrli:period><xbrli:instant>2003-09-30</xbrli:instant></xbrli:period></xbrli:context>
  <xbrli:unit id="u"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>
  <t:Assets contextRef="c" unitRef="u" decimals="-3">5000</t:Assets>
</xbrli:xbrl>
"""


def test_an_instance_with_other_prefixes() -> None:
    (fact,) = read_instance(INSTANCE.encode()).facts
    assert (fact.concept, str(fact.value), fact.decimals, fact.label) == ("Assets", "5000", -3, "Assets")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("t:Assets", "t:NoSuchConcept"),
        ("t:Assets", "Assets"),
        ("taxonomy/2026", "taxonomy/1999"),
        ("iso4217:USD", "iso:USD"),
        ("3/iso4217", "3/other"),
        ('contextRef="c"', 'contextRef="d"'),
        ('unitRef="u"', 'unitRef="v"'),
        (' unitRef="u"', ""),
        (">5000<", ">5,000<"),
        (">5000<", ">NaN<"),
        ('decimals="-3"', 'decimals="INF"'),
        ("2003-09-30", "2003-09-31"),
        ("2003-09-30", "2003-09-30T00:00:00"),
    ],
)
def test_an_instance_of_somebody_else(old: str, new: str) -> None:
    assert old in INSTANCE
    with pytest.raises(NotOurs):
        read_instance(INSTANCE.replace(old, new).encode())


JSON: dict[str, Any] = {
    "documentInfo": {
        "namespaces": {
            "ttx": "http://text-to-xbrl.example/taxonomy/2026",
            "iso4217": "http://www.xbrl.org/2003/iso4217",
            "us-gaap": "http://fasb.org/us-gaap/2009",
            "e": "s",
        },
        "taxonomy": [],
    },
    "facts": {
        "f1": {
            "value": "5.0",
            "decimals": 0,
            "dimensions": {
                "concept": "ttx:Assets",
                "entity": "e:i",
                "period": "2003-10-01T00:00:00",
                "unit": "iso4217:USD",
            },
        }
    },
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("concept", "ttx:NoSuchConcept"),
        ("concept", "us-gaap:Assets"),
        ("period", "2003-10-01T12:00:00"),
        ("period", "2003"),
        ("unit", "nobody:USD"),
        ("ttx:NoSuchAxis", "ttx:RestatedMember:x"),
    ],
)
def test_a_report_in_json_of_somebody_else(name: str, value: str) -> None:
    report = copy.deepcopy(JSON)
    assert len(read_json(json.dumps(report).encode()).facts) == 1
    report["facts"]["f1"]["dimensions"][name] = value
    with pytest.raises(NotOurs):
        read_json(json.dumps(report).encode())


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("cik:1", "cik:2", "not a report of one entity"),
        ("2003-10-01T00:00:00", "2003-10-01T12:00:00", "does not start or end at midnight"),
        ("2003-10-01T00:00:00", "2003-13-01T00:00:00", "does not start or end at midnight"),
        ("dimensions", "measures", "not the metadata of an xBRL-CSV report of this program"),
        ("tableTemplates", "templates", "not the metadata of an xBRL-CSV report of this program"),
    ],
)
def test_a_report_in_csv_of_somebody_else(old: str, new: str, problem: str) -> None:
    info = {**JSON["documentInfo"], "namespaces": {**JSON["documentInfo"]["namespaces"], "cik": "s"}}
    columns = {"concept": "$concept", "period": "$period", "entity": "$entity"}
    metadata = json.dumps(
        {
            "documentInfo": info,
            "tableTemplates": {"facts": {"dimensions": columns}},
            "dimensions": {"unit": "iso4217:USD"},
            "tables": {"facts": {"url": "a.csv"}},
        }
    )
    table = "concept,period,entity,value,decimals\nttx:Assets,2003-10-01T00:00:00,cik:1,5,0\n"
    more = "ttx:Cash,2003-10-01T00:00:00,cik:1,5,0\n"
    assert len(read_csv(metadata.encode(), (table + more).encode()).facts) == 2
    assert old in metadata + more
    with pytest.raises(NotOurs, match=problem):
        read_csv(metadata.replace(old, new).encode(), (table + more.replace(old, new)).encode())


def flat_table() -> str:
    return render_facts_csv(tuple(rows_of(sample())))


def test_a_table_of_two_filings_is_not_ours() -> None:
    first, *rows = flat_table().splitlines(keepends=True)
    other = rows[-1].replace("0000000123", "0000000124")
    assert other != rows[-1]
    with pytest.raises(NotOurs, match="not a table of one filing's facts"):
        read_facts_csv("".join([first, *rows, other]).encode())
    with pytest.raises(NotOurs, match="not a table of one filing's facts"):
        read_facts_csv(first.encode())


def test_a_table_with_a_day_that_is_none_is_not_ours() -> None:
    with pytest.raises(NotOurs, match=r"the fact f\d+ has no period"):
        read_facts_csv(flat_table().replace("2003-09-30", "2003-09-31").encode())


@pytest.mark.parametrize("data", [b"\xff\xfe", flat_table().encode() + b'"x'], ids=["no UTF-8", "an open quote"])
def test_a_table_that_is_damaged_is_not_ours(data: bytes) -> None:
    with pytest.raises(NotOurs, match="not a table of facts of this program"):
        read_facts_csv(data)


def test_a_parquet_file_of_somebody_else() -> None:
    stream = pyarrow.BufferOutputStream()
    parquet.write_table(pyarrow.table({"concept": ["Assets"], "value": [5]}), stream)
    with pytest.raises(NotOurs, match="its columns are others"):
        read_parquet(stream.getvalue().to_pybytes())


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        (["x/META-INF/reportPackage.json"], "a package with no reports that can be read"),
        (["x/reports/a.json", "x/reports/b.xbrl"], "a package with 2 reports that can be read"),
    ],
)
def test_a_package_has_one_report(names: list[str], problem: str) -> None:
    with pytest.raises(NotOurs, match=problem):
        report_in(zip_of(*((name, b"{}") for name in names)))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        converter.load(tmp_path / "none.xml")


def test_a_page_is_not_read_back(tmp_path: Path) -> None:
    page = tmp_path / "release.html"
    page.write_bytes(b"<html><body><p>A release.</p></body></html>")
    with pytest.raises(NotOurs, match=r"release\.html: a page is not read back"):
        load(page)
