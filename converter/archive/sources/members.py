"""Members of archives, and names for them that are safe to print and to store."""

import re

from msgspec import Struct

from converter.archive.sources.streams import Reader

MEMBER_MARK = "!"
"""Separates an archive from its member; occurs nowhere else in a printable path."""

MAX_NAME_LENGTH = 4000
"""Most characters of a member's name; what is longer is cut."""

_PARENT = r"\x2e\x2e"  # '..', which would lead out of a folder, escaped
_UNUSUAL = re.compile(r"\\|^/|/$|//|(?:^|/)\.\.?(?:/|$)")


class Member(Struct, frozen=True):
    """A member of an archive: its bytes, to be read before the next member is requested, or the problem with it.

    `path` is the path of the archive, an exclamation mark, and a name that is unique within the archive.
    """

    path: str
    content: Reader | None = None
    problem: str = ""


def printable_name(text: str) -> str:
    """Return a name as printable text that every Unicode encoding can represent; different names stay different.

    Characters that do not print, the backslash and the mark between archive and member become escapes: `\\x0a`,
    `\\udce9`.
    """
    if text.isprintable() and "\\" not in text and MEMBER_MARK not in text:
        return text
    return "".join(char if char.isprintable() and char not in "\\!" else _escape(char) for char in text)


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


class MemberPaths:
    """Makes the paths of the members of one archive: relative, without `..`, and unique."""

    def __init__(self, archive: str) -> None:
        self._archive = archive
        self._occurrences: dict[str, int] = {}

    def path(self, name: str) -> str:
        """Return the path of the next member, of this name; `#2` marks the second member with the same name."""
        return f"{self._archive}{MEMBER_MARK}{self._unique(_relative(name))}"

    def _unique(self, name: str) -> str:
        number = self._occurrences.get(name, 0) + 1
        unique = name
        while number > 1 and (unique := f"{name}#{number}") in self._occurrences:
            number += 1
        self._occurrences[name] = number
        self._occurrences.setdefault(unique, 1)
        return unique


def _relative(name: str) -> str:
    if _UNUSUAL.search(name):
        parts = (part for part in name.replace("\\", "/").split("/") if part not in ("", "."))
        name = "/".join(_PARENT if part == ".." else printable_name(part) for part in parts)
    else:
        name = printable_name(name)
    return name[:MAX_NAME_LENGTH] or "_"
