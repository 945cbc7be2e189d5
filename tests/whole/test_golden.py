"""Every golden file is what its document becomes now; the comparison itself, and the command that writes them."""

from pathlib import Path

import golden as command
import pytest
from helpers.documents import documents, examples
from helpers.golden import Golden, goldens, matching
from helpers.paths import DOCUMENTS, EXPECTED, ROOT
from helpers.truths import read_truth, score

import converter

GOLDENS = goldens()
OUTLINES = [one for one in GOLDENS if one.path.suffix == ".golden"]


@pytest.mark.parametrize("kept", GOLDENS, ids=[one.name for one in GOLDENS])
def test_golden_file(kept: Golden) -> None:
    difference = kept.difference()
    if difference:
        pytest.fail(f"{difference}\nIf it is right now: python tests/golden.py --force {kept.name}", pytrace=False)


@pytest.mark.parametrize(
    "path", [one.path for one in GOLDENS if one.path.suffix == ".golden"], ids=lambda path: path.stem
)
def test_golden_file_as_a_truth(path: Path) -> None:
    """Whatever is written can be read, and says what the report says."""
    (kept,) = [one for one in GOLDENS if one.path == path]
    truth = read_truth(path)
    if path.read_text(encoding="utf-8").startswith("not a report"):
        assert truth.rows == ()
        return
    found = score(truth, converter.read(kept.source))
    assert found.faults == ()
    assert found.values == found.tagged > 0


def test_every_document_and_every_example_has_one() -> None:
    sources = [one.source for one in GOLDENS]
    assert {*documents(), *examples()} == set(sources)
    assert all(one.make is not None for one in GOLDENS), "a golden file has no document any more"


# The comparison and the command, on files of their own


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three golden files: one as it is made, one of another time, one that is not there; one has no document."""

    def made(source: Path) -> bytes:
        return source.read_bytes().upper()

    found = []
    for name, kept in (("same", b"ONE\nTWO\n"), ("other", b"ONE\nTHREE\n"), ("new", None)):
        source, path = tmp_path / f"{name}.txt", tmp_path / f"{name}.golden"
        source.write_bytes(b"one\ntwo\n")
        if kept is not None:
            path.write_bytes(kept)
        found.append(Golden(source, path, made))
    (tmp_path / "gone.golden").write_bytes(b"ONE\n")
    found.append(Golden(tmp_path / "gone.golden", tmp_path / "gone.golden", None))
    monkeypatch.setattr(command, "goldens", lambda: [one for one in found if one.make or one.path.exists()])
    monkeypatch.setattr(command, "truths", dict)
    monkeypatch.setattr(Golden, "name", property(lambda one: one.path.name))
    return tmp_path


def state(folder: Path) -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in folder.glob("*.golden")}


def test_a_comparison_shows_a_diff_and_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(folder)
    assert command.main([]) == 1
    out = capsys.readouterr().out
    assert "--- kept/other.golden\n+++ made/other.golden\n@@ -1,2 +1,2 @@\n ONE\n-THREE\n+TWO\n" in out
    assert "+++ made/new.golden\n@@ -0,0 +1,2 @@\n+ONE\n+TWO\n" in out
    assert "--- kept/gone.golden" in out
    assert "same.golden" not in out
    assert out.endswith("4 golden files, 3 differ\n")
    assert state(folder) == before


def test_write_writes_what_is_missing_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(folder)
    assert command.main(["--write"]) == 1
    assert state(folder) == before | {"new": b"ONE\nTWO\n"}
    assert "written: new.golden" in capsys.readouterr().out


def test_force_replaces_and_removes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--force"]) == 0
    assert state(folder) == dict.fromkeys(("same", "other", "new"), b"ONE\nTWO\n")
    assert "written: other.golden" in capsys.readouterr().out
    assert command.main([]) == 0


def test_a_pattern_chooses(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--force", "oth*"]) == 0
    assert state(folder)["gone"] == b"ONE\n"
    assert command.main(["new.txt"]) == 1
    capsys.readouterr()
    with pytest.raises(SystemExit, match="2"):
        command.main(["nothing"])
    assert "nothing is called nothing" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("documents/weeks-ended", ["weeks-ended.golden", "weeks-ended.txt"]),
        ("documents/weeks-ended.txt", ["weeks-ended.txt"]),
        ("documents/weeks*", ["weeks-ended.golden", "weeks-ended.txt"]),
        ("weeks-*.golden", ["weeks-ended.golden"]),
        ("tests/examples", ["release.xml"]),
        (str(DOCUMENTS / "weeks-ended.txt"), ["weeks-ended.txt"]),
        ("ended", []),
    ],
)
def test_patterns(pattern: str, names: list[str]) -> None:
    paths = [DOCUMENTS / "weeks-ended.golden", DOCUMENTS / "weeks-ended.txt", EXPECTED / "release.xml", ROOT / "x.txt"]
    assert [path.name for path in matching(paths, pattern)] == names
