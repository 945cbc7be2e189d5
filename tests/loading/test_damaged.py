"""Files that are damaged, in small ways or on purpose: they are read, or `NotOurs` is raised, and nothing else."""

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pyarrow
import pytest
from helpers.mutants import VALUES, mutants
from helpers.packing import zip_of
from helpers.reports import said, sample
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from converter.loading import NotOurs, load, package, table
from converter.outputs import FORMATS, Format, arrow_schema, checked, write_files
from converter.report import Report

READING = sample()
LOADED = {each.name: each for each in FORMATS if each.loadable}
INSTANCE = checked(READING, "a.xml").instance


@cache
def files_of(name: str) -> Mapping[str, bytes]:
    """The files of a format by the ending of their names."""
    return LOADED[name].make(checked(READING, f"a{LOADED[name].suffixes[0]}"))


def loaded(files: Mapping[str, bytes], format: Format) -> Report | NotOurs:
    """What becomes of files that are written, by name of the requested one and of each beside it."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, f"a{format.suffixes[0]}")
        write_files(files, format, target)
        reports = []
        for ending in files:
            try:
                reports.append(load(format.path(target, ending)))
            except NotOurs as error:
                return error
        assert all(said(report) == said(reports[0]) for report in reports)
        return reports[0]


# Any change to any of our files

_PIECES = st.one_of(
    st.binary(max_size=8),
    st.sampled_from([value.encode("utf-8", "surrogatepass") for value in VALUES]),
    st.sampled_from([b"1e999999999", b"-", b"null", b"[" * 5000, b'"', b"a" * 200_000, b"\x00" * 9, b"\r"]),
)
_CHANGES = st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0, 0, 1, 4, 500]), _PIECES), min_size=1, max_size=3)
_Change = tuple[float, int, bytes]


def changed(data: bytes, changes: list[_Change]) -> bytes:
    """Write other bytes over some, each change at its share of the length."""
    for place, length, piece in changes:
        start = round(place * len(data))
        data = data[:start] + piece + data[start + length :]
    return data


@pytest.mark.parametrize("name", LOADED)
@settings(max_examples=settings().max_examples * 2)
@given(st.data(), _CHANGES)
def test_whatever_is_written_over_a_file(name: str, data: st.DataObject, changes: list[_Change]) -> None:
    files = files_of(name)
    ending = data.draw(st.sampled_from(sorted(files)))
    loaded({**files, ending: changed(files[ending], changes)}, LOADED[name])


@pytest.mark.parametrize("name", ["xbr", "zip"])
@settings(max_examples=settings().max_examples * 2)
@given(_CHANGES)
def test_whatever_is_written_over_a_report_in_its_package(name: str, changes: list[_Change]) -> None:
    with zipfile.ZipFile(io.BytesIO(files_of(name)[""])) as packed:
        members = {member: packed.read(member) for member in packed.namelist()}
    (report,) = (member for member in members if "/reports/" in member)
    members[report] = changed(members[report], changes)
    loaded({"": zip_of(*members.items())}, LOADED[name])


@settings(max_examples=settings().max_examples * 2)
@given(st.data())
def test_whatever_is_written_over_a_cell(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["csv", "facts-csv"]))
    rows = files_of(name)[""].decode().splitlines(keepends=True)
    number = data.draw(st.integers(0, len(rows) - 1))
    cells = rows[number].split(",")
    cells[data.draw(st.integers(0, len(cells) - 1))] = data.draw(st.sampled_from([*VALUES, "1e999999999", "0-1"]))
    rows[number] = ",".join(cells)
    content = "".join(rows).encode("utf-8", "surrogatepass")
    loaded({**files_of(name), "": content}, LOADED[name])


@settings(max_examples=settings().max_examples * 2)
@given(st.data())
def test_whatever_is_written_over_a_value_of_json(data: st.DataObject) -> None:
    name, ending = data.draw(st.sampled_from([("json", ""), ("csv", "-metadata.json")]))
    content = json.loads(files_of(name)[ending])
    parent = content
    while True:
        key = data.draw(st.sampled_from(sorted(parent) if isinstance(parent, dict) else range(len(parent))))
        if not (isinstance(parent[key], dict | list) and parent[key] and data.draw(st.booleans())):
            break
        parent = parent[key]
    json_values = st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(VALUES)
    parent[key] = data.draw(
        st.recursive(json_values, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
    )
    loaded({**files_of(name), ending: json.dumps(content).encode()}, LOADED[name])


@pytest.mark.parametrize("seed", range(4))
def test_instances_made_wrong(seed: int) -> None:
    for mutant in mutants(INSTANCE, 100, seed):
        loaded({"": mutant.encode("utf-8", "surrogatepass")}, LOADED["xml"])


# What is made to take long, or much memory


def replaced(name: str, ending: str, old: str, new: str) -> Mapping[str, bytes]:
    """The files of a format with something else in one of them."""
    data = files_of(name)[ending]
    assert old.encode() in data
    return {**files_of(name), ending: data.replace(old.encode(), new.encode(), 1)}


@pytest.mark.parametrize(
    ("name", "ending", "old", "new", "reason"),
    [
        ("xml", "", ">-1013000<", ">1e999999999<", "'1e999999999' is no value of NetIncomeLoss"),
        ("xml", "", 'decimals="-3"', f'decimals="{"9" * 5000}"', "a fact of NetIncomeLoss with decimals '999"),
        ("json", "", '"-1013000.0"', '"1e999999999"', "'1e999999999' is no value"),
        ("json", "", '"decimals": -3', f'"decimals": {"9" * 5000}', "not an xBRL-JSON report"),
        ("json", "", '"facts": {', '"facts": ' + "[" * 200_000 + '"f": {', "not an xBRL-JSON report"),
        ("json", "", '"facts": {', '"more": ' + "[" * 200_000 + '"f": {', "not an xBRL-JSON report"),
        ("json", "", "2003-10-01T00:00:00", "0001-01-01T00:00:00", "does not start or end at midnight"),
        ("csv", "-metadata.json", '"a.csv"', '"../../../../etc/hostname"', "cannot be read: Invalid name"),
        ("csv", "-metadata.json", '"a.csv"', '"b.csv"', "'b.csv', cannot be read: No such file"),
        ("csv", "-metadata.json", '"a.csv"', '"%00"', "cannot be read"),
        ("facts-csv", "", "iso4217:USD/xbrli:shares", "a/b/c", "a unit that is neither one measure nor a ratio"),
        ("facts-csv", "", ",0.9,", ",x,", "a confidence of x"),
        ("facts-csv", "", "fact,", "fact,fact,", "two columns of one name"),
    ],
)
def test_values_that_are_none(name: str, ending: str, old: str, new: str, reason: str) -> None:
    files = dict(replaced(name, ending, old, new))
    assert reason in str(loaded({ending: files.pop(ending), **files}, LOADED[name]))


@pytest.mark.parametrize("name", ["csv", "facts-csv"])
def test_a_cell_of_any_length(name: str) -> None:
    """The module csv takes 131,072 characters."""
    long = 'ACME, "INC"\n' * 20_000
    cell = '"' + long.replace('"', '""') + '"'
    table = files_of(name)[""].decode().replace("ACME INC", cell)
    report = loaded({**files_of(name), "": table.encode()}, LOADED[name])
    assert isinstance(report, Report)
    assert long in [fact.value for fact in report.facts]


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE a [<!ENTITY a "1">]>',
        '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        "<" + "a><" * 200_000,
    ],
    ids=["entities", "a file", "depth"],
)
def test_xml_that_is_more_than_an_instance(declared: str) -> None:
    text = INSTANCE.replace("?>", f"?>{declared}", 1)
    assert isinstance(loaded({"": text.encode()}, LOADED["xml"]), NotOurs)


@pytest.mark.parametrize("before", ["<xbrli:entity>", "<xbrli:period>", "</xbrli:xbrl>"])
@pytest.mark.parametrize("more", ["<a/>" * 200, "<a>" * 200 + "</a>" * 200], ids=["width", "depth"])
def test_elements_that_no_instance_has(before: str, more: str) -> None:
    """They are refused before they fill the memory: an element takes fifty times its text."""
    text = INSTANCE.replace(before, more + before, 1)
    assert isinstance(loaded({"": text.encode()}, LOADED["xml"]), NotOurs)


@pytest.mark.parametrize("encoding", ["cp9999", "utf-16", "shift_jis", "utf-8"])
def test_an_instance_is_utf_8_whatever_it_says(encoding: str) -> None:
    text = INSTANCE.replace('encoding="UTF-8"', f'encoding="{encoding}"')
    report = loaded({"": text.encode()}, LOADED["xml"])
    assert isinstance(report, Report)
    assert said(report) == said(READING.report)
    assert isinstance(loaded({"": text.encode("utf-16")}, LOADED["xml"]), NotOurs)


# Packages


def encrypted(data: bytearray) -> None:
    """Set the flag of encryption in the directory and before each member."""
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = data.find(mark)
        while position >= 0:
            data[position + offset] |= 1
            position = data.find(mark, position + 4)


def unknown_method(data: bytearray) -> None:
    """Name a method of compression that nobody knows."""
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.find(mark) + offset] = 99


def damaged_data(data: bytearray) -> None:
    """Write over the compressed bytes."""
    data[60:70] = b"\xff" * 10


@pytest.mark.parametrize(
    ("damage", "reason"),
    [(encrypted, "encrypted"), (unknown_method, "another method (99)"), (damaged_data, "not a zip file that can be")],
)
def test_a_package_whose_report_cannot_be_unpacked(damage: Callable[[bytearray], None], reason: str) -> None:
    data = bytearray(packed(INSTANCE.encode()))
    damage(data)
    assert reason in str(loaded({"": bytes(data)}, LOADED["xbr"]))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_package_is_deflated_or_stored(method: int) -> None:
    """LZMA may ask for four gigabytes before it gives a byte."""
    assert "another method" in str(loaded({"": packed(INSTANCE.encode(), method)}, LOADED["xbr"]))


def test_a_package_that_inflates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST", 1 << 20)
    data = packed(INSTANCE.encode() + b" " * (1 << 20))
    assert len(data) < 20_000
    assert "a package whose report has more than 1 MB" in str(loaded({"": data}, LOADED["xbr"]))


def packed(report: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package with this report."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("a/reports/a.xbrl", report)
    return stream.getvalue()


# Parquet files


def rewritten(**options: object) -> bytes:
    """The flat table written in another way."""
    stream = io.BytesIO()
    parquet.write_table(parquet.read_table(io.BytesIO(files_of("parquet")[""])), stream, **options)
    return stream.getvalue()


def repeated(rows: int) -> bytes:
    """A small Parquet file with many equal rows."""
    names = arrow_schema().names
    row = parquet.read_table(io.BytesIO(files_of("parquet")[""])).slice(0, 1)
    columns = [
        pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * rows), row[name].combine_chunks()) for name in names
    ]
    casts = [column.cast(field.type) for column, field in zip(columns, arrow_schema(), strict=True)]
    stream = io.BytesIO()
    parquet.write_table(pyarrow.table(casts, schema=arrow_schema()), stream, compression="zstd")
    return stream.getvalue()


def test_a_parquet_file_in_several_parts() -> None:
    report = loaded({"": rewritten(row_group_size=3, data_page_size=100)}, LOADED["parquet"])
    assert isinstance(report, Report)
    assert said(report) == said(READING.report)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            rewritten(use_dictionary=False, column_encoding={"label": "DELTA_BYTE_ARRAY"}),
            "not a Parquet file that can be read",
        ),
        (files_of("parquet")[""][:-20], "not a Parquet file that can be read"),
        (b"PAR1" + bytes(100) + b"PAR1", "not a Parquet file that can be read"),
    ],
)
def test_parquet_files_that_are_none_of_ours(data: bytes, reason: str) -> None:
    assert reason in str(loaded({"": data}, LOADED["parquet"]))


@pytest.mark.parametrize(("limit", "most"), [("_MOST_ROWS", 19_999), ("LARGEST", 1_000)])
def test_a_parquet_file_that_inflates(monkeypatch: pytest.MonkeyPatch, limit: str, most: int) -> None:
    monkeypatch.setattr(table, limit, most)
    assert "a table with more than" in str(loaded({"": repeated(20_000)}, LOADED["parquet"]))


def test_a_reason_is_one_line_whatever_it_quotes() -> None:
    assert str(NotOurs(f"a fact\nof {'x' * 9_000}")) == f"a fact of {'x' * 990}…"
