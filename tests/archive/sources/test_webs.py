"""Listings of web servers: every page once, nothing outside of the address, an end to endless ones, and patience."""

import http.server
import io
import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from helpers.archives import contents, manifest_rows, release, run
from helpers.packing import TEXT, problems, sources_of, tar_of, told
from helpers.webs import Web, file_system_of, links

from converter.archive.sources import SourceError, find_sources, without_password

fsspec = pytest.importorskip("fsspec")
registry = pytest.importorskip("fsspec.registry")

ROOT = "http://host/data/"


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Web]:
    """Make a web out of pages below ROOT, in place of the real one."""
    monkeypatch.chdir(tmp_path)

    def made(pages: dict[str, bytes], made_up: Callable[[str], bytes | None] | None = None, root: str = ROOT) -> Web:
        web = Web({root + name: data for name, data in pages.items()}, made_up)
        for protocol in ("http", "https"):
            monkeypatch.setitem(registry._registry, protocol, file_system_of(web))
        return web

    return made


def test_pages_are_read_once_however_they_link_to_each_other(serve: Callable[..., Web]) -> None:
    web = serve(
        {
            "": links(
                "2.txt", "a/", "a/b/", "/data/a/1.txt", "?C=N;O=D", "#top", "http://host/data/2.txt", "a/b/3.txt"
            ),
            "a/": links("../", "./", "1.txt", "b/", "/data/", "../a/"),
            "a/b/": links("3.txt", "../../a/b/", "3.txt#part", "x.tgz", "4.txt?version=1", "c%20d.txt"),
            "2.txt": b"two",
            "a/1.txt": b"one",
            "a/b/3.txt": b"three",
            "a/b/4.txt?version=1": b"four",
            "a/b/c%20d.txt": b"five",
            "a/b/x.tgz": tar_of(("y", TEXT)),
        }
    )
    found = sources_of(ROOT)
    assert sorted(told(found)) == [
        (f"{ROOT}2.txt", b"two"),
        (f"{ROOT}a/1.txt", b"one"),
        (f"{ROOT}a/b/3.txt", b"three"),
        (f"{ROOT}a/b/4.txt?version=1", b"four"),
        (f"{ROOT}a/b/c%20d.txt", b"five"),
        (f"{ROOT}a/b/x.tgz!y", TEXT),
    ]
    assert {url: count for url, count in web.requests.items() if url.endswith("/")} == {
        ROOT: 1,
        f"{ROOT}a/": 1,
        f"{ROOT}a/b/": 1,
    }


@pytest.mark.parametrize(
    "target",
    [
        "../up.txt",
        "/elsewhere/x.txt",
        "/database/x.txt",
        "//other/data/x.txt",
        "http://other/data/x.txt",
        "http://host.other/data/x.txt",
        "http://host:81/data/x.txt",
        "ftp://host/data/x.txt",
        "file:///etc/passwd",
        "javascript:x()",
        "%2e%2e/x.txt",
        "a/%2E%2e/%2e./x.txt",
        "a%2f..%2f..%2fx.txt",
        "..\\x.txt",
        "a/..%5c..%5cx.txt",
        "http://[bad/data/x.txt",
        "&#46;&#46;/x.txt",
    ],
)
def test_links_that_lead_elsewhere_are_not_followed(serve: Callable[..., Web], target: str) -> None:
    web = serve({"": links(target, "x/../ok.txt"), "ok.txt": b"ok"}, made_up=lambda _: b"lured")
    assert told(sources_of(ROOT)) == [(f"{ROOT}ok.txt", b"ok")]
    assert all(url.startswith(ROOT) for url in web.requests)


def test_a_secure_server_and_its_links_without_security(serve: Callable[..., Web]) -> None:
    serve({"": links("http://HOST/data/1.txt"), "1.txt": b"one"}, root="https://host/data/")
    assert told(sources_of("https://host/data/")) == [("https://host/data/1.txt", b"one")]


def test_a_page_that_leads_to_another_place_is_a_problem(serve: Callable[..., Web]) -> None:
    web = serve({"": links("a/", "b/"), "a/": links("1.txt"), "b/": links("2.txt"), "b/2.txt": b"two"})
    web.redirects = {f"{ROOT}a/": "http://inside/a/", f"{ROOT}b/": "https://host/data/b/"}
    assert told(sources_of(ROOT)) == [(f"{ROOT}a/", "leads to another place"), (f"{ROOT}b/2.txt", b"two")]


