"""Headings: the text over each column of figures."""

from itertools import accumulate
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.tables.alignment import ColumnSpan, find_columns
from converter.tables.headings import Segment, _distance, _match, read_headings
from converter.tables.scanning import scan_line


def headings(text: str) -> tuple[list[str], list[str], int]:
    """Return the text over each column and over the captions, and the number of heading lines.

    The last line of the text has one figure per column.
    """
    *zone, figures = dedent(text).strip("\n").split("\n")
    columns = find_columns([scan_line(0, figures).tail])
    read = read_headings([scan_line(i, line) for i, line in enumerate(zone)], columns)
    return list(read.columns), list(read.labels), read.end


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        pytest.param(
            """
                                1998       1997
            Net sales          1,234      5,678
            """,
            ["1998", "1997"],
            id="years over figures",
        ),
        pytest.param(
            """
                             NINE AND THREE MONTH PERIODS ENDED
                                 SEPTEMBER 30, 1997 AND 1996

                                Nine Months            Three Months
                            Ended September 30,     Ended September 30,
                              1997        1996        1997        1996
            Net sales        1,234       5,678       2,345       6,789
            """,
            [f"{length} Months Ended September 30, {year}" for length in ("Nine", "Three") for year in (1997, 1996)],
            id="a title over the first columns that names the lengths of all periods",
        ),
        pytest.param(
            """
                            December 31,   June 30,
                                1998         1998
            Cash               1,234        5,678
            """,
            ["December 31, 1998", "June 30, 1998"],
            id="dates over two lines",
        ),
        pytest.param(
            """
                           Parent   Guarantors Eliminations    Total
            Net sales       1,234       5,678        (9,012)   3,456
            """,
            ["Parent", "Guarantors", "Eliminations", "Total"],
            id="two headings one blank apart, one for each column",
        ),
        pytest.param(
            """
                               Consolidated       Financial Services
                              1998      1997        1998      1997
            Net sales        1,234     5,678       2,345     6,789
            """,
            ["Consolidated 1998", "Consolidated 1997", "Financial Services 1998", "Financial Services 1997"],
            id="a heading of two words over two columns",
        ),
        pytest.param(
            """
                            Three months ended     Six months ended
                                 June 30,              June 30,
                              1998      1997        1998      1997
            Net sales        1,234     5,678       2,345     6,789
            """,
            [
                "Three months ended June 30, 1998",
                "Three months ended June 30, 1997",
                "Six months ended June 30, 1998",
                "Six months ended June 30, 1997",
            ],
            id="two groups",
        ),
        pytest.param(
            """
                                    Year ended December 31,
                            -------------------------------------
                              1998          1997          1996
            Net sales        1,234         5,678         6,789
            """,
            ["Year ended December 31, 1998", "Year ended December 31, 1997", "Year ended December 31, 1996"],
            id="a ruled heading over all",
        ),
        pytest.param(
            """
                              1998          1997        Change
            Net sales        1,234         5,678          12.5
            """,
            ["1998", "1997", "Change"],
            id="a column of changes",
        ),
        pytest.param(
            """
                                 2001                  2000
                           -----------------     -----------------
                                      % of                  % of
                            Amount    Sales       Amount    Sales
            Net sales       88,400    100.0       80,250    100.0
            """,
            ["2001 Amount", "2001 % of Sales", "2000 Amount", "2000 % of Sales"],
            id="percentages between amounts",
        ),
        pytest.param(
            """
                                     Notes     1998       1997
            Inventories                  4    1,234      5,678
            """,
            ["Notes", "1998", "1997"],
            id="a column of notes",
        ),
        pytest.param(
            """
                                         Three Months Ended        Six Months Ended
                              Notes
                                          1998        1997         1998        1997
            Revenues            2        5,100       4,800       10,000       9,300
            """,
            [
                "Notes",
                "Three Months Ended 1998",
                "Three Months Ended 1997",
                "Six Months Ended 1998",
                "Six Months Ended 1997",
            ],
            id="a column of notes beside headings of several columns",
        ),
        pytest.param(
            """
                     Years ended June 30, 1994, 1993 and 1992
                               1994        1993        1992
            Sales             5,100       4,800       4,700
            """,
            ["1994", "1993", "1992"],
            id="the years of all columns in a line of the title",
        ),
        pytest.param(
            """
                             1995        1994
            Net sales                  1,234      5,678
            """,
            ["1995", "1994"],
            id="typed far from its columns",
        ),
        pytest.param(
            """
                         March 31, 1999 December 31, 1998
            Cash                  1,234             5,678
            """,
            ["March 31, 1999", "December 31, 1998"],
            id="two dates separated by one space",
        ),
        pytest.param(
            """
                                                Pro Forma
                            1998       1998        1998
            Cash           1,234      1,234       5,678
            """,
            ["1998", "1998", "Pro Forma 1998"],
            id="one word over one of three columns",
        ),
        pytest.param(
            """
                                   1998                            Year
                    -----------------------------------     -----------------
                      1st      2nd      3rd                  1998       1997
                    22,118   23,204   24,330                94,770     88,204
            """,
            ["1998 1st", "1998 2nd", "1998 3rd", "Year 1998", "Year 1997"],
            id="a year over quarters whose rule is longer than they are",
        ),
        pytest.param(
            """
                                      Pro Forma
                           Actual    Adjustments   Pro Forma
            Sales          40,000        6,000       46,000
            """,
            ["Actual", "Pro Forma Adjustments", "Pro Forma"],
            id="a word right over another in the middle",
        ),
    ],
)
def test_words_over_columns(text: str, columns: list[str]) -> None:
    assert headings(text)[0] == columns


