"""Truths: what documents say, written by hand, and how much of it a report has. tests/README.md explains the files.

A truth is in the text of golden files (`helpers.golden_text`) with alternatives: `A|B` for a row that may have
either concept, `*` for one that may have any. It states as much as its author is sure of.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from converter.report import Fact, Report
from converter.report.rows import basis_member
from converter.statements.model import Component, Qualifier, StatementKind
from converter.taxonomy import CLASS_OF_STOCK_AXIS, COMPONENT_AXIS, EQUITY_COMPONENTS_AXIS, REPORTING_BASIS_AXIS
from converter.vocabulary.periods import Duration, Instant, Period
from helpers.golden_text import END, NO_CONCEPT, START, component_text, line_item_of, unit_text

ANY = "*"
DEFECT = "!"
_WEEK = 7
_KINDS = {kind.words for kind in StatementKind}
_CELLS = re.compile(r" {2,}")
_HEAD = re.compile(r"(\d{4}-\d\d-\d\d(?:/\d{4}-\d\d-\d\d)?)(?: ([a-z-]+))?(?: \[(.+)\])?")
_UNIT = re.compile(r"(\S+)(?: (-?\d+))?(?: ruled)?")
_CELL = re.compile(r"(?P<value>-?[\d,]*\.?\d+)(?: \[(?P<notes>.*)\])?|\(\S+\)(?: \[.*\])?|\.")
_CONCEPT = re.compile(
    r"(?:(?P<none>-)|(?P<names>[\w|*]+))(?P<moment>@start|@end)?(?(none)(?: (?P<line_item>[^!].*?))?)(?P<defect> !)?"
)
_ASIDE = re.compile(r"(?:sums|not a report) \| .*|(?:info|warning|error)(?: line \d+)? [\w-]+: .*")


@dataclass(frozen=True, slots=True)
class Value:
    """What a row says of one period, in whole units, with the sign of its concept.

    `basis` is the member of the reporting basis, and in brackets the component of equity, empty for the registrant's
    plain figures.
    """

    period: Period
    basis: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a truth: the concepts that a careful reader accepts for its values.

    `line_item` is what it is called if it has none of its own, `decimals` None where the truth does not say. A row
    that is a `defect` is known not to come out.
    """

    line: int
    caption: str
    accepted: frozenset[str]
    line_item: str
    unit: str
    decimals: int | None
    defect: bool
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """What a document says: cover facts by concept, rows, and how many figures its statements print."""

    entity: str | None
    cover: Mapping[str, str]
    rows: tuple[Row, ...]
    figures: int | None


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of a truth's values, of those extracted and those tagged; what is not as it should be; known defects."""

    values: int = 0
    extracted: int = 0
    tagged: int = 0
    faults: tuple[str, ...] = ()
    defects: tuple[str, ...] = ()

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.values + other.values,
            self.extracted + other.extracted,
            self.tagged + other.tagged,
            self.faults + other.faults,
            self.defects + other.defects,
        )

    def __str__(self) -> str:
        return (
            f"{self.values:,} values: {self.extracted / max(self.values, 1):.2%} extracted, "
            f"{self.tagged / max(self.values, 1):.2%} tagged; {len(self.defects)} known defects"
        )


def read_truth(path: Path) -> Truth:
    """Read a truth, or a golden file. Raises ValueError with the line that is not as tests/README.md says."""
    reader = _Reader()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            reader.read(number, line)
        except ValueError as problem:
            raise ValueError(f"{path}:{number}: {problem}") from None
    return Truth(reader.entity, reader.cover, tuple(reader.rows), reader.figures)


def score(truth: Truth, report: Report) -> Score:
    """How much of a truth a report has.

    A value is extracted if some fact has its amount (in either sign), unit and period; it is tagged if one has, in
    its basis, its sign and an accepted concept, too. Faults are values that are not tagged, facts that have an
    accepted concept of a value, its unit, period and basis but neither its amount nor a rounding of it, cover facts
    that differ, and rows marked as defects of which everything comes out.
    """
    facts = [fact for fact in report.facts if fact.unit is not None]
    extracted = tagged = 0
    faults = list(_wrong_cover(truth, report))
    defects: list[str] = []
    for row in truth.rows:
        missed = []
        for value in row.values:
            same = [fact for fact in facts if _same_amount(fact, row, value)]
            said = any(_says(fact, row, value) for fact in same)
            extracted += bool(same)
            tagged += said
            if not said:
                found = ", ".join(f"{line_item_of(fact) or fact.concept} {fact.value:,f}" for fact in same)
                missed.append(f"line {row.line}: {row.caption} {value.value:,f}: {found or 'nothing'}")
        if row.defect:
            defects += missed[:1]
            faults += [] if missed else [f"line {row.line}: {row.caption}: repaired, take the mark away"]
        else:
            faults += missed
    wrong = [fact for fact in facts if _contradicts(fact, truth.rows)]
    faults += [f"wrong: {fact.concept} {fact.value:,f} ({fact.context.name})" for fact in wrong]
    values = sum(len(row.values) for row in truth.rows)
    return Score(values, extracted, tagged, tuple(faults), tuple(defects))


