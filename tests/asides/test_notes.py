"""Sentences of the notes that state amounts of years: their forms, periods and multiples, and what is not read."""

from decimal import Decimal

import pytest
from helpers.builders import duration, filing, instant, item, statement
from helpers.paths import DOCUMENTS

from converter.asides.notes.claims import Claim, without_contradictions
from converter.asides.notes.grammar import read_sentence
from converter.asides.notes.lexer import read_tokens
from converter.asides.notes.reading import claims_of_sentences
from converter.asides.notes.scale import Scales
from converter.asides.notes.tokens import Kind
from converter.pipeline import read_data
from converter.statements.model import Statement, StatementKind

YEARS = (
    duration("2003-01-01", "2003-12-31"),
    duration("2002-01-01", "2002-12-31"),
    duration("2001-01-01", "2001-12-31"),
)


def stated(text: str, names: tuple[str, ...] = ()) -> list[tuple[str, str, int | None, int]]:
    """Concept, amount as printed, power and year of each amount."""
    return [(s.concept, str(s.amount.value), s.power, s.year.year) for s in read_sentence(text, names)]


MILLIONS = [("5.1", 6, 2003), ("4.8", 6, 2002), ("4.2", 6, 2001)]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        (
            "Advertising expense was $5.1 million, $4.8 million and $4.2 million in 2003, 2002 and 2001, respectively.",
            "AdvertisingExpense",
        ),
        (
            "Total rent expense for 2003, 2002 and 2001 was $5.1, $4.8 and $4.2 million.",
            "OperatingLeasesRentExpenseNet",
        ),
        (
            "For the years ended December 31, 2003, 2002 and 2001, research and development costs totaled approximately"
            " $5.1 million, $4.8 million and $4.2 million, respectively.",
            "ResearchAndDevelopmentExpense",
        ),
        ("Interest paid was $5.1 million in 2003, $4.8 million in 2002 and $4.2 million in 2001.", "InterestPaid"),
        ("Interest paid was $5.1 million in 2003 ($4.8 million in 2002 and $4.2 million in 2001).", "InterestPaid"),
        (
            "Cash payments for income taxes, net of refunds, were $5.1 million, $4.8 million and $4.2 million in fiscal"
            " 2003, 2002 and 2001, respectively.",
            "IncomeTaxesPaidNet",
        ),
        (
            "The Company incurred rent expense under noncancelable operating leases of $5.1 million, $4.8 million and"
            " $4.2 million in 2003, 2002 and 2001, respectively, net of sublease income.",
            "OperatingLeasesRentExpenseNet",
        ),
        (
            "Advertising Costs Advertising costs, which are included in selling expenses, are expensed as incurred and"
            " were $5.1 million, $4.8 million and $4.2 million in 2003, 2002 and 2001, respectively.",
            "AdvertisingExpense",
        ),
        (
            "Our expenditures for research and development were $5.1 million, $4.8 million and $4.2 million, in 2003,"
            " 2002 and 2001, respectively, or 12% of total revenues in each year.",
            "ResearchAndDevelopmentExpense",
        ),
        (
            "Acme expensed $5.1 million, $4.8 million and $4.2 million on research and development activities in 2003,"
            " 2002 and 2001, respectively.",
            "ResearchAndDevelopmentExpense",
        ),
        (
            "Supplemental disclosure of cash flows (unaudited): Interest paid totaled $5.1 million, $4.8 million and"
            " $4.2 million in 2003, 2002 and 2001, respectively.",
            "InterestPaid",
        ),
    ],
)
def test_forms(text: str, concept: str) -> None:
    assert stated(text, ("acme",)) == [(concept, *rest) for rest in MILLIONS]


def test_an_amount_of_several_years() -> None:
    text = "The Company’s advertising expense was $4.8 million in 2003 and 2002 and $4.2 million in 2001."
    assert stated(text) == [
        ("AdvertisingExpense", value, 6, y) for value, y in (("4.8", 2003), ("4.8", 2002), ("4.2", 2001))
    ]


