"""The command: formats by name, and what changed between two files."""

import importlib.util
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from helpers.paths import ROOT
from helpers.reports import said

import converter
from converter.cli import main, program
from converter.cli.endings import FAILED, MISUSED
from converter.outputs import FORMATS, Format, validity
from converter.vocabulary.findings import Code, Finding, Severity

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in a folder with release.txt."""
    monkeypatch.chdir(tmp_path)
    Path("release.txt").write_bytes((ROOT / "examples" / "release-q1.txt").read_bytes())
    return lambda *arguments: CliRunner().invoke(main, arguments)


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_the_format_follows_the_name(run: Run, known: "converter.outputs.Format") -> None:
    identified = ("--cik", "900001") if known.whole else ()
    result = run("release.txt", *identified, "-o", f"out{known.suffixes[0]}")
    assert (result.exit_code, result.output) == (0, "")
    named = run("release.txt", *identified, "--to", known.name)
    assert (named.exit_code, named.output) == (0, "")
    written = {f"{stem}{rest}" for stem in ("out", "release") for rest in (known.suffixes[0], *known.beside)}
    assert set(os.listdir()) == {"release.txt", *written}
    if known.loadable:
        report = converter.read("release.txt")
        assert said(converter.load(f"out{known.suffixes[0]}")) == said(report)


def test_standard_output(run: Run) -> None:
    assert json.loads(run("release.txt", "-o", "-", "--to", "json").stdout)["facts"]
    assert run("release.txt", "-o", "-", "--to", "xbr").stdout_bytes.startswith(b"PK")
    assert os.listdir() == ["release.txt"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["release.txt", "-o", "out.pdf"], "no format has this suffix: out.pdf: choose one of .xml, .xbrl, .html"),
        (["release.txt", "-o", "out.xml", "--to", "pdf"], "no such format: 'pdf': choose one of xml, html, json, csv"),
        (["release.txt", "-o", "-", "--to", "csv"], "more than one file"),
        (["--diff", "none.xml", "none.json"], "no such file: none.xml: "),
        (["--diff", "release.txt"], "2 arguments"),
    ],
)
def test_wrong_usage(run: Run, arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == MISUSED
    assert words in result.output
    assert os.listdir() == ["release.txt"]


def test_a_missing_library(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    result = run("release.txt", "-o", "out.parquet")
    assert result.exit_code == MISUSED
    assert result.output == "text-to-xbrl: needs pyarrow: parquet: python -m pip install pyarrow\n"


@pytest.mark.parametrize("name", [known.name for known in FORMATS])
def test_nothing_is_written_unless_the_instance_is_valid(run: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(validity, "validate", lambda text: (Finding(Severity.ERROR, Code.SCHEMA_INVALID, "bad"),))
    result = run("release.txt", "--to", name, "--cik", "1")
    assert result.exit_code == FAILED
    assert result.output == "text-to-xbrl: nothing written: release.txt: the instance made is not valid: bad\n"
    assert os.listdir() == ["release.txt"]


def test_every_file_is_told(run: Run) -> None:
    assert "out.csv, out-metadata.json" in run("release.txt", "-o", "out.csv", "--verbose").stderr


def test_help_names_every_format() -> None:
    (option,) = (parameter for parameter in main.params if "--to" in parameter.opts)
    assert isinstance(option, click.Option)
    names = str(option.help).partition(": ")[2].partition(";")[0].replace(" or ", ", ").split(", ")
    assert names == [known.name for known in FORMATS]


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="names of files are characters on this system")
@pytest.mark.parametrize("known", FORMATS, ids=[known.name for known in FORMATS])
def test_a_name_with_bytes_that_are_no_characters(run: Run, known: Format) -> None:
    name = os.fsdecode(b"caf\xe9")
    Path("release.txt").rename(f"{name}.txt")
    result = run(f"{name}.txt", "--to", known.name, "--cik", "900001")
    assert (result.exit_code, result.output) == (0, "")
    if known.beside:
        assert converter.load(f"{name}-metadata.json").facts


def test_diff(run: Run) -> None:
    run("release.txt", "-o", "old.xml")
    run("release.txt", "-o", "new.parquet", "--fiscal-year-end", "06-30")
    result = CliRunner().invoke(program, ["diff", "old.xml", "new.parquet"])
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "+ CurrentFiscalYearEndDate D20030701-20030930: --06-30",
        f"1 added, 0 lost, 0 changed, {len(converter.load('old.xml').facts)} the same",
    ]


def test_diff_of_what_is_not_ours(run: Run) -> None:
    result = CliRunner().invoke(program, ["diff", "release.txt", "release.txt"])
    assert result.exit_code == MISUSED
    assert result.output.startswith("text-to-xbrl: not a file of this program (not well-formed XML")
    assert result.output.count("\n") == 1


def test_the_functions(run: Run) -> None:
    report = converter.convert("release.txt", "out.json")
    assert said(converter.load("out.json")) == said(report)
    assert converter.convert("release.txt", "out.data", to="facts-csv").facts
    with pytest.raises(converter.FormatError):
        converter.convert("release.txt", "out.pdf")
    with pytest.raises(converter.NotOurs):
        converter.load("release.txt")
