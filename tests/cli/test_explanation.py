"""How the mapping of rows is shown: in a terminal of any width, only what is doubtful, as JSON."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from helpers.builders import filing, instant, item, mapped, statement, with_mappings
from helpers.paths import ROOT
from msgspec.structs import replace

from converter.cli.explanation import explanation_lines, rows_json
from converter.mapping import Candidate
from converter.pipeline import Reading, read_data
from converter.report import build_report
from converter.statements import Qualifier, StatementKind

DAY = instant("2003-09-30")
EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix != ".md")
_STYLE = re.compile(r"\x1b\[\d{1,3}m")


def plain(lines: Iterable[str]) -> list[str]:
    return _STYLE.sub("", "\n".join(lines)).splitlines()


def reading() -> Reading:
    """A sure row whose sign is turned, and a row that no concept fits, with one runner-up that matters."""
    table = statement(
        StatementKind.BALANCE_SHEET,
        [DAY, DAY],
        item("Total assets", "-5", None, line=11),
        item("Sundry " * 20, "7", "8", line=12),
        qualifiers=[None, Qualifier.RESTATED],
    )
    none = replace(mapped(None), runners_up=(Candidate("OtherAssets", 0.2), Candidate("Goodwill", 0.004)))
    statements = (with_mappings(table, [mapped("Assets", sign=-1), none]),)
    source = filing()
    return Reading(source, statements, build_report(source, statements))


def test_narrow() -> None:
    assert plain(explanation_lines(reading(), False, 80)) == [
        "Statement (bs) [USD]",
        "                                                       2003-09-30     2003-09-30",
        "                                                                        restated",
        "   12 Total assets                                              5",
        "        █████  90% Assets  sign turned",
        "   13 Sundry Sundry Sundry Sundry Sundry Sundry                 7              8",
        "      Sundry Sundry Sundry Sundry Sundry Sundry",
        "      Sundry Sundry Sundry Sundry Sundry Sundry",
        "      Sundry Sundry",
        "        ░░░░░   0% (general line item)",
        "              or OtherAssets 20%",
    ]


def test_wide_and_without_shades() -> None:
    lines = plain(explanation_lines(reading(), False, 140, shaded=False))
    assert lines[3].endswith("  #####  90% Assets  sign turned")
    assert "Goodwill" not in "".join(lines)


def test_what_is_doubtful() -> None:
    lines = plain(explanation_lines(reading(), True, 80))
    assert not any("Total assets" in line for line in lines)
    assert lines[-1] == "1 of 2 rows are doubtful: without a concept, or with one less than 90% sure"


@pytest.mark.parametrize("width", [40, 80, 140])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_line_fits(path: Path, width: int) -> None:
    found = read_data(path.read_bytes(), "x")
    lines = plain(explanation_lines(found, False, width))
    assert max(map(len, lines)) <= max(width, 60)
    assert any("sum of lines" in line for line in lines)


def test_json() -> None:
    told = json.loads(rows_json(reading(), False))
    (table,) = told["statements"]
    assert (table["statement"], table["currency"]) == ("bs", "USD")
    assert table["columns"][1] == {
        "start": None,
        "end": "2003-09-30",
        "heading": "1",
        "qualifier": "restated",
        "part": "",
    }
    assert table["rows"][0] == {
        "line": 12,
        "caption": "Total assets",
        "sections": [],
        "values": ["5", None],
        "concept": "Assets",
        "confidence": 0.9,
        "doubtful": False,
        "sign": -1,
        "runners_up": [],
        "evidence": [],
        "sum": None,
        "sum_holds": None,
    }
    (doubtful,) = json.loads(rows_json(reading(), True))["statements"]
    assert [row["runners_up"][0]["concept"] for row in doubtful["rows"]] == ["OtherAssets"]
