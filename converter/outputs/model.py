"""The input of an output format, its result, and its description."""

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from converter.outputs.files import UsedFile
from converter.pipeline import Reading
from converter.taxonomy import Naming

Files = Mapping[str, bytes]
"""The content of each file to write, by the ending of its name in place of the suffix; "" is the requested file."""


class MissingIdentity(ValueError):  # noqa: N818 - named for what it says
    """A filing without what a format finds filings by, such as a CIK; the message is one line that says what."""


class CheckedReading(Struct, frozen=True):
    """A reading whose XBRL 2.1 instance (`instance`) is schema-valid; `file` is the name of the requested file.

    `naming` is how formats with linkbases of the filing name its concepts, None for their own default.
    """

    reading: Reading
    instance: str
    file: str
    naming: Naming | None = None


class Format(Struct, frozen=True):
    """An output format.

    `name` is its name for `--to`; `suffixes` are those of its files, in lowercase, the usual one first; `title` is a
    description for people; `make` renders a reading. `beside` are the endings, in place of the suffix, of the names of
    further files. `needs` is the name of an optional library, "" for none. `folder`: the target is a folder, and the
    endings are the names of the files in it, which depend on the reading. `linkbases`: it has the linkbases of the
    filing, and so a choice of names. `piece` is what a filing adds to files of many filings, one for each key that it
    returns, in a dataset; `whole`: these are all that a dataset has of the format. A report that was
    written in a `loadable` format can be read back.
    """

    name: str
    suffixes: tuple[str, ...]
    title: str
    make: Callable[[CheckedReading], Files]
    beside: tuple[str, ...] = ()
    needs: str = ""
    folder: bool = False
    linkbases: bool = False
    piece: Callable[[Reading], tuple[str, bytes]] | None = None
    whole: bool = False
    loadable: bool = True

    def path(self, target: Path, ending: str) -> Path:
        """Return the path of the file with this ending that belongs to `target`; "" is the target itself."""
        if self.folder:
            return target / ending
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
