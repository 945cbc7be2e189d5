"""A manifest made again from its dataset is the one there was; what cannot be read back is converted again."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from helpers.archives import annual, contents, release, run, write_releases

from converter.archive import BESIDE, Folder, ManifestError, rebuild_manifest
from converter.archive.packing import parted, unpack
from converter.archive.store import Bucket
from converter.archive.task import Settings, Status

MANIFEST = Path("out/manifest.sqlite")
SETTINGS = Settings(formats=("xml", "csv"))


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources of every status, and their dataset."""
    monkeypatch.chdir(tmp_path)
    write_releases(Path("in"), 8)
    write_releases(Path("in/older"), 3, year=1999)
    Path("in/annual.txt").write_bytes(annual(release(40)))  # with a fact that two statements print
    Path("in/copy.txt").write_bytes(release(3, sales=5))
    Path('in/plain, "odd" é.txt').write_bytes(release(30, header=False))
    Path("in/letter.txt").write_text("Dear shareholders, it was a good year.\n" * 20)
    Path("in/gone.txt").symlink_to("nowhere")
    run(["in"], Path("out"), SETTINGS)


def rebuild() -> int:
    return rebuild_manifest(MANIFEST, Folder(Path("out")), BESIDE)


def packed() -> dict[str, dict[str, bytes]]:
    with closing(sqlite3.connect(MANIFEST)) as database:
        rows = database.execute("SELECT path, tables FROM packed").fetchall()
    return {path: {name: unpack(data) for name, data in parted(tables).items()} for path, tables in rows}


def test_it_is_the_manifest_there_was() -> None:
    before, packed_before = contents(Path("out")), packed()
    MANIFEST.unlink()
    assert rebuild() == 16
    assert contents(Path("out")) == before
    assert packed() == packed_before
    ended = run(["in"], Path("out"), SETTINGS)
    assert {outcome.status for outcome in ended.values()} == {Status.UNCHANGED, Status.FAILED}
    assert contents(Path("out")) == before


def test_tables_made_of_it_have_the_same_bytes() -> None:
    whole = contents(Path("out"))
    MANIFEST.unlink()
    rebuild()
    for path in [*Path("out").rglob("part-*.parquet")]:
        path.unlink()
    run(["in"], Path("out"), SETTINGS)
    assert contents(Path("out")) == whole


@pytest.mark.parametrize("damage", [b"", b"no parquet at all" * 100, None])
@pytest.mark.parametrize("pattern", ["facts/*/*.parquet", "findings/*/*.parquet", "checks/*/*.parquet"])
def test_what_cannot_be_read_back_is_converted_again(pattern: str, damage: bytes | None) -> None:
    whole = contents(Path("out"))
    for path in list(Path("out").glob(pattern)):
        path.unlink() if damage is None else path.write_bytes(damage)
    MANIFEST.write_bytes(b"damaged")
    rebuild()
    ended = run(["in"], Path("out"), SETTINGS)
    assert Status.CONVERTED in {outcome.status for outcome in ended.values()}
    assert kept(contents(Path("out"))) == whole


def test_a_table_with_half_of_its_bytes() -> None:
    whole = contents(Path("out"))
    for path in list(Path("out").glob("facts/*/*.parquet")):
        data = bytearray(path.read_bytes())
        data[len(data) // 4 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 4)
        path.write_bytes(data)
    MANIFEST.unlink()
    rebuild()
    run(["in"], Path("out"), SETTINGS, force=True)
    assert contents(Path("out")) == whole


def test_rows_of_a_source_that_is_not_in_the_table_of_sources_go() -> None:
    """A run was killed between its tables."""
    sources = Path("out/sources.parquet").read_bytes()
    Path("in/new.txt").write_bytes(release(99))
    run(["in"], Path("out"), SETTINGS)
    Path("out/sources.parquet").write_bytes(sources)
    Path("in/new.txt").unlink()
    MANIFEST.unlink()
    rebuild()
    run(["in"], Path("out"), SETTINGS)
    run(["in"], Path("fresh"), SETTINGS)
    tables = {name: data for name, data in contents(Path("out")).items() if name.endswith(".parquet")}
    assert tables == {name: data for name, data in contents(Path("fresh")).items() if name.endswith(".parquet")}


def kept(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if ".damaged" not in name}


def test_what_was_in_its_place_is_kept() -> None:
    for number in (1, 2):
        MANIFEST.write_bytes(b"mine %d" % number)
        Path("out/manifest.sqlite-wal").write_bytes(b"log")
        rebuild()
    assert Path("out/manifest.sqlite.damaged").read_bytes() == b"mine 1"
    assert Path("out/manifest.sqlite.damaged2").read_bytes() == b"mine 2"
    assert Path("out/manifest.sqlite.damaged2-wal").read_bytes() == b"log"
    assert not [path for path in Path("out").iterdir() if "draft" in path.name]


@pytest.mark.parametrize("damage", [b"", b"no parquet at all" * 100, None])
def test_without_a_table_of_sources_it_cannot_be_made(damage: bytes | None) -> None:
    path = Path("out/sources.parquet")
    path.unlink() if damage is None else path.write_bytes(damage)
    MANIFEST.write_bytes(b"mine")
    with pytest.raises(
        ManifestError, match=r"^cannot be made from sources.parquet \(.*\): out/manifest.sqlite: remove"
    ):
        rebuild()
    assert MANIFEST.read_bytes() == b"mine"
    assert not [path for path in Path("out").iterdir() if "draft" in path.name]


def test_a_table_of_sources_is_believed_no_more_than_a_manifest() -> None:
    from pyarrow import parquet, table

    rows = parquet.read_table("out/sources.parquet").to_pylist()
    for row in rows:
        row["files"] = '["../victim.txt"]'
    parquet.write_table(table({name: [row[name] for row in rows] for name in rows[0]}), "out/sources.parquet")
    Path("victim.txt").write_text("mine")
    rebuild()
    with pytest.raises(ManifestError, match="outside of the dataset"):
        run(["in"], Path("out"), SETTINGS, force=True)
    assert Path("victim.txt").exists()


def test_of_a_dataset_at_a_url() -> None:
    store = Bucket(Path("out").resolve().as_uri(), Path("work"))
    before = contents(Path("out"))
    rebuild_manifest(Path("mine.sqlite"), store, "file://out")
    MANIFEST.unlink()
    Path("mine.sqlite").rename(MANIFEST)
    assert contents(Path("out")) == before
