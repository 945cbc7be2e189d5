"""The corpus that the mapper is trained and measured on. It is not part of the project; its folder is an argument.

The folder contains

- `labels.tsv`: statement, label, element, negated flag, and for each of seven folds of companies the number of
  statements in which the label stood for the element ("(extension)" for a company's own);
- `statements.gold`: whole statements in printed order. `# doc:` begins a document and `# fold: 3` is the fold of its
  company; `@is scale=1000 periods=...` begins a statement, a period being a day or `first/last`; a row is
  `label ; Element|Accepted ; unit ; values`, where `*` accepts anything, because the element is the company's own,
  and `.` stands for a blank cell. Values are not multiplied by the scale and have the sign of the element.

Single releases have files of the same format beside them: `NAME.gold`, whose `# doc:` is the release's file.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from converter.statements.model import StatementKind, UnitKind

FOLDS = range(7)
UNITS = {"USD": UnitKind.MONETARY, "shares": UnitKind.SHARES, "USD/shares": UnitKind.PER_SHARE, "pure": UnitKind.PURE}


@dataclass(frozen=True, slots=True)
class Label:
    """A label of one statement, the element it stood for ("" for a company's own) and how often in each fold.

    `negated` means that the printed figure was the negated value of the element.
    """

    kind: StatementKind
    text: str
    element: str
    negated: bool
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a statement; `accepted` is empty if no standard element fits, a value is "." for a blank cell."""

    label: str
    accepted: frozenset[str]
    unit: UnitKind
    values: tuple[str, ...]

    @property
    def count(self) -> int:
        """The number of values that are not blank."""
        return sum(value != "." for value in self.values)


@dataclass(frozen=True, slots=True)
class TaggedStatement:
    """A statement of a company in `fold`; its amounts of money and of shares are in units of `scale`."""

    document: str
    fold: int
    kind: StatementKind
    scale: Decimal
    periods: tuple[str, ...]
    rows: tuple[Row, ...]


def read_labels(folder: Path) -> list[Label]:
    """Read `labels.tsv`."""
    with (folder / "labels.tsv").open(encoding="utf-8", newline="") as stream:
        return [
            Label(
                StatementKind(row["statement"].lower()),
                row["label"],
                "" if row["element"] == "(extension)" else row["element"],
                row["negated"] == "1",
                tuple(int(row[f"fold{fold}"] or 0) for fold in FOLDS),
            )
            for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def read_statements(folder: Path) -> list[TaggedStatement]:
    """Read `statements.gold`."""
    return read_gold(folder / "statements.gold")


def read_gold(path: Path) -> list[TaggedStatement]:
    """Read the statements of a gold file. Raises ValueError if a row does not have a value for each period."""
    return list(_statements(path.read_text(encoding="utf-8").splitlines()))


class _Header(NamedTuple):
    """The line that begins a statement."""

    kind: StatementKind
    scale: Decimal
    periods: tuple[str, ...]


def _statements(lines: list[str]) -> Iterator[TaggedStatement]:
    document, fold = "", 0
    header: _Header | None = None
    rows: list[Row] = []
    for line in [*lines, "# doc:"]:
        if header is not None and line.startswith(("# doc:", "@")):
            yield TaggedStatement(document, fold, *header, tuple(rows))
            header, rows = None, []
        if line.startswith("# doc:"):
            document = line.removeprefix("# doc:").strip()
        elif line.startswith("# fold:"):
            fold = int(line.removeprefix("# fold:"))
        elif line.startswith("@"):
            header = _header(line)
        elif line and not line.startswith("#") and header is not None:
            rows.append(_row(line, len(header.periods)))


def _header(line: str) -> _Header:
    kind, scale, periods = line.removeprefix("@").split(maxsplit=2)
    period_texts = tuple(periods.removeprefix("periods=").split())
    return _Header(StatementKind(kind), Decimal(scale.removeprefix("scale=")), period_texts)


def _row(line: str, columns: int) -> Row:
    label, accepted, unit, *values = (part.strip() for part in line.split(";"))
    if len(values) != columns:
        raise ValueError(f"{label!r} has {len(values)} values for {columns} periods")
    names = frozenset(accepted.split("|"))
    return Row(label, frozenset() if "*" in names else names, UNITS[unit], tuple(values))
