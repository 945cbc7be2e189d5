"""Small documents, one layout each, and beside each the statements that must be read from it.

The companies and figures are invented; the layouts are those of filings of 1993-2009. A file's name says what
it shows. `NAME.expected` holds what the reader must make of `NAME.txt` or `NAME.htm`, for a person to compare:
a block for every statement (kind, title, currency; a row for every line item with its headings, unit, decimals
and figures in whole units; "ruled" where a rule stands above the figures) and a line for every finding.

    python -m tests.documents            # names the documents that are not read as expected
    python -m tests.documents --write    # writes what is read now; look at the difference before it is kept
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from converter.asides.details.reading import find_details
from converter.filing.reader import Filing, read_filing
from converter.statements.model import Figure, LineItem, Origin, Statement, UnitKind
from converter.statements.reader import read_statements
from converter.vocabulary.findings import Finding
from converter.vocabulary.periods import Instant, Period

FOLDER = Path(__file__).parent
_UNITS = {UnitKind.MONETARY: "money", UnitKind.SHARES: "shares", UnitKind.PER_SHARE: "per share", UnitKind.PURE: "pure"}


def document_paths() -> list[Path]:
    """Every document of the folder, by name."""
    return sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".htm"))


def expected_path(path: Path) -> Path:
    """Where the expectation of a document stands."""
    return path.with_suffix(".expected")


def read_document(path: Path) -> tuple[Filing, tuple[Statement, ...], tuple[Finding, ...]]:
    """The document as a filing, its statements, and the findings of both steps."""
    filing = read_filing(path.read_bytes(), path.name)
    read = read_statements(filing)
    details = (table for tables in read.documents for table in find_details(tables))
    findings = (*filing.findings, *read.findings, *read.tables_left_out())
    return filing, (*read.statements, *details), tuple(sorted(findings, key=lambda finding: finding.line or 0))


def describe(path: Path) -> str:
    """What is read of a document, as its .expected file holds it."""
    _, statements, findings = read_document(path)
    blocks = ["\n".join(_describe_statement(statement)) for statement in statements]
    told = [_describe_finding(finding) for finding in findings]
    return "\n\n".join([*blocks, *(["\n".join(told)] if told else [])] or ["nothing is read"]) + "\n"


def _describe_statement(statement: Statement) -> Iterator[str]:
    extras = [statement.qualifier.value] if statement.qualifier else []
    extras += ["stated in captions"] if statement.origin is Origin.PARENTHETICAL else []
    extras += [f"breaks the row of line {statement.breaks_down.line + 1} down"] if statement.breaks_down else []
    yield " | ".join([statement.kind.words, statement.title, statement.currency, *extras])
    heads = [_period(column.period) for column in statement.columns]
    table = [("", "", *heads)]
    if any(column.qualifier for column in statement.columns):
        table.append(("", "", *(column.qualifier.value if column.qualifier else "" for column in statement.columns)))
    sections: tuple[str, ...] = ()
    for item in statement.items:
        common = sum(1 for _ in _same_start(sections, item.sections))
        for depth in range(common, len(item.sections)):
            table.append(("  " * depth + item.sections[depth] + ":", "", *("" for _ in heads)))
        sections = item.sections
        table.append(_describe_item(item))
    yield from _aligned(table)


def _same_start(one: Sequence[str], other: Sequence[str]) -> Iterator[str]:
    for a, b in zip(one, other, strict=False):
        if a != b:
            return
        yield a


def _describe_item(item: LineItem) -> tuple[str, ...]:
    decimals = Counter(figure.decimals for figure in item.figures if figure is not None).most_common(1)[0][0]
    unit = f"{_UNITS[item.unit]} {decimals}" + (" ruled" if item.ruled else "")
    label = "  " * len(item.sections) + (item.label or "(no caption)")
    return (label, unit, *(_describe_figure(figure, decimals) for figure in item.figures))


def _describe_figure(figure: Figure | None, decimals: int) -> str:
    if figure is None:
        return "blank"
    value = f"{figure.value:,.{max(figure.decimals, 0)}f}"
    assert Decimal(value.replace(",", "")) == figure.value, "a figure has digits beyond its decimals"
    other = "" if figure.decimals == decimals else f" (decimals {figure.decimals})"
    return value + (f" {figure.amount.mark}" if figure.amount.mark else "") + other


def _period(period: Period) -> str:
    return f"{period.day}" if isinstance(period, Instant) else f"{period.start}..{period.end}"


def _aligned(table: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
    for label, unit, *values in table:
        cells = [value.rjust(width) for value, width in zip(values, widths[2:], strict=True)]
        yield "  ".join([label.ljust(widths[0]), unit.ljust(widths[1]), *cells]).rstrip()


def _describe_finding(finding: Finding) -> str:
    return f"{finding.severity} line {finding.line} {finding.code}: {finding.message}"
