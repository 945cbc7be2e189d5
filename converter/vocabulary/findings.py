"""Findings: remarks about the source. Every step returns them beside its result; only the command line prints them."""

from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """How much a finding matters; only an error makes a strict run fail."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Code(StrEnum):
    """What a finding is about; docs/findings.md explains each code and what a user can do about it."""

    TRUNCATED_GZIP = "truncated-gzip"
    REPEATED_SUBMISSION = "repeated-submission"
    SEVERAL_SUBMISSIONS = "several-submissions"
    SEVERAL_FILERS = "several-filers"
    DOCUMENT_NOT_READ = "document-not-read"
    TABLE_NOT_READ = "table-not-read"
    TABLE_TOO_LARGE = "table-too-large"
    RED_FIGURES = "red-figures"
    SECOND_STATEMENT = "second-statement"
    SCALE_UNCERTAIN = "scale-uncertain"
    DATE_MISPRINTED = "date-misprinted"
    PERIOD_UNCERTAIN = "period-uncertain"
    COLUMN_NOT_READ = "column-not-read"
    FIGURE_NOT_READ = "figure-not-read"
    FIGURES_UNACCOUNTED = "figures-unaccounted"
    STATEMENT_MISSING = "statement-missing"
    STATEMENT_INCOMPLETE = "statement-incomplete"
    HEADLINE_CONFIRMED = "headline-confirmed"
    HEADLINE_UNCONFIRMED = "headline-unconfirmed"
    HEADLINE_CONTRADICTED = "headline-contradicted"
    STANDARD_ITEM_CONTRADICTED = "standard-item-contradicted"
    ENTITY_UNKNOWN = "entity-unknown"
    OPTION_CONTRADICTS = "option-contradicts"
    OPTION_WITHOUT_EFFECT = "option-without-effect"
    CONTRADICTING_STATEMENT = "contradicting-statement"
    CONFLICTING_FIGURES = "conflicting-figures"
    SUM_DOES_NOT_HOLD = "sum-does-not-hold"
    READ_IN_DETAILS = "read-in-details"
    TABLE_NOT_COMPARABLE = "table-not-comparable"
    ROW_NOT_COMPARABLE = "row-not-comparable"
    ROW_WITHOUT_CONCEPT = "row-without-concept"
    CAPTION_NOT_READ = "caption-not-read"
    CAPTION_DISAGREES = "caption-disagrees"
    SCHEDULE_NOT_READ = "schedule-not-read"
    SCHEDULE_DISAGREES = "schedule-disagrees"
    PROSE_DISAGREES = "prose-disagrees"
    SCHEMA_INVALID = "schema-invalid"
    ARELLE = "arelle"
    ARELLE_FAILED = "arelle-failed"
    ARELLE_MISSING = "arelle-missing"
    ARELLE_TIMEOUT = "arelle-timeout"


class UnreadReason(StrEnum):
    """Why a column or a single figure of a statement was not read."""

    CHANGES = "changes"
    PERCENTAGES = "percentages"
    NO_DATE = "no-date"
    NO_LENGTH = "no-length"
    SINCE_INCEPTION = "since-inception"
    YEAR_TO_DATE = "year-to-date"
    NOT_CONSOLIDATED = "not-consolidated"
    SAME_PERIOD = "same-period"
    OTHER_CURRENCY = "other-currency"
    PER_UNIT = "per-unit"
    NO_FIGURE = "no-figure"
    NO_COLUMN = "no-column"
    NO_ROW = "no-row"
    UNREADABLE = "unreadable"

    @property
    def description(self) -> str:
        """The reason in words, to follow "was left out: "."""
        return _DESCRIPTIONS[self]


_DESCRIPTIONS = {
    UnreadReason.CHANGES: "a column of changes, percentages or references",
    UnreadReason.PERCENTAGES: "a column of changes or percentages",
    UnreadReason.NO_DATE: "no date could be read from its heading",
    UnreadReason.NO_LENGTH: "no length of period could be read from its heading or title",
    UnreadReason.SINCE_INCEPTION: "since inception, and its first day is not stated over the column",
    UnreadReason.YEAR_TO_DATE: "a year to date, and when the fiscal year ends is not known",
    UnreadReason.NOT_CONSOLIDATED: "another column of the same period is the consolidated one",
    UnreadReason.SAME_PERIOD: "another column of the same period stands before it",
    UnreadReason.OTHER_CURRENCY: "a translation into another currency",
    UnreadReason.PER_UNIT: "a column of amounts per share or unit beside the amounts",
    UnreadReason.NO_FIGURE: "it says that there is no figure",
    UnreadReason.NO_COLUMN: "it stands under no column",
    UnreadReason.NO_ROW: "it stands in no row of figures",
    UnreadReason.UNREADABLE: "its digits cannot be read",
}

NON_AMOUNT_REASONS = frozenset(
    {UnreadReason.CHANGES, UnreadReason.PERCENTAGES, UnreadReason.OTHER_CURRENCY, UnreadReason.PER_UNIT}
)
"""Reasons for leaving out a column that holds no amounts of its own, so that no data is lost."""


class Finding(Struct, frozen=True):
    """One remark about the source, and the place it refers to.

    `figures` is the number of printed figures that it says are no facts; every printed figure is a fact or counts here.
    `line` is the 1-based line of the decoded source file; `start` and `end` are columns of that
    line's text (0-based, end exclusive). All three are None if the remark is about the whole file.
    """

    severity: Severity
    code: Code
    message: str
    line: int | None = None
    start: int | None = None
    end: int | None = None
    figures: int = 0
