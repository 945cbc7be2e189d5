"""Rows of tables that break a statement's row down: taken where no statement has their concept."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from converter.filing import Filing
from converter.report import Fact, FigureIndex, Ledger, MappedRow, consistent, line_number, mapped_fact
from converter.vocabulary import Code, Finding, Severity


def admit_details(filing: Filing, rows: Sequence[MappedRow], ledger: Ledger) -> Iterator[Finding]:
    """Enter the rows whose concept no fact has so far, as far as nothing contradicts them."""
    stated = {fact.concept for fact in ledger.facts().values()}
    for _, group in groupby(rows, key=lambda row: row.number):
        table = tuple(group)
        added = [pair for row in table for pair in _news_of(row, ledger, stated)]
        for place, fact in added:
            ledger.enter(place, fact)
        if any(place.item != table[-1].index for place, _ in added):
            yield _read_in_details(filing, table)


def _news_of(row: MappedRow, ledger: Ledger, stated: Collection[str]) -> Iterator[tuple[FigureIndex, Fact]]:
    """The facts of a row, unless one contradicts what is held, or is a new one of a concept that is `stated`."""
    facts = [(place, fact) for place, figure in row.figures if (fact := mapped_fact(row, place, figure)) is not None]
    olds = [ledger.held(fact) for _, fact in facts]
    if all(
        consistent(old, fact) if old is not None else fact.concept not in stated
        for old, (_, fact) in zip(olds, facts, strict=True)
    ):
        yield from facts


def _read_in_details(filing: Filing, rows: Sequence[MappedRow]) -> Finding:
    """What is to be said of a table whose rows became facts."""
    total, first = rows[-1].item, rows[0].item
    whole = rows[-1].statement.breaks_down
    assert whole is not None  # that is what makes a statement one of details
    parts = ", ".join(repr(row.item.label) for row in rows[:-1] if row.concept and row.item.label)
    named = f"total {total.label!r}" if total.label else "total"
    place = line_number(filing, whole)
    message = f"{parts or 'rows without a caption'}: read in a table whose {named} is the figure in line {place}"
    return Finding(Severity.INFO, Code.READ_IN_DETAILS, message, line_number(filing, first.source))
