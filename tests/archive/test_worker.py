"""One source at a time: limits of time and memory, names of files, packed rows, what dies with a worker."""

import csv
import os
import signal
import subprocess
import sys
import time
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePosixPath

import pytest
from helpers.archives import accession, cik, release
from helpers.paths import ROOT
from helpers.reports import sample
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from converter.archive.engines import Processes
from converter.archive.layout import is_file_name, is_part_name, part_of, stem_of
from converter.archive.packing import pack, parted, unpack
from converter.archive.sources import Source
from converter.archive.tables import TABLES, FindingRow, Table
from converter.archive.task import Outcome, Settings, Status, Task
from converter.archive.worker import convert_source
from converter.outputs import FORMATS, CheckRow, FactRow, Format, checks_of, column_types
from converter.outputs.table import rows_of

TASK = Task(Source("in/a.txt", 1, data=release(1)), Settings())


def test_a_source_with_a_problem_is_not_read() -> None:
    outcome = convert_source(Task(Source("a.txt", 3, problem="Permission denied"), Settings()))
    assert (outcome.status, outcome.reason) == (Status.FAILED, "Permission denied")


def test_no_handler_takes_the_end_of_time_for_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_without_end(*_: object) -> None:
        while True:
            sum(range(100))

    monkeypatch.setattr("converter.archive.worker.read_data", read_without_end)
    outcome = convert_source(replace(TASK, settings=Settings(seconds=0.05)))
    assert (outcome.status, outcome.reason) == (Status.FAILED, "took more than 0.05 seconds")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="bounded by the operating system")
