"""Files in storages with a URL (buckets, web servers), in sorted order, through fsspec, which is imported lazily."""

import importlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial, reduce
from itertools import islice
from typing import Any, BinaryIO, NamedTuple, cast
from urllib.parse import urlsplit

from msgspec.structs import replace

from converter.archive.sources.passwords import without_password
from converter.archive.sources.patterns import Pattern, State, split_pattern
from converter.archive.sources.places import Location, SourceError, not_empty, shown_name
from converter.archive.sources.streams import HEAD_SIZE, error_text
from converter.archive.sources.webs import WebPages, is_web
from converter.limits import OutOfTime, time_limit

URL_MARK = "://"

_MAX_SIZE = 2**63 - 1  # of a file, in bytes; a server may state any number
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


def find_remote(url: str, seconds: float) -> Iterator[Location]:
    """Return the files of a URL of one file, of a folder (its name may end with a slash) or of a pattern.

    An answer of the storage that takes more than `seconds` is a failure. Raises SourceError immediately if nothing
    matches, if the storage refuses, or if fsspec is missing. A later failure becomes a location with a problem.
    """
    storage, name = _address(url)
    try:
        with _answer_within(seconds):
            info = {"type": "directory"} if url.endswith("/") and storage.exists(name) else storage.info(name)
        return _Listing(storage, url, name, seconds).locations({**info, "name": name}, Pattern())
    except Exception as error:  # storages have exceptions of their own
        root, pattern = split_pattern(url, _WEB_MAGIC if is_web(url) else _MAGIC)
        if not pattern.parts or URL_MARK not in root:
            lost = error.__cause__ if isinstance(error.__cause__, OSError) else error  # fsspec hides a lost connection
            reason = "no such file or folder" if isinstance(lost, FileNotFoundError) else error_text(lost)
            raise SourceError(reason, shown_name(url)) from error
    storage, name = _address(root)
    listing = _Listing(storage, root, name, seconds)
    return not_empty(listing.locations({"type": "directory", "name": name}, pattern), url)


def open_url(url: str, size: int) -> BinaryIO:
    """Open a URL; if the `size` in bytes is known (not -1), the whole file is fetched with one request."""
    storage, name = _address(url)
    file: BinaryIO = storage.open(name, "rb") if size < 0 else io.BytesIO(storage.cat_file(name))
    return file


class _PatientFile(io.RawIOBase):
    """A file of a storage, each of whose answers may take `seconds` and no longer."""

    def __init__(self, storage: Any, name: str, seconds: float) -> None:
        self._seconds = seconds
        with _answer_within(seconds):
            self._file = storage.open(name, "rb")

    def read(self, size: int = -1) -> bytes:
        with _answer_within(self._seconds):
            return cast("bytes", self._file.read(size))

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        with _answer_within(self._seconds):
            return cast("int", self._file.seek(offset, whence))

    def tell(self) -> int:
        return cast("int", self._file.tell())

    def seekable(self) -> bool:
        return cast("bool", self._file.seekable())

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


@contextmanager
def _answer_within(seconds: float) -> Iterator[None]:
    """Bound the time of a request to a storage. Raises TimeoutError."""
    try:
        with time_limit(seconds):
            yield
    except OutOfTime:
        raise TimeoutError(f"no answer within {seconds:g} seconds") from None


def _address(url: str) -> _Address:
    shown = shown_name(url)
    if "::" in url:
        raise SourceError("URLs inside of URLs are not read", shown, "name the URL of the archive")
    if is_web(url):
        _check_port(url)
    try:
        storage, name = importlib.import_module("fsspec").url_to_fs(url)
    except ModuleNotFoundError as error:
        raise SourceError(f"needs {error.name}", shown, f"python -m pip install {error.name}") from None
    except ImportError as error:  # fsspec says which package the protocol needs
        raise SourceError(error_text(error), shown, "install that package with python -m pip") from None
    except Exception as error:  # an unknown protocol, a missing package for it, refused credentials
        raise SourceError(error_text(error), shown) from error
    return _Address(storage, str(name))


def _check_port(url: str) -> None:
    """Raise SourceError for a URL that would be cut where its password has a slash, and be shown in messages so."""
    try:
        _ = urlsplit(url).port
    except ValueError:
        remedy = "in a password, / is %2F, ? is %3F and # is %23"
        raise SourceError("not a port", shown_name(url), remedy) from None


class _Listing:
    """The files below a folder of a storage; `url` and `root` are its URL and its name in the storage."""

    def __init__(self, storage: Any, url: str, root: str, seconds: float) -> None:
        self._storage = storage
        self._url = url
        self._root = root
        self._seconds = seconds
        self._pages = WebPages(storage) if is_web(url) else None

    def locations(self, info: _Info, pattern: Pattern) -> Iterator[Location]:
        """Return the matching files of the folder, or the single file, that `info` describes."""
        files = self._walk(info, pattern)
        return self._with_heads(files) if self._pages is None else (location for _, location in files)

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
                yield self._problem(name, f"more than {_MAX_DEPTH} folders inside of each other")
            else:
                try:
                    stack.append(iter(list(self._entries(name, pattern, state))))
                except Exception as error:
                    if pattern.matches(state) or not isinstance(error, FileNotFoundError):
                        yield self._problem(name, error_text(error))

    def _entries(self, folder: str, pattern: Pattern, state: State) -> Iterator[_Entry]:
        """Yield the entries of a folder, except the folder itself and entries elsewhere."""
        prefix = f"{folder.rstrip('/')}/"
        for info in sorted(self._ls(folder), key=lambda info: str(info["name"])):
            rest = info["name"].removeprefix(prefix).rstrip("/")
            next_state = reduce(pattern.advance, rest.split("/"), state)
            if info["name"].startswith(prefix) and rest and next_state:
                yield _Entry(info, next_state)

    def _ls(self, folder: str) -> list[_Info]:
        with _answer_within(self._seconds):
            if self._pages is not None:
                return self._pages.ls(folder)
            infos: list[_Info] = self._storage.ls(folder, detail=True)
            self._storage.invalidate_cache(folder)  # otherwise it keeps the listings of millions of files
            return infos

    def _with_heads(self, files: Iterator[_NamedLocation]) -> Iterator[Location]:
        """Yield the locations with the heads of their files; if those cannot be read, the files must be opened."""
        while batch := list(islice(files, _BATCH)):
            readable = [(name, location.size) for name, location in batch if not location.problem and location.size]
            names = [name for name, _ in readable]
            ends = [min(size, HEAD_SIZE) if size > 0 else HEAD_SIZE for _, size in readable]
            try:
                with _answer_within(self._seconds):
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
        return replace(
            self._named(name),
            size=size if isinstance(size, int) and 0 <= size <= _MAX_SIZE else -1,
            stamp=stamp,
            open=partial(_PatientFile, self._storage, name, self._seconds),
        )

    def _problem(self, name: str, problem: str) -> _NamedLocation:
        return _NamedLocation(name, replace(self._named(name), problem=problem))

    def _named(self, name: str) -> Location:
        address = self._path(name)
        path = without_password(address)
        return Location(path, address="" if path == address else address)

    def _path(self, name: str) -> str:
        """Return the URL of a name, with the beginning of the URL that was given, which may include the host."""
        if name == self._root:
            return self._url
        prefix = self._url if self._url.endswith("/") else f"{self._url}/"
        below = name.removeprefix(self._root)
        return prefix + below.lstrip("/") if below != name else str(self._storage.unstrip_protocol(name))
