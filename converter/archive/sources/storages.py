"""Files in storages that have a URL (buckets, web servers), in order, through fsspec, which is loaded only here."""

import importlib
import io
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any, BinaryIO

from msgspec.structs import replace

from converter.archive.sources.members import shown
from converter.archive.sources.patterns import Pattern, State, split_pattern
from converter.archive.sources.places import Location, SourceError, not_empty
from converter.archive.sources.streams import HEAD, why

SIGN = "://"

_AT_ONCE = 256  # beginnings asked for in one go: a storage gives many in the time of one
_DEEPEST = 100  # folders inside of folders: a server may invent them without an end
_MAGIC = "*?["
_WEB_MAGIC = "*["  # a question mark begins the query of a web address
_STAMPS = ("ETag", "etag", "md5Hash", "mtime", "LastModified", "last_modified", "Last-Modified", "updated", "created")

_Info = dict[str, Any]


def find_remote(url: str) -> Iterator[Location]:
    """The files of a URL: of one file, of a folder (its name may end with a slash) or of a pattern.

    Raises SourceError at once if there is no such thing, if the storage refuses, or if fsspec is missing. What fails
    later is a place with a problem.
    """
    storage, name = _storage(url)
    try:
        info = {"type": "directory"} if url.endswith("/") and storage.exists(name) else storage.info(name)
        return _Listing(storage, url, name).places({**info, "name": name}, Pattern())
    except Exception as error:  # storages have exceptions of their own
        root, pattern = split_pattern(url, _WEB_MAGIC if _is_web(url) else _MAGIC)
        if not pattern.parts or SIGN not in root:
            told = "no such file or folder" if isinstance(error, FileNotFoundError) else why(error)
            raise SourceError(f"{shown(url)}: {told}") from error
    storage, name = _storage(root)
    return not_empty(_Listing(storage, root, name).places({"type": "directory", "name": name}, pattern), url)


def open_url(url: str, size: int) -> BinaryIO:
    """Open a URL; where the `size` in bytes is known (not -1), the whole file is fetched in one question."""
    storage, name = _storage(url)
    opened: BinaryIO = storage.open(name, "rb") if size < 0 else io.BytesIO(storage.cat_file(name))
    return opened


def _storage(url: str) -> tuple[Any, str]:
    """The storage of a URL and the name that it knows it by."""
    if "::" in url:
        raise SourceError(f"{shown(url)}: URLs inside of URLs are not read; archives that have a URL are")
    try:
        storage, name = importlib.import_module("fsspec").url_to_fs(url)
    except ModuleNotFoundError as error:
        if error.name != "fsspec":
            raise SourceError(f"{shown(url)}: {why(error)}") from error
        needs = "URLs are read with fsspec: python -m pip install fsspec"
        raise SourceError(f"{shown(url)}: {needs}") from None
    except Exception as error:  # an unknown kind of storage, a package of its own missing, refused credentials
        raise SourceError(f"{shown(url)}: {why(error)}") from error
    return storage, str(name)


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))


class _Listing:
    """A folder of a storage, and how the URLs of what is below it begin."""

    def __init__(self, storage: Any, url: str, root: str) -> None:
        self._storage = storage
        self._url = url
        self._root = root

    def places(self, info: _Info, pattern: Pattern) -> Iterator[Location]:
        """The matching files of a folder, or the file, of which this is told."""
        found = self._walk(info, pattern)
        return (place for _, place in found) if _is_web(self._url) else self._begun(found)

    def _walk(self, info: _Info, pattern: Pattern) -> Iterator[tuple[str, Location]]:
        """The names of the matching files and their places."""
        waiting = [iter([(info, pattern.start)])]
        while waiting:
            entry = next(waiting[-1], None)
            if entry is None:
                waiting.pop()
                continue
            info, state = entry
            name = info["name"]
            if info.get("type") != "directory":
                if pattern.matches(state):
                    yield name, self._place(info)
            elif len(waiting) > _DEEPEST:
                yield name, Location(self._path(name), problem=f"more than {_DEEPEST} folders inside of each other")
            else:
                try:
                    waiting.append(iter(list(self._entries(name, pattern, state))))
                except Exception as error:
                    if pattern.matches(state) or not isinstance(error, FileNotFoundError):
                        yield name, Location(self._path(name), problem=why(error))

    def _entries(self, folder: str, pattern: Pattern, state: State) -> Iterator[tuple[_Info, State]]:
        """What stands in a folder, without the folder itself, what is not below it, and the sort links of a page."""
        inside = f"{folder.rstrip('/')}/"
        infos = sorted(self._storage.ls(folder, detail=True), key=lambda info: str(info["name"]))
        self._storage.invalidate_cache(folder)  # or it keeps what it listed, of millions of files
        for info in infos:
            last = info["name"].removeprefix(inside).rstrip("/")
            is_below = info["name"].startswith(inside) and last and not last.startswith("?")
            if is_below and (after := pattern.after(state, last)):
                yield info, after

    def _begun(self, found: Iterator[tuple[str, Location]]) -> Iterator[Location]:
        """The places with the beginnings of their files; where that fails, they have to be opened."""
        while some := list(islice(found, _AT_ONCE)):
            asked = [(name, place.size) for name, place in some if not place.problem and place.size]
            names = [name for name, _ in asked]
            ends = [min(size, HEAD) if size > 0 else HEAD for _, size in asked]
            try:
                heads = dict(zip(names, self._storage.cat_ranges(names, [0] * len(names), ends), strict=True))
            except Exception:  # of whatever sort: storages raise what their libraries do
                heads = {}
            for name, place in some:
                head = heads.get(name, b"" if place.size == 0 else None)
                yield replace(place, head=head[:HEAD] if isinstance(head, bytes) else None)

    def _place(self, info: _Info) -> Location:
        size = info.get("size")
        stamp = next((str(info[key]) for key in _STAMPS if info.get(key)), "")
        name = info["name"]
        opened = partial(self._storage.open, name, "rb")
        return Location(self._path(name), size if isinstance(size, int) else -1, stamp, open=opened)

    def _path(self, name: str) -> str:
        """The URL of a name, which begins as the one that was given does: that may tell the host."""
        if name == self._root:
            return self._url
        before = self._url if self._url.endswith("/") else f"{self._url}/"
        below = name.removeprefix(self._root)
        return before + below.lstrip("/") if below != name else str(self._storage.unstrip_protocol(name))