def test_memory_limit() -> None:
    """In a process of its own: what is bounded once stays bounded."""
    program = """
from helpers.archives import release
from converter.archive.task import Settings, Task
from converter.archive.worker import convert_source, warm_up
from converter.archive.sources import Source
settings = Settings(megabytes=700)
warm_up(settings)
for data in (b"Cash   1,200   1,100\\n" * (12 << 20), release(1)):
    outcome = convert_source(Task(Source("a.txt", len(data), data=data), settings))
    print(outcome.status, outcome.reason)
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tests")}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment)
    assert done.stdout.splitlines() == ["failed needs more than 700 MB of memory", "converted "], done.stderr


def test_known_bytes_are_not_converted() -> None:
    first = convert_source(TASK)
    again = convert_source(replace(TASK, known_hash=first.hash))
    assert (again.status, again.hash, again.size) == (Status.UNCHANGED, first.hash, len(release(1)))
    assert again.files == ()


def outcome(path: str, **changes: object) -> Outcome:
    return replace(Outcome(Source(path, 1), Status.CONVERTED), **changes)


@pytest.mark.parametrize(
    ("made", "stem"),
    [
        (outcome("x/a.txt", cik=cik(1), accession=accession(1)), f"filings/{cik(1)}/{accession(1)}"),
        (outcome("x/a.txt", cik=cik(1)), "filings/unidentified/x/a.txt~"),
        (outcome("x/a.txt", cik=cik(1), accession="../../etc"), "filings/unidentified/x/a.txt~"),
        (outcome("x/a.txt", cik=cik(1), accession="1" * 300), "filings/unidentified/x/a.txt~"),
        (outcome("x/a.txt", cik=cik(1), accession="\u0661"), "filings/unidentified/x/a.txt~"),
        (outcome("/abs/./a.txt"), "filings/unidentified/abs/a.txt~"),
        (outcome("b.tar!in/a.txt"), "filings/unidentified/b.tar/in/a.txt~"),
        (outcome("s3://bucket/a.txt"), "filings/unidentified/s3/bucket/a.txt~"),
        (outcome("..!..."), "filings/unidentified/source~"),
        (outcome("a. /b. /c."), "filings/unidentified/a/b/c~"),
        (outcome("con/Aux.txt/com1.b"), "filings/unidentified/_con/_Aux.txt/_com1.b~"),
    ],
)
def test_names(made: Outcome, stem: str) -> None:
    made_stem = stem_of(made)
    assert made_stem.startswith(stem)
    assert len(made_stem) - len(stem) == (20 if stem.endswith("~") else 0)
    assert is_file_name(f"{made_stem}.xml")


NAMES = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), min_size=1, max_size=60)


@given(NAMES)
def test_no_name_leads_out_of_the_dataset_and_each_fits_every_file_system(parts: list[str]) -> None:
    stem = stem_of(outcome("/".join(parts)))
    assert is_file_name(f"{stem}-metadata.json")
    assert stem.startswith("filings/unidentified/")
    *folders, file = stem.split("/")
    assert not [folder for folder in folders if "~" in folder or folder != folder.strip(". ") or not folder]
    assert file.count("~") == 1
    assert all(len(part) <= 120 for part in stem.split("/"))
    assert len(stem) <= 210
    assert stem.isascii()


@given(st.text(max_size=12), st.text(max_size=12))
def test_names_of_different_sources_are_different_on_every_file_system(one: str, other: str) -> None:
    stems = {stem_of(outcome(path)).casefold() for path in (one, other)}
    assert len(stems) == len({one, other})


def test_names_that_had_to_be_changed_stay_apart() -> None:
    composed, decomposed = "caf\u00e9", "cafe\u0301"
    paths = (
        "a:b",
        "a?b",
        "a_b",
        "a b",
        "A b",
        "a b ",
        "a b.",
        "..",
        "...",
        composed,
        decomposed,
        "x/b.tar!c",
        "x/b.tar/c",
    )
    stems = {unicodedata.normalize("NFC", stem_of(outcome(path))).casefold() for path in paths}
    assert len(stems) == len(paths)


@pytest.mark.parametrize("ending", FORMATS, ids=lambda each: each.name)
def test_no_file_of_one_source_is_the_file_or_folder_of_another(ending: Format) -> None:
    """`a.xml` of `a`, and the folder of `a.xml/b`; `a` as flat table, and `a.facts` as table."""
    suffixes = {suffix for each in FORMATS for suffix in (each.suffixes[0], *each.beside)}
    files: list[str] = []
    for path in ("a", f"a{ending.suffixes[0]}/b", "a.facts", "a-metadata"):
        files += [stem_of(outcome(path)) + suffix for suffix in suffixes]
    folders = {parent.as_posix() for name in files for parent in PurePosixPath(name).parents}
    assert len(set(files)) == len(files)
    assert not folders & set(files)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("filings/0000900001/0000900001-03-000001.xml", True),
        ("filings/unidentified/a b/c.txt~abc-metadata.json", True),
        ("../victim.txt", False),
        ("filings/../victim.txt", False),
        ("filings/./a", False),
        ("filings/..", False),
        ("filings//etc/passwd", False),
        ("/etc/passwd", False),
        ("filings", False),
        ("manifest.sqlite", False),
        ("filings/a\\..\\..\\b", False),
        ("filings/a\n", False),
        ("filings/c:/a", False),
        ("", False),
    ],
)
def test_names_of_files_in_a_manifest(name: str, is_one: bool) -> None:
    assert is_file_name(name) is is_one


@pytest.mark.parametrize(
    ("part", "is_one"),
    [("year=2003/part-a", True), ("year=../part-a", False), ("../x", False), ("year=2003/part-a/../../x", False)],
)
def test_names_of_partitions_in_a_manifest(part: str, is_one: bool) -> None:
    assert is_part_name(part) is is_one


def test_partitions() -> None:
    known = part_of("0000900001", date(2003, 9, 30))
    assert known.startswith("year=2003/part-")
    assert known == part_of("0000900001", date(2003, 1, 1))
    assert part_of("0000900001", None).startswith("year=__HIVE_DEFAULT_PARTITION__/")
    assert is_part_name(known)
    assert is_part_name(part_of("", None))


def test_packed_facts_are_the_flat_table() -> None:
    rows = tuple(rows_of(sample()))
    packed = pack(FactRow, rows)
    cells = list(csv.reader(unpack(packed.data).decode().splitlines()))
    assert packed.rows == len(cells) == len(rows)
    concept, value = map(FactRow.__struct_fields__.index, ("concept", "value"))
    assert [line[concept] for line in cells] == [row.concept for row in rows]
    assert [line[value] for line in cells] == ["" if row.value is None else row.value_text for row in rows]


def test_a_number_too_long_for_the_column_is_left_to_its_text() -> None:
    row = next(row for row in rows_of(sample()) if row.value is not None)
    packed = unpack(pack(FactRow, [replace(row, value=Decimal("1e40"), value_text="1" + "0" * 40)]).data).decode()
    assert "1" + "0" * 40 in packed
    assert packed.count("0" * 40) == 1


def test_packed_checks() -> None:
    rows = tuple(checks_of(sample()))
    cells = list(csv.reader(unpack(pack(CheckRow, rows).data).decode().splitlines()))
    measure, latest, value = map(CheckRow.__struct_fields__.index, ("measure", "latest", "value_text"))
    assert rows
    assert [(line[measure], line[latest], line[value]) for line in cells] == [
        (row.measure, str(row.latest).lower(), row.value_text) for row in rows
    ]


def test_packed_findings() -> None:
    told = FindingRow("a.txt", "ACME", "warning", "arelle", 'a "quoted"\nmessage', 12, 3, 9)
    (cells,) = csv.reader(unpack(pack(FindingRow, [told]).data).decode().splitlines(keepends=True))
    assert cells == ["a.txt", "ACME", "warning", "arelle", 'a "quoted"\nmessage', "12", "3", "9"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))
def test_the_rows_of_every_table_say_whose_they_are(table: Table) -> None:
    """A manifest is rebuilt by the first column."""
    reading = sample()
    rows = tuple(table.rows(reading, tuple(rows_of(reading))))
    assert next(iter(column_types(table.row))) == "source_file"
    assert {row.source_file for row in rows} <= {reading.filing.name}  # type: ignore[attr-defined]


def test_an_outcome_counts_the_rows_that_it_has_packed() -> None:
    outcome = convert_source(TASK)
    tables = parted(outcome.packed)
    rows = {
        name: len(list(csv.reader(unpack(data).decode().splitlines(keepends=True)))) for name, data in tables.items()
    }
    assert rows == dict(outcome.rows)
    assert list(rows) == ["facts", "normalised", "findings", "checks"]


def test_files_go_to_drafts_where_worker_and_dataset_share_a_folder(tmp_path: Path) -> None:
    (sent,) = convert_source(TASK).files
    (drafted,) = convert_source(replace(TASK, drafts=str(tmp_path))).files
    assert (drafted.ending, drafted.data) == (sent.ending, b"")
    assert Path(drafted.draft).read_bytes() == sent.data
    assert [path.suffix for path in tmp_path.iterdir()] == [".draft"]


def test_a_draft_that_cannot_be_written_is_sent(tmp_path: Path) -> None:
    (file,) = convert_source(replace(TASK, drafts=str(tmp_path / "gone"))).files
    assert file == convert_source(TASK).files[0]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="signals of POSIX")
def test_a_worker_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that is stopped cannot heed its time limit; its source fails, the next one has a new worker."""
    monkeypatch.setattr("converter.archive.engines._GRACE", 0.5)
    engine = Processes(1, Settings(seconds=2))
    try:
        engine.submit(TASK)
        assert engine.next().status is Status.CONVERTED
        (worker,) = workers(os.getpid())
        engine.submit(replace(TASK, source=Source("long.txt", 1, data=release(1, header=False) * 20_000)))
        time.sleep(0.5)
        os.kill(worker, signal.SIGSTOP)
        stuck = engine.next()
        assert (stuck.status, stuck.reason) == (
            Status.FAILED,
            "took too long, and its worker did not heed the time limit",
        )
        engine.submit(TASK)
        assert engine.next().status is Status.CONVERTED
        assert engine.pending == 0
    finally:
        engine.stop()


def workers(parent: int) -> list[int]:
    """The processes that a fork server started for another process."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        parents = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            fields = path.read_text().rpartition(")")[2].split()
            parents[int(path.parent.name)] = int(fields[1])
        found = [child for child, above in parents.items() if parents.get(above) == parent]
        if found:
            return found
    return []
