"""Tables in the notes that break a statement's row down: what proves them, and what their rows become."""

from decimal import Decimal

import pytest
from helpers.builders import duration, instant, item, mapped, statement
from helpers.paths import DOCUMENTS

from converter.asides.details.mapping import Whole, map_details
from converter.pipeline import Reading, read_data
from converter.report import Options
from converter.statements.model import LineItem, StatementKind
from converter.sums.arithmetic import find_sums

DAYS = (instant("1996-06-30"), instant("1995-09-30"))
YEARS = (duration("1996-01-01", "1996-12-31"), duration("1995-01-01", "1995-12-31"))
DOCUMENT = DOCUMENTS / "notes-that-statements-prove.txt"


def reading(text: str) -> Reading:
    """What is read of a bare text."""
    return read_data(text.encode(), "x.txt")


def values(text: str, concept: str) -> list[int]:
    """The plain values of a concept, in the order of the facts."""
    facts = [fact for fact in reading(text).report.facts if fact.concept == concept and not fact.context.dimensions]
    return [int(fact.value) for fact in facts if isinstance(fact.value, Decimal)]


def test_facts_of_the_notes() -> None:
    text = DOCUMENT.read_text()
    assert values(text, "PropertyPlantAndEquipmentGross") == [35_644_000, 33_918_000]
    assert values(text, "InterestExpense") == [153_000, 120_000]  # of the nine months: the figures say so, no heading
    assert values(text, "AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment") == [
        14_000_000,
        13_000_000,
    ]
    assert {network.id for network in reading(text).report.networks} >= {
        "InventoryNet",
        "PropertyPlantAndEquipmentNet",
        "PropertyPlantAndEquipmentGross",
    }


def test_parts_without_a_concept_are_general_line_items_if_all_tables_are_asked_for() -> None:
    report = read_data(DOCUMENT.read_bytes(), "x.txt", Options(all_tables=True)).report
    captions = {
        dimension.text: [int(str(fact.value)) for fact in report.facts if dimension in fact.context.dimensions]
        for fact in report.facts
        for dimension in fact.context.dimensions
        if " / " in dimension.text
    }
    assert captions == {
        "Net sales / United States": [12_000_000, 11_000_000],
        "Net sales / Canada": [4_000_000, 4_000_000],
    }


def test_a_schedule_on_a_basis_of_its_own_keeps_no_row_of_the_notes_out() -> None:
    schedule = """<DOCUMENT>
<TYPE>EX-27
<TEXT>
<ARTICLE> 5
<MULTIPLIER> 1,000
<PERIOD-TYPE> 9-MOS
<PERIOD-END> JUN-30-1996
<PP&E> 35,644
</TEXT>
</DOCUMENT>
"""
    text = f"<DOCUMENT>\n<TYPE>10-Q\n<TEXT>\n{DOCUMENT.read_text()}\n</TEXT>\n</DOCUMENT>\n{schedule}"
    assert values(text, "PropertyPlantAndEquipmentGross") == [35_644_000, 33_918_000]


def test_headings_among_the_rows_end_those_over_the_table() -> None:
    text = DOCUMENT.read_text()
    start, end = text.index("\n2. Property"), text.index("\n4. Maturities")
    table = """\
                             --------    --------
   OTHER INCOME (EXPENSE), NET
                             NINE MONTHS ENDED
                              6/30/96     6/30/95
                             --------    --------
   Interest income           $    120    $    161
   Interest expense              (153)       (120)
                             --------    --------
   Other income (expense)    $    (33)   $     41
                             ========    ========
"""
    cut = text[:start].rindex("                             ========")
    together = text[:cut] + table + text[end:]
    header = "<SEC-HEADER>\n\tFISCAL YEAR END:\t\t0930\n</SEC-HEADER>\n"
    document = f"<DOCUMENT>\n<TYPE>10-Q\n<TEXT>\n{together}\n</TEXT>\n</DOCUMENT>\n"
    assert values(header + document, "InterestExpense") == [153_000, 120_000]


