"""Rows of tables that break a statement's row down: taken where no statement has their concept."""

from collections.abc import Callable, Collection, Iterator, Sequence

from converter.filing.reader import Filing
from converter.report.duplicates import consistent
from converter.report.model import Fact, Place, line_number
from converter.report.rows import Row, mapped_fact
from converter.vocabulary.findings import Finding, Severity

Held = Callable[[Fact], Fact | None]
"""The fact so far that has a fact's concept, context and unit."""


def news_of(row: Row, held: Held, stated: Collection[str]) -> Iterator[tuple[Place, Fact]]:
    """The facts of a row, unless one contradicts what is held, or is a new one of a concept that is `stated`."""
    facts = [(place, fact) for place, figure in row.figures if (fact := mapped_fact(row, place, figure)) is not None]
    olds = [held(fact) for _, fact in facts]
    if all(
        consistent(old, fact) if old is not None else fact.concept not in stated
        for old, (_, fact) in zip(olds, facts, strict=True)
    ):
        yield from facts


def read_in_details(filing: Filing, rows: Sequence[Row]) -> Finding:
    """What is to be said of a table whose rows became facts."""
    total, first = rows[-1].item, rows[0].item
    whole = rows[-1].statement.detail_of
    assert whole is not None  # that is what makes a statement one of details
    parts = ", ".join(repr(row.item.label) for row in rows[:-1] if row.concept and row.item.label)
    named = f"total {total.label!r}" if total.label else "total"
    place = line_number(filing, whole)
    message = f"{parts or 'rows without a caption'}: read in a table whose {named} is the figure in line {place}"
    return Finding(Severity.INFO, "read-in-details", message, line_number(filing, first.source))
