"""The commands of `text-to-xbrl` beside `convert`."""

import sys
from pathlib import Path

import click

from converter.cli import answers
from converter.cli.endings import PROGRAM, Failure, Limits
from converter.cli.options import FILE, HELP, OneLine, ReadingOptions, reading_options


@click.command(cls=OneLine, context_settings=HELP, no_args_is_help=True)
@click.argument("source", metavar="INPUT", type=FILE)
@click.option("--doubtful", is_flag=True, help="Show only the rows whose concept is not certain.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@reading_options
def explain(source: str, doubtful: bool, as_json: bool, reading: ReadingOptions) -> None:
    """Show which concept each row of a filing gets, how sure that is, and why.

    INPUT is a filing as for convert; - reads standard input. Nothing is written.

    \b
    Examples:
      text-to-xbrl explain 10q.txt
      text-to-xbrl explain 10q.txt --doubtful
      text-to-xbrl explain 10q.txt --json > rows.json
    """
    from converter.cli import explanation
    from converter.cli.reading import read_filing

    found = read_filing(source, reading.options(), reading.overrides, reading.limits(), reading.index)
    if as_json:
        click.echo(explanation.rows_json(found, doubtful))
    else:
        explanation.show(found, doubtful)


@click.command(cls=OneLine, context_settings=HELP, no_args_is_help=True)
@click.argument("source", metavar="INPUT", type=FILE)
@click.option("-o", "--output", type=FILE, metavar="FILE", help="The page to write. [default: INPUT.review.html]")
@click.option("--open/--no-open", "opens", default=None, help="Show the page in a browser. [default: at a terminal]")
@reading_options
def review(source: str, output: str | None, opens: bool | None, reading: ReadingOptions) -> None:
    """Convert a filing into a page to check it by, and open it in the browser.

    The page is an Inline XBRL document: the source with every figure marked, beside the statements made of it.

    \b
    Examples:
      text-to-xbrl review 10q.txt
      text-to-xbrl review 10q.txt -o 10q.html --no-open
    """
    from converter.cli.files import FilingFiles
    from converter.cli.single import FilingJob, convert_one

    page = output or ("review.html" if source == "-" else str(Path(source).with_suffix(".review.html")))
    files = FilingFiles(source, page, reading.overrides, None, None, reading.index)
    convert_one(FilingJob(files, "html", reading.options(), reading.limits()))
    if page != "-" and (sys.stderr.isatty() if opens is None else opens):
        click.launch(Path(page).resolve().as_uri())


@click.command(cls=OneLine, context_settings=HELP, no_args_is_help=True)
@click.argument("words", nargs=-1, required=True)
def concepts(words: tuple[str, ...]) -> None:
    """List the taxonomy's concepts that contain all of these words.

    They are looked for in names, labels and documentation.

    \b
    Example:
      text-to-xbrl concepts accounts receivable
    """
    answers.show_concepts(" ".join(words))


@click.command(cls=OneLine, context_settings=HELP, no_args_is_help=True)
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
def diff(old: str, new: str) -> None:
    """Say in which facts two files differ that convert has written.

    They may have different formats.

    \b
    Example:
      text-to-xbrl diff before.xml after.json
    """
    answers.show_differences(old, new, Limits())


@click.command(cls=OneLine, context_settings=HELP, no_args_is_help=True)
@click.argument("folder", type=FILE)
def report(folder: str) -> None:
    """Say what is in a dataset, as text and as FOLDER/report.html.

    FOLDER is what `convert ... -o FOLDER/` has made: rates, checks, findings, captions without a concept.

    \b
    Example:
      text-to-xbrl report data/
    """
    answers.show_report(folder)


@click.command(cls=OneLine, context_settings=HELP, no_args_is_help=True)
@click.argument("folder", type=FILE)
@click.option("--manifest", type=FILE, metavar="FILE", help="Where the manifest is. [default: in FOLDER]")
def rebuild(folder: str, manifest: str | None) -> None:
    """Make the manifest of a dataset again, from its tables, when it is damaged or lost.

    \b
    Example:
      text-to-xbrl rebuild data/
    """
    answers.rebuild(folder, manifest or "")


@click.command(cls=OneLine, context_settings=HELP, no_args_is_help=True)
@click.argument("file", type=FILE)
def taxonomy(file: str) -> None:
    """Write the taxonomy as a package (zip), with which Arelle and other XBRL tools work offline.

    \b
    Example:
      text-to-xbrl taxonomy ttx.zip
    """
    answers.write_taxonomy(file)


@click.command(cls=OneLine, context_settings=HELP, no_args_is_help=True)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print a script that makes a shell complete commands, options and files.

    \b
    Add one of these to the file that your shell reads at its start:
      eval "$(text-to-xbrl completion bash)"     ~/.bashrc
      eval "$(text-to-xbrl completion zsh)"      ~/.zshrc
      text-to-xbrl completion fish | source      ~/.config/fish/config.fish
    """
    from click.shell_completion import get_completion_class

    from converter.cli.program import program

    kind = get_completion_class(shell)
    if kind is None:
        raise Failure("no completion for this shell", shell)
    click.echo(kind(program, {}, PROGRAM, "_TEXT_TO_XBRL_COMPLETE").source())


@click.command(cls=OneLine, context_settings=HELP, hidden=True)
@click.option("--markdown", is_flag=True, help="Print Markdown instead.")
def manual(markdown: bool) -> None:
    """Print the man page, made of the help of all commands."""
    from converter.cli.manual import man_page, markdown_page
    from converter.cli.program import program

    click.echo(markdown_page(program) if markdown else man_page(program), nl=False)
