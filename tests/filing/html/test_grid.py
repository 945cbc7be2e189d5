import pytest

from converter.filing.html.grid import figure_end, read_grid
from converter.filing.html.parsed import GridCell, HtmlTable
from converter.filing.html.richtext import Flow, FlowKind
from converter.filing.html.styles import Style
from converter.filing.traced import RichText


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("1,234", 5),
        ("$ 1,234", 7),
        ("(1,234)", 6),
        ("$ (.62)", 6),
        ("12.5%", 4),
        ("—", 1),
        ("$ —", 3),
        ("--", 2),
        ("1,234 (1)", 5),
        ("1,234*", 5),
        ("US$ 5", 5),
        ("2004", 4),
        ("March 31", None),
        ("MAY 31", None),
        ("N/A", None),
        ("10-K", None),
        ("", None),
    ],
)
def test_figure_end(text: str, end: int | None) -> None:
    assert figure_end(text) == end


def cell(text: str, **style: int | str) -> GridCell:
    flows = [Flow(FlowKind.TEXT, RichText(text), str(style.get("align", "")), 0, 0)] if text else []
    return GridCell(Style(**style), 0, ()).close(flows)  # type: ignore[arg-type]


def grid(*rows: list[GridCell]) -> list[list[tuple[int, int, str]]]:
    return [
        [(item.start, item.end, item.lines[0].rich.text) for item in row.items]
        for row in read_grid(HtmlTable(0, [[(cell, 0) for cell in row] for row in rows]))
    ]


def test_spans_shift_cells_to_their_columns() -> None:
    assert grid(
        [cell("a", rowspan=2), cell("b", colspan=2), cell("c")],
        [cell("d"), cell("e"), cell("f")],
        [cell("g"), cell("h")],
    ) == [
        [(0, 1, "a"), (1, 3, "b"), (3, 4, "c")],
        [(1, 2, "d"), (2, 3, "e"), (3, 4, "f")],
        [(0, 1, "g"), (1, 2, "h")],
    ]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["A", "$", "1"], [(0, 1, "A"), (1, 3, "$ 1")]),
        (["A", "$", "(", "1", ")"], [(0, 1, "A"), (1, 5, "$ (1)")]),
        (["A", "(1", ")%"], [(0, 1, "A"), (1, 3, "(1)%")]),
        (["A", "$", "", "", "1"], [(0, 1, "A"), (1, 2, "$"), (4, 5, "1")]),
        (["A", "2004", "%"], [(0, 1, "A"), (1, 2, "2004"), (2, 3, "%")]),
        (["A", "5", "(a)"], [(0, 1, "A"), (1, 3, "5 (a)")]),
        (["$", "A"], [(0, 1, "$"), (1, 2, "A")]),
    ],
)
def test_split_figures_are_merged(texts: list[str], expected: list[tuple[int, int, str]]) -> None:
    assert grid([cell(text) for text in texts]) == [expected]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["98", ".7"], [(0, 2, "98.7")]),
        (["98", ".7%"], [(0, 2, "98.7%")]),
        (["1,298", ".7"], [(0, 2, "1,298.7")]),
        (["(4", ".6)"], [(0, 2, "(4.6)")]),
        (["$", "761", ".3"], [(0, 3, "$ 761.3")]),
        (["$", "(11", ".2)"], [(0, 3, "$ (11.2)")]),
        (["2004", ".3"], [(0, 1, "2004"), (1, 2, ".3")]),
    ],
)
def test_decimals_in_a_cell_of_their_own(texts: list[str], expected: list[tuple[int, int, str]]) -> None:
    assert grid([cell(text, align="" if text.startswith(".") else "right") for text in texts]) == [expected]
