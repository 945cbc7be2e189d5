"""Runs over many filings: only what needs it is done, and what comes of it depends on the sources alone."""

import os
import sys
from pathlib import Path

import pytest
from helpers.archives import accession, cik, contents, manifest_rows, release, run, write_releases
from msgspec.structs import replace
from pyarrow import parquet

from converter.archive.database import ManifestError
from converter.archive.layout import WORK, stem_of
from converter.archive.manifest import Manifest
from converter.archive.sources import SourceError
from converter.archive.store import Folder, InUse, dataset_lock
from converter.archive.task import Outcome, Settings, Status
from converter.filing import read_index
from converter.outputs import CheckRow, checks_of
from converter.outputs.validity import InvalidInstance
from converter.pipeline import read_data
from converter.report import Options
from converter.vocabulary.findings import Code, Finding, Severity


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, so that sources have short names."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def statuses(ended: dict[str, Outcome]) -> dict[str, Status]:
    return {path: outcome.status for path, outcome in ended.items()}


def test_a_first_run(home: Path) -> None:
    write_releases(Path("in/a"), 2)
    Path("in/plain.txt").write_bytes(release(7, header=False))
    Path("in/letter.txt").write_text("Dear shareholders, it was a good year.\n" * 20)
    Path("in/empty.txt").touch()
    ended = run(["in"], Path("out"), Settings(formats=("xml", "json", "csv")))
    assert statuses(ended) == {
        "in/a/0000.txt": Status.CONVERTED,
        "in/a/0001.txt": Status.CONVERTED,
        "in/plain.txt": Status.CONVERTED,
        "in/letter.txt": Status.EMPTY,
        "in/empty.txt": Status.EMPTY,
    }
    files = {path.relative_to("out").as_posix() for path in Path("out").rglob("*") if path.is_file()}
    stems = [f"filings/{cik(number)}/{accession(number)}" for number in (0, 1)]
    stems.append(stem_of(ended["in/plain.txt"]))
    endings = (".xml", ".json", ".csv", "-metadata.json")
    made = {name for name in files if name.startswith("filings/")}
    assert {stem + ending for stem in stems for ending in (".xml", ".json", ".csv")} <= made
    assert len(made) == len(stems) * len(endings)
    assert {"manifest.sqlite", "sources.parquet"} <= files
    assert not [name for name in files if name.startswith(WORK)]


def test_the_manifest_names_every_source(home: Path) -> None:
    write_releases(Path("in"), 1)
    Path("in/letter.txt").write_text("Dear shareholders, it was a good year.\n" * 20)
    run(["in"], Path("out"))
    rows = dict(manifest_rows(Path("out")))
    converted, letter = rows["in/0000.txt"], rows["in/letter.txt"]
    assert (converted["status"], converted["cik"], converted["accession"]) == ("converted", cik(0), accession(0))
    assert (converted["form"], converted["period_end"], converted["size"]) == ("10-Q", "2003-09-30", len(release(0)))
    assert (converted["printed"], converted["read"], converted["named"]) == (28, 28, 0)
    assert "lighthouse" in str(converted["unmapped"])
    assert letter["status"] == "empty"
    assert "no balance sheet" in str(letter["reason"])


def test_a_second_run_does_only_what_is_new_or_changed_or_failed(home: Path) -> None:
    write_releases(Path("in"), 3)
    Path("in/gone.txt").symlink_to("nowhere")
    before = run(["in"], Path("out"))
    assert before["in/gone.txt"].status is Status.FAILED
    assert set(statuses(run(["in"], Path("out"))).values()) == {Status.UNCHANGED, Status.FAILED}
    Path("in/gone.txt").unlink()
    Path("in/gone.txt").write_bytes(release(50))
    Path("in/0001.txt").write_bytes(release(1, sales=77_000))
    Path("in/new.txt").write_bytes(release(60))
    assert statuses(run(["in"], Path("out"))) == {
        "in/0000.txt": Status.UNCHANGED,
        "in/0001.txt": Status.CONVERTED,
        "in/0002.txt": Status.UNCHANGED,
        "in/gone.txt": Status.CONVERTED,
        "in/new.txt": Status.CONVERTED,
    }
    run(["in"], Path("fresh"))
    assert contents(Path("out")) == contents(Path("fresh"))


