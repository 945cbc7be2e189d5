"""The command: what it writes, says and returns."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from helpers.terminal import on_a_terminal
from lxml import etree

import converter
from converter.cli import main, program
from converter.cli.endings import FAILED, MISUSED
from converter.vocabulary.findings import Severity

RELEASE = """\
Exhibit 99.1

      GREENFIELD, N.Y., November 12, 2003--Orchard 9, Inc. (Nasdaq: ORCH), the
leading grower of apples, today reported its results.

                               ORCHARD 9, INC.
                 CONDENSED CONSOLIDATED BALANCE SHEETS
                            (in thousands)

                                         September 30,       June 30,
                                              2003             2003
                                         -------------       --------
Cash and cash equivalents                     $ 3,201        $  4,059
Accounts receivable, net                        1,167           1,140
Inventories                                     1,408           1,135
                                              -------        --------
      Total current assets                      5,776           6,334
Property and equipment, net                       435             479
Orchard rights                                     33              --
                                              -------        --------
      Total assets                            $ 6,244        $  6,813
                                              =======        ========
Accounts payable                              $ 1,244        $    813
Shareholders' equity                            5,000           6,000
                                              -------        --------
      Total liabilities and equity            $ 6,244        $  6,813
                                              =======        ========

                 CONDENSED CONSOLIDATED STATEMENTS OF OPERATIONS
                 (in thousands, except per share data)

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
Net income                                   $ 1,317         $ 2,203
                                            ========        ========
Basic earnings per share                     $  0.04         $  0.07
"""

CASH_FLOWS = ("Net income", "Depreciation", "Net cash provided by operating activities", "Net increase in cash")

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in a folder with release.txt."""
    monkeypatch.chdir(tmp_path)
    Path("release.txt").write_text(RELEASE, encoding="utf-8")
    return lambda *arguments, **more: CliRunner().invoke(main, [str(argument) for argument in arguments], **more)


def facts(path: Path | str) -> dict[tuple[str, str], str]:
    root = etree.parse(str(path)).getroot()
    contexts = ((element, element.get("contextRef")) for element in root)
    return {(etree.QName(element).localname, context): element.text or "" for element, context in contexts if context}


def test_convert(run: Run) -> None:
    result = run("release.txt", "-o", "out.xml")
    assert (result.exit_code, result.output) == (0, "")
    found = facts("out.xml")
    assert Decimal(found["Assets", "I20030930"]) == 6_244_000
    assert Decimal(found["Assets", "I20030630"]) == 6_813_000
    assert found["TradingSymbol", "D20030701-20030930"] == "ORCH"
    assert sorted(os.listdir()) == ["out.xml", "release.txt"]


def test_output_beside_the_input(run: Run) -> None:
    assert run("release.txt").exit_code == 0
    assert Path("release.xml").stat().st_size > 0


def test_standard_input_and_output(run: Run) -> None:
    named = run("release.txt", "-o", "-")
    piped = run("-", input=RELEASE)
    assert piped.exit_code == named.exit_code == 0
    assert piped.stdout == named.stdout
    etree.fromstring(piped.stdout.encode())


