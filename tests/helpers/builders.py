"""Hand-made filings and statements for the tests: small, and readable where they are used."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from converter.filing.lines import TextSpan
from converter.filing.reader import Document, Filing, Header, Line
from converter.mapping import MappedStatement, Mapping
from converter.statements.calendar import Calendar
from converter.statements.drafts import Draft, TableHead
from converter.statements.model import Column, Figure, LineItem, Qualifier, Statement, StatementKind, UnitKind
from converter.statements.position import Place
from converter.statements.selection import Candidate
from converter.sums.arithmetic import Sum
from converter.tables.blocks import Block
from converter.tables.headings import Headings
from converter.vocabulary.amounts import Amount
from converter.vocabulary.findings import Code, Finding, Severity
from converter.vocabulary.periods import Duration, Instant, Period

Row = tuple[object, ...]


def filing(text: str = "", header: Header | None = None, type: str = "") -> Filing:
    """A filing of one document with these lines (enough empty ones for the sources of made-up statements)."""
    texts = text.split("\n") + [""] * 100
    lines = tuple(Line(line, number, 0) for number, line in enumerate(texts, 1))
    return Filing("test.txt", text, header or Header(), (Document(type, 1, "", "", lines, False),), ())


def instant(day: str) -> Instant:
    """The end of an ISO day."""
    return Instant(date.fromisoformat(day))


def duration(start: str, end: str) -> Duration:
    """From the first to the last ISO day."""
    return Duration(date.fromisoformat(start), date.fromisoformat(end))


def figure(text: str, decimals: int = 0, line: int = 0) -> Figure:
    """A figure of this value in whole units."""
    value = Decimal(text)
    return Figure(value, decimals, Amount(value), TextSpan(0, line, 40, 50))


def item(
    label: str,
    *values: str | None,
    unit: UnitKind = UnitKind.MONETARY,
    sections: Sequence[str] = (),
    decimals: int = 0,
    line: int = 0,
    factor: int = 1,
) -> LineItem:
    """A row; None is a blank cell. The values are in whole units, whatever the `factor` of those printed."""
    figures = tuple(None if value is None else figure(value, decimals, line) for value in values)
    source = TextSpan(0, line, 0, len(label))
    return LineItem(label, tuple(sections), 0, False, unit, figures, source, (source,), Decimal(factor))


def statement(
    kind: StatementKind,
    periods: Sequence[Period],
    *items: LineItem,
    qualifiers: Sequence[Qualifier | None] = (),
    qualifier: Qualifier | None = None,
) -> Statement:
    """A statement in US dollars."""
    marks = [*qualifiers, *[None] * len(periods)]
    columns = tuple(
        Column(period, str(number), mark) for number, (period, mark) in enumerate(zip(periods, marks, strict=False))
    )
    printed = sum(figure is not None for item in items for figure in item.figures)
    return Statement(kind, f"Statement ({kind})", 0, "USD", columns, items, qualifier, printed)


def candidate(
    statement: Statement, *texts: str, titled: bool = True, place: Place = Place.UNKNOWN, findings: int = 0
) -> Candidate:
    """A statement that may be the registrant's, read from one table with these lines above it."""
    block = Block((), (), ())
    head = TableHead(Headings((), 0), (), Calendar())
    draft = Draft(block, head, statement.kind, statement.title, titled, False, "", texts, None, (), (), {})
    remarks = (Finding(Severity.INFO, Code.FIGURE_NOT_READ, "left out"),) * findings
    return Candidate(statement, (draft,), remarks, place)


def mapped(concept: str | None, sign: int = 1, confidence: float = 0.9) -> Mapping:
    """What the mapper says of one row."""
    return Mapping(concept=concept, confidence=confidence if concept else 0.0, sign=sign, evidence=(), runners_up=())


def with_mappings(statement: Statement, mappings: Sequence[Mapping], sums: Sequence[Sum] = ()) -> MappedStatement:
    """A statement with one mapping a row."""
    return MappedStatement(statement, tuple(sums), tuple(mappings))
