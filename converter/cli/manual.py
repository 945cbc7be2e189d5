"""The manual, made of the help: as a man page and as a page of the documentation."""

import inspect
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import click

from converter.cli.endings import PROGRAM


class _Section(NamedTuple):
    """The help of one command: its paragraphs are prose, or lines that stay as they are."""

    name: str
    usage: str
    paragraphs: Sequence[str]
    options: Sequence[tuple[str, str]]
    epilog: Sequence[str]


def man_page(program: click.Group) -> str:
    """Return the manual of a group of commands as troff."""
    overview, *commands = _sections(program)
    lines = [f'.TH {PROGRAM.upper()} 1 "" "" "User commands"', ".SH NAME"]
    lines += [f"{_troff(PROGRAM)} \\- {_troff(_summary(overview))}", ".SH SYNOPSIS", f".B {_troff(overview.usage)}"]
    lines += [".SH DESCRIPTION", *_troff_of(overview), ".SH COMMANDS"]
    for section in commands:
        lines += [f'.SS "{_troff(section.usage)}"', *_troff_of(section)]
    return "\n".join(lines) + "\n"


def markdown_page(program: click.Group) -> str:
    """Return the manual of a group of commands as Markdown."""
    overview, *commands = _sections(program)
    lines = [
        "# Commands",
        "",
        "This page is the help of the commands, as `text-to-xbrl manual --markdown` prints it.",
        "",
    ]
    lines += _markdown_of(overview)
    for section in commands:
        lines += [f"## {section.name}", "", "```text", section.usage, "```", "", *_markdown_of(section)]
    return "\n".join(lines).rstrip() + "\n"


def _sections(program: click.Group) -> Iterator[_Section]:
    context = click.Context(program, info_name=PROGRAM, **program.context_settings)
    yield _section(program, context)
    for name in program.list_commands(context):
        command = program.get_command(context, name)
        if command is not None and not command.hidden:
            yield _section(command, click.Context(command, context, name, **command.context_settings))


def _section(command: click.Command, context: click.Context) -> _Section:
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    parameters = (parameter for parameter in command.get_params(context) if isinstance(parameter, click.Option))
    records = (parameter.get_help_record(context) for parameter in parameters)
    options = [record for record in records if record is not None]
    return _Section(command.name or "", usage, _paragraphs(command.help), options, _paragraphs(command.epilog))


def _paragraphs(text: str | None) -> Sequence[str]:
    return [paragraph.strip("\n") for paragraph in re.split(r"\n[ \t]*\n", inspect.cleandoc(text or ""))]


def _summary(section: _Section) -> str:
    return section.paragraphs[0].rstrip(".")


def _is_verbatim(paragraph: str) -> bool:
    return paragraph.startswith("\b")


def _verbatim(paragraph: str) -> str:
    return paragraph.removeprefix("\b").strip("\n")


def _troff(text: str) -> str:
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line.startswith((".", "'")) else line for line in escaped.splitlines())


def _troff_of(section: _Section) -> Iterator[str]:
    yield from _troff_paragraphs(section.paragraphs)
    for option, text in section.options:
        yield from (".TP", f".B {_troff(option)}", _troff(text))
    yield from _troff_paragraphs(section.epilog)


def _troff_paragraphs(paragraphs: Sequence[str]) -> Iterator[str]:
    for paragraph in filter(None, paragraphs):
        if _is_verbatim(paragraph):
            yield from (".PP", ".nf", _troff(_verbatim(paragraph)), ".fi")
        else:
            yield from (".PP", _troff(paragraph))


def _markdown_of(section: _Section) -> Iterator[str]:
    yield from _markdown_paragraphs(section.paragraphs)
    if section.options:
        yield from ("| option | |", "|---|---|")
        yield from (f"| `{option}` | {text.replace('|', chr(92) + '|')} |" for option, text in section.options)
        yield ""
    yield from _markdown_paragraphs(section.epilog)


def _markdown_paragraphs(paragraphs: Sequence[str]) -> Iterator[str]:
    for paragraph in filter(None, paragraphs):
        yield from ("```text", _verbatim(paragraph), "```", "") if _is_verbatim(paragraph) else (paragraph, "")
