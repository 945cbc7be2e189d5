"""What a person reads about a conversion: summary, findings, the mapping row by row, concepts. Text, no terminal."""

from collections.abc import Iterable, Iterator, Sequence

from converter.mapping import Mapping
from converter.pipeline import Reading
from converter.report import TABLES, account_of
from converter.statements import Column, LineItem, Qualifier, Statement
from converter.taxonomy import Concept, load_taxonomy
from converter.vocabulary import Finding, Instant, Severity

_STATEMENTS = {"bs": "balance sheet", "is": "income statement", "cf": "cash flow statement"}
_CAPTION = 44
_NAME = 60


def finding_line(finding: Finding) -> str:
    """`warning: line 12: message [code]`."""
    where = "" if finding.line is None else f"line {finding.line}: "
    return f"{finding.severity}: {where}{finding.message} [{finding.code}]"


def summary_lines(reading: Reading, findings: Sequence[Finding], written: str | None) -> Iterator[str]:
    """What was read, how much of it is mapped and adds up, and where it went; one aligned line each."""
    report, summary = reading.report, reading.report.summary
    rows = [
        (_named(mapped.statement), _shape(mapped.statement))
        for mapped in reading.statements
        if mapped.statement.origin in TABLES
    ]
    rows.append(("entity", f"{report.entity_identifier} ({report.entity_scheme})"))
    share = f"{summary.mapped / summary.figures:.0%}" if summary.figures else "none"
    rows.append(("facts", f"{len(report.facts):,}; {share} of {summary.figures:,} figures have a concept of their own"))
    figures = account_of(reading.statements, report.findings)
    if figures.printed:
        share = f"{figures.read + figures.named:,} of {figures.printed:,} printed figures"
        rows.append(("accounted for", f"{share}: {figures.read:,} read, {figures.named:,} named in findings"))
    rows.append(("sums", f"{summary.sums_holding} of {summary.sums} hold" if summary.sums else "none found"))
    rows.append(("findings", _counts(findings)))
    if written is not None:
        rows.append(("written to", written))
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        yield f"{name:<{width}}  {value}"


def _named(statement: Statement) -> str:
    return "schedule" if statement.qualifier is Qualifier.FINANCIAL_DATA_SCHEDULE else _STATEMENTS[statement.kind]


def explanation_lines(reading: Reading) -> Iterator[str]:
    """Each row of each statement: its line, its caption, the concept (`-`: none), confidence, sign and evidence."""
    for mapped in reading.statements:
        statement = mapped.statement
        lines = reading.filing.documents[statement.document].lines
        yield f"{statement.title or _STATEMENTS[statement.kind]}  [{_shape(statement)}]"
        for item, mapping in zip(statement.items, mapped.mappings, strict=True):
            yield _explanation(item, mapping, lines[item.source.line].number)
        yield ""


def find_concepts(words: str) -> tuple[Concept, ...]:
    """The concepts whose name, labels or documentation hold every one of the words, in the taxonomy's order."""
    wanted = words.casefold().split()
    return tuple(
        concept
        for concept in load_taxonomy().concepts.values()
        if not concept.abstract and all(word in _searched(concept) for word in wanted)
    )


def concept_lines(concepts: Iterable[Concept]) -> Iterator[str]:
    """`Name  type period balance  where  label`, aligned; `where` names the statements that the concept stands in."""
    concepts = tuple(concepts)
    width = min(_NAME, max((len(concept.name) for concept in concepts), default=0))
    for concept in concepts:
        kind = " ".join(filter(None, (concept.type, concept.period_type, concept.balance)))
        yield f"{concept.name:<{width}}  {kind:<24}  {','.join(concept.statements):<8}  {concept.label}"


def _searched(concept: Concept) -> str:
    labels = (concept.label, concept.total_label, concept.negated_label, concept.terse_label)
    return "\n".join((concept.name, *labels, concept.documentation)).casefold()


def _explanation(item: LineItem, mapping: Mapping, line: int) -> str:
    caption = " ".join(item.label.split())
    caption = caption if len(caption) <= _CAPTION else caption[: _CAPTION - 1] + "…"
    sign = "-" if mapping.sign < 0 else " "
    concept = mapping.concept or "-"
    others = ", ".join(f"{other.concept} {other.confidence:.2f}" for other in mapping.runners_up)
    evidence = "; ".join([*mapping.evidence, *([f"else {others}"] if others else [])])
    return f"{line:>6}  {caption:<{_CAPTION}} {sign}{concept:<{_NAME}} {mapping.confidence:4.2f}  {evidence}".rstrip()


def _shape(statement: Statement) -> str:
    periods = dict.fromkeys(_period(column) for column in statement.columns)
    qualifier = f", {statement.qualifier}" if statement.qualifier is not None else ""
    return f"{len(statement.items)} rows, {statement.currency}{qualifier}: {', '.join(periods)}"


def _period(column: Column) -> str:
    period = column.period
    text = period.day.isoformat() if isinstance(period, Instant) else f"{period.start} to {period.end}"
    return text if column.qualifier is None else f"{text} ({column.qualifier})"


def _counts(findings: Sequence[Finding]) -> str:
    counts = ((severity, sum(finding.severity is severity for finding in findings)) for severity in Severity)
    return ", ".join(f"{count} {severity}" for severity, count in counts if count) or "none"
