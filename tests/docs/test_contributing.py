"""CONTRIBUTING.md: the places that it sends a newcomer to exist."""

import ast
import re

import pytest
from helpers.paths import ROOT

PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"(?m)^\| (.+?) \| `(converter/[\w/]+\.py)`(?:: (.+?))? \|$", PAGE)


def names_in(module: str) -> set[str]:
    """What a module defines at its top."""
    found: set[str] = set()
    for node in ast.parse((ROOT / module).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found.update(ast.unparse(target) for target in node.targets)
        elif isinstance(node, ast.AnnAssign):
            found.add(ast.unparse(node.target))
    return found


def test_there_are_enough_questions() -> None:
    assert len({question for question, *_ in QUESTIONS}) >= 24


@pytest.mark.parametrize(("question", "module", "names"), QUESTIONS, ids=[question for question, *_ in QUESTIONS])
def test_the_place_exists(question: str, module: str, names: str) -> None:
    assert set(re.findall(r"`(\w+)`", names)) <= names_in(module)
