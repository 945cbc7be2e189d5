"""The made-up documents that the benchmarks measure with: the same each time, varied, their sums hold."""

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest
from helpers.paths import BENCHMARKS, PACKAGE

from converter.outputs.validity import instance_of
from converter.pipeline import read_data
from converter.report import Report

Import = Callable[[str], ModuleType]


@pytest.fixture
def benchmark(monkeypatch: pytest.MonkeyPatch) -> Import:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module


def amounts(report: Report) -> set[Decimal]:
    return {abs(fact.value) for fact in report.facts if isinstance(fact.value, Decimal)}


def printed(document: object, shapes: ModuleType) -> list[Decimal]:
    """What a document prints, in dollars and whole shares, without signs."""
    unit = document.company.unit  # type: ignore[attr-defined]
    rows = [row for table in document.tables for row in table.rows]  # type: ignore[attr-defined]
    return [
        abs(Decimal(value)) / 100 if row.shape is shapes.Shape.PER_SHARE else abs(Decimal(value)) * unit
        for row in rows
        for value in row.values
    ]


@pytest.mark.parametrize(("kind", "number", "size"), [("release", 40, range(6_000, 16_000)),
                                                      ("text", 3, range(250_000, 400_000)),
                                                      ("html", 2, range(500_000, 1_200_000))])  # fmt: skip
def test_documents_are_read(benchmark: Import, kind: str, number: int, size: range) -> None:
    made = list(benchmark("generate").documents(number, kind, seed=3))
    assert len({document.company.name for document in made}) > number / 2
    found = there = sums = holding = 0
    for document in made:
        assert len(document.text) in size
        assert kind == "html" or max(map(len, document.text.splitlines())) < 140
        report = read_data(document.text.encode("ascii"), document.name).report
        known = amounts(report)
        values = printed(document, benchmark("madeup"))
        found += len(values)
        there += sum(value in known for value in values)
        sums += report.summary.sums
        holding += report.summary.sums_holding
        instance_of(report)
    assert there / found > 0.97
    assert sums > 8 * number
    assert holding == sums


def test_the_same_seed_makes_the_same_documents(benchmark: Import, tmp_path: Path) -> None:
    generate = benchmark("generate")
    program = [sys.executable, str(BENCHMARKS / "generate.py")]
    subprocess.run([*program, "2", str(tmp_path), "--seed", "7"], check=True, env={"PYTHONHASHSEED": "1"})
    made = list(generate.documents(2, seed=7))
    assert [path.read_text() for path in sorted(tmp_path.iterdir())] == [document.text for document in made]
    assert made[1] == list(generate.documents(3, seed=7))[1], "and how many are made makes no difference"
    assert made[0].text != next(iter(generate.documents(1, seed=8))).text


def test_the_sums_of_a_made_up_statement_hold(benchmark: Import) -> None:
    madeup = benchmark("madeup")
    for document in benchmark("generate").documents(30, seed=11):
        rows = {row.caption: row.values for table in document.tables for row in table.rows}
        claims = next(values for caption, values in rows.items() if caption.startswith("Total liabilities and"))
        assert rows["Total assets"] == claims
        for table in document.tables:
            lengths = {len(row.values) for row in table.rows if row.shape is not madeup.Shape.HEADING}
            assert lengths == {len(table.days)}


def test_throughput_counts_what_it_converts(tmp_path: Path, benchmark: Import) -> None:
    for document in benchmark("generate").documents(3):
        (tmp_path / document.name).write_text(document.text, encoding="utf-8")
    (tmp_path / "words.txt").write_text("Nothing but words.\n" * 9, encoding="utf-8")
    command = [sys.executable, str(BENCHMARKS / "throughput.py"), str(tmp_path), "--floor", "--kind", "text"]
    command += ["--worker", "0/1"]
    result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout)
    assert (result["documents"], result["skipped"]) == (3, 1)
    assert result["bytes"] == sum(path.stat().st_size for path in tmp_path.glob("release*"))
    assert {name.split("/")[0] for name in result["modules"]} <= {path.stem for path in PACKAGE.iterdir()} | {"other"}
    assert sum(result["modules"].values()) == pytest.approx(result["cpu"])
    assert min(result["floor"].values()) >= 0
    assert result["peak"] >= result["early"] > 0


def test_text_and_html_are_measured_apart(tmp_path: Path, benchmark: Import) -> None:
    for kind in ("text", "html"):
        (document,) = benchmark("generate").documents(1, kind)
        (tmp_path / document.name).write_text(document.text, encoding="utf-8")
    files_of = benchmark("throughput").files_of
    assert [[path.name for path in files_of([tmp_path], kind)] for kind in ("text", "html")] == [
        ["text-00000.txt"],
        ["html-00000.txt"],
    ]


def test_submissions_have_the_shape_of_real_ones(benchmark: Import) -> None:
    """A tenth of the lines of real text have figures; two thirds of real HTML are tables."""
    texts = [document.text for document in benchmark("generate").documents(5, "text")]
    lines = [line for text in texts for line in text.splitlines()]
    with_figures = sum(re.search(r"(?:  |[.$]) *\(?\d[\d,.]*\)?$", line) is not None for line in lines)
    assert with_figures / len(lines) == pytest.approx(0.1, abs=0.03)
    pages = [document.text for document in benchmark("generate").documents(5, "html")]
    in_tables = sum(len(table) for page in pages for table in re.findall(r"(?s)<TABLE.*?</TABLE>", page))
    assert in_tables / sum(map(len, pages)) == pytest.approx(2 / 3, abs=0.1)
