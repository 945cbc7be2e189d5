"""Figures that sentences state: which are read, of what period, and that the printed statements win."""

from decimal import Decimal

import pytest
from helpers.builders import duration, filing, instant, item, mapped, statement, with_mappings
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from converter.asides.prose import read_prose
from converter.asides.prose.passages import read_passages
from converter.asides.prose.reading import find_prose, map_prose, related_concepts
from converter.asides.prose.spans import TextPeriods
from converter.filing.reader import Filing, Header
from converter.pipeline import read_data
from converter.report import build_report
from converter.statements.model import Statement, StatementKind, UnitKind
from converter.taxonomy import load_taxonomy
from converter.vocabulary.findings import Severity
from converter.vocabulary.periods import Period

YEAR, YEAR_BEFORE = duration("2002-07-01", "2003-06-30"), duration("2001-07-01", "2002-06-30")
QUARTER = duration("2003-04-01", "2003-06-30")
INCOME = statement(
    StatementKind.INCOME, [YEAR, YEAR_BEFORE], item("Total revenues", "10615000", "14700000", decimals=-3)
)
LEAD = (
    "ANYTOWN, Ohio, August 12, 2003 - Acme, Inc. (Nasdaq: ACME), which makes anvils of every size for\n"
    "smiths and for cartoonists, today announced results for the fourth quarter and fiscal year ended\nJune 30, 2003."
)


def release(text: str, type: str = "EX-99.1", company: str = "ACME INC") -> Filing:
    """A release with this paragraph after its first one."""
    return filing(f"{LEAD}\n\n{text}", Header(company=company), type)


def stated(text: str, *statements: Statement, type: str = "EX-99.1") -> dict[tuple[str, Period], tuple[str, int]]:
    """What the paragraph states: concept and period -> value and decimals."""
    found = find_prose(release(text, type), statements or (INCOME,))
    return {
        (mapping.concept or "", column.period): (f"{figure.value:f}", figure.decimals)
        for prose in found
        for row, mapping in zip(prose.items, map_prose(prose), strict=True)
        for column, figure in zip(prose.columns, row.figures, strict=True)
        if figure is not None
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Revenues for the fourth quarter were $1.8 million.", {("Revenues", QUARTER): ("1800000.0", -5)}),
        ("Total revenues for the quarter were $1,812,000, up 3%.", {("Revenues", QUARTER): ("1812000", -3)}),
        ("Net sales for the quarter were $1,812,345.", {("SalesRevenueNet", QUARTER): ("1812345", 0)}),
        ("Fourth-quarter revenue was $2 billion.", {("Revenues", QUARTER): ("2000000000", -9)}),
        (
            "Net loss for the quarter, including the impairment charge, was $7.0 million or $(0.22) loss per diluted "
            "share, compared to a net loss for the fourth quarter of fiscal year 2002 of $6.7 million.",
            {
                ("NetIncomeLoss", QUARTER): ("-7000000.0", -5),
                ("EarningsPerShareDiluted", QUARTER): ("-0.22", 2),
            },
        ),
        (
            "For the fiscal year ended June 30, 2003, Acme reported revenues of $10.6 million.",
            {("Revenues", YEAR): ("10600000.0", -5)},
        ),
        (
            "Net income was $1.5 million, or $.32 per share (basic), for fiscal year 2003.",
            {("NetIncomeLoss", YEAR): ("1500000.0", -5), ("EarningsPerShareBasic", YEAR): ("0.32", 2)},
        ),
        (
            "For the nine months ended March 31, 2003, the Company reported a net loss of $2.3 million ($0.06 per\n"
            "diluted share) on revenues of $4.8 million.",
            {
                ("NetIncomeLoss", duration("2002-07-01", "2003-03-31")): ("-2300000.0", -5),
                ("EarningsPerShareDiluted", duration("2002-07-01", "2003-03-31")): ("-0.06", 2),
                ("Revenues", duration("2002-07-01", "2003-03-31")): ("4800000.0", -5),
            },
        ),
        ("The Company earned $1.3 million in the quarter.", {("NetIncomeLoss", QUARTER): ("1300000.0", -5)}),
        (
            "Diluted earnings per share for the year were $1.10.",
            {("EarningsPerShareDiluted", YEAR): ("1.10", 2)},
        ),
        (
            "At June 30, 2003, the Company had $ 5.7 million in cash and no debt.",
            {("CashAndCashEquivalentsAtCarryingValue", instant("2003-06-30")): ("5700000.0", -5)},
        ),
        (
            "Cash and cash equivalents were $12,345,000 at March 31, 2003.",
            {("CashAndCashEquivalentsAtCarryingValue", instant("2003-03-31")): ("12345000", -3)},
        ),
        (
            "At June 30, 2003, we had $5.7 million in cash and short-term investments.",
            {("CashCashEquivalentsAndShortTermInvestments", instant("2003-06-30")): ("5700000.0", -5)},
        ),
        (
            "Revenues for the year were $10.6 million. Revenues for the year were $10,615,000.",
            {("Revenues", YEAR): ("10615000", -3)},
        ),
    ],
)
def test_sentences_that_are_read(text: str, expected: dict[tuple[str, Period], tuple[str, int]]) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Revenues for the fourth quarter increased by $1.8 million.",
        "Revenues for the fourth quarter increased 12% to $1.8 million.",
        "Revenues for the fourth quarter were approximately $1.8 million.",
        "Revenues for the fourth quarter will be $1.8 million.",
        "Pro forma net income for the quarter was $1.8 million.",
        "On a pro forma basis, all is well. Net income for the quarter was $1.8 million.",
        "Net income for the quarter, excluding charges, was $1.8 million.",
        "The anvil segment did well. Revenues for the quarter were $1.8 million.",
        "Anvil revenues for the quarter were $1.8 million.",
        "Revenues for the third quarter were $1.8 million.",  # of which year?
        "Revenues for the fourth quarter of fiscal 2002 were $1.8 million.",
        "Revenues for fiscal 2002 were $14.7 million.",
        "Revenues were $1.8 million.",  # of when?
        "Revenues for the nine months ended March 31 were $1.8 million.",  # no column ends then
        "Net income for the quarter was $(1.8) million.",
        "Net income for the quarter was $1.8.",  # of what?
        "Net income for the quarter was $1, 800,000.",
        "Net income from continuing operations for the quarter was $1.8 million.",
        "Net income for the quarter was $1.8 million to $2.0 million.",
        "Other Corp reported revenues of $1.8 million for the quarter.",
        "Revenues and loss per diluted share for the quarter were $1.8 million and $0.03, respectively.",
        "At June 30, 2003, the Company had $5.7 million in cash and marketable securities.",
        "The Company had $5.7 million in cash.",
        "Revenues for the year were $10.6 million. For the year, the Company reported revenues of $11.6 million.",
        "Anvils of Iron\n\nRevenues for the fourth quarter were $1.8 million.",  # a heading of a part
        "Revenues        for the quarter were $1.8 million.",  # a table
    ],
)
def test_sentences_that_are_left_alone(text: str) -> None:
    assert stated(text) == {}


