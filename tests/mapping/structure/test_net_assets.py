"""Balance sheets in which liabilities are taken off the assets, down to net assets."""

from pathlib import Path

import pytest
from helpers.builders import instant, item, statement

import converter
from converter.mapping.structure.net_assets import read_net_assets
from converter.statements.model import StatementKind

FIXED, CURRENT, OWNERS = ("Fixed assets",), ("Current assets",), ("Capital and reserves",)
ROWS = (
    item("Tangible assets", "54", sections=FIXED),
    item("", "69", sections=FIXED),
    item("Stocks", "21", sections=CURRENT),
    item("Debtors", "33", sections=CURRENT),
    item("Cash at bank and in hand", "8", sections=CURRENT),
    item("Creditors: amounts falling due within one year", "-41"),
    item("Net current assets", "21"),
    item("Total assets less current liabilities", "90"),
    item("Creditors: amounts falling due after more than one year", "-25"),
    item("Net assets", "65"),
    item("Called up share capital", "30", sections=OWNERS),
    item("Share premium account", "10", sections=OWNERS),
    item("Profit and loss account", "25", sections=OWNERS),
    item("Shareholders' funds", "65", sections=OWNERS),
)


def test_every_row_by_its_caption() -> None:
    verdicts = read_net_assets(statement(StatementKind.BALANCE_SHEET, [instant("2002-12-31")], *ROWS))
    assert [verdicts[row].concept if row in verdicts else "" for row in range(len(ROWS))] == [
        "PropertyPlantAndEquipmentNet",
        "AssetsNoncurrent",
        "InventoryNet",
        "",
        "Cash",
        "LiabilitiesCurrent",
        None,
        None,
        None,
        None,
        "CommonStockValue",
        "AdditionalPaidInCapital",
        "RetainedEarningsAccumulatedDeficit",
        "StockholdersEquity",
    ]


def test_no_other_balance_sheet() -> None:
    rows = (
        item("Stocks", "21"),
        item("Total assets", "21"),
        item("Creditors", "11"),
        item("Share capital", "10"),
        item("Total liabilities and equity", "21"),
    )
    assert read_net_assets(statement(StatementKind.BALANCE_SHEET, [instant("2002-12-31")], *rows)) == {}


@pytest.mark.parametrize("printed", ["(4,100)", " 4,100 "])
def test_what_is_taken_off_is_a_positive_liability(tmp_path: Path, printed: str) -> None:
    text = (Path(__file__).parents[2] / "documents" / "balance-sheet-to-net-assets.txt").read_text(encoding="utf-8")
    assert text.count("(4,100)") == 1
    facts = converter.read(text.replace("(4,100)", printed)).facts
    (value,) = (f.value for f in facts if f.concept == "LiabilitiesCurrent" and "2002" in f.context.name)
    assert value == 4_100_000
