"""The data of the review page beside the text of the filing, for a JSON block."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath
from typing import NamedTuple

from converter.filing import Filing, TextSpan
from converter.mapping import MappedStatement
from converter.mapping import Mapping as RowMapping
from converter.outputs.instance import lexical
from converter.outputs.review.marking import Mark, Marking
from converter.outputs.review.notes import Notes
from converter.outputs.review.pages import title_of
from converter.pipeline import Reading
from converter.report import Context, Dimension, Fact, Report, Unit
from converter.statements import Column, LineItem, Statement
from converter.taxonomy import Concept, load_taxonomy
from converter.vocabulary import Instant, Period

LOW_CONFIDENCE = 0.8
"""Below this confidence a concept is marked for review: it is right less often than four times in five."""

Json = Mapping[str, object]


class _Cell(NamedTuple):
    """The place of a figure: the index of its row among the rows of all statements, and that of its column."""

    row: int
    column: int


def state_of(fact: Fact) -> str:
    """Return the state of a fact's concept: `cover`, `general` (no concept fits), `low` (confidence) or `mapped`."""
    if "cover" in load_taxonomy().concepts[fact.concept].statements:
        return "cover"
    if fact.confidence is None:
        return "general"
    return "low" if fact.confidence < LOW_CONFIDENCE else "mapped"


