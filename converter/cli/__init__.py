"""The command line: the only package that uses click, the terminal and exit codes."""

from converter.cli.command import main
from converter.cli.program import program

__all__ = ["main", "program"]
