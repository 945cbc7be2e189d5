"""Property, plant and equipment by what depreciation is taken off."""

import pytest
from helpers.builders import instant, item, statement

from converter.mapping.structure import read_structure
from converter.statements.model import StatementKind

LEASED, LEASED_NET = "CapitalLeasedAssetsGross", "CapitalLeasesBalanceSheetAssetsByMajorClassNet"
GROSS, NET = "PropertyPlantAndEquipmentGross", "PropertyPlantAndEquipmentNet"
OFF = "AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment"

Row = tuple[str, str, str | None]
"""Caption, figure, and the concept of the verdict; "" for no verdict."""


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("Plant, rental machines and other property", "90", GROSS),
            ("Less: Accumulated depreciation", "40", OFF),
            ("Plant, rental machines and other property - net", "50", NET),
        ],
        [
            ("Land and buildings", "60", ""),
            ("Machinery and equipment", "30", ""),
            ("", "90", GROSS),
            ("Less allowances for depreciation and amortization", "-40", OFF),
            ("Net property", "50", NET),
        ],
        [
            ("Owned equipment", "90", ""),
            ("Less accumulated depreciation", "40", None),
            ("", "50", None),
            ("Equipment under capital leases", "20", LEASED),
            ("Less accumulated amortization", "5", None),
            ("", "15", LEASED_NET),
            ("Deposits for equipment", "7", ""),
            ("Total property and equipment", "72", NET),
        ],
        [
            ("Property", "90", GROSS),
            ("Less accumulated depreciation", "40", OFF),
            ("", "50", None),
            ("Construction in progress", "8", ""),
            ("Net property", "58", NET),
        ],
        [
            ("Property under capital lease", "20", LEASED),
            ("Less accumulated amortization", "5", None),
            ("Net property under capital leases", "15", LEASED_NET),
        ],
        [
            ("Goodwill", "90", ""),
            ("Less accumulated amortization", "40", ""),
            ("", "50", ""),
        ],
        [
            ("Utility plant", "90", ""),
            ("Less allowance for depreciation", "40", ""),
            ("", "50", ""),
        ],
        [
            ("Equipment", "90", ""),
            ("Less accumulated depreciation", "40", ""),
            ("", "60", ""),
            ("Investments", "55", ""),
        ],
    ],
    ids=[
        "one row",
        "rows without captions",
        "groups",
        "other property",
        "leased",
        "goodwill",
        "a utility",
        "no difference",
    ],
)
def test_what_depreciation_is_taken_off(rows: list[Row]) -> None:
    items = [item(caption, figure) for caption, figure, _ in rows]
    structure = read_structure(statement(StatementKind.BALANCE_SHEET, [instant("1998-12-31")], *items))
    found = {row: verdict.concept for row, verdict in structure.verdicts.items()}
    assert found == {row: concept for row, (_, _, concept) in enumerate(rows) if concept != ""}


def test_depreciation_is_taken_off_all_rows_below_the_heading() -> None:
    owned, leased = ("Operating property and equipment", "Owned"), ("Operating property and equipment", "Leased")
    rows = [
        item("Flight equipment", "60", sections=owned),
        item("Other property and equipment", "30", sections=owned),
        item("Less allowances for depreciation", "-40", sections=owned),
        item("", "50", sections=owned),
        item("Flight equipment", "20", sections=leased),
        item("Less accumulated amortization", "-5", sections=leased),
        item("", "15", sections=leased),
        item("Net operating property and equipment", "65", sections=()),
    ]
    found = read_structure(statement(StatementKind.BALANCE_SHEET, [instant("1998-12-31")], *rows)).verdicts
    concepts = {row: verdict.concept for row, verdict in found.items()}
    assert concepts == {2: None, 3: None, 4: LEASED, 5: None, 6: LEASED_NET, 7: NET}


_PLANT = "Telephone plant"


@pytest.mark.parametrize(
    ("rows", "heading"),
    [
        (
            [
                ("Trucks", "60", ""),
                ("Land and structures", "30", ""),
                ("Less accumulated depreciation", "40", OFF),
                ("", "50", NET),
            ],
            "Property and equipment",
        ),
        ([("In service", "90", GROSS), ("Less: allowance for depr.", "40", OFF), ("", "50", NET)], _PLANT),
        (
            [
                ("In service", "90", GROSS),
                ("Less accumulated depreciation", "40", OFF),
                ("", "50", None),
                ("Under construction", "8", ""),
                ("", "58", NET),
            ],
            _PLANT,
        ),
        (
            [
                ("Plant, at cost", "90", GROSS),
                ("Less accumulated depreciation", "40", OFF),
                ("", "50", NET),
                ("Franchise costs, net", "20", ""),
                ("Total investment in cable properties", "70", ""),
            ],
            "Investment in cable properties",
        ),
        (
            [("Trucks", "60", ""), ("Trailers", "30", ""), ("Less accumulated depreciation", "40", ""), ("", "50", "")],
            "Investments",
        ),
        ([("Lines", "60", ""), ("Land", "30", ""), ("Less depreciation", "40", ""), ("", "50", "")], "Utility plant"),
    ],
    ids=["several rows", "abbreviated", "other plant below", "rights below", "of another section", "a utility"],
)
def test_what_depreciation_is_taken_off_under_a_heading(rows: list[Row], heading: str) -> None:
    items = [item(caption, figure, sections=(heading,)) for caption, figure, _ in rows]
    structure = read_structure(statement(StatementKind.BALANCE_SHEET, [instant("1998-12-31")], *items))
    found = {row: verdict.concept for row, verdict in structure.verdicts.items()}
    assert found == {row: concept for row, (_, _, concept) in enumerate(rows) if concept != ""}


@pytest.mark.parametrize(
    ("captions", "found"),
    [
        (("Inventories", "Property and equipment [note 6]", "Intangible assets [note 7]"), {1: NET}),
        (("Property, plant & equipment (Note 4)", "Other assets"), {0: NET}),
        (("Property and equipment, at cost", "Other assets"), {}),
        (("Property and equipment", "Accumulated depreciation", "Other assets"), {}),
        (("Property and equipment", "Deposits for equipment"), {}),
    ],
)
def test_the_only_row_of_property_is_net(captions: tuple[str, ...], found: dict[int, str]) -> None:
    rows = [item(caption, "7") for caption in captions]
    read = read_structure(statement(StatementKind.BALANCE_SHEET, [instant("2006-12-31")], *rows))
    assert {row: verdict.concept for row, verdict in read.verdicts.items() if verdict.concept == NET} == found