def test_a_file_that_only_looks_changed_is_not_converted_again(home: Path) -> None:
    write_releases(Path("in"), 1)
    run(["in"], Path("out"))
    os.utime("in/0000.txt", (1, 1))
    assert run(["in"], Path("out"))["in/0000.txt"].status is Status.UNCHANGED
    assert run(["in"], Path("out"))["in/0000.txt"].hash == ""  # and the next time its bytes are not even read


def test_what_is_no_filing_any_more_loses_its_files(home: Path) -> None:
    write_releases(Path("in"), 2)
    run(["in"], Path("out"))
    Path("in/0001.txt").write_text("withdrawn\n")
    run(["in"], Path("out"))
    assert not Path("out/filings", cik(1)).exists()
    Path("in2").mkdir()
    run(["in"], Path("fresh"))
    assert contents(Path("out")) == contents(Path("fresh"))


@pytest.mark.parametrize(
    "changed",
    [
        Settings(formats=("xml", "json")),
        Settings(options=Options(currency="CAD")),
    ],
)
def test_other_settings_do_everything_again(home: Path, changed: Settings) -> None:
    write_releases(Path("in"), 2)
    run(["in"], Path("out"))
    assert set(statuses(run(["in"], Path("out"), changed)).values()) == {Status.CONVERTED}
    run(["in"], Path("fresh"), changed)
    assert contents(Path("out")) == contents(Path("fresh"))


def test_limits_are_no_reason_to_do_it_again(home: Path) -> None:
    write_releases(Path("in"), 1)
    run(["in"], Path("out"))
    assert run(["in"], Path("out"), Settings(seconds=7, megabytes=900))["in/0000.txt"].status is Status.UNCHANGED


def test_force_does_everything_again_and_goes_on_where_it_was_cut_off(home: Path) -> None:
    write_releases(Path("in"), 2)
    run(["in"], Path("out"))
    before = contents(Path("out"))
    assert set(statuses(run(["in"], Path("out"), force=True)).values()) == {Status.CONVERTED}
    assert contents(Path("out")) == before
    manifest = Manifest(Path("out/manifest.sqlite"), Settings().key)
    manifest.make_all_stale()
    manifest.close()
    assert set(statuses(run(["in"], Path("out"))).values()) == {Status.CONVERTED}


@pytest.mark.parametrize("seed", range(6))
def test_two_sources_of_one_filing_are_one_whatever_ends_first(home: Path, seed: int) -> None:
    for name, number in (("b", 1), ("a", 1), ("c", 1), ("d", 2), ("e", 2)):
        Path("in").mkdir(exist_ok=True)
        Path(f"in/{name}.txt").write_bytes(release(number) + name.encode() * (number - 1))
    inputs = [f"in/{name}.txt" for name in ("abcde" if seed % 2 else "edcba")]
    ended = run(inputs, Path("out"), seed=seed)
    rows = {path: (row["status"], row["reason"]) for path, row in manifest_rows(Path("out"))}
    assert len(ended) == 5
    assert rows == {
        "in/a.txt": ("converted", ""),
        "in/b.txt": ("duplicate", "the same filing as in/a.txt"),
        "in/c.txt": ("duplicate", "the same filing as in/a.txt"),
        "in/d.txt": ("converted", ""),
        "in/e.txt": ("duplicate", "the same filing as in/d.txt, with other bytes"),
    }


def test_a_duplicate_takes_the_place_of_a_filing_that_is_gone(home: Path) -> None:
    Path("in").mkdir()
    for name in ("z", "y"):
        Path(f"in/{name}.txt").write_bytes(release(1))
    run(["in"], Path("out"))
    Path("in/y.txt").write_bytes(release(2))
    # The duplicate is passed by first here, and has its turn after all.
    assert run(["in/z.txt", "in/y.txt"], Path("out"))["in/z.txt"].status is Status.CONVERTED
    run(["in"], Path("fresh"))
    assert contents(Path("out")) == contents(Path("fresh"))


@pytest.mark.parametrize("seed", range(1, 5))
def test_the_order_in_which_the_work_ends_does_not_matter(home: Path, seed: int) -> None:
    write_releases(Path("in"), 12)
    Path("in/copy.txt").write_bytes(release(3))
    Path("in/empty.txt").touch()
    if not Path("first").exists():
        run(["in"], Path("first"))
    run(["in"], Path("out"), seed=seed)
    assert contents(Path("out")) == contents(Path("first"))


