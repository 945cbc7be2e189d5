"""The command: no file that it reads or writes is written over another one."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from helpers.paths import ROOT

from converter.cli import main
from converter.cli.endings import MISUSED

RELEASE = (ROOT / "examples" / "release-q1.txt").read_bytes()
MAPPING = "pattern,statement,concept\nzzz,bs,Assets\n"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in a folder with filings of several names and a table of mappings."""
    monkeypatch.chdir(tmp_path)
    for name in ("release.txt", "m-metadata.json", "m.csv", "manifest.sqlite"):
        Path(name).write_bytes(RELEASE)
    Path("own.csv").write_text(MAPPING, encoding="utf-8")
    os.link("release.txt", "twin.txt")
    return lambda *arguments: CliRunner().invoke(main, arguments)


@pytest.mark.parametrize(
    ("arguments", "conflict"),
    [
        ("release.txt -o release.txt --to xml", "the output would overwrite the input: release.txt"),
        ("release.txt -o ./release.txt --to xml", "the output would overwrite the input: release.txt"),
        ("release.txt -o twin.txt --to xml", "the output would overwrite the input: twin.txt"),
        ("m-metadata.json -o m.csv", "the output would overwrite the input: m-metadata.json"),
        ("m.csv --to csv", "the output would overwrite the input: m.csv"),
        ("release.txt --findings release.txt", "the findings would overwrite the input: release.txt"),
        ("release.txt -o o.xml --findings o.xml", "the findings would overwrite the output: o.xml"),
        ("release.txt -o o.xml --findings O.XML", "the findings would overwrite the output: O.XML"),
        ("release.txt --findings release.xml", "the findings would overwrite the output: release.xml"),
        ("release.txt -o o.csv --findings o-metadata.json", "the findings would overwrite the output: o-metadata.json"),
        ("release.txt -o own.csv --to xml --mapping own.csv", "the output would overwrite the mapping: own.csv"),
        ("release.txt --mapping own.csv --findings own.csv", "the findings would overwrite the mapping: own.csv"),
        ("release.txt --explain --findings release.txt", "the findings would overwrite the input: release.txt"),
        ("release.txt --taxonomy-package release.txt", "the taxonomy package would overwrite the input: release.txt"),
        ("release.txt --taxonomy-package release.xml", "the taxonomy package would overwrite the output: release.xml"),
        (
            "release.txt --findings f.json --taxonomy-package f.json",
            "the taxonomy package would overwrite the findings: f.json",
        ),
        (
            "release.txt --mapping own.csv --taxonomy-package own.csv",
            "the taxonomy package would overwrite the mapping: own.csv",
        ),
        (
            "release.txt m.csv -o out/ --taxonomy-package m.csv",
            "the taxonomy package would overwrite the input: m.csv",
        ),
        (
            "release.txt m.csv -o out/ --manifest manifest.sqlite --taxonomy-package manifest.sqlite",
            "the taxonomy package would overwrite the manifest: manifest.sqlite",
        ),
    ],
)
def test_refused(run: Run, arguments: str, conflict: str) -> None:
    before = {name: Path(name).read_bytes() for name in os.listdir()}
    result = run(*arguments.split())
    assert result.exit_code == MISUSED, result.output
    assert result.output == f"text-to-xbrl: {conflict}: name another file\n"
    assert {name: Path(name).read_bytes() for name in os.listdir()} == before


def test_what_is_not_the_same_file_is_written(run: Run) -> None:
    files = "-o o.csv --mapping own.csv --findings f.json --taxonomy-package ttx.zip"
    assert run("release.txt", *files.split()).exit_code == 0
    for name in ("o.csv", "o-metadata.json", "f.json", "ttx.zip"):
        assert Path(name).stat().st_size
    again = {name: Path(name).read_bytes() for name in os.listdir()}
    assert run("release.txt", *files.split()).exit_code == 0
    assert {name: Path(name).read_bytes() for name in os.listdir()} == again


@pytest.mark.skipif(not Path("/dev/stdin").exists(), reason="the files of standard streams have no names")
@pytest.mark.parametrize(
    ("arguments", "stdin", "stdout", "conflict"),
    [
        ("- -o in.xml", "in.xml", None, "the output would overwrite the input: in.xml"),
        ("- --findings in.xml", "in.xml", None, "the findings would overwrite the input: in.xml"),
        ("in.xml -o -", None, "in.xml", "the output would overwrite the input: /dev/stdout"),
        ("release.txt -o - --findings in.xml", None, "in.xml", "the findings would overwrite the output: in.xml"),
    ],
)
def test_files_that_the_shell_has_opened(
    run: Run, arguments: str, stdin: str | None, stdout: str | None, conflict: str
) -> None:
    Path("in.xml").write_bytes(RELEASE)
    with open(stdin or os.devnull, "rb") as source, open(stdout or os.devnull, "ab") as sink:
        done = subprocess.run(
            [sys.executable, "-m", "converter", *arguments.split()],
            stdin=source,
            stdout=sink,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )
    assert (done.returncode, done.stderr) == (MISUSED, f"text-to-xbrl: {conflict}: name another file\n")
    assert Path("in.xml").read_bytes() == RELEASE


def test_names_as_long_as_the_file_system_takes(run: Run) -> None:
    longest = "a" * (255 - len("-metadata.json"))
    assert run("release.txt", "-o", f"{longest}.csv").exit_code == 0
    assert Path(f"{longest}-metadata.json").stat().st_size
    result = run("release.txt", "-o", "a" * 252 + ".xml")
    assert (result.exit_code, result.output.count("\n")) == (MISUSED, 1)
    assert "file name too long" in result.output
