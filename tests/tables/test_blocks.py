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
