"""Tables beside the statements (`--all-tables`): taken where they agree, never against the statements."""

from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from helpers.builders import duration, filing, instant, item, mapped, statement, with_mappings

from converter.asides.other_tables.columns import keep_certain_columns
from converter.asides.other_tables.mapping import map_by_captions
from converter.cli import main
from converter.outputs.validity import instance_of
from converter.outputs.validity.schema import validate_xml
from converter.pipeline import Reading, read_data
from converter.report import Context, Options
from converter.statements import KnownPeriods
from converter.statements.model import Qualifier, StatementKind

STATEMENT = """\
                             ACME INC
                      STATEMENTS OF OPERATIONS
                          (in thousands)
                                 Year ended December 31,
                               1999      1998      1997
Net sales                  $ 12,345  $ 11,111  $ 10,000
Cost of sales                 9,000     8,000     7,500
Gross profit                  3,345     3,111     2,500
Selling expenses              1,345     1,111     1,000
Income before income taxes    2,000     2,000     1,500
Income taxes                    800       800       500
Net income                 $  1,200  $  1,200  $  1,000
"""
SELECTED = """

                     SELECTED FINANCIAL DATA
                          (in thousands)
                                     Year ended December 31,
                               1999      1998      1997      1996      1995
Net sales                  $ 12,345  $ 11,111  $ 10,000  $  9,500  $  9,000
Gross profit                  3,345     3,111     2,500     2,000     1,900
Income taxes                    900       800       500       400       390
Net income                 $  1,200  $  1,200  $  1,000  $    700  $    650
"""
OLDER = [duration(f"{year}-01-01", f"{year}-12-31") for year in (1996, 1995)]


def reading(text: str, all_tables: bool = True) -> Reading:
    """What is read of a 10-K with this text."""
    document = f"<DOCUMENT>\n<TYPE>10-K\n<TEXT>\n{text}\n</TEXT>\n</DOCUMENT>\n"
    return read_data(document.encode(), "x.txt", Options(all_tables=all_tables))


def facts(text: str, all_tables: bool = True) -> dict[tuple[str, Context], Decimal]:
    """Its numeric facts."""
    report = reading(text, all_tables).report
    return {(fact.concept, fact.context): fact.value for fact in report.facts if isinstance(fact.value, Decimal)}


def test_off_unless_asked_for() -> None:
    comparison = "\n".join(line[:57] for line in SELECTED.replace("1997", "1996").splitlines())
    assert facts(STATEMENT + comparison, all_tables=False) == facts(STATEMENT) == facts(STATEMENT, all_tables=False)
    assert facts(STATEMENT) != facts(STATEMENT + comparison)


def test_older_years_of_a_table_that_agrees() -> None:
    plain, more = facts(STATEMENT), facts(STATEMENT + SELECTED)
    assert plain.items() <= more.items()
    new = [(concept, context.period, value) for (concept, context), value in more.items() - plain.items()]
    sales = next(concept for (concept, _), value in plain.items() if value == 12345000)
    assert sorted(new, key=str) == sorted(
        [
            *[(sales, period, Decimal(value)) for period, value in zip(OLDER, (9500000, 9000000), strict=True)],
            *[("GrossProfit", period, Decimal(value)) for period, value in zip(OLDER, (2000000, 1900000), strict=True)],
            *[("NetIncomeLoss", period, Decimal(value)) for period, value in zip(OLDER, (700000, 650000), strict=True)],
        ],
        key=str,
    )


def test_a_row_that_contradicts_is_a_finding() -> None:
    report = reading(STATEMENT + SELECTED).report
    (told,) = [finding for finding in report.findings if finding.code == "row-not-comparable"]
    assert "'Income taxes'" in told.message
    assert "900,000" in told.message
    assert "800,000" in told.message
    assert report.summary.statements == 1
    assert validate_xml(instance_of(report)) == ()