@pytest.mark.parametrize(("type", "read"), [("EX-99", 1), ("8-K", 1), ("", 1), ("10-K", 0), ("10-Q", 0), ("EX-13", 0)])
def test_releases_only(type: str, read: int) -> None:
    assert len(stated("Revenues for the year were $10.6 million.", type=type)) == read


def test_no_statement_no_prose() -> None:
    assert find_prose(release("Revenues for the year were $10.6 million."), ()) == ()


def test_the_saturday_before() -> None:
    year = duration("2002-06-30", "2003-06-28")
    income = statement(StatementKind.INCOME, [year], item("Revenues", "10600"))
    assert list(stated("Revenues for the year ended June 30, 2003 were $10.6 million.", income)) == [("Revenues", year)]


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("One line goes on\nin the next.", 1),
        ("One paragraph.\n\nAnother.", 2),
        ("This line is as full as a line can be before it has to be broken\n\nin double spacing.", 1),
        ("Before a page\n<PAGE>\n\nAfter.", 2),
        ("Text above\nSales              1,234\nText below", 2),
        ("Text above\n-----\nText below", 2),
    ],
)
def test_passages(text: str, width: int) -> None:
    assert len(list(read_passages(filing(text).documents[0].texts))) == width


@given(st.lists(st.lists(st.sampled_from(["$1.2", "million", "a", "Inc.", "day.", "N.Y."]), max_size=6), max_size=6))
def test_every_character_of_a_passage_knows_its_place(rows: list[list[str]]) -> None:
    texts = filing("\n".join("  ".join(words) for words in rows)).documents[0].texts
    for passage in read_passages(texts):
        for offset, character in enumerate(passage.text):
            line, column = passage.place(offset)
            assert character == " " or texts[line][column] == character
        assert "".join(passage.text[a:b] for a, b in passage.sentences()).replace(" ", "") == passage.text.replace(
            " ", ""
        )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("for the three months ended June 30, 2003", QUARTER),
        ("the fourth quarter", QUARTER),
        ("in the fourth quarter of fiscal 2003", QUARTER),
        ("the fourth quarter of 2002", None),
        ("the second quarter", None),
        ("the thirteen weeks ended June 28, 2003", QUARTER),
        ("fiscal 2003", YEAR),
        ("for the year ended June 30", YEAR),
        ("for the year ended June 30, 2001", duration("2000-07-01", "2001-06-30")),
        ("the six months", None),
        ("the year ended February 30, 2003", None),
    ],
)
def test_periods(words: str, expected: Period | None) -> None:
    periods = TextPeriods([YEAR, QUARTER, YEAR_BEFORE], ["Fourth Quarter Results"])
    assert periods.resolve(words) == expected


