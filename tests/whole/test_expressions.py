"""No expression of the package takes more than linear time: benchmarks/ambiguity.py proves it."""

import importlib
import re
import sys
from typing import Any

import pytest
from helpers.paths import BENCHMARKS

sys.path.append(str(BENCHMARKS))
ambiguity, EXPRESSIONS = importlib.import_module("ambiguity"), [*importlib.import_module("expressions").expressions()]


@pytest.mark.slow
@pytest.mark.parametrize("expression", EXPRESSIONS, ids=lambda expression: expression.name)
def test_an_expression_of_the_package(expression: Any) -> None:
    searched = bool(expression.methods - {"match", "fullmatch"})
    slow = ambiguity.find_slow(expression.pattern, searched=searched, whole="fullmatch" in expression.methods)
    assert slow is None, f"{slow.prefix!r}, then {slow.pump!r} again and again"


_FIRST = re.compile(r"\(\?=\[[^]]+\]\)\(\?:")


def _misses(pattern: re.Pattern[str]) -> frozenset[str]:
    """The characters with which a match could begin without the class of characters in front of an expression."""
    return frozenset(ambiguity.starts(re.compile(pattern.pattern.replace("(?=", "(?!", 1), pattern.flags)))


@pytest.mark.parametrize(
    "expression", [e for e in EXPRESSIONS if _FIRST.match(e.pattern.pattern)], ids=lambda expression: expression.name
)
def test_no_first_character_is_missing(expression: Any) -> None:
    assert not _misses(expression.pattern)


@pytest.mark.parametrize(
    ("first", "missing"), [("ab4-7", {"c"}), ("ac4-7", {"b"}), ("abc4-6", {"7"}), ("abc4-7", set())]
)
def test_a_missing_first_character_is_found(first: str, missing: set[str]) -> None:
    assert _misses(re.compile(rf"(?=[{first}])(?:ax|(?<!x)b|\bcd|[4-7])")) == missing


def test_the_expressions_are_found() -> None:
    names = {expression.name for expression in EXPRESSIONS}
    assert {"tables.scanning._TAGS", "vocabulary.amounts._MASTER", "statements.position._PARENT"} <= names


@pytest.mark.parametrize(
    ("pattern", "takes_long"),
    [
        (r"\s+x", True),  # each space is a start
        (r"(?<!\s)\s+x", False),
        (r"a[^()]*b[^()]*\)", True),
        (r"\((?=[^()]*b)[^()]*\)", False),
        (r"x(?:a|aa)+y", True),
        (r"x(?:ab|c)+y", False),
        (r"xa*b*a*y", True),
        (r"x(?>a*)a*y", False),
        (r"xa{0,9}a*y", False),  # a factor, and no power
        (r"\bx\b.*\by\b", True),
    ],
)
def test_what_takes_long_is_found(pattern: str, takes_long: bool) -> None:
    assert (ambiguity.find_slow(re.compile(pattern), searched=True, whole=False) is not None) == takes_long
