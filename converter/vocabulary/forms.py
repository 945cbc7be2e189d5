"""The SEC's form types, as the headers of submissions and the types of their documents give them."""

_ANNUAL = ("10-K", "20-F", "40-F", "ARS", "EX-13")
_QUARTERLY = ("10-Q",)
_PERIODIC = ("10-K", "10-Q", "10-T", "20-F", "40-F")
_RELEASES = ("EX-99", "8-K")
_OTHER_REPORTS = ("10-12", "S-", "ARS", "DEF", "424")
_SCHEDULE = "EX-27"


def is_annual(form: str) -> bool:
    """Whether a form or exhibit is an annual report: 10-K and its kin, 20-F, 40-F, an annual report to shareholders."""
    return form.upper().startswith(_ANNUAL)


def is_quarterly(form: str) -> bool:
    """Whether a form is a quarterly report."""
    return form.upper().startswith(_QUARTERLY)


def is_periodic(form: str) -> bool:
    """Whether a form reports on a period; the period of any other one, such as an 8-K, is the day of an event."""
    return form.upper().startswith(_PERIODIC)


def is_release(type: str) -> bool:
    """Whether a document may be an earnings release: exhibit 99 or a current report."""
    return type.upper().startswith(_RELEASES)


def is_no_release(form: str) -> bool:
    """Whether a filing is certainly no earnings release: a periodic report, a registration, a proxy statement."""
    return form.upper().startswith((*_PERIODIC, *_OTHER_REPORTS))


def is_schedule(type: str) -> bool:
    """Whether a document is a financial data schedule."""
    return type.upper().startswith(_SCHEDULE)
