"""Consolidating tables: each part has a dimension of its own, the sum adds nothing to the registrant's statements."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from converter.pipeline import Reading, read_data
from converter.report import Fact, Options
from converter.statements import Origin
from converter.taxonomy import CAPTION_AXIS, PART_AXIS

STATEMENTS = """\
                             ACME INC
                      CONSOLIDATED BALANCE SHEET
                          December 31, 1999
                           (in thousands)

Cash                           $  2,345
Accounts receivable               4,000
                               --------
Total current assets              6,345
Plant and equipment              10,000
                               --------
Total assets                   $ 16,345
                               ========
Accounts payable               $  3,111
Long-term debt                    9,000
Stockholders' equity              4,234
                               --------
Total liabilities and equity   $ 16,345
                               ========
"""
HEAD = """
              CONDENSED CONSOLIDATING BALANCE SHEET
                        December 31, 1999
                         (in thousands)

                                Parent    Guarantors  Eliminations  Consolidated
"""
ROWS = """\
Cash                           $    345     $  2,000     $      -      $  2,345
Other current assets                111        3,889            -         4,000
Investments in subsidiaries       9,333            -       (9,333)            -
Plant and equipment               1,000        9,000            -        10,000
                               --------     --------     --------      --------
Total assets                   $ 10,789     $ 14,889     $ (9,333)     $ 16,345
                               ========     ========     ========      ========
Accounts payable               $    555     $  2,556     $      -      $  3,111
Long-term debt                    6,000        3,000            -         9,000
Stockholders' equity              4,234        9,333       (9,333)        4,234
                               --------     --------     --------      --------
Total liabilities and equity   $ 10,789     $ 14,889     $ (9,333)     $ 16,345
                               ========     ========     ========      ========
"""
CONSOLIDATING = HEAD + ROWS


def reading(text: str, options: Options | None = None) -> Reading:
    """What is read of a 10-K with this text."""
    document = f"<DOCUMENT>\n<TYPE>10-K\n<TEXT>\n{text}\n</TEXT>\n</DOCUMENT>\n"
    return read_data(document.encode(), "x.txt", options)


def parts(reading: Reading) -> dict[tuple[str, str], object]:
    """The values of the facts of parts, by part and concept, or caption of a general line item."""
    return {
        (dimensions[PART_AXIS], dimensions.get(CAPTION_AXIS, fact.concept)): fact.value
        for fact, dimensions in _dimensioned(reading)
        if PART_AXIS in dimensions
    }


def plain(reading: Reading) -> set[tuple[object, ...]]:
    """The facts without any dimension, without their places."""
    return {(f.concept, f.context, f.unit, f.value, f.decimals) for f, found in _dimensioned(reading) if not found}


def _dimensioned(reading: Reading) -> Iterator[tuple[Fact, dict[str, str]]]:
    for fact in reading.report.facts:
        yield fact, {dimension.axis: dimension.text for dimension in fact.context.dimensions}


def consolidating(reading: Reading) -> list[str]:
    """The titles of the consolidating tables read."""
    return [m.statement.title for m in reading.statements if m.statement.origin is Origin.CONSOLIDATING]


def test_parts_are_facts_with_a_dimension_and_the_sum_adds_nothing() -> None:
    read = reading(STATEMENTS + CONSOLIDATING)
    found = parts(read)
    assert {part for part, _ in found} == {"Parent", "Guarantors", "Eliminations"}
    assert found["Parent", "Assets"] == Decimal(10_789_000)
    assert found["Eliminations", "StockholdersEquity"] == Decimal(-9_333_000)
    assert found["Guarantors", "LiabilitiesAndStockholdersEquity"] == Decimal(14_889_000)
    assert plain(read) == plain(reading(STATEMENTS))


def test_every_figure_is_a_fact_and_no_table_left_out() -> None:
    for options in (Options(), Options(all_tables=True)):
        read = reading(STATEMENTS + CONSOLIDATING, options)
        assert len(parts(read)) == 27
        assert read.report.summary.account.printed == 45
        assert not [f for f in read.report.findings if f.code in ("table-not-read", "figures-unaccounted")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Consolidated\n", "Acme Inc\n"),  # whatever the sum is called
        ("  CONDENSED CONSOLIDATING BALANCE SHEET", "  BALANCE SHEET"),
        ("Parent    Guarantors  Eliminations  Consolidated", "Retail     Wholesale     Intercompany        Total"),
        ("Total liabilities and equity   $ 10,789", "Total liabilities and equity   $ 10,798"),  # a misprint
        ("Parent ", "Issuer "),
        ("BALANCE SHEET\n                        December 31, 1999\n", "BALANCE SHEET - 1999\n"),  # the figures date it
    ],
)
def test_words_decide_nothing_that_figures_prove(old: str, new: str) -> None:
    assert CONSOLIDATING.count(old) == 1
    assert len(consolidating(reading(STATEMENTS + CONSOLIDATING.replace(old, new)))) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2,345\n", "2,354\n"),  # sums that do not hold
        ("Parent    Guarantors  Eliminations  Consolidated", "As reported Acquired  Adjustments    Pro forma"),
        ("Parent    Guarantors  Eliminations  Consolidated", "As previously reported   Subsidiary  Restated"),
        ("Parent    Guarantors  Eliminations  Consolidated", "                                              "),
    ],
)
def test_what_is_not_certain_is_left_out_with_a_finding(old: str, new: str) -> None:
    table = CONSOLIDATING.replace(old, new)
    if old.endswith("\n"):
        table = table.replace("16,345\n", "16,354\n").replace("10,000\n", "10,009\n")
    read = reading(STATEMENTS + table)
    assert consolidating(read) == []
    assert parts(read) == {}
    assert plain(read) == plain(reading(STATEMENTS))
    assert [f for f in read.report.findings if f.code == "table-not-read"]


def test_components_of_equity_are_no_parts() -> None:
    table = """
                 CONSOLIDATED STATEMENTS OF STOCKHOLDERS' EQUITY
                              (in thousands)
                                 Common      Retained
                                  Stock      Earnings        Total
