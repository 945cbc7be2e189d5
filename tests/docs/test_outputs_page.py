"""What docs/outputs.md says is so: its table, its commands, its Python."""

import doctest
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from helpers.paths import ROOT

from converter.cli import main
from converter.outputs import FORMATS
from converter.outputs.table import FactRow

PAGE = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[Result]:
    """What the page's commands do, in their order, in a folder with the examples."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "examples", folder / "examples")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        lines = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.S) for line in block.splitlines()]
        return [CliRunner().invoke(main, shlex.split(line.removeprefix("convert "))) for line in lines]


@pytest.fixture
def folder(results: list[Result], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the commands have worked."""
    found = tmp_path_factory.getbasetemp() / "docs0"
    monkeypatch.chdir(found)
    return found


def test_every_format_is_there() -> None:
    rows = re.findall(r"^\| `([a-z]\S+)` \| (`\..*?) \| (.*?) \|$", PAGE, re.M)
    found = [(name, tuple(re.findall(r"`(\.[^`]+)`", suffixes)), title) for name, suffixes, title in rows]
    assert found == [(known.name, known.suffixes, known.title) for known in FORMATS]


def test_every_column_is_there() -> None:
    (table,) = re.findall(r"^\| column \|.*?\n\n", PAGE, re.S | re.M)
    cells = " ".join(row.split("|")[1] for row in table.strip().splitlines()[2:])
    assert re.findall(r"`([a-z_]+)`", cells) == list(FactRow.__struct_fields__)


def test_the_commands(results: list[Result]) -> None:
    assert [result.output for result in results if result.exit_code] == []
    (said,) = re.findall(r"```text\n(.*?)```", PAGE, re.S)
    assert results[-1].output == said


def test_python(folder: Path) -> None:
    for session in re.findall(r"^```python\n(.*?)^```$", PAGE, re.S | re.M):
        test = doctest.DocTestParser().get_doctest(session, {}, "outputs.md", "outputs.md", 0)
        told: list[str] = []
        doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=told.append)
        assert "".join(told) == ""


def test_links() -> None:
    targets = [target for target in re.findall(r"\]\(([^)#]+)[^)]*\)", PAGE) if "://" not in target]
    assert [target for target in targets if not (ROOT / "docs" / target).exists()] == []