@pytest.mark.parametrize("concept", ["Revenues", "SalesRevenueNet", "NetIncomeLoss", "EarningsPerShareBasic", "Assets"])
def test_related_concepts(concept: str) -> None:
    names = related_concepts(concept)
    assert names[0] == concept
    assert len(set(names)) == len(names)
    assert set(names) <= load_taxonomy().concepts.keys()


def _report(text: str, value: str) -> tuple[list[tuple[str, Decimal]], list[str]]:
    """Facts and warnings of a release whose statement has this value for the year's revenues."""
    source = release(text)
    income = statement(StatementKind.INCOME, [YEAR], item("Net sales", value, decimals=-3))
    statements = (with_mappings(income, [mapped("SalesRevenueNet")]),)
    report = build_report(source, statements, [read_prose(source, statements)])
    facts = [(fact.concept, fact.value) for fact in report.facts if isinstance(fact.value, Decimal)]
    told = [finding.message for finding in report.findings if finding.code == "prose-disagrees"]
    assert all(f.severity is Severity.WARNING and f.line for f in report.findings if f.code == "prose-disagrees")
    assert report.summary.statements == 1
    return facts, told


def test_what_the_statements_have_is_not_written_again() -> None:
    assert _report("Revenues for the year were $10.6 million.", "10615000") == (
        [("SalesRevenueNet", Decimal(10615000))],
        [],
    )


def test_a_contradiction_is_a_warning() -> None:
    facts, (told,) = _report("Revenues for the year were $10.7 million.", "10615000")
    assert facts == [("SalesRevenueNet", Decimal(10615000))]
    assert "10,700,000" in told
    assert "10,615,000" in told
    assert "line 1" in told


@pytest.mark.parametrize(("value", "news"), [("-1812000", False), ("1812000", False), ("-1900000", True)])
def test_a_figure_that_a_line_without_a_concept_prints_is_no_news(value: str, news: bool) -> None:
    """Nobody knows which sign such a line has."""
    source = release("The net loss for the fourth quarter was $1.8 million.")
    table = statement(StatementKind.INCOME, [QUARTER, YEAR], item("Fire", value, None), item("Sales", None, "5"))
    statements = (with_mappings(table, [mapped(None), mapped("Revenues")]),)
    report = build_report(source, statements, [read_prose(source, statements)])
    told = [(fact.value, fact.context.period) for fact in report.facts if fact.concept == "NetIncomeLoss"]
    assert told == ([(Decimal(-1800000), QUARTER)] if news else [])


def test_a_sentence_without_a_concept_is_passed_over() -> None:
    source = release("Revenues for the fourth quarter were $1.8 million.")
    income = statement(StatementKind.INCOME, [YEAR], item("Net sales", "10615000", decimals=-3))
    statements = (with_mappings(income, [mapped("SalesRevenueNet")]),)
    aside = read_prose(source, statements)
    nameless = [with_mappings(one.statement, [mapped(None)] * len(one.mappings)) for one in aside.statements]
    assert nameless
    report = build_report(source, statements, [replace(aside, statements=tuple(nameless))])
    assert [fact.concept for fact in report.facts if isinstance(fact.value, Decimal)] == ["SalesRevenueNet"]


def test_what_only_the_text_has_is_written() -> None:
    facts, told = _report("Revenues for the fourth quarter were $1.8 million.", "10615000")
    assert facts == [("SalesRevenueNet", Decimal(10615000)), ("Revenues", Decimal(1800000))]
    assert told == []


def test_a_fact_of_the_text_knows_its_characters() -> None:
    text = f"""Exhibit 99.1

{LEAD}

Revenues for the fourth quarter were
$1.8 million.

                    ACME INC
             STATEMENTS OF OPERATIONS
               (in thousands)
                           Year ended June 30,
                            2003       2002
Net sales               $ 10,615   $ 14,720
Cost of sales              9,000     10,000
Gross profit               1,615      4,720
Income taxes                 615      1,720
Net income              $  1,000   $  3,000
"""
    reading = read_data(text.encode(), "acme.txt")
    (fact,) = [f for f in reading.report.facts if f.context.period == QUARTER]
    assert (fact.concept, fact.value, fact.decimals, fact.context.dimensions) == (
        "Revenues",
        Decimal(1800000),
        -5,
        (),
    )
    assert fact.source is not None
    line = reading.filing.documents[0].lines[fact.source.line]
    assert line.text[fact.source.start : fact.source.end] == "1.8"
    assert reading.statements[-1].statement.items[0].unit is UnitKind.MONETARY
