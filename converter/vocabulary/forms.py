"""Classify the SEC's form types, as given in submission headers and as types of documents."""

_ANNUAL = ("10-K", "20-F", "40-F", "ARS", "EX-13")
_QUARTERLY = ("10-Q",)
_PERIODIC = ("10-K", "10-Q", "10-T", "20-F", "40-F")
_RELEASES = ("EX-99", "8-K")
_OTHER_REPORTS = ("10-12", "S-", "ARS", "DEF", "424")
_SCHEDULE = "EX-27"


def is_annual(form: str) -> bool:
    """Whether a form or exhibit is an annual report: 10-K and variants, 20-F, 40-F, annual report to shareholders."""
    return form.upper().startswith(_ANNUAL)


def is_quarterly(form: str) -> bool:
    """Whether a form is a quarterly report."""
    return form.upper().startswith(_QUARTERLY)


def is_periodic(form: str) -> bool:
    """Whether a form reports on a period. The header of any other form, such as an 8-K, gives the day of an event."""
    return form.upper().startswith(_PERIODIC)


def is_release(type: str) -> bool:
    """Whether a document may be an earnings release: exhibit 99 or current report (8-K)."""
    return type.upper().startswith(_RELEASES)


def cannot_be_release(form: str) -> bool:
    """Whether a form rules out an earnings release: periodic report, registration, prospectus or proxy statement."""
    return form.upper().startswith((*_PERIODIC, *_OTHER_REPORTS))


def is_schedule(type: str) -> bool:
    """Whether a document is a financial data schedule (exhibit 27)."""
    return type.upper().startswith(_SCHEDULE)
