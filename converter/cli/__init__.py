"""The command line: the only package that uses click, the terminal and exit codes."""

from converter.cli.command import main

__all__ = ["main"]
