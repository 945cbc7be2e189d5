"""The house: data flows one way, only the command knows the terminal, and nothing slow is loaded early."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.paths import PACKAGE

PACKAGES = (
    "vocabulary",
    "filing",
    "tables",
    "statements",
    "sums",
    "taxonomy",
    "mapping",
    "report",
    "asides",
    "normalised",
    "pipeline",
    "outputs",
    "loading",
    "archive",
    "cli",
)
"""The order that docs/architecture.md gives."""
SERVICES = {"limits", "resources"}
"""Modules that serve all packages."""

PATHS = sorted(path for path in PACKAGE.rglob("*.py") if "_data" not in path.parts)


def module(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path, everywhere: bool) -> Iterator[str]:
    """The modules that a file imports: at its top, or (`everywhere`) inside of functions too; never for types only."""
    known = {module(other) for other in PATHS}
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        if isinstance(node, ast.FunctionDef) and not everywhere:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            base = node.module or ""
            for alias in node.names:
                name = f"{base}.{alias.name}"
                yield name if name in known else base
        waiting.extend(ast.iter_child_nodes(node))


GRAPH = {module(path): set(imported(path, everywhere=True)) - {"converter"} for path in PATHS}


def room(name: str) -> str:
    return name.split(".")[1] if name.startswith("converter.") else ""


def test_no_import_cycles() -> None:
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join((*above[above.index(name) :], name))
        if name not in done:
            for other in sorted(GRAPH.get(name, ())):
                if other != name:
                    visit(other, (*above, name))
            done.add(name)

    for name in GRAPH:
        visit(name, ())


def test_a_package_knows_only_the_packages_before_it() -> None:
    rank = {name: number for number, name in enumerate(PACKAGES)}
    arrows = {(room(source), room(other)) for source, others in GRAPH.items() for other in others}
    arrows -= {(one, other) for one, other in arrows if one == other or SERVICES & {one, other} or not one}
    assert {name for arrow in arrows for name in arrow} - {""} <= {*rank, "__main__"}
    assert not [arrow for arrow in sorted(arrows) if rank.get(arrow[1], -1) > rank.get(arrow[0], 99)]


def test_packages_use_what_others_make_public() -> None:
    """Names of another package come from its `__init__`, and stand in its `__all__`."""
    wrong = []
    for path in PATHS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("converter."):
                continue
            package, *inside = (node.module or "").split(".")[1:]
            if package == room(module(path)) or package not in PACKAGES or package == "pipeline":
                continue
            public = importlib.import_module(f"converter.{package}").__all__
            wrong += [
                (module(path), node.module, alias.name) for alias in node.names if inside or alias.name not in public
            ]
    assert not wrong


@pytest.mark.parametrize("library", ["click", "argparse"])
def test_only_the_command_knows_the_terminal(library: str) -> None:
    users = {name for name, others in GRAPH.items() if any(other.split(".")[0] == library for other in others)}
    assert all(user.startswith("converter.cli") for user in users)


@pytest.mark.parametrize("path", PATHS, ids=module)
def test_nothing_else_prints_or_exits(path: Path) -> None:
    if "cli" in path.parts or path.name == "__main__.py":
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            assert ast.unparse(node.func) not in ("print", "exit", "sys.exit", "os._exit"), ast.unparse(node)


@pytest.mark.parametrize(
    ("statement", "banned"),
    [
        ("import converter", "click,jinja2,xmlschema,lxml,arelle,converter.filing.reader"),
        ("import converter.cli", "jinja2,xmlschema,lxml,arelle,converter.filing.reader"),
        ("import converter.pipeline", "click,xmlschema,arelle"),
    ],
)
def test_what_is_slow_is_loaded_late(statement: str, banned: str) -> None:
    program = f"{statement}; import sys; print(*set({banned!r}.split(',')) & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert not done.stdout.strip()
