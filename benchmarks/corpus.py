"""The material that the mapper learns from and is measured on; no part of the project, its folder is an argument.

The folder holds

- `labels.tsv`: statement, label, element, negated flag, and in how many statements of each of seven folds of
  companies the label stood for the element ("(extension)" for a company's own);
- `statements.gold`: whole statements in printed order. `# doc:` begins a document and `# fold: 3` names the fold of
  its company; `@is scale=1000 periods=...` begins a statement, a period being a day or `first/last`; a row is
  `label ; Element|Accepted ; unit ; values`, where `*` says that anything is accepted, for the element is the
  company's own, and `.` stands for a blank cell. Values are before the scale and have the sign of the element.

Single releases come with files of the same format beside them: `NAME.gold`, whose `# doc:` is the release's file.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from converter.statements.model import StatementKind, UnitKind

FOLDS = range(7)
UNITS = {"USD": UnitKind.MONETARY, "shares": UnitKind.SHARES, "USD/shares": UnitKind.PER_SHARE, "pure": UnitKind.PURE}


@dataclass(frozen=True, slots=True)
class Label:
    """A label of one statement, the element it stood for ("" for a company's own) and how often in each fold.

    `negated` says that the printed figure was the element's value with the sign changed.
    """

    kind: StatementKind
    text: str
    element: str
    negated: bool
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a statement; `accepted` is empty where no standard element fits. `values` are texts, "." is blank."""

    label: str
    accepted: frozenset[str]
    unit: UnitKind
    values: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many values the row has."""
        return sum(value != "." for value in self.values)


@dataclass(frozen=True, slots=True)
class Tagged:
    """A statement of a company of this fold; `scale` is what its money and shares are counted in."""

    document: str
    fold: int
    kind: StatementKind
    scale: Decimal
    periods: tuple[str, ...]
    rows: tuple[Row, ...]


def read_labels(folder: Path) -> list[Label]:
    """All labels of `labels.tsv`."""
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


def read_statements(folder: Path) -> list[Tagged]:
    """All statements of `statements.gold`."""
    return read_gold(folder / "statements.gold")


def read_gold(path: Path) -> list[Tagged]:
    """All statements of a file. Raises ValueError where one does not have a value for each of its periods."""
    return list(_statements(path.read_text(encoding="utf-8").splitlines()))


def _statements(lines: list[str]) -> Iterator[Tagged]:
    document, fold = "", 0
    head: tuple[StatementKind, Decimal, tuple[str, ...]] | None = None
    rows: list[Row] = []
    for line in [*lines, "# doc:"]:
        if head is not None and line.startswith(("# doc:", "@")):
            yield Tagged(document, fold, *head, tuple(rows))
            head, rows = None, []
        if line.startswith("# doc:"):
            document = line.removeprefix("# doc:").strip()
        elif line.startswith("# fold:"):
            fold = int(line.removeprefix("# fold:"))
        elif line.startswith("@"):
            kind, scale, periods = line.split(maxsplit=2)
            whole = tuple(periods.removeprefix("periods=").split())
            head = StatementKind(kind.removeprefix("@")), Decimal(scale.removeprefix("scale=")), whole
        elif line and not line.startswith("#") and head is not None:
            rows.append(_row(line, len(head[2])))


def _row(line: str, columns: int) -> Row:
    label, accepted, unit, *values = (part.strip() for part in line.split(";"))
    if len(values) != columns:
        raise ValueError(f"{label!r} has {len(values)} values for {columns} periods")
    names = frozenset(accepted.split("|"))
    return Row(label, frozenset() if "*" in names else names, UNITS[unit], tuple(values))
