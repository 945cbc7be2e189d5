"""The sources of an archive: files, folders, patterns, links, URLs and lists; in order, and nothing lost silently."""

import gzip
import io
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.packing import TEXT, problems, sources_of, tar_of, told, zip_of
from hypothesis import given
from hypothesis import strategies as st

from converter.archive.sources import Source, SourceError, find_sources, read_path_list, read_source
from converter.archive.sources.members import printable_name


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(*paths: str) -> None:
    """Files here, each with its own path as its bytes."""
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(path.encode("utf-8", "surrogateescape"))


def paths(*inputs: object) -> list[str]:
    found = sources_of(*inputs)
    assert not problems(found)
    return [source.path for source in found]


# Files and folders


def test_a_file_is_read_when_its_turn_comes() -> None:
    write("x/a.txt")
    (source,) = sources_of("x/a.txt")
    status = Path("x/a.txt").stat()
    assert source == Source("x/a.txt", 7, str(status.st_mtime_ns), input_bytes_read=7)
    assert read_source(source) == b"x/a.txt"
    os.utime("x/a.txt", ns=(0, status.st_mtime_ns + 1))
    assert sources_of("x/a.txt")[0].stamp != source.stamp


def test_an_empty_file_is_a_source() -> None:
    Path("a").touch()
    assert [(source.size, source.problem, read_source(source)) for source in sources_of("a")] == [(0, "", b"")]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("x", ["x/.hidden", "x/B", "x/a/2", "x/a.txt", "x/é"]),
        ("./x/", ["x/.hidden", "x/B", "x/a/2", "x/a.txt", "x/é"]),
        (".", ["x/.hidden", "x/B", "x/a/2", "x/a.txt", "x/é", "y"]),
        ("x/../y", ["x/../y"]),
        ("empty", []),
    ],
)
def test_folders_in_order(given: str, expected: list[str]) -> None:
    write("x/a.txt", "x/a/2", "x/.hidden", "x/B", "x/é", "y")
    if given != ".":
        Path("empty").mkdir()
    assert paths(given) == expected


def test_absolute_paths_and_file_urls(tmp_path: Path) -> None:
    write("x/a")
    assert paths(tmp_path / "x") == [f"{tmp_path.as_posix()}/x/a"]
    assert paths(f"file://{tmp_path}/x") == [f"{tmp_path.as_posix()}/x/a"]
    assert paths(tmp_path / "*" / "a") == [f"{tmp_path.as_posix()}/x/a"]


def test_archives_in_folders() -> None:
    write("x/1", "x/3")
    Path("x/2").write_bytes(gzip.compress(tar_of(("y", TEXT), ("z.zip", zip_of(("w", TEXT))))))
    assert told(sources_of("x")) == [("x/1", b"x/1"), ("x/2!y", TEXT), ("x/2!z.zip!w", TEXT), ("x/3", b"x/3")]


def test_names_that_do_not_print_are_read_at_once() -> None:
    """The path of such a source opens nothing, so that it has to bring its bytes."""
    names = ["caf\udce9", "line\nend", "a!b", "back\\slash", "left\u202eright"]
    write(*names)
    Path("arch!ive").write_bytes(tar_of(("x", b"in")))
    found = sources_of(".")
    assert not problems(found)
    assert {source.path: source.data for source in found} == {
        r"caf\udce9": b"caf\xe9",
        r"line\x0aend": b"line\nend",
        r"a\x21b": b"a!b",
        r"back\x5cslash": b"back\\slash",
        r"left\u202eright": "left\u202eright".encode(),
        r"arch\x21ive!x": b"in",
    }
    assert all(source.stamp for source in found if not source.path.endswith("!x"))


@given(st.text(max_size=9), st.text(max_size=9))
def test_shown_names_print_and_differ(one: str, other: str) -> None:
    assert printable_name(one).isprintable()
    assert "!" not in printable_name(one)
    assert printable_name(one).encode().decode() == printable_name(one)
    assert (printable_name(one) == printable_name(other)) == (one == other)


