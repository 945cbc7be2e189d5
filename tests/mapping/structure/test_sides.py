"""The sides and terms of a balance sheet, and rows that are the whole of something."""

import pytest
from helpers.builders import instant, item, statement

from converter.mapping.structure import read_structure
from converter.statements.model import LineItem, StatementKind

CURRENT, EQUITY = ("Current assets",), ("Liabilities and stockholders' equity", "Stockholders' equity")
BALANCE_SHEET = (
    item("Investments", "5", sections=CURRENT),
    item("Total current assets", "5", sections=CURRENT),
    item("Receivables", "6", sections=CURRENT),
    item("Total assets", "11"),
    item("Accrued expenses", "1", sections=("Current liabilities",)),
    item("Total current liabilities", "1", sections=("Current liabilities",)),
    item("Income taxes", "1", sections=("Current liabilities",)),
    item("Other", "9", sections=EQUITY),
    item("Minority interests", "1", sections=EQUITY),
    item("Total stockholders' equity", "9", sections=EQUITY),
    item("Total liabilities and stockholders' equity", "11", sections=EQUITY),
)


def is_denied(row: int, concept: str, items: tuple[LineItem, ...] = BALANCE_SHEET) -> bool:
    one = statement(StatementKind.BALANCE_SHEET, [instant("1998-12-31")], *items)
    return any(bar.excludes(concept) for bar in read_structure(one).bars.get(row, ()))


@pytest.mark.parametrize(
    ("row", "possible", "impossible"),
    [
        pytest.param(0, "ShortTermInvestments", "LongTermInvestments", id="current assets"),
        pytest.param(0, "MarketableSecurities", "AccountsPayableCurrent", id="assets"),
        pytest.param(2, "AccountsReceivableNetNoncurrent", "AccountsReceivableNetCurrent", id="below their total"),
        pytest.param(4, "AccruedLiabilitiesCurrent", "OtherLiabilitiesNoncurrent", id="current liabilities"),
        pytest.param(4, "DeferredRevenueCurrent", "PrepaidExpenseCurrent", id="liabilities"),
        pytest.param(6, "AccruedIncomeTaxesNoncurrent", "AccruedIncomeTaxesCurrent", id="other liabilities"),
        pytest.param(7, "OtherAdditionalCapital", "OtherLiabilitiesNoncurrent", id="equity"),
        pytest.param(8, "MinorityInterest", "OtherLiabilities", id="minority owners in equity"),
        pytest.param(10, "LiabilitiesAndStockholdersEquity", "StockholdersEquity", id="the end"),
    ],
)
def test_what_cannot_stand_there(row: int, possible: str, impossible: str) -> None:
    assert not is_denied(row, possible)
    assert is_denied(row, impossible)


def test_without_total_assets_nothing_is_known_of_sides() -> None:
    assert not is_denied(0, "AccountsPayableCurrent", BALANCE_SHEET[:3])


@pytest.mark.parametrize(
    ("day", "captions", "concept"),
    [
        ("1998-12-31", ("Intangible assets, net", "Capital in excess of par value"), True),
        ("1998-12-31", ("Intangible assets", "Goodwill"), False),
        ("1998-12-31", ("Intangible assets", "Cost in excess of net assets acquired"), False),
        ("1998-12-31", ("Intangible assets other than goodwill", "Land"), False),
        ("2003-12-31", ("Intangible assets, net", "Land"), False),
    ],
)
def test_intangible_assets_include_goodwill(day: str, captions: tuple[str, ...], concept: bool) -> None:
    rows = [item(caption, "1") for caption in captions]
    verdicts = read_structure(statement(StatementKind.BALANCE_SHEET, [instant(day)], *rows)).verdicts
    expected = "IntangibleAssetsNetIncludingGoodwill" if concept else None
    assert (verdicts[0].concept if 0 in verdicts else None) == expected


