"""The manifest: one of each dataset, refused where it is damaged, never believed when it names other files."""

import os
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from helpers.archives import contents, manifest_rows, release, run, write_releases

from converter.archive import ManifestError, list_filings, summarise
from converter.archive.database import opened
from converter.archive.manifest import Manifest
from converter.archive.task import Status

MANIFEST = Path("out/manifest.sqlite")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def change(query: str, *values: object) -> None:
    """Change the manifest behind the program's back."""
    with closing(sqlite3.connect(MANIFEST)) as database, database:
        database.execute(query, values)


# What a manifest says is not believed


@pytest.mark.parametrize(
    "files",
    [
        '["../victim.txt"]',
        '["filings/../../victim.txt"]',
        '["/victim.txt"]',
        '["manifest.sqlite"]',
        '["facts/year=2003/part-a.parquet"]',
        '["filings\\\\..\\\\victim.txt"]',
        "[7]",
        '{"a": 1}',
        "not JSON",
        b"\xff",
    ],
)
@pytest.mark.parametrize("how", ["changed", "gone", "displaced"])
def test_no_file_outside_of_the_dataset_is_removed(files: object, how: str) -> None:
    """A source's former files are removed when it is another filing now, none, or a duplicate."""
    Path("in").mkdir()
    Path("in/b.txt").write_bytes(release(1))
    run(["in"], Path("out"))
    Path("victim.txt").write_text("mine")
    change("UPDATE sources SET files = ?", files)
    if how == "displaced":
        Path("in/a.txt").write_bytes(release(1))
    else:
        Path("in/b.txt").write_bytes(release(2) if how == "changed" else b"nothing\n")
    with pytest.raises(ManifestError, match=r"^not a manifest, or a damaged one \(.*\): out/manifest.sqlite: make it"):
        run(["in"], Path("out"))
    assert Path("victim.txt").read_text() == "mine"
    assert MANIFEST.exists()


@pytest.mark.parametrize("part", ["../../victim", "year=2003/../../../victim", "", 7, b"\xff"])
@pytest.mark.parametrize("query", ["UPDATE sources SET part = ?", "INSERT INTO outdated VALUES (?)"])
def test_no_table_outside_of_the_dataset_is_written(query: str, part: object) -> None:
    write_releases(Path("in"), 1)
    run(["in"], Path("out"))
    before = {path for path in Path().rglob("*") if "out" not in path.parts}
    change(query, part)
    with pytest.raises(ManifestError, match="not a manifest, or a damaged one"):
        run(["in"], Path("out"))
    assert {path for path in Path().rglob("*") if "out" not in path.parts} == before


@pytest.mark.parametrize(
    "query",
    [
        "UPDATE sources SET status = 'odd'",
        "UPDATE sources SET findings = 'no JSON'",
        "UPDATE sources SET findings = '[1, 2]'",
        "UPDATE sources SET unmapped = '7'",
        "UPDATE sources SET confidence = '{}'",
        "UPDATE sources SET checks = '[[1, \"contradicted\", 2]]'",
        "UPDATE sources SET files = '[\"../../etc/passwd\", 7]'",
        "UPDATE packed SET tables = x'81a6636865636b73c40178'",
        "UPDATE sources SET facts = 'many'",
        "UPDATE sources SET facts = x'ff'",
        "UPDATE sources SET period_end = 'yesterday'",
        "UPDATE sources SET form = x'ff00'",
        "UPDATE sources SET path = x'ff00' WHERE path = 'in/0000.txt'",
        "UPDATE sources SET seconds = 'long'",
        "UPDATE sources SET rows = 'no JSON'",
        "UPDATE sources SET rows = '[7]'",
        "UPDATE sources SET rows = '{\"../../facts\": 1}'",
        "UPDATE packed SET tables = x'ff00'",
        "UPDATE packed SET tables = x'81a5666163747301'",
        "UPDATE packed SET tables = x'81a5666163747363c40178'",
        "UPDATE packed SET tables = x'81a56f74686572c40178'",
        "UPDATE packed SET tables = 'text'",
        "DROP TABLE sources",
        "DROP TABLE packed",
        "DROP TABLE outdated",
        "DROP TABLE dataset",
        "ALTER TABLE sources DROP COLUMN findings",
    ],
)
def test_whatever_else_is_wrong_with_it_is_a_damaged_manifest_or_does_not_matter(query: str) -> None:
    write_releases(Path("in"), 2)
    run(["in"], Path("out"))
    change(query)
    for use in (
        lambda: summarise(MANIFEST),
        lambda: list_filings(MANIFEST),
        lambda: run(["in"], Path("out")),
        lambda: run(["in"], Path("out"), force=True),
    ):
        with suppress(ManifestError):
            use()


def damages() -> Iterator[bytes]:
    """A manifest with bytes cut off, overwritten and turned, in many places."""
    whole = MANIFEST.read_bytes()
    chance = random.Random(7)
    for size in (1, 15, 99, 100, 4096, 5000, len(whole) - 4096, len(whole) - 1):
        yield whole[:size]
    for _ in range(60):
        made = bytearray(whole)
        start = chance.randrange(len(whole))
        made[start : start + chance.choice((1, 20, 5000))] = chance.randbytes(chance.choice((1, 20, 5000)))
        yield bytes(made)


