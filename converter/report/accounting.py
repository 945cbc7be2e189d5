"""The account of a filing's printed figures: every one is read, or a finding names it."""

from collections.abc import Sequence

from msgspec import Struct

from converter.mapping import MappedStatement
from converter.statements import Origin
from converter.vocabulary import Code, Finding

TABLES = (Origin.PRIMARY, Origin.SCHEDULE)
"""The statements that are tables of their own, not what captions, notes or sentences say beside them."""


class Account(Struct, frozen=True):
    """How many figures are printed in the statements' rows, and what became of them; captions and text left aside."""

    printed: int
    read: int
    named: int


def account_of(statements: Sequence[MappedStatement], findings: Sequence[Finding]) -> Account:
    """Every printed figure is read, or a finding names it: the two add up to those printed."""
    tables = [mapped.statement for mapped in statements if mapped.statement.origin in TABLES]
    return Account(
        printed=sum(mapped.statement.printed for mapped in statements),
        read=sum(figure is not None for statement in tables for item in statement.items for figure in item.figures),
        named=sum(finding.code == Code.FIGURE_NOT_READ for finding in findings),
    )
