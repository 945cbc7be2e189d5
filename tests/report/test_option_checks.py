"""What the user says of a filing and the filing does not."""

from datetime import date

import pytest
from helpers.paths import ROOT

from converter.pipeline import read_data
from converter.report import Options
from converter.vocabulary import Code

SUBMISSION = (ROOT / "examples" / "submission-10q.txt").read_bytes()
RELEASE = (ROOT / "examples" / "release-q1.txt").read_bytes()


@pytest.mark.parametrize(
    ("data", "options", "said"),
    [
        (SUBMISSION, Options(), []),
        (SUBMISSION, Options(cik="9999901", period_end=date(2004, 6, 30), fiscal_year_end="1231"), []),
        (SUBMISSION, Options(cik="5"), ["the header names the registrant 0009999901, and --cik 0000000005"]),
        (
            SUBMISSION,
            Options(fiscal_year_end="0630"),
            ["the header ends the fiscal year on 12-31, and --fiscal-year-end on 06-30"],
        ),
        (
            RELEASE,
            Options(period_end=date(1999, 9, 30)),
            ["no column of the statements ends on 1999-09-30, as --period-end has it; the last one ends on 2003-09-30"],
        ),
        (RELEASE, Options(cik="5", fiscal_year_end="0930", period_end=date(2003, 9, 28)), []),
    ],
)
def test_contradictions(data: bytes, options: Options, said: list[str]) -> None:
    findings = read_data(data, "x", options).report.findings
    assert [one.message for one in findings if one.code is Code.OPTION_CONTRADICTS] == said