def test_corrections(run: Run) -> None:
    options = ["--cik", "320193", "--entity", "Orchard", "--fiscal-year-end", "06-30", "--currency", "cad"]
    assert run("release.txt", "-o", "out.xml", *options, "--period-end", "2003-09-30").exit_code == 0
    text = Path("out.xml").read_text(encoding="utf-8")
    assert 'scheme="http://www.sec.gov/CIK">0000320193<' in text
    assert ">Orchard</" in text
    assert ">--06-30</" in text
    assert "iso4217:CAD" in text
    assert "iso4217:USD" not in text


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("binary.txt", bytes(range(256)) * 20, ""),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(range(200)), "image"),
        ("novel.txt", b"It was the best of times, it was the worst of times.\n" * 400, "no balance sheet"),
        (
            "13f.txt",
            b"FORM 13F INFORMATION TABLE\n\nABBOTT LABS   COM  002824100   1,234   56,789 SH SOLE\n" * 30,
            "no",
        ),
        ("cut.txt", RELEASE[: RELEASE.index("Cash and")].encode(), "no balance sheet"),
    ],
)
def test_nothing_to_convert(run: Run, name: str, data: bytes, words: str) -> None:
    Path(name).write_bytes(data)
    result = run(name, "-o", "out.xml")
    assert result.exit_code == FAILED
    assert result.output.startswith("text-to-xbrl: ")
    assert f": {name}: give " in result.output or f": {name}: a form 13F holds " in result.output
    assert words in result.output
    assert result.output.count("\n") == 1
    assert not Path("out.xml").exists()
    assert not list(Path().glob(".*"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing.txt", "-o", "out.xml"], "no such file: missing.txt: "),
        ([".", "-o", "out.xml"], "many filings become a folder, not a file: -o out.xml"),
        (["release.txt", "-o", "no/such/folder/out.xml"], "no such folder: "),
        (["release.txt", "-o", "out.xml", "--findings", "."], "a folder, where a file is needed: ."),
        (["release.txt", "-o", "release.txt", "--to", "xml"], "the output would overwrite the input: release.txt: "),
        (["release.txt", "-o", "./release.txt", "--to", "xml"], "the output would overwrite the input"),
        (["release.txt", "--findings", "no/such/folder/out.json"], "no such folder: no/such/folder"),
        (["--taxonomy-package", "no/such/folder/out.zip"], "no such folder: no/such/folder"),
        (["release.txt", "--cik", "x"], "320193"),
        (["release.txt", "--period-end", "2003-02-30"], "2003-09-30"),
        (["release.txt", "--fiscal-year-end", "13-01"], "06-30"),
        (["release.txt", "--currency", "dollars"], "USD"),
        (["release.txt", "--no-such-option"], "no such option: --no-such-option: see convert --help"),
        (["--quiet"], "INPUT is missing: convert: "),
    ],
)
def test_wrong_usage(run: Run, arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == MISUSED
    assert words in result.output
    assert "Traceback" not in result.output
    assert Path("release.txt").read_text(encoding="utf-8") == RELEASE
    assert not list(Path().glob(".*"))


def test_an_unwritable_output_is_left_alone(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    Path("out.xml").write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "replace", refuse)
    result = run("release.txt", "-o", "out.xml")
    assert result.exit_code == MISUSED
    assert result.output == "text-to-xbrl: permission denied: out.xml: change its permissions, or name another file\n"
    assert Path("out.xml").read_text(encoding="utf-8") == "old"
    assert sorted(os.listdir()) == ["out.xml", "release.txt"]


def test_a_defect_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("division\nby zero")

    monkeypatch.setattr("converter.pipeline.read_filing", fail)
    result = run("release.txt", "-o", "out.xml")
    assert result.exit_code == FAILED
    assert "a defect of this program: ZeroDivisionError: division by zero: release.txt: " in result.output
    assert result.output.count("\n") == 1
    assert isinstance(run("release.txt", "--verbose").exception, ZeroDivisionError)


def test_findings_as_json(run: Run) -> None:
    Path("release.txt").write_text(RELEASE.replace("6,244", "6,245"), encoding="utf-8")
    assert run("release.txt", "-o", "out.xml", "--findings", "findings.json").exit_code == 0
    findings = json.loads(Path("findings.json").read_text(encoding="utf-8"))
    fields = {"severity", "code", "message", "line", "start", "end", "figures"}
    assert all(set(finding) - {"check"} == fields for finding in findings)
    assert {finding["code"] for finding in findings} >= {"headline-confirmed"}


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")
def test_a_terminal_shows_what_was_done_and_the_first_warnings(run: Run) -> None:
    """A table of seven columns whose periods are not certain has a warning for each at least."""
    days = "   ".join(f"June 30, {year}" for year in range(1997, 2004))
    rows = [f"{caption:<30}" + "".join(f"{number:>16,}" for number in range(1001, 1008)) for caption in CASH_FLOWS]
    Path("release.txt").write_text("\n".join([RELEASE, "STATEMENTS OF CASH FLOWS", "", " " * 33 + days, *rows, ""]))
    code, shown = on_a_terminal([sys.executable, "-m", "converter", "release.txt", "-o", "out.xml"])
    assert code == 0
    lines = shown.splitlines()
    assert lines[0].startswith("company ")
    assert sum(line.startswith("warning: line ") for line in lines) == 5
    more = [one for one in converter.read("release.txt").findings if one.severity is not Severity.INFO][5:]
    assert more
    assert lines[-1] == f"... {len(more)} more (--verbose shows all)"


def test_verbose_and_quiet(run: Run) -> None:
    told = run("release.txt", "-o", "out.xml", "--verbose").stderr
    assert "balance sheet" in told
    assert "income statement" in told
    assert "out.xml" in told
    assert run("release.txt", "-o", "out.xml", "--quiet").output == ""


def test_explain(run: Run) -> None:
    result = run("release.txt", "--explain")
    assert result.exit_code == 0
    assert "Total assets" in result.stdout
    assert "Assets" in result.stdout
    assert os.listdir() == ["release.txt"]


def test_own_mappings(run: Run) -> None:
    Path("own.csv").write_text("pattern,statement,concept\norchard rights,bs,FiniteLivedIntangibleAssetsNet\n", "utf-8")
    assert run("release.txt", "-o", "out.xml", "--mapping", "own.csv").exit_code == 0
    assert facts("out.xml")["FiniteLivedIntangibleAssetsNet", "I20030930"] == "33000"
    report = converter.read("release.txt", mapping="own.csv")
    assert "FiniteLivedIntangibleAssetsNet" in {fact.concept for fact in report.facts}


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (
            "pattern,statement,concept\nx,bs,AssetsCurent\n",
            "no concept 'AssetsCurent' in the taxonomy: own.csv:2: did you mean AssetsCurrent",
        ),
        ("pattern,statement,concept\nx,bs,EntityRegistrantName\n", "in the taxonomy: own.csv:2: "),
        ("", "own.csv"),
        (None, "no such file: own.csv: "),
    ],
)
def test_mappings_that_cannot_be_used(run: Run, table: str | None, words: str) -> None:
    if table is not None:
        Path("own.csv").write_text(table, encoding="utf-8")
    result = run("release.txt", "-o", "out.xml", "--mapping", "own.csv")
    assert result.exit_code == MISUSED
    assert result.output.startswith("text-to-xbrl: ")
    assert words in result.output
    assert not Path("out.xml").exists()


