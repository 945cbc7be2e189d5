"""What an archive holds, under names that are safe to print, to store and to look at."""

import re
from collections.abc import Iterator

from msgspec import Struct

from converter.archive.sources.streams import Reader

INSIDE = "!"
"""Stands between an archive and its member; in no other place of a shown path."""

_LONGEST_NAME = 4000
_UP = r"\x2e\x2e"  # '..', which leads out of a folder
_UNUSUAL = re.compile(r"\\|^/|/$|//|(?:^|/)\.\.?(?:/|$)")


class Member(Struct, frozen=True):
    """A member of an archive: its bytes, to be read before the next member is asked for, or why there are none.

    `path` is that of the archive, an exclamation mark and a name that no other member has.
    """

    path: str
    content: Reader | None = None
    problem: str = ""


Members = Iterator[Member]


def shown(text: str) -> str:
    """A name as printable text that every encoding of Unicode can hold, different for different names.

    What does not print, the backslash and the mark between archive and member become escapes: `\\x0a`, `\\udce9`.
    """
    if text.isprintable() and "\\" not in text and INSIDE not in text:
        return text
    return "".join(char if char.isprintable() and char not in "\\!" else _escape(char) for char in text)


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


class Names:
    """The paths of the members of one archive: relative to it, without a way out of it, each only once."""

    def __init__(self, archive: str) -> None:
        self._archive = archive
        self._times: dict[str, int] = {}

    def path(self, name: str) -> str:
        """The path of the next member, which calls itself `name`; `#2` marks the second one of a name."""
        return f"{self._archive}{INSIDE}{self._only(_relative(name))}"

    def _only(self, name: str) -> str:
        times = self._times.get(name, 0) + 1
        only = name
        while times > 1 and (only := f"{name}#{times}") in self._times:
            times += 1
        self._times[name] = times
        self._times.setdefault(only, 1)
        return only


def _relative(name: str) -> str:
    if _UNUSUAL.search(name):
        parts = (part for part in name.replace("\\", "/").split("/") if part not in ("", "."))
        name = "/".join(_UP if part == ".." else shown(part) for part in parts)
    else:
        name = shown(name)
    return name[:_LONGEST_NAME] or "_"
