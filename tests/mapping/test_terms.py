"""Concepts of the term that a balance sheet says, or of none."""

import pytest
from helpers.builders import instant, item, statement

from converter.mapping.terms import in_term
from converter.statements.model import LineItem, StatementKind

CURRENT = ("Current liabilities",)
TOTALS = (
    item("Total assets", "9"),
    item("Accrued expenses", "1", sections=CURRENT),
    item("Total current liabilities", "1", sections=CURRENT),
    item("Other", "1", sections=CURRENT),
)
UNCLASSIFIED = (item("Total assets", "9"), item("Accrued expenses", "1"), item("Deposits", "1"), item("Other", "1"))


@pytest.mark.parametrize(
    ("items", "given", "settled"),
    [
        pytest.param(
            UNCLASSIFIED, "AccruedLiabilitiesCurrent", "AccruedLiabilitiesCurrentAndNoncurrent", id="unclassified"
        ),
        pytest.param(UNCLASSIFIED, "OtherLiabilitiesNoncurrent", "OtherLiabilities", id="not noncurrent either"),
        pytest.param(UNCLASSIFIED, "DeferredTaxLiabilitiesCurrent", "DeferredIncomeTaxLiabilities", id="irregular"),
        pytest.param(UNCLASSIFIED, "SecuredDebt", "SecuredDebt", id="no term"),
        pytest.param(TOTALS, "OtherLiabilities", "OtherLiabilitiesCurrent", id="current"),
        pytest.param(
            TOTALS, "DeferredIncomeTaxLiabilities", "DeferredTaxLiabilitiesCurrent", id="irregular and current"
        ),
        pytest.param(TOTALS, "OtherLiabilitiesNoncurrent", "OtherLiabilitiesNoncurrent", id="left to the sums"),
    ],
)
def test_terms(items: tuple[LineItem, ...], given: str, settled: str) -> None:
    one = statement(StatementKind.BALANCE_SHEET, [instant("1998-12-31")], *items)
    assert in_term(one, ["Assets", given, None, None])[1] == settled


def test_no_concept_is_given_twice() -> None:
    one = statement(StatementKind.BALANCE_SHEET, [instant("1998-12-31")], *UNCLASSIFIED)
    names = ["Assets", "OtherLiabilitiesCurrent", None, "OtherLiabilities"]
    assert in_term(one, names) == names


def test_below_the_total_a_row_keeps_its_concept() -> None:
    one = statement(StatementKind.BALANCE_SHEET, [instant("1998-12-31")], *TOTALS)
    assert in_term(one, ["Assets", None, None, "OtherLiabilities"])[3] == "OtherLiabilities"
