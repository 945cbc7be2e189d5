"""Rows: captions joined from their lines, headings as sections, figures in their columns."""

from textwrap import dedent

import pytest

from converter.tables.alignment import find_columns
from converter.tables.caption_text import LineSpan, is_heading, join_lines, locate
from converter.tables.captions import TableRow, read_rows
from converter.tables.scanning import Shape, scan_line


def rows(text: str, width: int = 0) -> tuple[TableRow, ...]:
    lines = [scan_line(index, line) for index, line in enumerate(dedent(text).strip("\n").split("\n"))]
    columns = find_columns([line.tail for line in lines if line.shape is Shape.FIGURES])
    return read_rows(lines, columns)


def captions(text: str) -> list[str]:
    return [row.label for row in rows(text)]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        pytest.param(
            """
            Cash and cash equivalents             1,234     5,678
            Accounts receivable                   2,345     6,789
            """,
            ["Cash and cash equivalents", "Accounts receivable"],
            id="a line each",
        ),
        pytest.param(
            """
            Common stock, par value $1 per share; authorized:
            50,000,000 shares; issued: 23,633,016 shares      315       315
            Treasury stock, at cost:
            1995 - 5,211,833 shares; 1994 - 5,002,145 shares  (73)      (82)
            Other payables:
            Customers                                       5,503     4,790
            """,
            [
                "Common stock, par value $1 per share; authorized: 50,000,000 shares; issued: 23,633,016 shares",
                "Treasury stock, at cost: 1995 - 5,211,833 shares; 1994 - 5,002,145 shares",
                "Customers",
            ],
            id="counts of shares after a colon",
        ),
        pytest.param(
            """
            Selling, general and
              administrative expenses             1,234     5,678
            Interest                              2,345     6,789
            """,
            ["Selling, general and administrative expenses", "Interest"],
            id="two lines, figures on the second",
        ),
        pytest.param(
            """
            Accounts receivable, less             1,234     5,678
              allowances of $12
            Inventories                           2,345     6,789
            """,
            ["Accounts receivable, less allowances of $12", "Inventories"],
            id="two lines, figures on the first",
        ),
        pytest.param(
            """
            Income before
              income taxes and
              extraordinary item                  1,234     5,678
            Income taxes                          2,345     6,789
            """,
            ["Income before income taxes and extraordinary item", "Income taxes"],
            id="three lines",
        ),
        pytest.param(
            """
            Interest and dividends on securities held for sale
                                                  1,234     5,678
            Net interest income                   2,345     6,789
            """,
            ["Interest and dividends on securities held for sale", "Net interest income"],
            id="figures slipped to the next line",
        ),
        pytest.param(
            """
            Interest on long-
              term debt                           1,234     5,678
            Net income                            2,345     6,789
            """,
            ["Interest on long-term debt", "Net income"],
            id="a hyphen at the end of a line",
        ),
        pytest.param(
            """
            Cash ....................... $        1,234     5,678
            Debt . . . . . . . . . . . .          2,345     6,789
            """,
            ["Cash", "Debt"],
            id="leaders",
        ),
        pytest.param(
            """
            Local service                         1,234     5,678
            Long distance                         2,345     6,789
                                                 ------    ------
                                                  3,579    12,467
            Operating income                        100       200
            """,
            ["Local service", "Long distance", "", "Operating income"],
            id="a total without caption",
        ),
        pytest.param(
            """
            Operating expenses:
              Salaries                            1,234     5,678
            Other:
              Rent                                2,345     6,789
            """,
            ["Salaries", "Rent"],
            id="headings are no captions",
        ),
    ],
)
def test_captions(text: str, labels: list[str]) -> None:
    assert captions(text) == labels


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        pytest.param(
            """
            Current assets:
              Cash                                1,234     5,678
              Inventories                         2,345     6,789
            Property                              3,456     7,890
            """,
            [("Current assets",), ("Current assets",), ()],
            id="a row at the indent of its heading ends the section",
        ),
        pytest.param(
            """
            Current assets:
            Cash                                  1,234     5,678
            Total current assets                  1,234     5,678
            Property                              3,456     7,890
            """,
            [("Current assets",), ("Current assets",), ()],
            id="its total ends a section",
        ),
        pytest.param(
            """
            ASSETS
            Current assets:
              Cash                                1,234     5,678
            Liabilities and equity
            Current liabilities:
              Debt                                3,456     7,890
            """,
            [("ASSETS", "Current assets"), ("Liabilities and equity", "Current liabilities")],
            id="nested sections and a new root",
        ),
        pytest.param(
            """
            Total liabilities                     1,234     5,678
            Commitments and contingencies (Note 8)
            Common stock                          2,345     6,789
            """,
            [(), ()],
            id="a row without figures is no heading",
        ),
        pytest.param(
            """
            Investment activity
               Rentals                            1,234     5,678
               Expenses of the ventures, net      2,345     6,789
            Interest on notes and
               Other loans                        3,456     7,890
            """,
            [("Investment activity",), ("Investment activity",), ()],
            id="a heading above rows of one indent, which is also that of rests of captions",
        ),
        pytest.param(
            """
            Net income per share:
              Basic                                 .12       .10
              Diluted                               .11       .09
            """,
            [("Net income per share",), ("Net income per share",)],
            id="basic and diluted",
        ),
        pytest.param(
            """
            Adjustments to reconcile net income to
              net cash provided by operations:
                Depreciation                      1,234     5,678
            """,
            [("Adjustments to reconcile net income to net cash provided by operations",)],
            id="a heading of two lines",
        ),
    ],
)
def test_sections(text: str, sections: list[tuple[str, ...]]) -> None:
    assert [row.sections for row in rows(text)] == sections


