from datetime import date

import pytest

from converter.statements.model import Column, Qualifier
from converter.statements.registrant import with_own_columns
from converter.vocabulary import Instant

DAY = Instant(date(2004, 3, 31))
EARLIER = Instant(date(2003, 12, 31))


def columns(*headings: str, period: Instant = DAY) -> list[Column]:
    return [Column(period, heading, Qualifier.PART, heading) for heading in headings]


@pytest.mark.parametrize(
    ("names", "headings", "own"),
    [
        (["PINE RIDGE ENERGY CORP"], ["Pine Ridge Energy Corporation", "Pine Ridge Electric Company"], [0]),
        (["PINE RIDGE ELECTRIC CO"], ["Pine Ridge Energy Corporation", "Pine Ridge Electric Company"], [1]),
        (["PINE RIDGE CORP"], ["Pine Ridge Corporation", "Pine Ridge Capital"], []),  # both have the name
        (["PINE RIDGE CORP"], ["Pine Ridge Corp.", "Guarantors", "Eliminations"], []),
        (["PINE RIDGE CORP"], ["Automotive", "Financial services"], []),
        (["THE COMPANY INC"], ["The Company", "Subsidiaries"], []),  # no word of its own
        (["X", "Pine Ridge Corporation"], ["Pine Ridge Corporation 2004", "Electric"], [0]),
        ([], ["Pine Ridge Corporation", "Electric"], []),
    ],
)
def test_the_column_with_the_name_is_the_registrants(names: list[str], headings: list[str], own: list[int]) -> None:
    found = with_own_columns(columns(*headings), names)
    assert [i for i, column in enumerate(found) if not column.part and column.qualifier is None] == own


def test_each_period_is_looked_at_by_itself() -> None:
    both = columns("Pine Ridge", "Electric") + columns("Pine Ridge", "Electric", period=EARLIER)
    assert [column.part for column in with_own_columns(both, ["PINE RIDGE CORP"])] == ["", "Electric", "", "Electric"]


def test_beside_a_column_of_the_whole_company_none_is() -> None:
    with_whole = [*columns("Pine Ridge", "Electric"), Column(DAY, "Consolidated", None)]
    assert with_own_columns(with_whole, ["PINE RIDGE CORP"]) == tuple(with_whole)
