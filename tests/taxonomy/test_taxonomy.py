"""The table of concepts: what it may say, and the schema, linkbases and package made of it."""

import importlib.util
import runpy
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from converter.resources import resource
from converter.taxonomy import (
    BASE_URL,
    ENTRY_POINT,
    NAMESPACE,
    TaxonomyError,
    general_line_item,
    load_taxonomy,
    parse_table,
    schema_locations,
    write_package,
)
from converter.taxonomy.files import NEGATED_ROLE, STANDARD_ROLE, presentation_roles, regenerate, render_files
from converter.taxonomy.rules import find_problems
from converter.taxonomy.table import COLUMNS, ROOT, Taxonomy

TAXONOMY = resource("taxonomy")
LINK = "{http://www.xbrl.org/2003/linkbase}"
XLINK = "{http://www.w3.org/1999/xlink}"


def row(name: str, **cells: str) -> list[str]:
    """A sound row of the balance sheet, but for the cells given (`is_` names the column `is`)."""
    sound = {"name": name, "type": "monetary", "balance": "debit", "period": "instant", "bs": "Sheet"}
    sound |= {"label": f"Label of {name}", "documentation": "A sentence."}
    sound |= {column.rstrip("_"): cell for column, cell in cells.items()}
    return [sound.get(column, "") for column in COLUMNS]


def heading(name: str, **cells: str) -> list[str]:
    return row(name, **{"type": "abstract", "balance": "", "period": "duration", "bs": ROOT} | cells)


def table(*rows: list[str]) -> Taxonomy:
    return parse_table([COLUMNS, heading("Sheet"), *rows])


# The table that ships


def test_the_shipped_table_keeps_the_rules() -> None:
    assert find_problems(load_taxonomy()) == ()


def test_the_checked_in_files_are_those_made_of_the_table() -> None:
    made = render_files(load_taxonomy())
    kept = {path.relative_to(TAXONOMY).as_posix() for path in TAXONOMY.rglob("*") if path.suffix in (".xsd", ".xml")}
    assert kept == set(made)
    stale = [name for name, text in made.items() if (TAXONOMY / name).read_text(encoding="utf-8") != text]
    assert stale == [], "run: python -m converter.taxonomy"


def test_regenerating_removes_networks_that_are_gone(tmp_path: Path) -> None:
    (tmp_path / "calculation").mkdir()
    (tmp_path / "calculation" / "Gone.xsd").write_text("<x/>")
    regenerate(tmp_path)
    assert not (tmp_path / "calculation" / "Gone.xsd").exists()
    assert (tmp_path / "ttx-2026.xsd").read_bytes() == (TAXONOMY / "ttx-2026.xsd").read_bytes()


@pytest.mark.parametrize("type", ["monetary", "shares", "perShare", "pure"])
@pytest.mark.parametrize("period_type", ["instant", "duration"])
def test_every_unit_and_period_type_has_a_general_line_item(type: str, period_type: str) -> None:
    concept = load_taxonomy().concepts[general_line_item(type, period_type)]
    assert (concept.type, concept.period_type, concept.balance, concept.abstract) == (type, period_type, "", False)


@pytest.mark.parametrize(
    ("name", "item_type", "balance", "period_type", "tree"),
    [
        ("AssetsCurrent", "monetaryItemType", "debit", "instant", "bs"),
        ("LiabilitiesAndStockholdersEquity", "monetaryItemType", "credit", "instant", "bs"),
        ("NetIncomeLoss", "monetaryItemType", "credit", "duration", "is"),
        ("EarningsPerShareBasic", "perShareItemType", "", "duration", "is"),
        ("WeightedAverageNumberOfDilutedSharesOutstanding", "sharesItemType", "", "duration", "is"),
        ("CashAndCashEquivalentsAtCarryingValue", "monetaryItemType", "debit", "instant", "cf"),
        ("NetCashProvidedByUsedInOperatingActivities", "monetaryItemType", "", "duration", "cf"),
        ("NetCashProvidedByUsedInFinancingActivities", "monetaryItemType", "debit", "duration", "cf"),
        ("PaymentsToAcquirePropertyPlantAndEquipment", "monetaryItemType", "credit", "duration", "cf"),
        ("CurrentFiscalYearEndDate", "gMonthDayItemType", "", "duration", "cover"),
        ("DocumentPeriodEndDate", "dateItemType", "", "duration", "cover"),
        ("EntityRegistrantName", "stringItemType", "", "duration", "cover"),
    ],
)
def test_concepts_that_every_report_needs(name: str, item_type: str, balance: str, period_type: str, tree: str) -> None:
    concept = load_taxonomy().concepts[name]
    assert (concept.item_type, concept.balance, concept.period_type) == (item_type, balance, period_type)
    assert tree in concept.statements