Balance, December 31, 1998      $  1,000     $  2,000      $  3,000
Net income                             -          934           934
Issuance of common stock             500            -           500
Dividends paid                         -         (200)         (200)
Balance, December 31, 1999      $  1,500     $  2,734      $  4,234
"""
    assert consolidating(reading(STATEMENTS + table)) == []


def test_another_companys_table_is_left_out() -> None:
    table = CONSOLIDATING
    for i, digits in enumerate(("2,345", "4,000", "10,000", "16,345", "3,111", "9,000", "4,234")):
        table = table.replace(f" {digits}\n", f" {digits[:-1]}{i + 3}\n")
    assert consolidating(reading(STATEMENTS + table)) == []


def test_a_row_of_parts_that_do_not_add_up_is_a_finding() -> None:
    read = reading(STATEMENTS + CONSOLIDATING.replace("2,556", "2,565"))
    (finding,) = [f for f in read.report.findings if "parts of the company" in f.message]
    assert (finding.code, finding.severity) == ("sum-does-not-hold", "warning")
    assert finding.message == "'Accounts payable' says 3,111,000; the parts of the company make 3,120,000"


def test_names_over_two_lines_are_put_together() -> None:
    head = HEAD.replace(
        "\n                                Parent", f"\n{'Non-':>48}\n                                Parent"
    )
    found = parts(reading(STATEMENTS + head + ROWS))
    assert {part for part, _ in found} == {"Parent", "Non-Guarantors", "Eliminations"}


def test_a_second_table_without_headings_has_those_of_the_first() -> None:
    cut = ROWS.index("Accounts payable")
    second = "\n              CONDENSED CONSOLIDATING BALANCE SHEET\n                        December 31, 1999\n\n"
    read = reading(STATEMENTS + HEAD + ROWS[:cut] + second + ROWS[cut:])
    assert parts(read) == parts(reading(STATEMENTS + CONSOLIDATING))
