"""The regular expressions of the package, and how each is used."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

import converter
from converter.vocabulary.expressions import LazyExpression


class Expression(NamedTuple):
    """A regular expression of a module, and the methods that it is used with."""

    name: str
    pattern: re.Pattern[str]
    methods: frozenset[str] = frozenset()


_METHODS = {"search", "match", "fullmatch", "sub", "subn", "split", "finditer", "findall"}


def expressions() -> Iterator[Expression]:
    """Yield the expressions of all modules of the package, each once."""
    seen: set[re.Pattern[str]] = set()
    for info in pkgutil.walk_packages(converter.__path__, "converter."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        source = Path(module.__file__ or "").read_text(encoding="utf-8")
        for variable, value in vars(module).items():
            uses = _METHODS.intersection(re.findall(rf"\b{re.escape(variable)}\.(\w+)", source))
            for path, pattern in _patterns(variable, value):
                if pattern not in seen:
                    seen.add(pattern)
                    methods = uses if path == variable and uses else {"search"}
                    yield Expression(f"{info.name.removeprefix('converter.')}.{path}", pattern, frozenset(methods))


def _patterns(path: str, value: object) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, LazyExpression):
        value = value.compiled()
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield path, value
    elif isinstance(value, tuple | list | set | frozenset):
        for index, element in enumerate(value):
            yield from _patterns(f"{path}[{index}]", element)
    elif isinstance(value, dict):
        for key, element in value.items():
            yield from _patterns(f"{path}[{key}]", element)
    elif isinstance(value, msgspec.Struct) and type(value).__module__.startswith("converter."):
        for name in value.__struct_fields__:
            yield from _patterns(f"{path}.{name}", getattr(value, name))
