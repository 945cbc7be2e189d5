"""What the small commands do: concepts, differences, a dataset's report and manifest, the taxonomy's package."""

from typing import TYPE_CHECKING

import click

from converter.cli.datasets import rebuild_manifest as rebuild
from converter.cli.datasets import show_report
from converter.cli.endings import Failure, Limits, Misuse, file_errors
from converter.cli.files import write_taxonomy

if TYPE_CHECKING:
    from converter.report import Report

__all__ = ["rebuild", "show_concepts", "show_differences", "show_report", "write_taxonomy"]


def show_concepts(words: str) -> None:
    """Print the concepts that contain these words. Raises Failure if there is none."""
    from converter.cli.presentation import concept_lines, find_concepts, terminal_width

    matches = find_concepts(words)
    if not matches:
        raise Failure("no concept has these words in its name, labels or documentation", words, "try fewer words")
    for line in concept_lines(matches, terminal_width()):
        click.echo(line)


def show_differences(old: str, new: str, limits: Limits) -> None:
    """Print in which facts two files differ that were written before."""
    from converter.loading import compare, comparison_lines

    reports = _load(old, limits), _load(new, limits)
    for line in comparison_lines(compare(*reports)):
        click.echo(line)


def _load(name: str, limits: Limits) -> "Report":
    from converter.loading import NotOurs, load

    try:
        with file_errors(name), limits.of_memory(name), limits.of_time(name):
            return load(name)
    except NotOurs as problem:
        reason = str(problem).removeprefix(f"{name}: ")
        remedy = "name two files that convert has written, such as old.xml new.xml"
        raise Misuse(f"not a file of this program ({reason})", name, remedy) from None
    except ImportError as problem:
        raise Misuse(f"needs {problem.name}", name, f"python -m pip install {problem.name}") from None
