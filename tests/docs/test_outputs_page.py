"""What docs/outputs.md says is so: its tables, and what changed."""

import re
from pathlib import Path

from helpers.paths import ROOT
from helpers.shell import blocks, prepare, run

from converter.outputs import FORMATS
from converter.outputs.table import FactRow

PAGE = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")


def test_every_format_is_there() -> None:
    rows = re.findall(r"^\| `([a-z]\S+)` \| (`\..*?) \| (.*?) \|$", PAGE, re.M)
    found = [(name, tuple(re.findall(r"`(\.[^`]+)`", suffixes)), title) for name, suffixes, title in rows]
    assert found == [(known.name, known.suffixes, known.title) for known in FORMATS]


def test_every_column_is_there() -> None:
    (table,) = re.findall(r"^\| column \|.*?\n\n", PAGE, re.S | re.M)
    cells = " ".join(row.split("|")[1] for row in table.strip().splitlines()[2:])
    assert re.findall(r"`([a-z_]+)`", cells) == list(FactRow.__struct_fields__)


def test_what_changed_is_said(tmp_path: Path) -> None:
    """The answer that the page shows is that of its last block."""
    prepare(tmp_path)
    (said,) = re.findall(r"```text\n(.*?)```", PAGE, re.S)
    assert run(blocks(PAGE)[-1], tmp_path).stdout == said