@pytest.mark.parametrize(
    ("captions", "row", "concept"),
    [
        (("Goodwill", "Servicing assets", "Total intangible assets"), 2, "IntangibleAssetsNetIncludingGoodwill"),
        (("Patents", "Servicing assets", "Total intangible assets"), 2, None),
        (("Goodwill and other intangibles", "Land"), 0, "IntangibleAssetsNetIncludingGoodwill"),
        (("Land", "Identifiable intangible assets and goodwill"), 1, "IntangibleAssetsNetIncludingGoodwill"),
        (("Intangible assets excluding goodwill", "Goodwill"), 0, None),
        (("Merchandise inventories", "Land"), 0, "InventoryNet"),
        (("Merchandise inventories", "Inventories of supplies"), 0, None),
        (("Raw materials", "Inventories"), 1, None),
        (("Fuel inventory", "Land"), 0, None),
        (
            ("Preferred stock; 100 shares authorized, none issued. Common stock; 50 issued", "Land"),
            0,
            "CommonStockValue",
        ),
        (("Preferred stock; 100 shares issued, convertible into common stock", "Land"), 0, None),
    ],
)
def test_wholes(captions: tuple[str, ...], row: int, concept: str | None) -> None:
    rows = [item(caption, str(number)) for number, caption in enumerate(captions, 1)]
    verdicts = read_structure(statement(StatementKind.BALANCE_SHEET, [instant("2003-12-31")], *rows)).verdicts
    assert (verdicts[row].concept if row in verdicts else None) == concept


def test_retained_earnings_and_other_comprehensive_income_are_neither_alone() -> None:
    rows = (item("Retained earnings and other comprehensive loss", "5"), item("Total assets", "5"))
    assert is_denied(0, "AccumulatedOtherComprehensiveIncomeLossNetOfTax", rows)
    assert is_denied(0, "RetainedEarningsAccumulatedDeficit", rows)


def test_what_is_left_of_a_heading_ends_it() -> None:
    leased = ("Property under capital lease",)
    rows = (
        item("Property under capital lease, net", "5", sections=leased),
        item("Goodwill", "5", sections=leased),
        item("Total assets", "10"),
    )
    assert not is_denied(1, "Goodwill", rows)


def test_equity_may_stand_before_liabilities() -> None:
    rows = (
        item("Total assets", "9"),
        item("Equity attributable to equity holders of the parent", "3", sections=("Equity and liabilities", "Equity")),
        item("Minority interests", "1", sections=("Equity and liabilities", "Equity")),
        item("Total equity", "4", sections=("Equity and liabilities", "Equity")),
        item("Total liabilities", "5"),
        item("Total equity and liabilities", "9"),
    )
    found = read_structure(statement(StatementKind.BALANCE_SHEET, [instant("2005-12-31")], *rows)).verdicts
    whole = "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"
    assert {row: verdict.concept for row, verdict in found.items()} == {1: "StockholdersEquity", 3: whole}
    assert is_denied(4, "StockholdersEquity", rows)


@pytest.mark.parametrize(
    ("captions", "denied"),
    [
        (("Fuel stocks", "Materials and supplies, at average cost"), [0, 1]),
        (("Supplies inventory", "Merchandise inventories"), [0]),
        (("Materials and supplies", "Land"), []),
        (("Merchandise inventories", "Land"), []),
    ],
)
def test_inventories_of_one_kind_beside_others_are_not_all(captions: tuple[str, ...], denied: list[int]) -> None:
    rows = tuple(item(caption, "5", sections=CURRENT) for caption in captions)
    assert [row for row in range(len(rows)) if is_denied(row, "InventoryNet", rows)] == denied


@pytest.mark.parametrize(("day", "denied"), [("1998-12-31", True), ("2003-12-31", False)])
def test_before_fas_142_no_intangible_asset_had_an_indefinite_life(day: str, denied: bool) -> None:
    one = statement(StatementKind.BALANCE_SHEET, [instant(day)], item("Broadcast licenses", "5"))
    bars = read_structure(one).bars.get(0, ())
    assert any(bar.excludes("IndefiniteLivedLicenseAgreements") for bar in bars) is denied