def test_a_manifest_with_damaged_bytes_is_told_or_does_not_matter() -> None:
    write_releases(Path("in"), 3)
    run(["in"], Path("out"))
    told: list[str] = []
    for data in list(damages()):
        for path in Path("out").glob("manifest.sqlite*"):
            path.unlink()
        MANIFEST.write_bytes(data)
        for use in (lambda: summarise(MANIFEST), lambda: run(["in"], Path("out"))):
            try:
                use()
            except ManifestError as error:
                told.append(str(error))
    assert len(told) > 30
    assert all(line.isprintable() for line in told)


def test_a_database_of_something_else_stays_as_it_is() -> None:
    Path("out").mkdir()
    with closing(sqlite3.connect(MANIFEST)) as database, database:
        database.execute("CREATE TABLE mine (secret TEXT)")
    before = MANIFEST.read_bytes()
    with pytest.raises(ManifestError, match=r"not a manifest, or a damaged one \(a database of something else\)"):
        Manifest(MANIFEST, "")
    assert MANIFEST.read_bytes() == before


def test_a_manifest_of_another_version_is_refused() -> None:
    Path("out").mkdir()
    Manifest(MANIFEST, "").close()
    change("PRAGMA user_version = 77")
    with pytest.raises(ManifestError, match="made by another version of this program"):
        Manifest(MANIFEST, "")


def test_a_manifest_in_use_by_another_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("converter.archive.database._WRITE_PATIENCE", 10)
    write_releases(Path("in"), 1)
    run(["in"], Path("out"))
    with closing(sqlite3.connect(MANIFEST)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ManifestError, match="in use by another program"):
            run(["in"], Path("out"), force=True)


# One manifest, one dataset


def test_a_dataset_that_may_only_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    run([write_releases(Path("in"), 1)], Path("data"))
    monkeypatch.setattr(os, "access", lambda *_: False)
    with opened(Path("data") / "manifest.sqlite") as database:
        assert database.rows("SELECT count(*) FROM sources") == [(1,)]
        assert not list(Path("data").glob("*-shm"))  # which SQLite writes beside a file that may change
    assert summarise(Path("data") / "manifest.sqlite").sources == 1


def test_one_manifest_for_two_datasets_is_refused() -> None:
    path = Path("mine.sqlite")
    for location, other in ((".", "/data/b"), ("/data/a", "."), ("s3://bucket/a", "s3://bucket/b")):
        path.unlink(missing_ok=True)
        Manifest(path, "", location).close()
        Manifest(path, "", location).close()
        place = "." if location == "." else location
        with pytest.raises(ManifestError) as caught:
            Manifest(path, "", other)
        assert str(caught.value) == (
            f"the manifest of {place}, not of this dataset: mine.sqlite: name another with --manifest"
        )


def test_a_dataset_may_be_moved_with_its_manifest() -> None:
    write_releases(Path("in"), 2)
    run(["in"], Path("out"))
    Path("out").rename("moved")
    assert {outcome.status for outcome in run(["in"], Path("moved")).values()} == {Status.UNCHANGED}


# What was deleted from the dataset


@pytest.mark.parametrize("pattern", ["filings/*/*.xml", "facts/*/*.parquet", "findings/*/*.parquet", "sources.parquet"])
def test_deleted_files_are_made_again(pattern: str) -> None:
    write_releases(Path("in"), 6)
    Path("in/odd.txt").write_bytes(release(9, header=False))  # with a finding
    run(["in"], Path("out"))
    whole = contents(Path("out"))
    (first, *_) = sorted(Path("out").glob(pattern))
    first.unlink()
    ended = run(["in"], Path("out"))
    assert contents(Path("out")) == whole
    again = [path for path, outcome in ended.items() if outcome.status is Status.CONVERTED]
    assert len(again) == (1 if pattern.startswith("filings") else 0), "no more than what was deleted"


def test_a_deleted_file_of_another_format_is_noticed(tmp_path: Path) -> None:
    from converter.archive.task import Settings

    write_releases(Path("in"), 2)
    formats = Settings(formats=("xml", "csv"))
    run(["in"], Path("out"), formats)
    whole = contents(Path("out"))
    next(Path("out/filings").rglob("*-metadata.json")).unlink()
    run(["in"], Path("out"), formats)
    assert contents(Path("out")) == whole


# Two filings that say they are the same


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("order", ["abc", "cba", "bca"])
def test_other_bytes_with_the_same_accession_number_are_a_warning(order: str, seed: int) -> None:
    Path("in").mkdir()
    for name, sales in (("a", 50_000), ("b", 60_000), ("c", 50_000)):
        Path(f"in/{name}.txt").write_bytes(release(1, sales=sales))
    ended = run([f"in/{name}.txt" for name in order], Path("out"), seed=seed)
    reasons = {path: row["reason"] for path, row in manifest_rows(Path("out"))}
    assert reasons == {
        "in/a.txt": "",
        "in/b.txt": "the same filing as in/a.txt, with other bytes",
        "in/c.txt": "the same filing as in/a.txt",
    }
    warned = {outcome.warning for outcome in ended.values()} - {""}
    assert warned
    assert all(text.startswith("registrant and accession number are those of in/") for text in warned)


def test_reasons_are_those_of_a_first_run_after_the_bytes_changed() -> None:
    Path("in").mkdir()
    for name in "ab":
        Path(f"in/{name}.txt").write_bytes(release(1))
    run(["in"], Path("out"))
    Path("in/a.txt").write_bytes(release(1, sales=70_000))
    run(["in"], Path("out"))
    run(["in"], Path("fresh"))
    assert contents(Path("out")) == contents(Path("fresh"))
    assert dict(manifest_rows(Path("out")))["in/b.txt"]["reason"] == "the same filing as in/a.txt, with other bytes"