def test_concepts(run: Run) -> None:
    result = CliRunner().invoke(program, ["concepts", "assets", "current"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert any(line == "AssetsCurrent" for line in result.stdout.splitlines())
    assert run("--concepts", "no such words").exit_code == FAILED


def test_taxonomy_package(run: Run) -> None:
    assert run("--taxonomy-package", "ttx.zip").exit_code == 0
    with zipfile.ZipFile("ttx.zip") as package:
        assert any(name.endswith("META-INF/taxonomyPackage.xml") for name in package.namelist())


@pytest.mark.arelle
def test_validate(run: Run) -> None:
    result = run("release.txt", "-o", "out.xml", "--validate", "--strict")
    assert result.exit_code == 0, result.output
    assert Path("out.xml").exists()


def test_help_documents_every_exit_status(run: Run) -> None:
    text = run("--help").output
    assert text.startswith("Usage: ")
    for words in (
        "Exit status:",
        "  0  ",
        "  1  ",
        "  2  ",
        "text-to-xbrl convert",
        "convert release.txt -o release.html",
    ):
        assert words in text
    assert run("-h").output == text


def test_version(run: Run) -> None:
    assert run("--version").output == f"convert {converter.__version__}\n"


def test_as_a_module(run: Run) -> None:
    command = [sys.executable, "-m", "converter", "release.txt", "-o", "-"]
    environment = {**os.environ, "PYTHONPATH": str(Path(converter.__file__).parent.parent)}
    done = subprocess.run(command, capture_output=True, check=False, timeout=60, env=environment)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b"<?xml")


def test_the_functions(run: Run, tmp_path: Path) -> None:
    report = converter.read("release.txt", converter.Options(cik="1"))
    assert report.entity_identifier == "0000000001"
    assert converter.read(RELEASE.encode()).facts
    written = converter.convert("release.txt", tmp_path / "out.xml")
    assert len(facts(tmp_path / "out.xml")) == len(written.facts)
    with pytest.raises(converter.NotAReport):
        converter.read(b"")