@pytest.mark.parametrize(
    ("tree", "names"),
    [
        ("bs", "CashAndCashEquivalentsAtCarryingValue InventoryNet AssetsCurrent PropertyPlantAndEquipmentNet Assets"),
        ("bs", "Assets AccountsPayableCurrent LiabilitiesCurrent CommonStockValue LiabilitiesAndStockholdersEquity"),
        ("is", "Revenues CostOfRevenue GrossProfit OperatingIncomeLoss IncomeTaxExpenseBenefit NetIncomeLoss"),
        ("is", "NetIncomeLoss EarningsPerShareBasic"),
        ("cf", "NetIncomeLoss IncreaseDecreaseInInventories NetCashProvidedByUsedInOperatingActivities"),
        ("cf", "NetCashProvidedByUsedInOperatingActivities PaymentsToAcquirePropertyPlantAndEquipment"),
        ("cf", "CashAndCashEquivalentsPeriodIncreaseDecrease CashAndCashEquivalentsAtCarryingValue"),
    ],
)
def test_ranks_follow_the_printed_order(tree: str, names: str) -> None:
    ranks = load_taxonomy().ranks[tree]
    found = [ranks[name] for name in names.split()]
    assert found == sorted(found)


def test_a_network_is_a_total_with_signed_parts() -> None:
    networks = {network.id: network for network in load_taxonomy().calculations}
    investing = networks["NetCashProvidedByUsedInInvestingActivities"]
    assert investing.total == "NetCashProvidedByUsedInInvestingActivities"
    assert investing.parts["PaymentsToAcquirePropertyPlantAndEquipment"] == -1
    assert networks["Assets.unclassified"].total == "Assets"
    assert networks["Assets"].schema == BASE_URL + "calculation/Assets.xsd"


# What a table may not say


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "header"),
        ([["name", "type"]], "header"),
        ([COLUMNS, ["Short"]], "row 2 has 3 cells"),
        ([COLUMNS, heading("Sheet"), row("Cash"), row("Cash")], "row 4: a second Cash"),
        ([COLUMNS, row("Cash", type="money")], "no such type"),
        ([COLUMNS, row("Cash", sums="Assets:1")], "sums"),
        ([COLUMNS, row("Cash", sums=":+1")], "sums"),
        ([COLUMNS, row("Cash", sums="like Coins"), row("Coins", sums="Total:+1")], "no row above"),
        ([COLUMNS, heading("Sheet"), row("Cash", bs="Sheet < Nothing")], "Nothing is no row below Sheet"),
    ],
)
def test_tables_that_cannot_be_read(rows: list[list[str]], message: str) -> None:
    with pytest.raises(TaxonomyError, match=message):
        parse_table(rows)


TOTAL = row("Total")
PART = row("Other", sums="Total:+1")


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([row("cash")], "cash: the name"),
        ([row("Cash", period="year")], "Cash: period 'year'"),
        ([heading("Assets", period="instant")], "Assets: an abstract concept"),
        ([row("Cash", balance="")], "Cash: a monetary concept"),
        ([row("Shares", type="shares")], "Shares: has a balance"),
        ([PART, row("Income", balance="credit", sums="Total:+1"), TOTAL], "Total: has a balance"),
        ([PART, row("Total", balance="")], "Total: a monetary concept"),
        ([row("LineItemMonetaryInstant")], "LineItemMonetaryInstant: has a balance"),
        ([row("Cash", bs="")], "Cash: stands in no tree"),
        ([row("Cash", bs="Nowhere")], "Cash: its parent in bs, Nowhere, does not hang"),
        ([row("Cash"), row("Coins", bs="Cash")], "Coins: its parent in bs, Cash, is no heading"),
        ([row("Cash", industry="farm")], "Cash: no such industry: farm"),
        ([row("Cash", label="")], "Cash: has no label"),
        ([row("Cash", label="Cash ")], "Cash: a label or the documentation"),
        ([row("Cash", documentation="Money")], "Cash: its documentation"),
        ([row("Cash", us_gaap="us-gaap:Cash")], "Cash: 'us-gaap:Cash'"),
        ([row("Cash", label="Money"), row("Coins", label="money")], "Coins: Cash has the label"),
        ([row("Cash", us_gaap="Cash"), row("Coins", us_gaap="Cash")], "Coins: Cash stands for Cash"),
        ([row("Cash", sums="Total:+1"), PART], "sum Total: there is no such total"),
        ([PART, TOTAL], "sum Total: has just one part, Other"),
        ([PART, row("Total", sums="Total:+1")], "sum Total: the total is its own part"),
        ([PART, row("Debt", balance="credit", sums="Total:+1"), TOTAL], "sum Total: Debt is credit, the total debit"),
        ([PART, row("Cash", sums="Total:-1"), TOTAL], "sum Total: Cash is debit, the total debit"),
        ([PART, row("Sales", period="duration", sums="Total:+1"), TOTAL], "sum Total: Sales has another"),
        ([PART, row("Name", type="string", balance="", sums="Total:+1"), TOTAL], "sum Total: Name has another"),
        ([row("A", sums="Total.X:+1"), row("B", sums="Total.X:+1"), TOTAL], "sum Total.X: the variant"),
    ],
)
def test_rules(rows: list[list[str]], problem: str) -> None:
    taxonomy = table(*rows)
    found = find_problems(taxonomy)
    assert any(line.startswith(problem) for line in found), found
    with pytest.raises(TaxonomyError):
        render_files(taxonomy)


