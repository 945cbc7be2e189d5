"""Table -> Statement: which statement it is, its scale and currency, the period of each column, its line items."""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from converter.filing.lines import TextSpan
from converter.vocabulary.amounts import Amount
from converter.vocabulary.periods import Period


class Kind(StrEnum):
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
    `figures` has one entry a column, None where nothing is printed.
    """

    label: str
    sections: tuple[str, ...]
    indent: int
    ruled: bool
    unit: UnitKind
    figures: tuple[Figure | None, ...]
    source: TextSpan


class Statement(Struct, frozen=True):
    """A primary statement of the registrant as it is printed.

    `currency` is an ISO 4217 code; `printed` counts the numeric tokens in the statement's rows: each is
    a Figure of an item, or a finding says why it is not. A `parenthetical` statement holds the amounts that
    the captions of another one state beside its own; a `prose` one holds the figures that sentences state,
    and gives way to all others. A `secondary` one is a table beside the primary statements that has rows of theirs;
    one with `detail_of` is a table in the notes that breaks a row of a primary statement down: the row there.
    """

    kind: Kind
    title: str
    document: int
    currency: str
    columns: tuple[Column, ...]
    items: tuple[LineItem, ...]
    qualifier: Qualifier | None = None
    printed: int = 0
    parenthetical: bool = False
    prose: bool = False
    secondary: bool = False
    detail_of: TextSpan | None = None

    @property
    def primary(self) -> bool:
        """Whether it is one of the registrant's statements, or what their captions state."""
        return not (self.prose or self.secondary or self.detail_of)
