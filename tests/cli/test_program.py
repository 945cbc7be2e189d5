"""The command `text-to-xbrl`: its commands, what former options say, completion and the manual."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from helpers.paths import ROOT

import converter
from converter.cli import main, program
from converter.cli.endings import FAILED, MISUSED
from converter.cli.program import COMMANDS

RELEASE = ROOT / "examples" / "release-q1.txt"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in a folder with release.txt."""
    monkeypatch.chdir(tmp_path)
    Path("release.txt").write_bytes(RELEASE.read_bytes())
    return lambda *arguments: CliRunner().invoke(program, arguments)


def test_version(run: Run) -> None:
    assert run("--version").output == f"text-to-xbrl {converter.__version__}\n"


def test_the_help_shows_the_commands_and_where_to_start(run: Run) -> None:
    result = run()
    assert result.output == run("--help").output
    for name in set(COMMANDS) - {"manual"}:
        assert f"\n  {name} " in result.output
    assert "text-to-xbrl review filing.txt" in result.output
    assert "manual" not in result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_a_help_with_an_example(run: Run, name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: text-to-xbrl {name} ")
    assert name == "manual" or "Example" in result.output or "eval" in result.output


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_the_help_fits_a_terminal_of_80_columns(run: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = run(*name.split(), "--help").output.splitlines()
    assert [line for line in lines if len(line) > 80] == []


def test_convert_is_the_same_command(run: Run) -> None:
    assert run("convert", "release.txt", "-o", "one.xml").exit_code == 0
    assert CliRunner().invoke(main, ["release.txt", "-o", "two.xml"]).exit_code == 0
    assert Path("one.xml").read_bytes() == Path("two.xml").read_bytes()


def test_explain(run: Run) -> None:
    result = run("explain", "release.txt")
    assert result.exit_code == 0
    assert "Total Assets" in result.stdout
    assert os.listdir() == ["release.txt"]
    (total, doubtful) = (
        len(text.splitlines()) for text in (result.stdout, run("explain", "release.txt", "--doubtful").stdout)
    )
    assert doubtful < total
    told = json.loads(run("explain", "release.txt", "--json").stdout)
    assert {row["concept"] for statement in told["statements"] for row in statement["rows"]} >= {
        "Assets",
        "NetIncomeLoss",
    }


def test_review_needs_no_more_than_the_filing(run: Run) -> None:
    result = run("review", "release.txt", "--no-open")
    assert result.exit_code == 0, result.output
    assert sorted(os.listdir()) == ["release.review.html", "release.txt"]
    assert run("review", "release.txt", "-o", "page.html", "--no-open").exit_code == 0
    assert Path("page.html").stat().st_size


def test_review_opens_the_page(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", opened.append)
    assert run("review", "release.txt", "--open").exit_code == 0
    assert opened == [Path("release.review.html").resolve().as_uri()]
    assert run("review", "release.txt").exit_code == 0
    assert len(opened) == 1


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (("release.txt", "--explain"), "explain release.txt"),
        (("--concepts", "total assets"), 'concepts "total assets"'),
        (("--diff", "one.xml", "one.xml"), "diff one.xml one.xml"),
        (("--taxonomy-package", "ttx.zip"), "taxonomy ttx.zip"),
        (("release.txt", "-o", "two.xml", "--taxonomy-package", "ttx.zip"), "taxonomy ttx.zip"),
    ],
)
def test_an_option_of_before_works_and_names_its_command(run: Run, arguments: tuple[str, ...], command: str) -> None:
    run("convert", "release.txt", "-o", "one.xml")
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    option = next(word for word in arguments if word.startswith("--"))
    assert result.stderr == f"text-to-xbrl: this option is a command now: {option}: text-to-xbrl {command}\n"
    assert CliRunner().invoke(main, [*arguments, "--quiet"]).stderr == ""
    assert option not in CliRunner().invoke(main, ["--help"]).output


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ("release.txt",),
            "a file is no command: release.txt: text-to-xbrl convert release.txt, or text-to-xbrl review ",
        ),
        (("explan", "release.txt"), "no such command: explan: did you mean explain?"),
        (("explain", "release.txt", "--jsn"), "no such option: --jsn: did you mean --json?"),
        (("diff", "one.xml"), "NEW is missing: text-to-xbrl diff: see text-to-xbrl diff --help"),
        (("completion", "csh"), "'csh' is not one of 'bash', 'zsh', 'fish': "),
        (("report", "nowhere"), "no such manifest: nowhere: "),
        (("rebuild", "nowhere"), "no such folder: nowhere: "),
    ],
)
def test_wrong_usage_is_one_line(run: Run, arguments: tuple[str, ...], line: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (MISUSED, "")
    assert result.stderr.startswith(f"text-to-xbrl: {line}")
    assert result.stderr.count("\n") == 1


def test_no_concept(run: Run) -> None:
    result = run("concepts", "no", "such", "words")
    assert (result.exit_code, result.stdout) == (FAILED, "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(run: Run, shell: str) -> None:
    assert "_TEXT_TO_XBRL_COMPLETE" in run("completion", shell).stdout


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("expl", "explain"), ("convert --fiscal", "--fiscal-year-end"), ("convert --to xml,pa", "xml,parquet")],
)
def test_what_a_shell_is_offered(typed: str, offered: str) -> None:
    words = f"text-to-xbrl {typed}".split()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "_TEXT_TO_XBRL_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(words),
        "COMP_CWORD": str(len(words) - 1),
    }
    program = "from converter.__main__ import run_program; run_program()"
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert f"plain,{offered}" in done.stdout.split()


