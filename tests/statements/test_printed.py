"""Every figure printed in the lines of a table is in a row, or named."""

import pytest
from helpers.builders import filing

from converter.statements.assembly import unread_figure
from converter.statements.calendar import Calendar
from converter.statements.drafts import Draft, draft_statement
from converter.statements.printed import figures_in_no_row, mark_torn_figures
from converter.tables import FigureCell, find_blocks
from converter.vocabulary import find_amounts

ABOVE = "Net sales                  10,000      9,000\nCost of sales               4,000      3,000\n"
BELOW = "Net income                  2,500      2,100\n"


def draft(text: str) -> Draft:
    (block,) = find_blocks(filing(text).documents[0])
    return draft_statement(block, None, Calendar())


@pytest.mark.parametrize(
    ("line", "torn"),
    [
        ("Expenses                  1 5,044     14,644", ["1 5,044"]),
        ("Expenses                    5,044    1 4,644", ["1 4,644"]),
        ("Expenses                  1 5,044    1 4,644", ["1 5,044", "1 4,644"]),
        ("Expenses                   15,044     14,644", []),
        ("Expenses                 1 115,044    14,644", []),  # no number has four digits before a comma
        ("Expenses                (1) 5,044     14,644", []),  # a footnote mark
        ("Expenses                $ 1 5,044     14,644", ["$ 1 5,044"]),
        ("Expenses                 1  5,044     14,644", []),  # two spaces
        ("Expenses                      1 5     14,644", []),  # no commas
    ],
)
def test_torn_figures(line: str, torn: list[str]) -> None:
    """A figure typed in two pieces is neither of them: it becomes unreadable, with the place of both."""
    text = f"{ABOVE}{line}\n{BELOW}"
    rows = mark_torn_figures(draft(text).rows)
    cells = [cell for row in rows for cell in row.cells if cell is not None and cell.token.amount.damaged]
    assert [line[cell.token.start : cell.token.end] for cell in cells] == torn
    assert all(cell.token.amount.absent and cell.line == 2 for cell in cells)
    assert [row.stray for row in rows if torn] == [()] * (len(rows) if torn else 0)


@pytest.mark.parametrize(
    ("line", "lost"),
    [
        ("", []),
        ("Expenses                   15,044     14,644", []),
        ("Words of a caption without figures", []),
        ("Expenses                        -        n/a", []),
        ("Expenses                   15,044    1'4,644", ["15,044", "1'4,644"]),
        ("Expenses                  15,044XR     14,644", ["15,044XR"]),
        ("Expenses             1.2 million       14,644", ["1.2 million"]),
        ("Expenses                     $15K      14,644", ["$15K"]),
        ("Expenses                    12\u00bd       14,644", ["12\u00bd"]),
        ("Expenses                       <1      14,644", ["<1"]),
        ("Expenses                   10-K         1st", []),
        ("Par value of shares,       $1 each", ["$1"]),
        ("Expenses                   15,044     8'280", []),
    ],
)
def test_figures_in_no_row(line: str, lost: list[str]) -> None:
    read = draft(f"{ABOVE}{line}\n{BELOW}")
    found = [cell for cell in figures_in_no_row(read.block, read.rows) if cell.line == 2]
    assert [line[cell.token.start : cell.token.end] for cell in found] == lost


def test_a_number_in_a_caption_between_figures_is_none() -> None:
    text = (
        "INCOME STATEMENT\n     1993                                 1992\n"
        "  $ 8,120    Sales                   $ 7,118\n"
        "    6,118    Cost of sales             5,330\n"
        "    2,085    Interest, 7 percent       1,788\n"
        "    1,085    Net income                1,228\n"
    )
    read = draft(text)
    assert [len(row.printed) for row in read.rows] == [2, 2, 2, 2]
    assert list(figures_in_no_row(read.block, read.rows)) == []


@pytest.mark.parametrize("dropped", [0, 1, 2])
def test_figures_of_rows_that_were_not_made(dropped: int) -> None:
    """Whatever makes the rows: the lines between the first and the last of them are looked at again."""
    read = draft(ABOVE + BELOW)
    rows = [row for number, row in enumerate(read.rows) if number != dropped]
    lost = list(figures_in_no_row(read.block, rows))
    assert [int(cell.token.amount.value) for cell in lost] == ([4000, 3000] if dropped == 1 else [])
    assert {cell.line for cell in lost} <= {dropped}


def test_no_rows_have_no_lines_between_them() -> None:
    read = draft(ABOVE + BELOW)
    assert list(figures_in_no_row(read.block, [])) == []
    assert mark_torn_figures([]) == ()


def test_a_figure_of_a_broken_row_is_in_no_row() -> None:
    read = draft(f"{ABOVE}Expenses                   15,044\n6,644\n{BELOW}")
    assert [(cell.line, cell.token.start) for cell in figures_in_no_row(read.block, read.rows)] == [(3, 0)]
    read = draft(f"{ABOVE}Common stock,\n10,000,000\n  shares                   15,044      9,000\n{BELOW}")
    assert not list(figures_in_no_row(read.block, read.rows))


def test_the_caption_of_a_figure_that_is_not_read_is_cut_in_the_finding() -> None:
    """Else a line of many figures would be repeated for each of them."""
    document = filing(f"{'Expenses ' * 100}      5,000").documents[0]
    (cell,) = [FigureCell(0, token) for token in find_amounts(document.lines[0].text)]
    assert len(unread_figure(document, "Expenses " * 100, cell, "none").message) < 600