def review_data(reading: Reading, marking: Marking, notes: Notes) -> Json:
    """Return all that the page shows: facts with their concepts, contexts and units; statements; findings; marks.

    Lists refer to each other by index; values are text, as in the instance (`value`) or for people (`shown`).
    """
    report, filing = reading.report, reading.filing
    name = PurePath(filing.name).name
    return {
        "key": hashlib.sha256(filing.text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        "title": registrant(report) or name,
        "about": _about(report),
        "command": f"convert {name} -o {PurePath(name).stem}.html --mapping mapping.csv",
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


def registrant(report: Report) -> str:
    """Return the name of the registrant, "" if it is not known."""
    return next((str(fact.value) for fact in report.facts if fact.concept == "EntityRegistrantName"), "")


def _about(report: Report) -> str:
    """Return form and end of the period, as far as they are known."""
    values = {fact.concept: str(fact.value) for fact in report.facts}
    return ", ".join(values[name] for name in ("DocumentType", "DocumentPeriodEndDate") if name in values)


def _concepts(report: Report, statements: Sequence[MappedStatement]) -> Json:
    """Return the concepts of the facts in full, and those of the runners-up with their labels."""
    concepts = load_taxonomy().concepts
    used = dict.fromkeys(fact.concept for fact in report.facts)
    mappings = (mapping for mapped in statements for mapping in mapped.mappings)
    runners_up = {candidate.concept for mapping in mappings for candidate in mapping.runners_up} - used.keys()
    full = {name: _concept(concepts[name]) for name in used}
    return full | {name: {"label": concepts[name].label} for name in sorted(runners_up)}


def _concept(concept: Concept) -> Json:
    return {
        "label": concept.label,
        "documentation": concept.documentation,
        "type": concept.item_type,
        "balance": concept.balance,
        "usGaap": concept.us_gaap,
    }


def _context(context: Context) -> Json:
    return {**_period(context.period), "dimensions": [_dimension(dimension) for dimension in context.dimensions]}


def _period(period: Period) -> Json:
    if isinstance(period, Instant):
        return {"end": str(period.day)}
    return {"start": str(period.start), "end": str(period.end)}


def shown_period(period: Period) -> str:
    """Return a period for people: `2003-09-30`, `2003-07-01 to 2003-09-30`."""
    return f"{period.day}" if isinstance(period, Instant) else f"{period.start} to {period.end}"


def _dimension(dimension: Dimension) -> str:
    concepts = load_taxonomy().concepts
    value = concepts[dimension.member].label if dimension.member else dimension.text
    return f"{concepts[dimension.axis].label}: {value}"


def _unit(unit: Unit) -> str:
    measure = unit.numerator.split(":")[-1]
    return measure if unit.denominator is None else f"{measure} per {unit.denominator.split(':')[-1].removesuffix('s')}"


def _cells(statements: Sequence[MappedStatement]) -> Mapping[TextSpan | None, _Cell]:
    """Return the cell of every printed figure by its source."""
    rows = (item for mapped in statements for item in mapped.statement.items)
    return {
        figure.source: _Cell(row, column)
        for row, item in enumerate(rows)
        for column, figure in enumerate(item.figures)
        if figure is not None
    }


def damaged_facts(reading: Reading) -> frozenset[int]:
    """Return the facts (indexes of Report.facts) with a misprinted figure: a lost bracket, a double comma, O for 0."""
    items = (item for mapped in reading.statements for item in mapped.statement.items)
    figures = (figure for item in items for figure in item.figures if figure is not None)
    damaged = {figure.source for figure in figures if figure.amount.damaged}
    return frozenset(number for number, fact in enumerate(reading.report.facts) if fact.source in damaged)


def _facts(
    report: Report, filing: Filing, cells: Mapping[TextSpan | None, _Cell], damaged: Collection[int]
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
                "shown": shown_number(fact.value) if isinstance(fact.value, Decimal) else lexical(fact.value),
                "decimals": fact.decimals,
                "confidence": fact.confidence,
                "where": None if source is None else _where(filing, source),
                "also": [_where(filing, place) for place in fact.also],
                "cells": [cells[place] for place in (source, *fact.also) if place in cells],
                "damaged": number - 1 in damaged,
            }


def _where(filing: Filing, source: TextSpan) -> str:
    document = filing.documents[source.document]
    line = document.lines[source.line].number
    return f"line {line}" if len(filing.documents) == 1 else f"{document.type or title_of(document)}, line {line}"


def shown_number(value: Decimal) -> str:
    """Return a number for people, with a true minus sign: `1,013,000`, `−0.03`."""
    whole, point, fraction = lexical(value.copy_abs()).partition(".")
    return f"{'−' if value < 0 else ''}{int(whole):,}{point}{fraction}"


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
        "runnersUp": [[candidate.concept, candidate.confidence] for candidate in mapping.runners_up],
        "power": item.factor.adjusted(),
        "figures": [None if figure is None else shown_number(figure.value) for figure in item.figures],
    }


def _sums(statements: Sequence[MappedStatement]) -> Iterator[Json]:
    first = 0
    for mapped in statements:
        for sum_ in mapped.sums:
            yield {
                "total": first + sum_.total,
                "parts": [[first + row, sign] for row, sign in sum_.parts],
                "differences": [
                    None if difference is None else shown_number(difference) for difference in sum_.differences
                ],
                "holds": sum_.holds,
            }
        first += len(mapped.statement.items)


def _statements(reading: Reading, notes: Notes) -> Iterator[Json]:
    first = 0
    for mapped, target in zip(reading.statements, notes.statements, strict=True):
        statement = mapped.statement
        document = reading.filing.documents[statement.document]
        yield {
            "title": " ".join(statement.title.split()) or statement.kind.words.capitalize(),
            "kind": statement.kind.words,
            "where": _where(reading.filing, statement.items[0].source) if statement.items else title_of(document),
            "origin": statement.origin.value,
            "currency": statement.currency,
            "columns": [{**_period(column.period), "name": _name(column)} for column in statement.columns],
            "first": first,
            "rows": len(statement.items),
            "sums": len(mapped.sums),
            "holding": sum(sum_.holds for sum_ in mapped.sums),
            "target": target,
        }
        first += len(statement.items)


def _name(column: Column) -> str:
    """Return what tells a column from others of its period: a part of the company, a component, a qualifier."""
    component = column.component
    names = (
        column.part,
        "" if component is None else component.name or load_taxonomy().concepts[component.member].label,
        "" if column.qualifier is None or column.part else column.qualifier.value.replace("-", " "),
    )
    return ", ".join(name for name in names if name)


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
