"""A web server made up in memory, as fsspec would show it: pages, requests in order, and whatever a server may do."""

import io
import time
from collections import Counter
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

Page = bytes | Callable[[str], bytes]


class Web:
    """What answers to addresses: bytes by address, or a function for those that begin with an address."""

    def __init__(self, pages: dict[str, bytes], made_up: Callable[[str], bytes | None] | None = None) -> None:
        self.pages = pages
        self.made_up = made_up
        self.requests: Counter[str] = Counter()
        self.redirects: dict[str, str] = {}
        self.silent: set[str] = set()

    def answer(self, url: str) -> bytes:
        """Return the bytes of a page; the name and password in an address are no part of what is asked for."""
        self.requests[url] += 1
        if url in self.silent:
            time.sleep(60)
        data = self.pages.get(url)
        if data is None and self.made_up is not None:
            data = self.made_up(url)
        if data is None:
            raise FileNotFoundError(f"404 for {url}")
        return data


class _File(io.BytesIO):
    def __init__(self, data: bytes, url: str) -> None:
        super().__init__(data)
        self.r = SimpleNamespace(url=url)


def file_system_of(web: Web) -> Any:
    """A class of fsspec for http and https that asks this web."""
    from fsspec import AbstractFileSystem

    class FakeWeb(AbstractFileSystem):  # type: ignore[misc]
        protocol = ("http", "https")
        cachable = False

        @classmethod
        def _strip_protocol(cls, path: str) -> str:
            return path

        def info(self, path: str, **_: object) -> dict[str, object]:
            return {"name": path, "size": len(web.answer(path)), "type": "file", "ETag": "e"}

        def exists(self, path: str, **_: object) -> bool:
            return path in web.pages or bool(web.made_up)

        def open(self, path: str, mode: str = "rb", **_: object) -> _File:
            return _File(web.answer(path), web.redirects.get(path, path))

        def cat_file(self, path: str, *_: object, **__: object) -> bytes:
            return web.answer(path)

        def ls(self, *_: object, **__: object) -> list[dict[str, object]]:
            raise AssertionError("pages are read, not listed by fsspec")

    return FakeWeb


def links(*targets: str) -> bytes:
    """A page of links."""
    return "".join(f"<li><A class='x' HREF=\"{target}\">{target}</a>\n" for target in targets).encode()
