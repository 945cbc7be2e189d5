"""Every shell command of the README, the documentation and the examples runs as it is written, page by page."""

import doctest
import re
import shutil
from pathlib import Path

import pytest
from helpers.paths import ROOT
from helpers.shell import blocks, prepare, run

PAGES = [
    ROOT / "README.md",
    ROOT / "examples" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
NAMES = [path.relative_to(ROOT).as_posix() for path in PAGES]
_TEXT = {path: path.read_text(encoding="utf-8") for path in PAGES}
WITH_COMMANDS = [path for path in PAGES if blocks(_TEXT[path]) or ">>>" in _TEXT[path]]


@pytest.mark.slow
@pytest.mark.arelle
@pytest.mark.skipif(shutil.which("bash") is None, reason="the commands of the pages are those of a POSIX shell")
@pytest.mark.parametrize("page", WITH_COMMANDS, ids=[path.relative_to(ROOT).as_posix() for path in WITH_COMMANDS])
def test_the_commands_of_a_page(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one folder, in the order of the page; then what stands there in Python."""
    prepare(tmp_path)
    for block in blocks(_TEXT[page]):
        done = run(block, tmp_path)
        assert done.returncode == 0, f"{block}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
        assert "dask" in block or "Traceback" not in done.stderr  # what Dask logs is its own
    monkeypatch.chdir(tmp_path)
    told: list[str] = []
    names: dict[str, object] = {}
    for session in re.findall(r"^```python\n(.*?)^```$", _TEXT[page], re.S | re.M):
        test = doctest.DocTestParser().get_doctest(session, names, page.name, page.name, 0)
        doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, out=told.append, clear_globs=False)
        names = test.globs
    assert "".join(told) == ""


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_the_commands_are_in_blocks_of_shell(page: Path) -> None:
    """A command in a block of another language would not be run."""
    for language, text in re.findall(r"(?ms)^```(\w*)\n(.*?)^```$", _TEXT[page]):
        if language not in ("sh", "text"):
            assert not re.search(r"(?m)^(?:text-to-xbrl|convert|pip|arelleCmdLine) ", text), text


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_links(page: Path) -> None:
    targets = [target for target in re.findall(r"\]\(([^)#]+)[^)]*\)", _TEXT[page]) if "://" not in target]
    assert [target for target in targets if not (page.parent / target).exists()] == []