def test_two_subjects_with_the_years_of_both() -> None:
    text = (
        "The Company paid interest of $5.1 million and $4.8 million and income taxes of $2.0 million and $1.9 million"
        " in 2003 and 2002, respectively."
    )
    assert stated(text) == [
        ("InterestPaid", "5.1", 6, 2003),
        ("InterestPaid", "4.8", 6, 2002),
        ("IncomeTaxesPaid", "2.0", 6, 2003),
        ("IncomeTaxesPaid", "1.9", 6, 2002),
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Deferred advertising costs were $5.1 million in 2003 and $4.8 million in 2002.", "another thing"),
        ("Advertising expense increased $5.1 million in 2003.", "a change"),
        ("Advertising expense is expected to be $5.1 million in 2004.", "a forecast"),
        ("Advertising expense was $5.1 million and $4.8 million in 2003, 2002 and 2001.", "fewer amounts than years"),
        ("Advertising expense was $5.1 million in 2003 for the retail segment.", "a part of the company"),
        ("Rent expense was $5.1 million, $4.8 million.", "no years"),
        ("Advertising expense was $5.1 million and $4.8 million in 2003 and 2003, respectively.", "one year twice"),
        ("Cash paid for interest and income taxes was $5.1 million and $4.8 million in 2003.", "two things at once"),
        ("Prepaid advertising was $5.1 million and $4.8 million at year-end 2003 and 2002.", "another thing"),
    ],
)
def test_what_is_not_read(text: str, why: str) -> None:
    assert stated(text) == [], why


def income(factor: int = 1000, label: str = "Net sales") -> Statement:
    """An income statement of three years; its figures are printed in units of `factor`."""
    values = [str(value * factor) for value in (61_250, 58_400, 55_900)]
    return statement(StatementKind.INCOME, YEARS, item(label, *values, factor=factor))


def claims(text: str, *statements: Statement) -> list[Claim]:
    """What a text states of the periods of statements, the sales of three years if none are given."""
    own, document = statements or (income(),), filing(text)
    scales = Scales(own, document.documents[0].texts)
    return without_contradictions(claims_of_sentences(document, 0, own, scales))


def values(text: str, *statements: Statement) -> list[int]:
    """The values stated, in whole dollars, in the order of the sentence."""
    return [int(claim.figure.value) for claim in claims(text, *statements)]


def test_an_amount_is_in_the_period_of_a_column_and_at_its_place() -> None:
    text = "Note 1\n\nAdvertising expense was $5.1 million\nand $4.8 million in 2003 and 2002, respectively.\n"
    first, second = claims(text)
    assert (first.period, second.period) == (YEARS[0], YEARS[1])
    assert (int(first.figure.value), first.figure.decimals) == (5_100_000, -5)
    sources = [claim.figure.source for claim in (first, second)]
    assert [text.splitlines()[each.line][each.start : each.end] for each in sources] == ["5.1", "4.8"]


SENTENCE = "Rent expense was {} and {} in 2003 and 2002, respectively.\n"
REPEATED = "Net sales of the division were $61,250, after $58,400 in the year before.\n\n"


@pytest.mark.parametrize(
    ("text", "factor", "expected"),
    [
        (SENTENCE.format("$564,000", "$350,000"), 1000, [564_000, 350_000]),  # rounded: nobody's thousands are
        (SENTENCE.format("$564,120", "$350,411"), 1000, [564_120, 350_411]),  # thousands would be more than the sales
        (SENTENCE.format("$1,120", "$1,077"), 1000, []),  # either may be meant
        (
            REPEATED + SENTENCE.format("$1,120", "$1,077"),
            1000,
            [1_120_000, 1_077_000],
        ),  # the text repeats the statement
        (SENTENCE.format("$1,120", "$1,077"), 1, [1_120, 1_077]),
        (SENTENCE.format("$112", "$107"), 1, []),
        (SENTENCE.format("$950,000", "$1.1 million"), 1000, [950_000, 1_100_000]),
    ],
)
def test_the_multiple_of_bare_amounts(text: str, factor: int, expected: list[int]) -> None:
    assert values(text, income(factor)) == expected


