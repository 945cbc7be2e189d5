"""The input of an output format, its result, and its description."""

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from converter.outputs.files import UsedFile
from converter.pipeline import Reading

Files = Mapping[str, bytes]
"""The content of each file to write, by the ending of its name in place of the suffix; "" is the requested file."""


class CheckedReading(Struct, frozen=True):
    """A reading whose XBRL 2.1 instance (`instance`) is schema-valid; `file` is the name of the requested file."""

    reading: Reading
    instance: str
    file: str


class Format(Struct, frozen=True):
    """An output format.

    `name` is its name for `--to`; `suffixes` are those of its files, in lowercase, the usual one first; `title` is a
    description for people; `make` renders a reading. `beside` are the endings, in place of the suffix, of the names of
    further files. `needs` is the name of an optional library, "" for none. A report that was written in a
    `loadable` format can be read back.
    """

    name: str
    suffixes: tuple[str, ...]
    title: str
    make: Callable[[CheckedReading], Files]
    beside: tuple[str, ...] = ()
    needs: str = ""
    loadable: bool = True

    def path(self, target: Path, ending: str) -> Path:
        """Return the path of the file with this ending that belongs to `target`; "" is the target itself."""
        return target.with_name(self.stem(target.name) + ending) if ending else target

    def files(self, target: Path) -> tuple[UsedFile, ...]:
        """Return the files that are written for `target`."""
        return tuple(UsedFile(self.path(target, ending), "output") for ending in ("", *self.beside))

    def stem(self, file: str) -> str:
        """Return a file's name without the format's suffix, or without its own if it has none of the format's."""
        for suffix in self.suffixes:
            if file.lower().endswith(suffix):
                return file[: -len(suffix)]
        return file.rpartition(".")[0] or file
