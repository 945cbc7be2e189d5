"""The account of printed figures: each is a fact, or a finding names it; anything else is an error."""

import pytest
from helpers.builders import instant, item, mapped, statement, with_mappings
from msgspec.structs import replace

from converter.report.accounting import Account, FigureIndex, account_of
from converter.statements.model import Origin, StatementKind
from converter.vocabulary.findings import Code, Finding, Severity


@pytest.mark.parametrize(
    ("account", "message"),
    [
        (Account(), None),
        (Account(7, 5, 2), None),
        (Account(1007, 5, 2), "of 1,007 printed figures 5 are facts and 2 are named in findings"),
        (Account(6, 5, 2), "of 6 printed figures 5 are facts and 2 are named in findings"),
    ],
)
def test_figures_that_are_lost_or_counted_twice(account: Account, message: str | None) -> None:
    told = [(finding.severity, finding.code, finding.message) for finding in account.findings]
    assert told == ([(Severity.ERROR, Code.FIGURES_UNACCOUNTED, message)] if message else [])


def test_only_tables_count() -> None:
    """Figures in captions, notes and sentences are not among the rows of a table."""
    origins = (Origin.PRIMARY, Origin.SCHEDULE, Origin.OTHER_TABLE, Origin.PARENTHETICAL, Origin.PROSE)
    statements = []
    for origin in origins:
        made = statement(StatementKind.BALANCE_SHEET, [instant("2003-12-31")], item("Cash", "5"))
        printed = 2 if origin in origins[:3] else 0
        statements.append(with_mappings(replace(made, origin=origin, printed=printed), [mapped("Cash")]))
    indexes = [FigureIndex(number, 0, 0) for number in range(len(origins))]
    findings = [Finding(Severity.INFO, Code.FIGURE_NOT_READ, "left out", figures=1) for _ in range(3)]
    assert account_of(statements, indexes, findings) == Account(printed=6, read=3, named=3)
