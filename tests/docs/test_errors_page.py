"""docs/errors.md: every wrong input of its tables is answered with the line and the exit status that stand there."""

import bz2
import importlib.util
import re
import shlex
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from helpers.paths import ROOT

from converter.cli import program

PAGE = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
RELEASE = (ROOT / "examples" / "release-q1.txt").read_bytes()
SUBMISSION = (ROOT / "examples" / "submission-10q.txt").read_bytes()


class Row(NamedTuple):
    """A row of the table: what is typed, what is said, the exit status."""

    command: str
    message: str
    status: int


ROWS = [
    Row(command, message.replace("\\|", "|"), int(status))
    for command, message, status in re.findall(r"(?m)^\| `text-to-xbrl (.+?)` \| `(.+?)` \| (\d+) \|$", PAGE)
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the page describes."""
    monkeypatch.chdir(tmp_path)
    Path("filing.txt").write_bytes(SUBMISSION)
    Path("release.txt").write_bytes(RELEASE)
    Path("filings").mkdir()
    Path("filings/a.txt").write_bytes(RELEASE)
    Path("nothing").mkdir()
    Path("empty.txt").touch()
    Path("report.pdf").write_bytes(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 9)
    Path("scan.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9)
    Path("novel.txt").write_text("It was the best of times, it was the worst of times.\n" * 99)
    Path("holdings.txt").write_text(
        "FORM 13F INFORMATION TABLE\n\nABBOTT LABS   COM  002824100   1,234   56,789 SH\n" * 9
    )
    Path("filing.txt.bz2").write_bytes(bz2.compress(RELEASE))
    with zipfile.ZipFile("filings.zip", "w") as archive:
        archive.writestr("a.txt", RELEASE)
    Path("wrong.csv").write_text("pattern,statement,concept\ninventories,bs,Inventry\n")
    Path("unused.csv").write_text("pattern,statement,concept\nmagic beans,bs,InventoryNet\n")
    Path("undated.txt").write_text(re.sub(r"\b200\d\b", "    ", RELEASE.decode()))
    return tmp_path


def test_there_are_enough() -> None:
    assert sum(row.status > 0 for row in ROWS) >= 30
    assert len({row.command for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row.command for row in ROWS])
def test_what_is_said(folder: Path, row: Row) -> None:
    if "s3://" in row.command and importlib.util.find_spec("s3fs"):
        pytest.skip("s3fs is installed: this is what is said without it")
    if "/proc" in row.command and not Path("/proc").is_dir():
        pytest.skip("there is no /proc on this system")
    before = sorted(folder.rglob("*"))
    words = shlex.split(row.command.removesuffix(" < empty.txt"))
    result = CliRunner().invoke(program, words, input=b"")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    said = [line for line in result.stderr.splitlines() if not re.match(r" *\d+ s ", line)]
    (line,) = said
    # Formats are many, and three dots stand for some of them.
    assert re.fullmatch(".+".join(map(re.escape, row.message.split("..."))), line), line
    assert result.exit_code == row.status
    if row.status:
        assert result.stdout == ""
        assert [path for path in folder.rglob("*") if path not in before and "data" not in path.parts] == []
