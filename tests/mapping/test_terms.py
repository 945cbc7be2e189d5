"""Concepts of the term that a balance sheet says, or of none."""

import pytest
from helpers.builders import instant, item, mapped, statement

from converter.mapping.terms import in_term, settle_terms
from converter.statements.model import LineItem, StatementKind
from converter.sums.arithmetic import find_sums

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


def test_what_says_that_it_is_current_stays_so() -> None:
    items = (item("Total assets", "9"), item("Current maturities of long-term debt", "1"))
    one = statement(StatementKind.BALANCE_SHEET, [instant("1998-12-31")], *items)
    assert in_term(one, ["Assets", "LongTermDebtCurrent"]) == ["Assets", "LongTermDebtCurrent"]


def test_no_concept_is_given_twice() -> None:
    one = statement(StatementKind.BALANCE_SHEET, [instant("1998-12-31")], *UNCLASSIFIED)
    names = ["Assets", "OtherLiabilitiesCurrent", None, "OtherLiabilities"]
    assert in_term(one, names) == names


def test_below_the_total_a_row_keeps_its_concept() -> None:
    one = statement(StatementKind.BALANCE_SHEET, [instant("1998-12-31")], *TOTALS)
    assert in_term(one, ["Assets", None, None, "OtherLiabilities"])[3] == "OtherLiabilities"


BS = StatementKind.BALANCE_SHEET


def settled(*concepts: str | None) -> list[str | None]:
    """Return the concepts of two current liabilities, their total, two other liabilities and the total."""
    figures = (("Accrued items", "10"), ("Other liabilities", "20"), ("Total current liabilities", "30"))
    others = (("Long-term debt", "50"), ("Other items", "5"), ("Total liabilities", "85"))
    items = [item(caption, figure) for caption, figure in (*figures, *others)]
    one = statement(BS, [instant("1997-12-31")], *items)
    return [row.concept for row in settle_terms(one, find_sums(items, BS), [mapped(name) for name in concepts])]


@pytest.mark.parametrize(
    ("current", "beside", "told"),
    [
        ("OtherLiabilities", None, ("OtherLiabilitiesCurrent", None)),
        (None, "OtherLiabilities", (None, "OtherLiabilitiesNoncurrent")),
        (
            "InterestAndDividendsPayableCurrent",
            "LongTermDebt",
            (
                "InterestAndDividendsPayableCurrent",
                "LongTermDebtNoncurrent",
            ),
        ),
        ("DividendsPayableCurrentAndNoncurrent", None, ("DividendsPayableCurrent", None)),
        ("CommercialPaper", "MinorityInterest", ("CommercialPaper", "MinorityInterest")),
    ],
)
def test_the_sums_tell_what_is_current(
    current: str | None, beside: str | None, told: tuple[str | None, str | None]
) -> None:
    found = settled(None, current, "LiabilitiesCurrent", beside, None, "Liabilities")
    assert (found[1], found[3]) == told
    assert (found[2], found[5]) == ("LiabilitiesCurrent", "Liabilities")


def test_a_concept_that_another_row_has_is_not_given_again() -> None:
    found = settled("OtherLiabilitiesCurrent", "OtherLiabilities", "LiabilitiesCurrent", None, None, "Liabilities")
    assert found[:2] == ["OtherLiabilitiesCurrent", "OtherLiabilities"]
