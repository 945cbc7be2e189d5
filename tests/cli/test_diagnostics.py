"""Findings in a log and as JSON; what a run says that no person is watching."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from converter.cli import main
from converter.cli.diagnostics import diagnostic_lines, finding_line, severest_first
from converter.cli.endings import FAILED
from converter.vocabulary.findings import Code, Finding, Severity

INFO, WARNING, ERROR = Severity.INFO, Severity.WARNING, Severity.ERROR

RELEASE = """\
ORCHARD 9, INC.
STATEMENTS OF OPERATIONS
(in dollars)
                                              Three Months Ended
                                                 September 30,
                                              2003             2002
                                            --------        --------
Net sales                                    $ 2,308         $ 3,240
Cost of goods sold                               563             809
                                            --------        --------
Gross profit                                   1,745           2,431
Research and development expense                 428             228
                                            --------        --------
Income before income taxes                     1,317           2,203
Provision for income taxes                       317             203
                                            --------        --------
Net income                                   $ 1,000         $ 2,000
                                            ========        ========
"""
"""An income statement of a company that is not known: one warning."""

CUT = RELEASE.partition("Net income")[0]
"""It ends before net income: an error."""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def convert(text: str, *arguments: str) -> Result:
    """Convert a release of this text; standard error is no terminal."""
    Path("release.txt").write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["release.txt", *arguments])


def column(number: int, line: int) -> Finding:
    message = f"column {number} ('{number + 1990}') of the 'INCOME' was left out: no date"
    return Finding(WARNING, Code.COLUMN_NOT_READ, message, line)


@pytest.mark.parametrize(
    ("finding", "line"),
    [
        (Finding(WARNING, Code.ARELLE, "this is odd", 12), "warning: line 12: this is odd [arelle]"),
        (Finding(INFO, Code.ARELLE, "this  is\n   odd"), "info: this is odd [arelle]"),
    ],
)
def test_a_finding(finding: Finding, line: str) -> None:
    assert finding_line(finding) == line


@pytest.mark.parametrize(
    ("findings", "lines"),
    [
        ([], []),
        ([Finding(INFO, Code.ARELLE, "this is so", 3)], []),
        ([Finding(WARNING, Code.ARELLE, "of\n  the file")], ["a.txt: warning: of the file [arelle]"]),
        (
            [column(1, 5), column(2, 6), Finding(ERROR, Code.ARELLE, "this is wrong", 9), column(4, 7)],
            [
                "a.txt:9: error: this is wrong [arelle]",
                "a.txt:5: warning: column 1 ('1991') of the 'INCOME' was left out: no date (and 2 more) "
                "[column-not-read]",
            ],
        ),
        (
            [
                Finding(
                    WARNING, Code.SCHEDULE_DISAGREES, "the schedule has 5 for CASH, the statement -7 for 'Cash'", 1
                ),
                Finding(WARNING, Code.SCHEDULE_DISAGREES, "the schedule has 0 for PP&E, the statement 7 for ''", 2),
                Finding(WARNING, Code.SCHEDULE_DISAGREES, "the schedule has 2 values in another scale", 3),
            ],
            [
                "a.txt:1: warning: the schedule has 5 for CASH, the statement -7 for 'Cash' (and 1 more) "
                "[schedule-disagrees]",
                "a.txt:3: warning: the schedule has 2 values in another scale [schedule-disagrees]",
            ],
        ),
        (
            [Finding(WARNING, Code.ARELLE, "this is odd", 1), Finding(ERROR, Code.ARELLE, "this is odd", 2)],
            ["a.txt:2: error: this is odd [arelle]", "a.txt:1: warning: this is odd [arelle]"],
        ),
    ],
)
def test_kinds_of_findings(findings: Sequence[Finding], lines: Sequence[str]) -> None:
    assert list(diagnostic_lines(findings, "a.txt")) == lines


def test_the_severest_come_first() -> None:
    told = [Finding(severity, Code.ARELLE, text) for severity, text in ((INFO, "a"), (ERROR, "b"), (INFO, "c"))]
    assert [finding.message for finding in severest_first(told)] == ["b", "a", "c"]


UNKNOWN = "warning: the file does not say whose report it is: give --cik or --entity [entity-unknown]"


def test_a_run_that_nobody_watches_prints_warnings_and_errors() -> None:
    result = convert(CUT, "-o", "-")
    assert result.exit_code == 0
    assert result.stdout.startswith("<?xml")
    assert result.stderr.splitlines() == [
        "release.txt:15: error: the file ends inside the income statement: no row is net income [statement-incomplete]",
        f"release.txt: {UNKNOWN}",
    ]


@pytest.mark.parametrize("arguments", [("--quiet",), ("--quiet", "--verbose"), ("--entity", "Orchard 9")])
def test_nothing_to_say(arguments: Sequence[str]) -> None:
    result = convert(RELEASE, "-o", "out.xml", *arguments)
    assert (result.exit_code, result.output) == (0, "")


def test_standard_input_has_a_name() -> None:
    result = CliRunner().invoke(main, ["-", "-o", "out.xml"], input=RELEASE)
    assert result.stderr == f"<stdin>: {UNKNOWN}\n"


def test_strict_writes_nothing_where_there_is_an_error() -> None:
    assert convert(RELEASE, "-o", "out.xml", "--strict").exit_code == 0
    Path("out.xml").unlink()
    result = convert(CUT, "-o", "out.xml", "--strict", "--findings", "findings.json")
    assert result.exit_code == FAILED
    assert result.stderr == (
        "text-to-xbrl: nothing written (--strict): release.txt: error: line 15: the file ends inside the income "
        "statement: no row is net income [statement-incomplete]\n"
    )
    assert sorted(path.name for path in Path().iterdir()) == ["release.txt"]


def test_findings_about_headline_figures_have_their_check() -> None:
    convert(RELEASE, "-o", "out.xml", "--findings", "findings.json")
    findings = json.loads(Path("findings.json").read_text(encoding="utf-8"))
    assert [finding["code"] for finding in findings if "check" not in finding] == ["entity-unknown"]
    (check,) = (one["check"] for one in findings if one.get("check", {}).get("measure") == "net income")
    assert check == {
        "measure": "net income",
        "status": "confirmed",
        "latest": True,
        "confirmed_by": "the sum of its parts",
        "contradicted_by": None,
        "fact": check["fact"],
        "concept": "NetIncomeLoss",
        "period_start": "2003-07-01",
        "period_end": "2003-09-30",
        "unit": "iso4217:USD",
        "value": "1000",
    }
    assert f'id="{check["fact"]}" contextRef="D20030701-20030930"' in Path("out.xml").read_text(encoding="utf-8")
