"""Files that are replaced as a whole, and those that must not be."""

import os
import sys
import threading
import unicodedata
from pathlib import Path

import pytest

import converter
from converter.outputs import OverwriteError, UsedFile, format_of, refuse_overwrites, replacing


def test_a_name_as_long_as_the_file_system_takes(tmp_path: Path) -> None:
    target = tmp_path / ("a" * 251 + ".xml")
    target.write_bytes(b"old")
    with replacing(target) as stream:
        stream.write(b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"new"]


def test_threads_may_write_the_same_target(tmp_path: Path) -> None:
    target, contents = tmp_path / "a.xml", [bytes([letter]) * 100_000 for letter in b"abcdefgh"]
    barrier, failures = threading.Barrier(len(contents)), list[BaseException]()

    def write(content: bytes) -> None:
        try:
            with replacing(target) as stream:
                barrier.wait()
                stream.write(content)
        except BaseException as problem:
            failures.append(problem)
            raise

    threads = [threading.Thread(target=write, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert target.read_bytes() in contents
    assert os.listdir(tmp_path) == ["a.xml"]


def refused(read: Path, written: Path) -> bool:
    """Whether a file must not be written where another one is read."""
    try:
        refuse_overwrites([UsedFile(read, "input")], [UsedFile(written, "output")])
    except OverwriteError:
        return True
    return False


@pytest.fixture
def filing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in the working directory."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.txt"
    path.write_text("a")
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_files_are_compared_by_identity(filing: Path) -> None:
    Path("link.txt").symlink_to("a.txt")
    os.link("a.txt", "hard.txt")
    Path("folder").symlink_to(".")
    Path("b.txt").write_text("a")
    names = ("a.txt", "./a.txt", "folder/a.txt", "link.txt", "hard.txt", str(filing))
    assert [refused(filing, Path(name)) for name in names] == [True] * 6
    assert not refused(filing, Path("b.txt"))
    assert not refused(filing, Path("new.txt"))
    assert not refused(Path("missing.txt"), filing)
    assert not refused(filing, Path("no/such/folder/a.txt"))


@pytest.mark.skipif(sys.platform == "win32", reason="devices of POSIX")
def test_a_device_is_not_overwritten() -> None:
    assert not refused(Path(os.devnull), Path(os.devnull))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("out.json", "out.json", True),
        ("out.json", "./out.json", True),
        ("out.json", "OUT.json", True),
        ("caf\u00e9.json", unicodedata.normalize("NFD", "caf\u00e9.json"), True),
        ("out.json", "dangling.json", True),
        ("out.json", "out.xml", False),
        ("out.json", "no/such/folder/out.json", False),
    ],
)
def test_two_files_that_are_not_there_yet(filing: Path, one: str, other: str, same: bool) -> None:
    """Names that may be one name to a file system are one name here."""
    if sys.platform != "win32":
        Path("dangling.json").symlink_to("out.json")
    files = [UsedFile(Path(one), "output"), UsedFile(Path(other), "findings")]
    if not same:
        refuse_overwrites([], files)
        return
    with pytest.raises(OverwriteError) as caught:
        refuse_overwrites([], files)
    assert str(caught.value) == f"the findings would overwrite the output: {Path(other)}: name another file"


def test_another_case_is_another_file_where_the_file_system_says_so(filing: Path) -> None:
    assert refused(filing, Path("A.TXT")) == Path("A.TXT").exists()


@pytest.mark.parametrize(
    ("source", "target", "mapping", "role"),
    [
        ("mine", "mine", None, "input"),
        ("mine", "./mine", None, "input"),
        ("mine-metadata.json", "mine.csv", None, "input"),
        ("other", "mine", "mine", "mapping"),
        (b"", "mine", "mine", "mapping"),
    ],
)
def test_convert_refuses_before_it_reads(
    filing: Path, source: str | bytes, target: str, mapping: str | None, role: str
) -> None:
    """Even a file that is no filing is left alone."""
    before = {"a.txt": b"a", "mine": b"mine", "mine-metadata.json": b"mine"}
    for name, data in before.items():
        Path(name).write_bytes(data)
    with pytest.raises(OverwriteError, match=f"^the output would overwrite the {role}: .*: name another file$"):
        converter.convert(source, target, mapping=mapping)
    assert {name: Path(name).read_bytes() for name in os.listdir()} == before


def test_the_files_of_a_format(tmp_path: Path) -> None:
    names = [file.path.name for file in format_of("a.csv").files(tmp_path / "a.csv")]
    assert names == ["a.csv", "a-metadata.json"]
    assert [file.path.name for file in format_of("a.xml").files(tmp_path / "a.xml")] == ["a.xml"]
