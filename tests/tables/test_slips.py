"""A point typed for the comma that groups digits."""

from decimal import Decimal

import pytest
from helpers.builders import filing

from converter.tables import find_blocks

ROWS = "Net sales                   12,400     11,119\n"
BELOW = "Gross profit                 2,500      2,100\nCosts                          410        380\n"


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("Cost of sales                2.171      1,119", ["2171", "1119"]),
        ("Cost of sales               (2.171)    (1,119)", ["-2171", "-1119"]),
        ("Cost of sales                2,171      1.119", ["2171", "1119"]),
        ("Net income per share         2.171      1.119", ["2.171", "1.119"]),  # no figure of the row is whole
        ("Net income per share         2.171       .305", ["2.171", "0.305"]),
        ("Ratio and amount             2.171      1,119.5", ["2.171", "1119.5"]),
        ("Cost of sales                2.17       1,119", ["2.17", "1119"]),
        ("Share of sales               2.171%     1,119", ["2.171", "1119"]),
    ],
)
def test_a_point_for_a_comma_beside_a_whole_figure(line: str, values: list[str]) -> None:
    (block,) = find_blocks(filing(f"{ROWS}{line}\n{BELOW}").documents[0])
    amounts = [token.amount for token in block.lines[1].tail]
    assert [amount.value for amount in amounts] == list(map(Decimal, values))
    assert any(amount.damaged for amount in amounts) == (line.startswith("Cost") and "2.17 " not in line)


def test_three_decimal_places_of_many_figures_are_no_slips() -> None:
    lines = [f"Rate and amount {n}            2.17{n}      1,119" for n in range(5)]
    (block,) = find_blocks(filing(ROWS + "\n".join(lines) + "\n" + BELOW).documents[0])
    assert [line.tail[0].amount.value for line in block.lines[1:6]] == [Decimal(f"2.17{n}") for n in range(5)]
