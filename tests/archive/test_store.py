"""Where a dataset is written: one run at a time, drafts and nothing else removed, a lock that goes with its folder."""

import os
import threading
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from converter.archive import store as stores
from converter.archive.store import Bucket, Folder, InUse, Store, dataset_lock, draft_of

pytest.importorskip("fcntl")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_lock_goes_with_its_folder_and_the_folder_with_the_run() -> None:
    work = Folder(Path("out")).work
    with dataset_lock(work):
        assert (work / "lock").exists()
    assert not work.exists()
    with pytest.raises(ZeroDivisionError), dataset_lock(work):
        raise ZeroDivisionError
    assert not work.exists()


def test_files_that_are_no_drafts_stay() -> None:
    """Somebody has a folder of this name, with something in it."""
    work = Folder(Path("out")).work
    (work / "mine.txt").write_text("mine")
    (work / "mine").mkdir()
    with dataset_lock(work):
        draft_of(Folder(Path("out")), "a").write_bytes(b"half")
    assert sorted(path.name for path in work.iterdir()) == ["mine", "mine.txt"]


def test_a_lock_that_is_removed_while_another_run_takes_it_is_no_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other run has opened the file, the first one removes it, the other locks what nobody else can find."""
    work = Folder(Path("out")).work
    first = ExitStack()
    first.enter_context(dataset_lock(work))
    lock = stores._lock

    def late(descriptor: int, folder: Path) -> None:
        first.close()
        lock(descriptor, folder)

    monkeypatch.setattr(stores, "_lock", late)
    with dataset_lock(work):
        monkeypatch.setattr(stores, "_lock", lock)
        with pytest.raises(InUse), dataset_lock(work):
            pass
        assert (work / "lock").exists()


def test_never_two_runs_at_once() -> None:
    work = Path("out/.work")
    holders: list[int] = []
    most: list[int] = []

    def take(number: int) -> None:
        for _ in range(300):
            with suppress(InUse), dataset_lock(work):
                holders.append(number)
                most.append(len(holders))
                holders.remove(number)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(most) == {1}
    assert not work.exists()


def test_a_file_system_without_locks_refuses_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    import errno
    import fcntl

    def refused(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refused)
    with dataset_lock(Path("out/.work")):
        assert Path("out/.work").is_dir()


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        return Folder(Path("out"))
    pytest.importorskip("fsspec")
    return Bucket(f"memory://{tmp_path.name}", Path("work"))


def test_files_of_a_store(store: Store) -> None:
    store.put("filings/a/b.xml", b"one")
    assert store.exists("filings/a/b.xml")
    draft = draft_of(store, "facts/x")
    draft.write_bytes(b"two")
    store.adopt("facts/x", draft)
    assert not draft.exists()
    assert store.exists("facts/x")
    with store.open("facts/x") as file:
        assert file.read() == b"two"
    assert store.names("filings") == ("filings/a/b.xml",)
    assert not store.exists("filings/a")
    store.remove(["filings/a/b.xml", "filings/c"])
    assert not store.exists("filings/a/b.xml")
    with pytest.raises(FileNotFoundError):
        store.open("filings/a/b.xml")


def test_a_bucket_that_others_wrote_is_listed() -> None:
    pytest.importorskip("fsspec")
    one, other = (Bucket("memory://shared/data", Path("work")) for _ in range(2))
    one.put("filings/a.xml", b"")
    assert other.exists("filings/a.xml")
    one.remove(["filings/a.xml"])
    assert not Bucket("memory://shared/data", Path("work")).exists("filings/a.xml")


def test_whatever_a_storage_raises_is_an_os_error(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("fsspec")
    bucket = Bucket("memory://refused", Path("work"))

    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("no\naccess for https://me:secret@host/")

    for name in ("pipe_file", "put_file", "rm_file", "find", "open"):
        monkeypatch.setattr(bucket._file_system, name, refuse, raising=True)
    Path("draft").write_bytes(b"")
    for use in (
        lambda: bucket.put("a", b""),
        lambda: bucket.adopt("a", Path("draft")),
        lambda: bucket.remove(["a"]),
        lambda: bucket.exists("b"),
        lambda: bucket.open("a"),
    ):
        with pytest.raises(OSError, match=r"^no access for https://host/$"):
            use()
