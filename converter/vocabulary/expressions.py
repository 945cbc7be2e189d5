"""Regular expressions that are compiled when they are first used: of some hundreds, a short filing needs half."""

import re
from typing import Any, cast

_ATTRIBUTES = tuple(name for name in dir(re.Pattern) if not name.startswith("_"))


class LazyExpression:
    """Stands for a regular expression until it is used; from then on its attributes are those of the compiled one."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _ATTRIBUTES:
            raise AttributeError(name)
        compiled = self.compiled()
        vars(self).update((attribute, getattr(compiled, attribute)) for attribute in _ATTRIBUTES)
        return getattr(compiled, name)

    def compiled(self) -> re.Pattern[str]:
        """Return the compiled expression."""
        return re.compile(self.pattern, self._flags)


def expression(pattern: str, flags: int = 0, first: str = "") -> re.Pattern[str]:
    """Return what is used like `re.compile(pattern, flags)`, but is compiled when it is first used.

    For expressions that most filings do not need, or that take long to compile. One that cannot be compiled raises
    re.error then; the tests compile all of them.

    `first` is a class of all characters with which a match can begin, without brackets. A search of many alternatives
    looks for these first, which takes half the time, or less; the tests prove that none is missing.
    """
    return cast("re.Pattern[str]", LazyExpression(f"(?=[{first}])(?:{pattern})" if first else pattern, flags))
