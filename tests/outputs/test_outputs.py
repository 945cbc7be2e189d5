"""The registry of formats: which one a name means, what it writes, and that nothing invalid is written."""

import importlib.util
from pathlib import Path

import pytest
from helpers.reports import said, sample

from converter import outputs
from converter.loading import load
from converter.outputs import FORMATS, FormatError, checked, format_of, validity, write_files
from converter.vocabulary.findings import Code, Finding, Severity

READING = sample()
LOADABLE = [known for known in FORMATS if known.loadable]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("out.xml", "xml"),
        ("out.xbrl", "xml"),
        ("OUT.XML", "xml"),
        ("out", "xml"),
        ("some.folder/out", "xml"),
        ("out.html", "html"),
        ("out.xhtml", "html"),
        ("out.json", "json"),
        ("out.csv", "csv"),
        ("out.facts.csv", "facts-csv"),
        ("facts.csv", "csv"),
        ("out.xbr", "xbr"),
        ("out.xbri", "xbri"),
        ("out.zip", "zip"),
        ("0000912057-01-515409.parquet", "parquet"),
    ],
)
def test_the_format_follows_the_name(file: str, name: str) -> None:
    assert format_of(file).name == name


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_a_name_goes_before_the_suffix(known: outputs.Format) -> None:
    assert format_of("out.unknown", known.name) is known
    assert format_of("out" + known.suffixes[0]) is known


@pytest.mark.parametrize(
    ("name", "file", "stem"),
    [
        ("xml", "out.xml", "out"),
        ("xml", "OUT.XBRL", "OUT"),
        ("facts-csv", "out.facts.csv", "out"),
        ("json", "out.unknown", "out"),
        ("json", "a.b.unknown", "a.b"),
        ("json", "out", "out"),
    ],
)
def test_what_comes_before_the_suffix(name: str, file: str, stem: str) -> None:
    assert format_of(file, name).stem(file) == stem


def test_names_and_suffixes_are_unique() -> None:
    names = [known.name for known in FORMATS]
    suffixes = [suffix for known in FORMATS for suffix in known.suffixes]
    assert len(set(names)) == len(names)
    assert len(set(suffixes)) == len(suffixes)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in suffixes)


@pytest.mark.parametrize(("file", "name"), [("out.pdf", ""), ("out.txt", ""), ("out.xml", "pdf"), ("x.facts", "")])
def test_an_unknown_format_lists_the_known_ones(file: str, name: str) -> None:
    with pytest.raises(FormatError) as caught:
        format_of(file, name)
    assert "\n" not in str(caught.value)
    assert all((known.name if name else known.suffixes[0]) in str(caught.value) for known in FORMATS)


def test_a_missing_library_is_named_with_its_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(FormatError, match="needs pyarrow: parquet: python -m pip install pyarrow"):
        format_of("out.parquet")
    assert format_of("out.xml").name == "xml"


@pytest.mark.parametrize("known", LOADABLE, ids=lambda known: known.name)
def test_every_format_is_written_and_read_back(known: outputs.Format, tmp_path: Path) -> None:
    target = tmp_path / f"some report{known.suffixes[0]}"
    files = known.make(checked(READING, target.name))
    assert files == known.make(checked(READING, target.name))
    write_files(files, known, target)
    assert {path.name for path in tmp_path.iterdir()} == {target.name, *("some report" + name for name in known.beside)}
    assert said(load(target)) == said(READING.report)
    for path in tmp_path.iterdir():
        assert said(load(path)) == said(READING.report)


def test_nothing_is_made_of_an_invalid_instance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validity, "validate", lambda text: (Finding(Severity.ERROR, Code.SCHEMA_INVALID, "bad"),))
    with pytest.raises(validity.InvalidInstance):
        checked(READING, "out")


def test_two_files_are_replaced_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known, target = format_of("out.csv"), tmp_path / "out.csv"
    (tmp_path / "out-metadata.json").mkdir()
    with pytest.raises(OSError, match="out-metadata"):
        write_files(known.make(checked(READING, target.name)), known, target)
    assert not target.exists()
