"""The text of golden files: what a document becomes, for a person to read beside it. tests/README.md explains it.

`describe` writes it; `helpers.truths` reads the same text where a person wrote it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import takewhile
from typing import TypeVar

from msgspec.structs import replace

from converter.filing.lines import TextSpan
from converter.filing.reader import Filing, NotAReport, read_filing
from converter.mapping import MappedStatement
from converter.pipeline import read_data
from converter.report import Fact, Report, Unit
from converter.report.model import line_number
from converter.statements.model import Column, Component, Figure, LineItem, Origin, Statement, UnitKind
from converter.statements.reader import read_statements
from converter.taxonomy import CAPTION_AXIS
from converter.vocabulary.findings import Finding
from converter.vocabulary.periods import Duration, Instant, Period

_T = TypeVar("_T")
BLANK = "."
NO_CAPTION = "(no caption)"
NO_CONCEPT = "-"
START, END = "@start", "@end"
_ORIGINS = {
    Origin.PARENTHETICAL: "stated in captions",
    Origin.CONSOLIDATING: "consolidating",
    Origin.OTHER_TABLE: "another table",
    Origin.QUARTERLY: "quarterly data",
    Origin.SELECTED: "selected data",
    Origin.SCHEDULE: "a schedule",
    Origin.PROSE: "stated in sentences",
}
_UNITS = {UnitKind.MONETARY: "{}", UnitKind.SHARES: "shares", UnitKind.PER_SHARE: "{}/shares", UnitKind.PURE: "pure"}


def describe(data: bytes, name: str) -> str:
    """What a document becomes: its cover, its statements with the values of their facts, counts and findings."""
    try:
        reading = read_data(data, name)
    except NotAReport as refusal:
        lines = [f"not a report | {refusal}", *map(_finding, _findings_of_a_refused(data, name))]
        return "\n".join(lines) + "\n"
    facts: dict[TextSpan, list[Fact]] = {}
    for fact in reading.report.facts:
        for place in (fact.source, *fact.also):
            facts.setdefault(place, []).append(fact) if place is not None else None
    blocks = [
        _cover(reading.report),
        *(_statement(reading.filing, part, facts) for mapped in reading.statements for part in _by_period(mapped)),
        _rest(reading.report),
    ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines whose cells stand below each other: caption and unit on the left, values on the right, then the concept."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for caption, unit, *values, concept in rows:
        cells = [value.rjust(width) for value, width in zip(values, widths[2:-1], strict=True)]
        yield "  ".join([caption.ljust(widths[0]), unit.ljust(widths[1]), *cells, concept]).rstrip()


def period_text(period: Period) -> str:
    """A day, or the first and the last of several: `1998-01-01/1998-12-31`."""
    return f"{period.day}" if isinstance(period, Instant) else f"{period.start}/{period.end}"


def component_text(component: Component) -> str:
    """What a component of equity is called: `CommonStock`, `CommonStock/CommonClassA`, or its name in the source."""
    parts = [component.name or component.member, *filter(None, [component.stock_class])]
    return "/".join(part.removesuffix("Member") for part in parts)


def unit_text(unit: Unit | None) -> str:
    """`USD`, `shares`, `USD/shares`, `pure`; empty for what is not a number."""
    measures = [unit.numerator, unit.denominator] if unit is not None else []
    return "/".join(measure.split(":")[-1] for measure in measures if measure is not None)


def line_item_of(fact: Fact) -> str:
    """What a fact of a general line item is called; empty for a fact of any other concept."""
    return next((dimension.text for dimension in fact.context.dimensions if dimension.axis == CAPTION_AXIS), "")


def _findings_of_a_refused(data: bytes, name: str) -> Sequence[Finding]:
    filing = read_filing(data, name)
    read = read_statements(filing)
    return (*filing.findings, *read.findings, *read.tables_left_out())


def _cover(report: Report) -> Iterator[str]:
    cover = [fact for group in report.groups if group.statement is None for fact in group.facts]
    periods = dict.fromkeys(period_text(fact.context.period) for fact in cover)
    yield " | ".join(["cover", report.entity_identifier, *periods])
    width = max((len(fact.concept) for fact in cover), default=0)
    yield from (f"{fact.concept:<{width}}  {fact.value}" for fact in cover)


def _by_period(mapped: MappedStatement) -> Iterator[MappedStatement]:
    """A statement, or one for each period of a statement of equity, which has a column for each component in it."""
    statement = mapped.statement
    if not any(column.component for column in statement.columns):
        yield mapped
        return
    for period in sorted({column.period for column in statement.columns}, key=period_text):
        kept = [i for i, column in enumerate(statement.columns) if column.period == period]
        items = [replace(item, figures=tuple(item.figures[i] for i in kept)) for item in statement.items]
        rows = [i for i, item in enumerate(items) if any(item.figures)]
        part = replace(
            statement, columns=tuple(statement.columns[i] for i in kept), items=tuple(items[row] for row in rows)
        )
        yield MappedStatement(part, (), tuple(mapped.mappings[row] for row in rows))


def _statement(filing: Filing, mapped: MappedStatement, facts: Mapping[TextSpan, Sequence[Fact]]) -> Iterator[str]:
    statement = mapped.statement
    extras = [statement.qualifier.value] if statement.qualifier else []
    extras += [_ORIGINS[statement.origin]] if statement.origin in _ORIGINS else []
    extras += [f"breaks line {line_number(filing, statement.breaks_down)} down"] if statement.breaks_down else []
    yield " | ".join([statement.kind.words, statement.title, statement.currency, *extras])
    rows: list[Sequence[str]] = [("", "", *map(_heading, statement.columns), "")]
    above: tuple[str, ...] = ()
    for item, mapping in zip(statement.items, mapped.mappings, strict=True):
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(above, item.sections, strict=False)))
        rows += [_section(depth, text, statement) for depth, text in enumerate(item.sections) if depth >= same]
        above = item.sections
        rows.append(_row(item, mapping.concept, statement, facts))
    yield from aligned(rows)


def _heading(column: Column) -> str:
    of_equity = f" [{component_text(column.component)}]" if column.component else ""
    return period_text(column.period) + (f" {column.qualifier}" if column.qualifier else "") + of_equity


def _section(depth: int, text: str, statement: Statement) -> Sequence[str]:
    return ("  " * depth + " ".join(text.split()) + ":", "", *("" for _ in statement.columns), "")


def _row(
    item: LineItem, concept_name: str | None, statement: Statement, facts: Mapping[TextSpan, Sequence[Fact]]
) -> Sequence[str]:
    caption = " ".join(item.label.split()) or NO_CAPTION
    found = [
        None if figure is None else _fact_of(facts.get(figure.source, ()), concept_name, column.period)
        for figure, column in zip(item.figures, statement.columns, strict=True)
    ]
    concepts = [
        "" if fact is None else _concept(fact, caption, column.period)
        for fact, column in zip(found, statement.columns, strict=True)
    ]
    decimals = [
        None if figure is None else (fact or figure).decimals for figure, fact in zip(item.figures, found, strict=True)
    ]
    concept = _most(filter(None, concepts)) or NO_CONCEPT
    usual = _most(one for one in decimals if one is not None)
    cells = []
    for figure, fact, own, places in zip(item.figures, found, concepts, decimals, strict=True):
        notes = [] if places in (usual, None) else [f"decimals {places}"]
        notes += [own] if own and own != concept else []
        cells.append(_cell(figure, fact, notes))
    unit = _UNITS[item.unit].format(statement.currency)
    kind = f"{unit} {usual}" + (" ruled" if item.ruled else "")
    return ("  " * len(item.sections) + caption, kind, *cells, concept)


def _fact_of(facts: Sequence[Fact], concept: str | None, period: Period) -> Fact | None:
    """The fact of a figure among those printed in its place, as one number of a caption may be several."""
    return max(
        facts,
        key=lambda fact: (fact.concept == concept, fact.context.period == period),
        default=None,
    )


def _cell(figure: Figure | None, fact: Fact | None, notes: list[str]) -> str:
    """The value of a fact, in brackets a figure that has none; remarks follow."""
    if figure is None:
        return BLANK
    notes += [f"mark {figure.amount.mark}"] if figure.amount.mark else []
    if fact is None:
        text = f"({_number(figure.value, figure.decimals)})"
    else:
        assert isinstance(fact.value, Decimal)
        text = _number(fact.value, fact.decimals)
    return text + (f" [{', '.join(notes)}]" if notes else "")


def _number(value: Decimal, decimals: int | None) -> str:
    text = f"{value:,.{max(decimals or 0, 0)}f}"
    assert Decimal(text.replace(",", "")) == value, "a figure has digits beyond its decimals"
    return text


def _concept(fact: Fact, caption: str, period: Period) -> str:
    """The concept, when a balance in a column of a duration is taken, and what a general line item is called."""
    name = line_item_of(fact)
    moment = _moment(fact.context.period, period)
    return (NO_CONCEPT if name else fact.concept) + moment + (f" {name}" if name not in ("", caption) else "")


def _moment(taken: Period, column: Period) -> str:
    if taken == column:
        return ""
    assert isinstance(taken, Instant)
    assert isinstance(column, Duration)
    assert taken.day in (column.end, column.start - timedelta(days=1))
    return END if taken.day == column.end else START


def _most(values: Iterator[_T]) -> _T | None:
    common = Counter(values).most_common(1)
    return common[0][0] if common else None


def _rest(report: Report) -> Iterator[str]:
    figures = sum(isinstance(fact.value, Decimal) for fact in report.facts)
    yield f"figures | {figures}"
    yield f"sums | {report.summary.sums_holding} of {report.summary.sums} hold"
    yield from map(_finding, report.findings)


def _finding(finding: Finding) -> str:
    where = "" if finding.line is None else f" line {finding.line}"
    return f"{finding.severity}{where} {finding.code}: {finding.message}"
