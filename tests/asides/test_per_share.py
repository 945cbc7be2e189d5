"""Earnings per share and shares of highlights: what proves them."""

import pytest
from helpers.paths import DOCUMENTS

from converter.pipeline import read_data

TEXT = (DOCUMENTS / "highlights-with-per-share.txt").read_text()


def concepts(text: str) -> set[str]:
    """The concepts of the facts that are amounts per share or numbers of shares."""
    facts = read_data(text.encode(), "x.txt").report.facts
    return {fact.concept for fact in facts if fact.unit is not None and "share" in fact.unit.name.lower()}


def test_earnings_per_share_times_shares_is_net_income() -> None:
    basic = {"EarningsPerShareBasic", "WeightedAverageNumberOfSharesOutstandingBasic", "CommonStockSharesOutstanding"}
    assert concepts(TEXT) == basic
    diluted = {"EarningsPerShareDiluted", "WeightedAverageNumberOfDilutedSharesOutstanding"}
    text = TEXT.replace("Basic earnings", "Diluted earnings")
    assert concepts(text) == {*diluted, "CommonStockSharesOutstanding"}
    both = {"EarningsPerShareBasicAndDiluted", "WeightedAverageNumberOfShareOutstandingBasicAndDiluted"}
    assert concepts(TEXT.replace("Basic earnings", "Earnings")) == {*both, "CommonStockSharesOutstanding"}


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("0.55", "0.59", "another amount per share"),
        ("74.9", "79.4", "another number of shares"),
        ("Whitcombe", "Pro Forma Whitcombe", "pro forma"),
    ],
)
def test_what_proves_nothing(old: str, new: str, why: str) -> None:
    start = TEXT.index("FINANCIAL HIGHLIGHTS")
    head = TEXT[start:].replace("FINANCIAL HIGHLIGHTS", "PRO FORMA HIGHLIGHTS") if why == "pro forma" else TEXT[start:]
    assert concepts(TEXT[:start] + head.replace(old, new)) == set(), why


def test_shares_far_from_the_average_are_left_alone() -> None:
    assert "CommonStockSharesOutstanding" not in concepts(TEXT.replace("75.1", "95.1"))


def test_an_income_statement_with_earnings_per_share_needs_no_other() -> None:
    line = "Net income                            $     41  $     37      $    176   $    158\n"
    row = "Net income per share                  $   0.55  $   0.50      $   2.36   $   2.14\n"
    read = read_data(TEXT.replace(line, line + row).encode(), "x.txt")
    assert not [finding for finding in read.report.findings if "times shares" in finding.message]