@pytest.mark.parametrize(
    "rows",
    [
        [PART, row("Debt", balance="credit", sums="Total:-1"), TOTAL],
        [PART, row("Income", balance="credit", sums="Total:+1"), row("Total", balance="")],
    ],
)
def test_sound_tables_have_no_problems(rows: list[list[str]]) -> None:
    assert find_problems(table(*rows)) == ()


def test_a_row_may_be_part_of_the_same_sums_as_one_above() -> None:
    taxonomy = table(row("Cash", sums="Total:+1;Total.listed:+1"), row("Coins", sums="like Cash"), TOTAL)
    assert [dict(network.parts) for network in taxonomy.calculations] == [{"Cash": 1, "Coins": 1}] * 2


# Trees


def test_a_row_may_ask_to_stand_before_another() -> None:
    taxonomy = table(row("Inventory"), row("Assets"), row("Cash", bs="Sheet < Inventory"))
    assert list(taxonomy.ranks["bs"]) == ["Sheet", "Cash", "Inventory", "Assets"]


def test_a_tree_that_bites_its_tail_hangs_on_no_root() -> None:
    taxonomy = parse_table([COLUMNS, heading("A", bs="B"), heading("B", bs="A")])
    assert any("does not hang" in problem for problem in find_problems(taxonomy))


@given(st.lists(st.integers(min_value=0, max_value=30), max_size=30))
def test_ranks_count_every_row_once_and_parents_before_children(parents: list[int]) -> None:
    rows = [heading(f"H{i}", bs=f"H{parent % i}" if i else ROOT) for i, parent in enumerate(parents)]
    taxonomy = parse_table([COLUMNS, *rows])
    ranks = taxonomy.ranks["bs"]
    assert sorted(ranks.values()) == list(range(len(rows)))
    for name, rank in ranks.items():
        parent = taxonomy.concepts[name].statements["bs"]
        assert parent == ROOT or ranks[parent] < rank


def test_rows_of_an_industry_have_a_role_of_their_own() -> None:
    taxonomy = table(row("Cash"), row("Deposits", industry="bank"))
    shown = {role.id: [arc.child for arc in role.arcs] for role in presentation_roles(taxonomy)}
    of_tables = {"SelectedData": ["Cash", "Deposits"]}
    assert shown == {"BalanceSheet": ["Cash"], "BalanceSheetBank": ["Deposits"], **of_tables}


@pytest.mark.parametrize(
    ("cells", "preferred"),
    [
        ({}, [""]),
        ({"total_label": "Total"}, [STANDARD_ROLE + "totalLabel"]),
        ({"negated_label": "Purchases"}, [NEGATED_ROLE]),
        ({"negated_label": "Purchases", "sums": "Total:-1", "balance": "credit"}, [NEGATED_ROLE]),
        ({"negated_label": "Purchases", "sums": "Total:+1"}, [""]),
        (
            {"bs": "", "cf": "CashPeriodIncreaseDecreaseAbstract"},
            [STANDARD_ROLE + "periodStartLabel", STANDARD_ROLE + "periodEndLabel"],
        ),
    ],
)
def test_the_label_that_a_tree_prefers(cells: dict[str, str], preferred: list[str]) -> None:
    taxonomy = table(heading("CashPeriodIncreaseDecreaseAbstract", bs="", cf=ROOT), row("X", **cells), PART, TOTAL)
    roles = [role for role in presentation_roles(taxonomy) if any(arc.child == "X" for arc in role.arcs)]
    for role in roles:
        assert [arc.preferred for arc in role.arcs if arc.child == "X"] == preferred
        assert len({arc.locator for arc in role.arcs}) == len(role.arcs)
    assert roles


