"""How the rows of a filing are mapped, for a terminal of any width and as JSON."""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from textwrap import wrap

import click
from msgspec import Struct

from converter.cli.presentation import period_text, terminal_width
from converter.mapping import MappedStatement
from converter.mapping import Mapping as RowMapping
from converter.pipeline import Reading
from converter.report import format_value
from converter.statements import Column, LineItem
from converter.sums import Sum
from converter.vocabulary import Instant

SURE = 0.9
"""A concept of at least this confidence is not doubtful."""
_RELEVANT = 0.05
_WIDE = 120
_LINE_WIDTH, _VALUE_WIDTH, _CONCEPT_WIDTH, _BAR_WIDTH = 6, 15, 48, 5


class Row(Struct, frozen=True):
    """A row of a statement, as it is explained.

    `values` has the fact value of each column in whole units, None where nothing is printed; `line` is the 1-based
    number of its line, `sums` what the row is the sum of, in words.
    """

    line: int
    item: LineItem
    mapping: RowMapping
    values: tuple[str | None, ...]
    sum: Sum | None
    sum_text: str

    @property
    def doubtful(self) -> bool:
        """Whether the row has no concept of its own, or one that is not certain."""
        return self.mapping.concept is None or self.mapping.confidence < SURE


def show(reading: Reading, doubtful: bool) -> None:
    """Print the rows of all statements, or the doubtful ones only, as wide as the terminal."""
    for line in explanation_lines(reading, doubtful, terminal_width(), _can_print("█░")):
        click.echo(line)


def explanation_lines(reading: Reading, doubtful: bool, width: int, shaded: bool = True) -> Iterator[str]:
    """Yield the rows in lines of a terminal of this width; `shaded` allows characters beyond ASCII."""
    layout = _Layout(width, shaded)
    shown = total = 0
    for mapped in reading.statements:
        rows = rows_of(reading, mapped)
        chosen = [row for row in rows if row.doubtful] if doubtful else rows
        shown, total = shown + len(chosen), total + len(rows)
        if chosen:
            yield from layout.statement(mapped, chosen)
            yield ""
    if doubtful:
        yield f"{shown} of {total} rows are doubtful: without a concept, or with one less than {SURE:.0%} sure"


def rows_json(reading: Reading, doubtful: bool) -> str:
    """Return the rows as JSON: entity, name, statements with their columns and rows. Amounts are strings."""
    statements = [_statement_object(mapped, rows_of(reading, mapped), doubtful) for mapped in reading.statements]
    shown = [found for found in statements if found["rows"] or not doubtful]
    head = {"entity": reading.report.entity_identifier, "entity_scheme": reading.report.entity_scheme}
    return json.dumps({**head, "statements": shown}, indent=1, ensure_ascii=False)


def rows_of(reading: Reading, mapped: MappedStatement) -> Sequence[Row]:
    """Return the rows of a statement."""
    lines = reading.filing.documents[mapped.statement.document].lines
    numbers = [lines[item.source.line].number for item in mapped.statement.items]
    sums = {found.total: found for found in mapped.sums}
    return [
        Row(
            numbers[index],
            item,
            mapping,
            tuple(None if figure is None else format_value(mapping.sign * figure.value) for figure in item.figures),
            sums.get(index),
            _sum_text(sums[index], numbers, mapped.statement.columns) if index in sums else "",
        )
        for index, (item, mapping) in enumerate(zip(mapped.statement.items, mapped.mappings, strict=True))
    ]


def _sum_text(found: Sum, numbers: Sequence[int], columns: Sequence[Column]) -> str:
    parts = " ".join(f"{'-' if part.sign < 0 else '+'} {numbers[part.item]}" for part in found.parts).removeprefix("+ ")
    if found.holds:
        return f"sum of lines {parts}"
    differences = [
        f"{format_value(difference)} in {period_text(column.period)}"
        for difference, column in zip(found.differences, columns, strict=True)
        if difference
    ]
    return f"not the sum of lines {parts}: differs by {', '.join(differences)}"