def test_the_findings_say_where_the_rows_come_from() -> None:
    told = [f for f in reading(DOCUMENT.read_text()).report.findings if f.code == "read-in-details"]
    assert [(finding.line, finding.message.split(":")[0]) for finding in told] == [
        (45, "'Raw materials', 'Finished goods'"),
        (54, "'Land', 'Machinery and equipment', 'Less accumulated depreciation'"),
        (66, "'Interest income', 'Interest expense'"),
    ]
    assert all("the figure in line" in finding.message for finding in told)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("                             $ 14,310    $ 12,775", "", "no total"),
        ("Finished goods               9,300", "Finished goods               9,200", "it does not add up"),
        ("$ 14,310    $ 12,775", "$ 14,310    $ 12,776", "one column is another"),
        ("1. Inventories", "1. Inventories of business segments", "a part of the company"),
        ("6/30/96     9/30/95", "6/30/94     9/30/93", "the headings deny it"),
    ],
)
def test_what_proves_nothing(old: str, new: str, why: str) -> None:
    text = DOCUMENT.read_text()
    assert values(text, "InventoryFinishedGoods") == [9_300_000, 8_100_000]
    assert old in text
    assert values(text.replace(old, new), "InventoryFinishedGoods") == [], why


def test_never_against_a_statement() -> None:
    stated = "Other assets                                   1,100          1,050"
    text = DOCUMENT.read_text().replace(stated, stated.replace("Other assets", "Land        "))
    assert values(text, "Land") == [1_100_000, 1_050_000]
    assert values(text, "MachineryAndEquipmentGross") == [33_644_000, 31_918_000]


INVENTORY = (
    item("Raw materials", "40", "30"),
    item("Finished goods", "62", "51"),
    item("Total inventories", "102", "81"),
)
PROPERTY = (
    item("Machinery", "90", "80"),
    item("Less accumulated depreciation", "30", "20"),
    item("Net property", "60", "60"),
)
NET = item("", "8234", "5123")
RAW, FINISHED = "InventoryRawMaterials", "InventoryFinishedGoods"
DEPRECIATION = "AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment"


def concepts(
    kind: StatementKind, rows: tuple[LineItem, ...], own: list[tuple[str | None, float]], whole: str, sign: int = 1
) -> list[tuple[str | None, int]]:
    """Concept and sign of the rows but the last, whose figures a statement's row mapped as `whole` has."""
    table = statement(kind, DAYS if kind is StatementKind.BALANCE_SHEET else YEARS, *rows)
    said = [mapped(concept, confidence=sure) for concept, sure in own]
    found = map_details(table, find_sums(rows, kind), said, Whole(rows[-1], mapped(whole, sign)))
    assert (found[-1].concept, found[-1].sign) == (whole, sign)
    return [(row.concept, row.sign) for row in found[:-1] if row.concept]


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ([(RAW, 0.9), (FINISHED, 0.9), (None, 0)], [(RAW, 1), (FINISHED, 1)]),
        ([(RAW, 0.9), (FINISHED, 0.35), (None, 0)], [(RAW, 1)]),  # not sure
        ([(RAW, 0.9), ("Goodwill", 0.9), (None, 0)], [(RAW, 1)]),  # no part of inventories
        ([(RAW, 0.3), ("Goodwill", 0.9), (None, 0)], []),
    ],
)
def test_parts_are_those_of_the_taxonomy(own: list[tuple[str | None, float]], expected: list[object]) -> None:
    assert concepts(StatementKind.BALANCE_SHEET, INVENTORY, own, "InventoryNet") == expected


def test_a_table_of_other_things_has_no_parts() -> None:
    rows = (*(item(name, "40", "30") for name in ("Acid", "Brine", "Cork")), item("Total inventories", "120", "90"))
    own: list[tuple[str | None, float]] = [(RAW, 0.9), (None, 0), (None, 0), (None, 0)]
    assert concepts(StatementKind.BALANCE_SHEET, rows, own, "InventoryNet") == []


@pytest.mark.parametrize(
    ("caption", "is_all"), [("Products", True), ("Net sales of products", True), ("Isolator products", False)]
)
def test_products_with_a_name_are_those_of_a_segment(caption: str, is_all: bool) -> None:
    rows = (item("Services", "40", "30"), item(caption, "62", "51"), item("Net sales", "102", "81"))
    own: list[tuple[str | None, float]] = [
        ("SalesRevenueServicesNet", 0.9),
        ("SalesRevenueGoodsNet", 0.9),
        ("SalesRevenueNet", 0.9),
    ]
    found = concepts(StatementKind.INCOME, rows, own, "SalesRevenueNet")
    assert (("SalesRevenueGoodsNet", 1) in found) is is_all


