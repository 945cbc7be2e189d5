"""The statements of a reading as the roles of its linkbases show them: in the order and with the rows printed."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby

from msgspec import Struct

from converter.mapping import MappedStatement
from converter.pipeline import Reading
from converter.report import COVER, Cell, Fact, PrintedColumn, PrintedRow, PrintedStatement, Report
from converter.statements import Origin, StatementKind
from converter.taxonomy import CAPTION_AXIS
from converter.vocabulary import Duration, Instant

_STATEMENTS = (Origin.PRIMARY, Origin.EQUITY)
_PARENTHETICAL = "(parenthetical)"


class ShownRow(Struct, frozen=True):
    """A row of one concept under its headings; `facts` are indexes of Report.facts, in the order of the columns.

    `nature` is "total", "start" or "end" for a balance at the beginning or the end of a period, or "". `negated` is
    true if the figures are printed with the other sign than that of the facts.
    """

    headings: tuple[str, ...]
    caption: str
    nature: str
    negated: bool
    facts: tuple[int, ...]


class ShownStatement(Struct, frozen=True):
    """The cover, a statement, or what stands beside one.

    `sort` is "Document", "Statement" or "Disclosure", as filers in XBRL call it; `kind` is None for the cover.
    """

    kind: StatementKind | None
    title: str
    sort: str
    parenthetical: bool
    rows: tuple[ShownRow, ...]


def shown_statements(reading: Reading) -> Iterator[ShownStatement]:
    """Yield the cover, the registrant's statements with what their captions state behind each, and all the rest."""
    report = reading.report
    ranked = sorted(report.layout, key=lambda statement: (_rank(statement), statement.number))
    for (sort, title, _), group in groupby(ranked, key=_key):
        statements = tuple(group)
        rows = tuple(row for each in statements for row in _rows(each, _totals(each, reading.statements), report.facts))
        first = statements[0]
        is_parenthetical = first.origin is Origin.PARENTHETICAL
        yield ShownStatement(first.kind, _title(title, is_parenthetical), sort, is_parenthetical, rows)
    yield from _others(report)


def _others(report: Report) -> Iterator[ShownStatement]:
    """Yield what the layout does not have: all facts of a report that was read back from a file without places."""
    placed = {cell.fact for statement in report.layout for row in statement.rows for cell in row.cells if cell}
    rows: dict[tuple[str, str], list[int]] = {}
    for number, fact in enumerate(report.facts):
        if number not in placed:
            rows.setdefault(_line_of(fact), []).append(number)
    labels = {key: " ".join(report.facts[numbers[0]].label.split()) for key, numbers in rows.items()}
    shown = tuple(ShownRow((), labels[key] or key[0], "", False, tuple(numbers)) for key, numbers in rows.items())
    if shown:
        yield ShownStatement(None, "Other facts", "Disclosure", False, shown)


def _key(statement: PrintedStatement) -> tuple[str, str, int]:
    """What statements that are shown as one have in common: all captions of one balance sheet are shown together."""
    title = " ".join(statement.title.split()) or (statement.kind.words.capitalize() if statement.kind else "")
    is_statement = statement.origin in (*_STATEMENTS, Origin.PARENTHETICAL)
    sort = "Document" if statement.code == COVER else "Statement" if is_statement else "Disclosure"
    return sort, title, 0 if statement.origin is Origin.PARENTHETICAL else statement.number


def _rank(statement: PrintedStatement) -> tuple[int, int, int, int]:
    """Return the place among all: the cover, the registrant's statements as printed, their captions behind each."""
    if statement.code == COVER:
        return (0, 0, 0, 0)
    if statement.origin not in (*_STATEMENTS, Origin.PARENTHETICAL):
        return (2, 0, 0, 0)
    sources = (cell.source.line for row in statement.rows for cell in row.cells if cell and cell.source)
    return (1, statement.document or 0, min(sources, default=0), int(statement.origin is Origin.PARENTHETICAL))


def _title(title: str, is_parenthetical: bool) -> str:
    return f"{title.removesuffix(_PARENTHETICAL).strip()} (Parenthetical)" if is_parenthetical else title


def _totals(statement: PrintedStatement, statements: Sequence[MappedStatement]) -> frozenset[int]:
    """Return the numbers of the rows that are the total of others."""
    if not statement.number:
        return frozenset()
    return frozenset(sum_.total + 1 for sum_ in statements[statement.number - 1].sums)


def _rows(statement: PrintedStatement, totals: frozenset[int], facts: Sequence[Fact]) -> Iterator[ShownRow]:
    for row in statement.rows:
        for cells in _by_concept(statement, row, facts):
            nature = _nature([(facts[cell.fact], column) for column, cell in cells])
            yield ShownRow(
                row.sections,
                " ".join(row.label.split()),
                nature or ("total" if row.number in totals else ""),
                next((cell.negated for _, cell in cells if facts[cell.fact].value), False),
                tuple(cell.fact for _, cell in cells),
            )


_Cells = list[tuple[PrintedColumn, Cell]]


def _by_concept(statement: PrintedStatement, row: PrintedRow, facts: Sequence[Fact]) -> Iterator[_Cells]:
    """Yield the cells of each concept that a row has facts of; as a rule it is one."""
    of_concept: dict[tuple[str, str], _Cells] = {}
    for column, cell in zip(statement.columns, row.cells, strict=True):
        if cell is not None:
            of_concept.setdefault(_line_of(facts[cell.fact]), []).append((column, cell))
    yield from of_concept.values()


def _line_of(fact: Fact) -> tuple[str, str]:
    """Return the concept of a fact, and the caption if it is a general line item."""
    return fact.concept, next((each.text for each in fact.context.dimensions if each.axis == CAPTION_AXIS), "")


def _nature(cells: Sequence[tuple[Fact, PrintedColumn]]) -> str:
    for fact, column in cells:
        moment, period = fact.context.period, column.period
        if isinstance(moment, Instant) and isinstance(period, Duration) and fact.statement is not None:
            return "start" if moment.day == period.start - timedelta(days=1) else "end"
    return ""
