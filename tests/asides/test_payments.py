"""Tables of payments by year: what proves them, and what their figures are."""

from decimal import Decimal

import pytest
from helpers.paths import DOCUMENTS

from converter.pipeline import read_data

DOCUMENT = DOCUMENTS / "figures-that-only-notes-have.txt"
OPERATING = "OperatingLeasesFutureMinimumPaymentsDue"
CAPITAL = "CapitalLeasesFutureMinimumPayments"
DEBT = "LongTermDebtMaturitiesRepaymentsOfPrincipal"


def values(text: str, stem: str) -> dict[str, int]:
    """The values of the concepts that begin so, in thousands, by the rest of their names."""
    facts = read_data(text.encode(), "x.txt").report.facts
    return {
        fact.concept.removeprefix(stem): int(fact.value) // 1000
        for fact in facts
        if fact.concept.startswith(stem) and isinstance(fact.value, Decimal)
    }


def test_payments_of_leases_and_debt() -> None:
    text = DOCUMENT.read_text()
    years = ("Current", "InTwoYears", "InThreeYears", "InFourYears", "InFiveYears", "Thereafter", "")
    assert values(text, OPERATING) == dict(zip(years, (1_640, 1_512, 1_305, 984, 611, 702, 6_754), strict=True))
    due = {f"Due{year}": value for year, value in zip(years, (410, 410, 380, 200, 0, 0, 1_400), strict=True)}
    assert values(text, CAPITAL) == {
        **due,
        "InterestIncludedInPayments": 210,
        "PresentValueOfNetMinimumPayments": 1_190,
    }
    assert sorted(values(text, DEBT).values()) == [1_000, 1_000, 2_000, 2_000, 4_000, 5_000]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("1,512", "1,522", "it does not add up"),
        (
            "     2006                                     380",
            "     2007                                     380",
            "a gap",
        ),
        ("leases that cannot be cancelled", "contracts", None),
        ("leases      leases", "", None),
        ("Capital    Operating", "Rent          Paid", "it is not certain what is paid"),
        ("Operating\n", "Net sub-\n", "rents that others pay"),
        ("December 31,   December 31,", "June 30,       June 30,    ", "no year ends with the balance sheet"),
        ("       2003           2002\n", "       2002           2001\n", "the year before is the first"),
        ("1,640\n", "1,640,000\n", "it does not add up"),
    ],
)
def test_what_is_certain_of_operating_leases(old: str, new: str, why: str | None) -> None:
    text = DOCUMENT.read_text()
    assert old in text
    assert bool(values(text.replace(old, new), OPERATING)) is (why is None), why


def test_two_tables_that_contradict_each_other_are_left_out() -> None:
    text = DOCUMENT.read_text()
    again = """
NOTE 8. DEBT OF THE PARENT

Annual maturities of long-term debt are as follows:

     2004                                 $  1,000
     2005                                    1,000
     2006                                    1,000
                                          --------
                                          $  3,000
                                          ========
"""
    assert values(text + again, DEBT) == {}
    assert values(text + again, OPERATING) != {}


def test_more_than_the_balance_sheet_has_is_read_in_the_wrong_scale() -> None:
    text = DOCUMENT.read_text()
    for number in ("1,640", "1,512", "1,305", "6,754"):
        text = text.replace(f"{number}\n", f"{number},000\n")
    for number in ("   984", "   611", "   702"):
        text = text.replace(f"{number}\n", f"{number.strip()},000\n")
    assert values(text, OPERATING) == {}