def test_rows_with_one_caption_are_not_told_apart() -> None:
    rows = (item("Current", "40", "30"), item("Current", "62", "51"), item("Taxes", "102", "81"))
    own: list[tuple[str | None, float]] = [("CurrentIncomeTaxExpenseBenefit", 0.9), (None, 0), (None, 0)]
    assert concepts(StatementKind.INCOME, rows, own, "IncomeTaxExpenseBenefit") == []


def test_the_sign_is_proven() -> None:
    own: list[tuple[str | None, float]] = [("PropertyPlantAndEquipmentGross", 0.9), (DEPRECIATION, 0.9), (None, 0)]
    printed_positive = concepts(StatementKind.BALANCE_SHEET, PROPERTY, own, "PropertyPlantAndEquipmentNet")
    assert printed_positive == [("PropertyPlantAndEquipmentGross", 1), (DEPRECIATION, 1)]
    rows = (PROPERTY[0], item("Accumulated depreciation", "-30", "-20"), PROPERTY[2])
    in_brackets = concepts(StatementKind.BALANCE_SHEET, rows, own, "PropertyPlantAndEquipmentNet")
    assert in_brackets == [("PropertyPlantAndEquipmentGross", 1), (DEPRECIATION, -1)]


def test_the_sign_of_the_row_broken_down_counts() -> None:
    """A statement that prints the net expense as a positive figure: its row counts against the concept."""
    rows = (item("Interest expense", "9000", "8000"), item("Interest income", "-700", "-600"), item("", "8300", "7400"))
    own: list[tuple[str | None, float]] = [("InterestExpense", 0.9), ("InvestmentIncomeInterest", 0.9), (None, 0)]
    found = concepts(StatementKind.INCOME, rows, own, "NonoperatingIncomeExpense", sign=-1)
    assert found == [("InterestExpense", 1), ("InvestmentIncomeInterest", -1)]


def test_a_concept_that_is_never_negative_is_not() -> None:
    rows = (
        item("Raw materials", "-40", "-30"),
        item("Finished goods", "62", "51"),
        item("Total inventories", "22", "21"),
    )
    own: list[tuple[str | None, float]] = [(RAW, 0.9), (FINISHED, 0.9), (None, 0)]
    assert concepts(StatementKind.BALANCE_SHEET, rows, own, "InventoryNet") == [(FINISHED, 1)]


def test_other_income_is_made_of_what_its_total_is_made_of() -> None:
    rows = (item("Interest income", "12345", "10345"), item("Interest expense", "-4111", "-5222"), NET)
    own: list[tuple[str | None, float]] = [("InvestmentIncomeInterest", 0.9), ("InterestExpense", 0.9), (None, 0)]
    expected = [("InvestmentIncomeInterest", 1), ("InterestExpense", -1)]
    assert concepts(StatementKind.INCOME, rows, own, "OtherNonoperatingIncomeExpense") == expected
    assert concepts(StatementKind.INCOME, rows, own, "DeferredTaxAssetsNetCurrent") == []


SHARES = """\
                          HARROWGATE FANS, INC.
                  CONSOLIDATED STATEMENTS OF OPERATIONS
                  (in thousands, except per share data)

                                              Year ended December 31,
                                               2003       2002
                                             --------   --------
Net sales                                    $ 61,250   $ 58,400
Cost of sales                                  53,800     51,400
                                             --------   --------
Net income                                   $  7,450   $  7,000
                                             ========   ========
Net income per share, basic                  $    .75   $    .71
Net income per share, diluted                $    .72   $    .69
Weighted average shares, basic                  9,933      9,859
Weighted average shares, diluted               10,347     10,145
<PAGE>
                          HARROWGATE FANS, INC.
                       CONSOLIDATED BALANCE SHEETS
                             (in thousands)

                                                   December 31,
                                               2003       2002
                                             --------   --------
Cash                                         $  2,204   $  1,988
Plant and equipment, net                       47,644     45,918
                                             --------   --------
Total assets                                 $ 49,848   $ 47,906
                                             ========   ========
Accounts payable                             $  6,412   $  5,998
Stockholders' equity                           43,436     41,908
                                             --------   --------
Total liabilities and stockholders' equity   $ 49,848   $ 47,906
                                             ========   ========
<PAGE>
             NOTES TO CONSOLIDATED FINANCIAL STATEMENTS

NOTE 9. SHARES

The Company divides its income by the weighted average of the shares that were
outstanding in the year, and by the same with those that its options and its
notes may become. How the one count leads to the other is shown below.

                                               2003       2002
                                             --------   --------
Weighted average shares                         9,933      9,859
{}
                                             --------   --------
Shares for diluted earnings per share          10,347     10,145
                                             ========   ========
"""
ALL = "WeightedAverageNumberDilutedSharesOutstandingAdjustment"
AWARDS = "IncrementalCommonSharesAttributableToShareBasedPaymentArrangements"
OPTIONS = "Stock options                                     400        286"
PLANS = "Convertible notes                                  14          -"
TOTAL = "Dilutive shares                                   414        286"


