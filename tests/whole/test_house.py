"""The size of modules and functions, and what their regular expressions may not do."""

import ast
import re
from pathlib import Path

import pytest
from helpers.paths import PACKAGE

MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "_data" not in path.parts)
NAMES = [path.relative_to(PACKAGE).as_posix() for path in MODULES]
LONGEST_MODULE, LONGEST_FUNCTION = 400, 60


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_a_module_fits_one_reading(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno < LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("path", MODULES, ids=NAMES)
def test_no_group_repeats_possessively(path: Path) -> None:
    """Python before 3.11.5 forgets where such a repeat ended (https://github.com/python/cpython/issues/106052)."""
    assert not re.findall(r"(?<!\\)\)(?:[*+?]|\{[\d,]+\})\+", path.read_text(encoding="utf-8"))
