"""Captions between their figures."""

import pytest
from helpers.builders import filing

from converter.tables.blocks import find_blocks
from converter.tables.captions import read_rows

YEARS = "      1993         1992                                  1991\n"
ROWS = """\
 $ 88,204       $ 81,330    Net sales                   $ 78,118
   61,118         57,204    Cost of goods sold            55,330
                            Other:
                   (204)      Gain on sale                     -
   27,085         24,126    Gross profit                  22,788
       --            204    Unusual, 1991                     --
"""


def rows(text: str) -> list[tuple[str, list[str | None]]]:
    """Return the captions and the values of the rows of the one table of a text."""
    (block,) = find_blocks(filing(text).documents[0])
    return [
        (row.label, [None if cell is None else str(cell.token.amount.value) for cell in row.cells])
        for row in read_rows(block.lines, block.columns)
    ]


def test_figures_on_both_sides_of_the_captions() -> None:
    assert rows(YEARS + ROWS) == [
        ("Net sales", ["88204", "81330", "78118"]),
        ("Cost of goods sold", ["61118", "57204", "55330"]),
        ("Gain on sale", [None, "-204", "0"]),
        ("Gross profit", ["27085", "24126", "22788"]),
        ("Unusual, 1991", ["0", "204", "0"]),
    ]


def test_figures_keep_their_places() -> None:
    text = YEARS + ROWS
    (block,) = find_blocks(filing(text).documents[0])
    row = read_rows(block.lines, block.columns)[0]
    line = text.splitlines()[1]
    assert [line[cell.token.start : cell.token.end] for cell in row.printed] == ["$ 88,204", "$ 81,330", "$ 78,118"]
    assert line[row.anchor.start : row.anchor.end] == "Net sales"


@pytest.mark.parametrize(
    ("above", "body"),
    [
        pytest.param("   Shares       Series      Name of issuer                 Value\n", ROWS, id="no years"),
        pytest.param(" " * 52 + "1993       1992\n", ROWS, id="years on one side"),
        pytest.param(YEARS, ROWS.replace(",", ""), id="numbers of accounts"),
        pytest.param(YEARS, ROWS.replace("    C", " C").replace("    N", " N").replace("    G", " G"), id="no gap"),
    ],
)
def test_other_numbers_left_of_words_are_part_of_the_captions(above: str, body: str) -> None:
    (block,) = find_blocks(filing(above + body).documents[0])
    assert all(column.start > len(" $ 88,204       $ 81,330    Net sales") for column in block.columns)