@pytest.mark.parametrize(("lines", "expected"), [(3, [1_120_000, 1_077_000]), (60, [])])
def test_bare_amounts_below_the_cash_flow_statement_are_in_its_multiple(lines: int, expected: list[int]) -> None:
    flows = statement(StatementKind.CASH_FLOW, YEARS, item("Net cash", "61250000", "58400000", None, factor=1000))
    text = "\n" * lines + "Interest paid was $1,120 and $1,077 in 2003 and 2002, respectively.\n"
    assert values(text, flows) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rent expense was $5.1 million and $4.8 million in 2003 and 1999, respectively.", [5_100_000]),  # no column
        ("Rent expense was $5.1 million and $4.8 million for the three months ended March 31, 2003 and 2002.", []),
        ("Rent expense was $5.1 million and $4.8 million for the years ended June 30, 2003 and 2002.", []),
        (
            "Rent expense was $5.1 million in 2003.\n\nRent expense was $5.4 million in 2003.",
            [],
        ),
        ("Rent expense was $5.1 million in 2003.\n\nRent expense was $5.12 million in 2003.", [5_120_000]),
        ("Rent expense    $5.1 million    $4.8 million in 2003 and 2002", []),  # a line of a table
    ],
)
def test_periods_and_contradictions(text: str, expected: list[int]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("ends", "years", "expected"),
    [
        (("2004-01-31", "2003-02-01"), "2003 and 2002", 2),  # years called after their beginning
        (("2004-01-31", "2003-02-01"), "2004 and 2003", 2),
        (("2004-01-31", "2003-02-01"), "2003", 0),  # it may be either
        (("2003-12-28", "2002-12-29"), "2003 and 2002", 2),
    ],
)
def test_fiscal_years(ends: tuple[str, str], years: str, expected: int) -> None:
    periods = [duration(f"{int(end[:4]) - 1}-{end[5:]}", end) for end in ends]
    own = statement(StatementKind.INCOME, periods, item("Net sales", "9000000", "8000000", factor=1000))
    amounts = "$5.1 million and $4.8 million" if "and" in years else "$5.1 million"
    assert len(claims(f"Rent expense was {amounts} in {years}, respectively.", own)) == expected


def test_an_allowance_is_of_a_balance() -> None:
    balance = statement(
        StatementKind.BALANCE_SHEET,
        [instant("2003-12-31"), instant("2002-12-31")],
        item("Assets", "9000000", "8000000"),
    )
    text = (
        "Receivables are net of an allowance for doubtful accounts of $1.2 million and $1.1 million at December 31,"
        " 2003 and 2002."
    )
    assert [(int(c.figure.value), c.period) for c in claims(text, balance)] == [
        (1_200_000, instant("2003-12-31")),
        (1_100_000, instant("2002-12-31")),
    ]


ROWS = """
NOTE 12. CASH FLOWS

                                              2003       2002       2001
                                            --------   --------   --------
{}
"""


TAXES = [4_100, 4_000, 3_800]


def facts(note: str, concept: str) -> list[int]:
    """The values of a concept in a document with this note behind its others, in thousands."""
    text = (DOCUMENTS / "figures-that-only-notes-have.txt").read_text()
    found = [fact for fact in read_data((text + note).encode(), "x.txt").report.facts if fact.concept == concept]
    return [int(fact.value) // 1000 for fact in found if isinstance(fact.value, Decimal)]


@pytest.mark.parametrize(
    ("rows", "concept", "expected"),
    [
        ("Income taxes paid                           $  4,100   $  4,000   $  3,800", "IncomeTaxesPaid", TAXES),
        ("Cash paid during the year for:\n  Income taxes                               4,100      4,000      3,800",
         "IncomeTaxesPaid", TAXES),
        ("Taxes\nIncome taxes paid, net of refunds           $  4,100   $  4,000   $  3,800",
         "IncomeTaxesPaidNet", TAXES),
        ("Interest paid                               $  1,040   $  1,110   $  1,205",
         "InterestPaid", [1_040, 1_110, 1_205]),
        ("Interest paid                               $  1,050   $  1,110   $  1,205",
         "InterestPaid", [1_110, 1_205]),  # a sentence says 1,040
        ("Income taxes paid by customers              $  4,100   $  4,000   $  3,800", "IncomeTaxesPaid", []),
        ("Income taxes paid                           $ 94,100   $ 94,000   $ 93,800", "IncomeTaxesPaid", []),
    ],
)  # fmt: skip
def test_rows_that_say_what_was_paid(rows: str, concept: str, expected: list[int]) -> None:
    assert facts(ROWS.format(rows), concept) == expected


def test_sentences_about_the_parent_alone_are_not_read() -> None:
    note = "\nNOTE 13. PARENT COMPANY ONLY\n\nIncome taxes paid were $4.1 million in 2003.\n"
    assert facts(note, "IncomeTaxesPaid") == []
    assert facts(note.replace("PARENT COMPANY ONLY", "TAXES"), "IncomeTaxesPaid") == [4_100]


def test_letters_that_case_does_not_tell_apart() -> None:
    """Expressions in any case take a long s for an s."""
    text = "for the ſix months ended 1998, $3 thouſand"
    assert [token.months for token in read_tokens(text) if token.kind is Kind.YEAR] == [6]
