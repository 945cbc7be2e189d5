"""Every example, from its text to an instance that the XBRL processor finds valid."""

import os
import re
import shlex
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from helpers.arelle import ARELLE
from helpers.documents import examples, instance_of
from helpers.paths import ROOT
from lxml import etree

import converter
from converter.taxonomy import write_package
from converter.vocabulary.findings import Severity

EXAMPLES = examples()


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda example: example.name)
def example(request: pytest.FixtureRequest) -> Path:
    """Each example."""
    path: Path = request.param
    return path


def test_each_has_an_instance_of_its_own() -> None:
    assert len({instance_of(example) for example in EXAMPLES}) == len(EXAMPLES)


def test_nothing_to_object_to(example: Path) -> None:
    report = converter.read(example)
    assert [finding for finding in report.findings if finding.severity is not Severity.INFO] == []
    assert report.summary.sums > 0
    assert report.summary.sums_holding == report.summary.sums


def test_no_fact_stands_twice_in_the_instance(example: Path) -> None:
    root = etree.parse(str(instance_of(example))).getroot()
    facts = Counter((element.tag, element.get("contextRef"), element.get("unitRef")) for element in root)
    assert [fact for fact, count in facts.items() if fact[2] and count > 1] == []


@pytest.mark.arelle
def test_arelle_finds_the_golden_instances_valid(tmp_path: Path) -> None:
    """One process for all of them: starting Arelle takes longer than validating."""
    package = tmp_path / "taxonomy.zip"
    write_package(package)
    instances = [instance_of(example) for example in EXAMPLES]
    command = [sys.executable, "-m", "arelle.CntlrCmdLine", "--file", "|".join(map(str, instances))]
    command += ["--packages", str(package), *shlex.split(ARELLE), "--logFormat", "%(levelname)s\t%(message)s"]
    settings = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, timeout=300, cwd=ROOT, env=settings
    )
    log = [line for line in done.stdout.splitlines() if not line.startswith("INFO")]
    assert (done.returncode, log, done.stderr) == (0, [], "")
    assert len(re.findall(r"validated in ", done.stdout)) == len(EXAMPLES)
