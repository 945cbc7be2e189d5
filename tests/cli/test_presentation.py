"""What a person reads about a conversion."""

import pytest
from helpers.builders import filing, instant, item, mapped, statement, with_mappings

from converter.cli.presentation import concept_lines, explanation_lines, find_concepts, finding_line, summary_lines
from converter.pipeline import Reading
from converter.report import build_report
from converter.statements.model import Qualifier, StatementKind
from converter.vocabulary.findings import Code, Finding, Severity

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


@pytest.mark.parametrize(
    ("finding", "line"),
    [
        (Finding(Severity.WARNING, Code.ARELLE, "this is odd", 12), "warning: line 12: this is odd [arelle]"),
        (Finding(Severity.INFO, Code.ARELLE, "this is odd"), "info: this is odd [arelle]"),
    ],
)
def test_a_finding(finding: Finding, line: str) -> None:
    assert finding_line(finding) == line


def test_the_summary() -> None:
    source = reading()
    lines = list(summary_lines(source, source.report.findings, "out.xml"))
    assert lines == [
        "balance sheet  2 rows, USD: 2003-09-30, 2003-09-30 (restated)",
        "entity         UNKNOWN (http://text-to-xbrl.example/entity)",
        "facts          4; 33% of 3 figures have a concept of their own",
        "sums           none found",
        "findings       1 warning",
        "written to     out.xml",
    ]


def test_the_explanation() -> None:
    lines = list(explanation_lines(reading()))
    assert lines[0].startswith("Statement (bs)  [2 rows")
    assert lines[1].split() == ["12", "Total", "assets", "-Assets", "0.90"]
    assert lines[2].split()[-2:] == ["-", "0.00"]
    assert "…" in lines[2]


def test_finding_concepts() -> None:
    names = [concept.name for concept in find_concepts("ASSETS current")]
    assert "AssetsCurrent" in names
    assert not any(concept.abstract for concept in find_concepts(""))
    assert find_concepts("no such words at all") == ()
    assert list(concept_lines(())) == []
    (line,) = (line for line in concept_lines(find_concepts("assetscurrent")) if line.startswith("AssetsCurrent "))
    assert "monetary instant debit" in line
