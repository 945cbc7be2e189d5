"""The schema and linkbases of a filing: its statements as printed."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from helpers.paths import ROOT
from helpers.reports import said, sample
from lxml import etree

import converter
from converter.outputs import CheckedReading, checked, format_of, write_files
from converter.outputs.linkbases import FilingTaxonomy, taxonomy_of
from converter.outputs.linkbases.labels import LABEL, Labels
from converter.outputs.linkbases.names import Names
from converter.pipeline import Reading, read_data
from converter.report import Context, Dimension, Fact, Group, Report, Summary
from converter.taxonomy import CAPTION_AXIS, Naming, load_taxonomy
from converter.vocabulary import Instant

LINK, XLINK = "{http://www.xbrl.org/2003/linkbase}", "{http://www.w3.org/1999/xlink}"
SCHEMA = "{http://www.w3.org/2001/XMLSchema}"
ROLE = "http://www.xbrl.org/2003/role/"
DAY = date(2003, 12, 31)
LOSS = b"""ORCHARD LANE CORP
STATEMENTS OF CASH FLOWS
(In thousands)
                                           Years ended December 31,
                                              2003        2002
Cash flows from operating activities:
  Net loss                                $   (310)   $   (250)
  Refund of the lighthouse fund                 10          20
                                          --------    --------
Net cash used in operating activities         (300)       (230)
Cash flows from investing activities:
  Purchases of equipment                      (100)        (50)
                                          --------    --------
Net cash used in investing activities         (100)        (50)
                                          --------    --------
Net decrease in cash                          (400)       (280)
Cash at beginning of year                    1,000       1,280
                                          --------    --------
Cash at end of year                       $    600    $  1,000
                                          ========    ========
