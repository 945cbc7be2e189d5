"""Blocks: where tables start and end."""

import pytest
from helpers.builders import filing

from converter.tables.blocks import find_blocks
from converter.tables.scanning import Shape


def blocks(text: str) -> list[list[str]]:
    """Return the captions of the figure lines of each table."""
    tables = find_blocks(filing(text).documents[0])
    return [[line.label for line in block.lines if line.shape is Shape.FIGURES] for block in tables]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        pytest.param("Cash    1    2\nDebt    3    4", [["Cash", "Debt"]], id="one table"),
        pytest.param("Cash in      10    12\n  1997\nDebt   3     4", [["Cash in", "Debt"]], id="a year in a caption"),
        pytest.param("Cash    1    2\n</TABLE>\nOf the debt\nDebt    3    4", [["Cash"], ["Debt"]], id="end of table"),
        pytest.param("Cash    1    2\n</TABLE>\n\n<TABLE>\nDebt    3    4", [["Cash", "Debt"]], id="split table"),
        pytest.param("Cash    1    2\n</TABLE>\n<TABLE>\nDebt      3    4", [["Cash"], ["Debt"]], id="other columns"),
        pytest.param("Cash    1    2\n</TABLE>\n<TABLE>\nDebt    3", [["Cash"], ["Debt"]], id="fewer columns"),
        pytest.param("Cash    1    2\n</TABLE>\n", [["Cash"]], id="end of all tables"),
        pytest.param("Cash    1    2\n<PAGE>\nDebt    3    4", [["Cash"], ["Debt"]], id="page break"),
        pytest.param("Cash    1    2\n\n      17\n<PAGE>\nDebt    3    4", [["Cash"], ["Debt"]], id="page number"),
        pytest.param("Cash    1    2\n<PAGE>\n   17\n\nDebt    3    4", [["Cash"], ["Debt"]], id="number on top"),
        pytest.param(
            "Cash    1    2\n\nSTATEMENTS OF INCOME\n\nSales    3    4", [["Cash"], ["Sales"]], id="a title between"
        ),
        pytest.param(
            "Cash    1    2\n\n       1998    1997\n\nSales    3    4", [["Cash"], ["Sales"]], id="headings again"
        ),
        pytest.param(
            "Cash    1    2\n\nYears ended    1998    1997   % Change\n\nSales    3    4   2.5",
            [["Cash"], ["Sales"]],
            id="headings with the change from year to year",
        ),
        pytest.param("Cash    1    2\n" + "\n" * 20 + "Debt    3    4", [["Cash"], ["Debt"]], id="far apart"),
        pytest.param(
            "Cash    1    2\n" + "Words that fill a line of prose from its left to its right margin.\n" * 6
            + "Debt    3    4",
            [["Cash"], ["Debt"]],
            id="prose between",
        ),
        pytest.param("No table at all, only words.\n", [], id="words"),
    ],
)  # fmt: skip
def test_blocks(text: str, labels: list[list[str]]) -> None:
    assert blocks(text) == labels


def test_zone_contains_the_lines_above() -> None:
    (block,) = find_blocks(filing("BALANCE SHEET\n\n        1998    1997\nCash    1,234   5,678").documents[0])
    assert [line.text.strip() for line in block.zone] == ["BALANCE SHEET", "", "1998    1997"]
    assert [(column.start, column.edge) for column in block.columns] == [(8, 13), (16, 21)]


def test_the_rest_of_the_last_caption_belongs_to_the_table() -> None:
    (block,) = find_blocks(filing("Net increase in cash and    1    2\n  equivalents\n\nSee the notes.").documents[0])
    assert [line.text.strip() for line in block.lines] == ["Net increase in cash and    1    2", "equivalents"]


@pytest.mark.parametrize(
    ("line", "figures"),
    [
        ("Net sales                      5,000      4,000", ["5,000", "4,000"]),
        ("Net sales 5,000 4,000", ["5,000", "4,000"]),
        ("Net sales $ 5,000 $ 4,000", ["$ 5,000", "$ 4,000"]),
        ("Net sales  5,000             4,000", ["5,000", "4,000"]),
        ("Net sales 500 400", []),
        ("Common shares, par value $5.00 -", []),
        ("Issued 3,562,528 shares - 2009; 2,983,508 -", []),
        ("5,000   4,000", ["5,000", "4,000"]),  # below its caption
        ("Rooms 12 14", []),
        ("Notes of 2001 2002", []),
        ("Authorized shares - 200,000", []),
        ("In all 3 plants of 5,000", []),
        ("At cost: (Note 9) 202,200", []),
        ("Tax benefit of $11                        4,000", ["4,000"]),
        ("Adjustment (net of tax of $9)             4,000", ["4,000"]),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_row_without_blanks_between_its_figures_has_one_for_each_column(
    line: str, figures: list[str], place: int
) -> None:
    rows = ["Cost of sales                  3,000      2,000", "Gross profit                   2,000      1,000"]
    rows.insert(place, line)
    (block,) = find_blocks(filing("\n".join(["INCOME STATEMENT", "", *rows, ""])).documents[0])
    found = {row.index: [row.text[token.start : token.end] for token in row.tail] for row in block.lines}
    assert found.get(2 + place, []) == figures


@pytest.mark.parametrize("caption", ["Land " + "( " * 15_000, "Land " + "$ " * 15_000, "Land" + " $ 100   " * 5_000])
def test_a_line_longer_than_any_row_is_left_out_and_named(caption: str) -> None:
    text = f"Cash        1,000     2,000\n{caption}      1,500     2,500\nDebt        3,000     4,000\n"
    table, left_out = find_blocks(filing(text).documents[0])
    assert [line.label for line in table.lines if line.shape is Shape.FIGURES] == ["Cash", "Debt"]
    assert left_out.left_out == (
        f"a line of {len(caption) + 21:,} characters in a table was left out: at most 20,000 are read"
    )
