"""Listings of web servers: the links of pages, as far as they lead below the page, each once, and not without end."""

import html
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

_MAX_PAGES = 10_000
_MAX_LINKS = 100_000
_MAX_PAGE_SIZE = 4 * 1024 * 1024
_LINK = re.compile(r"""\bhref\s{0,9}=\s{0,9}(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})')""", re.IGNORECASE)


def is_web(url: str) -> bool:
    """Return whether a URL is that of a web server."""
    return url.startswith(("http://", "https://"))


class WebPages:
    """The folders of a web server, which are pages of links; `storage` is a file system of fsspec."""

    def __init__(self, storage: Any) -> None:
        self._storage = storage
        self._pages = 0
        self._known: set[str] = set()
        self._is_full = False

    def ls(self, folder: str) -> list[dict[str, Any]]:
        """Return name and type of what the page of a folder links to below it and no page did before.

        Raises ValueError once, when there are too many pages or links; after that nothing is found any more.
        """
        if self._is_full:
            return []
        self._pages += 1
        new = dict.fromkeys(name for name in self._links(folder) if name not in self._known)
        self._known.update(new)
        if self._pages > _MAX_PAGES or len(self._known) > _MAX_LINKS:
            self._is_full = True
            raise ValueError(f"more than {_MAX_PAGES} pages or {_MAX_LINKS} links: no more are followed")
        return [{"name": name, "type": "directory" if _is_folder(name) else "file"} for name in new]

    def _links(self, folder: str) -> Iterator[str]:
        """Yield the addresses below a folder that its page links to."""
        folder = f"{folder.rstrip('/')}/"
        base = urlsplit(folder)
        for match in _LINK.finditer(self._read(folder, base)):
            try:
                target = urlsplit(urljoin(folder, html.unescape(match[1] or match[2]).strip()))
            except ValueError:  # no address
                continue
            rest = _rest_below(base, target)
            if rest:
                yield f"{folder}{rest}?{target.query}" if target.query else f"{folder}{rest}"

    def _read(self, folder: str, base: SplitResult) -> str:
        with self._storage.open(folder, "rb", block_size=0) as page:
            landed = urlsplit(str(getattr(getattr(page, "r", None), "url", folder)))
            if _rest_below(base, landed) is None:
                raise ValueError("leads to another place")
            text = bytearray()
            while data := page.read(_MAX_PAGE_SIZE):
                text += data
                if len(text) > _MAX_PAGE_SIZE:
                    raise ValueError(f"a page of more than {_MAX_PAGE_SIZE} bytes")
        return text.decode("utf-8", "replace")


def _is_folder(name: str) -> bool:
    return name.endswith("/") and "?" not in name


def _rest_below(base: SplitResult, target: SplitResult) -> str | None:
    """Return the path of an address relative to that of a folder, "" for the folder itself, None if not below it."""
    is_near = is_web(f"{target.scheme}://") and _host(target) == _host(base) and target.path.startswith(base.path)
    rest = target.path.removeprefix(base.path)
    parts = [unquote(part) for part in rest.split("/")]
    return rest if is_near and not any(part in (".", "..") or "/" in part or "\\" in part for part in parts) else None


def _host(address: SplitResult) -> str:
    return address.netloc.rpartition("@")[2].lower()