@pytest.mark.parametrize(
    "table",
    [
        SELECTED.replace("12,345", "12,346")
        .replace("11,111", "11,112")
        .replace("3,345", "3,346")
        .replace("1,200", "1,201"),
        SELECTED.replace("(in thousands)", "(in millions)"),
        SELECTED.replace("SELECTED FINANCIAL DATA", "SEGMENT INFORMATION"),
        SELECTED.replace("SELECTED FINANCIAL DATA", "PRO FORMA SELECTED DATA"),
    ],
    ids=["other figures", "other scale", "segments", "pro forma"],
)
def test_a_table_of_something_else_is_left_out(table: str) -> None:
    assert facts(STATEMENT + table) == facts(STATEMENT)


def test_nothing_is_a_statement() -> None:
    with pytest.raises(ValueError, match="found"):
        reading("Nothing but words.\n" * 20 + SELECTED)


def test_columns_near_those_of_the_statements() -> None:
    year = duration("1998-09-27", "1999-09-25")
    income = statement(StatementKind.INCOME, [year], item("Sales", "1"))
    said = [duration("1998-10-01", "1999-09-30"), duration("1997-10-01", "1998-09-30")]
    table, findings = keep_certain_columns(
        filing(), statement(StatementKind.INCOME, said, item("Sales", "1", "2")), KnownPeriods([income])
    )
    assert [column.period for column in table.columns] == [year]
    assert [len(row.figures) for row in table.items] == [1]
    assert [finding.code for finding in findings] == ["column-not-read"]
    days = statement(StatementKind.BALANCE_SHEET, [instant("1999-09-30")], item("Assets", "1"))
    assert keep_certain_columns(filing(), days, KnownPeriods([income]))[0].columns[0].period == instant("1999-09-25")


def test_qualified_columns_are_left_out() -> None:
    income = statement(StatementKind.INCOME, [OLDER[0]], item("Sales", "1"))
    table = statement(StatementKind.INCOME, OLDER, item("Sales", "1", "2"), qualifiers=[None, Qualifier.PRO_FORMA])
    assert [column.period for column in keep_certain_columns(filing(), table, KnownPeriods([income]))[0].columns] == [
        OLDER[0]
    ]


@pytest.mark.parametrize(
    ("caption", "confidence", "concept"),
    [
        ("Net sales", 0.3, "Revenues"),  # the statement's row says so
        ("Net income", 0.9, None),  # two rows of the statement differ
        ("Gross profit", 0.9, "GrossProfit"),
        ("Gross profit", 0.7, None),
        ("Gross profit, pro forma", 0.9, None),
        ("Gross profit excluding charges", 0.9, None),
    ],
)
def test_concepts(caption: str, confidence: float, concept: str | None) -> None:
    income = statement(
        StatementKind.INCOME, OLDER[:1], item("Net sales", "9"), item("Net income", "1"), item("Net income", "2")
    )
    table = statement(StatementKind.INCOME, OLDER[:1], item(caption, "1"))
    known = [mapped("Revenues"), mapped("NetIncomeLoss"), mapped("ProfitLoss")]
    own = with_mappings(table, [mapped("GrossProfit", confidence=confidence)])
    ((found,),) = (mapped.mappings for mapped in map_by_captions([own], [with_mappings(income, known)]))
    assert found.concept == concept


def test_the_option(tmp_path: Path) -> None:
    source = tmp_path / "10k.txt"
    comparison = "\n".join(line[:57] for line in SELECTED.replace("1997", "1996").splitlines())
    source.write_text(f"<DOCUMENT>\n<TYPE>10-K\n<TEXT>\n{STATEMENT}{comparison}\n</TEXT>\n</DOCUMENT>\n")
    counts = []
    for options in ([], ["--all-tables"]):
        result = CliRunner().invoke(main, [str(source), "-o", str(tmp_path / "x.xml"), *options])
        assert result.exit_code == 0, result.output
        counts.append((tmp_path / "x.xml").read_text().count("<ttx:NetIncomeLoss "))
    assert counts == [3, 4]