@dataclass(slots=True)
class _Reader:
    """Reads a truth line by line."""

    entity: str | None = None
    cover: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    figures: int | None = None
    _block: str = ""
    _columns: Sequence[tuple[Period, str]] = ()
    _basis: str = ""

    def read(self, number: int, line: str) -> None:
        if not line.strip() or line.startswith("#"):
            return
        name, *rest = line.split(" | ")
        if name in ("cover", "figures") or name in _KINDS:
            self._begin(name, rest)
        elif _ASIDE.fullmatch(line):
            self._block = ""
        elif self._block == "cover":
            concept, _, said = line.partition("  ")
            self.cover[concept] = said.strip()
        elif self._block in _KINDS:
            self._read_row(number, _CELLS.split(line.strip()))
        else:
            raise ValueError(f"{line!r} stands in no block")

    def _begin(self, name: str, rest: Sequence[str]) -> None:
        self._block = name
        self._columns = ()
        self._basis = ""
        if name == "cover":
            self.entity = rest[0]
        elif name == "figures":
            self.figures = int(rest[0])
        else:
            known = {qualifier.value for qualifier in Qualifier}
            self._basis = next((basis_member(Qualifier(text)) for text in rest[2:] if text in known), "")

    def _read_row(self, number: int, cells: Sequence[str]) -> None:
        if not self._columns:
            self._columns = [_column(cell, self._basis) for cell in cells]
        elif len(cells) == 1 and cells[0].endswith(":"):
            return
        elif len(cells) != 3 + len(self._columns):
            raise ValueError(f"a row of {len(self._columns)} columns has {len(cells)} cells")
        else:
            self.rows.append(_row(number, cells, self._columns))


def _column(cell: str, basis: str) -> tuple[Period, str]:
    found = _HEAD.fullmatch(cell)
    if found is None:
        raise ValueError(f"{cell!r} is no period")
    first, _, last = found[1].partition("/")
    start = date.fromisoformat(first)
    period = Duration(start, date.fromisoformat(last)) if last else Instant(start)
    basis = basis_member(Qualifier(found[2])) if found[2] else basis
    return period, f"{basis} [{found[3]}]" if found[3] else basis


def _row(number: int, cells: Sequence[str], columns: Sequence[tuple[Period, str]]) -> Row:
    caption, unit_cell, *figures, concept_cell = cells
    unit, concept = _UNIT.fullmatch(unit_cell), _CONCEPT.fullmatch(concept_cell)
    if unit is None or concept is None:
        raise ValueError(f"{unit_cell!r} is no unit, or {concept_cell!r} no concept")
    values = []
    for cell, (period, basis) in zip(figures, columns, strict=True):
        found = _CELL.fullmatch(cell)
        if found is None:
            raise ValueError(f"{cell!r} is no value")
        if found["value"] and not found["notes"]:
            values.append(Value(_taken(period, concept["moment"]), basis, Decimal(found["value"].replace(",", ""))))
    return Row(
        line=number,
        caption=caption,
        accepted=frozenset((concept["names"] or NO_CONCEPT).split("|")),
        line_item=concept["line_item"] or caption,
        unit=unit[1],
        decimals=int(unit[2]) if unit[2] else None,
        defect=concept["defect"] is not None,
        values=tuple(values),
    )


def _taken(period: Period, moment: str | None) -> Period:
    if not moment or isinstance(period, Instant):
        return period
    return Instant({START: period.start - timedelta(days=1), END: period.end}[moment])


def _wrong_cover(truth: Truth, report: Report) -> Iterator[str]:
    if truth.entity not in (None, report.entity_identifier):
        yield f"the entity is {report.entity_identifier}, not {truth.entity}"
    cover = (group for group in report.groups if group.statement is None)
    said = {(fact.concept, str(fact.value)) for group in cover for fact in group.facts}
    for concept, value in truth.cover.items():
        if (concept, value) not in said:
            yield f"{concept} is {', '.join(v for c, v in said if c == concept) or 'not there'}, not {value}"
    figures = sum(isinstance(fact.value, Decimal) for fact in report.facts)
    if truth.figures not in (None, figures):
        yield f"{figures} figures are facts, not {truth.figures}"


def _same_place(fact: Fact, row: Row, value: Value) -> bool:
    return unit_text(fact.unit) == row.unit and _same_period(fact.context.period, value.period)


def _same_amount(fact: Fact, row: Row, value: Value) -> bool:
    return isinstance(fact.value, Decimal) and abs(fact.value) == abs(value.value) and _same_place(fact, row, value)


def _says(fact: Fact, row: Row, value: Value) -> bool:
    """Whether a fact that has the amount of a value has all the rest of it."""
    if ANY in row.accepted:
        return True
    if fact.value != value.value or _basis(fact) != value.basis or row.decimals not in (None, fact.decimals):
        return False
    name = line_item_of(fact)
    return name == row.line_item if NO_CONCEPT in row.accepted else fact.concept in row.accepted and not name


def _contradicts(fact: Fact, rows: Sequence[Row]) -> bool:
    if line_item_of(fact) or not isinstance(fact.value, Decimal):
        return False
    half = Decimal(5).scaleb(-(fact.decimals or 0) - 1)
    known = [
        value.value
        for row in rows
        if fact.concept in row.accepted
        for value in row.values
        if _same_place(fact, row, value) and _basis(fact) == value.basis
    ]
    return bool(known) and not any(value == fact.value or abs(value - fact.value) <= half for value in known)


def _basis(fact: Fact) -> str:
    values = {one.axis: one.member or one.text for one in fact.context.dimensions}
    basis = values.get(REPORTING_BASIS_AXIS, "")
    if EQUITY_COMPONENTS_AXIS not in values:
        return basis
    name, stock_class = values.get(COMPONENT_AXIS, ""), values.get(CLASS_OF_STOCK_AXIS, "")
    return f"{basis} [{component_text(Component(values[EQUITY_COMPONENTS_AXIS], name, stock_class))}]"


def _same_period(one: Period, other: Period) -> bool:
    if isinstance(one, Duration) and isinstance(other, Duration):
        return one.end == other.end and abs((one.start - other.start).days) <= _WEEK
    return one == other
