"""Account for the printed figures of a filing: each one is a fact, or a finding names it."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from converter.mapping import MappedStatement
from converter.statements import Origin
from converter.vocabulary import Code, Finding, Severity

TABLE_ORIGINS = (Origin.PRIMARY, Origin.EQUITY, Origin.CONSOLIDATING, Origin.SCHEDULE)
"""The origins of statements that are tables of their own; the others come from captions, notes and sentences."""

_COUNTED_ORIGINS = (*TABLE_ORIGINS, Origin.OTHER_TABLE, Origin.QUARTERLY, Origin.SELECTED)


class FigureIndex(Struct, frozen=True, order=True):
    """A printed figure: indexes of its statement, line item and column."""

    statement: int
    item: int
    column: int


class Account(Struct, frozen=True):
    """The number of figures printed in the rows of statements, of those that are facts, and of those named in findings.

    Figures in captions, notes and sentences do not count.
    """

    printed: int = 0
    read: int = 0
    named: int = 0

    @property
    def findings(self) -> Iterator[Finding]:
        """An error if `read` and `named` do not add up to `printed`: then figures were lost, or counted twice."""
        if self.read + self.named != self.printed:
            message = (
                f"of {self.printed:,} printed figures {self.read:,} are facts and {self.named:,} are named in findings"
            )
            yield Finding(Severity.ERROR, Code.FIGURES_UNACCOUNTED, message)


def account_of(
    statements: Sequence[MappedStatement], indexes: Iterable[FigureIndex], findings: Iterable[Finding]
) -> Account:
    """Count the printed figures; `indexes` are those of the figures that are facts."""
    counted = {i for i, mapped in enumerate(statements) if mapped.statement.origin in _COUNTED_ORIGINS}
    return Account(
        printed=sum(mapped.statement.printed for mapped in statements),
        read=sum(index.statement in counted for index in indexes),
        named=sum(finding.figures for finding in findings),
    )