def test_a_terminal_that_cannot_show_a_caption(run: Run) -> None:
    Path("release.txt").write_text(
        RELEASE.read_text("utf-8").replace("Inventories", "Inventories of \u0161ipka"), "utf-8"
    )
    program = "from converter.__main__ import run_program; run_program()"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "latin-1"}
    command = [sys.executable, "-c", program, "explain", "release.txt"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "#####  " in done.stdout
    assert "\\u0161ipka" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device of this system is full")
@pytest.mark.parametrize("arguments", ["concepts cash", "--help", "convert release.txt -o -", "taxonomy -"])
def test_a_full_disk_behind_standard_output(run: Run, arguments: str) -> None:
    done = _in_a_shell(f"text_to_xbrl {arguments} > /dev/full")
    assert done.returncode == MISUSED
    assert re.fullmatch("text-to-xbrl: no space left on device: (standard output|-): name another file\n", done.stderr)


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell closes streams")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_closed_streams(run: Run, closed: str) -> None:
    done = _in_a_shell(f"text_to_xbrl convert release.txt -o out.xml --findings - {closed}")
    assert (done.returncode, done.stderr) == (0, "")
    assert Path("out.xml").exists()


def _in_a_shell(command: str) -> "subprocess.CompletedProcess[str]":
    program = "from converter.__main__ import run_program; run_program()"
    function = f"text_to_xbrl() {{ {sys.executable} -c '{program}' \"$@\"; }}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        ["sh", "-c", f"{function}; {command}"], env=environment, capture_output=True, text=True, check=False
    )


def test_a_page_on_standard_output_is_not_opened(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", opened.append)
    result = run("review", "release.txt", "-o", "-", "--open")
    assert (result.exit_code, opened) == (0, [])
    assert result.stdout.startswith("<?xml")


def test_a_file_that_may_not_be_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied", "release.txt")

    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = run("explain", "release.txt")
    assert result.exit_code == MISUSED
    remedy = "change its permissions, or name another file"
    assert result.stderr == f"text-to-xbrl: permission denied: release.txt: {remedy}\n"


def test_the_manual_is_the_help_of_today() -> None:
    """If not: `text-to-xbrl manual > docs/text-to-xbrl.1; text-to-xbrl manual --markdown > docs/commands.md`."""
    assert CliRunner().invoke(program, ["manual"]).stdout == (ROOT / "docs" / "text-to-xbrl.1").read_text("utf-8")
    assert CliRunner().invoke(program, ["manual", "--markdown"]).stdout == (ROOT / "docs" / "commands.md").read_text(
        "utf-8"
    )
