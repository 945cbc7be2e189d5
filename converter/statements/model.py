"""Table -> Statement: which statement it is, its scale and currency, the period of each column, its line items."""

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

    @property
    def words(self) -> str:
        """The statement's usual name."""
        return {"bs": "balance sheet", "is": "income statement", "cf": "cash flow statement"}[self.value]


class UnitKind(StrEnum):
    """What the figures of a row count."""

    MONETARY = "monetary"
    SHARES = "shares"
    PER_SHARE = "per-share"
    PURE = "pure"


class Qualifier(StrEnum):
    """Why a column or a statement is not the registrant's plain reported figures."""

    RESTATED = "restated"
    PREVIOUSLY_REPORTED = "previously-reported"
    PRO_FORMA = "pro-forma"
    PREDECESSOR = "predecessor"
    PARENT_ONLY = "parent-only"
    FINANCIAL_DATA_SCHEDULE = "financial-data-schedule"


class Origin(StrEnum):
    """What the figures of a statement were read from."""

    PRIMARY = "primary"
    """One of the registrant's own statements."""
    PARENTHETICAL = "parenthetical"
    """Captions of a primary statement, which state amounts beside those of their rows."""
    DETAILS = "details"
    """A table in the notes that breaks a row of a primary statement down."""
    OTHER_TABLE = "other-table"
    """A table beside the primary statements that has rows of theirs, such as selected data."""
    SCHEDULE = "schedule"
    """A financial data schedule (EX-27)."""
    PROSE = "prose"
    """Sentences of a release."""


class Column(Struct, frozen=True):
    """One column of figures: its period, its heading as printed, and what qualifies it."""

    period: Period
    heading: str
    qualifier: Qualifier | None = None


class Figure(Struct, frozen=True):
    """One figure of a row: `value` in whole units with the printed sign, `decimals` as XBRL means it."""

    value: Decimal
    decimals: int
    amount: Amount
    source: TextSpan


class LineItem(Struct, frozen=True):
    """One row of a statement.

    `label` is the caption as printed, its lines joined and its leaders removed; `sections` are the
    headings above it, outermost first; `ruled` says that a rule stands directly above its figures;
    `figures` has one entry a column, None where nothing is printed. `source` is the line of the caption beside
    the figures, `caption_lines` are all its lines; figures were multiplied by `factor` to make whole units.
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


class Statement(Struct, frozen=True):
    """A statement as it is printed, or figures that belong to one wherever they are printed.

    `currency` is an ISO 4217 code; `printed` counts the numeric tokens in the statement's rows: each is
    a Figure of an item, or a finding says why it is not. `breaks_down` is the row of a primary statement that a
    table in the notes breaks down.
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
