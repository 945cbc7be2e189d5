"""Tables whose lines a mailer broke are read as they were typed."""

import pytest

from converter.filing.lines import split_lines
from converter.filing.mailed import unwrapped
from converter.vocabulary import find_amounts

TABLE = """
                                                             December 31,
                                                   1997          1996          1995
                                                -----------   -----------   -----------
Net sales                                            98,420        91,310        84,770
Cost of sales                                        61,230        57,940        54,110
Selling, general and administrative, net of
  $310 and $290                                      21,480        19,875        18,620
                                                -----------   -----------   -----------
Interest expense                                     (1,250)       (1,375)       (1,440)
Other income                                            310           275           240
                                                -----------   -----------   -----------
Net income                                            6,590         5,295         4,495
Net income per share                                   1.32          1.06           .90
"""


def broken_at_blanks(width: int, indent: str = "") -> str:
    lines = []
    for line in TABLE.split("\n"):
        while len(line) > width:
            end = line.rindex(" ", 0, width + 1)
            lines.append(line[:end].rstrip())
            line = indent + line[end:].strip()
        lines.append(line)
    return "\n".join(lines)


def cut_at(width: int) -> str:
    lines = []
    for line in TABLE.split("\n"):
        lines += [line[start : start + width] for start in range(0, max(len(line), 1), width)]
    return "\n".join(lines)


def rows(text: str) -> list[list[int]]:
    figures = [[int(token.amount.value * 100) for token in find_amounts(line)] for line in text.split("\n")]
    return [row for row in figures if row]


BROKEN = [broken_at_blanks(width, indent) for width in (72, 76, 80) for indent in ("", "    ")]
CUT = [cut_at(width) for width in (72, 74, 76, 80, 82, 83)]


@pytest.mark.parametrize("text", BROKEN + CUT)
def test_rows_are_put_together(text: str) -> None:
    assert rows(text) != rows(TABLE)
    lines = unwrapped(split_lines(text), text)
    assert rows("\n".join(lines.texts)) == rows(TABLE)


@pytest.mark.parametrize("text", BROKEN)
def test_figures_are_set_below_each_other(text: str) -> None:
    lines = unwrapped(split_lines(text), text)
    ends = {find_amounts(line)[-1].figure_end for line in lines.texts if line.startswith(("Net", "Cost", "Other"))}
    assert len(ends) == 1


@pytest.mark.parametrize("text", BROKEN + CUT)
def test_every_character_is_where_it_says(text: str) -> None:
    for line in unwrapped(split_lines(text), text):
        for column, char in enumerate(line.text):
            start, end = line.span(column, column + 1)
            assert char in (" ", text[start:end])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TABLE, id="as typed"),
        pytest.param("Notes due\n1998         1,234    5,678\n" * 4, id="figures below a caption"),
        pytest.param("Sold         1,234    5,678\n             1,234    5,678\n" * 4, id="sums without a caption"),
        pytest.param("Sold         1,234    5,678\n\n  17\n<PAGE>\n" * 4, id="page numbers"),
        pytest.param("Sold in the year    1,234\n 12,345\n" * 2, id="too few"),
        pytest.param("            1               13.0            12.5\n" * 6, id="rows of quarters"),
        pytest.param("$ 7.09 - $10.58            4.2        0.8      $ 7.16\n" * 6, id="rows of ranges"),
        pytest.param("Units sold   12   14\n 15   16\n" * 4, id="lines shorter than a mailer's"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_was_not_broken(text: str) -> None:
    lines = split_lines(text)
    assert unwrapped(lines, text) is lines
