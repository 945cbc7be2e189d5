"""The material that the mapper learns from and is measured on; no part of the project, its folder is an argument.

The folder holds

- `labels.tsv`: statement, label, element, negated flag, and in how many statements of each of seven folds of
  companies the label stood for the element ("(extension)" for a company's own);
- `statements.gold`: whole statements in printed order. `# doc:` begins a document and `# fold: 3` names the fold of
  its company; `@is scale=1000 periods=...` begins a statement; a row is `label ; Element|Accepted ; unit ; values`,
  where `*` stands for an element of the company's own and `.` for a blank cell.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from converter.statements import Kind, UnitKind

FOLDS = range(7)
UNITS = {"USD": UnitKind.MONETARY, "shares": UnitKind.SHARES, "USD/shares": UnitKind.PER_SHARE, "pure": UnitKind.PURE}


@dataclass(frozen=True, slots=True)
class Label:
    """A label of one statement, the element it stood for ("" for a company's own) and how often in each fold.

    `negated` says that the printed figure was the element's value with the sign changed.
    """

    kind: Kind
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
    """A statement of a company of this fold."""

    document: str
    fold: int
    kind: Kind
    rows: tuple[Row, ...]


def read_labels(folder: Path) -> list[Label]:
    """All labels of `labels.tsv`."""
    with (folder / "labels.tsv").open(encoding="utf-8", newline="") as stream:
        return [
            Label(
                Kind(row["statement"].lower()),
                row["label"],
                "" if row["element"] == "(extension)" else row["element"],
                row["negated"] == "1",
                tuple(int(row[f"fold{fold}"] or 0) for fold in FOLDS),
            )
            for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def read_statements(folder: Path) -> list[Tagged]:
    """All statements of `statements.gold`; those of one kind in one document are one."""
    return list(_statements((folder / "statements.gold").read_text(encoding="utf-8").splitlines()))


def _statements(lines: list[str]) -> Iterator[Tagged]:
    document, fold, kind = "", 0, Kind.INCOME
    found: dict[Kind, list[Row]] = {}
    for line in [*lines, "# doc:"]:
        if line.startswith("# doc:"):
            yield from (Tagged(document, fold, kind, tuple(rows)) for kind, rows in found.items())
            document, found = line.removeprefix("# doc:").strip(), {}
        elif line.startswith("# fold:"):
            fold = int(line.removeprefix("# fold:"))
        elif line.startswith("@"):
            kind = Kind(line[1:3])
        elif line and not line.startswith("#"):
            label, accepted, unit, *values = (part.strip() for part in line.split(";"))
            row = Row(label, frozenset(accepted.split("|")) - {"*"}, UNITS[unit], tuple(values))
            found.setdefault(kind, []).append(row)
