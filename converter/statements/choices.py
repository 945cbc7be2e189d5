"""What became of each table that could be one of the registrant's statements, for people to read."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from converter.filing import Filing
from converter.statements.model import StatementKind
from converter.statements.selection import Candidate, Selection


class Choice(Struct, frozen=True):
    """A statement that was chosen, or left out, with all that speaks for and against it, in words.

    `line` is the 1-based line of the file where its table begins. `instead` is that line of the statement that was
    chosen instead, None for a chosen one; a `rival` has other totals than that, otherwise there is just less for it.
    """

    kind: StatementKind
    title: str
    line: int
    evidence: tuple[str, ...]
    instead: int | None = None
    rival: bool = False


def choices_of(filing: Filing, candidates: Sequence[Candidate], selection: Selection) -> Iterator[Choice]:
    """Yield the choices of a selection among these candidates: first those chosen, in printed order."""
    numbers = {id(candidate): number for number, candidate in enumerate(candidates)}
    for candidate in selection.chosen:
        statement = candidate.statement
        evidence = selection.evidence.get(numbers[id(candidate)], ())
        about = [] if statement.qualifier is None else [str(statement.qualifier)]
        yield Choice(statement.kind, statement.title, first_line(filing, candidate), (*about, *evidence))
    for rejected in selection.rejected:
        statement = rejected.candidate.statement
        yield Choice(
            statement.kind,
            statement.title,
            first_line(filing, rejected.candidate),
            rejected.evidence,
            first_line(filing, rejected.instead),
            rejected.rival,
        )


def first_line(filing: Filing, candidate: Candidate) -> int:
    """Return the 1-based line of the file where the table of a candidate begins."""
    lines = filing.documents[candidate.statement.document].lines
    return lines[candidate.drafts[0].block.lines[0].index].number
