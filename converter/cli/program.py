"""The command `text-to-xbrl`: a group of commands, each imported when it is asked for."""

import os
from collections.abc import Mapping
from importlib import import_module

import click

from converter import __version__
from converter.cli.endings import PROGRAM, Misuse, usage_errors
from converter.cli.options import HELP, OneLine

COMMANDS: Mapping[str, str] = {
    "convert": "converter.cli.command:main",
    "explain": "converter.cli.commands:explain",
    "review": "converter.cli.commands:review",
    "concepts": "converter.cli.commands:concepts",
    "diff": "converter.cli.commands:diff",
    "report": "converter.cli.commands:report",
    "rebuild": "converter.cli.commands:rebuild",
    "taxonomy": "converter.cli.commands:taxonomy",
    "completion": "converter.cli.commands:completion",
    "manual": "converter.cli.commands:manual",
}
"""The commands in the order of the help: name -> module:object."""

_EPILOG = """\b
Start with:
  text-to-xbrl review filing.txt                 a page to check a filing by
  text-to-xbrl convert filing.txt -o filing.xml  the XBRL instance
  text-to-xbrl explain filing.txt --doubtful     rows of uncertain concept

The exit status is 0 if all went well, 1 if there was nothing to convert, 2 for wrong usage, 4 for a filing that takes
too much time or memory; `text-to-xbrl convert --help` has them all.
"""


class _Program(OneLine, click.Group):
    """A group whose commands are imported late, and which knows that a file is no command."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and os.path.exists(args[0]):
            raise Misuse("a file is no command", args[0], f"{PROGRAM} convert {args[0]}, or {PROGRAM} review {args[0]}")
        with usage_errors(ctx.command_path):
            return super().resolve_command(ctx, args)


@click.group("text-to-xbrl", cls=_Program, context_settings=HELP, epilog=_EPILOG)
@click.version_option(__version__, message=f"{PROGRAM} %(version)s")
def program() -> None:
    """Financial reports that companies filed as text or HTML (SEC, 1993-2009), as XBRL and as data.

    Each command has a help of its own: text-to-xbrl COMMAND --help.
    """