@pytest.mark.parametrize(
    ("rows", "concept", "expected"),
    [
        (TOTAL, ALL, [414_000, 286_000]),
        (f"{OPTIONS}\n{PLANS}", AWARDS, [400_000, 286_000]),
        (f"{OPTIONS}\n{PLANS}", ALL, []),  # no row has it
        (f"{OPTIONS}\n{PLANS}\n{TOTAL}", AWARDS, [400_000, 286_000]),
        (f"{OPTIONS}\n{PLANS}\n{TOTAL}", ALL, [414_000, 286_000]),
        (OPTIONS, ALL, []),  # it does not add up
    ],
)
def test_the_way_from_basic_to_diluted_shares(rows: str, concept: str, expected: list[int]) -> None:
    assert values(SHARES.format(rows), concept) == expected


def test_headings_between_the_tables_of_a_block_replace_those_above() -> None:
    text = DOCUMENT.read_text()
    tables = """\
                             THREE MONTHS ENDED
                             --------------------
                             6/30/96     6/30/95
                             --------    --------
   United States             $ 12,000    $ 11,000
   Canada                       4,000       4,000
                             --------    --------
   Net sales                 $ 16,000    $ 15,000
     OTHER INCOME (EXPENSE)
                             NINE MONTHS ENDED
                             --------------------
                             6/30/96     6/30/95
                             --------    --------
   Interest income           $    120    $    161
   Interest expense              (153)       (120)
                             --------    --------
   Other income (expense)    $    (33)   $     41
"""
    assert values(text[: text.index("1. Inventories")] + tables, "InterestExpense") == [153_000, 120_000]


def test_a_column_of_a_period_that_only_another_statement_has() -> None:
    text = DOCUMENT.read_text()
    start, end = text.index("1. Inventories"), text.index("2. Property")
    inventories = """\
1. Inventories

                             June 30,  September 30,  June 30,
                               1996        1995         1995
   Raw materials             $  5,010    $  4,675     $  4,100
   Finished goods               9,300       8,100        7,900
                             --------    --------     --------
                             $ 14,310    $ 12,775     $ 12,000
                             ========    ========     ========

"""

    def finished_goods(old: str = "", new: str = "") -> list[int]:
        return values(text[:start] + inventories.replace(old, new) + text[end:], "InventoryFinishedGoods")

    assert finished_goods() == [9_300_000, 8_100_000, 7_900_000]  # flows end on that day
    assert finished_goods("June 30,\n", "May 31, \n") == []
    assert finished_goods("7,900", "7,800") == []  # it does not add up


def test_prose_over_all_columns_makes_none_of_them_one_of_changes() -> None:
    text = DOCUMENT.read_text()
    prose = """\
1. Inventories
                             Increase    Increase
                              6/30/96     9/30/95
"""
    start, end = text.index("1. Inventories"), text.index("   Raw materials")
    assert values(text[:start] + prose + text[end:], "InventoryFinishedGoods") == [9_300_000, 8_100_000]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Foreign ", "Non-U.S.", [980_000, 810_000, 600_000]),
        ("       Foreign                                 (40)", "       Other                                   (40)",
         [980_000, 810_000, 600_000]),  # the deferred taxes have a part that no words name
        ("Federal ", "Sundry  ", []),  # most parts are of no authority
    ],
)  # fmt: skip
def test_taxes_of_an_authority(old: str, new: str, expected: list[int]) -> None:
    text = (DOCUMENTS / "figures-that-only-notes-have.txt").read_text()
    assert old in text
    changed = text.replace(old, new)
    assert values(changed, "CurrentForeignTaxExpenseBenefit") == expected
    deferred = [110_000, 150_000, 140_000] if expected else []
    assert values(changed, "DeferredIncomeTaxExpenseBenefit") == deferred
