"""docs/findings.md lists every code, with the severities that the program gives it."""

import ast
import re

from helpers.paths import PACKAGE, ROOT

from converter.vocabulary.findings import Code, Severity

PAGE = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"(?m)^\| `([a-z-]+)` \| ([a-z, ]+) \| ", PAGE))


def given() -> dict[str, set[str]]:
    """Code -> the severities that stand beside it in a call somewhere in the package."""
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                names = [ast.unparse(argument) for argument in node.args]
                codes = [Code[name.removeprefix("Code.")] for name in names if name.startswith("Code.")]
                severities = {name.removeprefix("Severity.").lower() for name in names if name.startswith("Severity.")}
                for code in codes:
                    found.setdefault(code, set()).update(severities)
    return found


def test_every_code_is_explained() -> None:
    assert set(ROWS) == {code.value for code in Code}


def test_every_code_is_used_with_the_severities_that_are_given_for_it() -> None:
    used = given()
    assert set(used) == {code.value for code in Code}
    for code, severities in used.items():
        assert severities <= set(ROWS[code].split(", ")), code


def test_every_severity_is_explained() -> None:
    assert re.findall(r"(?m)^\| `(info|warning|error)` \|", PAGE) == [severity.value for severity in Severity]
