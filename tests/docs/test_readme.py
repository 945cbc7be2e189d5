"""What the README says is so: its excerpt, its commands, its options, its Python."""

import doctest
import re
import shlex
import shutil
from itertools import pairwise
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from helpers.arelle import ARELLE
from helpers.paths import EXPECTED, ROOT

from converter.cli import main

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line for block in re.findall(r"```sh\n(.*?)```", README, re.S) for line in block.splitlines() if line.strip()
]


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.S | re.M)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the examples and the README's table of mappings, to work in."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (table,) = _blocks("csv")
    (tmp_path / "mine.csv").write_text(table, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_excerpt_is_real() -> None:
    (text,), (xml,) = _blocks("text"), _blocks("xml")
    assert text in (ROOT / "examples" / "release-q1.txt").read_text(encoding="utf-8")
    instance = [line.strip() for line in (EXPECTED / "release-q1.xml").read_text(encoding="utf-8").splitlines()]
    assert [line for line in xml.splitlines() if line.strip() not in instance] == []


def test_every_option_is_there_and_no_other() -> None:
    (table,) = re.findall(r"^\| option \|.*?\n\n", README, re.S | re.M)
    cells = " ".join(row.split("|")[1] for row in table.strip().splitlines())
    described = set(re.findall(r"`(-[a-z]|--[a-z-]+)\b", cells))
    context = click.Context(main, **main.context_settings)
    options = {name for parameter in main.get_params(context) for name in parameter.opts if name.startswith("-")}
    assert described == options


def test_no_option_of_another_program() -> None:
    """Options that are mentioned elsewhere exist as well."""
    prose = re.sub(r"```.*?```", "", README, flags=re.S)
    context = click.Context(main, **main.context_settings)
    options = {name for parameter in main.get_params(context) for name in parameter.opts}
    assert set(re.findall(r"`(--[a-z-]+)", prose)) <= options


def test_every_exit_status_is_there() -> None:
    statuses = dict(re.findall(r"^\| ([0-9]+) \| (.*) \|$", README, re.M))
    epilog = dict(re.findall(r"^  ([0-9]+)  (.*)$", main.epilog or "", re.M))
    assert statuses.keys() == epilog.keys() == {"0", "1", "2", "3", "4", "130"}


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(command, marks=[pytest.mark.arelle] if "--validate" in command else [])
        for command in COMMANDS
        if command.startswith("convert ")
    ],
)
def test_a_command(folder: Path, command: str) -> None:
    words, source, target = shlex.split(command)[1:], b"", ""
    if "--report" in words:  # of the dataset that the command before it makes
        assert CliRunner().invoke(main, shlex.split(COMMANDS[COMMANDS.index(command) - 1])[1:]).exit_code == 0
    if "<" in words:
        words, (source_name, _, target) = words[: words.index("<")], words[words.index("<") + 1 :]
        source = Path(source_name).read_bytes()
    result = CliRunner().invoke(main, words, input=source)
    assert result.exit_code == 0, result.output
    files = {"-o", "--findings", "--taxonomy-package"}
    written = [value for option, value in pairwise(words) if option in files]
    assert all(Path(name).stat().st_size for name in written)
    assert bool(result.stdout) == (bool(target) or not written)


def test_the_table_of_mappings(folder: Path) -> None:
    arguments = ["examples/release-q1.txt", "--mapping", "mine.csv", "-o"]
    assert CliRunner().invoke(main, [*arguments, "out.xml"]).exit_code == 0
    text = Path("out.xml").read_text(encoding="utf-8")
    assert '<ttx:OtherLiabilitiesCurrent id="' in text
    assert "Contingent payments payable" not in text


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.startswith("python3 ")])
def test_a_command_for_a_fresh_machine(command: str) -> None:
    """That they work is what .ci/run finds out, which does the same; here: their files and options exist."""
    venv, install, run = (shlex.split(part) for part in command.split(" && "))
    assert venv == ["python3", "-m", "venv", ".venv"]
    assert install[:2] == [".venv/bin/pip", "install"]
    assert install[2] in (".", ".[test]")
    if run[0] == ".venv/bin/convert":
        assert (ROOT / run[1]).is_file()
    else:
        assert run == [".venv/bin/python", "-m", "pytest"]


def test_the_command_for_arelle() -> None:
    (command,) = [command for command in COMMANDS if command.startswith("arelleCmdLine ")]
    words = shlex.split(command)
    assert words[:5] == ["arelleCmdLine", "--file", "10q.xml", "--packages", "ttx.zip"]
    assert " ".join(words[5:]) in ARELLE


def test_the_commands_are_all_tested() -> None:
    assert {command.split()[0] for command in COMMANDS} == {"convert", "python3", "arelleCmdLine"}


def test_python(folder: Path) -> None:
    (session,) = _blocks("python")
    test = doctest.DocTestParser().get_doctest(session, {}, "README.md", "README.md", 0)
    said: list[str] = []
    doctest.DocTestRunner().run(test, out=said.append)
    assert "".join(said) == ""


@pytest.mark.parametrize("page", ["README.md", "CHANGELOG.md", "examples/README.md"])
def test_links(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text) if "://" not in target]
    assert [target for target in targets if not ((ROOT / page).parent / target).exists()] == []


def test_every_example_is_described() -> None:
    text = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    examples = {path.name for path in (ROOT / "examples").iterdir() if path.suffix != ".md"}
    assert set(re.findall(r"^- `([^`]+)`: ", text, re.M)) == examples


def test_the_changelog_knows_the_version() -> None:
    import converter

    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## \[(.+?)\]", text, re.M)[0] == converter.__version__
