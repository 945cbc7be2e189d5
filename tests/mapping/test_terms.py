"""What is current is told by the sums of a balance sheet where no caption says it."""

import pytest
from helpers.builders import instant, item, mapped, statement

from converter.mapping.terms import settle_terms
from converter.statements.model import StatementKind
from converter.sums.arithmetic import find_sums

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
