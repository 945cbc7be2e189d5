"""Validation by libxml2: never more lenient than xmlschema, and no slower way for what we write ourselves."""

import itertools
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from helpers.builders import duration, filing, instant, item, mapped, statement, with_mappings
from helpers.mutants import mutants
from helpers.paths import EXAMPLES, EXPECTED
from helpers.reports import reports
from hypothesis import given, settings

from converter.filing.reader import Header
from converter.outputs import validity
from converter.outputs.instance import render_instance
from converter.outputs.validity import InvalidInstance, instance_of
from converter.outputs.validity import fast as fastvalidation
from converter.outputs.validity.fast import is_valid, validate
from converter.outputs.validity.schema import validate_xml
from converter.report import Options, Report, build_report
from converter.statements.model import Qualifier, StatementKind, UnitKind
from converter.taxonomy import load_taxonomy

QUARTER = duration("2003-07-01", "2003-09-30")
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:nobody="urn:nobody" xmlns:xlink='


def make() -> str:
    """An instance with every kind of context, unit, dimension and value that we write."""
    balance = statement(
        StatementKind.BALANCE_SHEET,
        [instant("2003-09-30")],
        item("Cash", "5", decimals=-3),
        item("Inventories", "12", decimals=-3),
        item("Total current assets", "17", decimals=-3),
        item('Stockholders\' "other" <items> & more', "-3"),
    )
    income = statement(
        StatementKind.INCOME,
        [QUARTER, QUARTER],
        item("Revenues", "-1013000", "26"),
        item("Per share", "-0.03", None, unit=UnitKind.PER_SHARE, decimals=2),
        item("Shares", "33700000", None, unit=UnitKind.SHARES, decimals=-3),
        item("Margin", "0.51", None, unit=UnitKind.PURE, decimals=2),
        qualifiers=[None, Qualifier.RESTATED],
    )
    mappings = [
        [
            mapped("CashAndCashEquivalentsAtCarryingValue"),
            mapped("InventoryNet"),
            mapped("AssetsCurrent"),
            mapped(None),
        ],
        [
            mapped("Revenues"),
            mapped("EarningsPerShareBasic"),
            mapped("WeightedAverageNumberOfSharesOutstandingBasic"),
            mapped(None),
        ],
    ]
    options = Options(cik="123", fiscal_year_end="0630")
    statements = list(map(with_mappings, [balance, income], mappings))
    report = build_report(filing("", Header(company="ACME INC")), statements, (), options)
    return render_instance(report)


INSTANCE = make()
# Short ids, so that what the mutants put in the place of one often is another one.
SHORT = INSTANCE.replace("I20030930", "c1").replace("USD", "u1").replace("iso4217:u1", "iso4217:USD")
NAMESPACED = SHORT.replace("xmlns:xlink=", XSI, 1)


@pytest.mark.parametrize("path", sorted(EXPECTED.glob("*.xml")), ids=lambda path: path.name)
def test_what_we_write_takes_the_fast_way(path: Path) -> None:
    assert is_valid(path.read_text(encoding="utf-8"))


def test_an_instance_with_everything_takes_the_fast_way() -> None:
    assert "Restated" in INSTANCE
    assert "<xbrli:divide>" in INSTANCE
    assert "&lt;items&gt;" in INSTANCE
    assert "--06-30" in INSTANCE
    for text in (INSTANCE, SHORT):
        assert is_valid(text)
        assert validate_xml(text) == validate(text) == ()
    assert validate_xml(NAMESPACED) == ()
    assert not is_valid(NAMESPACED), "another namespace is left to the other validator"


def test_an_instance_with_all_networks_takes_the_fast_way() -> None:
    first = next(line for line in INSTANCE.splitlines() if "schemaRef" in line)
    entry = load_taxonomy().calculations[0].schema.partition("calculation/")[0] + "ttx-2026.xsd"
    more = [first.replace(entry, network.schema) for network in load_taxonomy().calculations]
    text = INSTANCE.replace(first, "\n".join([first, *more]))
    assert text.count("schemaRef") > 200
    assert is_valid(text)
    assert validate_xml(text) == ()


@settings(derandomize=True)
@given(reports())
def test_every_report_takes_the_fast_way(report: Report) -> None:
    text = render_instance(report)
    assert is_valid(text) == (validate_xml(text) == ())


@pytest.mark.soak
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_no_mutant_is_accepted_that_the_schemas_reject(seed: int) -> None:
    verdicts: Counter[tuple[bool, bool]] = Counter()
    texts = itertools.chain(mutants(SHORT, 800, seed), mutants(NAMESPACED, 200, seed))
    for text in texts:
        fast, whole = is_valid(text), validate_xml(text) == ()
        assert whole or not fast, text
        verdicts[fast, whole] += 1
    assert verdicts[True, True] > 50
    assert verdicts[False, False] > 500, "most mutants are wrong"
    assert verdicts[True, True] > verdicts[False, True] / 2, "and the fast way is not closed to what is right"