@pytest.mark.parametrize("kind", ["deep", "wide", "both", "files"])
def test_a_listing_without_end_ends(serve: Callable[..., Web], monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr("converter.archive.sources.webs._MAX_PAGES", 300)
    monkeypatch.setattr("converter.archive.sources.webs._MAX_LINKS", 1000)

    def endless(url: str) -> bytes | None:
        count = url.count("/")
        names = {"deep": ["x/"], "wide": [f"{count}{n}/" for n in range(50)], "both": ["a/", "b/"]}
        return links(*names.get(kind, [f"{n}.txt" for n in range(5000)]))

    web = serve({}, endless)
    found = list(find_sources([ROOT]))
    told = problems(found)
    assert len([url for url in web.requests if url.endswith("/")]) <= 301
    assert len(found) <= 5001
    text = "more than 100 folders" if kind == "deep" else "more than 300 pages or 1000 links: no more are followed"
    assert any(problem.startswith(text) for problem in told.values())
    assert len(told) < 300


def test_a_page_without_end_and_pages_made_to_be_slow(
    serve: Callable[..., Web], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("converter.archive.sources.webs._MAX_PAGE_SIZE", 100_000)
    slow = b"<a " + b" " * 40_000 + b"href" + b" " * 40_000 + b'href="' * 3_000 + b'">'
    serve({"": links("a/", "b/"), "a/": b"<a " * 50_000, "b/": slow})
    assert problems(sources_of(ROOT))[f"{ROOT}a/"] == "a page of more than 100000 bytes"


def test_who_does_not_answer_is_a_problem_of_its_own(serve: Callable[..., Web]) -> None:
    """The limit of time holds where sources are looked for, too: for pages, and for archives that are read there."""
    web = serve({"": links("a/", "b.tgz", "c/"), "c/": links("1.txt"), "1.txt": b"", "c/1.txt": b"one"})
    web.silent = {f"{ROOT}a/", f"{ROOT}b.tgz"}
    found = list(find_sources([ROOT], seconds=0.05))
    assert told(found) == [
        (f"{ROOT}a/", "no answer within 0.05 seconds"),
        (f"{ROOT}b.tgz", "no answer within 0.05 seconds"),
        (f"{ROOT}c/1.txt", b"one"),
    ]
    web.silent = {f"{ROOT}x"}
    with pytest.raises(SourceError, match=r"^http://host/data/x: no answer within 0.05 seconds$"):
        find_sources([f"{ROOT}x"], seconds=0.05)


def test_a_file_that_is_read_slowly(serve: Callable[..., Web], monkeypatch: pytest.MonkeyPatch) -> None:
    """The server begins to send an archive and then stops."""
    serve({"": links("a.tar"), "a.tar": tar_of(("x", TEXT), ("y", TEXT))})
    silent = threading.Event()

    class Stuck(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 1000:
                silent.wait(60)
            return super().read(min(size or 0, 1024))

    system = registry._registry["http"]
    monkeypatch.setattr(system, "open", lambda self, path, mode="rb", **more: Stuck(system.cat_file(self, path)))
    assert problems(find_sources([ROOT], seconds=0.05))[f"{ROOT}a.tar"] == "no answer within 0.05 seconds"


# Passwords

SECRET = "s3cr3t"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://me:s3cr3t@host/a/b", "https://host/a/b"),
        ("https://s3cr3t@host/a", "https://host/a"),
        ("s3://key:s3cr3t@bucket/a@b", "s3://bucket/a@b"),
        ("https://me:p@s3cr3t@host:8080/a", "https://host:8080/a"),
        ("https://me:p/s3cr3t@host/a", "https://host/a"),
        ("https://me:@host/", "https://host/"),
        ("sftp://me:s3cr3t%2F@host/", "sftp://host/"),
        ("tcp://me:s3cr3t@host:8786", "tcp://host:8786"),
        ("https://host/a?x=1&token=s3cr3t&y=2", "https://host/a?x=1&token=&y=2"),
        ("https://host/a?Signature=s3cr3t", "https://host/a?Signature="),
        ("https://host/a?X-Amz-Credential=s3cr3t&X-Goog-Signature=s3cr3t#x", None),
        (
            "no answer of 'https://me:s3cr3t@host/a' and ftp://you:s3cr3t@host",
            "no answer of 'https://host/a' and ftp://host",
        ),
        ("/me:s3cr3t@host/a", "/host/a"),
        ("no file '/me:s3cr3t@host/a'", "no file '/host/a'"),
        ("https://host/a@b", "https://host/a@b"),
        ("https://host:8080/a@b", "https://host:8080/a@b"),
        ("https://host:8080?x=a@b", "https://host:8080?x=a@b"),
        ("s3://bucket/a?page=2&key=a", "s3://bucket/a?page=2&key=a"),
        ("memory://a/b", "memory://a/b"),
        ("a/b@c:d", "a/b@c:d"),
    ],
)
def test_urls_without_their_passwords(url: str, shown: str | None) -> None:
    if shown is not None:
        assert without_password(url) == shown
    assert SECRET not in without_password(url)
    assert without_password(without_password(url)) == without_password(url)


def test_a_password_opens_and_is_kept_nowhere(serve: Callable[..., Web], capsys: pytest.CaptureFixture[str]) -> None:
    """It is in no row of the manifest and in no table, name, instance or message."""
    root = f"http://me:{SECRET}@host/data/"
    pages = {
        "": links("a.txt", "plain.txt", "b.tar", "gone.txt", "deep/", "http://host/data/c.txt", "stuck/"),
        "a.txt": release(1),
        "plain.txt": release(2, header=False),
        "b.tar": tar_of(("x.txt", release(3, header=False))),
        "c.txt": release(4),
        "deep/": links("d.txt"),
        "deep/d.txt": release(5),
    }
    serve(pages, root=root)
    found = sources_of(root)
    assert not [source for source in found if SECRET in repr((source.path, source.problem, source.stamp))]
    ended = run([root], Path("out"))
    assert {path.removeprefix("http://host/data/"): str(outcome.status) for path, outcome in ended.items()} == {
        "a.txt": "converted",
        "b.tar!x.txt": "converted",
        "c.txt": "converted",
        "deep/d.txt": "converted",
        "gone.txt": "failed",
        "plain.txt": "converted",
        "stuck/": "failed",
    }
    kept = contents(Path("out"))
    assert not [name for name, data in kept.items() if SECRET in name or SECRET.encode() in data]
    assert SECRET not in repr(list(manifest_rows(Path("out"))))
    assert SECRET.encode() not in Path("out/manifest.sqlite").read_bytes()
    again = run([root], Path("out"))
    assert str(again["http://host/data/a.txt"].status) == "unchanged"


@pytest.mark.parametrize(
    "url",
    [
        f"http://me:{SECRET}@host/nothing",
        f"http://me:p/{SECRET}@host/nothing",
        f"http://me:{SECRET}@host/nothing/*.txt",
        f"http://me:{SECRET}@host:port/",
        f"nothing://me:{SECRET}@host/",
        f"zip://x::http://me:{SECRET}@host/y.zip",
    ],
)
def test_no_message_has_a_password(serve: Callable[..., Web], url: str) -> None:
    serve({})
    with pytest.raises(SourceError) as caught:
        list(find_sources([url]))
    assert SECRET not in str(caught.value)
    (late,) = find_sources(iter([url]))
    assert late.problem
    assert SECRET not in late.path + late.problem


# A real server


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server of the standard library for the folder `served`."""
    pytest.importorskip("aiohttp")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "served").mkdir()
    handler = partial(_Handler, directory=str(tmp_path / "served"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield f"127.0.0.1:{made.server_port}/"
        made.shutdown()
        thread.join()


def test_the_listing_of_a_real_server(server: str) -> None:
    for name in ("a.txt", "b/c.txt", "b/d e.txt", "b/f/g.txt"):
        path = Path("served", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(release(len(name)))
    Path("served/b/h.tar").write_bytes(tar_of(("x", TEXT)))
    found = told(find_sources([f"http://me:{SECRET}@{server}"]))
    names = [path.removeprefix(f"http://{server}") for path, _ in found]
    assert names == ["a.txt", "b/c.txt", "b/d%20e.txt", "b/f/g.txt", "b/h.tar!x"]
    assert found[0][1] == release(5)
    pattern = told(find_sources([f"http://{server}b/*.txt"]))
    assert [re.sub(r".*/", "", path) for path, _ in pattern] == ["c.txt", "d%20e.txt"]
