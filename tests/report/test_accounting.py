"""Every printed figure is a fact or named in a finding; if not, the report itself says so."""

from collections.abc import Sequence

import pytest
from helpers.builders import filing, instant, item, mapped, statement, with_mappings
from msgspec.structs import replace

from converter.mapping import MappedStatement
from converter.report import Account, build_report
from converter.report.accounting import FigureIndex, account_of
from converter.statements.model import Origin, StatementKind
from converter.vocabulary.findings import Code, Finding, Severity

DAYS = (instant("1998-12-31"), instant("1997-12-31"))


def balance(printed: int, origin: Origin = Origin.PRIMARY) -> MappedStatement:
    """A balance sheet of one row with two figures, in whose table so many are printed."""
    made = statement(StatementKind.BALANCE_SHEET, DAYS, item("Total assets", "900", "800"))
    return with_mappings(replace(made, printed=printed, origin=origin), [mapped("Assets")])


def named(*figures: int) -> list[Finding]:
    return [Finding(Severity.INFO, Code.FIGURE_NOT_READ, "left out", figures=count) for count in figures]


BOTH = (FigureIndex(0, 0, 0), FigureIndex(0, 0, 1))


@pytest.mark.parametrize(
    ("statements", "indexes", "findings", "account"),
    [
        ([], (), [], Account(0, 0, 0)),
        ([balance(2)], BOTH, [], Account(2, 2, 0)),
        ([balance(2)], BOTH[:1], named(1), Account(2, 1, 1)),
        ([balance(5)], BOTH, named(2, 0, 1), Account(5, 2, 3)),  # most findings name no figure
        ([balance(5)], BOTH, named(1), Account(5, 2, 1)),
        ([balance(0, Origin.PARENTHETICAL)], BOTH, [], Account(0, 0, 0)),  # in captions
        ([balance(0, Origin.PROSE)], BOTH, [], Account(0, 0, 0)),
        ([balance(2, Origin.SCHEDULE)], BOTH, [], Account(2, 2, 0)),
        ([balance(2, Origin.OTHER_TABLE)], BOTH, [], Account(2, 2, 0)),
        ([balance(2), balance(0, Origin.DETAILS)], (*BOTH, FigureIndex(1, 0, 0)), [], Account(2, 2, 0)),
    ],
)
def test_account(
    statements: Sequence[MappedStatement], indexes: Sequence[FigureIndex], findings: list[Finding], account: Account
) -> None:
    assert account_of(statements, indexes, findings) == account


@pytest.mark.parametrize("account", [Account(), Account(2, 2, 0), Account(3, 1, 2)])
def test_nothing_is_lost(account: Account) -> None:
    assert list(account.findings) == []


@pytest.mark.parametrize("account", [Account(3, 1, 1), Account(2, 2, 1), Account(1_000, 0, 0)])
def test_a_lost_figure_is_an_error(account: Account) -> None:
    (finding,) = account.findings
    assert (finding.severity, finding.code) == (Severity.ERROR, Code.FIGURES_UNACCOUNTED)
    assert finding.message.startswith(f"of {account.printed:,} printed figures {account.read:,} are facts")


@pytest.mark.parametrize(("printed", "lost"), [(2, False), (3, True)])
def test_every_report_is_accounted_for(printed: int, lost: bool) -> None:
    report = build_report(filing(), [balance(printed)])
    assert report.summary.account == Account(printed, 2, 0)
    assert (Code.FIGURES_UNACCOUNTED in {finding.code for finding in report.findings}) == lost
