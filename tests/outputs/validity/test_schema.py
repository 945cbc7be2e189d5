"""Schema validation of instances, and Arelle behind one function."""

import importlib.util
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from helpers.builders import filing, instant, item, mapped, statement, with_mappings

from converter.outputs.instance import render_instance
from converter.outputs.validity.schema import build_schema, validate_with_arelle, validate_xml
from converter.report import build_report
from converter.statements.model import StatementKind
from converter.sums.arithmetic import Sum, SumPart
from converter.taxonomy import write_package
from converter.vocabulary.findings import Severity


@pytest.fixture(scope="module")
def instance() -> str:
    balance = statement(
        StatementKind.BALANCE_SHEET,
        [instant("2003-09-30")],
        item("Total assets", "17860000", decimals=-3),
        item("Other", "5"),
    )
    return render_instance(build_report(filing(), [with_mappings(balance, [mapped("Assets"), mapped(None)])]))


def test_a_good_instance(instance: str) -> None:
    assert validate_xml(instance) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("17860000", "17,860,000"),
        ('decimals="-3"', 'decimals="thousands"'),
        ("ttx:Assets", "ttx:NoSuchConcept"),
        ("<xbrli:instant>2003-09-30", "<xbrli:instant>2003-09-31"),
        ('contextRef="I20030930"', 'contextRef="nowhere"'),
        ("ttx:CaptionAxis", "CaptionAxis:"),
        ("<xbrli:measure>iso4217:USD</xbrli:measure>", ""),
        ("</xbrli:xbrl>", ""),
    ],
)
def test_bad_instances(instance: str, old: str, new: str) -> None:
    assert old in instance
    findings = validate_xml(instance.replace(old, new))
    assert findings
    assert all(finding.severity is Severity.ERROR for finding in findings)
    assert all("\n" not in finding.message for finding in findings)


def test_the_schemas_themselves_are_valid() -> None:
    assert build_schema("strict").validity == "valid"


def test_schema_validation_does_not_import_arelle() -> None:
    program = (
        "import sys, converter.outputs.validity.schema as v; v.validate_xml('<a/>'); sys.exit('arelle' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=60).returncode == 0


def test_arelle_that_is_missing_or_does_not_end_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def endless(*_: object, timeout: float, **__: object) -> None:
        raise subprocess.TimeoutExpired("arelle", timeout)

    with monkeypatch.context() as patch:
        patch.setattr(importlib.util, "find_spec", lambda name: None)
        (missing,) = validate_with_arelle(tmp_path / "a.xml", tmp_path / "p.zip")
    monkeypatch.setattr(subprocess, "run", endless)
    (late,) = validate_with_arelle(tmp_path / "a.xml", tmp_path / "p.zip")
    assert (missing.severity, missing.code) == (Severity.ERROR, "arelle-missing")
    assert (late.severity, late.code) == (Severity.ERROR, "arelle-timeout")
    assert "did not finish within" in late.message


@pytest.mark.parametrize(
    ("stdout", "stderr", "told"),
    [
        ("", "Traceback\nMemoryError: \n", "Arelle did not validate the file: MemoryError:"),
        ("cannot load", "", "Arelle did not validate the file: cannot load"),
        ("", "", "Arelle did not validate the file: it said nothing"),
    ],
)
def test_arelle_that_fails_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stdout: str, stderr: str, told: str
) -> None:
    done = subprocess.CompletedProcess([], 1, stdout, stderr)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    (finding,) = validate_with_arelle(tmp_path / "a.xml", tmp_path / "p.zip")
    assert (finding.severity, finding.code, finding.message) == (Severity.ERROR, "arelle-failed", told)


@pytest.mark.arelle
def test_arelle(instance: str, tmp_path: Path) -> None:
    package = tmp_path / "taxonomy.zip"
    write_package(package)
    good, bad = tmp_path / "good.xml", tmp_path / "bad.xml"
    good.write_text(instance, encoding="utf-8")
    assert validate_with_arelle(good, package) == ()
    bad.write_text(instance.replace("ttx:Assets", "ttx:NoSuchConcept"), encoding="utf-8")
    assert any(finding.severity is Severity.ERROR for finding in validate_with_arelle(bad, package))
    assert validate_with_arelle(tmp_path / "missing.xml", package)


@pytest.mark.arelle
def test_a_sum_that_the_source_breaks_is_a_warning_of_arelle(tmp_path: Path) -> None:
    concepts = ["AssetsCurrent", "PropertyPlantAndEquipmentNet", "Assets"]
    rows = [item(name, value) for name, value in zip(concepts, ("5776", "435", "6299"), strict=True)]
    balance = statement(StatementKind.BALANCE_SHEET, [instant("2003-09-30")], *rows)
    broken = Sum(2, (SumPart(0, 1), SumPart(1, 1)), (Decimal(88),), holds=False)
    report = build_report(filing(), [with_mappings(balance, [mapped(name) for name in concepts], [broken])])
    assert [network.total for network in report.networks] == ["Assets"]
    package, path = tmp_path / "taxonomy.zip", tmp_path / "instance.xml"
    write_package(package)
    path.write_text(render_instance(report), encoding="utf-8")
    (finding,) = validate_with_arelle(path, package)
    assert finding.severity is Severity.WARNING
    assert finding.message.startswith("calc11e:")
