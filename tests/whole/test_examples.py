"""Every example, from its text to an instance that the XBRL processor finds valid."""

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from helpers.arelle import ARELLE
from helpers.expected import COVERS, FACTS, FIGURES, WRONG
from helpers.write_golden import EXAMPLES, GOLDEN, ROOT, golden_of
from lxml import etree

import converter
from converter.taxonomy import write_package
from converter.vocabulary.findings import Severity

XBRLI = "{http://www.xbrl.org/2003/instance}"


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """A numeric fact of an instance, all of it text as written."""

    concept: str
    period: str
    value: str
    decimals: str
    unit: str
    caption: str = ""


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda example: example.name)
def example(request: pytest.FixtureRequest) -> Path:
    """Each example."""
    path: Path = request.param
    return path


def test_golden(example: Path, tmp_path: Path) -> None:
    """If the new instances are right: `python -m tests.helpers.write_golden`, then review `git diff tests/golden`."""
    converter.convert(example, tmp_path / "out.xml")
    assert (tmp_path / "out.xml").read_bytes() == golden_of(example).read_bytes()


def test_no_golden_without_an_example() -> None:
    assert {golden_of(example) for example in EXAMPLES} == set(GOLDEN.iterdir())
    assert len({golden_of(example) for example in EXAMPLES}) == len(EXAMPLES)


def test_nothing_to_object_to(example: Path) -> None:
    report = converter.read(example)
    assert [finding for finding in report.findings if finding.severity is not Severity.INFO] == []
    assert report.summary.sums > 0
    assert report.summary.sums_holding == report.summary.sums


def test_facts_read_off_by_hand(example: Path) -> None:
    facts = _facts(golden_of(example))
    expected = [_expected(line) for line in FACTS[example.stem].strip().splitlines()]
    missing = [fact for fact in expected if fact not in facts]
    known = WRONG.get(example.stem, set())
    assert [(fact, _instead(fact, facts)) for fact in missing if fact.concept not in known] == []
    assert {fact.concept for fact in missing} == known, "repaired: take it from the list of known defects"


def test_every_figure_is_one_fact(example: Path) -> None:
    facts = _facts(golden_of(example))
    assert len(facts) == len(set(facts)) == FIGURES[example.stem]


def test_cover(example: Path) -> None:
    identifier, cover = COVERS[example.stem]
    root = etree.parse(str(golden_of(example))).getroot()
    assert {element.text for element in root.iter(f"{XBRLI}identifier")} == {identifier}
    said = {etree.QName(element).localname: element.text for element in root if element.get("contextRef")}
    assert {name: said.get(name) for name in cover} == cover


def test_arelle_finds_the_golden_instances_valid(tmp_path: Path) -> None:
    """One process for all of them: starting Arelle takes longer than validating."""
    package = tmp_path / "taxonomy.zip"
    write_package(package)
    instances = [golden_of(example) for example in EXAMPLES]
    command = [sys.executable, "-m", "arelle.CntlrCmdLine", "--file", "|".join(map(str, instances))]
    command += ["--packages", str(package), *shlex.split(ARELLE), "--logFormat", "%(levelname)s\t%(message)s"]
    settings = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, timeout=300, cwd=ROOT, env=settings
    )
    log = [line for line in done.stdout.splitlines() if not line.startswith("INFO")]
    assert (done.returncode, log, done.stderr) == (0, [], "")
    assert len(re.findall(r"validated in ", done.stdout)) == len(EXAMPLES)


def _expected(line: str) -> Said:
    concept, period, value, decimals, unit, *caption = line.split(maxsplit=5)
    return Said(concept, period, value, decimals, unit, "".join(caption))


def _instead(expected: Said, facts: list[Said]) -> list[Said]:
    """What the instance says of the same concept or figure, for the message."""
    same_period = [fact for fact in facts if fact.period == expected.period]
    figure = expected.value.lstrip("-")
    return [fact for fact in same_period if fact.concept == expected.concept or fact.value.lstrip("-") == figure]


def _facts(instance: Path) -> list[Said]:
    root = etree.parse(str(instance)).getroot()
    contexts = {context.get("id"): context for context in root.iter(f"{XBRLI}context")}
    units = {unit.get("id"): _unit(unit) for unit in root.iter(f"{XBRLI}unit")}
    return [
        Said(
            etree.QName(element).localname,
            _text(contexts[element.get("contextRef")], "period"),
            element.text or "",
            element.get("decimals") or "",
            units[element.get("unitRef")],
            _text(contexts[element.get("contextRef")], "scenario"),
        )
        for element in root
        if element.get("unitRef")
    ]


def _text(context: etree._Element, part: str) -> str:
    texts = (text.strip() for element in context.iter(XBRLI + part) for text in element.itertext())
    return "/".join(text for text in texts if text)


def _unit(unit: etree._Element) -> str:
    return "/".join((measure.text or "").split(":")[-1] for measure in unit.iter(f"{XBRLI}measure"))
