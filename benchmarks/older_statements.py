"""The labelled statements of 1993 to 2009 in `training/`: what each printed row means, decided by reading the filing.

`training/README.md` describes the files. Companies are put into seven folds, by their names, as those of the statements
of 2010 are: whoever learns from some folds is tested on the others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from converter.filing.lines import TextSpan
from converter.statements.model import Column, Figure, LineItem, Origin, Qualifier, Statement, StatementKind, UnitKind
from converter.vocabulary.amounts import Amount
from converter.vocabulary.periods import Duration, Instant, Period

FOLDER = Path(__file__).parents[1] / "training"
FOLD_COUNT = 7
NONE, MISREAD = "none", "bad"
OTHER_TAXONOMY = "us-gaap:"
"""Prefix of elements that our taxonomy does not have."""


class Reading(StrEnum):
    """How a row got its label."""

    READ = "read"
    TWICE = "twice"
    """By two readers who did not see each other's labels."""
    SAME = "same"
    """The same caption in the same place of another filing of the company has been read."""
    NOT = ""
    """It has none."""


@dataclass(frozen=True, slots=True)
class RowLabel:
    """What a row means: the best concept (or `none`, or `bad` for a row that was misread) and what else is accepted."""

    line: int
    concept: str
    also: frozenset[str]
    reading: Reading

    @property
    def accepted(self) -> frozenset[str]:
        """All names that are right for the row, `none` among them if no concept is right, too."""
        return self.also | {self.concept}


@dataclass(frozen=True, slots=True)
class LabelledStatement:
    """A statement as it was read, with a label for each of its items."""

    company: str
    filing: str
    fold: int
    statement: Statement
    labels: tuple[RowLabel, ...]


def read_older_statements(folder: Path = FOLDER) -> list[LabelledStatement]:
    """Read all statements, by company. Raises ValueError naming file and line if one of them cannot be read."""
    found: list[LabelledStatement] = []
    for index, path in enumerate(sorted(folder.glob("*.tsv"))):
        found += _statements_of(path, index % FOLD_COUNT)
    return found


def _statements_of(path: Path, fold: int) -> Iterator[LabelledStatement]:
    company = filing = ""
    head: list[str] = []
    items: list[LineItem] = []
    labels: list[RowLabel] = []
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), "#"], 1):
        if head and line.startswith(("#", "@")):
            yield LabelledStatement(company, filing, fold, _statement(head, items), tuple(labels))
            head, items, labels = [], [], []
        try:
            if line.startswith("# company: "):
                company = line.removeprefix("# company: ")
            elif line.startswith("# filing: "):
                filing = line.removeprefix("# filing: ")
            elif line.startswith("@"):
                head = line[1:].split("\t")
            elif line != "#":
                item, label = _row(line.split("\t"))
                items.append(item)
                labels.append(label)
        except (ValueError, KeyError, ArithmeticError) as error:
            raise ValueError(f"{path.name}, line {number}: {error}") from error


def _statement(head: Sequence[str], items: Sequence[LineItem]) -> Statement:
    kind, title, marks, currency, *columns = head
    names = marks.split(",") if marks else []
    origin = next((Origin(name) for name in names if name in set(Origin)), Origin.PRIMARY)
    qualifier = next((Qualifier(name) for name in names if name in set(Qualifier)), None)
    return Statement(
        StatementKind(kind), title, 0, currency, tuple(map(_column, columns)), tuple(items), qualifier, origin=origin
    )


def _column(text: str) -> Column:
    period, _, qualifier = text.partition("~")
    return Column(_period(period), period, Qualifier(qualifier) if qualifier else None)


def _period(text: str) -> Period:
    first, _, last = text.partition("/")
    start = date.fromisoformat(first)
    return Duration(start, date.fromisoformat(last)) if last else Instant(start)


def _row(cells: Sequence[str]) -> tuple[LineItem, RowLabel]:
    line, sections, caption, unit, indent, figures, concept, also, reading = cells
    item = LineItem(
        caption,
        tuple(sections.split(" > ")) if sections else (),
        int(indent.rstrip("_")),
        indent.endswith("_"),
        UnitKind(unit),
        tuple(map(_figure, figures.split())),
        TextSpan(0, int(line), 0, 0),
    )
    return item, RowLabel(int(line), concept, frozenset(also.split("|")) - {""}, Reading(reading))


def _figure(text: str) -> Figure | None:
    if text == ".":
        return None
    value = Decimal(text)
    decimals = -int(value.as_tuple().exponent)
    return Figure(value, decimals, Amount(value, decimals), TextSpan(0, 0, 0, 0))
