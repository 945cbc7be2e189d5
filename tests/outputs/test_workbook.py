"""The Excel workbook of a filing, as openpyxl reads it."""

import io
from datetime import datetime
from functools import cache

import openpyxl
import pytest
from helpers.paths import ROOT
from helpers.reports import sample

from converter.outputs.check_table import CheckRow
from converter.outputs.workbook import render_workbook
from converter.outputs.workbook.book import Book
from converter.outputs.workbook.filing import FACT_COLUMNS
from converter.pipeline import read_data


@cache
def workbook() -> openpyxl.Workbook:
    path = ROOT / "examples" / "submission-10q.txt"
    return openpyxl.load_workbook(io.BytesIO(render_workbook(read_data(path.read_bytes(), path.name))))


def row_of(sheet: str, caption: str) -> tuple[openpyxl.cell.Cell, ...]:
    (row,) = (row for row in workbook()[sheet].iter_rows() if row[0].value == caption)
    return tuple(row)


def test_a_sheet_for_each_statement_then_the_tables() -> None:
    assert workbook().sheetnames == [
        "Cover",
        "Balance sheet",
        "Income statement",
        "Cash flow statement",
        "Balance sheet, in captions",
        "Balance sheet, in captions (2)",
        "Inventories (details)",
        "Facts",
        "Checks",
    ]


@pytest.mark.parametrize(
    ("sheet", "caption", "values"),
    [
        ("Balance sheet", "Total assets", [68_375_000, 64_834_000, "Assets", "iso4217:USD"]),
        (
            "Income statement",
            "Interest expense",
            [-172_000, -214_000, -352_000, -431_000, "InterestExpense", "iso4217:USD"],
        ),
        (
            "Cash flow statement",
            "Purchases of property, plant and equipment",
            [-1_172_000, -1_406_000, "PaymentsToAcquirePropertyPlantAndEquipment", "iso4217:USD"],
        ),
    ],
)
def test_a_row_has_its_caption_its_numbers_as_printed_and_its_concept(
    sheet: str, caption: str, values: list[object]
) -> None:
    assert [cell.value for cell in row_of(sheet, caption)[1:]] == values


def test_numbers_have_the_format_of_their_kind() -> None:
    assert row_of("Balance sheet", "Total assets")[1].number_format == '#,##0;(#,##0);"-"'
    assert row_of("Balance sheet, in captions (2)", "Common stock, par or stated value per share")[
        1
    ].number_format.startswith("#,##0.00##")


def test_the_columns_have_their_periods() -> None:
    (header,) = workbook()["Income statement"].iter_rows(min_row=4, max_row=4, values_only=True)
    assert header[1] == "2004-04-01 to 2004-06-30"
    (header,) = workbook()["Balance sheet"].iter_rows(min_row=4, max_row=4, values_only=True)
    assert header[1:4] == ("2004-06-30", "2003-12-31", "Concept")


def test_headings_stand_above_their_rows() -> None:
    captions = [row[0].value for row in workbook()["Balance sheet"].iter_rows(min_row=6, max_row=9)]
    assert captions[:3] == ["ASSETS", "Current assets", "Cash and cash equivalents"]
    assert row_of("Balance sheet", "Cash and cash equivalents")[0].alignment.indent == 2


def test_the_tables_have_all_columns_and_rows() -> None:
    facts = list(workbook()["Facts"].iter_rows(values_only=True))
    assert facts[0] == (*FACT_COLUMNS, "value")
    assert len(facts) == 1 + 208
    column = facts[0].index("period_end")
    assert all(isinstance(row[column], datetime) for row in facts[1:])
    assert next(workbook()["Checks"].iter_rows(values_only=True)) == CheckRow.__struct_fields__


def test_the_same_reading_gives_the_same_bytes() -> None:
    assert render_workbook(sample()) == render_workbook(sample())


@pytest.mark.parametrize(
    ("names", "given"),
    [
        (["A [1]: x/y?*"], ["A 1 x y"]),
        (["Same", "same", "Same"], ["Same", "same (2)", "Same (3)"]),
        (["x" * 40, "x" * 40], ["x" * 31, f"{'x' * 27} (2)"]),
        (["", "History", "'quoted'"], ["Sheet", "History (2)", "quoted"]),
    ],
)
def test_the_names_of_sheets(names: list[str], given: list[str]) -> None:
    book = Book()
    for name in names:
        book.sheet(name)
    assert openpyxl.load_workbook(io.BytesIO(book.close())).sheetnames == given


def test_text_is_no_formula() -> None:
    book = Book()
    book.sheet("a").text(0, 0, "=1+1")
    book.sheet("b").value(0, 0, "http://example.com")
    read = openpyxl.load_workbook(io.BytesIO(book.close()))
    assert (read["a"]["A1"].value, read["a"]["A1"].data_type) == ("=1+1", "s")
    assert read["b"]["A1"].hyperlink is None
