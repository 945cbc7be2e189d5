"""Runs the shell commands of a page as a reader of a fresh clone would, with the programs of this environment."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from helpers.paths import ROOT

_BLOCK = re.compile(r"^(?P<indent> *)```sh\n(?P<text>.*?)^ *```$", re.M | re.S)
_COPIED = ("examples",)
_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

_SHIMS = {
    "convert": 'exec "$PYTHON" -m converter "$@"',
    "text-to-xbrl": 'exec "$PYTHON" -c "from converter.__main__ import run_program; run_program()" "$@"',
    "arelleCmdLine": 'exec "$PYTHON" -m arelle.CntlrCmdLine "$@"',
    "dask": 'exec "$PYTHON" -m distributed.cli.dask_$1 "${@:2}"',
    "mkdocs": 'exec "$PYTHON" -m mkdocs "$@"',
    "xdg-open": 'test -s "$1"',
    # What is installed here already: that the project has these extras is what is checked.
    "pip": 'exec "$PYTHON" -m helpers.shell pip "$@"',
    "pipx": 'exec "$PYTHON" -m helpers.shell pip "$@"',
    "python": 'case "$*" in "-m pytest"*) exec "$PYTHON" -m pytest --version ;; *) exec "$PYTHON" "$@" ;; esac',
    "python3": """case "$1 $2" in
    "-m venv") mkdir -p "$3" && ln -s "$SHIMS" "$3/bin" ;;
    *) exec "$PYTHON" "$@" ;;
esac""",
}


def blocks(page: str) -> list[str]:
    """Return the shell blocks of a page, without their indent."""
    return [re.sub(rf"(?m)^{match['indent']}", "", match["text"]) for match in _BLOCK.finditer(page)]


def prepare(folder: Path) -> None:
    """Make a folder like a fresh clone: examples, and links to all else that is kept."""
    for path in ROOT.iterdir():
        if path.name in _COPIED:
            shutil.copytree(path, folder / path.name)
        elif not path.name.startswith("."):
            (folder / path.name).symlink_to(path)


def run(script: str, folder: Path, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    """Run a script in bash up to the first command that fails; what it started in the background is stopped."""
    shims = folder / ".shims"
    if not shims.exists():
        shims.mkdir()
        for name, command in _SHIMS.items():
            path = shims / name
            path.write_text(f"#!/usr/bin/env bash\n{command}\n", encoding="utf-8")
            path.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{shims}:{os.environ['PATH']}",
        "PYTHON": sys.executable,
        "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}",
        "SHIMS": str(shims),
    }
    head = "set -euo pipefail\ntrap 'kill $(jobs -p) 2> /dev/null || true' EXIT\n"
    return subprocess.run(
        ["bash", "-c", head + script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
        stdin=subprocess.DEVNULL,
    )


def _pip(arguments: list[str]) -> None:
    """Stand in for pip: fails unless this project, with extras that it has, or what it depends on is asked for."""
    extras = _PROJECT["optional-dependencies"]
    requirements = [*_PROJECT["dependencies"], *(line for lines in extras.values() for line in lines)]
    known = {re.split(r"[^\w-]", line)[0] for line in requirements} | {_PROJECT["name"]}
    asked = [word for word in arguments[1:] if not word.startswith("-")]
    for word in asked:
        name, _, wanted = word.partition("[")
        if (name not in (".", *known)) or not set(filter(None, wanted.rstrip("]").split(","))) <= extras.keys():
            sys.exit(f"pip: nothing here is called {word}")


if __name__ == "__main__":
    _pip(sys.argv[2:])
