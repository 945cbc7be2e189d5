"""Files and folders that are left out of the inputs: those of the dataset that a run writes."""

import os
from collections.abc import Iterable
from pathlib import Path

from converter.archive.sources.storages import URL_MARK

_MOST_FOLDERS = 4096  # that are remembered

_Id = tuple[int, int]


class LeftOut:
    """Paths and URLs that no source is found in, however a link or another name leads to them.

    Local paths are looked up when they are asked about, so that they may come into being during a run.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        """`names` are paths of local files and folders, and URLs of folders without a password."""
        names = tuple(names)
        self._paths = tuple(name for name in names if URL_MARK not in name)
        self._urls = tuple(f"{name.rstrip('/')}/" for name in names if URL_MARK in name)
        self._local = LocalIds()

    def local(self) -> "LocalIds":
        """Return what tells the files and folders that exist now."""
        if len(self._local) < len(self._paths):
            self._local = LocalIds(found for path in self._paths if (found := _id_of(path)) is not None)
        return self._local

    def has_url(self, url: str) -> bool:
        """Whether the URL of a file is in one of the folders."""
        return url.startswith(self._urls)


class LocalIds:
    """The files and folders to leave out, by the numbers that the file system gives them."""

    def __init__(self, ids: Iterable[_Id] = ()) -> None:
        self._ids = frozenset(ids)
        self._folders: dict[str, bool] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def has(self, status: os.stat_result) -> bool:
        """Whether a file or folder is one of them."""
        return (status.st_dev, status.st_ino) in self._ids

    def hold(self, path: str) -> bool:
        """Whether a path lies in one of the folders."""
        if not self._ids:
            return False
        folder = os.path.dirname(path) or "."
        if folder not in self._folders:
            if len(self._folders) >= _MOST_FOLDERS:
                self._folders.clear()
            place = Path(os.path.realpath(path)).parent
            self._folders[folder] = any(_id_of(str(each)) in self._ids for each in (place, *place.parents))
        return self._folders[folder]


def _id_of(path: str) -> _Id | None:
    """Return what tells a file or folder from others, None if it does not exist."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino
