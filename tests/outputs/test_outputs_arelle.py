"""The XBRL processor reads the same facts from every format as from the instance, and finds nothing to object to.

Arelle saves each report that it has loaded as xBRL-JSON; that is what is compared. One process loads all files, one
validates those of the sample (that takes seconds a file), and each report package has a process of its own, which is
given nothing else.
"""

import csv
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from helpers.arelle import ARELLE
from helpers.documents import examples
from helpers.reports import sample
from msgspec.structs import replace

from converter.outputs import checked, format_of, write_files
from converter.outputs.xbrl_json import render_json
from converter.pipeline import Reading, read_data
from converter.taxonomy import CAPTION_AXIS, NAMESPACE, Naming, write_package

pytestmark = pytest.mark.arelle

ENTRY_POINTS = {"xml": ".xml", "json": ".json", "csv": "-metadata.json"}
READINGS = {"sample": sample(), **{path.stem: read_data(path.read_bytes(), path.name) for path in examples()}}
"""The sample first: it has every kind of fact."""

_PREFIX = re.compile(r"(?<![\w-])([\w-]+):(?=\w)")

_FACT_ID = re.compile(r"facts\.r_(\w+)\.value")  # of xBRL-CSV: table, row and column

Document = dict[str, Any]


def _written(name: str, reading: Reading, format: str, folder: Path, naming: Naming | None = None) -> Path:
    """Write a reading as `NAME-FORMAT`, and return the file that a processor opens."""
    known = format_of("", format)
    target = folder / f"{name}-{format}{known.suffixes[0]}"
    write_files(known.make(replace(checked(reading, target.name), naming=naming)), known, target)
    return target.with_name(f"{name}-{format}{ENTRY_POINTS.get(format, known.suffixes[0])}")


def _arelle(files: Sequence[Path], folder: Path, *more: str) -> dict[str, Document]:
    """What Arelle says of files that it finds nothing to object to in, by their stems."""
    saved = folder / "saved"
    command = [sys.executable, "-m", "arelle.CntlrCmdLine", "--file", "|".join(map(str, files)), *more]
    command += ["--internetConnectivity", "offline", "--disablePersistentConfig"]
    command += ["--plugins", "saveLoadableOIM", "--saveLoadableOIMDirectory", str(saved)]
    command += ["--logFormat", "%(levelname)s\t%(message)s"]
    settings = {**os.environ, "XDG_CONFIG_HOME": str(folder), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=600, env=settings)
    log = [line for line in done.stdout.splitlines() if re.match("[A-Z-]+\t", line) and not line.startswith("INFO")]
    assert (done.returncode, log, done.stderr) == (0, [], "")
    assert len(re.findall("loaded in ", done.stdout)) == len(files)
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in saved.glob("*.json")}


def _facts(document: Document) -> list[tuple[str, Any, Any, dict[str, Any]]]:
    """The facts of an xBRL-JSON document with their prefixes resolved, in its order."""
    resolve = partial(_PREFIX.sub, partial(_expanded, document["documentInfo"]["namespaces"]))
    facts = []
    for name, fact in document["facts"].items():
        dimensions = {resolve(axis): value for axis, value in fact["dimensions"].items()}
        caption = dimensions.pop(f"{{{NAMESPACE}}}{CAPTION_AXIS}", None)
        dimensions = {axis: resolve(value) for axis, value in dimensions.items()}
        facts.append(
            (_FACT_ID.sub(r"\1", name), fact["value"], fact.get("decimals"), {**dimensions, "caption": caption})
        )
    return facts


def _expanded(namespaces: dict[str, str], prefix: re.Match[str]) -> str:
    return f"{{{namespaces[prefix[1]]}}}" if prefix[1] in namespaces else prefix[0]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """What Arelle reads from each format of each reading."""
    folder = tmp_path_factory.mktemp("reports")
    package = folder / "taxonomy.zip"
    write_package(package)
    files = [_written(name, reading, kind, folder) for name, reading in READINGS.items() for kind in ENTRY_POINTS]
    given = ("--packages", str(package))
    _arelle(files[1 : len(ENTRY_POINTS)], folder, *given, *shlex.split(ARELLE))
    return _arelle(files, folder, *given)


@pytest.mark.parametrize("name", READINGS)
def test_arelle_reads_the_same_facts_from_every_format(name: str, seen: dict[str, Document]) -> None:
    instance = _facts(seen[f"{name}-xml"])
    assert _facts(seen[f"{name}-json"]) == instance
    assert _facts(seen[f"{name}-csv-metadata"]) == instance


@pytest.mark.parametrize("name", READINGS)
def test_our_json_is_what_arelle_makes_of_the_instance(name: str, seen: dict[str, Document]) -> None:
    ours, theirs = json.loads(render_json(READINGS[name].report)), seen[f"{name}-xml"]
    assert _facts(ours) == _facts(theirs)
    about, wanted = ours["documentInfo"], theirs["documentInfo"]
    assert sorted(about["taxonomy"]) == wanted["taxonomy"]
    assert (about["documentType"], about["features"]) == (wanted["documentType"], wanted["features"])


@pytest.mark.parametrize("naming", list(Naming))
@pytest.mark.parametrize("format", ["xbr", "xbri", "zip"])
def test_a_report_package_needs_nothing_beside_it(format: str, naming: Naming, tmp_path: Path) -> None:
    package = _written("sample", READINGS["sample"], format, tmp_path, naming)
    (document, *_) = _arelle([package], tmp_path, "--reportPackage", *shlex.split(ARELLE)).values()
    assert _values(_facts(document)) == _values(_facts(json.loads(render_json(READINGS["sample"].report))))


@pytest.mark.parametrize("naming", list(Naming))
def test_the_folder_of_a_filing_is_shown_as_printed(naming: Naming, tmp_path: Path) -> None:
    """Offline, the taxonomy package answers for the schemas of US-GAAP and DEI, too."""
    package, table = tmp_path / "taxonomy.zip", tmp_path / "facts.csv"
    write_package(package)
    reading = READINGS["submission-10q"]
    folder = _written("filing", reading, "edgar", tmp_path, naming)
    (schema,) = folder.glob("*.xsd")
    given = ("--packages", str(package), "--factTable", str(table), *shlex.split(ARELLE))
    (document, *_) = _arelle([schema.with_suffix(".xml")], tmp_path, *given).values()
    assert _values(_facts(document)) == _values(_facts(json.loads(render_json(reading.report))))
    with table.open(encoding="utf-8-sig", newline="") as file:
        shown = [next(filter(None, row[1:]), "") for row in csv.reader(file)]
    for statement in reading.report.statements:
        assert [row.label for row in statement.rows if " ".join(row.label.split()) not in shown] == []
    assert len(shown) < 150


def _values(facts: list[tuple[str, Any, Any, dict[str, Any]]]) -> list[tuple[Any, ...]]:
    """What facts say but for the names of concepts and members: of general line items, the caption is part of these."""
    return [
        (value, decimals, dimensions["period"], dimensions["entity"], dimensions.get("unit"))
        for _, value, decimals, dimensions in facts
    ]
