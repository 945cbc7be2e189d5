"""Patterns of paths ('data/*/2003*.txt', '**'), matched folder by folder, so that none is looked into in vain."""

import re
from fnmatch import translate
from functools import cache

from msgspec import Struct

_ANY_DEPTH = "**"

State = frozenset[int]
"""Which parts of a pattern may come next; the number of parts: a match, and everything below matches too."""


class Pattern(Struct, frozen=True):
    """The parts of a pattern below a folder; no parts: everything below it."""

    parts: tuple[str, ...] = ()

    @property
    def start(self) -> State:
        """The state of the folder itself."""
        return self._closed({0})

    def after(self, state: State, name: str) -> State:
        """The state of an entry of a folder; empty: neither it nor anything below it matches."""
        if not self.parts:
            return state
        entered = set()
        for at in state:
            if at == len(self.parts) or self.parts[at] == _ANY_DEPTH:
                entered.add(at)
            elif _expression(self.parts[at]).match(name):
                entered.add(at + 1)
        return self._closed(entered)

    def matches(self, state: State) -> bool:
        """Whether what is in this state matches."""
        return len(self.parts) in state

    def _closed(self, state: set[int]) -> State:
        """A state with those that need no further name: '**' stands for no folder too."""
        for at, part in enumerate(self.parts):
            if at in state and part == _ANY_DEPTH:
                state.add(at + 1)
        return frozenset(state)


def split_pattern(path: str, magic: str = "*?[") -> tuple[str, Pattern]:
    """The folder before the first part with a character of `magic`, '' if there is none, and the pattern below it.

    A path without such a character is a folder or file, with everything below it.
    """
    parts = path.split("/")
    first = next((at for at, part in enumerate(parts) if any(char in part for char in magic)), len(parts))
    root = "/".join(parts[:first]) or ("/" if path.startswith("/") else "")
    return root, Pattern(tuple(part for part in parts[first:] if part))


@cache
def _expression(part: str) -> re.Pattern[str]:
    return re.compile(translate(part))
