"""Standard items from facts: the facts that are items, then what follows from them by the identities of the table.

An identity is applied within one column, one statement and one scale. Nothing is filled in: an item that may be printed
in a row without a concept is not taken for absent. Every identity must hold in the end; where one does not, what was
derived has no value, and a finding says so. What is printed stays as it is printed.
"""

import functools
from collections.abc import Iterator, Mapping
from decimal import Decimal

from msgspec import Struct

from converter.filing import Filing
from converter.normalised.columns import Column, Entry, columns_of, other_concepts
from converter.normalised.items import Identity, Item, Need, load_items
from converter.normalised.model import Normalised, Rule, StandardValue
from converter.normalised.templates import Template, template_of
from converter.report import Report, Unit, format_value, line_number
from converter.statements import StatementKind
from converter.vocabulary import Code, Finding, Instant, Severity


class _Figure(Struct, frozen=True):
    """A value of an item in a column, and where it comes from."""

    value: Decimal
    unit: Unit
    decimals: int | None
    statement: StatementKind | None
    is_in_statement: bool
    rule: Rule
    inputs: tuple[Entry, ...]


class _Broken(Struct, frozen=True):
    """An identity that does not hold: the figure of its item, and what it makes of the others."""

    identity: Identity
    own: _Figure
    other: _Figure


class _Ready(Struct, frozen=True):
    """An identity, the items that it cannot do without, and those that may be absent, by name.

    `in_whole` is true if it holds in whole statements only.
    """

    identity: Identity
    needed: frozenset[str]
    others: Mapping[str, Item]
    in_whole: bool


_Figures = dict[str, _Figure]


def normalise(filing: Filing, report: Report) -> Normalised:
    """Return the standard items of a report, by column in document order and then in the order of the table.

    `filing` gives the industry code and the lines of findings.
    """
    columns = columns_of(report)
    template = template_of((name for column in columns for name in column.entries), filing.header.sic)
    items = _items_of(template)
    others = other_concepts(_items_by_concept(template), columns)
    values: list[StandardValue] = []
    findings: list[Finding] = []
    for column in columns:
        figures, broken = _solve(column, template, others)
        findings += [_finding(filing, column, each) for each in broken]
        values += [_standard(item, column, figures[item.name]) for item in items if item.name in figures]
    return Normalised(template, tuple(values), tuple(findings))


@functools.cache
def _items_of(template: Template) -> tuple[Item, ...]:
    return tuple(item for item in load_items() if item.is_of(template))


@functools.cache
def _items_by_concept(template: Template) -> Mapping[str, tuple[Item, ...]]:
    """The items that a fact of a concept may be."""
    found: dict[str, tuple[Item, ...]] = {}
    for item in _items_of(template):
        for concept in dict.fromkeys((*item.concepts, *item.alone)):
            found[concept] = (*found.get(concept, ()), item)
    return found


@functools.cache
def _identities_of(template: Template) -> tuple[_Ready, ...]:
    by_name = {item.name: item for item in _items_of(template)}
    ready = []
    for identity in (identity for item in by_name.values() for identity in item.identities):
        if not all(term.item in by_name for term in identity.terms):
            continue  # it is about items of other templates
        needed = frozenset(term.item for term in identity.terms if term.need is Need.PRESENT)
        others = {term.item: by_name[term.item] for term in identity.terms if term.item not in needed}
        ready.append(_Ready(identity, needed, others, identity.needs_whole_statement))
    return tuple(ready)


def _solve(column: Column, template: Template, others: Mapping[str, frozenset[str]]) -> tuple[_Figures, list[_Broken]]:
    """Return the figures of a column, and each identity that does not hold with the two figures that differ."""
    reported: _Figures = {}
    by_concept = _items_by_concept(template)
    for item in {item.name: item for concept in column.entries for item in by_concept.get(concept, ())}.values():
        entry = column.choose(item, others.get(item.name, frozenset()))
        if entry is not None:
            reported[item.name] = _reported(entry)
    barred: set[str] = set()
    broken: list[_Broken] = []
    while reported:
        figures = _derived(column, template, reported, barred)
        found = next(_broken(column, template, figures, reported), None)
        if found is None:
            return figures, broken
        broken.append(found)
        identity = found.identity
        barred |= {name for name in (identity.item, *(term.item for term in identity.terms)) if name not in reported}
    return reported, broken