class _Layout:
    """Lays rows out for a width: with the concept beside the values, or below them where there is no room."""

    def __init__(self, width: int, shaded: bool) -> None:
        self._width = width
        self._is_wide = width >= _WIDE
        self._full, self._empty = ("█", "░") if shaded else ("#", ".")

    def statement(self, mapped: MappedStatement, rows: Sequence[Row]) -> Iterator[str]:
        """Yield the title, the headings of the columns and the rows."""
        statement = mapped.statement
        columns = statement.columns[: self._columns(len(statement.columns))]
        title = f"{' '.join((statement.title or statement.kind.words).split())} [{statement.currency}]"
        yield from (click.style(line, bold=True) for line in wrap(title, self._width))
        caption_width = self._caption_width(len(columns))
        heads = [_heading(column) for column in columns]
        for part in zip(*heads, strict=True):
            if any(part):
                yield (
                    " " * (_LINE_WIDTH + caption_width) + "".join(f"{text:>{_VALUE_WIDTH}}" for text in part)
                ).rstrip()
        if len(columns) < len(statement.columns):
            yield f"{' ' * _LINE_WIDTH}({len(statement.columns) - len(columns)} more columns; --json has them all)"
        for row in rows:
            yield from self._row(row, caption_width, len(columns))

    def _columns(self, number: int) -> int:
        room = self._width - _LINE_WIDTH - 24 - (_CONCEPT_WIDTH + 12 if self._is_wide else 0)
        return max(1, min(number, room // _VALUE_WIDTH))

    def _caption_width(self, columns: int) -> int:
        taken = _LINE_WIDTH + columns * _VALUE_WIDTH + (_CONCEPT_WIDTH + 12 if self._is_wide else 0)
        return max(20, min(60, self._width - taken))

    def _row(self, row: Row, caption_width: int, columns: int) -> Iterator[str]:
        captions = wrap(" ".join(row.item.label.split()), caption_width - 1) or [""]
        values = "".join(f"{value or '':>{_VALUE_WIDTH}}" for value in row.values[:columns])
        first = f"{row.line:>{_LINE_WIDTH - 1}} {captions[0]:<{caption_width}}{values}"
        below = [" " * _LINE_WIDTH + caption for caption in captions[1:]]
        if not self._is_wide:
            yield first.rstrip()
            yield from below
            margin = " " * (_LINE_WIDTH + 2)
            yield from (margin + line for line in self._concept(row, self._width - len(margin)))
            return
        indent = len(first) + 2
        right = self._concept(row, self._width - indent)
        for left, told in zip_longest((first, *below), right, fillvalue=""):
            yield f"{left:<{indent}}{told}".rstrip()

    def _concept(self, row: Row, width: int) -> Iterator[str]:
        """Yield the concept with its confidence, then the runners-up that matter, the reasons and the sum."""
        mapping = row.mapping
        filled = int(mapping.confidence * _BAR_WIDTH + 0.5)
        bar = self._full * filled + self._empty * (_BAR_WIDTH - filled)
        concept = mapping.concept or "(general line item)"
        sign = "  sign turned" if mapping.sign < 0 else ""
        colour = "green" if not row.doubtful else "yellow" if mapping.confidence >= 0.5 else "red"
        rest = f" {mapping.confidence:4.0%} {concept}{sign}"
        first, *more = wrap(rest, max(20, width - _BAR_WIDTH), drop_whitespace=False, subsequent_indent=" " * 6)
        yield click.style(bar, fg=colour) + first.rstrip()
        yield from more
        for runner_up in mapping.runners_up:
            if runner_up.confidence >= _RELEVANT:
                yield from self._note(f"or {runner_up.concept} {runner_up.confidence:.0%}", width)
        if row.doubtful and mapping.evidence:
            yield from self._note("; ".join(mapping.evidence), width)
        if row.sum_text:
            yield from self._note(row.sum_text, width)

    def _note(self, text: str, width: int) -> Iterator[str]:
        indent = " " * (_BAR_WIDTH + 1)
        lines = wrap(text, max(20, width - len(indent)), break_on_hyphens=False)
        yield from (click.style(indent + line, dim=True) for line in lines)


def _heading(column: Column) -> tuple[str, str, str]:
    """Return the three lines over a column: first day, last day, qualifier or part."""
    period = column.period
    start = "" if isinstance(period, Instant) else f"{period.start} -"
    end = str(period.day if isinstance(period, Instant) else period.end)
    name = column.part or (str(column.qualifier) if column.qualifier is not None else "")
    return start, end, name[: _VALUE_WIDTH - 1]


def _statement_object(mapped: MappedStatement, rows: Sequence[Row], doubtful: bool) -> Mapping[str, object]:
    statement = mapped.statement
    return {
        "statement": statement.kind.value,
        "part": statement.origin.value,
        "title": statement.title,
        "currency": statement.currency,
        "columns": [_column_object(column) for column in statement.columns],
        "rows": [_row_object(row) for row in rows if row.doubtful or not doubtful],
    }


def _column_object(column: Column) -> Mapping[str, object]:
    period = column.period
    start = None if isinstance(period, Instant) else str(period.start)
    end = str(period.day if isinstance(period, Instant) else period.end)
    return {"start": start, "end": end, "heading": column.heading, "qualifier": column.qualifier, "part": column.part}


def _row_object(row: Row) -> Mapping[str, object]:
    return {
        "line": row.line,
        "caption": row.item.label,
        "sections": row.item.sections,
        "values": [None if value is None else value.replace(",", "") for value in row.values],
        "concept": row.mapping.concept,
        "confidence": round(row.mapping.confidence, 4),
        "doubtful": row.doubtful,
        "sign": row.mapping.sign,
        "runners_up": [
            {"concept": one.concept, "confidence": round(one.confidence, 4)} for one in row.mapping.runners_up
        ],
        "evidence": row.mapping.evidence,
        "sum": row.sum_text or None,
        "sum_holds": None if row.sum is None else row.sum.holds,
    }


def _can_print(characters: str) -> bool:
    try:
        characters.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return os.environ.get("TERM") != "dumb"