"""


@cache
def reading() -> Reading:
    path = ROOT / "examples" / "submission-10q.txt"
    return read_data(path.read_bytes(), path.name)


@cache
def taxonomy(naming: Naming = Naming.TTX) -> FilingTaxonomy:
    return taxonomy_of(reading(), naming)


def file_of(of: FilingTaxonomy, ending: str) -> etree._Element:
    (text,) = (text for name, text in of.files.items() if name.endswith(ending))
    return etree.fromstring(text.encode())


def definitions(of: FilingTaxonomy) -> list[str]:
    return [str(element.text) for element in file_of(of, ".xsd").iter(f"{LINK}definition")]


def labels_of(of: FilingTaxonomy) -> dict[tuple[str, str], str]:
    """The labels by the XLink label of the concept and their role."""
    elements = file_of(of, "_lab.xml").iter(f"{LINK}label")
    return {(each.get(f"{XLINK}label", "")[4:], each.get(f"{XLINK}role", "")): str(each.text) for each in elements}


def shown(of: FilingTaxonomy, title: str) -> list[tuple[int, str, str]]:
    """The rows of a role as a viewer shows them: depth, label and whether it is negated."""
    (link,) = (
        link
        for link in file_of(of, "_pre.xml").iter(f"{LINK}presentationLink")
        if link.get(f"{XLINK}title", "").endswith(f" - {title}")
    )
    labels = labels_of(of)
    concepts = {
        loc.get(f"{XLINK}label"): loc.get(f"{XLINK}href", "").partition("#")[2] for loc in link.iter(f"{LINK}loc")
    }
    arcs: dict[str, list[tuple[float, str, str]]] = {}
    for arc in link.iter(f"{LINK}presentationArc"):
        child = concepts[arc.get(f"{XLINK}to")]
        role = arc.get("preferredLabel", LABEL)
        parent = concepts[arc.get(f"{XLINK}from")]
        arcs.setdefault(parent, []).append((float(arc.get("order", "")), child, role))
    children = {child for of_parent in arcs.values() for _, child, _ in of_parent}
    rows: list[tuple[int, str, str]] = []

    def visit(parent: str, depth: int) -> None:
        for _, child, role in sorted(arcs.get(parent, ())):
            rows.append((depth, labels[child, role], "-" if "negated" in role else ""))
            visit(child, depth + 1)

    (root,) = arcs.keys() - children
    visit(root, 0)
    return rows


def test_a_role_for_each_statement_in_printed_order() -> None:
    assert definitions(taxonomy()) == [
        "00000001 - Document - Document and entity",
        "00000002 - Statement - CONSOLIDATED BALANCE SHEETS",
        "00000003 - Statement - CONSOLIDATED BALANCE SHEETS (Parenthetical)",
        "00000004 - Statement - CONSOLIDATED STATEMENTS OF INCOME",
        "00000005 - Statement - CONSOLIDATED STATEMENTS OF CASH FLOWS",
        "00000006 - Disclosure - Inventories (details)",
    ]


def test_a_statement_is_shown_with_its_captions_under_its_headings() -> None:
    assert shown(taxonomy(), "CONSOLIDATED STATEMENTS OF INCOME")[:8] == [
        (0, "Net sales", ""),
        (0, "Cost of goods sold", ""),
        (0, "Gross profit", ""),
        (0, "Operating expenses", ""),
        (1, "Selling, general and administrative", ""),
        (1, "Research and development", ""),
        (1, "Restructuring charge", ""),
        (1, "Total operating expenses", ""),
    ]


@pytest.mark.parametrize("naming", list(Naming))
def test_as_many_rows_as_are_printed(naming: Naming) -> None:
    layout = [statement for statement in reading().report.layout if "parenthetical" not in statement.title]
    for statement in layout:
        captions = [" ".join(row.label.split()) for row in statement.rows]
        headings = {heading for row in statement.rows for heading in row.sections}
        told = [label for _, label, _ in shown(taxonomy(naming), statement.title)]
        assert [label for label in told if label not in headings] == captions


def test_signs_balances_and_lines_of_the_filing_itself() -> None:
    of = taxonomy_of(read_data(LOSS, "loss.txt"), Naming.US_GAAP)
    assert shown(of, "STATEMENTS OF CASH FLOWS") == [
        (0, "Cash flows from operating activities", ""),
        (1, "Net loss", ""),
        (1, "Refund of the lighthouse fund", ""),
        (0, "Net cash used in operating activities", ""),
        (0, "Cash flows from investing activities", ""),
        (1, "Purchases of equipment", "-"),
        (0, "Net cash used in investing activities", ""),
        (0, "Net decrease in cash", ""),
        (0, "Cash at beginning of year", ""),
        (0, "Cash at end of year", ""),
    ]
    roles = {arc.get("preferredLabel") for arc in file_of(of, "_pre.xml").iter(f"{LINK}presentationArc")}
    assert {f"{ROLE}periodStartLabel", f"{ROLE}periodEndLabel", f"{ROLE}totalLabel"} <= roles
    own = [fact for fact in of.report.facts if fact.concept == f"{of.vocabulary.prefix}:RefundOfTheLighthouseFund"]
    assert [(str(fact.value), fact.context.dimensions) for fact in own] == [("10000", ()), ("20000", ())]


@pytest.mark.parametrize("name", ["sample", "submission"])
@pytest.mark.parametrize("naming", list(Naming))
def test_all_that_is_referred_to_exists(name: str, naming: Naming) -> None:
    of = taxonomy_of(sample() if name == "sample" else reading(), naming)
    declared = {
        vocabulary: {
            element.get("id") for element in etree.parse(ROOT / "taxonomy" / vocabulary).iter(f"{SCHEMA}element")
        }
        for vocabulary in ("ttx-2026-elements.xsd", "us-gaap-2009.xsd", "dei-2009.xsd")
    }
    files = {"ttx-2026-elements.xsd": "ttx-2026-elements.xsd"}
    files |= {"us-gaap-2009-01-31.xsd": "us-gaap-2009.xsd", "dei-2009-01-31.xsd": "dei-2009.xsd"}
    schema = file_of(of, ".xsd")
    ids = {element.get("id") for element in schema.iter() if element.get("id")}
    for ending in ("_pre.xml", "_lab.xml", "_cal.xml", "_def.xml"):
        for loc in file_of(of, ending).iter(f"{LINK}loc", f"{LINK}roleRef"):
            target, _, name_of = loc.get(f"{XLINK}href", "").rpartition("/")[2].partition("#")
            if target == of.vocabulary.file:
                assert name_of in ids
            elif target in files:
                assert name_of in declared[files[target]]
    for fact in of.report.facts:
        assert fact.concept.partition(":")[0] in of.references(beside=True).namespaces
    assert set(of.references(beside=True).namespaces) == {of.vocabulary.prefix, "ttx"} | (
        {"us-gaap", "dei"} if naming is Naming.US_GAAP else set()
    )


def test_the_same_facts_in_the_same_order() -> None:
    of = taxonomy(Naming.US_GAAP)
    pairs = zip(reading().report.facts, of.report.facts, strict=True)
    assert all((one.value, one.decimals, one.unit) == (other.value, other.decimals, other.unit) for one, other in pairs)


def test_equal_readings_give_equal_files() -> None:
    assert taxonomy_of(reading(), Naming.TTX) == taxonomy()


@pytest.mark.parametrize("name", ["edgar", "xbr", "zip"])
@pytest.mark.parametrize("naming", list(Naming))
def test_what_is_written_is_read_back(name: str, naming: Naming, tmp_path: Path) -> None:
    known = format_of("", name)
    target = tmp_path / f"out{known.suffixes[0]}"
    for each in (sample(), reading()):
        valid = checked(each, target.name)
        write_files(known.make(CheckedReading(each, valid.instance, valid.file, naming)), known, target)
        assert said(converter.load(target)) == said(each.report)
        for path in target.iterdir() if target.is_dir() else ():
            path.unlink()


# Names and labels


def line(caption: str, concept: str = "LineItemMonetaryInstant") -> Fact:
    context = Context(Instant(DAY), (Dimension(CAPTION_AXIS, text=caption),))
    return Fact(concept, context, None, "", None, None, caption)


def report_of(*facts: Fact) -> Report:
    return Report("http://x", "ACME", (Group("t", None, facts),), (), Summary(0, 0, 0, 0, 0, 0), ())


@pytest.mark.parametrize(
    ("captions", "names"),
    [
        (["Advances to the lighthouse fund"], ["AdvancesToTheLighthouseFund"]),
        (["Same", "same", "SAME"], ["Same", "Same2", "SAME"]),
        (["Net income loss"], ["NetIncomeLoss2"]),  # one of the taxonomy
        (["401(k) plan"], ["N401KPlan"]),
        (["***"], ["Item"]),
        (["Año nuevo"], ["AONuevo"]),
        (["x" * 300], ["X" + "x" * 99]),
    ],
)
def test_the_names_of_own_elements(captions: list[str], names: list[str]) -> None:
    of = Names(report_of(), Naming.TTX)
    assert [of.fact(line(caption)).concept.partition(":")[2] for caption in captions] == names


def test_one_caption_of_two_types_has_two_names() -> None:
    of = Names(report_of(), Naming.TTX)
    names = [of.fact(line("Gain", concept)).concept for concept in ("LineItemMonetaryInstant", "LineItemPureInstant")]
    assert names == ["own:Gain", "own:Gain2"]
    assert of.fact(line("Gain")).concept == "own:Gain"


@pytest.mark.parametrize(
    ("ticker", "name", "prefix"),
    [
        ("GOOG", "Google Inc.", "goog"),
        ("", "Quillworks Manufacturing Co", "quillwor"),
        ("", "3M COMPANY", "m"),
        ("", "ISO Rules Inc", "own"),  # nobody takes the prefix of a standard
        ("", "", "own"),
    ],
)
def test_the_prefix_of_the_filing(ticker: str, name: str, prefix: str) -> None:
    cover = [("TradingSymbol", ticker), ("EntityRegistrantName", name)]
    facts = [Fact(concept, Context(Instant(DAY)), None, value, None, None, "") for concept, value in cover if value]
    assert Names(report_of(*facts), Naming.TTX).vocabulary.prefix == prefix


def test_a_concept_has_a_label_role_for_each_of_its_captions() -> None:
    labels = Labels()
    told = [
        labels.role("ttx:NetIncomeLoss", "Net income", "", negated=False),
        labels.role("ttx:NetIncomeLoss", "Net earnings", "", negated=False),
        labels.role("ttx:NetIncomeLoss", "Net income", "", negated=False),
        labels.role("ttx:NetIncomeLoss", "Total", "total", negated=False),
        labels.role("ttx:NetIncomeLoss", "Loss", "", negated=True),
    ]
    assert [re.sub(".*/", "", role) for role in told] == ["", "terseLabel", "", "totalLabel", "negatedLabel"]
    assert [(label.role.rpartition("/")[2], label.text) for label in labels] == [
        ("label", "Net income"),
        ("terseLabel", "Net earnings"),
        ("totalLabel", "Total"),
        ("negatedLabel", "Loss"),
    ]


def test_the_vocabularies_of_others_have_each_concept_once() -> None:
    for naming in Naming:
        of = Names(report_of(), naming)
        concepts = load_taxonomy().concepts
        assert len({of.concept(name) for name in concepts}) == len(concepts)
