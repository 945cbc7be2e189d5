"""Options of `convert` that are commands of `text-to-xbrl` now: they work as they did, out of the help, with a hint."""

import click
from msgspec import Struct

from converter.cli.endings import PROGRAM, Limits
from converter.cli.options import FILE, grouped


class FormerOptions(Struct, frozen=True):
    """What was asked for by an option that is a command now; None or False if not given."""

    explain: bool
    concepts: str | None
    diff: tuple[str, str] | None
    report: str | None
    rebuild: str | None
    taxonomy_package: str | None

    def hint(self, sources: tuple[str, ...]) -> None:
        """Say on standard error which command does the same, a line for each option that is given."""
        shown = sources[0] if len(sources) == 1 else "FILE"
        commands = (
            ("--explain", self.explain, f"explain {shown}"),
            ("--concepts", self.concepts is not None, f'concepts "{self.concepts}"'),
            ("--diff", self.diff is not None, f"diff {' '.join(self.diff or ())}"),
            ("--report", self.report is not None, f"report {self.report}"),
            ("--rebuild", self.rebuild is not None, f"rebuild {self.rebuild}"),
            ("--taxonomy-package", self.taxonomy_package is not None, f"taxonomy {self.taxonomy_package}"),
        )
        if not any(is_given for _, is_given, _ in commands):
            return
        from converter.archive import without_password

        for option, is_given, command in commands:
            if is_given:
                shown = without_password(f"{PROGRAM} {command}")
                click.echo(f"{PROGRAM}: this option is a command now: {option}: {shown}", err=True)

    def answer(self, sources: tuple[str, ...], limits: Limits, manifest: str) -> bool:
        """Do what needs no filing; return whether the command is finished."""
        from converter.cli import answers

        if self.rebuild is not None:
            answers.rebuild(self.rebuild, manifest)
        elif self.concepts is not None:
            answers.show_concepts(self.concepts)
        elif self.diff is not None:
            answers.show_differences(*self.diff, limits)
        elif self.report is not None:
            answers.show_report(self.report)
        elif self.taxonomy_package is not None and not sources:
            answers.write_taxonomy(self.taxonomy_package)
        else:
            return False
        return True


former_options = grouped(
    "former",
    FormerOptions,
    (
        click.option("--explain", is_flag=True, hidden=True),
        click.option("--concepts", hidden=True),
        click.option("--diff", nargs=2, type=FILE, hidden=True),
        click.option("--report", type=FILE, hidden=True),
        click.option("--rebuild", type=FILE, hidden=True),
        click.option("--taxonomy-package", type=FILE, hidden=True),
    ),
)
