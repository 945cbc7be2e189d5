"""The command: the only package that knows click, the terminal and exit statuses."""

from converter.cli.command import main

__all__ = ["main"]
