"""Text about a conversion for the terminal: summary, findings, the mapping row by row, concepts."""

from collections.abc import Iterable, Iterator, Sequence
from shutil import get_terminal_size
from textwrap import wrap

from converter.pipeline import Reading
from converter.report import CIK_SCHEME, TABLE_ORIGINS, Check, Measure, Report, Status, format_value
from converter.statements import Choice, Column, Qualifier, Statement
from converter.taxonomy import Concept, load_taxonomy
from converter.vocabulary import Finding, Instant, Period, Severity

LINE_WIDTH, _NARROWEST = 80, 40
"""Columns of a terminal whose width is not known; summary, findings and concepts are broken at the width."""

_MEASURE_WIDTH, _MIN_VALUE_WIDTH, _MIN_TEXT_WIDTH = 20, 12, 20
_DAYS_OF_A_MONTH = 365.25 / 12
_MAX_NAME_WIDTH = 60
_ATTRIBUTES_WIDTH = 38  # with the blanks around them


def terminal_width() -> int:
    """Return the columns of the terminal, or of COLUMNS; 80 if neither is known."""
    return max(_NARROWEST, get_terminal_size((LINE_WIDTH, 24)).columns)


def summary_lines(
    reading: Reading, findings: Sequence[Finding], written_to: str | None, width: int = LINE_WIDTH
) -> Iterator[str]:
    """Yield aligned lines: the statements, how many figures are mapped, how many sums hold, the output file.

    Then the headline figures of the latest period, with what confirms or contradicts each.
    """
    report, summary = reading.report, reading.report.summary
    rows = [
        (_statement_name(mapped.statement), _description(mapped.statement))
        for mapped in reading.statements
        if mapped.statement.origin in TABLE_ORIGINS
    ]
    rows.insert(0, ("company", _company(report)))
    share = f"{summary.mapped / summary.figures:.0%}" if summary.figures else "none"
    rows.append(("facts", f"{len(report.facts):,}; {share} of {summary.figures:,} figures have a concept of their own"))
    account = summary.account
    if account.printed:
        share = f"{account.read + account.named:,} of {account.printed:,} printed figures"
        rows.append(("accounted for", f"{share}: {account.read:,} read, {account.named:,} named in findings"))
    rows.append(("sums", f"{summary.sums_holding} of {summary.sums} hold" if summary.sums else "none found"))
    rows.append(("findings", _severity_counts(findings)))
    if written_to is not None:
        rows.append(("written to", written_to))
    name_width = max(len(name) for name, _ in rows)
    for name, value in rows:
        yield from wrapped(f"{name:<{name_width}}  ", value, width)
    yield from headline_lines(report.checks, width)


def _company(report: Report) -> str:
    """Return the registrant's name as the filing has it, and what identifies it in the facts."""
    name = next((str(fact.value) for fact in report.facts if fact.concept == "EntityRegistrantName"), "")
    identifier = report.entity_identifier
    shown = f"CIK {identifier}" if report.entity_scheme == CIK_SCHEME else f"{identifier}, without a CIK"
    return f"{name} ({shown})" if name else shown


def headline_lines(checks: Sequence[Check], width: int = LINE_WIDTH) -> Iterator[str]:
    """Yield a table of the headline figures of the latest period: measure, months, value, and what was found of it."""
    latest: dict[Measure, Check] = {}
    for check in checks:
        if check.latest:
            latest.setdefault(check.measure, check)
    if not latest:
        return
    rows = [(check, format_value(check.fact.value)) for check in latest.values()]
    value_width = max(_MIN_VALUE_WIDTH, *(len(value) for _, value in rows))
    yield ""
    yield f"{'headline figures':<{_MEASURE_WIDTH}}{'latest':>{value_width}}  months"
    for check, value in rows:
        months = _months(check.fact.context.period)
        start = f"{check.measure:<{_MEASURE_WIDTH}}{value:>{value_width}}{months:>8}  "
        yield from wrapped(start, _outcome(check), width)


def _outcome(check: Check) -> str:
    told = [
        f"{status} by {', '.join(reasons)}"
        for status, reasons in ((Status.CONTRADICTED, check.contradictions), (Status.CONFIRMED, check.confirmations))
        if reasons
    ]
    return "; ".join(told) or Status.UNCONFIRMED