def _derived(column: Column, template: Template, reported: _Figures, barred: set[str]) -> _Figures:
    """Return the reported figures, and all that follows from them; never one of the barred items."""
    figures = dict(reported)
    while True:
        new: _Figures = {}
        for ready in _identities_of(template):
            name = ready.identity.item
            if name not in figures and name not in new and name not in barred and ready.needed <= figures.keys():
                figure = _apply(ready, figures, column)
                if figure is not None:
                    new[name] = figure
        if not new:
            return figures
        figures |= new


def _broken(column: Column, template: Template, figures: _Figures, reported: _Figures) -> Iterator[_Broken]:
    """Yield the identities that do not hold though something in them was derived."""
    for ready in _identities_of(template):
        identity = ready.identity
        if identity.item not in figures or not ready.needed <= figures.keys():
            continue
        if identity.item in reported and ready.needed <= reported.keys():
            continue
        figure = _apply(ready, figures, column)
        own = figures[identity.item]
        if figure is None or own.decimals is None or figure.decimals != own.decimals:
            continue
        rounding = Decimal(10) ** -own.decimals * (len(identity.terms) + 1) / 2
        if abs(figure.value - own.value) > rounding:
            yield _Broken(identity, own, figure)


def _apply(ready: _Ready, figures: _Figures, column: Column) -> _Figure | None:
    """Return what an identity makes of the figures, None if it does not apply."""
    parts: list[tuple[int, _Figure]] = []
    for term in ready.identity.terms:
        figure = figures.get(term.item)
        if figure is None:
            if term.need is Need.PRESENT or column.may_print(ready.others[term.item]):
                return None
        elif term.need is not Need.ABSENT:
            parts.append((term.sign, figure))
        elif figure.value:
            return None
    first = parts[0][1]
    is_whole = first.is_in_statement
    for _, part in parts[1:]:
        if part.unit != first.unit or part.decimals != first.decimals or part.statement is not first.statement:
            return None
        is_whole = is_whole and part.is_in_statement
    if ready.in_whole and not is_whole:
        return None
    inputs = tuple({entry.number: entry for _, part in parts for entry in part.inputs}.values())
    value = sum((sign * part.value for sign, part in parts), Decimal())
    rule = Rule.DIFFERENCE if any(sign < 0 for sign, _ in parts) else Rule.SUM if len(parts) > 1 else Rule.SAME
    return _Figure(value, first.unit, first.decimals, first.statement, is_whole, rule, inputs)


def _reported(entry: Entry) -> _Figure:
    fact = entry.fact
    assert fact.unit is not None
    assert isinstance(fact.value, Decimal)
    return _Figure(fact.value, fact.unit, fact.decimals, fact.statement, entry.is_in_statement, Rule.REPORTED, (entry,))


def _standard(item: Item, column: Column, figure: _Figure) -> StandardValue:
    confidences = [entry.fact.confidence for entry in figure.inputs if entry.fact.confidence is not None]
    return StandardValue(
        item.name,
        column.key.period,
        figure.unit,
        figure.value,
        figure.decimals,
        figure.rule,
        tuple(entry.number for entry in figure.inputs),
        min(confidences, default=None),
    )


def _finding(filing: Filing, column: Column, broken: _Broken) -> Finding:
    identity, own, other = broken.identity, broken.own, broken.other
    period = column.key.period
    day = period.day if isinstance(period, Instant) else period.end
    message = (
        f"{identity} does not hold for {day}: {format_value(own.value)}, not {format_value(other.value)};"
        " what is not printed of it has no standard value"
    )
    source = own.inputs[0].fact.source
    return Finding(Severity.INFO, Code.STANDARD_ITEM_CONTRADICTED, message, line_number(filing, source))