# Patterns


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("d/*.txt", ["d/.h.txt", "d/a.txt", "d/b[1].txt"]),
        ("d/*/2003*.txt", ["d/x/2003-1.txt", "d/y/2003-2.txt"]),
        ("d/?/2003-[13].txt", ["d/x/2003-1.txt"]),
        ("d/**/*.txt", ["d/.h.txt", "d/a.txt", "d/b[1].txt", "d/x/2003-1.txt", "d/x/z/2004.txt", "d/y/2003-2.txt"]),
        ("d/x/**", ["d/x/2003-1.txt", "d/x/z/2004.txt"]),
        ("**/2004.txt", ["d/x/z/2004.txt"]),
        ("**/x/**/*.txt", ["d/x/2003-1.txt", "d/x/z/2004.txt"]),
        ("d/[xy]", ["d/x/2003-1.txt", "d/x/z/2004.txt", "d/y/2003-2.txt"]),
        ("d/**/x", ["d/x/2003-1.txt", "d/x/z/2004.txt"]),
        ("d/b[1].txt", ["d/b[1].txt"]),
        ("d/[!x]/*", ["d/y/2003-2.txt"]),
    ],
)
def test_patterns(given: str, expected: list[str]) -> None:
    """A matching folder counts with everything below it, and nothing comes twice."""
    write("d/a.txt", "d/.h.txt", "d/b[1].txt", "d/x/2003-1.txt", "d/x/z/2004.txt", "d/y/2003-2.txt", "e/2003-3.txt")
    assert paths(given) == expected


# Inputs that do not exist


@pytest.mark.parametrize(
    "given", ["nothing", "nothing/*.txt", "d/*.html", "**/*.html", "", "nul\0", "memory://nothing", "memory://d/*.html"]
)
def test_what_does_not_exist_at_all_is_an_error_at_once(given: str) -> None:
    write("d/a.txt")
    with pytest.raises(SourceError) as caught:
        find_sources(["d", given])
    assert (caught.value.name, caught.value.reason) == (printable_name(given), "no such file or folder")
    late = list(find_sources(iter([given, "d"])))
    assert told(late) == [(printable_name(given), "no such file or folder"), ("d/a.txt", b"d/a.txt")], (
        "of a list: a problem"
    )


# Links and what is no file


def test_links() -> None:
    """Files behind links are read, and so are folders, but each folder only once; a loop is told."""
    write("x/d/1", "x/d/2", "y/3")
    Path("x/again").symlink_to("d", target_is_directory=True)
    Path("x/d/up").symlink_to("..", target_is_directory=True)
    Path("x/file").symlink_to("../y/3")
    Path("x/gone").symlink_to("nowhere")
    Path("x/self").symlink_to("self")
    Path("x/y").symlink_to("../y", target_is_directory=True)
    again = "a folder that is read as {} already: a loop, or a second link"
    assert told(sources_of("x")) == [
        ("x/again/1", b"x/d/1"),
        ("x/again/2", b"x/d/2"),
        ("x/again/up", again.format("x")),
        ("x/d", again.format("x/again")),
        ("x/file", b"y/3"),
        ("x/gone", "No such file or directory"),
        ("x/self", "Too many levels of symbolic links"),
        ("x/y/3", b"y/3"),
    ]
    assert told(sources_of("x/y/*", "x/file")) == [("x/y/3", b"y/3"), ("x/file", b"y/3")]


def test_a_maze_of_links_is_walked_in_one_go() -> None:
    """Two ways from each of 40 folders to the next are a million million paths."""
    for number in range(40):
        Path(f"m/{number}").mkdir(parents=True)
        for way in "xy":
            Path(f"m/{number}/{way}").symlink_to(f"../{number + 1}", target_is_directory=True)
    write("m/40/file")
    for way in ("m", "m/**/file"):
        assert [source.path for source in sources_of(way) if not source.problem] == ["m/0" + 40 * "/x" + "/file"]
        assert len(sources_of(way)) < 100


