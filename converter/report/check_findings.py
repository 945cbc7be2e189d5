"""Findings about headline figures: what was found of each of the latest period, and what is missing altogether."""

from collections.abc import Iterator, Mapping, Sequence

from converter.filing import Filing, TextSpan
from converter.mapping import MappedStatement
from converter.report.model import Check, Measure, Status, format_value, line_number
from converter.statements import Origin, Statement, StatementKind
from converter.vocabulary import Code, Finding, Severity, expression, is_periodic, wording

_NECESSARY: Mapping[StatementKind, Measure] = {
    StatementKind.BALANCE_SHEET: Measure.ASSETS,
    StatementKind.INCOME: Measure.NET_INCOME,
    StatementKind.CASH_FLOW: Measure.OPERATING_CASH_FLOW,
}
_WORDS_OF_RESULTS: Mapping[StatementKind, tuple[frozenset[str], ...]] = {
    StatementKind.BALANCE_SHEET: (frozenset({"total", "assets"}), frozenset({"net", "assets"})),
    StatementKind.INCOME: (
        *(frozenset({"net", word}) for word in ("income", "loss", "earnings", "profit", "assets")),
        frozenset({"distributable", "income"}),
        frozenset({"excess", "over"}),
    ),
    StatementKind.CASH_FLOW: (frozenset({"cash", "operating"}), frozenset({"cash", "operations"})),
}
"""Words of the captions of a statement's result, whatever its concept."""

_WORDS_OF_ENDS = (
    *(frozenset({"cash", word}) for word in ("increase", "decrease", "change", "end", "ending", "beginning")),
    *(frozenset({"balance", word}) for word in ("end", "beginning")),
    *(frozenset({end, length}) for end in ("end", "beginning") for length in ("year", "period", "quarter")),
)
"""Words of the captions with which a cash flow statement ends."""

_WORD = expression(r"(?<!\S)(?!<)\S{0,40}[^\W\d_]")
"""A word that is no tag."""

_PARTIAL_WORDS = frozenset({"before", "interest", "current", "other"})
"""Words that such a caption does not have: those of subtotals."""


def check_findings(filing: Filing, checks: Sequence[Check], statements: Sequence[MappedStatement]) -> Iterator[Finding]:
    """Yield a finding for each headline figure that is contradicted or missing, and for those of the latest period."""
    for check in checks:
        if check.latest or check.status is Status.CONTRADICTED:
            yield headline_finding(filing, check)
    yield from _missing(filing, checks, statements)


def headline_finding(filing: Filing, check: Check) -> Finding:
    """Return the finding that says what came of a check."""
    fact = check.fact
    figure = f"{check.measure} of {format_value(fact.value)} ({fact.context.name})"
    line = line_number(filing, fact.source)
    if check.status is Status.CONFIRMED:
        message = f"{figure} is confirmed by {', '.join(check.confirmations)}"
        return Finding(Severity.INFO, Code.HEADLINE_CONFIRMED, message, line)
    if check.status is Status.UNCONFIRMED:
        return Finding(Severity.INFO, Code.HEADLINE_UNCONFIRMED, f"{figure} stands nowhere else", line)
    message = f"{figure} is contradicted by {', '.join(check.contradictions)}"
    if check.confirmations:
        message += f", confirmed by {', '.join(check.confirmations)}"
    if check.severity is Severity.ERROR:
        return Finding(Severity.ERROR, Code.HEADLINE_CONTRADICTED, message, line)
    return Finding(Severity.WARNING, Code.HEADLINE_CONTRADICTED, message, line)


def _missing(filing: Filing, checks: Sequence[Check], statements: Sequence[MappedStatement]) -> Iterator[Finding]:
    """Yield a finding for each statement that a periodic report should have, or whose most important row is missing.

    A report that has a statement of its parts only, side by side, has no figures of the whole that could be wrong.
    """
    found = {check.measure for check in checks}
    primary = [mapped.statement for mapped in statements if mapped.statement.origin is Origin.PRIMARY]
    form = filing.header.form
    is_complete_report = is_periodic(form) and not form.endswith("/A")
    for kind, measure in _NECESSARY.items():
        of_kind = [statement for statement in primary if statement.kind is kind]
        own = [statement for statement in of_kind if _is_of_the_whole(statement)]
        if own and measure not in found:
            if any(_has_result(statement) for statement in own):
                message = f"no row of the {kind.words} has the concept of {measure}"
                line = line_number(filing, _last_line(own))
                yield Finding(Severity.WARNING, Code.STATEMENT_INCOMPLETE, message, line)
            else:
                yield _incomplete(filing, own, f"no row is {measure}")
        elif own and (lost := _lost_end(kind, own, checks)):
            yield _incomplete(filing, own, lost)
        elif is_complete_report and not of_kind:
            yield Finding(Severity.ERROR, Code.STATEMENT_MISSING, f"this {form} has no {kind.words} that could be read")
        elif is_complete_report and not own:
            message = f"this {form} has no {kind.words} of the whole company, only one of parts or on another basis"
            yield Finding(Severity.WARNING, Code.STATEMENT_MISSING, message, line_number(filing, _last_line(of_kind)))


def _incomplete(filing: Filing, statements: Sequence[Statement], lost: str) -> Finding:
    """Return the error about a statement, in one or more parts, of which something is lost."""
    last = _last_line(statements)
    where = "the file ends inside" if _ends_file(filing, last) else "a part is lost of"
    message = f"{where} the {statements[-1].kind.words}: {lost}"
    return Finding(Severity.ERROR, Code.STATEMENT_INCOMPLETE, message, line_number(filing, last))


def _ends_file(filing: Filing, last: TextSpan | None) -> bool:
    """Whether nothing but a caption without its figures stands below a line of the last document."""
    if last is None or last.document != len(filing.documents) - 1:
        return False
    below = filing.documents[last.document].lines[last.line + 1 :]
    return sum(_WORD.search(line.text) is not None for line in below) <= 1


def _is_of_the_whole(statement: Statement) -> bool:
    return statement.qualifier is None and any(column.qualifier is None for column in statement.columns)


def _has_result(statement: Statement) -> bool:
    """Whether a caption is that of the statement's result, so that the statement is whole."""
    captions = (wording(item.label).words for item in statement.items)
    complete = [words for words in captions if not words & _PARTIAL_WORDS]
    return any(wanted <= words for words in complete for wanted in _WORDS_OF_RESULTS[statement.kind])


def _lost_end(kind: StatementKind, statements: Sequence[Statement], checks: Sequence[Check]) -> str:
    """Return what is missing at the end of a statement that has its most important row, "" if nothing is."""
    items = [item for statement in statements for item in statement.items]
    if kind is StatementKind.BALANCE_SHEET and not any(check.measure is Measure.EQUITY for check in checks):
        totals = {check.fact.value for check in checks if check.measure is Measure.ASSETS}
        rows = sum(any(figure is not None and figure.value in totals for figure in item.figures) for item in items)
        return "no row has the same figures as total assets" if rows < 2 else ""
    if kind is StatementKind.CASH_FLOW:
        captions = [wording(item.label).words for item in items]
        ends = any(wanted <= words for words in captions for wanted in _WORDS_OF_ENDS)
        return "" if ends else "no row is the change in cash"
    return ""


def _last_line(statements: Sequence[Statement]) -> TextSpan | None:
    return next((item.source for statement in statements[-1:] for item in statement.items[-1:]), None)
