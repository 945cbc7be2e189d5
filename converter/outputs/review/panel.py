"""What the review page knows of a report beside its text, as plain data for a JSON block."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from converter.filing import Filing, TextSpan
from converter.mapping import MappedStatement
from converter.mapping import Mapping as RowMapping
from converter.outputs.instance import lexical
from converter.outputs.review.marking import Mark, Marking
from converter.outputs.review.notes import Notes
from converter.outputs.review.pages import title_of
from converter.pipeline import Reading
from converter.report import Context, Dimension, Fact, Report, Unit
from converter.statements import LineItem, Statement
from converter.taxonomy import Concept, load_taxonomy
from converter.vocabulary import Instant, Period

LOW_CONFIDENCE = 0.8
"""A concept that is right less often than four times in five deserves a look."""

Json = Mapping[str, object]
RowAndColumn = tuple[int, int]
"""A row of all statements' rows, counted through, and a column."""


def state_of(fact: Fact) -> str:
    """How far a fact's concept is settled: `cover`, `general` (no concept fits), `low` (confidence) or `mapped`."""
    if fact.unit is None:
        return "cover"
    if fact.confidence is None:
        return "general"
    return "low" if fact.confidence < LOW_CONFIDENCE else "mapped"


def review_data(reading: Reading, marking: Marking, notes: Notes) -> Json:
    """All the page shows: facts, what they refer to, the rows and sums of the statements, findings and places.

    Lists refer to each other by index; values are text, as in the instance (`value`) or for people (`shown`).
    """
    report, filing = reading.report, reading.filing
    return {
        "concepts": _concepts(report, reading.statements),
        "contexts": {name: _context(context) for context, name in report.contexts().items()},
        "units": {name: _unit(unit) for unit, name in report.units().items()},
        "facts": list(_facts(report, filing, _cells(reading.statements), damaged_facts(reading))),
        "rows": list(_rows(reading.statements)),
        "sums": list(_sums(reading.statements)),
        "statements": list(_statements(reading, notes)),
        "findings": list(_findings(report, notes)),
        "marks": list(_marks(marking, notes)),
    }


def _concepts(report: Report, statements: Sequence[MappedStatement]) -> Json:
    """The concepts of the facts in full, of the runners-up the label."""
    concepts = load_taxonomy().concepts
    used = dict.fromkeys(fact.concept for fact in report.facts)
    others = {
        other.concept for mapped in statements for mapping in mapped.mappings for other in mapping.runners_up
    } - used.keys()
    full = {name: _concept(concepts[name]) for name in used}
    return full | {name: {"label": concepts[name].label} for name in sorted(others)}


def _concept(concept: Concept) -> Json:
    return {
        "label": concept.label,
        "documentation": concept.documentation,
        "type": concept.item_type,
        "balance": concept.balance,
        "usGaap": concept.us_gaap,
    }


def _context(context: Context) -> Json:
    period = _period(context.period) + _length(context.period)
    return {"period": period, "dimensions": [_dimension(dimension) for dimension in context.dimensions]}


def _period(period: Period) -> str:
    return f"{period.day}" if isinstance(period, Instant) else f"{period.start} to {period.end}"


def _length(period: Period) -> str:
    if isinstance(period, Instant):
        return ""
    days = (period.end - period.start).days + 1
    return " (1 day)" if days == 1 else f" ({days} days)"


def _dimension(dimension: Dimension) -> str:
    concepts = load_taxonomy().concepts
    value = concepts[dimension.member].label if dimension.member else dimension.text
    return f"{concepts[dimension.axis].label}: {value}"


def _unit(unit: Unit) -> str:
    head = unit.numerator.split(":")[-1]
    return head if unit.denominator is None else f"{head} per {unit.denominator.split(':')[-1].removesuffix('s')}"


def _cells(statements: Sequence[MappedStatement]) -> Mapping[TextSpan | None, RowAndColumn]:
    """The row and column of every printed figure."""
    rows = (item for mapped in statements for item in mapped.statement.items)
    return {
        figure.source: (row, column)
        for row, item in enumerate(rows)
        for column, figure in enumerate(item.figures)
        if figure is not None
    }


