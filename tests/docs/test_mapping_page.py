"""What docs/mapping.md says is so."""

import re
from pathlib import Path

from helpers.paths import ROOT

from converter.mapping import Override, read_overrides
from converter.mapping.choice import MIN_CONFIDENCE
from converter.pipeline import load_overrides

PAGE = (ROOT / "docs" / "mapping.md").read_text(encoding="utf-8")


def test_the_threshold_is_the_one_explained() -> None:
    assert f"`MIN_CONFIDENCE` in `choice.py` is {MIN_CONFIDENCE}." in PAGE


def test_the_table_of_mappings_can_be_used(tmp_path: Path) -> None:
    (table,) = re.findall(r"(?m)^    pattern,statement,concept\n(?:    .*\n)+", PAGE)
    path = tmp_path / "mine.csv"
    path.write_text(re.sub(r"(?m)^    ", "", table), encoding="utf-8")
    found = load_overrides(path)
    assert found == read_overrides(path, ["InventoryNet", "Revenues"])
    assert [type(one) for one in found] == [Override] * 3


def test_every_module_and_script_named_is_there() -> None:
    modules = {path.name for path in (ROOT / "converter" / "mapping").glob("*.py")}
    named = set(re.findall(r"(?m)^\| \d+ \| `(\w+\.py)`", PAGE))
    assert named <= modules
    assert modules - named == {"__init__.py", "mapper.py", "result.py", "statements.py", "weights.py"}
    assert all((ROOT / name).exists() for name in re.findall(r"benchmarks/\w+\.\w+", PAGE))
