"""Files in storages with a URL (buckets, web servers), in sorted order, through fsspec, which is imported lazily."""

import importlib
import io
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

from msgspec.structs import replace

from converter.archive.sources.members import printable_name
from converter.archive.sources.patterns import Pattern, State, split_pattern
from converter.archive.sources.places import Location, SourceError, not_empty
from converter.archive.sources.streams import HEAD_SIZE, error_text

URL_MARK = "://"

_BATCH = 256  # heads requested together: a storage returns many in the time of one
_MAX_DEPTH = 100  # nested folders: a server may generate them without end
_MAGIC = "*?["
_WEB_MAGIC = "*["  # a question mark begins the query of a web address
_STAMPS = ("ETag", "etag", "md5Hash", "mtime", "LastModified", "last_modified", "Last-Modified", "updated", "created")

_Info = dict[str, Any]
"""The details of a file or folder as fsspec gives them; always with a name."""


class _Address(NamedTuple):
    """A storage, which is a file system of fsspec, and a name within it."""

    storage: Any
    name: str


class _Entry(NamedTuple):
    """A file or folder of a storage, and how much of the pattern its path has matched."""

    info: _Info
    state: State


class _NamedLocation(NamedTuple):
    """A location, and the name of its file within the storage."""

    name: str
    location: Location


def find_remote(url: str) -> Iterator[Location]:
    """Return the files of a URL of one file, of a folder (its name may end with a slash) or of a pattern.

    Raises SourceError immediately if nothing matches, if the storage refuses, or if fsspec is missing. A later failure
    becomes a location with a problem.
    """
    storage, name = _address(url)
    try:
        info = {"type": "directory"} if url.endswith("/") and storage.exists(name) else storage.info(name)
        return _Listing(storage, url, name).locations({**info, "name": name}, Pattern())
    except Exception as error:  # storages have exceptions of their own
        root, pattern = split_pattern(url, _WEB_MAGIC if _is_web(url) else _MAGIC)
        if not pattern.parts or URL_MARK not in root:
            reason = "no such file or folder" if isinstance(error, FileNotFoundError) else error_text(error)
            raise SourceError(f"{printable_name(url)}: {reason}") from error
    storage, name = _address(root)
    return not_empty(_Listing(storage, root, name).locations({"type": "directory", "name": name}, pattern), url)


def open_url(url: str, size: int) -> BinaryIO:
    """Open a URL; if the `size` in bytes is known (not -1), the whole file is fetched with one request."""
    storage, name = _address(url)
    file: BinaryIO = storage.open(name, "rb") if size < 0 else io.BytesIO(storage.cat_file(name))
    return file


def _address(url: str) -> _Address:
    if "::" in url:
        raise SourceError(f"{printable_name(url)}: URLs inside of URLs are not read; archives that have a URL are")
    try:
        storage, name = importlib.import_module("fsspec").url_to_fs(url)
    except ModuleNotFoundError as error:
        if error.name != "fsspec":
            raise SourceError(f"{printable_name(url)}: {error_text(error)}") from error
        hint = "URLs are read with fsspec: python -m pip install fsspec"
        raise SourceError(f"{printable_name(url)}: {hint}") from None
    except Exception as error:  # an unknown protocol, a missing package for it, refused credentials
        raise SourceError(f"{printable_name(url)}: {error_text(error)}") from error
    return _Address(storage, str(name))


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))


class _Listing:
    """The files below a folder of a storage; `url` and `root` are its URL and its name in the storage."""

    def __init__(self, storage: Any, url: str, root: str) -> None:
        self._storage = storage
        self._url = url
        self._root = root

    def locations(self, info: _Info, pattern: Pattern) -> Iterator[Location]:
        """Return the matching files of the folder, or the single file, that `info` describes."""
        files = self._walk(info, pattern)
        return (location for _, location in files) if _is_web(self._url) else self._with_heads(files)

    def _walk(self, info: _Info, pattern: Pattern) -> Iterator[_NamedLocation]:
        stack = [iter([_Entry(info, pattern.start)])]
        while stack:
            entry = next(stack[-1], None)
            if entry is None:
                stack.pop()
                continue
            info, state = entry
            name = info["name"]
            if info.get("type") != "directory":
                if pattern.matches(state):
                    yield _NamedLocation(name, self._location(info))
            elif len(stack) > _MAX_DEPTH:
                problem = f"more than {_MAX_DEPTH} folders inside of each other"
                yield _NamedLocation(name, Location(self._path(name), problem=problem))
            else:
                try:
                    stack.append(iter(list(self._entries(name, pattern, state))))
                except Exception as error:
                    if pattern.matches(state) or not isinstance(error, FileNotFoundError):
                        yield _NamedLocation(name, Location(self._path(name), problem=error_text(error)))

    def _entries(self, folder: str, pattern: Pattern, state: State) -> Iterator[_Entry]:
        """Yield the entries of a folder, except the folder itself, entries elsewhere, and the sort links of a page."""
        prefix = f"{folder.rstrip('/')}/"
        infos = sorted(self._storage.ls(folder, detail=True), key=lambda info: str(info["name"]))
        self._storage.invalidate_cache(folder)  # otherwise it keeps the listings of millions of files
        for info in infos:
            last_part = info["name"].removeprefix(prefix).rstrip("/")
            is_below = info["name"].startswith(prefix) and last_part and not last_part.startswith("?")
            if is_below and (next_state := pattern.advance(state, last_part)):
                yield _Entry(info, next_state)

    def _with_heads(self, files: Iterator[_NamedLocation]) -> Iterator[Location]:
        """Yield the locations with the heads of their files; if those cannot be read, the files must be opened."""
        while batch := list(islice(files, _BATCH)):
            readable = [(name, location.size) for name, location in batch if not location.problem and location.size]
            names = [name for name, _ in readable]
            ends = [min(size, HEAD_SIZE) if size > 0 else HEAD_SIZE for _, size in readable]
            try:
                heads = dict(zip(names, self._storage.cat_ranges(names, [0] * len(names), ends), strict=True))
            except Exception:  # of any type: storages raise what their libraries do
                heads = {}
            for name, location in batch:
                head = heads.get(name, b"" if location.size == 0 else None)
                yield replace(location, head=head[:HEAD_SIZE] if isinstance(head, bytes) else None)

    def _location(self, info: _Info) -> Location:
        size = info.get("size")
        stamp = next((str(info[key]) for key in _STAMPS if info.get(key)), "")
        name = info["name"]
        opener = partial(self._storage.open, name, "rb")
        return Location(self._path(name), size if isinstance(size, int) else -1, stamp, open=opener)

    def _path(self, name: str) -> str:
        """Return the URL of a name, with the beginning of the URL that was given, which may include the host."""
        if name == self._root:
            return self._url
        prefix = self._url if self._url.endswith("/") else f"{self._url}/"
        below = name.removeprefix(self._root)
        return prefix + below.lstrip("/") if below != name else str(self._storage.unstrip_protocol(name))