def changed(old: str, new: str) -> str:
    assert old in INSTANCE, old
    return INSTANCE.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (changed('contextRef="I20030930"', 'contextRef="nowhere"'), "no context is called so"),
        (changed('unitRef="USD"', 'unitRef="nothing"'), "no unit is called so"),
        (changed('id="f2"', 'id="f1"'), "two facts of one name"),
        (changed('id="f2"', 'id=" f1 "'), "the same with blanks around it"),
        (changed("</xbrli:xbrl>", "<ttx:Caption>x</ttx:Caption></xbrli:xbrl>"), "a caption is no fact"),
        (changed("iso4217:USD</", "xml:USD</"), "xmlschema does not know this prefix"),
        (changed('scheme="http://www.sec.gov/CIK"', 'scheme="\u00a0"'), "a scheme of blanks, for xmlschema"),
        (changed("2003-09-30<", "99999999999-01-01<"), "a year beyond what xmlschema can hold"),
        (changed(">17<", f">{'9' * 400}<"), "a number beyond what xmlschema can hold"),
        (changed("xmlns:xlink", 'xmlns:\u02b0="a" xmlns:xlink'), "a name of XML's fifth edition only"),
        (changed("</xbrli:xbrl>", ""), "cut off"),
        (changed("ACME", "\ud800"), "no character"),
        ("", "nothing"),
        ("<a/>", "something else"),
    ],
)
def test_wrong_instances(text: str, why: str) -> None:
    assert not is_valid(text), why
    assert validate(text) == validate_xml(text) != ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (changed(">17<", ">&#49;7<"), "a character written as a number"),
        (changed("?>", "?><!DOCTYPE a>"), "a document type"),
        (changed("?>", '?><!DOCTYPE a [<!ENTITY a "17">]>').replace(">17<", ">&a;<"), "an entity"),
        (changed(">17<", "><![CDATA[17]]><"), "a CDATA section"),
        (changed(">17<", ">1<?a b?>7<"), "a processing instruction"),
        (changed("<xbrli:xbrl", '<xbrli:xbrl xml:lang="en"'), "an attribute of XML's own"),
        (changed('decimals="-3"', 'decimals="INF"'), "what we never write"),
        (changed('decimals="-3"', 'precision="1"'), "what we never write"),
        (changed("2003-09-30<", "2003-09-30T24:00:00<"), "a moment where we write days"),
        (changed('version="1.0"', 'version="1.1"'), "XML 1.1"),
        (INSTANCE.partition("?>")[2].lstrip(), "no declaration"),
    ],
)
def test_valid_instances_that_are_unlike_ours_are_left_to_the_other_validator(text: str, why: str) -> None:
    assert not is_valid(text), why
    assert validate(text) == ()


def test_nothing_outside_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret"
    secret.write_text("17", encoding="utf-8")
    text = changed("?>", f'?><!DOCTYPE a [<!ENTITY a SYSTEM "{secret.as_uri()}">]>').replace(">17<", ">&a;<")
    assert not is_valid(text)
    monkeypatch.setattr(fastvalidation, "_is_plain", lambda text: True)
    assert not is_valid(text), "and the parser itself does not read it"
    bomb = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise("abcdefghij"))
    assert not is_valid(changed("?>", f'?><!DOCTYPE a [<!ENTITY a "17">{bomb}]>').replace(">17<", ">&j;<"))


def test_making_an_instance_the_fast_way(monkeypatch: pytest.MonkeyPatch) -> None:
    balance = statement(StatementKind.BALANCE_SHEET, [instant("2003-09-30")], item("Total assets", "17"))
    report = build_report(filing(), [with_mappings(balance, [mapped("Assets")])])
    monkeypatch.setattr(fastvalidation, "validate_xml", lambda text: pytest.fail("xmlschema is not needed"))
    assert instance_of(report) == render_instance(report)


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(EXPECTED.glob("*.xml")), ids=lambda path: path.name)
def test_what_is_refused_is_refused_with_the_findings_of_xmlschema(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Instances of the examples made wrong: nothing is written unless xmlschema finds nothing, and it has the say."""
    report = build_report(filing(), ())
    refused = 0
    for text in mutants(path.read_text(encoding="utf-8"), 60, seed=7):
        monkeypatch.setattr(validity, "render_instance", lambda _: text)  # noqa: B023 - used in this round only
        findings = validate_xml(text)
        if not findings:
            assert instance_of(report) == text
            continue
        with pytest.raises(InvalidInstance) as caught:
            instance_of(report)
        assert caught.value.findings == findings
        refused += 1
    assert refused > 30


@pytest.mark.parametrize("suffix", [".xml", ".html", ".json", ".csv", ".facts.csv", ".xbr", ".xbri"])
def test_one_file_needs_neither_xmlschema_nor_arelle(suffix: str, tmp_path: Path) -> None:
    program = (
        "import sys, converter; converter.convert(sys.argv[1], sys.argv[2]);"
        "sys.exit(any(name in sys.modules for name in ('xmlschema', 'arelle', 'rich', 'http', 'ssl')))"
    )
    command = [sys.executable, "-c", program, str(EXAMPLES / "release-q1.txt"), str(tmp_path / f"out{suffix}")]
    assert subprocess.run(command, check=False, timeout=60).returncode == 0
