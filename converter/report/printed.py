"""The statements of a report as they are printed: rows and columns of cells, each of which holds a fact."""

from msgspec import Struct

from converter.filing import TextSpan
from converter.mapping import Mapping
from converter.statements import Origin, Qualifier, StatementKind
from converter.vocabulary import Period

COVER, PARENTHETICAL, QUARTERLY, SELECTED = "cover", "parenthetical", "quarterly", "selected"
"""The names in tables of the groups that are no statement."""

_PARTS = {Origin.PARENTHETICAL: PARENTHETICAL, Origin.QUARTERLY: QUARTERLY, Origin.SELECTED: SELECTED}


def part_of(origin: Origin) -> str:
    """Return the name in tables of what is read from a part of a filing, "" for a statement."""
    return _PARTS.get(origin, "")


class Cell(Struct, frozen=True):
    """A fact where it is printed: `fact` is its place in `Report.facts`, from 0.

    `again`: the fact stands in an earlier cell, too. `negated`: the figure is printed with the opposite of the fact's
    sign. Two figures of one fact may be rounded differently; the fact has the more precise one. Its period is that of
    the column, or the day before it or its last day for a balance in a statement of durations. `source` is None if the
    value is not printed but in the header, or given by the user.
    """

    fact: int
    source: TextSpan | None
    again: bool = False
    negated: bool = False

    @property
    def id(self) -> str:
        """The id of the fact in the instance."""
        return f"f{self.fact + 1}"


class PrintedColumn(Struct, frozen=True):
    """A column: its period, its heading as printed, its qualifier, and the part of the company or of equity, if any."""

    period: Period
    heading: str = ""
    qualifier: Qualifier | None = None
    part: str = ""


class PrintedRow(Struct, frozen=True):
    """A row with facts.

    `number` counts the rows of the statement from 1, those without facts included. `label` is the caption as printed,
    or what the concept of a row without one is called; `sections` are the headings above it, outermost first. `cells`
    has one entry for each column, None without a fact. `ruled`: a rule stands above the figures. `mapping` says why the
    row has its concept, with the next best ones; None for the cover.
    """

    number: int
    label: str
    sections: tuple[str, ...]
    cells: tuple[Cell | None, ...]
    indent: int = 0
    ruled: bool = False
    mapping: Mapping | None = None

    @property
    def heading(self) -> str:
        """The headings above the row in one text: `Current assets / Inventories`; "" without any."""
        return " / ".join(self.sections)


class PrintedStatement(Struct, frozen=True):
    """A statement, or figures printed elsewhere that belong to one, as far as it has facts.

    `code` is what tables call it: "bs", "is", "cf", "eq", "ci", "parenthetical", "quarterly", "selected" or "cover";
    `kind` is the statement that it belongs to, and `origin` the part of the filing that it was read from: the
    registrant's own statements are PRIMARY and EQUITY. Both are None for the cover, and for what was read back from
    files that do not have them. `document` is the index of the document, `number` that of the statement in the filing,
    from 1; the cover has number 0.
    """

    code: str
    kind: StatementKind | None
    title: str
    columns: tuple[PrintedColumn, ...]
    rows: tuple[PrintedRow, ...]
    origin: Origin | None = None
    qualifier: Qualifier | None = None
    document: int | None = None
    number: int = 0
