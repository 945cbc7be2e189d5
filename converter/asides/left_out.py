"""Findings about rows of tables beside the statements that become no facts."""

from converter.filing import Filing
from converter.report import Fact, MappedRow, format_value, line_number
from converter.vocabulary import Code, Finding, Severity


def row_without_concept(filing: Filing, row: MappedRow) -> Finding:
    """Say that a row has no concept."""
    message = f"the row {row.item.label!r} of another table was left out: no concept of the statements fits it"
    line = line_number(filing, row.item.source)
    return Finding(Severity.INFO, Code.ROW_WITHOUT_CONCEPT, message, line, figures=len(row.figures))


def row_not_comparable(filing: Filing, existing: Fact, fact: Fact, figures: int) -> Finding:
    """Say that a row of so many figures contradicts an existing fact, or repeats it as another concept."""
    message = (
        f"the row {fact.label!r} of another table was left out: "
        f"it says {format_value(fact.value)} ({fact.context.name}), "
        f"{existing.label!r} (line {line_number(filing, existing.source)}) says {format_value(existing.value)}"
    )
    line = line_number(filing, fact.source)
    return Finding(Severity.WARNING, Code.ROW_NOT_COMPARABLE, message, line, figures=figures)