def damaged_facts(reading: Reading) -> frozenset[int]:
    """The facts (indexes of Report.facts) whose figure is misprinted: a bracket lost, a comma doubled, O for 0."""
    items = (item for mapped in reading.statements for item in mapped.statement.items)
    figures = (figure for item in items for figure in item.figures if figure is not None)
    damaged = {figure.source for figure in figures if figure.amount.damaged}
    return frozenset(number for number, fact in enumerate(reading.report.facts) if fact.source in damaged)


def _facts(
    report: Report, filing: Filing, cells: Mapping[TextSpan | None, RowAndColumn], damaged: Collection[int]
) -> Iterator[Json]:
    contexts, units = report.contexts(), report.units()
    number = 0
    for group in report.groups:
        for fact in group.facts:
            number += 1
            source = fact.source
            yield {
                "id": f"f{number}",
                "state": state_of(fact),
                "concept": fact.concept,
                "label": fact.label,
                "group": group.title,
                "context": contexts[fact.context],
                "unit": units[fact.unit] if fact.unit is not None else None,
                "value": lexical(fact.value),
                "shown": _shown(fact.value) if isinstance(fact.value, Decimal) else lexical(fact.value),
                "decimals": fact.decimals,
                "confidence": fact.confidence,
                "where": None if source is None else _where(filing, source),
                "also": [_where(filing, other) for other in fact.also],
                "cells": [cells[each] for each in (source, *fact.also) if each in cells],
                "damaged": number - 1 in damaged,
            }


def _where(filing: Filing, source: TextSpan) -> str:
    document = filing.documents[source.document]
    line = document.lines[source.line].number
    return f"line {line}" if len(filing.documents) == 1 else f"{document.type or title_of(document)}, line {line}"


def _shown(value: Decimal) -> str:
    """A number for people, with a true minus sign: `1,013,000`, `−0.03`."""
    head, point, tail = lexical(value.copy_abs()).partition(".")
    return f"{'−' if value < 0 else ''}{int(head):,}{point}{tail}"


def _rows(statements: Sequence[MappedStatement]) -> Iterator[Json]:
    for mapped in statements:
        for item, mapping in zip(mapped.statement.items, mapped.mappings, strict=True):
            yield _row(mapped.statement, item, mapping)


def _row(statement: Statement, item: LineItem, mapping: RowMapping) -> Json:
    return {
        "statement": statement.kind.value,
        "caption": " ".join(item.label.split()),
        "sections": [" ".join(section.split()) for section in item.sections],
        "concept": mapping.concept,
        "confidence": mapping.confidence,
        "negated": mapping.sign < 0,
        "evidence": mapping.evidence,
        "runnersUp": [[other.concept, other.confidence] for other in mapping.runners_up],
        "figures": [None if figure is None else _shown(figure.value) for figure in item.figures],
    }


def _sums(statements: Sequence[MappedStatement]) -> Iterator[Json]:
    first = 0
    for mapped in statements:
        for each in mapped.sums:
            yield {
                "total": first + each.total,
                "parts": [[first + row, sign] for row, sign in each.parts],
                "differences": [None if off is None else _shown(off) for off in each.differences],
                "holds": each.holds,
            }
        first += len(mapped.statement.items)


def _statements(reading: Reading, notes: Notes) -> Iterator[Json]:
    for mapped, target in zip(reading.statements, notes.statements, strict=True):
        statement = mapped.statement
        document = reading.filing.documents[statement.document]
        yield {
            "title": " ".join(statement.title.split()) or statement.kind.words.capitalize(),
            "kind": statement.kind.words,
            "where": _where(reading.filing, statement.items[0].source) if statement.items else title_of(document),
            "columns": [_period(column.period) for column in statement.columns],
            "rows": len(statement.items),
            "sums": len(mapped.sums),
            "holding": sum(found.holds for found in mapped.sums),
            "target": target,
        }


def _findings(report: Report, notes: Notes) -> Iterator[Json]:
    for finding, target in zip(report.findings, notes.findings, strict=True):
        yield {
            "severity": finding.severity.value,
            "code": finding.code,
            "message": finding.message,
            "line": finding.line,
            "target": target,
        }


def _marks(marking: Marking, notes: Notes) -> Iterator[Json]:
    marks: list[Mark] = [mark for page in marking.pages for mark in page]
    for number, mark in enumerate(marks):
        yield {"facts": mark.facts, "findings": notes.marks.get(number, ())}