@pytest.fixture
def deep() -> Iterator[str]:
    """A file below more folders than Python calls itself, which are taken away again, as pytest cannot do that."""
    depth = sys.getrecursionlimit() + 100
    for _ in range(depth):
        os.mkdir("d")
        os.chdir("d")
    Path("x").touch()
    for _ in range(depth):
        os.chdir("..")
    yield "d/" * depth + "x"
    for _ in range(depth):
        os.chdir("d")
    Path("x").unlink()
    for _ in range(depth):
        os.chdir("..")
        os.rmdir("d")


def test_a_deep_folder(deep: str) -> None:
    assert paths("d") == [deep]


def test_what_is_no_file() -> None:
    os.mkfifo("pipe")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket")
        assert told(sources_of(".", "/dev/null")) == [
            ("pipe", "a named pipe, not a file"),
            ("socket", "a socket, not a file"),
            ("/dev/null", "a device, not a file"),
        ]


def test_a_file_without_permission() -> None:
    """Permissions do not bind the superuser, so that the program becomes another user first."""
    write("x/a", "x/b", "x/no/c")
    for path, mode in ((".", 0o755), ("x/a", 0), ("x/no", 0)):
        os.chmod(path, mode)
    program = (
        "import os; from converter.archive.sources import find_sources\n"
        "if not os.getuid(): os.setuid(65534)\n"
        "print([(source.path, source.problem) for source in find_sources(['x', 'x/**/b'])])"
    )
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, env=unmeasured, check=False
    )
    os.chmod("x/no", 0o755)
    denied = "Permission denied"
    expected = [("x/a", denied), ("x/b", ""), ("x/no", denied), ("x/b", ""), ("x/no", denied)]
    assert (done.stdout.strip(), done.stderr) == (str(expected), "")


def test_a_file_that_vanishes() -> None:
    """Before it is looked at, before it is opened, and before it is read."""
    write("x/1", "x/2", "x/3", "y")
    Path("x/3").write_bytes(tar_of(("z", TEXT)))
    found = find_sources(["x", "y"])
    first = next(found)
    for path in ("x/1", "x/2", "x/3"):
        Path(path).unlink()
    assert told(found) == [
        ("x/2", "No such file or directory"),
        ("x/3", "No such file or directory"),
        ("y", b"y"),
    ]
    with pytest.raises(SourceError, match=r"^No such file or directory$"):
        read_source(first)


def test_a_file_that_vanishes_while_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    write("x/1", "x/2")

    def refuse(path: str) -> None:
        raise OSError(5, "Input/output error", path)

    monkeypatch.setattr("converter.archive.sources.folders.open_file", refuse)
    assert problems(sources_of("x")) == {"x/1": "Input/output error", "x/2": "Input/output error"}


def test_a_folder_that_grows_is_not_read_for_ever() -> None:
    write("x/1")
    for count, source in enumerate(find_sources(["x"])):
        write(f"x/{source.path}-more")
        assert count < 2


def test_a_source_with_a_problem_or_too_much_data_is_not_read() -> None:
    with pytest.raises(SourceError, match=r"^gone$"):
        read_source(Source("x", -1, problem="gone"))
    with pytest.raises(SourceError, match=r"^more than 3 bytes$"):
        read_source(Source("x", 4, data=b"1234"), largest=3)
    write("long")
    with pytest.raises(SourceError, match=r"^more than 3 bytes$"):
        read_source(Source("long", -1), largest=3)


# Lists


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a\nb c\r\n\n  \nd", ["a", "b c", "d"]),
        ("a\0b\nc\0\0d", ["a", "b\nc", "d"]),
    ],
)
def test_lists(text: str, expected: list[str]) -> None:
    assert list(read_path_list(io.StringIO(text, newline=""))) == expected