# The files


def test_every_concept_is_declared_labelled_and_shown() -> None:
    files = render_files(load_taxonomy())
    schema = etree.fromstring(files["ttx-2026-elements.xsd"].encode())
    declared = {element.get("id") for element in schema.iter("{http://www.w3.org/2001/XMLSchema}element")}
    names = {f"ttx_{name}" for name in load_taxonomy().concepts}
    assert declared == names | {"ttx_Caption"}
    for linkbase in ("label", "presentation"):
        root = etree.fromstring(files[f"ttx-2026-{linkbase}.xml"].encode())
        assert names <= {loc.get(f"{XLINK}href", "").partition("#")[2] for loc in root.iter(f"{LINK}loc")}


def test_preferred_labels_exist() -> None:
    files = render_files(load_taxonomy())
    labels = etree.fromstring(files["ttx-2026-label.xml"].encode())
    known = {(label.get(f"{XLINK}label", "")[4:], label.get(f"{XLINK}role")) for label in labels.iter(f"{LINK}label")}
    arcs = [arc for role in presentation_roles(load_taxonomy()) for arc in role.arcs if arc.preferred]
    assert [arc for arc in arcs if (arc.child, arc.preferred) not in known] == []


def test_text_is_escaped() -> None:
    rows = [*table_rows(), row("Cash", label='Cash & "coins" <all>')]
    files = render_files(parse_table(rows))
    labels = etree.fromstring(files["ttx-2026-label.xml"].encode())
    assert 'Cash & "coins" <all>' in {label.text for label in labels.iter(f"{LINK}label")}


def table_rows() -> list[list[str]]:
    """The least table that files can be made of: a balance sheet's root and the dimensions."""
    members = heading("Base", type="member", bs="", other="ReportingBasisAxis")
    default = heading("AsReported", type="member", bs="", other="Base")
    axis = heading("ReportingBasisAxis", type="axis", bs="", other=ROOT)
    classes = heading("StatementClassOfStockAxis", type="axis", bs="", other=ROOT)
    stock = heading("Stock", type="member", bs="", other="StatementClassOfStockAxis")
    class_a = heading("ClassA", type="member", bs="", other="Stock")
    components = heading("StatementEquityComponentsAxis", type="axis", bs="", other=ROOT)
    equity = heading("Equity", type="member", bs="", other="StatementEquityComponentsAxis")
    common = heading("Common", type="member", bs="", other="Equity")
    of_equity = [components, equity, common]
    return [list(COLUMNS), heading("Sheet"), axis, members, default, classes, stock, class_a, *of_equity]


def test_the_package_has_one_top_folder_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    write_package(first)
    write_package(second)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as package:
        names = package.namelist()
    assert {name.partition("/")[0] for name in names} == {"ttx-2026"}
    assert {"ttx-2026/META-INF/taxonomyPackage.xml", "ttx-2026/META-INF/catalog.xml"} <= set(names)
    assert {f"ttx-2026/{name}" for name in render_files(load_taxonomy())} == set(names)


def test_schema_locations_are_files_that_declare_what_their_url_says() -> None:
    for url, path in schema_locations().items():
        root = etree.parse(path).getroot()
        assert root.tag == "{http://www.w3.org/2001/XMLSchema}schema", url
    assert schema_locations()[ENTRY_POINT] == TAXONOMY / "ttx-2026.xsd"


@pytest.fixture
def fresh_locations() -> Iterator[None]:
    """What is remembered of schemas is forgotten, before and after."""
    schema_locations.cache_clear()
    yield
    schema_locations.cache_clear()


@pytest.mark.usefixtures("fresh_locations")
def test_without_the_processor_there_are_no_schemas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(FileNotFoundError, match="arelle-release is not installed"):
        schema_locations()


@pytest.mark.usefixtures("fresh_locations")
def test_a_processor_that_lacks_a_schema(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    spec = ModuleSpec("arelle", None, is_package=True)
    spec.submodule_search_locations = [str(tmp_path)]
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: spec)
    with pytest.raises(FileNotFoundError, match=r"does not carry http://www\.xbrl\.org/2003/xbrl-instance"):
        schema_locations()


