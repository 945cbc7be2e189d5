"""What a format is made from, and what it makes."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from converter.pipeline import Reading

Files = Mapping[str, bytes]
"""The content of each file by what its name has in the place of the format's suffix; "" is the file asked for."""


class Checked(Struct, frozen=True):
    """A reading whose XBRL 2.1 instance (`instance`) is schema-valid; `file` is the name of the file asked for."""

    reading: Reading
    instance: str
    file: str


class Format(Struct, frozen=True):
    """One way to write a reading.

    `name` is what `--to` calls it; `suffixes` are what its files' names end with, the usual one first, in small
    letters; `title` is for people; `make` renders a reading. `beside` is what the names of further files have in the
    place of the suffix. `needs` names an optional library, "" for none.
    """

    name: str
    suffixes: tuple[str, ...]
    title: str
    make: Callable[[Checked], Files]
    beside: tuple[str, ...] = ()
    needs: str = ""

    def stem(self, file: str) -> str:
        """A file's name without the format's suffix, or without any suffix when it has none of the format's."""
        for suffix in self.suffixes:
            if file.lower().endswith(suffix):
                return file[: -len(suffix)]
        return file.rpartition(".")[0] or file