def test_a_list_is_read_as_it_comes() -> None:
    def lines() -> Iterator[str]:
        yield "a\n"
        yield "b\n"
        raise AssertionError("nobody asked")

    write("a", "b")
    found = find_sources(read_path_list(lines()))
    assert [next(found).path, next(found).path] == ["a", "b"]


# URLs


@pytest.fixture
def bucket() -> Iterator[None]:
    fsspec = pytest.importorskip("fsspec")
    storage = fsspec.filesystem("memory")
    data = {"d/2.txt": b"two", "d/x/1.txt": b"one", "d/e": b"", "d/3.tgz": gzip.compress(tar_of(("y", TEXT)))}
    data |= {"d/4.gz": gzip.compress(b"four"), "d/5.zip": zip_of(("z", TEXT)), "e/a!b": b"odd"}
    for name, content in data.items():
        storage.pipe(f"/bucket/{name}", content)
    yield
    storage.rm("/bucket", recursive=True)


@pytest.mark.usefixtures("bucket")
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("d/2.txt", [("d/2.txt", b"two")]),
        ("d/3.tgz", [("d/3.tgz!y", TEXT)]),
        ("d/*.txt", [("d/2.txt", b"two")]),
        ("d/**/*.txt", [("d/2.txt", b"two"), ("d/x/1.txt", b"one")]),
        ("d/?", [("d/e", b""), ("d/x/1.txt", b"one")]),
        ("e", [(r"e/a\x21b", b"odd")]),
        (
            "d/",
            [
                ("d/2.txt", b"two"),
                ("d/3.tgz!y", TEXT),
                ("d/4.gz", b"four"),
                ("d/5.zip!z", TEXT),
                ("d/e", b""),
                ("d/x/1.txt", b"one"),
            ],
        ),
    ],
)
def test_urls(given: str, expected: list[tuple[str, bytes]]) -> None:
    found = sources_of(f"memory://bucket/{given}")
    assert told(found) == [(f"memory://bucket/{path}", data) for path, data in expected]
    assert all(source.stamp for source in found if "!" not in source.path)
    assert not [source.path for source in found if source.data is not None and source.path.endswith(".txt")]


@pytest.mark.usefixtures("bucket")
def test_storages_that_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a storage raises is a problem of the file or folder it was asked for."""
    memory = type(__import__("fsspec").filesystem("memory"))

    def refuse(*_: object, **__: object) -> None:
        raise RuntimeError("not\nnow")

    whole = "memory://bucket/d"
    for name, expected in (("_open", ["/3.tgz", "/4.gz", "/5.zip"]), ("cat_ranges", []), ("ls", [""])):
        with monkeypatch.context() as patch:
            patch.setattr(memory, name, refuse)
            assert problems(sources_of(whole)) == {whole + path: "not now" for path in expected}
    source = sources_of(f"{whole}/2.txt")[0]
    with monkeypatch.context() as patch:
        patch.setattr(memory, "cat_file", refuse)
        with pytest.raises(SourceError, match=r"^not now$"):
            read_source(source)
        patch.setattr(memory, "info", refuse)
        with pytest.raises(SourceError, match=r"^memory://bucket/d: not now$"):
            find_sources([whole])


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("zip://x::memory://y.zip", "URLs inside of URLs are not read: name the URL of the archive"),
        ("nothing://x", "Protocol not known: nothing"),
        ("memory*://x", "Protocol not known: memory*"),
    ],
)
def test_urls_of_no_storage(url: str, told: str) -> None:
    pytest.importorskip("fsspec")
    with pytest.raises(SourceError) as caught:
        find_sources([url])
    assert str(caught.value) == f"{url}: {told}"


def test_urls_need_fsspec_and_nothing_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a")
    program = (
        "import sys\nfrom converter.archive.sources import find_sources\n"
        "print(len(list(find_sources(['a']))), 'fsspec' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["1", "False"]
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(SourceError) as caught:
        find_sources(["memory://x"])
    assert str(caught.value) == "memory://x: needs fsspec: python -m pip install fsspec"