def test_the_module_regenerates_the_shipped_files(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Path] = []
    monkeypatch.setattr("converter.taxonomy.files.regenerate", made.append)
    runpy.run_module("converter.taxonomy.__main__", run_name="imported")
    assert made == []
    runpy.run_module("converter.taxonomy")
    runpy.run_module("converter.taxonomy", run_name="__main__")
    assert made == [TAXONOMY]


# The XBRL processor's word


def instance() -> str:
    """An instance that is sound, but for a sum that fails in one context and a caption that is missing."""
    entity = '<entity><identifier scheme="http://www.sec.gov/CIK">0000012345</identifier></entity>'
    instant = f"{entity}<period><instant>2003-09-30</instant></period>"
    caption = '<di:typedMember dimension="t:CaptionAxis"><t:Caption>Odds &amp; ends</t:Caption></di:typedMember>'
    restated = '<di:explicitMember dimension="t:ReportingBasisAxis">t:RestatedMember</di:explicitMember>'
    contexts = {
        "I": instant,
        "I-caption": f"{instant}<scenario>{caption}</scenario>",
        "I-restated": f"{instant}<scenario>{restated}</scenario>",
        "I-both": f"{instant}<scenario>{restated}{caption}</scenario>",
        "D": f"{entity}<period><startDate>2003-07-01</startDate><endDate>2003-09-30</endDate></period>",
    }
    amounts = [
        ("CashAndCashEquivalentsAtCarryingValue", "I", "100000"),
        ("InventoryNet", "I", "200000"),
        ("AssetsCurrent", "I", "300000"),
        ("InventoryNet", "I-restated", "200000"),
        ("AssetsCurrent", "I-restated", "310000"),
        ("LineItemMonetaryInstant", "I-caption", "-7000"),
        ("LineItemMonetaryInstant", "I-both", "-8000"),
        ("LineItemMonetaryDuration", "D", "9000"),
    ]
    return "".join(
        [
            '<xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"',
            ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:di="http://xbrl.org/2006/xbrldi"',
            f' xmlns:c="http://www.xbrl.org/2003/iso4217" xmlns:t="{NAMESPACE}">',
            *(
                f'<link:schemaRef xlink:type="simple" xlink:href="{url}"/>'
                for url in (ENTRY_POINT, BASE_URL + "calculation/AssetsCurrent.xsd")
            ),
            *(f'<context id="{name}">{inner}</context>' for name, inner in contexts.items()),
            '<unit id="USD"><measure>c:USD</measure></unit>',
            '<t:EntityRegistrantName contextRef="D">A company</t:EntityRegistrantName>',
            '<t:DocumentPeriodEndDate contextRef="D">2003-09-30</t:DocumentPeriodEndDate>',
            '<t:CurrentFiscalYearEndDate contextRef="D">--12-31</t:CurrentFiscalYearEndDate>',
            *(
                f'<t:{name} contextRef="{context}" unitRef="USD" decimals="-3">{value}</t:{name}>'
                for name, context, value in amounts
            ),
            "</xbrl>",
        ]
    )


@pytest.mark.arelle
def test_arelle_finds_nothing_but_what_the_instance_has_wrong(tmp_path: Path) -> None:
    sample = tmp_path / "sample.xml"
    sample.write_text(instance(), encoding="utf-8")
    write_package(tmp_path / "package.zip")
    inputs = (BASE_URL + "ttx-2026-all.xsd", str(sample))
    command = [sys.executable, "-m", "arelle.CntlrCmdLine", "--file", "|".join(inputs), "--validate", "--calc", "c11r"]
    command += ["--validateDuplicateFacts", "inconsistent", "--validateXmlOim", "--internetConnectivity", "offline"]
    command += ["--packages", str(tmp_path / "package.zip"), "--xdgConfigHome", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=True)
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    assert sum("[info] validated in" in line for line in lines) == len(inputs), done.stdout + done.stderr
    remarks = [line for line in lines if not line.startswith("[info]")]
    assert [remark.partition(" ")[0] for remark in remarks] == [
        "[xbrldie:PrimaryItemDimensionallyInvalidError]",
        "[calc11e:inconsistentCalculationUsingRounding]",
    ]
    assert "LineItemMonetaryDuration" in remarks[0]
    assert "I-restated" in remarks[1]