def test_rules() -> None:
    text = """
        Gross profit                          1,234     5,678
                                             ------    ------
        Income from
          operations                          2,345     6,789
        Interest                                 12        34
                                             ------    ------
        Net income                            2,333     6,755
                                             ======    ======
    """
    assert [row.ruled for row in rows(text)] == [False, True, False, True]


def test_a_rule_under_captions_only_is_ignored() -> None:
    text = """
        Current assets
        --------------
          Cash                                1,234     5,678
    """
    assert [row.ruled for row in rows(text)] == [False]


def test_place_of_a_caption() -> None:
    (row,) = rows("Selling, general and\n  administrative expenses             1,234     5,678")
    assert row.anchor == LineSpan(1, 2, 25)
    assert row.caption_lines == (LineSpan(0, 0, 20), LineSpan(1, 2, 25))
    assert [(cell.line, cell.token.start) for cell in row.cells if cell] == [(1, 38), (1, 48)]


def test_place_of_a_row_without_caption() -> None:
    total = rows("Cash          1,234     5,678\n             ------    ------\n              1,234     5,678")[1]
    assert total.anchor == LineSpan(2, 14, 29)
    assert total.caption_lines == ()


@pytest.mark.parametrize(
    ("lines", "text", "place"),
    [
        (["Receivables, less", "allowance of $66 and $68"], "$66", LineSpan(1, 13, 16)),
        (
            ["Receivables, less allow-", "ance of   $66"],
            "$66",
            LineSpan(1, 10, 13),
        ),  # a word split at the line end
        (["Receivables, allowance of $66 ......"], "$66", LineSpan(0, 26, 29)),
        (["Receivables, allowance of $", "66"], "$ 66", None),  # on two lines
        (["Receivables, allowance of $67"], "$66", None),  # other lines
    ],
)
def test_locate(lines: list[str], text: str, place: LineSpan | None) -> None:
    label = " ".join(join_lines([line.rstrip(" .") for line in lines], {"allowance"}).split()).replace("$67", "$66")
    start = label.index(text)
    assert locate(label, lines, start, start + len(text)) == place


def test_blank_cells() -> None:
    text = """
        Sales                                 1,234     5,678
        Charge                                             99
        Gain                                     12
        Net income                            1,246     5,777
    """
    assert [[cell is not None for cell in row.cells] for row in rows(text)] == [
        [True, True],
        [False, True],
        [True, False],
        [True, True],
    ]


def test_sections_may_be_open_at_the_first_line() -> None:
    line = scan_line(0, "Cash          1,234     5,678")
    (row,) = read_rows([line], find_columns([line.tail]), ["Current assets"])
    assert row.sections == ("Current assets",)


@pytest.mark.parametrize(
    "text",
    [
        "ASSETS",
        "Current assets:",
        "Liabilities and Stockholders' Equity",
        "Shareholders' equity (deficit)",
        "Revenues",
        "Cash flows from operating activities:",
        "Earnings per common share",
        "Basic",
        "Costs and expenses (Note 3)",
        "Total assets",
        "Current   liabilities",
        "Stock-holders' investment",
        "Liabilities & partners' capital (deficit)",
        "Cash flows provided by (used in) investing activities",
        "Cash flows used in discontinued activities",
        "Adjustments to reconcile net income to net cash:",
        "Income (loss) per common and equivalent share - primary",
        "Other income (expense), net",
        "Supplemental schedule of cash flow information",
        "Property, plant, and equipment, at cost",
        "Other (unaudited) --",
    ],
)
def test_is_heading(text: str) -> None:
    assert is_heading(text)


