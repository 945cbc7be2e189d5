"""Text about a conversion for the terminal: summary, findings, the mapping row by row, concepts."""

from collections.abc import Iterable, Iterator, Sequence

from converter.mapping import Mapping
from converter.pipeline import Reading
from converter.report import TABLE_ORIGINS
from converter.statements import Column, LineItem, Qualifier, Statement
from converter.taxonomy import Concept, load_taxonomy
from converter.vocabulary import Finding, Instant, Severity

_STATEMENTS = {"bs": "balance sheet", "is": "income statement", "cf": "cash flow statement"}
_CAPTION_WIDTH = 44
_MAX_NAME_WIDTH = 60


def finding_line(finding: Finding) -> str:
    """Format a finding as `warning: line 12: message [code]`."""
    place = "" if finding.line is None else f"line {finding.line}: "
    return f"{finding.severity}: {place}{finding.message} [{finding.code}]"


def summary_lines(reading: Reading, findings: Sequence[Finding], written_to: str | None) -> Iterator[str]:
    """Yield aligned lines: the statements, how many figures are mapped, how many sums hold, the output file."""
    report, summary = reading.report, reading.report.summary
    rows = [
        (_statement_name(mapped.statement), _description(mapped.statement))
        for mapped in reading.statements
        if mapped.statement.origin in TABLE_ORIGINS
    ]
    rows.append(("entity", f"{report.entity_identifier} ({report.entity_scheme})"))
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
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        yield f"{name:<{width}}  {value}"


def _statement_name(statement: Statement) -> str:
    return "schedule" if statement.qualifier is Qualifier.FINANCIAL_DATA_SCHEDULE else _STATEMENTS[statement.kind]


def explanation_lines(reading: Reading) -> Iterator[str]:
    """Yield each row of each statement: line, caption, sign, concept (`-` for none), confidence and evidence."""
    for mapped in reading.statements:
        statement = mapped.statement
        lines = reading.filing.documents[statement.document].lines
        yield f"{statement.title or _STATEMENTS[statement.kind]}  [{_description(statement)}]"
        for item, mapping in zip(statement.items, mapped.mappings, strict=True):
            yield _explanation(item, mapping, lines[item.source.line].number)
        yield ""


def find_concepts(words: str) -> tuple[Concept, ...]:
    """Return the concepts whose name, labels or documentation contain all of the words, in the taxonomy's order."""
    keywords = words.casefold().split()
    return tuple(
        concept
        for concept in load_taxonomy().concepts.values()
        if not concept.abstract and all(keyword in _searchable_text(concept) for keyword in keywords)
    )


def concept_lines(concepts: Iterable[Concept]) -> Iterator[str]:
    """Yield aligned lines: name; type, period type and balance; the statements that contain the concept; label."""
    concepts = tuple(concepts)
    width = min(_MAX_NAME_WIDTH, max((len(concept.name) for concept in concepts), default=0))
    for concept in concepts:
        attributes = " ".join(filter(None, (concept.type, concept.period_type, concept.balance)))
        yield f"{concept.name:<{width}}  {attributes:<24}  {','.join(concept.statements):<8}  {concept.label}"


def _searchable_text(concept: Concept) -> str:
    labels = (concept.label, concept.total_label, concept.negated_label, concept.terse_label)
    return "\n".join((concept.name, *labels, concept.documentation)).casefold()


def _explanation(item: LineItem, mapping: Mapping, line: int) -> str:
    caption = " ".join(item.label.split())
    caption = caption if len(caption) <= _CAPTION_WIDTH else caption[: _CAPTION_WIDTH - 1] + "…"
    sign = "-" if mapping.sign < 0 else " "
    concept = mapping.concept or "-"
    alternatives = ", ".join(f"{runner_up.concept} {runner_up.confidence:.2f}" for runner_up in mapping.runners_up)
    evidence = "; ".join([*mapping.evidence, *([f"else {alternatives}"] if alternatives else [])])
    mapped_to = f"{sign}{concept:<{_MAX_NAME_WIDTH}} {mapping.confidence:4.2f}"
    return f"{line:>6}  {caption:<{_CAPTION_WIDTH}} {mapped_to}  {evidence}".rstrip()


def _description(statement: Statement) -> str:
    periods = dict.fromkeys(_period(column) for column in statement.columns)
    qualifier = f", {statement.qualifier}" if statement.qualifier is not None else ""
    return f"{len(statement.items)} rows, {statement.currency}{qualifier}: {', '.join(periods)}"


def _period(column: Column) -> str:
    period = column.period
    text = period.day.isoformat() if isinstance(period, Instant) else f"{period.start} to {period.end}"
    return text if column.qualifier is None else f"{text} ({column.qualifier})"


def _severity_counts(findings: Sequence[Finding]) -> str:
    counts = ((severity, sum(finding.severity is severity for finding in findings)) for severity in Severity)
    return ", ".join(f"{count} {severity}" for severity, count in counts if count) or "none"
