"""docs/origins.md: all data of the project are on it, and what it says of the taxonomy is so."""

import re

import pytest
from helpers.paths import ROOT

from converter.taxonomy import load_taxonomy

PAGE = (ROOT / "docs" / "origins.md").read_text(encoding="utf-8")
DATA = [
    *(path for path in (ROOT / "taxonomy").iterdir() if path.suffix in (".csv", ".bin")),
    *(ROOT / "benchmarks").glob("*.csv"),
    *(ROOT / "templates").glob("*.xsd"),
]
NAMES = [path.relative_to(ROOT).as_posix() for path in DATA]


@pytest.mark.parametrize("name", [*NAMES, "examples/", "training/", "tests/documents/", "tests/examples/"])
def test_every_origin_is_named(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_what_is_named_is_there() -> None:
    names = re.findall(r"`((?:taxonomy|templates|training|examples|tests|benchmarks|docs)/[^`]*)`", PAGE)
    assert [name for name in names if not (ROOT / name).exists()] == []


def test_most_concepts_have_the_name_of_their_element() -> None:
    concepts = [concept for concept in load_taxonomy().concepts.values() if concept.us_gaap]
    assert sum(concept.name == concept.us_gaap for concept in concepts) > 0.9 * len(concepts)
    assert len(concepts) > 0.5 * len(load_taxonomy().concepts)
