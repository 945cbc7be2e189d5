"""Statements that state no scale: what else in the filing tells it."""

from decimal import Decimal

import pytest
from helpers.builders import filing, instant, item, statement
from msgspec.structs import replace

from converter.filing import Filing
from converter.statements.model import LineItem, Statement, StatementKind, UnitKind
from converter.statements.unscaled import Unscaled, find_scale

BS, IS = StatementKind.BALANCE_SHEET, StatementKind.INCOME
SHARES, PER_SHARE = UnitKind.SHARES, UnitKind.PER_SHARE


def read(*items: LineItem, kind: StatementKind = BS, text: str = "", others: tuple[Statement, ...] = ()) -> Unscaled:
    made = statement(kind, [instant("1998-12-31")], *items)
    return find_scale(filing(text), [made, *others], [0])


def found(unscaled: Unscaled) -> tuple[int | None, list[str]]:
    return int(unscaled.factors[0]), [str(finding.severity) for finding in unscaled.findings]


def earnings(income: str, per_share: str, shares: str) -> list[LineItem]:
    return [
        item("Net income", income),
        item("Net income per share", per_share, unit=PER_SHARE, decimals=2),
        item("Average shares", shares, unit=SHARES),
    ]


@pytest.mark.parametrize(
    ("rows", "factor", "severities"),
    [
        (earnings("4100", "2.05", "2000000"), 1000, ["warning"]),
        (earnings("4100000", "2.05", "2000000"), 1, []),
        (earnings("41", "0.50", "82000000"), 1_000_000, ["warning"]),
        (earnings("4100", "2.05", "2000"), 1, ["error"]),  # both may be in thousands
        (earnings("4100000", "2.05", "2000"), 1, []),
        (earnings("4100", "0.01", "410000"), 1, ["error"]),
    ],
)
def test_earnings_per_share(rows: list[LineItem], factor: int, severities: list[str]) -> None:
    assert found(read(*rows, kind=IS)) == (factor, severities)


def test_money_is_scaled_and_shares_stay() -> None:
    [made] = read(*earnings("4100", "2.05", "2000000"), kind=IS).statements
    assert [figure and (figure.value, figure.decimals) for row in made.items for figure in row.figures] == [
        (Decimal(4_100_000), -3),
        (Decimal("2.05"), 2),
        (Decimal(2_000_000), 0),
    ]


@pytest.mark.parametrize(
    ("caption", "figure", "factor", "severities"),
    [
        ("Common stock, $.01 par value, 5,000,000 shares issued", "50", 1000, ["warning"]),
        ("Common stock, par value $1; 2,000,000 shares issued", "2000", 1000, ["warning"]),
        ("Common stock, $1 par value, 900,000 shares authorized, 250,000 issued", "250000", 1, []),
        ("Common stock, $1 par value, 2,000 shares issued", "2000", 1, ["error"]),
        ("Common stock, 2,000,000 shares issued", "2000", 1, ["error"]),
    ],
)
def test_par_value(caption: str, figure: str, factor: int, severities: list[str]) -> None:
    assert found(read(item(caption, figure))) == (factor, severities)


def with_schedule(made: Filing, *lines: str) -> Filing:
    schedule = filing("\n".join(lines), type="EX-27").documents[0]
    return replace(made, documents=(*made.documents, schedule))


@pytest.mark.parametrize(
    ("multiplier", "values", "factor"),
    [
        ("1,000", ("1,422", "7,578", "26,000"), 1000),
        ("1", ("1,422,000", "7,578,000", "26,000,000"), 1000),
        ("1000000", ("1,422", "7,578", "26,000"), 1_000_000),
        ("1,000", ("1,422", "7,578", "26,001"), 1),
        ("1", ("1,422", "7,578", "26,000"), 1),
    ],
)
def test_the_schedule(multiplier: str, values: tuple[str, str, str], factor: int) -> None:
    tags = ("CASH", "RECEIVABLES", "TOTAL-ASSETS")
    lines = [f"<{tag}>     {value}" for tag, value in zip(tags, values, strict=True)]
    rows = [item("Cash", "1422"), item("Receivables", "7578"), item("Total assets", "26000")]
    made = statement(BS, [instant("1998-12-31")], *rows)
    assert find_scale(with_schedule(filing(), f"<MULTIPLIER> {multiplier}", *lines), [made], [0]).factors[0] == factor


def test_sentences() -> None:
    rows = [item("Deposits", "815123"), item("Loans", "906734"), item("Reserve", "13925"), item("Cash", "25244")]
    three = "Deposits were $815 million.\nLoans are $906.7 million.\nThe reserve is $13.9 million."
    assert found(read(*rows, text=three)) == (1000, ["warning"])
    assert found(read(*rows, text=three.replace("906.7", "901.2"))) == (1, ["error"])


@pytest.mark.parametrize("factor", [100, 1_000, 1_000_000, 1_000_000_000])
def test_another_statement_with_a_scale(factor: int) -> None:
    scaled_row = replace(item("Net income", str(4100 * factor)), factor=Decimal(factor))
    figure = scaled_row.figures[0]
    assert figure is not None
    printed = replace(figure, amount=replace(figure.amount, value=Decimal(4100)))
    other = statement(IS, [instant("1998-12-31")], replace(scaled_row, figures=(printed,)))
    assert found(read(item("Net income", "4100"), others=(other,))) == (factor, ["warning"])


def test_large_figures_are_taken_as_printed() -> None:
    assert found(read(item("Total assets", "26000000"))) == (1, [])
