"""What a person reads about a conversion."""

from collections.abc import Sequence
from decimal import Decimal

from helpers.builders import duration, filing, instant, item, mapped, statement, with_mappings
from msgspec.structs import replace

from converter.cli.presentation import (
    choice_lines,
    concept_lines,
    find_concepts,
    headline_lines,
    summary_lines,
)
from converter.pipeline import Reading
from converter.report import Check, Context, Fact, Measure, Unit, build_report
from converter.statements import Choice
from converter.statements.model import Qualifier, StatementKind

DAY = instant("2003-09-30")


def reading() -> Reading:
    table = statement(
        StatementKind.BALANCE_SHEET,
        [DAY, DAY],
        item("Total assets", "-5", None, line=11),
        item("Sundry " * 20, "7", "8", line=12),
        qualifiers=[None, Qualifier.RESTATED],
    )
    statements = (with_mappings(table, [mapped("Assets", sign=-1), mapped(None)]),)
    source = filing()
    return Reading(source, statements, build_report(source, statements))


def test_the_summary() -> None:
    source = reading()
    lines = list(summary_lines(source, source.report.findings, "out.xml"))
    assert lines == [
        "company        UNKNOWN, without a CIK",
        "balance sheet  2 rows, USD: 2003-09-30, 2003-09-30 (restated)",
        "facts          4; 33% of 3 figures have a concept of their own",
        "accounted for  3 of 3 printed figures: 3 read, 0 named in findings",
        "sums           none found",
        "findings       1 info, 1 warning, 1 error",
        "written to     out.xml",
        "",
        "headline figures          latest  months",
        "total assets                   5          unconfirmed",
    ]


def check(measure: Measure, value: str, *, by: Sequence[str] = (), against: Sequence[str] = ()) -> Check:
    """A check of a figure of nine months, or of their last day."""
    period = DAY if measure is Measure.CASH else duration("2003-01-01", "2003-09-30")
    fact = Fact("Revenues", Context(period), Unit("iso4217:USD"), Decimal(value), -3, None, "")
    return Check(measure, fact, tuple(by), tuple(against))


def test_headline_figures_fit_a_terminal() -> None:
    """The first of each measure, the text beside it broken at 80 columns."""
    checks = [
        check(Measure.NET_INCOME, "-1234567890", by=["the sum of its parts", "the cash flow statement (line 1234)"]),
        check(Measure.NET_INCOME, "7"),
        replace(check(Measure.REVENUE, "7"), latest=False),
        check(Measure.CASH, "5000", by=["a total it is part of"], against=["the cash flow statement: 6,000 (line 12)"]),
        check(Measure.OPERATING_CASH_FLOW, "0"),
    ]
    assert list(headline_lines(checks)) == [
        "",
        "headline figures            latest  months",
        "net income          -1,234,567,890       9  confirmed by the sum of its parts,",
        "                                            the cash flow statement (line 1234)",
        "cash                         5,000          contradicted by the cash flow",
        "                                            statement: 6,000 (line 12);",
        "                                            confirmed by a total it is part of",
        "cash from operations             0       9  unconfirmed",
    ]
    assert list(headline_lines([])) == []


def test_the_choice_of_statements() -> None:
    choices = [
        Choice(StatementKind.BALANCE_SHEET, "BALANCE SHEETS", 120, ("titled", "balanced")),
        Choice(StatementKind.BALANCE_SHEET, "BALANCE SHEETS of the parent " * 3, 7, (), instead=120),
        Choice(StatementKind.INCOME, "Selected data", 1100, ("titled",), instead=90, rival=True),
    ]
    assert list(choice_lines(choices)) == [
        "",
        "statements chosen",
        "  line 120     balance sheet: BALANCE SHEETS",
        "               titled; balanced",
        "",
        "left out",
        "  line 7       balance sheet: BALANCE SHEETS of the parent BALANCE SHEETS of the",
        "               parent BALANCE SHEETS of the parent",
        "               nothing speaks for it",
        "               there is more for the one in line 120",
        "  line 1100    income statement: Selected data",
        "               titled",
        "               its totals are not those of the one in line 90",
    ]
    assert list(choice_lines([])) == []


def test_finding_concepts() -> None:
    names = [concept.name for concept in find_concepts("ASSETS current")]
    assert "AssetsCurrent" in names
    assert not any(concept.abstract for concept in find_concepts(""))
    assert find_concepts("no such words at all") == ()
    assert list(concept_lines(())) == []
    (line,) = (line for line in concept_lines(find_concepts("assetscurrent"), 200) if line.startswith("AssetsCurrent "))
    assert "monetary instant debit" in line
    narrow = list(concept_lines(find_concepts("assetscurrent"), 80))
    assert narrow[narrow.index("AssetsCurrent") + 1].startswith("  monetary instant debit")
    assert max(map(len, narrow)) <= 80