def test_words_over_the_captions() -> None:
    text = """
        (Thousands of dollars)            1998       1997
        Net sales                        1,234      5,678
    """
    assert headings(text)[:2] == (["1998", "1997"], ["(Thousands of dollars)"])


def test_section_headings_are_not_column_headings() -> None:
    text = """
                                          1998       1997
        ASSETS                           ------     ------
                                    ASSETS
        Cash                             1,234      5,678
    """
    assert headings(text)[0] == ["1998", "1997"]


def test_the_body_begins_below_the_rules() -> None:
    text = """
                                          1998       1997

                                         ------     ------

        Current assets:
        Cash                             1,234      5,678
    """
    assert headings(text)[2] == 4


def test_no_columns_no_headings() -> None:
    assert read_headings([scan_line(0, "1998   1997")], ()).columns == ()


def test_a_line_of_very_many_parts_is_no_heading() -> None:
    words = "  ".join(["Total"] * 101)
    assert headings(f"{words}\n                                1998\nx                              1,234") == (
        ["1998"],
        [],
        2,
    )


def groups_as_defined(segments: list[Segment], columns: list[ColumnSpan]) -> float:
    """Return the least total distance of segments from groups of columns, by trying all."""
    if not segments:
        return 0
    first, *rest = segments
    unmatched = 40 + groups_as_defined(rest, columns)
    return min(
        [unmatched]
        + [
            _distance(first, columns[left], columns[right]) + groups_as_defined(rest, columns[right + 1 :])
            for right in range(len(columns))
            for left in range(right + 1)
        ]
    )


@given(st.lists(st.integers(0, 20), min_size=1, max_size=3), st.lists(st.integers(4, 12), min_size=1, max_size=4))
def test_headings_take_the_nearest_columns(gaps: list[int], widths: list[int]) -> None:
    starts = list(accumulate(gap + 6 for gap in gaps))
    segments = [Segment("Total", start - 5, start) for start in starts]
    ends = list(accumulate(widths))
    columns = [ColumnSpan(end - 3, end, end) for end in ends]
    groups = _match(segments, columns)
    cost = sum(
        _distance(segment, columns[group[0]], columns[group[-1]]) if group else 40
        for segment, group in zip(segments, groups, strict=True)
    )
    taken = [column for group in groups for column in group]
    assert taken == sorted(set(taken))
    assert cost == groups_as_defined(segments, columns)
