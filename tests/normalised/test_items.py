"""The table of standard items."""

import csv
import io

import pytest

from converter.normalised import NormalisedError, Template, load_items, parse_items
from converter.normalised.items import COLUMNS
from converter.taxonomy import load_taxonomy

ITEMS = load_items()
REVENUE = "revenue,Revenue,is,monetary,duration,,revt,Revenues,Revenues,,,,,All revenue"
COST = "cost,Cost,is,monetary,duration,,,,CostOfRevenue,,,,,"


def parse(*lines: str) -> None:
    parse_items(csv.reader(io.StringIO("\n".join([",".join(COLUMNS), *lines]))))


def test_every_template_has_one_item_of_a_name() -> None:
    for template in Template:
        names = [item.name for item in ITEMS if item.is_of(template)]
        assert len(names) == len(set(names)) >= 70


def test_mnemonics_mean_one_item_each() -> None:
    by_mnemonic: dict[str, set[str]] = {}
    for item in ITEMS:
        if item.compustat:
            by_mnemonic.setdefault(item.compustat, set()).add(item.name)
    assert {mnemonic: names for mnemonic, names in by_mnemonic.items() if len(names) > 1} == {}


def test_a_concept_is_one_item_of_a_template() -> None:
    """But for amounts that are two items at once: sales that are all revenue, and shares of both kinds."""
    shared: dict[str, set[str]] = {}
    for item in ITEMS:
        for concept in (*item.concepts, *item.alone):
            shared.setdefault(concept, set()).add(item.name)
    assert {concept: names for concept, names in shared.items() if len(names) > 1} == {
        "SalesRevenueNet": {"revenue", "sales"},
        "SalesRevenueGoodsNet": {"revenue", "sales"},
        "EarningsPerShareBasicAndDiluted": {"eps_basic", "eps_diluted"},
        "WeightedAverageNumberOfShareOutstandingBasicAndDiluted": {"shares_basic", "shares_diluted"},
    }


def test_every_item_can_have_a_value() -> None:
    concepts = load_taxonomy().concepts
    for item in ITEMS:
        assert item.concepts or item.alone or item.identities
        assert item.label
        assert item.definition
        assert all(name in concepts for name in (*item.concepts, *item.alone))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([REVENUE, REVENUE], "two items of the template industrial have one name"),
        ([REVENUE.replace("revenue,", "Revenue,")], "small letters"),
        ([REVENUE.replace("Revenues,Revenues", "Revenues,Incomes")], "no monetary concept Incomes of a duration"),
        ([REVENUE.replace("duration", "instant")], "no monetary concept Revenues of a instant"),
        ([REVENUE.replace(",is,", ",isx,")], "'isx' is not a valid Statement"),
        ([REVENUE.replace("duration,,", "duration,shop,")], "'shop' is not a valid Template"),
        ([REVENUE.replace(",,,All", ",,cost + tax,,All"), COST], "a row has 15 cells, not 14"),
        ([REVENUE.replace("Revenues,,,,,", "Revenues,,,cost & !tax,,"), COST.replace(",,,,", ",,,tax,")], "tax"),
        (
            [REVENUE.replace("Revenues,,,,,", "Revenues,,,cost + tax,,"), COST],
            "tax in revenue = cost + tax is no such item",
        ),
        ([REVENUE.replace("Revenues,,,,,", "Revenues,,,cost * cost,,"), COST], "'cost * cost' is no sum of items"),
    ],
)
def test_a_wrong_table(lines: list[str], message: str) -> None:
    with pytest.raises(NormalisedError, match=message.replace("*", r"\*").replace("+", r"\+")):
        parse(*lines)


def test_a_wrong_header() -> None:
    with pytest.raises(NormalisedError, match="header"):
        parse_items([("item", "label")])
