"""What a step has to say beside its result: every step returns findings, only the command prints them."""

from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """How much a finding matters; only an error makes a strict run fail."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Finding(Struct, frozen=True):
    """One remark about the source, with its place in it.

    `line` is the 1-based line of the decoded source file, `start` and `end` are columns of that
    line's text (0-based, end exclusive); None where the remark is about the whole file.
    """

    severity: Severity
    code: str
    message: str
    line: int | None = None
    start: int | None = None
    end: int | None = None