def _months(period: Period) -> str:
    if isinstance(period, Instant):
        return ""
    return str(round(((period.end - period.start).days + 1) / _DAYS_OF_A_MONTH))


def choice_lines(choices: Sequence[Choice], width: int = LINE_WIDTH) -> Iterator[str]:
    """Yield the statements chosen and those left out, each with what speaks for and against it."""
    chosen = [choice for choice in choices if choice.instead is None]
    left_out = [choice for choice in choices if choice.instead is not None]
    for title, some in (("statements chosen", chosen), ("left out", left_out)):
        if some:
            yield ""
            yield title
        for choice in some:
            yield from wrapped(f"  {f'line {choice.line}':<13}", f"{choice.kind.words}: {choice.title}", width)
            evidence = "; ".join(choice.evidence) or "nothing speaks for it"
            yield from wrapped(" " * 15, evidence, width)
            if choice.instead is not None:
                why = "its totals are not those of" if choice.rival else "there is more for"
                yield from wrapped(" " * 15, f"{why} the one in line {choice.instead}", width)


def wrapped(start: str, text: str, width: int, indent: int | None = None) -> Iterator[str]:
    """Yield `start` and the text in lines of a terminal, each further one below where the text begins, or indented."""
    if indent is not None:
        yield from wrap(
            start + text, width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
        )
        return
    lines = wrap(text, max(_MIN_TEXT_WIDTH, width - len(start)), break_long_words=False, break_on_hyphens=False)
    yield (start + (lines[0] if lines else "")).rstrip()
    yield from (" " * len(start) + line for line in lines[1:])


def _statement_name(statement: Statement) -> str:
    return "schedule" if statement.qualifier is Qualifier.FINANCIAL_DATA_SCHEDULE else statement.kind.words


def find_concepts(words: str) -> tuple[Concept, ...]:
    """Return the concepts whose name, labels or documentation contain all of the words, in the taxonomy's order."""
    keywords = words.casefold().split()
    return tuple(
        concept
        for concept in load_taxonomy().concepts.values()
        if not concept.abstract and all(keyword in _searchable_text(concept) for keyword in keywords)
    )


def concept_lines(concepts: Iterable[Concept], width: int = LINE_WIDTH) -> Iterator[str]:
    """Yield lines: name; type, period type and balance; the statements that contain the concept; label.

    They are aligned where all of it fits, else a name stands over the rest.
    """
    concepts = tuple(concepts)
    name_width = min(_MAX_NAME_WIDTH, max((len(concept.name) for concept in concepts), default=0))
    fits = name_width + _ATTRIBUTES_WIDTH + max((len(concept.label) for concept in concepts), default=0) <= width
    for concept in concepts:
        attributes = " ".join(filter(None, (concept.type, concept.period_type, concept.balance)))
        rest = f"{attributes:<24}  {','.join(concept.statements):<8}  "
        if fits:
            yield f"{concept.name:<{name_width}}  {rest}{concept.label}"
        else:
            yield concept.name
            yield from wrapped(f"  {rest}", concept.label, width)


def _searchable_text(concept: Concept) -> str:
    labels = (concept.label, concept.total_label, concept.negated_label, concept.terse_label)
    return "\n".join((concept.name, *labels, concept.documentation)).casefold()


def _description(statement: Statement) -> str:
    periods = dict.fromkeys(_period(column, statement.qualifier) for column in statement.columns)
    qualifier = f", {statement.qualifier}" if statement.qualifier is not None else ""
    return f"{len(statement.items)} rows, {statement.currency}{qualifier}: {', '.join(periods)}"


def _period(column: Column, known: Qualifier | None) -> str:
    text = period_text(column.period)
    return text if column.qualifier in (None, known) else f"{text} ({column.qualifier})"


def period_text(period: Period) -> str:
    """Return a period in words: `2003-09-30`, `2003-07-01 to 2003-09-30`."""
    return period.day.isoformat() if isinstance(period, Instant) else f"{period.start} to {period.end}"


def _severity_counts(findings: Sequence[Finding]) -> str:
    counts = ((severity, sum(finding.severity is severity for finding in findings)) for severity in Severity)
    return ", ".join(f"{count} {severity}" for severity, count in counts if count) or "none"
