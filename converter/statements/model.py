"""The types of statements: kinds, columns, figures and line items."""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from converter.filing import TextSpan
from converter.vocabulary import Amount, Period

ONE = Decimal(1)


class StatementKind(StrEnum):
    """The primary statement that a table is."""

    BALANCE_SHEET = "bs"
    INCOME = "is"
    CASH_FLOW = "cf"
    EQUITY = "eq"
    COMPREHENSIVE_INCOME = "ci"

    @property
    def words(self) -> str:
        """The statement's usual name."""
        return _NAMES[self.value]


PRIMARY_KINDS = (StatementKind.BALANCE_SHEET, StatementKind.INCOME, StatementKind.CASH_FLOW)
"""The kinds that tables are classified as, and that the mapper knows."""
_NAMES = {
    "bs": "balance sheet",
    "is": "income statement",
    "cf": "cash flow statement",
    "eq": "statement of equity",
    "ci": "statement of comprehensive income",
}


class UnitKind(StrEnum):
    """The unit of a row's figures."""

    MONETARY = "monetary"
    SHARES = "shares"
    PER_SHARE = "per-share"
    PURE = "pure"


class Qualifier(StrEnum):
    """How a column or a statement differs from the registrant's own figures as reported."""

    RESTATED = "restated"
    PREVIOUSLY_REPORTED = "previously-reported"
    PRO_FORMA = "pro-forma"
    PREDECESSOR = "predecessor"
    PARENT_ONLY = "parent-only"
    FINANCIAL_DATA_SCHEDULE = "financial-data-schedule"
    PART = "part"
    """A column of a part of the consolidated company: a sector, the parent, guarantors, eliminations."""


class Origin(StrEnum):
    """The part of a filing from which a statement was read."""

    PRIMARY = "primary"
    """One of the registrant's own statements."""
    EQUITY = "equity"
    """The registrant's statement of equity, or of comprehensive income."""
    PARENTHETICAL = "parenthetical"
    """Captions of a primary statement that state amounts of their own."""
    DETAILS = "details"
    """A table in the notes that breaks down a row of a primary statement."""
    CONSOLIDATING = "consolidating"
    """A table in the notes whose columns are parts of the company and their sum."""
    OTHER_TABLE = "other-table"
    """Another table with rows of the primary statements, such as selected data."""
    QUARTERLY = "quarterly"
    """A table of the four quarters of fiscal years, which add up to the years of the primary statements."""
    SELECTED = "selected"
    """A table of several years, whose rows are those of the primary statements."""
    SCHEDULE = "schedule"
    """A financial data schedule (EX-27)."""
    PROSE = "prose"
    """Sentences of a release."""


class Component(Struct, frozen=True):
    """A component of equity: a `member` of the taxonomy, and what its column is called if that has none of its own.

    `stock_class` is the member of a class of stock.
    """

    member: str
    name: str = ""
    stock_class: str = ""


class Column(Struct, frozen=True):
    """A column of figures with its period, its heading as printed and its qualifier, if any.

    `part` is what the heading calls the part of the company whose figures they are; then the qualifier is PART. The
    last day of the period is `nominal` if it is not printed but follows from the fiscal year; the length is `counted`
    if it is printed in weeks. `component` is that of equity, in a statement of it; None for the whole.
    """

    period: Period
    heading: str
    qualifier: Qualifier | None = None
    part: str = ""
    nominal: bool = False
    counted: bool = False
    component: Component | None = None

    @property
    def key(self) -> tuple[Period, Qualifier | None, str]:
        """What two columns that hold the same kind of figures have in common."""
        return self.period, self.qualifier, self.part


class Figure(Struct, frozen=True, gc=False):
    """A figure of a row: `value` in whole units with the printed sign, `decimals` as defined by XBRL."""

    value: Decimal
    decimals: int
    amount: Amount
    source: TextSpan


class LineItem(Struct, frozen=True, gc=False):
    """One row of a statement.

    `label` is the caption as printed, its lines joined and its leaders removed; `sections` are the
    headings above it, outermost first; `ruled` is true if a rule is printed directly above its figures;
    `figures` has one entry per column, None where nothing is printed. `source` is the line of the caption beside
    the figures, `caption_lines` are all its lines. `factor` converts printed figures to whole units. `stock_class` is
    the member of the class of stock whose figures they are, `currency` an ISO 4217 code if it is not the statement's.
    """

    label: str
    sections: tuple[str, ...]
    indent: int
    ruled: bool
    unit: UnitKind
    figures: tuple[Figure | None, ...]
    source: TextSpan
    caption_lines: tuple[TextSpan, ...] = ()
    factor: Decimal = ONE
    stock_class: str = ""
    currency: str = ""


class Statement(Struct, frozen=True):
    """A statement as printed, or figures printed elsewhere that belong to one.

    `document` is the index of the document, `currency` an ISO 4217 code. `printed` counts the numeric tokens in the
    statement's rows: each is a Figure of an item, or a finding says why it is not. `breaks_down` is the row of a
    primary statement that a table in the notes breaks down.
    """

    kind: StatementKind
    title: str
    document: int
    currency: str
    columns: tuple[Column, ...]
    items: tuple[LineItem, ...]
    qualifier: Qualifier | None = None
    printed: int = 0
    origin: Origin = Origin.PRIMARY
    breaks_down: TextSpan | None = None
