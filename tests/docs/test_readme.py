"""What the README says is so: its excerpt, its first commands, the places that it leads to."""

import re
import shlex

import click
import pytest
from helpers.paths import EXPECTED, ROOT

import converter
from converter.cli import main

README = (ROOT / "README.md").read_text(encoding="utf-8")
FRESH = [line for line in README.splitlines() if line.startswith("python3 ")]


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.S | re.M)


def test_the_excerpt_is_real() -> None:
    (text,), (xml,) = _blocks("text"), _blocks("xml")
    assert text in (ROOT / "examples" / "release-q1.txt").read_text(encoding="utf-8")
    instance = [line.strip() for line in (EXPECTED / "release-q1.xml").read_text(encoding="utf-8").splitlines()]
    assert [line for line in xml.splitlines() if line.strip() not in instance] == []


def test_no_option_of_another_program() -> None:
    """Options that are mentioned in the text exist."""
    prose = re.sub(r"```.*?```", "", README, flags=re.S)
    context = click.Context(main, **main.context_settings)
    options = {name for parameter in main.get_params(context) for name in parameter.opts}
    assert set(re.findall(r"`(--[a-z-]+)", prose)) <= options


@pytest.mark.parametrize("page", ["README.md", "docs/errors.md"])
def test_every_exit_status_is_there(page: str) -> None:
    """In the table of errors.md, which the README leads to, as in the help."""
    if page == "README.md":
        assert "docs/errors.md" in README
        return
    statuses = dict(re.findall(r"^\| ([0-9]+) \| (.*) \|$", (ROOT / page).read_text(encoding="utf-8"), re.M))
    epilog = dict(re.findall(r"^  ([0-9]+)  (.*)$", main.epilog or "", re.M))
    assert statuses.keys() == epilog.keys() == {"0", "1", "2", "3", "4", "130"}


@pytest.mark.parametrize("command", FRESH)
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


def test_there_are_two_of_them() -> None:
    assert len(FRESH) == 2


@pytest.mark.parametrize("page", ["CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_links(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text) if "://" not in target]
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_example_is_described() -> None:
    text = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    examples = {path.name for path in (ROOT / "examples").iterdir() if path.suffix != ".md"}
    assert set(re.findall(r"^- `([^`]+)`: ", text, re.M)) == examples


def test_the_changelog_knows_the_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## \[(.+?)\]", text, re.M)[0] == converter.__version__
