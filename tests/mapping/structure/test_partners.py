"""The accounts of general and limited partners, and the capital of both."""

import pytest
from helpers.builders import instant, item, statement

from converter.mapping.structure import read_structure
from converter.mapping.structure.partners import GENERAL, LIMITED
from converter.statements.model import StatementKind

BOTH = "PartnersCapital"

Row = tuple[str, str, str, str | None]
"""Heading, caption, figure, and the concept of the verdict; "" for no verdict."""


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            [
                ("Partners' capital", "General partner", "-12", ""),
                ("Limited partners (400 units)", "Contributions", "200", None),
                ("Limited partners (400 units)", "Accumulated deficit", "-79", None),
                ("Limited partners (400 units)", "", "121", LIMITED),
                ("Limited partners (400 units)", "", "109", BOTH),
            ],
            id="the general partner in one row",
        ),
        pytest.param(
            [
                ("General partner", "Contributions", "1", None),
                ("General partner", "Accumulated deficit", "-13", None),
                ("General partner", "", "-12", GENERAL),
                ("Limited partners", "Contributions, net", "178", None),
                ("Limited partners", "Accumulated net losses", "-57", None),
                ("Limited partners", "Total", "121", LIMITED),
                ("", "", "109", BOTH),
            ],
            id="both in several rows",
        ),
        pytest.param(
            [
                ("Limited partners", "40,000 units issued and outstanding", "121", LIMITED),
                ("Partners' equity", "General partner", "-12", ""),
                ("Partners' equity", "", "109", BOTH),
            ],
            id="units only",
        ),
        pytest.param(
            [
                ("General and limited partners", "Contributions", "178", ""),
                ("General and limited partners", "Accumulated deficit", "-57", ""),
            ],
            id="partners of both kinds",
        ),
        pytest.param(
            [
                ("Limited partners", "Contributions", "178", ""),
                ("Limited partners", "Accumulated deficit", "-57", ""),
                ("Limited partners", "", "109", ""),
            ],
            id="what does not add up",
        ),
    ],
)
def test_accounts_of_partners(rows: list[Row]) -> None:
    items = [item(caption, figure, sections=[heading] if heading else []) for heading, caption, figure, _ in rows]
    end = item("Total liabilities and partners' capital", "500")
    verdicts = read_structure(statement(StatementKind.BALANCE_SHEET, [instant("1997-12-31")], *items, end)).verdicts
    found = [verdicts[i].concept if i in verdicts else "" for i in range(len(rows))]
    assert found == [concept for *_, concept in rows]


def test_a_total_of_one_kind_of_partners_is_no_equity() -> None:
    items = [
        item("Contributions", "178", sections=["Limited partners"]),
        item("", "109", sections=["Limited partners"]),
    ]
    bars = read_structure(statement(StatementKind.BALANCE_SHEET, [instant("1997-12-31")], *items)).bars
    assert any(bar.excludes("StockholdersEquity") for bar in bars[1])
