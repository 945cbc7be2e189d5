"""What a step has to say beside its result: every step returns findings, only the command prints them."""

from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """How much a finding matters; only an error makes a strict run fail."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Code(StrEnum):
    """What a finding is about; docs/findings.md says for each what it means and what a user can do."""

    TRUNCATED_GZIP = "truncated-gzip"
    REPEATED_SUBMISSION = "repeated-submission"
    SEVERAL_SUBMISSIONS = "several-submissions"
    SEVERAL_FILERS = "several-filers"
    DOCUMENT_NOT_READ = "document-not-read"
    TABLE_NOT_READ = "table-not-read"
    SECOND_STATEMENT = "second-statement"
    COLUMN_NOT_READ = "column-not-read"
    FIGURE_NOT_READ = "figure-not-read"
    ENTITY_UNKNOWN = "entity-unknown"
    CONTRADICTING_STATEMENT = "contradicting-statement"
    CONFLICTING_FIGURES = "conflicting-figures"
    SUM_DOES_NOT_HOLD = "sum-does-not-hold"
    READ_IN_DETAILS = "read-in-details"
    TABLE_NOT_COMPARABLE = "table-not-comparable"
    ROW_NOT_COMPARABLE = "row-not-comparable"
    SCHEDULE_NOT_READ = "schedule-not-read"
    SCHEDULE_DISAGREES = "schedule-disagrees"
    PROSE_DISAGREES = "prose-disagrees"
    SCHEMA_INVALID = "schema-invalid"
    ARELLE = "arelle"
    ARELLE_FAILED = "arelle-failed"
    ARELLE_MISSING = "arelle-missing"
    ARELLE_TIMEOUT = "arelle-timeout"


class Unread(StrEnum):
    """Why a column, or a single figure, of a statement is not read."""

    CHANGES = "changes"
    PERCENTAGES = "percentages"
    NO_DATE = "no-date"
    NO_LENGTH = "no-length"
    SINCE_INCEPTION = "since-inception"
    YEAR_TO_DATE = "year-to-date"
    NOT_CONSOLIDATED = "not-consolidated"
    SAME_PERIOD = "same-period"
    NO_FIGURE = "no-figure"
    NO_COLUMN = "no-column"

    @property
    def words(self) -> str:
        """The reason for people, as it goes on after "was left out:"."""
        return _UNREAD_WORDS[self]


_UNREAD_WORDS = {
    Unread.CHANGES: "a column of changes, percentages or references",
    Unread.PERCENTAGES: "a column of changes or percentages",
    Unread.NO_DATE: "no date could be read from its heading",
    Unread.NO_LENGTH: "no length of period could be read from its heading or title",
    Unread.SINCE_INCEPTION: "since inception, and its first day is not stated over the column",
    Unread.YEAR_TO_DATE: "a year to date, and when the fiscal year ends is not known",
    Unread.NOT_CONSOLIDATED: "another column of the same period is the consolidated one",
    Unread.SAME_PERIOD: "another column of the same period stands before it",
    Unread.NO_FIGURE: "it says that there is no figure",
    Unread.NO_COLUMN: "it stands under no column",
}

NO_AMOUNTS = frozenset({Unread.CHANGES, Unread.PERCENTAGES})
"""Why a column holds no amounts at all, so that nothing is lost with it."""


class Finding(Struct, frozen=True):
    """One remark about the source, with its place in it.

    `line` is the 1-based line of the decoded source file, `start` and `end` are columns of that
    line's text (0-based, end exclusive); None where the remark is about the whole file.
    """

    severity: Severity
    code: Code
    message: str
    line: int | None = None
    start: int | None = None
    end: int | None = None
