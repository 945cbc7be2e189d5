"""The instance as text: canonical values, escaped text, the same characters each time."""

import re
from decimal import Decimal

import pytest
from helpers.builders import duration, filing, instant, item, mapped, statement, with_mappings
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from converter.filing.reader import Header
from converter.outputs.instance import lexical, render_instance
from converter.report import Report, build_report
from converter.statements.model import Qualifier, StatementKind, UnitKind
from converter.taxonomy import ENTRY_POINT, Network

QUARTER = duration("2003-07-01", "2003-09-30")
XBRLI = "{http://www.xbrl.org/2003/instance}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("3201000", "3201000"),
        ("3.201E+6", "3201000"),
        ("-0.030", "-0.03"),
        ("0.00", "0"),
        ("-0", "0"),
        ("100", "100"),
        ("1E-7", "0.0000001"),
        ("12.50", "12.5"),
    ],
)
def test_lexical(value: str, text: str) -> None:
    assert lexical(Decimal(value)) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4))
def test_lexical_keeps_the_value(value: Decimal) -> None:
    text = lexical(value)
    assert Decimal(text) == value
    assert re.fullmatch(r"-?(0|[1-9]\d*)(\.\d*[1-9])?", text)


def report(caption: str = "Third-party <servicing> & more", title: str = "") -> Report:
    income = statement(
        StatementKind.INCOME,
        [QUARTER, QUARTER],
        item("Net income", "-1013000", None, decimals=-3),
        item("Per share", "-0.03", None, unit=UnitKind.PER_SHARE, decimals=2),
        item(caption, "26", "27"),
        qualifiers=[None, Qualifier.RESTATED],
    )
    balance = statement(
        StatementKind.BALANCE_SHEET, [instant("2003-09-30")], item("Total assets", "17860000", decimals=-3)
    )
    mappings = [
        [mapped("NetIncomeLoss"), mapped("EarningsPerShareBasic"), mapped(None)],
        [mapped("Assets")],
    ]
    income = replace(income, title=title or income.title)
    return build_report(filing("", Header(cik="0000000123")), list(map(with_mappings, [income, balance], mappings)))


def tree(text: str) -> etree._Element:
    return etree.fromstring(text.encode())


def test_the_instance() -> None:
    root = tree(render_instance(report()))
    contexts = {context.get("id") for context in root.iter(XBRLI + "context")}
    facts = [element for element in root if element.get("contextRef")]
    assert {fact.get("contextRef") for fact in facts} == contexts
    assert {unit.get("id") for unit in root.iter(XBRLI + "unit")} == {"USD", "USDPerShare"}
    assert [fact.get("id") for fact in facts] == [f"f{number}" for number in range(1, len(facts) + 1)]
    values = {etree.QName(fact).localname: (fact.text, fact.get("decimals")) for fact in facts}
    assert values["NetIncomeLoss"] == ("-1013000", "-3")
    assert values["EarningsPerShareBasic"] == ("-0.03", "2")
    assert values["EntityCentralIndexKey"] == ("0000000123", None)
    captions = {element.text for element in root.iter("{*}Caption")}
    assert captions == {"Third-party <servicing> & more"}


def test_groups_are_commented_in_the_order_printed() -> None:
    comments = [str(node.text).strip() for node in tree(render_instance(report())).xpath("//comment()")]
    assert comments == ["Document and entity", "Statement (is)", "Statement (bs)"]


@pytest.mark.parametrize("title", ["A -- B", "---", "ends with -", "a<b>&--->", "\x00\x0b"])
def test_any_title_makes_a_comment(title: str) -> None:
    tree(render_instance(report(title=title)))


def test_networks_are_schema_references_of_their_own() -> None:
    network = Network("AssetsCurrent", "AssetsCurrent", {"InventoryNet": 1})
    root = tree(render_instance(replace(report(), networks=(network,))))
    references = [element.get("{http://www.w3.org/1999/xlink}href") for element in root.iter("{*}schemaRef")]
    assert references == [ENTRY_POINT, network.schema]


@given(st.text(min_size=1, max_size=30))
def test_any_caption_is_well_formed(caption: str) -> None:
    tree(render_instance(report(caption)))


def test_the_same_report_gives_the_same_characters() -> None:
    assert render_instance(report()) == render_instance(report())