def test_a_run_cut_off_anywhere_and_gone_on_with_gives_the_same(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_releases(Path("in"), 12)
    Path("in/00copy.txt").write_bytes(release(3))
    run(["in"], Path("whole"))
    adopt = Folder.adopt
    for stop in (0, 1, 3, 5):
        calls = iter(range(100))

        def failing(self: Folder, name: str, draft: Path) -> None:
            if next(calls) == stop:  # noqa: B023 - used in this round only
                raise KeyboardInterrupt
            adopt(self, name, draft)

        monkeypatch.setattr(Folder, "adopt", failing)
        with pytest.raises(KeyboardInterrupt):
            run(["in"], Path("out"), seed=stop)
        monkeypatch.setattr(Folder, "adopt", adopt)
    run(["in"], Path("out"))
    assert contents(Path("out")) == contents(Path("whole"))


def test_a_source_that_takes_too_long_fails_and_is_tried_again(home: Path) -> None:
    write_releases(Path("in"), 1)
    settings = Settings(seconds=0.0005)
    (outcome,) = run(["in"], Path("out"), settings).values()
    assert (outcome.status, outcome.reason) == (Status.FAILED, "took more than 0.0005 seconds")
    assert run(["in"], Path("out"))["in/0000.txt"].status is Status.CONVERTED


def test_a_defect_is_an_outcome(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("nothing to\ndivide")

    monkeypatch.setattr("converter.archive.worker.read_data", broken)
    write_releases(Path("in"), 2)
    ended = run(["in"], Path("out"))
    assert {one.reason for one in ended.values()} == {"a defect of this program: ZeroDivisionError: nothing to divide"}


def test_an_instance_that_is_not_valid_is_a_failure_that_is_tried_again(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def invalid(*_: object, **__: object) -> None:
        raise InvalidInstance([Finding(Severity.ERROR, Code.SCHEMA_INVALID, "bad")])

    write_releases(Path("in"), 1)
    with monkeypatch.context() as patch:
        patch.setattr("converter.archive.worker.checked", invalid)
        (failed,) = run(["in"], Path("out")).values()
    assert (failed.status, failed.reason) == (Status.FAILED, "the instance made is not valid: bad")
    assert failed.hash, "the bytes that failed are known"
    assert run(["in"], Path("out"))["in/0000.txt"].status is Status.CONVERTED


def test_what_a_run_that_was_killed_left_behind_is_removed(home: Path) -> None:
    store = Folder(Path("out"))
    (store.work / "draft").write_bytes(b"half")
    with dataset_lock(store.work):
        assert [path.name for path in store.work.iterdir()] == ["lock"]


def test_where_files_cannot_be_locked_nobody_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    store = Folder(Path("out"))
    with dataset_lock(store.work), dataset_lock(store.work):
        assert store.work.is_dir()


def test_two_runs_at_once_are_refused(home: Path) -> None:
    store = Folder(Path("out"))
    with (
        dataset_lock(store.work),
        pytest.raises(InUse, match="another run is writing to it: out"),
        dataset_lock(store.work),
    ):
        pass


def test_a_manifest_of_something_else_is_refused(home: Path) -> None:
    Path("manifest.sqlite").write_text("not a database, but long enough to be taken for one" * 30)
    with pytest.raises(ManifestError, match="not a manifest"):
        Manifest(Path("manifest.sqlite"), "")


def test_settings_have_one_key_each() -> None:
    settings = Settings()
    changed = [replace(settings, formats=("json",)), replace(settings, options=Options(entity="A"))]
    assert len({one.key for one in (settings, *changed)}) == 3
    assert settings.key == Settings(seconds=1, megabytes=600, largest=1).key


def test_the_dataset_has_the_rows_of_the_flat_tables(home: Path) -> None:
    write_releases(Path("in"), 3)
    run(["in"], Path("out"), Settings(formats=("parquet",)))
    wanted = [row for path in sorted(Path("out/filings").rglob("*.parquet")) for row in rows_in(path)]
    found = [row for path in Path("out/facts").rglob("*.parquet") for row in rows_in(path)]
    assert len(found) == len(wanted) > 90
    assert sorted(found, key=repr) == sorted(wanted, key=repr)


def test_the_dataset_has_the_headline_checks_of_every_filing(home: Path) -> None:
    write_releases(Path("in"), 3)
    run(["in"], Path("out"))
    wanted = [
        {name: getattr(row, name) for name in CheckRow.__struct_fields__}
        for path in sorted(Path("in").iterdir())
        for row in checks_of(read_data(path.read_bytes(), str(path)))
    ]
    found = [row for path in Path("out/checks").rglob("*.parquet") for row in rows_in(path)]
    assert len(found) == len(wanted) > 6
    assert sorted(found, key=repr) == sorted(wanted, key=repr)
    facts = {
        (row["source_file"], row["fact"]): row for path in Path("out/facts").rglob("*.parquet") for row in rows_in(path)
    }
    for row in found:
        fact = facts[row["source_file"], row["fact"]]
        assert [row[name] for name in ("concept", "period_end", "value")] == [
            fact[name] for name in ("concept", "period_end", "value")
        ]


def test_a_large_dataset_is_read_in_several_pieces(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_releases(Path("in"), 5)
    run(["in"], Path("whole"))
    monkeypatch.setattr("converter.archive.dataset._ROW_GROUP", 5_000)
    run(["in"], Path("pieces"))
    paths = [path.relative_to("whole") for path in Path("whole/facts").rglob("*.parquet")]
    assert paths
    assert [rows_in("pieces" / path) for path in paths] == [rows_in("whole" / path) for path in paths]


def rows_in(path: Path) -> list[dict[str, object]]:
    """The rows of a Parquet file; an empty text is no value in a dataset."""
    rows = parquet.read_table(path, partitioning=None).to_pylist()
    return [{name: None if value == "" else value for name, value in row.items()} for row in rows]


def test_an_index_says_whose_filings_they_are(home: Path) -> None:
    """Those with a header of their own keep it; another index converts them again."""
    (home / "in").mkdir()
    (home / "in/0000912057-03-000012.htm").write_bytes(release(1, header=False))
    (home / "in/b.txt").write_bytes(release(2))
    for cik_given in (9999901, 9999902):
        row = f"{cik_given}|ACME|10-K|2003-03-14|edgar/data/{cik_given}/0000912057-03-000012.txt"
        (home / "master.idx").write_text(f"CIK|Company Name|Form Type|Date Filed|Filename\n---\n{row}\n")
        index = read_index(home / "master.idx")
        ended = run([home / "in"], home / "out", Settings(index=index.digest), index=index)
        assert set(statuses(ended).values()) == {Status.CONVERTED}
        found = {row["cik"]: (row["form"], row["accession"]) for _, row in manifest_rows(home / "out")}
        assert found == {
            f"{cik_given:010}": ("10-K", "0000912057-03-000012"),
            cik(2): ("10-Q", accession(2)),
        }
    facts = parquet.read_table(home / "out" / "facts", columns=["cik", "filed"]).to_pylist()
    assert {str(row["filed"]) for row in facts if row["cik"] == "0009999902"} == {"2003-03-14"}


@pytest.mark.parametrize("given", [".", "../home", "**/*.txt", "*", "../link"])
def test_the_dataset_is_left_out_of_its_own_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    """Whatever the way to it: instances, review pages and tables are no filings."""
    home = tmp_path / "home"
    write_releases(home / "in", 3)
    monkeypatch.chdir(home)
    (tmp_path / "link").symlink_to(home, target_is_directory=True)
    settings = Settings(formats=("html", "zip"))
    ended = [run([given], home / "data", settings) for _ in range(3)]
    assert [len(each) for each in ended] == [3, 3, 3]
    assert set(statuses(ended[-1]).values()) == {Status.UNCHANGED}


def test_files_of_the_dataset_that_are_named_are_left_out(home: Path) -> None:
    write_releases(home / "in", 2)
    run([home / "in"], home / "out")
    files = [path for path in (home / "out").rglob("*") if path.is_file()]
    assert len(run([home / "in", *files, home / "out" / "filings"], home / "out")) == 2


def test_nothing_but_the_dataset_is_an_error(home: Path) -> None:
    write_releases(home / "in", 2)
    run([home / "in"], home / "out")
    for inputs in ([home / "out"], [home / "out" / "filings"], [home / "in" / "empty"]):
        (home / "in" / "empty").mkdir(exist_ok=True)
        with pytest.raises(SourceError, match="nothing to convert"):
            run(inputs, home / "out")
