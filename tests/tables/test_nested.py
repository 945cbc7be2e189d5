"""Inner and outer columns: the parts of sums beside the sums."""

from textwrap import dedent

import pytest

from converter.tables.alignment import find_columns
from converter.tables.captions import read_rows
from converter.tables.nested import SingleColumns, without_nesting
from converter.tables.scanning import Shape, scan_line


def single(text: str) -> SingleColumns | None:
    lines = [scan_line(index, line) for index, line in enumerate(dedent(text).strip("\n").split("\n"))]
    columns = find_columns([line.tail for line in lines if line.shape is Shape.FIGURES])
    return without_nesting(read_rows(lines, columns), columns)


def figures(text: str) -> list[tuple[str, list[int | None]]]:
    table = single(text)
    assert table is not None
    return [(row.label, [int(cell.token.amount.value) if cell else None for cell in row.cells]) for row in table.rows]


def test_sums_beside_their_last_parts_become_rows() -> None:
    text = """
    Cash                                    412                     380
    Receivables                 2,210                   1,980
    Less allowance                110     2,100            98     1,882
    Land                          220                     220
    Buildings                   1,880                   1,860
    Less depreciation             700     1,400           640     1,440
    """
    assert figures(text) == [
        ("Cash", [412, 380]),
        ("Receivables", [2210, 1980]),
        ("Less allowance", [110, 98]),
        ("", [2100, 1882]),
        ("Land", [220, 220]),
        ("Buildings", [1880, 1860]),
        ("Less depreciation", [700, 640]),
        ("", [1400, 1440]),
    ]


def test_a_single_part_may_be_its_own_sum() -> None:
    text = """
    Receivables                 2,210
    Less allowance                110     2,100
    Supplies                      300       300
    Land                          220
    Buildings                   1,880     2,100
    """
    assert figures(text)[3:5] == [("Supplies", [300]), ("", [300])]


def test_a_single_column_has_the_sums_alone() -> None:
    text = """
    Cash                                    412         380
    Receivables                 2,210
    Less allowance                110     2,100       1,882
    Land                          220
    Buildings                   1,880     2,100       2,080
    Other                                   300         290
    """
    assert figures(text) == [
        ("Cash", [412, 380]),
        ("Receivables", [2210, None]),
        ("Less allowance", [110, None]),
        ("", [2100, 1882]),
        ("Land", [220, None]),
        ("Buildings", [1880, None]),
        ("", [2100, 2080]),
        ("Other", [300, 290]),
    ]


def test_a_single_column_has_parts_and_sums_below_each_other() -> None:
    text = """
    Receivables                 2,210                 1,980
    Less allowance                110     2,100          98
                                                      1,882
    Land                          220                   220
    Buildings                   1,880     2,100       1,860
    Other                                   300         290
    """
    assert figures(text) == [
        ("Receivables", [2210, 1980]),
        ("Less allowance", [110, 98]),
        ("", [2100, 1882]),
        ("Land", [220, 220]),
        ("Buildings", [1880, 1860]),
        ("", [2100, None]),
        ("Other", [300, 290]),
    ]


def test_one_sum_of_large_figures_is_no_chance() -> None:
    text = """
    Vessels                   188,400               180,110
    Less depreciation          97,604    90,796      88,002
                                                     92,108
    Other assets                          2,004       1,830
    """
    assert figures(text)[2:] == [("", [90796, 92108]), ("Other assets", [2004, 1830])]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            """
            Cash                          412       380
            Receivables                 2,210     1,980
            Total                       2,622     2,360
            """,
            id="two years",
        ),
        pytest.param(
            """
            Receivables                 2,210
            Less allowance                110     2,100
            Land                          220
            Buildings                   1,880     2,000
            Vessels                       500       400
            """,
            id="a figure beside a part is no sum",
        ),
        pytest.param(
            """
            Receivables                 2,210
            Less allowance                110     2,100
            Cash                                    412
            """,
            id="one sum, which may be chance",
        ),
    ],
)
def test_other_columns_stay_as_they_are(text: str) -> None:
    assert single(text) is None