@pytest.mark.parametrize(
    "text",
    [
        "Cash and cash equivalents",
        "administrative expenses",
        "Net sales of products",
        "Income per day",
        "Liabilities and others",
        "Liabilities and equity, of which debt",
        "",
    ],
)
def test_is_not_heading(text: str) -> None:
    assert not is_heading(text)


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (["Net", "sales"], "Net sales"),
        (["Long-", "term debt"], "Long-term debt"),
        (["Income - ", "Diluted"], "Income - Diluted"),
        (["LONG-", "TERM DEBT"], "LONG-TERM DEBT"),
        (["Long-", "Term debt"], "Long- Term debt"),
        ([], ""),
    ],
)
def test_join_lines(parts: list[str], text: str) -> None:
    assert join_lines(parts) == text


FLOWS = """
    Cash flows from operating activities
      Net income                                        1,145     1,095     1,007
      Adjustments for items that are not cash
        Depreciation and depletion                        991     1,033     1,142
        Deferred income tax charges or credits             60       (49)       12
        Payments for pension obligations in
          excess of expense                               (12)      (13)      (14)
      Changes in certain assets and liabilities -
        Receivables from customers                         78        80        82
        Inventories of materials and supplies            (185)     (190)     (120)
      Cash provided by operating activities             2,077     1,956     2,109
      Purchase of the remaining half of Fenwick Marine
        Development Corporation                           (40)      (10)      (12)
"""


def test_a_capital_letter_begins_another_caption_where_captions_are_sentences() -> None:
    assert captions(FLOWS) == [
        "Net income",
        "Depreciation and depletion",
        "Deferred income tax charges or credits",
        "Payments for pension obligations in excess of expense",
        "Receivables from customers",
        "Inventories of materials and supplies",
        "Cash provided by operating activities",
        "Purchase of the remaining half of Fenwick Marine Development Corporation",
    ]


@pytest.mark.parametrize(
    ("marks", "labels"),
    [
        (("Q", "O", "C & R"), ["Rentals", "Selling expenses", "Interest"]),
        (("A", "A", "A"), ["Rentals A", "Selling expenses A", "Interest A"]),
        (("Q", "", "N"), ["Rentals Q", "Selling expenses", "Interest N"]),
    ],
    ids=["of three notes", "the same letter is a name", "too few"],
)
def test_letters_that_refer_to_notes_are_no_part_of_captions(marks: tuple[str, ...], labels: list[str]) -> None:
    names = ("Rentals", "Selling expenses", "Interest")
    lines = [f"{name:20}{mark:8}1,234     5,678" for name, mark in zip(names, marks, strict=True)]
    assert captions("\n".join(lines)) == labels


def test_a_number_of_shares_is_no_caption_of_its_own() -> None:
    text = """
        Long-term obligations of the company to its employees .......     200.0       190.0
        Common stock
         Issued - 14,834,633 shares - 1995
                - 14,831,675 shares - 1994 ..........................     200.0       190.0
        Less treasury stock, at cost
         2,546,147 shares - 1995
         2,353,415 shares - 1994 ....................................     140.0       130.0
    """
    assert captions(text)[1:] == [
        "Issued - 14,834,633 shares - 1995 - 14,831,675 shares - 1994",
        "Less treasury stock, at cost 2,546,147 shares - 1995 2,353,415 shares - 1994",
    ]


@pytest.mark.parametrize("rest", ["EQUIVALENTS", "AND EQUIVALENTS", "OF THE COMPANY", "YEAR", "Activities"])
def test_a_caption_does_not_begin_with_its_last_word(rest: str) -> None:
    text = f"""
        Adjustments for items that are included in the earnings of subsidiaries:
          Depreciation                                           41         40
        INCREASE (DECREASE) IN CASH
          {rest:50}         120        112
    """
    assert captions(text)[1] == f"INCREASE (DECREASE) IN CASH {rest}"


def test_two_rows_with_one_indent_stand_below_a_heading_however_long_it_is() -> None:
    text = """
        Operating Income from All Consolidated Businesses     200      190
        Equity in Income (Loss) of Unconsolidated Affiliates
            Credit                                              2        3
            Other                                               8        7
            Total                                              10       10
    """
    assert [row.sections for row in rows(text)][1:] == 3 * [("Equity in Income (Loss) of Unconsolidated Affiliates",)]
