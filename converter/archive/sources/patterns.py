"""Glob patterns of paths ('data/*/2003*.txt', '**'), matched folder by folder to prune folders that cannot match."""

import re
from fnmatch import translate
from functools import cache

from msgspec import Struct

_ANY_DEPTH = "**"

State = frozenset[int]
"""Indexes of the pattern parts that may match next; the number of parts marks a match, also of everything below."""


class Pattern(Struct, frozen=True):
    """The parts of a pattern relative to a folder; without parts it matches everything below the folder."""

    parts: tuple[str, ...] = ()

    @property
    def start(self) -> State:
        """The state of the folder itself."""
        return self._closure({0})

    def advance(self, state: State, name: str) -> State:
        """Return the state of an entry of a folder in `state`; empty if neither it nor anything below it matches."""
        if not self.parts:
            return state
        reached = set()
        for index in state:
            if index == len(self.parts) or self.parts[index] == _ANY_DEPTH:
                reached.add(index)
            elif _compiled(self.parts[index]).match(name):
                reached.add(index + 1)
        return self._closure(reached)

    def matches(self, state: State) -> bool:
        """Return whether an entry in this state matches the whole pattern."""
        return len(self.parts) in state

    def _closure(self, state: set[int]) -> State:
        """Add the states that are reached without a further name, because '**' also matches no folder."""
        for index, part in enumerate(self.parts):
            if index in state and part == _ANY_DEPTH:
                state.add(index + 1)
        return frozenset(state)


def split_pattern(path: str, magic: str = "*?[") -> tuple[str, Pattern]:
    """Split a path into the folder before the first part with a character of `magic`, and the pattern below it.

    The folder is '' if the path begins with such a part. A path without such a character is a folder or file, with
    everything below it.
    """
    parts = path.split("/")
    first = next((index for index, part in enumerate(parts) if any(char in part for char in magic)), len(parts))
    root = "/".join(parts[:first]) or ("/" if path.startswith("/") else "")
    return root, Pattern(tuple(part for part in parts[first:] if part))


@cache
def _compiled(part: str) -> re.Pattern[str]:
    return re.compile(translate(part))
