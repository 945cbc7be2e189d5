"""Account for the printed figures of a filing: each one is read, or a finding names it."""

from collections.abc import Sequence

from msgspec import Struct

from converter.mapping import MappedStatement
from converter.statements import Origin
from converter.vocabulary import Code, Finding

TABLE_ORIGINS = (Origin.PRIMARY, Origin.SCHEDULE)
"""The origins of statements that are tables of their own; the others come from captions, notes and sentences."""


class Account(Struct, frozen=True):
    """The number of figures printed in the rows of statements, of those read, and of those named in findings.

    Figures in captions, notes and sentences do not count.
    """

    printed: int
    read: int
    named: int


def account_of(statements: Sequence[MappedStatement], findings: Sequence[Finding]) -> Account:
    """Count the printed figures; `read` and `named` add up to `printed`."""
    tables = [mapped.statement for mapped in statements if mapped.statement.origin in TABLE_ORIGINS]
    return Account(
        printed=sum(mapped.statement.printed for mapped in statements),
        read=sum(figure is not None for statement in tables for item in statement.items for figure in item.figures),
        named=sum(finding.code == Code.FIGURE_NOT_READ for finding in findings),
    )
